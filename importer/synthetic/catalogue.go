package synthetic

// product is something sold, with the median value of an order for it.
type product struct {
	category string
	name     string
	cents    float64
}

// What the shop sells, to whom and through which channel. The figure beside
// each is its share in percent of the orders, or for regions of the customers.
var (
	regions   = newAssortment([]share[string]{{"North", 24}, {"South", 21}, {"East", 18}, {"West", 17}, {"Central", 14}, {"Export", 6}})
	channels  = newAssortment([]share[string]{{"Web", 48}, {"Store", 27}, {"App", 19}, {"Phone", 6}})
	catalogue = newAssortment([]share[product]{
		{product{"Clothing", "Shirt", 34_90}, 9},
		{product{"Clothing", "Jeans", 69_90}, 7},
		{product{"Clothing", "Shoes", 89_00}, 6},
		{product{"Groceries", "Coffee", 17_50}, 11},
		{product{"Groceries", "Tea", 11_90}, 6},
		{product{"Groceries", "Wine", 38_40}, 5},
		{product{"Home", "Bedding", 74_50}, 6},
		{product{"Home", "Lamp", 46_00}, 5},
		{product{"Home", "Cookware", 58_90}, 6},
		{product{"Beauty", "Skin care", 24_80}, 8},
		{product{"Beauty", "Perfume", 52_00}, 5},
		{product{"Books", "Novel", 14_95}, 8},
		{product{"Books", "Cookbook", 26_00}, 3},
		{product{"Toys", "Board game", 32_50}, 5},
		{product{"Toys", "Puzzle", 18_90}, 4},
		{product{"Electronics", "Headphones", 129_00}, 4},
		{product{"Electronics", "Tablet", 349_00}, 2},
	})
)

// share is an item with its share in percent.
type share[T any] struct {
	item    T
	percent int
}

// assortment holds each item as often in a hundred as its share says, so that
// drawing one is a single look-up.
type assortment[T any] [100]*T

// newAssortment panics unless the shares add up to 100.
func newAssortment[T any](shares []share[T]) *assortment[T] {
	var a assortment[T]
	at := 0
	for i := range shares {
		for range shares[i].percent {
			a[at] = &shares[i].item
			at++
		}
	}
	if at != len(a) {
		panic("synthetic: shares do not add up to 100 percent")
	}
	return &a
}

// draw returns one of the items, each as often as its share.
func (a *assortment[T]) draw(s *stream) *T { return a[s.below(uint64(len(a)))] }
