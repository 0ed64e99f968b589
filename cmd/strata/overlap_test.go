package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const (
	mayOrders    = "order_id,customer,date,amount\n1,A,2024-05-05,10\n2,B,2024-05-30,20\n3,C,2024-05-31,30\n"
	juneOrders   = "4,A,2024-06-05,15\n5,D,2024-06-06,16\n"
	mayWithout   = "customer,date,amount\nA,2024-05-05,10\nB,2024-05-30,20\nB,2024-05-30,20\n"
	juneWithouts = "A,2024-06-05,15\nD,2024-06-06,16\n"
)

// wrappings are ways in which the same orders come again.
func wrappings(t *testing.T, dir, text string) []string {
	t.Helper()
	var zipped bytes.Buffer
	w := gzip.NewWriter(&zipped)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	for i := 1; i < len(lines)/2+1; i++ { // turned round below the header
		j := len(lines) - i
		lines[i], lines[j] = lines[j], lines[i]
	}
	return []string{
		writeFile(t, filepath.Join(dir, "again.csv.gz"), zipped.String()),
		writeFile(t, filepath.Join(dir, "crlf.csv"), strings.ReplaceAll(text, "\n", "\r\n")),
		writeFile(t, filepath.Join(dir, "semicolon.csv"), strings.ReplaceAll(text, ",", ";")),
		writeFile(t, filepath.Join(dir, "mark.csv"), "\ufeff"+text),
		writeFile(t, filepath.Join(dir, "turned.csv"), strings.Join(lines, "\n")),
	}
}

// The same orders are recognised in whatever wrapping, with ids and without.
func TestTheSameOrdersInAnotherWrapping(t *testing.T) {
	t.Parallel()
	for told, text := range map[string]string{"customer and order id": mayOrders, "customer, day and value": mayWithout} {
		dir := t.TempDir()
		w := filepath.Join(dir, "w.strata")
		mustRun(t, exitDone, "import", w, writeFile(t, filepath.Join(dir, "may.csv"), text))
		before := mustRun(t, exitDone, "scores", w).out
		for _, file := range wrappings(t, dir, text) {
			for _, more := range [][]string{nil, {"--dry-run"}, {"--overlap", "drop"}} {
				r := mustRun(t, exitFailed, append([]string{"import", w, file}, more...)...)
				want := `strata: the orders of "` + filepath.Base(file) + `" are in the workspace already, imported on `
				if !strings.HasPrefix(r.err, want) || !strings.HasSuffix(r.err, "matched by "+told+"; --again imports them a second time on purpose\n") {
					t.Errorf("%s %v: %s", file, more, r.err)
				}
			}
			r := mustRun(t, exitFailed, "import", filepath.Join(dir, "two.strata"), filepath.Join(dir, "may.csv"), file)
			if !strings.Contains(r.err, `are in "may.csv" too: all 3 of them`) {
				t.Errorf("two files of one command: %s", r.err)
			}
		}
		if after := mustRun(t, exitDone, "scores", w).out; after != before {
			t.Errorf("what was refused changed the workspace:\n%s\n%s", before, after)
		}
		mustRun(t, exitUsage, "import", w, filepath.Join(dir, "crlf.csv"), "--again", "--overlap", "drop")
		mustRun(t, exitUsage, "import", w, filepath.Join(dir, "crlf.csv"), "--overlap", "some")
		r := mustRun(t, exitDone, "import", w, filepath.Join(dir, "crlf.csv"), "--again", "--format", "json")
		if !strings.Contains(r.out, `"orders": 6,`) || strings.Contains(r.out, "--overlap") {
			t.Error(r.out)
		}
	}
}

// A cumulative export brings what is there and one month more.
func TestACumulativeExport(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ may, june, notice string }{
		{mayOrders, juneOrders, `note: orders of "june.csv" already brought by "may.csv": 3 of 5 (60.0%), matched by customer and order id, 2024-05-05 to 2024-05-31, such as "1" of customer "A"; they are imported and count twice; --overlap drop imports only the new ones` + "\n"},
		{mayWithout, juneWithouts, `note: orders of "june.csv" that "may.csv" may have brought already: 3 of 5 (60.0%), with the same customer, day and value, 2024-05-05 to 2024-05-30; they are imported, and count twice if they are the same; --overlap drop leaves them out` + "\n"},
	} {
		dir := t.TempDir()
		may, june := writeFile(t, filepath.Join(dir, "may.csv"), c.may), writeFile(t, filepath.Join(dir, "june.csv"), c.may+c.june)
		kept, dropped, fresh := filepath.Join(dir, "kept.strata"), filepath.Join(dir, "dropped.strata"), filepath.Join(dir, "fresh.strata")
		mustRun(t, exitDone, "import", kept, may)
		if r := mustRun(t, exitDone, "import", kept, june); r.err != c.notice || !strings.Contains(r.out, "8 orders") {
			t.Errorf("%s%s", r.out, r.err)
		}
		if r := mustRun(t, exitDone, "import", filepath.Join(dir, "both.strata"), may, june); r.err != c.notice {
			t.Errorf("two files of one command: %s", r.err)
		}
		mustRun(t, exitDone, "import", dropped, may)
		r := mustRun(t, exitDone, "import", dropped, june, "--overlap", "drop")
		if !strings.Contains(r.err, "left out") || !strings.Contains(r.out, "5 orders") {
			t.Errorf("%s%s", r.out, r.err)
		}
		mustRun(t, exitDone, "import", fresh, june)
		if a, b := mustRun(t, exitDone, "scores", dropped).out, mustRun(t, exitDone, "scores", fresh).out; a != b {
			t.Errorf("with the old ones left out:\n%s\nimported alone:\n%s", a, b)
		}
	}
}

// The pairs of files of the collection of faults that overlap by some orders.
func TestOverlappingMonths(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ may, june, code, share string }{
		{"faults/26a-may.csv", "faults/26b-june.csv", "orders-repeated", "2 of 3 (66.7%)"},
		{"faults/31a-no-ids-may.csv", "faults/31b-no-ids-june.csv", "orders-alike", "1 of 2 (50.0%)"},
	} {
		w := filepath.Join(t.TempDir(), "w.strata")
		mustRun(t, exitDone, "import", w, sharedData(t, c.may))
		var j struct {
			Warnings []struct{ Code, Message string }
		}
		if err := json.Unmarshal([]byte(mustRun(t, exitDone, "import", w, sharedData(t, c.june), "--format", "json").out), &j); err != nil {
			t.Fatal(err)
		}
		if len(j.Warnings) != 1 || j.Warnings[0].Code != c.code || !strings.Contains(j.Warnings[0].Message, c.share) {
			t.Errorf("%s: %+v", c.june, j.Warnings)
		}
	}
}

// A refused row that is corrected and imported brings further rows of orders
// that are there, and is no repetition.
func TestCorrectedLinesAreNoRepetition(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	w, refused := filepath.Join(dir, "w.strata"), filepath.Join(dir, "refused.csv")
	lines := writeFile(t, filepath.Join(dir, "lines.csv"), "order,client,bought,quantity,price\n1,A,2024-03-01,1,5\n1,A,2024-03-01,x,7\n2,B,2024-03-02,1,1\n")
	mustRun(t, exitRefused, "import", w, lines)
	mustRun(t, exitDone, "rejects", w, "--export", refused)
	text, err := os.ReadFile(refused)
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, refused, strings.Replace(string(text), ",x,", ",2,", 1))
	r := mustRun(t, exitDone, "import", w, refused, "--format", "json")
	if !strings.Contains(r.out, `"revenue": "20.00"`) || !strings.Contains(r.out, "or these are further rows of the same orders") {
		t.Error(r.out)
	}
}
