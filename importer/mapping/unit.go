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
	return slices.Contains([]string{"cur", "ccy", "curr", "waers", "iso", "isocode", "fx"}, normal(header)) || contains([]string{"currency", "moneda", "moeda", "waehrung", "währung", "devise", "valuta", "币种", "货币", "通貨", "валюта"}, normal(header))
}

// Scale returns the unit that a header of amounts names, in ten-thousandths:
// 10,000,000 for "amount (in thousands)", "Revenue k EUR" and T€, 100 for cents,
// and 0 for none.
func Scale(header string) int64 {
	lower := strings.ToLower(strings.NewReplacer("（", "(", "）", ")", "【", "(", "】", ")", "[", "(", "]", ")").Replace(header))
	if strings.HasSuffix(header, "Cents") {
		return scaleUnits["cents"]
	}
	words := strings.FieldsFunc(lower, func(c rune) bool { return strings.ContainsRune(" ()_,;:/-", c) })
	// 1,000 and 1.000 are one word.
	bracket := ""
	if open := strings.LastIndexByte(lower, '('); open > 0 && strings.HasSuffix(strings.TrimSpace(lower), ")") {
		bracket = strings.TrimSuffix(strings.TrimSpace(lower[open+1:]), ")")
	}
	if scale := scaleUnits[bareUnit(bracket)]; scale != 0 {
		return scale
	}
	// Outside of brackets only words that mean nothing else.
	for n := 1; n <= 3 && n < len(words); n++ {
		unit := bareUnit(strings.Join(words[len(words)-n:], " "))
		if scale := scaleUnits[unit]; scale != 0 && (len([]rune(unit)) > 2 || n > 1 || unit == "k") {
			return scale
		}
	}
	return 0
}

// bareUnit takes off a unit what tells no scale: currencies, "in", "×".
func bareUnit(unit string) string {
	unit = strings.NewReplacer("£", "", "€", "", "$", "", "¥", "", "￥", "", "×", "x", "1,000,000", "1000000", "1.000.000", "1000000", "1,000", "1000", "1.000", "1000", "1 000", "1000", "'", "").Replace(unit)
	var kept []string
	for word := range strings.FieldsSeq(unit) {
		word = strings.Trim(word, ".")
		if word == "in" || word == "x" || word == "of" || word == "de" || word == "en" || word == "di" || word == "em" || parse.IsCurrencyCode([]byte(strings.ToUpper(word))) && scaleUnits[word] == 0 {
			continue
		}
		kept = append(kept, word)
	}
	return strings.TrimPrefix(strings.Join(kept, " "), "x")
}

var scaleUnits = map[string]int64{
	"k": 1e7, "thousands": 1e7, "thousand": 1e7, "000s": 1e7, "000": 1e7, "1000": 1e7, "1000s": 1e7, "tsd": 1e7, "t": 1e7, "teur": 1e7, "keur": 1e7, "kusd": 1e7, "kgbp": 1e7, "tausend": 1e7, "milliers": 1e7, "miles": 1e7,
	"migliaia": 1e7, "mila": 1e7, "milhares": 1e7, "mil": 1e7, "duizend": 1e7, "duizenden": 1e7, "千元": 1e7, "千円": 1e7, "千": 1e7,
	"万元": 1e8, "万": 1e8, "萬元": 1e8, "万円": 1e8, "mio": 1e10, "millions": 1e10, "million": 1e10, "mn": 1e10, "m": 1e10, "meur": 1e10, "1000000": 1e10, "millionen": 1e10, "millones": 1e10, "milioni": 1e10, "milhões": 1e10, "miljoen": 1e10,
	"百万": 1e10, "百万円": 1e10, "百万元": 1e10, "亿": 1e12, "亿元": 1e12, "億円": 1e12,
	"cents": 100, "cent": 100, "pence": 100, "ct": 100, "centimes": 100, "céntimos": 100, "centesimi": 100, "centavos": 100, "minor units": 100, "minor": 100, "分": 100,
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
	return contains([]string{
		"ordertotal", "ordervalue", "orderamount", "grandtotal", "invoicetotal", "invoiceamount", "totalorder", "totalinvoice", "baskettotal", "basketvalue", "carttotal",
		"订单金额", "订单总", "bestellwert", "auftragswert", "rechnungsbetrag",
	}, normal(header))
}

// IsPercent reports whether a header says that a column holds per cents.
func IsPercent(header string) bool {
	return strings.ContainsAny(header, "%％") || contains([]string{"percent", "pct", "prozent", "pourcent", "porcentaje", "percentuale", "rate", "割引率", "値引率", "百分比"}, normal(header))
}

// IsPaidShare reports whether a header counts discounts as the Chinese do: 0.8, or
// eight tenths, are what is paid.
func IsPaidShare(header string) bool {
	return slices.Contains([]string{"折扣", "折扣率", "折", "打折", "折数", "折扣系数", "商品折扣", "会员折扣"}, normal(header))
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

// IsPostage reports whether a header says that its numbers are beside the price
// of the goods, or no money: tax, freight, tips, points, weights.
func IsPostage(header string) bool {
	return contains([]string{"tax", "vat", "ship", "freight", "postage", "delivery", "fee", "tip", "point", "cost", "weight", "stock", "steuer", "versand", "gebühr", "tva", "iva", "btw", "运费", "邮费", "税", "积分", "送料"}, normal(header)) || Counts(header) || Identifies(header)
}

// IsPriceUnit reports whether a header says for how many units a price is.
func IsPriceUnit(header string) bool {
	return slices.Contains([]string{"per", "priceunit", "pricingunit", "peinh", "preiseinheit", "priceper", "unitofprice", "价格单位"}, normal(header))
}
