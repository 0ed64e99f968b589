package compare

import (
	"math"
	"math/big"
)

// ARI returns the adjusted Rand index of a contingency table: n[i][j] customers
// are in group i of one division and in group j of the other. 1 is the same
// grouping under whatever names, 0 what chance alone would give. With C(k) =
// k(k-1)/2, S = ΣC(n[i][j]), A = ΣC(row sums), B = ΣC(column sums) and T = C(all)
// it is (S - AB/T) / ((A+B)/2 - AB/T), computed in whole numbers of any length
// and rounded once (L. Hubert and P. Arabie, Comparing partitions, 1985). Where
// nobody shares a group on either side it is 1. ok is false where all are in one
// group on both sides, or there is nobody: there is then nothing to agree on, and
// the fraction is 0/0.
func ARI(n [][]int64) (index float64, ok bool) {
	var all int64
	var columns []int64
	same, rows := new(big.Int), new(big.Int)
	for _, line := range n {
		var row int64
		for len(columns) < len(line) {
			columns = append(columns, 0)
		}
		for j, count := range line {
			addPairs(same, count)
			row += count
			columns[j] += count
		}
		addPairs(rows, row)
		all += row
	}
	cols, total := new(big.Int), new(big.Int)
	for _, column := range columns {
		addPairs(cols, column)
	}
	addPairs(total, all)
	if rows.Cmp(total) == 0 && cols.Cmp(total) == 0 {
		return 0, false
	}

	// Both sides of the fraction are doubled and multiplied by T.
	chance := new(big.Int).Mul(rows, cols)
	chance.Lsh(chance, 1)
	over := new(big.Int).Mul(same, total)
	over.Lsh(over, 1).Sub(over, chance)
	under := new(big.Int).Add(rows, cols)
	under.Mul(under, total).Sub(under, chance)
	if under.Sign() == 0 {
		return 1, true
	}
	index, _ = new(big.Rat).SetFrac(over, under).Float64()
	return index, true
}

// addPairs adds the pairs that can be made of n customers.
func addPairs(sum *big.Int, n int64) {
	pairs := big.NewInt(n)
	if n <= math.MaxInt32 { // as in every workspace; the product fits
		sum.Add(sum, pairs.SetInt64(n*(n-1)/2))
		return
	}
	pairs.Mul(pairs, big.NewInt(n-1))
	sum.Add(sum, pairs.Rsh(pairs, 1))
}

// EmptyShare is the share that [PSI] takes for a group that is empty on one
// side: the logarithm of 0 does not exist.
const EmptyShare = 1e-4

// PSI returns the population stability index of the same groups at two times:
// Σ (p-q) ln(p/q) over the shares of the customers; below 0.1 is called stable,
// above 0.25 a major change. A group that is empty on one side counts with
// [EmptyShare] there, and is listed in floored; one that is empty on both does
// not count. Both slices run parallel. ok is false where a side has nobody.
func PSI(before, after []int64) (index float64, floored []int, ok bool) {
	var p, q int64
	for i := range before {
		p += before[i]
		q += after[i]
	}
	if p == 0 || q == 0 {
		return 0, nil, false
	}
	for i := range before {
		if before[i] == 0 && after[i] == 0 {
			continue
		}
		was, is := float64(before[i])/float64(p), float64(after[i])/float64(q)
		if before[i] == 0 || after[i] == 0 {
			floored = append(floored, i)
			was, is = orEmpty(was), orEmpty(is)
		}
		index += (is - was) * math.Log(is/was)
	}
	return index, floored, true
}

func orEmpty(share float64) float64 {
	if share == 0 {
		return EmptyShare
	}
	return share
}
