package session_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"strata/model"
	"strata/tui/session"
)

// picture is everything a frame says, but for whether the scheme is edited:
// that hangs on the scenarios there are.
func picture(t *testing.T, f *session.Frame) string {
	t.Helper()
	still := *f
	still.Edited = false
	text, err := json.Marshal(still)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestEveryPointOfTheLogComesBack walks at random through edits, takes them
// back, leaves branches, jumps and reopens: the frame after an edit is the same
// to the last byte whenever it comes back, and no edit is ever lost.
func TestEveryPointOfTheLogComesBack(t *testing.T) {
	t.Parallel()
	store := newMemory(21, 700)
	b := openBench(t, store)
	r := rand.New(rand.NewPCG(21, 21))
	pictures := []string{picture(t, b.Frame())}
	parents := []int{0}
	check := func(what string) {
		t.Helper()
		b.Rest()
		at := b.LogAt()
		if b.LogLength() != len(pictures)-1 {
			t.Fatalf("after %s there are %d edits, want %d", what, b.LogLength(), len(pictures)-1)
		}
		if got := picture(t, b.Frame()); got != pictures[at] {
			t.Fatalf("after %s, edit %d looks otherwise:\n%s\nwant\n%s", what, at, got, pictures[at])
		}
	}
	presets := session.Presets()
	for move := range 400 {
		from := b.LogAt()
		switch r.IntN(9) {
		case 0:
			for range 1 + r.IntN(8) {
				if _, _, err := b.Undo(); err != nil {
					t.Fatal(err)
				}
			}
			check("undo")
		case 1:
			if _, _, err := b.Redo(); err != nil {
				t.Fatal(err)
			}
			check("redo")
		case 2:
			if _, err := b.JumpTo(r.IntN(b.LogLength() + 1)); err != nil {
				t.Fatal(err)
			}
			check("a jump")
		case 3:
			if err := b.Close(); err != nil {
				t.Fatal(err)
			}
			b = openBench(t, store)
			check("reopening")
		case 4:
			scheme := presets[r.IntN(len(presets))].Scheme
			scheme.Spec.Returns = []model.ReturnsPolicy{model.ReturnsNet, model.ReturnsIgnore, model.ReturnsOrders}[r.IntN(3)]
			if err := b.Change(fmt.Sprintf("change %d", move), scheme); err != nil {
				t.Fatal(err)
			}
		default:
			ids := cutsOf(b.Frame())
			if _, err := b.Step(ids[r.IntN(len(ids))], r.IntN(9)-4); err != nil {
				t.Fatal(err)
			}
		}
		b.Rest()
		if b.LogLength() == len(pictures) {
			pictures, parents = append(pictures, picture(t, b.Frame())), append(parents, from)
		}
		if move%10 == 0 {
			checkTree(t, b, parents)
		}
	}
	for b.LogAt() != 0 {
		if _, ok, err := b.Undo(); !ok || err != nil {
			t.Fatal(ok, err)
		}
		check("undoing everything")
	}
	if len(pictures) < 100 {
		t.Errorf("only %d edits were made", len(pictures)-1)
	}
}

// checkTree compares the log with the tree as a person would draw it.
func checkTree(t *testing.T, b *session.Bench, parents []int) {
	t.Helper()
	entries, err := b.LogPage(b.LogLength(), 0)(t.Context())
	if err != nil || len(entries) != len(parents) {
		t.Fatalf("%d entries of %d, %v", len(entries), len(parents), err)
	}
	onPath := map[int]bool{0: true}
	for n := b.LogAt(); n != 0; n = parents[n] {
		onPath[n] = true
	}
	for i, e := range entries {
		n := len(parents) - 1 - i
		if e.Number != n || e.Parent != parents[n] || e.OnPath != onPath[n] || e.Current != (n == b.LogAt()) || e.OnPath && e.Branch != 0 || e.Label == "" {
			t.Fatalf("entry %+v, want number %d below %d, on the path %v", e, n, parents[n], onPath[n])
		}
		if n > 0 && e.Branch < entries[len(parents)-1-parents[n]].Branch {
			t.Fatalf("entry %+v lies nearer the trunk than the one it follows", e)
		}
	}
}

func TestLogTellsWhatWasReclassified(t *testing.T) {
	t.Parallel()
	store := newMemory(22, 900)
	b := openBench(t, store)
	r4 := session.CutID{Axis: model.Recency, Index: 1}
	step := func(id session.CutID, n int) {
		t.Helper()
		if _, err := b.Step(id, n); err != nil {
			t.Fatal(err)
		}
		b.Rest()
	}
	step(r4, 12)
	moved := b.Frame().Moves
	step(session.CutID{Value: true}, -1)
	if _, _, err := b.Undo(); err != nil {
		t.Fatal(err)
	}
	step(r4, 3)
	entries, err := b.LogPage(100, -5)(t.Context())
	if err != nil || len(entries) != 4 {
		t.Fatalf("%+v, %v", entries, err)
	}
	var drawn []string
	for _, e := range entries {
		drawn = append(drawn, fmt.Sprintf("%d<%d branch %d path %v current %v", e.Number, e.Parent, e.Branch, e.OnPath, e.Current))
	}
	want := []string{
		"3<1 branch 0 path true current true", "2<1 branch 1 path false current false",
		"1<0 branch 0 path true current false", "0<0 branch 0 path true current false",
	}
	if !reflect.DeepEqual(drawn, want) {
		t.Errorf("the log is %q, want %q", drawn, want)
	}
	if e := entries[2]; e.Customers != moved.Customers || e.Revenue != moved.Revenue || e.Customers == 0 || !strings.HasPrefix(e.Label, "recency 4│3: ") {
		t.Errorf("the first edit is told as %+v, it moved %d customers", e, moved.Customers)
	}
	for _, number := range []int{-1, 4} {
		if _, err := b.JumpTo(number); model.CodeOf(err) != model.NotFound {
			t.Errorf("edit %d: %v", number, err)
		}
	}
	if label, err := b.JumpTo(2); err != nil || !strings.Contains(label, "MID begins") {
		t.Errorf("jumped to %q, %v", label, err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	checkCommands(t, store, entries)
}

func logOf(t *testing.T, s *session.Session, limit int) []session.LogEntry {
	t.Helper()
	var all []session.LogEntry
	for entry, err := range s.Log(t.Context(), limit) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, entry)
	}
	return all
}

// checkCommands does without a workbench what was done on one.
func checkCommands(t *testing.T, store model.Store, told []session.LogEntry) {
	t.Helper()
	s := openSession(t, store)
	all := logOf(t, s, 0)
	if len(all) != 4 || !all[1].Current || all[2].Label != told[2].Label || all[2].Customers != told[2].Customers {
		t.Fatalf("%+v", all)
	}
	if two := logOf(t, s, 2); len(two) != 2 || two[1].Number != 2 {
		t.Errorf("the last two are %+v", two)
	}
	back, err := s.Undo(t.Context(), 10)
	if err != nil || len(back) != 2 || back[0].Number != 2 || back[1].Number != 1 {
		t.Errorf("taken back %+v, %v", back, err)
	}
	if scheme, err := s.ActiveScheme(t.Context()); err != nil || !scheme.Equal(model.Ten()) {
		t.Errorf("the beginning is %+v, %v", scheme, err)
	}
	if back, err := s.Undo(t.Context(), 1); err != nil || back != nil {
		t.Errorf("there was more to take back: %+v, %v", back, err)
	}
	// Redo goes to the edit made last where it was never told otherwise.
	if forth, err := s.Redo(t.Context(), 10); err != nil || len(forth) != 2 || forth[1].Number != 3 {
		t.Errorf("done again %+v, %v", forth, err)
	}
	if to, err := s.GoTo(t.Context(), 2); err != nil || to.Number != 2 || !to.Current {
		t.Errorf("gone to %+v, %v", to, err)
	}
	if _, err := s.GoTo(t.Context(), 9); model.CodeOf(err) != model.NotFound {
		t.Error(err)
	}
}

// What cannot be read is not told as nothing to take back.
func TestUndoTellsWhyNot(t *testing.T) {
	t.Parallel()
	store := newMemory(23, 300)
	b := openBench(t, store)
	for range 2 {
		if _, err := b.Step(session.CutID{Axis: model.Recency, Index: 1}, 3); err != nil {
			t.Fatal(err)
		}
		b.Rest()
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	b = openBench(t, store)
	good := store.Log[0].Scheme
	store.Log[0].Scheme = "levels: [\n"
	before := b.Frame()
	if label, ok, err := b.Undo(); label != "" || ok || model.CodeOf(err) != model.Corrupt {
		t.Errorf("undo into an edit that cannot be read: %q, %v, %v", label, ok, err)
	}
	if b.Frame() != before || b.LogAt() != 2 {
		t.Error("the failed undo changed something")
	}
	store.Log[0].Scheme = good
	if _, ok, err := b.Undo(); !ok || err != nil {
		t.Errorf("later: %v, %v", ok, err)
	}
	var told *model.Error
	store.ReadOnly = true
	if _, err := openSession(t, store).Undo(t.Context(), 1); !errors.As(err, &told) || told.Code != model.ReadOnly {
		t.Errorf("undo in a workspace that another writes: %v", err)
	}
}

// A log of a million edits is walked in steps whose cost does not grow with it.
func TestALongLogIsWalked(t *testing.T) {
	t.Parallel()
	store := newMemory(24, 50)
	const edits = 200_000
	text := "scheme: ten\n"
	for i := range edits {
		store.State.Edits = append(store.State.Edits, model.EditLink{ID: int64(i + 1), Parent: int64(i)})
		store.Log = append(store.Log, model.Edit{ID: int64(i + 1), Parent: int64(i), Label: fmt.Sprint("edit ", i+1), Scheme: text})
	}
	store.State.Head = edits
	b := openBench(t, store)
	for n := edits; n > edits-3; n-- {
		if label, ok, err := b.Undo(); !ok || err != nil || label != fmt.Sprint("edit ", n) {
			t.Fatalf("%q, %v, %v", label, ok, err)
		}
	}
	if _, err := b.Step(session.CutID{Axis: model.Recency, Index: 1}, 1); err != nil {
		t.Fatal(err)
	}
	b.Rest()
	page, err := b.LogPage(b.LogLength(), b.LogLength()-4)(t.Context())
	if err != nil || len(page) != 5 || !page[0].Current || page[1].Branch != 1 || page[3].Branch != 1 || page[4].Branch != 0 || page[4].Label != "edit 199997" {
		t.Errorf("%+v, %v", page, err)
	}
	if label, err := b.JumpTo(0); err != nil || label != "the beginning" {
		t.Errorf("%q, %v", label, err)
	}
	if all := logOf(t, openSession(t, store), 1_200); len(all) != 1_200 || all[0].Number != edits+1 || all[1_199].Number != edits-1_198 {
		t.Errorf("%d edits, the last %+v", len(all), all[len(all)-1])
	}
	if _, ok, err := b.Redo(); !ok || err != nil || b.LogAt() != 1 {
		t.Errorf("redo from the beginning: %v, %v, at %d", ok, err, b.LogAt())
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
}
