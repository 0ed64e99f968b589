package goal_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"strata/analysis/goal"
	"strata/analysis/rfm"
	"strata/model"
)

// randomBase makes customers of few different values.
func randomBase(seed uint64, n int) *rfm.Base {
	r := rand.New(rand.NewPCG(seed, 1))
	b := &rfm.Base{Spec: model.DefaultSpec(), AsOf: 100}
	for i := range n {
		b.Customer = append(b.Customer, int32(i))
		b.Recency = append(b.Recency, 1+r.Int32N(7))
		b.Frequency = append(b.Frequency, 1+r.Int32N(5))
		b.Monetary = append(b.Monetary, int64(1+r.IntN(9))*5_000)
	}
	b.Orders, b.Revenue = b.Frequency, b.Monetary
	b.Total.Customers = int64(n)
	for _, r := range b.Revenue {
		b.Total.Revenue += model.Money(r)
	}
	return b
}

// twoScores is a scheme with one cut a measure.
func twoScores(recency, frequency, monetary int64) model.Scheme {
	s := model.Ten()
	s.Levels = [model.Axes]int{2, 2, 2}
	for a, at := range [model.Axes]int64{recency, frequency, monetary} {
		s.Cuts[a] = model.AxisCuts{Method: model.MethodFixed, At: []model.Cut{model.WholeCut(at)}}
	}
	return s
}

// Moving everything, the bound holds for all cuts there are, what is said to be
// proven is the best of them, and the search seldom misses it.
func TestAllCutsAgainstBruteForce(t *testing.T) {
	t.Parallel()
	goals := []string{"high=15%, mid=35%", "high:revenue>=60%", "high<=40%, mid:revenue>=20%", "mid=10", "low=45%, high:revenue=30%", "high=60%, low=50", "high<=3, high:revenue>=50%"}
	cases, missed := 0, 0
	for seed := range uint64(4) {
		base := randomBase(seed, 40)
		scheme := twoScores(3, 2, 20_000)
		now := mustRule(t, scheme)
		before := rfm.Assign(base, now)
		floor := goal.Floor{Number: int64(seed) * 10 * model.Unit, Percent: true} // of none, 4, 8 and 12
		var every [][4]rfm.Flow                                                   // every score keeps its floor
		for recency := range int64(6) {
			for frequency := range int64(4) {
				for monetary := range int64(8) {
					rule := mustRule(t, twoScores(1+recency, 1+frequency, (1+monetary)*5_000))
					if !allFloors(floor, base, now, rule) {
						continue
					}
					figures := rfm.Tally(base, rule, nil)
					for high := 3; high <= 16; high++ {
						for mid := 3; mid <= high; mid++ {
							every = append(every, tiersBy(rule, figures, mid, high))
						}
					}
				}
			}
		}
		for _, text := range goals {
			g, err := goal.Parse(text)
			if err != nil {
				t.Fatal(err)
			}
			g.Floor = floor
			s, err := goal.Solve(context.Background(), base, before, scheme, g, goal.FreeAll, quiet)
			if err != nil {
				t.Fatal(err)
			}
			if !allFloors(floor, base, now, mustRule(t, s.Scheme)) {
				t.Errorf("%s: %v are under the floor of %s", text, s.Scheme.Cuts, floor)
			}
			best := slices.MinFunc(every, func(a, b [4]rfm.Flow) int { return compareTiers(g, a, b, base.Total) })
			cases++
			switch c := compareTiers(g, s.Tiers, best, base.Total); {
			case c < 0:
				t.Errorf("%s: better than the best of all: %v, %v", text, s.Tiers, best)
			case c > 0 && s.Proven:
				t.Errorf("%s: %v is said to be proven, %v is better", text, s.Tiers, best)
			case c > 0:
				missed++
			}
			if gap := g.Missed(best, base.Total); s.Bound.Fraction() > gap.Fraction() {
				t.Errorf("%s: no cuts are said to come nearer than %v, some have %v", text, s.Bound, gap)
			}
		}
	}
	if missed*4 > cases {
		t.Errorf("%d of %d goals could be met better", missed, cases)
	}
	t.Logf("%d of %d goals could be met better", missed, cases)
}

// allFloors reports whether every score of every measure keeps its floor.
func allFloors(floor goal.Floor, base *rfm.Base, now, then *rfm.Rule) bool {
	for a := range model.Axes {
		if !naiveFloors(floor, base, a, now, then) {
			return false
		}
	}
	return true
}

// tiersBy adds the cells of a rule up under other value cuts.
func tiersBy(rule *rfm.Rule, figures *rfm.Figures, mid, high int) (tiers [4]rfm.Flow) {
	for cell, sum := range figures.Cells {
		rank := 2
		switch score := rule.ValueScore(cell); {
		case score.Compare(model.WholeCut(int64(high))) >= 0:
			rank = 0
		case score.Compare(model.WholeCut(int64(mid))) >= 0:
			rank = 1
		}
		tiers[rank].Customers += sum.Customers
		tiers[rank].Revenue += sum.Revenue
	}
	return tiers
}

// compareTiers compares by gap, then by sizes.
func compareTiers(g goal.Goal, a, b [4]rfm.Flow, total rfm.Flow) int {
	x, y := g.Missed(a, total).Fraction(), g.Missed(b, total).Fraction()
	const rounding = 1e-12
	switch {
	case x < y-rounding:
		return -1
	case x > y+rounding:
		return 1
	}
	return slices.Compare(naiveSizes(g, a), naiveSizes(g, b))
}
