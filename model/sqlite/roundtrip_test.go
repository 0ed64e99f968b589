package sqlite_test

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"strata/model"
	"strata/model/sqlite"
)

// What comes out of a workspace is what went in: made at once or appended,
// read from the column chunks or from the tables.
func TestColumnsAreWhatWasImported(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		files := []file{drawFile(rt, "first"), drawFile(rt, "second"), drawFile(rt, "third")}
		files = files[:rapid.IntRange(1, 3).Draw(rt, "files")]
		expected := want(files)

		together := filepath.Join(folder, fmt.Sprintf("together-%d.strata", n))
		create(t, together, intakes(files)...)
		one := reopen(t, together)

		apart := filepath.Join(folder, fmt.Sprintf("apart-%d.strata", n))
		create(t, apart, intakes(files)[0])
		w := open(t, apart)
		for _, in := range intakes(files)[1:] {
			if _, err := w.Import(t.Context(), []*model.Intake{in}, nil); err != nil {
				rt.Fatal(err)
			}
		}
		appended := have(t, w)
		closeStore(t, w)

		chunks := dumpTable(t, together, "column_chunk")
		execute(t, together, "DELETE FROM column_chunk", "DELETE FROM line_chunk WHERE source_id <> 2")
		fromTables := reopen(t, together)
		if again := dumpTable(t, together, "column_chunk"); again != chunks {
			rt.Fatalf("stored anew:\n%s\nbefore:\n%s", again, chunks)
		}
		if got := query(t, together, "SELECT count(DISTINCT source_id) FROM line_chunk"); got != fmt.Sprint(len(files)) {
			rt.Fatalf("the lines of %s of %d files are stored anew", got, len(files))
		}
		for how, got := range map[string]string{
			"together": one, "appended": appended, "appended and reopened": reopen(t, apart), "from the tables": fromTables,
		} {
			if got != expected {
				rt.Fatalf("%s:\n%s\nwant:\n%s", how, got, expected)
			}
		}
		if a, b := dump(t, together), dump(t, apart); a != b {
			rt.Fatalf("made at once:\n%s\nappended:\n%s", a, b)
		}
	})
}

// Whatever is wrong with the chunks, the columns come out the same, and are
// stored anew.
func TestColumnsAreRebuiltFromTheTables(t *testing.T) {
	t.Parallel()
	for name, damage := range map[string]string{
		"all gone":        "DELETE FROM column_chunk",
		"one gone":        "DELETE FROM column_chunk WHERE name = 'orders.day'",
		"words gone":      "DELETE FROM column_chunk WHERE name = 'customer.attribute.region.word.bytes'",
		"stale":           "UPDATE column_chunk SET generation = generation - 1",
		"changed":         "UPDATE column_chunk SET body = zeroblob(length(body)) WHERE name = 'orders.value'",
		"shorter":         "UPDATE column_chunk SET body = substr(body, 2) WHERE length(body) > 1",
		"another width":   "UPDATE column_chunk SET width = 3",
		"part misplaced":  "UPDATE column_chunk SET part = 1 WHERE name = 'orders.count'",
		"rows miscounted": "UPDATE column_chunk SET rows = rows + 1",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "w.strata")
			create(t, path, synthetic(50, 700))
			before, chunks := columns(t, path), dumpTable(t, path, "column_chunk")
			execute(t, path, damage)
			if after := columns(t, path); after != before {
				t.Error("the columns differ after rebuilding")
			}
			if dumpTable(t, path, "column_chunk") != chunks {
				t.Error("the chunks were not stored anew as they were")
			}
		})
	}
}

// Columns longer than one chunk, and lines that belong to their orders.
func TestLongColumnsAndLines(t *testing.T) {
	t.Parallel()
	in := synthetic(30_000, 300_000)
	in.Lines = &model.IntakeLines{}
	for i := range in.OrderDay {
		for range 1 + i%2 {
			in.Lines.Order = append(in.Lines.Order, int32(i))
			in.Lines.Quantity = append(in.Lines.Quantity, int64(i%7)*model.Unit)
			in.Lines.Amount = append(in.Lines.Amount, model.Money(i))
		}
	}
	path := filepath.Join(t.TempDir(), "w.strata")
	create(t, path, in)
	w := open(t, path)
	defer closeStore(t, w)
	orders, err := w.Orders(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(orders.Day, in.OrderDay) || !slices.Equal(orders.Value, in.OrderValue) || !slices.Equal(orders.Flags, in.OrderFlags) {
		t.Error("the order columns differ")
	}
	if orders.Returned != nil {
		t.Error("returns out of nothing")
	}
	got := query(t, path, `SELECT count(*) || ' ' || sum(o.day = d.day) FROM order_line l JOIN orders o ON o.id = l.order_id
		JOIN (SELECT id, day FROM orders) d ON d.id = l.amount_e4 + 1`)
	if want := fmt.Sprintf("%d %[1]d", len(in.Lines.Order)); got != want {
		t.Errorf("lines that meet their order: %s, want %s", got, want)
	}
}

// Lines keep to their orders also when a later file meets known customers in
// another order.
func TestLinesOfALaterFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "w.strata")
	create(t, path, file{orders: []order{{customer: "A", key: "1", flags: 1}, {customer: "B", key: "2", flags: 1}}}.intake("first.csv"))
	later := file{orders: []order{{customer: "B", key: "3", flags: 1}, {customer: "C", key: "4", flags: 1}, {customer: "A", key: "5", flags: 1}}}.intake("later.csv")
	later.Lines = &model.IntakeLines{Order: []int32{0, 1, 2, 2}, Amount: []model.Money{30, 40, 50, 51}}
	w := open(t, path)
	if _, err := w.Import(t.Context(), []*model.Intake{later}, nil); err != nil {
		t.Fatal(err)
	}
	closeStore(t, w)
	got := query(t, path, "SELECT group_concat(o.order_key || ':' || l.amount_e4 || ':' || c.key, ' ') FROM order_line l JOIN orders o ON o.id = l.order_id JOIN customer c ON c.id = o.customer_id")
	if want := "5:50:A 5:51:A 3:30:B 4:40:C"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := query(t, path, "SELECT group_concat(customer_id, ' ') FROM (SELECT customer_id FROM orders WHERE source_id = 2 ORDER BY id)"); got != "1 2 3" {
		t.Errorf("the orders of a source stand by customer %s", got)
	}
}

func intakes(files []file) []*model.Intake {
	var all []*model.Intake
	for i, f := range files {
		in := f.intake(fmt.Sprintf("file-%d.csv", i))
		in.Overlap = model.OverlapAgain // random files may be alike
		all = append(all, in)
	}
	return all
}

func create(t testing.TB, path string, intakes ...*model.Intake) []model.Warning {
	t.Helper()
	w, warnings, err := sqlite.Create(t.Context(), path, intakes, nil)
	if err != nil {
		t.Fatal(err)
	}
	closeStore(t, w)
	return warnings
}

func open(t testing.TB, path string) *sqlite.Workspace {
	t.Helper()
	w, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func closeStore(t testing.TB, w model.Store) {
	t.Helper()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

// reopen writes down what a fresh opening finds.
func reopen(t testing.TB, path string) string {
	t.Helper()
	w := open(t, path)
	defer closeStore(t, w)
	return have(t, w)
}

// columns prints all columns, dictionaries included.
func columns(t testing.TB, path string) string {
	t.Helper()
	w := open(t, path)
	defer closeStore(t, w)
	orders, err := w.Orders(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	customers, err := w.Customers(t.Context(), "region")
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%v %v %v", orders, customers.Keys, customers.Attributes["region"])
}

// plain opens a file as the sqlite3 shell would.
func plain(t testing.TB, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	return db
}

func execute(t testing.TB, path string, statements ...string) {
	t.Helper()
	db := plain(t, path)
	defer db.Close()
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatal(s, err)
		}
	}
}

// query returns the one value of a query.
func query(t testing.TB, path, text string) (value string) {
	t.Helper()
	db := plain(t, path)
	defer db.Close()
	if err := db.QueryRow(text).Scan(&value); err != nil {
		t.Fatal(text, err)
	}
	return value
}

// dump prints the tables that hold what was imported.
func dump(t testing.TB, path string) string {
	var b strings.Builder
	for _, table := range []string{"source", "reject", "attribute", "customer", "orders", "order_line"} {
		b.WriteString(dumpTable(t, path, table))
	}
	return b.String()
}

func dumpTable(t testing.TB, path, table string) string {
	t.Helper()
	db := plain(t, path)
	defer db.Close()
	rows, err := db.Query("SELECT * FROM " + table)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	values := make([]any, len(names))
	targets := make([]any, len(names))
	for i := range values {
		targets[i] = &values[i]
	}
	b := []byte(table + "\n")
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			t.Fatal(err)
		}
		b = fmt.Appendf(b, "%v\n", values)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// listing names the files of a folder.
func listing(t testing.TB, folder string) string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return strings.Join(names, " ")
}
