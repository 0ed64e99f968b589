package session

import (
	"strings"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// CutLine tells the cuts of one measure, or of the value score, before and
// after a proposal.
type CutLine struct {
	Name     string // "recency", "value score"
	Was, Now string // "14 / 33 / 72 / 180"
	Unit     string // "days", may be ""
}

// CutsBetween stands between the cuts of a line.
const CutsBetween = " / "

// Changed reports whether the proposal moves these cuts.
func (l CutLine) Changed() bool { return l.Was != l.Now }

// Text writes the line in words: "14 / 33 → 12 / 33 days".
func (l CutLine) Text() string {
	switch {
	case l.Was == "":
		return strings.TrimSpace(l.Now + " " + l.Unit)
	case !l.Changed():
		return catalogue.T("{now}, as before", "now", strings.TrimSpace(l.Now+" "+l.Unit))
	}
	return strings.TrimSpace(l.Was + " → " + l.Now + " " + l.Unit)
}

// noAmounts stands for the cuts of a measure that no order has.
var noAmounts = catalogue.T("no amounts")

// CutLines tells the cuts of the proposal, beside those it was asked about.
func (p *Proposal) CutLines(currency string) []CutLine {
	f := p.Frame
	spec := f.Scheme.Spec
	nested := nestedOf(f.Scheme)
	var lines []CutLine
	for a := model.Recency; a < model.Axes; a++ {
		line := CutLine{Name: words.Axis(a)}
		line.Was, line.Now = cutTexts(p.Asked.Axes[a], f.Published[a], p.Asked.Methods[a], f.Scheme.Cuts[a].Method, a, spec, currency)
		line.Unit = CutsUnit([]string{line.Now}, a, spec)
		if p.Asked.Nested[a] {
			line.Was = nestedWithin(a)
		}
		if nested[a] {
			line.Now, line.Unit = nestedWithin(a), "" // what is published scores nobody
		}
		if a == model.Monetary && f.Scheme.Value.Unvalued {
			line = CutLine{Name: words.Axis(a), Was: noAmounts, Now: noAmounts}
		}
		lines = append(lines, line)
	}
	if f.ByValue {
		line := CutLine{Name: catalogue.T("value score"), Now: tierBegins(f.Scheme.Value.Cuts)}
		if p.Asked.ByValue {
			line.Was = tierBegins(p.Asked.Value)
		}
		lines = append(lines, line)
	}
	return lines
}

// nestedOf tells which measures of a scheme are scored within those before.
func nestedOf(scheme model.Scheme) (nested [model.Axes]bool) {
	for a := model.Frequency; a < model.Axes; a++ {
		nested[a] = scheme.Cuts[a].Method == model.MethodNested
	}
	return nested
}

func methodsOf(scheme model.Scheme) (methods [model.Axes]model.Method) {
	for a, cuts := range scheme.Cuts {
		methods[a] = cuts.Method
	}
	return methods
}

// nestedWithin tells within what a nested measure is divided.
func nestedWithin(a model.Axis) string {
	if a == model.Frequency {
		return catalogue.T("nested within recency")
	}
	return catalogue.T("nested within recency and frequency")
}

// cutTexts writes the cuts of a measure before and after to their last digit, as
// every list of cuts is written: what it says can be typed.
func cutTexts(was, now []model.Cut, by, nowBy model.Method, a model.Axis, spec model.Spec, currency string) (before, after string) {
	write := func(cuts []model.Cut, method model.Method) string {
		texts := make([]string, len(cuts))
		for i, c := range cuts {
			texts[i] = ExactCut(c, a, spec, currency)
		}
		return ListOfCuts(texts, method)
	}
	return write(was, by), write(now, nowBy)
}

func tierBegins(cuts [2]int) string {
	return catalogue.T("MID {mid}, HIGH {high}", "mid", cuts[0], "high", cuts[1])
}

// MovesSentence tells in one sentence who is reclassified in a frame; money writes
// amounts.
func MovesSentence(f *Frame, money func(model.Money) string) string {
	m := f.Moves
	if m.Customers == 0 {
		return catalogue.T("All customers stay in the same segment.")
	}
	revenue := ""
	if !f.Scheme.Value.Unvalued {
		revenue = catalogue.T(", with {revenue} of revenue reclassified", "revenue", money(m.Revenue))
	}
	text := catalogue.T("{customers} segment{revenue}: {up} into a higher tier, {down} into a lower one", "customers", words.Plural(m.Customers, "customer changes", "customers change"), "revenue", revenue, "up", words.Count(m.Up), "down", words.Count(m.Down))
	for _, told := range m.TierWords() {
		text += ", " + told
	}
	return text + "."
}
