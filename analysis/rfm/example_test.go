package rfm_test

import (
	"context"
	"fmt"

	"strata/analysis/rfm"
	"strata/model"
)

// Three customers: the first bought three times, the second once, the third
// returned all that he bought before the file begins.
func Example() {
	day := func(s string) model.Day {
		d, _ := model.ParseDay(s)
		return d
	}
	orders := &model.Orders{
		Start:    []int32{0, 3, 4, 5},
		Day:      []model.Day{day("2024-01-05"), day("2024-02-01"), day("2024-03-09"), day("2024-01-20"), day("2024-02-10")},
		Value:    []model.Money{20 * model.Unit, 35 * model.Unit, 50 * model.Unit, 10 * model.Unit, 0},
		Returned: []model.Money{0, 5 * model.Unit, 0, 0, 8 * model.Unit},
		Flags:    []model.OrderFlag{model.Purchase, model.Purchase | model.Return, model.Purchase, model.Purchase, model.Return},
	}
	base, err := rfm.Measure(context.Background(), orders, nil, model.DefaultSpec())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("as of", base.AsOf)
	for i := range base.Len() {
		fmt.Println("recency", base.Recency[i], "frequency", base.Frequency[i], "monetary", model.Money(base.Monetary[i]))
	}
	fmt.Println("not tiered:", base.Whole.NotTiered.Customers, "customer,", base.Whole.NotTiered.Value)

	rule, _, err := rfm.Resolve(base, model.Ten(), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for s, a := range rfm.Tally(base, rule, nil).Segments(rule) {
		if a.Customers > 0 {
			fmt.Println(rule.Segments[s].Label, a.Customers, a.Revenue)
		}
	}
	// Output:
	// as of 2024-03-10
	// recency 1 frequency 3 monetary 100.00
	// recency 50 frequency 1 monetary 10.00
	// not tiered: 1 customer, -8.00
	// Champions 1 100.00
	// Hibernating 1 10.00
}
