package sqlite

import (
	"fmt"
	"testing"
)

// A statement is taken apart as SQLite reads it: nothing hides in a comment, and no
// comment in a text.
func TestDefinitions(t *testing.T) {
	t.Parallel()
	for statement, want := range map[string]string{
		"CREATE TABLE t (\n  -- One, two\n  a  INTEGER PRIMARY KEY, b TEXT /* c, */ NOT NULL\n) STRICT": `["a INTEGER PRIMARY KEY" "b TEXT NOT NULL"] "STRICT"`,
		"CREATE TABLE \"t\" (a TEXT CHECK (a IN ('x--', 'y')), b TEXT)":                                 `["a TEXT CHECK(a IN('x--','y'))" "b TEXT"] ""`,
		"CREATE TABLE t (a TEXT DEFAULT 'it''s, (', [b -- ] TEXT, `c,` TEXT, \"d)\" TEXT) STRICT":       "[\"a TEXT DEFAULT 'it''s, ('\" \"[b -- ] TEXT\" \"`c,` TEXT\" \"\\\"d)\\\" TEXT\"] \"STRICT\"",
		"CREATE TABLE t (a CHECK (a = 'customer--' OR a = '\n'))":                                       `["a CHECK(a = 'customer--' OR a = '\n')"] ""`,
		"CREATE TABLE t (a TEXT, UNIQUE (a), CHECK (a > 0)) STRICT, WITHOUT ROWID":                      `["a TEXT" "UNIQUE(a)" "CHECK(a > 0)"] "STRICT,WITHOUT ROWID"`,
		"CREATE TABLE t (a TEXT -- comment, at the end\n) STRICT -- and behind it":                      `["a TEXT"] "STRICT"`,
		"CREATE TABLE t (a TEXT /* not":                                                                 `["a TEXT"] ""`,
		"CREATE TABLE t (a 'not":                                                                        `["a 'not"] ""`,
		"":                                                                                              `[""] ""`,
	} {
		all, tail := definitions(statement)
		if got := fmt.Sprintf("%q %q", all, tail); got != want {
			t.Errorf("%s\nis %s\nwant %s", statement, got, want)
		}
	}
}
