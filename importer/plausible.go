package importer

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"strata/importer/mapping"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// tellOddPeople warns of customers that may be nobody: with far more rows than
// the others, or with a key that is written otherwise than nearly all.
func (r *reading) tellOddPeople(intake *model.Intake) {
	rows := make([]int64, intake.Customers.Len())
	all := int64(0)
	for o, c := range intake.OrderCustomer {
		rows[c] += int64(intake.OrderLines[o])
		all += int64(intake.OrderLines[o])
	}
	name := r.plan.Columns[r.plan.Column(mapping.Customer)].Name
	told := make(map[int]bool)
	r.tellDamaged(intake, name)
	if odd := oddKeys(&intake.Customers); len(odd) > 0 {
		var parts []string
		for _, c := range odd {
			told[c] = true
			parts = append(parts, catalogue.T("{customer:q} with {rows}", "customer", intake.Customers.At(c), "rows", words.Plural(rows[c], "row", "rows")))
		}
		r.plan.warn("odd-customers", "some values in {column:q} are unlike nearly all others ({values}): check that they are customers, and not totals, tills or guests", "column", name, "values", strings.Join(parts, ", "))
	}
	for c, n := range rows {
		if dominates(n, all, int64(len(rows))) && !told[c] {
			r.plan.warn("dominant-customer", "customer {customer:q} has {count} of the {all} rows: check that it is one customer, and not guests or a till", "customer", intake.Customers.At(c), "count", words.Count(n), "all", words.Count(all))
		}
	}
}

// tellDamaged warns of keys that are not what identifies a customer: names that
// another program has read in a wrong encoding, masked numbers, whole records; and of
// those of customers and orders with a stray quotation mark.
func (r *reading) tellDamaged(intake *model.Intake, customer string) {
	r.tellKeys("garbled-keys", &intake.Customers, customer, func(key []byte) bool {
		return bytes.Contains(key, []byte("Ã")) || bytes.Contains(key, []byte("â€")) || bytes.ContainsRune(key, utf8.RuneError)
	}, "keys of {column:q} that look as if another program had read them in a wrong encoding: {count}, like {example:q}; one customer may appear twice")
	r.tellKeys("masked-keys", &intake.Customers, customer, func(key []byte) bool {
		return bytes.Contains(key, []byte("***")) || bytes.Contains(key, []byte("••")) || bytes.HasPrefix(bytes.ToLower(key), []byte("xxxx"))
	}, "keys of {column:q} that are masked: {count}, like {example:q}; different customers may count as one")
	r.tellKeys("record-keys", &intake.Customers, customer, func(key []byte) bool {
		return len(key) > 1 && (key[0] == '{' || key[0] == '[')
	}, "keys of {column:q} that are whole records and not keys: {count}, like {example:q}; one customer may count as many")
	stray := func(key []byte) bool { return bytes.Count(key, []byte{'"'})%2 != 0 }
	r.tellKeys("quoted-keys", &intake.Customers, customer, stray, "keys of {column:q} with a stray quotation mark: {count}, like {example:q}; one customer may appear twice, once without it")
	if order := r.plan.Column(mapping.Order); order >= 0 {
		r.tellKeys("quoted-orders", &intake.OrderKeys, r.plan.Columns[order].Name, stray, "keys of {column:q} with a stray quotation mark: {count}, like {example:q}; one order may count as two")
	}
}

// tellKeys warns of the keys of a column that are not sound.
func (r *reading) tellKeys(code string, keys *model.Strings, column string, unsound func(key []byte) bool, entry string) {
	n, example := int64(0), ""
	for i := range keys.Len() {
		if key := keys.Slice(i); len(key) > 0 && unsound(key) {
			if n++; example == "" || string(key) < example {
				example = string(key)
			}
		}
	}
	if n > 0 {
		r.plan.warn(code, entry, "column", column, "count", words.Count(n), "example", clip(example, 60))
	}
}

// dominates reports whether one of so many customers has more of all rows than
// a customer is likely to.
func dominates(n, all, customers int64) bool {
	const enough = 20
	return n >= enough && (n*20 >= all && n*customers >= 10*all || n*10 >= all && n*customers >= 4*all)
}

// oddKeys returns the few customers whose keys are written otherwise than nearly
// all others; none where the keys are of many kinds.
func oddKeys(keys *model.Strings) []int {
	const enough, share, few = 8, 20, 5
	n := keys.Len()
	if n < enough {
		return nil
	}
	counts := make(map[string]int)
	for i := range n {
		if counts[shapeOf(keys.Slice(i))]++; len(counts) > few+1 {
			return nil
		}
	}
	usual, most := "", 0
	for shape, count := range counts {
		if count > most || count == most && shape < usual {
			usual, most = shape, count
		}
	}
	if odd := n - most; odd == 0 || odd > few || odd*share > n && odd > 2 {
		return nil
	}
	var odd []int
	for i := range n {
		if shapeOf(keys.Slice(i)) != usual {
			odd = append(odd, i)
		}
	}
	return odd
}

// shapeOf writes how a key is written: letters, digits, an address of mail, or
// something of several kinds.
func shapeOf(key []byte) string {
	letters, digits, other := false, false, false
	for at := 0; at < len(key); {
		c, size := utf8.DecodeRune(key[at:])
		at += size
		switch {
		case c == '@':
			return "@"
		case unicode.IsDigit(c):
			digits = true
		case unicode.IsLetter(c):
			letters = true
		case c != ' ' && c != '-' && c != '.' && c != '_' && c != '/' && c != '\'' && c != ',' && c != '&' && c != '+':
			other = true
		}
	}
	switch {
	case digits && letters:
		return "a9"
	case digits:
		return "9"
	case letters && !other:
		return "a"
	}
	return "?"
}

// lookAlikes counts the keys that differ from another by no more than letter
// case, leading zeros or the way to write a phone number; of very many keys none,
// since it would be felt.
func lookAlikes(keys *model.Strings) (count int64, example string) {
	if keys.Len() > sharedLimit {
		return 0, ""
	}
	seen := make(map[string]string, keys.Len()) // the first key, by what it is alike in
	for i := range keys.Len() {
		key := string(keys.Slice(i))
		alike := likeness(key)
		first, ok := seen[alike]
		if !ok {
			seen[alike] = key
			continue
		}
		if first == key { // an order id of several customers
			continue
		}
		if least := min(first, key); count == 0 || least < example {
			example = least
		}
		count++
	}
	return count, example
}

// likeness is what keys have in common that people take for one another.
func likeness(key string) string {
	const phoneDigits, enough = 9, 8
	digits := strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' {
			return c
		}
		return -1
	}, key)
	switch other := len(key) - len(digits); {
	case other == 0:
		return strings.TrimLeft(key, "0")
	case other > 0 && strings.ContainsFunc(key, isLookAlike):
		return strings.ToLower(strings.Map(latin, key))
	case len(digits) >= enough && strings.Trim(key, "0123456789+-() ./") == "" && (key[0] == '+' || key[0] == '0' || key[0] == '('):
		return "phone " + digits[max(0, len(digits)-phoneDigits):]
	}
	return strings.ToLower(key)
}

// The capitals of Greek and Cyrillic that look like Latin ones, and the small
// letters of Cyrillic that do.
const (
	lookAlikeLetters = "АВЕКМНОРСТХУаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"
	latinLetters     = "ABEKMHOPCTXYaeopcyxijsABEZHIKMNOPTYX"
)

func isLookAlike(c rune) bool { return strings.ContainsRune(lookAlikeLetters, c) }

func latin(c rune) rune {
	if i := strings.IndexRune(lookAlikeLetters, c); i >= 0 {
		return rune(latinLetters[utf8.RuneCountInString(lookAlikeLetters[:i])])
	}
	return c
}
