package migration

import (
	"strata/tui/component/moves"
	"strata/tui/component/pane"
)

// layout is where the panes lie: the matrix, what it comes to, and the flows.
type layout struct {
	beside bool // the other panes stand to the right of the matrices, not below
	one    bool // what it comes to and the flows share a pane:
	// as many lines of the first above the second, then the parts of a change.
	compact int
	split   bool
	table   pane.Pane
	also    pane.Pane // tiers below segments, segments below tiers, where there is room
	facts   pane.Pane
	flows   pane.Pane
	view    moves.View
	second  moves.View // of also
	tell    int        // lines for the marked cell's sentence, with the blank above
}

const (
	narrowSide = 60 // the panes beside the matrix
	wideSide   = 64
	factsWidth = 60 // of what it comes to, beside the flows
	lowest     = 5  // of the panes below the matrix
	tellHeight = 2
	leastFlows = 2
)

// layoutKey is everything the layout depends on beside the mark.
type layoutKey struct {
	shown         *subject
	width, height int
	value         moves.Value
	byTier        bool
	symbol        string
}

// arrange divides the screen.
func (s *Screen) arrange() layout {
	if s.shown == nil {
		return layout{}
	}
	key := layoutKey{s.shown, s.width, s.height, s.value, s.byTier(), s.symbol}
	if s.memo.layoutOf != key {
		s.memo.layoutOf, s.memo.layout = key, s.lay()
	}
	l := s.memo.layout
	l.view.Row, l.view.Col = s.marked()
	return l
}

// marked returns the cell that is drawn marked: that of the flow while the list
// has the focus.
func (s *Screen) marked() (row, col int) {
	f, ok := s.markedFlow()
	if !s.inList || !ok {
		return s.row, s.col
	}
	t := s.shown.segments
	row, col = indexOf(t.Rows, f.Was), indexOf(t.Cols, f.Now)
	if s.byTier() {
		return near(t.Rows, s.shown.tiers.Rows, row), near(t.Cols, s.shown.tiers.Cols, col)
	}
	return row, col
}

func (s *Screen) lay() layout {
	l := layout{tell: tellHeight}
	l.view = moves.View{Table: s.table(), Value: s.value, Symbol: s.symbol, Marked: true}
	frameWidth, frameHeight := frame()
	least := l.view.Least() + frameWidth
	l.beside = s.width >= least+narrowSide
	l.table = pane.Pane{Width: s.width, Height: s.height}
	if l.beside {
		l.tell = tellHeight + 1
		const roomy = 2 // more cells for each column than the figures need
		side := min(max(s.width-least-roomy*len(l.view.Cols), narrowSide), wideSide)
		l.table.Width = s.width - side
		facts := min(s.factsBeside(side-frameWidth)+frameHeight, max(s.height-lowest, 0))
		l.facts = pane.Pane{Width: side, Height: facts}
		l.flows = pane.Pane{Width: side, Height: s.height - facts}
	} else {
		s.stack(&l)
	}
	l.view.Width, l.view.Height = l.table.Inner()
	l.view.Height = min(max(l.view.Height-l.tell, 0), l.view.Tallest())
	if l.beside {
		s.addSecond(&l)
	}
	return l
}

// factsBeside is how many lines the facts have above the flows: with whole notices
// where all flows, and the reasons below them, have theirs, too.
func (s *Screen) factsBeside(width int) int {
	const withReason = 2
	_, frameHeight := frame()
	whole := len(s.factLines(width, s.height))
	if whole+len(s.flowList())*withReason+2*frameHeight <= s.height {
		return whole
	}
	return s.shortFacts(width)
}

// addSecond gives the room that is left below the matrix to the other one.
func (s *Screen) addSecond(l *layout) {
	_, frameHeight := frame()
	used := l.view.Used() + l.tell + frameHeight
	l.second = moves.View{Table: s.shown.table(!s.byTier()), Value: s.value, Symbol: s.symbol}
	l.also = pane.Pane{Width: l.table.Width, Height: s.height - used}
	l.second.Width, l.second.Height = l.also.Inner()
	if l.second.Height < l.second.Shortest()+1 || l.second.Least() > l.second.Width {
		l.also = pane.Pane{}
		return
	}
	l.second.Height = min(l.second.Height, l.second.Tallest())
	l.table.Height = used
}

// stack lays the panes one below the other.
func (s *Screen) stack(l *layout) {
	frameWidth, frameHeight := frame()
	wanted := lowest + 2
	l.one = s.width < factsWidth+narrowSide-frameWidth
	if d := s.shown.days; l.one && d != nil && d.Split != nil {
		wanted = leastFlows + 1 + 1 + len(d.Split.Tiers) + frameHeight
	}
	if !l.one {
		wanted = s.shortFacts(factsWidth-frameWidth) + frameHeight
	}
	most := s.height - wanted - l.tell - frameHeight
	view := l.view
	view.Width, view.Height = s.width-frameWidth, min(max(most, l.view.Shortest()), l.view.Tallest())
	top := view.Used() + l.tell + frameHeight
	if s.height-top < lowest {
		top = s.height // too low for more than the matrix
	}
	l.table.Height = top
	below := s.height - top
	if l.one {
		l.flows = pane.Pane{Width: s.width, Height: below}
		s.share(l, max(below-frameHeight, 0))
		return
	}
	l.facts = pane.Pane{Width: min(factsWidth, s.width), Height: below}
	l.flows = pane.Pane{Width: s.width - l.facts.Width, Height: below}
}

// fitKey is what segmentsFit depends on.
type fitKey struct {
	shown         *subject
	width, height int
	value         moves.Value
}

// segmentsFit reports whether the figures of all segments can be read in full
// on the screen.
func (s *Screen) segmentsFit() bool {
	if key := (fitKey{s.shown, s.width, s.height, s.value}); s.memo.fitOf != key {
		s.memo.fitOf, s.memo.fits = key, s.fit()
	}
	return s.memo.fits
}

func (s *Screen) fit() bool {
	frameWidth, frameHeight := frame()
	v := moves.View{Table: s.shown.segments, Value: s.value, Symbol: s.symbol, Width: s.width - frameWidth}
	return v.FitsInFull() && s.height >= v.Shortest()+tellHeight+frameHeight
}

// frame returns what a pane's frame takes.
func frame() (width, height int) {
	const large = 100
	inner, rows := pane.Pane{Width: large, Height: large}.Inner()
	return large - inner, large - rows
}

// share gives what it comes to its part of a pane's lines: the flows keep a few.
func (s *Screen) share(l *layout, height int) {
	const most = 2
	if d := s.shown.days; d != nil && d.Split != nil {
		l.split = height >= leastFlows+1+1+len(d.Split.Tiers)
	}
	left := height - leastFlows
	if l.split {
		left -= 1 + len(s.shown.days.Split.Tiers)
	}
	l.compact = min(max(left, 1), most)
}

// flowRows returns how many flows are drawn.
func (s *Screen) flowRows(l layout) int {
	_, height := l.flows.Inner()
	if l.one {
		width, _ := l.flows.Inner()
		height -= len(s.above(l, width))
	}
	return max(height/l.flowHeight(), 0)
}

// reasonBeside is the width from which a flow's reason stands on its line.
const reasonBeside = 100

// flowHeight is how many lines a flow takes: its reason stands below it where
// there is room.
func (l layout) flowHeight() int {
	const roomy = 8
	width, height := l.flows.Inner()
	if l.one || width >= reasonBeside || height < roomy {
		return 1
	}
	return 2
}

// at is where a pane lies on the screen.
type at struct{ x, y int }

// flowsAt is where the flows lie.
func (l layout) flowsAt() at {
	if l.beside {
		return at{l.table.Width, l.facts.Height}
	}
	return at{l.facts.Width, l.table.Height}
}
