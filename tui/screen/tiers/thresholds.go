package tiers

import (
	"slices"

	"strata/model"
	"strata/model/catalogue"
	"strata/tui/component/cells"
	"strata/tui/component/pane"
	"strata/tui/component/slider"
	"strata/tui/session"
	"strata/tui/theme"
)

// stack is how the measures share the height of their pane: all of them with
// their histograms, or where that is not possible the marked one large and the
// others in one line each.
type stack struct {
	open   bool // all measures are drawn in full
	rows   int  // of a histogram
	counts bool // with the customers of each range
	gap    int  // blank lines between measures
	strip  bool // the marked one shows how sure its lines are
}

// Lines that a measure takes beside its histogram: title, axis, ranges.
const fixedRows = 3

// The highest histograms that still look like one measure among others.
const (
	highest       = 9
	highestMarked = 6
)

// stackFor divides a height between so many measures, each with a histogram
// but the value score.
func stackFor(height, measures int) stack {
	const histograms = valueMeasure
	needed := func(rows, counts int) int {
		return measures*fixedRows + histograms*(rows+counts) + measures - 1
	}
	switch {
	case height >= needed(3, 1):
		return stack{open: true, rows: min(3+(height-needed(3, 1))/histograms, highest), counts: true, gap: 1}
	case height >= needed(1, 0):
		return stack{open: true, rows: 1 + (height-needed(1, 0))/histograms, gap: 1}
	}
	free := height - (measures - 1) - fixedRows
	s := stack{counts: free >= 2}
	if s.counts {
		free--
	}
	if free >= 5 {
		s.gap, free = 1, free-2
	}
	s.rows = min(max(free, 0), highestMarked)
	return s
}

// measure is one measure as it was drawn last, for the mouse and for drawing
// it again only when it changed.
type measure struct {
	key     measureKey
	lines   []string
	scale   slider.Scale
	slider  slider.Slider
	top     int     // first line on the screen
	left    int     // first column of the axis
	highest float64 // of the strip
}

// measureKey is everything a measure's drawing depends on.
type measureKey struct {
	spec   measureSpec
	cuts   [model.MaxLevels]model.Cut
	counts [model.MaxLevels]int64
	values *int64 // the distribution, which is shared while the data stand
	width  int
	focus  int
	stack  stack
	sure   sureness
	theme  *theme.Theme
}

// measureSpec is what a measure's title depends on.
type measureSpec struct {
	symbol    string
	window    model.Window
	frequency model.FrequencyMeasure
	monetary  model.MonetaryMeasure
	nested    bool // the cuts are those of all, and score nobody
	torn      bool // equal values have different scores
	weights   [model.Axes]int
	bounds    [2]int
}

// memo keeps what was drawn.
type memo struct {
	measures [mostMeasures]measure
	left     panel
	right    panel
	below    panel
	cells    panel
	moves    panel
	migrated migrated
	rowAt    []int // the row of the table on each of its lines
	rowTop   int   // the first of these lines
}

// panel is a pane as it was drawn last.
type panel struct {
	key   panelKey
	lines []string
}

// panelKey is everything a pane's drawing depends on beside the measures.
type panelKey struct {
	frame   *session.Frame
	rect    rect
	cut     session.CutID
	pane    paneID
	row     int
	symbol  string
	summary bool
	sure    sureness
	theme   *theme.Theme
}

// drawn returns a pane's lines, drawn anew only if something changed.
func (p *panel) drawn(key panelKey, draw func() []string) []string {
	if p.lines == nil || p.key != key {
		p.key, p.lines = key, draw()
	}
	return p.lines
}

// thresholds draws the left pane.
func (s *Screen) thresholds(r rect) []string {
	key := panelKey{frame: s.frame, rect: r, cut: s.cut, pane: s.pane, symbol: s.symbol, sure: s.sureness(), theme: s.theme}
	return s.memo.left.drawn(key, func() []string {
		p := pane.Pane{Title: catalogue.T("Thresholds"), Width: r.width, Height: r.height, Focused: s.pane == thresholdsPane}
		width, height := p.Inner()
		x, y := p.Origin()
		n := measures(s.frame)
		st := s.stack(height, n)
		var lines []string
		for i := range n {
			m := &s.memo.measures[i]
			m.left, m.top = r.x+x, r.y+y+len(lines)
			lines = append(lines, s.measure(i, width, st)...)
			if st.gap > 0 && i < n-1 && (st.open || i == measureOf(s.cut) || i+1 == measureOf(s.cut)) {
				lines = append(lines, cells.Blank(width, st.gap)...)
			}
		}
		return p.Lines(s.theme, lines)
	})
}

// measure draws one measure, unless it looks as it did.
func (s *Screen) measure(i, width int, st stack) []string {
	m := &s.memo.measures[i]
	key := s.measureKey(i, width, st)
	if m.lines != nil && m.key == key {
		return m.lines
	}
	m.key = key
	s.layOut(m, i, width)
	if !st.open && i != measureOf(s.cut) {
		m.lines = []string{s.inOneLine(m, i, width)}
		return m.lines
	}
	m.slider.Rows, m.slider.Counts = st.rows, st.counts
	if i == valueMeasure {
		m.slider.Density, m.slider.Counts = nil, false
	}
	strip := st.strip && i == measureOf(s.cut)
	if strip {
		s.addStrip(m, width)
	}
	m.lines = append([]string{s.measureTitle(m, i, width)}, m.slider.Lines(s.theme)...)
	if strip {
		m.lines = append(m.lines, s.facts(m, width))
	}
	return m.lines
}

func (s *Screen) measureKey(i, width int, st stack) measureKey {
	spec := s.frame.Scheme.Spec
	key := measureKey{
		spec: measureSpec{
			symbol: s.symbol, window: spec.Window, frequency: spec.Frequency, monetary: spec.Monetary,
		},
		width: width, stack: st, focus: -1, theme: s.theme,
	}
	if i == measureOf(s.cut) {
		key.focus, key.sure = s.cut.Index, s.sureness()
	}
	if i == valueMeasure {
		key.spec.weights, key.spec.bounds = s.frame.Scheme.Value.Weights, s.frame.Scheme.Value.Cuts
		return key
	}
	key.spec.torn = i < int(model.Axes) && s.frame.Spans[i].Torn()
	key.spec.nested = i != int(model.Recency) && s.frame.Scheme.Cuts[i].Method == model.MethodNested
	copy(key.cuts[:], s.frame.Cuts[i])
	copy(key.counts[:], s.frame.ScoreCounts[i])
	if values := s.frame.Axes[i].Values; len(values) > 0 {
		key.values = &values[0]
	}
	return key
}

// layOut computes where a measure's cuts and customers lie.
func (s *Screen) layOut(m *measure, i, width int) {
	m.slider = slider.Slider{Width: width, Focus: m.key.focus}
	if i == valueMeasure {
		v := s.frame.Scheme.Value
		m.scale = slider.NewLinearScale(int64(v.Min()), int64(v.Max()), width)
		m.slider.Ticks = m.scale.Ticks(valueCuts(v))
		m.slider.Ranges = valueRanges(s.frame.Scheme)
		return
	}
	axis := model.Axis(i)
	m.scale = slider.NewScale(s.frame.Axes[axis], s.frame.Cuts[axis], s.frame.Scheme.Spec.Scale(axis), width)
	m.slider.Density = m.scale.Density(s.frame.Axes[axis])
	m.slider.Ticks = m.scale.Ticks(s.frame.Cuts[axis])
	m.slider.Ranges = ranges(s.frame, axis)
}

// valueCuts writes the value cuts like those of a measure: the last score of
// the lower side.
func valueCuts(v model.ValueRule) []model.Cut {
	return []model.Cut{model.WholeCut(int64(v.Cuts[0] - 1)), model.WholeCut(int64(v.Cuts[1] - 1))}
}

func (s *Screen) measureTitle(m *measure, i, width int) string {
	name, short, counts := title(s.frame, s.symbol, i)
	bent := ""
	if m.key.spec.nested {
		bent = catalogue.T(" · nested")
	}
	if m.key.spec.torn {
		bent = catalogue.T(" · ties split")
	}
	if m.scale.Log {
		bent += catalogue.T(" · log")
	}
	const gap = 2
	if cells.Width(name)+gap+cells.Width(counts+bent) > width {
		counts = short
	}
	counts += bent
	style := s.theme.Strong
	if m.slider.Focus >= 0 {
		style = s.theme.AccentStrong
	}
	return cells.NewLine(width).Put(style, name).Skip(gap).Put(s.theme.Dim, counts).String()
}

// inOneLine draws a measure's ranges side by side.
func (s *Screen) inOneLine(m *measure, i, width int) string {
	name, _, _ := title(s.frame, s.symbol, i)
	line := cells.NewLine(width)
	const roomForNames = 48
	if width < roomForNames {
		name = name[:1]
	} else {
		name += "           "[:13-len(name)]
	}
	line.Put(s.theme.Strong, name).Skip(1)
	level := slices.IndexFunc([]int{exact, rounded, upper, shortest}, func(level int) bool {
		return line.Left() >= widthOf(m.slider.Ranges, level)
	})
	if level < 0 {
		level = shortest
	}
	for j, r := range m.slider.Ranges {
		if j > 0 {
			line.Put(s.theme.Faint, "│")
		}
		line.Put(s.theme.Tier(r.Tier), r.Labels[level])
	}
	return line.String()
}

func widthOf(all []slider.Range, level int) int {
	width := len(all) - 1
	for _, r := range all {
		width += cells.Width(r.Labels[level])
	}
	return width
}
