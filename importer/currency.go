package importer

import (
	"slices"
	"strings"
	"unicode/utf8"

	"strata/importer/mapping"
	"strata/importer/parse"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// settleCurrency takes the currency from the header of the money, from a column
// of its own, or from the signs at the amounts, over the whole file.
func (r *reading) settleCurrency() {
	p := r.plan
	if p.said.currency {
		said := p.Currency
		p.Currency = ""
		r.settleCurrencies()
		if p.Currency != "" && p.Currency != said {
			p.warn("other-currency", "the file says {currency}, but --currency says {said}; nothing was converted", "currency", p.Currency, "said", said)
		}
		p.Currency = said
		return
	}
	r.settleCurrencies()
}

// settleCurrencies takes what the file itself says of its currency, and tells of
// several.
func (r *reading) settleCurrencies() {
	p := r.plan
	if p.Currency = p.headerCurrency(); p.Currency != "" {
		return
	}
	found := make(map[string]int64)
	written := make(map[string][]string) // as the column has them
	column := ""
	for _, w := range r.watch(func(_ string, distinct int) bool { return distinct <= 4*mostWords }) {
		if mapping.IsCurrency(w.name) || w.ofCurrencies() {
			column = w.name
			for i, word := range w.words {
				if w.rows[i] == 0 {
					continue
				}
				if word == "" {
					word = noCurrency
				}
				upper := strings.ToUpper(word)
				found[upper] += w.rows[i]
				written[upper] = append(written[upper], word)
			}
			break
		}
	}
	if column == "" {
		for _, c := range r.table.currencies {
			if currency := mapping.Currency(c.word); currency != "" {
				found[currency] += c.count
			}
		}
	}
	if len(found) == 1 {
		for currency := range found {
			if currency != strings.ToUpper(noCurrency) && isCurrency(currency) {
				p.Currency = currency
			}
		}
		return
	}
	p.Currency = ""
	if len(found) > 1 {
		r.tellCurrencies(column, found, written)
	}
}

// isCurrency reports whether a text can be a currency: a code, a sign or a short
// word that can be shown as it is, or nothing.
func isCurrency(text string) bool {
	const most = 12 // letters
	return model.Printable(text) == text && utf8.RuneCountInString(text) <= most
}

// noCurrency stands for rows whose currency is empty.
const noCurrency = "none"

// ofCurrencies reports whether nearly all values are codes of currencies, a
// usual one among them.
func (w *watched) ofCurrencies() bool {
	all, _, _ := w.count(func(string) bool { return true })
	codes, _, _ := w.count(func(word string) bool { return parse.IsCurrencyCode([]byte(strings.ToUpper(word))) })
	usual, _, _ := w.count(func(word string) bool {
		return slices.Contains([]string{"USD", "EUR", "GBP", "CNY", "RMB", "JPY", "CHF", "CAD", "AUD", "INR", "HKD"}, strings.ToUpper(word))
	})
	return usual > 0 && codes*10 >= all*9
}

func (r *reading) tellCurrencies(column string, found map[string]int64, written map[string][]string) {
	var c census
	for currency, rows := range found {
		c.addMany(currency, nil, rows)
	}
	var parts []string
	most := ""
	for _, of := range c.sorted() {
		name := of.word
		if name == strings.ToUpper(noCurrency) {
			name = "none"
		} else if most == "" {
			most = name
		}
		parts = append(parts, catalogue.T("{currency} in {rows}", "currency", name, "rows", words.Plural(of.count, "row", "rows")))
	}
	remedy := catalogue.T("give one file for each currency")
	if column != "" {
		remedy = catalogue.T("{filter} selects one of them", "filter", filter(column, "=", slices.Sorted(slices.Values(written[most]))))
	}
	r.plan.warn("mixed-currencies", "the amounts are in several currencies ({currencies}) and are added up without conversion: {remedy}", "currencies", strings.Join(parts, ", "), "remedy", remedy)
}
