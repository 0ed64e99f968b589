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

// NextTier returns for each measure the smallest improvement that lifts a
// customer with these values into a better tier; measures that cannot do it
// alone are left out. Values are in stored units.
func (r *Rule) NextTier(values [model.Axes]int64) []Reach {
	rank := r.segmentOf(values).Tier.Rank()
	return r.reaches(values, func(s model.Segment) bool { return s.Tier.Rank() < rank })
}

// NextSegment is NextTier for whatever other segment is reached first.
func (r *Rule) NextSegment(values [model.Axes]int64) []Reach {
	slug := r.segmentOf(values).Slug
	return r.reaches(values, func(s model.Segment) bool { return s.Slug != slug })
}

// reaches returns for each measure its smallest improvement into a segment
// that will do.
func (r *Rule) reaches(values [model.Axes]int64, will func(model.Segment) bool) []Reach {
	var all []Reach
	for a := range model.Axes {
		for _, to := range r.improvements(a, values[a]) {
			moved := values
			moved[a] = to
			if s := r.segmentOf(moved); will(s) {
				all = append(all, Reach{Axis: a, By: to - values[a], To: to, Segment: s})
				break
			}
		}
	}
	return all
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

// segmentOf returns the segment of a customer with these values.
func (r *Rule) segmentOf(values [model.Axes]int64) model.Segment {
	var scores [model.Axes]int
	for a, v := range values {
		scores[a] = r.Score(model.Axis(a), v)
	}
	return r.Segments[r.Segment(r.Cell(scores))]
}
