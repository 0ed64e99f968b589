package session

import (
	"slices"
	"strconv"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// MatrixValue is what the cells of a matrix show.
type MatrixValue string

// The values, by their stable slugs.
const (
	MatrixCustomers  MatrixValue = "customers"
	MatrixRevenue    MatrixValue = "revenue"
	MatrixOrders     MatrixValue = "orders"
	MatrixOrderValue MatrixValue = "aov"
)

// MatrixValues returns all values, in the order they are offered.
func MatrixValues() []MatrixValue {
	return []MatrixValue{MatrixCustomers, MatrixRevenue, MatrixOrders, MatrixOrderValue}
}

// Name returns what the value is called on screens.
func (v MatrixValue) Name() string {
	switch v {
	case MatrixCustomers:
		return catalogue.T("customers")
	case MatrixRevenue:
		return catalogue.T("revenue")
	case MatrixOrders:
		return catalogue.T("orders")
	case MatrixOrderValue:
		return catalogue.T("order value")
	}
	return string(v)
}

// IsMoney reports whether the value is an amount of money, not a count.
func (v MatrixValue) IsMoney() bool { return v == MatrixRevenue || v == MatrixOrderValue }

// Of returns the value of a group, and false for a mean over nothing.
func (v MatrixValue) Of(f Figures) (int64, bool) {
	switch v {
	case MatrixRevenue:
		return int64(f.Revenue), true
	case MatrixOrders:
		return f.Orders, true
	case MatrixOrderValue:
		mean, ok := f.OrderValue()
		return int64(mean), ok
	}
	return f.Customers, true
}

// ScoreName writes a score with its measure: R5.
func ScoreName(axis model.Axis, score int) string {
	return string("RFM"[axis]) + strconv.Itoa(score)
}

// MatrixQuery says which scores stand against which.
type MatrixQuery struct {
	Rows, Cols model.Axis // two different measures
	Slice      int        // only customers with this score of the third measure; 0 all
}

// Third returns the measure that is neither in the rows nor in the columns.
func (q MatrixQuery) Third() model.Axis {
	return model.Recency + model.Frequency + model.Monetary - q.Rows - q.Cols
}

// String names the measures: Recency × Frequency.
func (q MatrixQuery) String() string {
	return words.AxisTitle(q.Rows) + " × " + words.AxisTitle(q.Cols)
}

// Short names the measures by their letters: R × F.
func (q MatrixQuery) Short() string {
	return ScoreName(q.Rows, 0)[:1] + " × " + ScoreName(q.Cols, 0)[:1]
}

// Check returns what is wrong with the query under a scheme. Error: Usage.
func (q MatrixQuery) Check(levels [model.Axes]int) error {
	if q.Rows == q.Cols {
		return model.Errorf(model.Usage, "rows and columns are both {rows}", "rows", words.Axis(q.Rows)).WithHint("choose two different measures")
	}
	if most := levels[q.Third()]; q.Slice < 0 || q.Slice > most {
		return model.Errorf(model.Usage, "there is no {axis} score {score}", "axis", words.Axis(q.Third()), "score", q.Slice).WithHint("use 1 to {most}, or 0 for all", "most", most)
	}
	return nil
}

// Matrix is the customers of a frame by their scores of two measures.
type Matrix struct {
	MatrixQuery
	// Now are the figures of each pair of scores, [row score - 1][column score - 1].
	// Before are the same in the baseline, nil where it has other levels.
	Now, Before [][]Figures
	frame       *Frame
}

// NewMatrix adds up the cells of a frame; the query must have passed Check. A
// frame without cells gives a matrix without rows.
func NewMatrix(f *Frame, q MatrixQuery) *Matrix {
	m := &Matrix{MatrixQuery: q, frame: f}
	m.Now = m.sum(f.Cells)
	m.Before = m.sum(f.Before)
	return m
}

func (m *Matrix) sum(cells []Figures) [][]Figures {
	levels := m.frame.Scheme.Levels
	if len(cells) != levels[0]*levels[1]*levels[2] {
		return nil
	}
	sums := make([][]Figures, levels[m.Rows])
	for row := range sums {
		sums[row] = make([]Figures, levels[m.Cols])
	}
	for cell, figures := range cells {
		scores := scoresOf(cell, levels)
		if m.Slice == 0 || scores[m.Third()] == m.Slice {
			sums[scores[m.Rows]-1][scores[m.Cols]-1].add(figures)
		}
	}
	return sums
}

// scoresOf returns the scores of a cell of [Frame.Cells].
func scoresOf(cell int, levels [model.Axes]int) (scores [model.Axes]int) {
	for a := model.Axes - 1; a >= 0; a-- {
		scores[a] = cell%levels[a] + 1
		cell /= levels[a]
	}
	return scores
}

func (f *Figures) add(g Figures) {
	f.Customers += g.Customers
	f.Orders += g.Orders
	f.Revenue += g.Revenue
	f.Repeaters += g.Repeaters
	f.Recency += g.Recency
	f.Frequency += g.Frequency
	f.Monetary += g.Monetary
}

// MatrixCell is one pair of scores in detail.
type MatrixCell struct {
	Scores   [model.Axes]int // 0 where any
	Now      Figures
	Segments []Group // those that scores like these are in, most customers first; without a baseline
	Third    []int64 // customers by score of the third measure, whatever the slice
}

// Cell returns the cell of two scores.
func (m *Matrix) Cell(row, col int) MatrixCell {
	var c MatrixCell
	c.Scores[m.Rows], c.Scores[m.Cols], c.Scores[m.Third()] = row, col, m.Slice
	c.Now = m.Now[row-1][col-1]
	levels := m.frame.Scheme.Levels
	c.Third = make([]int64, levels[m.Third()])
	segments := map[uint8]*Figures{}
	for cell, figures := range m.frame.Cells {
		scores := scoresOf(cell, levels)
		if scores[m.Rows] != row || scores[m.Cols] != col {
			continue
		}
		c.Third[scores[m.Third()]-1] = figures.Customers
		if figures.Customers == 0 || m.Slice != 0 && scores[m.Third()] != m.Slice || cell >= len(m.frame.CellSegments) {
			continue
		}
		of := m.frame.CellSegments[cell]
		if segments[of] == nil {
			segments[of] = new(Figures)
		}
		segments[of].add(figures)
	}
	for i, g := range m.frame.Segments {
		if sum := segments[uint8(i)]; sum != nil {
			c.Segments = append(c.Segments, Group{Slug: g.Slug, Label: g.Label, Tier: g.Tier, Now: *sum})
		}
	}
	slices.SortStableFunc(c.Segments, func(a, b Group) int { return int(b.Now.Customers - a.Now.Customers) })
	return c
}
