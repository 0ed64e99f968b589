package mapping

import (
	"slices"
	"strings"

	"strata/importer/parse"
)

// Currency returns the ISO code or the sign that a text means, "" for none:
// GBP, £, 元.
func Currency(text string) string {
	text = strings.TrimSpace(text)
	switch {
	case parse.IsCurrencyCode([]byte(strings.ToUpper(text))) && (len(text) != len("all") || !slices.Contains(commonWords, strings.ToLower(text))):
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

// commonWords are words of three letters that are codes of currencies, too.
var commonWords = []string{"all", "top", "try", "cup", "gel", "mop", "bam", "lak", "kid", "mad", "pen", "sos", "ron", "vat", "val", "bob"}

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
	return contains([]string{"currency", "moneda", "moeda", "waehrung", "währung", "devise", "valuta", "币种", "货币", "通貨", "валюта"}, normal(header))
}

// Scale returns the unit that a header of amounts names, in ten-thousandths:
// 10,000,000 for "amount (in thousands)" and T€, 100 for cents, and 0 for none.
func Scale(header string) int64 {
	const one = 10_000
	_, unit := cutUnit(header)
	unit = strings.TrimPrefix(strings.ToLower(strings.TrimSpace(unit)), "in ")
	unit = strings.Trim(unit, "£€$¥￥ .")
	if scale, ok := scaleUnits[unit]; ok {
		return scale
	}
	word := strings.ToLower(header)
	for end, scale := range map[string]int64{
		"in thousands": 1_000 * one, "in millions": 1_000_000 * one, "in cents": one / 100, "in pence": one / 100, "_cents": one / 100, " cents": one / 100,
		"incents": one / 100, "_pence": one / 100, "_in_cents": one / 100, "minor units": one / 100, "_minor": one / 100, "in tausend": 1_000 * one, "in mio": 1_000_000 * one,
	} {
		if strings.HasSuffix(strings.TrimRight(word, ")] "), end) {
			return scale
		}
	}
	if strings.HasSuffix(header, "Cents") {
		return one / 100
	}
	return 0
}

var scaleUnits = map[string]int64{
	"k": 1e7, "thousands": 1e7, "thousand": 1e7, "000s": 1e7, "000": 1e7, "'000": 1e7, "'000s": 1e7, "000's": 1e7, "x1000": 1e7, "x 1000": 1e7, "×1000": 1e7, "×1,000": 1e7, "tsd": 1e7, "t": 1e7, "teur": 1e7, "keur": 1e7, "kusd": 1e7, "kgbp": 1e7, "tausend": 1e7, "千元": 1e7, "千円": 1e7, "千": 1e7,
	"万元": 1e8, "万": 1e8, "萬元": 1e8, "万円": 1e8, "mio": 1e10, "millions": 1e10, "million": 1e10, "mn": 1e10, "m": 1e10, "百万": 1e10, "百万円": 1e10, "百万元": 1e10, "亿": 1e12, "亿元": 1e12,
	"cents": 100, "cent": 100, "pence": 100, "ct": 100, "minor units": 100, "minor": 100, "分": 100,
}

// CostOf says what a header of costs is about: "unit", "line", or "" where it
// does not tell.
func CostOf(header string) string {
	word := normal(header)
	switch {
	case contains([]string{"unit", "each", "price", "piece", "costper", "standardcost", "stück", "单位", "成本价", "单价", "进价"}, word):
		return "unit"
	case contains([]string{"total", "line", "order", "extended", "gesamt", "总"}, word):
		return "line"
	}
	return ""
}

// IsOrderTotal reports whether a header says that an amount is that of a whole
// order.
func IsOrderTotal(header string) bool {
	return contains([]string{"ordertotal", "ordervalue", "orderamount", "grandtotal", "invoicetotal", "invoiceamount", "totalorder", "totalinvoice", "baskettotal", "basketvalue", "carttotal",
		"订单金额", "订单总", "bestellwert", "auftragswert", "rechnungsbetrag"}, normal(header))
}

// IsPercent reports whether a header says that a column holds per cents.
func IsPercent(header string) bool {
	return strings.ContainsAny(header, "%％") || contains([]string{"percent", "pct", "prozent", "pourcent", "porcentaje", "percentuale", "rate"}, normal(header))
}

// IsLocalCurrency reports whether a header says that its amounts are in the
// currency of each country, or of each document.
func IsLocalCurrency(header string) bool {
	return contains([]string{"localcurrency", "documentcurrency", "transactioncurrency", "originalcurrency", "foreigncurrency", "landeswährung", "landeswaehrung", "belegwährung", "belegwaehrung", "fremdwährung", "本币", "原币", "外币", "現地通貨"},
		strings.ToLower(strings.ReplaceAll(header, " ", "")))
}

// NotesScale reports whether a line above a table says that its amounts are in
// thousands or the like.
func NotesScale(line string) bool {
	return contains([]string{"inthousands", "thousands", "in000", "'000", "tausend", "teur", "keur", "t€", "k€", "inmillions", "inmio", "enmilliers", "enmiles", "inmigliaia", "emmilhares", "induizenden", "千元", "万元", "千円", "百万円"},
		strings.ToLower(strings.ReplaceAll(line, " ", "")))
}
