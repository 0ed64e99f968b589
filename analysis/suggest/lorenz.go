package suggest

import (
	"math/big"
	"slices"

	"strata/analysis/rfm"
	"strata/model"
)

// Knee is the point where the Lorenz curve of a measure lies farthest from the
// diagonal: where its slope is 1, at the mean.
type Knee struct {
	At        model.Cut // the mean, in the measure's stored unit
	Customers int64     // above it
	Of        int64     // all customers
	Sum       int64     // of the values above it
	Total     int64     // of all values
}

// Lorenz returns cuts at the knees of the Lorenz curve, and the first of them.
// The first lies at the mean, where the curve is farthest from the diagonal. For
// every score more, that part of the curve is divided which lies farthest from
// the line between its ends, at the point farthest from it, which is the mean
// of the part: levels lines that follow the curve (U. Ramer, 1972; D. Douglas
// and T. Peucker, 1973). To divide the richest part again and again would be
// the head/tail breaks of B. Jiang, The Professional Geographer 65 (2013);
// here the part may be any.
func (c *Column) Lorenz(levels int) ([]model.Cut, Knee) {
	parts := []part{c.partOf(0, len(c.values))}
	n, total := c.upTo(len(c.values))
	below, sumBelow := c.upTo(parts[0].knee)
	knee := Knee{At: rfm.MeanCut(total, n), Customers: n - below, Of: n, Sum: total - sumBelow, Total: total}
	var cuts []model.Cut
	for len(parts) < levels {
		i := farthest(parts)
		p := parts[i]
		if p.far.Sign() == 0 {
			break // every part is a single value
		}
		cuts = append(cuts, p.mean)
		parts = slices.Replace(parts, i, i+1, c.partOf(p.from, p.knee), c.partOf(p.knee, p.to))
	}
	if cuts == nil {
		return c.cutsAfter(nil, levels-1), knee
	}
	slices.SortFunc(cuts, model.Cut.Compare)
	for len(cuts) < levels-1 {
		cuts = slices.Insert(cuts, 0, cuts[0])
	}
	return cuts, knee
}

// part is a part of the Lorenz curve, the values from to up to to-1.
type part struct {
	from, to, knee int // the knee is before the first value above the mean
	mean           model.Cut
	far            *big.Rat // how far the curve lies below the line between the ends, in the measure's unit
}

func (c *Column) partOf(from, to int) part {
	before, sumBefore := c.upTo(from)
	upTo, sumUpTo := c.upTo(to)
	n, sum := upTo-before, sumUpTo-sumBefore
	p := part{from: from, to: to, mean: rfm.MeanCut(sum, n)}
	p.knee, _ = slices.BinarySearch(c.values[from:to], p.mean.Whole+1)
	p.knee += from
	low, sumLow := c.upTo(p.knee)
	// n_low · sum ÷ n - sum_low
	line := new(big.Rat).SetFrac(new(big.Int).Mul(big.NewInt(low-before), big.NewInt(sum)), big.NewInt(n))
	p.far = line.Sub(line, new(big.Rat).SetInt64(sumLow-sumBefore))
	return p
}

// farthest returns the part that lies farthest from its line, the richer of
// two.
func farthest(parts []part) int {
	best := 0
	for i, p := range parts {
		if p.far.Cmp(parts[best].far) >= 0 {
			best = i
		}
	}
	return best
}
