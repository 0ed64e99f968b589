package sqlite

import (
	"cmp"
	"slices"

	"strata/model"
	"strata/model/words"
)

// This file finds what corrections correct, and what of them came in before.

// correcting is what corrections of one source meet.
type correcting struct {
	source   model.Source // that is corrected
	kin      []kin        // that source, and the corrections of it so far
	accepted int64        // rows of these corrections
	seen     map[fragment]int
}

// kin is a source whose orders corrections may join: those numbered from, from+1, ….
type kin struct {
	source       int64
	first        int64 // id of the order numbered from
	from, orders int64
}

// fragment is what a file of corrections has of one order.
type fragment struct {
	customer              int32
	key                   string
	day                   model.Day
	value, returned, cost model.Money
	flags                 model.OrderFlag
	lines                 int32
}

// correcting finds what is known of the source that an intake corrects.
func (l *loader) correcting(in *model.Intake) (*correcting, error) {
	print := in.Source.Corrects
	if c := l.corrections[print]; c != nil {
		return c, nil
	}
	notThere := model.Errorf(model.NotFound, "{file} has corrections for a file that is not in the workspace", "file", fileName(in)).
		WithHint("import that file first; without the line `corrects:` in the plan the rows are treated as a file of their own")
	if l.stored == nil {
		return nil, notThere
	}
	sources, err := readSources(l.ctx, l.stored, l.old)
	if err != nil {
		return nil, err
	}
	brought, err := readBrought(l.ctx, l.stored, int64(cmp.Or(l.old, correctionStep)))
	if err != nil {
		return nil, err
	}
	c := &correcting{seen: map[fragment]int{}}
	from := int64(0)
	for i, s := range sources {
		k := kin{source: s.ID, first: brought[i].first, from: from, orders: brought[i].orders}
		from += k.orders
		switch {
		case s.Corrects == print:
			c.accepted += s.Accepted - s.Repeated
		case s.Fingerprint != print || c.source.ID != 0:
			continue
		default:
			c.source = s
		}
		c.kin = append(c.kin, k)
	}
	if c.source.ID == 0 {
		return nil, notThere
	}
	if err := l.readFragments(c); err != nil {
		return nil, err
	}
	if err := l.fitCorrections(c); err != nil {
		return nil, err
	}
	if l.corrections == nil {
		l.corrections = map[string]*correcting{}
	}
	l.corrections[print] = c
	return c, nil
}

// readFragments reads what earlier corrections brought.
func (l *loader) readFragments(c *correcting) error {
	if lacks(l.old, correctionStep) {
		return nil
	}
	rows, err := l.stored.QueryContext(l.ctx, `
		SELECT o.customer_id - 1, coalesce(o.order_key, ''), f.day, f.value_e4, f.returned_e4, coalesce(f.cost_e4, 0), f.flags, f.lines
		FROM correction f JOIN orders o ON o.id = f.order_id JOIN source s ON s.id = f.source_id
		WHERE s.corrects = ?`, c.source.Fingerprint)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var f fragment
		if err := rows.Scan(&f.customer, &f.key, &f.day, &f.value, &f.returned, &f.cost, &f.flags, &f.lines); err != nil {
			return err
		}
		c.seen[f]++
	}
	return rows.Err()
}

// fitCorrections makes sure that what earlier corrections brought is as it was
// written. Error: Corrupt.
func (l *loader) fitCorrections(c *correcting) error {
	if lacks(l.old, rowSealStep) {
		return nil
	}
	for _, k := range c.kin {
		sealed, ok, err := sealOf(l.ctx, l.stored, sealedCorrections.name(k.source))
		if err != nil {
			return err
		}
		sum, err := sealedCorrections.sum(l.ctx, l.stored, &catalog{}, brought{source: k.source})
		if err != nil {
			return err
		}
		if ok && int64(sum) != sealed {
			return damaged("the corrections of source {source} are not as they were written", "source", k.source)
		}
	}
	return nil
}

// pickAttributes leaves the columns that the corrected source has, where it has
// them: a column of its lines may be one of orders in other files, or none.
func (l *loader) pickAttributes(c *correcting, in *model.Intake) error {
	ofOrders := map[string]bool{} // what orders of the source have, or would have if it were filled
	rows, err := l.stored.QueryContext(l.ctx, "SELECT name, column_name, source_id FROM attribute WHERE subject = ?", string(model.OfOrder))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var name, column string
		var source int64
		if err := rows.Scan(&name, &column, &source); err != nil {
			return err
		}
		ofOrders[name] = source == c.source.ID || l.columns.filled(column, c.has)
	}
	picked := func(subject model.Subject, all []model.IntakeAttribute) []model.IntakeAttribute {
		return slices.DeleteFunc(slices.Clone(all), func(at model.IntakeAttribute) bool {
			there := slices.ContainsFunc(l.attributes, func(a model.Attribute) bool { return a.Subject == subject && a.Name == at.Name })
			return !there || subject != model.OfCustomer && ofOrders[at.Name] != (subject == model.OfOrder)
		})
	}
	in.CustomerAttributes, in.OrderAttributes = picked(model.OfCustomer, in.CustomerAttributes), picked(model.OfOrder, in.OrderAttributes)
	if in.Lines != nil {
		in.Lines.Attributes = picked(model.OfLine, in.Lines.Attributes)
	}
	return rows.Err()
}

// filled reports whether some of the orders have a value in a column.
func (c *columns) filled(column string, of func(number int64) bool) bool {
	for _, at := range c.orderAttributes {
		if at.column != column {
			continue
		}
		for order, code := range at.codes.Code {
			if code != 0 && of(c.numberOf(int32(order))) {
				return true
			}
		}
	}
	return false
}

// withoutRepeats leaves out what earlier corrections brought. Error: Exists, where
// nothing is left, or where more rows were corrected than had been refused.
func (l *loader) withoutRepeats(c *correcting, a *arrival) (*arrival, error) {
	in := a.intake
	if in.Overlap == model.OverlapAgain {
		return a, nil
	}
	repeated := make([]bool, len(in.OrderDay))
	left := map[fragment]int{}
	orders, rows := 0, int64(0)
	for i := range repeated {
		f := a.fragment(int32(i))
		if _, met := left[f]; !met {
			left[f] = c.seen[f]
		}
		if repeated[i] = left[f] > 0; repeated[i] {
			left[f]--
			orders++
			rows += int64(in.OrderLines[i])
		}
	}
	if orders == len(repeated) && orders > 0 {
		return nil, model.Errorf(model.Exists, "the corrections in {file} were imported before: all {rows} of them", "file", fileName(in), "rows", words.Count(rows)).
			WithHint("--again imports them a second time on purpose")
	}
	accepted := in.Source.Accepted - in.Source.Dropped
	if more, open := accepted-rows, max(0, c.source.Rejected-c.accepted); c.accepted > 0 && more > open {
		return nil, model.Errorf(model.Exists, "{file} has more corrected rows of {path}, {more}, than are left to correct: {open} of {rejected} that were refused", "file", fileName(in), "path", nameOf(c.source.Path), "more", words.Count(more), "open", words.Count(open), "rejected", words.Count(c.source.Rejected)).
			WithHint("leave out the rows that were imported before; --again imports all of them")
	}
	if orders == 0 {
		return a, nil
	}
	l.warn("corrections-repeated", "corrected rows of {file} that were imported before and are left out: {rows}", "file", fileName(in), "rows", words.Count(rows))
	rest, err := ordersWithout(in, repeated)
	if err != nil {
		return nil, err
	}
	rest.Source.Repeated = rows
	return newArrival(rest, l.columns), nil
}

// fragment returns what an arrival has of one order.
func (a *arrival) fragment(i int32) fragment {
	in := a.intake
	f := fragment{
		customer: a.ordinal[in.OrderCustomer[i]], day: in.OrderDay[i], value: in.OrderValue[i],
		returned: returnedOf(in, i), flags: in.OrderFlags[i], lines: in.OrderLines[i],
	}
	if in.OrderKeys.Len() > 0 {
		f.key = in.OrderKeys.At(int(i))
	}
	if in.OrderCost != nil {
		f.cost = in.OrderCost[i]
	}
	return f
}

// find returns whose order has a number, and its id.
func (c *correcting) find(number int64) (k kin, id int64) {
	i := slices.IndexFunc(c.kin, func(k kin) bool { return number >= k.from && number < k.from+k.orders })
	if i < 0 {
		return k, 0
	}
	return c.kin[i], c.kin[i].first + number - c.kin[i].from
}

func (c *correcting) has(number int64) bool {
	_, id := c.find(number)
	return id != 0
}
