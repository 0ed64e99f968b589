package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"
)

// emptyDatabase makes a file with two empty tables.
func emptyDatabase(t testing.TB, path string, pageSize int) map[string]emptyTable {
	t.Helper()
	db := connect(path, building)
	defer db.Close()
	if _, err := db.Exec(fmt.Sprint("PRAGMA page_size = ", pageSize)); err != nil {
		t.Fatal(err)
	}
	tables := map[string]emptyTable{}
	err := transact(t.Context(), db, nil, func(tx *sql.Tx) error {
		for _, name := range []string{"a", "b"} {
			if _, err := tx.Exec("CREATE TABLE " + name + " (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, s TEXT, more TEXT) STRICT"); err != nil {
				return err
			}
			found, err := findTable(t.Context(), tx, name)
			if err != nil {
				return err
			}
			tables[name] = found
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return tables
}

// compare makes sure that SQLite finds the file sound, and the rows in it.
func compare(t interface{ Fatalf(string, ...any) }, path, table string, numbers []int64, texts [][]byte) {
	db := connect(path, reading)
	defer db.Close()
	var found string
	if err := db.QueryRow("PRAGMA integrity_check").Scan(&found); err != nil || found != "ok" {
		t.Fatalf("integrity: %s, %v", found, err)
	}
	rows, err := db.Query("SELECT id, n, s, more FROM " + table + " ORDER BY id")
	if err != nil {
		t.Fatalf("%v", err)
	}
	defer rows.Close()
	i := 0
	for ; rows.Next(); i++ {
		var id, n int64
		var s, more sql.NullString
		if err := rows.Scan(&id, &n, &s, &more); err != nil {
			t.Fatalf("%v", err)
		}
		if id != int64(i)+1 || n != numbers[i] || s.String != string(texts[i]) || s.Valid != (texts[i] != nil) || more.Valid {
			t.Fatalf("row %d: %d %d %.50q, want %d %.50q", i, id, n, s.String, numbers[i], texts[i])
		}
	}
	if rows.Err() != nil || i != len(numbers) {
		t.Fatalf("%d rows of %d, %v", i, len(numbers), rows.Err())
	}
}

func testFeed(ctx context.Context, table string, values []int64, words [][]byte) *feed {
	return &feed{ctx: ctx, table: table, rows: len(values), columns: []column{
		{name: "s", text: func(row int) []byte { return words[row] }},
		numbers("n", values),
	}}
}

// Tables written page by page are what SQLite would have written: sound, and
// with the rows given, whatever their length.
func TestFilledTables(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		path := filepath.Join(folder, fmt.Sprint(n))
		tables := emptyDatabase(t, path, rapid.SampledFrom([]int{512, 4096, 32768}).Draw(rt, "page size"))
		longest := rapid.SampledFrom([]int{3, 100, 5_000, 70_000}).Draw(rt, "longest text")
		draw := func(label string) (values []int64, words [][]byte) {
			for range rapid.IntRange(0, 200).Draw(rt, label+" rows") {
				values = append(values, rapid.Int64().Draw(rt, "number")>>rapid.IntRange(0, 63).Draw(rt, "shift"))
				var word []byte
				if length := rapid.IntRange(-1, longest).Draw(rt, "length"); length >= 0 {
					word = bytes.Repeat([]byte{'x'}, length)
				}
				words = append(words, word)
			}
			return values, words
		}
		one, oneWords := draw("first")
		two, twoWords := draw("second")
		other, otherWords := draw("other table")
		err := fillTables(path, tables, []*feed{
			testFeed(t.Context(), "a", one, oneWords), testFeed(t.Context(), "a", two, twoWords), testFeed(t.Context(), "b", other, otherWords),
		})
		if err != nil {
			rt.Fatal(err)
		}
		compare(rt, path, "a", append(one, two...), append(oneWords, twoWords...))
		compare(rt, path, "b", other, otherWords)
		must(rt, os.Remove(path))
	})
}

// Around every boundary of the lengths at which a record changes its form.
func TestFilledTablesAtOverflow(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "t")
	tables := emptyDatabase(t, path, 4096)
	var values []int64
	var words [][]byte
	for _, around := range []int{0, 57, 120, 489, 4_050, 4_088 + 489, 4_092 + 4_050, 8_184 + 489, 8_184 + 4_050, 16_370} {
		for length := max(0, around-20); length < around+20; length++ {
			values = append(values, int64(length))
			words = append(words, bytes.Repeat([]byte{'y'}, length))
		}
	}
	must(t, fillTables(path, tables, []*feed{testFeed(t.Context(), "a", values, words)}))
	compare(t, path, "a", values, words)
}

// Enough rows for a tree of five levels, with pages of 512 bytes.
func TestFilledTableOfManyRows(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "t")
	tables := emptyDatabase(t, path, 512)
	word := bytes.Repeat([]byte{'z'}, 200) // two rows a page
	const rows = 2*34*34*34 + 2
	f := &feed{ctx: t.Context(), table: "a", rows: rows, columns: []column{
		{name: "n", number: func(row int) int64 { return int64(row) }},
		{name: "s", text: func(int) []byte { return word }},
	}}
	must(t, fillTables(path, tables, []*feed{f}))
	db := connect(path, reading)
	defer db.Close()
	must(t, check(t.Context(), db))
	for _, row := range []int{0, 1, rows / 3, rows - 1} {
		var n int
		if err := db.QueryRow("SELECT n FROM a WHERE id = ?", row+1).Scan(&n); err != nil || n != row {
			t.Errorf("row %d has %d, %v", row, n, err)
		}
	}
}

// The page where SQLite's file locks are is left out, in the middle of a table
// and of a chain of overflow pages.
func TestFilledTablesBeyondTheLocks(t *testing.T) {
	t.Parallel()
	for name, length := range map[string]int{"rows": 100, "overflow": 100_000} {
		path := filepath.Join(t.TempDir(), name)
		tables := emptyDatabase(t, path, 4096)
		// A file of almost that size, full of holes.
		pages := uint32(lockByte/4096 - 10)
		file, err := os.OpenFile(path, os.O_RDWR, 0)
		must(t, err)
		must(t, file.Truncate(int64(pages)*4096))
		_, err = file.WriteAt(binary.BigEndian.AppendUint32(nil, pages), headerPageCount)
		must(t, err)
		must(t, file.Close())
		word := bytes.Repeat([]byte{'w'}, length)
		f := &feed{ctx: t.Context(), table: "a", rows: 2_000_000 / length, columns: []column{
			constant("n", 1), {name: "s", text: func(int) []byte { return word }},
		}}
		must(t, fillTables(path, tables, []*feed{f}))
		db := connect(path, reading)
		var rows, same int
		if err := db.QueryRow("SELECT count(*), sum(s = ?) FROM a", string(word)).Scan(&rows, &same); err != nil || rows != f.rows || same != rows {
			t.Errorf("%s: %d rows, %d as written, %v", name, rows, same, err)
		}
		must(t, db.Close())
	}
}

// Only a table without rows is filled.
func TestFillRefusesATableWithRows(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "t")
	tables := emptyDatabase(t, path, 4096)
	db := connect(path, writing)
	_, err := db.Exec("INSERT INTO a (n) VALUES (1)")
	must(t, err)
	must(t, db.Close())
	if err := fillTables(path, tables, []*feed{testFeed(t.Context(), "a", []int64{1}, [][]byte{nil})}); err == nil {
		t.Error("filled all the same")
	}
}

func must(t interface{ Fatal(...any) }, err error) {
	if err != nil {
		t.Fatal(err)
	}
}
