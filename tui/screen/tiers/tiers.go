// Package tiers is the screen that answers "what happens to my tiers if I move
// this line?": the three measures with their cuts on the left, the tiers and
// segments on the right, and below what changes against the baseline.
package tiers

import (
	"strata/model"
	"strata/tui/action"
	"strata/tui/component/cells"
	"strata/tui/component/figure"
	"strata/tui/session"
	"strata/tui/theme"
)

// Screen is the Tiers screen. It draws the frame it was given last; with a
// bench it can change it.
type Screen struct {
	bench  Bench // nil while the customers are being loaded
	frame  *session.Frame
	symbol string // of the currency

	theme         *theme.Theme
	width, height int

	cut  session.CutID // the marked cut
	pane paneID
	row  int // the marked row of the table
	drag *drag

	memo memo
}

// paneID is a pane that can have the focus.
type paneID int

const (
	thresholdsPane paneID = iota
	groupsPane
	paneCount
)

// New makes the screen for a workspace's currency (ISO code, sign, or "").
func New(currency string, th *theme.Theme) *Screen {
	return &Screen{symbol: figure.Symbol(currency), theme: th}
}

// Show draws a frame that cannot be changed yet.
func (s *Screen) Show(f *session.Frame) { s.frame = f; s.holdCut() }

// Open lets the cuts move.
func (s *Screen) Open(b Bench) {
	s.bench = b
	s.Show(b.Frame())
}

// Frame returns the frame on the screen, nil before there is one.
func (s *Screen) Frame() *session.Frame { return s.frame }

// SetSize tells how much room there is.
func (s *Screen) SetSize(width, height int) { s.width, s.height = width, height }

// SetTheme changes the look.
func (s *Screen) SetTheme(th *theme.Theme) { s.theme = th }

// SetCurrency changes what amounts are written with.
func (s *Screen) SetCurrency(currency string) { s.symbol = figure.Symbol(currency) }

// Back returns to the first pane.
func (s *Screen) Back() { s.pane = thresholdsPane }

// Outcome is what came of an action.
type Outcome struct {
	Note   string // one line for the person, "" if the screen says it all
	Err    error
	Edited bool // the scheme or the baseline changed
}

// leap is how many steps the larger step takes.
const leap = 10

// Do performs an action of the screen; others are ignored.
func (s *Screen) Do(id action.ID) Outcome {
	switch id {
	case action.CutUp:
		s.walk(-1)
	case action.CutDown:
		s.walk(+1)
	case action.MeasurePrevious:
		s.walkMeasure(-1)
	case action.MeasureNext:
		s.walkMeasure(+1)
	case action.PaneNext:
		s.pane = (s.pane + 1) % paneCount
	case action.PanePrevious:
		s.pane = (s.pane + paneCount - 1) % paneCount
	case action.StepLeft:
		return s.step(-1)
	case action.StepRight:
		return s.step(+1)
	case action.LeapLeft:
		return s.step(-leap)
	case action.LeapRight:
		return s.step(+leap)
	case action.Reset:
		return s.edited(s.bench.Reset(s.cut), "back to the method's own cuts")
	case action.Baseline:
		return s.edited(s.bench.SetBaseline(), "compared with the tiers as they are now")
	case action.Undo:
		return s.travelled("taken back: ", "nothing to take back")(s.bench.Undo())
	case action.Redo:
		return s.travelled("done again: ", "nothing to do again")(s.bench.Redo())
	}
	return Outcome{}
}

func (s *Screen) step(n int) Outcome {
	stopped, err := s.bench.Step(s.cut, n)
	if stopped != "" {
		stopped = "stopped by " + stopped
	}
	return s.edited(err, stopped)
}

// edited takes the bench's new frame in.
func (s *Screen) edited(err error, note string) Outcome {
	if err != nil {
		return Outcome{Err: err}
	}
	before := s.frame
	s.Show(s.bench.Frame())
	return Outcome{Note: note, Edited: s.frame != before}
}

func (s *Screen) travelled(done, nothing string) func(string, bool) Outcome {
	return func(label string, ok bool) Outcome {
		if !ok {
			return Outcome{Note: nothing}
		}
		return s.edited(nil, done+label)
	}
}

// Type moves the marked cut to a typed value.
func (s *Screen) Type(text string) Outcome { return s.edited(s.bench.Type(s.cut, text), "") }

// Typed returns the question for the marked cut's value, and the text that
// stands for the value it has.
func (s *Screen) Typed() (question, text string) {
	return s.question(), s.bench.Typed(s.cut)
}

// Lines draws the screen: as many lines as it is high, each as wide as it is.
func (s *Screen) Lines() []string {
	if s.frame == nil || s.width <= 0 || s.height <= 0 {
		return cells.Blank(s.width, s.height)
	}
	l := arrange(s.width, s.height)
	left := s.thresholds(l.thresholds)
	right := s.groups(l.groups, l.band.height == 0)
	lines := make([]string, 0, s.height)
	for i := range left {
		lines = append(lines, left[i]+right[i])
	}
	return append(lines, s.band(l.band)...)
}

// rect is a rectangle on the screen, in cells from the screen's corner.
type rect struct{ x, y, width, height int }

func (r rect) contains(x, y int) bool {
	return x >= r.x && x < r.x+r.width && y >= r.y && y < r.y+r.height
}

// layout is where the panes lie.
type layout struct{ thresholds, groups, band rect }

// What the panes ask for, in cells with their borders.
const (
	narrowThresholds = 26 // five ranges of days, shortened, stand side by side
	wideThresholds   = 88 // wider axes tell no more
	bandFrom         = 19 // a lower screen has no room for the band
	tallBandFrom     = 30
	tallestFrom      = 50
)

// arrange divides the screen.
func arrange(width, height int) layout {
	band := 0
	switch {
	case height >= tallestFrom:
		band = 8
	case height >= tallBandFrom:
		band = 5
	case height >= bandFrom:
		band = 4
	}
	left := min(max(width*3/8, narrowThresholds), wideThresholds, width)
	upper := height - band
	return layout{
		thresholds: rect{0, 0, left, upper},
		groups:     rect{left, 0, width - left, upper},
		band:       rect{0, upper, width, band},
	}
}

// tierOf returns the tier colour of a score: the best score that of HIGH, the
// lower half that of LOW.
func tierOf(score, levels int) model.Tier {
	switch {
	case score == levels:
		return model.TierHigh
	case 2*(score-1) < levels-1:
		return model.TierLow
	}
	return model.TierMid
}
