package session

import (
	"fmt"
	"slices"
	"strings"

	"strata/analysis/compare"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// fewCustomers is the size below which a group's changes hang on a few people.
const fewCustomers = 30

// warnings says what to know about the two sides; what both are warned of alike
// is said once.
func (c *Comparison) warnings(was, now *Frame) []model.Warning {
	var all []model.Warning
	for _, w := range was.Warnings {
		if !slices.Contains(now.Warnings, w) {
			all = append(all, model.Warning{Code: w.Code, Message: catalogue.T("before: {message}", "message", w.Message)})
		}
	}
	for _, w := range now.Warnings {
		if !slices.Contains(was.Warnings, w) {
			w.Message = catalogue.T("after: {message}", "message", w.Message)
		}
		all = append(all, w)
	}
	return all
}

// about says what to know about a comparison as such.
func (c *Comparison) about() []model.Warning {
	var all []model.Warning
	add := func(code, entry string, named ...any) {
		all = append(all, model.Warning{Code: code, Message: catalogue.T(entry, named...)})
	}
	if few := c.fewIn(); few != nil {
		add("tiny-group", "fewer than {few_customers} customers before or after: {groups}; their changes depend on a few customers", "few_customers", fewCustomers, "groups", strings.Join(few, ", "))
	}
	if labels := c.Agreement.Floored; labels != nil {
		add("psi-floored", "no customers on one side, counted there with a share of {share} for the PSI: {groups}", "share", words.PercentTo(compare.EmptyShare, 2), "groups", strings.Join(labels, ", "))
	}
	if only := c.onlyOneSide(); only != nil {
		add("other-segments", "segments that only one of the two schemes has: {only}; {how}", "only", strings.Join(only, ", "), "how", c.otherSegmentsTold())
	}
	if moved := c.inOtherTiers(); moved != nil {
		add("other-tiers", "segments that are in another tier after: {moved}; their customers move up or down with them", "moved", strings.Join(moved, ", "))
	}
	if differ := c.measuredOtherwise(); differ != nil {
		add("other-measures", "the two schemes measure differently ({differences}): scores also differ because of that, and it counts as the rule", "differences", strings.Join(differ, ", "))
	}
	if was, is := c.Before.Scheme.Value.Unvalued, c.After.Scheme.Value.Unvalued; was != is {
		if is {
			add("amounts-on-one-side", "after, no order has an amount: the value score leaves amounts out there, and counts them before; the value rule is the same, and customers who move because of this count as moved by the rule")
		} else {
			add("amounts-on-one-side", "before, no order has an amount: the value score leaves amounts out there, and counts them after; the value rule is the same, and customers who move because of this count as moved by the rule")
		}
	}
	if c.Before.AsOf > c.After.AsOf {
		add("days-reversed", "the change runs backwards in time: before looks back from {before}, after from {after}", "before", c.Before.AsOf, "after", c.After.AsOf)
	}
	c.warnOfDays(add)
	return all
}

// ChangeWarnings says what to know about the change from the baseline to the
// working scheme, as a comparison of the two does; nil where nothing changes.
func (b *Bench) ChangeWarnings() []model.Warning {
	f := b.frame
	if f.Moves.Customers+f.Moves.Entered.Customers+f.Moves.Left.Customers == 0 {
		return nil
	}
	var was []Group
	for _, s := range f.Moves.Before {
		was = append(was, Group{Slug: s.Slug, Label: s.Label, Tier: s.Tier, Now: newFigures(b.baseline.segments[s.Key()])})
	}
	before := b.baseline.scheme.Clone()
	before.Value = b.baseline.rule.Value
	c := &Comparison{
		Before: Compared{AsOf: b.baseline.base.AsOf, Scheme: before}, After: Compared{AsOf: f.AsOf, Scheme: f.Scheme},
		Moves: f.Moves, Tiers: f.Tiers, Segments: bothSides(was, f.Segments), Agreement: MeasuresOf(f.Moves),
	}
	return c.about()
}

// warnOfDays says what to know about two days.
func (c *Comparison) warnOfDays(add func(code, entry string, named ...any)) {
	if c.Split == nil {
		return
	}
	follow := c.following()
	var moved []model.Axis
	for _, a := range follow {
		if !slices.Equal(c.Before.Cuts[a], c.After.Cuts[a]) {
			moved = append(moved, a)
		}
	}
	if moved != nil {
		if len(moved) < len(follow) {
			add("estimated-cuts", "the cuts of {axes} follow from the data of each day, and those of {moved} have moved with it: that is part of the rule; with frozen cuts all would be behaviour", "axes", axisList(follow), "moved", axisList(moved))
		} else {
			add("estimated-cuts", "the cuts of {axes} follow from the data of each day and have moved with it: that is part of the rule; with frozen cuts all would be behaviour", "axes", axisList(follow))
		}
	}
	if groups, _ := c.against.before.rule.Entangled(); groups {
		add("values-kept-together", "the scheme before splits equal values, which can be done only for the customers of its own day: on the other day its cuts count")
	}
}

// fewIn lists the segments and tiers with few customers on a side.
func (c *Comparison) fewIn() []string {
	var few []string
	for _, g := range slices.Concat(c.Tiers, c.Segments) {
		was, is := g.Was.Customers, g.Now.Customers
		if was > 0 && was < fewCustomers || is > 0 && is < fewCustomers {
			few = append(few, fmt.Sprintf("%s (%s → %s)", g.Label, words.Count(was), words.Count(is)))
		}
	}
	return few
}

// onlyOneSide lists the segments that only one of the schemes has.
func (c *Comparison) onlyOneSide() []string {
	var only []string
	has := func(segments []model.Segment, slug string) bool {
		return slices.ContainsFunc(segments, func(s model.Segment) bool { return s.Slug == slug })
	}
	for _, s := range c.Moves.Before {
		if !has(c.Moves.Now, s.Slug) {
			only = append(only, s.Label)
		}
	}
	for _, s := range c.Moves.Now {
		if !has(c.Moves.Before, s.Slug) {
			only = append(only, s.Label)
		}
	}
	return only
}

// otherSegmentsTold says what follows of segments that only one side has. Where
// they are those of people kept in a tier alone, the maps are the same, and a stay
// is no matter of names.
func (c *Comparison) otherSegmentsTold() string {
	if c.Agreement.OtherMaps {
		return catalogue.T("by tiers first: customers stay in a segment if its name is the same; the PSI compares tiers")
	}
	return catalogue.T("the PSI compares tiers")
}

// inOtherTiers lists the segments of both schemes whose tiers differ.
func (c *Comparison) inOtherTiers() []string {
	var moved []string
	for _, was := range c.Moves.Before {
		for _, is := range c.Moves.Now {
			if was.Slug == is.Slug && was.Tier != is.Tier {
				moved = append(moved, fmt.Sprintf("%s (%s → %s)", is.Label, tierLabels[was.Tier], tierLabels[is.Tier]))
			}
		}
	}
	return moved
}

// measuredOtherwise lists in what the two schemes measure differently, but for
// the day.
func (c *Comparison) measuredOtherwise() []string {
	a, b := c.Before.Scheme.Spec, c.After.Scheme.Spec
	var differ []string
	add := func(what string, differs bool) {
		if differs {
			differ = append(differ, what)
		}
	}
	add(catalogue.T("window"), a.Window != b.Window)
	add(catalogue.T("filter"), !slices.EqualFunc(a.Where, b.Where, func(x, y model.Condition) bool { return x.String() == y.String() }))
	add(catalogue.T("returns"), a.Returns != b.Returns)
	add(catalogue.T("zero-value orders"), a.Zero != b.Zero)
	add(words.Axis(model.Frequency), a.Frequency != b.Frequency)
	perMonth := a.Frequency == model.FrequencyPerMonth && b.Frequency == a.Frequency
	add(catalogue.T("minimum months to divide by"), perMonth && a.MonthsAtLeast() != b.MonthsAtLeast())
	add(words.Axis(model.Monetary), a.Monetary != b.Monetary)
	return differ
}
