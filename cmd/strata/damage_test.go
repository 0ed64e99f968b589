package main

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite" // to damage workspaces as the sqlite3 shell would
)

// damageable makes a workspace that has something in every table: two files of
// lines with costs and kept columns, refused rows, edits, a baseline, a scenario,
// promises.
func damageable(t *testing.T) (workspace, later string) {
	t.Helper()
	folder := t.TempDir()
	at := func(name string) string { return filepath.Join(folder, name) }
	lines := func(name string, from, to, shift int) string {
		var b strings.Builder
		b.WriteString("customer,order,date,quantity,price,cost,region,product\n")
		for i := from; i < to; i++ {
			day := time.Date(2024, 1, 1+(i*i+shift)%300, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
			for line := range 1 + i%3 {
				fmt.Fprintf(&b, "C%02d,O%03d,%s,%d,%d.50,%d.25,%s,%s\n", (i*7)%31+i%3, i, day, 1+line, 5+i%17, 3+i%11,
					[]string{"North", "South"}[(i*7)%31%2], []string{"tea", "pot", "cup"}[(i+line)%3])
			}
		}
		b.WriteString(",O999,2024-02-02,1,1.00,1.00,North,tea\n")
		return writeFile(t, at(name), b.String())
	}
	workspace = at("shop.strata")
	mustRun(t, exitRefused, "import", workspace, lines("first.csv", 0, 150, 0), "--currency", "GBP")
	mustRun(t, exitRefused, "import", workspace, lines("second.csv", 150, 220, 3))
	mustRun(t, exitDone, "scenario", "save", workspace, "tight", "--scheme", "eight")
	mustRun(t, exitDone, "scenario", "baseline", workspace, "tight")
	mustRun(t, exitDone, "scenario", "open", workspace, "tight")
	mustRun(t, exitDone, "service", workspace, "--set", "high.promise=1h,high.contacts=4")
	return workspace, lines("later.csv", 220, 260, 5)
}

// alter damages a workspace as somebody with the sqlite3 shell would.
func alter(t *testing.T, path string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	for _, s := range statements {
		if _, err := db.ExecContext(t.Context(), s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// damages are what may have happened to a workspace. In those where the columns
// for quick opening are gone, the tables are read.
func damages() map[string][]string {
	const noColumns, noLines = "DELETE FROM column_chunk", "DELETE FROM line_chunk"
	// Statements that SQLite would refuse in a STRICT table pass one that is not.
	loose := func(table string) []string {
		return []string{
			"PRAGMA writable_schema = on",
			"UPDATE sqlite_schema SET sql = replace(replace(sql, ') STRICT', ')'), 'NOT NULL', '        ') WHERE name = '" + table + "'",
			"PRAGMA writable_schema = reset",
		}
	}
	d := map[string][]string{
		"a customer gone":               {noColumns, "DELETE FROM customer WHERE id = 5"},
		"a customer gone, columns left": {"DELETE FROM customer WHERE id = 5"},
		"the last customer gone":        {"DELETE FROM customer WHERE id = (SELECT max(id) FROM customer)"},
		"a customer more":               {"INSERT INTO customer (id, key) SELECT max(id) + 1, 'Z' FROM customer"},
		"a customer far away":           {noColumns, "UPDATE customer SET id = 4000000 WHERE id = 5"},
		"a negative customer":           {noColumns, "UPDATE customer SET id = -5 WHERE id = 5"},
		"a negative customer, columns":  {"UPDATE customer SET id = -5 WHERE id = 5"},
		"another key":                   {noColumns, "UPDATE customer SET key = 'X' WHERE id = 5"},
		"two customers swapped":         {noColumns, "UPDATE customer SET id = -1 WHERE id = 4", "UPDATE customer SET id = 4 WHERE id = 5", "UPDATE customer SET id = 5 WHERE id = -1"},
		"an order gone":                 {noColumns, "DELETE FROM orders WHERE id = 7"},
		"an order gone, columns left":   {"DELETE FROM orders WHERE id = 7"},
		"the last order gone":           {noColumns, "DELETE FROM orders WHERE id = (SELECT max(id) FROM orders)"},
		"the last order gone, columns":  {"DELETE FROM orders WHERE id = (SELECT max(id) FROM orders)"},
		"all orders gone":               {noColumns, "DELETE FROM orders"},
		"an unknown customer's order":   {noColumns, "UPDATE orders SET customer_id = 9999 WHERE id = 7"},
		"a negative customer's order":   {noColumns, "UPDATE orders SET customer_id = -3 WHERE id = 7"},
		"another's order":               {noColumns, "UPDATE orders SET customer_id = customer_id + 1 WHERE id = 7"},
		"an order of another day":       {noColumns, "UPDATE orders SET day = day + 1 WHERE id = 7"},
		"an order of a day too large":   {noColumns, "UPDATE orders SET day = 1 << 40 WHERE id = 7"},
		"an order worth more":           {noColumns, "UPDATE orders SET value_e4 = value_e4 + 10000 WHERE id = 7"},
		"two values swapped":            {noColumns, "UPDATE orders SET value_e4 = value_e4 + 10000 WHERE id = 7", "UPDATE orders SET value_e4 = value_e4 - 10000 WHERE id = 8"},
		"values too large":              {noColumns, "UPDATE orders SET value_e4 = 9223372036854775807"},
		"odd flags":                     {noColumns, "UPDATE orders SET flags = 4000 WHERE id = 7"},
		"other flags":                   {noColumns, "UPDATE orders SET flags = 2 WHERE id = 7"},
		"another cost":                  {noColumns, "UPDATE orders SET cost_e4 = NULL WHERE id = 7"},
		"a source gone":                 {"DELETE FROM source WHERE id = 2"},
		"all sources gone":              {"DELETE FROM source"},
		"a source gone, no seal":        {"DELETE FROM source WHERE id = 2", "DELETE FROM seal WHERE name = 'source'"},
		"a source that bought more":     {"UPDATE source SET value_e4 = value_e4 + 1 WHERE id = 1", "DELETE FROM seal WHERE name = 'source'"},
		"a source of other days":        {"UPDATE source SET first_day = first_day - 1 WHERE id = 1", "DELETE FROM seal WHERE name = 'source'"},
		"a source of more orders":       {"UPDATE source SET orders = orders + 1 WHERE id = 1", "DELETE FROM seal WHERE name = 'source'"},
		"a source's reasons":            {"UPDATE source SET reasons = '[' WHERE id = 1", "DELETE FROM seal WHERE name = 'source'"},
		"a line gone":                   {noLines, "DELETE FROM order_line WHERE id = 9"},
		"a line gone, columns left":     {"DELETE FROM order_line WHERE id = 9"},
		"all lines gone":                {noLines, "DELETE FROM order_line"},
		"a line of no order":            {noLines, "UPDATE order_line SET order_id = 99999 WHERE id = 9"},
		"a line of a negative order":    {noLines, "UPDATE order_line SET order_id = -1 WHERE id = 9"},
		"a line worth more":             {noLines, "UPDATE order_line SET amount_e4 = amount_e4 + 1 WHERE id = 9"},
		"a reject gone":                 {"DELETE FROM reject"},
		"one reject gone":               {"DELETE FROM reject WHERE source_id = 1"},
		"a reject of another reason":    {"UPDATE reject SET code = 'bad-date' WHERE id = 1"},
		"a reject in other words":       {"UPDATE reject SET reason = reason || '.' WHERE id = 1"},
		"a reject of another line":      {"UPDATE reject SET line = line + 1 WHERE id = 1"},
		"a reject of another column":    {"UPDATE reject SET header = 'x' WHERE id = 1"},
		"a reject of another value":     {"UPDATE reject SET value = 'x' WHERE id = 1"},
		"a reject of another row":       {"UPDATE reject SET row = upper(row) WHERE id = 1"},
		"a reject of another source":    {"UPDATE reject SET source_id = 2 WHERE id = 1"},
		"rejects swapped":               {"UPDATE reject SET source_id = 3 - source_id"},
		"an edit without a checksum":    {"UPDATE history SET checksum = NULL"},
		"an order of more lines":        {"UPDATE orders SET lines = lines + 1 WHERE id = 7"},
		"another quantity":              {"UPDATE order_line SET quantity_e4 = quantity_e4 + 1 WHERE id = 9"},
		"another price":                 {"UPDATE order_line SET price_e4 = price_e4 + 1 WHERE id = 9"},
		"no price":                      {"UPDATE order_line SET price_e4 = NULL WHERE id = 9"},
		"a kept column forgotten":       {"DELETE FROM attribute WHERE subject = 'order'"},
		"a kept column renamed":         {"UPDATE attribute SET column_name = 'nope' WHERE name = 'region'", "DELETE FROM seal WHERE name = 'attribute'", noColumns},
		"no settings":                   {"DELETE FROM setting"},
		"another generation":            {"UPDATE setting SET value = '7' WHERE name = 'generation'"},
		"another generation, no seal":   {"UPDATE setting SET value = '7' WHERE name = 'generation'", "DELETE FROM seal WHERE name = 'setting'"},
		"no generation, no seal":        {"DELETE FROM setting WHERE name = 'generation'", "DELETE FROM seal WHERE name = 'setting'"},
		"a head that is not there":      {"UPDATE setting SET value = '99' WHERE name = 'head'", "DELETE FROM seal WHERE name = 'setting'"},
		"a head that is no number":      {"UPDATE setting SET value = 'x' WHERE name = 'head'", "DELETE FROM seal WHERE name = 'setting'"},
		"no edits":                      {"DELETE FROM history"},
		"an edit changed":               {"UPDATE history SET scheme = replace(scheme, 'window: all', 'window: 90d')"},
		"an edit without a scheme":      {"UPDATE history SET scheme = '', checksum = NULL"},
		"an edit that follows nothing":  {"UPDATE history SET parent_id = 77, checksum = NULL"},
		"a scenario changed":            {"UPDATE scenario SET scheme = scheme || ' '"},
		"a scenario without a scheme":   {"UPDATE scenario SET scheme = '{'", "DELETE FROM seal WHERE name = 'scenario'"},
		"a promise changed":             {"UPDATE service SET contacts_e2 = 4000"},
		"no promises":                   {"DELETE FROM service"},
		"an older generation's columns": {"UPDATE column_chunk SET generation = generation - 1"},
		"wrong row counts":              {"UPDATE column_chunk SET rows = rows + 1"},
		"another step":                  {"UPDATE column_chunk SET step = step + 7"},
		"two columns swapped": {
			"UPDATE column_chunk SET name = 'x' WHERE name = 'orders.value'", "UPDATE column_chunk SET name = 'orders.value' WHERE name = 'orders.cost'",
			"UPDATE column_chunk SET name = 'orders.cost' WHERE name = 'x'",
		},
		"lines of another source": {"DELETE FROM line_chunk WHERE source_id = 1", "UPDATE line_chunk SET source_id = 1"},
		"no snapshot":             {"DELETE FROM tier_snapshot"},
		"no seals":                {"DELETE FROM seal"},
		"other seals":             {"UPDATE seal SET checksum = checksum + 1"},
		"a text for a day":        append(loose("orders"), noColumns, "UPDATE orders SET day = 'x' WHERE id = 7"),
		"no day":                  append(loose("orders"), noColumns, "UPDATE orders SET day = NULL WHERE id = 7"),
		"no key":                  append(loose("customer"), noColumns, "UPDATE customer SET key = NULL WHERE id = 7"),
		"bytes for a key":         append(loose("customer"), noColumns, "UPDATE customer SET key = x'ff00' WHERE id = 7"),
		"text for a step":         append(loose("column_chunk"), "UPDATE column_chunk SET step = 'x'"),
		"no body":                 append(loose("column_chunk"), "UPDATE column_chunk SET body = NULL"),
		"an old version":          {"PRAGMA user_version = 5"},
		"the first version":       {"PRAGMA user_version = 1"},
		"no index over edits":     {"DROP INDEX history_parent"},
		"no views":                {"DROP VIEW order_view", "DROP VIEW customer_view"},
		"no column":               {"DROP VIEW order_view", "DROP VIEW customer_view", "ALTER TABLE orders DROP COLUMN cost_e4", noColumns},
	}
	for _, name := range []string{
		"setting", "source", "attribute", "scenario", "service", "column_chunk", "line_chunk 2", "reject 1", "correction 1", "orders 1", "order_line 2", "history count", "history last",
	} {
		d["no seal "+name] = []string{"DELETE FROM seal WHERE name = '" + name + "'"}
	}
	for _, table := range []string{
		"setting", "source", "reject", "attribute", "customer", "orders", "order_line", "history", "column_chunk", "tier_snapshot",
		"scenario", "service", "line_chunk", "seal",
	} {
		d["no table "+table] = []string{"PRAGMA foreign_keys = off", "DROP VIEW IF EXISTS order_view", "DROP VIEW IF EXISTS customer_view", "DROP TABLE " + table}
	}
	return d
}

// asked are the commands that a workspace is asked by; W stands for it, L for a
// later file.
var asked = []string{
	"tiers W", "tiers W --where product=tea", "tiers W --monetary-measure margin", "matrix W", "compare W", "compare W --by tier",
	"sensitivity W", "scores W", "customer W C10", "scheme lint W", "suggest W --method quantile", "sources W", "rejects W", "log W",
	"service W", "scenario list W", "scenario show W tight", "import W L --dry-run",
	"undo W", "scenario save W other", "import W L",
}

// answer is what a command says, with figures for a program.
func (d *damagedCopy) ask(command string) result {
	d.t.Helper()
	args := strings.Fields(command)
	for i, word := range args {
		switch word {
		case "W":
			args[i] = d.path
		case "L":
			args[i] = d.later
		case "COPY":
			args[i] = d.path + ".copy"
		}
	}
	if args[0] != "scheme" && !strings.HasPrefix(command, "scenario show") {
		args = append(args, "--format", "json")
	}
	answered := make(chan result, 1)
	go func() { answered <- strata(d.t, "", args...) }()
	const patience = time.Minute // of a machine that does much else
	select {
	case r := <-answered:
		return r
	case <-time.After(patience):
		d.t.Fatalf("strata %s does not end", command)
		return result{}
	}
}

// damagedCopy is a copy of a workspace that something happened to.
type damagedCopy struct {
	t           *testing.T
	path, later string
}

// anew makes the copy again.
func (d *damagedCopy) anew(content []byte, damage []string) {
	d.t.Helper()
	if err := os.WriteFile(d.path, content, 0o600); err != nil {
		d.t.Fatal(err)
	}
	for _, left := range []string{"-journal", ".v1.bak", ".v5.bak"} {
		_ = os.Remove(d.path + left)
	}
	if damage != nil {
		alter(d.t, d.path, damage...)
	}
}

// timeless takes the moment of saving out of an answer.
func timeless(out string) string {
	lines := strings.Split(out, "\n")
	for i, line := range lines {
		for _, key := range []string{`"imported_at"`, `"seconds"`, `"saved_at"`, `"at"`} {
			if strings.HasPrefix(strings.TrimSpace(line), key) {
				lines[i] = key
			}
		}
	}
	return strings.Join(lines, "\n")
}

// Whatever has happened to a workspace, every command ends: with the figures that
// it gave before, or with a sentence that says what is wrong and what to do.
func TestDamagedWorkspaceIsTold(t *testing.T) {
	t.Parallel()
	workspace, later := damageable(t)
	content, err := os.ReadFile(workspace)
	if err != nil {
		t.Fatal(err)
	}
	sound := &damagedCopy{t, filepath.Join(t.TempDir(), "w.strata"), later}
	want := map[string]result{}
	for _, command := range asked {
		sound.anew(content, nil)
		if want[command] = sound.ask(command); want[command].status == exitFailed || want[command].status == exitUsage {
			t.Fatalf("%s: %+v", command, want[command])
		}
	}
	sound.anew(content, nil)
	mustRun(t, exitRefused, "import", sound.path, later)
	after := sound.ask("tiers W")
	for name, damage := range damages() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := &damagedCopy{t, filepath.Join(t.TempDir(), "w.strata"), later}
			told, right := 0, 0
			for _, command := range asked {
				d.anew(content, damage)
				r := d.ask(command)
				same := func(text string) string { return strings.ReplaceAll(timeless(text), d.path, sound.path) }
				switch {
				case r.status == exitFailed:
					told++
					plainSentence(t, command, r.err)
				case r.status != want[command].status:
					t.Errorf("%s: exit status %d: %s", command, r.status, r.err)
				case same(r.out) != timeless(want[command].out) && !harmless(name, command):
					t.Errorf("%s says\n%s\nand said\n%s", command, r.out, want[command].out)
				default:
					right++
				}
				if command == "import W L" && r.status == exitRefused {
					if again := d.ask("tiers W"); again.status != exitFailed && again.out != after.out {
						t.Errorf("after an import the tiers are\n%s\nwant\n%s", again.out, after.out)
					}
				}
			}
			t.Logf("%d commands right, %d told of the damage", right, told)
		})
	}
}

// harmless are the answers that may differ: what is gone without a trace was a
// choice, not a figure.
func harmless(damage, command string) bool {
	switch damage {
	case "a scenario without a scheme":
		return command == "scenario list W" // which calls it unreadable
	}
	return false
}

// plainSentence makes sure that an error is one that a person can act on.
func plainSentence(t *testing.T, command, text string) {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(text), "\n")
	last := lines[len(lines)-1]
	if !strings.HasPrefix(last, "strata: ") || !strings.Contains(last, "; ") || strings.Contains(text, "unexpectedly") || strings.Contains(text, "goroutine") {
		t.Errorf("%s says %q", command, text)
	}
}

// flipsVariable says how many single bits are flipped of each kind.
const flipsVariable = "STRATA_FLIPS"

// A bit that flips anywhere in a workspace, and an end that is missing, change no
// figure without a word.
func TestFlippedBitsAreNoticed(t *testing.T) {
	t.Parallel()
	headers, pages, cuts := 60, 60, 10
	if text := os.Getenv(flipsVariable); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil {
			t.Fatal(err)
		}
		headers, pages, cuts = n, n/4, n/24
	}
	workspace, later := damageable(t)
	content, err := os.ReadFile(workspace)
	if err != nil {
		t.Fatal(err)
	}
	d := &damagedCopy{t, filepath.Join(t.TempDir(), "w.strata"), later}
	d.anew(content, nil)
	questions := []string{"tiers W", "tiers W --where product=tea --monetary-measure margin"}
	var want []string
	for _, q := range questions {
		want = append(want, d.ask(q).out)
	}
	r := rand.New(rand.NewPCG(20, 24))
	same, told := 0, 0
	try := func(what string) {
		for i, q := range questions {
			switch got := d.ask(q); {
			case got.status == exitFailed:
				told++
				if got.out != "" {
					t.Errorf("%s: %s prints figures beside %s", what, q, got.err)
				}
			case got.status != exitDone || got.out != want[i]:
				t.Errorf("%s: %s ends with %d and\n%s%s", what, q, got.status, got.out, got.err)
			default:
				same++
			}
		}
	}
	count := func(kind string) {
		t.Logf("%s: %d answers as before, %d refused", kind, same, told)
		same, told = 0, 0
	}
	fields := []string{"part", "generation", "rows", "base", "step", "width", "checksum"}
	for range headers {
		table, field := "column_chunk", fields[r.IntN(len(fields))]
		if r.IntN(3) == 0 {
			table = "line_chunk"
			field = strings.Replace(field, "generation", "source_id", 1)
		}
		bit := uint64(1) << r.IntN(64)
		if r.IntN(2) == 0 {
			bit = 1 << r.IntN(12)
		}
		flip := fmt.Sprintf("UPDATE OR IGNORE %s SET %s = (%[2]s | %[3]d) - (%[2]s & %[3]d) WHERE rowid = (SELECT rowid FROM %[1]s ORDER BY rowid LIMIT 1 OFFSET %[4]d %% (SELECT count(*) FROM %[1]s))",
			table, field, int64(bit), r.IntN(1000))
		d.anew(content, []string{flip})
		try(flip)
	}
	count("headers of columns")
	small := smallPages(t, workspace)
	for i := range pages {
		at := r.IntN(len(content))
		if i%2 == 0 { // few pages are not the columns'
			at = small[r.IntN(len(small))]
		}
		bit := byte(1) << r.IntN(8)
		changed := append([]byte{}, content...)
		changed[at] ^= bit
		d.anew(changed, nil)
		try(fmt.Sprintf("byte %d, bit %d", at, bit))
	}
	count("the file")
	for range cuts {
		n := r.IntN(len(content))
		d.anew(content[:n], nil)
		try(fmt.Sprintf("cut to %d bytes", n))
	}
	count("cut short")
}

// smallPages lists the bytes that are not zero of the pages of small tables.
func smallPages(t *testing.T, path string) (at []int) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.QueryContext(t.Context(), "SELECT rootpage FROM sqlite_schema WHERE tbl_name IN ('setting', 'source', 'attribute', 'history', 'scenario', 'service', 'seal') UNION SELECT 1")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	const pageSize = 4096
	for rows.Next() {
		var page int
		if err := rows.Scan(&page); err != nil {
			t.Fatal(err)
		}
		for i := (page - 1) * pageSize; i < page*pageSize; i++ {
			if content[i] != 0 {
				at = append(at, i)
			}
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return at
}
