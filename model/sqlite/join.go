package sqlite

import (
	"cmp"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"strata/model"
)

// This file lets corrections of refused rows join the orders that the other rows
// of their file made: as if the whole file had been right.
//
// An order keeps its id and its source. What corrections add to it is in the sums
// of the corrections, and its lines stand with theirs in the table; but the columns
// of a source's lines have all lines of its orders.

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

// joining is the part of corrections that joins orders.
type joining struct {
	part  *model.Intake // the orders that join
	order []int32       // which order of the columns each of them joins
	id    []int64       // and its id
	sums  totals        // what they add
	moved bool          // some order has another day since
	met   []kin         // whose orders are joined
	whole *arrival      // of all corrections that are new
	of    *correcting
}

// correct divides corrections into those that join orders and those that make
// orders of their own. Errors: NotFound, where the source that they correct is not
// there; Exists, where they came in before.
func (l *loader) correct(in *model.Intake) (*arrival, error) {
	c, err := l.correcting(in)
	if err != nil {
		return nil, err
	}
	if err := l.pickAttributes(c, in); err != nil {
		return nil, err
	}
	whole, err := l.withoutRepeats(c, newArrival(in, l.columns))
	if err != nil {
		return nil, err
	}
	in = whole.intake
	match := l.match(c, whole)
	joins, stays := make([]bool, len(match)), make([]bool, len(match))
	j := &joining{whole: whole, of: c}
	for i, order := range match {
		joins[i], stays[i] = order >= 0, order < 0
		if order >= 0 {
			k, id := c.find(l.columns.numberOf(order))
			j.order, j.id = append(j.order, order), append(j.id, id)
			if !slices.Contains(j.met, k) {
				j.met = append(j.met, k)
			}
		}
	}
	if j.part, err = without(in, stays); err != nil {
		return nil, err
	}
	rest, err := ordersWithout(in, joins)
	if err != nil {
		return nil, err
	}
	a := newArrival(rest, l.columns)
	a.joining = j
	a.apart = func(order int32) bool { return c.has(l.columns.numberOf(order)) }
	rest.Source.Joined = int64(len(j.order))
	return l.settleOverlap(a)
}

// correcting finds what is known of the source that an intake corrects.
func (l *loader) correcting(in *model.Intake) (*correcting, error) {
	print := in.Source.Corrects
	if c := l.corrections[print]; c != nil {
		return c, nil
	}
	notThere := model.Errorf(model.NotFound, "%s has corrections of a file that is not in the workspace", fileName(in)).
		WithHint("import that file first; without the line `corrects:` in the plan the rows are those of a file of its own")
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
		return nil, model.Errorf(model.Exists, "the corrections in %s were imported before: all %s of them", fileName(in), model.Grouped(rows)).
			WithHint("--again imports them a second time on purpose")
	}
	accepted := in.Source.Accepted - in.Source.Dropped
	if more, open := accepted-rows, max(0, c.source.Rejected-c.accepted); c.accepted > 0 && more > open {
		return nil, model.Errorf(model.Exists, "%s has more corrected rows of %s, %s, than are left to correct: %s of %s that were refused",
			fileName(in), nameOf(c.source.Path), model.Grouped(more), model.Grouped(open), model.Grouped(c.source.Rejected)).
			WithHint("leave out the rows that were imported before; --again imports all of them")
	}
	if orders == 0 {
		return a, nil
	}
	l.warn("corrections-repeated", "corrected rows of %s that were imported before, and are left out: %d", fileName(in), rows)
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

// match finds the order that each arriving one belongs to, -1 for none: of the
// same customer and number and, where numbers start over, of the same day.
func (l *loader) match(c *correcting, a *arrival) []int32 {
	in, all := a.intake, l.columns
	match := make([]int32, len(in.OrderDay))
	var of int32 = -1
	var there map[string][]int32 // the orders of that customer
	for i := range match {
		f := a.fragment(int32(i))
		match[i] = -1
		if f.key == "" || int(f.customer) >= all.customers() {
			continue
		}
		if f.customer != of {
			of, there = f.customer, map[string][]int32{}
			for order := all.start[of]; order < all.start[of+1]; order++ {
				if c.has(all.numberOf(order)) {
					there[all.keyOf(order)] = append(there[all.keyOf(order)], order)
				}
			}
		}
		for _, order := range there[f.key] {
			if !in.NumbersRestart || all.day[order] == f.day {
				match[i] = order
				break
			}
		}
	}
	return match
}

// numberOf is the number of an order of the columns.
func (c *columns) numberOf(order int32) int64 {
	if c.number == nil {
		return int64(order)
	}
	return int64(c.number[order])
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

// join adds to the orders of the columns what joins them, and keeps them by day.
func (l *loader) join(a *arrival) error {
	j, c := a.joining, l.columns
	if j == nil {
		return nil
	}
	if c.number == nil { // orders no longer stand as they came
		c.number = make([]int32, c.orders())
		for i := range c.number {
			c.number[i] = int32(i)
		}
	}
	if j.part.OrderReturned != nil && c.returned == nil {
		c.returned = make([]model.Money, c.orders())
	}
	if j.part.OrderCost != nil && c.cost == nil {
		c.cost = make([]model.Money, c.orders())
	}
	for i, order := range j.order {
		if err := j.addTo(c, int32(i), order); err != nil {
			return model.Errorf(model.Invalid, "the lines of one order add up to too much: %w", err).WithHint("check the amounts")
		}
	}
	l.fillOrders(a)
	if j.moved {
		return c.byDay()
	}
	return nil
}

// addTo adds an order of the part to one of the columns.
func (j *joining) addTo(c *columns, i, order int32) (err error) {
	in := j.part
	value, returned := in.OrderValue[i], returnedOf(in, i)
	if in.ValueOnce && value == c.value[order] {
		value, returned = 0, 0 // it is that of the order, once more
	}
	sum := func(to *model.Money, more model.Money, total *model.Money) {
		if err == nil && more != 0 {
			if *to, err = to.Add(more); err == nil {
				*total, err = total.Add(more)
			}
		}
	}
	sum(&c.value[order], value, &j.sums.value)
	if c.returned != nil {
		sum(&c.returned[order], returned, &j.sums.returned)
	}
	if in.OrderCost != nil {
		sum(&c.cost[order], in.OrderCost[i], &j.sums.cost)
	}
	was, flags, day := c.flags[order], markedFlags(in)[i], in.OrderDay[i]
	c.flags[order] |= flags
	if was&model.Purchase == 0 && flags&model.Purchase != 0 {
		j.sums.returnOnly--
	}
	switch bought, buys := was&model.Purchase != 0, flags&model.Purchase != 0; {
	case bought == buys:
		day = max(day, c.day[order])
	case bought:
		day = c.day[order]
	}
	j.moved = j.moved || day != c.day[order]
	c.day[order] = day
	return err
}

// addSums adds to what corrections account for what they add to joined orders.
func (l *loader) addSums(a *arrival, s *model.Source) (err error) {
	if a.joining == nil {
		return nil
	}
	t := a.joining.sums
	if s.Bought, err = s.Bought.Add(t.value); err != nil {
		return model.Errorf(model.Invalid, "the orders of %q cannot be summed: %w", s.Path, err).WithHint("look at its amounts")
	}
	_, err = l.tx.ExecContext(l.ctx, `
		UPDATE source SET value_e4 = value_e4 + ?, returned_e4 = returned_e4 + ?, cost_e4 = cost_e4 + ?, return_only = return_only + ?
		WHERE id = ?`, int64(t.value), int64(t.returned), int64(t.cost), t.returnOnly, s.ID)
	return err
}

// fillOrders gives joined orders the values of columns that they lacked.
func (l *loader) fillOrders(a *arrival) {
	j := a.joining
	for n, name := range a.orderColumns {
		i := slices.IndexFunc(l.columns.orderAttributes, func(c codedColumn) bool { return c.column == name })
		if i < 0 {
			continue
		}
		codes, arrived := &l.columns.orderAttributes[i].codes, &j.part.OrderAttributes[n]
		words, recode := joinWords(codes.Words, arrived.Codes.Words)
		codes.Words = words
		differ := 0
		for i, order := range j.order {
			switch code := recode[arrived.Codes.Code[i]]; {
			case codes.Code[order] == 0:
				codes.Code[order] = code
			case code != 0 && code != codes.Code[order]:
				differ++
			}
		}
		if differ > 0 {
			l.warn("corrections-differ", "%q is another in corrected rows than in the order they joined, where it stays as it was: %d", arrived.Name, differ)
		}
	}
}

// byDay puts the orders of each customer by day and number.
func (c *columns) byDay() error {
	from := make([]int32, c.orders())
	for i := range from {
		from[i] = int32(i)
	}
	for customer := range c.customers() {
		slices.SortFunc(from[c.start[customer]:c.start[customer+1]], func(a, b int32) int {
			return cmp.Or(cmp.Compare(c.day[a], c.day[b]), cmp.Compare(c.number[a], c.number[b]))
		})
	}
	c.day, c.value, c.returned = inOrder(c.day, from), inOrder(c.value, from), inOrder(c.returned, from)
	c.flags, c.cost, c.number = inOrder(c.flags, from), inOrder(c.cost, from), inOrder(c.number, from)
	for i := range c.orderAttributes {
		codes := &c.orderAttributes[i].codes
		codes.Code = inOrder(codes.Code, from)
	}
	keys, err := gatherStrings(from, &c.orderKeys, new(model.Strings))
	c.orderKeys = keys
	return err
}

// keepCustomers leaves of what corrections say about customers what is not there.
func (l *loader) keepCustomers(a *arrival) {
	if a.joining == nil {
		return
	}
	for n, name := range a.customerColumns {
		i := slices.IndexFunc(l.columns.customerAttributes, func(c codedColumn) bool { return c.column == name })
		if i < 0 {
			continue
		}
		have, codes := l.columns.customerAttributes[i].codes.Code, &a.intake.CustomerAttributes[n].Codes
		codes.Code = slices.Clone(codes.Code)
		for local, ordinal := range a.ordinal {
			if int(ordinal) < len(have) && have[ordinal] != 0 {
				codes.Code[local] = 0
			}
		}
	}
}

// noteCorrections makes known what corrections have brought, and to what.
func (l *loader) noteCorrections(a *arrival, source int64) error {
	j := a.joining
	if j == nil {
		return nil
	}
	j.of.accepted += a.intake.Source.Accepted - a.intake.Source.Repeated
	j.of.kin = append(j.of.kin, kin{source: source, first: l.nextOrder, from: int64(l.columns.orders()), orders: int64(len(a.intake.OrderDay))})
	for i := range j.whole.intake.OrderDay {
		j.of.seen[j.whole.fragment(int32(i))]++
	}
	if l.rehearsal {
		return nil
	}
	if err := l.storeFragments(j.part, source, func(row int) int64 { return j.id[row] }); err != nil {
		return err
	}
	position := a.positions()
	if err := l.storeFragments(a.intake, source, func(row int) int64 { return a.first + position(int32(row)) }); err != nil {
		return err
	}
	if err := l.updateOrders(a); err != nil {
		return err
	}
	if j.part.Lines != nil && len(j.order) > 0 {
		f := l.linesFeed(j.part.Lines, a.lineColumns, func(order int32) int64 { return j.id[order] })
		if err := f.insert(l.tx, ""); err != nil {
			return err
		}
	}
	return l.updateSources(j)
}

// storeFragments stores what the orders of corrections are, and the orders that
// have them.
func (l *loader) storeFragments(in *model.Intake, source int64, order func(row int) int64) error {
	columns := []column{
		constant("source_id", source), {name: "order_id", number: order}, numbers("day", in.OrderDay), numbers("value_e4", in.OrderValue),
		{name: "returned_e4", number: func(row int) int64 { return int64(returnedOf(in, int32(row))) }},
		numbers("flags", in.OrderFlags), numbers("lines", in.OrderLines),
	}
	if in.OrderCost != nil {
		columns = append(columns, numbers("cost_e4", in.OrderCost))
	}
	f := feed{ctx: l.ctx, table: "correction", rows: len(in.OrderDay), columns: columns}
	return f.insert(l.tx, "")
}

// updateOrders changes the joined orders in their table to what they are in the
// columns.
func (l *loader) updateOrders(a *arrival) error {
	j, c := a.joining, l.columns
	set := "day = ?, value_e4 = ?, returned_e4 = ?, flags = ?, cost_e4 = ?, lines = lines + ?"
	for _, name := range a.orderColumns {
		set += fmt.Sprintf(", %s = coalesce(%[1]s, ?)", name)
	}
	update, err := l.tx.PrepareContext(l.ctx, "UPDATE orders SET "+set+" WHERE id = ?")
	if err != nil {
		return err
	}
	defer update.Close()
	at := make(map[int64]int32, len(j.id)) // where the orders of these ids stand now
	number := make(map[int64]int64, len(j.id))
	for _, id := range j.id {
		for _, k := range j.met {
			if id >= k.first && id < k.first+k.orders {
				number[k.from+id-k.first] = id
			}
		}
	}
	for i, n := range c.number {
		if id, is := number[int64(n)]; is {
			at[id] = int32(i)
		}
	}
	for i, id := range j.id {
		order := at[id]
		var cost any
		if c.flags[order]&model.Costed != 0 {
			cost = int64(c.cost[order])
		}
		values := []any{int64(c.day[order]), int64(c.value[order]), int64(c.returnedOf(order)), int64(c.flags[order] &^ model.Costed), cost, j.part.OrderLines[i]}
		for n := range a.orderColumns {
			codes := &j.part.OrderAttributes[n].Codes
			values = append(values, sql.NullString{String: codes.Words[codes.Code[i]], Valid: codes.Code[i] != 0})
		}
		if _, err := update.ExecContext(l.ctx, append(values, id)...); err != nil {
			return err
		}
	}
	return nil
}

// updateSources brings what sources account for, and the columns of their lines,
// up to date with their orders.
func (l *loader) updateSources(j *joining) error {
	for _, k := range j.met {
		set := []string{"first_day = (SELECT min(day) FROM orders WHERE id >= ?1 AND id < ?2)", "last_day = (SELECT max(day) FROM orders WHERE id >= ?1 AND id < ?2)"}
		if j.part.OrderCost != nil {
			set = append(set, "cost_e4 = coalesce(cost_e4, 0)")
		}
		if _, err := l.tx.ExecContext(l.ctx, "UPDATE source SET "+strings.Join(set, ", ")+" WHERE id = ?3", k.first, k.first+k.orders, k.source); err != nil {
			return err
		}
	}
	if j.part.Lines == nil {
		return nil
	}
	now := &catalog{attributes: l.attributes, version: correctionStep, corrected: true}
	brought, err := readBrought(l.ctx, l.tx, now.version)
	if err != nil {
		return err
	}
	for _, b := range brought {
		if !slices.ContainsFunc(j.met, func(k kin) bool { return k.source == b.source }) {
			continue
		}
		lines, err := scanLines(l.ctx, l.tx, now, b)
		if err != nil {
			return err
		}
		if err := lines.write(l.ctx, l.tx, b.source, l.attributes); err != nil {
			return err
		}
	}
	return nil
}
