package importer

import (
	"slices"

	"strata/importer/parse"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// only returns how many dates can be read in one order but not in another.
func (e *orderEvidence) only(one, other parse.DateOrder) int64 {
	n := int64(0)
	for orders := range e {
		if set := parse.Orders(orders); set.Has(one) && !set.Has(other) {
			n += e[orders].count
		}
	}
	return n
}

// proof returns a date that can be read in one order but not in another.
func (e *orderEvidence) proof(one, other parse.DateOrder) string {
	for orders := range e {
		if set := parse.Orders(orders); e[orders].count > 0 && set.Has(one) && !set.Has(other) {
			return e[orders].example
		}
	}
	return ""
}

// without returns the dates that cannot be read in an order.
func (e *orderEvidence) without(order parse.DateOrder) []stray {
	var strays []stray
	for orders := range e {
		if set := parse.Orders(orders); orders > 0 && !set.Has(order) {
			strays = append(strays, e[orders].strays...)
		}
	}
	return strays
}

// any reports whether there are such dates at all.
func (e *orderEvidence) any() bool {
	return slices.ContainsFunc(e[:], func(of readable) bool { return of.count > 0 })
}

// tenable returns the orders that no other one of the given is clearly better
// than, in the light of the dates that can be read in one but not the other.
func (e *orderEvidence) tenable(among ...parse.DateOrder) []parse.DateOrder {
	return slices.DeleteFunc(slices.Clone(among), func(order parse.DateOrder) bool {
		return slices.ContainsFunc(among, func(better parse.DateOrder) bool {
			proof := e.only(better, order)
			return proof > 0 && outvoted(e.only(order, better), proof)
		})
	})
}

// contradicted returns two orders of which each has dates that cannot be read
// in the other.
func (e *orderEvidence) contradicted(among []parse.DateOrder) (one, other parse.DateOrder, ok bool) {
	for i, one := range among {
		for _, other := range among[i+1:] {
			if e.only(one, other) > 0 && e.only(other, one) > 0 {
				return one, other, true
			}
		}
	}
	return 0, 0, false
}

// open returns the least date that the orders read differently, "" for none.
func (e *orderEvidence) open(among []parse.DateOrder) (example string, date parse.Date) {
	for orders := range e {
		of := &e[orders]
		if of.count == 0 || orders == int(parse.AllOrders) {
			continue
		}
		differs := slices.ContainsFunc(among[1:], func(o parse.DateOrder) bool { return !of.date.Same(among[0], o) })
		if differs && (example == "" || of.example < example) {
			example, date = of.example, of.date
		}
	}
	return example, date
}

// decide returns the order of the whole column, and the dates that do not have
// it. Error: Ambiguous.
func (e *dateEvidence) decide(path, column string) (parse.DateOrder, []stray, error) {
	order, strays, err := e.decideNumeric(path, column)
	if err != nil || !e.ahead.any() {
		return order, strays, err
	}
	// Nearly all dates with the year ahead have the month behind it. So the other
	// order needs proof, and more of it than there is against it.
	switch day, month := e.ahead.only(parse.YearDayFirst, parse.YearFirst), e.ahead.only(parse.YearFirst, parse.YearDayFirst); {
	case day == 0, month > 0 && month >= day:
		return order, append(strays, e.ahead.without(parse.YearFirst)...), nil
	case month == 0 && day >= fewDates && !e.numeric.any():
		return parse.YearDayFirst, e.ahead.without(parse.YearDayFirst), nil
	}
	return 0, nil, e.ahead.contradiction(path, column, parse.YearFirst, parse.YearDayFirst)
}

// fewDates is how many dates must have the day in the middle before that is
// believed.
const fewDates = 3

func (e *dateEvidence) decideNumeric(path, column string) (parse.DateOrder, []stray, error) {
	if !e.numeric.any() {
		return parse.YearFirst, nil, nil
	}
	tenable := e.numeric.tenable(parse.DayFirst, parse.MonthFirst, parse.YearFirst)
	tenable = e.still(tenable)
	if one, other, ok := e.numeric.contradicted(tenable); ok || len(tenable) == 0 {
		if !ok {
			one, other = parse.DayFirst, parse.MonthFirst
		}
		return 0, nil, e.numeric.contradiction(path, column, one, other)
	}
	if len(tenable) > 1 {
		example, date := e.numeric.open(tenable)
		if example != "" {
			return 0, nil, openDates(path, column, example, date, tenable)
		}
		if e.numeric.without(tenable[0]) == nil {
			return parse.AnyOrder, nil, nil // it makes no difference
		}
	}
	return tenable[0], e.numeric.without(tenable[0]), nil
}

// still drops, of orders that differ in where the year stands, those whose
// years run while the others' stand still: in 23-12-31, 24-01-02 and 24-03-15
// the year comes first.
func (e *dateEvidence) still(tenable []parse.DateOrder) []parse.DateOrder {
	const (
		least   = 13 // years; months are at most 12 apart
		farther = 3  // times
	)
	yearLast := func(order parse.DateOrder) bool { return order != parse.YearFirst }
	first, last := e.first.span(), e.last.span()
	if !slices.Contains(tenable, parse.YearFirst) {
		return tenable
	}
	switch {
	case last >= least && first*farther < last:
		return slices.DeleteFunc(tenable, yearLast)
	case first >= least && last*farther < first:
		return slices.DeleteFunc(tenable, func(order parse.DateOrder) bool { return !yearLast(order) })
	}
	return tenable
}

// contradiction asks about a column of which some dates must be read in one
// order and some in another.
func (e *orderEvidence) contradiction(path, column string, one, other parse.DateOrder) error {
	side := func(order, than parse.DateOrder) string {
		for orders := range e {
			if set := parse.Orders(orders); set.Has(order) && !set.Has(than) && e[orders].count > 0 {
				s := e[orders].strays[0]
				return catalogue.T("line {line}: {value:q}", "line", s.line, "value", s.value)
			}
		}
		return catalogue.T("none")
	}
	part := map[parse.DateOrder]string{
		parse.DayFirst: catalogue.T("the day first"), parse.MonthFirst: catalogue.T("the month first"), parse.YearFirst: catalogue.T("the year first"), parse.YearDayFirst: catalogue.T("the day before the month"),
	}
	if other == parse.YearDayFirst {
		part[one] = catalogue.T("the month before the day")
	}
	choices := []Choice{dateChoice(part[one], one), dateChoice(part[other], other)}
	hint := catalogue.T("choose with --date-format {format} or --date-format {other_format}; rows that do not fit will be refused", "format", one.Format(), "other_format", other.Format())
	if e.only(one, other) == 0 {
		return asks(model.Errorf(model.Ambiguous, "{path}: {count} of the dates in column {column:q} must have {order} ({examples}), but no other date confirms it", "path", path, "count", words.Count(e.only(other, one)), "column", column, "order", part[other], "examples", side(other, one)).WithHint("{hint}", "hint", hint), choices...)
	}
	return asks(model.Errorf(model.Ambiguous, "{path}: the dates in column {column:q} mix two orders: {count} must have {order} ({examples}), {other_count} {other_order} ({other_examples})", "path", path, "column", column, "count", words.Count(e.only(one, other)), "order", part[one], "examples", side(one, other), "other_count", words.Count(e.only(other, one)), "other_order", part[other], "other_examples", side(other, one)).
		WithHint("{hint}", "hint", hint), choices...)
}

// openDates asks which of several orders is right.
func openDates(path, column, example string, date parse.Date, orders []parse.DateOrder) error {
	var readings, flags []string
	var choices []Choice
	for _, order := range orders {
		reading := date.Reading(order)
		readings, flags = append(readings, reading), append(flags, catalogue.T("--date-format {format}", "format", order.Format()))
		choices = append(choices, dateChoice(reading, order))
	}
	apart := catalogue.T("day and month")
	if slices.Contains(orders, parse.YearFirst) {
		apart = catalogue.T("day, month and year")
	}
	return asks(model.Errorf(model.Ambiguous, "{path}: nothing in column {column:q} distinguishes {parts}: {example:q} could be {readings}", "path", path, "column", column, "parts", apart, "example", example, "readings", words.Or(once(readings))).
		WithHint("choose with {flags}", "flags", words.Or(flags)), choices...)
}

// settleDates decides the order of day and month of the whole column, and
// refuses the rows that do not have it.
func (r *reading) settleDates() error {
	l := r.table.layout
	if r.dates = l.dates; l.dates != parse.AnyOrder {
		return nil
	}
	column := l.columns[l.date]
	order, strays, err := r.table.dates.decide(r.input.path, column)
	if err != nil {
		return err
	}
	r.table.refuse(strays, column, badDate)
	if r.plan.said.stop && len(strays) > 0 {
		return r.stopped(r.table.rejects[0])
	}
	if order == parse.YearDayFirst {
		r.plan.warn("year-day-month", "{column:q} has the day before the month, as in {example:q}; --date-format ymd reads it the other way round", "column", column, "example", r.table.dates.ahead.proof(parse.YearDayFirst, parse.YearFirst))
	}
	r.dates, r.plan.Dates = order, order
	return nil
}

// once leaves out what a list has already.
func once(list []string) []string {
	var out []string
	for _, s := range list {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}
