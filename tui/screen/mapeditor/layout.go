package mapeditor

import (
	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/component/cells"
	"strata/tui/component/pane"
	"strata/tui/session"
)

// layout is where the parts of the screen lie: the map and the segments side by
// side, below them what is wrong with the map.
type layout struct {
	grid, list, lint pane.Pane // lint has no frame where it is one line high
	cell             cellSize
	small            smallSize // of the slices below the grid; zero without room
}

// cellSize is how large a cell of the grid is, with the blank to its right.
type cellSize struct {
	label, width, height int
	named                bool // there is room for the names of segments
}

// smallSize is how large a cell of a small slice is.
type smallSize struct{ width, gap int }

var gridTitle = words.AxisTitle(model.Recency) + " × " + words.AxisTitle(model.Frequency)

const (
	widestCell   = 24
	tallestCell  = 7
	lintHeight   = 6  // with its frame
	roomForLint  = 28 // height from which the linter has a frame
	widestSmall  = 4
	smallGap     = 2 // between slices, 1 where it is tight
	countWidth   = 5 // of a count in a cell: 1,355
	bracketWidth = 2 // of the marks around a cell
)

// arrange divides the screen.
func (s *Screen) arrange() layout {
	var l layout
	l.lint = pane.Pane{Title: catalogue.T("Check of the map"), Width: s.width, Height: 1}
	if s.height >= roomForLint {
		l.lint.Height = lintHeight
	}
	top := max(s.height-l.lint.Height, 0)
	frameWidth, _ := frame()
	levels := s.frame.Scheme.Levels
	cols := levels[model.Frequency]
	l.cell.label = 3
	least := max(l.cell.label+cols*(s.leastCell(top)+1), cells.Width(gridTitle)+2) + frameWidth
	list := min(s.listWidth()+frameWidth, max(s.width-least, s.width/3))
	l.grid = pane.Pane{Title: gridTitle, Note: s.note(), Width: s.width - list, Height: top, Focused: !s.onList}
	l.list = pane.Pane{Title: catalogue.T("Segments"), Note: s.listNote(), Width: list, Height: top, Focused: s.onList}
	width, height := l.grid.Inner()
	l.small, height = s.smallSlices(width, height)
	l.cell.width = min((width-l.cell.label)/cols, widestCell)
	l.cell.height = min(max((height-1)/levels[model.Recency], 1), tallestCell)
	l.cell.named = l.cell.height > 1 && s.longestLabel()+bracketWidth < l.cell.width
	return l
}

// leastCell is what a cell needs: its mark between brackets, and where it is two
// lines high a count below.
func (s *Screen) leastCell(height int) int {
	least := s.markWidth() + bracketWidth
	_, frameHeight := frame()
	if (height-frameHeight-1)/s.frame.Scheme.Levels[model.Recency] > 1 {
		least = max(least, countWidth)
	}
	return least
}

// smallSlices returns how large the cells of the small slices below the grid
// can be, and the height that is left for the grid.
func (s *Screen) smallSlices(width, height int) (smallSize, int) {
	levels := s.frame.Scheme.Levels
	needed := levels[model.Recency] + 2 // a blank line and the titles
	const linesOfCell = 2
	if height-needed < 1+linesOfCell*levels[model.Recency] {
		return smallSize{}, height
	}
	slices := levels[model.Monetary]
	for gap := smallGap; gap > 0; gap-- {
		if cell := ((width+gap)/slices - gap) / levels[model.Frequency]; cell >= s.markWidth() {
			return smallSize{width: min(cell, max(widestSmall, s.markWidth())), gap: gap}, height - needed
		}
	}
	return smallSize{}, height
}

// smallTop returns the line below a grid of so many rows where the small slices
// begin with their titles.
func (l layout) smallTop(rows int) int { return 1 + rows*l.cell.height + 1 }

func (s *Screen) markWidth() int { return cells.Width(s.rows[len(s.rows)-1].mark) }

// frame returns what a pane's frame takes.
func frame() (width, height int) {
	const large = 100
	inner, rows := pane.Pane{Width: large, Height: large}.Inner()
	return large - inner, large - rows
}

// note tells which slice is shown.
func (s *Screen) note() string {
	of := s.frame.Scheme.Levels[model.Monetary]
	if s.slice == 0 {
		return catalogue.T("M all {levels}", "levels", of)
	}
	return catalogue.T("{score} of {levels}", "score", session.ScoreName(model.Monetary, s.slice), "levels", of)
}

// listNote tells whose map it is.
func (s *Screen) listNote() string {
	if s.frame.Scheme.Map == "" {
		return catalogue.T("own map")
	}
	return catalogue.T("map {map}", "map", s.frame.Scheme.Map)
}
