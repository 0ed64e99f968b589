package importer

import (
	"bytes"
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"strata/importer/mapping"
	"strata/importer/parse"
	"strata/model"
)

// sampleRows is how many rows are looked at to learn what columns mean.
const sampleRows = 5_000

// Detect looks at the beginning of a file and says how it would be read.
// Errors: Usage (options that make no sense), Empty (no data rows), Invalid
// (no date, customer or amount column, no delimited text), Cancelled.
func Detect(ctx context.Context, in *Input, options Options) (*Plan, error) {
	if ctx.Err() != nil {
		return nil, cancelled(in.path)
	}
	d := detection{in: in, options: options, plan: &Plan{}}
	steps := []func() error{d.choices, d.encoding, d.delimiter, d.header, d.fields, d.figures, d.kind, d.numbers}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, err
		}
	}
	d.attributes()
	return d.plan, nil
}

// detection is a plan in the making.
type detection struct {
	in      *Input
	options Options
	plan    *Plan

	sampled // the header included until it is taken off
	columns []mapping.Evidence
	renamed map[int]string // by column: its name from attr:NAME
}

// choices takes over what the options say outright.
func (d *detection) choices() error {
	o, p := d.options, d.plan
	var err error
	if p.Dates, err = parse.ParseDateOrder(o.DateFormat); err != nil {
		return err
	}
	for _, flag := range []struct {
		name, value string
		allowed     []string
	}{
		{"kind", string(o.Kind), []string{string(model.KindOrders), string(model.KindLines)}},
		{"encoding", o.Encoding, []string{utf8Encoding, windows1252}},
		{"delimiter", delimiterName(o.Delimiter), []string{",", ";", "|", "tab"}},
		{"decimal", o.Decimal, []string{".", ","}},
		{"header", o.Header, []string{"yes", "no"}},
		{"on-bad", o.OnBad, []string{"reject", "stop"}},
		{"lines", o.Lines, []string{"yes", "no"}},
	} {
		if flag.value != "" && !slices.Contains(flag.allowed, flag.value) {
			return model.Errorf(model.Usage, "--%s: %q is not known", flag.name, flag.value).
				WithHint("use %s", strings.Join(flag.allowed, " or "))
		}
	}
	p.Kind, p.Decimal, p.Currency = o.Kind, o.Decimal, o.Currency
	p.stop = o.OnBad == "stop"
	return nil
}

// encoding reads a mark or what the bytes of the sample can be.
func (d *detection) encoding() error {
	p := d.plan
	switch {
	case d.options.Encoding != "":
		p.Encoding, p.declared = d.options.Encoding, true
	case d.in.utf8:
		p.Encoding, p.declared = utf8Encoding, true
	case !utf8.Valid(wholeLines(d.in)):
		p.Encoding = windows1252
	case slices.ContainsFunc(d.in.sample, func(c byte) bool { return c >= utf8.RuneSelf }):
		p.Encoding = utf8Encoding
	}
	return nil
}

// wholeLines returns the sample without a last line that may be cut.
func wholeLines(in *Input) []byte {
	if in.whole {
		return in.sample
	}
	return in.sample[:1+bytes.LastIndexByte(in.sample, '\n')]
}

// delimiter takes the delimiter under which most records have as many fields
// as the first; of two such, the one that makes more fields.
func (d *detection) delimiter() error {
	candidates := []string{",", ";", "\t", "|"}
	switch delimiterName(d.options.Delimiter) {
	case "":
	case "tab":
		candidates = []string{"\t"}
	default:
		candidates = []string{d.options.Delimiter}
	}
	bestAlike, openQuote := 0, false
	for _, delimiter := range candidates {
		s, err := d.sampleRecords(delimiter[0])
		if err != nil {
			return err
		}
		if openQuote = openQuote || s.openQuote; s.openQuote || len(s.records) == 0 {
			continue
		}
		fields, alike := len(s.records[0]), 0
		for _, record := range s.records {
			if len(record) == fields {
				alike++
			}
		}
		if fields < 2 && d.options.Delimiter == "" {
			continue
		}
		if bestAlike == 0 || cmp.Or(cmp.Compare(alike, bestAlike), cmp.Compare(fields, len(d.records[0]))) > 0 {
			d.plan.Delimiter, d.sampled, bestAlike = delimiter, s, alike
		}
	}
	switch {
	case bestAlike > 0:
		return nil
	case openQuote:
		return model.Errorf(model.Invalid, "%s: a quote opens in the first line and is not closed properly", d.in.path).
			WithHint("close the quote, or remove it")
	}
	return model.Errorf(model.Invalid, "%s: the first line has no comma, semicolon, tab or bar between its columns", d.in.path).
		WithHint("give delimited text with a header line, or say --delimiter")
}

// sampled is what the sample holds under one delimiter.
type sampled struct {
	records   [][]string // blank lines and spoilt records left out
	openQuote bool       // the first record is spoilt
	spoilt    int
}

// sampleRecords reads the first records of the sample.
func (d *detection) sampleRecords(delimiter byte) (sampled, error) {
	var s sampled
	end := parse.Boundary(d.in.sample, delimiter, d.in.whole)
	if end == 0 {
		return s, tooLong(d.in.path, 1)
	}
	text := bytes.Clone(d.in.sample[:end]) // reading records changes it
	var records parse.Records
	records.Reset(text, delimiter)
	for len(s.records) < sampleRows && records.Next() {
		if records.Problem != parse.Sound {
			s.spoilt++
			s.openQuote = s.openQuote || len(s.records) == 0 && records.Problem == parse.OpenQuote
			continue
		}
		record := make([]string, len(records.Fields))
		for i, span := range records.Fields {
			record[i] = strings.Trim(string(text[span.Start:span.End]), " \t\r\n")
		}
		if len(record) > 1 || record[0] != "" {
			s.records = append(s.records, record)
		}
	}
	return s, nil
}

// header names the columns.
func (d *detection) header() error {
	o := d.options
	first := d.records[0]
	if d.plan.Encoding == windows1252 {
		first = slices.Clone(first)
		for i := range first {
			first[i] = decode(first[i])
		}
	}
	d.plan.Header = o.Header == "yes" || o.Header == "" && len(o.Columns) == 0 && looksLikeHeader(first)
	if d.plan.Header {
		d.records = d.records[1:]
	}
	if len(d.records) == 0 && d.spoilt == 0 && d.in.whole {
		return headerOnly(d.in.path)
	}
	if len(o.Columns) > 0 && len(o.Columns) != len(first) {
		return model.Errorf(model.Usage, "--columns names %d columns, but %s has %d", len(o.Columns), d.in.path, len(first)).
			WithHint("give one name for each column")
	}
	for i := range first {
		name := ""
		if len(o.Columns) > 0 {
			name = headerText(o.Columns[i])
		} else if d.plan.Header {
			name = headerText(first[i])
		}
		if name == "" {
			name = strconv.Itoa(i + 1)
		}
		d.plan.Columns = append(d.plan.Columns, Column{Name: name})
		d.columns = append(d.columns, d.evidence(i, name))
	}
	return nil
}

func headerOnly(path string) error {
	return model.Errorf(model.Empty, "%s has a header but no rows", path).WithHint("give a file with order rows")
}

// looksLikeHeader reports whether a first record holds names rather than data.
func looksLikeHeader(record []string) bool {
	if mapping.IsHeader(record) {
		return true
	}
	return !slices.ContainsFunc(record, func(s string) bool {
		_, isDate := parse.ParseDate([]byte(s), parse.AnyOrder)
		return isDate || isNumber(s)
	})
}

func isNumber(s string) bool {
	for _, decimal := range []byte(".,") {
		if _, problem := parse.ParseNumber([]byte(s), decimal); problem == parse.GoodNumber {
			return true
		}
	}
	return false
}

// evidence looks at the sample's values of one column.
func (d *detection) evidence(column int, name string) mapping.Evidence {
	e := mapping.Evidence{Header: name}
	unique := make(map[string]bool)
	for _, record := range d.records {
		if column >= len(record) || record[column] == "" {
			continue
		}
		value := record[column]
		e.Filled++
		unique[value] = true
		if _, ok := parse.ParseDate([]byte(value), d.plan.Dates); ok {
			e.Dates++
		}
		if isNumber(value) {
			e.Numbers++
			if strings.ContainsAny(value, ".,") || parse.CurrencyOf([]byte(value)) != "" {
				e.Decimal++
			}
		}
	}
	e.Unique = len(unique)
	return e
}

// fields finds out what the columns mean, those named by --map first.
func (d *detection) fields() error {
	fixed := make(map[mapping.Field]int)
	d.renamed = make(map[int]string)
	for key, name := range d.options.Map {
		field, attribute, err := mapping.ParseField(key)
		if err != nil {
			return err
		}
		column, err := d.columnNamed(key, name)
		if err != nil {
			return err
		}
		if attribute != "" {
			d.renamed[column] = attribute
			continue
		}
		for other, taken := range fixed {
			if taken == column {
				return model.Errorf(model.Usage, "--map gives column %q to %s and to %s", name, min(field, other), max(field, other))
			}
		}
		fixed[field] = column
	}
	free := slices.Clone(d.columns)
	for column := range d.renamed {
		free[column] = mapping.Evidence{}
	}
	for _, choice := range mapping.Guess(free, fixed) {
		column := &d.plan.Columns[choice.Column]
		column.Field = choice.Field
		if choice.RunnerUp >= 0 {
			column.RunnerUp = d.plan.Columns[choice.RunnerUp].Name
		}
	}
	return nil
}

// columnNamed finds a column named by --map.
func (d *detection) columnNamed(field, name string) (int, error) {
	for _, same := range []func(a, b string) bool{func(a, b string) bool { return a == b }, strings.EqualFold} {
		for i, column := range d.plan.Columns {
			if same(column.Name, name) {
				return i, nil
			}
		}
	}
	if strings.Contains(name, "+") {
		return 0, model.Errorf(model.Usage, "--map: %s=%s is a sum of columns, which cannot be read", field, name).
			WithHint("add the columns up in the file, and name the result")
	}
	return 0, model.Errorf(model.Usage, "--map: %s has no column %q", d.in.path, name).WithHint("its columns are %s", d.names())
}

// names lists the file's columns for a message.
func (d *detection) names() string {
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

// figures makes sure that there are a customer, a date and an amount.
func (d *detection) figures() error {
	p := d.plan
	missing := func(what, field string) error {
		return model.Errorf(model.Invalid, "%s: no %s column among %s", d.in.path, what, d.names()).
			WithHint("say which column it is with --map %s", field)
	}
	price := p.Column(mapping.Price)
	if p.Column(mapping.Amount) == none && p.Column(mapping.Quantity) == none && price != none {
		p.Columns[price].Field = mapping.Amount
	}
	switch {
	case p.Column(mapping.Customer) == none:
		return missing("customer", "customer=COLUMN")
	case p.Column(mapping.Date) == none:
		return missing("date", "date=COLUMN")
	case p.Column(mapping.Amount) == none && (p.Column(mapping.Quantity) == none || p.Column(mapping.Price) == none):
		return missing("amount (nor quantity and price)", "amount=COLUMN, or --map quantity=COLUMN,price=COLUMN")
	}
	return nil
}

// kind tells orders from lines.
func (d *detection) kind() error {
	p := d.plan
	if p.Kind == "" {
		p.Kind = model.KindOrders
		order := p.Column(mapping.Order)
		repeats := order != none && d.columns[order].Unique*10 < d.columns[order].Filled*9
		if repeats || p.Column(mapping.Product) != none || p.Column(mapping.Quantity) != none && p.Column(mapping.Price) != none {
			p.Kind = model.KindLines
		}
	}
	p.KeepLines = d.options.Lines == "yes" || d.options.Lines == "" && p.Kind == model.KindLines
	return nil
}

// numbers finds the decimal mark and the currency of the money columns.
func (d *detection) numbers() error {
	points, commas := 0, 0
	currencies := make(map[string]int)
	for _, field := range []mapping.Field{mapping.Amount, mapping.Price, mapping.Quantity} {
		column := d.plan.Column(field)
		if column == none {
			continue
		}
		for _, record := range d.records {
			if column >= len(record) {
				continue
			}
			switch parse.DecimalMark([]byte(record[column])) {
			case '.':
				points++
			case ',':
				commas++
			}
			if currency := parse.CurrencyOf([]byte(record[column])); currency != "" {
				currencies[currency]++
			}
		}
	}
	if d.plan.Decimal == "" {
		d.plan.Decimal = "."
		if commas > points {
			d.plan.Decimal = ","
		}
	}
	if d.plan.Currency == "" && len(currencies) == 1 {
		for currency := range currencies {
			d.plan.Currency = currency
		}
	}
	return nil
}

// attributes says what is kept of the columns that make no figures.
func (d *detection) attributes() {
	p := d.plan
	names := make(map[string]int)
	for i := range p.Columns {
		column := &p.Columns[i]
		switch column.Field {
		case mapping.Customer, mapping.Order, mapping.Date, mapping.Amount, mapping.Quantity, mapping.Price:
			continue
		}
		unnamed := column.Name == strconv.Itoa(i+1)
		if unnamed && d.columns[i].Filled == 0 {
			continue // the file's rows end in a delimiter
		}
		subject := mapping.SubjectOf(column.Field, column.Name, p.Kind)
		if subject == model.OfLine && !p.KeepLines {
			continue
		}
		name := cmp.Or(d.renamed[i], column.Name)
		if names[name]++; names[name] > 1 {
			name += " " + strconv.Itoa(names[name])
		}
		column.Attribute, column.Subject = name, subject
	}
}
