package tui

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"strata/model"
	"strata/model/schemefile"
	"strata/tui/action"
	"strata/tui/session"
	"strata/tui/session/memory"
)

// flagged is the workbench over a real workspace, opened as with flags that change
// the scheme it was left with; leave closes it.
func flagged(t *testing.T, store *memory.Store, change func(*model.Scheme)) (w *workbench, leave func()) {
	t.Helper()
	s, err := session.New(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	scheme, err := s.ActiveScheme(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(&scheme)
	}
	bench, err := s.OpenBench(t.Context(), &scheme, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	w, _ = open(t, Options{Workspace: "shop.strata", Load: instant(Loaded{Bench: bench, Info: s.Info()}, nil)}, model.Info{}, 140, 36)
	return w, func() {
		if err := bench.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// pressAndWait sends keys, each when the work of the one before is done.
func pressAndWait(w *workbench, keys ...string) {
	for _, key := range keys {
		pressAndFinish(w, key)
	}
}

func sixMonths(s *model.Scheme) { s.Spec.Window.Months = 6 }

// Flags change what is worked on, not what it is compared with, and u takes all
// they did back.
func TestOpeningWithFlagsKeepsTheBaseline(t *testing.T) {
	t.Parallel()
	store := memory.New(7, 600)
	w, leave := flagged(t, store, sixMonths)
	expect(t, w, "ten   last 6 months   against ten, all time", "ten, all time → now")
	pressAndWait(w, "u")
	expect(t, w, "ten   against ten ", "Nothing moved yet")
	refuse(t, w, "all time", "   last 6 months")
	pressAndWait(w, "ctrl+r")
	leave()
	if store.State.Baseline != "" {
		t.Errorf("the baseline is now %s", store.State.Baseline)
	}
	w, leave = flagged(t, store, func(s *model.Scheme) { s.Spec.Window.Months = 0 })
	expect(t, w, "ten   against ten ", "Nothing moved yet")
	pressAndWait(w, "3", "]")
	pressAndWait(w, "tab")
	expect(t, w, "opened with ten, last 6 months")
	leave()
}

// What was chosen as the baseline is named with what it counts.
func TestABaselineThatCountsOtherwiseSaysSo(t *testing.T) {
	t.Parallel()
	store := memory.New(7, 600)
	w, leave := flagged(t, store, func(s *model.Scheme) { s.Spec.Window.Months, s.Spec.AsOf = 6, mayDay(t) })
	pressAndWait(w, "b")
	expect(t, w, "ten   last 6 months   against ten")
	pressAndWait(w, "u")
	expect(t, w, "ten   against ten, last 6 months, as of 2012-05-01")
	leave()
}

// Files that are only looked at begin with the flags: nothing has moved yet.
func TestFilesAreComparedWithHowTheyWereOpened(t *testing.T) {
	t.Parallel()
	store := memory.New(7, 600)
	store.Temporary = true
	w, leave := flagged(t, store, sixMonths)
	expect(t, w, "ten   last 6 months   against ten", "Nothing moved yet")
	pressAndWait(w, "u")
	expect(t, w, "ten   against ten, last 6 months  ")
	leave()
}

func mayDay(t *testing.T) model.Day {
	t.Helper()
	day, err := model.ParseDay("2012-05-01")
	if err != nil {
		t.Fatal(err)
	}
	return day
}

// The star says that what is on the screen differs from what is saved under its
// name, however it came there.
func TestTheStarIsAboutWhatIsSaved(t *testing.T) {
	t.Parallel()
	store := memory.New(7, 600)
	w, leave := flagged(t, store, nil)
	pressAndWait(w, "s", "mine", "enter")
	refuse(t, w, "mine *")
	pressAndWait(w, "down", "right")
	expect(t, w, "mine *")
	leave()
	w, leave = flagged(t, store, sixMonths)
	expect(t, w, "mine *")
	pressAndWait(w, "u", "u")
	refuse(t, w, "mine *")
	leave()
	w, leave = flagged(t, store, sixMonths)
	expect(t, w, "mine *")
	pressAndWait(w, "3", "]", "tab")
	expect(t, w, "opened with mine, last 6 months")
	leave()
}

// A scheme whose scenario was deleted is not shown as though it were kept.
func TestADeletedScenarioIsNotSaved(t *testing.T) {
	t.Parallel()
	w, leave := flagged(t, memory.New(7, 600), nil)
	pressAndWait(w, "s", "mine", "enter", "o", "ten", "enter", "u")
	refuse(t, w, "mine *")
	pressAndWait(w, "ctrl+r", "3", "]", "D", "yes", "enter")
	expect(t, w, `deleted "mine"`)
	pressAndWait(w, "u")
	expect(t, w, "undo does not affect what was deleted")
	pressAndWait(w, "u")
	expect(t, w, "mine * not saved")
	leave()
}

// What is taken from the scenario in use is what is on the screen, edits included;
// where it is not, that is said before.
func TestTheScenarioInUseIsTakenHomeWithItsEdits(t *testing.T) {
	t.Parallel()
	store := memory.New(7, 600)
	w, leave := flagged(t, store, nil)
	pressAndWait(w, "s", "mine", "enter", "down", "right", "3", "]")
	expect(t, w, "mine *")
	path := filepath.Join(t.TempDir(), "mine.yaml")
	press(w, "x")
	expect(t, w, `write "mine" as it is, with your edits, to: mine.yaml`)
	press(w, path, "enter")
	expect(t, w, "with your edits: strata tiers … --scheme reads it")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	written, err := schemefile.Decode(text)
	if err != nil || !slices.Equal(written.Cuts[model.Recency].At, w.frame().Cuts[model.Recency]) || written.Name != "mine" {
		t.Errorf("%v, written:\n%s", err, text)
	}
	if got := w.front.screen.Do(action.Copy); got.Copy != string(text) || !strings.Contains(got.Note, "with your edits") {
		t.Errorf("copied, %s:\n%s", got.Note, got.Copy)
	}
	press(w, "c")
	expect(t, w, `copy "mine" as it was saved, without your edits ([s] saves those), as: mine 2`)
	press(w, "esc")
	pressAndWait(w, "u")
	press(w, "x")
	expect(t, w, `write "mine" as a scheme file to`)
	press(w, "esc", "c")
	expect(t, w, `copy "mine" as: mine 2`)
	leave()
}

// Capitals tell no scenarios apart.
func TestNamesThatDifferInCapitalsAreOneName(t *testing.T) {
	t.Parallel()
	store := memory.New(7, 600)
	w, leave := flagged(t, store, nil)
	pressAndWait(w, "s", "mine", "enter", "o", "eleven", "enter", "s", "Mine", "enter")
	expect(t, w, `there is a scenario "mine" already`, "save as scenario: Mine")
	press(w, "esc", "s", "Eleven", "enter")
	expect(t, w, "that is a preset")
	press(w, "esc")
	pressAndWait(w, "3", "]", "c", "MINE", "enter")
	expect(t, w, `there is a scenario "mine" already`)
	press(w, "esc")
	if len(store.Kept) != 1 {
		t.Errorf("%d scenarios are kept", len(store.Kept))
	}
	leave()
}
