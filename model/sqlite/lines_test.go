package sqlite_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"strata/model"
	"strata/model/sqlite"
)

// twoFilesOfLines make a workspace of two files that meet the same customers in
// another order; the second alone has brands and costs.
func twoFilesOfLines(t testing.TB, path string) {
	t.Helper()
	l := func(amount, cost model.Money, product, brand string) line {
		return line{amount: amount, cost: cost, words: [2]string{product, brand}}
	}
	first := file{kept: true, attributes: 1, orders: []order{
		{customer: "A", key: "1", day: 5, flags: 1, lines: []line{l(10, 0, "x", ""), l(11, 0, "y", "")}},
		{customer: "B", key: "2", day: 5, flags: 1, lines: []line{l(20, 0, "y", "")}},
		{customer: "B", key: "3", day: 9, flags: 1, lines: []line{l(-30, 0, "", "")}},
	}}
	second := file{kept: true, attributes: 2, costed: true, orders: []order{
		{customer: "C", key: "4", day: 1, flags: 1, cost: 4, lines: []line{l(40, 4, "z", "m")}},
		{customer: "B", key: "5", day: 7, flags: 1, cost: 6, lines: []line{l(50, 5, "x", ""), l(51, 1, "z", "n")}},
		{customer: "A", key: "6", day: 1, flags: 1, cost: 7, lines: []line{l(60, 7, "y", "m")}},
	}}
	create(t, path, first.intake("first.csv"))
	w := open(t, path)
	defer closeStore(t, w)
	if _, err := w.Import(t.Context(), []*model.Intake{second.intake("second.csv")}, nil); err != nil {
		t.Fatal(err)
	}
}

// Whatever is wrong with the stored lines, they come out the same, and are stored
// anew.
func TestLinesAreMadeAnewFromTheTable(t *testing.T) {
	t.Parallel()
	for name, damage := range map[string]string{
		"all gone":        "DELETE FROM line_chunk",
		"one source gone": "DELETE FROM line_chunk WHERE source_id = 2",
		"counts gone":     "DELETE FROM line_chunk WHERE name = 'count'",
		"costs gone":      "DELETE FROM line_chunk WHERE name = 'cost'",
		"codes gone":      "DELETE FROM line_chunk WHERE name = 'line.attribute.brand'",
		"words gone":      "DELETE FROM line_chunk WHERE name LIKE 'line.attribute.%.word.bytes'",
		"changed":         "UPDATE line_chunk SET body = zeroblob(length(body)) WHERE name = 'amount'",
		"far too many":    "UPDATE line_chunk SET base = 1 << 40 WHERE name = 'count'",
		"miscounted":      "UPDATE line_chunk SET base = base - 5 WHERE name = 'count'",
		"orders, too":     "DELETE FROM column_chunk",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "w.strata")
			twoFilesOfLines(t, path)
			before := reopen(t, path)
			execute(t, path, damage)
			if after := reopen(t, path); after != before {
				t.Errorf("after:\n%s\nbefore:\n%s", after, before)
			}
			execute(t, path, "UPDATE order_line SET amount_e4 = 0, product = 'changed'")
			if after := reopen(t, path); after != before {
				t.Error("the lines were not stored anew")
			}
		})
	}
}

// As long as the columns are there, nobody looks into the table.
func TestStoredLinesAreTaken(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "w.strata")
	twoFilesOfLines(t, path)
	before := query(t, path, "SELECT group_concat(coalesce(cost_e4, 'none')) FROM source")
	if want := "none,17"; before != want {
		t.Errorf("costs of the files: %s, want %s", before, want)
	}
	execute(t, path, "DELETE FROM order_line")
	w := open(t, path)
	defer closeStore(t, w)
	lines, err := w.Lines(t.Context(), "Product", "Brand")
	if err != nil || lines.Len() != 8 {
		t.Errorf("%+v, %v", lines, err)
	}
}

func TestCostsThatCannotBeSummed(t *testing.T) {
	t.Parallel()
	const most = model.Money(1<<63 - 1)
	in := file{costed: true, orders: []order{{customer: "A", cost: most}, {customer: "A", cost: most}}}.intake("a.csv")
	_, _, err := sqlite.Create(t.Context(), filepath.Join(t.TempDir(), "w.strata"), []*model.Intake{in}, nil)
	if model.CodeOf(err) != model.Invalid {
		t.Error(err)
	}
}

// A workspace from before costs and lines as columns tells the same of its lines,
// brought up to date or only read. Its lines stood as their file had the orders.
func TestLinesOfAnOlderWorkspace(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "w.strata")
	twoFilesOfLines(t, path)
	execute(t, path, "UPDATE order_line SET cost_e4 = NULL", "UPDATE orders SET cost_e4 = NULL", "UPDATE source SET cost_e4 = NULL",
		"DELETE FROM column_chunk", "DELETE FROM line_chunk")
	unsealed(t, path)
	before := reopen(t, path)
	withoutLines(t, path)
	execute(t, path, "UPDATE order_line SET id = id + 100 WHERE order_id = (SELECT min(order_id) FROM order_line WHERE order_id > 3)")
	reader, err := sqlite.OpenToRead(t.Context(), path)
	must(err)
	if got := have(t, reader); got != before {
		t.Errorf("read as it is:\n%s\nwant:\n%s", got, before)
	}
	closeStore(t, reader)
	if got := reopen(t, path); got != before {
		t.Errorf("brought up to date:\n%s\nwant:\n%s", got, before)
	}
	if got := query(t, path, "PRAGMA user_version"); got != "9" {
		t.Errorf("version %s", got)
	}
	if about, err := os.Stat(path + ".v3.bak"); err != nil || about.Mode().Perm() != 0o600 {
		t.Error(err)
	}
	third := file{kept: true, costed: true, attributes: 1, orders: []order{{customer: "A", key: "9", day: 6, flags: 1, cost: 3, lines: []line{{amount: 90, cost: 3, words: [2]string{"x"}}}}}}
	w := open(t, path)
	defer closeStore(t, w)
	if _, err := w.Import(t.Context(), []*model.Intake{third.intake("third.csv")}, nil); err != nil {
		t.Fatal(err)
	}
	lines, err := w.Lines(t.Context(), "Product")
	must(err)
	got := ""
	for i, amount := range lines.Amount {
		got += fmt.Sprintf("%d/%d%s ", amount, lines.Cost[i], lines.Attributes["Product"].Words[lines.Attributes["Product"].Code[i]])
	}
	if want := "60/0y 10/0x 11/0y 90/3x 20/0y 50/0x 51/0z -30/0 40/0z "; got != want {
		t.Errorf("with a third file: %s, want %s", got, want)
	}
}

func TestLinesThatAreNotThere(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "w.strata")
	create(t, path, synthetic(20, 300))
	w := open(t, path)
	defer closeStore(t, w)
	lines, err := w.Lines(t.Context())
	if err != nil || lines.Len() != 0 || len(lines.Start) != 301 {
		t.Errorf("%+v, %v", lines, err)
	}
	if _, err := w.Lines(t.Context(), "Product"); model.CodeOf(err) != model.NotFound {
		t.Error(err)
	}
}
