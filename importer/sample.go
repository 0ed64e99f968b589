package importer

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"strata/importer/parse"
	"strata/model"
)

// sampleRows is how many rows are looked at to learn what columns mean.
const sampleRows = 5_000

// The delimiters of columns that are aligned: any run of blanks or, where
// values have blanks of their own, runs of two and more.
const (
	blanks     = " "
	wideBlanks = "  "
)

// delimiters are the characters that are looked for, the likeliest first.
var delimiters = []string{",", ";", "\t", "|", "~", "^"}

// delimiterNames spell delimiters that cannot be seen.
var delimiterNames = map[string]string{"\t": "tab", blanks: "blanks", wideBlanks: "wide-blanks"}

// DelimiterName spells a delimiter so that it can be seen.
func DelimiterName(delimiter string) string {
	return cmp.Or(delimiterNames[delimiter], delimiter)
}

// delimiterNamed returns the delimiter that a person means.
func delimiterNamed(name string) string {
	if name == `\t` {
		return "\t"
	}
	for delimiter, is := range delimiterNames {
		if is == name {
			return delimiter
		}
	}
	return name
}

// isDelimiter reports whether a character can stand between columns.
func isDelimiter(name string) bool {
	return len(name) == 1 && name[0] < utf8.RuneSelf && !strings.ContainsAny(name, "\"\r\n\x00") &&
		!unicode.IsLetter(rune(name[0])) && !unicode.IsDigit(rune(name[0]))
}

// sampled is what the sample holds under one delimiter.
type sampled struct {
	records   [][]string // blank lines and spoilt records left out
	lines     []int      // on which each begins, from 1
	openQuote bool       // the first record is spoilt
	spoilt    int

	width int // how many fields most records have, of those with more than one
	alike int // records with so many
}

// sampleRecords reads the first records of the sample.
func (d *detection) sampleRecords(delimiter string) (sampled, error) {
	var s sampled
	text := delimited(d.in, nil, delimiter)
	b, err := text.beginning(d.text, d.in.whole)
	if err != nil {
		return s, err
	}
	text.open(b)
	var records walk
	records.begin(b)
	widths := make(map[int]int)
	for len(s.records) < sampleRows && records.Next() {
		line := int(records.lineHere())
		if records.Problem != parse.Sound {
			s.spoilt++
			s.openQuote = s.openQuote || len(s.records) == 0 && records.Problem == parse.OpenQuote
			continue
		}
		record := make([]string, len(records.Fields))
		for i, span := range records.Fields {
			record[i] = strings.Trim(string(b.text[span.Start:span.End]), " \t\r\n")
		}
		if filled(record) > 0 {
			s.records, s.lines = append(s.records, record), append(s.lines, line)
			if len(record) > 1 {
				widths[len(record)]++
			}
		}
	}
	for width, n := range widths {
		if cmp.Or(cmp.Compare(n, s.alike), cmp.Compare(width, s.width)) > 0 {
			s.width, s.alike = width, n
		}
	}
	return s, nil
}

// regular says how much of the sample has the usual width, in twentieths.
func (s *sampled) regular() int { return s.alike * 20 / max(1, len(s.records)) }

// delimiter takes the delimiter under which the records are most alike; of two
// such, the one that makes more fields. Blanks are tried when nothing else
// makes columns.
func (d *detection) delimiter() error {
	told := delimiterNamed(d.options.Delimiter)
	candidates := delimiters
	if told != "" {
		candidates = []string{told}
	}
	openQuote := false
	for _, delimiter := range candidates {
		s, err := d.sampleRecords(delimiter)
		if err != nil {
			return err
		}
		openQuote = openQuote || s.openQuote
		if s.width == 0 && told != "" {
			s.width = 1
		}
		if len(s.records) == 0 || s.width == 0 {
			continue
		}
		if d.records == nil || cmp.Or(cmp.Compare(s.regular(), d.regular()), cmp.Compare(s.width, d.width)) > 0 {
			d.plan.Delimiter, d.sampled = delimiter, s
		}
	}
	const mostly = 16
	if told == "" && !openQuote && (d.records == nil || d.regular() < mostly) {
		if err := d.alignedColumns(mostly); err != nil {
			return err
		}
	}
	switch {
	case d.openQuote || d.records == nil && openQuote:
		return model.Errorf(model.Invalid, "{path}: a quote opens in the first line and is not closed properly", "path", d.in.path).
			WithHint("close the quote, or remove it")
	case d.records != nil:
		return nil
	}
	return model.Errorf(model.Invalid, "{path}: the first line has no comma, semicolon, tab or bar between its columns", "path", d.in.path).
		WithHint("give delimited text with a header line, or specify --delimiter")
}

// alignedColumns takes columns that are aligned with blanks, if the sample has
// them.
func (d *detection) alignedColumns(mostly int) error {
	const fewest = 3 // a customer, a date and an amount
	for _, delimiter := range []string{blanks, wideBlanks} {
		s, err := d.sampleRecords(delimiter)
		if err != nil {
			return err
		}
		if s.width < fewest || s.regular() < mostly || s.openQuote {
			continue
		}
		// Values with blanks make more columns than there are headers.
		heads := len(s.records[s.tableStart()])
		if d.records == nil || heads == s.width {
			d.plan.Delimiter, d.sampled = delimiter, s
		}
		if heads == s.width {
			return nil
		}
	}
	return nil
}

// values returns the filled values of a column.
func (d *detection) values(column int) []string {
	var values []string
	for _, record := range d.records {
		if column < len(record) && record[column] != "" {
			values = append(values, record[column])
		}
	}
	return values
}

// count returns how many of the texts have a property.
func count(texts []string, has func(string) bool) int {
	n := 0
	for _, s := range texts {
		if has(s) {
			n++
		}
	}
	return n
}

// examples writes the least few different texts for a message, which do not
// depend on the order of the rows.
func examples(texts []string) string {
	const few = 3
	sorted := slices.Compact(slices.Sorted(slices.Values(texts)))
	return strings.Join(sorted[:min(few, len(sorted))], ", ")
}
