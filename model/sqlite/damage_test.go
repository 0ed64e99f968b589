package sqlite_test

import (
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"strata/model"
	"strata/model/sqlite"
)

// schema5 unpacks a workspace as the last strata wrote it that knew no seals: five
// orders of three customers, a scenario, and an edit.
func schema5(t *testing.T) (path string) {
	t.Helper()
	packed, err := os.Open(filepath.Join("testdata", "schema5.strata.gz"))
	must(err)
	defer packed.Close()
	text, err := gzip.NewReader(packed)
	must(err)
	content, err := io.ReadAll(text)
	must(err)
	path = filepath.Join(t.TempDir(), "w.strata")
	must(os.WriteFile(path, content, 0o600))
	return path
}

// The columns of a file from before their checksums covered all that decoding goes
// by are not trusted: they are made anew from the tables, once where the file can
// be written, and every time where it is only read.
func TestColumnsOfAFileWithoutSealsAreMadeAnew(t *testing.T) {
	t.Parallel()
	const want = "[105000 300000 202500 1000000 77500]"
	for _, tampered := range []bool{false, true} {
		path := schema5(t)
		if tampered {
			execute(t, path, "UPDATE column_chunk SET step = 68 WHERE name = 'orders.value'")
		}
		for _, opening := range []func(context.Context, string) (*sqlite.Workspace, error){sqlite.OpenToRead, sqlite.Open, sqlite.OpenToRead} {
			w, err := opening(t.Context(), path)
			must(err)
			orders, err := w.Orders(t.Context())
			if err != nil || fmt.Sprint(raw(orders.Value)) != want {
				t.Errorf("tampered with: %v: %v, %v, want %s", tampered, raw(orders.Value), err, want)
			}
			edits, err := w.Edits(t.Context(), 1)
			if err != nil || !strings.Contains(edits[0].Scheme, "scheme: mine") {
				t.Errorf("%+v, %v", edits, err)
			}
			scenarios, err := w.Scenarios(t.Context())
			if err != nil || len(scenarios) != 1 {
				t.Errorf("%+v, %v", scenarios, err)
			}
			closeStore(t, w)
		}
		if got := query(t, path, "SELECT user_version || ' ' || (SELECT count(*) FROM column_chunk) FROM pragma_user_version"); got != "9 11" {
			t.Errorf("after writing: version and chunks %s", got)
		}
		if got := query(t, path, "SELECT group_concat(name, ' ') FROM (SELECT name FROM seal ORDER BY name)"); got != "attribute column_chunk correction 1 history count history last line_chunk 1 order_line 1 orders 1 reject 1 scenario service setting source" {
			t.Errorf("sealed are %s", got)
		}
	}
}

func raw(values []model.Money) (numbers []int64) {
	for _, v := range values {
		numbers = append(numbers, int64(v))
	}
	return numbers
}

// Where the tables do not hold what an import stored, nothing is made of them; nor
// where they do not add up to what the sources say.
func TestTablesThatHaveChangedAreTold(t *testing.T) {
	t.Parallel()
	// One of an older schema may have no seals.
	const gone, unsealed = "DELETE FROM column_chunk", "DELETE FROM seal; PRAGMA user_version = 8"
	for name, test := range map[string]struct {
		damage []string
		want   string // after the name of the file
	}{
		"a customer gone":            {[]string{"DELETE FROM customer WHERE id = 5"}, "customer 4 is followed by customer 6"},
		"an order gone":              {[]string{"DELETE FROM orders WHERE id = 5"}, "order 4 is followed by order 6"},
		"an unknown customer":        {[]string{"UPDATE orders SET customer_id = 99 WHERE id = 5"}, "order 5 belongs to customer 99 of 20"},
		"another day":                {[]string{"UPDATE orders SET day = day + 1 WHERE id = 5"}, "the tables do not hold the orders and customers as they were imported"},
		"another value, no seal":     {[]string{"UPDATE orders SET value_e4 = 1 WHERE id = 5", unsealed}, "the files account for"},
		"only returns, no seal":      {[]string{"UPDATE orders SET flags = 2 WHERE id = 5", unsealed}, "the files account for 0 orders that are pure returns, but there are 1"},
		"a later day, no seal":       {[]string{"UPDATE orders SET day = 30000 WHERE id = 5", unsealed}, "the files account for orders from"},
		"something given, no seal":   {[]string{"UPDATE orders SET returned_e4 = 1 WHERE id = 5", unsealed}, "the files account for 0.00 returned, but the orders add up to 0.0001"},
		"costs of nothing, no seal":  {[]string{"UPDATE source SET cost_e4 = 5", unsealed}, "the files account for costs of 0.0005, but those of the orders add up to 0.00"},
		"less than nothing, no seal": {[]string{"UPDATE orders SET value_e4 = value_e4 + 1000000000 WHERE id = 5", "UPDATE orders SET value_e4 = value_e4 - 1000000000 WHERE id = 6", unsealed}, "order 6 has an amount below zero"},
		"less returned, no seal":     {[]string{"UPDATE orders SET returned_e4 = returned_e4 + 100 WHERE id = 5", "UPDATE orders SET returned_e4 = returned_e4 - 100 WHERE id = 6", unsealed}, "order 6 has an amount below zero"},
		"a number too large":         {[]string{"UPDATE orders SET day = 1 << 40 WHERE id = 5"}, "a value in it is not one that strata writes"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "w.strata")
			create(t, path, synthetic(20, 300))
			execute(t, path, append(test.damage, gone)...)
			read, err := sqlite.OpenToRead(t.Context(), path)
			must(err)
			_, err = read.Orders(t.Context())
			closeStore(t, read)
			if model.CodeOf(err) != model.Corrupt || !strings.Contains(err.Error(), test.want) {
				t.Fatalf("got %v, want %s", err, test.want)
			}
			hinted(t, err)
			w, err := sqlite.Open(t.Context(), path)
			if model.CodeOf(err) == model.Corrupt && slices.Contains(test.damage, unsealed) {
				return // cannot be brought up to date
			}
			must(err)
			defer closeStore(t, w)
			if _, err = w.Orders(t.Context()); model.CodeOf(err) != model.Corrupt || !strings.Contains(err.Error(), test.want) {
				t.Fatalf("open to be written: %v, want %s", err, test.want)
			}
			if got := query(t, path, "SELECT count(*) FROM column_chunk"); got != "0" {
				t.Error("columns were stored all the same")
			}
			later := bought(t, "X 1 10 100").intake("later.csv")
			if _, err := w.Import(t.Context(), []*model.Intake{later}, nil); model.CodeOf(err) != model.Corrupt {
				t.Errorf("an import says %v", err)
			}
		})
	}
}

// Columns that add up to something else than the sources say are not taken, though
// each is as it was written: those of the tables are.
func TestColumnsThatDoNotAddUp(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "w.strata")
	create(t, path, synthetic(20, 300))
	other := filepath.Join(t.TempDir(), "other.strata")
	in := synthetic(20, 300)
	in.OrderValue[7] += 100
	create(t, other, in)
	before := columns(t, path)
	execute(t, path, "ATTACH '"+other+"' AS o", "DELETE FROM column_chunk", "INSERT INTO column_chunk SELECT * FROM o.column_chunk")
	if after := columns(t, path); after != before {
		t.Error("the columns of another workspace were taken")
	}
}

// A customer of whom the tables tell otherwise than the columns is not shown.
func TestProfileThatDiffersFromTheColumns(t *testing.T) {
	t.Parallel()
	for _, damage := range []string{
		"UPDATE orders SET value_e4 = value_e4 + 1 WHERE customer_id = 5", "DELETE FROM orders WHERE id = (SELECT max(id) FROM orders WHERE customer_id = 5)",
		"UPDATE customer SET key = 'X' WHERE id = 5", "UPDATE customer SET id = -5 WHERE id = 5",
		"UPDATE orders SET order_key = 'zzz' WHERE customer_id = 5", "UPDATE orders SET order_key = NULL WHERE customer_id = 5",
		"UPDATE orders SET flags = 3 - flags WHERE customer_id = 5", "UPDATE customer SET region = 'Forged' WHERE id = 5", "UPDATE customer SET region = NULL WHERE id = 5",
	} {
		path := filepath.Join(t.TempDir(), "w.strata")
		create(t, path, synthetic(20, 300))
		execute(t, path, damage)
		w := open(t, path)
		if _, err := w.Profile(t.Context(), 4); model.CodeOf(err) != model.Corrupt {
			t.Errorf("%s: %v", damage, err)
		}
		closeStore(t, w)
	}
}

// An import does not build on a file whose pages are damaged, and nothing is
// stored in it in the place of a damaged column.
func TestNothingIsStoredOverDamagedPages(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "w.strata")
	create(t, path, synthetic(2_000, 20_000))
	before := columns(t, path)
	// The first page of the longest column is made one of the orders' pages.
	content, err := os.ReadFile(path)
	must(err)
	execute(t, path, "UPDATE column_chunk SET body = zeroblob(length(body)) WHERE name = 'orders.value'")
	damaged, err := os.ReadFile(path)
	must(err)
	execute(t, path, "PRAGMA user_version") // nothing more to come
	page := freePage(t, path)
	copy(damaged[(page-1)*4096:], "no page of a table or list")
	must(os.WriteFile(path, damaged, 0o600))
	if after := columns(t, path); after != before {
		t.Error("the columns differ")
	}
	if now, err := os.ReadFile(path); err != nil || string(now) != string(damaged) {
		t.Errorf("the file was written: %v", err)
	}
	w := open(t, path)
	if _, err := w.Import(t.Context(), []*model.Intake{bought(t, "X 1 10 100").intake("later.csv")}, nil); model.CodeOf(err) != model.Corrupt {
		t.Errorf("an import says %v", err)
	}
	closeStore(t, w)
	must(os.WriteFile(path, content, 0o600))
	w = open(t, path)
	if _, err := w.Import(t.Context(), []*model.Intake{bought(t, "X 1 10 100").intake("later.csv")}, nil); err != nil {
		t.Error(err)
	}
	closeStore(t, w)
}

// freePage returns a page in the middle of the orders' b-tree.
func freePage(t *testing.T, path string) (page int) {
	t.Helper()
	if _, err := fmt.Sscan(query(t, path, "SELECT rootpage FROM sqlite_schema WHERE name = 'order_line'"), &page); err != nil {
		t.Fatal(err)
	}
	return page
}

// A journal is played into no other file than the one it was written for.
func TestJournalOfAnotherFile(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path, other := filepath.Join(folder, "w.strata"), filepath.Join(folder, "other.strata")
	create(t, path, synthetic(1_000, 10_000))
	create(t, other, synthetic(900, 9_000))
	old, err := os.ReadFile(path) // before some edits
	must(err)
	w := open(t, path)
	for range 3 {
		_, err := w.AddEdit(t.Context(), model.Edit{Scheme: "scheme: x\n"})
		must(err)
	}
	closeStore(t, w)
	var crashed, journal []byte
	db := plain(t, path)
	for _, s := range []string{"PRAGMA cache_size = 2", "BEGIN", "UPDATE orders SET value_e4 = 7", "DELETE FROM column_chunk"} {
		if _, err := db.Exec(s); err != nil {
			t.Fatal(err)
		}
	}
	crashed, err = os.ReadFile(path)
	must(err)
	journal, err = os.ReadFile(path + "-journal")
	must(err)
	must(db.Close())
	another, err := os.ReadFile(other)
	must(err)
	for name, test := range map[string]struct {
		content []byte
		refused bool
	}{
		"its own": {crashed, false}, "an older copy": {old, true}, "another workspace": {another, true},
	} {
		for how, opening := range map[string]func(context.Context, string) (*sqlite.Workspace, error){
			"to write": sqlite.Open, "to read": sqlite.OpenToRead,
		} {
			path := filepath.Join(t.TempDir(), "here.strata")
			must(os.WriteFile(path, test.content, 0o600))
			must(os.WriteFile(path+"-journal", journal, 0o600))
			w, err := opening(t.Context(), path)
			if err == nil {
				closeStore(t, w)
			}
			if test.refused != (model.CodeOf(err) == model.Corrupt) || !test.refused && err != nil {
				t.Errorf("%s, %s: %v", name, how, err)
			}
			if !test.refused {
				continue
			}
			hinted(t, err)
			if now, _ := os.ReadFile(path); string(now) != string(test.content) {
				t.Errorf("%s, %s: the file was changed", name, how)
			}
			must(os.Remove(path + "-journal"))
			if w, err = opening(t.Context(), path); err != nil {
				t.Errorf("%s, %s: without the journal: %v", name, how, err)
				continue
			}
			closeStore(t, w)
		}
	}
}

// So with a write-ahead log beside a file that has none; and neither is taken over
// by a new file.
func TestLogOfAnotherFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "w.strata")
	create(t, path, synthetic(20, 300))
	must(os.WriteFile(path+"-wal", []byte("\x37\x7f\x06\x82pages"), 0o600))
	_, err := sqlite.Open(t.Context(), path)
	if model.CodeOf(err) != model.Corrupt {
		t.Errorf("got %v", err)
	}
	hinted(t, err)
	for _, left := range []string{"-wal", "-journal"} {
		path := filepath.Join(t.TempDir(), "new.strata")
		must(os.WriteFile(path+left, []byte("pages"), 0o600))
		_, _, err := sqlite.Create(t.Context(), path, []*model.Intake{synthetic(2, 3)}, nil)
		if model.CodeOf(err) != model.Exists {
			t.Errorf("%s: %v", left, err)
		}
		hinted(t, err)
	}
}

// What another program put in the place of an open workspace gets no edits of it.
func TestEditsDoNotGoToAnotherFile(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path, other := filepath.Join(folder, "w.strata"), filepath.Join(folder, "other.strata")
	create(t, path, synthetic(20, 300))
	create(t, other, synthetic(10, 100))
	w := open(t, path)
	defer closeStore(t, w)
	content, err := os.ReadFile(other)
	must(err)
	file, err := os.OpenFile(path, os.O_RDWR|os.O_TRUNC, 0) // in place, as cp does
	must(err)
	content[27]++ // the counter of changes: those of two new files are the same
	content[95]++
	_, err = file.Write(content)
	must(err)
	must(file.Close())
	if _, err := w.AddEdit(t.Context(), model.Edit{Scheme: "scheme: x\n"}); model.CodeOf(err) != model.Busy || !strings.Contains(err.Error(), "changed by another program") {
		t.Errorf("got %v", err)
	}
	if got := query(t, path, "SELECT count(*) FROM history"); got != "0" {
		t.Errorf("the other file has %s edits", got)
	}
}

// The table shown first is a picture: one that is damaged is not shown.
func TestDamagedSnapshot(t *testing.T) {
	t.Parallel()
	for _, damage := range []string{
		"UPDATE tier_snapshot SET body = CAST('{\"a\": 2}' AS BLOB)", "UPDATE tier_snapshot SET generation = generation + 1", "UPDATE tier_snapshot SET checksum = 1 << 40",
	} {
		path := filepath.Join(t.TempDir(), "w.strata")
		create(t, path, synthetic(20, 300))
		w := open(t, path)
		must(w.SetSnapshot(t.Context(), []byte(`{"a": 1}`), 1))
		if table, generation, err := w.Snapshot(t.Context()); string(table) != `{"a": 1}` || generation != 1 || err != nil {
			t.Errorf("%s, %d, %v", table, generation, err)
		}
		closeStore(t, w)
		execute(t, path, damage)
		w = open(t, path)
		if table, _, err := w.Snapshot(t.Context()); table != nil || err != nil {
			t.Errorf("%s: %s, %v", damage, table, err)
		}
		closeStore(t, w)
	}
}

func anyScheme(string) error { return nil }

// Checking and copying stop when they are told to, and leave nothing behind.
func TestCheckAndBackupStop(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, "w.strata")
	create(t, path, synthetic(200, 3_000))
	for _, stage := range []string{"checking file", "checking pages", "checking customers and orders", "checking snapshot", "copying"} {
		ctx, cancel := context.WithCancel(t.Context())
		stop := func(p model.Progress) {
			if p.Stage == stage {
				cancel()
			}
		}
		if stage != "copying" {
			if _, err := sqlite.Check(ctx, path, anyScheme, stop); model.CodeOf(err) != model.Cancelled {
				t.Errorf("check, %s: %v", stage, err)
			}
			cancel()
			ctx, cancel = context.WithCancel(t.Context())
		}
		if _, _, err := sqlite.Backup(ctx, path, filepath.Join(folder, "copy.strata"), false, anyScheme, stop); model.CodeOf(err) != model.Cancelled {
			t.Errorf("backup, %s: %v", stage, err)
		}
		cancel()
		if got := listing(t, folder); got != "w.strata" {
			t.Errorf("%s: left behind: %s", stage, got)
		}
	}
}

// What a crash broke off is taken back before a workspace is checked or copied.
func TestCheckAndBackupAfterACrash(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path, crashed := filepath.Join(folder, "w.strata"), filepath.Join(folder, "crashed.strata")
	create(t, path, synthetic(1_000, 10_000))
	want := columns(t, path)
	for _, how := range []string{"check", "backup"} {
		db := plain(t, path)
		for _, s := range []string{"PRAGMA cache_size = 2", "BEGIN", "UPDATE orders SET value_e4 = 7", "DELETE FROM column_chunk"} {
			if _, err := db.Exec(s); err != nil {
				t.Fatal(err)
			}
		}
		for _, suffix := range []string{"", "-journal"} {
			content, err := os.ReadFile(path + suffix)
			must(err)
			must(os.WriteFile(crashed+suffix, content, 0o600))
		}
		must(db.Close())
		result := crashed
		if how == "check" {
			found, err := sqlite.Check(t.Context(), crashed, anyScheme, nil)
			must(err)
			for _, f := range found {
				if !f.OK {
					t.Errorf("%+v", f)
				}
			}
		} else {
			result = filepath.Join(folder, "copy.strata")
			if _, _, err := sqlite.Backup(t.Context(), crashed, result, false, anyScheme, nil); err != nil {
				t.Fatal(err)
			}
		}
		if columns(t, result) != want {
			t.Errorf("%s: not as it was", how)
		}
	}
}

// A file of an older schema that has lost its seals is sealed whole when it is brought
// up to date: from then on everything is.
func TestUpgradeSealsEverything(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "w.strata")
	create(t, path, synthetic(200, 3_000))
	execute(t, path, "DELETE FROM seal", "ALTER TABLE service DROP COLUMN assumed", "PRAGMA user_version = 7")
	before := columns(t, path)
	if got := query(t, path, "PRAGMA user_version"); got != "9" {
		t.Fatalf("version %s", got)
	}
	found, err := sqlite.Check(t.Context(), path, anyScheme, nil)
	must(err)
	for _, f := range found {
		if !f.OK {
			t.Errorf("%s: %v", f.Name, f.Found)
		}
	}
	w := open(t, path)
	if err := w.PutScenario(t.Context(), model.Scenario{Name: "new"}); err != nil {
		t.Error(err)
	}
	closeStore(t, w)
	if after := columns(t, path); after != before {
		t.Error("the columns differ")
	}
}
