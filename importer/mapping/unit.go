package mapping

import (
	"slices"
	"strings"

	"strata/importer/parse"
)

// currencies are the codes that are taken for a currency; three capital
// letters alone may be anything.
var currencies = []string{
	"USD", "EUR", "GBP", "CNY", "RMB", "JPY", "HKD", "TWD", "KRW", "INR", "AUD", "CAD", "NZD", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RON", "BGN",
	"RUB", "UAH", "TRY", "BRL", "MXN", "ARS", "CLP", "COP", "ZAR", "SGD", "MYR", "THB", "IDR", "PHP", "VND", "AED", "SAR", "ILS", "EGP", "NGN", "KES", "PKR",
}

// Currency returns the ISO code or the sign that a text means, "" for none:
// GBP, £, 元.
func Currency(text string) string {
	text = strings.TrimSpace(text)
	switch {
	case slices.Contains(currencies, strings.ToUpper(text)):
		return strings.ToUpper(text)
	case text == "人民币":
		return "¥"
	}
	// A number is all that a sign can stand at.
	if sign := parse.CurrencyOf([]byte("1" + text)); sign != "" && strings.Trim(text, " ") != "" && !isCode(sign) {
		return sign
	}
	return ""
}

func isCode(s string) bool { return len(s) == 3 && s[0] >= 'A' && s[0] <= 'Z' }

// UnitOf returns the unit that stands in brackets, or as a currency, at the
// end of a header: "Amount (GBP)", "金额(元)", "total_usd".
func UnitOf(header string) string {
	_, unit := cutUnit(header)
	return unit
}

// brackets open and close a unit.
var brackets = []struct{ open, close string }{{"(", ")"}, {"（", "）"}, {"[", "]"}, {"【", "】"}}

func cutUnit(header string) (name, unit string) {
	header = strings.TrimSpace(header)
	for _, b := range brackets {
		if rest, ok := strings.CutSuffix(header, b.close); ok {
			if i := strings.LastIndex(rest, b.open); i > 0 {
				return strings.TrimSpace(rest[:i]), strings.TrimSpace(rest[i+len(b.open):])
			}
		}
	}
	if i := strings.LastIndexAny(header, " _/"); i > 0 && Currency(header[i+1:]) != "" {
		return strings.TrimSuffix(strings.TrimRight(header[:i], " _/"), " in"), header[i+1:]
	}
	return header, ""
}

// IsUnit reports whether a text below a header is its unit: something in
// brackets, a currency, a pattern for dates.
func IsUnit(text string) bool {
	for _, b := range brackets {
		if strings.HasPrefix(text, b.open) && strings.HasSuffix(text, b.close) {
			return true
		}
	}
	if Currency(text) != "" {
		return true
	}
	_, err := parse.ParseDateOrder(text)
	return err == nil && len(text) >= len("dmy") && strings.Trim(strings.ToLower(text), "dmyhs:/-. ") == ""
}

// IsCurrency reports whether a header says that a column names the currency.
func IsCurrency(header string) bool {
	return slices.Contains([]string{"currency", "currencycode", "币种", "货币"}, normal(header))
}
