package session_test

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"testing"

	"strata/model"
	"strata/tui/session"
)

// sensitivityOf asks the bench for its working scheme.
func sensitivityOf(t *testing.T, b *session.Bench) *session.Sensitivity {
	t.Helper()
	s, err := b.Standing().Sensitivity(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// What a step is said to do is what it does: every cut of every preset, of own
// levels and of the schemes between, is stepped both ways.
func TestSensitivityTellsWhatTheKeysDo(t *testing.T) {
	t.Parallel()
	for _, p := range append(session.Presets(), session.Preset{Scheme: nineLevels()}) {
		t.Run(p.Scheme.Name, func(t *testing.T) {
			t.Parallel()
			b := openBench(t, newMemory(7, 900))
			scheme := p.Scheme.Clone()
			if scheme.Value.ByShare() { // the value cuts would move with the customers
				scheme.Value.Shares, scheme.Value.Cuts = [2]int{}, [2]int{7, 11}
			}
			if err := b.Change("another scheme", scheme); err != nil {
				t.Fatal(err)
			}
			if err := b.SetBaseline(); err != nil {
				t.Fatal(err)
			}
			s := sensitivityOf(t, b)
			if s.Customers != b.Frame().Total.Customers {
				t.Errorf("%d customers of %d", s.Customers, b.Frame().Total.Customers)
			}
			for _, c := range s.Cuts {
				for n, told := range map[int]session.StepSensitivity{-1: c.Down, 1: c.Up} {
					stepAndCompare(t, b, c, n, told)
					if err := b.Change("back", scheme); err != nil {
						t.Fatal(err)
					}
				}
			}
		})
	}
}

func nineLevels() model.Scheme {
	scheme := model.Ten()
	scheme.Name, scheme.Levels = "nine levels", [model.Axes]int{9, 9, 9}
	return scheme
}

func stepAndCompare(t *testing.T, b *session.Bench, c session.CutSensitivity, n int, told session.StepSensitivity) {
	t.Helper()
	stopped, err := b.Step(c.ID, n)
	if err != nil {
		t.Fatal(err)
	}
	b.Rest()
	f := b.Frame()
	if f.Moves.Customers != told.Customers || f.Moves.Revenue != told.Revenue || stopped != told.Stopped {
		t.Errorf("%s %s by %+d: %d customers with %s, stopped by %q; told %+v",
			c.ID.Axis, c.Name, n, f.Moves.Customers, f.Moves.Revenue, stopped, told)
	}
	if !told.OK {
		return
	}
	at := model.WholeCut(int64(f.Scheme.Value.Cuts[c.ID.Index%2]))
	if !c.ID.Value {
		at = f.Cuts[c.ID.Axis][c.ID.Index]
	}
	if at != told.To {
		t.Errorf("%s %s by %+d stands at %s, told %s", c.ID.Axis, c.Name, n, at, told.To)
	}
}

// At the next position told somebody moves, one unit before it nobody does.
func TestNextPositionsAreThoseWhereSomebodyMoves(t *testing.T) {
	t.Parallel()
	b := openBench(t, newMemory(8, 300))
	standing := b.Standing()
	s := sensitivityOf(t, b)
	moved := func(c session.CutSensitivity, to int64) session.Moves {
		scheme := standing.Scheme()
		if c.ID.Value {
			scheme.Value.Cuts[c.ID.Index] = int(to)
		} else {
			at := slices.Clone(b.Frame().Cuts[c.ID.Axis])
			at[c.ID.Index] = model.WholeCut(to)
			scheme.Cuts[c.ID.Axis] = model.AxisCuts{Method: model.MethodFixed, At: at}
		}
		f, err := standing.Frame(t.Context(), scheme)
		if err != nil {
			t.Fatal(err)
		}
		return f.Moves
	}
	positions := 0
	for _, c := range s.Cuts {
		for towards, next := range map[int64]session.Reclassified{-1: c.NextUp, 1: c.NextDown} {
			if !next.OK {
				continue
			}
			positions++
			if m := moved(c, next.To.Whole); m.Customers != next.Customers || m.Revenue != next.Revenue || m.Customers == 0 {
				t.Errorf("%s %s at %s: %d customers with %s move, told %+v", c.ID.Axis, c.Name, next.To, m.Customers, m.Revenue, next)
			}
			if m := moved(c, next.Typed.Whole); m.Customers != next.Customers || m.Revenue != next.Revenue {
				t.Errorf("%s %s, told at %s: %d customers move, told %+v", c.ID.Axis, c.Name, next.Typed, m.Customers, next)
			}
			if before := next.To.Whole + towards; before != c.At.Whole {
				if m := moved(c, before); m.Customers != 0 {
					t.Errorf("%s %s at %d: %d customers move before %s", c.ID.Axis, c.Name, before, m.Customers, next.To)
				}
			}
		}
	}
	if positions < len(s.Cuts) {
		t.Errorf("%d positions of %d cuts", positions, len(s.Cuts))
	}
}

// A session without a bench, which sorts the customers first, says the same.
func TestSensitivityOfAStandingScheme(t *testing.T) {
	t.Parallel()
	store := newMemory(9, 400)
	standing, _, err := openSession(t, store).Standing(t.Context(), model.Ten())
	if err != nil {
		t.Fatal(err)
	}
	alone, err := standing.Sensitivity(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	beside := sensitivityOf(t, openBench(t, store))
	if len(alone.Cuts) != 14 || len(beside.Cuts) != 14 {
		t.Fatalf("%d and %d cuts", len(alone.Cuts), len(beside.Cuts))
	}
	for i, c := range alone.Cuts {
		d := beside.Cuts[i]
		if c.ID != d.ID || c.Down != d.Down || c.Up != d.Up || c.NextDown != d.NextDown || c.NextUp != d.NextUp || c.Tie != d.Tie ||
			!slices.Equal(c.Strip.Upto, d.Strip.Upto) {
			t.Errorf("%+v and %+v", c, d)
		}
		if got, ok := alone.Of(c.ID); !ok || got.At != c.At {
			t.Errorf("of %+v: %+v, %v", c.ID, got, ok)
		}
	}
}

func TestTheStripOfACutDoesNotDependOnWhereItStands(t *testing.T) {
	t.Parallel()
	b := openBench(t, newMemory(10, 500))
	id := session.CutID{Axis: model.Monetary, Index: 1}
	before, _ := sensitivityOf(t, b).Of(id)
	for range 10 {
		if _, err := b.Step(id, 3); err != nil {
			t.Fatal(err)
		}
		after, _ := sensitivityOf(t, b).Of(id)
		if after.At == before.At || !slices.Equal(after.Strip.Upto, before.Strip.Upto) {
			t.Fatalf("at %s the strip is another one than at %s", after.At, before.At)
		}
	}
}

func TestSensitivityWarnsOfWhatItHoldsStill(t *testing.T) {
	t.Parallel()
	shares, ntile, once, nested, fair := model.Ten(), model.Ten(), model.Ten(), model.Ten(), model.Ten()
	shares.Value.Shares = [2]int{15, 35}
	for a := range ntile.Cuts {
		ntile.Cuts[a].Method = model.MethodNTile
	}
	nested.Cuts[model.Monetary].Method = model.MethodNested
	for i := range 20 { // some of them are not in HIGH by their scores
		fair.Fair.Overrides = append(fair.Fair.Overrides, model.Override{Customer: "c" + strconv.Itoa(i), Tier: model.TierHigh, Until: model.NoDay, Reason: "key account"})
	}
	once.Levels[model.Frequency] = 2
	once.Cuts[model.Frequency] = model.AxisCuts{Method: model.MethodFixed, At: []model.Cut{model.WholeCut(1)}}
	for code, scheme := range map[string]model.Scheme{"value-cuts-held": shares, "no-line": ntile, "tie-on-line": once, "nested-held": nested, "by-scores-alone": fair} {
		b := openBench(t, newMemory(11, 400))
		if err := b.Change("another scheme", scheme); err != nil {
			t.Fatal(err)
		}
		s := sensitivityOf(t, b)
		i := slices.IndexFunc(s.Warnings, func(w model.Warning) bool { return w.Code == code })
		if i < 0 {
			t.Errorf("no warning %s in %+v", code, s.Warnings)
			continue
		}
		if code == "tie-on-line" && !strings.Contains(s.Warnings[i].Message, "Frequency 2│1 sits on a tie: ") {
			t.Errorf("%+v", s.Warnings[i])
		}
		if slices.ContainsFunc(s.Warnings, func(w model.Warning) bool { return w.Code == "heavy-tie" }) {
			t.Errorf("ties are told twice: %+v", s.Warnings)
		}
		if code == "no-line" && (!s.Cuts[0].Split || s.Cuts[0].Up.OK || s.Cuts[0].Strip.Upto != nil) {
			t.Errorf("a line where groups are torn apart: %+v", s.Cuts[0])
		}
	}
}

func TestTheWorkOfTheBenchStopsAtOnce(t *testing.T) {
	t.Parallel()
	work := openBench(t, newMemory(12, 100)).Sensitivity()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := work(ctx); model.CodeOf(err) != model.Cancelled {
		t.Errorf("error %v", err)
	}
	if s, err := work(t.Context()); err != nil || s.Customers == 0 {
		t.Errorf("%+v, %v", s, err)
	}
}
