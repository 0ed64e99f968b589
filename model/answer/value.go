// Package answer is what strata has found out, as plain data: fields, tables and
// sentences under stable keys, each figure with what it counts. A document is made
// once, by who knows what the figures mean; the packages below write it as text,
// CSV, JSON, Markdown and HTML, and know nothing of what they write.
package answer

import (
	"strconv"
	"strings"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// Value is one figure or text, with what it counts. The zero Value is missing: null
// in JSON, nothing in CSV, a dash for people. It points at nothing but its texts, so
// that rows of values cost no garbage.
type Value struct {
	kind     kind
	asString bool // JSON has a decimal as a string
	untold   bool // people read nothing
	partial  bool // of a time that is not over
	apart    bool // it has no place on the scale of those beside it
	n, of    int64
	f        float64
	s        string
	as       As
	told     string // for people, where that is not how programs are told
}

type kind uint8

const (
	missing kind = iota
	text
	flag
	count
	money
	share   // n ÷ of
	number  // a float that is no share: a mean, an index
	decimal // a decimal written as it stands: a cut
)

// As is how people are told an amount.
type As uint8

// An amount is told in brief, on the scale of its column, or to the hundredth.
const (
	Brief As = iota
	Scaled
	Exact
)

// Text is a text as it stands.
func Text[S ~string](s S) Value { return Value{kind: text, s: string(s)} }

// Flag is yes or no.
func Flag(b bool) Value {
	v := Value{kind: flag}
	if b {
		v.n = 1
	}
	return v
}

// Count is a whole number of something.
func Count[N ~int | ~int8 | ~int16 | ~int32 | ~int64](n N) Value {
	return Value{kind: count, n: int64(n)}
}

// Money is an amount, told in brief.
func Money(m model.Money) Value { return Value{kind: money, n: int64(m)} }

// Share is part ÷ whole; missing where that is no share, see [model.Share].
func Share[N ~int64](part, whole N) Value {
	if _, ok := model.Share(int64(part), int64(whole)); !ok {
		return Value{}
	}
	return Value{kind: share, n: int64(part), of: int64(whole)}
}

// Number is a float: a mean, an index.
func Number(f float64) Value { return Value{kind: number, f: f} }

// Decimal is a decimal written as it stands: in JSON a number, or a string where it
// is money.
func Decimal(s string, isMoney bool) Value { return Value{kind: decimal, s: s, asString: isMoney} }

// If is v where it is so, and missing otherwise.
func If(ok bool, v Value) Value {
	if ok {
		return v
	}
	return Value{}
}

// Absent is a missing value that people read as a text, which says why.
func Absent(why string) Value { return Value{told: why} }

// As returns an amount, told otherwise.
func (v Value) As(as As) Value { v.as = as; return v }

// Told returns the value, told to people as a text says; programs have it as it is.
func (v Value) Told(text string) Value { v.told = text; return v }

// Untold returns the value, of which people read nothing, not even a dash.
func (v Value) Untold() Value { v.told, v.untold = "", true; return v }

// Partial returns the value as one of a time that is not over: people read a * before
// it, and no size of others is compared with it.
func (v Value) Partial() Value { v.partial = true; return v }

// IsPartial reports whether the value is of a time that is not over.
func (v Value) IsPartial() bool { return v.partial }

// OrNothing is v, of which people read nothing where it is missing.
func (v Value) OrNothing() Value {
	if v.Missing() && v.told == "" {
		return v.Untold()
	}
	return v
}

// OrZero is v, and 0 where it is missing.
func (v Value) OrZero() Value {
	if v.Missing() {
		return Value{kind: number, told: v.told}
	}
	return v
}

// Missing reports whether there is no figure.
func (v Value) Missing() bool { return v.kind == missing }

// IsText reports whether the value is a text, which a spreadsheet could take for a
// formula.
func (v Value) IsText() bool { return v.kind == text }

// IsString reports whether JSON has the value as a string: a text, or money.
func (v Value) IsString() bool {
	return v.kind == text || v.kind == money || v.kind == decimal && v.asString
}

// Float returns what JSON writes in its shortest form, and false for any other value.
func (v Value) Float() (float64, bool) {
	switch v.kind {
	case share:
		return float64(v.n) / float64(v.of), true
	case number:
		return v.f, true
	}
	return 0, false
}

// Short writes a share in as little room as there can be: a whole number of percent, of
// which a title has to say that it is one. False for any other value.
func (v Value) Short() (string, bool) {
	if v.kind != share || v.told != "" || v.untold {
		return "", false
	}
	text := strings.TrimSuffix(words.ShareTo(v.n, v.of, 0), "%")
	if v.partial {
		text = "*" + text
	}
	return text, true
}

// Apart returns the figure as one that has no place on the scale of those beside it: their
// total would leave no room on it, one of very few customers is chance.
func (v Value) Apart() Value { v.apart = true; return v }

// Size returns how large a figure is beside others of its kind, and false for what is
// no figure, and for one that is apart.
func (v Value) Size() (float64, bool) {
	if v.apart {
		return 0, false
	}
	switch v.kind {
	case count, money:
		return float64(v.n), true
	}
	return v.Float()
}

// Plain writes a value for programs, "" where it is missing.
func (v Value) Plain() string {
	switch v.kind {
	case flag:
		return strconv.FormatBool(v.n == 1)
	case count:
		return strconv.FormatInt(v.n, 10)
	case money:
		return model.Money(v.n).String()
	case share, number:
		f, _ := v.Float()
		return strconv.FormatFloat(f, 'f', -1, 64)
	}
	return v.s
}

// None is what people read where there is no figure.
const None = "–"

// ForPeople writes a value for people, an amount with the symbol of its currency
// and, if it is to be [Scaled], on a scale.
func (v Value) ForPeople(scale words.Scale, symbol string) string {
	if v.partial {
		v.partial = false
		if v.Missing() { // nothing is not of a time that is not over
			return v.ForPeople(scale, symbol)
		}
		return "*" + v.ForPeople(scale, symbol)
	}
	if v.told != "" || v.untold {
		return v.told
	}
	switch v.kind {
	case missing:
		return None
	case count:
		return words.Count(v.n)
	case share:
		return words.Share(v.n, v.of)
	case number:
		return words.Index(v.f)
	case decimal:
		return words.Decimal(v.s)
	case flag:
		return map[int64]string{0: catalogue.T("no"), 1: catalogue.T("yes")}[v.n]
	case money:
		switch v.as {
		case Scaled:
			return scale.Money(model.Money(v.n), symbol)
		case Exact:
			return words.Amount(model.Money(v.n), symbol)
		}
		return words.Brief(model.Money(v.n), symbol)
	}
	return v.s
}
