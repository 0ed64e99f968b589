package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// sales is a file with a notice: half of its rows are no sales.
const sales = "Order Reference,Customer,Creation Date,Status,Total\n" +
	"S1,Ann,2024-01-05,Sales Order,100\nS2,Bob,2024-01-06,Cancelled,200\nS3,Ann,2024-01-16,Quotation,70\nS4,Cy,2024-02-07,Sales Order,50\n"

const salesNotice = `rows that are not sales, according to "Status": 2 of 4`

// The next day, too, the tiers say that the import had something to tell, and the
// sources tell it.
func TestNoticesOutliveTheImport(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	w := filepath.Join(dir, "our shop.strata")
	file := writeFile(t, filepath.Join(dir, "sales.csv"), sales)
	mustRun(t, exitDone, "import", w, file)

	for format, name := range map[string]string{"text": "'" + w + "'", "csv": "W", "json": "W"} {
		line := "note: notices of imports: 1; `strata sources " + name + "` shows them\n"
		r := mustRun(t, exitDone, "tiers", w, "--format", format)
		if !strings.HasPrefix(r.err, line) || strings.Count(r.err, "notices of imports") != 1 {
			t.Errorf("%s: %s", format, r.err)
		}
	}
	want := "\"warnings\": [\n    {\n      \"code\": \"import-notices\",\n      \"message\": \"notices of imports: 1; `strata sources W` shows them\"\n    },\n"
	if r := mustRun(t, exitDone, "tiers", w, "--format", "json"); !strings.Contains(r.out, want) {
		t.Errorf("%s\nis missing in\n%s", want, r.out)
	}
	for _, other := range []string{"matrix", "scores", "service", "sensitivity", "log"} {
		if r := mustRun(t, exitDone, other, w); strings.Contains(r.out+r.err, "notices of imports") {
			t.Errorf("%s: %s", other, r.err)
		}
	}

	if r := mustRun(t, exitDone, "sources", w); !strings.Contains(r.out, "\n1  "+file+": 4 rows read, 4 accepted\n   notice: "+salesNotice) {
		t.Error(r.out)
	}
	if r := mustRun(t, exitDone, "sources", w, "--format", "csv"); !strings.Contains(r.out, ",left_out,warnings\n") || !strings.HasSuffix(r.out, ",0,1\n") {
		t.Error(r.out)
	}
	if r := mustRun(t, exitDone, "sources", w, "--format", "json"); !strings.Contains(r.out, "\"warnings\": [\n      {\n        \"code\": \"") || !strings.Contains(r.out, `"message": "rows that are not sales, according to \"Status\": 2 of 4`) {
		t.Error(r.out)
	}

	clean := filepath.Join(dir, "clean.strata")
	mustRun(t, exitDone, "import", clean, writeFile(t, filepath.Join(dir, "clean.csv"), mayOrders))
	if r := mustRun(t, exitDone, "tiers", clean); strings.Contains(r.err, "notices") {
		t.Error(r.err)
	}
	if r := mustRun(t, exitDone, "sources", clean); strings.Contains(r.out, "notice:") {
		t.Error(r.out)
	}
}

// A what-if tells its notices itself, and is named by its files.
func TestTiersOfFilesAreNamedByThem(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := writeFile(t, filepath.Join(dir, "sales.csv"), sales)
	r := mustRun(t, exitDone, "tiers", "--from", file)
	if !strings.HasPrefix(r.out, file+" · scheme ten · ") || strings.Contains(r.out+r.err, "temporary.strata") {
		t.Errorf("%s%s", r.out, r.err)
	}
	if !strings.Contains(r.err, salesNotice) || strings.Contains(r.err, "notices of imports") {
		t.Error(r.err)
	}
	more := writeFile(t, filepath.Join(dir, "more.csv"), mayOrders)
	if r := mustRun(t, exitDone, "tiers", "--from", file, "--from", more); !strings.HasPrefix(r.out, file+" + "+more+" · ") {
		t.Error(r.out)
	}
}

// What was left out is told of the import and of its source, and both agree with
// what is stored.
func TestWhatWasLeftOutIsTold(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	w := filepath.Join(dir, "w.strata")
	may := writeFile(t, filepath.Join(dir, "may.csv"), mayOrders+"3,C,2024-05-31,30\n")
	june := writeFile(t, filepath.Join(dir, "june.csv"), mayOrders+juneOrders)
	const ofMay, ofJune = "4 rows read, 4 accepted (1 exact duplicate, left out)\n", "5 rows read, 5 accepted (3 left out: an earlier file brought their orders)\n"
	if r := mustRun(t, exitDone, "import", w, may, "--duplicates", "drop"); !strings.Contains(r.out, "  "+ofMay) || !strings.Contains(r.out, " 3 orders, 60.00 bought") {
		t.Error(r.out)
	}
	dry := mustRun(t, exitDone, "import", w, june, "--overlap", "drop", "--dry-run")
	r := mustRun(t, exitDone, "import", w, june, "--overlap", "drop")
	if !strings.Contains(r.out, "  "+ofJune) || !strings.Contains(dry.out, "  "+ofJune) || !strings.Contains(r.out, " 5 orders, 91.00 bought") {
		t.Errorf("%s%s", dry.out, r.out)
	}
	r = mustRun(t, exitDone, "sources", w)
	for _, want := range []string{"1  " + may + ": " + ofMay, "2  " + june + ": " + ofJune} {
		if !strings.Contains(r.out, want) {
			t.Errorf("%q is missing in\n%s", want, r.out)
		}
	}
	r = mustRun(t, exitDone, "sources", w, "--format", "json")
	for _, want := range []string{"\"duplicates\": 1,\n    \"duplicates_left_out\": 1,\n    \"repeated_left_out\": 0,", "\"duplicates\": 0,\n    \"duplicates_left_out\": 0,\n    \"repeated_left_out\": 3,"} {
		if !strings.Contains(r.out, want) {
			t.Errorf("%s is missing in\n%s", want, r.out)
		}
	}
}

func TestAFilterThatNobodyMeetsIsNamed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	w := filepath.Join(dir, "w.strata")
	var text strings.Builder
	text.WriteString("customer,order,date,amount,Currency,City,Till\n")
	for i, row := range []string{"A,1,2024-01-05,20,usd,Bern,a", "B,2,2024-01-06,30,cad,Chur,b", "A,3,2024-01-16,10,usd,Bern,c\x1b[2J"} {
		text.WriteString(row + string(rune('0'+i)) + "\n")
	}
	for _, row := range []string{"d", "e", "f", "g", "h", "i", "j"} {
		text.WriteString("B,9" + row + ",2024-01-20,1,usd,Chur," + row + "\n")
	}
	mustRun(t, exitDone, "import", w, writeFile(t, filepath.Join(dir, "orders.csv"), text.String()))
	for _, c := range []struct {
		where []string
		want  string
	}{
		{[]string{"Currency=USD"}, "no order has Currency = USD; the values are: usd 9, cad 1; did you mean Currency=usd?"},
		{[]string{"currency=eur|gbp"}, "no order has Currency = eur or gbp; the values are: usd 9, cad 1; write the value as it is in the file"},
		{[]string{"Currency=usd", "City=bern"}, "no order has City = bern; the values are: Chur 8, Bern 2; did you mean City=Bern?"},
		{[]string{"Currency!=usd|cad"}, "every order has Currency = usd or cad; clear the filter with --where none"},
		{[]string{"Till=z"}, "no order has Till = z; the values are: a0 1, b1 1, c�[2J2 1, d 1, e 1, f 1, g 1, h 1, and 2 others; write"},
		{[]string{"Currency=cad", "City=Bern"}, "no customer is left with what is in force: only Currency=cad and City=Bern; clear the filter with --where none; [F] does so in the workbench"},
	} {
		args := []string{"tiers", w}
		for _, condition := range c.where {
			args = append(args, "--where", condition)
		}
		r := mustRun(t, exitFailed, args...)
		if !strings.Contains(r.err, "strata: "+c.want) {
			t.Errorf("%v: %q, want %q", c.where, r.err, c.want)
		}
	}
}

// Corrected rows are read like the rest of their file: with the command that the
// export tells, the workspace is what the corrected file would have made at once.
func TestCorrectedRowsAreReadLikeTheRest(t *testing.T) {
	t.Parallel()
	const lines = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n" +
		"536365,85123A,HOLDER,6,12/1/2010 8:26,2.55,17850,United Kingdom\n" +
		"536365,71053,LANTERN,6,12/1/2010 8:26,3.39,17850,United Kingdom\n" +
		"536366,22633,\"WARMER, UNION\",2,12/13/2010 8:28,1.85,13047,France\n" +
		"536367,85123A,HOLDER,-1,12/14/2010 8:28,2.55,13047,France\n"
	for name, c := range map[string]struct {
		file     string
		flags    []string
		from, to string // how the rows are corrected
	}{
		"month first": {
			lines + "536544,21773,BOTTLE,1,12/1/2010 14:32,2.51,,France\n536544,21774,\"JAR, BIG\",2,12/1/2010 14:32,4,,France\n536545,21774,JAR,2,2/3/2011 14:32,4,,France\n",
			nil, ",,France", ",12680,France",
		},
		"of another unit, decimal mark and encoding": {
			"All sales of M\xfcller\nKunde;Datum;Rechnung;Umsatz\nZ\xfcrich;13.01.2024;1;1.234,5\nBern;14.01.2024;2;2,25\nZ\xfcrich;05.02.2024;3;3\n;06.02.2024;4;1.500\nBern;;5;7\n",
			[]string{"--unit", "1000", "--currency", "CHF"},
			"\n;06", "\nZürich;06",
		},
		"a column of two": {
			"client,day,net,gross\nA,2024-01-13,1,2\nB,2024-01-14,10,20\n,2024-01-15,100,200\n",
			[]string{"--map", "amount=net"},
			"\n,", "\nA,",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			one, two := filepath.Join(dir, "one by one.strata"), filepath.Join(dir, "at-once.strata")
			file, refused := writeFile(t, filepath.Join(dir, "file.csv"), c.file), filepath.Join(dir, "refused.csv")
			mustRun(t, exitRefused, append([]string{"import", one, file}, c.flags...)...)
			r := mustRun(t, exitDone, "rejects", one, "--export", refused)
			told := regexp.MustCompile(`^.*: [0-9]+ refused rows?; correct (?:it|them), then read (?:it|them) like the rest with: strata import '(.*)' (\S+) --plan (\S+)\n$`).FindStringSubmatch(r.out)
			if told == nil || told[1] != one || told[2] != refused || told[3] != refused+".plan.yaml" {
				t.Fatalf("%q", r.out)
			}
			text, err := os.ReadFile(refused)
			if err != nil {
				t.Fatal(err)
			}
			corrected := strings.ReplaceAll(string(text), c.from, c.to)
			if corrected == string(text) {
				t.Fatalf("nothing to correct in %s", text)
			}
			writeFile(t, refused, corrected)
			first := strata(t, "", "import", told[1], told[2], "--plan", told[3])
			from, to := c.from, c.to
			if strings.Contains(c.file, "\xfc") {
				to = strings.ReplaceAll(to, "ü", "\xfc")
			}
			second := strata(t, "", append([]string{"import", two, writeFile(t, filepath.Join(dir, "whole.csv"), strings.ReplaceAll(c.file, from, to))}, c.flags...)...)
			if first.status != second.status {
				t.Errorf("exit status %d, and at once %d\n%s%s", first.status, second.status, first.out, first.err)
			}
			for _, question := range []string{"tiers", "scores"} {
				got := mustRun(t, exitDone, question, one, "--format", "csv").out
				if want := mustRun(t, exitDone, question, two, "--format", "csv").out; got != want {
					t.Errorf("%s: got\n%s\nwant\n%s", question, got, want)
				}
			}
		})
	}
}

func TestRefusedRowsAreExportedOnlyWhereThereAreAny(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	w, out := filepath.Join(dir, "w.strata"), filepath.Join(dir, "out.csv")
	mustRun(t, exitDone, "import", w, writeFile(t, filepath.Join(dir, "may.csv"), mayOrders))
	for args, want := range map[string]string{
		"":  "strata: no row of " + w + " was refused, so there is nothing to export\n",
		"1": "strata: no row of source 1 was refused, so there is nothing to export\n",
		"2": "strata: no source 2; `strata sources` lists them\n",
	} {
		r := mustRun(t, exitFailed, strings.Fields("rejects "+w+" "+args+" --export "+out)...)
		if r.err != want {
			t.Errorf("%q: %q, want %q", args, r.err, want)
		}
	}
	mustRun(t, exitRefused, "import", w, writeFile(t, filepath.Join(dir, "june.csv"), "order_id,customer,date,amount\n8,Z,2024-06-01,1\n9,,2024-06-01,1\n"))
	plan := writeFile(t, out+".plan.yaml", "mine")
	if r := mustRun(t, exitFailed, "rejects", w, "--export", out); !strings.Contains(r.err, plan+" already exists") {
		t.Error(r.err)
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("the rows were written without their plan")
	}
	if text, err := os.ReadFile(plan); err != nil || string(text) != "mine" {
		t.Errorf("%q, %v", text, err)
	}
	if r := mustRun(t, exitFailed, "rejects", w, "--export", plan); !strings.Contains(r.err, plan+" already exists") {
		t.Error(r.err)
	}
	if _, err := os.Stat(plan + ".plan.yaml"); err == nil {
		t.Error("the plan was written without the rows")
	}
	// Of several sources, the one that has refused rows is meant.
	if r := mustRun(t, exitDone, "rejects", w, "--export", out+"2"); !strings.HasPrefix(r.out, out+"2: 1 refused row; correct it, then read it like the rest with: strata import "+w+" ") {
		t.Error(r.out)
	}
}

// A dry run says where it lists only some of the refused rows.
func TestADryRunSaysHowManyRowsItLists(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	bad := strings.Repeat("9,,2024-06-01,1\n", 6)
	for text, want := range map[string]string{mayOrders + bad: "\nthe first 5 of 6 refused rows:\nrefused: line 5", mayOrders + bad[:32]: "\n\nrefused: line 5"} {
		r := mustRun(t, exitRefused, "import", filepath.Join(dir, "w.strata"), writeFile(t, filepath.Join(dir, "orders.csv"), text), "--dry-run")
		if !strings.Contains(r.out, want) {
			t.Errorf("%q is missing in\n%s", want, r.out)
		}
	}
}
