package session

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"strata/analysis/compare"
	"strata/analysis/rfm"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/schemefile"
	"strata/model/words"
)

// Comparison is two schemes, or two days, set against each other.
type Comparison struct {
	Before, After Compared
	Moves         Moves
	// Tiers and Segments are those of both sides, those of after first: Was is
	// before, Now after.
	Tiers, Segments []Group
	Stayed, Moved   rfm.Flow // of those on both sides; Moved.Revenue is reclassified
	Directions               // of those moved, into which tier
	Agreement       Agreement
	Split           *Split // nil on one day: all that moves is the rule's
	Flows           []ComparedFlow
	About           []model.Warning // of the comparison as such
	Warnings        []model.Warning // these and those about either side

	against *Against
}

// Compared is one side of a comparison.
type Compared struct {
	Title  string // name of the scheme, with what it counts otherwise than the other side
	AsOf   model.Day
	Scheme model.Scheme
	Cuts   [model.Axes][]model.Cut // as their methods define them
	Total  Figures
	Whole  rfm.Whole // what became of all that the workspace holds
	// NoTierWhere says where the map has those whom it has in no tier.
	NoTierWhere string
}

// Split parts a change between two days. The rule of before, with the cuts it
// had, is applied to what was measured after, first: who then is elsewhere has
// moved by behaviour, their own data: orders, or none since; who is elsewhere once more under the rule of after, by the
// rule. The counts of Split itself are of changes of segment.
type Split struct {
	SplitCounts
	ByTier          SplitCounts // the same of changes of tier
	Tiers, Segments []SplitGroup
}

// SplitCounts tell what has moved those who are there on both days, with their revenue
// as measured after: the first five are all of them, Behaviour, Rule and Both
// are those who moved.
type SplitCounts struct {
	Stayed    rfm.Flow
	Behaviour rfm.Flow // by their own data alone: orders, or none since
	Rule      rfm.Flow // by the rule alone
	Both      rfm.Flow // by their own data, and on by the rule
	Back      rfm.Flow // by their own data, and back by the rule: they stay
	New, Gone rfm.Flow // there on one day only; no movers
}

// SplitGroup is the change of a tier or a segment in parts: After = Before +
// Behaviour + Rule + Both + New - Gone, in customers and in revenue, where
// Behaviour and Rule are of those whom one of them alone has moved. What those who stay spend more or
// less is behaviour.
type SplitGroup struct {
	Slug, Label                                     string
	Tier                                            model.Tier
	Before, Behaviour, Rule, Both, New, Gone, After rfm.Flow
}

// Compare sets two schemes against each other; they may look back from two
// days. Errors: those of [Session.Standing], and Empty for a day before all
// orders.
func (s *Session) Compare(ctx context.Context, before, after model.Scheme) (*Comparison, error) {
	for _, scheme := range []model.Scheme{before, after} {
		if err := s.checkDay(scheme.Spec.AsOf); err != nil {
			return nil, err
		}
	}
	was, ofBefore, err := s.Standing(ctx, before)
	if err != nil {
		return nil, err
	}
	is, ofAfter, err := was.beside(ctx, after)
	if err != nil {
		return nil, err
	}
	for _, side := range []*Standing{was, is} {
		if side.edited, err = s.edited(ctx, side.scheme); err != nil {
			return nil, err
		}
	}
	return (&Against{was, is}).compare(ctx, ofBefore, ofAfter)
}

// edited reports whether a scheme differs from the scenario or preset of its name,
// if there is one, in more than the day it looks back from.
func (s *Session) edited(ctx context.Context, scheme model.Scheme) (bool, error) {
	starts, err := s.starts(ctx)
	if err != nil {
		return false, err
	}
	if start, ok := starts[scheme.Name]; ok {
		scheme.Spec.AsOf = start.Spec.AsOf
	}
	edited, saved := editedFrom(starts, schemefile.AsWritten(scheme))
	return edited && saved, nil
}

// checkDay returns why nobody can be tiered as of a day, nil if somebody may.
func (s *Session) checkDay(day model.Day) error {
	if day == model.NoDay || s.info.FirstDay == model.NoDay || day > s.info.FirstDay {
		return nil
	}
	return model.Errorf(model.Empty, "there are no orders before {day}", "day", day).WithHint("the first order is of {first_day}: choose a later day", "first_day", s.info.FirstDay)
}

// beside answers for another scheme; where it measures the same, nothing is
// measured again.
func (s *Standing) beside(ctx context.Context, scheme model.Scheme) (*Standing, []model.Warning, error) {
	if !scheme.Spec.Equal(s.scheme.Spec) {
		return s.session.Standing(ctx, scheme)
	}
	rule, warnings, err := s.session.resolve(ctx, s.base, scheme)
	if err != nil {
		return nil, nil, err
	}
	return &Standing{session: s.session, base: s.base, scheme: scheme.Clone(), rule: rule}, warnings, nil
}

// CompareDays returns the work that sets the working scheme as of a day against
// the working scheme as it stands, to be run beside the keys. Its errors are
// those of [Session.Compare].
func (b *Bench) CompareDays(day model.Day) func(ctx context.Context) (*Comparison, error) {
	after := b.Standing()
	return func(ctx context.Context) (*Comparison, error) {
		if err := after.session.checkDay(day); err != nil {
			return nil, err
		}
		scheme := after.Scheme()
		scheme.Spec.AsOf = day
		before, warnings, err := after.session.Standing(ctx, scheme)
		if err != nil {
			return nil, err
		}
		before.edited = after.edited
		return (&Against{before, after}).compare(ctx, warnings, nil)
	}
}

// BehaviourWords define what is called behaviour.
var BehaviourWords = catalogue.T("Behaviour: what the customers' own data did (new orders, or none; under a window also old orders that left it), as if the rule had stayed the same.")

// TierParts says why the parts of a tier are no sums of those of its segments, and
// TierPartsShort the same in few words.
var (
	TierParts      = catalogue.T("The tiers are counted separately: moves between segments of one tier do not count for them.")
	TierPartsShort = catalogue.T("by tier: moves between segments of a tier do not count")
)

// Within is how many move to another segment of their tier.
func (c *Comparison) Within() int64 {
	return c.Moved.Customers - c.Up.Customers - c.Down.Customers - c.Lost.Customers - c.Gained.Customers
}

// AlikeByConstruction says why the sizes of the groups can hardly differ between
// two days, "" where they can: cuts that follow the data of each day give every
// score the same share of the customers.
func (c *Comparison) AlikeByConstruction() string {
	if c.Split == nil {
		return ""
	}
	switch follow := c.following(); {
	case follow != nil:
		return followWords(follow)
	case c.Before.Scheme.Value.ByShare() && c.After.Scheme.Value.ByShare():
		return catalogue.T("the tiers are cut by shares of the customers of each day")
	}
	return ""
}

// following are the measures whose cuts follow from the data on both sides. Monetary
// has no cuts where no order has an amount.
func (c *Comparison) following() []model.Axis {
	var follow []model.Axis
	for a := range model.Axes {
		before, after := c.Before.Scheme, c.After.Scheme
		unknown := a == model.Monetary && before.Value.Unvalued && after.Value.Unvalued
		if before.Cuts[a].At == nil && after.Cuts[a].At == nil && !unknown {
			follow = append(follow, a)
		}
	}
	return follow
}

func followWords(follow []model.Axis) string {
	return catalogue.T("the cuts of {axes} follow from the data of each day", "axes", axisList(follow))
}

func axisList(axes []model.Axis) string {
	names := make([]string, len(axes))
	for i, a := range axes {
		names[i] = words.Axis(a)
	}
	return strings.Join(names, ", ")
}

// Roster returns everybody after the comparison, beside where they were before:
// for lists of who stands behind a number of it ([PeopleQuery.Among]).
func (c *Comparison) Roster() *Roster { return c.against.roster() }

// TwoDays are the days that are compared, which may be one.
func (c *Comparison) TwoDays() TwoDays { return TwoDays{c.Before.AsOf, c.After.AsOf} }

// compare works the comparison out; the warnings are those about the cuts of
// the two.
func (a *Against) compare(ctx context.Context, ofBefore, ofAfter []model.Warning) (*Comparison, error) {
	pair, err := a.pair(ctx)
	if err != nil {
		return nil, err
	}
	c := &Comparison{against: a}
	if c.Flows, err = a.flows(ctx, pair); err != nil {
		return nil, err
	}
	compared := newBaseline(a.before.base, a.before.scheme, a.before.rule, a.after.base)
	figures := rfm.Tally(a.after.base, a.after.rule, compared.labels)
	now := newFrame(a.after.base, a.after.scheme, a.after.rule, figures)
	now.compare(&compared, figures, a.after.rule)
	was := newFrame(a.before.base, a.before.scheme, a.before.rule, rfm.Tally(a.before.base, a.before.rule, nil))

	c.Before, c.After = a.side(was, now, a.before.edited), a.side(now, was, a.after.edited)
	c.Moves = now.Moves
	c.Tiers, c.Segments = bothSides(was.Tiers, now.Tiers), bothSides(was.Segments, now.Segments)
	c.Agreement = MeasuresOf(c.Moves)
	c.Stayed = c.Agreement.Stayed
	c.Moved = rfm.Flow{Customers: c.Moves.Customers, Revenue: c.Moves.Revenue}
	c.Directions = c.Moves.directions()
	if a.twoDays() {
		split, err := pair.Split(ctx)
		if err != nil {
			return nil, err
		}
		c.Split = newSplit(split, c.Tiers, c.Segments)
	}
	was.Warnings, now.Warnings = append(was.Warnings, ofBefore...), append(now.Warnings, ofAfter...)
	c.About = c.about()
	c.Warnings = slices.Concat(c.About, c.warnings(was, now))
	return c, nil
}

// side tells what is compared, with its name and what it counts otherwise than the
// other side: "ten, all time". One that differs from what is saved under its name is
// called edited, and so is one after that has the name of the one before but scores or
// calls customers otherwise.
func (a *Against) side(f, other *Frame, edited bool) Compared {
	title := f.Scheme.Name
	before := a.before.scheme.Clone()
	before.Spec = f.Scheme.Spec
	switch differs := title == before.Name && !f.Scheme.Equal(before); {
	case differs && a.before.edited && edited:
		title = catalogue.T("{name}, edited differently", "name", title)
	case edited, differs && !a.before.edited:
		title = catalogue.T("{name}, edited", "name", title)
	}
	counts := countedOtherwise(f.Scheme.Spec, f.AsOf, other.Scheme.Spec, other.AsOf)
	if day := catalogue.T("as of {as_of}", "as_of", f.AsOf.String()); title == f.Scheme.Name && len(counts) == 1 && counts[0] == day {
		title = catalogue.T("{name} as of {as_of}", "name", title, "as_of", f.AsOf.String())
	} else {
		title = strings.Join(append([]string{title}, counts...), ", ")
	}
	return Compared{title, f.AsOf, f.Scheme, f.Published, f.Total, f.Whole, f.NoTierWhere()}
}

// Counted is what limits the figures of both sides alike, in words; what only one
// counts so stands in its title.
func (c *Comparison) Counted() []string {
	after := Counted(c.After.Scheme.Spec)
	return slices.DeleteFunc(Counted(c.Before.Scheme.Spec), func(words string) bool { return !slices.Contains(after, words) })
}

// bothSides lists the groups of two frames with the figures of both.
func bothSides(was, now []Group) []Group {
	groups := make([]Group, 0, len(now))
	for _, g := range now {
		g.Was = Figures{}
		for _, b := range was {
			if b.key() == g.key() {
				g.Was = b.Now
			}
		}
		groups = append(groups, g)
	}
	for _, g := range was {
		if !hasKey(now, g.key()) {
			g.Was, g.Now = g.Now, Figures{}
			groups = append(groups, g)
		}
	}
	return groups
}

func hasKey(groups []Group, key model.SegmentKey) bool {
	return slices.ContainsFunc(groups, func(g Group) bool { return g.key() == key })
}

func newSplit(s *compare.Split, tiers, segments []Group) *Split {
	return &Split{
		SplitCounts: newSplitCounts(s.Segments), ByTier: newSplitCounts(s.Tiers),
		Tiers: splitGroups(s.Tiers, tiers), Segments: splitGroups(s.Segments, segments),
	}
}

func newSplitCounts(d compare.Division) SplitCounts {
	return SplitCounts{d.Stayed, d.Behaviour, d.Rule, d.Both, d.Back, d.New, d.Gone}
}

// splitGroups puts the parts in the order of groups.
func splitGroups(d compare.Division, groups []Group) []SplitGroup {
	parts := map[model.SegmentKey]compare.Part{}
	for _, part := range d.Parts {
		parts[part.Segment.Key()] = part
	}
	var all []SplitGroup
	for _, g := range groups {
		p := parts[g.key()]
		all = append(all, SplitGroup{g.Slug, g.Label, g.Tier, p.Before, p.Behaviour, p.Rule, p.Both, p.New, p.Gone, p.After})
	}
	return all
}

// ByTier returns the same comparison with tiers in place of segments: who changes
// segment within a tier stays.
func (c *Comparison) ByTier() *Comparison {
	t := *c
	t.Moves = c.Moves.ByTier()
	t.Agreement = MeasuresOf(t.Moves)
	t.Stayed = t.Agreement.Stayed
	t.Moved = rfm.Flow{Customers: t.Moves.Customers, Revenue: t.Moves.Revenue}
	t.Directions = t.Moves.directions()
	t.Flows = c.flowsByTier()
	if c.Split != nil {
		split := *c.Split
		split.SplitCounts = split.ByTier
		t.Split = &split
	}
	return &t
}

// flowsByTier puts the flows between segments of the same two tiers together.
func (c *Comparison) flowsByTier() []ComparedFlow {
	var flows []ComparedFlow
	reasons := c.against.words()
	enter := func(from, to model.Segment, f ComparedFlow) {
		if from.Tier == to.Tier {
			return
		}
		i := slices.IndexFunc(flows, func(g ComparedFlow) bool { return g.Was == string(from.Tier) && g.Flow.Now == string(to.Tier) })
		if i < 0 {
			i = len(flows)
			flows = append(flows, ComparedFlow{Flow: Flow{
				From: tierLabels[from.Tier], To: tierLabels[to.Tier], Was: string(from.Tier), Now: string(to.Tier),
			}})
		}
		flows[i].add(f, func(r FlowReason) FlowReason { return reasons.byTier(r, from, to) })
	}
	known := map[[2]string]ComparedFlow{}
	for _, f := range c.Flows {
		known[[2]string{f.Was, f.Flow.Now}] = f
	}
	for _, from := range c.Moves.Before {
		for _, to := range c.Moves.Now {
			if f := known[[2]string{from.Slug, to.Slug}]; f.Customers > 0 {
				enter(from, to, f)
			}
		}
	}
	for _, f := range flows {
		slices.SortStableFunc(f.Reasons, func(a, b FlowReason) int { return cmp.Compare(b.Customers, a.Customers) })
	}
	slices.SortStableFunc(flows, func(a, b ComparedFlow) int { return cmp.Compare(b.Customers, a.Customers) })
	return flows
}

// byTier tells a reason of a flow between two segments for one between their tiers.
func (w reasonWords) byTier(r FlowReason, from, to model.Segment) FlowReason {
	r.Reason = r.ByTier()
	r.Text, r.Broad = w.flow(r.Reason, from, to), w.broad(r.Reason, from, to)
	return r
}

// add puts the customers of another flow into f, reason by reason as they are told
// there; what is told in the same words is one.
func (f *ComparedFlow) add(g ComparedFlow, told func(FlowReason) FlowReason) {
	f.Customers += g.Customers
	f.Revenue += g.Revenue
	for _, r := range g.Reasons {
		r = told(r)
		i := slices.IndexFunc(f.Reasons, func(known FlowReason) bool { return known.Text == r.Text })
		if i < 0 {
			f.Reasons = append(f.Reasons, r)
			continue
		}
		f.Reasons[i].Customers += r.Customers
		f.Reasons[i].Revenue += r.Revenue
	}
}
