package rfm

import (
	"math"
	"slices"
	"sort"

	"strata/model"
)

// Act is what a customer would have to do by the as-of day to belong elsewhere:
// place so many orders more on the day before it, the last that is seen, and
// spend so much more.
type Act struct {
	Orders int64 // more; 0 where what was ordered need only be worth more
	// Worth is what these orders are worth together, or what was ordered more,
	// at least: whole hundredths, LeastWorth an order where any value will do.
	Worth   model.Money
	Segment model.Segment // then
}

// LeastWorth is what an order is worth at least: one worth nothing may not count.
const LeastWorth = model.Money(model.Unit / 100)

// AnyWorth reports whether the orders may be worth as little as they like.
func (a Act) AnyWorth() bool { return a.Worth == model.Money(a.Orders)*LeastWorth }

// Ways are the acts that lead a customer into a tier.
type Ways struct {
	Tier   model.Tier
	Single []Act // each enough by itself: an order, several orders, an amount more
	// Both is orders that have to be worth something, where nothing single is
	// enough; nil where there is something, or where nothing is.
	Both *Act
}

// WaysUp returns what leads the customer of a row into each better tier, the
// nearest first, the cuts staying where they are. first is the day of the
// customer's first order that counts; it matters for orders per month only. known
// is false where the scores then hang on other customers, or first is needed and
// is NoDay.
func (r *Rule) WaysUp(base *Base, row int, first model.Day) (ways []Ways, known bool) {
	s, ok := r.newActing(base, row, first)
	if !ok {
		return nil, false
	}
	here := r.Segments[r.SegmentOf(base, row)].Tier.Rank()
	for i := len(heldTiers) - 1; i >= 0; i-- {
		tier := heldTiers[i]
		if tier.Rank() >= here {
			continue
		}
		into := func(s model.Segment) bool { return s.Tier == tier }
		w := Ways{Tier: tier, Single: s.single(into)}
		if w.Single == nil {
			w.Both = s.both(into)
		}
		ways = append(ways, w)
	}
	return ways, true
}

// WaysOut returns the single acts that lead the customer of a row into whatever
// other segment is reached first. known is that of WaysUp.
func (r *Rule) WaysOut(base *Base, row int, first model.Day) (acts []Act, known bool) {
	s, ok := r.newActing(base, row, first)
	if !ok {
		return nil, false
	}
	slug := r.Segments[r.SegmentOf(base, row)].Slug
	return s.single(func(s model.Segment) bool { return s.Slug != slug }), true
}

// acting tries out what one customer could do.
type acting struct {
	rule  *Rule
	base  *Base
	row   int
	first model.Day
}

func (r *Rule) newActing(base *Base, row int, first model.Day) (*acting, bool) {
	if groups, nested := r.Entangled(); groups || nested {
		return nil, false
	}
	if base.Spec.Frequency == model.FrequencyPerMonth && first == model.NoDay {
		return nil, false
	}
	return &acting{r, base, row, first}, true
}

// single returns the least of each kind of act that will do alone.
func (s *acting) single(will func(model.Segment) bool) []Act {
	var acts []Act
	one, enough := s.try(1, LeastWorth, will)
	if enough {
		acts = append(acts, one)
	} else {
		paid := s.monetaryScore(1)
		for _, n := range s.counts() {
			if s.monetaryScore(n) > paid { // so many that even hundredths add up
				break
			}
			if act, ok := s.try(n, model.Money(n)*LeastWorth, will); ok && n > 1 {
				acts = append(acts, act)
				break
			}
		}
		if act, ok := s.leastWorth(1, will); ok {
			acts = append(acts, act)
		}
	}
	if act, ok := s.leastWorth(0, will); ok {
		acts = append(acts, act)
	}
	return acts
}

// both returns the fewest orders that will do if they are worth enough.
func (s *acting) both(will func(model.Segment) bool) *Act {
	for _, n := range s.counts() {
		if act, ok := s.leastWorth(n, will); ok {
			return &act
		}
	}
	return nil
}

// leastWorth returns the smallest worth with which so many orders will do.
func (s *acting) leastWorth(orders int64, will func(model.Segment) bool) (Act, bool) {
	if act, ok := s.try(orders, model.Money(orders)*LeastWorth, will); ok && orders > 0 {
		return act, true
	}
	for _, floor := range s.rule.floors[model.Monetary] {
		worth, ok := s.worthAbove(orders, floor)
		if !ok {
			continue
		}
		if act, ok := s.try(orders, worth, will); ok {
			return act, true
		}
	}
	return Act{}, false
}

// try says where an act leads, and whether that will do.
func (s *acting) try(orders int64, worth model.Money, will func(model.Segment) bool) (Act, bool) {
	values := [model.Axes]int64{s.base.Value(model.Recency, s.row), s.frequency(orders), s.monetary(orders, worth)}
	if orders > 0 {
		values[model.Recency] = 1
	}
	var scores [model.Axes]int
	for a, v := range values {
		scores[a] = s.rule.Score(model.Axis(a), v)
	}
	act := Act{orders, worth, s.rule.heldIn(s.base, s.row, s.rule.segmentAt(scores))}
	return act, will(act.Segment)
}

// frequency is the measure after so many orders more on the last day.
func (s *acting) frequency(orders int64) int64 {
	value := s.base.Value(model.Frequency, s.row)
	if orders == 0 {
		return value
	}
	today, last := s.base.AsOf-1, s.base.AsOf-model.Day(s.base.Recency[s.row])
	switch s.base.Spec.Frequency {
	case model.FrequencyDays:
		if last < today {
			value++
		}
	case model.FrequencyMonths:
		if last.MonthIndex() < today.MonthIndex() {
			value++
		}
	case model.FrequencyPerMonth:
		return perMonth(s.base.Orders[s.row]+int32(orders), s.base.AsOf-s.first, s.base.Spec.MonthsAtLeast())
	default:
		value += orders
	}
	return value
}

// mostOrders is more than anybody would place.
const mostOrders = 1 << 16

// counts lists the numbers of orders that make a difference, ascending: one, and
// those that first pass a cut of frequency, or of monetary if they are worth as
// little as they can be.
func (s *acting) counts() []int64 {
	counts := []int64{1}
	add := func(passes func(orders int64) bool) {
		if n := sort.Search(mostOrders, func(n int) bool { return passes(int64(n) + 1) }) + 1; n < mostOrders {
			counts = append(counts, int64(n))
		}
	}
	for _, floor := range s.rule.floors[model.Frequency] {
		add(func(n int64) bool { return s.frequency(n) > floor })
	}
	least := func(n int64) int64 { return s.monetary(n, model.Money(n)*LeastWorth) }
	for _, floor := range s.rule.floors[model.Monetary] {
		above := least(1) > floor
		add(func(n int64) bool { return (least(n) > floor) != above })
	}
	slices.Sort(counts)
	return slices.Compact(counts)
}

// monetary is the measure after so many orders more that are worth so much
// together; without one, after what was ordered has become worth more.
func (s *acting) monetary(orders int64, worth model.Money) int64 {
	if s.base.Spec.Monetary != model.MonetaryMean {
		return s.base.Value(model.Monetary, s.row) + int64(worth)
	}
	return int64((model.Money(s.base.Revenue[s.row]) + worth).Ratio(int64(s.base.Orders[s.row]) + orders))
}

// monetaryScore is the score of monetary after so many orders of the least worth.
func (s *acting) monetaryScore(orders int64) int {
	return s.rule.Score(model.Monetary, s.monetary(orders, model.Money(orders)*LeastWorth))
}

// worthAbove returns the least worth, in hundredths, with which the measure lies
// above a floor; false where it lies above that with the least already, or where
// no amount is large enough.
func (s *acting) worthAbove(orders int64, floor int64) (model.Money, bool) {
	least := model.Money(max(orders, 1)) * LeastWorth
	if s.monetary(orders, model.Money(orders)*LeastWorth) > floor {
		return 0, false
	}
	const hundredths = math.MaxInt64 / model.Unit / 100 // of an amount that any sum has room for
	n := sort.Search(hundredths, func(n int) bool { return s.monetary(orders, least+model.Money(n)*LeastWorth) > floor })
	return least + model.Money(n)*LeastWorth, n < hundredths
}
