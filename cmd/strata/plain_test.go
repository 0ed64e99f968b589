package main

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// The plain computation: what strata answers, once more from the rows of a file,
// one customer after the other, sharing no code with the program.

// plainRow is a row of a file of order lines; cents may be negative.
type plainRow struct {
	customer, order, region, product string
	day                              int // since 2024-01-01
	cents                            int64
}

// plainRows makes up lines of orders with returns, orders worth nothing, and
// orders that are returns alone.
func plainRows(seed uint64) []plainRow {
	r := rand.New(rand.NewPCG(seed, 1))
	regions, products := []string{"East", "West", "North"}, []string{"tea", "cup", "pot", "tin"}
	var rows []plainRow
	for c := range 160 {
		region := regions[r.IntN(len(regions))]
		worth := int64(1 + r.IntN(40))
		for o := range 1 + r.IntN(3)*r.IntN(4) {
			day := r.IntN(300)
			back := r.IntN(9) == 0
			for range 1 + r.IntN(3) {
				cents := worth * int64(r.IntN(400))
				switch {
				case back || r.IntN(15) == 0:
					cents = -cents - 1
				case r.IntN(20) == 0:
					cents = 0
				}
				rows = append(rows, plainRow{fmt.Sprintf("c%03d", c), fmt.Sprintf("c%03d-%d", c, o), region, products[r.IntN(len(products))], day, cents})
			}
		}
	}
	return rows
}

func plainDay(day int) string {
	return time.Date(2024, 1, 1+day, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}

func writePlain(t *testing.T, rows []plainRow) (workspace string) {
	t.Helper()
	var b strings.Builder
	b.WriteString("customer,order,date,amount,region,product\n")
	for _, r := range rows {
		sign, cents := "", r.cents
		if cents < 0 {
			sign, cents = "-", -cents
		}
		fmt.Fprintf(&b, "%s,%s,%s,%s%d.%02d,%s,%s\n", r.customer, r.order, plainDay(r.day), sign, cents/100, cents%100, r.region, r.product)
	}
	folder := t.TempDir()
	orders := writeFile(t, filepath.Join(folder, "orders.csv"), b.String())
	workspace = filepath.Join(folder, "shop.strata")
	mustRun(t, exitDone, "import", workspace, orders)
	return workspace
}

// plainQuestion is what a command looks at.
type plainQuestion struct {
	asOf            int // a day; orders on it or later are not seen
	window          int // days; 0 all
	returns, zero   string
	region, product string // filters, "" none
	cuts            [3][]*big.Rat
}

func (q plainQuestion) flags() []string {
	flags := []string{"--as-of", plainDay(q.asOf), "--returns", q.returns, "--zero", q.zero}
	if q.window > 0 {
		flags = append(flags, "--window", fmt.Sprintf("%dd", q.window))
	}
	if q.region != "" {
		flags = append(flags, "--where", "region="+q.region)
	}
	if q.product != "" {
		flags = append(flags, "--where", "product="+q.product)
	}
	return flags
}

// plainCustomer is what a customer's orders come to, and where that leads.
type plainCustomer struct {
	days, orders  int64
	cents         int64
	score         [3]int
	segment, tier string
}

// plainMeasures adds up the orders that are looked at, by customer.
func plainMeasures(rows []plainRow, q plainQuestion) map[string]*plainCustomer {
	type order struct {
		customer         string
		day              int
		bought, returned int64
		purchase         bool
	}
	orders := map[string]*order{}
	for _, r := range rows { // rows of one order have one day
		if r.region != q.region && q.region != "" || r.product != q.product && q.product != "" {
			continue
		}
		o := orders[r.order]
		if o == nil {
			o = &order{customer: r.customer, day: r.day}
			orders[r.order] = o
		}
		if r.cents < 0 {
			o.returned -= r.cents
		} else {
			o.bought += r.cents
			o.purchase = true
		}
	}
	all := map[string]*plainCustomer{}
	for _, o := range orders {
		if o.day >= q.asOf || q.window > 0 && o.day < q.asOf-q.window {
			continue
		}
		c := all[o.customer]
		if c == nil {
			c = &plainCustomer{days: 1 << 40}
			all[o.customer] = c
		}
		counts := o.purchase || q.returns == "orders"
		if q.zero == "drop" && o.bought == 0 && (q.returns != "orders" || o.returned == 0) {
			counts = false
		}
		if c.cents += o.bought; q.returns != "ignore" {
			c.cents -= o.returned
		}
		if counts {
			c.orders++
			c.days = min(c.days, int64(q.asOf-o.day))
		}
	}
	for key, c := range all {
		if c.orders == 0 {
			delete(all, key)
		}
	}
	return all
}

func (c *plainCustomer) measures() [3]int64 { return [3]int64{c.days, c.orders, c.cents} }

// plainQuintiles are the cuts of type 7 at a fifth, two, three and four.
func plainQuintiles(all map[string]*plainCustomer, axis int) []*big.Rat {
	var values []int64
	for _, c := range all {
		values = append(values, c.measures()[axis])
	}
	slices.Sort(values)
	var cuts []*big.Rat
	for i := int64(1); i < 5; i++ {
		place := big.NewRat(int64(len(values)-1)*i, 5)
		low := new(big.Int).Quo(place.Num(), place.Denom()).Int64()
		cut := new(big.Rat).SetInt64(values[low])
		if part := new(big.Rat).Sub(place, new(big.Rat).SetInt64(low)); part.Sign() > 0 {
			cut.Add(cut, part.Mul(part, new(big.Rat).SetInt64(values[low+1]-values[low])))
		}
		cuts = append(cuts, cut)
	}
	return cuts
}

// plainScheme scores everybody as `ten` does: with the question's cuts, or the
// quintiles where it has none.
func plainScheme(all map[string]*plainCustomer, q plainQuestion) [3][]*big.Rat {
	cuts := q.cuts
	for axis := range cuts {
		if cuts[axis] == nil {
			cuts[axis] = plainQuintiles(all, axis)
		}
	}
	for _, c := range all {
		for axis, v := range c.measures() {
			above := 0
			for _, cut := range cuts[axis] {
				if cut.Cmp(new(big.Rat).SetInt64(v)) < 0 {
					above++
				}
			}
			if c.score[axis] = 1 + above; axis == 0 {
				c.score[axis] = 5 - above
			}
		}
		c.segment, c.tier = plainTen(c.score)
	}
	return cuts
}

// plainTen is the map `ten`, as the README describes it.
func plainTen(s [3]int) (segment, tier string) {
	r, f, m := s[0], s[1], s[2]
	switch value := r + f + m; {
	case value >= 12 && r >= 4 && f >= 4 && m >= 4:
		return "champions", "high"
	case value >= 12 && r <= 2:
		return "cant-lose", "high"
	case value >= 12:
		return "loyal", "high"
	case value >= 8 && r >= 4 && f >= 2:
		return "potential-loyalist", "mid"
	case value >= 8 && r >= 4:
		return "promising", "mid"
	case value >= 8 && r == 3:
		return "need-attention", "mid"
	case value >= 8:
		return "at-risk", "mid"
	case r >= 4:
		return "light", "low"
	case r == 3:
		return "about-to-sleep", "low"
	}
	return "hibernating", "low"
}

// plain answers a question.
func plain(rows []plainRow, q plainQuestion) map[string]*plainCustomer {
	all := plainMeasures(rows, q)
	if len(all) > 0 {
		plainScheme(all, q)
	}
	return all
}
