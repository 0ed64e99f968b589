package answer

import (
	"cmp"
	"strings"
)

// Condition is what a filter asks of a row: that a cell of one column is as it says, or
// that any cell has a text.
type Condition struct {
	Relation string // >, >=, <, <= or =; "" for a text
	Text     string // in small letters

	figure  bool
	than    Value
	percent Value // the same, as people write shares
}

// relations are the longer ones first.
var relations = []string{">=", "<=", ">", "<", "="}

// ParseCondition reads a filter as a person types it: ">10,000", "<= 5%", "=2024-01-02"
// or a text.
func ParseCondition(filter string) Condition {
	filter = strings.TrimSpace(filter)
	for _, relation := range relations {
		rest, ok := strings.CutPrefix(filter, relation)
		if !ok {
			continue
		}
		rest = strings.TrimSpace(rest)
		c := Condition{Relation: relation, Text: strings.ToLower(rest)}
		if c.than, c.figure = Figure(rest); c.figure {
			c.percent = c.than
			if one, ok := Figure(rest + "%"); ok && !strings.HasSuffix(rest, "%") {
				c.percent = one
			}
		}
		return c
	}
	return Condition{Text: strings.ToLower(filter)}
}

// Holds reports whether a value, shown to people as a text, is as the condition says. A
// relation to nothing holds for all; texts are compared as texts: days are written so
// that this is right.
func (c Condition) Holds(v Value, shown string) bool {
	order := 0
	switch {
	case c.Text == "":
		return true
	case v.Missing():
		return false
	case v.IsText():
		order = cmp.Compare(strings.ToLower(shown), c.Text)
	case !c.figure:
		return false
	case v.IsShare():
		order = v.Compare(c.percent)
	default:
		order = v.Compare(c.than)
	}
	switch c.Relation {
	case ">":
		return order > 0
	case ">=":
		return order >= 0
	case "<":
		return order < 0
	case "<=":
		return order <= 0
	}
	return order == 0
}
