package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// endless is a query that never ends.
const endless = "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n FROM r) SELECT %s FROM r"

// strangers are what somebody may have put into a workspace, by how it is told.
func strangers() map[string][]string {
	masked := func(kind, name, statement string) []string {
		return []string{
			"PRAGMA foreign_keys = off", "DROP VIEW order_view", "DROP VIEW customer_view", "DROP TABLE seal",
			"PRAGMA writable_schema = on",
			fmt.Sprintf("INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql) VALUES ('%s', '%s', '%[2]s', 0, '%s')", kind, name, strings.ReplaceAll(statement, "'", "''")),
			"PRAGMA writable_schema = off",
		}
	}
	view := func(table, columns string) string {
		return "CREATE VIEW " + table + " AS " + fmt.Sprintf(endless, columns)
	}
	s := map[string][]string{
		"trigger tr":      {"CREATE TRIGGER tr AFTER UPDATE ON setting BEGIN DELETE FROM reject; END"},
		"trigger seal":    {"CREATE TRIGGER seal AFTER UPDATE ON setting BEGIN DELETE FROM reject; END"},
		"view mine":       {view("mine", "n")},
		"virtual table f": {"CREATE VIRTUAL TABLE f USING fts5(a)"},
		"table seal":      masked("table", "seal", view("seal", "'setting' AS name, n AS checksum")),
		"index x":         masked("index", "x", view("seal", "'setting' AS name, n AS checksum")),
		"table x":         masked("table", "x", view("seal", "'setting' AS name, n AS checksum")),
		"view order_view": masked("view", "order_view", view("seal", "'setting' AS name, n AS checksum")),
	}
	// What is computed by whoever writes the table, or looks through it.
	for name, statement := range map[string]string{
		"index ix":              "CREATE INDEX ix ON history (label) WHERE case when id > 0 then length(hex(label)) end",
		"index iy":              "CREATE INDEX iy ON orders (abs(day))",
		"index iz":              "CREATE UNIQUE INDEX iz ON scenario (note)",
		"index iw":              "CREATE TABLE mine (a INTEGER); CREATE INDEX iw ON mine (abs(a))",
		"table mine":            "CREATE TABLE mine (a INTEGER /* */ CHECK/**/(a > 0))",
		"column mine.b":         "CREATE TABLE mine (a INTEGER, b INTEGER AS (a + 1))",
		"column history.z":      "ALTER TABLE history ADD COLUMN z INTEGER CHECK (z IS NULL)",
		"column orders.z":       "ALTER TABLE orders ADD COLUMN z INTEGER AS (day + 1)",
		"column customer.z":     "ALTER TABLE customer ADD COLUMN z TEXT",
		"column reject.code":    "PRAGMA writable_schema = on; UPDATE sqlite_schema SET sql = replace(sql, 'code      TEXT    NOT NULL', 'code TEXT NOT NULL CHECK (code <> ''--'')') WHERE name = 'reject'",
		"constraint of service": "PRAGMA writable_schema = on; UPDATE sqlite_schema SET sql = replace(sql, ') STRICT', ', CHECK (minutes > -1)) STRICT') WHERE name = 'service'",
		"table setting":         "PRAGMA writable_schema = on; UPDATE sqlite_schema SET sql = sql || ', WITHOUT ROWID' WHERE name = 'nothing'; UPDATE sqlite_schema SET sql = replace(sql, ') STRICT', ')') WHERE name = 'setting'",
		"index history_parent":  "DROP INDEX history_parent; CREATE INDEX history_parent ON history (parent_id) WHERE id > 0",
	} {
		s[name] = []string{statement}
	}
	for table, columns := range map[string]string{
		"seal": "'setting' AS name, n AS checksum", "setting": "'generation' AS name, '1' AS value", "history": "n AS id, 0 AS parent_id, '' AS edited_at",
		"reject": "n AS id, 1 AS source_id, 1 AS line, '' AS header, '' AS value, '' AS code, '' AS reason, '' AS row", "scenario": "'' AS name",
		"orders": "n AS id", "customer": "n AS id", "column_chunk": "n AS name, 0 AS part, 1 AS generation, 0 AS rows, 0 AS base, 0 AS step, 0 AS width, 0 AS checksum, x'' AS body",
	} {
		s["view "+table] = []string{"PRAGMA foreign_keys = off", "DROP VIEW order_view", "DROP VIEW customer_view", "DROP TABLE " + table, view(table, columns)}
	}
	return s
}

// What strata has not made is told, and neither waited for nor set off.
func TestWhatIsNotMadeByStrata(t *testing.T) {
	t.Parallel()
	workspace, later := damageable(t)
	content, err := os.ReadFile(workspace)
	if err != nil {
		t.Fatal(err)
	}
	for name, statements := range strangers() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := &damagedCopy{t, filepath.Join(t.TempDir(), "w.strata"), later}
			for _, command := range []string{"check W", "tiers W", "rejects W", "log W", "backup W COPY", "scenario open W ten", "import W L --dry-run", "import W L"} {
				d.anew(content, statements)
				d.checkStranger(command, name)
			}
		})
	}
}

// idle says that something does nothing to one who only reads.
func idle(name string) bool {
	kind, _, _ := strings.Cut(name, " ")
	return name != "index x" && (kind == "index" || kind == "constraint") || kind == "column" && name != "column orders.z" ||
		slices.Contains([]string{"trigger tr", "view mine", "table mine", "table setting"}, name)
}

// checkStranger makes sure that a command tells what is not strata's.
func (d *damagedCopy) checkStranger(command, name string) {
	d.t.Helper()
	r := d.ask(command)
	harmless := idle(name)
	reads := slices.Contains([]string{"tiers W", "rejects W", "log W", "import W L --dry-run"}, command)
	told := strings.Contains(r.err, "not made by strata: "+name+";") ||
		strings.Contains(r.err, "the workspace is damaged or cut short") // SQLite compares some names itself
	if command == "check W" {
		_, found := checked(d.t, r)
		found = map[string][]string{"": append(found["schema"], found["file"]...)}
		if told = len(found[""]) == 1 && (found[""][0] == "not made by strata: "+name || strings.Contains(found[""][0], "damaged or cut short")); !told {
			d.t.Errorf("%s: %v", command, found)
		}
	}
	switch {
	case harmless && reads:
		if r.status == exitFailed {
			d.t.Errorf("%s: exit status %d: %s", command, r.status, r.err)
		}
	case r.status != exitFailed || !told:
		d.t.Errorf("%s: exit status %d: %s", command, r.status, r.err)
	}
}
