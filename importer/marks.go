package importer

import (
	"fmt"
	"slices"

	"strata/importer/mapping"
	"strata/importer/parse"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// moneyFields are the fields whose columns share a decimal mark.
var moneyFields = []mapping.Field{mapping.Amount, mapping.Price, mapping.Quantity, mapping.Cost, mapping.Refund, mapping.Discount}

// markEvidence counts the numbers of one field by what they tell of the decimal
// mark.
type markEvidence struct {
	points, commas         int64 // must be decimal
	openPoints, openCommas int64 // like 1.234 and 1,234
	hundreds, large        int64 // without any mark, from 100 and from 1,000

	// The least of each by their texts, for a question.
	point, comma, openPoint, openComma string
}

// add counts a number that was read with a decimal mark, or could not be.
func (m *markEvidence) add(n parse.Number, text []byte, decimal byte) {
	switch n.Mark {
	case parse.NoMark:
		switch size := max(n.Value, -n.Value); {
		case size >= 1_000*model.Unit:
			m.large++
		case size >= 100*model.Unit:
			m.hundreds++
		}
	case parse.OpenPoint:
		m.openPoints++
		keepLeast(&m.openPoint, text)
	case parse.OpenComma:
		m.openCommas++
		keepLeast(&m.openComma, text)
	default:
		if (n.Mark == parse.ProvenMark) == (decimal == '.') {
			m.points++
			keepLeast(&m.point, text)
		} else {
			m.commas++
			keepLeast(&m.comma, text)
		}
	}
}

// keepLeast keeps the lesser of two texts.
func keepLeast(least *string, text []byte) {
	if *least == "" || string(text) < *least {
		*least = string(text)
	}
}

func (m *markEvidence) merge(later *markEvidence) {
	m.points, m.commas = m.points+later.points, m.commas+later.commas
	m.openPoints, m.openCommas = m.openPoints+later.openPoints, m.openCommas+later.openCommas
	m.hundreds, m.large = m.hundreds+later.hundreds, m.large+later.large
	for _, pair := range [][2]*string{{&m.point, &later.point}, {&m.comma, &later.comma}, {&m.openPoint, &later.openPoint}, {&m.openComma, &later.openComma}} {
		if *pair[1] != "" {
			keepLeast(pair[0], []byte(*pair[1]))
		}
	}
}

// marksOf are the numbers of each field of moneyFields.
type marksOf [6]markEvidence

func (f *marksOf) merge(later *marksOf) {
	for i := range f {
		f[i].merge(&later[i])
	}
}

// sum pools the fields.
func (f *marksOf) sum() *markEvidence {
	var all markEvidence
	for i := range f {
		all.merge(&f[i])
	}
	return &all
}

// decide returns the decimal mark of the file; asked is set where nothing tells
// it: then mark is the likelier one, and open the number in question.
//
// Where every number with a mark has three digits behind it, the mark groups
// thousands if, in each field that has such numbers, there are many in the
// hundreds without a mark and none from a thousand. A file whose columns are
// divided by commas hardly writes decimal commas.
func (f *marksOf) decide(delimiter string) (mark byte, open string, asked bool) {
	m := f.sum()
	switch {
	case m.points > m.commas, m.points == m.commas && m.points > 0:
		return '.', m.comma, delimiter != "," && m.commas > 0 && !outvoted(m.commas, m.points)
	case m.commas > 0:
		return ',', m.point, m.points > 0 && !outvoted(m.points, m.commas)
	case m.openPoints == 0 && (m.openCommas == 0 || delimiter == ","):
		return '.', "", false
	case m.openPoints > 0 && m.openCommas > 0:
		return '.', m.openPoint, true
	}
	mark, open = '.', m.openPoint
	if m.openCommas > 0 {
		mark, open = ',', m.openComma
	}
	for i := range f {
		const many = 50
		if of := &f[i]; of.openPoints+of.openCommas > 0 && (of.large > 0 || of.hundreds < many) {
			return mark, open, true
		}
	}
	return '.' + ',' - mark, "", false
}

// decimal takes the decimal mark that the sample makes likely. The whole file
// decides.
func (d *detection) decimal() error {
	if d.plan.Decimal != "" {
		d.plan.said.decimal = true
		return nil
	}
	var m marksOf
	for i, field := range moneyFields {
		column := d.plan.Column(field)
		if column == none {
			continue
		}
		for _, value := range d.values(column) {
			n, problem := parse.ParseNumber([]byte(value), '.')
			if problem == parse.GoodNumber || problem == parse.WrongMarks {
				m[i].add(n, []byte(value), '.')
			}
		}
	}
	mark, _, _ := m.decide(d.plan.Delimiter)
	d.plan.Decimal = string(mark)
	return nil
}

// splits finds the columns of money before one into which an unquoted thousands
// mark may push the rest: one without a name, or that holds hardly any numbers
// but such.
func (d *detection) splits() error {
	for i, e := range d.columns {
		if i == 0 || !slices.Contains(moneyFields, d.plan.Columns[i-1].Field) || d.plan.Columns[i].Field != "" {
			continue
		}
		unnamed := d.plan.HeaderLines > 0 && d.plan.unnamed(i)
		split := 0
		for _, row := range d.records {
			if isSplit([]byte(at(row, i-1)), []byte(at(row, i)), !unnamed) {
				split++
			}
		}
		if unnamed || e.Numbers*2 < len(d.records) || split > 0 && split*2 < len(d.records) && split == e.Numbers {
			d.plan.splitting = append(d.plan.splitting, i-1)
		}
	}
	return nil
}

// settleMarks decides the decimal mark over the whole file. If it was another
// one than the file has been read with, the file is read again. Errors:
// Ambiguous, errAgain.
func (r *reading) settleMarks() error {
	plan := r.plan
	if plan.said.decimal || plan.settled.decimal {
		return nil
	}
	plan.settled.decimal = true
	m := &r.table.marks
	mark, open, asked := m.decide(plan.Delimiter)
	if asked {
		return m.sum().ask(r.input.path, open, mark)
	}
	if string(mark) != plan.Decimal {
		plan.Decimal = string(mark)
		return errAgain
	}
	return nil
}

// ask asks which mark is decimal.
func (m *markEvidence) ask(path, open string, mark byte) error {
	other := '.' + ',' - mark
	reading := func(decimal byte) string {
		n, problem := parse.ParseNumber([]byte(open), decimal)
		if problem != parse.GoodNumber {
			return catalogue.T("not a number")
		}
		return model.Money(n.Value).String()
	}
	choices := []Choice{decimalChoice(catalogue.T("decimal {mark}: {open} is {reading}", "mark", fmt.Sprintf("%c", mark), "open", open, "reading", reading(mark)), mark), decimalChoice(catalogue.T("decimal {other}: {open} is {reading}", "other", fmt.Sprintf("%c", other), "open", open, "reading", reading(other)), other)}
	hint := catalogue.T("choose the decimal mark with --decimal {mark} or --decimal {other}", "mark", fmt.Sprintf("%c", mark), "other", fmt.Sprintf("%c", other))
	if m.points > 0 && m.commas > 0 {
		return asks(model.Errorf(model.Ambiguous, "{path}: the decimal mark is a point in {points}, like {point:q}, and a comma in {commas}, like {comma:q}", "path", path, "points", words.Plural(m.points, "number", "numbers"), "point", m.point, "commas", words.Plural(m.commas, "number", "numbers"), "comma", m.comma).WithHint("{hint}; the other rows will be refused", "hint", hint), choices...)
	}
	return asks(model.Errorf(model.Ambiguous, "{path}: nothing shows whether {example:q} is {reading} or {other}: its mark could be decimal or group thousands", "path", path, "example", open, "reading", reading(mark), "other", reading(other)).WithHint("{hint}", "hint", hint), choices...)
}
