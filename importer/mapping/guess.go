package mapping

import (
	"slices"
	"strings"
)

// Evidence is what a sample of a column's values looks like.
type Evidence struct {
	Header  string
	Filled  int // values that are not empty
	Dates   int // of these, those that read as dates
	Numbers int // those that read as numbers
	Decimal int // numbers with decimals or a currency sign
	Counts  int // numbers that may count days or seconds to a date
	Unique  int // distinct values
}

// mostly says that nearly all of the filled values have a property. Real
// columns carry a few strays, so a tenth may lack it.
func mostly(have, filled int) bool { return filled > 0 && have*10 >= filled*9 }

// some says that a property is no accident: with a header that says the same,
// a tenth of the values will do, since bad values are refused row by row.
func some(have, filled int) bool { return have > 0 && have*10 >= filled }

// fits reports whether a column's values can be those of a field. An empty
// column fits anything: its header is all there is to go by.
func (e Evidence) fits(s shape) bool {
	if e.Filled == 0 {
		return true
	}
	switch s {
	case dates:
		return some(e.Dates, e.Filled) || e.Counts == e.Filled
	case numbers:
		return some(e.Numbers, e.Filled) && !mostly(e.Dates, e.Filled)
	case keys:
		return !mostly(e.Dates, e.Filled) || mostly(e.Numbers, e.Filled)
	}
	return true
}

// Choice is the column chosen for a field, and the one that came second, or -1.
type Choice struct {
	Field    Field
	Column   int
	RunnerUp int
	Loose    bool // its header only ends with a word of the field
	Unnamed  bool // no header says so: its values are all there is to go by
}

// Guess assigns fields to columns; fixed are those already decided, by field.
// A column serves one field, and a field gets at most one column. Fields
// without any column are left out.
func Guess(columns []Evidence, fixed map[Field]int) []Choice {
	taken := make(map[int]bool)
	for _, column := range fixed {
		taken[column] = true
	}
	var choices []Choice
	chosen := make(map[Field]bool)
	for field, column := range fixed {
		choices = append(choices, Choice{Field: field, Column: column, RunnerUp: -1})
		chosen[field] = true
	}
	candidates := candidates(columns)
	for _, c := range candidates {
		if !taken[c.column] && !chosen[c.field] {
			choices = append(choices, Choice{Field: c.field, Column: c.column, RunnerUp: -1, Loose: c.rank%later >= looseRank})
			taken[c.column], chosen[c.field] = true, true
		}
	}
	choices = byValues(choices, columns, taken, chosen)
	for i, choice := range choices {
		second := slices.IndexFunc(candidates, func(c candidate) bool { return c.field == choice.Field && !taken[c.column] })
		if _, told := fixed[choice.Field]; !told && second >= 0 {
			choices[i].RunnerUp = candidates[second].column
		}
	}
	slices.SortFunc(choices, func(a, b Choice) int { return a.Column - b.Column })
	return choices
}

type candidate struct {
	field        Field
	column, rank int
}

// later is added to the rank of fields that are not essential; it is more
// than any field has words.
const later = 1000

// sparseRank is added to the rank of columns with gaps.
const sparseRank = 200

// candidates pairs fields and columns whose header and values agree, the
// likeliest pairs first.
func candidates(columns []Evidence) []candidate {
	var all []candidate
	fullest := 0
	for _, column := range columns {
		fullest = max(fullest, column.Filled)
	}
	for at, v := range vocabulary {
		for i, column := range columns {
			rank := v.rankOf(column.Header)
			if rank < 0 || !column.fits(v.shape) {
				continue
			}
			// Of two dates the one that every row has is that of the order.
			if v.field == Date && column.Filled*20 < fullest*19 {
				rank += sparseRank
			}
			if at >= essential {
				rank += later
			}
			all = append(all, candidate{v.field, i, rank})
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return a.rank - b.rank })
	return all
}

// byValues gives date and amount the one column left whose values can only be
// that, when no header names it.
func byValues(choices []Choice, columns []Evidence, taken map[int]bool, chosen map[Field]bool) []Choice {
	only := func(field Field, is func(Evidence) bool) {
		found := -1
		if chosen[field] {
			return
		}
		for i, column := range columns {
			if taken[i] || !is(column) {
				continue
			}
			if found >= 0 {
				return
			}
			found = i
		}
		if found >= 0 {
			choices = append(choices, Choice{Field: field, Column: found, RunnerUp: -1, Unnamed: true})
			taken[found], chosen[field] = true, true
		}
	}
	// Texts do not read as dates by accident: half of them is enough.
	only(Date, func(e Evidence) bool { return e.Dates > 0 && e.Dates*2 >= e.Filled && !mostly(e.Numbers, e.Filled) })
	// Of numbers, all must: 20110304.
	only(Date, func(e Evidence) bool { return e.Dates > 0 && e.Dates == e.Filled && mostly(e.Numbers, e.Filled) })
	if !chosen[Price] {
		only(Amount, func(e Evidence) bool {
			return mostly(e.Decimal, e.Filled) && !Counts(e.Header)
		})
	}
	return choices
}

// Words returns how many fields of a record are words that name a column.
func Words(record []string) int {
	n := 0
	for _, f := range record {
		word := normal(f)
		if slices.ContainsFunc(vocabulary, func(v entry) bool {
			return slices.ContainsFunc(v.words, func(w string) bool { return strings.Map(simplified, w) == word })
		}) {
			n++
		}
	}
	return n
}

// Describes reports whether a field, or for "" a header, is about something
// that is surely no customer: a product, a place, a state.
func Describes(field Field, header string) bool {
	switch field {
	case "", Name, Phone, Email:
		return field == "" && contains(lineWords, normal(header))
	}
	return true
}

// Identifies reports whether a header ends like that of a code.
func Identifies(header string) bool {
	word := normal(header)
	return slices.ContainsFunc([]string{"id", "no", "code", "key", "number", "编号", "号", "代码"}, func(end string) bool {
		return strings.HasSuffix(word, end)
	})
}

// Summarises reports whether a header says that a row sums up a customer's
// orders.
func Summarises(header string) bool {
	return contains([]string{"recency", "frequency", "numberoforders", "ordercount", "totalorders", "mostrecent", "nooforders", "oforders", "numorders", "anzahlbestellungen", "nbcommandes", "lastorder", "lastpurchase", "消费次数", "最近"}, normal(header))
}

// IsMailColumn reports whether a header names addresses of mail.
func IsMailColumn(header string) bool { return slices.Contains(wordsOf(Email), normal(header)) }

// IsName reports whether a header says that a column holds people's names.
func IsName(header string) bool {
	return slices.Contains(wordsOf(Name), normal(header))
}

// wordsOf returns the words of a field in normal form.
func wordsOf(field Field) []string {
	i := slices.IndexFunc(vocabulary, func(v entry) bool { return v.field == field })
	var words []string
	for _, w := range vocabulary[i].words {
		words = append(words, strings.Map(simplified, w))
	}
	return words
}

// IsUnitPrice reports whether a header says that a price is that of one unit.
func IsUnitPrice(header string) bool {
	return contains([]string{"unit", "per", "each", "rate", "hourly", "nightly", "einzel", "stück", "pro", "单价", "単価", "par", "por", "stuk"}, normal(header))
}

// IsDate reports whether a header names the day of an order.
func IsDate(header string) bool { return slices.Contains(wordsOf(Date), normal(header)) }

// MayBeDate reports whether a header names the day of an order, or ends so.
func MayBeDate(header string) bool {
	i := slices.IndexFunc(vocabulary, func(v entry) bool { return v.field == Date })
	return vocabulary[i].rankOf(header) >= 0
}

// IsPrice reports whether a header names the price of one.
func IsPrice(header string) bool { return slices.Contains(wordsOf(Price), normal(header)) }

// IsForeignDate reports whether a header says that its dates are not those of
// orders: a birthday, a day of delivery.
func IsForeignDate(header string) bool { return contains(foreignTo[Date], normal(header)) }

// IsForeignAmount reports whether a header says that its numbers are not what
// an order was worth: a tax, a freight.
func IsForeignAmount(header string) bool { return contains(foreignTo[Amount], normal(header)) }

// IsOrderWord reports whether a header is about orders, invoices or receipts,
// which are nobody.
func IsOrderWord(header string) bool {
	return contains([]string{"order", "invoice", "receipt", "transaction", "basket", "ticket", "docno", "document", "billno", "checkno", "voucher", "slip", "bestell", "auftrag", "rechnung", "beleg", "commande", "facture", "pedido", "factura", "fattura", "ordine", "fatura", "factuur", "订单", "发票", "小票", "流水", "注文", "伝票"}, normal(header)) &&
		!contains([]string{"customer", "buyer", "client", "member", "user"}, normal(header))
}

// IsPlainAmount reports whether a header is made of nothing but words of what an
// order was worth: Gross Order Amount.
func IsPlainAmount(header string) bool {
	word := normal(header)
	for _, part := range []string{
		"subtotal", "total", "gross", "net", "order", "item", "line", "sales", "sale", "paid", "final", "invoice", "transaction", "basket", "cart", "purchase",
		"product", "base", "订单", "实付", "实收", "金额", "商品", "总", "支付", "付款", "成交", "销售", "买家", "消费", "应收", "商家", "local", "currency", "amount", "value", "price", "revenue", "sum", "spend", "grand", "customer", "payment", "charged", "billed", "actual", "of", "in",
	} {
		word = strings.ReplaceAll(word, part, "")
	}
	return word == ""
}

// IsAmount reports whether a header names what an order was worth.
func IsAmount(header string) bool { return slices.Contains(wordsOf(Amount), normal(header)) }

// Counts reports whether a header says that its numbers count pieces.
func Counts(header string) bool {
	return contains([]string{"qty", "quantity", "quantité", "menge", "anzahl", "cantidad", "quantit", "aantal", "units", "pieces", "数量", "件数", "個数"}, normal(header))
}

// IsQuantity reports whether a header names a quantity.
func IsQuantity(header string) bool { return slices.Contains(wordsOf(Quantity), normal(header)) }
