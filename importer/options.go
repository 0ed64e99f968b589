package importer

import (
	"strings"

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
}

// ParseMap reads the value of --map: customer=CustomerID,date=InvoiceDate. A
// comma inside a column name is written \,. Errors: Usage.
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
