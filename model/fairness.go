package model

import (
	"cmp"
	"slices"
)

// Fairness are the rules of a scheme that stand above the scores: customers
// whose tier is locked by hand, and rules about falling. The zero value has
// none.
type Fairness struct {
	Off bool // none of it counts; kept to be switched on again

	Overrides []Override

	// The moving rules evaluate a customer on the as-of day and on the same day of
	// the months before, by the cuts in force now. It starts where the scores are,
	// and again after an evaluation at which it is not tiered; it rises at once. It
	// falls out of a tier only after more than Grace evaluations in a row with
	// scores below it, not before Stay evaluations in it, and, where the value score
	// decides, with a value score below the tier's cut less Band. It falls to the
	// tier of the scores, or stops at one on the way that the band keeps it in.
	Grace int // evaluations, 0: falls at once
	Stay  int // evaluations, 0: no minimum
	Band  int // of the value score, 0: falls at the cut it rose at
	// History is how many months before the as-of day the evaluations begin, 0 for
	// the default; see [Fairness.MonthsBack].
	History int
}

// DefaultHistory is how many months the rules about falling look back where
// nobody asked for another number.
const DefaultHistory = 12

// MonthsBack returns how many months before the as-of day the evaluations
// begin: History, or as many as Grace and Stay ask for where that is more.
// Somebody whom the band keeps may have been kept for longer than that; an
// evaluation knows nothing of what was before the first.
func (f Fairness) MonthsBack() int {
	return max(cmp.Or(f.History, DefaultHistory), f.Grace+f.Stay)
}

// Override locks one customer in a tier.
type Override struct {
	Customer string // key as in the file
	Tier     Tier   // high, mid or low
	Until    Day    // the last as-of day it holds for; NoDay: for good
	Reason   string
	Author   string
}

// Moving reports whether there are rules about falling.
func (f Fairness) Moving() bool { return f.Grace > 0 || f.Stay > 0 || f.Band > 0 }

// Empty reports whether there is no rule at all, in force or not.
func (f Fairness) Empty() bool { return len(f.Overrides) == 0 && !f.Moving() && !f.Off }

// Equal reports whether both say the same.
func (f Fairness) Equal(g Fairness) bool {
	return f.Off == g.Off && f.Grace == g.Grace && f.Stay == g.Stay && f.Band == g.Band &&
		(!f.Moving() || f.MonthsBack() == g.MonthsBack()) && slices.Equal(f.Overrides, g.Overrides)
}

// KeptBy says what keeps a customer in another tier than that of the scores.
type KeptBy string

// What keeps customers, by stable slugs.
const (
	KeptByOverride KeptBy = "override" // a person has locked the tier
	KeptByBand     KeptBy = "band"     // the value score is not far enough below the tier's cut
	KeptByGrace    KeptBy = "grace"    // not below the tier for long enough
	KeptByStay     KeptBy = "stay"     // not in the tier for long enough
)

// KeptBys lists what keeps customers, in the order it is told.
var KeptBys = []KeptBy{KeptByOverride, KeptByBand, KeptByGrace, KeptByStay}

// MostMonths bounds Grace and Stay, MostHistory how far the evaluations go back,
// and MostBand the band: five years, both together, and the largest value score
// there is.
const (
	MostMonths  = 60
	MostHistory = 2 * MostMonths
	MostBand    = 5 * int(Axes) * MaxWeight

	MostOverrides = 20_000 // customers that are locked, so that a scheme can be read again
)

// Check returns what is wrong with the rules. Error: Usage.
func (f Fairness) Check() error {
	for _, n := range []struct {
		name        string
		value, most int
	}{{"grace", f.Grace, MostMonths}, {"stay", f.Stay, MostMonths}, {"band", f.Band, MostBand}, {"history", f.History, MostHistory}} {
		if n.value < 0 || n.value > n.most {
			return Errorf(Usage, "{name} is {value}", "name", n.name, "value", n.value).WithHint("use 0 to {most}", "most", n.most)
		}
	}
	if n := len(f.Overrides); n > MostOverrides {
		return Errorf(Usage, "{count} customers are locked", "count", n).WithHint("lock at most {most_overrides}; rules and scores can handle the others", "most_overrides", MostOverrides)
	}
	seen := map[string]bool{}
	for _, o := range f.Overrides {
		switch {
		case o.Customer == "":
			return Errorf(Usage, "an override without a customer").WithHint("give the key as it is in the file")
		case seen[o.Customer]:
			return Errorf(Usage, "there are two overrides for customer {customer:q}", "customer", o.Customer).WithHint("leave one of them out")
		case !o.Tier.Lockable():
			return Errorf(Usage, "customer {customer:q}: no tier {tier:q} to be locked in", "customer", o.Customer, "tier", string(o.Tier)).WithHint("use high, mid or low")
		}
		seen[o.Customer] = true
	}
	return nil
}

// Lockable reports whether a customer can be kept in the tier.
func (t Tier) Lockable() bool { return t == TierHigh || t == TierMid || t == TierLow }
