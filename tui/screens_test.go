package tui

import (
	"context"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"strata/model"
	"strata/tui/action"
	"strata/tui/component/cells"
	"strata/tui/screen"
	"strata/tui/session"
	"strata/tui/theme"
)

// double is a screen that writes down what it is told and answers with what it
// is given.
type double struct {
	name   string
	told   []string
	next   screen.Outcome
	typing bool
	inside bool // Back has a step to go
	width  int
	height int
}

func (d *double) tell(what string) screen.Outcome {
	d.told = append(d.told, what)
	o := d.next
	d.next = screen.Outcome{}
	return o
}

func (d *double) SetSize(width, height int) { d.width, d.height = width, height }
func (d *double) SetTheme(*theme.Theme)     {}
func (d *double) Show(*session.Frame) screen.Outcome {
	d.told = append(d.told, "show")
	return screen.Outcome{}
}
func (d *double) Focused() string                { return d.name }
func (d *double) Do(id action.ID) screen.Outcome { return d.tell(string(id)) }
func (d *double) Typing() bool                   { return d.typing }
func (d *double) Click(int, int) screen.Outcome  { return d.tell("click") }
func (d *double) Drag(int, int) screen.Outcome   { return d.tell("drag") }
func (d *double) Release()                       { d.tell("release") }
func (d *double) Wheel(int, int, bool) screen.Outcome {
	return d.tell("wheel")
}
func (d *double) Took(result any) screen.Outcome { return d.tell("took " + result.(string)) }
func (d *double) Lines() []string {
	return append([]string{cells.NewLine(d.width).Put("", "this is "+d.name).String()}, cells.Blank(d.width, d.height-1)...)
}

func (d *double) Key(msg tea.Msg) screen.Outcome {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return d.tell("key " + msg.String())
	case tea.PasteMsg:
		return d.tell("paste " + msg.Content)
	}
	return d.tell("something else")
}

func (d *double) Back() bool {
	was := d.inside
	d.inside = false
	return was
}

func (d *double) List(q session.PeopleQuery) screen.Outcome { return d.tell("list " + q.Title) }

// openWithDouble opens a workbench whose second screen is a double, on the
// digit of Customers.
func openWithDouble(t *testing.T) (*workbench, *double) {
	t.Helper()
	w, _ := open(t, Options{}, shop, 120, 36)
	d := &double{name: "the double"}
	w.tabs = []*tab{w.tabs[0], newTab(action.Customers, d, func(Bench, string) {})}
	w.resize(w.width, w.height)
	return w, d
}

func TestScreensAreSwitched(t *testing.T) {
	t.Parallel()
	w, d := openWithDouble(t)
	line, column := find(t, w, "7 Customers", "1 Tiers")
	onDouble := func(after string, want bool) {
		t.Helper()
		if got := strings.Contains(strings.Join(shown(w), "\n"), "this is the double"); got != want {
			t.Errorf("after %s the double is shown: %v", after, got)
		}
	}
	press(w, "7")
	onDouble("7", true)
	if !slices.Equal(d.told, []string{"show"}) {
		t.Errorf("the screen was told %q when it came to the front", d.told)
	}
	press(w, "1")
	onDouble("1", false)
	for _, key := range []string{">", "<"} {
		press(w, key)
		onDouble(key, true)
		press(w, key)
		onDouble(key, false)
	}
	w.Update(tea.MouseClickMsg{X: column, Y: line, Button: tea.MouseLeft})
	onDouble("a click on its tab", true)
	w.Update(tea.MouseClickMsg{X: w.width - 1, Y: line, Button: tea.MouseLeft})
	onDouble("a click beside the tabs", true)
}

func TestKeysAndMouseGoToTheScreenInFront(t *testing.T) {
	t.Parallel()
	w, d := openWithDouble(t)
	press(w, "7")
	d.told = nil
	press(w, "j", "z", "pgdown")
	w.Update(tea.MouseClickMsg{X: 3, Y: 9, Button: tea.MouseLeft})
	w.Update(tea.MouseMotionMsg{X: 3, Y: 9, Button: tea.MouseLeft})
	w.Update(tea.MouseReleaseMsg{X: 3, Y: 9})
	w.Update(tea.MouseWheelMsg{X: 3, Y: 9, Button: tea.MouseWheelDown})
	want := []string{"list-down", "list-page-down", "click", "drag", "release", "wheel"}
	if !slices.Equal(d.told, want) {
		t.Errorf("told %q, want %q", d.told, want)
	}
	expect(t, w, "the double ") // Focused
	press(w, "right")
	if w.frame().Edited {
		t.Error("a key of another screen moved a cut")
	}
}

func TestATypingScreenGetsTheKeys(t *testing.T) {
	t.Parallel()
	w, d := openWithDouble(t)
	press(w, "7")
	d.typing, d.told = true, nil
	press(w, "q", "esc", "enter", ":")
	w.Update(tea.PasteMsg{Content: "abc"})
	want := []string{"key q", "key esc", "key enter", "key :", "paste abc"}
	if !slices.Equal(d.told, want) {
		t.Errorf("told %q, want %q", d.told, want)
	}
	if press(w, "ctrl+c"); d.told[len(d.told)-1] != "key esc" {
		t.Errorf("ctrl+c while a screen has the keys: it was told %q", d.told)
	}
	if !quits(press(w, "ctrl+c")) {
		t.Error("ctrl+c twice does not quit while a screen has the keys")
	}
}

func TestPeopleAreListedAndEscComesBack(t *testing.T) {
	t.Parallel()
	w, d := openWithDouble(t)
	w.took(w.front, screen.Outcome{People: &session.PeopleQuery{Title: "Champions"}})
	expect(t, w, "this is the double")
	if d.told[len(d.told)-1] != "list Champions" {
		t.Errorf("told %q", d.told)
	}
	d.inside = true
	press(w, "esc")
	expect(t, w, "this is the double")
	press(w, "esc")
	refuse(t, w, "this is the double")
	press(w, "7", "esc")
	expect(t, w, "this is the double")
}

func TestWorkRunsBesideAndTheNewestCounts(t *testing.T) {
	t.Parallel()
	w, d := openWithDouble(t)
	press(w, "7")
	var first context.Context
	d.next.Work = func(ctx context.Context) any { first = ctx; return "first" }
	one := press(w, "j")
	d.next.Work = func(context.Context) any { return "second" }
	two := press(w, "j")
	d.told = nil
	w.Update(work(one))
	w.Update(work(two))
	if !slices.Equal(d.told, []string{"took second"}) {
		t.Errorf("told %q", d.told)
	}
	if first != nil {
		t.Error("work that was overtaken before it began was done all the same")
	}
	d.next = screen.Outcome{Work: func(context.Context) any { return "third" }}
	cmd := press(w, "j")
	press(w, "1")
	w.Update(work(cmd))
	if !slices.Contains(d.told, "took third") {
		t.Error("a screen behind is not told what its work came to")
	}
}

// What goes on unasked does not end what the person waits for, and is asked for
// again once that has come or was stopped.
func TestQuietWorkWaitsForWhatThePersonWaitsFor(t *testing.T) {
	t.Parallel()
	w, d := openWithDouble(t)
	press(w, "7")
	var waited context.Context
	d.next = screen.Outcome{Busy: "looking for cuts", Work: func(ctx context.Context) any { waited = ctx; return "cuts" }}
	asked := press(w, "j")
	expect(t, w, "looking for cuts …  Esc stops")
	d.next = screen.Outcome{Work: func(context.Context) any { return "quiet" }}
	press(w, "j")
	d.told = nil
	w.Update(work(asked))
	if !slices.Equal(d.told, []string{"took cuts", "show"}) || waited == nil {
		t.Errorf("told %q", d.told)
	}
	d.next = screen.Outcome{Busy: "looking for cuts", Work: func(context.Context) any { return "cuts" }}
	press(w, "j")
	d.told = nil
	press(w, "esc")
	expect(t, w, "stopped looking for cuts")
	if !slices.Equal(d.told, []string{"show"}) {
		t.Errorf("after Esc told %q", d.told)
	}
}

func TestLeavingWaitsForWorkToCleanUp(t *testing.T) {
	t.Parallel()
	w, d := openWithDouble(t)
	ctx, leave := context.WithCancel(t.Context())
	w.ctx = ctx
	press(w, "7")
	started, cleaned := make(chan struct{}), false
	d.next.Work = func(ctx context.Context) any {
		close(started)
		<-ctx.Done()
		cleaned = true
		return "stopped"
	}
	cmd := press(w, "j")
	go work(cmd)
	<-started
	leave()
	if err := w.close(); err != nil || !cleaned {
		t.Errorf("closed before the work had cleaned up: %v", err)
	}
}

// work runs the command of a screen's work, out of the batch it is in.
func work(cmd tea.Cmd) tea.Msg {
	msg := cmd()
	if batch, ok := msg.(tea.BatchMsg); ok {
		return work(batch[0])
	}
	return msg
}

func TestScreensAskAndGiveToRead(t *testing.T) {
	t.Parallel()
	w, d := openWithDouble(t)
	press(w, "7")
	d.next.Ask = &screen.Question{Text: "which file", Value: "a.csv", Answer: func(text string) screen.Outcome {
		if text == "a.csv" {
			return screen.Outcome{Err: model.Errorf(model.Exists, "a.csv already exists")}
		}
		return screen.Outcome{Note: "written to " + text}
	}}
	press(w, "j")
	expect(t, w, "which file: a.csv")
	press(w, "enter")
	expect(t, w, "a.csv already exists")
	press(w, "2", "enter")
	expect(t, w, "written to a.csv2")
	d.next.Read = &screen.Text{Title: "What this is", Paragraphs: []string{"one", "two"}}
	press(w, "i")
	expect(t, w, "What this is", "two")
}

func TestCopyGoesToTheClipboard(t *testing.T) {
	t.Parallel()
	w, _ := open(t, Options{}, shop, 120, 36)
	copied := func(keys ...string) string {
		o := w.front.screen.Do(action.Copy)
		press(w, keys...)
		return o.Copy
	}
	table := copied("y")
	expect(t, w, "copied the table of tiers and segments")
	if lines := strings.Split(strings.TrimSpace(table), "\n"); len(lines) != 14 || lines[2] != "high\tChampions\t911\t911\t3644\t5690000.00\t5690000.00\t819\treturns ignored, zero values dropped" {
		t.Errorf("copied %d lines\n%s", len(lines), table)
	}
	press(w, "tab", "down")
	row := copied("y")
	expect(t, w, "copied the row Champions")
	if strings.Count(row, "\n") != 2 || !strings.Contains(row, "Champions") {
		t.Errorf("copied %q", row)
	}
}

// Leaving waits for what has begun, and what has not begun by then never does.
func TestLeavingWaitsForWhatHasBegun(t *testing.T) {
	t.Parallel()
	w, _ := openWithDouble(t)
	ctx, cancel := context.WithCancel(t.Context())
	w.ctx = ctx
	begun, ran := make(chan struct{}), 0
	first := w.work(w.tabs[0], func(ctx context.Context) any {
		close(begun)
		<-ctx.Done()
		ran++
		return ""
	}, "")
	late := w.work(w.tabs[1], func(context.Context) any { ran++; return "" }, "")
	go first()
	<-begun
	cancel()
	if err := w.close(); err != nil {
		t.Fatal(err)
	}
	if msg := late(); msg != nil || ran != 1 {
		t.Errorf("%v, %d works ran", msg, ran)
	}
}
