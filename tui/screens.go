package tui

import (
	"context"
	"iter"
	"slices"

	tea "charm.land/bubbletea/v2"

	"strata/model"
	"strata/model/catalogue"
	"strata/tui/action"
	"strata/tui/screen"
	"strata/tui/screen/customers"
	"strata/tui/screen/data"
	"strata/tui/screen/mapeditor"
	"strata/tui/screen/matrix"
	"strata/tui/screen/migration"
	"strata/tui/screen/page"
	"strata/tui/screen/scenarios"
	"strata/tui/screen/sidebyside"
	"strata/tui/screen/tiers"
	"strata/tui/session"
	"strata/tui/session/question"
	"strata/tui/theme"
)

// Bench is the open workspace: what the screens need of it, each in an
// interface of its own, and what the root does to it. [session.Bench] is one.
type Bench interface {
	tiers.Bench
	mapeditor.Bench
	migration.Bench
	scenarios.Bench
	sidebyside.Bench
	customers.Bench
	data.Bench
	page.Bench

	UndoAhead() func(context.Context) (*session.Ahead, error)
	RedoAhead() func(context.Context) (*session.Ahead, error)
	SchemeAhead(scheme model.Scheme) func(context.Context) (*session.Ahead, error)
	Await(a *session.Ahead) bool
	Undo() (label string, ok bool, err error)
	Redo() (label string, ok bool, err error)
	SwapBaseline() (session.Swapped, error)
	Use(scheme model.Scheme) (told string, err error)
	Columns(ctx context.Context) (*session.Columns, error)
	CountAhead(spec model.Spec) func(context.Context) (*session.Ahead, error)
	Count(spec model.Spec) (told model.Edit, err error)
	SaveScenario(name, note string, estimate bool) error
	UseProposal(p *session.Proposal) error
	SaveProposal(name string, p *session.Proposal) error

	Rest()
	Unprepared() bool
	Settle() func(context.Context) session.Settled
	Adopt(session.Settled) bool
	StoreError() error
	Work() session.Work
	WriteScheme(path string) error
	Close() error
}

// tab is a screen of the workbench and the work it has under way.
type tab struct {
	place  action.Place
	screen screen.Screen
	keys   action.Keymap
	label  string // of the tab, and the same in as few cells as possible
	short  string
	open   func(b Bench, currency string) // gives the screen the workspace once it is loaded
	works  int                            // started so far, so that an earlier one's result can be told
	cancel context.CancelFunc             // stops the one under way
	busy   string                         // what that does, where the person is told
}

// newTabs makes every screen there is, in the order of the tabs: a new screen
// is one entry here.
func newTabs(currency string, th *theme.Theme) []*tab {
	t, m := tiers.New(currency, th), matrix.New(currency, th)
	p, g := mapeditor.New(currency, th), migration.New(currency, th)
	k, y := scenarios.New(currency, th), sidebyside.New(currency, th)
	tabs := []*tab{
		newTab(action.Tiers, t, func(b Bench, currency string) { t.Open(b, currency) }),
		newTab(action.Matrix, m, func(_ Bench, currency string) { m.SetCurrency(currency) }),
		newTab(action.MapEditor, p, func(b Bench, currency string) { p.Open(b, currency) }),
		newTab(action.Migration, g, func(b Bench, currency string) { g.Open(b, currency) }),
		newTab(action.Scenarios, k, func(b Bench, currency string) { k.Open(b, currency) }),
		newTab(action.SideBySide, y, func(b Bench, currency string) { y.Open(b, currency) }),
	}
	for place, q := range asked() {
		a := page.New(q, currency, th)
		tabs = append(tabs, newTab(place, a, func(b Bench, currency string) { a.Open(b, currency) }))
	}
	c, d := customers.New(currency, th), data.New(th)
	return append(tabs,
		newTab(action.Customers, c, func(b Bench, currency string) { c.Open(b, currency) }),
		newTab(action.Data, d, func(b Bench, currency string) { d.Open(b, currency) }),
	)
}

// asked are the pages that show the answers to questions, in the order of their places.
func asked() iter.Seq2[action.Place, *question.Question] {
	return func(yield func(action.Place, *question.Question) bool) {
		places := slices.DeleteFunc(action.Places(), func(p action.Place) bool { return p&action.Asked == 0 })
		for i, q := range question.All() {
			if !yield(places[i], q) {
				return
			}
		}
	}
}

func newTab(p action.Place, s screen.Screen, open func(Bench, string)) *tab {
	digit := " " + p.Digit() + " "
	return &tab{place: p, screen: s, keys: action.NewKeymap(p), label: digit + p.String() + " ", short: digit, open: open}
}

// frame is the answer on the screens: the bench's, or the one drawn before
// there is a bench. It is nil before there is either.
func (w *workbench) frame() *session.Frame {
	if w.bench != nil {
		return w.bench.Frame()
	}
	return w.preview
}

// goTo brings a screen to the front; nothing happens if there is no such screen.
func (w *workbench) goTo(p action.Place) tea.Cmd {
	i := slices.IndexFunc(w.tabs, func(t *tab) bool { return t.place == p })
	if i < 0 {
		return nil
	}
	w.from = nil
	return w.bring(w.tabs[i])
}

// goAlong brings the first page of the n-th screen after the one in front to the
// front; the last is followed by the first.
func (w *workbench) goAlong(n int) tea.Cmd {
	firsts := w.firstPages()
	i := slices.IndexFunc(firsts, func(t *tab) bool { return t.place == w.front.place.First() })
	return w.goTo(firsts[(i+n+len(firsts))%len(firsts)].place)
}

// firstPages returns the tabs that are drawn: one for each digit.
func (w *workbench) firstPages() []*tab {
	return slices.DeleteFunc(slices.Clone(w.tabs), func(t *tab) bool { return t.place != t.place.First() })
}

// turn brings the n-th page after the one in front to the front, where the
// screen's pages are screens of their own; others turn their pages themselves.
func (w *workbench) turn(n int, id action.ID) tea.Cmd {
	pages := slices.DeleteFunc(slices.Clone(w.tabs), func(t *tab) bool { return t.place.First() != w.front.place.First() })
	if len(pages) == 1 {
		return w.took(w.front, w.front.screen.Do(id))
	}
	i := slices.Index(pages, w.front)
	return w.goTo(pages[(i+n+len(pages))%len(pages)].place)
}

func (w *workbench) bring(t *tab) tea.Cmd {
	w.front.screen.Release()
	w.front = t
	w.looked = w.looked || t.place == action.Data
	return w.show()
}

// show gives the screen in front the answer as it is now.
func (w *workbench) show() tea.Cmd {
	if f := w.frame(); f != nil {
		return w.took(w.front, w.front.screen.Show(f))
	}
	return nil
}

// took does what came of something done to a screen.
func (w *workbench) took(t *tab, o screen.Outcome) tea.Cmd {
	var cmds []tea.Cmd
	if o.Edited || o.Lasting != "" {
		w.lasting = o.Lasting
	}
	if o.Edited {
		cmds = append(cmds, w.edited(), w.show())
	}
	switch {
	case o.Err != nil:
		cmds = append(cmds, w.say(trouble, o.Err.Error()))
	case o.Note != "":
		cmds = append(cmds, w.say(note, o.Note))
	}
	// Quiet work never ends what the person waits for; it is asked for again after.
	if o.Work != nil && (o.Busy != "" || t.busy == "") {
		cmds = append(cmds, w.work(t, o.Work, o.Busy))
	}
	if o.Ahead != nil {
		cmds = append(cmds, w.measureAhead(t, *o.Ahead))
	}
	if o.Copy != "" {
		cmds = append(cmds, toClipboard(o.Copy))
	}
	if o.Ask != nil {
		q := o.Ask
		w.ask(q.Text, q.Value, q.Now, func(text string) (tea.Cmd, error) {
			o := q.Answer(text)
			if o.Err != nil {
				return nil, o.Err
			}
			return w.took(t, o), nil
		})
		w.prompt.needed, w.prompt.understood = q.Needed, q.Understood
	}
	if o.Read != nil {
		w.dialog = w.text(o.Read.Title, o.Read.Paragraphs)
	}
	if o.Propose != nil {
		w.proposed = &proposed{proposal: o.Propose}
	}
	if o.Choose != nil {
		w.choose(t, o.Choose)
	}
	if o.Go != 0 {
		cmds = append(cmds, w.goTo(o.Go))
	}
	if o.People != nil {
		cmds = append(cmds, w.people(t, *o.People))
	}
	return tea.Batch(cmds...)
}

// toClipboard copies a text: a terminal that it is pasted into is not controlled by it.
func toClipboard(text string) tea.Cmd { return tea.SetClipboard(model.Harmless(text)) }

// people shows the people behind something on a screen; Esc comes back to it.
func (w *workbench) people(from *tab, q session.PeopleQuery) tea.Cmd {
	for _, t := range w.tabs {
		if lister, ok := t.screen.(screen.Lister); ok {
			cmd := w.bring(t)
			if from != t {
				w.from = from
			}
			return tea.Batch(cmd, w.took(t, lister.List(q)))
		}
	}
	return w.say(note, catalogue.T("there is no screen that lists customers"))
}

// workedMsg is what the work of a screen came to.
type workedMsg struct {
	tab    *tab
	number int
	result any
}

// work runs what takes too long for the path of the keys; it cancels what the
// screen started before.
func (w *workbench) work(t *tab, work func(context.Context) any, busy string) tea.Cmd {
	if t.cancel != nil {
		t.cancel()
	}
	ctx, cancel := context.WithCancel(w.ctx)
	t.cancel, t.busy = cancel, busy
	if busy != "" {
		w.message = message{} // what goes on stands in its place
	}
	t.works++
	number := t.works
	// Leaving waits for it from now on, unless it has not begun by then.
	w.working.Add(1)
	unbegun := context.AfterFunc(ctx, w.working.Done)
	return func() tea.Msg {
		if !unbegun() {
			return nil
		}
		defer w.working.Done()
		return workedMsg{t, number, work(ctx)}
	}
}

// worked hands the result of the work started last to its screen.
func (w *workbench) worked(msg workedMsg) tea.Cmd {
	t := msg.tab
	if msg.number != t.works {
		w.stale = false
		return nil
	}
	t.cancel()
	waited := t.busy != ""
	t.cancel, t.busy = nil, ""
	var cmd tea.Cmd
	if m, ok := msg.result.(measuredAhead); ok {
		cmd = w.step(t, m)
	} else {
		cmd = w.took(t, t.screen.Took(msg.result))
	}
	if waited && t.busy == "" {
		cmd = tea.Batch(cmd, w.show())
	}
	return cmd
}

// busy returns the tab whose work the person has been told of; nil without any.
func (w *workbench) busy() *tab {
	for _, t := range w.tabs {
		if t.busy != "" {
			return t
		}
	}
	return nil
}

// stop ends the work of a tab; what it would have come to is dropped.
func (w *workbench) stop(t *tab) tea.Cmd {
	t.cancel()
	t.works++
	told := catalogue.T("stopped {task}", "task", t.busy)
	t.cancel, t.busy = nil, ""
	return tea.Batch(w.say(note, told), w.show())
}
