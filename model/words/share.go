package words

import (
	"math"
	"math/bits"
	"strconv"

	"strata/model"
)

// none stands for a share that there is not.
const none = "–"

// Percent writes a fraction with one decimal: 26.8%. What is more than nothing is
// never 0.0%, and what is less than all never 100.0%: they are <0.1% and >99.9%.
// What is below nothing and rounds to it has no sign.
func Percent(fraction float64) string {
	n := thousandths(fraction)
	if n < 0 {
		return Minus + tenths(-n, true, false)
	}
	return tenths(n, fraction > 0, fraction < 1)
}

// PercentTo writes a fraction as a percentage with so many decimals, rounded half
// up: 14.96%.
func PercentTo(fraction float64, decimals int) string {
	power := math.Pow10(decimals)
	return Rounded(math.Round(100*power*fraction)/power, decimals) + "%"
}

// thousandths rounds a fraction as it is printed.
func thousandths(fraction float64) int64 { return int64(math.Round(1000 * fraction)) }

// tenths writes thousandths as a percentage: of something, if it is, and of less
// than all.
func tenths(thousandths int64, something, notAll bool) string {
	switch {
	case thousandths == 0 && something:
		return "<0.1%"
	case thousandths == allThousandths && notAll:
		return ">99.9%"
	}
	return Count(thousandths/10) + "." + strconv.FormatInt(thousandths%10, 10) + "%"
}

// WholePercent writes per cents that are whole, as they are typed: 20%.
func WholePercent(n int) string { return Count(int64(n)) + "%" }

// Share writes part of whole as a percentage, rounded half up, and a dash where it
// is no share; see [model.Share]. Shares that stand side by side and make up a whole
// are written by [Shares].
func Share[N ~int | ~int64](part, whole N) string {
	if _, ok := model.Share(int64(part), int64(whole)); !ok {
		return none
	}
	high, low := bits.Mul64(uint64(part), allThousandths)
	thousandths, rest := bits.Div64(high, low, uint64(whole)) // part ≤ whole, so that it fits
	if rest >= uint64(whole)-rest {
		thousandths++
	}
	return tenths(int64(thousandths), part > 0, part < whole)
}

// ShareTo writes a share as [Share] does, with so many decimals.
func ShareTo[N ~int | ~int64](part, whole N, decimals int) string {
	share, ok := model.Share(int64(part), int64(whole))
	if !ok {
		return none
	}
	return PercentTo(share, decimals)
}

// allThousandths is what the printed shares of a whole add up to.
const allThousandths = 1000

// Shares writes the parts of a whole as percentages that add up to 100.0% as
// they are printed, with what whole has beyond them; see [model.Apportion]. In the
// sum <0.1% counts as 0.0% and >99.9% as 100.0%: they are written for the parts
// whose figure would say that they are nothing, or all.
// Where a part is below zero they make up no whole, and each is written by
// itself.
func Shares[N ~int64](parts []N, whole N) []string {
	plain := make([]int64, len(parts))
	for i, p := range parts {
		plain[i] = int64(p)
	}
	texts := make([]string, len(parts))
	each, ok := model.Apportion(allThousandths, plain, int64(whole))
	for i, p := range parts {
		if texts[i] = Share(p, whole); ok {
			texts[i] = tenths(each[i], p > 0, p < whole)
		}
	}
	return texts
}

// Index writes an index, like ARI and PSI, with three decimals; what is not quite 1
// or 0 is not written as if it were.
func Index(v float64) string {
	text := Rounded(v, 3)
	switch {
	case text == "1.000" && v < 1:
		return "0.999+"
	case text == "0.000" && v > 0:
		return "<0.001"
	}
	return text
}
