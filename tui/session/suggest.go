package session

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"strata/analysis/rfm"
	"strata/analysis/suggest"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// SuggestMethod is a way to come to cuts.
type SuggestMethod struct {
	Slug  string // what it is asked for by: "jenks"
	Title string // what its cuts do, in one line
}

// SuggestMethods lists the methods that [Standing.Suggest] knows.
func SuggestMethods() []SuggestMethod {
	return []SuggestMethod{
		{"quantile", catalogue.T("as near to equal numbers of customers per score as ties allow")},
		{"ntile", catalogue.T("groups of equal size; equal values stay together")},
		{"nested", catalogue.T("frequency within each recency, monetary within both")},
		{"mean", catalogue.T("two scores, divided by the mean")},
		{"jenks", catalogue.T("natural breaks: the least spread within the scores")},
		{"revenue", catalogue.T("as near to equal revenue per score as ties allow")},
		{"gap", catalogue.T("recency by the days between orders, open gaps included")},
		{"lorenz", catalogue.T("frequency and monetary by the knees of the Lorenz curve")},
	}
}

// Suggest proposes the cuts that a method makes of the standing measures, with
// evidence that lets it be compared with any other method. It changes nothing.
//
// What is measured, the levels, the map and the value rule stay, but for mean,
// which has two levels. Measures that a method does not speak of keep the cuts
// they have. All cuts are frozen but those that no list of cuts could give back:
// nested frequency and monetary, and ntile where the method leaves it.
//
// Errors: Usage for a method that does not exist or does not go with the map,
// Empty where there is nothing to find cuts in, Cancelled, those of the
// workspace.
func (s *Standing) Suggest(ctx context.Context, method string) (*Proposal, error) {
	find, ok := suggesting[method]
	if !ok {
		var slugs []string
		for _, m := range SuggestMethods() {
			slugs = append(slugs, m.Slug)
		}
		return nil, model.Errorf(model.Usage, "there is no method {method:q} to suggest cuts", "method", method).
			WithHint("use one of {slugs}", "slugs", strings.Join(slugs, ", "))
	}
	found := &suggestion{standing: s, scheme: s.keptCuts()}
	if err := find(ctx, found); err != nil {
		return nil, err
	}
	p, err := s.propose(ctx, found.scheme)
	if err != nil {
		return nil, err
	}
	rule, _, err := s.session.resolve(ctx, s.base, found.scheme)
	if err != nil {
		return nil, err
	}
	for a := range model.Axes {
		if found.finds[a] && !found.unknown(a) {
			found.fit(a, rule)
		}
	}
	slices.SortStableFunc(found.evidence, func(a, b Evidence) int { return cmp.Compare(a.Axis, b.Axis) })
	p.Method, p.Evidence, p.Warnings = method, found.evidence, slices.Concat(found.warnings, p.Warnings)
	return p, nil
}

// suggestion is a proposal while it is worked out.
type suggestion struct {
	standing *Standing
	scheme   model.Scheme
	finds    [model.Axes]bool // the measures whose cuts the method finds
	evidence []Evidence
	warnings []model.Warning
}

var suggesting = map[string]func(context.Context, *suggestion) error{
	"quantile": func(ctx context.Context, g *suggestion) error { return g.estimate(ctx, model.MethodQuantile) },
	"ntile":    suggestNTile,
	"nested":   suggestNested,
	"mean":     suggestMean,
	"jenks":    suggestJenks,
	"revenue":  suggestRevenue,
	"gap":      suggestGap,
	"lorenz":   suggestLorenz,
}

// keptCuts returns the standing scheme with its cuts frozen, where cuts tell
// all scores.
func (s *Standing) keptCuts() model.Scheme {
	scheme := frozen(s.scheme, s.rule)
	scheme.Value = s.scheme.Value
	return scheme
}

// unknown reports whether nothing is known of a measure: monetary keeps the cuts it
// has where no order has an amount, and no evidence is told of it.
func (g *suggestion) unknown(a model.Axis) bool {
	return a == model.Monetary && g.standing.rule.Value.Unvalued
}

// estimate finds the cuts of all measures by a method that schemes have.
func (g *suggestion) estimate(ctx context.Context, method model.Method) error {
	for a := range model.Axes {
		if g.unknown(a) && len(g.scheme.Cuts[a].At) == g.scheme.Levels[a]-1 {
			continue
		}
		g.scheme.Cuts[a], g.finds[a] = model.AxisCuts{Method: method}, true
	}
	rule, _, err := g.standing.session.resolve(ctx, g.standing.base, g.scheme)
	if err != nil {
		return err
	}
	value := g.scheme.Value
	g.scheme = asFixed(g.scheme, rule)
	g.scheme.Value = value
	return nil
}

func suggestNTile(ctx context.Context, g *suggestion) error {
	if err := g.estimate(ctx, model.MethodNTile); err != nil {
		return err
	}
	torn := g.scheme.Clone()
	for a := range torn.Cuts {
		if !g.unknown(model.Axis(a)) {
			torn.Cuts[a] = model.AxisCuts{Method: model.MethodNTile}
		}
	}
	base := g.standing.base
	var rules [2]*rfm.Rule
	for i, scheme := range []model.Scheme{g.scheme, torn} {
		var err error
		if rules[i], _, err = g.standing.session.resolve(ctx, base, scheme); err != nil {
			return err
		}
	}
	if n := rfm.Differ(base, rules[0], rules[1]); n > 0 {
		g.warn("ties-kept", "groups of equal size split customers with equal values; as fixed cuts they stay together, and {customers} score otherwise than in such groups", "customers", share(int64(n), int64(base.Len())))
	}
	return nil
}

func suggestNested(ctx context.Context, g *suggestion) error {
	g.warn("not-frozen", "nested cuts differ from score to score and cannot be frozen: on other data they are recalculated")
	return g.estimate(ctx, model.MethodNested)
}

func suggestMean(ctx context.Context, g *suggestion) error {
	if was := g.scheme.Levels; was != [model.Axes]int{2, 2, 2} {
		g.warn("two-scores", "the mean divides a measure into 2 scores; the scheme had {recency}, {frequency} and {monetary} for recency, frequency and monetary", "recency", was[0], "frequency", was[1], "monetary", was[2])
	}
	g.scheme.Levels = [model.Axes]int{2, 2, 2}
	return g.estimate(ctx, model.MethodMean)
}

// put sets the cuts that were found for a measure.
func (g *suggestion) put(a model.Axis, cuts []model.Cut) {
	g.scheme.Cuts[a], g.finds[a] = model.AxisCuts{Method: model.MethodFixed, At: cuts}, true
	different := len(cuts)
	for i := 1; i < len(cuts); i++ {
		if cuts[i] == cuts[i-1] {
			different--
		}
	}
	if different < len(cuts) {
		g.warn("merged-cuts", "{axis}: equal values leave room for {different} of {cuts} different cuts; the scores between equal cuts stay empty", "axis", words.Axis(a), "different", different, "cuts", len(cuts))
	}
}

// column gathers a measure.
func (g *suggestion) column(a model.Axis) (*suggest.Column, error) {
	return suggest.NewColumn(g.standing.base, a)
}

func suggestJenks(ctx context.Context, g *suggestion) error {
	for a := range model.Axes {
		if g.unknown(a) {
			continue
		}
		column, err := g.column(a)
		if err != nil {
			return err
		}
		cuts, err := column.Jenks(ctx, g.scheme.Levels[a])
		if err != nil {
			return err
		}
		g.put(a, cuts)
	}
	return nil
}

func suggestRevenue(_ context.Context, g *suggestion) error {
	if g.standing.session.info.NoAmounts() {
		return model.Errorf(model.Usage, "no order has an amount, so there is no revenue to divide").
			WithHint("use a method that looks at recency and frequency: quantile or jenks")
	}
	for a := range model.Axes {
		column, err := g.column(a)
		if err != nil {
			return err
		}
		cuts, err := column.Revenue(g.scheme.Levels[a])
		if err != nil {
			return err
		}
		g.put(a, cuts)
		g.tellRevenue(a, column.Shares(cuts))
		if below := column.Negative(); below.Customers > 0 && a == 0 {
			g.warnings = append(g.warnings, model.Warning{Code: "negative-revenue", Message: words.Agree(below.Customers,
				"{customers} brought less than nothing, {revenue} in all, and counts as 0", "{customers} brought less than nothing, {revenue} in all, and count as 0",
				g.below(below)...)})
		}
	}
	return nil
}

// below names the values of a warning of customers below nothing, who count as 0 in
// every method that divides a total.
func (g *suggestion) below(who rfm.Flow) []any {
	return []any{
		"customers", share(who.Customers, int64(g.standing.base.Len())),
		"revenue", words.Amount(who.Revenue, words.Symbol(g.standing.session.info.Currency)),
	}
}

func suggestGap(ctx context.Context, g *suggestion) error {
	gaps, err := g.standing.session.gaps(ctx, g.scheme.Spec)
	if err != nil {
		return err
	}
	cuts, whole, err := gaps.Cuts(g.scheme.Levels[model.Recency])
	if err != nil {
		return err
	}
	g.put(model.Recency, cuts)
	g.tellGaps(gaps)
	if !whole {
		g.warn("gaps-open", "the Kaplan–Meier curve of the gaps ends at {ended}, and the data cannot tell how many of them end later; the cuts divide what the curve reaches", "ended", words.Percent(gaps.Ended()))
	}
	if gaps.Once > 0 {
		g.warn("no-gap", "{customers} ordered on one day only, so all that is known of them is a gap that is still open", "customers", share(int64(gaps.Once), int64(g.standing.base.Len())))
	}
	return nil
}

// percentOf writes a fraction in percent.
// gaps measures the days between orders under a spec.
func (s *Session) gaps(ctx context.Context, spec model.Spec) (*rfm.Gaps, error) {
	orders, customers, err := columnsFor(ctx, s.store, &spec)
	if err != nil {
		return nil, err
	}
	return rfm.MeasureGaps(ctx, orders, customers, spec)
}

func suggestLorenz(_ context.Context, g *suggestion) error {
	for _, a := range []model.Axis{model.Frequency, model.Monetary} {
		if g.unknown(a) {
			continue
		}
		column, err := g.column(a)
		if err != nil {
			return err
		}
		if counted, below := column.FromZero(); below.Customers > 0 && counted.Total() > 0 {
			g.warnings = append(g.warnings, model.Warning{Code: "negative-values", Message: words.Agree(below.Customers,
				"{axis}: {customers} is worth less than nothing, {revenue} in all, and counts as 0", "{axis}: {customers} are worth less than nothing, {revenue} in all, and count as 0",
				append(g.below(below), "axis", words.Axis(a))...)})
			column = counted
		}
		cuts, knee := column.Lorenz(g.scheme.Levels[a])
		g.put(a, cuts)
		g.tellLorenz(a, column, knee)
	}
	return nil
}

func (g *suggestion) warn(code, entry string, named ...any) {
	g.warnings = append(g.warnings, model.Warning{Code: code, Message: catalogue.T(entry, named...)})
}

// share tells a number of customers and what part of all they are.
func share(customers, all int64) string {
	return words.Customers(customers) + " (" + words.Share(customers, all) + ")"
}

// Suggest returns the work that finds the cuts a method suggests for the scheme
// as it stands, to be done beside the keys; see [Standing.Suggest].
func (b *Bench) Suggest(method string) func(context.Context) (*Proposal, error) {
	standing := b.Standing()
	return func(ctx context.Context) (*Proposal, error) { return standing.Suggest(ctx, method) }
}
