package schemefile

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// DecodeMapCSV reads a map from a table with a row a cell:
//
//	cell,segment,label,tier,color
//	555,champions,Champions,high,3
//	[4-5]5*,loyal,Loyal,high,
//
// Cell and segment are needed; r, f and m, a column each, can stand in the place
// of cell. A cell may be a pattern, or several with blanks between. A segment
// that is no slug is taken for its label, too. Label, tier and color are said
// once for each segment, on any of its rows; without a tier it is in none. The
// columns customers and revenue are passed over. Fields are parted by commas,
// semicolons or tabs.
//
// The cells must fit the levels, and each be in one segment; those that are in
// none, or in the segment others, are left over. Errors are [*model.Error] with the code Invalid and name
// the line and column of what is wrong.
func DecodeMapCSV(text []byte, levels [model.Axes]int) ([]model.Region, error) {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if !utf8.Valid(text) {
		return nil, model.Errorf(model.Invalid, "line {line}: not UTF-8 text", "line", lineOfBadText(text)).WithHint("save it as CSV UTF-8")
	}
	t := mapTable{levels: levels, csv: csv.NewReader(bytes.NewReader(text)), lineOf: map[[model.Axes]int]int{}}
	t.csv.Comma = delimiterOf(text)
	t.csv.TrimLeadingSpace = true
	if err := t.readHeader(); err != nil {
		return nil, err
	}
	for {
		row, err := t.csv.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, csvError(err)
		}
		if strings.TrimSpace(strings.Join(row, "")) == "" {
			continue // what spreadsheets leave below a table
		}
		if err := t.readRow(row); err != nil {
			return nil, err
		}
	}
	if len(t.regions) == 0 {
		return nil, model.Errorf(model.Invalid, "line 1: there is no cell below the header").WithHint("write one cell a line, like 555,champions")
	}
	return t.finish(), nil
}

// mapColumns are the columns that are known; those of a score are scores of
// one measure.
var (
	mapColumns   = []string{"cell", "segment", "label", "tier", "color", "customers", "revenue"}
	scoreColumns = [model.Axes][]string{{"r", "recency"}, {"f", "frequency"}, {"m", "monetary"}}
)

// mapTable is one run of [DecodeMapCSV].
type mapTable struct {
	csv     *csv.Reader
	levels  [model.Axes]int
	columns map[string]int          // where the named columns are
	scores  [model.Axes]int         // where those of the scores are, -1 nowhere
	names   []string                // of the columns, as in the header
	regions []model.Region          // in the order they come
	told    []segmentTold           // of each region
	lineOf  map[[model.Axes]int]int // of each cell, where it was given
}

// segmentTold is where a label, tier and colour were given, 0 where not yet.
type segmentTold struct{ label, tier, color int }

func (t *mapTable) readHeader() error {
	header, err := t.csv.Read()
	if errors.Is(err, io.EOF) {
		return model.Errorf(model.Invalid, "line 1: the file is empty").WithHint("begin with the header cell,segment,label,tier,color")
	}
	if err != nil {
		return csvError(err)
	}
	t.columns, t.scores = map[string]int{}, [model.Axes]int{-1, -1, -1}
	for i, name := range header {
		name = strings.ToLower(strings.TrimSpace(name))
		t.names = append(t.names, name)
		if name == "colour" {
			name = "color"
		}
		axis := slices.IndexFunc(scoreColumns[:], func(names []string) bool { return slices.Contains(names, name) })
		_, twice := t.columns[name]
		switch {
		case twice || axis >= 0 && t.scores[axis] >= 0:
			return t.wrong(i, "the column {header:q} appears twice", "header", header[i])
		case axis >= 0:
			t.scores[axis] = i
		case slices.Contains(mapColumns, name):
			t.columns[name] = i
		default:
			return t.wrong(i, "unknown column {header:q}", "header", header[i]).WithHint("use {map_columns}, or r, f and m instead of cell", "map_columns", strings.Join(mapColumns[:5], ", "))
		}
	}
	_, hasCell := t.columns["cell"]
	_, hasSegment := t.columns["segment"]
	scores := 0
	for _, at := range t.scores {
		if at >= 0 {
			scores++
		}
	}
	switch {
	case !hasCell && scores < len(t.scores):
		return model.Errorf(model.Invalid, "line 1: there is no column cell").WithHint("begin with the header cell,segment,label,tier,color, or r,f,m,segment,…")
	case hasCell && scores > 0:
		return model.Errorf(model.Invalid, "line 1: the column cell and columns of scores both give the cell").WithHint("leave one of them out")
	case !hasSegment:
		return model.Errorf(model.Invalid, "line 1: there is no column segment").WithHint("begin with the header cell,segment,label,tier,color")
	}
	return nil
}

func (t *mapTable) readRow(row []string) error {
	for i := range row {
		row[i] = strings.TrimSpace(row[i])
		if rest, quoted := strings.CutPrefix(row[i], "'"); quoted && strings.IndexAny(rest, "=+-@＝＋－＠") == 0 {
			row[i] = rest // put there to keep a spreadsheet from running it
		}
	}
	at, err := t.region(row)
	if err != nil {
		return err
	}
	column, cells, err := t.cells(row)
	if err != nil {
		return err
	}
	for _, p := range cells {
		if err := t.take(at, column, p); err != nil {
			return err
		}
	}
	if at == leftOver {
		return nil
	}
	return t.describe(at, row)
}

// leftOver is the index of the segment of cells that are said to be in none.
const leftOver = -1

// region returns the index of the segment that a row names, leftOver for others.
func (t *mapTable) region(row []string) (int, error) {
	column := t.columns["segment"]
	name := row[column]
	slug := name
	if !isSlug(name) {
		slug = Slug(name)
	}
	switch {
	case name == "":
		return 0, t.wrong(column, "a cell without a segment").WithHint("name its segment, or leave the line out: leftover cells are in others")
	case slug == othersSlug:
		if at, tier := t.field(row, "tier"); tier != "" && !strings.EqualFold(tier, string(model.TierNone)) {
			return 0, t.wrong(at, "others is the name of the leftover cells, which are in no tier").WithHint("choose another name for the segment")
		}
		return leftOver, nil
	case name != model.Printable(name):
		return 0, t.wrong(column, "{name:q} has characters that cannot be shown", "name", name)
	}
	if err := t.short(column, name); err != nil {
		return 0, err
	}
	at := slices.IndexFunc(t.regions, func(r model.Region) bool { return r.Slug == slug })
	if at >= 0 && slug != name && t.regions[at].Label != name {
		return 0, t.wrong(column, "{label:q} and {name:q} would both be the segment {slug}", "label", t.regions[at].Label, "name", name, "slug", slug).
			WithHint("write a slug of a-z, 0-9 and hyphens as the segment, and the name as its label")
	}
	if at < 0 && len(t.regions) == mostSegments {
		return 0, t.wrong(column, "there are more than {most_segments} segments", "most_segments", mostSegments).WithHint("give at most {most_segments}", "most_segments", mostSegments)
	}
	if at < 0 {
		at = len(t.regions)
		t.regions = append(t.regions, model.Region{Segment: model.Segment{Slug: slug, Tier: model.TierNone}})
		t.told = append(t.told, segmentTold{})
		if slug != name {
			t.regions[at].Label = name
		}
	}
	return at, nil
}

// cells returns the cells of a row and the column they stand in.
func (t *mapTable) cells(row []string) (column int, cells []model.Pattern, err error) {
	if column, ok := t.columns["cell"]; ok {
		for _, text := range strings.Fields(row[column]) {
			p, err := model.ParsePattern(text)
			if err != nil {
				return column, nil, t.because(column, err)
			}
			cells = append(cells, p)
		}
		if len(cells) == 0 {
			return column, nil, t.wrong(column, "a line without a cell").WithHint("write its scores of recency, frequency and monetary like 555 or [4-5]5*")
		}
		return column, cells, nil
	}
	var p model.Pattern
	for a, column := range t.scores {
		one, err := model.ParsePattern(row[column] + "**")
		if err != nil {
			return column, nil, t.wrong(column, "{text:q} is not a score of {axis}", "text", row[column], "axis", words.Axis(model.Axis(a))).WithHint("write 5, several like [3-5], or * for any")
		}
		p[a] = one[0]
	}
	return t.scores[0], []model.Pattern{p}, nil
}

// take gives the cells of a pattern to a region.
func (t *mapTable) take(at, column int, p model.Pattern) error {
	for a, scores := range p {
		if scores != model.AnyScore && scores.Max() > t.levels[a] {
			return t.wrong(column, "{pattern}: {axis} has {levels} scores", "pattern", p, "axis", words.Axis(model.Axis(a)), "levels", t.levels[a]).WithHint("use scores up to {levels}, or * for any", "levels", t.levels[a])
		}
	}
	line, _ := t.csv.FieldPos(column)
	for r := range p[model.Recency].Upto(t.levels[model.Recency]) {
		for f := range p[model.Frequency].Upto(t.levels[model.Frequency]) {
			for m := range p[model.Monetary].Upto(t.levels[model.Monetary]) {
				cell := [model.Axes]int{r, f, m}
				if first := t.lineOf[cell]; first > 0 {
					return t.wrong(column, "the cell {recency}{frequency}{monetary} appears twice, first on line {line}", "recency", r, "frequency", f, "monetary", m, "line", first).WithHint("give each cell to one segment, on one line")
				}
				t.lineOf[cell] = line
			}
		}
	}
	if at != leftOver {
		t.regions[at].Cells = append(t.regions[at].Cells, p)
	}
	return nil
}

// short refuses a name that is too long. Error: Invalid.
func (t *mapTable) short(column int, name string) error {
	var e *model.Error
	if errors.As(model.CheckLength(name, model.LongestName), &e) {
		return t.wrong(column, "{message}", "message", e.Message).WithHint("{hint}", "hint", e.Hint)
	}
	return nil
}

// describe reads what a row says of its segment beside its cells.
func (t *mapTable) describe(at int, row []string) error {
	r, told := &t.regions[at], &t.told[at]
	if column, text := t.field(row, "label"); text != "" {
		if text != model.Printable(text) {
			return t.wrong(column, "{text:q} has characters that cannot be shown", "text", text)
		}
		if err := t.short(column, text); err != nil {
			return err
		}
		if err := t.once(column, &told.label, r.Label == text, "{slug} is called {label:q} there", "slug", r.Slug, "label", r.Label); err != nil {
			return err
		}
		r.Label = text
	}
	if column, text := t.field(row, "tier"); text != "" {
		tier := model.Tier(strings.ToLower(text))
		if tier.Rank() < 0 {
			return t.wrong(column, "there is no tier {text:q}", "text", text).WithHint("use high, mid, low or none")
		}
		if err := t.once(column, &told.tier, r.Tier == tier, "{slug} is in the tier {tier} there", "slug", r.Slug, "tier", r.Tier); err != nil {
			return err
		}
		r.Tier = tier
	}
	if column, text := t.field(row, "color"); text != "" {
		color, err := strconv.Atoi(text)
		if err != nil || color < 0 || color > model.SegmentColors {
			return t.wrong(column, "there is no colour {text:q}", "text", text).WithHint("use 1 to {segment_colors}, or nothing for the tier's own colour", "segment_colors", model.SegmentColors)
		}
		if err := t.once(column, &told.color, r.Color == color, "{slug} has the colour {color} there", "slug", r.Slug, "color", r.Color); err != nil {
			return err
		}
		r.Color = color
	}
	return nil
}

// field returns where a column is and what a row has in it, "" without one.
func (t *mapTable) field(row []string, name string) (column int, text string) {
	column, ok := t.columns[name]
	if !ok {
		return 0, ""
	}
	return column, row[column]
}

// once notes the line on which something is told of a segment; told again it
// must be the same.
func (t *mapTable) once(column int, line *int, same bool, entry string, named ...any) error {
	if *line > 0 && !same {
		return t.wrong(column, "this contradicts line {line}: {there}", "line", *line, "there", catalogue.T(entry, named...)).WithHint("give it on one line of the segment only")
	}
	if *line == 0 {
		*line, _ = t.csv.FieldPos(column)
	}
	return nil
}

// finish gives segments without a label one.
func (t *mapTable) finish() []model.Region {
	for i := range t.regions {
		if r := &t.regions[i]; r.Label == "" {
			r.Label = labelOf(r.Slug)
		}
	}
	return t.regions
}

// wrong says what is wrong in a column of the row read last.
func (t *mapTable) wrong(column int, entry string, named ...any) *model.Error {
	line, at := t.csv.FieldPos(column)
	where := catalogue.T("line {line}, column {column} ({name}): ", "line", line, "column", at, "name", model.Printable(t.names[column]))
	return model.Errorf(model.Invalid, "{where}{problem}", "where", where, "problem", catalogue.T(entry, named...), catalogue.Cause, catalogue.CauseOf(named))
}

// because is wrong with an error that says what, its hint included.
func (t *mapTable) because(column int, err error) error {
	var e *model.Error
	if !errors.As(err, &e) {
		return t.wrong(column, "{cause}", "cause", err)
	}
	told := t.wrong(column, "{message}", "message", e.Message)
	told.Hint = e.Hint
	return told
}

// csvError turns an error of the CSV reader into one sentence.
func csvError(err error) error {
	var parse *csv.ParseError
	if !errors.As(err, &parse) {
		return model.Errorf(model.Invalid, "not CSV: {cause}", "cause", err)
	}
	if errors.Is(err, csv.ErrFieldCount) {
		return model.Errorf(model.Invalid, "line {line}: it does not have as many fields as the header", "line", parse.Line).WithHint("give every line the columns of the header")
	}
	return model.Errorf(model.Invalid, "line {line}, column {column}: {cause}", "line", parse.Line, "column", parse.Column, "cause", parse.Err).WithHint("put a field that contains quotes in quotes, and double those inside")
}

// delimiterOf finds what parts the fields of the header.
func delimiterOf(text []byte) rune {
	header, _, _ := bytes.Cut(text, []byte("\n"))
	best, most := ',', 0
	for _, c := range []rune{',', ';', '\t'} {
		if n := bytes.Count(header, []byte(string(c))); n > most {
			best, most = c, n
		}
	}
	return best
}

// lineOfBadText returns the line of the first byte that is no UTF-8.
func lineOfBadText(text []byte) int {
	line := 1
	for len(text) > 0 {
		c, size := utf8.DecodeRune(text)
		if c == utf8.RuneError && size == 1 {
			break
		}
		if c == '\n' {
			line++
		}
		text = text[size:]
	}
	return line
}
