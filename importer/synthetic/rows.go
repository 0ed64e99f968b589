package synthetic

import (
	"context"
	"io"
	"math"
	"strconv"

	"strata/model"
)

// How the rows of one customer differ from each other.
const (
	valueSpread  = 0.45 // of the logarithm of an order's value
	zeroPerMille = 3    // orders are worth nothing, such as a replacement
	partPercent  = 30   // of the returns give back only a part
	refundDays   = 30   // a return is refunded within so many days
)

// Text is handed on in pieces of at least flushAt bytes.
const (
	flushAt    = 1 << 16
	longestRow = 128
)

// row is one row of the file.
type row struct {
	prefix   byte // of the order id: O for an order, R for its return
	number   int
	customer uint32
	cents    int64
	region   string
	channel  string
	product  *product
}

// rows writes a plan day by day. Returns wait in refunds for their day, so that
// only a month of them is held.
type rows struct {
	*plan
	out     io.Writer
	text    []byte
	draws   stream
	number  int // of the last order
	returns int // still to be drawn
	refunds [days][]row
}

// write writes header and rows.
func (p *plan) write(ctx context.Context, out io.Writer, report func(model.Progress)) error {
	r := &rows{
		plan:    p,
		out:     out,
		text:    make([]byte, 0, flushAt+longestRow),
		draws:   newStream(p.settings.Seed, rowStream),
		returns: p.settings.Orders - p.purchases,
	}
	r.text = append(r.text, "customer_id,order_id,date,amount,region"...)
	if !p.settings.Plain {
		r.text = append(r.text, ",channel,product_category,product"...)
	}
	r.text = append(r.text, '\n')

	start, written := 0, 0
	for d, end := range p.ends {
		if ctx.Err() != nil {
			return cancelled(ctx)
		}
		if err := r.day(d, p.buyers[start:end]); err != nil {
			return err
		}
		written += end - start + len(r.refunds[d])
		start, r.refunds[d] = end, nil
		report(model.Progress{Stage: "writing", Done: int64(written), Total: int64(p.settings.Orders), Rows: int64(written)})
	}
	return r.flush()
}

// day writes the orders of a day and then the returns refunded on it.
func (r *rows) day(d int, buyers []uint32) error {
	date := (firstDay + model.Day(d)).String()
	for _, customer := range buyers {
		order := r.order(customer)
		// Drawing the returns still due from the orders still to come, this one
		// included, makes their number come out exactly.
		if r.draws.below(uint64(r.purchases-r.number+1)) < uint64(r.returns) {
			r.returns--
			day := d + int(r.draws.below(uint64(min(refundDays, days-d))))
			r.refunds[day] = append(r.refunds[day], r.refund(order))
		} else if r.draws.below(1000) < zeroPerMille {
			order.cents = 0
		}
		if err := r.append(order, date); err != nil {
			return err
		}
	}
	for _, refund := range r.refunds[d] {
		if err := r.append(refund, date); err != nil {
			return err
		}
	}
	return nil
}

// order draws a customer's next order.
func (r *rows) order(customer uint32) row {
	s := newStream(r.settings.Seed, uint64(customer))
	t := newTraits(&s)
	if !r.draws.chance(habitPercent) {
		t.channel = channels.draw(&r.draws)
	}
	p := catalogue.draw(&r.draws)
	r.number++
	return row{
		prefix:   'O',
		number:   r.number,
		customer: customer,
		cents:    max(1, int64(math.Round(p.cents*t.spend*r.draws.lognormal(valueSpread)))),
		region:   *t.region,
		channel:  *t.channel,
		product:  p,
	}
}

// refund returns the row that gives an order back, all or a part of it.
func (r *rows) refund(order row) row {
	order.prefix = 'R'
	if r.draws.chance(partPercent) {
		quarters := 1 + int64(r.draws.below(3))
		order.cents = max(1, order.cents*quarters/4)
	}
	order.cents = -order.cents
	return order
}

// append adds a row to the text and hands the text on when it is long enough.
func (r *rows) append(o row, date string) error {
	b := append(r.text, 'C')
	b = appendPadded(b, int64(o.customer)+1, 7)
	b = append(b, ',', o.prefix)
	b = appendPadded(b, int64(o.number), 8)
	b = append(b, ',')
	b = append(b, date...)
	b = append(b, ',')
	b = appendCents(b, o.cents)
	b = append(b, ',')
	b = append(b, o.region...)
	if !r.settings.Plain {
		for _, field := range [...]string{o.channel, o.product.category, o.product.name} {
			b = append(b, ',')
			b = append(b, field...)
		}
	}
	r.text = append(b, '\n')
	if len(r.text) >= flushAt {
		return r.flush()
	}
	return nil
}

func (r *rows) flush() error {
	if _, err := r.out.Write(r.text); err != nil {
		return model.Errorf(model.Unreadable, "cannot write the orders: {cause}", "cause", err)
	}
	r.text = r.text[:0]
	return nil
}

// appendPadded writes n with leading zeros to at least width digits.
func appendPadded(b []byte, n int64, width int) []byte {
	var digits [20]byte
	d := strconv.AppendInt(digits[:0], n, 10)
	for range width - len(d) {
		b = append(b, '0')
	}
	return append(b, d...)
}

// appendCents writes an amount in hundredths with two decimals.
func appendCents(b []byte, cents int64) []byte {
	if cents < 0 {
		b, cents = append(b, '-'), -cents
	}
	b = strconv.AppendInt(b, cents/100, 10)
	return appendPadded(append(b, '.'), cents%100, 2)
}
