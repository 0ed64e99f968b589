package mapeditor

import (
	"strata/model"
	"strata/tui/screen"
)

// Click marks the cell under the mouse, shows the slice under it large, or takes
// the segment under it as the brush.
func (s *Screen) Click(x, y int) screen.Outcome {
	s.stroke = nil
	if !s.ready() {
		return screen.Outcome{}
	}
	l := s.arrange()
	if row, col, ok := s.cellAt(l, x, y); ok {
		s.row, s.col, s.onList = row, col, false
		s.stroke = &[2]int{row, col}
		return screen.Outcome{}
	}
	if slice, ok := s.sliceAt(l, x, y); ok {
		s.slice, s.onList = slice, false
		return screen.Outcome{}
	}
	left, top := l.list.Origin()
	_, height := l.list.Inner()
	from, to := s.visible(height - 1)
	if i := from + y - top - 1; x >= l.grid.Width+left && y > top && i < to {
		s.onList = true
		if !s.rows[i].isTier {
			s.brush = s.rows[i].Slug
		}
	}
	return screen.Outcome{}
}

// Drag paints the cells that the mouse passes, the one it went down on
// included, an edit each.
func (s *Screen) Drag(x, y int) screen.Outcome {
	if s.stroke == nil || s.bench == nil || !s.ready() {
		return screen.Outcome{}
	}
	row, col, ok := s.cellAt(s.arrange(), x, y)
	if !ok || [2]int{row, col} == [2]int{s.row, s.col} {
		return screen.Outcome{}
	}
	var first screen.Outcome
	if *s.stroke == [2]int{s.row, s.col} {
		if first = edited(s.bench.Paint(s.pattern(), s.brush)); first.Err != nil {
			return first
		}
	}
	s.row, s.col = row, col
	o := edited(s.bench.Paint(s.pattern(), s.brush))
	o.Edited = o.Edited || first.Edited
	return o
}

// Release ends a stroke.
func (s *Screen) Release() { s.stroke = nil }

// Wheel turns the slices over the map, and the brush over the list.
func (s *Screen) Wheel(x, _ int, up bool) screen.Outcome {
	if !s.ready() {
		return screen.Outcome{}
	}
	by := +1
	if up {
		by = -1
	}
	if x >= s.arrange().grid.Width {
		s.moveBrush(by)
		return screen.Outcome{}
	}
	n := s.frame.Scheme.Levels[model.Monetary] + 1
	s.slice = (s.slice + n - by) % n
	return screen.Outcome{}
}

// cellAt returns the scores of the cell drawn at a place.
func (s *Screen) cellAt(l layout, x, y int) (row, col int, ok bool) {
	left, top := l.grid.Origin()
	x, y = x-left-l.cell.label, y-top-1
	if x < 0 || y < 0 || l.cell.width <= 0 {
		return 0, 0, false
	}
	levels := s.frame.Scheme.Levels
	_, height := l.grid.Inner()
	row, col = levels[model.Recency]-y/l.cell.height, x/l.cell.width+1
	return row, col, row >= 1 && col <= levels[model.Frequency] && y+1 < height
}

// sliceAt returns the small slice drawn at a place.
func (s *Screen) sliceAt(l layout, x, y int) (slice int, ok bool) {
	levels := s.frame.Scheme.Levels
	left, top := l.grid.Origin()
	x, y = x-left, y-top-l.smallTop(levels[model.Recency])
	if l.small.width == 0 || x < 0 || y < 0 || y > levels[model.Recency] {
		return 0, false
	}
	wide := l.small.width * levels[model.Frequency]
	slice = x/(wide+l.small.gap) + 1
	return slice, slice <= levels[model.Monetary] && x%(wide+l.small.gap) < wide
}
