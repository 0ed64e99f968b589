package importer_test

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"strata/importer"
	"strata/model"
)

// A refused row is kept as it stands in the file, its quotes included.
func TestRefusedRowsAreKeptAsTheyStand(t *testing.T) {
	t.Parallel()
	field := rapid.StringOf(rapid.SampledFrom([]rune("ab\"\",; \n茶é")))
	rapid.Check(t, func(r *rapid.T) {
		var want []string
		var text strings.Builder
		end := rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(r, "line end")
		text.WriteString("customer,date,amount,note,more" + end)
		text.WriteString("A,2024-01-02,1,x,y" + end)
		for range rapid.IntRange(1, 5).Draw(r, "rows") {
			var row strings.Builder
			w := csv.NewWriter(&row)
			if err := w.Write([]string{"", "2024-01-02", "1", "n" + field.Draw(r, "note"), "m" + field.Draw(r, "more")}); err != nil {
				r.Fatal(err)
			}
			w.Flush()
			line := strings.TrimSuffix(row.String(), "\n")
			want = append(want, line)
			text.WriteString(line + end)
		}
		_, in := mustRead(t, text.String(), importer.Options{})
		var got []string
		for _, reject := range in.Rejects {
			got = append(got, reject.Row)
		}
		if !slices.Equal(got, want) {
			r.Fatalf("got %q, want %q", got, want)
		}
	})
}

// Rows that are no records, and long ones, are kept, too.
func TestRowsThatCannotBeReadAreKept(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("茶", 400)
	_, in := mustRead(t, "customer,date,amount,note\nA,2024-01-02,1,\n\"\"\"C\"\"\",2024-01-03,\"5\"x\nD,2024\n,2024-01-02,1,"+long+"\n\"say \"\"hi\"\"\",2024-13-45,\"1\",\"a \"\"b\"\"\"\n", importer.Options{})
	var got []string
	for _, reject := range in.Rejects {
		got = append(got, reject.Code+": "+reject.Value+" | "+reject.Row)
	}
	short := long[:(model.RejectRowLimit-len(",2024-01-02,1,"))/3*3]
	want := []string{
		`unclosed-quote: """C""",2024-01-03,"5"x | """C""",2024-01-03,"5"x`,
		"ragged-row: D,2024 | D,2024",
		"no-customer:  | ,2024-01-02,1," + short,
		`bad-date: 2024-13-45 | "say ""hi""",2024-13-45,"1","a ""b"""`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// What refused rows are worth is summed as far as it can be read.
func TestRefusedValue(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text            string
		value, returned model.Money
		rows            int64
	}{
		"amounts":             {"customer,date,amount\nA,2024-01-02,1\n,2024-01-02,10.50\n,2024-01-02,-2\nB,no,3\nC,2024-01-02,x\n,2024-01-02,\n", 135_000, 20_000, 3},
		"pieces and prices":   {"customer,date,quantity,price\nA,2024-01-02,1,1\n,2024-01-02,3,0.50\n,2024-01-02,-2,5\n,2024-01-02,,5\n,2024-01-02,2,\n", 15_000, 100_000, 2},
		"too much":            {"customer,date,quantity,price\nA,2024-01-02,1,1\n,2024-01-02,900000000000,900000000000\n,2024-01-02,1,1\n", 10_000, 0, 1},
		"too much in sum":     {"customer,date,amount\nA,2024-01-02,1\n,2024-01-02,900000000000000\n,2024-01-02,900000000000000\n", 9_000_000_000_000_000_000, 0, 1},
		"too much given back": {"customer,date,amount\nA,2024-01-02,1\n,2024-01-02,-900000000000000\n,2024-01-02,-900000000000000\n,2024-01-02,-1\n", 0, 9_000_000_000_000_010_000, 2},
		"totals without name": {"customer,date,amount,note\nA,2024-01-02,1,\n*,,3,\n,,3,Total for A\n,,3,\n,2024-01-02,4,\nB,,5,\n", 90_000, 0, 2},
		"totals":              {"customer,date,amount\nA,2024-01-02,1\nB,2024-01-02,2\nTotal,,3\n", 0, 0, 0},
		"fields are missing":  {"customer,date,amount,x,y\nA,2024-01-02,1,,\nB,2024-01-02\n,2024-01-02,4,,,5\n", 0, 0, 0},
		"dates that stray":    {"customer,date,amount\n" + strings.Repeat("A,25/01/2024,1\n", 40) + "B,01/25/2024,7\n", 70_000, 0, 1},
		"no amounts":          {"member,visited\nA,2024-01-02\n,2024-01-02\n", 0, 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, in := mustRead(t, c.text, importer.Options{})
			if s := in.Source; s.RefusedValue != c.value || s.RefusedReturned != c.returned || s.RefusedValued != c.rows {
				t.Errorf("%s and %s of %d rows, want %s and %s of %d; %+v", s.RefusedValue, s.RefusedReturned, s.RefusedValued, c.value, c.returned, c.rows, in.Rejects)
			}
		})
	}
	_, in := mustRead(t, "customer,date,goods,postage\nA,2024-01-02,1,1\n,2024-01-02,5,\n,2024-01-02,5,1\n,2024-01-02,,\n",
		importer.Options{Map: map[string]string{"customer": "customer", "date": "date", "amount": "goods+postage"}})
	if s := in.Source; s.RefusedValue != 110_000 || s.RefusedReturned != 0 || s.RefusedValued != 2 {
		t.Errorf("columns added up: %s of %d rows", s.RefusedValue, s.RefusedValued)
	}
}
