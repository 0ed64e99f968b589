package customers

import (
	"cmp"
	"slices"
	"strconv"

	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/session"
)

// column is a column of the list.
type column struct {
	id      session.PeopleColumn
	title   string
	written string // the title for a spreadsheet, "" where it is the same
	number  bool   // written on the right
	light   int8   // see [answer.Column]
	text    func(p session.Person) string
	plain   func(p session.Person) string       // for a spreadsheet, where it differs
	figure  func(p session.Person) answer.Value // where it is not made of the texts
	tone    func(p session.Person) answer.Tone
}

// header is the title for a spreadsheet.
func (c column) header() string { return session.SpreadsheetText(cmp.Or(c.written, c.title)) }

// plainly writes a person's figure or text for a spreadsheet.
func (c column) plainly(p session.Person) string {
	switch {
	case c.plain != nil:
		return c.plain(p)
	case c.number:
		return c.text(p)
	}
	return session.SpreadsheetText(c.text(p))
}

// value is what a person has in the column.
func (c column) value(p session.Person) answer.Value {
	if c.figure != nil {
		return c.figure(p)
	}
	text := c.text(p)
	if !c.number {
		return answer.Text(text)
	}
	switch plain := c.plainly(p); {
	case plain != "":
		return answer.Decimal(plain, false).Told(text)
	case text != "":
		return answer.Absent(text)
	}
	return answer.Value{}.Untold()
}

// scoreFrom is the width from which the value score is called so in full; below, and
// where reasons need the room, it stands behind the other scores.
const scoreFrom = 110

// none is no index.
const none = -1

// columns lists the columns that there may be, as they are drawn; attributes that were
// not chosen are among them, and hidden. Frequency is left out where it
// is the number of orders.
func (s *Screen) columns() []column {
	columns := []column{{id: session.ColumnCustomer, title: catalogue.T("customer"), text: func(p session.Person) string { return p.Customer }}}
	for _, a := range s.attributes {
		i := none // not looked up yet
		if s.people != nil {
			i = slices.Index(s.people.Request.Attributes, a)
		}
		columns = append(columns, column{id: session.AttributeColumn(a), title: a.Name, tone: dim, text: func(p session.Person) string {
			if i == none {
				return ""
			}
			return p.Facts[i]
		}})
	}
	if s.wanted.Query.AboutMoves() {
		return append(append(columns, s.moveColumns()...), s.standingColumns()...)
	}
	return append(columns, s.standingColumns()...)
}

// shownColumns are the columns that are not hidden.
func (s *Screen) shownColumns() []column {
	return slices.DeleteFunc(s.columns(), func(c column) bool { return !s.rows.Shows(string(c.id)) })
}

// standingColumns tell where a customer stands.
func (s *Screen) standingColumns() []column {
	spec := s.frame.Scheme.Spec
	value := catalogue.T("value score")
	if s.width < scoreFrom || s.wanted.Query.AboutMoves() {
		value = catalogue.T("score")
	}
	columns := []column{
		{id: session.ColumnSegment, title: catalogue.T("segment"), tone: ofTier, text: func(p session.Person) string { return p.Segment.Label }},
		{id: session.ColumnTier, title: catalogue.T("tier"), tone: ofTier, text: func(p session.Person) string { return s.tierLabel(p.Segment.Tier) }},
		scoreColumn(session.ColumnR, "R", model.Recency), scoreColumn(session.ColumnF, "F", model.Frequency), s.moneyScoreColumn(),
		{id: session.ColumnValue, title: value, written: "value", number: true, tone: dim, text: func(p session.Person) string { return p.Value.Text(1) }},
		countColumn(session.ColumnRecency, catalogue.T("days"), func(p session.Person) int32 { return p.Recency }),
		countColumn(session.ColumnOrders, catalogue.T("orders"), func(p session.Person) int32 { return p.Orders }),
	}
	if spec.Frequency != model.FrequencyOrders {
		columns = append(columns, column{id: session.ColumnFrequency, title: catalogue.T("frequency"), number: true, text: func(p session.Person) string {
			return words.Decimal(frequencyText(p, spec))
		}, plain: func(p session.Person) string { return frequencyText(p, spec) }})
	}
	columns = append(columns,
		column{
			id: session.ColumnMonetary, title: catalogue.T("monetary"), number: true,
			text:   func(p session.Person) string { return words.Amount(p.Monetary, s.symbol) },
			plain:  func(p session.Person) string { return p.Monetary.String() },
			figure: func(p session.Person) answer.Value { return answer.Money(p.Monetary).As(answer.Exact) },
		},
		column{id: session.ColumnLastOrder, title: catalogue.T("last order"), tone: dim, text: func(p session.Person) string { return p.LastOrder.String() }},
	)
	const where = 2 // segment and tier, which stay; the others go from the right
	for i := where; i < len(columns); i++ {
		columns[i].light = int8(i)
	}
	return columns
}

func frequencyText(p session.Person, spec model.Spec) string {
	return model.WholeCut(int64(p.Frequency)).Text(spec.Scale(model.Frequency))
}

func scoreColumn(id session.PeopleColumn, title string, axis model.Axis) column {
	return column{id: id, title: title, number: true, text: func(p session.Person) string { return strconv.Itoa(p.Scores[axis]) }, figure: func(p session.Person) answer.Value { return answer.Count(p.Scores[axis]) }}
}

// moneyScoreColumn has no score where no order has an amount: it would be the worst.
func (s *Screen) moneyScoreColumn() column {
	c := scoreColumn(session.ColumnM, "M", model.Monetary)
	if s.frame.Scheme.Value.Unvalued {
		c.text = func(session.Person) string { return "–" }
		c.plain = func(session.Person) string { return "" }
		c.figure = nil
	}
	return c
}

func countColumn(id session.PeopleColumn, title string, of func(session.Person) int32) column {
	return column{
		id: id, title: title, number: true,
		text:   func(p session.Person) string { return words.Count(int64(of(p))) },
		plain:  func(p session.Person) string { return strconv.Itoa(int(of(p))) },
		figure: func(p session.Person) answer.Value { return answer.Count(of(p)) },
	}
}

func dim(session.Person) answer.Tone { return answer.Dim }

func ofTier(p session.Person) answer.Tone { return answer.ToneOf(p.Segment.Tier) }

// tierLabel names a tier as the frame does.
func (s *Screen) tierLabel(tier model.Tier) string {
	for _, t := range s.frame.Tiers {
		if t.Tier == tier {
			return t.Label
		}
	}
	return string(tier)
}
