package customers

import (
	"strings"

	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/action"
	"strata/tui/component/cells"
	"strata/tui/component/chart"
	"strata/tui/component/figure"
	"strata/tui/component/pane"
	"strata/tui/component/table"
	"strata/tui/screen"
	"strata/tui/session"
	"strata/tui/theme"
)

// profile is the profile of one customer as it is shown.
type profile struct {
	*session.Profile
	number  int         // ordinal in the workspace
	orders  table.Table // newest first
	laid    laidOut
	letters bool // stand for why an order does not count
}

// What the panes of a profile ask for.
const (
	leastChart = 8
	leastList  = 6 // of the orders below it
	chartShare = 5 // the chart has two fifths of the height
	leastWho   = 36
	widestWho  = 60
)

// arrangement is where the panes of a profile lie.
type arrangement struct{ who, chart, orders pane.Pane }

func (p *profile) arrange(width, height int) arrangement {
	left := min(max(width*2/5, min(leastWho, width/2)), widestWho)
	right := width - left
	chart := max(height*2/chartShare, leastChart)
	if height < leastChart+leastList {
		chart = 0
	}
	return arrangement{
		who:    pane.Pane{Title: p.title(left), Note: catalogue.T("Esc"), Width: left, Height: height, Focused: true},
		chart:  pane.Pane{Title: p.chartTitle(), Width: right, Height: chart},
		orders: pane.Pane{Title: catalogue.T("Orders"), Note: p.howMany(), Width: right, Height: height - chart},
	}
}

// title names the customer, and what limits the figures: in words, behind the key
// alone where they have no room otherwise, or at last only that something does.
func (p *profile) title(width int) string {
	const around = 12 // borders and what stands beside
	name := catalogue.T("Customer {key}", "key", p.Key)
	title := name
	if limits := session.Limits(p.Spec); len(limits) > 0 {
		all, first, mark := figure.FirstLimits(limits, len(limits)), figure.FirstLimits(limits, 1), figure.LimitMark(len(limits))
		for _, title = range []string{name + between + all, name + between + first, p.Key + between + all, p.Key + between + first, name + between + mark, p.Key + between + mark} {
			if cells.Width(cells.Clean(title)) <= width-around {
				break
			}
		}
	}
	if day := catalogue.T("{title} · as of {as_of}", "title", title, "as_of", p.AsOf.String()); p.Spec.AsOf != model.NoDay && cells.Width(cells.Clean(day)) <= width-around {
		title = day
	}
	return title
}

// chartTitle names the chart, which has no orders but those that count.
func (p *profile) chartTitle() string {
	if p.Counting() < len(p.Orders) {
		return catalogue.T("Bought by month, orders that count")
	}
	return catalogue.T("Bought by month")
}

// howMany tells how many orders there are, and how many of them count.
func (p *profile) howMany() string {
	all, counting := len(p.Orders), p.Counting()
	if counting == all {
		return words.Count(int64(all))
	}
	return catalogue.T("{counting} of {all} count", "counting", words.Count(int64(counting)), "all", words.Count(int64(all)))
}

// markedNot says why the marked order does not count; "" if it does.
func (p *profile) markedNot() string {
	mark, _, ok := p.orders.Marked()
	if !ok {
		return ""
	}
	i := len(p.Orders) - 1 - mark
	if not := p.Verdict(i); not != "" {
		return catalogue.T("{day} does not count: {reason}", "day", p.Orders[i].Day.String(), "reason", not)
	}
	return ""
}

// measure lays out the list of orders.
func (p *profile) measure(symbol string, width, height int) {
	width, height = p.arrange(width, height).orders.Inner()
	p.lay(symbol, width, height)
}

// corner is where the list of orders begins.
func (p *profile) corner(width, height int) (x, y int) {
	a := p.arrange(width, height)
	left, top := a.orders.Origin()
	return a.who.Width + left, a.chart.Height + top
}

// doProfile performs an action on the profile.
func (s *Screen) doProfile(id action.ID) screen.Outcome {
	if out, done := s.profile.orders.Do(id); done {
		return out
	}
	switch {
	case id == action.PersonLock:
		return s.lock(s.profile.Key)
	case id == action.Explain:
		return screen.Outcome{Read: &screen.Text{Title: catalogue.T("Customer {key}", "key", s.profile.Key), Paragraphs: explainProfile()}}
	case id == action.Copy:
		key := session.SpreadsheetText(s.profile.Key)
		return screen.Outcome{Copy: key, Note: catalogue.T("copied the key {key}", "key", key)}
	}
	return screen.Outcome{}
}

func explainProfile() []string {
	return []string{
		catalogue.T("Measures and scores are those under the active scheme and its policies. The list has every order of the customer; those that do not count are dimmed, with the reason. Where only some lines of an order count, or returns do not, the counts column has what the order adds to the value; these add up to the customer's revenue."),
		catalogue.T("Ways to a higher tier are tried out with the cuts as they are, although cuts that follow the data would move a little. They are: one order on the last day that counts, the one before the as-of day, which makes recency 1 day and adds one order; several orders on that day; or more paid for the orders there are. Each is the smallest change that is enough; an order may be worth anything unless an amount is given."),
		catalogue.T("Where scores depend on the other customers, as with groups of equal size or cuts within other scores, the smallest change of one measure alone is given, if there is one."),
	}
}

func (p *profile) lines(th *theme.Theme, symbol string, width, height int) []string {
	a := p.arrange(width, height)
	inner, _ := a.who.Inner()
	left := a.who.Lines(th, p.whoLines(th, symbol, inner))
	chartWidth, chartHeight := a.chart.Inner()
	right := p.orderPane(th, symbol, a.orders)
	if a.chart.Height > 0 {
		c := chart.New(p.bought(symbol))
		c.SetSize(chartWidth, chartHeight)
		right = append(a.chart.Lines(th, c.Lines(th, false)), right...)
	}
	for i := range left {
		left[i] += right[i]
	}
	return left
}

// bought is what the customer bought month by month: how often, and for how much.
func (p *profile) bought(symbol string) *answer.Chart {
	c := &answer.Chart{Shape: answer.Columns, Symbol: symbol, Why: p.chartless()}
	orders := answer.Line{Name: catalogue.T("orders"), Unit: answer.Counts}
	value := answer.Line{Name: catalogue.T("value"), Unit: answer.Amounts}
	for _, m := range p.Months() {
		c.Names = append(c.Names, monthName(m.First))
		partial := ""
		if m.Seen < m.Days {
			partial = catalogue.T("{seen} of {days}", "seen", words.Days(int64(m.Seen)), "days", words.Count(int64(m.Days)))
		}
		c.Partial = append(c.Partial, partial)
		orders.Points = append(orders.Points, float64(m.Orders))
		value.Points = append(value.Points, float64(m.Value))
	}
	c.Lines = []answer.Line{orders}
	if symbol != words.NoAmounts {
		c.Lines = append(c.Lines, value)
	}
	return c
}

// chartless says why there are no months.
func (p *profile) chartless() string {
	if p.Counting() == 0 {
		return catalogue.T("no order counts")
	}
	return ""
}

func monthName(day model.Day) string { return strings.TrimSuffix(day.String(), "-01") }

// whoLines tells who it is, how they score, and how far it is to the next tier.
func (p *profile) whoLines(th *theme.Theme, symbol string, width int) []string {
	w := &writer{th: th, width: width}
	if p.Tiered {
		p.writeStanding(w)
		for axis := range model.Axes {
			p.writeMeasure(w, axis, symbol)
		}
		w.gap()
		p.writeDistances(w, symbol)
	} else {
		not := p.NotTiered()
		w.text(th.Dim, words.Capital(not)+".")
	}
	if len(p.Facts) > 0 {
		w.gap()
	}
	for _, f := range p.Facts {
		w.pair(f.Name, f.Value)
	}
	if why := p.WhyNot(); len(why) > 0 {
		w.gap()
		w.text(th.Dim, catalogue.T("Orders that do not count:"))
		for _, words := range why {
			w.text(th.Text, words)
		}
	}
	return w.lines
}

func (p *profile) writeStanding(w *writer) {
	s := p.Score.Segment
	line := cells.NewLine(w.width).Put(w.th.TierStrong(s.Tier), "● "+s.Label)
	line.Put(w.th.Dim, "  "+words.Tier(s.Tier))
	w.lines = append(w.lines, line.String())
	w.text(w.th.Dim, catalogue.T("value score {value} (scale {min}–{max})", "value", p.Score.Value.Text(1), "min", p.Value.Min(), "max", p.Value.Max()))
	if p.Held != nil {
		w.text(w.th.Text, p.Held.String())
	}
	w.gap()
}

// writeMeasure writes a measure's value and score, and the range it lies in.
func (p *profile) writeMeasure(w *writer, axis model.Axis, symbol string) {
	score, levels := p.Score.Scores[axis], p.Levels[axis]
	name := session.ScoreName(axis, score)
	if axis == model.Monetary && p.Value.Unvalued { // no score, and not the worst
		name, score = session.ScoreName(axis, 0)[:1]+"–", 0
	}
	line := cells.NewLine(w.width).Put(w.th.Strong, name).Skip(1)
	line.Put(w.th.Accent, strings.Repeat("■", score)).Put(w.th.Faint, strings.Repeat("□", levels-score)).Skip(1)
	line.Put(w.th.Text, words.Measure(p.Score.Measured(axis), axis, p.Spec, symbol))
	w.lines = append(w.lines, line.String())
	text := p.Range(axis, func(v int64) string { return words.Measure(v, axis, p.Spec, symbol) })
	const indent = 3
	for _, part := range cells.Wrap(cells.Clean(text), w.width-indent) {
		w.lines = append(w.lines, cells.NewLine(w.width).Skip(indent).Put(w.th.Dim, part).String())
	}
}

func (p *profile) writeDistances(w *writer, symbol string) {
	switch {
	case p.Score.Segment.Tier == model.TierHigh:
		w.text(w.th.Dim, catalogue.T("In the highest tier."))
		if p.NotTold != "" {
			w.text(w.th.Dim, catalogue.T("To another segment: {reason}.", "reason", p.NotTold))
		}
	case p.Held.Locked():
		w.text(w.th.Dim, catalogue.T("No measure leads out of a tier that is locked."))
	case p.WaysKnown:
		w.text(w.th.Dim, catalogue.T("To a higher tier, {condition}:", "condition", figure.CutsStand))
		for _, line := range figure.Ways(p.WaysUp, p.AsOf, symbol) {
			w.text(w.th.Text, line)
		}
	case p.NotTold != "":
		w.text(w.th.Dim, catalogue.T("To another tier or segment: {reason}.", "reason", p.NotTold))
	default:
		w.text(w.th.Dim, catalogue.T("To a higher tier, {condition}:", "condition", figure.CutsStand))
		w.text(w.th.Text, figure.Reaches(p.NextTier, p.Spec, symbol, nil))
	}
	switch {
	case p.WaysKnown && len(p.OtherWays()) > 0:
		w.text(w.th.Dim, catalogue.T("To another segment, {condition}:", "condition", figure.CutsStand))
		w.text(w.th.Text, figure.WaysOut(p.OtherWays(), p.AsOf, p.Score.Segment.Tier, symbol))
	case !p.WaysKnown && len(p.NextSegment) > 0:
		w.text(w.th.Dim, catalogue.T("To another segment, {condition}:", "condition", figure.CutsStand))
		w.text(w.th.Text, figure.Reaches(p.NextSegment, p.Spec, symbol, func(s model.Segment) string { return s.Label }))
	}
}

// writer collects lines of one width.
type writer struct {
	th    *theme.Theme
	width int
	lines []string
}

// text writes a paragraph.
func (w *writer) text(style theme.Style, text string) {
	for _, line := range cells.Wrap(cells.Clean(text), w.width) {
		w.lines = append(w.lines, cells.NewLine(w.width).Put(style, line).String())
	}
}

// pair writes a name and a value.
func (w *writer) pair(name, value string) {
	line := cells.NewLine(w.width).Put(w.th.Dim, cells.Fit(cells.Clean(name), w.width/2)).Skip(2)
	w.lines = append(w.lines, line.Put(w.th.Text, cells.Fit(cells.Clean(value), line.Left())).String())
}

func (w *writer) gap() { w.lines = append(w.lines, cells.Blank(w.width, 1)...) }
