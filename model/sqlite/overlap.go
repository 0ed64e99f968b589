package sqlite

import (
	"bytes"
	"cmp"
	"context"
	"slices"

	"strata/model"
)

// overlap is what of an arrival the columns hold already.
//
// Orders with an id are told by customer and id. Ids may restart (a till that
// numbers every day from 1), which the whole file tells: where most ids that
// come again stand on another day, only those of the same day are the same
// orders. Orders without an id are told by customer, day and values, each order
// that is there standing for one that arrives.
type overlap struct {
	repeated []bool // by the intake's orders; nil when none is
	byKey    int    // told by their id
	changed  int    // of these, with another day or value than there
	alike    int    // told by what they are worth, without an id

	first, last model.Day // of the repeated orders
	such        int32     // the first of them
	held        []int32   // some of the orders of the columns that they repeat
}

// enoughHeld is how many of the orders that come again are looked at to learn
// which files brought them.
const enoughHeld = 8

func (o *overlap) count() int { return o.byKey + o.alike }

// all reports whether an arrival of so many orders brings nothing new. Where
// most ids are there with other content, they are further lines of those
// orders, or ids of something else.
func (o *overlap) all(orders int) bool {
	return o.count() == orders && (o.count()-o.changed)*2 >= orders
}

// The ways in which an order can be there already.
type sameness uint8

const (
	isNew sameness = iota
	isAlike
	isEqual      // by its id, with day and values
	isChanged    // by its id, of the same day, with other values
	isOtherDay   // by its id, of another day
	kindsOfBeing // how many there are
)

// overlapping compares an arrival with the columns, one customer at a time.
type overlapping struct {
	columns *columns
	intake  *model.Intake
	apart   func(order int32) bool // nil: none

	being []sameness // by the intake's orders
	match []int32    // the order of the columns that each repeats
	// Orders of one customer: those there, and those that arrive.
	there, arriving []int32
}

// overlap finds the arrival's orders that the columns hold already. Error: that
// of a context that has ended.
func (c *columns) overlap(ctx context.Context, a *arrival) (overlap, error) {
	orders := len(a.intake.OrderDay)
	if c.orders() == 0 || orders == 0 {
		return overlap{}, nil
	}
	w := overlapping{columns: c, intake: a.intake, apart: a.apart, being: make([]sameness, orders), match: make([]int32, orders)}
	start := a.starts()
	for local, ordinal := range a.ordinal {
		if local%feedStride == 0 && ctx.Err() != nil {
			return overlap{}, ctx.Err()
		}
		if int(ordinal) < c.customers() {
			w.customer(c.start[ordinal], c.start[ordinal+1], start[local], start[local+1])
		}
	}
	return w.sum(), nil
}

// customer compares a customer's orders: those there, and those that arrive.
func (w *overlapping) customer(there, thereEnd, arriving, arrivingEnd int32) {
	if arriving == arrivingEnd {
		return
	}
	days := w.columns.day[there:thereEnd]
	if w.columns.orderKeys.Len() > 0 && w.intake.OrderKeys.Len() > 0 {
		w.byKey(there, thereEnd, arriving, arrivingEnd)
	}
	// Both stand by day.
	from, _ := slices.BinarySearch(days, w.intake.OrderDay[arriving])
	to, _ := slices.BinarySearch(days, w.intake.OrderDay[arrivingEnd-1]+1)
	if from < to {
		w.byContent(there+int32(from), there+int32(to), arriving, arrivingEnd)
	}
}

// byKey finds the orders whose id is there.
func (w *overlapping) byKey(there, thereEnd, arriving, arrivingEnd int32) {
	keys := &w.columns.orderKeys
	w.there, w.arriving = w.there[:0], w.arriving[:0]
	for i := there; i < thereEnd; i++ {
		if len(keys.Slice(int(i))) > 0 && !w.isApart(i) {
			w.there = append(w.there, i)
		}
	}
	for i := arriving; i < arrivingEnd; i++ {
		if w.keyed(i) {
			w.arriving = append(w.arriving, i)
		}
	}
	// Stable: those of one id stay in the order of their days.
	slices.SortStableFunc(w.there, func(a, b int32) int { return bytes.Compare(keys.Slice(int(a)), keys.Slice(int(b))) })
	slices.SortStableFunc(w.arriving, func(a, b int32) int { return bytes.Compare(w.key(a), w.key(b)) })
	from := 0
	for _, i := range w.arriving {
		for from < len(w.there) && bytes.Compare(keys.Slice(int(w.there[from])), w.key(i)) < 0 {
			from++
		}
		to := from
		for to < len(w.there) && bytes.Equal(keys.Slice(int(w.there[to])), w.key(i)) {
			to++
		}
		if from < to {
			w.being[i], w.match[i] = w.nearest(i, w.there[from:to])
		}
	}
}

// nearest finds, among the orders of one id, the one that an arriving order is
// most like.
func (w *overlapping) nearest(arriving int32, there []int32) (sameness, int32) {
	day := w.intake.OrderDay[arriving]
	at, found := slices.BinarySearchFunc(there, day, func(i int32, day model.Day) int { return cmp.Compare(w.columns.day[i], day) })
	if !found {
		return isOtherDay, there[min(at, len(there)-1)]
	}
	for _, i := range there[at:] {
		if w.compare(i, arriving) == 0 {
			return isEqual, i
		}
		if w.columns.day[i] != day {
			break
		}
	}
	return isChanged, there[at]
}

// byContent finds the orders that are there with their day and values, where
// one of the two has no id.
func (w *overlapping) byContent(there, thereEnd, arriving, arrivingEnd int32) {
	w.there, w.arriving = w.there[:0], w.arriving[:0]
	keyed := false // some arriving order is
	for i := arriving; i < arrivingEnd; i++ {
		if w.being[i] == isNew {
			w.arriving = append(w.arriving, i)
			keyed = keyed || w.keyed(i)
		}
	}
	for i := there; i < thereEnd && len(w.arriving) > 0; i++ {
		// Two ids that differ are two orders. (An arriving order without one is
		// not sought among those that have one if others of its file have, too.)
		if w.isApart(i) {
			continue
		}
		if !keyed || w.columns.orderKeys.Len() == 0 || len(w.columns.orderKeys.Slice(int(i))) == 0 {
			w.there = append(w.there, i)
		}
	}
	slices.SortFunc(w.there, func(a, b int32) int {
		return w.columns.compareOrders(a, w.columns.day[b], w.columns.value[b], w.columns.returnedOf(b))
	})
	in := w.intake
	slices.SortFunc(w.arriving, func(a, b int32) int {
		return cmp.Or(cmp.Compare(in.OrderDay[a], in.OrderDay[b]), cmp.Compare(in.OrderValue[a], in.OrderValue[b]),
			cmp.Compare(returnedOf(in, a), returnedOf(in, b)), cmp.Compare(a, b))
	})
	for next := 0; len(w.arriving) > 0 && next < len(w.there); {
		i := w.arriving[0]
		switch d := w.compare(w.there[next], i); {
		case d < 0:
			next++
			continue
		case d == 0:
			w.being[i], w.match[i] = isAlike, w.there[next]
			next++
		}
		w.arriving = w.arriving[1:]
	}
}

func (w *overlapping) isApart(there int32) bool { return w.apart != nil && w.apart(there) }

// compare compares an order that is there with one that arrives, by day and
// values.
func (w *overlapping) compare(there, arriving int32) int {
	in := w.intake
	return w.columns.compareOrders(there, in.OrderDay[arriving], in.OrderValue[arriving], returnedOf(in, arriving))
}

func (c *columns) compareOrders(order int32, day model.Day, value, returned model.Money) int {
	return cmp.Or(cmp.Compare(c.day[order], day), cmp.Compare(c.value[order], value), cmp.Compare(c.returnedOf(order), returned))
}

func (c *columns) returnedOf(order int32) model.Money {
	if c.returned == nil {
		return 0
	}
	return c.returned[order]
}

func returnedOf(in *model.Intake, order int32) model.Money {
	if in.OrderReturned == nil {
		return 0
	}
	return in.OrderReturned[order]
}

func (w *overlapping) key(arriving int32) []byte { return w.intake.OrderKeys.Slice(int(arriving)) }

func (w *overlapping) keyed(arriving int32) bool {
	return w.intake.OrderKeys.Len() > 0 && len(w.key(arriving)) > 0
}

// sum decides over the whole file which orders are repeated.
func (w *overlapping) sum() overlap {
	var n [kindsOfBeing]int
	for _, being := range w.being {
		n[being]++
	}
	restart := n[isOtherDay] > n[isEqual]+n[isChanged]
	if restart {
		n[isOtherDay] = 0
	}
	o := overlap{byKey: n[isEqual] + n[isChanged] + n[isOtherDay], changed: n[isChanged] + n[isOtherDay], alike: n[isAlike]}
	if o.count() == 0 {
		return overlap{}
	}
	o.repeated = make([]bool, len(w.being))
	every := (o.count() + enoughHeld - 1) / enoughHeld
	met := 0
	for i, being := range w.being {
		if being == isNew || being == isOtherDay && restart {
			continue
		}
		o.repeated[i] = true
		day := w.intake.OrderDay[i]
		if met == 0 {
			o.first, o.last, o.such = day, day, int32(i)
		}
		o.first, o.last = min(o.first, day), max(o.last, day)
		if met%every == 0 {
			o.held = append(o.held, w.match[i])
		}
		met++
	}
	return o
}
