package sqlite

import (
	"cmp"
	"slices"
	"sort"
	"time"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// This file says what becomes of orders that are there already, and tells it.

// settleOverlap keeps, leaves out or refuses what of an arrival is there
// already, as its intake says. Error: Exists, where it brings nothing new.
func (l *loader) settleOverlap(a *arrival) (*arrival, error) {
	in := a.intake
	o, err := l.columns.overlap(l.ctx, a)
	if err != nil || o.count() == 0 {
		return a, err
	}
	from, err := l.holders(&o)
	if err != nil {
		return nil, err
	}
	orders := len(in.OrderDay)
	dropped := in.Overlap == model.OverlapDropped
	if in.Overlap != model.OverlapAgain && (a.joining == nil || len(a.joining.order) == 0) && (o.all(orders) || dropped && o.count() == orders) {
		return nil, l.nothingNew(in, &o, from)
	}
	if n := o.byKey; n > 0 {
		l.warn("orders-repeated", "orders of {file} already brought by {names}: {count}, matched by customer and order id{examples}{consequence}", "file", fileName(in), "names", from.names(), "count", partOf(n, orders), "examples", o.suchAs(in), "consequence", o.consequence(in))
	}
	if n := o.alike; n > 0 {
		l.warn("orders-alike", "orders of {file} that {names} may have brought already: {count}, with the same customer, day and value, {days}; {consequence}", "file", fileName(in), "names", from.names(), "count", partOf(n, orders), "days", o.days(), "consequence", perhaps[in.Overlap])
	}
	if !dropped {
		return a, nil
	}
	rest, err := without(in, o.repeated)
	if err != nil {
		return nil, err
	}
	if a.joining == nil {
		rest.Source.Repeated = 0
	}
	for i, repeated := range o.repeated {
		if repeated {
			rest.Source.Repeated += int64(in.OrderLines[i])
		}
	}
	left := newArrival(rest, l.columns)
	left.joining = a.joining
	return left, nil
}

// perhaps says what was done with orders that may be the same.
var perhaps = map[model.Overlap]string{
	model.OverlapKept:    catalogue.T("they are imported, and count twice if they are the same; --overlap drop leaves them out"),
	model.OverlapAgain:   catalogue.T("they are imported, and count twice if they are the same"),
	model.OverlapDropped: catalogue.T("they are left out; omit --overlap drop if they are different orders"),
}

// suchAs says which days the orders are of, and names one of them.
func (o *overlap) suchAs(in *model.Intake) string {
	key := in.OrderKeys.At(int(o.such))
	if key == "" {
		return ", " + o.days()
	}
	return catalogue.T(", {days}, such as {key:q} of customer {customer:q}", "days", o.days(), "key", key, "customer", in.Customers.At(int(in.OrderCustomer[o.such])))
}

// consequence says what was done with orders that are the same, and which of
// them are not quite.
func (o *overlap) consequence(in *model.Intake) string {
	differ := ""
	if o.changed > 0 {
		differ = catalogue.T("; with another day or value there: {changed} (changed since, or these are further rows of the same orders)", "changed", words.Count(int64(o.changed)))
	}
	switch in.Overlap {
	case model.OverlapDropped:
		return differ + catalogue.T("; they are left out")
	case model.OverlapAgain:
		return differ + catalogue.T("; they are imported and count twice")
	}
	return differ + catalogue.T("; they are imported and count twice; --overlap drop imports only the new ones")
}

// days says which days the repeated orders are of.
func (o *overlap) days() string {
	if o.first == o.last {
		return catalogue.T("on {day}", "day", o.first)
	}
	return catalogue.T("{first} to {last}", "first", o.first, "last", o.last)
}

// partOf writes 12 of 48 (25.0%).
func partOf(n, whole int) string {
	return catalogue.T("{count} of {whole} ({share})", "count", words.Count(int64(n)), "whole", words.Count(int64(whole)), "share", words.Share(n, whole))
}

// nothingNew refuses a file all of whose orders are there.
func (l *loader) nothingNew(in *model.Intake, o *overlap, from holders) error {
	by := catalogue.T("customer and order id")
	if o.alike > 0 {
		by = catalogue.T("customer, day and value")
	}
	count := catalogue.T("its only order")
	if n := o.count(); n > 1 {
		count = catalogue.T("all {orders} of them", "orders", words.Count(int64(n)))
	}
	day := ""
	if len(from) > 0 {
		day = from[0].ImportedAt.Format(time.DateOnly)
	}
	known := []any{"file", fileName(in), "names", from.names(), "day", day, "count", count, "days", o.days(), "by", by}
	err := model.Errorf(model.Exists, "the orders of {file} are in the workspace already, from {names}: {count}, {days}, matched by {by}", known...)
	ours := func(s model.Source) bool {
		return s.ID == 0 || slices.ContainsFunc(l.sources, func(stored model.Source) bool { return stored.ID == s.ID })
	}
	switch {
	case !slices.ContainsFunc(from, func(s model.Source) bool { return !ours(s) }): // of one command
		err = model.Errorf(model.Exists, "the orders of {file} are in {names} too: {count}, {days}, matched by {by}", known...)
	case len(from) == 1:
		err = model.Errorf(model.Exists, "the orders of {file} are in the workspace already, imported on {day} as {names}: {count}, {days}, matched by {by}", known...)
	}
	return err.WithHint("--again imports them a second time on purpose")
}

// holders are the sources that brought some orders.
type holders []model.Source

func (h holders) names() string {
	var names []string
	for _, s := range h {
		names = append(names, nameOf(s.Path))
	}
	const enough = 2
	if len(names) > enough {
		names = append(names[:enough], catalogue.T("others"))
	}
	return words.And(names)
}

// holders finds the sources that brought orders of the columns, oldest first.
func (l *loader) holders(o *overlap) (holders, error) {
	var found holders
	for _, order := range o.held {
		ordinal := sort.Search(l.columns.customers(), func(c int) bool { return l.columns.start[c+1] > order })
		s, err := l.holder(int32(ordinal), order)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(found, func(x model.Source) bool { return x.ID == s.ID && x.Path == s.Path }) {
			found = append(found, s)
		}
	}
	return found, nil
}

// holder finds the source that brought an order of the columns: one of those
// in the tables or, where rows are only gathered, of those stored before it.
func (l *loader) holder(ordinal, order int32) (model.Source, error) {
	for _, a := range l.arrived {
		if a.has(ordinal, l.columns, order) {
			return a.intake.Source, nil
		}
	}
	if l.stored == nil {
		return model.Source{Path: catalogue.T("an earlier file")}, nil
	}
	sources, err := readSources(l.ctx, l.stored, l.old)
	if err != nil {
		return model.Source{}, err
	}
	brought, err := readBrought(l.ctx, l.stored, int64(cmp.Or(l.old, correctionStep)))
	if err != nil {
		return model.Source{}, err
	}
	number := l.columns.numberOf(order)
	for i, b := range brought {
		if number < b.orders {
			return sources[i], nil
		}
		number -= b.orders
	}
	return model.Source{}, damaged("an order of customer {ordinal} belongs to no file", "ordinal", ordinal+1)
}

// has reports whether an order of the columns is one of the arrival's.
func (a *arrival) has(ordinal int32, c *columns, order int32) bool {
	in := a.intake
	local := slices.Index(a.ordinal, ordinal)
	if local < 0 {
		return false
	}
	from, _ := slices.BinarySearch(in.OrderCustomer, int32(local))
	for i := from; i < len(in.OrderCustomer) && in.OrderCustomer[i] == int32(local); i++ {
		sameKey := in.OrderKeys.Len() == 0 && c.keyOf(order) == "" || in.OrderKeys.Len() > 0 && in.OrderKeys.At(i) == c.keyOf(order)
		if sameKey && c.compareOrders(order, in.OrderDay[i], in.OrderValue[i], returnedOf(in, int32(i))) == 0 {
			return true
		}
	}
	return false
}

// keyOf is the id of an order, "" without.
func (c *columns) keyOf(order int32) string {
	if c.orderKeys.Len() == 0 {
		return ""
	}
	return c.orderKeys.At(int(order))
}
