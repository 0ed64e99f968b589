package session

import (
	"slices"
	"strconv"
	"strings"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// Limits tells in a few words each what a spec counts otherwise than a scheme
// that counts everything does: "only Country=Germany", "returns ignored". These
// belong beside every figure; what narrows it down most comes first.
func Limits(spec model.Spec) []string {
	var words []string
	if len(spec.Where) > 0 {
		words = append(words, catalogue.T("only {where}", "where", FilterWords(spec.Where)))
	}
	if !spec.Window.All() {
		words = append(words, WindowWords(spec.Window))
	}
	if spec.Returns == model.ReturnsIgnore || spec.Returns == model.ReturnsOrders {
		words = append(words, ReturnsWords(spec.Returns))
	}
	if spec.Zero == model.ZeroDrop {
		words = append(words, ZeroWords(spec.Zero))
	}
	return words
}

// Narrowing tells the filter and the window of a spec, where there are such, as
// flags have them: "country=Germany", "6m".
func Narrowing(spec model.Spec) []string {
	var words []string
	if len(spec.Where) > 0 {
		words = append(words, FilterWords(spec.Where))
	}
	if !spec.Window.All() {
		words = append(words, spec.Window.String())
	}
	return words
}

// WindowWords tells how far back orders count: "last 6 months", "all time".
func WindowWords(w model.Window) string {
	switch {
	case w.Months == 1:
		return catalogue.T("last month")
	case w.Months > 1:
		return catalogue.T("last {months} months", "months", strconv.Itoa(w.Months))
	case w.Days == 1:
		return catalogue.T("last day")
	case w.Days > 1:
		return catalogue.T("last {days} days", "days", strconv.Itoa(w.Days))
	}
	return catalogue.T("all time")
}

// ReturnsWords tells how returns count: "returns ignored".
func ReturnsWords(r model.ReturnsPolicy) string {
	switch r {
	case model.ReturnsIgnore:
		return catalogue.T("returns ignored")
	case model.ReturnsOrders:
		return catalogue.T("returns as orders")
	}
	return catalogue.T("returns net")
}

// ZeroWords tells how orders worth nothing count: "zero orders dropped".
func ZeroWords(z model.ZeroPolicy) string {
	if z == model.ZeroDrop {
		return catalogue.T("zero values dropped")
	}
	return catalogue.T("zero values counted")
}

// countedOtherwise tells in a few words each what one counts otherwise than
// another, where that counts everything, too: "last 6 months", "no filter". asOf
// and than's are the days that the two look back from.
func countedOtherwise(spec model.Spec, asOf model.Day, than model.Spec, thanAsOf model.Day) []string {
	var words []string
	if !slices.EqualFunc(spec.Where, than.Where, func(a, b model.Condition) bool { return a.String() == b.String() }) {
		where := catalogue.T("no filter")
		if len(spec.Where) > 0 {
			where = catalogue.T("only {where}", "where", FilterWords(spec.Where))
		}
		words = append(words, where)
	}
	if spec.Window != than.Window {
		words = append(words, WindowWords(spec.Window))
	}
	if asOf != thanAsOf {
		words = append(words, catalogue.T("as of {as_of}", "as_of", asOf.String()))
	}
	if was := ReturnsWords(spec.Returns); was != ReturnsWords(than.Returns) {
		words = append(words, was)
	}
	if was := ZeroWords(spec.Zero); was != ZeroWords(than.Zero) {
		words = append(words, was)
	}
	return append(words, measuredBy(spec, than)...)
}

// measuredBy tells by which measures one counts where another has others:
// "frequency in orders per month", "monetary mean".
func measuredBy(spec, than model.Spec) []string {
	var told []string
	perMonth := spec.Frequency == model.FrequencyPerMonth
	if spec.Frequency != than.Frequency || perMonth && spec.MonthsAtLeast() != than.MonthsAtLeast() {
		_, many := words.Units(model.Frequency, spec)
		if perMonth && spec.MonthsAtLeast() != than.MonthsAtLeast() {
			many = catalogue.T("{unit} (over at least {months})", "unit", many, "months", months(spec.MonthsAtLeast()))
		}
		told = append(told, catalogue.T("frequency in {unit}", "unit", many))
	}
	if spec.Monetary != than.Monetary {
		told = append(told, catalogue.T("monetary {monetary}", "monetary", string(spec.Monetary)))
	}
	return told
}

// Counted is Limits with the day that was chosen to look back from, for what
// leaves the screen with its header: a file, a copy, the output of a command.
func Counted(spec model.Spec) []string {
	words := Limits(spec)
	if spec.AsOf != model.NoDay {
		words = append(words, catalogue.T("as of {as_of}", "as_of", spec.AsOf.String()))
	}
	return words
}

// CountsNow tells behind the name of what is opened what it counts, and which
// limits of before it lifts: ", last 6 months, no filter"; "" where all counted and
// still does.
func CountsNow(spec, before model.Spec) string {
	words := Counted(spec)
	if len(spec.Where) == 0 && len(before.Where) > 0 {
		words = append(words, catalogue.T("no filter"))
	}
	if spec.Window.All() && !before.Window.All() {
		words = append(words, WindowWords(spec.Window))
	}
	if spec.AsOf == model.NoDay && before.AsOf != model.NoDay {
		words = append(words, catalogue.T("as of {day}", "day", asOfWords(spec)))
	}
	plain := model.DefaultSpec()
	if now := ReturnsWords(spec.Returns); now == ReturnsWords(plain.Returns) && now != ReturnsWords(before.Returns) {
		words = append(words, now)
	}
	if now := ZeroWords(spec.Zero); now == ZeroWords(plain.Zero) && now != ZeroWords(before.Zero) {
		words = append(words, now)
	}
	words = append(words, measuredBy(spec, before)...)
	if words == nil {
		return ""
	}
	return ", " + strings.Join(words, ", ")
}

// CountedColumn is a column that says in every row what is counted, to stand behind
// the columns of a table; of no width where everything is.
func CountedColumn(spec model.Spec) (header, cell []string) {
	words := Counted(spec)
	if len(words) == 0 {
		return nil, nil
	}
	return []string{catalogue.T("counted")}, []string{SpreadsheetText(strings.Join(words, ", "))}
}

// CountedIn is what is counted, in brackets behind a text; "" where everything is.
func CountedIn(spec model.Spec) string {
	words := Counted(spec)
	if len(words) == 0 {
		return ""
	}
	return " (" + strings.Join(words, ", ") + ")"
}
