package scenarios_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"strata/model"
	"strata/tui/action"
	"strata/tui/screen"
	"strata/tui/screen/scenarios"
	"strata/tui/session"
	"strata/tui/session/memory"
	"strata/tui/theme"
)

// stage is the screen on a real bench, and the part of the root in it.
type stage struct {
	*testing.T
	*scenarios.Screen
	bench *session.Bench
	last  screen.Outcome
}

func open(t *testing.T, store *memory.Store, width, height int) *stage {
	t.Helper()
	s, err := session.New(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 21, 14, 2, 0, 0, time.Local)
	b, err := s.OpenBench(t.Context(), nil, func() time.Time { return at })
	if err != nil {
		t.Fatal(err)
	}
	st := &stage{T: t, Screen: scenarios.New("GBP", theme.New(true, theme.None)), bench: b}
	st.SetSize(width, height)
	st.Screen.Open(b, "GBP")
	st.take(st.Show(b.Frame()))
	return st
}

// take does what the root does with an outcome.
func (st *stage) take(o screen.Outcome) {
	st.Helper()
	st.last = o
	if o.Edited {
		st.work(st.Show(st.bench.Frame()))
	}
	st.work(o)
}

func (st *stage) work(o screen.Outcome) {
	for o.Work != nil {
		o = st.Took(o.Work(st.Context()))
		if o.Err != nil {
			st.last = o
		}
	}
}

func (st *stage) do(ids ...action.ID) {
	st.Helper()
	for _, id := range ids {
		st.take(st.Do(id))
	}
}

// answer answers the question asked last.
func (st *stage) answer(text string) {
	st.Helper()
	if st.last.Ask == nil {
		st.Fatalf("nothing was asked: %+v", st.last)
	}
	st.take(st.last.Ask.Answer(text))
}

func (st *stage) step(n int) {
	st.Helper()
	if _, err := st.bench.Step(session.CutID{Axis: model.Recency, Index: 1}, n); err != nil {
		st.Fatal(err)
	}
	st.bench.Rest()
	st.work(st.Show(st.bench.Frame()))
}

func (st *stage) save(name, note string) {
	st.Helper()
	if err := st.bench.SaveScenario(name, note, false); err != nil {
		st.Fatal(err)
	}
	st.work(st.Show(st.bench.Frame()))
}

func (st *stage) drawn() string { return ansi.Strip(strings.Join(st.Lines(), "\n")) }

func (st *stage) expect(texts ...string) {
	st.Helper()
	drawn := st.drawn()
	for _, text := range texts {
		if !strings.Contains(drawn, text) {
			st.Errorf("%q is not on the screen:\n%s", text, drawn)
		}
	}
}

func (st *stage) noted(want string) {
	st.Helper()
	if st.last.Err != nil || !strings.Contains(st.last.Note, want) {
		st.Errorf("told %q, %v, want %q", st.last.Note, st.last.Err, want)
	}
}

// A scenario is not the baseline where that was edited after it was saved.
func TestAnEditedBaselineIsMarked(t *testing.T) {
	t.Parallel()
	st := open(t, memory.New(1, 300), 120, 33)
	st.save("mine", "")
	st.step(3)
	if err := st.bench.SetBaseline(); err != nil {
		t.Fatal(err)
	}
	st.step(3)
	st.expect("mine *", "active, baseline *")
	if err := st.bench.CompareWithScenario("mine"); err != nil {
		t.Fatal(err)
	}
	st.work(st.Show(st.bench.Frame()))
	if st.expect("active, baseline"); strings.Contains(st.drawn(), "baseline *") {
		t.Error("a scenario as it was saved is marked as an edited baseline")
	}
}

func TestAnEmptyWorkspaceSaysWhatToDo(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{120, 33}, {80, 21}} {
		st := open(t, memory.New(1, 300), size[0], size[1])
		st.expect("No scenario yet. [s] saves the current tiers", "No edits yet", "●", "the beginning")
		if size[0] > 80 { // the box below has a title, and says what comes there
			st.expect("The marked scenario", "[s] saves the active scheme as a scenario.")
		}
		for _, id := range []action.ID{action.ScenarioOpen, action.ScenarioDelete, action.ScenarioNote, action.ScenarioBeside} {
			st.do(id)
			st.noted("no scenario yet")
		}
	}
}

func TestScenariosAreOpenedAndCompared(t *testing.T) {
	t.Parallel()
	st := open(t, memory.New(2, 600), 120, 33)
	st.save("loose", "")
	st.step(9)
	st.save("tight", "for Monday")
	st.step(2)
	st.expect("loose", "tight *", "active", "2 saved", "Differences from the active scheme", "recency cuts")
	st.do(action.ScenarioOpen)
	st.noted(`scenario "loose": `)
	st.noted("reclassified")
	st.expect("● opened scenario \"loose\"", "It is the same as the active scheme")
	if f := st.bench.Frame(); f.Title != "loose" || f.Edited {
		t.Errorf("in use is %s", f.Title)
	}
	st.do(action.ListDown, action.ScenarioBaseline)
	st.noted(`Baseline set to "tight"`)
	st.expect("baseline", "note              for Monday")
	st.do(action.ScenarioBeside)
	st.noted("mark another one")
	st.do(action.ListUp, action.ScenarioBeside)
	st.noted("shows them side by side")
	st.expect("■ 2 side by side", "loose     ■")
}

func TestScenariosAreNamedNotedCopiedAndDeleted(t *testing.T) {
	t.Parallel()
	st := open(t, memory.New(3, 300), 120, 33)
	st.save("a", "why")
	st.do(action.ScenarioName)
	if q := st.last.Ask; q == nil || q.Value != "a" {
		t.Fatalf("asked %+v", q)
	}
	question := st.last
	st.answer("ten")
	if !errorIs(st.last.Err, model.Usage) {
		t.Errorf("called after a preset: %v", st.last.Err)
	}
	st.last = question
	st.answer("b")
	st.expect("b  ", "active")
	st.do(action.ScenarioNote)
	st.answer(" ")
	if strings.Contains(st.drawn(), "why") {
		t.Error("the note is still there")
	}
	st.do(action.ScenarioCopy)
	st.answer("c")
	st.expect("2 saved")
	file := filepath.Join(t.TempDir(), "b.yaml")
	st.do(action.ScenarioFile)
	st.answer(file)
	st.noted("written to")
	if text, err := os.ReadFile(file); err != nil || !strings.HasPrefix(string(text), "scheme: b\n") {
		t.Errorf("%s, %v", text, err)
	}
	st.do(action.ScenarioFile)
	st.answer(file)
	if !errorIs(st.last.Err, model.Exists) {
		t.Errorf("written over: %v", st.last.Err)
	}
	st.do(action.ScenarioDelete)
	choice := st.last.Choose
	if choice == nil || !strings.Contains(choice.Title, `"b"`) || len(choice.Options) != 2 {
		t.Fatalf("asked %+v", choice)
	}
	if no, yes := choice.Options[0].Title, choice.Options[1].Title; strings.Contains(no, "y") || !strings.HasPrefix(yes, "y") {
		t.Errorf("y finds %q, %q", no, yes)
	}
	st.take(choice.Options[0].Choose())
	st.expect("2 saved")
	st.take(choice.Options[1].Choose())
	st.noted(`deleted "b"`)
	st.noted("undo does not affect this")
	st.expect("1 saved", "c  ")
}

// The mark stays on the scenario that is called otherwise, wherever it then stands,
// and where another is copied or saved; after one is deleted it is on its neighbour.
func TestTheMarkFollowsTheScenario(t *testing.T) {
	t.Parallel()
	st := open(t, memory.New(3, 300), 120, 36)
	for _, name := range []string{"mid", "one", "two"} {
		st.save(name, "")
	}
	st.do(action.ListFirst)
	marked := func(want string) {
		t.Helper()
		if got := st.Focused(); got != want {
			t.Errorf("%q is marked, want %q", got, want)
		}
	}
	for _, name := range []string{"zebra", "aardvark", "nine"} {
		st.do(action.ScenarioName)
		st.answer(name)
		marked(name)
	}
	st.do(action.ScenarioDelete)
	if want := `Delete "nine"?`; st.last.Choose == nil || st.last.Choose.Title != want {
		t.Errorf("%+v, want %s", st.last.Choose, want)
	}
	st.do(action.ScenarioCopy)
	st.answer("a copy")
	marked("nine")
	st.save("another", "")
	marked("nine")
}

func errorIs(err error, code model.Code) bool {
	var told *model.Error
	return errors.As(err, &told) && told.Code == code
}

func TestTheLogIsWalked(t *testing.T) {
	t.Parallel()
	st := open(t, memory.New(4, 600), 160, 33)
	for n := range 4 {
		st.step(3 + n)
	}
	for range 2 {
		if _, _, err := st.bench.Undo(); err != nil {
			t.Fatal(err)
		}
	}
	st.work(st.Show(st.bench.Frame()))
	st.expect("2  ● recency 4│3", "4  ┆ recency", "3  ┆ recency")
	st.step(1)
	st.expect("5  ● recency", "(after 2)", "4    ├ recency", "3    ├ recency", "2  │ recency", "2026-11-21 14:02 · recency 4│3")
	st.do(action.PaneNext)
	if got := st.Focused(); got != "edit 5 of 5" {
		t.Errorf("focused on %q", got)
	}
	st.do(action.ListDown, action.ScenarioOpen)
	st.noted("as it was after edit 4: recency 4│3")
	if st.bench.LogAt() != 4 {
		t.Errorf("at edit %d", st.bench.LogAt())
	}
	st.expect("4  ● recency", "5    ├ recency")
	st.do(action.ListLast, action.ScenarioOpen)
	st.noted("the beginning")
	if !st.Back() || st.Back() {
		t.Error("one step back leads to the scenarios, and no further")
	}
	st.do(action.Copy)
	if st.last.Copy != "" {
		t.Errorf("copied %q of nothing", st.last.Copy)
	}
	st.do(action.PaneNext, action.Copy)
	if st.last.Copy != "edit\twhat\tcustomers\trevenue\twhen\n0\tthe beginning\t0\t0.00\t\n" {
		t.Errorf("copied %q", st.last.Copy)
	}
}

// A long log is read in pages, and a broken one says so.
func TestALongLogIsReadInPages(t *testing.T) {
	t.Parallel()
	store := memory.New(5, 100)
	const edits = 5_000
	for i := range edits {
		store.State.Edits = append(store.State.Edits, model.EditLink{ID: int64(i + 1), Parent: int64(i)})
		store.Log = append(store.Log, model.Edit{ID: int64(i + 1), Parent: int64(i), Label: fmt.Sprint("edit no. ", i+1), Scheme: "scheme: ten\n"})
	}
	store.State.Head = edits
	for _, size := range [][2]int{{120, 33}, {80, 21}, {60, 13}} {
		st := open(t, store, size[0], size[1])
		st.do(action.PaneNext)
		st.expect("5,000  ● edit no. 5000")
		for range 40 {
			st.do(action.ListPageDown)
			if strings.Contains(st.drawn(), "  …") {
				t.Fatalf("edits are missing:\n%s", st.drawn())
			}
		}
		st.do(action.ListLast)
		st.expect("    0  │ the beginning", "edit no. 1")
		st.do(action.ListFirst)
		st.expect("edit no. 5000")
	}
	st := open(t, store, 120, 33)
	all := store.Log
	store.Log = all[:100]
	st.do(action.PaneNext, action.ListLast)
	if !errorIs(st.last.Err, model.NotFound) {
		t.Errorf("told %+v", st.last)
	}
	st.expect("there is no edit")
	store.Log = all
	st.do(action.ListUp)
	st.expect("    1  │ edit no. 1")
}

// Names from outside never drive the terminal, and every size is filled exactly.
func TestEverySizeIsFilled(t *testing.T) {
	t.Parallel()
	store := memory.New(6, 300)
	store.Kept = []model.Scenario{
		{Name: "evil\x1b[31m\nname", Note: "\x1b]0;x\a", Scheme: "levels: ["},
		{Name: strings.Repeat("重要", 20), Note: strings.Repeat("wide ", 60), Scheme: "scheme: x\n"},
	}
	st := open(t, store, 120, 33)
	st.step(4)
	for width := 0; width <= 200; width += 7 {
		for _, height := range []int{0, 1, 2, 5, 13, 21, 33, 57} {
			st.SetSize(width, height)
			st.work(st.Show(st.bench.Frame()))
			lines := st.Lines()
			if len(lines) != height {
				t.Fatalf("%d×%d: %d lines", width, height, len(lines))
			}
			for _, line := range lines {
				if ansi.StringWidth(line) != width {
					t.Fatalf("%d×%d: %q takes %d cells", width, height, line, ansi.StringWidth(line))
				}
				if strings.ContainsAny(ansi.Strip(line), "\x1b\n\a") {
					t.Fatalf("%q drives the terminal", line)
				}
			}
		}
	}
	st.SetSize(120, 33)
	st.do(action.ScenarioOpen)
	if !errorIs(st.last.Err, model.Corrupt) {
		t.Errorf("a scenario that cannot be read: %+v", st.last)
	}
	st.expect("cannot be read")
}

// What there is room for is not cut, and nothing is told twice.
func TestNamesAndLabelsTakeTheRoomThereIs(t *testing.T) {
	t.Parallel()
	const name = "first idea, recency wider for the summer of the year"
	st := open(t, memory.New(8, 600), 200, 57)
	st.save(name, "")
	st.expect(name+"  ", "active")
	st.do(action.PaneNext)
	for label, want := range map[string]string{
		"map: 5 Loyal, 8 customers":  "Loyal, 8 customers, £35.0k reclassified",
		"map: 5 Loyal, 18 customers": "Loyal, 18 customers, 8 customers, £35.0k reclassified",
		`saved as "x"`:               `saved as "x"`,
		"levels":                     "levels: nobody is reclassified",
	} {
		store := memory.New(9, 100)
		store.State.Edits = []model.EditLink{{ID: 1}}
		one := model.Edit{ID: 1, Label: label, Scheme: "scheme: ten\n"}
		if strings.HasPrefix(label, "map") {
			one.Customers, one.Revenue = 8, 35_000*model.Unit
		}
		store.State.Head, store.Log = 1, []model.Edit{one}
		st := open(t, store, 160, 33)
		st.expect(want)
		if strings.HasPrefix(label, "saved") && strings.Contains(st.drawn(), "nobody") {
			t.Errorf("keeping is told as an edit:\n%s", st.drawn())
		}
	}
	st = open(t, memory.New(10, 600), 120, 33)
	for n := range 4 { // the time goes before the end of a label
		st.step(3 + n)
		if _, _, err := st.bench.Undo(); err != nil {
			t.Fatal(err)
		}
	}
	st.work(st.Show(st.bench.Frame()))
	if drawn := st.drawn(); strings.Contains(drawn, "…") {
		t.Errorf("a label is cut:\n%s", drawn)
	}
}

// reversed is what the marked row is drawn in where there are no colours.
const reversed = "7m"

func TestTheMouseMarks(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{120, 33}, {80, 21}} {
		st := open(t, memory.New(7, 300), size[0], size[1])
		st.save("a", "")
		st.save("b", "")
		st.step(3)
		for _, text := range []string{"a     ", "b     ", "saved as \"a\"", "recency 4"} {
			for y, line := range strings.Split(st.drawn(), "\n") {
				before, _, found := strings.Cut(line, text)
				if !found {
					continue
				}
				st.take(st.Click(ansi.StringWidth(before)+1, y))
				if !strings.Contains(st.Lines()[y], reversed) {
					t.Errorf("%v: a click on %q does not mark it:\n%s", size, text, st.drawn())
				}
				break
			}
		}
		st.take(st.Wheel(size[0]-3, size[1]-3, false))
		if got := st.Focused(); !strings.HasPrefix(got, "edit 0") {
			t.Errorf("the wheel marks %q", got)
		}
	}
}

func TestScenariosAreSortedAndFiltered(t *testing.T) {
	t.Parallel()
	st := open(t, memory.New(7, 300), 120, 33)
	for _, name := range []string{"b", "a", "c"} {
		st.save(name, "")
	}
	st.do(action.SortColumn, action.SortColumn)
	if got := st.Focused(); got != "c" || !strings.Contains(st.drawn(), "scenario▼") {
		t.Errorf("the first is %q:\n%s", got, st.drawn())
	}
	st.do(action.Filter)
	st.take(st.Key(tea.KeyPressMsg{Text: "a", Code: 'a'}))
	st.expect("/ a")
	st.take(st.Key(tea.KeyPressMsg{Code: tea.KeyEscape}))
	st.do(action.PaneNext, action.SortColumn)
	st.noted("the log has the order of its edits")
}
