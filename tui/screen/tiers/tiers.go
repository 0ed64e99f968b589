// Package tiers is the screen that answers "what happens to my tiers if I move
// this line?": the three measures with their cuts on the left, the tiers and
// segments on the right, and below what changes against the baseline.
package tiers

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/action"
	"strata/tui/component/cells"
	"strata/tui/screen"
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
	flow int // the marked flow of the band
	drag *drag

	fragile fragile

	goal string // asked for last

	memo memo
}

// paneID is a pane that can have the focus.
type paneID int

const (
	thresholdsPane paneID = iota
	groupsPane
	bandPane // only while something moves
)

// New makes the screen for a workspace's currency (ISO code, sign, or "").
func New(currency string, th *theme.Theme) *Screen {
	return &Screen{symbol: words.Symbol(currency), theme: th}
}

// Show draws a frame; until Open it cannot be changed.
func (s *Screen) Show(f *session.Frame) screen.Outcome {
	s.frame = f
	s.holdCut()
	s.flow = max(min(s.flow, len(f.Moves.LargestFlows)-1), 0)
	if s.pane >= s.panes() {
		s.pane = thresholdsPane
	}
	return screen.Outcome{Work: s.askFragile()}
}

// Open lets the cuts move, and says what amounts are written with.
func (s *Screen) Open(b Bench, currency string) {
	s.bench, s.symbol = b, words.Symbol(currency)
	s.Show(b.Frame())
}

// SetSize tells how much room there is.
func (s *Screen) SetSize(width, height int) { s.width, s.height = width, height }

// SetTheme changes the look.
func (s *Screen) SetTheme(th *theme.Theme) { s.theme = th }

// Back returns to the first pane.
func (s *Screen) Back() bool {
	was := s.pane
	s.pane = thresholdsPane
	return was != thresholdsPane
}

// Typing is false: values are typed in answer to a question.
func (s *Screen) Typing() bool { return false }

// Key does nothing.
func (s *Screen) Key(tea.Msg) screen.Outcome { return screen.Outcome{} }

// Took takes in how sure the lines are, what a method suggests, or that fair
// rules can be asked for.
func (s *Screen) Took(result any) screen.Outcome {
	switch result := result.(type) {
	case fragility:
		s.tookFragility(result)
	case suggested:
		out := s.tookSuggested(result)
		out.Work = s.askFragile() // which that has taken the place of
		return out
	case measuredFair:
		return s.tookFair(result)
	}
	return screen.Outcome{}
}

// leap is how many steps the larger step takes.
const leap = 10

// Do performs an action of the screen; others are ignored.
func (s *Screen) Do(id action.ID) screen.Outcome {
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
		s.pane = (s.pane + 1) % s.panes()
	case action.PanePrevious:
		s.pane = (s.pane + s.panes() - 1) % s.panes()
	case action.StepLeft:
		return s.step(-1)
	case action.StepRight:
		return s.step(+1)
	case action.LeapLeft:
		return s.step(-leap)
	case action.LeapRight:
		return s.step(+leap)
	case action.Reset:
		return s.edited(s.bench.Reset(s.cut), catalogue.T("reset to the method's own cuts"))
	case action.Type:
		if s.pane != thresholdsPane {
			return s.people()
		}
		return screen.Outcome{Ask: s.ask()}
	case action.Goal:
		return s.askGoal()
	case action.Fragile:
		return s.toggleFragile()
	case action.Fair:
		return s.chooseFair()
	case action.Services:
		return s.chooseService()
	case action.Suggest:
		return s.chooseMethod()
	case action.Copy:
		return s.copied()
	case action.Explain:
		return screen.Outcome{Read: s.explain()}
	}
	return screen.Outcome{}
}

func (s *Screen) step(n int) screen.Outcome {
	stopped, err := s.bench.Step(s.cut, n)
	if stopped != "" {
		stopped = catalogue.T("stopped by {obstacle}", "obstacle", stopped)
	}
	return s.edited(err, stopped)
}

// edited takes the bench's new frame in.
func (s *Screen) edited(err error, note string) screen.Outcome {
	if err != nil {
		return screen.Outcome{Err: err}
	}
	before := s.frame
	s.Show(s.bench.Frame())
	return screen.Outcome{Note: note, Edited: s.frame != before}
}

// panes returns how many panes can have the focus.
func (s *Screen) panes() paneID {
	if s.frame == nil || len(s.frame.Moves.LargestFlows) == 0 || s.arrange().band.height == 0 {
		return bandPane
	}
	return bandPane + 1
}

// people asks for the people of the marked row or flow.
func (s *Screen) people() screen.Outcome {
	if s.pane == bandPane {
		f := s.frame.Moves.LargestFlows[s.flow]
		return screen.Outcome{People: &session.PeopleQuery{Title: f.From + " → " + f.To, Was: f.Was, Segment: f.Now, Moved: true}}
	}
	r := s.marked()
	q := session.PeopleQuery{Title: r.Label, Segment: r.Slug}
	if r.isTier {
		q = session.PeopleQuery{Title: r.Label, Tier: r.Tier}
	}
	return screen.Outcome{People: &q}
}

// ask asks where the marked cut should stand.
func (s *Screen) ask() *screen.Question {
	return &screen.Question{
		Text: s.question(), Now: s.bench.Typed(s.cut), Answer: s.typed,
		Understood: func(text string) string { return s.bench.Understood(s.cut, text) },
	}
}

// typed moves the marked cut to what was typed. Where other cuts are in its way,
// it is asked whether to push them along.
func (s *Screen) typed(text string) screen.Outcome {
	if told := s.bench.Already(s.cut, text); told != "" {
		return screen.Outcome{Note: told}
	}
	err := s.bench.Type(s.cut, text)
	if err != nil {
		p, ok := s.bench.Pushing(s.cut, text)
		switch {
		case ok:
			return screen.Outcome{Choose: s.push(p)}
		case p.Crossed != "":
			err = model.Errorf(model.Invalid, "{crossed}", "crossed", p.Crossed)
		}
	}
	return s.edited(err, "")
}

// push offers to push cuts along.
func (s *Screen) push(p session.Push) *screen.Choice {
	const room = 60 // of an option, with what stands beside it
	_, way, _ := strings.Cut(p.Crossed, ": ")
	does := catalogue.T("push {moves}", "moves", p.Moves)
	if cells.Width(does) > room {
		does = catalogue.T("push {cuts} along", "cuts", words.Plural(int64(p.Count), "cut", "cuts"))
	}
	note := catalogue.T("pushed {moves}", "moves", p.Moves)
	if p.Empty != "" {
		note += catalogue.T("; no customer has {empty} then", "empty", p.Empty)
		if with := catalogue.T("{does}; no customer has {empty}", "does", does, "empty", p.Empty); cells.Width(with) <= room {
			does = with
		} else {
			does = catalogue.T("push {cuts} along; no customer has {empty}", "cuts", words.Plural(int64(p.Count), "cut", "cuts"), "empty", p.Empty)
		}
	}
	return &screen.Choice{
		Title: catalogue.T("In the way: {obstacle}", "obstacle", way), None: catalogue.T("type p to push, o for another value"),
		Options: []screen.Option{
			{Title: does, Choose: func() screen.Outcome { return s.edited(s.bench.Push(p), note) }},
			{Title: catalogue.T("type another value"), Choose: func() screen.Outcome { return screen.Outcome{Ask: s.ask()} }},
		},
	}
}

// Lines draws the screen: as many lines as it is high, each as wide as it is.
func (s *Screen) Lines() []string {
	if s.frame == nil || s.width <= 0 || s.height <= 0 {
		return cells.Blank(s.width, s.height)
	}
	l := s.arrange()
	left := s.thresholds(l.thresholds)
	right := s.groups(l.groups, l.band.height == 0)
	right = append(slices.Clip(right), s.below(l)...)
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
type layout struct{ thresholds, groups, cells, moves, band rect }

// What the panes ask for, in cells with their borders.
const (
	narrowThresholds = 26 // five ranges of days, shortened, stand side by side
	wideThresholds   = 88 // wider axes tell no more
	bandFrom         = 19 // a lower screen has no room for the band
	tallBandFrom     = 30
	tallerBandFrom   = 32
	tallestFrom      = 50
	frameHeight      = 2 // of a pane
	frameWidth       = 4
)

// arrange divides the screen.
func arrange(width, height int) layout {
	band := 0
	switch {
	case height >= tallestFrom:
		band = 8
	case height >= tallerBandFrom:
		band = 6
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

// arrange divides the screen; what the table leaves free below it goes to the
// cells, if they fit, and to who moves.
func (s *Screen) arrange() layout {
	l := arrange(s.width, s.height)
	table := 1 + len(s.rows()) + len(s.frame.Tiers) - 1 + frameHeight
	if free := l.groups.height - table; free >= s.frame.Scheme.Levels[model.Recency]+1+frameHeight {
		height := min(free, s.tallestCells())
		l.groups.height -= height
		l.cells = rect{l.groups.x, l.groups.y + l.groups.height, l.groups.width, height}
		s.giveMoves(&l, free)
	}
	return l
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
