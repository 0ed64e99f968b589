package goal

import (
	"context"

	"strata/analysis/rfm"
	"strata/model"
)

// line is one measure with its customers in the order of their values. A
// position x of a cut says how many different values lie below it: x values
// are not above the cut.
type line struct {
	axis   model.Axis
	values []int64 // the different ones, ascending
	rows   []int32 // of the base, in the order of their values
	ends   []int32 // ends[i]: how many of rows have values[i] or less
	kept   []int32 // by cuts passed: how many customers at least, see keep
}

func newLine(base *rfm.Base, a model.Axis) *line {
	switch a {
	case model.Recency:
		return lineOf(base.Recency, a)
	case model.Frequency:
		return lineOf(base.Frequency, a)
	}
	return lineOf(base.Monetary, a)
}

func lineOf[T int32 | int64](values []T, a model.Axis) *line {
	l := &line{axis: a, rows: rfm.Ascending(values)}
	for i, row := range l.rows {
		v := int64(values[row])
		if n := len(l.values); n > 0 && l.values[n-1] == v {
			l.ends[n-1]++
			continue
		}
		l.values = append(l.values, v)
		l.ends = append(l.ends, int32(i)+1)
	}
	return l
}

// position returns where a cut stands.
func (l *line) position(c model.Cut) int32 {
	at := 0
	for step := len(l.values); at < step; {
		middle := (at + step) / 2
		if l.values[middle] > c.Whole {
			step = middle
		} else {
			at = middle + 1
		}
	}
	return int32(at)
}

// positions returns where cuts stand.
func (l *line) positions(cuts []model.Cut) []int32 {
	x := make([]int32, len(cuts))
	for i, c := range cuts {
		x[i] = l.position(c)
	}
	return x
}

// between returns the lowest and highest cut that stand at a position; of those
// beyond all values the nearest.
func (l *line) between(x int32) (low, high int64) {
	switch {
	case x == 0:
		return l.values[0] - 1, l.values[0] - 1
	case x == l.end():
		return l.values[x-1], l.values[x-1]
	}
	return l.values[x-1], l.values[x] - 1
}

// heaviest returns how many customers share one value at most, and the value.
func (l *line) heaviest() (customers, value int64) {
	before := int32(0)
	for i, end := range l.ends {
		if n := int64(end - before); n > customers {
			customers, value = n, l.values[i]
		}
		before = end
	}
	return customers, value
}

// sum is a figure of a tier (its customers, its revenue) as a function of where
// the cuts of one measure stand. Each cut adds its own part, so bounds for
// ranges of positions are as easy as values:
//
//	sum(x) = base + Σ up[i][x[i]] − down[i][x[i]]
//
// up and down of a cut ascend with its position; one that is 0 throughout is
// nil. With t(p) whether customers above p cuts are in the tier, those between
// cut i and the cut before count as Σ of t(i), and shifting the sum by one cut
// leaves the differences t(i) − t(i+1) for cut i.
type sum struct {
	base     int64
	up, down [][]int64 // by cut and position
}

// at returns the sum for cuts at positions x.
func (s *sum) at(x []int32) int64 {
	total := s.base
	for i, x := range x {
		total += s.part(i, x)
	}
	return total
}

// part is what a cut adds.
func (s *sum) part(i int, x int32) int64 {
	part := int64(0)
	if s.up[i] != nil {
		part = s.up[i][x]
	}
	if s.down[i] != nil {
		part -= s.down[i][x]
	}
	return part
}

// within returns bounds for cuts anywhere between lo and hi.
func (s *sum) within(lo, hi []int32) (low, high int64) {
	low, high = s.base, s.base
	for i := range lo {
		if up := s.up[i]; up != nil {
			low += up[lo[i]]
			high += up[hi[i]]
		}
		if down := s.down[i]; down != nil {
			low -= down[hi[i]]
			high -= down[lo[i]]
		}
	}
	return low, high
}

// figureKind is what a sum adds up.
type figureKind int

const (
	customersOf figureKind = iota
	revenueOf
	staying // customers who stay in their segment; of no tier
)

// figure names a sum.
type figure struct {
	kind figureKind
	tier int // by rank
}

// sumsOf makes the sums of figures for the cuts of a line, the other cuts being
// those of rule. Error: Cancelled.
func sumsOf(ctx context.Context, base *rfm.Base, l *line, rule *rfm.Rule, before *rfm.Labels, figures []figure) ([]sum, error) {
	b := newSumBuilder(l, rule, before.Segments, figures)
	pairs := pairsOf(base, l.axis, rule)
	from := 0
	for i, end := range l.ends {
		if i%(1<<16) == 0 && ctx.Err() != nil {
			return nil, model.Errorf(model.Cancelled, "looking for cuts was stopped: {cause}", "cause", ctx.Err())
		}
		for _, row := range l.rows[from:end] {
			b.add(int(pairs[row]), base.Revenue[row], before.Of[row])
		}
		from = int(end)
		b.store(i + 1)
	}
	return b.sums, nil
}

// sumBuilder adds customers in the order of a line.
type sumBuilder struct {
	figures []figure
	sums    []sum
	cuts    int
	// By pair of the other scores and by cuts passed: the tier, and whether each
	// segment of before, and last the absent, is the segment there.
	tiers [][]int
	same  [][][]bool
	up    []int64 // so far, by figure and cut
	down  []int64
	n     int // positions, both ends included
}

func newSumBuilder(l *line, rule *rfm.Rule, before []model.Segment, figures []figure) *sumBuilder {
	b := &sumBuilder{figures: figures, cuts: rule.Levels[l.axis] - 1, n: len(l.values) + 1}
	known := map[model.Segment][]bool{} // a map has few segments, and many cells
	for _, passed := range segmentsByPair(l.axis, rule) {
		tiers, same := make([]int, len(passed)), make([][]bool, len(passed))
		for i, s := range passed {
			if known[s] == nil {
				known[s] = sameAs(before, s)
			}
			tiers[i], same[i] = s.Tier.Rank(), known[s]
		}
		b.tiers, b.same = append(b.tiers, tiers), append(b.same, same)
	}
	b.sums = make([]sum, len(figures))
	for i := range b.sums {
		b.sums[i].up, b.sums[i].down = make([][]int64, b.cuts), make([][]int64, b.cuts)
	}
	b.up, b.down = make([]int64, len(figures)*b.cuts), make([]int64, len(figures)*b.cuts)
	return b
}

// sameAs tells of each segment of before, and last of the absent, whether it is s.
func sameAs(before []model.Segment, s model.Segment) []bool {
	same := make([]bool, len(before)+1)
	for i, was := range before {
		same[i] = sameSegment(was, s)
	}
	return same
}

// add counts a customer with a pair of scores on the other measures, and a
// segment before.
func (b *sumBuilder) add(pair int, revenue int64, before uint8) {
	tiers, same := b.tiers[pair], b.same[pair]
	var in [model.MaxLevels]bool
	for f, figure := range b.figures {
		weight := int64(1)
		if figure.kind == revenueOf {
			weight = revenue
		}
		for passed := range in[:b.cuts+1] {
			if figure.kind == staying {
				in[passed] = same[passed][before]
			} else {
				in[passed] = tiers[passed] == figure.tier
			}
		}
		if in[b.cuts] {
			b.sums[f].base += weight
		}
		for i := range b.cuts {
			switch {
			case in[i] == in[i+1]:
			case in[i] == (weight > 0):
				b.up[f*b.cuts+i] += magnitude(weight)
			default:
				b.down[f*b.cuts+i] += magnitude(weight)
			}
		}
	}
}

func magnitude(n int64) int64 { return max(n, -n) }

// store keeps what lies below a position.
func (b *sumBuilder) store(x int) {
	for f := range b.sums {
		for i := range b.cuts {
			b.keep(&b.sums[f].up[i], x, b.up[f*b.cuts+i])
			b.keep(&b.sums[f].down[i], x, b.down[f*b.cuts+i])
		}
	}
}

func (b *sumBuilder) keep(column *[]int64, x int, value int64) {
	if *column == nil {
		if value == 0 {
			return
		}
		*column = make([]int64, b.n)
	}
	(*column)[x] = value
}

// others returns the two axes besides a.
func others(a model.Axis) (first, second model.Axis) {
	switch a {
	case model.Recency:
		return model.Frequency, model.Monetary
	case model.Frequency:
		return model.Recency, model.Monetary
	}
	return model.Recency, model.Frequency
}

// pairsOf numbers the scores of every row on the other two axes together.
func pairsOf(base *rfm.Base, a model.Axis, rule *rfm.Rule) []uint8 {
	pairs := make([]uint8, base.Len())
	first, second := others(a)
	for row := range pairs {
		pairs[row] = uint8((score(base, rule, first, row)-1)*rule.Levels[second] + score(base, rule, second, row) - 1)
	}
	return pairs
}

func score(base *rfm.Base, rule *rfm.Rule, a model.Axis, row int) int {
	switch a {
	case model.Recency:
		return rule.Score(a, int64(base.Recency[row]))
	case model.Frequency:
		return rule.Score(a, int64(base.Frequency[row]))
	}
	return rule.Score(a, base.Monetary[row])
}

// segmentsByPair returns, for each pair of scores on the other two axes, the
// segment of customers above so many cuts.
func segmentsByPair(a model.Axis, rule *rfm.Rule) [][]model.Segment {
	first, second := others(a)
	segments := make([][]model.Segment, rule.Levels[first]*rule.Levels[second])
	for pair := range segments {
		var scores [model.Axes]int
		scores[first], scores[second] = pair/rule.Levels[second]+1, pair%rule.Levels[second]+1
		for passed := range rule.Levels[a] {
			scores[a] = 1 + passed
			if a == model.Recency {
				scores[a] = rule.Levels[a] - passed
			}
			segments[pair] = append(segments[pair], segmentOf(rule, rule.Cell(scores)))
		}
	}
	return segments
}
