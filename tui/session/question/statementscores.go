package question

import (
	"fmt"
	"slices"
	"strings"

	"strata/model"
)

// scores are the columns of scores in a statement, by axis.
var scores = [model.Axes]string{"r", "f", "m"}

// members are the tables up to that of the customers of a part, which is called member.
func (s *statement) members(p part) []string {
	if p.everybody() {
		return append(s.customersOf(), named("member", "SELECT *", "FROM measured"))
	}
	which, looks := s.which(p)
	columns := []string{"*"}
	for a := range model.Axes {
		if looks[a] {
			columns = append(columns, s.score(a)+" AS "+scores[a])
		}
	}
	return append(s.customersOf(),
		named("scored", "SELECT "+strings.Join(columns, ",\n    "), "FROM measured"),
		named("member", "SELECT *", "FROM scored", "WHERE "+which))
}

// which is the condition of a part in scores, and the axes whose scores it looks at.
func (s *statement) which(p part) (condition string, looks [model.Axes]bool) {
	if p.isTier && p.tier != model.TierNone && s.rule.ByValue() {
		return s.byValue(p.tier)
	}
	return s.whichCells(p.has)
}

// score is the score of a measure: measured values are whole, so that one lies above a
// cut where it lies above its whole part.
func (s *statement) score(a model.Axis) string {
	start, sign := "1", " + "
	if a == model.Recency {
		start, sign = fmt.Sprint(s.rule.Levels[a]), " - "
	}
	for _, c := range s.rule.Cuts[a] {
		start += fmt.Sprintf("%s(%s > %d)", sign, a, c.Whole)
	}
	return start
}

// byValue is the condition of a tier that the value score decides, in whole numbers:
// Σ factor × score against where HIGH and MID begin.
func (s *statement) byValue(tier model.Tier) (condition string, looks [model.Axes]bool) {
	value, scale := s.rule.Value, 1
	for _, levels := range s.rule.Levels {
		scale *= levels - 1
	}
	asked := 0
	for a := range model.Axes {
		if looks[a] = value.Asks(a); looks[a] {
			asked += value.Weights[a]
		}
	}
	// On the scale of five levels a score s is worth weight × (1 + 4(s-1)/(levels-1)),
	// over the weights that count; all of it times scale × asked is whole.
	var factors [model.Axes]int
	cuts := [2]int{(value.Cuts[0] - value.Min()) * scale * asked, (value.Cuts[1] - value.Min()) * scale * asked}
	divisor := gcd(cuts[0], cuts[1])
	for a := range model.Axes {
		if looks[a] {
			factors[a] = value.Weights[a] * 4 * (scale / (s.rule.Levels[a] - 1)) * value.Min()
			divisor = gcd(factors[a], divisor)
		}
	}
	divisor = max(divisor, 1)
	var terms []string
	begins := [2]int{cuts[0] / divisor, cuts[1] / divisor}
	for a, factor := range factors {
		if factor /= divisor; factor == 0 {
			continue
		}
		term := scores[a]
		if factor > 1 {
			term = fmt.Sprintf("%d * %s", factor, scores[a])
		}
		terms = append(terms, term)
		begins[0], begins[1] = begins[0]+factor, begins[1]+factor
	}
	sum := strings.Join(terms, " + ")
	switch tier {
	case model.TierHigh:
		return fmt.Sprintf("%s >= %d", sum, begins[1]), looks
	case model.TierMid:
		return fmt.Sprintf("%[1]s >= %[2]d AND %[1]s < %[3]d", sum, begins[0], begins[1]), looks
	}
	return fmt.Sprintf("%s < %d", sum, begins[0]), looks
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// whichCells is the condition of some segments: the list of their cells, each as its
// scores stand beside one another, without those that make no difference.
func (s *statement) whichCells(in func(model.Segment) bool) (condition string, looks [model.Axes]bool) {
	held := make([]bool, s.rule.Cells())
	for cell := range held {
		held[cell] = in(s.rule.Segments[s.rule.Segment(cell)])
	}
	for cell := range held {
		of := s.rule.Scores(cell)
		for a := range model.Axes {
			first := of
			first[a] = 1
			looks[a] = looks[a] || held[cell] != held[s.rule.Cell(first)]
		}
	}
	var codes []string
	for cell, isHeld := range slices.All(held) {
		if !isHeld {
			continue
		}
		code := ""
		for a, score := range s.rule.Scores(cell) {
			if looks[a] {
				code += fmt.Sprint(score)
			}
		}
		codes = append(codes, code)
	}
	slices.Sort(codes)
	codes = slices.Compact(codes)
	place, sum := 1, []string{}
	for a := model.Axes - 1; a >= 0; a-- {
		if !looks[a] {
			continue
		}
		term := scores[a]
		if place > 1 {
			term = fmt.Sprintf("%d * %s", place, scores[a])
		}
		place, sum = place*10, append([]string{term}, sum...)
	}
	switch {
	case len(sum) > 0:
		return strings.Join(sum, " + ") + " IN (" + strings.Join(codes, ", ") + ")", looks
	case len(codes) > 0:
		return "1", looks
	}
	return "0", looks
}
