package session_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"strata/model"
	"strata/tui/session"
)

func openSession(t *testing.T, store model.Store) *session.Session {
	t.Helper()
	s, err := session.New(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func openBench(t *testing.T, store model.Store) *session.Bench {
	t.Helper()
	now := func() time.Time { return time.Unix(0, 0) }
	b, err := openSession(t, store).OpenBench(t.Context(), nil, now)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

var everyCut = func() []session.CutID {
	var ids []session.CutID
	for axis := model.Recency; axis < model.Axes; axis++ {
		for i := range 4 {
			ids = append(ids, session.CutID{Axis: axis, Index: i})
		}
	}
	return append(ids, session.CutID{Value: true}, session.CutID{Value: true, Index: 1})
}()

// TestEveryAnswerEqualsAFreshOne walks at random, with and without tables, and
// compares each frame with one computed from nothing.
func TestEveryAnswerEqualsAFreshOne(t *testing.T) {
	t.Parallel()
	store := newMemory(1, 3_000)
	s := openSession(t, store)
	b := openBench(t, store)
	r := rand.New(rand.NewPCG(7, 7))
	for move := range 1_000 {
		switch id := everyCut[r.IntN(len(everyCut))]; r.IntN(12) {
		case 0:
			if settle := b.Settle(); settle != nil {
				b.Adopt(settle(t.Context()))
			}
		case 1:
			if _, _, err := b.Undo(); err != nil {
				t.Fatal(err)
			}
		case 2:
			if _, _, err := b.Redo(); err != nil {
				t.Fatal(err)
			}
		case 3:
			if err := b.Reset(id); err != nil {
				t.Fatal(err)
			}
		default:
			if _, err := b.Step(id, r.IntN(21)-10); err != nil {
				t.Fatal(err)
			}
		}
		if move%20 != 0 {
			continue
		}
		equalsFresh(t, s, b, move)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
}

// equalsFresh compares the bench's frame with one computed from nothing, and
// returns both.
func equalsFresh(t *testing.T, s *session.Session, b *session.Bench, moves int) (got, want *session.Frame) {
	t.Helper()
	got = b.Frame()
	want, err := s.Tiers(t.Context(), got.Scheme)
	if err != nil {
		t.Fatal(err)
	}
	if why := sameAnswer(got, want); why != "" {
		t.Fatalf("after %d moves, scheme %s: %s", moves, got.Title, why)
	}
	return got, want
}

// sameAnswer compares what two frames say of the present.
func sameAnswer(a, b *session.Frame) string {
	if !reflect.DeepEqual(a.Cuts, b.Cuts) || a.Total != b.Total || !reflect.DeepEqual(a.ScoreCounts, b.ScoreCounts) {
		return "cuts, total or score counts differ"
	}
	for i := range a.Segments {
		if a.Segments[i].Slug != b.Segments[i].Slug || a.Segments[i].Now != b.Segments[i].Now {
			return "segment " + a.Segments[i].Label + " differs"
		}
	}
	for i := range a.Tiers {
		if a.Tiers[i].Now != b.Tiers[i].Now {
			return "tier " + a.Tiers[i].Label + " differs"
		}
	}
	if !reflect.DeepEqual(a.Warnings, b.Warnings) {
		return "warnings differ"
	}
	return ""
}

func TestMovesAddUp(t *testing.T) {
	t.Parallel()
	b := openBench(t, newMemory(2, 2_000))
	id := session.CutID{Axis: model.Recency, Index: 1}
	if _, err := b.Step(id, 10); err != nil {
		t.Fatal(err)
	}
	f := b.Frame()
	if f.Moves.Customers == 0 {
		t.Fatal("ten days change nothing")
	}
	var change, flows int64
	for _, g := range f.Segments {
		change += g.Change()
	}
	for _, flow := range f.Moves.LargestFlows {
		flows += flow.Customers
	}
	if change != 0 || flows > f.Moves.Customers || f.Moves.Up+f.Moves.Down > f.Moves.Customers {
		t.Errorf("changes sum to %d, flows to %d of %d moves (%d up, %d down)", change, flows, f.Moves.Customers, f.Moves.Up, f.Moves.Down)
	}
	if err := b.SetBaseline(); err != nil {
		t.Fatal(err)
	}
	if f := b.Frame(); f.Moves.Customers != 0 || f.Segments[0].Change() != 0 {
		t.Errorf("against itself %d customers move", f.Moves.Customers)
	}
}

func TestARunOfStepsIsOneEdit(t *testing.T) {
	t.Parallel()
	b := openBench(t, newMemory(3, 500))
	start := b.Frame()
	id := session.CutID{Axis: model.Recency, Index: 1}
	for range 5 {
		if _, err := b.Step(id, 1); err != nil {
			t.Fatal(err)
		}
	}
	b.Rest()
	if _, err := b.Step(session.CutID{Value: true}, -1); err != nil {
		t.Fatal(err)
	}
	moved := b.Frame()
	if label, ok, _ := b.Undo(); !ok || label != "MID begins at value score 8 → 7" {
		t.Errorf("undo says %q, %v", label, ok)
	}
	label, ok, _ := b.Undo()
	if !ok || !strings.HasPrefix(label, "recency 4│3: ") || !strings.HasSuffix(label, " days") {
		t.Errorf("undo says %q, %v", label, ok)
	}
	if why := sameAnswer(b.Frame(), start); why != "" {
		t.Errorf("undone to the start: %s", why)
	}
	if _, ok, _ := b.Undo(); ok {
		t.Error("there is more to undo than was done")
	}
	if _, _, err := b.Redo(); err != nil {
		t.Fatal(err)
	}
	if _, _, err := b.Redo(); err != nil {
		t.Fatal(err)
	}
	if why := sameAnswer(b.Frame(), moved); why != "" {
		t.Errorf("redone: %s", why)
	}
	if _, ok, _ := b.Redo(); ok {
		t.Error("there is more to redo than was undone")
	}
}

func TestThereAndBackIsNoEdit(t *testing.T) {
	t.Parallel()
	b := openBench(t, newMemory(3, 500))
	id := session.CutID{Axis: model.Frequency, Index: 3}
	if err := b.Type(id, "9"); err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{1, -1} {
		if _, err := b.Step(id, n); err != nil {
			t.Fatal(err)
		}
	}
	if label, _, _ := b.Undo(); !strings.HasSuffix(label, "→ 9 orders") {
		t.Errorf("undo takes back %q, want the typed value", label)
	}
}

func TestEditsAreRestored(t *testing.T) {
	t.Parallel()
	store := newMemory(4, 500)
	b := openBench(t, store)
	id := session.CutID{Axis: model.Recency, Index: 2}
	step := func(n int) {
		if _, err := b.Step(id, n); err != nil {
			t.Fatal(err)
		}
		b.Rest()
	}
	step(1)
	if err := b.SetBaseline(); err != nil {
		t.Fatal(err)
	}
	step(2)
	step(3)
	if _, _, err := b.Undo(); err != nil {
		t.Fatal(err)
	}
	left := b.Frame()
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}

	preview, err := openSession(t, store).Preview(t.Context(), left.Scheme)
	if err != nil || preview == nil || !preview.Stored {
		t.Fatalf("no stored frame: %v, %v", preview, err)
	}
	if why := sameAnswer(preview, left); why != "" {
		t.Errorf("stored frame: %s", why)
	}
	b = openBench(t, store)
	if why := sameAnswer(b.Frame(), left); why != "" {
		t.Errorf("reopened: %s", why)
	}
	if got, want := b.Frame().Moves, left.Moves; !reflect.DeepEqual(got, want) {
		t.Errorf("against the baseline %+v, want %+v", got, want)
	}
	if _, ok, _ := b.Redo(); !ok {
		t.Error("what was undone cannot be redone after reopening")
	}
	if _, _, err := b.Undo(); err != nil {
		t.Fatal(err)
	}
	if _, _, err := b.Undo(); err != nil {
		t.Fatal(err)
	}
	step(5) // leaves what was undone as a branch
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if n := len(store.State.Edits); n != 4 {
		t.Errorf("%d edits kept, want all 4", n)
	}
	store.Generation++
	if preview, err := openSession(t, store).Preview(t.Context(), left.Scheme); preview != nil && preview.Generation == store.Generation || err != nil {
		t.Errorf("a frame of other data was shown: %v, %v", preview, err)
	}
}

func TestTypedValuesThatDoNotFitAreRefusedInWords(t *testing.T) {
	t.Parallel()
	b := openBench(t, newMemory(5, 2_000))
	before := b.Frame()
	for id, texts := range map[session.CutID][]string{
		{Axis: model.Recency, Index: 1}:  {"", "x", "3.5", "99999", "-4"},
		{Axis: model.Monetary, Index: 0}: {"1e5", "999999999999", "-1000000"},
		{Value: true}:                    {"3", "12", "99", "a"},
	} {
		for _, text := range texts {
			err := b.Type(id, text)
			if err == nil || strings.Contains(err.Error(), "\n") {
				t.Errorf("%+v typed %q: %v", id, text, err)
			}
		}
		if err := b.Type(id, b.Typed(id)); err != nil {
			t.Errorf("%+v: its own text %q is refused: %v", id, b.Typed(id), err)
		}
	}
	if why := sameAnswer(b.Frame(), before); why != "" {
		t.Errorf("refused values moved something: %s", why)
	}
}

// A refusal speaks of what was typed, by the scores beside the cut.
func TestAMisplacedCutIsToldByItsScores(t *testing.T) {
	t.Parallel()
	b := openBench(t, newMemory(5, 2_000))
	scheme := b.Frame().Scheme.Clone()
	whole := func(scale int64, values ...int64) model.AxisCuts {
		c := model.AxisCuts{Method: model.MethodFixed}
		for _, v := range values {
			c.At = append(c.At, model.WholeCut(v*scale))
		}
		return c
	}
	scheme.Cuts = [model.Axes]model.AxisCuts{whole(1, 14, 33, 72, 180), whole(1, 1, 2, 3, 6), whole(model.Unit, 100, 200, 300, 400)}
	if err := b.Change("known cuts", scheme); err != nil {
		t.Fatal(err)
	}
	most := b.Frame().Axes[model.Frequency].Max()
	for _, c := range []struct {
		axis  model.Axis
		index int
		text  string
		want  string
	}{
		{model.Frequency, 3, "4", "score 5 cannot begin at 4 orders: score 4 begins at 4 orders"},
		{model.Frequency, 2, "7", "score 4 cannot begin at 7 orders: score 5 begins at 7 orders"},
		{model.Frequency, 0, "1", "score 2 cannot begin at 1 order: the least any customer has is 1 order"},
		{model.Frequency, 3, "99,999", fmt.Sprintf("score 5 cannot begin at 99,999 orders: the most any customer has is %d orders", most)},
		{model.Recency, 1, "14", "score 4 cannot end at 14 days: score 5 ends at 14 days"},
		{model.Recency, 1, "80", "score 4 cannot end at 80 days: score 3 ends at 72 days"},
		{model.Monetary, 1, "99.5", "score 3 cannot begin above £99.50: score 2 begins above £100.00"},
	} {
		err := b.Type(session.CutID{Axis: c.axis, Index: c.index}, c.text)
		if err == nil || err.Error() != c.want {
			t.Errorf("%s typed: %v, want %s", c.text, err, c.want)
		}
	}
	if err := b.Type(session.CutID{Axis: model.Frequency, Index: 3}, "9"); err != nil {
		t.Fatal(err)
	}
	if label, _, _ := b.Undo(); label != "frequency 5│4: from 7 → 9 orders" {
		t.Errorf("undone %q", label)
	}
	if stopped, _ := b.Step(session.CutID{Axis: model.Frequency, Index: 3}, -9); stopped != "the next cut from 4 orders" {
		t.Errorf("stopped by %q", stopped)
	}
}

func TestLateTablesAreDropped(t *testing.T) {
	t.Parallel()
	b := openBench(t, newMemory(6, 500))
	work := b.Settle()
	if err := b.SetBaseline(); err != nil {
		t.Fatal(err)
	}
	if b.Adopt(work(t.Context())) {
		t.Error("tables of another baseline were taken in")
	}
	if !b.Adopt(b.Settle()(t.Context())) || b.Settle() != nil {
		t.Error("fresh tables were not")
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if err := b.SetBaseline(); err != nil {
		t.Fatal(err)
	}
	if b.Adopt(b.Settle()(cancelled)) {
		t.Error("cancelled work was taken in")
	}
}

// A measure whose cut is moving is prepared before the others, which each step
// makes stale.
func TestTheMovingMeasureIsPreparedFirst(t *testing.T) {
	t.Parallel()
	b := openBench(t, newMemory(6, 500))
	step := func(axis model.Axis) {
		if _, err := b.Step(session.CutID{Axis: axis, Index: 1}, 1); err != nil {
			t.Fatal(err)
		}
	}
	step(model.Recency)
	if !b.Unprepared() {
		t.Error("the first move was prepared by nobody")
	}
	b.Adopt(b.Settle()(t.Context()))
	step(model.Recency)
	if b.Unprepared() {
		t.Error("the second move looks at every customer, too")
	}
	step(model.Monetary)
	if !b.Unprepared() {
		t.Error("a table answers for a measure it was not made for")
	}
	b.Adopt(b.Settle()(t.Context()))
	b.Rest()
	b.Adopt(b.Settle()(t.Context()))
	if b.Settle() != nil {
		t.Error("there is something left to prepare")
	}
}

func TestReadOnlyKeepsEditsInMemory(t *testing.T) {
	t.Parallel()
	store := newMemory(7, 500)
	store.ReadOnly = true
	b := openBench(t, store)
	if _, err := b.Step(session.CutID{Axis: model.Recency}, 1); err != nil {
		t.Fatal(err)
	}
	if _, ok, _ := b.Undo(); !ok {
		t.Error("an edit in memory cannot be undone")
	}
	if err := b.Close(); err != nil || len(store.State.Edits) != 0 || store.Table != nil {
		t.Errorf("a read-only workspace was written: %v, %+v", err, store.State)
	}
}

func TestStoringErrorsAreTold(t *testing.T) {
	t.Parallel()
	store := newMemory(8, 500)
	store.Fail = errors.New("disk full")
	b := openBench(t, store)
	if _, err := b.Step(session.CutID{Axis: model.Recency}, 1); err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); !errors.Is(err, store.Fail) {
		t.Errorf("closing says %v, want the disk's error", err)
	}
}

// The baseline that a key replaces comes back by the same key, edited and unsaved
// as it was; where none has been replaced nothing happens.
func TestTheBaselineComesBack(t *testing.T) {
	t.Parallel()
	b := openBench(t, newMemory(3, 300))
	swap := func(want session.Swapped) {
		t.Helper()
		if got, err := b.SwapBaseline(); err != nil || got != want {
			t.Fatalf("%v, %v; want %v", got, err, want)
		}
	}
	swap(session.BaselineKept)
	move := func(n int) int64 {
		t.Helper()
		if _, err := b.Step(session.CutID{Axis: model.Recency, Index: 1}, n); err != nil {
			t.Fatal(err)
		}
		return b.Frame().Moves.Customers
	}
	first := move(20) // from ten to an edited ten
	swap(session.BaselineSet)
	second := move(20) // from that to another
	if first == 0 || second == 0 || b.Frame().Moves.Customers == first {
		t.Fatalf("%d and %d move: the test tells too little", first, second)
	}
	swap(session.BaselineSet)
	if n := b.Frame().Moves.Customers; n != 0 {
		t.Fatalf("%d move against themselves", n)
	}
	for range 2 {
		swap(session.BaselineBack)
		if n := b.Frame().Moves.Customers; n != second {
			t.Fatalf("%d move from the baseline that is back, want %d", n, second)
		}
		swap(session.BaselineSet)
	}
}

// Typing the value that a cut has is no edit: it does not fix the other cuts of the
// measure behind the back of who types.
func TestTypingTheValueACutHasChangesNothing(t *testing.T) {
	t.Parallel()
	b := openBench(t, newMemory(4, 1_500))
	frequency := session.CutID{Axis: model.Frequency, Index: 3}
	for _, id := range []session.CutID{frequency, {Axis: model.Recency, Index: 1}, {Axis: model.Monetary, Index: 2}, {Value: true, Index: 1}} {
		now := b.Typed(id)
		if told := b.Already(id, now); !strings.HasSuffix(told, " already") {
			t.Errorf("%+v at %s: told %q", id, now, told)
		}
		if err := b.Type(id, now); err != nil {
			t.Fatal(err)
		}
	}
	f := b.Frame()
	if f.Edited || f.Scheme.Cuts[model.Frequency].Method != model.MethodQuantile || b.LogLength() != 0 {
		t.Errorf("edited %v, frequency by %s, %d edits in the log", f.Edited, f.Scheme.Cuts[model.Frequency].Method, b.LogLength())
	}
	if want := "frequency 5│4 is at " + b.Typed(frequency) + " already"; b.Already(frequency, b.Typed(frequency)) != want {
		t.Errorf("told %q, want %q", b.Already(frequency, b.Typed(frequency)), want)
	}
	if told := b.Already(frequency, "19"); told != "" {
		t.Errorf("of another value it is told %q", told)
	}
}
