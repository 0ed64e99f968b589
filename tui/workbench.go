package tui

import (
	"context"
	"path/filepath"
	"strings"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"strata/model"
	"strata/tui/action"
	"strata/tui/component/cells"
	"strata/tui/component/dialog"
	"strata/tui/screen/welcome"
	"strata/tui/session"
	"strata/tui/theme"
)

// stage is what the workbench is doing.
type stage int

const (
	welcoming stage = iota // no workspace chosen
	loading                // nothing to draw yet
	working                // a frame is on the screen, perhaps only the stored one
	failed                 // loading ended in an error
)

// workbench is the root model. It owns what lies around a screen: header, tabs,
// status line, dialogs and prompts, and the workspace's life from loading to
// closing. All its fields belong to the goroutine of Update.
type workbench struct {
	ctx     context.Context
	options Options
	name    string // of the workspace, as shown

	stage   stage
	load    *load
	waiting []tea.KeyPressMsg // keys for when the workspace is open, in order
	bench   Bench
	info    model.Info
	live    live
	lasting string         // what was changed last and undo does not affect, "" where that is an edit
	preview *session.Frame // drawn until there is a bench
	welcome *welcome.Screen
	tabs    []*tab
	front   *tab
	working sync.WaitGroup // for what screens have under way
	from    *tab           // where Esc goes back to from the people asked for, or nil
	err     error          // what Run returns

	rows        session.Rows     // what became of the rows of all files
	told        []session.Notice // of the imports of all files
	account     *session.Account // of the import that made or opened this, or nil
	strip       bool             // the account stands below the screen in front
	stripHeight int              // of the account, borders included; 0 without one
	looked      bool             // the refused rows were looked at

	prompt   *prompt
	palette  *palette
	dialog   *dialog.Dialog
	proposed *proposed
	leaving  *leaving // asks before work is lost; lies over everything
	message  message
	messages int       // said so far
	again    int       // the message that says what Ctrl+C again does, 0 where it does not
	said     []message // the last of them
	now      func() time.Time

	keeping   bool   // a temporary workspace is being kept
	leaveKept bool   // then leave
	wrote     string // the file that the scheme was written to on leaving
	goodbye   string // what Run says at the end

	dark          bool
	colors        theme.Colors
	theme         *theme.Theme
	width, height int

	content string // the last view, kept until something changes
	stale   bool
}

func newWorkbench(ctx context.Context, o Options) *workbench {
	w := &workbench{
		ctx: ctx, options: o, name: cells.Clean(o.Workspace),
		now: time.Now, dark: o.Ground != Light, stale: true,
	}
	w.theme = theme.New(w.dark, w.colors)
	w.welcome = welcome.New(o.Recent, o.Demo != nil)
	w.tabs = newTabs(o.Currency, w.theme)
	w.front = w.tabs[0]
	return w
}

// Init asks for the colour of the ground and begins to load.
func (w *workbench) Init() tea.Cmd {
	var cmds []tea.Cmd
	if w.options.Ground == AskTerminal {
		cmds = append(cmds, tea.RequestBackgroundColor)
	}
	if w.options.Load != nil {
		cmds = append(cmds, w.startLoading(w.options.Load))
	}
	if f := w.options.Preview; f != nil {
		stored := *f
		stored.Stored = true
		w.preview, w.stage = &stored, working
		cmds = append(cmds, w.show())
	}
	return tea.Batch(cmds...)
}

// Update decides what a message changes.
func (w *workbench) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	w.stale = true
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		w.resize(msg.Width, msg.Height)
	case tea.ColorProfileMsg:
		w.setTheme(w.dark, theme.ColorsOf(msg.Profile))
	case tea.BackgroundColorMsg:
		if w.options.Ground == AskTerminal {
			w.setTheme(msg.IsDark(), w.colors)
		}
	case tea.KeyPressMsg:
		return w, w.press(msg)
	case tea.PasteMsg:
		return w, w.paste(msg)
	case tea.MouseMsg:
		return w, w.mouse(msg)
	case progressMsg:
		return w, w.watch(msg.load)
	case loadedMsg:
		return w, w.loaded(msg)
	case savedMsg:
		return w, w.saved(msg)
	case settleMsg:
		return w, w.settle(msg)
	case settledMsg:
		return w, w.settled(msg)
	case workedMsg:
		return w, w.worked(msg)
	case restMsg:
		return w, w.rest(msg)
	case expireMsg:
		w.expire(msg)
	default:
		w.stale = false
	}
	return w, nil
}

func (w *workbench) resize(width, height int) {
	w.width, w.height = width, height
	if w.palette != nil {
		w.palette.fit(height)
	}
	w.fit()
}

// fit gives every screen its room: the one in front what the account leaves.
func (w *workbench) fit() {
	body := max(w.height-chromeHeight, 0)
	for _, t := range w.tabs {
		t.screen.SetSize(w.width, body)
	}
	if w.stripHeight = 0; w.strip && w.stage == working && body > 0 {
		w.stripHeight = w.accountHeight(body)
		w.front.screen.SetSize(w.width, body-w.stripHeight)
	}
}

func (w *workbench) setTheme(dark bool, colors theme.Colors) {
	if dark == w.dark && colors == w.colors {
		return
	}
	w.dark, w.colors = dark, colors
	w.theme = theme.New(dark, colors)
	for _, t := range w.tabs {
		t.screen.SetTheme(w.theme)
	}
	if w.dialog != nil {
		w.dialog = nil // drawn in the old colours
	}
}

// state is what the availability of actions depends on.
func (w *workbench) state() action.State {
	return action.State{Open: w.bench != nil}
}

// quit leaves. Work still under way is told to stop; Run waits for it.
func (w *workbench) quit() tea.Cmd {
	if w.load != nil {
		w.load.cancel()
		if w.stage == loading {
			w.err = model.Errorf(model.Cancelled, "stopped before {name} was read", "name", w.name)
		}
	}
	w.goodbye = w.farewell()
	return tea.Quit
}

// fileName is the workspace's name on the screen.
func fileName(path string) string {
	return cells.Clean(filepath.Base(path))
}

// keepAs proposes the file name under which to keep a temporary workspace.
func keepAs(name string) string {
	name = strings.TrimSuffix(name, ".gz")
	return strings.TrimSuffix(name, filepath.Ext(name)) + ".strata"
}
