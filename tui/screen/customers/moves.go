package customers

import (
	"strconv"

	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/session"
)

// moveColumns tell where those who move come from, why, and how near the line
// is. The last answer, drawn until there is another, may know none of it.
func (s *Screen) moveColumns() []column {
	return []column{
		{id: session.ColumnWas, title: catalogue.T("was"), tone: wasOfTier, text: func(p session.Person) string {
			if p.Move == nil {
				return ""
			}
			return p.Move.Was.Label
		}},
		{id: session.ColumnReason, title: catalogue.T("reason"), text: func(p session.Person) string {
			if p.Move == nil {
				return ""
			}
			return p.Move.Short
		}},
		{id: session.ColumnDistance, title: catalogue.T("from line"), written: "distance", number: true, text: s.distance, plain: plainDistance(s.frame.Scheme.Spec)},
	}
}

func wasOfTier(p session.Person) answer.Tone {
	if p.Move == nil {
		return answer.Dim
	}
	return answer.ToneOf(p.Move.Was.Tier)
}

// distance writes a distance with its unit: 7 days, £12.50, 1 point.
func (s *Screen) distance(p session.Person) string {
	switch {
	case p.Move == nil || !p.Move.Decided:
		return ""
	case p.Move.By == model.Axes:
		return words.Plural(p.Move.Distance, "point", "points")
	}
	return words.Measure(p.Move.Distance, p.Move.By, s.frame.Scheme.Spec, s.symbol)
}

// plainDistance writes a distance as a number alone, for a spreadsheet.
func plainDistance(spec model.Spec) func(session.Person) string {
	return func(p session.Person) string {
		switch {
		case p.Move == nil || !p.Move.Decided:
			return ""
		case p.Move.By == model.Axes:
			return strconv.FormatInt(p.Move.Distance, 10)
		case p.Move.By == model.Monetary:
			return model.Money(p.Move.Distance).String()
		}
		return model.WholeCut(p.Move.Distance).Text(spec.Scale(p.Move.By))
	}
}
