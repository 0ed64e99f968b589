package compare

import (
	"context"
	"runtime"
	"slices"
	"sync"

	"strata/analysis/rfm"
	"strata/model"
)

// Side is one answer about the customers of a workspace: what was measured, and
// the rule that is applied to it.
type Side struct {
	Base *rfm.Base
	Rule *rfm.Rule
}

// Pair is two answers about the same customers, and one between them. It is
// immutable.
type Pair struct {
	before, between, after side
	segments               []model.Segment  // of all sides, told apart by their keys
	alike                  [model.Axes]bool // the measure is of one kind on both sides, so that the cuts of one can be held against the values of the other
}

// side is an answer with everybody's place in it.
type side struct {
	base   *rfm.Base
	rule   *rfm.Rule
	labels *rfm.Labels
	cells  []uint16
	number []int   // of the rule's segments, in those of the pair
	rows   []int32 // of base, for each row of the base after; absentRow where it has none; nil where all are the same
}

const absentRow = -1

// NewPair sets two answers against each other. between is the rule of before on
// what after measured; where both look at the same customers on the same day
// that is before itself.
func NewPair(before, between, after Side) *Pair {
	p := &Pair{}
	numbers := map[model.SegmentKey]int{}
	sides := []*side{&p.before, &p.between, &p.after}
	for i, s := range []Side{before, between, after} {
		if i > 0 && s == before {
			*sides[i] = p.before
			continue
		}
		*sides[i] = p.place(s, numbers)
	}
	for _, s := range sides {
		if s.base != after.Base {
			s.rows = rowsOf(s.base.Customer, after.Base.Customer)
		}
	}
	p.alike = alike(before.Base.Spec, after.Base.Spec)
	return p
}

// alike reports of each measure whether two specs define it as the same thing,
// whichever orders they count.
func alike(a, b model.Spec) [model.Axes]bool {
	frequency := a.Frequency == b.Frequency && (a.Frequency != model.FrequencyPerMonth || a.MonthsAtLeast() == b.MonthsAtLeast())
	return [model.Axes]bool{model.Recency: true, model.Frequency: frequency, model.Monetary: a.Monetary == b.Monetary}
}

// place finds everybody's place in an answer.
func (p *Pair) place(s Side, numbers map[model.SegmentKey]int) side {
	placed := side{base: s.Base, rule: s.Rule}
	placed.labels, placed.cells = rfm.AssignCells(s.Base, s.Rule)
	for _, segment := range s.Rule.Segments {
		number, known := numbers[segment.Key()]
		if !known {
			number = len(p.segments)
			numbers[segment.Key()] = number
			p.segments = append(p.segments, segment)
		}
		placed.number = append(placed.number, number)
	}
	return placed
}

// own returns the segment of a cell, whoever is kept elsewhere.
func (s *side) own(cell int) int { return s.number[s.rule.Segment(cell)] }

// at returns the row of a customer, given by the row in the base after.
func (s *side) at(row int) int {
	if s.rows == nil {
		return row
	}
	return int(s.rows[row])
}

// rowsOf finds the customers of one base in another; both ascend.
func rowsOf(in, of []int32) []int32 {
	rows := make([]int32, len(of))
	from := 0
	for i, customer := range of {
		for from < len(in) && in[from] < customer {
			from++
		}
		rows[i] = absentRow
		if from < len(in) && in[from] == customer {
			rows[i] = int32(from)
		}
	}
	return rows
}

// Way is where a customer was, and is: the cell and the segment on all three
// sides, what keeps him in a tier before and after, and which measures count otherwise
// than before. Customers on one way have one reason.
type Way uint64

const (
	sideBefore = iota
	sideBetween
	sideAfter
	sides
)

const (
	cellBits  = 10 // a rule has at most 729 cells
	labelBits = 8
	wayBits   = cellBits + labelBits
	noLabel   = 1<<labelBits - 1 // of who is absent; a rule has fewer segments
	keptBits  = 3                // what keeps somebody, counted from 1 in [model.KeptBys]
	keptFrom  = sides * wayBits

	measuredFrom = keptFrom + 2*keptBits // a bit for each measure
)

// kept returns what keeps who is elsewhere than the scores say before, or after;
// "" where nothing does.
func (w Way) kept(side int) model.KeptBy {
	at := keptFrom
	if side == sideAfter {
		at += keptBits
	}
	if n := int(w>>at) & (1<<keptBits - 1); n > 0 {
		return model.KeptBys[n-1]
	}
	return ""
}

// keptWay is the part of a way that tells what keeps a row.
func (s *side) keptWay(row int) Way {
	at := s.at(row)
	if at == absentRow || int(s.labels.Of[at]) == s.rule.Segment(int(s.cells[at])) {
		return 0
	}
	hold, _ := s.rule.HoldOf(s.base, at)
	return Way(slices.Index(model.KeptBys, hold.By)+1) << keptFrom
}

// measured reports whether what a measure is of a customer differs between the
// definitions of before and after, so that the score does.
func (w Way) measured(a model.Axis) bool { return w>>(measuredFrom+int(a))&1 == 1 }

// measuredWay is the part of a way that tells which measures differ by their
// definition: not those that are what they were, nor those that the cuts of before
// score as before.
func (p *Pair) measuredWay(row int) Way {
	if p.between.base == p.after.base {
		return 0
	}
	var w Way
	at, rule := p.between.at(row), p.between.rule
	for a := range model.Axes {
		if at != absentRow && p.alike[a] {
			was, is := p.between.base.Value(a, at), p.after.base.Value(a, row)
			if was == is || rule.ByCuts(a) && rule.Score(a, was) == rule.Score(a, is) {
				continue
			}
		}
		w |= 1 << (measuredFrom + int(a))
	}
	return w
}

// cell returns the cell on a side; it means nothing for who is absent there.
func (w Way) cell(side int) int { return int(w>>(side*wayBits)) & (1<<cellBits - 1) }

// label returns the segment on a side, an index into those of its rule.
func (w Way) label(side int) int { return int(w>>(side*wayBits+cellBits)) & noLabel }

func (s *side) step(row, side int) Way {
	at := s.at(row)
	if at == absentRow {
		return Way(noLabel) << (side*wayBits + cellBits)
	}
	return (Way(s.cells[at]) | Way(s.labels.Of[at])<<cellBits) << (side * wayBits)
}

// Way returns the way of a row of the base after.
func (p *Pair) Way(row int) Way {
	return p.before.step(row, sideBefore) | p.between.step(row, sideBetween) | p.after.step(row, sideAfter) |
		p.before.keptWay(row) | p.after.keptWay(row)<<keptBits | p.measuredWay(row)
}

// ends returns the segments of the pair that a way leads from and to; moved is
// false where they are the same, or one does not exist.
func (p *Pair) ends(w Way) (was, is int, moved bool) {
	from, to := w.label(sideBefore), w.label(sideAfter)
	if from == noLabel || to == noLabel {
		return 0, 0, false
	}
	was, is = p.before.number[from], p.after.number[to]
	return was, is, was != is
}

// Ends returns the segments that a row of the base after was in and is in; the
// first is the zero Segment for who was absent.
func (p *Pair) Ends(row int) (was, is model.Segment) {
	if at := p.before.at(row); at != absentRow {
		was = p.before.rule.Segments[p.before.labels.Of[at]]
	}
	return was, p.after.rule.Segments[p.after.labels.Of[row]]
}

// sum is what the customers of one group add up to on each side; who is absent
// there adds nothing.
type sum struct {
	customers              int64
	before, between, after model.Money
}

func (s *sum) add(t sum) {
	s.customers += t.customers
	s.before += t.before
	s.between += t.between
	s.after += t.after
}

// tally adds up the customers after by a key of their way; those whose key is
// not wanted are left out. Error: Cancelled.
func (p *Pair) tally(ctx context.Context, key func(Way) (Way, bool)) (map[Way]sum, error) {
	n := p.after.base.Len()
	parts := min(runtime.GOMAXPROCS(0), n/fewestRows+1)
	sums := make([]map[Way]*sum, parts)
	var running sync.WaitGroup
	for part := range parts {
		running.Go(func() {
			sums[part] = p.tallyRows(ctx, n*part/parts, n*(part+1)/parts, key)
		})
	}
	running.Wait()
	if ctx.Err() != nil {
		return nil, model.Errorf(model.Cancelled, "the comparison was stopped: {cause}", "cause", context.Cause(ctx))
	}
	all := map[Way]sum{}
	for _, of := range sums {
		for w, s := range of {
			total := all[w]
			total.add(*s)
			all[w] = total
		}
	}
	return all, nil
}

// fewestRows is how many customers are worth a goroutine, and how many are
// looked at between two looks at the context.
const fewestRows = 16 << 10

func (p *Pair) tallyRows(ctx context.Context, lo, hi int, key func(Way) (Way, bool)) map[Way]*sum {
	sums := map[Way]*sum{}
	for row := lo; row < hi; row++ {
		if (row-lo)%fewestRows == 0 && ctx.Err() != nil {
			break
		}
		w, wanted := key(p.Way(row))
		if !wanted {
			continue
		}
		s := sums[w]
		if s == nil {
			s = new(sum)
			sums[w] = s
		}
		s.customers++
		s.before += p.before.revenue(row)
		s.between += p.between.revenue(row)
		s.after += p.after.revenue(row)
	}
	return sums
}

// revenue returns what a customer brought as a side measured it.
func (s *side) revenue(row int) model.Money {
	at := s.at(row)
	if at == absentRow {
		return 0
	}
	return model.Money(s.base.Revenue[at])
}
