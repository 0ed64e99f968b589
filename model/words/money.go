package words

import (
	"strconv"
	"strings"

	"strata/model"
	"strata/model/catalogue"
)

// Symbol returns the sign written before amounts of a currency: that of a
// known ISO code, the text itself when it is a sign, an unknown code with a
// blank, nothing for "". What controls a terminal is taken out of it: a workspace
// may come from anybody.
func Symbol(currency string) string {
	if currency == NoAmounts {
		return NoAmounts
	}
	currency = model.Printable(currency)
	switch currency {
	case "GBP":
		return "£"
	case "USD":
		return "$"
	case "EUR":
		return "€"
	case "CNY", "JPY":
		return "¥"
	case "INR":
		return "₹"
	case "KRW":
		return "₩"
	case "RUB":
		return "₽"
	case "BRL":
		return "R$"
	}
	if len(currency) == 3 && currency[0] >= 'A' && currency[0] <= 'Z' {
		return currency + " "
	}
	return currency
}

// NoAmounts stands for the currency of a workspace none of whose orders says what
// it was worth, and for its sign: an amount of nothing is then written "–", because
// it is not known. See [CurrencyOf].
const NoAmounts = "\x00"

// CurrencyOf is the currency in which the amounts of a workspace are written.
func CurrencyOf(info model.Info) string {
	if info.NoAmounts() {
		return NoAmounts
	}
	return info.Currency
}

// Sign is what stands before an amount that no order brings: a price, a cost.
func Sign(symbol string) string { return strings.TrimPrefix(symbol, NoAmounts) }

// Worth writes the total of a column as the column has it, and says in words that
// there is none.
func Worth(m model.Money, symbol string) string {
	if text := ScaleFor(m).Money(m, symbol); text != none {
		return text
	}
	return catalogue.T("no amounts")
}

// Scale is how a column of money is written: one unit and one precision for
// all of it.
type Scale struct {
	divisor  int64 // currency units that make one
	suffix   string
	decimals int
}

var scales = [...]Scale{
	{1_000_000_000, "B", 2},
	{1_000_000, "M", 2},
	{1_000, "k", 1},
	{1, "", 2},
}

// ScaleFor returns the scale for a column whose largest amount is largest: in
// thousands from ten thousand on, as [Brief] does, and below in whole units, or
// hundredths where all amounts are small.
func ScaleFor(largest model.Money) Scale {
	if largest < 0 {
		largest = -largest
	}
	for _, s := range scales {
		least := s.divisor
		if least == 1_000 {
			least = 10_000
		}
		if s.divisor > 1 && int64(largest)/model.Unit >= least {
			return s
		}
	}
	if int64(largest)/model.Unit >= 100 {
		return Scale{divisor: 1}
	}
	return finest
}

// Money writes an amount on the scale, nothing as 0. An amount that the scale would
// show as nothing although it is something is written on a finer one.
func (s Scale) Money(m model.Money, symbol string) string {
	if m == 0 && symbol != NoAmounts {
		return symbol + "0"
	}
	for s != finest && m.Ratio(s.unit()) == 0 {
		s = finer(s)
	}
	return s.write(m, symbol)
}

func finer(s Scale) Scale {
	for _, f := range scales {
		if f.divisor < s.divisor {
			return f
		}
	}
	return finest
}

// finest is the last of the scales.
var finest = scales[len(scales)-1]

// unit is the stored amount that is one in the last decimal place.
func (s Scale) unit() int64 {
	u := model.Unit * s.divisor
	for range s.decimals {
		u /= 10
	}
	return u
}

func (s Scale) write(m model.Money, symbol string) string {
	if symbol == NoAmounts && m == 0 {
		return none
	}
	return Priced(fixed(int64(m.Ratio(s.unit())), s.decimals), symbol) + s.suffix
}

// fixed writes a number that is counted in its last decimal: 123,450 and 2 are
// 1,234.50.
func fixed(n int64, decimals int) string {
	return signed(strconv.FormatInt(n, 10), func(digits string) string {
		for len(digits) <= decimals {
			digits = "0" + digits
		}
		point := len(digits) - decimals
		if decimals == 0 {
			return grouped(digits)
		}
		return grouped(digits[:point]) + "." + digits[point:]
	})
}

// Priced puts the sign of a currency before a written number: £250.194, −£41.20.
func Priced(number, symbol string) string {
	symbol = Sign(symbol)
	if digits, negative := strings.CutPrefix(number, Minus); negative {
		return Minus + symbol + digits
	}
	return symbol + number
}

// Brief writes one amount with about three digits: £8.91M, £212k, £478, £3.75.
func Brief(m model.Money, symbol string) string {
	units := int64(m) / model.Unit
	if units < 0 {
		units = -units
	}
	s := Scale{divisor: 1}
	switch {
	case units >= 1_000_000_000:
		s = Scale{1_000_000_000, "B", digitsAfter(units / 1_000_000_000)}
	case units >= 1_000_000:
		s = Scale{1_000_000, "M", digitsAfter(units / 1_000_000)}
	case units >= 10_000:
		s = Scale{1_000, "k", min(digitsAfter(units/1_000), 1)}
	case units < 100 && m != 0:
		s.decimals = 2
	}
	return s.write(m, symbol)
}

// Amount writes an amount to the hundredth: £1,234.50.
func Amount(m model.Money, symbol string) string {
	return Scale{divisor: 1, decimals: 2}.write(m, symbol)
}

// CutAmount writes a cut of amounts as [Amount] does, but to its last digit, which
// can lie beyond the hundredth: £395.232.
func CutAmount(c model.Cut, symbol string) string {
	const hundredth = model.Unit / 100
	if c.IsWhole() && c.Whole%hundredth == 0 {
		return Amount(model.Money(c.Whole), symbol)
	}
	return Priced(Decimal(c.Text(model.Unit)), symbol)
}

// Price writes what somebody has set a price to be: to the hundredth, and where it is
// set more finely to its last digit: £3.50, £3.333.
func Price(m model.Money, symbol string) string {
	return CutAmount(model.WholeCut(int64(m)), symbol)
}

// digitsAfter returns how many decimals bring whole to three digits.
func digitsAfter(whole int64) int {
	switch {
	case whole >= 100:
		return 0
	case whole >= 10:
		return 1
	}
	return 2
}

// Short writes an amount on the scale with at most one decimal and no symbol,
// for places where every cell counts: 2.1k, 14k.
func (s Scale) Short(m model.Money) string {
	if s.divisor == 1 && max(m, -m)/model.Unit >= 1_000 {
		s.divisor, s.suffix = 1_000, "k"
	}
	s.decimals = 0
	if s.divisor > 1 && int64(max(m, -m))/model.Unit < 10*s.divisor {
		s.decimals = 1
	}
	return s.write(m, "")
}
