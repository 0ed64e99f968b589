package matrix

import (
	"fmt"
	"strings"

	"strata/model/catalogue"
	"strata/tui/component/cells"
	"strata/tui/component/figure"
	"strata/tui/component/heatmap"
	"strata/tui/component/pane"
	"strata/tui/session"
)

// layout is where the matrix and the cell's pane lie: side by side, or one
// below the other where the figures would be cut.
type layout struct {
	beside     bool
	pane, cell pane.Pane
	heat       *heatmap.Heatmap
}

const (
	narrowCell = 28 // the cell's pane beside the matrix
	wideCell   = 44
	lowCell    = 7 // the cell's pane below the matrix
)

// arrange divides the screen.
func (s *Screen) arrange(m *session.Matrix) layout {
	l := layout{heat: heatmap.New(m, s.shown(), s.change, s.symbol)}
	l.heat.Row, l.heat.Col = len(m.Now)-s.row, s.col-1
	frameWidth, frameHeight := frame()
	least := l.heat.Least() + frameWidth
	l.beside = s.width-least >= narrowCell || s.height < len(m.Now)+1+frameHeight+lowCell
	l.pane = pane.Pane{Note: s.note(), Width: s.width, Height: s.height, Focused: true}
	l.cell = pane.Pane{Title: catalogue.T("This cell"), Width: s.width, Height: s.height}
	if l.beside {
		l.cell.Width = min(max(s.width-least, narrowCell), max(wideCell, s.width-l.heat.Widest()-frameWidth))
		l.cell.Width = min(l.cell.Width, s.width/2)
		l.pane.Width -= l.cell.Width
	} else {
		l.pane.Height = min(l.heat.Tallest()+frameHeight, s.height-lowCell)
		l.cell.Height -= l.pane.Height
	}
	l.pane.Title = s.titleWithin(l.pane)
	l.heat.Width, l.heat.Height = l.pane.Inner()
	return l
}

// frame returns what a pane's frame takes.
func frame() (width, height int) {
	const large = 100
	inner, rows := pane.Pane{Width: large, Height: large}.Inner()
	return large - inner, large - rows
}

func (s *Screen) title() string { return s.titleOf(s.query().String()) }

func (s *Screen) titleOf(measures string) string {
	what := s.shown().Name()
	if s.change {
		what += catalogue.T(", now − baseline")
	}
	return fmt.Sprintf("%s · %s", measures, what)
}

// titleWithin is the title with what limits the figures, and what the baseline
// counts otherwise where they are compared with it. Where there is little room the
// measures are named by their letters, and the note gives way.
func (s *Screen) titleWithin(p pane.Pane) string {
	const between = " · "
	limited := func(title string, room int) string {
		if counts := s.frame.BaselineCounts; s.change && counts != "" {
			title += catalogue.T(" (baseline: {counts})", "counts", counts)
		}
		return strings.TrimSuffix(title+between+figure.Limits(s.frame.Scheme.Spec, room-cells.Width(title+between)), between)
	}
	title := limited(s.title(), p.TitleRoom())
	if cells.Width(title) <= p.TitleRoom() {
		return title
	}
	p.Note = ""
	return limited(s.titleOf(s.query().Short()), p.TitleRoom())
}

// note tells which customers are counted.
func (s *Screen) note() string {
	third := session.ScoreName(s.query().Third(), s.slice)
	if s.slice == 0 {
		third = catalogue.T("{third} all", "third", third[:1])
	}
	return third
}
