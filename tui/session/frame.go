package session

import (
	"sort"

	"strata/analysis/rfm"
	"strata/model"
)

// Frame is one immutable answer of the workbench: everything the Tiers screen
// shows for the scheme as it stands, beside the baseline. It is plain data, so
// that the last one can be stored and drawn again before anything is loaded.
type Frame struct {
	Title    string // name of the working scheme
	Edited   bool   // the working scheme differs from the one it is named after
	Unsaved  bool   // nothing is saved under its name: no scenario, no preset, no scheme file that was opened
	Baseline string // name of the scheme compared with
	// BaselineEdited says that it differs from what is saved under that name.
	BaselineEdited bool
	// BaselineCounts is what that counts otherwise than the working scheme: "last 6
	// months"; "" where both look at the same orders.
	BaselineCounts string

	Scheme model.Scheme // the working scheme
	// Cuts are the cuts in force, ascending, levels-1 of them; a value above one
	// lies on its other side. Published are the same as their method defines them:
	// the cuts of rfm-r belong to the range above.
	Cuts, Published [model.Axes][]model.Cut
	ByValue         bool // the value cuts decide the tiers; otherwise the map does
	AsOf            model.Day
	OfLines         []int // places in Scheme.Spec.Where of the conditions on lines

	Total    Figures
	Whole    rfm.Whole // what became of all that the workspace holds
	Tiers    []Group   // high, mid, low (and none, if it has customers)
	Segments []Group   // in display order, those of one tier together

	ScoreCounts [model.Axes][]int64 // customers per score, from score 1 to K; nil of monetary where no order has an amount
	// Spans are what the customers of each score have where groups of equal size tear
	// equal values apart; nil for all other measures.
	Spans [model.Axes]rfm.Spans
	// Cells are the figures of each cell of scores, recency the slowest and
	// monetary the fastest to change: cell (r-1)·Kf·Km + (f-1)·Km + (m-1). Before
	// are the same in the baseline, nil where it has other levels. Whom fair rules
	// keep in another tier is in the cell of the scores all the same.
	Cells, Before []Figures
	CellSegments  []uint8 // the segment of each cell, an index into Segments
	Moves         Moves
	Kept          *Kept // whom fair rules keep; nil without rules in force
	// Services are what each tier is promised, the best first; assumed where nobody
	// has said.
	Services        []model.Service
	ServicesAssumed bool

	Warnings []model.Warning
	Lint     *rfm.Lint `json:"-"` // of the map; nil in a stored frame

	Axes [model.Axes]Distribution

	Generation int64 // of the data
	// Stored is true for a frame drawn from the workspace's last snapshot
	// while the columns are still being loaded: nothing can be moved yet.
	Stored bool `json:"-"`
}

// Figures are the sums over a group of customers, in integers; shares and
// means are taken from them where they are shown.
type Figures struct {
	Customers int64
	Orders    int64
	Revenue   model.Money
	Repeaters int64 // customers with a frequency of two or more; of two orders where it is a rate
	Recency   int64 // Σ days
	Frequency int64 // Σ of the frequency measure, in its stored unit
	Monetary  model.Money
}

// OrderValue returns the mean value of an order, and false without orders.
func (f Figures) OrderValue() (model.Money, bool) {
	if f.Orders == 0 {
		return 0, false
	}
	return f.Revenue.Ratio(f.Orders), true
}

// RepeatRate returns repeaters as a fraction of customers, and false without
// customers.
func (f Figures) RepeatRate() (float64, bool) {
	if f.Customers == 0 {
		return 0, false
	}
	return float64(f.Repeaters) / float64(f.Customers), true
}

// Against names the baseline, with the mark of an edited one and what it counts
// otherwise: "ten *, last 6 months".
func (f *Frame) Against() string {
	name := EditedMark(f.Baseline, f.BaselineEdited)
	if f.BaselineCounts == "" {
		return name
	}
	return name + ", " + f.BaselineCounts
}

// EditedMark is the name of a scheme on the screens, with a mark behind it where the
// scheme differs from what is saved under that name.
func EditedMark(name string, edited bool) string {
	if edited {
		return name + " *"
	}
	return name
}

// Group is a tier or a segment with its figures now and in the baseline.
type Group struct {
	Slug  string
	Label string
	Tier  model.Tier
	Now   Figures
	Was   Figures
}

// key tells the group apart from those of another scheme.
func (g Group) key() model.SegmentKey { return model.SegmentKey{Slug: g.Slug, Tier: g.Tier} }

// Change returns how many customers the group has more than in the baseline.
func (g Group) Change() int64 { return g.Now.Customers - g.Was.Customers }

// Moves tells who changes segment between baseline and now.
type Moves struct {
	Customers    int64       // whose segment differs
	Revenue      model.Money // of those customers: reclassified, not won or lost
	Up, Down     int64       // of them, into a higher or a lower tier
	Lost, Gained int64       // of them, from a tier into none, and from none into one
	LargestFlows []Flow      // a few, largest first by customers

	Before, Now []model.Segment // the segments of the baseline and of the frame
	// Matrix[b][n] went from Before[b] to Now[n]. A last row holds those who are
	// absent from the baseline, a last column those who are not tiered now.
	Matrix        [][]rfm.Flow
	Entered, Left rfm.Flow // absent before, not tiered now
}

// Flow is the customers that go from one segment to another.
type Flow struct {
	From, To  string // labels
	Was, Now  string // slugs of the two
	Customers int64
	Revenue   model.Money
}

// Distribution tells how many customers have at most a value on one measure,
// at up to a few thousand values: enough for a histogram of any width.
type Distribution struct {
	Values []int64 // ascending, in the measure's stored unit
	Upto   []int64 // customers with a value <= Values[i]; the last is all of them
}

// Count returns the number of customers with a value <= v, exact at the
// distribution's own values.
func (d Distribution) Count(v int64) int64 {
	i := sort.Search(len(d.Values), func(i int) bool { return d.Values[i] > v })
	if i == 0 {
		return 0
	}
	return d.Upto[i-1]
}

// Min and Max return the ends of the measure; both are 0 without customers.
func (d Distribution) Min() int64 {
	if len(d.Values) == 0 {
		return 0
	}
	return d.Values[0]
}

// Max returns the largest value.
func (d Distribution) Max() int64 {
	if len(d.Values) == 0 {
		return 0
	}
	return d.Values[len(d.Values)-1]
}
