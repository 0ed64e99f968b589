package session_test

import (
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"strata/model"
	"strata/tui/session"
)

// cutsOf lists the cuts that a frame lets move.
func cutsOf(f *session.Frame) []session.CutID {
	var ids []session.CutID
	for axis, cuts := range f.Cuts {
		for i := range cuts {
			ids = append(ids, session.CutID{Axis: model.Axis(axis), Index: i})
		}
	}
	if f.ByValue {
		ids = append(ids, session.CutID{Value: true}, session.CutID{Value: true, Index: 1})
	}
	return ids
}

// TestEverySchemeAnswersLikeAFreshOne changes the scheme and moves its cuts at
// random, with and without tables, and compares with frames from nothing.
func TestEverySchemeAnswersLikeAFreshOne(t *testing.T) {
	t.Parallel()
	store := newMemory(5, 800)
	s := openSession(t, store)
	b := openBench(t, store)
	r := rand.New(rand.NewPCG(5, 5))
	presets := session.Presets()
	for move := range 600 {
		ids := cutsOf(b.Frame())
		id := ids[r.IntN(len(ids))]
		var err error
		switch r.IntN(10) {
		case 0:
			scheme := presets[r.IntN(len(presets))].Scheme
			if r.IntN(3) == 0 {
				for a := range scheme.Cuts {
					if scheme.Levels[a] > 2 {
						scheme.Cuts[a].Method = model.MethodNTile
					}
				}
			}
			_, err = b.Use(scheme)
		case 1:
			if settle := b.Settle(); settle != nil {
				b.Adopt(settle(t.Context()))
			}
		case 2:
			if _, _, err := b.Undo(); err != nil {
				t.Fatal(err)
			}
		case 3:
			if _, _, err := b.Redo(); err != nil {
				t.Fatal(err)
			}
		case 4:
			err = b.Reset(id)
		case 5:
			err = b.SetBaseline()
		default:
			_, err = b.Step(id, r.IntN(9)-4)
		}
		if err != nil {
			t.Fatal(err)
		}
		if move%10 != 0 {
			continue
		}
		got, want := equalsFresh(t, s, b, move)
		if !reflect.DeepEqual(got.Lint, want.Lint) || !reflect.DeepEqual(got.Published, want.Published) {
			t.Fatalf("after %d moves, scheme %s: the linter or the cuts differ", move, got.Title)
		}
	}
}

func TestUsingASchemeIsOneEdit(t *testing.T) {
	t.Parallel()
	store := newMemory(6, 500)
	b := openBench(t, store)
	start := b.Frame()
	eight, err := session.PresetNamed("eight")
	if err != nil {
		t.Fatal(err)
	}
	told, err := b.Use(eight)
	if err != nil || !strings.HasPrefix(told, "scheme eight: ") || !strings.HasSuffix(told, " customers change tier") {
		t.Fatalf("told %q, %v", told, err)
	}
	f := b.Frame()
	if f.Title != "eight" || f.Edited || len(f.Segments) != 8 || f.ByValue || len(f.Cuts[0]) != 1 {
		t.Errorf("title %s, edited %v, %d segments, %d cuts", f.Title, f.Edited, len(f.Segments), len(f.Cuts[0]))
	}
	for name, want := range map[string]string{"ten": "customers change tier", "eleven": "customers change tier"} {
		other := openBench(t, newMemory(6, 500))
		if name == "ten" {
			if _, err := other.Use(eight); err != nil {
				t.Fatal(err)
			}
		}
		scheme, err := session.PresetNamed(name)
		if err != nil {
			t.Fatal(err)
		}
		if told, err := other.Use(scheme); err != nil || !strings.HasSuffix(told, want) {
			t.Errorf("%s: told %q, %v", name, told, err)
		}
	}
	if again, err := b.Use(eight); err != nil || !strings.Contains(again, "already") {
		t.Errorf("the same again: %q, %v", again, err)
	}
	if label, ok, _ := b.Undo(); !ok || label != told {
		t.Errorf("undone %q, %v", label, ok)
	}
	if f := b.Frame(); f.Title != "ten" || f.Edited || !reflect.DeepEqual(f.Segments, start.Segments) {
		t.Errorf("after undo: %s, edited %v", f.Title, f.Edited)
	}
	if _, _, err := b.Redo(); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Step(session.CutID{Axis: model.Recency}, 1); err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	again := openBench(t, store)
	if f := again.Frame(); f.Title != "eight" || !f.Edited || f.Scheme.Cuts[model.Recency].Method != model.MethodFixed {
		t.Errorf("taken up again: %s, edited %v", f.Title, f.Edited)
	}
	if err := again.Reset(session.CutID{Axis: model.Recency}); err != nil {
		t.Fatal(err)
	}
	if f := again.Frame(); f.Edited || f.Scheme.Cuts[model.Recency].Method != model.MethodMean {
		t.Errorf("reset: edited %v, method %s", f.Edited, f.Scheme.Cuts[model.Recency].Method)
	}
}

// TestTouchingACutKeepsTheScores: freezing the cuts of a method that decides
// by value changes nobody's score, whichever side a cut belongs to.
func TestTouchingACutKeepsTheScores(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"ten", "rfm-r", "eight"} {
		b := openBench(t, newMemory(7, 600))
		scheme, err := session.PresetNamed(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := b.Use(scheme); err != nil {
			t.Fatal(err)
		}
		before := b.Frame()
		id := session.CutID{Axis: model.Recency}
		for _, n := range []int{1, -1} {
			if _, err := b.Step(id, n); err != nil {
				t.Fatal(err)
			}
		}
		after := b.Frame()
		if after.Scheme.Cuts[id.Axis].Method != model.MethodFixed || !reflect.DeepEqual(after.ScoreCounts, before.ScoreCounts) {
			t.Errorf("%s: scores %v, were %v", name, after.ScoreCounts, before.ScoreCounts)
		}
	}
}

func TestSharesEndWhenAValueCutMoves(t *testing.T) {
	t.Parallel()
	b := openBench(t, newMemory(8, 900))
	value, err := session.PresetNamed("value")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Use(value); err != nil {
		t.Fatal(err)
	}
	f := b.Frame()
	if !f.Scheme.Value.ByShare() || f.Scheme.Value.Cuts[0] >= f.Scheme.Value.Cuts[1] {
		t.Fatalf("value rule %+v", f.Scheme.Value)
	}
	id := session.CutID{Value: true, Index: 1}
	if _, err := b.Step(id, 1); err != nil {
		t.Fatal(err)
	}
	if now := b.Frame().Scheme.Value; now.ByShare() || now.Cuts[1] != f.Scheme.Value.Cuts[1]+1 || now.Cuts[0] != f.Scheme.Value.Cuts[0] {
		t.Errorf("value rule %+v, was %+v", now, f.Scheme.Value)
	}
	if err := b.Reset(id); err != nil {
		t.Fatal(err)
	}
	if now := b.Frame().Scheme.Value; now != f.Scheme.Value {
		t.Errorf("reset to %+v, was %+v", now, f.Scheme.Value)
	}
}

func TestASchemeThatMakesNoSenseIsRefused(t *testing.T) {
	t.Parallel()
	b := openBench(t, newMemory(9, 100))
	before := b.Frame()
	bad := model.Ten()
	bad.Map = "eleven"
	bad.Levels = [model.Axes]int{4, 4, 4}
	if _, err := b.Use(bad); model.CodeOf(err) != model.Usage {
		t.Errorf("error %v", err)
	}
	if b.Frame() != before {
		t.Error("the frame changed")
	}
	override := bad
	if _, err := openSession(t, newMemory(9, 100)).OpenBench(t.Context(), &override, time.Now); model.CodeOf(err) != model.Usage {
		t.Errorf("opened with it: %v", err)
	}
}

// BenchmarkStep is one key on a cut, from the key to the frame.
func BenchmarkStep(b *testing.B) {
	for _, name := range []string{"ten", "value", "eleven"} {
		b.Run(name, func(b *testing.B) {
			store := newMemory(1, 20_000)
			s, err := session.New(b.Context(), store)
			if err != nil {
				b.Fatal(err)
			}
			scheme, err := session.PresetNamed(name)
			if err != nil {
				b.Fatal(err)
			}
			bench, err := s.OpenBench(b.Context(), &scheme, time.Now)
			if err != nil {
				b.Fatal(err)
			}
			id := session.CutID{Axis: model.Monetary, Index: 1}
			if _, err := bench.Step(id, 1); err != nil {
				b.Fatal(err)
			}
			bench.Adopt(bench.Settle()(b.Context()))
			n := 1
			for b.Loop() {
				n = -n
				if _, err := bench.Step(id, n); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
