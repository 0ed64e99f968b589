package importer

import (
	"slices"
	"strconv"
	"strings"

	"strata/importer/mapping"
	"strata/importer/parse"
	"strata/model"
)

// titleLimit is how many records may stand above a table.
const titleLimit = 30

// tableStart returns the record with which the table begins: the first with
// two words that name columns, unless data come before it, or else the first
// that is no title.
func (s *sampled) tableStart() int {
	above := s.records[:min(titleLimit, len(s.records))]
	for i, record := range above {
		dated := slices.ContainsFunc(record, isDate)
		if dated && filled(record)*2 > s.width {
			break
		}
		if !dated && mapping.Words(record) >= 2 {
			return i
		}
	}
	return max(0, slices.IndexFunc(above, func(record []string) bool { return !s.isTitle(record) }))
}

// isTitle reports whether a record is a title or a comment: nearly empty, or
// beginning with # and not a row of data.
func (s *sampled) isTitle(record []string) bool {
	n := filled(record)
	if strings.HasPrefix(record[0], "#") {
		return n < s.width || !slices.ContainsFunc(record, isDate)
	}
	return n < 2 || n*2 <= s.width && mapping.Words(record) < 2
}

func filled(record []string) int {
	return count(record, func(s string) bool { return s != "" })
}

// skip leaves out what stands above the table.
func (d *detection) skip() error {
	start := 0
	if d.options.Skip == "" {
		start = d.tableStart()
		d.plan.Skip = d.lines[start] - 1
	} else {
		d.plan.Skip, _ = strconv.Atoi(d.options.Skip) // checked before
		for start < len(d.lines) && d.lines[start] <= d.plan.Skip {
			start++
		}
	}
	for _, record := range d.records[:start] {
		d.above = append(d.above, strings.Join(slices.DeleteFunc(slices.Clone(record), func(s string) bool { return s == "" }), " "))
	}
	d.records, d.lines = d.records[start:], d.lines[start:]
	if len(d.records) == 0 {
		return headerOnly(d.in.path)
	}
	return nil
}

// header finds the lines that name the columns.
func (d *detection) header() error {
	o, p := d.options, d.plan
	switch o.Header {
	case "yes":
		p.HeaderLines = 1
	case "2":
		p.HeaderLines = min(2, len(d.records))
	case "":
		if looksLikeHeader(d.records[0]) {
			p.HeaderLines = 1 + d.moreHeader()
		}
	}
	header := d.records[:p.HeaderLines]
	if d.head = p.Skip; p.HeaderLines > 0 {
		d.head = d.lines[p.HeaderLines-1]
	}
	d.records = d.records[p.HeaderLines:]
	if len(d.records) == 0 && d.spoilt == 0 && d.in.whole {
		return headerOnly(d.in.path)
	}
	names, err := d.names(header)
	if err != nil {
		return err
	}
	if len(o.Columns) > 0 {
		if len(o.Columns) != len(names) {
			return model.Errorf(model.Usage, "--columns names {given} columns, but {path} has {there}", "given", len(o.Columns), "path", d.in.path, "there", len(names)).
				WithHint("give one name for each column")
		}
		names, p.said.names = o.Columns, true
	}
	for i, name := range names {
		if name = headerText(name); name == "" {
			name = strconv.Itoa(i + 1)
		}
		p.Columns = append(p.Columns, Column{Name: name})
		d.columns = append(d.columns, d.evidence(i, name))
	}
	return nil
}

func headerOnly(path string) error {
	return model.Errorf(model.Empty, "{path} has a header but no rows", "path", path).WithHint("give a file with order rows")
}

// looksLikeHeader reports whether a first record holds names rather than data.
func looksLikeHeader(record []string) bool {
	switch {
	case slices.ContainsFunc(record, isDate):
		return false
	case mapping.Words(record) > 0:
		return true
	}
	return !slices.ContainsFunc(record, isNumber)
}

func isDate(s string) bool {
	_, ok := parse.ParseDate([]byte(s), parse.AnyOrder)
	return ok
}

func isNumber(s string) bool {
	for _, decimal := range []byte(".,") {
		if _, problem := parse.ParseNumber([]byte(s), decimal); problem == parse.GoodNumber {
			return true
		}
	}
	return false
}

// moreHeader returns 1 if the record behind the header belongs to it: a line
// drawn under it, units, the names once more in another language, or the names
// below names of groups.
func (d *detection) moreHeader() int {
	if len(d.records) < 3 {
		return 0
	}
	first, second := d.records[0], d.records[1]
	switch {
	case slices.ContainsFunc(second, func(s string) bool { return isDate(s) || isNumber(s) }):
		return 0
	case strings.Trim(strings.Join(second, ""), "-=+|: ") == "":
		return 1
	case filled(first) < len(second) && mapping.Words(second) >= 2:
		return 1
	case mapping.Words(second) >= 2 && mapping.Words(second)*2 > filled(second):
		return 1
	}
	units := count(second, func(s string) bool { return s != "" && mapping.IsUnit(s) })
	if units > 0 && units == filled(second) {
		return 1
	}
	return 0
}

// names makes one name for each column of one or two header lines. Error:
// Invalid, when the header names fewer columns than the rows have.
func (d *detection) names(header [][]string) ([]string, error) {
	names := make([]string, d.width)
	if len(header) > 0 {
		names = slices.Clone(header[0])
	}
	if len(header) == 2 {
		names = joinHeaders(header[0], header[1])
	}
	if len(header) == 0 || len(names) >= d.width || len(d.options.Columns) > 0 {
		return names, nil
	}
	if d.alike*2 <= len(d.records)+len(header) {
		return names, nil // the few rows that are wider will be refused
	}
	wider := slices.IndexFunc(d.records, func(row []string) bool { return filled(row[min(len(names), len(row)):]) > 0 })
	switch {
	case wider < 0: // the rows end in a delimiter
		return append(names, make([]string, d.width-len(names))...), nil
	case len(names) == d.width-1 && d.hasRowNames(names):
		return slices.Insert(names, 0, ""), nil
	}
	return nil, model.Errorf(model.Invalid, "{path}: the header names {names} columns, but the rows have {width} fields, like line {line}: {row}", "path", d.in.path, "names", len(names), "width", d.width, "line", d.lines[wider+len(header)], "row", strings.Join(d.records[wider], d.plan.Delimiter)).
		WithHint("put amounts with a decimal comma or thousands separators in quotes, give the header its missing names, or name all columns with --columns a,b,c")
}

// hasRowNames reports whether R has written the names of rows in front, which
// have no header of their own: they are all different, and behind them the
// header of the date stands over dates.
func (d *detection) hasRowNames(names []string) bool {
	rowNames := d.values(0)
	slices.Sort(rowNames)
	if len(d.values(d.width-1)) != len(d.records) || len(slices.Compact(rowNames)) != len(d.records) {
		return false
	}
	column := slices.IndexFunc(names, mapping.IsDate)
	return column < 0 || count(d.values(column+1), isDate)*2 > len(d.records) && count(d.values(column), isDate)*2 < len(d.records)
}

// joinHeaders puts two header lines together: units go behind the names, names
// of groups before them.
func joinHeaders(first, second []string) []string {
	names := make([]string, max(len(first), len(second)))
	group := ""
	grouped := filled(first) < filled(second)
	for i := range names {
		above, below := "", ""
		if i < len(first) {
			above = first[i]
		}
		if i < len(second) {
			below = strings.Trim(second[i], "-=+|:")
		}
		if above != "" {
			group = above
		} else if grouped {
			above = group
		}
		switch {
		case below == "" || above == below:
			names[i] = above
		case above == "":
			names[i] = below
		case mapping.IsUnit(below):
			names[i] = above + " (" + strings.Trim(below, "()（）[]") + ")"
		case grouped && mapping.Words([]string{below}) == 0, grouped && mapping.Words([]string{above + " " + below}) > 0:
			names[i] = above + " " + below
		case mapping.Words([]string{above}) == 0:
			names[i] = below
		default:
			names[i] = above
		}
	}
	return names
}
