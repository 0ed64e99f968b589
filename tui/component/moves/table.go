// Package moves draws who goes from where to where: the groups of the baseline
// down, those of now across, and in every cell how many do.
package moves

import (
	"strata/analysis/rfm"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/session"
)

// Value is what the cells of a table tell of a flow.
type Value int

// The values.
const (
	Customers Value = iota
	Revenue
)

// Of returns the value of a flow: customers, or ten-thousandths of currency.
func (v Value) Of(f rfm.Flow) int64 {
	if v == Revenue {
		return int64(f.Revenue)
	}
	return f.Customers
}

// String names the value.
func (v Value) String() string {
	if v == Revenue {
		return catalogue.T("revenue")
	}
	return catalogue.T("customers")
}

// Group is what a row or a column stands for: a segment, a tier, or those who
// are outside of all on one side.
type Group struct {
	model.Segment      // of a tier: its slug and label
	Outside       bool // not there before, or not there now
}

// Outside says what to call those who are on one side only.
type Outside struct{ Before, Now string }

// OfSchemes are the words for two schemes, OfDays those for two days.
var (
	OfSchemes = Outside{Before: catalogue.T("Not there before"), Now: catalogue.T("Not there now")}
	OfDays    = Outside{Before: catalogue.T("New"), Now: catalogue.T("Gone")}
)

// Table is a migration by segments or by tiers.
type Table struct {
	ByTier     bool // tiers, not segments
	Rows, Cols []Group
	Flows      [][]rfm.Flow // [row][column]
	// Before and Now are the sums of rows and columns. The revenue of those who are
	// not there now is as measured before, and in no sum but that of their column.
	Before, Now []rfm.Flow
	All         rfm.Flow
}

// NewTable lays moves out by segment, or by tier. Those outside have a row or a
// column only where there is anybody. It is nil where the moves have no matrix.
func NewTable(m session.Moves, byTier bool, outside Outside) *Table {
	if byTier {
		m = m.ByTier()
	}
	if len(m.Matrix) == 0 {
		return nil
	}
	t := &Table{
		ByTier: byTier,
		Rows:   groups(m.Before, m.Entered.Customers > 0, outside.Before),
		Cols:   groups(m.Now, m.Left.Customers > 0, outside.Now),
	}
	t.Before, t.Now = make([]rfm.Flow, len(t.Rows)), make([]rfm.Flow, len(t.Cols))
	for row := range t.Rows {
		t.Flows = append(t.Flows, m.Matrix[row][:len(t.Cols)])
		for col, flow := range t.Flows[row] {
			for _, sum := range []*rfm.Flow{&t.Before[row], &t.Now[col], &t.All} {
				sum.Customers += flow.Customers
				if !t.Cols[col].Outside || sum == &t.Now[col] {
					sum.Revenue += flow.Revenue
				}
			}
		}
	}
	return t
}

func groups(segments []model.Segment, outside bool, name string) []Group {
	all := make([]Group, 0, len(segments)+1)
	for _, s := range segments {
		all = append(all, Group{Segment: s})
	}
	if outside {
		all = append(all, Group{Segment: model.Segment{Label: name, Tier: model.TierNone}, Outside: true})
	}
	return all
}

// Stays reports whether a cell holds those who stay where they are.
func (t *Table) Stays(row, col int) bool {
	r, c := t.Rows[row], t.Cols[col]
	return r.Key() == c.Key() && !r.Outside && !c.Outside
}

// Rises returns +1 for a cell of those who go to a better tier, -1 to a worse
// one, and 0 within a tier, from or to no tier and from or to outside.
func (t *Table) Rises(row, col int) int {
	r, c := t.Rows[row], t.Cols[col]
	if r.Outside || c.Outside {
		return 0
	}
	return r.Tier.Rises(c.Tier)
}

// Shares writes the cells of a row as shares that add up to 100.0%, see
// [words.Shares]: of those of the row who are there now, which in the rows of groups
// are those on both sides. The cell of the others is no share of them.
func (t *Table) Shares(row int, v Value) []string {
	parts := make([]int64, len(t.Cols))
	for col, flow := range t.Flows[row] {
		if !t.Cols[col].Outside {
			parts[col] = v.Of(flow)
		}
	}
	texts := words.Shares(parts, v.Of(t.Still(row)))
	for col := range texts {
		if t.Cols[col].Outside {
			texts[col] = ""
		}
	}
	return texts
}

// Still returns those of a row who are there now.
func (t *Table) Still(row int) (sum rfm.Flow) {
	for col, flow := range t.Flows[row] {
		if !t.Cols[col].Outside {
			sum.Customers += flow.Customers
			sum.Revenue += flow.Revenue
		}
	}
	return sum
}

// Both returns how many customers are there before and now.
func (t *Table) Both() (customers int64) {
	for row := range t.Rows {
		if !t.Rows[row].Outside {
			customers += t.Still(row).Customers
		}
	}
	return customers
}

// Moves reports whether a cell holds those who go from one group to another:
// they neither stay nor come from outside nor go there.
func (t *Table) Moves(row, col int) bool {
	return !t.Rows[row].Outside && !t.Cols[col].Outside && !t.Stays(row, col)
}

// Largest returns the largest value among those who move, whatever its sign.
func (t *Table) Largest(v Value) int64 {
	largest := int64(0)
	for row, line := range t.Flows {
		for col, flow := range line {
			if n := v.Of(flow); t.Moves(row, col) {
				largest = max(largest, n, -n)
			}
		}
	}
	return largest
}
