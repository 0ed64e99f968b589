package list_test

import (
	"testing"

	"pgregory.net/rapid"

	"strata/tui/action"
	"strata/tui/component/list"
)

func TestActionsWalkTheList(t *testing.T) {
	t.Parallel()
	var l list.List
	l.SetSize(100, 10)
	for _, step := range []struct {
		id               action.ID
		mark, from, upto int
	}{
		{action.ListUp, 0, 0, 10},
		{action.ListDown, 1, 0, 10},
		{action.ListPageDown, 10, 1, 11},
		{action.ListLast, 99, 90, 100},
		{action.ListDown, 99, 90, 100},
		{action.ListPageUp, 90, 90, 100},
		{action.ListUp, 89, 89, 99},
		{action.ListFirst, 0, 0, 10},
	} {
		if !l.Do(step.id) {
			t.Errorf("%s is not known", step.id)
		}
		mark, ok := l.Marked()
		from, to := l.Visible()
		if !ok || mark != step.mark || from != step.from || to != step.upto {
			t.Errorf("after %s row %d of %d–%d, want %d of %d–%d", step.id, mark, from, to, step.mark, step.from, step.upto)
		}
	}
	if l.Do(action.Quit) {
		t.Error("quit walks the list")
	}
	l.Wheel(false)
	if row, _ := l.Marked(); row != 3 {
		t.Errorf("the wheel marks row %d", row)
	}
	if row, ok := l.At(4); !ok || row != 4 {
		t.Errorf("line 4 shows row %d, %v", row, ok)
	}
	if _, ok := l.At(10); ok {
		t.Error("a line below the list shows a row")
	}
}

// Whatever happens, the marked row exists and is on the screen, and the screen
// is full while there are rows enough.
func TestTheMarkIsAlwaysOnTheScreen(t *testing.T) {
	t.Parallel()
	ids := []action.ID{action.ListUp, action.ListDown, action.ListPageUp, action.ListPageDown, action.ListFirst, action.ListLast}
	rapid.Check(t, func(t *rapid.T) {
		var l list.List
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			if rapid.Bool().Draw(t, "resize") {
				l.SetSize(rapid.IntRange(0, 50).Draw(t, "rows"), rapid.IntRange(0, 20).Draw(t, "height"))
			} else {
				l.Do(rapid.SampledFrom(ids).Draw(t, "action"))
			}
			mark, ok := l.Marked()
			from, to := l.Visible()
			if ok != (l.Rows() > 0) || ok && mark >= l.Rows() {
				t.Fatalf("row %d of %d is marked: %v", mark, l.Rows(), ok)
			}
			if from < to && (mark < from || mark >= to) {
				t.Fatalf("row %d is marked, %d to %d are drawn", mark, from, to)
			}
		}
	})
}
