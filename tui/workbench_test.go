package tui

import (
	"context"
	"strings"
	"testing"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"strata/importer"
	"strata/model"
	"strata/tui/screen/tiers/tierstest"
	"strata/tui/session"
)

// instant returns a load that is done at once.
func instant(loaded Loaded, err error) Load {
	return func(context.Context, func(model.Progress)) (Loaded, error) { return loaded, err }
}

// open returns a workbench of a size with an open bench.
func open(tb testing.TB, o Options, info model.Info, width, height int) (*workbench, *tierstest.Bench) {
	tb.Helper()
	bench := tierstest.New()
	if o.Load == nil {
		o.Load = instant(Loaded{Bench: bench, Info: info}, nil)
	}
	w := newWorkbench(tb.Context(), o)
	w.Init()
	w.Update(tea.WindowSizeMsg{Width: width, Height: height})
	finishLoading(w)
	return w, bench
}

// finishLoading delivers the message that a finished load sends.
func finishLoading(w *workbench) {
	<-w.load.done
	w.Update(loadedMsg{w.load})
}

var shop = model.Info{Path: "shop.strata", Currency: "GBP"}

var named = map[string]tea.KeyPressMsg{
	"up": {Code: tea.KeyUp}, "down": {Code: tea.KeyDown}, "left": {Code: tea.KeyLeft}, "right": {Code: tea.KeyRight},
	"pgup": {Code: tea.KeyPgUp}, "pgdown": {Code: tea.KeyPgDown}, "enter": {Code: tea.KeyEnter}, "esc": {Code: tea.KeyEscape},
	"tab": {Code: tea.KeyTab}, "shift+tab": {Code: tea.KeyTab, Mod: tea.ModShift}, "backspace": {Code: tea.KeyBackspace},
	"shift+left": {Code: tea.KeyLeft, Mod: tea.ModShift}, "shift+right": {Code: tea.KeyRight, Mod: tea.ModShift},
	"shift+up": {Code: tea.KeyUp, Mod: tea.ModShift}, "shift+down": {Code: tea.KeyDown, Mod: tea.ModShift},
	"space": {Code: tea.KeySpace, Text: " "},
	"home":  {Code: tea.KeyHome}, "end": {Code: tea.KeyEnd},
	"ctrl+r": {Code: 'r', Mod: tea.ModCtrl}, "ctrl+c": {Code: 'c', Mod: tea.ModCtrl}, "ctrl+p": {Code: 'p', Mod: tea.ModCtrl},
}

// press sends keys by name; other words are typed letter by letter. It returns
// the command of the last.
func press(w *workbench, keys ...string) (cmd tea.Cmd) {
	for _, key := range keys {
		if msg, ok := named[key]; ok {
			_, cmd = w.Update(msg)
			continue
		}
		for _, r := range key {
			_, cmd = w.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
		}
	}
	return cmd
}

// pressAndRead sends keys as press does, and does at once the work that screens
// ask for.
func pressAndRead(w *workbench, keys ...string) {
	for _, key := range keys {
		finish(w, press(w, key))
	}
}

// finish runs the work in a command, and what that leads to.
func finish(w *workbench, cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case tea.BatchMsg:
		for _, c := range msg {
			finish(w, c)
		}
	case workedMsg:
		_, next := w.Update(msg)
		finish(w, next)
	}
}

// shown returns the screen's lines without styles.
func shown(w *workbench) []string {
	return strings.Split(ansi.Strip(w.View().Content), "\n")
}

// expect fails unless the screen shows every text.
func expect(t *testing.T, w *workbench, texts ...string) {
	t.Helper()
	screen := strings.Join(shown(w), "\n")
	for _, text := range texts {
		if !strings.Contains(screen, text) {
			t.Errorf("%q is not on the screen:\n%s", text, screen)
		}
	}
}

// refuse fails if the screen shows one of the texts.
func refuse(t *testing.T, w *workbench, texts ...string) {
	t.Helper()
	screen := strings.Join(shown(w), "\n")
	for _, text := range texts {
		if strings.Contains(screen, text) {
			t.Errorf("%q is on the screen:\n%s", text, screen)
		}
	}
}

func quits(cmd tea.Cmd) bool {
	if cmd == nil {
		return false
	}
	_, ok := cmd().(tea.QuitMsg)
	return ok
}

// checkFit fails unless the view is exactly as large as the terminal and holds
// nothing but printable text and style sequences.
func checkFit(t rapid.TB, w *workbench, what string) {
	t.Helper()
	v := w.View()
	if w.width <= 0 || w.height <= 0 {
		if v.Content != "" {
			t.Fatalf("%s at %d×%d draws %q", what, w.width, w.height, v.Content)
		}
		return
	}
	lines := strings.Split(v.Content, "\n")
	if len(lines) != w.height {
		t.Fatalf("%s at %d×%d has %d lines", what, w.width, w.height, len(lines))
	}
	for i, line := range lines {
		if got := ansi.StringWidth(line); got != w.width {
			t.Fatalf("%s at %d×%d: line %d takes %d cells: %q", what, w.width, w.height, i, got, line)
		}
		if bad := firstControl(line); bad != "" {
			t.Fatalf("%s at %d×%d: line %d holds %q: %q", what, w.width, w.height, i, bad, line)
		}
	}
	if c := v.Cursor; c != nil && (c.X < 0 || c.X >= w.width || c.Y < 0 || c.Y >= w.height) {
		t.Fatalf("%s at %d×%d: the cursor is at %d, %d", what, w.width, w.height, c.X, c.Y)
	}
}

// firstControl returns the first control character of a line that does not
// belong to a style sequence.
func firstControl(line string) string {
	for i := 0; i < len(line); {
		if line[i] == '\x1b' {
			end := strings.IndexByte(line[i:], 'm')
			if end < 2 || line[i+1] != '[' || strings.Trim(line[i+2:i+end], "0123456789;") != "" {
				return line[i:min(i+8, len(line))]
			}
			i += end + 1
			continue
		}
		r, size := utf8.DecodeRuneInString(line[i:])
		if r < ' ' || r >= 0x7f && r < 0xa0 || r == utf8.RuneError && size == 1 {
			return string(r)
		}
		i += size
	}
	return ""
}

// evil is a text that tries to break the screen.
const evil = "\x1b]0;owned\a\x1b[2J\r\n\u202e\u009b31m"

// hostileBench returns a bench of its own whose every text tries that.
func hostileBench() *tierstest.Bench {
	bench := tierstest.New()
	f := bench.Frame()
	f.Title, f.Baseline = "更严格的新近度"+evil, "十分法"+evil
	for i := range f.Segments {
		f.Segments[i].Label = "重要价值客户群组" + evil
	}
	f.Warnings[0].Message = "警告" + evil
	return bench
}

// hostile is a workspace of that kind; each load has a bench of its own.
func hostile() (Options, model.Info) {
	info := model.Info{Path: "shop.strata", Currency: "GBP", ReadOnly: true, Writer: "pid 12" + evil}
	name := "the quarterly orders of all our shops and their online branch" + evil
	load := func(context.Context, func(model.Progress)) (Loaded, error) {
		sources := []model.Source{{Path: "季度订单" + evil, Rows: 3, Accepted: 1, Rejected: 2, RefusedValue: 7, RefusedValued: 1, Duplicates: 1, Warnings: []model.Warning{{Message: "警告" + evil}}}}
		account := &session.Account{Sources: sources, Plans: []*importer.Plan{{}}, Warnings: sources[0].Warnings}
		return Loaded{Bench: hostileBench(), Info: info, Note: "客户=" + evil, Sources: sources, Account: account}, nil
	}
	return Options{Workspace: name, Load: load}, info
}

func TestEverySizeIsFilledExactly(t *testing.T) {
	t.Parallel()
	var widths, heights []int
	for n := 0; n <= 240; n++ {
		if n <= 3 || n >= 58 && n <= 84 || n%17 == 0 || n == 120 || n == 240 {
			widths = append(widths, n)
		}
	}
	for n := 0; n <= 70; n++ {
		if n <= 4 || n >= 14 && n <= 30 || n%10 == 0 {
			heights = append(heights, n)
		}
	}
	options, info := hostile()
	states := map[string]func() *workbench{
		"open": func() *workbench { w, _ := open(t, options, info, 80, 24); return w },
		"moved": func() *workbench {
			w, _ := open(t, options, info, 80, 24)
			press(w, "down", "right", "tab", "down")
			return w
		},
		"value": func() *workbench {
			w, _ := open(t, options, info, 80, 24)
			press(w, "pgdown", "pgdown", "pgdown")
			return w
		},
		"help":    func() *workbench { w, _ := open(t, options, info, 80, 24); press(w, "?", "down"); return w },
		"explain": func() *workbench { w, _ := open(t, options, info, 80, 24); press(w, "tab", "i"); return w },
		"customers": func() *workbench {
			w, _ := open(t, options, info, 80, 24)
			pressAndRead(w, "7", "down", "/", "a")
			return w
		},
		"profile": func() *workbench {
			w, _ := open(t, options, info, 80, 24)
			pressAndRead(w, "7", "down", "enter")
			return w
		},
		"matrix":       func() *workbench { w, _ := open(t, options, info, 80, 24); press(w, "2", "v", "down"); return w },
		"data":         func() *workbench { w, _ := open(t, options, info, 80, 24); pressAndRead(w, "9", "down"); return w },
		"data-rejects": func() *workbench { w, _ := open(t, options, info, 80, 24); pressAndRead(w, "9", "]", "down"); return w },
		"data-rows": func() *workbench {
			w, _ := open(t, options, info, 80, 24)
			pressAndRead(w, "9", "]", "tab", "end", "enter")
			return w
		},
		"data-unread": func() *workbench { w, _ := open(t, options, info, 80, 24); press(w, "9"); return w },
		"data-help":   func() *workbench { w, _ := open(t, options, info, 80, 24); press(w, "9", "?"); return w },
		"palette":     func() *workbench { w, _ := open(t, options, info, 80, 24); press(w, ":", "cut", "down"); return w },
		"messages":    func() *workbench { w, _ := open(t, options, info, 80, 24); press(w, "u", "e"); return w },
		"warning":     func() *workbench { w, _ := open(t, options, info, 80, 24); press(w, "w"); return w },
		"prompt":      func() *workbench { w, _ := open(t, options, info, 80, 24); press(w, "enter", "1x", "enter"); return w },
		"loading": func() *workbench {
			o := options
			o.Load = func(ctx context.Context, report func(model.Progress)) (Loaded, error) {
				report(model.Progress{Stage: "reading\x1b[2J", Done: 3, Total: 10, Rows: 1_234_567})
				<-ctx.Done()
				return Loaded{}, ctx.Err()
			}
			w := newWorkbench(t.Context(), o)
			w.Init()
			return w
		},
		"failed": func() *workbench {
			o := options
			o.Load = instant(Loaded{}, model.Errorf(model.Invalid, "orders\x1b[2J.csv:14:3: {value:q} is no date", "value", strings.Repeat("9", 200)).WithHint("try\a"))
			w, _ := open(t, o, info, 80, 24)
			return w
		},
		"welcome": func() *workbench {
			w := newWorkbench(t.Context(), Options{Demo: instant(Loaded{}, nil), Recent: recent("/a/\x1b[2J.strata", "/b/c.strata")})
			w.Init()
			return w
		},
		"preview": func() *workbench {
			o := options
			o.Preview = hostileBench().Frame()
			w := newWorkbench(t.Context(), o)
			w.Init()
			return w
		},
	}
	for what, start := range states {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			w := start()
			checkFit(t, w, what) // before any size is known, or at 80×24
			for _, width := range widths {
				for _, height := range heights {
					w.Update(tea.WindowSizeMsg{Width: width, Height: height})
					checkFit(t, w, what)
				}
			}
		})
	}
}

func TestTooSmallNamesBothSizes(t *testing.T) {
	t.Parallel()
	w, _ := open(t, Options{}, shop, 20, 5)
	expect(t, w, "needs 60×16", "here: 20×5", "[q] quits")
	press(w, "right", "?", "enter")
	if w.prompt != nil || w.dialog != nil {
		t.Error("keys act on a screen that is not shown")
	}
	if !quits(press(w, "q")) {
		t.Error("q does not quit")
	}
}

func TestThemeFollowsTheTerminal(t *testing.T) {
	t.Parallel()
	w, _ := open(t, Options{}, shop, 80, 24)
	dark := w.View().Content
	w.Update(tea.BackgroundColorMsg{Color: ansi.BrightWhite})
	light := w.View().Content
	w.Update(tea.ColorProfileMsg{Profile: colorprofile.ANSI})
	sixteen := w.View().Content
	w.Update(tea.ColorProfileMsg{Profile: colorprofile.Ascii})
	none := w.View().Content
	if dark == light || light == sixteen || sixteen == none {
		t.Error("a message about the terminal's colours changes nothing")
	}
	if strings.Contains(sixteen, "38;2;") || strings.Contains(none, "\x1b[3") {
		t.Error("colours are used that the terminal has not")
	}
	fixed, _ := open(t, Options{Ground: Light}, shop, 80, 24)
	before := fixed.View().Content
	fixed.Update(tea.BackgroundColorMsg{Color: ansi.Black})
	if fixed.View().Content != before {
		t.Error("a ground that was given is asked for all the same")
	}
}

func BenchmarkView(b *testing.B) {
	w, _ := open(b, Options{}, shop, 120, 40)
	press(w, "down")
	right := true
	b.ReportAllocs()
	for b.Loop() {
		// A step there and a step back: the measure, the table and the band change.
		if right {
			press(w, "right")
		} else {
			press(w, "left")
		}
		right = !right
		_ = w.View()
	}
}

func BenchmarkViewFull(b *testing.B) {
	w, _ := open(b, Options{}, shop, 120, 40)
	b.ReportAllocs()
	light := false
	for b.Loop() {
		// A change of theme draws everything anew.
		light = !light
		w.setTheme(light, w.colors)
		w.stale = true
		_ = w.View()
	}
}

// A step of a cut makes what it shows, and not anew what never changes: no table of
// keys, no sentence that nobody reads.
func TestAStepMakesWhatItShows(t *testing.T) { //nolint:paralleltest // allocations are counted
	w, _ := open(t, Options{}, shop, 120, 40)
	press(w, "down")
	const most = 1_650 // 1,592 before there was a catalogue
	if n := testing.AllocsPerRun(50, func() {
		press(w, "right")
		_ = w.View()
		press(w, "left")
		_ = w.View()
	}) / 2; n > most {
		t.Errorf("a step takes %.0f allocations, more than %d", n, most)
	}
}
