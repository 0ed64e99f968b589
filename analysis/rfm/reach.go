package rfm

import "strata/model"

// Reach is the smallest change of one measure alone, the others staying as
// they are, after which a customer belongs elsewhere.
type Reach struct {
	Axis    model.Axis
	By      int64 // change of the value, in its stored unit; negative for recency
	To      int64 // the value then
	Segment model.Segment
}

// NextTier returns for each measure the smallest improvement that lifts the
// customer of a row into a better tier. Left out are measures that cannot do it
// alone, and those whose equal values are split or that are scored within other
// scores, or have others within theirs: these scores hang on more than a value.
func (r *Rule) NextTier(base *Base, row int) []Reach {
	rank := r.Segments[r.SegmentOf(base, row)].Tier.Rank()
	return r.reaches(base, row, func(s model.Segment) bool { return s.Tier.Rank() < rank })
}

// NextSegment is NextTier for whatever other segment is reached first.
func (r *Rule) NextSegment(base *Base, row int) []Reach {
	slug := r.Segments[r.SegmentOf(base, row)].Slug
	return r.reaches(base, row, func(s model.Segment) bool { return s.Slug != slug })
}

// reaches returns for each measure its smallest improvement into a segment
// that will do.
func (r *Rule) reaches(base *Base, row int, will func(model.Segment) bool) []Reach {
	var all []Reach
	for a := range model.Axes {
		if !r.ByCuts(a) || r.nestsAfter(a) {
			continue
		}
		value, scores := base.Value(a, row), r.ScoresOf(base, row)
		for _, to := range r.improvements(a, value) {
			scores[a] = r.Score(a, to)
			if s := r.heldIn(base, row, r.segmentAt(scores)); will(s) {
				all = append(all, Reach{Axis: a, By: to - value, To: to, Segment: s})
				break
			}
		}
	}
	return all
}

// Entangled reports whether no cuts tell where a customer with other values would
// stand: because a measure is in groups of equal size, so that whoever comes into one
// pushes somebody else out, or because one is nested, so that its cuts change with the
// scores of another.
func (r *Rule) Entangled() (groups, nested bool) {
	for a := range model.Axes {
		nested = nested || r.nested[a] != nil
		groups = groups || !r.ByCuts(a) && r.nested[a] == nil
	}
	return groups, nested
}

// nestsAfter reports whether a later measure is scored within the scores of a.
func (r *Rule) nestsAfter(a model.Axis) bool {
	for later := a + 1; later < model.Axes; later++ {
		if r.nested[later] != nil {
			return true
		}
	}
	return false
}

// improvements lists the nearest values that score better than value on an
// axis, one a score, the smallest change first. A recency below one day does
// not exist: an order on the as-of day is not seen.
func (r *Rule) improvements(a model.Axis, value int64) []int64 {
	var better []int64
	floors := r.floors[a]
	if a == model.Recency {
		for i := len(floors) - 1; i >= 0; i-- {
			if floors[i] < value && floors[i] >= 1 {
				better = append(better, floors[i])
			}
		}
		return better
	}
	for _, floor := range floors {
		if floor >= value {
			better = append(better, floor+1)
		}
	}
	return better
}

// segmentAt returns the segment of a customer with these scores.
func (r *Rule) segmentAt(scores [model.Axes]int) model.Segment {
	return r.Segments[r.Segment(r.Cell(scores))]
}
