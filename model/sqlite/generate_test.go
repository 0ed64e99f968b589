package sqlite_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"strata/model"
)

// order is one order as a person would write it down: what an intake is made
// of, and what the columns are compared with.
type order struct {
	customer, key string
	day           model.Day
	value, back   model.Money
	flags         model.OrderFlag
	channel       string
	cost          model.Money
	lines         []line
}

// line is a line of an order.
type line struct {
	amount, cost, refund model.Money
	quantity             int64
	flags                model.OrderFlag // 0: as the amount has it
	words                [2]string       // of each of lineAttributes
}

// lineAttributes are what files may say of lines.
var lineAttributes = [2]string{"Product", "Brand"}

// file is a client file: orders in file order, and what it says of customers.
type file struct {
	orders  []order
	regions map[string]string // by customer

	costed, kept, counted bool // it has costs, its lines are kept, they have quantities
	refunds               bool // lines say what was given back, and what they are
	attributes            int  // how many of lineAttributes it has
}

// drawFile draws a small file whose keys, days and words meet those of other
// files now and then.
func drawFile(t *rapid.T, label string) file {
	f := file{regions: map[string]string{}}
	words := rapid.SampledFrom([]string{"", "web", "shop", "Zürich\x00", "a'b\"c", "东区"})
	keyed := rapid.Bool().Draw(t, label+" has order ids")
	returns := rapid.Bool().Draw(t, label+" has returns")
	f.costed, f.kept, f.counted = rapid.Bool().Draw(t, label+" has costs"), rapid.Bool().Draw(t, label+" has lines"), rapid.Bool().Draw(t, label+" has quantities")
	f.refunds = rapid.Bool().Draw(t, label+" has refunds")
	f.attributes = rapid.IntRange(0, len(lineAttributes)).Draw(t, label+" has attributes of lines")
	for i := range rapid.IntRange(1, 60).Draw(t, label+" rows") {
		o := order{
			customer: fmt.Sprintf("%03d", rapid.IntRange(0, 20).Draw(t, "customer")),
			day:      model.Day(rapid.IntRange(-800_000, 800_000).Draw(t, "day")),
			value:    model.Money(rapid.Int64Range(0, 1<<40).Draw(t, "value")),
			flags:    model.Purchase,
			channel:  words.Draw(t, "channel"),
		}
		if rapid.Bool().Draw(t, "a common day and whole cents") {
			o.day, o.value = 15_000, o.value/100*100
		}
		if keyed {
			o.key = fmt.Sprintf("%s%d", rapid.SampledFrom([]string{"", "O"}).Draw(t, "prefix"), i)
		}
		if returns {
			o.flags = model.OrderFlag(rapid.IntRange(1, 3).Draw(t, "flags"))
			o.back = model.Money(rapid.Int64Range(0, 1<<33).Draw(t, "returned"))
		}
		if f.costed {
			o.cost = model.Money(rapid.Int64Range(-1<<20, 1<<40).Draw(t, "cost"))
		}
		if f.kept {
			o.lines = f.drawLines(t, words)
		}
		f.orders = append(f.orders, o)
		f.regions[o.customer] = words.Draw(t, "region")
	}
	return f
}

func (f file) drawLines(t *rapid.T, words *rapid.Generator[string]) (lines []line) {
	for range rapid.IntRange(1, 3).Draw(t, "lines") {
		l := line{amount: model.Money(rapid.Int64Range(-3, 1<<20).Draw(t, "amount"))}
		if f.counted {
			l.quantity = rapid.Int64Range(-1, 3).Draw(t, "quantity")
		}
		if f.costed {
			l.cost = model.Money(rapid.Int64Range(-9, 9).Draw(t, "cost of the line"))
		}
		if f.refunds {
			l.refund, l.flags = model.Money(rapid.Int64Range(0, 9).Draw(t, "refund")), model.OrderFlag(rapid.IntRange(1, 3).Draw(t, "flags of the line"))
		}
		for i := range f.attributes {
			l.words[i] = words.Draw(t, lineAttributes[i])
		}
		lines = append(lines, l)
	}
	return lines
}

// intake is the file as an importer hands it over.
func (f file) intake(name string) *model.Intake {
	in := &model.Intake{
		Source: model.Source{
			Path: name, Kind: model.KindOrders, Encoding: "utf-8", Delimiter: ",", Plan: "kind: orders\n",
			Fingerprint: "content of " + name, Bytes: 99, Rows: int64(len(f.orders)) + 1, Accepted: int64(len(f.orders)),
			Rejected: 1, Reasons: map[string]int64{"bad-date": 1}, RefusedValue: 12_345_678, RefusedValued: 1, Seconds: 0.25,
			ImportedAt: time.Date(2026, 11, 21, 14, 2, 0, 0, time.UTC),
		},
		Rejects: []model.Reject{{Line: 7, Column: "date", Value: "31/02/2020", Code: "bad-date", Reason: "there is no such day"}},
	}
	channel, region := newDictionary(), newDictionary()
	lines, words := &model.IntakeLines{}, []*dictionary{newDictionary(), newDictionary()}
	local := map[string]int32{}
	for _, o := range f.orders {
		if _, known := local[o.customer]; !known {
			local[o.customer] = int32(len(local))
			must(in.Customers.Append([]byte(o.customer)))
			region.add(f.regions[o.customer])
		}
	}
	sorted := slices.Clone(f.orders)
	slices.SortStableFunc(sorted, func(a, b order) int {
		return cmp.Or(cmp.Compare(local[a.customer], local[b.customer]), cmp.Compare(a.day, b.day))
	})
	keyed := slices.ContainsFunc(sorted, func(o order) bool { return o.key != "" })
	returns := slices.ContainsFunc(sorted, func(o order) bool { return o.back != 0 })
	for _, o := range sorted {
		in.OrderCustomer = append(in.OrderCustomer, local[o.customer])
		in.OrderDay = append(in.OrderDay, o.day)
		in.OrderValue = append(in.OrderValue, o.value)
		in.OrderFlags = append(in.OrderFlags, o.flags)
		in.OrderLines = append(in.OrderLines, 1)
		if returns {
			in.OrderReturned = append(in.OrderReturned, o.back)
		}
		if keyed {
			must(in.OrderKeys.Append([]byte(o.key)))
		}
		channel.add(o.channel)
		if f.costed {
			in.OrderCost = append(in.OrderCost, o.cost)
		}
		for _, l := range o.lines {
			lines.Order, lines.Amount = append(lines.Order, int32(len(in.OrderDay)-1)), append(lines.Amount, l.amount)
			if f.counted {
				lines.Quantity = append(lines.Quantity, l.quantity)
			}
			if f.costed {
				lines.Cost = append(lines.Cost, l.cost)
			}
			if f.refunds {
				lines.Refund, lines.Flags = append(lines.Refund, l.refund), append(lines.Flags, l.flags)
			}
			for i, word := range l.words[:f.attributes] {
				words[i].add(word)
			}
		}
	}
	if f.kept {
		in.Lines = lines
		for i, word := range words[:f.attributes] {
			lines.Attributes = append(lines.Attributes, model.IntakeAttribute{Name: lineAttributes[i], Codes: word.codes})
		}
	}
	in.CustomerAttributes = []model.IntakeAttribute{{Name: "Region", Field: "region", Codes: region.codes}}
	in.OrderAttributes = []model.IntakeAttribute{{Name: "Channel", Codes: channel.codes}}
	return in
}

// dictionary codes words in order of first appearance, as importers do.
type dictionary struct {
	codes  model.Codes
	codeOf map[string]uint32
}

func newDictionary() *dictionary {
	return &dictionary{codes: model.Codes{Words: []string{""}}, codeOf: map[string]uint32{"": 0}}
}

func (d *dictionary) add(word string) {
	code, ok := d.codeOf[word]
	if !ok {
		code = uint32(len(d.codes.Words))
		d.codes.Words = append(d.codes.Words, word)
		d.codeOf[word] = code
	}
	d.codes.Code = append(d.codes.Code, code)
}

// want writes down what a workspace of the files must hold, one line a
// customer and one an order, by the plainest means.
func want(files []file) string {
	var keys []string
	region := map[string]string{}
	orders := map[string][]order{}
	for _, f := range files {
		for _, o := range f.orders {
			if f.costed {
				o.flags |= model.Costed
			}
			if !slices.Contains(keys, o.customer) {
				keys = append(keys, o.customer)
			}
			orders[o.customer] = append(orders[o.customer], o)
		}
		for customer, word := range f.regions {
			if word != "" {
				region[customer] = word
			}
		}
	}
	var b strings.Builder
	for _, key := range keys {
		fmt.Fprintf(&b, "%s %q\n", key, region[key])
		slices.SortStableFunc(orders[key], func(a, b order) int { return cmp.Compare(a.day, b.day) })
		for _, o := range orders[key] {
			fmt.Fprintf(&b, "  %d %d %d %d %q\n", o.day, o.value, o.back, o.flags, o.channel)
			fmt.Fprintf(&b, "  cost %d\n", o.cost)
			for _, l := range o.lines {
				flag := cmp.Or(l.flags, model.Purchase)
				if l.flags == 0 && l.amount < 0 || l.flags == 0 && l.amount == 0 && l.quantity < 0 {
					flag = model.Return
				}
				fmt.Fprintf(&b, "    %d %d %d %d %q\n", l.amount, l.refund, l.cost, flag, l.words)
			}
		}
	}
	return b.String()
}

// have writes down what a workspace holds, in the form of want.
func have(t testing.TB, w model.Store) string {
	t.Helper()
	orders, err := w.Orders(t.Context(), "Channel")
	if err != nil {
		t.Fatal(err)
	}
	customers, err := w.Customers(t.Context(), "Region")
	if err != nil {
		t.Fatal(err)
	}
	if orders.Customers() != customers.Keys.Len() {
		t.Fatalf("orders know %d customers, the keys %d", orders.Customers(), customers.Keys.Len())
	}
	lines, words := haveLines(t, w)
	region, channel := customers.Attributes["Region"], orders.Attributes["Channel"]
	var b strings.Builder
	for c := range customers.Keys.Len() {
		fmt.Fprintf(&b, "%s %q\n", customers.Keys.At(c), region.Words[region.Code[c]])
		for i := orders.Start[c]; i < orders.Start[c+1]; i++ {
			back := model.Money(0)
			if orders.Returned != nil {
				back = orders.Returned[i]
			}
			fmt.Fprintf(&b, "  %d %d %d %d %q\n", orders.Day[i], orders.Value[i], back, orders.Flags[i], channel.Words[channel.Code[i]])
			fmt.Fprintf(&b, "  cost %d\n", at(orders.Cost, i))
			for l := lines.Start[i]; l < lines.Start[i+1]; l++ {
				fmt.Fprintf(&b, "    %d %d %d %d %q\n", lines.Amount[l], at(lines.Refund, l), at(lines.Cost, l), lines.Flags[l], words(l))
			}
		}
	}
	return b.String()
}

// haveLines returns the lines, and what each says of lineAttributes.
func haveLines(t testing.TB, w model.Store) (*model.Lines, func(l int32) [2]string) {
	t.Helper()
	attributes, err := w.Attributes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var lines *model.Lines
	var columns [2]*model.Codes
	for i, name := range lineAttributes { // one after the other, as people ask
		var names []string
		if slices.ContainsFunc(attributes, func(a model.Attribute) bool { return a.Name == name && a.Subject == model.OfLine }) {
			names = append(names, name)
		}
		if lines, err = w.Lines(t.Context(), names...); err != nil {
			t.Fatal(err)
		}
		columns[i] = lines.Attributes[name]
	}
	return lines, func(l int32) (words [2]string) {
		for i, c := range columns {
			if c != nil {
				words[i] = c.Words[c.Code[l]]
			}
		}
		return words
	}
}

// at is a value of a column; one that is nil counts as zeros.
func at(values []model.Money, i int32) model.Money {
	if values == nil {
		return 0
	}
	return values[i]
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
