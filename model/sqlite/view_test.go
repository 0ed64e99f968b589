package sqlite_test

import (
	"path/filepath"
	"strings"
	"testing"

	"strata/model"
	"strata/model/sqlite"
)

// rewritten is a statement that changes the text of a view.
func rewritten(view, from, to string) string {
	return "PRAGMA writable_schema = on; UPDATE sqlite_schema SET sql = replace(sql, '" + from + "', '" + to + "') WHERE name = '" + view + "'"
}

// A view under the name of one of strata's is strata's to the letter: it is told by
// whoever checks the workspace, copies it or writes it, and does nothing to others.
func TestAViewOfOtherFiguresIsTold(t *testing.T) {
	t.Parallel()
	readScheme := func(string) error { return nil }
	for name, test := range map[string]struct{ view, statement string }{
		"another divisor":    {"order_view", rewritten("order_view", "o.value_e4 / 10000.0", "o.value_e4 / 5000.0")},
		"a digit flipped":    {"customer_view", rewritten("customer_view", "min(o.day) * 86400", "min(o.day) * 86401")},
		"orders left out":    {"order_view", "PRAGMA writable_schema = on; UPDATE sqlite_schema SET sql = sql || ' WHERE o.day > 18500' WHERE name = 'order_view'"},
		"a kept column less": {"customer_view", rewritten("customer_view", ", c.region", "")},
		"another blank":      {"order_view", rewritten("order_view", "FROM orders", "FROM  orders")},
		"never ending": {"order_view", `DROP VIEW order_view; CREATE VIEW order_view AS WITH RECURSIVE r(id) AS (SELECT 1 UNION ALL SELECT id FROM r)
			SELECT id, '' AS customer_key, '' AS order_key, '' AS date, 0.0 AS value, 0.0 AS returned, 0.0 AS cost, 1 AS lines, '' AS source FROM r`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "w.strata")
			create(t, path, synthetic(20, 300))
			before := query(t, path, "SELECT sql FROM sqlite_schema WHERE name = '"+test.view+"'")
			execute(t, path, test.statement)
			if after := query(t, path, "SELECT sql FROM sqlite_schema WHERE name = '"+test.view+"'"); after == before {
				t.Fatal("the view is as it was")
			}
			want := "not made by strata: view " + test.view
			found, err := sqlite.Check(t.Context(), path, readScheme, nil)
			if err != nil || strings.Join(found[len(found)-1].Found, "; ") != want {
				t.Errorf("check: %v, %v", found, err)
			}
			_, _, err = sqlite.Backup(t.Context(), path, path+".copy", false, readScheme, nil)
			if model.CodeOf(err) != model.Corrupt || !strings.Contains(err.Error(), want) {
				t.Errorf("backup: %v", err)
			}
			if _, err = sqlite.Open(t.Context(), path); model.CodeOf(err) != model.Corrupt || !strings.Contains(err.Error(), want) {
				t.Errorf("writing: %v", err)
			}
			w, err := sqlite.OpenToRead(t.Context(), path)
			must(err)
			closeStore(t, w)
			execute(t, path, "DROP VIEW "+test.view) // as the hint says
			w = open(t, path)
			closeStore(t, w)
		})
	}
}

// The views of a file from before there were costs stay as they are when it is
// upgraded, and are strata's.
func TestTheViewsOfAnOlderFileAreStratas(t *testing.T) {
	t.Parallel()
	old := filepath.Join(t.TempDir(), "old.strata")
	create(t, old, synthetic(20, 300))
	older(t, old)
	execute(t, old, `CREATE VIEW order_view AS
SELECT o.id, c.key AS customer_key, o.order_key, date(o.day * 86400, 'unixepoch') AS date,
       o.value_e4 / 10000.0 AS value, o.returned_e4 / 10000.0 AS returned, o.lines, s.path AS source
FROM orders o JOIN customer c ON c.id = o.customer_id JOIN source s ON s.id = o.source_id`, `CREATE VIEW customer_view AS
SELECT c.id, c.key AS customer_key, count(*) AS order_count, date(min(o.day) * 86400, 'unixepoch') AS first_date,
       date(max(o.day) * 86400, 'unixepoch') AS last_date, sum(o.value_e4) / 10000.0 AS value,
       sum(o.returned_e4) / 10000.0 AS returned, c.region
FROM orders o JOIN customer c ON c.id = o.customer_id GROUP BY c.id`)
	for _, path := range []string{old, schema5(t)} {
		for _, moment := range []string{"as it was", "upgraded"} {
			found, err := sqlite.Check(t.Context(), path, func(string) error { return nil }, nil)
			must(err)
			for _, f := range found {
				if f.Name == "schema" && !f.OK {
					t.Errorf("%s: %v", moment, f.Found)
				}
			}
			closeStore(t, open(t, path))
		}
		if views := query(t, path, "SELECT count(*) FROM sqlite_schema WHERE type = 'view'"); views != "2" {
			t.Errorf("%s views", views)
		}
	}
}
