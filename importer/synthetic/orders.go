// Package synthetic makes order files of realistic shape for trying strata at
// any scale without a client's data. The same settings give the same bytes on
// every machine.
//
// The shape: many customers buy once and a few very often; they join over two
// years, buy at their own rate and then leave unnoticed; trade grows and has a
// season and a week; spend differs from customer to customer and from product
// to product; some orders come back and a few are worth nothing.
package synthetic

import (
	"context"
	"io"
	"math"
	"math/bits"

	"strata/model"
)

// Orders says which order file to make.
type Orders struct {
	Customers int    // how many different customers the file has
	Orders    int    // how many rows follow the header, at least one a customer
	Seed      uint64 // another seed gives other orders of the same shape
	Plain     bool   // leave out what follows region: channel, product_category, product
}

// Streams with numbers from here on are not customers.
const (
	jitterStream = math.MaxUint64 - iota
	shuffleStream
	rowStream
)

// returnPercent is how many of the rows beyond each customer's first are
// returns.
const returnPercent = 4

// Write writes the file as UTF-8 comma-separated text, sorted by date: columns
// customer_id, order_id, date (YYYY-MM-DD), amount (two decimals), region,
// channel, product_category and product, one row per order. A return is a row
// with a negative amount, whose order id is that of the returned order with R
// in the place of O.
//
// It keeps four bytes an order. report, which may be nil, hears how many rows
// are written. Errors: Usage when the counts make no sense, Cancelled when ctx
// ends, Unreadable when w fails.
func (o Orders) Write(ctx context.Context, w io.Writer, report func(model.Progress)) error {
	switch {
	case o.Customers < 1 || o.Customers > math.MaxInt32:
		return model.Errorf(model.Usage, "cannot make orders of {customers} customers", "customers", o.Customers).
			WithHint("ask for 1 to {max_int32} customers", "max_int32", math.MaxInt32)
	case o.Orders < o.Customers:
		return model.Errorf(model.Usage, "{orders} orders are too few for {customers} customers", "orders", o.Orders, "customers", o.Customers).
			WithHint("each customer has at least one order: ask for {customers} orders or more", "customers", o.Customers)
	}
	if report == nil {
		report = func(model.Progress) {}
	}
	p, err := o.plan(ctx)
	if err != nil {
		return err
	}
	return p.write(ctx, w, report)
}

// plan is who orders on which day.
type plan struct {
	settings  Orders
	calendar  *calendar
	purchases int       // orders that are not returns
	appetite  uint64    // of all customers
	buyers    []uint32  // the customer of every purchase, day by day
	ends      [days]int // where each day ends in buyers
}

// plan draws the plan: the buyers of each day are brought together by a
// counting sort, for which the purchases are drawn twice.
func (o Orders) plan(ctx context.Context) (*plan, error) {
	p := &plan{settings: o, calendar: newCalendar()}
	p.purchases = o.Orders - (o.Orders-o.Customers)*returnPercent/100
	for i := range o.Customers {
		if i%cancelEvery == 0 && ctx.Err() != nil {
			return nil, cancelled(ctx)
		}
		_, h := p.customer(i)
		p.appetite += h.appetite
	}

	var counts [days]int
	if err := p.eachPurchase(ctx, func(_ uint32, day int) { counts[day]++ }); err != nil {
		return nil, err
	}
	p.buyers = make([]uint32, p.purchases)
	end := 0
	for d, n := range counts {
		p.ends[d] = end
		end += n
	}
	err := p.eachPurchase(ctx, func(customer uint32, day int) {
		p.buyers[p.ends[day]] = customer
		p.ends[day]++
	})
	if err != nil {
		return nil, err
	}
	p.shuffleDays()
	return p, nil
}

// customer returns the history of customer i and the stream that goes on to
// draw the days in it.
func (p *plan) customer(i int) (stream, history) {
	s := newStream(p.settings.Seed, uint64(i))
	newTraits(&s)
	return s, newHistory(&s, p.calendar)
}

// eachPurchase calls buy for every purchase, customer by customer. Each
// customer has one for certain. For the repeats the customers are laid out on a
// line, each as long as their appetite; the line is cut into as many equal
// pieces as there are repeats, and from each piece one point is drawn. So the
// number comes out exactly, in one walk over the customers.
func (p *plan) eachPurchase(ctx context.Context, buy func(customer uint32, day int)) error {
	jitter := newStream(p.settings.Seed, jitterStream)
	repeats := uint64(p.purchases - p.settings.Customers)
	drawn := uint64(0)
	position := func() uint64 {
		if drawn == repeats {
			return math.MaxUint64
		}
		hi, lo := bits.Mul64(p.appetite, drawn*fixedOne+jitter.below(fixedOne))
		quotient, _ := bits.Div64(hi, lo, repeats*fixedOne)
		drawn++
		return quotient
	}

	next := position()
	room := uint64(0)
	for i := range p.settings.Customers {
		if i%cancelEvery == 0 && ctx.Err() != nil {
			return cancelled(ctx)
		}
		s, h := p.customer(i)
		buy(uint32(i), h.first)
		room += h.appetite
		for next < room {
			buy(uint32(i), p.calendar.draw(&s, h.first, h.last))
			next = position()
		}
	}
	return nil
}

// shuffleDays puts the buyers of each day in random order.
func (p *plan) shuffleDays() {
	s := newStream(p.settings.Seed, shuffleStream)
	start := 0
	for _, end := range p.ends {
		buyers := p.buyers[start:end]
		for i := len(buyers) - 1; i > 0; i-- {
			j := s.below(uint64(i + 1))
			buyers[i], buyers[j] = buyers[j], buyers[i]
		}
		start = end
	}
}

// cancelEvery is after how many customers the context is asked.
const cancelEvery = 1 << 14

func cancelled(ctx context.Context) error {
	return model.Errorf(model.Cancelled, "making orders was cancelled: {cause}", "cause", context.Cause(ctx))
}
