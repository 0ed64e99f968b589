package importer

import (
	"bytes"
	"strings"

	"strata/importer/mapping"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// spoiltKeys counts keys that a spreadsheet has spoilt, by how.
type spoiltKeys struct {
	rounded, zeros, dates int
	example               string
}

const excelDigits = 15 // that a spreadsheet keeps of a number

// spoilt looks at n keys.
func spoilt(n int, at func(i int) []byte) spoiltKeys {
	var s spoiltKeys
	long := 0 // numbers longer than a spreadsheet keeps
	for i := range n {
		key := at(i)
		switch {
		case isRounded(key):
			s.rounded++
		case isDayOfMonth(key):
			s.dates++
		default:
			digits, zeros := longNumber(key)
			if !digits {
				continue
			}
			if long++; !zeros {
				continue
			}
			s.zeros++
		}
		if s.example == "" || string(key) < s.example {
			s.example = string(key)
		}
	}
	// A real number ends in zeros now and then.
	if s.zeros*2 < long || s.zeros < 2 {
		s.zeros = 0
	}
	// All keys like "5-Mar" are a scheme of their own.
	if s.dates*2 > n {
		s.dates = 0
	}
	return s
}

// isRounded recognises 1.23457E+11.
func isRounded(key []byte) bool {
	if len(key) < len("1E+11") || key[0]-'0' > 9 {
		return false
	}
	plus := bytes.IndexByte(key, '+')
	return plus > 0 && key[plus-1]|0x20 == 'e' && plus+1 < len(key) &&
		len(bytes.Trim(key[:plus-1], "0123456789.,")) == 0 && len(bytes.Trim(key[plus+1:], "0123456789")) == 0
}

// longNumber reports whether a key is a number of more digits than a
// spreadsheet keeps, and whether zeros stand for those beyond.
func longNumber(key []byte) (is, zeros bool) {
	const longest = 22
	if len(key) <= excelDigits || len(key) > longest {
		return false, false
	}
	for i, c := range key {
		if c-'0' > 9 {
			return false, false
		}
		zeros = c == '0' && (zeros || i == excelDigits)
	}
	return true, zeros
}

// isDayOfMonth recognises what a spreadsheet makes of 3-5: 5-Mar, Mar-05.
func isDayOfMonth(key []byte) bool {
	const shortest, longest = len("5-Mar"), len("05-Mar")
	if len(key) < shortest || len(key) > longest {
		return false
	}
	a, b, ok := strings.Cut(string(key), "-")
	return ok && (isMonth(a) && isNumber(b) || isMonth(b) && isNumber(a))
}

func isMonth(s string) bool {
	const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
	return len(s) == 3 && strings.Contains(months, s)
}

// tellSpoilt warns of ids that a spreadsheet has spoilt: several people or
// orders may have become one.
func (r *reading) tellSpoilt(intake *model.Intake) {
	column := func(field mapping.Field) string { return r.plan.Columns[r.plan.Column(field)].Name }
	r.warnSpoilt(catalogue.T("customers"), column(mapping.Customer), spoilt(intake.Customers.Len(), intake.Customers.Slice))
	if n := intake.OrderKeys.Len(); n > 0 {
		r.warnSpoilt(catalogue.T("orders"), column(mapping.Order), spoilt(n, intake.OrderKeys.Slice))
	}
}

func (r *reading) warnSpoilt(what, column string, s spoiltKeys) {
	var how []string
	if s.rounded > 0 {
		how = append(how, catalogue.T("{rounded} rounded to a few digits", "rounded", words.Count(int64(s.rounded))))
	}
	if s.zeros > 0 {
		how = append(how, catalogue.T("{zeros} with zeros after the fifteenth digit", "zeros", words.Count(int64(s.zeros))))
	}
	if s.dates > 0 {
		how = append(how, catalogue.T("{dates} turned into dates", "dates", words.Count(int64(s.dates))))
	}
	if len(how) > 0 {
		r.plan.warn("spoilt-ids", "a spreadsheet has damaged ids in {column:q}, like {example:q} ({kinds}): several {subjects} may count as one; export the file again with that column as text", "column", column, "example", s.example, "kinds", strings.Join(how, ", "), "subjects", what)
	}
}
