package tiers

import (
	"testing"

	"strata/model"
)

func TestPoliciesTellWhatCounts(t *testing.T) {
	t.Parallel()
	spec := model.DefaultSpec()
	for _, text := range []string{"sku=A|B", "order.country=DE", "kind!=x"} {
		c, err := model.ParseCondition(text)
		if err != nil {
			t.Fatal(err)
		}
		spec.Where = append(spec.Where, c)
	}
	const returns = "Orders of the whole history count. Returns reduce the value but are neither orders nor signs of life."
	for want, ofLines := range map[string][]int{
		returns + " Only where sku=A|B and order.country=DE and kind!=x.":                                                                             nil,
		returns + " Only where order.country=DE. Only lines with sku = A or B and kind is not x count: an order is worth what these lines are worth.": {0, 2},
		returns + " Only lines with sku = A or B and country = DE and kind is not x count: an order is worth what these lines are worth.":             {0, 1, 2},
	} {
		if got := policies(spec, ofLines); got != want {
			t.Errorf("%s\nwant:\n%s", got, want)
		}
	}
}
