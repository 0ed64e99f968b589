// Package welcome is the screen without a workspace: three ways in.
package welcome

import (
	"strconv"
	"strings"

	"strata/model/catalogue"
	"strata/tui/component/cells"
	"strata/tui/theme"
)

// Recent is a workspace opened before.
type Recent struct {
	Path string
	Note string // a few words: "4,338 customers, 2 days ago"
}

// shown is how many recent workspaces have a digit.
const shown = 9

// Screen lists the ways in.
type Screen struct {
	recent []Recent
	demo   bool
	row    int
}

// New makes the screen.
func New(recent []Recent, demo bool) *Screen {
	return &Screen{recent: recent[:min(len(recent), shown)], demo: demo}
}

// Walk moves the mark among the recent workspaces.
func (s *Screen) Walk(n int) { s.row = max(min(s.row+n, len(s.recent)-1), 0) }

// Chosen returns the marked workspace, or with a digit that one.
func (s *Screen) Chosen(key string) (path string, ok bool) {
	row := s.row
	if n, err := strconv.Atoi(key); err == nil {
		row = n - 1
	}
	if row < 0 || row >= len(s.recent) {
		return "", false
	}
	return s.recent[row].Path, true
}

// command writes what to type in a shell.
func command(words ...string) string { return "strata " + strings.Join(words, " ") }

// Lines draws the screen.
func (s *Screen) Lines(th *theme.Theme, width, height int) []string {
	const margin = 4
	lines := cells.Blank(width, min(2, height/4))
	add := func() *cells.Line { return cells.NewLine(width).Skip(margin) }
	put := func(l *cells.Line) { lines = append(lines, l.String()) }
	section := func(title string) {
		put(add())
		put(add().Put(th.Strong, title))
		put(add())
	}
	put(add().Put(th.AccentStrong, catalogue.T("Draw the lines between your customers, and see what changes.")))
	if len(s.recent) > 0 {
		section(catalogue.T("Open again"))
		for i, r := range s.recent {
			style, mark := th.Text, "  "
			if i == s.row {
				style, mark = th.Selected, "▸ "
			}
			put(add().Put(th.Accent, mark).Put(th.Accent, strconv.Itoa(i+1)).Skip(2).
				Put(style, r.Path).Skip(2).Put(th.Dim, r.Note))
		}
	}
	section(catalogue.T("Start with your orders"))
	put(add().Skip(2).Put(th.Accent, command("orders.csv")).Skip(3).Put(th.Dim, catalogue.T("a quick look: nothing is saved unless you say so")))
	put(add().Skip(2).Put(th.Accent, command("import", "shop.strata", "orders.csv")).Skip(3).Put(th.Dim, catalogue.T("a workspace of your own")))
	if s.demo {
		section(catalogue.T("Look around first"))
		put(add().Skip(2).Put(th.Accent, "d").Skip(3).Put(th.Dim, catalogue.T("a made-up shop")))
	}
	if len(lines) > height {
		return lines[:max(height, 0)]
	}
	return append(lines, cells.Blank(width, height-len(lines))...)
}
