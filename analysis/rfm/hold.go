package rfm

import (
	"cmp"
	"slices"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// Hold keeps one customer in a tier whatever the scores say.
type Hold struct {
	Row  int32      // of the base
	Tier model.Tier // high, mid or low
	By   model.KeptBy
	// Count is which of the scheme's overrides it is, from 0; for a rule about
	// falling, the evaluations in a row below the tier, this one included, and
	// with [model.KeptByStay] those in it before this one.
	Count int
}

// locked reports whether no score moves the customer: under a rule about
// falling a better tier is reached at once.
func (h Hold) locked() bool { return h.By == model.KeptByOverride }

// KeptIn is the segment of those who are kept in a tier: they have the scores
// of another. It stands after the tier's own segments, while it has anybody.
func KeptIn(tier model.Tier) model.Segment {
	return model.Segment{Slug: keptPrefix + string(tier), Label: catalogue.T("Kept in {tier}", "tier", words.Tier(tier)), Tier: tier}
}

// IsKept reports whether a segment is that of [KeptIn] for its tier.
func IsKept(s model.Segment) bool { return s.Slug == keptPrefix+string(s.Tier) }

// heldTiers are the tiers that customers can be held in.
var heldTiers = []model.Tier{model.TierHigh, model.TierMid, model.TierLow}

// keptPrefix begins the slugs of the segments of those who are kept.
const keptPrefix = "kept-"

// holding is the customers of one base that a rule holds.
type holding struct {
	base   *Base
	plain  *Rule // without them
	fair   model.Fairness
	holds  []Hold      // ascending by row
	kept   []keptRow   // of those, who are in another tier than their cell; ascending
	change []Aggregate // what that brings to each segment, and takes
	sums   []KeptSum
}

// keptRow is a customer who goes from the segment of the cell to a kept one;
// both are indices into Segments.
type keptRow struct {
	row      int32
	from, to uint8
}

// KeptSum is the customers that something keeps in a tier other than that of
// their scores.
type KeptSum struct {
	Tier model.Tier
	By   model.KeptBy
	Flow
}

// Holding returns the rule with customers of base held in tiers as fair rules
// have it: those whose cell lies in another are in [KeptIn] instead of the cell's
// segment. Everything about segments and tiers follows: figures by segment and
// tier, moves, labels, reaches. Cells and scores stay as they are, so that a
// table fits both rules.
//
// A rule that holds is for its base alone, and its value cuts are placed: an
// earlier holding is replaced, and [Rule.Shared] leaves it out. Two holds of one
// row make it panic.
func (r *Rule) Holding(base *Base, fair model.Fairness, holds []Hold) *Rule {
	plain := r.Plain()
	plain.on(base)
	if len(holds) == 0 {
		return plain
	}
	h := &holding{base: base, plain: plain, fair: fair, holds: slices.Clone(holds)}
	if byRow := func(a, b Hold) int { return cmp.Compare(a.Row, b.Row) }; !slices.IsSortedFunc(h.holds, byRow) {
		slices.SortFunc(h.holds, byRow)
	}
	held := *plain
	held.holding = h
	own := make([]uint8, len(h.holds)) // the segment of the cell of each
	anybody := make([]bool, len(heldTiers))
	for i, hold := range h.holds {
		if i > 0 && h.holds[i-1].Row == hold.Row {
			panic("rfm: a customer is held twice")
		}
		own[i] = plain.cells[plain.Cell(plain.ScoresOf(base, int(hold.Row)))]
		if plain.Segments[own[i]].Tier != hold.Tier {
			anybody[slices.Index(heldTiers, hold.Tier)] = true
		}
	}
	place := held.addKept(anybody)
	h.keep(&held, own, place)
	return &held
}

// number returns the index of a segment.
func (r *Rule) number(slug string) uint8 {
	return uint8(slices.IndexFunc(r.Segments, func(s model.Segment) bool { return s.Slug == slug }))
}

// addKept adds a segment to each tier that somebody is kept in, and returns
// where each of the rule's own segments has gone.
func (r *Rule) addKept(anybody []bool) []uint8 {
	own := r.Segments
	r.Segments = slices.Clone(own)
	for i, tier := range heldTiers {
		if anybody[i] {
			r.Segments = append(r.Segments, KeptIn(tier))
		}
	}
	slices.SortStableFunc(r.Segments, func(a, b model.Segment) int { return a.Tier.Rank() - b.Tier.Rank() })
	place := make([]uint8, len(own))
	for i, s := range own {
		place[i] = r.number(s.Slug)
	}
	r.cells = slices.Clone(r.cells)
	for cell, s := range r.cells {
		r.cells[cell] = place[s]
	}
	return place
}

// keep finds those who are in another tier than their cell, and adds up what
// that changes. own is the segment of each hold's cell in the plain rule, place
// where that has gone in r.
func (h *holding) keep(r *Rule, own, place []uint8) {
	h.change = make([]Aggregate, len(r.Segments))
	h.kept = make([]keptRow, 0, len(h.holds))
	c := columnsOf(h.base, nil)
	var in []uint8 // the segment of those kept in each of heldTiers
	for _, tier := range heldTiers {
		in = append(in, r.number(KeptIn(tier).Slug))
	}
	for i, hold := range h.holds {
		from := place[own[i]]
		if r.Segments[from].Tier == hold.Tier {
			continue
		}
		to := in[slices.Index(heldTiers, hold.Tier)]
		h.kept = append(h.kept, keptRow{hold.Row, from, to})
		one := c.aggregate(int(hold.Row))
		h.change[from] = h.change[from].minus(one)
		h.change[to].add(one)
		h.count(hold, one.Flow)
	}
	slices.SortFunc(h.sums, func(a, b KeptSum) int {
		return cmp.Or(
			a.Tier.Rank()-b.Tier.Rank(),
			slices.Index(model.KeptBys, a.By)-slices.Index(model.KeptBys, b.By),
		)
	})
}

func (h *holding) count(hold Hold, one Flow) {
	i := slices.IndexFunc(h.sums, func(s KeptSum) bool { return s.Tier == hold.Tier && s.By == hold.By })
	if i < 0 {
		i = len(h.sums)
		h.sums = append(h.sums, KeptSum{Tier: hold.Tier, By: hold.By})
	}
	h.sums[i].add(one)
}

// aggregate returns what one customer adds to the sums of a group.
func (c *columns) aggregate(row int) Aggregate {
	return Aggregate{
		Flow: Flow{Customers: 1, Revenue: model.Money(c.revenue[row])},
		Sums: Sums{
			Orders: int64(c.orders[row]), Repeaters: int64(above(c.repeats[row], 1)),
			Recency: int64(c.recency[row]), Frequency: int64(c.frequency[row]), Monetary: c.monetary[row],
		},
	}
}

// Locked returns how many customers overrides hold, also those whose scores lie in
// the same tier.
func (r *Rule) Locked() (n int) {
	if r.holding == nil {
		return 0
	}
	for _, hold := range r.holding.holds {
		if hold.locked() {
			n++
		}
	}
	return n
}

// Plain returns the rule without the customers it holds.
func (r *Rule) Plain() *Rule {
	if r.holding == nil {
		return r
	}
	return r.holding.plain
}

// Fair returns the fair rules that customers are held by, none where nobody is.
func (r *Rule) Fair() model.Fairness {
	if r.holding == nil {
		return model.Fairness{}
	}
	return r.holding.fair
}

// Kept tells how many customers are kept in another tier than that of their
// scores, by tier and by what keeps them; groups of nobody are left out.
func (r *Rule) Kept() []KeptSum {
	if r.holding == nil {
		return nil
	}
	return slices.Clone(r.holding.sums)
}

// HoldOf returns what holds the customer of a row of base, and false where
// nothing does. Somebody may be held in the tier of the scores, too.
func (r *Rule) HoldOf(base *Base, row int) (Hold, bool) {
	r.on(base)
	if r.holding == nil {
		return Hold{}, false
	}
	holds := r.holding.holds
	i, found := slices.BinarySearchFunc(holds, int32(row), func(h Hold, row int32) int { return cmp.Compare(h.Row, row) })
	if !found {
		return Hold{}, false
	}
	return holds[i], true
}

// SegmentOf returns the segment of the customer of a row of base, as an index
// into Segments: that of the cell, or the one of those who are kept.
func (r *Rule) SegmentOf(base *Base, row int) int {
	if r.holding != nil {
		r.on(base)
		kept := r.holding.kept
		i, found := slices.BinarySearchFunc(kept, int32(row), func(k keptRow, row int32) int { return cmp.Compare(k.row, row) })
		if found {
			return int(kept[i].to)
		}
	}
	return r.Segment(r.Cell(r.ScoresOf(base, row)))
}

// heldIn returns the segment that the customer of a row would be in with the
// scores of another segment.
func (r *Rule) heldIn(base *Base, row int, s model.Segment) model.Segment {
	hold, held := r.HoldOf(base, row)
	better := s.Tier.Rank() < hold.Tier.Rank()
	if !held || s.Tier == hold.Tier || better && !hold.locked() {
		return s
	}
	return KeptIn(hold.Tier)
}

// shift moves those who are kept from one column of a matrix of moves to
// another.
func (h *holding) shift(baseline *Labels, matrix [][]Flow) {
	for _, k := range h.kept {
		one := Flow{Customers: 1, Revenue: model.Money(h.base.Revenue[k.row])}
		row := matrix[baseline.Of[k.row]]
		row[k.from] = row[k.from].minus(one)
		row[k.to].add(one)
	}
}
