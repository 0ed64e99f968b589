package migration

import (
	"strata/tui/component/pane"
	"strata/tui/screen"
)

// Click marks the cell, the head or the flow under the mouse.
func (s *Screen) Click(x, y int) screen.Outcome {
	if s.shown == nil {
		return screen.Outcome{}
	}
	l := s.arrange()
	left, top := pane.Pane{}.Origin()
	if x < l.table.Width && y < l.table.Height {
		if row, col, ok := l.view.At(x-left, y-top); ok && x >= left && y >= top {
			s.row, s.col, s.inList = row, col, false
		}
		return screen.Outcome{}
	}
	at := l.flowsAt()
	line := y - at.y - top
	if l.one {
		line -= len(s.above(l, s.width))
	}
	if x < at.x || line < 0 {
		return screen.Outcome{}
	}
	if flow, ok := s.flows.At(line / l.flowHeight()); ok {
		s.flows.Mark(flow)
		s.inList = true
	}
	return screen.Outcome{}
}

// Drag does nothing.
func (s *Screen) Drag(int, int) screen.Outcome { return screen.Outcome{} }

// Release does nothing.
func (s *Screen) Release() {}

// Wheel walks the flows under the mouse, or the rows of the matrix.
func (s *Screen) Wheel(x, y int, up bool) screen.Outcome {
	if s.shown == nil {
		return screen.Outcome{}
	}
	n := 1
	if up {
		n = -1
	}
	if l := s.arrange(); x < l.table.Width && y < l.table.Height {
		s.row += n
	} else {
		s.flows.Move(n)
	}
	s.hold()
	return screen.Outcome{}
}
