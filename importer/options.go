package importer

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"strata/importer/parse"
	"strata/model"
)

// Options are a person's wishes, as the flags of the command line give them.
// The zero value leaves everything to detection. [Detect] refuses what it does
// not understand with code Usage.
type Options struct {
	Kind       model.Kind        // --kind; "" guessed
	Map        map[string]string // --map: field to column header, see [ParseMap]; other fields are guessed
	Encoding   string            // --encoding: any standard name; "" detected
	Delimiter  string            // --delimiter: one of , ; | tab blanks wide-blanks; "" detected
	DateFormat string            // --date-format: dmy, mdy, ymd (also spelled like dd/mm/yyyy), excel, epoch, epoch-ms; "" decided by the whole column
	Decimal    string            // --decimal: . or ,; "" decided by the columns
	Currency   string            // --currency: ISO code or symbol; "" what the amounts say
	Skip       string            // --skip: how many lines stand above the header; "" detected
	Header     string            // --header: yes, no, 2 (lines); "" detected
	Columns    []string          // --columns: names for a file without header
	Duplicates string            // --duplicates: keep (the default) or drop exact duplicate rows
	OnBad      string            // --on-bad: reject (the default) or stop
	Lines      string            // --lines: yes, no; "" yes for the kind lines
	Exact      bool              // no column means anything but what Map says
}

// check refuses values that make no sense for any file. Error: Usage.
func (o Options) check() error {
	for _, flag := range []struct {
		name, value string
		allowed     []string
	}{
		{"kind", string(o.Kind), []string{string(model.KindOrders), string(model.KindLines)}},
		{"delimiter", DelimiterName(delimiterNamed(o.Delimiter)), []string{",", ";", "|", "tab", "blanks", "wide-blanks"}},
		{"decimal", o.Decimal, []string{".", ","}},
		{"header", o.Header, []string{"yes", "no", "2"}},
		{"on-bad", o.OnBad, []string{"reject", "stop"}},
		{"lines", o.Lines, []string{"yes", "no"}},
		{"duplicates", o.Duplicates, []string{"keep", "drop"}},
	} {
		if flag.value != "" && !slices.Contains(flag.allowed, flag.value) {
			return model.Errorf(model.Usage, "--%s: %q is not known", flag.name, flag.value).
				WithHint("use %s", strings.Join(flag.allowed, " or "))
		}
	}
	if n, err := strconv.Atoi(cmp.Or(o.Skip, "0")); err != nil || n < 0 {
		return model.Errorf(model.Usage, "--skip: %q is not a number of lines", o.Skip).WithHint("give the number of lines above the header")
	}
	if o.Encoding != "" {
		if _, _, err := encodingNamed(o.Encoding); err != nil {
			return err
		}
	}
	_, err := parse.ParseDateOrder(o.DateFormat)
	return err
}

// Over returns the options of a plan with those said besides taking
// precedence, field by field for Map.
func (o Options) Over(plan Options) Options {
	said := func(to *string, value string) {
		if value != "" {
			*to = value
		}
	}
	kind := string(plan.Kind)
	said(&kind, string(o.Kind))
	plan.Kind = model.Kind(kind)
	said(&plan.Encoding, o.Encoding)
	said(&plan.Delimiter, o.Delimiter)
	said(&plan.DateFormat, o.DateFormat)
	said(&plan.Decimal, o.Decimal)
	said(&plan.Currency, o.Currency)
	said(&plan.Skip, o.Skip)
	said(&plan.Header, o.Header)
	said(&plan.Duplicates, o.Duplicates)
	said(&plan.OnBad, o.OnBad)
	said(&plan.Lines, o.Lines)
	if len(o.Columns) > 0 {
		plan.Columns = o.Columns
	}
	for field, column := range o.Map {
		plan.Map = withField(plan.Map, field, column)
	}
	return plan
}

// withField returns a copy of a map with one more field.
func withField(fields map[string]string, field, column string) map[string]string {
	more := map[string]string{field: column}
	for other, is := range fields {
		if other != field {
			more[other] = is
		}
	}
	return more
}

// ParseMap reads the value of --map: customer=CustomerID,date=InvoiceDate. A
// column is named by its header or its number, amount=goods+postage adds
// columns up, and amount=none says that there is none. A comma inside a column
// name is written \,. Errors: Usage.
func ParseMap(s string) (map[string]string, error) {
	const escapedComma = "\x00"
	m := make(map[string]string)
	for pair := range strings.SplitSeq(strings.ReplaceAll(s, `\,`, escapedComma), ",") {
		field, column, ok := strings.Cut(strings.ReplaceAll(pair, escapedComma, ","), "=")
		field, column = strings.TrimSpace(field), strings.TrimSpace(column)
		if !ok || field == "" || column == "" {
			return nil, model.Errorf(model.Usage, "--map: %q is not field=column", pair).
				WithHint("write it like customer=CustomerID,date=InvoiceDate")
		}
		if _, twice := m[field]; twice {
			return nil, model.Errorf(model.Usage, "--map names %s twice", field)
		}
		m[field] = column
	}
	return m, nil
}
