package model

import (
	"slices"
	"strconv"
	"strings"

	"strata/model/catalogue"
)

// ReturnsPolicy says how returned goods count.
type ReturnsPolicy string

// The returns policies.
const (
	ReturnsNet    ReturnsPolicy = "net"    // value is reduced; a return is neither an order nor a sign of life
	ReturnsIgnore ReturnsPolicy = "ignore" // returned value is left out altogether
	ReturnsOrders ReturnsPolicy = "orders" // a credit note counts as an order, and reduces value
)

// ZeroPolicy says whether orders worth nothing count.
type ZeroPolicy string

// The zero policies. Under net and ignore an order is worth nothing when its
// purchases are; under orders when purchases and returns both are.
const (
	ZeroKeep ZeroPolicy = "keep"
	ZeroDrop ZeroPolicy = "drop"
)

// FrequencyMeasure says what frequency counts.
type FrequencyMeasure string

// The frequency measures. PerMonth is orders ÷ months since the first order
// within the window (at least [Spec.MonthsAtLeast]), in ten-thousandths; the
// others are counts.
const (
	FrequencyOrders   FrequencyMeasure = "orders"
	FrequencyDays     FrequencyMeasure = "days"      // distinct order days
	FrequencyMonths   FrequencyMeasure = "months"    // distinct calendar months with an order
	FrequencyPerMonth FrequencyMeasure = "per-month" // ten-thousandths of an order per month
)

// MonetaryMeasure says what monetary is.
type MonetaryMeasure string

// The monetary measures, in ten-thousandths of currency.
const (
	MonetarySum    MonetaryMeasure = "sum"
	MonetaryMean   MonetaryMeasure = "mean"   // per order, rounded half to even
	MonetaryMargin MonetaryMeasure = "margin" // value less cost; needs a cost column
)

// Window is how far back orders count, ending at as-of. The zero value is the
// whole history.
type Window struct {
	Months int
	Days   int
}

// All reports whether the window is the whole history.
func (w Window) All() bool { return w == Window{} }

// From returns the first day inside a window that ends before asOf, and false
// when there is no limit.
func (w Window) From(asOf Day) (Day, bool) {
	switch {
	case w.Months > 0:
		return asOf.AddMonths(-w.Months), true
	case w.Days > 0:
		return asOf - Day(w.Days), true
	}
	return NoDay, false
}

// String writes the window as flags and schemes do: all, 12m, 365d.
func (w Window) String() string {
	switch {
	case w.Months > 0:
		return strconv.Itoa(w.Months) + "m"
	case w.Days > 0:
		return strconv.Itoa(w.Days) + "d"
	}
	return "all"
}

// ParseWindow reads all, 12m or 365d.
func ParseWindow(s string) (Window, error) {
	if s == "all" || s == "" {
		return Window{}, nil
	}
	n, err := strconv.Atoi(s[:len(s)-1])
	if err == nil && n > 0 && n <= 100_000 {
		switch s[len(s)-1] {
		case 'm':
			return Window{Months: n}, nil
		case 'd':
			return Window{Days: n}, nil
		}
	}
	return Window{}, Errorf(Usage, "{text:q} is not a window", "text", s).WithHint("use all, months like 12m, or days like 365d")
}

// Condition is one filter: an attribute equals (or, with Not, does not equal)
// one of Values. A name that customers and orders or lines have needs Subject;
// one that orders and lines have means that of the line or, where the line has
// no value, of its order. A condition on lines selects lines: an order is then what its
// lines are that meet all such conditions, and does not count without one.
type Condition struct {
	Subject   Subject // OfOrder, OfCustomer, OfLine, or "" where the name is unambiguous
	Attribute string
	Not       bool
	Values    []string
}

// ParseCondition reads region=East, order.channel!=web, line.sku=A or
// region=East|West.
// Blanks around the operator and quotes around a value are taken off.
func ParseCondition(s string) (Condition, error) {
	name, value, ok := strings.Cut(s, "=")
	if !ok || strings.TrimSpace(strings.TrimSuffix(name, "!")) == "" {
		return Condition{}, Errorf(Usage, "{text:q} is not a filter", "text", s).WithHint("write attribute=value, like region=East")
	}
	c := Condition{Not: strings.HasSuffix(name, "!")}
	name = strings.TrimSpace(strings.TrimSuffix(name, "!"))
	for _, subject := range []Subject{OfOrder, OfCustomer, OfLine} {
		if of, ok := strings.CutPrefix(name, string(subject)+"."); ok {
			c.Subject, name = subject, of
			break
		}
	}
	c.Attribute = name
	for v := range strings.SplitSeq(value, "|") {
		v = strings.TrimSpace(v)
		if len(v) >= 2 && v[0] == '"' && v[len(v)-1] == '"' {
			v = v[1 : len(v)-1]
		}
		c.Values = append(c.Values, v)
	}
	return c, nil
}

// String writes the condition as ParseCondition reads it.
func (c Condition) String() string {
	s := c.Attribute
	if c.Subject != "" {
		s = string(c.Subject) + "." + s
	}
	if c.Not {
		s += "!"
	}
	return s + "=" + strings.Join(c.Values, "|")
}

// Words writes the condition for people, without its subject: region = East,
// region = East or West, region is not East.
func (c Condition) Words() string {
	values := make([]string, len(c.Values))
	for i, v := range c.Values {
		if values[i] = v; v == "" {
			values[i] = catalogue.T("empty")
		}
	}
	is := " = "
	if c.Not {
		is = catalogue.T(" is not ")
	}
	return c.Attribute + is + strings.Join(values, catalogue.T(" or "))
}

// Spec says what is measured: the part of a scheme that needs the orders.
type Spec struct {
	AsOf      Day // NoDay: the day after the last order that counts under the policies
	Window    Window
	Where     []Condition // all must hold
	Returns   ReturnsPolicy
	Zero      ZeroPolicy
	Frequency FrequencyMeasure
	Monetary  MonetaryMeasure
	// LeastMonths is by how many months orders per month are divided at the least,
	// 0 for the default; see [Spec.MonthsAtLeast].
	LeastMonths int
}

// DefaultLeastMonths is by how many months orders per month are divided at the
// least where nobody asked for another number: one order last week is no rhythm
// of four a month.
const DefaultLeastMonths = 3

// MostLeastMonths bounds [Spec.LeastMonths]: fifty years.
const MostLeastMonths = 600

// MonthsAtLeast returns by how many months orders per month are divided at the
// least.
func (s Spec) MonthsAtLeast() int {
	if s.LeastMonths == 0 {
		return DefaultLeastMonths
	}
	return s.LeastMonths
}

// DefaultSpec is the spec of the scheme ten: returns net, zero-value orders
// kept, whole history, orders counted, value summed.
func DefaultSpec() Spec {
	return Spec{
		AsOf: NoDay, Returns: ReturnsNet, Zero: ZeroKeep,
		Frequency: FrequencyOrders, Monetary: MonetarySum, LeastMonths: DefaultLeastMonths,
	}
}

// Equal reports whether both specs measure the same.
func (s Spec) Equal(t Spec) bool {
	sameCondition := func(a, b Condition) bool {
		return a.Subject == b.Subject && a.Attribute == b.Attribute && a.Not == b.Not && slices.Equal(a.Values, b.Values)
	}
	return s.AsOf == t.AsOf && s.Window == t.Window && slices.EqualFunc(s.Where, t.Where, sameCondition) &&
		s.Returns == t.Returns && s.Zero == t.Zero && s.Frequency == t.Frequency && s.Monetary == t.Monetary &&
		(s.Frequency != FrequencyPerMonth || s.MonthsAtLeast() == t.MonthsAtLeast())
}

// Scale returns how many stored units make one shown unit of a measure: Unit
// for money and for orders per month, else 1.
func (s Spec) Scale(a Axis) int64 {
	if a == Monetary || a == Frequency && s.Frequency == FrequencyPerMonth {
		return Unit
	}
	return 1
}
