package compare

import "strata/model"

// Cause says what brought a customer into another segment.
type Cause uint8

// The causes.
const (
	NoCause     Cause = iota
	ByCut             // a cut moved past what was measured
	ByBehaviour       // what was measured moved past a cut
	ByBoth            // cuts and what was measured moved
	ByValue           // the scores are as before, the value rule is not
	ByMap             // the scores are as before, the map is not
	ByHold            // the customer is held in a tier, or no longer is
)

// Crossing is a measure on which a customer scores differently.
type Crossing struct {
	Axis          model.Axis
	Before, After int // scores
	Cause         Cause
	// Cut is the index of the cut that decides now: of the rule after, the one
	// that bounds the score after on the side of the score before.
	Cut int
}

// Reason is why a customer is in another segment. It is comparable: customers
// with equal reasons can be counted together.
type Reason struct {
	Cause Cause // of the crossings, where there are any
	// Crossings are the first Crossed entries: one, if that alone, all else as
	// before, leads to the segment after; otherwise all there are.
	Crossings [model.Axes]Crossing
	Crossed   int
	Redrawn   bool // besides the crossings, the map or the value rule has to differ
	// ValueCut is the cut of the value rule that decides now (0: MID begins, 1:
	// HIGH begins), where the cause is ByValue and the tier differs; else -1.
	ValueCut int
}
