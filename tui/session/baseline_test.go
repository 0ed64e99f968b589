package session_test

import (
	"testing"

	"strata/model"
	"strata/tui/session"
)

// A baseline that is an edited scheme is called so, not after the preset that it
// was made from, in the workbench, side by side, after reopening, and by command.
func TestABaselineThatIsEditedIsCalledSo(t *testing.T) {
	t.Parallel()
	store := newMemory(3, 600)
	b := openBench(t, store)
	if got := b.Frame().Against(); got != "ten" {
		t.Errorf("the first baseline is called %q", got)
	}
	id := session.CutID{Axis: model.Recency}
	move := func() {
		t.Helper()
		if _, err := b.Step(id, 10); err != nil {
			t.Fatal(err)
		}
		b.Rest()
	}
	move()
	if err := b.SetBaseline(); err != nil {
		t.Fatal(err)
	}
	move()
	if got := b.Frame().Against(); got != "ten *" {
		t.Errorf("the edited baseline is called %q", got)
	}
	sides, _, err := b.Lineup().Sides(t.Context())
	if err != nil || len(sides) != 2 || !sides[0].Frame.Edited || !sides[1].Frame.Edited {
		t.Errorf("%d sides, the first edited: %t: %v", len(sides), sides[0].Frame.Edited, err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}

	s := openSession(t, store)
	if b = openBench(t, store); b.Frame().Against() != "ten *" {
		t.Errorf("after reopening the baseline is called %q", b.Frame().Against())
	}
	baseline, err := s.Baseline(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	active, err := s.ActiveScheme(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		before, after model.Scheme
		want          [2]string
	}{
		{baseline, active, [2]string{"ten, edited", "ten, edited differently"}},
		{baseline, baseline, [2]string{"ten, edited", "ten, edited"}},
		{model.Ten(), active, [2]string{"ten", "ten, edited"}},
		{baseline, model.Ten(), [2]string{"ten, edited", "ten"}},
	} {
		got, err := s.Compare(t.Context(), c.before, c.after)
		if err != nil {
			t.Fatal(err)
		}
		if titles := [2]string{got.Before.Title, got.After.Title}; titles != c.want {
			t.Errorf("compared as %q, want %q", titles, c.want)
		}
	}

	if err := b.SaveScenario("mine", "", false); err != nil {
		t.Fatal(err)
	}
	if err := b.CompareWithScenario("mine"); err != nil {
		t.Fatal(err)
	}
	if got := b.Frame().Against(); got != "mine" {
		t.Errorf("a scenario as it was saved is called %q", got)
	}
}
