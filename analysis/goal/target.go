package goal

import (
	"math"
	"math/big"
	"math/bits"
	"slices"

	"strata/analysis/rfm"
	"strata/analysis/workload"
	"strata/model"
)

// Target is a term on known customers: the range that meets it.
type Target struct {
	Low, High int64 // in customers, or in ten-thousandths of currency
	Money     bool  // it is about revenue
}

// Target says what meets a term among customers that come to total. That of = is
// the whole number nearest to what is wanted, of two that are equally near
// either; those of <= and >= are rounded inwards. Heads are whole people, as
// [workload.Advisers] counts them.
func (t Term) Target(total rfm.Flow) Target {
	if t.Measure == Heads {
		return t.heads()
	}
	money := t.Measure == Revenue
	wanted := t.wanted(total)
	below, above := around(wanted)
	low, high := nearest(wanted)
	return t.toward(Target{low, high, money}, Target{above, below, money})
}

// wanted is the number of a term other than heads as customers, or as
// ten-thousandths of currency.
func (t Term) wanted(total rfm.Flow) *big.Rat {
	wanted := t.amount()
	switch money := t.Measure == Revenue; {
	case t.Percent && money:
		wanted.Mul(wanted, big.NewRat(int64(total.Revenue), 100))
	case t.Percent:
		wanted.Mul(wanted, big.NewRat(total.Customers, 100))
	case money:
		wanted.Mul(wanted, big.NewRat(model.Unit, 1))
	}
	return wanted
}

// Aim returns the whole numbers nearest to what a term with = wants, where that
// is no whole number itself: of customers, or of advisers for heads. They are one
// number, or two that are equally near. It is false for what needs no rounding,
// and for revenue, whose unit nobody sees.
func (t Term) Aim(total rfm.Flow) (low, high int64, rounded bool) {
	if t.Op != Exactly || t.Measure == Revenue {
		return 0, 0, false
	}
	wanted := big.NewRat(t.Number, model.Unit)
	if t.Measure != Heads {
		wanted = t.wanted(total)
	}
	low, high = nearest(wanted)
	return low, high, !wanted.IsInt()
}

// nearest returns the whole number nearest to one, twice, or the two that are
// equally near.
func nearest(wanted *big.Rat) (low, high int64) {
	half := big.NewRat(1, 2)
	low, _ = around(new(big.Rat).Add(wanted, half))
	_, high = around(new(big.Rat).Sub(wanted, half))
	return min(low, high), max(low, high)
}

// around returns the whole numbers on both sides of one, bounded.
func around(wanted *big.Rat) (below, above int64) {
	low, rest := new(big.Int).DivMod(wanted.Num(), wanted.Denom(), new(big.Int))
	below = clamp(low)
	above = below
	if rest.Sign() > 0 {
		above++
	}
	return below, above
}

// toward opens a target on the side where the term has no limit, and takes off what
// is kept: exactly is that of =, limits has the lower end of >= and the upper end of
// <=.
func (t Term) toward(exactly, limits Target) Target {
	switch t.Op {
	case AtLeast:
		return Target{limits.Low - t.Kept, math.MaxInt64, limits.Money}
	case AtMost:
		return Target{math.MinInt64, limits.High - t.Kept, limits.Money}
	}
	return Target{exactly.Low - t.Kept, exactly.High - t.Kept, exactly.Money}
}

// heads is the target of a term in advisers: the customers who take so many.
func (t Term) heads() Target {
	fewest := func(advisers int64) int64 {
		if advisers == 0 {
			return 0
		}
		return min(workload.Served(advisers-1, t.Each), farthest-1) + 1
	}
	most := func(advisers int64) int64 { return min(workload.Served(advisers, t.Each), farthest) }
	wanted := big.NewRat(t.Number, model.Unit)
	below, above := around(wanted)
	low, high := nearest(wanted)
	return t.toward(Target{Low: fewest(low), High: most(high)}, Target{Low: fewest(above), High: most(below)})
}

// Beside returns the goal for cuts that give the tiers byScores, of which
// something makes the tiers are: its terms count the difference as kept. Both
// are by [model.Tier.Rank].
func (g Goal) Beside(byScores, are [4]rfm.Flow) Goal {
	g.Terms = slices.Clone(g.Terms)
	for i, t := range g.Terms {
		tier := t.Tier.Rank()
		g.Terms[i].Kept = are[tier].Customers - byScores[tier].Customers
		if t.Measure == Revenue {
			g.Terms[i].Kept = int64(are[tier].Revenue - byScores[tier].Revenue)
		}
	}
	return g
}

// Equal reports whether both goals want the same.
func (g Goal) Equal(h Goal) bool {
	return g.Text == h.Text && g.Floor == h.Floor && slices.Equal(g.Terms, h.Terms)
}

// Compare says which of two ways to fill the tiers is nearer to the goal, or
// among equals has smaller tiers where they are to be small and larger ones
// where they are to be large: negative if it is a.
func (g Goal) Compare(a, b [4]rfm.Flow, total rfm.Flow) int {
	w := newWants(g, total)
	x, y := w.merit(&a, 0), w.merit(&b, 0)
	return x.compare(&y)
}

// farthest bounds targets, so that sums of what is missed fit; no workspace
// holds so much.
const farthest = 1 << 60

func clamp(n *big.Int) int64 {
	if !n.IsInt64() || n.Int64() > farthest {
		return farthest
	}
	return n.Int64()
}

// Missed returns how far a tier is from what meets the term: customers, or
// ten-thousandths of currency.
func (t Target) Missed(tier rfm.Flow) int64 {
	n := tier.Customers
	if t.Money {
		n = int64(tier.Revenue)
	}
	return t.missed(n, n)
}

// missed is how far the nearest number of a range is from the target.
func (t Target) missed(low, high int64) int64 {
	switch {
	case high < t.Low:
		return t.Low - high
	case low > t.High:
		return low - t.High
	}
	return 0
}

// Gap is how far all terms of a goal together are missed. It is their sum as
// fractions, those in customers of all customers and those in revenue of all
// revenue; the zero value misses nothing.
type Gap struct {
	Customers int64       // missed by the terms in customers, added up
	Revenue   model.Money // by those in revenue
	Of        rfm.Flow    // all customers
}

// Met reports whether nothing is missed.
func (g Gap) Met() bool { return g.Customers == 0 && g.Revenue == 0 }

// Defined reports whether the gap is a fraction: revenue that is missed is none
// of a revenue that is not above zero.
func (g Gap) Defined() bool { return g.Revenue == 0 || g.Of.Revenue > 0 }

// Fraction returns a gap that is [Gap.Defined] as a number, to be shown.
func (g Gap) Fraction() float64 {
	sum := 0.0
	if g.Customers != 0 {
		sum += float64(g.Customers) / float64(g.Of.Customers)
	}
	if g.Revenue != 0 {
		sum += float64(g.Revenue) / float64(g.Of.Revenue)
	}
	return sum
}

// weighed returns the gap as a whole number that compares like the fraction:
// that times all customers and all revenue. It takes 128 bits.
func (g Gap) weighed() wide {
	hi1, lo1 := bits.Mul64(uint64(g.Customers), uint64(max(g.Of.Revenue, 1)))
	hi2, lo2 := bits.Mul64(uint64(g.Revenue), uint64(max(g.Of.Customers, 1)))
	lo, carry := bits.Add64(lo1, lo2, 0)
	hi, _ := bits.Add64(hi1, hi2, carry)
	return wide{hi, lo}
}

// wide is a whole number of 128 bits.
type wide struct{ hi, lo uint64 }

func (w wide) compare(v wide) int {
	switch {
	case w == v:
		return 0
	case w.hi < v.hi || w.hi == v.hi && w.lo < v.lo:
		return -1
	}
	return 1
}

// Missed returns how far tiers, by [model.Tier.Rank], are from the goal.
func (g Goal) Missed(tiers [4]rfm.Flow, total rfm.Flow) Gap {
	gap := Gap{Of: total}
	for _, t := range g.Terms {
		target := t.Target(total)
		missed := target.Missed(tiers[t.Tier.Rank()])
		if target.Money {
			gap.Revenue += model.Money(missed)
		} else {
			gap.Customers += missed
		}
	}
	return gap
}
