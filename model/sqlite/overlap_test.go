package sqlite_test

import (
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/gofrs/flock"
	"pgregory.net/rapid"

	"strata/model"
	"strata/model/sqlite"
)

// bought is a file of orders "customer key day value", "-" for no key, and a
// fifth word where something was returned.
func bought(t testing.TB, orders ...string) file {
	t.Helper()
	var f file
	for _, text := range orders {
		var o order
		if n, err := fmt.Sscan(text, &o.customer, &o.key, &o.day, &o.value, &o.back); n < 4 {
			t.Fatal(err)
		}
		if o.key == "-" {
			o.key = ""
		}
		o.flags = model.Purchase
		f.orders = append(f.orders, o)
	}
	return f
}

// What is there already is told or refused; with drop, the new orders come
// alone.
func TestOrdersThatAreThereAlready(t *testing.T) {
	t.Parallel()
	may := []string{"A 1 10 100", "B 2 20 200", "C 3 30 300"}
	noIDs := []string{"A - 10 100", "B - 20 200", "B - 20 200", "C - 30 300"}
	for name, c := range map[string]struct {
		before, after []string
		want          string // of the message, or of the error; "" for nothing
		refused       bool
		dropped       int // orders left out under --overlap drop
	}{
		"others":                       {may, []string{"A 4 10 100", "D 1 10 100"}, "", false, 0},
		"the same":                     {may, may, "all 3 of them, 1970-01-11 to 1970-01-31, matched by customer and order id; --again", true, 0},
		"in another order":             {may, []string{may[2], may[0], may[1]}, "all 3 of them", true, 0},
		"a part":                       {may, may[1:2], "its only order, on 1970-01-21", true, 0},
		"and one more":                 {may, append([]string{"A 4 40 400"}, may...), `already brought by "before.csv": 3 of 4 (75.0%), matched by customer and order id, 1970-01-11 to 1970-01-31, such as "1" of customer "A"; they`, false, 3},
		"one has changed":              {may, []string{may[0], may[1], "C 3 30 299"}, "all 3 of them", true, 0},
		"changed, and more":            {may, []string{may[0], "C 3 31 300", "D 9 9 9"}, "2 of 3 (66.7%), matched by customer and order id, 1970-01-11 to 1970-02-01, such as \"1\" of customer \"A\"; with another day or value there: 1", false, 2},
		"further rows":                 {may, []string{"A 1 10 5", "B 2 20 6"}, "2 of 2 (100.0%)", false, 2},
		"numbers restart":              {may, []string{"A 1 11 7", "B 2 21 7", "C 3 30 300"}, `1 of 3 (33.3%), matched by customer and order id, on 1970-01-31, such as "3" of customer "C"`, false, 1},
		"of other customers":           {may, []string{"B 1 10 100", "C 2 20 200"}, "", false, 0},
		"without ids":                  {noIDs, noIDs, "all 4 of them, 1970-01-11 to 1970-01-31, matched by customer, day and value; --again", true, 0},
		"one of two alike":             {noIDs, []string{"B - 20 200", "X - 1 1"}, `"before.csv" may have brought already: 1 of 2 (50.0%), with the same customer, day and value, on 1970-01-21; they are imported, and count twice if they are the same; --overlap drop leaves them out`, false, 1},
		"three of two alike":           {noIDs, []string{"B - 20 200", "B - 20 200", "B - 20 200"}, "2 of 3 (66.7%)", false, 2},
		"alike but for a day":          {noIDs, []string{"A - 11 100", "B - 20 201"}, "", false, 0},
		"alike but for what came back": {[]string{"A - 10 100 5"}, []string{"A - 10 100 6", "A - 10 100"}, "", false, 0},
		"ids for none":                 {noIDs, []string{"A 7 10 100", "Z 8 1 1"}, "may have brought already: 1 of 2", false, 1},
		"no ids for some":              {may, []string{"A - 10 100", "Z - 1 1"}, "may have brought already: 1 of 2", false, 1},
		"some with an id":              {[]string{"A 1 10 100", "A - 10 100"}, []string{"A - 10 100", "A 2 10 100"}, "may have brought already: 1 of 2", false, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, overlap := range []model.Overlap{model.OverlapKept, model.OverlapDropped, model.OverlapAgain} {
				for _, apart := range []bool{true, false} { // two imports, or two files of one
					before, after := bought(t, c.before...).intake("before.csv"), bought(t, c.after...).intake("after.csv")
					after.Overlap = overlap
					told, info, err := importBoth(t, before, after, apart)
					want := len(c.before) + len(c.after)
					refused := c.refused && overlap != model.OverlapAgain || overlap == model.OverlapDropped && c.dropped == len(c.after)
					if overlap == model.OverlapDropped {
						want -= c.dropped
					}
					switch {
					case refused:
						if model.CodeOf(err) != model.Exists || c.refused && !strings.Contains(err.Error(), c.want) {
							t.Errorf("overlap %d, apart %v: %v", overlap, apart, err)
						}
					case err != nil || info.Orders != want:
						t.Errorf("overlap %d, apart %v: %d orders, want %d, %v", overlap, apart, info.Orders, want, err)
					case c.want == "" && len(told) > 0, c.want != "" && len(told) != 1:
						t.Errorf("overlap %d, apart %v: %v", overlap, apart, told)
					case c.want != "" && !c.refused && overlap == model.OverlapKept && !strings.Contains(told[0].Message, c.want):
						t.Errorf("apart %v: %s", apart, told[0].Message)
					}
				}
			}
		})
	}
}

func importBoth(t *testing.T, before, after *model.Intake, apart bool) ([]model.Warning, model.Info, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "w.strata")
	if !apart {
		w, told, err := sqlite.Create(t.Context(), path, []*model.Intake{before, after}, nil)
		if err != nil {
			return nil, model.Info{}, err
		}
		defer closeStore(t, w)
		info, err := w.Info(t.Context())
		return told, info, err
	}
	create(t, path, before)
	w := open(t, path)
	defer closeStore(t, w)
	told, err := w.Import(t.Context(), []*model.Intake{after}, nil)
	if err != nil {
		return nil, model.Info{}, err
	}
	info, err := w.Info(t.Context())
	return told, info, err
}

// The files that brought an order before are named, those of one command
// differently from those that are stored.
func TestWhoBroughtItIsNamed(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "w.strata")
	north, south := bought(t, "A 1 10 100", "B 2 20 200"), bought(t, "A 1 10 101", "C 3 30 300", "D 4 30 300")
	create(t, path, north.intake("north.csv"), south.intake("south.csv"))
	w := open(t, path)
	defer closeStore(t, w)
	for want, in := range map[string][]*model.Intake{
		`imported on 2026-11-21 as "south.csv": all 2 of them`: {bought(t, "C 3 30 300", "D 4 30 300").intake("x.csv")},
		`from "north.csv" and "south.csv": all 3 of them`:      {bought(t, "B 2 20 200", "C 3 30 300", "D 4 30 300").intake("x.csv")},
		`"b.csv" are in "a.csv" too: its only order`:           {bought(t, "E 5 1 1").intake("a.csv"), bought(t, "E 5 1 1").intake("b.csv")},
	} {
		if _, err := w.Import(t.Context(), in, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
		if _, _, err := w.Rehearse(t.Context(), in, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("rehearsed: got %v, want %s", err, want)
		}
	}
}

// What is left out is left out whole: the workspace is one into which the rest
// was imported alone, lines and kept columns included.
func TestDroppedOrdersLeaveNoTrace(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		all := drawFile(r, "all")
		for i := range all.orders {
			all.orders[i].key = fmt.Sprint(i) // so that an order is known for sure
		}
		there, rest := all, all
		there.regions, there.orders, rest.orders = nil, nil, nil
		for _, o := range all.orders {
			if rapid.Bool().Draw(r, "there") {
				there.orders = append(there.orders, o)
			} else {
				rest.orders = append(rest.orders, o)
			}
		}
		if len(there.orders) == 0 || len(rest.orders) == 0 {
			return
		}
		got, want := dropInto(t, there, all), dropInto(t, there, rest)
		if got != want {
			r.Fatalf("got\n%s\nwant\n%s", got, want)
		}
	})
}

// dropInto tells what a workspace holds into which another file was imported
// without what is there.
func dropInto(t testing.TB, there, file file) string {
	t.Helper()
	in := withLines(file.intake("x.csv"))
	in.Overlap = model.OverlapDropped
	w, _, err := sqlite.CreateTemporary(t.Context(), []*model.Intake{withLines(there.intake("there.csv"))}, nil)
	must(err)
	_, err = w.Import(t.Context(), []*model.Intake{in}, nil)
	must(err)
	info, err := w.Info(t.Context())
	must(err)
	// New customers may be numbered otherwise.
	rows := query(t, info.Path, `SELECT group_concat(x, char(10)) FROM (
		SELECT key || ' ' || coalesce(region, '') || ' ' || source_id || ' ' || order_key || ' ' || day || ' ' || value_e4 || ' ' || returned_e4
			|| ' ' || o.flags || ' ' || lines || ' ' || coalesce(channel, '') || ' ' || amount_e4 || ' ' || quantity_e4 AS x
		FROM orders o JOIN customer c ON c.id = customer_id JOIN order_line l ON order_id = o.id ORDER BY 1)`)
	lines := strings.Split(have(t, w), "\n")
	slices.Sort(lines)
	must(w.Close())
	info.Path, info.Fingerprint = "", ""
	return fmt.Sprintf("%s\n%s\n%+v", rows, strings.Join(lines, "\n"), info)
}

// withLines gives every order of an intake two lines.
func withLines(in *model.Intake) *model.Intake {
	in.Lines = &model.IntakeLines{}
	for i := range in.OrderDay {
		in.Lines.Order = append(in.Lines.Order, int32(i), int32(i))
		in.Lines.Amount = append(in.Lines.Amount, in.OrderValue[i], in.OrderValue[i]+1)
		in.Lines.Quantity = append(in.Lines.Quantity, int64(in.OrderDay[i]), 7)
	}
	return in
}

// A rehearsal tells what the import then tells, and leaves nothing behind.
func TestARehearsalIsTheImport(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		folder := t.TempDir()
		path := filepath.Join(folder, "w.strata")
		files := []file{drawFile(r, "first"), drawFile(r, "second"), drawFile(r, "third")}
		files[2].orders = append(files[2].orders, files[0].orders[:len(files[0].orders)/2]...)
		intakes := intakes(files)
		for _, in := range intakes {
			in.Overlap = model.OverlapKept
		}
		intakes[1].Currency, intakes[2].Currency = "GBP", "EUR"
		info, told, err := sqlite.Rehearse(r.Context(), path, intakes[:2], nil)
		if got := listing(t, folder); got != "" {
			r.Fatalf("left behind: %s", got)
		}
		w, warnings, err2 := sqlite.Create(r.Context(), path, intakes[:2], nil)
		sameOutcome(r, info, told, err, w, warnings, err2)
		if w == nil {
			return
		}
		closeStore(t, w)

		before := dump(t, path)
		reader, err := sqlite.OpenToRead(r.Context(), path)
		must(err)
		w = open(t, path)
		intakes[2].Overlap = model.Overlap(rapid.IntRange(0, 2).Draw(r, "overlap"))
		if _, _, err := reader.Rehearse(r.Context(), intakes[2:], nil); model.CodeOf(err) != model.ReadOnly || !strings.Contains(err.Error(), "close that one") {
			r.Fatalf("while another writes: %v", err)
		}
		info, told, err = w.Rehearse(r.Context(), intakes[2:], nil)
		if after := dump(t, path); after != before {
			r.Fatal("the rehearsal changed the workspace")
		}
		warnings, err2 = w.Import(r.Context(), intakes[2:], nil)
		sameOutcome(r, info, told, err, w, warnings, err2)
		closeStore(t, w)
		if _, _, err := reader.Rehearse(r.Context(), intakes[2:], nil); err2 == nil && model.CodeOf(err) != model.Busy {
			r.Fatalf("when another has written: %v", err)
		}
		closeStore(t, reader)
		if got := listing(t, folder); got != "w.strata" {
			r.Fatalf("left behind: %s", got)
		}
	})
}

func sameOutcome(r *rapid.T, info model.Info, told []model.Warning, err error, w *sqlite.Workspace, warnings []model.Warning, err2 error) {
	r.Helper()
	if fmt.Sprint(err) != fmt.Sprint(err2) {
		r.Fatalf("rehearsed: %v; done: %v", err, err2)
	}
	if err != nil {
		return
	}
	is, err := w.Info(r.Context())
	must(err)
	if info != is || !reflect.DeepEqual(told, warnings) {
		r.Fatalf("rehearsed: %+v %v\ndone: %+v %v", info, told, is, warnings)
	}
}

// Where nothing can be made, a rehearsal says so as making it would.
func TestARehearsalRefusesWhatCreateRefuses(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	there := filepath.Join(folder, "there.strata")
	create(t, there, synthetic(2, 2))
	held := filepath.Join(folder, "held.strata")
	writer := flock.New(held + ".lock")
	if locked, err := writer.TryLock(); err != nil || !locked {
		t.Fatal(locked, err)
	}
	for _, path := range []string{there, filepath.Join(folder, "none", "w.strata"), filepath.Join(there, "w.strata"), held} {
		_, _, err := sqlite.Rehearse(t.Context(), path, []*model.Intake{synthetic(2, 2)}, nil)
		_, _, want := sqlite.Create(t.Context(), path, []*model.Intake{synthetic(2, 2)}, nil)
		if err == nil || want == nil || err.Error() != want.Error() {
			t.Errorf("%s: got %v, want %v", path, err, want)
		}
	}
	must(writer.Unlock())
}
