package session

import (
	"fmt"
	"strconv"
	"strings"

	"strata/model"
	"strata/model/catalogue"
)

// ValueFixed returns why the value rule does not decide the tiers, so that its
// weights and cuts cannot be changed; nil where it does. Error: Usage.
func (b *Bench) ValueFixed() error {
	switch {
	case b.rule.ByValue():
		return nil
	case b.scheme.Map == "":
		return model.Errorf(model.Usage, "the map is your own: value cuts no longer move it").
			WithHint("paint its cells")
	}
	return model.Errorf(model.Usage, "the tiers follow from the map {map}, not from the value score", "map", b.scheme.Map).
		WithHint("paint its cells")
}

// SetWeights changes the weights of recency, frequency and monetary in the value
// score, typed like "2 1 1", as one edit. The value cuts keep their place on its
// scale. Errors: Invalid for a text that is no weights, and those of ValueFixed.
func (b *Bench) SetWeights(text string) (told string, err error) {
	if err := b.ValueFixed(); err != nil {
		return "", err
	}
	var weights [model.Axes]int
	if err := wholeNumbers(text, weights[:], catalogue.T("weights of recency, frequency and monetary, like 2 1 1")); err != nil {
		return "", err
	}
	scheme := b.placed()
	from := scheme.Value
	if weights == from.Weights {
		return catalogue.T("the weights are {weights} already", "weights", weightsText(from)), nil
	}
	scheme.Value.Weights = weights
	for i, cut := range from.Cuts {
		// The value score runs from the sum of the weights to five times that.
		placed := (2*cut*scheme.Value.Min() + from.Min()) / (2 * from.Min())
		scheme.Value.Cuts[i] = min(placed, scheme.Value.Max()+1)
	}
	told = catalogue.T("weights {from} → {to}", "from", weightsText(from), "to", weightsText(scheme.Value))
	if !from.ByShare() && scheme.Value.Min() != from.Min() {
		told += catalogue.T(", MID from {mid}, HIGH from {high}", "mid", scheme.Value.Cuts[0], "high", scheme.Value.Cuts[1])
	}
	return told, b.Change(told, scheme)
}

// SetValueCuts changes where MID and HIGH begin, typed like "8 12", as one edit.
// Shares of the customers that placed them no longer do. Errors: Invalid for a
// text that is no cuts, and those of ValueFixed.
func (b *Bench) SetValueCuts(text string) (told string, err error) {
	if err := b.ValueFixed(); err != nil {
		return "", err
	}
	var cuts [2]int
	if err := wholeNumbers(text, cuts[:], catalogue.T("the value scores where MID and HIGH begin, like 8 12")); err != nil {
		return "", err
	}
	scheme := b.placed()
	from := scheme.Value.Cuts
	if cuts == from && !scheme.Value.ByShare() {
		return catalogue.T("MID begins at {mid} and HIGH at {high} already", "mid", cuts[0], "high", cuts[1]), nil
	}
	scheme.Value.Cuts, scheme.Value.Shares = cuts, [2]int{}
	told = catalogue.T("MID from value score {mid_before} → {mid}, HIGH from {high_before} → {high}", "mid_before", from[0], "mid", cuts[0], "high_before", from[1], "high", cuts[1])
	return told, b.Change(told, scheme)
}

func weightsText(v model.ValueRule) string {
	return fmt.Sprintf("%d : %d : %d", v.Weights[0], v.Weights[1], v.Weights[2])
}

// wholeNumbers reads as many whole numbers as there is room for, with blanks,
// commas or colons between them.
func wholeNumbers(text string, to []int, what string) error {
	words := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" ,:;\t", r) })
	if len(words) != len(to) {
		return model.Errorf(model.Invalid, "{text:q} is not {count} numbers", "text", text, "count", len(to)).WithHint("type {values}", "values", what)
	}
	for i, word := range words {
		n, err := strconv.Atoi(word)
		if err != nil {
			return model.Errorf(model.Invalid, "{word:q} is not a whole number", "word", word).WithHint("type {values}", "values", what)
		}
		to[i] = n
	}
	return nil
}

// ValueScore returns the value score of a cell under a scheme that is in use, 0
// for one that cannot be.
func ValueScore(scheme model.Scheme, scores [model.Axes]int) model.Cut {
	rule, err := ruleWithoutData(scheme)
	if err != nil {
		return model.WholeCut(0)
	}
	return rule.ValueScore(rule.Cell(scores))
}
