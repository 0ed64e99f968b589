package session_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"strata/model"
	"strata/tui/session"
)

// Opening a workspace to count something else is in the log with whom that
// reclassifies, and with how many are no longer or newly counted.
func TestTheLogCountsWhatOpeningReclassifies(t *testing.T) {
	t.Parallel()
	store := newMemory(22, 900)
	s := openSession(t, store)
	all, err := s.Tiers(t.Context(), model.Ten())
	if err != nil {
		t.Fatal(err)
	}
	windowed := model.Ten()
	windowed.Spec.Window.Days = 100
	windowed.Spec.AsOf = all.AsOf - 60
	b, err := s.OpenBench(t.Context(), &windowed, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	f := b.Frame()
	if f.Moves.Customers == 0 || f.Total.Customers >= all.Total.Customers {
		t.Fatalf("%d customers move among %d of %d: nothing to tell", f.Moves.Customers, f.Total.Customers, all.Total.Customers)
	}
	check := func(e session.LogEntry, label string, customers int64, revenue model.Money) {
		t.Helper()
		if !strings.HasSuffix(e.Label, label) || e.Customers != customers || e.Revenue != revenue {
			t.Errorf("%q with %d customers, %s, want …%q with %d, %s", e.Label, e.Customers, e.Revenue, label, customers, revenue)
		}
	}
	entries, err := b.LogPage(1, 1)(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	gone := all.Total.Customers - f.Total.Customers // a window brings nobody
	check(entries[0], fmt.Sprintf(" (%d customers no longer counted)", gone), f.Moves.Customers, f.Moves.Revenue)
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}

	// And back, by a command: the same customers, with what they are worth then.
	edit, ok, err := s.OpenScheme(t.Context(), "everything", model.Ten(), time.Now())
	if err != nil || !ok || edit.Customers != f.Moves.Customers || edit.Label != fmt.Sprintf("everything (%d customers newly counted)", gone) {
		t.Errorf("%+v, %v, %v", edit, ok, err)
	}
}

// A scheme that finds nobody keeps nobody from opening another one.
func TestAWayOutOfASchemeWithoutCustomers(t *testing.T) {
	t.Parallel()
	store := newMemory(22, 50)
	s := openSession(t, store)
	if _, _, err := s.OpenScheme(t.Context(), "all", model.Ten(), time.Now()); err != nil {
		t.Fatal(err)
	}
	text := "scheme: nobody\nas_of: 1990-01-01\n"
	id, err := store.AddEdit(t.Context(), model.Edit{Label: "nobody", Scheme: text})
	if err != nil || id == 0 {
		t.Fatal(err)
	}
	ten := model.Ten()
	edit, ok, err := openSession(t, store).OpenScheme(t.Context(), "out", ten, time.Now())
	if err != nil || !ok || edit.Label != "out (50 customers newly counted)" {
		t.Errorf("by a command: %+v, %v, %v", edit, ok, err)
	}
	if err := store.SetHead(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	b, err := openSession(t, store).OpenBench(t.Context(), &ten, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	entries, err := b.LogPage(b.LogLength(), b.LogLength())(t.Context())
	if err != nil || entries[0].Label != "opened with ten, as of the day after the last order (50 customers newly counted)" {
		t.Errorf("in the workbench: %+v, %v", entries, err)
	}
}
