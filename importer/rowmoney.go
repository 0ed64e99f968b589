package importer

import (
	"bytes"
	"slices"

	"strata/importer/mapping"
	"strata/importer/parse"
	"strata/model"
	"strata/model/catalogue"
)

// orderLine is what a row says about money.
type orderLine struct {
	quantity  int64 // ten-thousandths
	price     model.Money
	amount    model.Money
	cost      model.Money // as it stands
	refund    model.Money // given back of the amount, not negative
	corrected bool
}

// flag says whether the line is a purchase or a return: money back, or goods
// back for nothing; both where some of a purchase was given back.
func (l orderLine) flag() model.OrderFlag {
	switch {
	case l.amount < 0 || l.amount == 0 && l.quantity < 0:
		return model.Return
	case l.refund > 0:
		return model.Purchase | model.Return
	}
	return model.Purchase
}

// discountUnit says what the numbers of a discount are.
type discountUnit uint8

// The units of discounts.
const (
	discountMoney   discountUnit = iota // taken off the amount
	discountShare                       // 0.15 of the amount
	discountPercent                     // 15 per cent of it
	discountPaid                        // 0.85 of the amount is paid, as 折扣 says
	discountTenths                      // 8.5 tenths of it are paid, as 折 says
)

// discountNames are the units of discounts in a plan.
var discountNames = []string{"money", "share", "percent", "paid", "tenths"}

// String says in words what the numbers of a discount are.
func (u discountUnit) String() string {
	return [...]string{catalogue.T("money"), catalogue.T("share of the amount"), catalogue.T("percentage of the amount"), catalogue.T("share that is paid"), catalogue.T("tenths that are paid")}[u]
}

// moneyField returns the number of a field of money.
func moneyField(field mapping.Field) int { return slices.Index(moneyFields, field) }

// rowLine reads what the row says about money, or refuses the row.
func (p *parser) rowLine() (line orderLine, ok bool) {
	if p.unvalued {
		return line, true
	}
	if line, ok = p.rowAmount(); !ok || !p.extras {
		return line, ok
	}
	kept := func(f *figure) int64 {
		value, mended := p.beside(f)
		line.corrected = line.corrected || mended
		return value
	}
	line.cost = model.Money(kept(&p.cost))
	line.refund = model.Money(kept(&p.refund))
	line.refund = max(line.refund, -line.refund)
	if discount := kept(&p.discount); discount != 0 {
		return line, p.takeOff(&line, discount)
	}
	return line, true
}

// tiny is 0.01: of amounts below it, the ten-thousandths kept say little.
const tiny = int64(model.Unit / 100)

// rowAmount reads the amount, or quantity and price. Beside an amount, quantity
// and price are only kept, and need not be there.
func (p *parser) rowAmount() (line orderLine, ok bool) {
	var quantity, price parse.Number
	if p.amount.column != none {
		amount, ok := p.number(&p.amount)
		if !ok {
			return line, false
		}
		line.amount, line.corrected = model.Money(amount.Value), amount.Rounded
		if amount.Rounded && max(amount.Value, -amount.Value) < tiny {
			p.batch.coarse++
		}
		if p.quantity.column == none && p.price.column == none {
			return line, true
		}
		pieces, mended := p.beside(&p.quantity)
		unit, mendedToo := p.beside(&p.price)
		line.quantity, line.price = pieces, model.Money(unit)
		line.corrected = line.corrected || mended || mendedToo
		if line.quantity < 0 && line.amount > 0 {
			p.batch.takenBack++
		}
		return line, true
	}
	if quantity, ok = p.number(&p.quantity); !ok {
		return line, false
	}
	if price, ok = p.number(&p.price); !ok {
		return line, false
	}
	line.quantity, line.price = quantity.Value, model.Money(price.Value)
	amount, exact, err := line.price.Times(line.quantity)
	if (price.Rounded || quantity.Rounded) && len(p.price.plus)+len(p.quantity.plus) == 0 && p.scales[p.price.field] == 0 {
		// With many decimals the price is not rounded before it is multiplied.
		if value, precise, ok := parse.Product(p.value(p.price.column), p.value(p.quantity.column), p.decimal); ok {
			amount, exact, err = model.Money(value), precise, nil
			price.Rounded, quantity.Rounded = false, false
		}
	}
	if err != nil {
		p.refuse(p.price.column, tooLarge)
		return line, false
	}
	if line.quantity < 0 && line.price < 0 { // both say that it is a return
		amount = -amount
		p.batch.negatives++
	}
	line.amount, line.corrected = amount, !exact || quantity.Rounded || price.Rounded
	return line, true
}

// takeOff takes a discount off the amount, or refuses the row.
func (p *parser) takeOff(line *orderLine, discount int64) bool {
	if p.discountUnit != discountMoney {
		return p.takeShare(line, max(discount, -discount))
	}
	off := model.Money(max(discount, -discount))
	if line.amount < 0 {
		off = -off
	}
	line.amount -= off
	return true
}

// takeShare leaves of the amount what a share, a per cent or what is paid says,
// or refuses the row.
func (p *parser) takeShare(line *orderLine, discount int64) bool {
	whole := int64(model.Unit)
	switch p.discountUnit {
	case discountPercent:
		whole *= 100
	case discountTenths:
		whole *= 10
	}
	if discount > whole {
		p.refuse(p.discount.column, badDiscount)
		return false
	}
	paid := whole - discount
	if p.discountUnit == discountPaid || p.discountUnit == discountTenths {
		paid = discount
	}
	rest, exact, err := line.amount.Share(paid, whole)
	line.amount, line.corrected = rest, line.corrected || !exact
	return err == nil
}

// number reads a number the row cannot do without, or refuses the row. Of
// several columns that are added up, some may be empty.
func (p *parser) number(f *figure) (parse.Number, bool) {
	if len(f.plus) == 0 {
		return p.term(f.field, f.column)
	}
	var sum parse.Number
	empty := true
	for _, column := range append([]int{f.column}, f.plus...) {
		if len(p.value(column)) == 0 {
			continue
		}
		empty = false
		n, ok := p.term(f.field, column)
		if !ok {
			return sum, false
		}
		total, err := model.Money(sum.Value).Add(model.Money(n.Value))
		if err != nil {
			p.refuse(column, tooLarge)
			return sum, false
		}
		sum.Value, sum.Rounded = int64(total), sum.Rounded || n.Rounded
	}
	if empty {
		p.refuse(f.column, noAmount)
	}
	return sum, !empty
}

// term reads the number in one column, or refuses the row.
func (p *parser) term(field, column int) (parse.Number, bool) {
	text := p.value(column)
	if len(text) == 0 {
		p.refuse(column, noAmount)
		return parse.Number{}, false
	}
	n, problem := p.parseNumber(field, text)
	switch problem {
	case parse.GoodNumber:
		return n, true
	case parse.WrongMarks:
		p.refuse(column, badMarks)
	case parse.TooLarge:
		p.refuse(column, tooLarge)
	default:
		p.refuse(column, badAmount)
	}
	return parse.Number{}, false
}

// parseNumber reads a number and keeps what it tells of its column.
func (p *parser) parseNumber(field int, text []byte) (parse.Number, parse.NumberProblem) {
	n, problem := parse.ParseNumber(text, p.decimal)
	if problem == parse.NotANumber && moneyFields[field] == mapping.Quantity {
		text = parse.WithoutPieces(text)
		n, problem = parse.ParseNumber(text, p.decimal)
	}
	if problem == parse.NotANumber && len(text) > 0 && (text[0] == '=' || text[0] == '\'') {
		text = []byte(unwrapped(string(text)))
		n, problem = parse.ParseNumber(text, p.decimal)
	}
	if problem != parse.GoodNumber && problem != parse.WrongMarks {
		return n, problem
	}
	e := &p.batch.evidence
	e.marks[field].add(n, text, p.decimal)
	if problem == parse.GoodNumber {
		n, problem = p.inUnits(field, n, text)
	}
	if text[0]-'0' <= 9 && text[len(text)-1]-'0' <= 9 && !n.Scaled {
		return n, problem // no sign, no word
	}
	if currency := parse.CurrencyOf(text); currency != "" && moneyFields[field] != mapping.Quantity {
		e.currencies.add(currency, text)
	}
	if n.Scaled {
		e.scales.add(parse.ScaleOf(text), text)
	}
	return n, problem
}

// inUnits returns a number in the unit of its column, with all decimals that its
// text has.
func (p *parser) inUnits(field int, n parse.Number, text []byte) (parse.Number, parse.NumberProblem) {
	unit := p.scales[field]
	if unit == 0 {
		return n, parse.GoodNumber
	}
	if n.Rounded {
		if value, exact, ok := parse.InUnits(text, p.decimal, unit); ok {
			n.Value, n.Rounded = value, !exact
			return n, parse.GoodNumber
		}
	}
	return n.Times(unit)
}

// beside reads a number that is only kept; what is no number counts as 0, and
// as mended. Of several columns that are added up, all count.
func (p *parser) beside(f *figure) (value int64, mended bool) {
	if f.column == none {
		return 0, false
	}
	for i := -1; i < len(f.plus); i++ {
		column := f.column
		if i >= 0 {
			column = f.plus[i]
		}
		text := p.value(column)
		if len(text) == 0 {
			continue
		}
		if moneyFields[f.field] == mapping.Discount {
			text = bytes.TrimRight(text, "% ")
		}
		n, problem := p.parseNumber(f.field, text)
		value += n.Value
		mended = mended || problem != parse.GoodNumber || n.Rounded
	}
	return value, mended
}
