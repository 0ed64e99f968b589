package model

import "slices"

// Fairness are the rules of a scheme that stand above the scores: customers
// whose tier is locked by hand, and rules about falling. The zero value has
// none.
type Fairness struct {
	Off bool // none of it counts; kept to be switched on again

	Overrides []Override

	// The moving rules look at the customer as of each month's end before as-of,
	// by the cuts in force. A customer falls out of a tier only after more than
	// Grace evaluations in a row below it, not before Stay evaluations in it, and
	// with Band only when the value score is more than Band below the tier's cut.
	Grace int // evaluations, 0: falls at once
	Stay  int // evaluations, 0: no minimum
	Band  int // of the value score, 0: falls at the cut it rose at
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
		slices.Equal(f.Overrides, g.Overrides)
}
