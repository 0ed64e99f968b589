package session

import (
	"strconv"
	"strings"

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

// Counted is Limits with the day that was chosen to look back from, for what
// leaves the screen with its header: a file, a copy, the output of a command.
func Counted(spec model.Spec) []string {
	words := Limits(spec)
	if spec.AsOf != model.NoDay {
		words = append(words, "as of "+spec.AsOf.String())
	}
	return words
}

// CountedColumn is a column that says in every row what is counted, to stand behind
// the columns of a table; of no width where everything is.
func CountedColumn(spec model.Spec) (header, cell []string) {
	words := Counted(spec)
	if len(words) == 0 {
		return nil, nil
	}
	return []string{"counted"}, []string{SpreadsheetText(strings.Join(words, ", "))}
}

// CountedIn is what is counted, in brackets behind a text; "" where everything is.
func CountedIn(spec model.Spec) string {
	words := Counted(spec)
	if len(words) == 0 {
		return ""
	}
	return " (" + strings.Join(words, ", ") + ")"
}
