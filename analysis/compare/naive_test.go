package compare_test

import (
	"cmp"
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"strata/analysis/compare"
	"strata/analysis/rfm"
	"strata/model"
)

// randomOrders makes customers whose orders lie over some three hundred days;
// the first has one shortly before day 1,250, so that somebody is there then.
func randomOrders(r *rand.Rand, customers int) *model.Orders {
	o := &model.Orders{Start: make([]int32, 1, customers+1)}
	for i := range customers {
		day := model.Day(1_000 + r.IntN(250))
		if i == 0 {
			day = 1_240
		}
		for range 1 + int(r.ExpFloat64()*2) {
			o.Day = append(o.Day, day)
			o.Value = append(o.Value, model.Money(r.Int64N(300*model.Unit)))
			o.Returned = append(o.Returned, 0)
			o.Flags = append(o.Flags, model.Purchase)
			day += model.Day(r.IntN(60))
		}
		o.Start = append(o.Start, int32(o.Len()))
	}
	return o
}

type fataler interface {
	Helper()
	Fatal(args ...any)
}

// sideOf answers for a scheme.
func sideOf(t fataler, orders *model.Orders, scheme model.Scheme) compare.Side {
	t.Helper()
	base, err := rfm.Measure(context.Background(), orders, nil, scheme.Spec)
	if err != nil {
		t.Fatal(err)
	}
	rule, _, err := rfm.Resolve(base, scheme, nil)
	if err != nil {
		t.Fatal(err)
	}
	return compare.Side{Base: base, Rule: rule}
}

// betweenOf is the rule of before on what the scheme after measures.
func betweenOf(t fataler, orders *model.Orders, before compare.Side, scheme model.Scheme, asOf model.Day) compare.Side {
	t.Helper()
	if before.Rule.Nested(model.Frequency) || before.Rule.Nested(model.Monetary) {
		scheme.Spec.AsOf = asOf
		base := sideOf(t, orders, scheme).Base
		return compare.Side{Base: base, Rule: before.Rule.Carried(base)}
	}
	for a := range scheme.Cuts {
		scheme.Cuts[a] = model.AxisCuts{Method: model.MethodFixed, At: before.Rule.Cuts[a]}
	}
	scheme.Value = before.Rule.Value
	scheme.Value.Shares = [2]int{}
	scheme.Spec.AsOf = asOf
	return sideOf(t, orders, scheme)
}

// drawScheme draws a scheme of a few presets with some cuts moved.
func drawScheme(t *rapid.T, name string) model.Scheme {
	preset := rapid.SampledFrom([]string{"ten", "ten", "ten", "three", "grid", "eleven", "value", "klaviyo"}).Draw(t, name)
	scheme, _ := rfm.Preset(preset)
	if preset == "ten" {
		for a := range scheme.Cuts {
			if rapid.IntRange(0, 3).Draw(t, "nested") == 0 {
				scheme.Cuts[a].Method = model.MethodNested
				continue
			}
			if !rapid.Bool().Draw(t, "fixed") {
				continue
			}
			top := []int{300, 8, 1_500 * model.Unit}[a]
			at := rapid.SliceOfN(rapid.IntRange(1, top), 4, 4).Draw(t, "cuts")
			slices.Sort(at)
			cuts := make([]model.Cut, len(at))
			for i, v := range at {
				cuts[i] = model.WholeCut(int64(v))
			}
			scheme.Cuts[a] = model.AxisCuts{Method: model.MethodFixed, At: cuts}
		}
		scheme.Value.Cuts = [2]int{rapid.IntRange(4, 9).Draw(t, "mid"), rapid.IntRange(10, 14).Draw(t, "high")}
	}
	if preset == "three" {
		scheme = model.Ten()
		scheme.Levels = [model.Axes]int{3, 3, 3}
	}
	scheme.Spec.Window = rapid.SampledFrom([]model.Window{{}, {Days: 120}}).Draw(t, "window")
	scheme.Spec.Frequency = rapid.SampledFrom([]model.FrequencyMeasure{model.FrequencyOrders, model.FrequencyDays}).Draw(t, "frequency")
	return scheme
}

// naivePlace is where one customer is on one side.
type naivePlace struct {
	present bool
	scores  [model.Axes]int
	values  [model.Axes]int64
	slug    string // with the tier: a segment in another is another
	tier    model.Tier
	revenue model.Money
}

// naiveSlug is what a segment is told apart by.
func naiveSlug(s model.Segment) string {
	if s.Slug == string(s.Tier) { // a tier
		return s.Slug
	}
	return s.Slug + " in " + string(s.Tier)
}

func naivePlaces(s compare.Side) map[int32]naivePlace {
	all := map[int32]naivePlace{}
	for row := range s.Base.Len() {
		segment := s.Rule.Segments[s.Rule.SegmentOf(s.Base, row)]
		all[s.Base.Customer[row]] = naivePlace{
			true, s.Rule.ScoresOf(s.Base, row),
			[model.Axes]int64{s.Base.Value(model.Recency, row), s.Base.Value(model.Frequency, row), s.Base.Value(model.Monetary, row)},
			naiveSlug(segment), segment.Tier, model.Money(s.Base.Revenue[row]),
		}
	}
	return all
}

// Two schemes and two days drawn at random: flows, their reasons, and the split
// are those found customer by customer.
func TestAPairIsWhatEachCustomerComesTo(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		orders := randomOrders(rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1)), rapid.IntRange(1, 120).Draw(t, "customers"))
		schemes := [2]model.Scheme{drawScheme(t, "before"), drawScheme(t, "after")}
		if rapid.Bool().Draw(t, "same scheme") {
			value := schemes[1].Value
			schemes[1] = schemes[0].Clone()
			if schemes[0].Map == "ten" && !value.ByShare() && rapid.Bool().Draw(t, "but for the value rule") {
				schemes[1].Value = value
			}
		}
		if rapid.Bool().Draw(t, "two days") {
			schemes[0].Spec.AsOf = 1_250
		}
		before, after := sideOf(t, orders, schemes[0]), sideOf(t, orders, schemes[1])
		between := before
		if before.Base.AsOf != after.Base.AsOf {
			between = betweenOf(t, orders, before, schemes[0], after.Base.AsOf)
		}
		p := compare.NewPair(before, between, after)
		naive := [3]map[int32]naivePlace{naivePlaces(before), naivePlaces(between), naivePlaces(after)}
		checkFlows(t, p, before, after, naive)
		checkSplit(t, p, naive)
	})
}

func checkFlows(t *rapid.T, p *compare.Pair, before, after compare.Side, naive [3]map[int32]naivePlace) {
	type flow struct{ from, to string }
	want := map[flow]map[compare.Reason]rfm.Flow{}
	for row, customer := range after.Base.Customer {
		was, mid, is := naive[0][customer], naive[1][customer], naive[2][customer]
		reason := p.Reason(p.Way(row))
		if !was.present || was.slug == is.slug {
			if reason != (compare.Reason{}) {
				t.Fatalf("customer %d has not moved, but has the reason %+v", customer, reason)
			}
			continue
		}
		if why := naiveReason(before, after, was, mid, is, reason); why != "" {
			t.Fatalf("customer %d, %v by %v to %v: %s: %+v", customer, was, mid, is, why, reason)
		}
		if of, tiers := naiveClass(was.slug, mid.slug, is.slug), naiveClass(string(was.tier), string(mid.tier), string(is.tier)); reason.Class.String() != of || reason.OfTiers.String() != tiers {
			t.Fatalf("customer %d, %v by %v to %v: by %s, of tiers %s; want %s, %s", customer, was, mid, is, reason.Class, reason.OfTiers, of, tiers)
		}
		checkDistance(t, p, after, row, reason)
		f := flow{was.slug, is.slug}
		if want[f] == nil {
			want[f] = map[compare.Reason]rfm.Flow{}
		}
		sum := want[f][reason]
		want[f][reason] = rfm.Flow{Customers: sum.Customers + 1, Revenue: sum.Revenue + is.revenue}
	}
	flows, err := p.Flows(context.Background())
	if err != nil || len(flows) != len(want) {
		t.Fatalf("%d flows, want %d: %v", len(flows), len(want), err)
	}
	for i, f := range flows {
		if i > 0 && f.Customers > flows[i-1].Customers {
			t.Fatal("a larger flow comes later")
		}
		var sum rfm.Flow
		of := want[flow{naiveSlug(f.From), naiveSlug(f.To)}]
		for j, r := range f.Reasons {
			if j > 0 && cmp.Or(cmp.Compare(f.Reasons[j-1].Customers, r.Customers), r.Reason.Compare(f.Reasons[j-1].Reason)) <= 0 {
				t.Fatalf("%s → %s: %+v comes after %+v", f.From.Slug, f.To.Slug, r, f.Reasons[j-1])
			}
			if of[r.Reason] != r.Flow {
				t.Fatalf("%s → %s: %+v for %v, want %v", f.From.Slug, f.To.Slug, r.Flow, r.Reason, of[r.Reason])
			}
			sum.Customers += r.Customers
			sum.Revenue += r.Revenue
		}
		if len(f.Reasons) != len(of) || sum != f.Flow {
			t.Fatalf("%s → %s: the reasons add up to %v, not %v", f.From.Slug, f.To.Slug, sum, f.Flow)
		}
	}
}

// naiveClass is whose doing a move is: the old rule on the new data comes first.
func naiveClass(was, mid, is string) string {
	switch {
	case was == is:
		return ""
	case mid == is:
		return "behaviour"
	case mid == was:
		return "rule"
	}
	return "both"
}

// alikeMeasure reports whether two specs, which count other orders, make the same of them.
func alikeMeasure(a, b model.Spec, axis model.Axis) bool {
	switch axis {
	case model.Frequency:
		return a.Frequency == b.Frequency
	case model.Monetary:
		return a.Monetary == b.Monetary
	}
	return true
}

// naiveReason says what is wrong with a reason, by the words of its definition.
func naiveReason(before, after compare.Side, was, mid, is naivePlace, r compare.Reason) string {
	old, now := before.Rule, after.Rule
	segment := func(rule *rfm.Rule, scores [model.Axes]int) string {
		return naiveSlug(rule.Segments[rule.Segment(rule.Cell(scores))])
	}
	var changed []model.Axis
	for a := range model.Axes {
		if (was.scores[a]-1)*(now.Levels[a]-1) != (is.scores[a]-1)*(old.Levels[a]-1) {
			changed = append(changed, a)
		}
	}
	for _, c := range r.Crossings[:r.Crossed] {
		if c.Before != was.scores[c.Axis] || c.After != is.scores[c.Axis] || !slices.Contains(changed, c.Axis) {
			return "the scores are others"
		}
		same := (mid.scores[c.Axis]-1)*(now.Levels[c.Axis]-1) == (is.scores[c.Axis]-1)*(old.Levels[c.Axis]-1)
		want := compare.ByCut
		measured := !mid.present || !alikeMeasure(before.Base.Spec, after.Base.Spec, c.Axis) ||
			mid.values[c.Axis] != is.values[c.Axis] &&
				!(old.ByCuts(c.Axis) && old.Score(c.Axis, mid.values[c.Axis]) == old.Score(c.Axis, is.values[c.Axis]))
		switch behaved := mid.scores[c.Axis] != was.scores[c.Axis]; {
		case !mid.present:
			want = compare.ByDataAndRule
		case behaved && same:
			want = compare.ByData
		case behaved:
			want = compare.ByDataAndRule
		case measured:
			want = compare.ByMeasure
		}
		if c.Cause != want || c.Measured != (measured && want != compare.ByData) {
			return "the cause is another"
		}
	}
	if old.Levels != now.Levels {
		if r.Crossed != len(changed) {
			return "not all measures are named"
		}
		if r.Crossed > 0 && (r.Redrawn != compare.NoCause) != (old.MapName() != now.MapName()) {
			return "another map is to be named"
		}
		return ""
	}
	var alone []model.Axis
	for _, a := range changed {
		scores := was.scores
		scores[a] = is.scores[a]
		if segment(old, scores) == is.slug {
			alone = append(alone, a)
		}
	}
	switch {
	case len(alone) > 0:
		if r.Crossed != 1 || r.Crossings[0].Axis != alone[0] || r.Redrawn != compare.NoCause {
			return "one measure alone does it"
		}
	case len(changed) == 0 || segment(now, was.scores) == is.slug:
		if r.Crossed != 0 || r.Cause != compare.ByMap && r.Cause != compare.ByValue {
			return "the map does it"
		}
	case r.Crossed != len(changed) || (r.Redrawn != compare.NoCause) != (segment(old, is.scores) != is.slug):
		return "not all that has to go together is named"
	}
	return ""
}

// checkDistance moves what was measured by the distance, and by one less.
func checkDistance(t *rapid.T, p *compare.Pair, after compare.Side, row int, r compare.Reason) {
	distance, ok := p.Distance(row, r)
	if r.Crossed == 0 {
		checkValueDistance(t, p, after, row, r)
		return
	}
	c := r.Crossings[0]
	if ok != after.Rule.ByCuts(c.Axis) {
		t.Fatalf("%s: a distance %v, with nested scores %v", c.Axis, ok, after.Rule.Nested(c.Axis))
	}
	if !ok {
		return
	}
	value := []int64{int64(after.Base.Recency[row]), int64(after.Base.Frequency[row]), after.Base.Monetary[row]}[c.Axis]
	cut := after.Rule.Cuts[c.Axis][c.Cut].Whole
	toward := int64(1)
	if value > cut {
		toward = -1
	}
	near, there := after.Rule.Score(c.Axis, value+toward*(distance-1)), after.Rule.Score(c.Axis, value+toward*distance)
	if distance < 1 || near != c.After || there == c.After {
		t.Fatalf("%s %d lies %d beyond the cut %d: scores %d, then %d", c.Axis, value, distance, cut, near, there)
	}
}

// checkValueDistance moves the value score past the cut that decides, which
// bounds the tier now on the side of the tier before.
func checkValueDistance(t *rapid.T, p *compare.Pair, after compare.Side, row int, r compare.Reason) {
	distance, ok := p.Distance(row, r)
	was, is := p.Ends(row)
	if ok != (r.Cause == compare.ByValue && was.Tier != is.Tier) {
		t.Fatalf("from %v to %v by %+v: a distance %v", was, is, r, ok)
	}
	if !ok {
		return
	}
	rule := after.Rule
	tier := func(value int64) model.Tier {
		switch {
		case value >= int64(rule.Value.Cuts[1]):
			return model.TierHigh
		case value >= int64(rule.Value.Cuts[0]):
			return model.TierMid
		}
		return model.TierLow
	}
	value := rule.ValueScore(rule.Cell(rule.ScoresOf(after.Base, row))).Whole
	toward := int64(1)
	if was.Tier.Rank() > is.Tier.Rank() {
		toward = -1
	}
	near, there := tier(value+toward*(distance-1)), tier(value+toward*distance)
	if distance < 1 || near != is.Tier || there == is.Tier {
		t.Fatalf("from %s to %s: the value score %d is said to lie %d beyond the cut", was.Tier, is.Tier, value, distance)
	}
}

func checkSplit(t *rapid.T, p *compare.Pair, naive [3]map[int32]naivePlace) {
	split, err := p.Split(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		division compare.Division
		group    func(naivePlace) string
	}{
		{split.Segments, func(n naivePlace) string { return n.slug }},
		{split.Tiers, func(n naivePlace) string { return string(n.tier) }},
	} {
		want := map[string]rfm.Flow{}
		parts := map[string]*compare.Part{}
		part := func(slug string) *compare.Part {
			if parts[slug] == nil {
				parts[slug] = &compare.Part{}
			}
			return parts[slug]
		}
		put := func(f *rfm.Flow, n int64, revenue model.Money) {
			f.Customers += n
			f.Revenue += revenue
		}
		count := func(what string, revenue model.Money) {
			f := want[what]
			put(&f, 1, revenue)
			want[what] = f
		}
		group := c.group
		for customer, is := range naive[2] {
			was, mid := naive[0][customer], naive[1][customer]
			put(&part(c.group(is)).After, 1, is.revenue)
			if !was.present {
				count("new", is.revenue)
				put(&part(c.group(is)).New, 1, is.revenue)
				continue
			}
			put(&part(c.group(was)).Before, 1, was.revenue)
			a, b, c := c.group(was), c.group(mid), c.group(is)
			// Who is moved by both is in neither part; of the others each part has its leg.
			if moved := a != b && b != c && a != c; moved {
				put(&part(a).Both, -1, -was.revenue)
				put(&part(c).Both, 1, is.revenue)
			} else {
				if a == c { // back or stayed: there
					b = a
				}
				put(&part(a).Behaviour, -1, -was.revenue)
				put(&part(b).Behaviour, 1, mid.revenue)
				put(&part(b).Rule, -1, -mid.revenue)
				put(&part(c).Rule, 1, is.revenue)
			}
			b = group(mid)
			switch {
			case a == b && b == c:
				count("stayed", is.revenue)
			case a == c:
				count("back", is.revenue)
			case a == b:
				count("rule", is.revenue)
			case b == c:
				count("behaviour", is.revenue)
			default:
				count("both", is.revenue)
			}
		}
		for customer, was := range naive[0] {
			if !naive[2][customer].present {
				count("gone", was.revenue)
				put(&part(c.group(was)).Before, 1, was.revenue)
				put(&part(c.group(was)).Gone, 1, was.revenue)
			}
		}
		d := c.division
		for name, got := range map[string]rfm.Flow{
			"stayed": d.Stayed, "behaviour": d.Behaviour, "rule": d.Rule, "both": d.Both, "back": d.Back, "new": d.New, "gone": d.Gone,
		} {
			if got != want[name] {
				t.Fatalf("%s: %v, want %v", name, got, want[name])
			}
		}
		for _, got := range d.Parts {
			w := *part(naiveSlug(got.Segment))
			w.Segment = got.Segment
			if got != w {
				t.Fatalf("%s: %+v, want %+v", got.Segment.Slug, got, w)
			}
			sum := got.Before.Customers + got.Behaviour.Customers + got.Rule.Customers + got.Both.Customers + got.New.Customers - got.Gone.Customers
			money := got.Before.Revenue + got.Behaviour.Revenue + got.Rule.Revenue + got.Both.Revenue + got.New.Revenue - got.Gone.Revenue
			if sum != got.After.Customers || money != got.After.Revenue {
				t.Fatalf("%s does not add up: %+v", got.Segment.Slug, got)
			}
		}
	}
}
