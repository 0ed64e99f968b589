package goal

import (
	"math"
	"slices"
)

// relaxed bounds the smallest tier that brings an amount of revenue. Customers
// and revenue of the tier are sums over the cuts, so with a price t for each
// customer, whatever the positions x,
//
//	t·customers(x) ≥ wanted + (t·customers(x) − revenue(x)) ≥ wanted + Σ min over i
//
// wherever revenue(x) ≥ wanted: the minimum is taken for each cut by itself, and
// is the tighter the better the price (Lagrangian relaxation). The first sum is
// of whole numbers, so the bound is rounded up.
type relaxed struct {
	size   int // of which of the sizes wanted
	wanted int64
	price  int64 // in ten-thousandths of currency
	base   int64
	tree   [][]int64 // by cut: a binary tree of minima over positions
	leaves int
}

// newRelaxed returns the bound for the first tier that is to be small and to
// bring an amount, nil without any.
func newRelaxed(s *search) *relaxed {
	size := slices.IndexFunc(s.wants.sizes, func(z sizing) bool { return z.small && z.money })
	if size < 0 {
		return nil
	}
	wanted := s.wants.sizes[size]
	customers, revenue := s.customers[wanted.tier], s.revenue[wanted.tier]
	r := &relaxed{size: size, wanted: wanted.brings, leaves: len(s.line.values) + 1}
	r.price = bestPrice(s, customers, revenue, r)
	if r.price == 0 {
		return nil
	}
	r.base = r.price*customers.base - revenue.base
	r.tree = make([][]int64, s.cuts)
	for i := range r.tree {
		tree := make([]int64, 2*r.leaves)
		for x := range r.leaves {
			tree[r.leaves+x] = r.price*customers.part(i, int32(x)) - revenue.part(i, int32(x))
		}
		for node := r.leaves - 1; node > 0; node-- {
			tree[node] = min(tree[2*node], tree[2*node+1])
		}
		r.tree[i] = tree
	}
	return r
}

// bestPrice returns the price of a customer with the best bound on all
// positions, found on some of them: powers of 2^(1/8), then around the best. It
// is 0 where a sum would not fit.
func bestPrice(s *search, customers, revenue *sum, r *relaxed) int64 {
	all := s.line.all()
	most := float64(math.MaxInt64/8) / float64(max(s.wants.total.Customers, 1)) / float64(s.cuts+1)
	quality := func(price int64) float64 {
		bound := r.wanted + price*customers.base - revenue.base
		for i := range s.cuts {
			least := int64(math.MaxInt64)
			step := max((all.hi[i]-all.lo[i])/looks, 1)
			for x := all.lo[i]; x <= all.hi[i]; x += step {
				least = min(least, price*customers.part(i, x)-revenue.part(i, x))
			}
			bound += least
		}
		return float64(bound) / float64(price)
	}
	best, found := int64(0), math.Inf(-1)
	try := func(price float64) {
		if p := int64(price); p >= 1 && price < most {
			if q := quality(p); q > found {
				best, found = p, q
			}
		}
	}
	// A price lies between a ten-thousandth and what everybody brings.
	const coarse = 1.4142135623730951
	for price := 1.0; price < float64(max(s.wants.total.Revenue, 1)); price *= coarse {
		try(price)
	}
	const refinements = 12
	for width := coarse; width > 1+1.0/(1<<refinements); width = math.Sqrt(width) {
		centre := float64(best)
		try(centre / math.Sqrt(width))
		try(centre * math.Sqrt(width))
	}
	return best
}

// within returns how many customers the tier has at least, for cuts anywhere
// between lo and hi, if it brings what is wanted.
func (r *relaxed) within(lo, hi []int32) int64 {
	bound := r.base + r.wanted
	for i := range lo {
		bound += r.least(i, int(lo[i]), int(hi[i]))
	}
	whole := bound / r.price
	if bound%r.price > 0 {
		whole++
	}
	return whole
}

// least returns the minimum of a cut's part between two positions.
func (r *relaxed) least(cut, lo, hi int) int64 {
	tree := r.tree[cut]
	least := int64(math.MaxInt64)
	for lo, hi = lo+r.leaves, hi+r.leaves+1; lo < hi; lo, hi = lo/2, hi/2 {
		if lo&1 == 1 {
			least = min(least, tree[lo])
			lo++
		}
		if hi&1 == 1 {
			hi--
			least = min(least, tree[hi])
		}
	}
	return least
}
