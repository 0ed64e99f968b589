package rfm

import "strata/model"

// Labels are the segments that a rule, usually the baseline's, gives to the
// customers of one Base.
type Labels struct {
	Segments []model.Segment
	Of       []uint8 // index into Segments for each row of the base; len(Segments) = absent
	Gone     []Flow  // for each of Segments, labelled customers who are no rows of the base
	base     *Base
}

// Assign labels every customer of base with the segment rule gives.
func Assign(base *Base, rule *Rule) *Labels { return nil }

// On returns the labels for the rows of another base: a customer there without
// a label is absent, a labelled customer who is not there is counted in Gone.
func (l *Labels) On(base *Base) *Labels { return nil }
