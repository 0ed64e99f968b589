package sqlite

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"strata/model"
)

// What is packed comes out as it was, over the whole range of the type.
func TestChunkRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		chunkRoundTrip(t, rapid.Int64().Draw)
		step := rapid.SampledFrom([]int64{1, 7, 100, 10_000}).Draw(t, "step")
		chunkRoundTrip(t, func(t *rapid.T, label string) int64 {
			return step * rapid.Int64Range(-70_000, 70_000).Draw(t, label)
		})
		chunkRoundTrip(t, rapid.Int32().Draw)
		chunkRoundTrip(t, rapid.Uint32().Draw)
		chunkRoundTrip(t, rapid.Byte().Draw)
	})
}

func chunkRoundTrip[T integer](t *rapid.T, draw func(t *rapid.T, label string) T) {
	values := make([]T, rapid.IntRange(1, 50).Draw(t, "rows"))
	for i := range values {
		values[i] = draw(t, "value")
	}
	c := encode(place{"orders.day", 3, 7}, values)
	out := make([]T, len(values))
	if err := decode(c, out); err != nil || !slices.Equal(values, out) {
		t.Fatalf("%v became %v (%v)", values, out, err)
	}
	bit := uint(rapid.IntRange(0, 63).Draw(t, "damaged bit"))
	for name, flip := range map[string]func(c *chunk){
		"rows":     func(c *chunk) { c.rows ^= 1 << bit },
		"base":     func(c *chunk) { c.base ^= 1 << bit },
		"step":     func(c *chunk) { c.step ^= 1 << bit },
		"of":       func(c *chunk) { c.of ^= 1 << bit },
		"width":    func(c *chunk) { c.width ^= 1 << (bit % 32) },
		"part":     func(c *chunk) { c.part ^= 1 << (bit % 32) },
		"checksum": func(c *chunk) { c.checksum ^= 1 << (bit % 32) },
		"name":     func(c *chunk) { c.name = "orders.dax" },
	} {
		changed := c
		if flip(&changed); decode(changed, out) == nil {
			t.Fatalf("a change of %s went unnoticed", name)
		}
	}
	if len(c.body) > 0 {
		c.body[rapid.IntRange(0, len(c.body)-1).Draw(t, "damaged byte")] ^= 1
		if decode(c, out) == nil {
			t.Fatal("the damage went unnoticed")
		}
	}
}

func TestChunksAreSmall(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		values []model.Money
		width  int
	}{
		"equal":            {[]model.Money{5, 5, 5}, 0},
		"cents up to 655":  {[]model.Money{100, 6_553_600, 6_500_000}, 2},
		"ten-thousandths":  {[]model.Money{100, 6_553_601}, 4},
		"the widest range": {[]model.Money{-1 << 63, 1<<63 - 1}, 8},
	} {
		if c := pack(test.values); c.width != test.width {
			t.Errorf("%s: %d bytes a value, want %d", name, c.width, test.width)
		}
	}
}

// The words that need quotes are SQLite's own: every keyword is either among
// them or can stand for a column as it is.
func TestKeywords(t *testing.T) {
	t.Parallel()
	all := strings.Fields(`abort action add after all alter always analyze and as asc attach autoincrement before begin
		between by cascade case cast check collate column commit conflict constraint create cross current current_date
		current_time current_timestamp database default deferrable deferred delete desc detach distinct do drop each else
		end escape except exclude exclusive exists explain fail filter first following for foreign from full generated glob
		group groups having if ignore immediate in index indexed initially inner insert instead intersect into is isnull
		join key last left like limit match materialized natural no not nothing notnull null nulls of offset on or order
		others outer over partition plan pragma preceding primary query raise range recursive references regexp reindex
		release rename replace restrict returning right rollback row rows savepoint select set table temp temporary then
		ties to transaction trigger true false unbounded union unique update using vacuum values view virtual when where window with
		without`)
	db := connect(filepath.Join(t.TempDir(), "keywords"), building)
	defer db.Close()
	for _, word := range all {
		name := identifier(word, map[string]bool{})
		if (name != word) != keywords[word] {
			t.Errorf("%s became %s", word, name)
		}
		table := "t_" + word
		if _, err := db.Exec("CREATE TABLE " + table + " (" + name + " TEXT); INSERT INTO " + table + " VALUES ('x')"); err != nil {
			t.Errorf("%s as %s: %v", word, name, err)
		}
		var got string
		err := db.QueryRow("SELECT " + name + " AS " + name + " FROM " + table + " WHERE " + name + " = 'x' GROUP BY " + name).Scan(&got)
		if err != nil || got != "x" {
			t.Errorf("%s as %s: %q, %v", word, name, got, err)
		}
	}
}

// A panic within a transaction takes it back and is told, and leaves a connection
// that works.
func TestPanicWithinATransaction(t *testing.T) {
	t.Parallel()
	db := connect(filepath.Join(t.TempDir(), "panic"), building)
	defer db.Close()
	if _, err := db.Exec("PRAGMA journal_mode = memory; CREATE TABLE t (x INTEGER) STRICT"); err != nil {
		t.Fatal(err)
	}
	var rows []int
	err := transact(t.Context(), db, nil, func(tx *sql.Tx) error {
		if _, err := tx.Exec("INSERT INTO t VALUES (1)"); err != nil {
			return err
		}
		rows[7]++
		return nil
	})
	if model.CodeOf(err) != model.Internal || !strings.Contains(err.Error(), "internal_test.go:") || !strings.Contains(err.Error(), "index out of range") {
		t.Errorf("got %v", err)
	}
	var count int
	if err := db.QueryRow("SELECT count(*) FROM t").Scan(&count); err != nil || count != 0 {
		t.Errorf("%d rows, %v", count, err)
	}
}

// An older file is copied, brought up to date in one transaction, and left as
// it was when that fails.
func TestMigration(t *testing.T) {
	t.Parallel()
	steps, err := migrations(migrationFiles)
	if err != nil {
		t.Fatal(err)
	}
	today := len(steps)
	path := filepath.Join(t.TempDir(), "w.strata")
	w, _, err := Create(t.Context(), path, []*model.Intake{{}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	open := func(next string) error {
		db := connect(path, writing)
		defer db.Close()
		_, err = prepare(t.Context(), path, db, &writerLock{}, append(steps, migration{today + 1, next}))
		return err
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := open("CREATE TABLE survey (id INTEGER PRIMARY KEY) STRICT; CREATE TABL"); err == nil {
		t.Error("a broken migration passed")
	}
	if after, _ := os.ReadFile(path); !slices.Equal(before, after) {
		t.Error("a failed migration changed the file")
	}
	if err := open("CREATE TABLE survey (id INTEGER PRIMARY KEY) STRICT"); err != nil {
		t.Fatal(err)
	}
	if got := readPragma(t, path, "user_version"); got != int64(today)+1 {
		t.Errorf("version %d after the migration", got)
	}
	if got := readPragma(t, backupPath(path, today, 1), "user_version"); got != int64(today) {
		t.Errorf("the copy has version %d", got)
	}
	if _, err := Open(t.Context(), path); model.CodeOf(err) != model.Newer {
		t.Errorf("the older program says %v", err)
	}
	if _, err := migrations(fstest.MapFS{"migration/0002_next.sql": {}}); err == nil {
		t.Error("a gap in the numbers passed")
	}
}

func readPragma(t *testing.T, path, name string) int64 {
	t.Helper()
	db := connect(path, reading)
	defer db.Close()
	value, err := pragma(context.Background(), db, name)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// A feed that breaks off leaves a connection on which the next one works.
func TestFeedAfterFailedFeed(t *testing.T) {
	t.Parallel()
	db := connect(filepath.Join(t.TempDir(), "feed"), building)
	defer db.Close()
	if _, err := db.Exec("CREATE TABLE t (x INTEGER CHECK (x < 3)) STRICT"); err != nil {
		t.Fatal(err)
	}
	insert := func(values ...int64) error {
		return transact(t.Context(), db, nil, func(tx *sql.Tx) error {
			f := feed{ctx: t.Context(), table: "t", rows: len(values), columns: []column{numbers("x", values)}}
			return f.insert(tx, "")
		})
	}
	if err := insert(1, 2, 3); err == nil {
		t.Error("the constraint did not hold")
	}
	if err := insert(0, 1, 2); err != nil {
		t.Error(err)
	}
	var sum int
	if err := db.QueryRow("SELECT sum(x) FROM t").Scan(&sum); err != nil || sum != 3 {
		t.Errorf("sum %d, %v", sum, err)
	}
}
