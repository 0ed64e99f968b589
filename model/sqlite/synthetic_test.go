package sqlite_test

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"strata/model"
)

// synthetic makes an order file as an importer would hand it over: skewed
// order counts, prices in cents, a region a customer and a channel an order.
func synthetic(customers, orders int) *model.Intake {
	r := rand.New(rand.NewPCG(1, 2))
	in := &model.Intake{Source: model.Source{Path: "synthetic.csv", Kind: model.KindOrders, Fingerprint: "synthetic", Rows: int64(orders), Accepted: int64(orders)}}
	regions := model.IntakeAttribute{Name: "region", Field: "region", Codes: model.Codes{Words: []string{"", "North", "South", "East", "West", "Central", "Export"}}}
	counts := make([]int, customers)
	for c := range counts {
		counts[c] = 1
	}
	for range orders - customers {
		f := r.Float64()
		counts[int(f*f*float64(customers))]++
	}
	key := make([]byte, 0, 16)
	for c, n := range counts {
		key = fmt.Appendf(key[:0], "C%07d", c)
		if err := in.Customers.Append(key); err != nil {
			panic(err)
		}
		regions.Codes.Code = append(regions.Codes.Code, uint32(1+r.IntN(6)))
		first := len(in.OrderDay)
		for range n {
			key = fmt.Appendf(key[:0], "O%08d", r.IntN(orders))
			if err := in.OrderKeys.Append(key); err != nil {
				panic(err)
			}
			in.OrderCustomer = append(in.OrderCustomer, int32(c))
			in.OrderDay = append(in.OrderDay, model.Day(19_000+r.IntN(1095)))
			in.OrderValue = append(in.OrderValue, model.Money(100*(1+r.IntN(20_000))))
			in.OrderFlags = append(in.OrderFlags, model.Purchase)
			in.OrderLines = append(in.OrderLines, 1)
		}
		slices.Sort(in.OrderDay[first:])
	}
	in.CustomerAttributes = []model.IntakeAttribute{regions}
	return in
}
