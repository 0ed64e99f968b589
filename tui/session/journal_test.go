package session_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"strata/model"
	"strata/model/schemefile"
	"strata/tui/session"
	"strata/tui/session/memory"
)

// slow is a workspace on a slow disk.
type slow struct {
	*memory.Store
	takes time.Duration
}

func (s slow) AddEdit(ctx context.Context, e model.Edit) (int64, error) {
	time.Sleep(s.takes)
	return s.Store.AddEdit(ctx, e)
}

// stuck is a workspace on a disk that stores nothing until it goes.
type stuck struct {
	*memory.Store
	goes chan struct{}
}

func (s stuck) AddEdit(ctx context.Context, e model.Edit) (int64, error) {
	<-s.goes
	return s.Store.AddEdit(ctx, e)
}

// threeCuts have room to move.
var threeCuts = []session.CutID{{Axis: model.Recency, Index: 1}, {Axis: model.Monetary, Index: 1}, {Value: true}}

// An edit is stored when it ends, before the next one can begin; a disk that is
// too slow for that does not hold the keys.
func TestAnEditIsStoredWhenItEnds(t *testing.T) {
	t.Parallel()
	store := slow{newMemory(41, 200), 20 * time.Millisecond}
	b := openBench(t, store)
	for n := range 3 {
		if _, err := b.Step(threeCuts[n], 2); err != nil {
			t.Fatal(err)
		}
		if got := len(store.Log); got != n {
			t.Errorf("while edit %d is in progress %d are stored", n+1, got)
		}
	}
	if err := b.Close(); err != nil || len(store.Log) != 3 {
		t.Errorf("%d edits are stored, %v", len(store.Log), err)
	}

	stuck := stuck{newMemory(42, 200), make(chan struct{})}
	b = openBench(t, stuck)
	if _, err := b.Step(session.CutID{Axis: model.Recency, Index: 1}, 2); err != nil {
		t.Fatal(err)
	}
	b.Rest() // comes back, although nothing is stored
	close(stuck.goes)
	if err := b.Close(); err != nil || len(stuck.Log) != 1 {
		t.Errorf("%d edits are stored, %v", len(stuck.Log), err)
	}
}

// failing is a workspace whose n-th edit finds no room.
type failing struct {
	*memory.Store
	left *int
}

var errFull = errors.New("disk full")

func (f failing) AddEdit(ctx context.Context, e model.Edit) (int64, error) {
	if *f.left--; *f.left == 0 {
		return 0, errFull
	}
	return f.Store.AddEdit(ctx, e)
}

// What comes after an edit that could not be stored follows the one before it.
func TestEditsAfterOneThatWasLost(t *testing.T) {
	t.Parallel()
	left := 2
	store := failing{newMemory(43, 200), &left}
	b := openBench(t, store)
	for n := range 4 {
		if _, err := b.Step(threeCuts[n%3], 2); err != nil {
			t.Fatal(err)
		}
		b.Rest()
		if err := b.StoreError(); (n == 1) != errors.Is(err, errFull) || n == 1 && err.Error() != "an edit was not stored: disk full" {
			t.Errorf("after edit %d: %v", n+1, err)
		}
	}
	want := b.Frame()
	if err := b.Close(); err == nil || err.Error() != "an edit was not stored: disk full" {
		t.Errorf("leaving says %v", err)
	}
	if len(store.Log) != 3 || store.Log[1].Parent != 1 || store.Log[2].Parent != 2 {
		t.Errorf("stored: %+v", store.Log)
	}
	if why := sameAnswer(openBench(t, store).Frame(), want); why != "" {
		t.Error(why)
	}
}

// A scheme that cannot be used here leaves the workspace as it was, the baseline
// included; a baseline that cannot be read says what it is.
func TestABenchThatDoesNotOpenLeavesTheWorkspace(t *testing.T) {
	t.Parallel()
	store := newMemory(44, 50)
	scheme := model.Ten()
	scheme.Name, scheme.Spec.Where = "mine", []model.Condition{{Attribute: "nope", Values: []string{"x"}}}
	if _, err := openSession(t, store).OpenBench(t.Context(), &scheme, time.Now); model.CodeOf(err) != model.Usage {
		t.Errorf("opened: %v", err)
	}
	if store.State.Baseline != "" || len(store.Log) != 0 {
		t.Errorf("%d edits and the baseline %q are stored", len(store.Log), store.State.Baseline)
	}
	store.State.Baseline = "levels: [\n"
	if _, err := openSession(t, store).OpenBench(t.Context(), nil, time.Now); model.CodeOf(err) != model.Corrupt {
		t.Errorf("opened: %v", err)
	}
}

// Edits that are not stored for one reason are told of once.
func TestAFullDiskIsToldOnce(t *testing.T) {
	t.Parallel()
	store := newMemory(45, 200)
	store.Fail = errFull
	b := openBench(t, store)
	for _, id := range threeCuts {
		if _, err := b.Step(id, 2); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Close(); !errors.Is(err, errFull) || err.Error() != "3 changes were not stored: disk full" {
		t.Errorf("closing: %v", err)
	}
}

// knowing is a workspace that notes whether what it stores is stored under an ending.
type knowing struct {
	*memory.Store
	ending *model.Ending
}

func (k *knowing) AddEdit(ctx context.Context, e model.Edit) (int64, error) {
	k.ending = model.EndingOf(ctx)
	return k.Store.AddEdit(ctx, e)
}

func (k *knowing) PutScenario(ctx context.Context, s model.Scenario) error {
	k.ending = model.EndingOf(ctx)
	return k.Store.PutScenario(ctx, s)
}

// All that a bench stores knows how the process ends: ending by force waits for it,
// and leaves nothing half written.
func TestWhatABenchStoresCounts(t *testing.T) {
	t.Parallel()
	for name, do := range map[string]func(b *session.Bench) error{
		"a scheme file": func(b *session.Bench) error { return b.WriteScheme(filepath.Join(t.TempDir(), "a.yaml")) },
		"a scenario":    func(b *session.Bench) error { return b.SaveScenario("mine", "", false) },
		"a scenario's file": func(b *session.Bench) error {
			return b.ExportScenario("kept", filepath.Join(t.TempDir(), "b.yaml"))
		},
		"an edit": func(b *session.Bench) error { return b.Change("another", session.Presets()[1].Scheme) },
	} {
		store := &knowing{Store: newMemory(1, 40)}
		store.Kept = []model.Scenario{{Name: "kept", Scheme: schemefile.Encode(model.Ten())}}
		ctx, ending := model.WithEnding(t.Context())
		b, err := openSession(t, store).OpenBench(ctx, nil, time.Now)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(do(b), b.Close()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if !ending.Stored() && store.ending != ending {
			t.Errorf("%s is stored behind the back of the process", name)
		}
	}
}
