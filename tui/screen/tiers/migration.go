package tiers

import (
	"slices"

	"strata/model/catalogue"
	"strata/tui/component/moves"
	"strata/tui/component/pane"
	"strata/tui/session"
)

// migrated is a frame's migration between tiers.
type migrated struct {
	frame *session.Frame
	table *moves.Table // nil where the frame has no matrix
}

// moved is the small migration of the frame.
func (s *Screen) moved() *moves.View {
	if m := &s.memo.migrated; m.frame != s.frame {
		*m = migrated{s.frame, moves.NewTable(s.frame.Moves, true, moves.OfSchemes)}
	}
	if s.memo.migrated.table == nil {
		return nil
	}
	return &moves.View{Table: s.memo.migrated.table, Symbol: s.symbol}
}

// The least that the pane of the migration beside the cells, or below them, is
// worth drawing in.
const (
	movesBesideFrom = 160 // of the screen
	movesHeight     = 13  // rows of three lines
	cellsHeight     = 13  // rows of two lines
)

// giveMoves gives the migration a part of the room of the cells: beside them on
// a wide screen, below them on a tall one; all of it where they do not fit.
func (s *Screen) giveMoves(l *layout, free int) {
	v := s.moved()
	if v == nil {
		return
	}
	width, height := pane.Pane{Width: l.groups.width, Height: free}.Inner()
	switch least, below := v.Least()+frameWidth, min(movesHeight, v.Tallest()+frameHeight); {
	case l.cells.height == 0 && v.Least() <= width && v.Shortest() <= height:
		taken := min(free, v.Tallest()+frameHeight)
		l.groups.height -= taken
		l.moves = rect{l.groups.x, l.groups.y + l.groups.height, l.groups.width, taken}
	case l.cells.height == 0:
	case s.width >= movesBesideFrom && l.cells.width-least >= s.leastCells():
		taken := min(max(least, l.cells.width*2/5), v.Widest()+frameWidth)
		l.cells.width -= taken
		l.moves = rect{l.cells.x + l.cells.width, l.cells.y, taken, l.cells.height}
	case l.cells.height >= cellsHeight+below && v.Least() <= width:
		l.cells.height -= below
		l.moves = rect{l.cells.x, l.cells.y + l.cells.height, l.cells.width, below}
	}
}

// migration draws who moves between the tiers.
func (s *Screen) migration(r rect) []string {
	key := panelKey{frame: s.frame, rect: r, symbol: s.symbol, theme: s.theme}
	return s.memo.moves.drawn(key, func() []string {
		v := s.moved()
		p := pane.Pane{Title: catalogue.T("{against} → now · customers", "against", s.frame.Against()), Note: "3", Width: r.width, Height: r.height}
		v.Width, v.Height = p.Inner()
		return p.Lines(s.theme, v.Lines(s.theme))
	})
}

// below draws what stands below the table: the cells, and who moves beside or
// below them.
func (s *Screen) below(l layout) []string {
	switch {
	case l.moves.height == 0 && l.cells.height == 0:
		return nil
	case l.moves.height == 0:
		return s.cells(l.cells)
	case l.cells.height == 0:
		return s.migration(l.moves)
	}
	of, who := s.cells(l.cells), s.migration(l.moves)
	if l.moves.y > l.cells.y {
		return slices.Concat(of, who)
	}
	lines := make([]string, len(of))
	for i := range lines {
		lines[i] = of[i] + who[i]
	}
	return lines
}
