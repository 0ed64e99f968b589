package sqlite

import (
	"cmp"
	"slices"

	"strata/model"
)

// columns are the whole workspace in memory, as imports and rebuilding need
// it: what the column chunks hold.
type columns struct {
	keys               model.Strings // of customers
	customerAttributes []codedColumn

	start           []int32 // as model.Orders.Start
	day             []model.Day
	value           []model.Money
	returned        []model.Money // nil when nothing was returned
	flags           []model.OrderFlag
	cost            []model.Money // nil when no order has a cost
	number          []int32       // of each order, from 0, by id; nil when they stand so
	orderKeys       model.Strings // empty when no order has an id
	orderAttributes []codedColumn
}

// codedColumn is the values of one attribute, named by its SQL column.
type codedColumn struct {
	column string
	codes  model.Codes
}

func (c *columns) customers() int { return c.keys.Len() }
func (c *columns) orders() int    { return len(c.day) }

// add returns the columns with the arrival merged in. Orders of one day keep
// their order: those already there first.
func (c *columns) add(a *arrival) (*columns, error) {
	if c.customers() == 0 {
		return a.columns(), nil
	}
	from, start := c.interleave(a)
	return c.merge(a, from, start)
}

// merge returns the columns with the arrival's rows in the places that
// interleave found for them.
func (c *columns) merge(a *arrival, from, start []int32) (*columns, error) {
	in := a.intake
	n := c.customers()
	sum := &columns{keys: model.Strings{Bytes: slices.Clip(c.keys.Bytes), Ends: slices.Clip(c.keys.Ends)}}
	for local, ordinal := range a.ordinal {
		if int(ordinal) < n {
			continue
		}
		n++
		if err := sum.keys.Append(in.Customers.Slice(local)); err != nil {
			return nil, err
		}
	}
	sum.start = start
	sum.day = gather(from, c.day, in.OrderDay)
	sum.value = gather(from, c.value, in.OrderValue)
	sum.flags = gather(from, c.flags, a.flags)
	if c.returned != nil || in.OrderReturned != nil {
		sum.returned = gather(from, c.returned, in.OrderReturned)
	}
	if c.cost != nil || in.OrderCost != nil {
		sum.cost = gather(from, c.cost, in.OrderCost)
	}
	sum.number = c.numbers(a, from)
	var err error
	if sum.orderKeys, err = gatherStrings(from, &c.orderKeys, &in.OrderKeys); err != nil {
		return nil, err
	}
	sum.orderAttributes = union(c.orderAttributes, in.OrderAttributes, a.orderColumns,
		func(old, arrived *model.Codes) model.Codes { return gatherCodes(from, old, arrived) })
	sum.customerAttributes = union(c.customerAttributes, in.CustomerAttributes, a.customerColumns,
		func(old, arrived *model.Codes) model.Codes { return overlay(n, a.ordinal, old, arrived) })
	return sum, nil
}

// numbers returns the numbers of merged orders: those of the arrival come last.
func (c *columns) numbers(a *arrival, from []int32) []int32 {
	position := a.positions()
	number := make([]int32, len(from))
	for i, f := range from {
		switch {
		case f < 0:
			number[i] = int32(int64(c.orders()) + position(^f))
		case c.number != nil:
			number[i] = c.number[f]
		default:
			number[i] = f
		}
	}
	return number
}

// interleave decides where every merged order comes from: i >= 0 is order i of
// c, otherwise order ^i of the intake. It also returns where each customer's
// merged orders start.
func (c *columns) interleave(a *arrival) (from, start []int32) {
	in := a.intake
	n := c.customers()
	for _, ordinal := range a.ordinal {
		n = max(n, int(ordinal)+1)
	}
	from = make([]int32, 0, c.orders()+len(in.OrderDay))
	start = make([]int32, n+1)
	next := 0 // position in the arrival by workspace customer
	for customer := range n {
		var old, oldEnd int32
		if customer < c.customers() {
			old, oldEnd = c.start[customer], c.start[customer+1]
		}
		for next < len(in.OrderDay) {
			i := a.at(next)
			if int(a.ordinal[in.OrderCustomer[i]]) != customer {
				break
			}
			for old < oldEnd && c.day[old] <= in.OrderDay[i] {
				from = append(from, old)
				old++
			}
			from = append(from, ^i)
			next++
		}
		for ; old < oldEnd; old++ {
			from = append(from, old)
		}
		start[customer+1] = int32(len(from))
	}
	return from, start
}

// gather merges two columns; one that is nil counts as zeros.
func gather[T any](from []int32, old, arrived []T) []T {
	out := make([]T, len(from))
	for i, f := range from {
		switch {
		case f >= 0 && old != nil:
			out[i] = old[f]
		case f < 0 && arrived != nil:
			out[i] = arrived[^f]
		}
	}
	return out
}

// gatherStrings merges two columns of texts; an empty column counts as empty
// texts, and two of them make an empty column.
func gatherStrings(from []int32, old, arrived *model.Strings) (model.Strings, error) {
	var out model.Strings
	if old.Len() == 0 && arrived.Len() == 0 {
		return out, nil
	}
	out.Bytes = make([]byte, 0, len(old.Bytes)+len(arrived.Bytes))
	out.Ends = make([]uint32, 0, len(from))
	for _, f := range from {
		var text []byte
		switch {
		case f >= 0 && old.Len() > 0:
			text = old.Slice(int(f))
		case f < 0 && arrived.Len() > 0:
			text = arrived.Slice(int(^f))
		}
		if err := out.Append(text); err != nil {
			return out, err
		}
	}
	return out, nil
}

// gatherCodes merges two dictionary-coded columns under one dictionary.
func gatherCodes(from []int32, old, arrived *model.Codes) model.Codes {
	words, recode := joinWords(old.Words, arrived.Words)
	out := model.Codes{Words: words, Code: make([]uint32, len(from))}
	for i, f := range from {
		switch {
		case f >= 0 && old.Code != nil:
			out.Code[i] = old.Code[f]
		case f < 0 && arrived.Code != nil:
			out.Code[i] = recode[arrived.Code[^f]]
		}
	}
	return out
}

// overlay writes the arrived values of customers over the old ones, except
// where nothing arrived.
func overlay(n int, ordinal []int32, old, arrived *model.Codes) model.Codes {
	words, recode := joinWords(old.Words, arrived.Words)
	out := model.Codes{Words: words, Code: make([]uint32, n)}
	copy(out.Code, old.Code)
	for local, code := range arrived.Code {
		if recode[code] != 0 {
			out.Code[ordinal[local]] = recode[code]
		}
	}
	return out
}

// joinWords returns a dictionary of the words of both, those of the first
// under their codes, and the new codes of the words of the second.
func joinWords(old, arrived []string) (words []string, recode []uint32) {
	words = append([]string{""}, old[min(1, len(old)):]...)
	codeOf := make(map[string]uint32, len(words)+len(arrived))
	for code, w := range words {
		codeOf[w] = uint32(code)
	}
	recode = make([]uint32, len(arrived))
	for i, w := range arrived {
		code, ok := codeOf[w]
		if !ok {
			code = uint32(len(words))
			words = append(words, w)
			codeOf[w] = code
		}
		recode[i] = code
	}
	return words, recode
}

// union merges attributes by their SQL column: old ones first, each with what
// arrived for it, if anything.
func union(old []codedColumn, arrived []model.IntakeAttribute, names []string,
	merge func(old, arrived *model.Codes) model.Codes,
) []codedColumn {
	var out []codedColumn
	none := new(model.Codes)
	for _, c := range old {
		codes := none
		if i := slices.Index(names, c.column); i >= 0 {
			codes = &arrived[i].Codes
		}
		out = append(out, codedColumn{c.column, merge(&c.codes, codes)})
	}
	for i, name := range names {
		if !slices.ContainsFunc(old, func(c codedColumn) bool { return c.column == name }) {
			out = append(out, codedColumn{name, merge(none, &arrived[i].Codes)})
		}
	}
	return out
}

// tidy sorts every dictionary, leaves out words that no row has and a column
// of returns that are all nothing, so that the same rows always make the same
// columns, however they came in.
func (c *columns) tidy() {
	if !slices.ContainsFunc(c.returned, func(m model.Money) bool { return m != 0 }) {
		c.returned = nil
	}
	for _, attributes := range [][]codedColumn{c.customerAttributes, c.orderAttributes} {
		for i := range attributes {
			attributes[i].codes = tidyCodes(attributes[i].codes)
		}
	}
}

func tidyCodes(codes model.Codes) model.Codes {
	used := make([]bool, len(codes.Words))
	for _, code := range codes.Code {
		used[code] = true
	}
	var kept []uint32
	for code, w := range codes.Words {
		if used[code] && w != "" {
			kept = append(kept, uint32(code))
		}
	}
	slices.SortFunc(kept, func(a, b uint32) int { return cmp.Compare(codes.Words[a], codes.Words[b]) })
	out := model.Codes{Words: []string{""}, Code: make([]uint32, len(codes.Code))}
	recode := make([]uint32, len(codes.Words))
	for _, code := range kept {
		recode[code] = uint32(len(out.Words))
		out.Words = append(out.Words, codes.Words[code])
	}
	for i, code := range codes.Code {
		out.Code[i] = recode[code]
	}
	return out
}
