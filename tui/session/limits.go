package session

import (
	"strconv"

	"strata/model"
)

// Limits tells in a few words each what a spec counts otherwise than a scheme
// that counts everything does: "only Country=Germany", "returns ignored". These
// belong beside every figure; what narrows it down most comes first.
func Limits(spec model.Spec) []string {
	var words []string
	if len(spec.Where) > 0 {
		words = append(words, "only "+joinedConditions(spec.Where))
	}
	switch w := spec.Window; {
	case w.Months == 1:
		words = append(words, "last month")
	case w.Months > 1:
		words = append(words, "last "+strconv.Itoa(w.Months)+" months")
	case w.Days == 1:
		words = append(words, "last day")
	case w.Days > 1:
		words = append(words, "last "+strconv.Itoa(w.Days)+" days")
	}
	switch spec.Returns {
	case model.ReturnsIgnore:
		words = append(words, "returns ignored")
	case model.ReturnsOrders:
		words = append(words, "returns as orders")
	}
	if spec.Zero == model.ZeroDrop {
		words = append(words, "zero orders dropped")
	}
	return words
}
