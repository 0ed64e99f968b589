package suggest

import (
	"math/bits"

	"strata/model"
)

// Revenue returns the cuts that share revenue out equally: customers stand in
// the order of the measure, and cut k lies where what they brought comes
// nearest to k/levels of all, the lower of two that are equally near. Customers
// with equal values stay together, so a single value that brings more than a
// share makes cuts equal. Nothing is cut off above the last value but one, so
// that neither end stays empty.
//
// Customers who brought less than nothing ([Column.Negative]) count as having
// brought nothing; otherwise what is brought would fall in places and a share
// would be reached several times. Error: Empty when nobody brought anything.
func (c *Column) Revenue(levels int) ([]model.Cut, error) {
	total := uint64(0)
	for _, brought := range c.revenue {
		total += uint64(brought)
	}
	if total == 0 {
		return nil, model.Errorf(model.Empty, "no customer has revenue to divide into equal shares").
			WithHint("use a method that looks at the measure alone: quantile or jenks")
	}
	var ends []int
	end, upTo := 1, uint64(c.revenue[0])
	for k := 1; k < levels; k++ {
		for end < len(c.values)-1 {
			next := upTo + uint64(c.revenue[end])
			if !nearer(next, upTo, uint64(k), total, uint64(levels)) {
				break
			}
			end, upTo = end+1, next
		}
		ends = append(ends, end)
	}
	return c.cutsAfter(ends, levels-1), nil
}

// Shares returns the fraction of revenue that lies in each score the cuts make,
// the lowest values first. As in [Column.Revenue] nobody brought less than
// nothing, and somebody brought something.
func (c *Column) Shares(cuts []model.Cut) []float64 {
	brought := make([]uint64, len(cuts)+1)
	total, class := uint64(0), 0
	for i, v := range c.values {
		for class < len(cuts) && v > cuts[class].Whole {
			class++
		}
		brought[class] += uint64(c.revenue[i])
		total += uint64(c.revenue[i])
	}
	shares := make([]float64, len(brought))
	for i, b := range brought {
		shares[i] = float64(b) / float64(total)
	}
	return shares
}

// nearer reports whether a lies nearer than b < a to k/levels of total.
func nearer(a, b, k, total, levels uint64) bool {
	// a - t < t - b, or a + b < 2t, with t = k·total/levels
	leftHigh, left := bits.Mul64(a+b, levels) // a + b < 2·2⁶³
	rightHigh, right := bits.Mul64(2*k, total)
	return leftHigh < rightHigh || leftHigh == rightHigh && left < right
}
