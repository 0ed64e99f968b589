package tui

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"strata/model"
	"strata/tui/screen/tiers/tierstest"
	"strata/tui/session"
	"strata/tui/session/memory"
)

// whatIf is a workbench over a temporary workspace, and where it was kept.
func whatIf(t *testing.T, width, height int) (w *workbench, bench *tierstest.Bench, keptAs *string) {
	t.Helper()
	keptAs = new(string)
	o := Options{Workspace: "orders.csv", SaveAs: func(_ context.Context, path string) error {
		if path == "full.strata" {
			return errors.New("the disk is full")
		}
		*keptAs = path
		return nil
	}}
	w, bench = open(t, o, model.Info{Currency: "GBP", Temporary: true}, width, height)
	return w, bench, keptAs
}

// Leaving a what-if with work in it asks, whichever way it is left.
func TestWorkIsNotLostByLeaving(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"q", "ctrl+c"} {
		w, _, _ := whatIf(t, 80, 24)
		if !quits(press(w, key)) {
			t.Errorf("%s on an untouched what-if does not leave", key)
		}
		w, _, _ = whatIf(t, 80, 24)
		press(w, "right", "right")
		if quits(press(w, key)) {
			t.Errorf("%s loses 2 edits without a word", key)
		}
		expect(t, w, "Quit?", "This workspace is temporary", "· 2 edits of ten", "[s]   save the workspace as a file", "[d]   discard", "[Esc] stay")
		if quits(press(w, "x")) || quits(press(w, "q")) {
			t.Error("any key leaves")
		}
		press(w, "esc")
		refuse(t, w, "Quit?")
		expect(t, w, "ten *")
		press(w, key)
		if !quits(press(w, "d")) {
			t.Error("d does not leave")
		}
		press(w, "esc", "u")
		press(w, key)
		expect(t, w, "· 1 edit of ten", "· 1 undone edit")
		press(w, "esc", "u")
		if quits(press(w, key)) {
			t.Errorf("%s loses 2 edits that are taken back", key)
		}
		expect(t, w, "Quit?", "· 2 undone edits")
		refuse(t, w, "of ten")
	}
}

// What is being typed is not thrown away with the program: Ctrl+c closes it first,
// and asks again after another key.
func TestCtrlCClosesWhatIsTypedFirst(t *testing.T) {
	t.Parallel()
	for _, keys := range [][]string{{"enter", "12"}, {":", "cut"}, {"s", "a long name"}, {"o", "gr"}} {
		w, _ := open(t, Options{}, shop, 80, 24)
		press(w, keys...)
		if press(w, "ctrl+c"); w.prompt != nil || w.palette != nil {
			t.Errorf("after %q something is still open", keys)
		}
		expect(t, w, "Press Ctrl+C again to quit")
		press(w, "enter", "13")
		if press(w, "ctrl+c"); w.prompt != nil {
			t.Error("Ctrl+c does not close it again")
		}
		expect(t, w, "Press Ctrl+C again to quit")
		if !quits(press(w, "ctrl+c")) {
			t.Error("Ctrl+c twice does not end")
		}
	}
}

// Who or what keeps the workspace from being written is told at every width, in [w],
// in [e] and where leaving would lose edits; [s] offers the way that is left.
func TestWhyEditsStayInMemoryIsTold(t *testing.T) {
	t.Parallel()
	another := model.Info{Path: "shop.strata", ReadOnly: true, Writer: "another strata (process 4711 on desk, since 09:30)"}
	for because, info := range map[string]model.Info{
		"another strata (process 4711 on desk, since 09:30) is writing it": another,
		"the file, or its folder, may not be written to":                   {Path: "shop.strata", ReadOnly: true},
	} {
		whole := "This workspace is open read-only, because " + because + ": edits stay in memory"
		for width := leastWidth; width <= 200; width += 7 {
			w, bench := open(t, Options{}, info, width, 30)
			bench.Unstored = true
			for _, key := range []string{"w", "e"} {
				press(w, "esc", key)
				if text := strings.Join(strings.Fields(ansi.Strip(strings.Join(w.dialog.Body, " "))), " "); !strings.Contains(text, whole) {
					t.Errorf("at %d [%s] says %q", width, key, text)
				}
			}
			press(w, "esc", "right", "s")
			lines := shown(w)
			if text := strings.Join(strings.Fields(strings.Join(lines[24:29], " ")), " "); !strings.Contains(text, whole+", and no scenario can be saved") {
				t.Errorf("at %d [s] says %q", width, text)
			}
			press(w, "esc", "q")
			if why, _ := w.why(); why != whole+". You would lose:" {
				t.Errorf("at %d leaving says %q", width, why)
			}
			expect(t, w, "This workspace is open read-only, because")
		}
	}
	for width := 104; width <= 200; width++ {
		w, _ := open(t, Options{}, another, width, 30)
		expect(t, w, "another strata")
	}
	w, bench := open(t, Options{}, another, 80, 24)
	press(w, "right", "s", "enter")
	if bench.Written != "ten.yaml" {
		t.Errorf("written to %q", bench.Written)
	}
	expect(t, w, "the scheme is in ten.yaml")
}

// Ctrl+c twice ends whatever is open.
func TestCtrlCTwiceAlwaysEnds(t *testing.T) {
	t.Parallel()
	for _, keys := range [][]string{{}, {"enter", "12"}, {":", "cut"}, {"?"}, {"q", "s"}, {"q"}} {
		w, _, _ := whatIf(t, 80, 24)
		press(w, "right")
		press(w, keys...)
		press(w, "ctrl+c")
		if !quits(press(w, "ctrl+c")) {
			t.Errorf("after %q Ctrl+c twice does not end", keys)
		}
	}
	w, _, _ := whatIf(t, 30, 5)
	press(w, "right")
	if _, err := w.bench.(*tierstest.Bench).Step(session.CutID{}, 1); err != nil {
		t.Fatal(err)
	}
	if quits(press(w, "q")) {
		t.Error("a small terminal loses an edit without a word")
	}
	expect(t, w, "1 edit of ten", "d discards", "Esc stays")
	if !quits(press(w, "ctrl+c")) {
		t.Error("Ctrl+c after q does not end")
	}
}

// messages runs a command and returns all that comes of it; timers are left out.
func messages(cmd tea.Cmd) []tea.Msg {
	if cmd == nil {
		return nil
	}
	done := make(chan tea.Msg, 1)
	go func() { done <- cmd() }()
	select {
	case msg := <-done:
		batch, ok := msg.(tea.BatchMsg)
		if !ok {
			return []tea.Msg{msg}
		}
		var all []tea.Msg
		for _, c := range batch {
			all = append(all, messages(c)...)
		}
		return all
	case <-time.After(200 * time.Millisecond):
		return nil
	}
}

// Saving keeps the workspace and then leaves; a name that will not do, or Esc,
// stays.
func TestSavingOnTheWayOut(t *testing.T) {
	t.Parallel()
	w, bench, keptAs := whatIf(t, 120, 36)
	press(w, "right", "s", "esc", "q", "s")
	expect(t, w, "save this workspace as: orders.strata")
	press(w, "esc")
	if w.leaveKept {
		t.Error("it still wants to leave")
	}
	leave := func() bool {
		for _, msg := range messages(press(w, "enter")) {
			if saved, ok := msg.(savedMsg); ok {
				_, cmd := w.Update(saved)
				return quits(cmd)
			}
		}
		t.Fatal("nothing is kept")
		return false
	}
	press(w, "q", "s", "full.strata")
	if leave() {
		t.Error("it leaves although nothing was kept")
	}
	expect(t, w, "the disk is full", "save this workspace as: full.strata")
	press(w, "q", "right") // goes into the name: nothing that is typed runs as a command
	expect(t, w, "save this workspace as: full.strataq")
	press(w, "esc")
	refuse(t, w, "save this workspace as")
	if w.leaveKept {
		t.Error("it still wants to leave")
	}
	press(w, "q", "s", "full.strata")
	leave()
	for range "full.strata" {
		press(w, "backspace")
	}
	press(w, "kept.strata")
	if bench.Rested == 0 {
		t.Error("the edit in progress is not kept")
	}
	if !leave() || *keptAs != "kept.strata" {
		t.Errorf("kept as %q", *keptAs)
	}
	if want := "1 edit is stored; `strata kept.strata` continues from there"; w.goodbye != want {
		t.Errorf("it ends with %q, want %q", w.goodbye, want)
	}
}

// Saving is waited for from its key on, even if its command has not been begun when
// the program ends.
func TestASaveIsWaitedForFromItsKeyOn(t *testing.T) {
	t.Parallel()
	kept := false
	o := Options{Workspace: "orders.csv", SaveAs: func(context.Context, string) error {
		time.Sleep(20 * time.Millisecond)
		kept = true
		return nil
	}}
	w, _ := open(t, o, model.Info{Currency: "GBP", Temporary: true}, 80, 24)
	press(w, "s", "enter")
	if err := w.close(); err != nil || !kept {
		t.Errorf("kept: %t, %v", kept, err)
	}
}

// Scenarios, the baseline and the promises of a temporary workspace go with it.
func TestAllThatATemporaryWorkspaceHoldsIsNamed(t *testing.T) {
	t.Parallel()
	store := memory.New(5, 300)
	s, err := session.New(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	bench, err := s.OpenBench(t.Context(), nil, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	o := Options{
		Workspace: "orders.csv", SaveAs: func(context.Context, string) error { return nil },
		Load: instant(Loaded{Bench: bench, Info: model.Info{Temporary: true}}, nil),
	}
	w, _ := open(t, o, model.Info{}, 120, 36)
	press(w, "down", "right", "right", "b")
	if err := bench.SaveScenario("tight", "", false); err != nil { // as a proposal is
		t.Fatal(err)
	}
	if quits(press(w, "q")) {
		t.Fatal("it leaves")
	}
	expect(t, w, "· 2 edits of tight", "· 1 scenario: tight", "· the baseline that you chose")
	press(w, "esc", "Shigh  an", "enter", "2h", "enter", "esc", "q")
	expect(t, w, "· the promises you set")
}

// What a workspace stores is not asked about, but told.
func TestWhatIsStoredIsToldOnLeaving(t *testing.T) {
	t.Parallel()
	w, _ := open(t, Options{}, shop, 80, 24)
	press(w, "right", "right")
	if !quits(press(w, "q")) {
		t.Fatal("it asks although nothing would be lost")
	}
	if want := "2 edits are stored; `strata shop.strata` continues from there"; w.goodbye != want {
		t.Errorf("it ends with %q, want %q", w.goodbye, want)
	}
	w, _ = open(t, Options{}, shop, 80, 24)
	press(w, "o", "grid", "enter")
	refuse(t, w, "brings your edits back")
	press(w, "right", "o", "eleven", "enter")
	expect(t, w, "[u] brings your edits back")
}

// A workspace that takes no edits has them written to a scheme file.
func TestEditsInMemoryAreNotLostByLeaving(t *testing.T) {
	t.Parallel()
	for because, info := range map[string]model.Info{
		"open read-only":           {Path: "my shop.strata", ReadOnly: true},
		"could not be written to.": {Path: "my shop.strata"},
	} {
		w, bench := open(t, Options{}, info, 80, 24)
		bench.Unstored = true
		press(w, "right")
		if quits(press(w, "q")) {
			t.Fatal("it leaves")
		}
		expect(t, w, because, "· 1 edit of ten", "[s]   write the scheme as it is, and nothing else, to a file")
		press(w, "s")
		expect(t, w, "write the scheme to: ten.yaml")
		if !quits(press(w, "enter")) || bench.Written != "ten.yaml" {
			t.Errorf("written to %q", bench.Written)
		}
		if want := "the scheme is in ten.yaml; `strata 'my shop.strata' --scheme ten.yaml` continues with it"; w.goodbye != want {
			t.Errorf("it ends with %q, want %q", w.goodbye, want)
		}
	}
}

// What a scheme file does not hold is asked about again once it is written.
func TestWhatASchemeFileDoesNotHoldIsNotLostBySaving(t *testing.T) {
	t.Parallel()
	store := memory.New(5, 300)
	store.ReadOnly = true
	s, err := session.New(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	bench, err := s.OpenBench(t.Context(), nil, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	w, _ := open(t, Options{Load: instant(Loaded{Bench: bench, Info: s.Info()}, nil)}, model.Info{}, 120, 36)
	press(w, "down", "right", "b", "down", "right", "u", "q")
	expect(t, w, "· 1 edit of ten", "· 1 undone edit", "· the baseline that you chose", "nothing else, to a file")
	path := filepath.Join(t.TempDir(), "taken.yaml")
	press(w, "s", path)
	if quits(press(w, "enter")) {
		t.Fatal("it leaves, and the baseline is lost")
	}
	expect(t, w, "The scheme is in", "you would still lose:", "· 1 undone edit", "· the baseline that you chose")
	refuse(t, w, "edit of ten", "[s] ")
	if quits(press(w, "s")) || w.prompt != nil {
		t.Error("s does something")
	}
	press(w, "esc")
	refuse(t, w, "Quit?")
	press(w, "q")
	expect(t, w, "Quit?", "· the baseline that you chose")
	if !quits(press(w, "d")) {
		t.Error("d does not leave")
	}
	if want := "the scheme is in " + path; !strings.HasPrefix(w.goodbye, want) {
		t.Errorf("it ends with %q, want %q", w.goodbye, want)
	}
}

// A real bench tells stored edits from those in memory, and the file it writes
// draws the same tiers.
func TestWorkOfARealBench(t *testing.T) {
	t.Parallel()
	for _, readOnly := range []bool{false, true} {
		store := memory.New(5, 300)
		store.ReadOnly = readOnly
		s, err := session.New(t.Context(), store)
		if err != nil {
			t.Fatal(err)
		}
		bench, err := s.OpenBench(t.Context(), nil, time.Now)
		if err != nil {
			t.Fatal(err)
		}
		w, _ := open(t, Options{Load: instant(Loaded{Bench: bench, Info: s.Info()}, nil)}, model.Info{}, 120, 36)
		press(w, "down", "right", "down", "right", "up", "right", "u")
		want := session.Work{Edits: 2, Apart: 1}
		if readOnly {
			want.Unstored, want.UnstoredApart = 2, 1
		}
		if got := bench.Work(); got != want {
			t.Errorf("read-only %v: %+v, want %+v", readOnly, got, want)
		}
		if quits(press(w, "q")) == readOnly {
			t.Errorf("read-only %v: it asks or leaves wrongly", readOnly)
		}
		path := filepath.Join(t.TempDir(), "taken.yaml")
		if err := bench.WriteScheme(path); err != nil {
			t.Fatal(err)
		}
		if text, err := os.ReadFile(path); err != nil || !strings.Contains(string(text), "recency") {
			t.Errorf("%s, %v", text, err)
		}
		want.Edits, want.Unstored = 0, 0 // the one taken back is in no file
		if got := bench.Work(); got != want {
			t.Errorf("written, and %+v", got)
		}
		pressAndWait(w, "esc", "u", "down", "right", "right", "3", "]", "tab", "end", "enter")
		want.Edits, want.Apart = 0, 2
		if readOnly {
			want.UnstoredApart = 2
		}
		if got := bench.Work(); got != want {
			t.Errorf("at the beginning, after another way: %+v, want %+v", got, want)
		}
	}
}
