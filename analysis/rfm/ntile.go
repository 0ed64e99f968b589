package rfm

import (
	"bytes"
	"cmp"
	"slices"

	"strata/model"
)

// ntile divides customers, ordered by value and, where values are equal, by
// key, into levels groups of equal size: group k of n customers ends at rank
// 1 + (n-1)k/levels, rounded down, which is what pandas' qcut makes of
// rank(method="first"). Where n is no multiple of levels the larger groups are
// spread evenly; NTILE of SQL has them first.
//
// Customers with equal values are thus torn apart, and no cut of the measure
// tells where. As cuts it shows the greatest value of each group but the last.
func ntile[T integer](base *Base, values []T, levels int, keys *model.Strings) Estimated {
	order := Ascending(values)
	n := len(order)
	e := Estimated{given: make([]uint8, n), base: base}
	byKey := keyOrder(base, keys)
	start := 0
	for group := range levels {
		end := groupEnd(n, group+1, levels)
		if end > 0 && end < n {
			sortTies(order, values, end, byKey)
		}
		for _, row := range order[start:end] {
			e.given[row] = uint8(group)
		}
		if group < levels-1 {
			e.Cuts = append(e.Cuts, model.WholeCut(int64(values[order[max(end, 1)-1]])))
		}
		var span Span
		if end > start {
			span = Span{Low: int64(values[order[start]]), High: int64(values[order[end-1]]), Customers: int64(end - start)}
		}
		e.groups = append(e.groups, span)
		start = end
	}
	return e
}

// groupEnd returns how many of n customers the first groups of levels hold.
func groupEnd(n, groups, levels int) int {
	if n == 0 {
		return 0
	}
	return 1 + (n-1)*groups/levels
}

// sortTies puts the customers that share the value around position at, which
// divides two groups, in the order of compare.
func sortTies[T integer](order []int32, values []T, at int, compare func(a, b int32) int) {
	tied := values[order[at]]
	from, to := at, at
	for from > 0 && values[order[from-1]] == tied {
		from--
	}
	for to < len(order) && values[order[to]] == tied {
		to++
	}
	if from < at {
		slices.SortFunc(order[from:to], compare)
	}
}

// keyOrder compares rows of base by the keys of their customers: as numbers
// where every key of the workspace is one, else by code point. Without keys
// rows keep their order.
func keyOrder(base *Base, keys *model.Strings) func(a, b int32) int {
	if keys == nil {
		return cmp.Compare[int32]
	}
	compare := bytes.Compare
	if allNumbers(keys) {
		compare = compareNumbers
	}
	return func(a, b int32) int {
		return compare(keys.Slice(int(base.Customer[a])), keys.Slice(int(base.Customer[b])))
	}
}

func allNumbers(keys *model.Strings) bool {
	for i := range keys.Len() {
		key := keys.Slice(i)
		if len(key) == 0 || slices.ContainsFunc(key, func(c byte) bool { return c < '0' || c > '9' }) {
			return false
		}
	}
	return true
}

// compareNumbers compares digits of any length by the number they make.
func compareNumbers(a, b []byte) int {
	x, y := withoutZeros(a), withoutZeros(b)
	if c := cmp.Compare(len(x), len(y)); c != 0 {
		return c
	}
	return cmp.Or(bytes.Compare(x, y), bytes.Compare(a, b))
}

func withoutZeros(digits []byte) []byte {
	for len(digits) > 0 && digits[0] == '0' {
		digits = digits[1:]
	}
	return digits
}
