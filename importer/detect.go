package importer

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"strata/importer/mapping"
	"strata/importer/parse"
	"strata/model"
	"strata/model/words"
)

// Detect looks at the beginning of a file and says how it would be read.
// Errors: Usage (options that make no sense), Ambiguous (two readings are about
// equally likely), Empty (no data rows), Invalid (no date, customer or amount
// column, no delimited text), Unreadable (changed while it was read), Cancelled.
func Detect(ctx context.Context, in *Input, options Options) (*Plan, error) {
	if ctx.Err() != nil {
		return nil, cancelled(in.path)
	}
	d := detection{in: in, options: options, plan: &Plan{}}
	steps := []func() error{
		d.choices, d.encoding, d.decode, d.delimiter, d.skip, d.header, d.fields, d.prefer, d.byValues, d.kind, d.needed, d.summaries, d.counts, d.decimal, d.splits, d.discount, d.currency,
	}
	for _, step := range steps {
		if err := step(); err != nil {
			if changed := in.unchanged(); changed != nil {
				return nil, changed
			}
			return nil, err
		}
	}
	d.plan.attributes()
	d.notices()
	if err := in.unchanged(); err != nil {
		return nil, err
	}
	return d.plan, nil
}

// detection is a plan in the making.
type detection struct {
	in      *Input
	options Options
	plan    *Plan

	text    []byte   // the sample in UTF-8
	sampled          // the header included until it is taken off
	head    int      // the last line above the data, 0 for none
	above   []string // the lines above the table
	columns []mapping.Evidence
	loose   []mapping.Choice // whose header only ends with a word of the field, or has none
}

// choices takes over what the options say outright.
func (d *detection) choices() error {
	o, p := d.options, d.plan
	if err := o.check(); err != nil {
		return err
	}
	var err error
	if p.Dates, err = parse.ParseDateOrder(o.DateFormat); err != nil {
		return err
	}
	p.Kind, p.Decimal, p.Currency = o.Kind, o.Decimal, o.Currency
	p.said.stop, p.DropDuplicates = o.OnBad == "stop", o.Duplicates == "drop"
	p.said.nobodies, p.said.rawKeys, p.said.farDates = o.Placeholders == "keep", o.KeyRules == "off", o.FarDates == "keep"
	p.TimeZone, p.OrderNumbers, p.Amounts, p.CostOf, p.said.unit, p.said.today = o.TimeZone, o.OrderNumbers, o.Amounts, o.CostOf, o.Unit, o.Today
	p.Signs, p.signs, p.Corrects, p.stored = o.Signs, none, o.Corrects, o.Stored
	p.settled.earliest, p.settled.latest = model.NoDay, model.NoDay
	p.said.currency = o.Currency != ""
	p.said.kind, p.said.lines, p.said.zone = o.Kind != "", o.Lines, o.TimeZone != ""
	p.said.amount, p.said.price = o.Map[string(mapping.Amount)] != "", o.Map[string(mapping.Price)] != ""
	p.said.noSigns = o.Map[string(mapping.Sign)] == noColumn
	p.said.noOrders = o.Map[string(mapping.Order)] == noColumn
	return nil
}

// encoding takes what a mark says, the person, or the bytes of the sample.
func (d *detection) encoding() error {
	p := d.plan
	if name := cmp.Or(d.in.encoding, d.options.Encoding); name != "" {
		standard, _, err := encodingNamed(name)
		p.Encoding, p.said.encoding = standard, true
		return err
	}
	text := wholeLines(d.in)
	if utf8.Valid(text) {
		if slices.ContainsFunc(text, func(c byte) bool { return c >= utf8.RuneSelf }) {
			p.Encoding = utf8Encoding
		}
		return nil
	}
	if _, n := mendText(text); n.utf8 > n.legacy {
		p.Encoding = windows1252 // some of it; the rest is UTF-8
		return nil
	}
	if p.Encoding = legacyEncoding(text); p.Encoding == "" {
		return unknownEncoding(d.in.path)
	}
	if p.Encoding == gb18030 && gbkPairs.count(text).beyondKorean == 0 {
		p.warn("encoding", "the few characters beyond ASCII were read as Chinese (gb18030); if they are Korean, use --encoding euc-kr")
	}
	return nil
}

func unknownEncoding(path string) error {
	names := []string{"shift_jis", "euc-kr", "windows-1251", windows1252}
	var choices []Choice
	for _, name := range names {
		choices = append(choices, encodingChoice(name))
	}
	return asks(model.Errorf(model.Ambiguous, "{path} is not UTF-8, and its bytes do not reveal its encoding", "path", path).
		WithHint("specify it with --encoding, such as {names}", "names", strings.Join(names, ", ")), choices...)
}

// oddEncoding asks for the encoding of a text that makes no sense in the usual
// ones.
func oddEncoding(path, example string) error {
	names := []string{"cp850", "macintosh", "windows-1250", "windows-1251", "shift_jis", "euc-kr", windows1252}
	var choices []Choice
	for _, name := range names {
		choices = append(choices, encodingChoice(name))
	}
	return asks(model.Errorf(model.Ambiguous, "{path} is not UTF-8, and makes little sense as Windows-1252: {example:q}", "path", path, "example", example).
		WithHint("specify it with --encoding, such as {names}", "names", strings.Join(names, ", ")), choices...)
}

// wholeLines returns the sample without a last line that may be cut.
func wholeLines(in *Input) []byte {
	if in.whole {
		return in.sample
	}
	return in.sample[:1+bytes.LastIndexByte(in.sample, '\n')]
}

// decode writes the sample in UTF-8.
func (d *detection) decode() error {
	d.text = d.in.sample
	switch {
	case d.plan.decodes():
		_, e, err := encodingNamed(d.plan.Encoding)
		if err != nil {
			return err
		}
		if d.text, err = e.NewDecoder().Bytes(d.text); err != nil {
			return model.Errorf(model.Invalid, "{path} cannot be read as {encoding}: {cause}", "path", d.in.path, "encoding", d.plan.Encoding, "cause", err)
		}
	case !utf8.Valid(d.text):
		d.text, _ = mendText(d.text)
	}
	return nil
}

// evidence looks at the sample's values of one column.
func (d *detection) evidence(column int, name string) mapping.Evidence {
	e := mapping.Evidence{Header: name}
	order := d.plan.Dates
	if order >= parse.ExcelSerial {
		order = parse.AnyOrder // any number is a count
	}
	quantity := mapping.IsQuantity(name)
	times := make(map[string]int)
	for _, value := range d.values(column) {
		e.Filled++
		times[value]++
	}
	for value, n := range times {
		if _, ok := parse.ParseDate([]byte(value), order); ok {
			e.Dates += n
		}
		if isNumber(value) || quantity && value[0]-'0' <= 9 {
			e.Numbers += n // a quantity may have a unit, to be refused by row
			if strings.ContainsAny(value, ".,") || parse.CurrencyOf([]byte(value)) != "" {
				e.Decimal += n
			}
			if countedOrder(value) != parse.AnyOrder {
				e.Counts += n
			}
		}
	}
	e.Unique = len(times)
	return e
}

// noColumn is what --map says of a field that the file does not have.
const noColumn = "none"

// fields finds out what the columns mean, those named by --map first.
func (d *detection) fields() error {
	fixed := make(map[mapping.Field]int)
	d.plan.said.renamed = make(map[int]string)
	taken := make(map[int]string) // by column: what --map says of it
	for key, name := range d.options.Map {
		field, attribute, err := mapping.ParseField(key)
		if err != nil {
			return err
		}
		columns, err := d.columnsNamed(key, name)
		if err != nil {
			return err
		}
		for i, column := range columns {
			if other, twice := taken[column]; twice {
				return model.Errorf(model.Usage, "--map assigns column {column:q} to both {field} and {other_field}", "column", d.plan.Columns[column].Name, "field", min(key, other), "other_field", max(key, other))
			}
			taken[column] = key
			switch {
			case attribute != "":
				d.plan.said.renamed[column] = attribute
			case i == 0:
				fixed[field] = column
			default:
				d.plan.Columns[column].Field, d.plan.Columns[column].Added = field, true
			}
		}
	}
	free := slices.Clone(d.columns)
	if d.options.Exact {
		free = make([]mapping.Evidence, len(d.columns))
	}
	for column := range taken {
		if _, is := d.plan.said.renamed[column]; is || d.plan.Columns[column].Added {
			free[column] = mapping.Evidence{}
		}
	}
	for _, choice := range mapping.Guess(free, fixed) {
		column := &d.plan.Columns[choice.Column]
		if column.Added || d.options.Map[string(choice.Field)] == noColumn {
			continue
		}
		column.Field = choice.Field
		if choice.Loose || choice.Unnamed {
			d.loose = append(d.loose, choice)
		}
		if choice.RunnerUp >= 0 {
			column.RunnerUp = d.plan.Columns[choice.RunnerUp].Name
		}
	}
	return nil
}

// columnsNamed finds the column that --map names, or the columns of a sum.
func (d *detection) columnsNamed(field, name string) ([]int, error) {
	if column, ok := d.columnNamed(name); ok {
		return []int{column}, nil
	}
	if name == noColumn {
		return nil, nil
	}
	var columns []int
	for part := range strings.SplitSeq(name, "+") {
		column, ok := d.columnNamed(strings.TrimSpace(part))
		if !ok {
			return nil, model.Errorf(model.Usage, "--map: {path} has no column {column:q}", "path", d.in.path, "column", strings.TrimSpace(part)).
				WithHint("its columns are {columns}", "columns", d.columnNames())
		}
		columns = append(columns, column)
	}
	if len(columns) > 1 && !slices.Contains(moneyFields, mapping.Field(field)) {
		return nil, model.Errorf(model.Usage, "--map: {field}={columns} is a sum of columns", "field", field, "columns", name).
			WithHint("only amount, quantity, price, cost, refund and discount can be added up")
	}
	return columns, nil
}

// columnNamed finds a column by its name or, where none has that name, by its
// number.
func (d *detection) columnNamed(name string) (int, bool) {
	for _, same := range []func(a, b string) bool{func(a, b string) bool { return a == b }, strings.EqualFold} {
		for i, column := range d.plan.Columns {
			if same(column.Name, name) {
				return i, true
			}
		}
	}
	n, err := strconv.Atoi(name)
	return n - 1, err == nil && n >= 1 && n <= len(d.plan.Columns)
}

// columnNames lists the file's columns for a message.
func (d *detection) columnNames() string {
	const limit = 30
	var names []string
	for i, column := range d.plan.Columns {
		if i == limit {
			names = append(names, "…")
			break
		}
		names = append(names, column.Name)
	}
	return strings.Join(names, ", ")
}

// onlyCosts says more of a file without amounts that says what sales cost.
func (d *detection) onlyCosts(missing error) error {
	cost := d.plan.Column(mapping.Cost)
	if cost == none {
		return missing
	}
	return model.Errorf(model.Invalid, "{path}: no amount column; the only money column is {column:q}", "path", d.in.path, "column", d.plan.Columns[cost].Name).
		WithHint("--map 'amount={cost}' uses it as the value of orders; amount=none counts orders only", "cost", d.plan.nameOf(cost))
}

// noDate says more of a file without a column of dates: that a column is named so
// but cannot be read, or asks which of several other dates it is.
func (d *detection) noDate(missing error) error {
	p := d.plan
	var shown []string
	var choices []Choice
	for i, e := range d.columns {
		switch {
		case mapping.IsDate(e.Header) && e.Filled > 0 && e.Dates*10 < e.Filled:
			return model.Errorf(model.Invalid, "{path}: no value in column {column:q} can be read as a date: {examples}", "path", d.in.path, "column", e.Header, "examples", examples(d.values(i))).
				WithHint("give their format with --date-format, or choose another column with --map date=COLUMN")
		case e.Dates*2 > e.Filled && e.Numbers*2 < e.Filled && p.Columns[i].Field == "":
			text := fmt.Sprintf("%s (%s)", e.Header, examples(d.values(i)))
			shown = append(shown, text)
			choices = append(choices, fieldChoice(text, mapping.Date, p.nameOf(i)))
		}
	}
	if len(choices) == 0 || len(choices) > 8 {
		return missing
	}
	return asks(model.Errorf(model.Ambiguous, "{path}: no header names the day of sale; it could be {columns}", "path", d.in.path, "columns", words.Or(shown)).
		WithHint("choose one with --map date=COLUMN"), choices...)
}

// summaries refuses a file of customers in which each stands on one row with
// what has been made of the orders already.
func (d *detection) summaries() error {
	const enough = 20
	e := d.columns[d.plan.Column(mapping.Customer)]
	summarises := slices.ContainsFunc(d.columns, func(e mapping.Evidence) bool { return mapping.Summarises(e.Header) })
	if d.options.Kind != "" || d.plan.Column(mapping.Order) != none || e.Filled < enough || e.Unique < e.Filled || !summarises {
		return nil
	}
	return model.Errorf(model.Invalid, "{path} summarises each customer in one row; it contains no orders", "path", d.in.path).
		WithHint("use the orders themselves; --kind orders treats each row as one order all the same")
}

// attributes says what is kept of the columns that make no figures.
func (p *Plan) attributes() {
	names := make(map[string]int)
	for i := range p.Columns {
		column := &p.Columns[i]
		column.Attribute, column.Subject = "", ""
		switch column.Field {
		case mapping.Customer, mapping.Order, mapping.Date, mapping.Amount, mapping.Quantity, mapping.Price:
			continue
		}
		subject := mapping.SubjectOf(column.Field, column.Name, p.Kind)
		if subject == model.OfLine && !p.KeepLines {
			continue
		}
		name := cmp.Or(p.said.renamed[i], column.Name)
		if names[name]++; names[name] > 1 {
			name += " " + strconv.Itoa(names[name])
		}
		column.Attribute, column.Subject = name, subject
	}
}
