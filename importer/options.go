package importer

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"strata/importer/parse"
	"strata/model"
	"strata/model/catalogue"
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

	Placeholders string    // --placeholders: refuse (the default) or keep customers like NULL, guest, 0
	KeyRules     string    // --key-rules: on (the default) or off; see the rules of tidyKey
	FarDates     string    // --far-dates: refuse (the default) or keep dates far from all others
	TimeZone     string    // --time-zone: where days are counted of dates with an offset from UTC; "" as written, UTC where offsets differ
	OrderNumbers string    // --order-numbers: unique or restart; "" decided by the whole file
	Amounts      string    // --amounts: of a line or of the whole order; "" decided by the whole file
	CostOf       string    // --cost: of a unit or of a line; "" decided by the header, or the whole file
	Unit         string    // --unit: what one is in the money columns, such as 1000 or 0.01; "" what the headers say
	Discount     string    // of a plan: what the numbers of a discount are, see discountUnit; "" decided by the header and the beginning
	Signs        string    // of a plan: what said in the file it was made for which rows are returns, see the values of signs; "" decided by the whole file
	Corrects     string    // of a plan: the fingerprint of the source whose refused rows the file has, corrected; "" for a file of its own
	Stored       Stored    // what is stored of the source that is corrected
	Today        model.Day // orders after it are told; 0 for not to be told

	Exact bool // no column means anything but what Map says
}

// Stored is what tells whether the days of corrected rows lie far from those of
// the rest of their file: the days of that and how many rows they have.
type Stored struct {
	First, Last model.Day
	Rows        int64 // 0: nothing is known
}

// check refuses values that make no sense for any file. Error: Usage.
func (o Options) check() error {
	for _, flag := range []struct {
		name, value string
		allowed     []string
	}{
		{"kind", string(o.Kind), kindNames()},
		{"decimal", o.Decimal, []string{".", ","}},
		{"header", o.Header, []string{"yes", "no", "2"}},
		{"on-bad", o.OnBad, []string{"reject", "stop"}},
		{"lines", o.Lines, []string{"yes", "no"}},
		{"duplicates", o.Duplicates, []string{"keep", "drop"}},
		{"placeholders", o.Placeholders, []string{"refuse", "keep"}},
		{"key-rules", o.KeyRules, []string{"on", "off"}},
		{"far-dates", o.FarDates, []string{"refuse", "keep"}},
		{"order-numbers", o.OrderNumbers, []string{numbersUnique, numbersRestart}},
		{"amounts", o.Amounts, []string{amountsLine, amountsOrder}},
		{"cost", o.CostOf, []string{costOfUnit, costOfLine}},
		{"discount", o.Discount, discountNames},
		{"signs", o.Signs, []string{signsOfAmounts, signsOfQuantities, signsOfColumn}},
	} {
		if flag.value != "" && !slices.Contains(flag.allowed, flag.value) {
			return model.Errorf(model.Usage, "--{flag}: {value:q} is unknown", "flag", flag.name, "value", flag.value).
				WithHint("use {allowed}", "allowed", strings.Join(flag.allowed, catalogue.T(" or ")))
		}
	}
	if d := delimiterNamed(o.Delimiter); d != "" && d != wideBlanks && !isDelimiter(d) {
		return model.Errorf(model.Usage, "--delimiter: {delimiter:q} cannot separate columns", "delimiter", o.Delimiter).
			WithHint("give one character that is neither letter, digit nor quote, or tab, blanks, wide-blanks")
	}
	if !isCurrency(o.Currency) {
		return model.Errorf(model.Usage, "--currency: {currency:q} is not a currency", "currency", o.Currency).WithHint("give a code like GBP, or a sign like £")
	}
	if n, err := strconv.Atoi(cmp.Or(o.Skip, "0")); err != nil || n < 0 {
		return model.Errorf(model.Usage, "--skip: {skip:q} is not a number of lines", "skip", o.Skip).WithHint("give the number of lines above the header")
	}
	if o.Encoding != "" {
		if _, _, err := encodingNamed(o.Encoding); err != nil {
			return err
		}
	}
	if _, err := zoneNamed(o.TimeZone); err != nil {
		return err
	}
	if unit, err := model.ParseMoney(cmp.Or(o.Unit, "1")); err != nil || unit <= 0 {
		return model.Errorf(model.Usage, "--unit: {unit:q} is not a unit", "unit", o.Unit).WithHint("give the value of one unit: 1000 for thousands, 0.01 for cents, 1 for amounts as they are")
	}
	if sum, err := hex.DecodeString(o.Corrects); err != nil || len(sum) != 0 && len(sum) != sha256.Size {
		return model.Errorf(model.Usage, "corrects: {corrects:q} is not the fingerprint of a file", "corrects", o.Corrects).WithHint("`strata rejects --export` writes the plan of corrections")
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
	from, to := o.texts(), plan.texts()
	for key, value := range from {
		said(to[key], *value)
	}
	if len(o.Columns) > 0 {
		plan.Columns = o.Columns
	}
	for field, column := range o.Map {
		plan.Map = withField(plan.Map, field, column)
	}
	return plan
}

// texts are the options that are one word, by their keys in a plan.
func (o *Options) texts() map[string]*string {
	return map[string]*string{
		"kind": (*string)(&o.Kind), "encoding": &o.Encoding, "delimiter": &o.Delimiter, "skip": &o.Skip, "header": &o.Header, "date_format": &o.DateFormat,
		"decimal": &o.Decimal, "currency": &o.Currency, "lines": &o.Lines, "duplicates": &o.Duplicates, "on_bad": &o.OnBad,
		"placeholders": &o.Placeholders, "key_rules": &o.KeyRules, "far_dates": &o.FarDates, "time_zone": &o.TimeZone,
		"order_numbers": &o.OrderNumbers, "amounts": &o.Amounts, "cost": &o.CostOf, "unit": &o.Unit,
		"discount": &o.Discount, "signs": &o.Signs, "corrects": &o.Corrects,
	}
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
			return nil, model.Errorf(model.Usage, "--map: {pair:q} is not field=column", "pair", pair).
				WithHint("write it like customer=CustomerID,date=InvoiceDate")
		}
		if _, twice := m[field]; twice {
			return nil, model.Errorf(model.Usage, "--map names {field} twice", "field", field)
		}
		m[field] = column
	}
	return m, nil
}
