package goal_test

import (
	"context"
	"math/big"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"strata/analysis/goal"
	"strata/analysis/rfm"
	"strata/model"
)

// The oracle: every place the free cuts can have, each scored with rationals
// by the words of the package comment.

// naiveMerit is how good cuts are; less is better.
type naiveMerit struct {
	gap  *big.Rat
	size []int64 // in the order in which the goal speaks of the tiers
	far  int64
}

func (m naiveMerit) compare(n naiveMerit) int {
	if c := m.gap.Cmp(n.gap); c != 0 {
		return c
	}
	if c := slices.Compare(m.size, n.size); c != 0 {
		return c
	}
	return int(m.far - n.far)
}

// naiveMissed is how far a term is missed, as a fraction of all.
func naiveMissed(t goal.Term, tier rfm.Flow, total rfm.Flow) *big.Rat {
	wanted := big.NewRat(t.Number, model.Unit)
	got, all := big.NewRat(tier.Customers, 1), big.NewRat(total.Customers, 1)
	unit := big.NewRat(1, 1)
	switch each := big.NewRat(max(t.Each, 1), model.Unit); t.Measure {
	case goal.Revenue:
		got, all, unit = big.NewRat(int64(tier.Revenue), model.Unit), big.NewRat(int64(total.Revenue), model.Unit), big.NewRat(1, model.Unit)
	case goal.Heads:
		return naiveHeads(t, tier, total)
	case goal.Hours:
		wanted.Mul(wanted, big.NewRat(60, 1)).Quo(wanted, each)
	case goal.Budget:
		wanted.Quo(wanted, each)
	}
	if t.Percent {
		wanted.Mul(wanted, all).Quo(wanted, big.NewRat(100, 1))
	}
	// What is wanted in whole units, on both sides.
	units := new(big.Rat).Quo(wanted, unit)
	below := new(big.Int).Div(units.Num(), units.Denom())
	low := new(big.Rat).Mul(new(big.Rat).SetInt(below), unit)
	high := new(big.Rat).Set(low)
	if low.Cmp(wanted) != 0 {
		high.Add(high, unit)
	}
	off := func(to *big.Rat) *big.Rat { d := new(big.Rat).Sub(to, got); return d.Abs(d) }
	missed := new(big.Rat)
	switch t.Op {
	case goal.AtLeast:
		if got.Cmp(high) < 0 {
			missed = off(high)
		}
	case goal.AtMost:
		if got.Cmp(low) > 0 {
			missed = off(low)
		}
	default:
		switch middle := new(big.Rat).Add(low, high); wanted.Cmp(middle.Quo(middle, big.NewRat(2, 1))) {
		case -1:
			missed = off(low)
		case 1:
			missed = off(high)
		default: // both are as near
			missed = off(low)
			if other := off(high); other.Cmp(missed) < 0 {
				missed = other
			}
		}
	}
	return missed.Quo(missed, all)
}

// naiveHeads is naiveMissed of advisers: they are whole people, and as many as
// the customers take; what is missed is the customers to the nearest number that
// takes as many as wanted.
func naiveHeads(t goal.Term, tier rfm.Flow, total rfm.Flow) *big.Rat {
	met := func(customers int64) bool {
		take := customers * model.Unit / t.Each
		if take*t.Each < customers*model.Unit {
			take++
		}
		switch t.Op {
		case goal.AtLeast:
			return take*model.Unit >= t.Number
		case goal.AtMost:
			return take*model.Unit <= t.Number
		}
		return 2*take*model.Unit >= 2*t.Number-model.Unit && 2*take*model.Unit <= 2*t.Number+model.Unit
	}
	for off := int64(0); ; off++ {
		if met(tier.Customers+off) || tier.Customers >= off && met(tier.Customers-off) {
			return big.NewRat(off, total.Customers)
		}
	}
}

// naiveSizes are the customers of tiers to be small, and of those to be large
// as negative numbers.
func naiveSizes(g goal.Goal, tiers [4]rfm.Flow) []int64 {
	var order []model.Tier
	direction := map[model.Tier]int64{}
	for _, t := range g.Terms {
		if !slices.Contains(order, t.Tier) {
			order = append(order, t.Tier)
		}
		switch t.Op {
		case goal.AtLeast:
			direction[t.Tier]++
		case goal.AtMost:
			direction[t.Tier]--
		}
	}
	var all []int64
	for _, tier := range order {
		switch n := tiers[tier.Rank()].Customers; {
		case direction[tier] > 0:
			all = append(all, n)
		case direction[tier] < 0:
			all = append(all, -n)
		}
	}
	return all
}

func naive(g goal.Goal, base *rfm.Base, before *rfm.Labels, scheme model.Scheme) naiveMerit {
	rule, err := rfm.NewRule(scheme)
	if err != nil {
		panic(err)
	}
	now := rfm.Assign(base, rule)
	var tiers [4]rfm.Flow
	m := naiveMerit{gap: new(big.Rat)}
	for row, of := range now.Of {
		rank := now.Segments[of].Tier.Rank()
		tiers[rank].Customers++
		tiers[rank].Revenue += model.Money(base.Revenue[row])
		was, is := before.Segments[before.Of[row]], now.Segments[of]
		band := func(s model.Segment) string { // of the map value, divided by a cut or not
			for _, tier := range []string{"-high", "-mid", "-low"} {
				if name, ok := strings.CutSuffix(s.Slug, tier); ok && strings.HasPrefix(name, "value-") {
					return name
				}
			}
			return s.Slug
		}
		if was.Tier != is.Tier || band(was) != band(is) {
			m.far++
		}
	}
	for _, t := range g.Terms {
		tier := tiers[t.Tier.Rank()]
		m.gap.Add(m.gap, naiveMissed(t, tier, base.Total))
	}
	m.size = naiveSizes(g, tiers)
	return m
}

// drawBase draws a few customers with few different values.
func drawBase(t *rapid.T, most int) *rfm.Base {
	n := rapid.IntRange(6, most).Draw(t, "customers")
	b := &rfm.Base{Spec: model.DefaultSpec(), AsOf: 100}
	for i := range n {
		b.Customer = append(b.Customer, int32(i))
		b.Recency = append(b.Recency, int32(rapid.IntRange(1, 9).Draw(t, "recency")))
		b.Frequency = append(b.Frequency, int32(rapid.IntRange(1, 6).Draw(t, "frequency")))
		b.Monetary = append(b.Monetary, rapid.Int64Range(-3, 40).Draw(t, "monetary")*5_000)
	}
	b.Orders, b.Revenue = b.Frequency, b.Monetary
	for _, r := range b.Revenue {
		b.Total.Customers++
		b.Total.Revenue += model.Money(r)
	}
	return b
}

// drawScheme draws a scheme with fixed cuts and few levels.
func drawScheme(t *rapid.T, base *rfm.Base) model.Scheme {
	s := model.Ten()
	s.Map = rapid.SampledFrom([]string{"ten", "value"}).Draw(t, "map")
	for a := range s.Cuts {
		s.Levels[a] = rapid.IntRange(2, 4).Draw(t, "levels")
		s.Cuts[a].Method = model.MethodFixed
		for range s.Levels[a] - 1 {
			below := rapid.Int64Range(0, 1).Draw(t, "below") // perhaps all values
			s.Cuts[a].At = append(s.Cuts[a].At, model.WholeCut(drawValue(t, base, model.Axis(a))-below))
		}
		slices.SortFunc(s.Cuts[a].At, model.Cut.Compare)
	}
	if rapid.Bool().Draw(t, "weighed") {
		s.Value.Weights = [model.Axes]int{2, 1, 3}
		s.Value.Cuts = [2]int{11, 19}
	}
	return s
}

func column(base *rfm.Base, a model.Axis) []int64 {
	var values []int64
	for row := range base.Len() {
		values = append(values, [model.Axes]int64{int64(base.Recency[row]), int64(base.Frequency[row]), base.Monetary[row]}[a])
	}
	return values
}

func drawValue(t *rapid.T, base *rfm.Base, a model.Axis) int64 {
	return rapid.SampledFrom(column(base, a)).Draw(t, "cut")
}

func drawGoal(t *rapid.T) goal.Goal {
	g, err := goal.Parse(rapid.SampledFrom([]string{
		"high=15%, mid=35%", "high=30%", "high>=3", "high<=4", "low<=2, high>=20%", "high:revenue>=60%", "high:revenue=40%, low=50%",
		"mid:revenue<=30%", "high:heads<=2@1.5", "high:heads=2@3", "high:heads=1.2@3", "mid=12.5%", "high:heads>=3@2", "mid:hours>=1@20", "high:budget<=7@2", "high:revenue>=25.00", "high=20%,mid=30%,low=50%",
		"low:revenue>=10%, low<=60%", "high:heads<=1@4,mid:revenue>=30%", "low:revenue>=5%,high:revenue>=30%", "high:revenue>=20%,high>=10%", "mid=0", "high>=1000", "high=60%, low<=10%",
	}).Draw(t, "goal"))
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// drawFloor draws floors that some scores have no customers for.
func drawFloor(t *rapid.T) goal.Floor {
	f, err := goal.ParseFloor(rapid.SampledFrom([]string{"0", "2%", "1", "2", "10%", "3", "15.5%", "30%", "100"}).Draw(t, "floor"))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// naiveFloors reports whether every score of a measure keeps what the package
// comment says, by counting the customers of each score now and then.
func naiveFloors(floor goal.Floor, base *rfm.Base, a model.Axis, now, then *rfm.Rule) bool {
	percent := big.NewRat(floor.Number, 1)
	if floor.Percent {
		percent.Mul(percent, big.NewRat(int64(base.Len()), 100*model.Unit))
	}
	for score := 1; score <= now.Levels[a]; score++ {
		count := func(r *rfm.Rule) (n int64) {
			for _, v := range column(base, a) {
				if r.Score(a, v) == score {
					n++
				}
			}
			return n
		}
		had, has := count(now), count(then)
		if has < had && (has == 0 || percent.Cmp(big.NewRat(has, 1)) > 0) {
			return false
		}
	}
	return true
}

func mustRule(t rapid.TB, scheme model.Scheme) *rfm.Rule {
	t.Helper()
	rule, err := rfm.NewRule(scheme)
	if err != nil {
		t.Fatal(err)
	}
	return rule
}

func quiet(model.Progress) {}

// checkAgainst compares a solution with the best of all schemes there are.
func checkAgainst(t rapid.TB, s *goal.Solution, g goal.Goal, base *rfm.Base, before *rfm.Labels, schemes []model.Scheme) {
	t.Helper()
	var best naiveMerit
	for i, scheme := range schemes {
		if m := naive(g, base, before, scheme); i == 0 || m.compare(best) < 0 {
			best = m
		}
	}
	got := naive(g, base, before, s.Scheme)
	if got.compare(best) != 0 || !s.Proven {
		t.Fatalf("%s: gap %s, size %v, %d moved (proven %v); the best is %s, %v, %d", g.Text,
			got.gap.FloatString(6), got.size, got.far, s.Proven, best.gap.FloatString(6), best.size, best.far)
	}
	if s.Moved != got.far {
		t.Fatalf("%s: said to move %d, moves %d", g.Text, s.Moved, got.far)
	}
	if met := got.gap.Sign() == 0; s.Gap.Met() != met {
		t.Fatalf("%s: gap %v, want %s", g.Text, s.Gap, got.gap)
	}
}

func TestValueCutsEqualBruteForce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		base := drawBase(t, 25)
		scheme, g := drawScheme(t, base), drawGoal(t)
		if base.Total.Revenue <= 0 {
			t.Skip("nobody brings anything")
		}
		before := rfm.Assign(base, mustRule(t, scheme))
		s, err := goal.Solve(context.Background(), base, before, scheme, g, goal.FreeValue, quiet)
		if err != nil {
			t.Fatal(err)
		}
		var all []model.Scheme
		for high := scheme.Value.Min(); high <= scheme.Value.Max()+1; high++ {
			for mid := scheme.Value.Min(); mid <= high; mid++ {
				other := scheme.Clone()
				other.Value.Cuts = [2]int{mid, high}
				all = append(all, other)
			}
		}
		checkAgainst(t, s, g, base, before, all)
	})
}

func TestOneMeasureEqualsBruteForce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		base := drawBase(t, 25)
		scheme, g := drawScheme(t, base), drawGoal(t)
		if rapid.Bool().Draw(t, "published") {
			scheme, _ = rfm.Preset("klaviyo") // not monotone everywhere
			for a := range scheme.Cuts {
				x, y := drawValue(t, base, model.Axis(a)), drawValue(t, base, model.Axis(a))
				scheme.Cuts[a] = model.AxisCuts{Method: model.MethodFixed, At: []model.Cut{model.WholeCut(min(x, y)), model.WholeCut(max(x, y))}}
			}
		}
		if base.Total.Revenue <= 0 {
			t.Skip("nobody brings anything")
		}
		a := model.Axis(rapid.IntRange(0, 2).Draw(t, "axis"))
		g.Floor = drawFloor(t)
		values := column(base, a)
		slices.Sort(values)
		values = slices.Insert(slices.Compact(values), 0, slices.Min(values)-1) // a cut below them all, too
		now := mustRule(t, scheme)
		before := rfm.Assign(base, mustRule(t, scheme))
		s, err := goal.Solve(context.Background(), base, before, scheme, g, goal.Free(a.String()), quiet)
		if err != nil {
			t.Fatal(err)
		}
		var all []model.Scheme
		var place func(at []model.Cut, from int)
		place = func(at []model.Cut, from int) {
			if len(at) == scheme.Levels[a]-1 {
				other := scheme.Clone()
				other.Cuts[a] = model.AxisCuts{Method: model.MethodFixed, At: slices.Clone(at)}
				if naiveFloors(g.Floor, base, a, now, mustRule(t, other)) {
					all = append(all, other)
				}
				return
			}
			for i := from; i < len(values); i++ {
				place(append(at, model.WholeCut(values[i])), i) // scores that nobody has included
			}
		}
		place(nil, 0)
		if then := mustRule(t, s.Scheme); !naiveFloors(g.Floor, base, a, now, then) {
			t.Fatalf("%s with a floor of %s: %v become %v", g.Text, g.Floor, now.Cuts[a], then.Cuts[a])
		}
		checkAgainst(t, s, g, base, before, all)
	})
}
