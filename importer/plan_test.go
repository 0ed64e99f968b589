package importer_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"strata/importer"
	"strata/model"
)

// A plan written down and read back makes the same intake, and the same plan.
func TestPlanIsReplayed(t *testing.T) {
	t.Parallel()
	const text = "Sales of 2011\n\nClient;Bought (UTC);Net;Tax;Shop;Shop;none\nA;03.04.2011;1.234,50;1,5;x;y;z\nB;25.04.2011;2,00;;x;y;z\n"
	options := importer.Options{Map: map[string]string{"customer": "client", "date": "Bought (UTC)", "amount": "Net+Tax", "attr:where": "5"}, Duplicates: "drop"}
	plan, intake := mustRead(t, text, options)
	replay, err := importer.ParsePlan(plan.YAML())
	if err != nil {
		t.Fatal(err)
	}
	again, replayed := mustRead(t, text, replay)
	if got, want := again.YAML(), plan.YAML(); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	intake.Source.Seconds, replayed.Source.Seconds = 0, 0
	if !reflect.DeepEqual(intake, replayed) {
		t.Errorf("got\n%swant\n%s", show(replayed), show(intake))
	}
	if got := show(intake); got != "A  2011-04-03 1236.00 0.00 1 1 where=x Shop=y none=z\nB  2011-04-25 2.00 0.00 1 1 where=x Shop=y none=z\n" {
		t.Error(got)
	}
}

func TestBadPlans(t *testing.T) {
	t.Parallel()
	for text, says := range map[string]string{
		"kind: orders\nheadr: yes\n":          "line 2, column 1",
		"kind: novels\n":                      `line 1, column 7: --kind: "novels"`,
		"kind: orders\nmap:\n  buyer: x\n":    `line 3, column 3: map: "buyer" is not a field`,
		"decimal: [1]\n":                      "line 1",
		"kind: orders\ndate_format: roman\n":  "line 2, column 14",
		"kind: orders\n  map: {customer: x\n": "line",
		"encoding: ebcdic":                    "line 1, column 11: --encoding",
		"kind: &a [*a]\n":                     "line 1",
		"- 1\n":                               "line 1",
	} {
		_, err := importer.ParsePlan(text)
		if model.CodeOf(err) != model.Invalid || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func FuzzParsePlan(f *testing.F) {
	f.Add("kind: lines\nencoding: gb18030\ndelimiter: tab\nskip: 2\nheader: 2\nmap:\n  customer: a+b\n  attr:x: 3\ndecimal: .\n")
	f.Add("map: {amount: none}\ncolumns: [a, 1, yes]\n")
	f.Add("kind: &a [*a]\n")
	f.Fuzz(func(t *testing.T, text string) {
		options, err := importer.ParsePlan(text)
		if err != nil {
			if model.CodeOf(err) != model.Invalid {
				t.Errorf("%q: %v", text, err)
			}
			return
		}
		_, _, err = read(t.Context(), "a,b,c\nA,2020-01-02,1\n", options)
		if model.CodeOf(err) == model.Internal {
			t.Errorf("%q: %v", text, err)
		}
	})
}

func TestRefusedRowsAreCopied(t *testing.T) {
	t.Parallel()
	text := "Orders of Zo\xeb\ncustomer,date,amount,note\n" + strings.Repeat("A,2020-01-02,1,\"x\ny\"\n", 3) +
		"Zo\xeb,2020-13-02,\"1,5\",\"p \"\"q\"\"\"\n" + "B,2020-01-23,2,\nC,,3,\n"
	path := filepath.Join(t.TempDir(), "orders.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	_, intake := readFile(t, path)
	var lines []int64
	for _, r := range intake.Rejects {
		lines = append(lines, r.Line)
	}
	out := copyRecords(t, path, intake.Source, lines)
	if want := "Orders of Zoë\ncustomer,date,amount,note\nZoë,2020-13-02,\"1,5\",\"p \"\"q\"\"\"\nC,,3,\n"; out != want {
		t.Errorf("got %q, want %q", out, want)
	}
	// Corrected, the rows can be read with the same plan.
	replay, err := importer.ParsePlan(intake.Source.Plan)
	if err != nil {
		t.Fatal(err)
	}
	replay.Encoding = ""
	_, corrected := mustRead(t, strings.NewReplacer("2020-13-02", "2020-12-02", "C,,", "C,2020-01-02,").Replace(out), replay)
	if len(corrected.Rejects) != 0 || len(corrected.OrderDay) != 2 {
		t.Errorf("%v", corrected.Rejects)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(text, "2020-01-23", "2020-01-24", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	in, err := importer.Open(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	var e *model.Error
	if err := importer.CopyRecords(t.Context(), in, intake.Source, lines, new(bytes.Buffer)); !errors.As(err, &e) || e.Code != model.Invalid || !strings.Contains(e.Message, "has changed") {
		t.Error(err)
	}
}

func copyRecords(t *testing.T, path string, source model.Source, lines []int64) string {
	t.Helper()
	in, err := importer.Open(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	var out bytes.Buffer
	if err := importer.CopyRecords(t.Context(), in, source, lines, &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
