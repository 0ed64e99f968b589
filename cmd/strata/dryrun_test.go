package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/gofrs/flock"
)

// dryFiles are made and real files of many kinds, sound and faulty.
func dryFiles(t *testing.T) []string {
	t.Helper()
	var files []string
	for _, pattern := range []string{
		filepath.Join("..", "..", "importer", "testdata", "battery", "*"),
		filepath.Join("..", "..", "..", "shared", "data", "faults", "[0-9]*"),
		filepath.Join("..", "..", "..", "shared", "data", "r_rfm", "*orders*.csv*"),
		filepath.Join("..", "..", "..", "shared", "data", "cdnow", "*.txt*"),
		filepath.Join("..", "..", "..", "shared", "data", "chinese", "*.csv"),
	} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		if len(found) == 0 {
			t.Logf("SKIPPED: no file is like %s", pattern)
		}
		for i, file := range found {
			if filepath.Ext(file) != ".want" && (i%5 == 0 || !testing.Short()) {
				files = append(files, file)
			}
		}
	}
	return files
}

// A dry run tells what the import tells, word for word: account, figures,
// notices, errors and exit status; and leaves nothing behind.
func TestADryRunIsTheImport(t *testing.T) {
	t.Parallel()
	base := writeFile(t, filepath.Join(t.TempDir(), "base.csv"), "order,customer,date,amount (CHF)\n1,A,2024-05-05,10\n2,B,2024-05-30,20\n3,C,2024-05-31,30\n")
	statuses := map[int]int{}
	for i, file := range dryFiles(t) {
		dir := t.TempDir()
		there := i%2 == 0 // a workspace that is there and JSON, or a new one and text
		w := filepath.Join(dir, "new.strata")
		args := []string{"import", w, file}
		left := ""
		if there {
			w = filepath.Join(dir, "there.strata")
			mustRun(t, exitDone, "import", w, base)
			left = "there.strata"
			args = []string{"import", w, file, "--format", "json"}
		}
		before, _ := os.ReadFile(w)
		dry := strata(t, "", append(args, "--dry-run")...)
		if after, _ := os.ReadFile(w); string(after) != string(before) {
			t.Errorf("%s: the dry run changed the workspace", file)
		}
		if got := listing(t, dir); got != left {
			t.Errorf("%s: the dry run left %s", file, got)
		}
		done := strata(t, "", args...)
		statuses[done.status]++
		out := done.out
		if there {
			dry.out, out = withoutPreview(t, dry.out), withoutPreview(t, done.out)
		} else if at := strings.Index(dry.out, out); out != "" && at >= 0 && strings.TrimPrefix(dry.out[at:], out) == "dry run: nothing was stored\n" {
			dry.out = out
		}
		if dry.status != done.status || dry.err != done.err || dry.out != out {
			t.Errorf("%s, there %v: dry run: status %d\n%s\n%s\nimport: status %d\n%s\n%s", file, there, dry.status, dry.out, dry.err, done.status, out, done.err)
		}
	}
	for _, status := range []int{exitDone, exitFailed, exitUsage, exitRefused} {
		if statuses[status] < 2 {
			t.Errorf("only %d files end with status %d", statuses[status], status)
		}
	}
}

func listing(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return strings.Join(names, " ")
}

// withoutPreview is what an import prints as JSON, without what only a dry run
// says and what takes its time.
func withoutPreview(t *testing.T, text string) string {
	t.Helper()
	if text == "" {
		return ""
	}
	var j map[string]any
	if err := json.Unmarshal([]byte(text), &j); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	delete(j, "dry_run")
	for _, f := range j["files"].([]any) {
		for _, key := range []string{"seconds", "skip", "header_lines", "date_format", "decimal", "currency", "columns", "preview", "refused"} {
			delete(f.(map[string]any), key)
		}
	}
	out, err := json.MarshalIndent(j, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestDryRunShowsEverything(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := writeFile(t, filepath.Join(dir, "orders.csv"),
		"Orders\n\ncustomer_id;invoice_date;order_date;amount (EUR);shop\n7;1.2.2020;25.1.2020;1,50;x\n8;1.2.2020;26.1.2020;;y\n")
	w := filepath.Join(dir, "w.strata")
	r := mustRun(t, exitRefused, "import", w, file, "--dry-run")
	want := file + `

kind    encoding  delimiter  header  dates      decimal  currency
orders  utf-8     ;          line 3  day first  ,        EUR

column        read as                         could also be
customer_id   customer
invoice_date  stored with the order
order_date    date                            invoice_date
amount (EUR)  amount
shop          channel, stored with the order

customer  order  day         amount
7                2020-01-25    1.50

refused: line 5: amount (EUR) "": the row has no amount

` + file + `: customer=customer_id, date=order_date (day first), amount=amount (EUR)
  2 rows read, 1 accepted, 1 refused (50.0%): 1 no-amount
` + w + `: 1 customer, 1 order, €1.50 bought and €0 returned, 2020-01-25 to 2020-01-25
dry run: nothing was stored
`
	if r.out != want || r.err != "" {
		t.Errorf("got\n%s\n%s\nwant\n%s", r.out, r.err, want)
	}
	r = mustRun(t, exitRefused, "import", w, file, "--dry-run", "--format", "json")
	text := regexp.MustCompile(`(?s)"plan_file": ".*?\n|"seconds": .*?,`).ReplaceAllString(strings.ReplaceAll(r.out, dir, ""), "")
	for _, part := range []string{
		"{\n  \"dry_run\": true,\n  \"workspace\": \"/w.strata\",", `"revenue": "1.50",`,
		`"name": "order_date",
          "field": "date",
          "runner_up": "invoice_date",
          "attribute": "",
          "subject": ""`,
		`"preview": [
        {
          "customer": "7",
          "order": "",
          "day": "2020-01-25",
          "amount": "1.50"
        }
      ],
      "refused": [
        {
          "source": 0,
          "file": "/orders.csv",
          "line": 5,
          "column": "amount (EUR)",
          "value": "",
          "code": "no-amount",
          "reason": "the row has no amount",
          "row": "8;1.2.2020;26.1.2020;;y"
        }
      ]`,
		"\"skip\": 2,\n      \"header_lines\": 1,\n      \"date_format\": \"dmy\",\n      \"decimal\": \",\",\n      \"currency\": \"EUR\",",
	} {
		if !strings.Contains(text, part) {
			t.Errorf("%s\nis missing in\n%s", part, text)
		}
	}
	r = mustRun(t, exitRefused, "import", w, file, "--dry-run", "--format", "csv")
	if !strings.HasPrefix(r.out, "path,kind,") || r.err != "dry run: nothing was stored\n" {
		t.Errorf("%s%s", r.out, r.err)
	}
	r = strata(t, "client,bought,total\nA,2020-01-25,1\nB,,1\n", "import", w, "-", "--dry-run")
	if r.status != exitRefused || !strings.Contains(r.out, "A                2020-01-25    1.00\n\nrefused: line 3: bought") {
		t.Errorf("of stdin: %d, %s%s", r.status, r.out, r.err)
	}
	if got := listing(t, dir); got != "orders.csv" {
		t.Errorf("left behind: %s", got)
	}
}

// A question in a script is exit status 2, with both readings and the flags.
func TestADryRunAsksWhatTheImportAsks(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	open := writeFile(t, filepath.Join(dir, "open.csv"), "customer,date,amount\nA,3/4/2020,1\n")
	w := filepath.Join(dir, "w.strata")
	for _, more := range [][]string{nil, {"--dry-run"}} {
		r := mustRun(t, exitUsage, append([]string{"import", w, open}, more...)...)
		if !strings.Contains(r.err, `"3/4/2020" could be 3 April 2020 or 4 March 2020; choose with --date-format dmy or --date-format mdy`) {
			t.Error(r.err)
		}
	}
}

// A dry run of an import that cannot be written says so, too.
func TestADryRunOfWhatCannotBeWritten(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	may := writeFile(t, filepath.Join(dir, "may.csv"), smallOrders)
	june := writeFile(t, filepath.Join(dir, "june.csv"), "client,bought,total\nX,2024-06-01,1\n")
	w := filepath.Join(dir, "w.strata")
	mustRun(t, exitRefused, "import", w, may)
	mustRun(t, exitFailed, "import", filepath.Join(dir, "none", "w.strata"), may, "--dry-run")
	mustRun(t, exitFailed, "import", dir, may, "--dry-run")
	if r := mustRun(t, exitFailed, "import", w, may, "--dry-run"); !strings.Contains(r.err, "is in the workspace already") {
		t.Error(r.err)
	}
	mustRun(t, exitFailed, "import", filepath.Join(dir, "new.strata"), june, june, "--dry-run")
	writer := flock.New(w + ".lock")
	if held, err := writer.TryLock(); err != nil || !held {
		t.Fatal(held, err)
	}
	done, dry := mustRun(t, exitFailed, "import", w, june), mustRun(t, exitFailed, "import", w, june, "--dry-run")
	if done != dry || !strings.Contains(dry.err, "is being written by another program") {
		t.Errorf("while another writes: %+v, %+v", done, dry)
	}
	if err := writer.Unlock(); err != nil {
		t.Fatal(err)
	}
	if os.Geteuid() != 0 {
		if err := os.Chmod(w, 0o400); err != nil {
			t.Fatal(err)
		}
		if r := mustRun(t, exitFailed, "import", w, june, "--dry-run"); !strings.Contains(r.err, "reading only") {
			t.Error(r.err)
		}
	}
}
