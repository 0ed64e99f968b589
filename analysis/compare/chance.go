package compare

import (
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// WithinChance reports whether the sizes of the same groups at two times differ by
// no more than those of two random samples of the same customers: less than 1 in
// 20 such pairs have a larger index. Without a change PSI / (1/n1 + 1/n2) follows
// approximately a chi-square distribution of one degree less than there are groups
// (B. Yurdakul, Statistical properties of the population stability index, 2018).
// The approximation asks for five customers to be expected in every group (W. G.
// Cochran, 1954), so that smaller ones are put together for it. The two must not be
// the same customers: what a rule does to those is no sample.
func WithinChance(before, after []int64) bool {
	p, q := sum64(before), sum64(after)
	if p == 0 || q == 0 {
		return true
	}
	before, after = pooled(before, after)
	if len(before) < 2 { // too few customers for two groups
		return true
	}
	index, _, _ := PSI(before, after)
	const level = 0.95
	limit := distuv.ChiSquared{K: float64(len(before) - 1)}.Quantile(level)
	return index <= limit*(1/float64(p)+1/float64(q))
}

// leastExpected is how many customers a group must have on the smaller side, were
// it as large as on both together.
const leastExpected = 5

// pooled puts groups together, the smallest first, until each has enough.
func pooled(before, after []int64) (was, is []int64) {
	p, q := sum64(before), sum64(after)
	enough := func(b, a int64) bool { return min(p, q)*(b+a) >= leastExpected*(p+q) }
	order := make([]int, len(before))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return int(before[i] + after[i] - before[j] - after[j]) })
	var b, a int64
	for _, i := range order {
		if b, a = b+before[i], a+after[i]; enough(b, a) {
			was, is = append(was, b), append(is, a)
			b, a = 0, 0
		}
	}
	if n := len(was); n > 0 { // what is left is less than any group that has enough
		was[n-1], is[n-1] = was[n-1]+b, is[n-1]+a
	}
	return was, is
}

func sum64(counts []int64) (sum int64) {
	for _, n := range counts {
		sum += n
	}
	return sum
}
