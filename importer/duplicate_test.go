package importer_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"strata/importer"
)

// Dropping duplicates is reading a file without them, and as many are counted
// as there are.
func TestDuplicates(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		row := rapid.Custom(func(t *rapid.T) string {
			return fmt.Sprintf("%s,%d,2020-01-%02d,%d,%s\n", rapid.SampledFrom([]string{"A", "B"}).Draw(t, "customer"), rapid.IntRange(1, 3).Draw(t, "order"),
				rapid.IntRange(1, 4).Draw(t, "day"), rapid.IntRange(1, 3).Draw(t, "amount"), rapid.SampledFrom([]string{"x", "y"}).Draw(t, "region"))
		})
		rows := rapid.SliceOfN(row, 1, 120).Draw(t, "rows") // few and many of one customer
		const header = "customer,order,date,amount,region\n"
		seen := make(map[string]bool)
		different := header
		for _, r := range rows {
			if !seen[r] {
				different += r
			}
			seen[r] = true
		}
		text := strings.TrimSuffix(header+strings.Join(rows, ""), "\n") // the last row has no line end
		want := int64(len(rows) - len(seen))
		for _, duplicates := range []string{"keep", "drop"} {
			options := importer.Options{Duplicates: duplicates, Kind: "lines"}
			_, intake, err := read(t.Context(), text, options)
			if err != nil {
				t.Fatal(err)
			}
			if s := intake.Source; s.Duplicates != want || s.Accepted != int64(len(rows)) {
				t.Fatalf("%s: %d duplicates of %d rows, want %d", duplicates, s.Duplicates, s.Accepted, want)
			}
			if duplicates == "keep" {
				continue
			}
			_, once, err := read(t.Context(), different, importer.Options{Kind: "lines"})
			if err != nil {
				t.Fatal(err)
			}
			if got, want := show(intake), show(once); got != want {
				t.Fatalf("got\n%swant\n%s", got, want)
			}
		}
	})
}
