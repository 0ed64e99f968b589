package tiers

import (
	"strata/model"
	"strata/tui/action"
	"strata/tui/component/slider"
	"strata/tui/screen"
	"strata/tui/session"
)

// drag is a cut held by the mouse, and its axis as it lay when it was taken:
// an axis that grew under the hand could not be aimed on.
type drag struct {
	left  int
	scale slider.Scale
}

// grip is how near to a cut a click takes hold of it, in columns.
const grip = 1

// Click marks what is under the mouse and takes hold of a cut.
func (s *Screen) Click(x, y int) screen.Outcome {
	if s.frame == nil {
		return screen.Outcome{}
	}
	l := s.arrange()
	switch {
	case l.moves.contains(x, y):
		return screen.Outcome{Go: action.Migration}
	case l.band.contains(x, y) && s.panes() > bandPane:
		s.pane = bandPane
	case l.thresholds.contains(x, y):
		s.pane = thresholdsPane
		s.pressMeasure(x, y)
	case l.groups.contains(x, y):
		s.pane = groupsPane
		if i := y - s.memo.rowTop; i >= 0 && i < len(s.memo.rowAt) && s.memo.rowAt[i] != noRow {
			s.row = s.memo.rowAt[i]
		}
	}
	return screen.Outcome{}
}

func (s *Screen) pressMeasure(x, y int) {
	for i := range measures(s.frame) {
		m := &s.memo.measures[i]
		if y < m.top || y >= m.top+len(m.lines) || len(m.slider.Ticks) == 0 {
			continue
		}
		tick, distance := m.slider.Nearest(x - m.left)
		s.cut = session.CutID{Axis: model.Axis(i), Index: tick}
		if i == valueMeasure {
			s.cut = session.CutID{Value: true, Index: tick}
		}
		if distance <= grip && len(m.lines) > 1 && s.bench != nil {
			s.drag = &drag{left: m.left, scale: m.scale}
		}
	}
}

// dragLimit bounds the steps of one motion of the mouse, so that a cut of
// money never keeps the hand waiting.
const dragLimit = 200

// Drag moves the cut that is held to the column of the mouse, step by step as
// the keys do, so that it comes to rest on the same values.
func (s *Screen) Drag(x, _ int) screen.Outcome {
	if s.drag == nil {
		return screen.Outcome{}
	}
	target := x - s.drag.left
	direction := 0
	var out screen.Outcome
	for range dragLimit {
		here := s.drag.scale.Column(s.heldCut())
		n := 1
		if here > target {
			n = -1
		}
		if here == target || direction != 0 && n != direction {
			break
		}
		direction = n
		step := s.step(n)
		out.Edited = out.Edited || step.Edited
		out.Note, out.Err = step.Note, step.Err
		if step.Note != "" || step.Err != nil {
			break
		}
	}
	return out
}

// heldCut returns where the marked cut is.
func (s *Screen) heldCut() model.Cut {
	if s.cut.Value {
		return valueCuts(s.frame.Scheme.Value)[s.cut.Index]
	}
	return s.frame.Cuts[s.cut.Axis][s.cut.Index]
}

// Release lets go of the cut.
func (s *Screen) Release() { s.drag = nil }

// Wheel moves the mark of the table up or down, or over the measures the
// marked cut one step.
func (s *Screen) Wheel(x, y int, up bool) screen.Outcome {
	if s.frame == nil {
		return screen.Outcome{}
	}
	l := s.arrange()
	n := 1
	if up {
		n = -1
	}
	switch {
	case l.groups.contains(x, y):
		s.row = min(max(s.row+n, 0), len(s.rows())-1)
	case l.thresholds.contains(x, y) && s.bench != nil:
		return s.step(-n) // away from the person is more
	}
	return screen.Outcome{}
}
