package rfm_test

import (
	"slices"
	"strings"
	"testing"

	"strata/analysis/rfm"
	"strata/model"
)

// unvalued is a base of customers whose orders are worth nothing, each with
// another recency; who came lately has ordered often.
func unvalued() *rfm.Base {
	const n = 100
	base := &rfm.Base{Monetary: make([]int64, n), Revenue: make([]int64, n)}
	for i := range int32(n) {
		base.Customer = append(base.Customer, i)
		base.Recency = append(base.Recency, i+1)
		base.Orders = append(base.Orders, n-i)
	}
	base.Frequency = base.Orders
	return base
}

// TestUnvaluedCustomersReachHigh: where no order has an amount, the value
// score is made of recency and frequency on the scale of three measures.
func TestUnvaluedCustomersReachHigh(t *testing.T) {
	t.Parallel()
	base := unvalued()
	rule, warnings, err := rfm.Resolve(base, model.Ten(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for scores, want := range map[[model.Axes]int]string{
		{5, 5, 1}: "15", {4, 4, 1}: "12", {5, 3, 1}: "12", {4, 3, 1}: "10.5", {1, 1, 1}: "3", {5, 5, 5}: "15",
	} {
		if got := rule.ValueScore(rule.Cell(scores)).Text(1); got != want {
			t.Errorf("the value score of %v is %s, want %s", scores, got, want)
		}
	}
	figures := rfm.Tally(base, rule, nil)
	tiers := figures.Tiers(rule)
	if tiers[0].Customers != 40 || tiers[1].Customers != 20 || tiers[2].Customers != 40 {
		t.Errorf("HIGH, MID, LOW %d, %d, %d, want 40, 20, 40", tiers[0].Customers, tiers[1].Customers, tiers[2].Customers)
	}
	if champions := figures.Segments(rule)[0]; rule.Segments[0].Slug != "champions" || champions.Customers != 40 {
		t.Errorf("%s has %d customers, want 40 champions", rule.Segments[0].Slug, champions.Customers)
	}
	if slices.ContainsFunc(warnings, func(w model.Warning) bool { return strings.HasPrefix(w.Message, "monetary") }) {
		t.Errorf("monetary says nothing, but its cuts are warned of: %q", warnings)
	}
	told := rule.MapWarnings(figures, rule.Lint(figures))
	want := model.Warning{Code: "unvalued-score", Message: "no order has an amount, so the value score is made of recency and frequency, on the same scale"}
	if !slices.Contains(told, want) {
		t.Errorf("told %q, want %q", told, want)
	}
	base.Monetary[7] = 1 // somebody is worth something
	if rule, _, err = rfm.Resolve(base, model.Ten(), nil); err != nil {
		t.Fatal(err)
	}
	if got := rule.ValueScore(rule.Cell([model.Axes]int{5, 5, 1})).Text(1); got != "11" {
		t.Errorf("with an amount the value score of 551 is %s, want 11", got)
	}
}

// TestUnvaluedMapsSaySo: maps that look at monetary tell what becomes of them;
// the others have nothing to tell.
func TestUnvaluedMapsSaySo(t *testing.T) {
	t.Parallel()
	const (
		score  = "made of recency and frequency"
		noHigh = "puts no customer with a monetary score of 1 in HIGH"
		blind  = "cannot use it to tell customers apart"
	)
	want := map[string]string{
		"ten": score, "value": score, "grid": "", "eleven": noHigh, "eight": noHigh, "rfm-r": noHigh, "klaviyo": blind, "putler": blind, "pymc": noHigh,
	}
	for _, scheme := range rfm.Presets() {
		base := unvalued()
		rule, _, err := rfm.Resolve(base, scheme, nil)
		if err != nil {
			t.Fatal(err)
		}
		figures := rfm.Tally(base, rule, nil)
		told := ""
		for _, w := range rule.MapWarnings(figures, rule.Lint(figures)) {
			if strings.HasPrefix(w.Code, "unvalued-") {
				told += w.Message
			}
		}
		if words := want[scheme.Name]; (words == "") != (told == "") || !strings.Contains(told, words) {
			t.Errorf("%s: told %q, want %q", scheme.Name, told, words)
		}
		if high := figures.Tiers(rule)[0].Customers; (high == 0) != (want[scheme.Name] == noHigh) {
			t.Errorf("%s: %d customers in HIGH, but told %q", scheme.Name, high, told)
		}
	}
}

// TestUnvaluedWeights: weights decide which measures are left.
func TestUnvaluedWeights(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		weights [model.Axes]int
		score   string // of 531
		says    string
	}{
		{[model.Axes]int{2, 1, 1}, "17.333333", "made of recency and frequency,"}, // 4 × (2·5 + 3) ÷ 3
		{[model.Axes]int{1, 0, 2}, "15", "made of recency alone"},
		{[model.Axes]int{0, 1, 1}, "6", "made of frequency alone"},
		{[model.Axes]int{0, 0, 1}, "1", "everybody has the same value score"},
		{[model.Axes]int{1, 1, 0}, "8", ""},
	} {
		scheme := model.Ten()
		scheme.Value.Weights, scheme.Value.Cuts = c.weights, [2]int{3, 5}
		scheme.Value.Cuts = [2]int{scheme.Value.Min(), scheme.Value.Max()}
		rule, _, err := rfm.Resolve(unvalued(), scheme, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := rule.ValueScore(rule.Cell([model.Axes]int{5, 3, 1})).Text(1); got != c.score {
			t.Errorf("weights %v: value score %s, want %s", c.weights, got, c.score)
		}
		if words := rule.Value.UnvaluedWords(); (words == "") != (c.says == "") || !strings.Contains(words, c.says) {
			t.Errorf("weights %v: %q, want %q", c.weights, words, c.says)
		}
	}
}
