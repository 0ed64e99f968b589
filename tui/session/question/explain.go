package question

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/session"
)

// customersID is the group of figures of the customers that no tier has.
const customersID = "customers"

// figure is one that can be explained.
type figure struct {
	id, title, unit, means, formula string

	list  bool // it is several values
	value func() []answer.Value
	sql   func() (statement, whyNot string)
}

func (f figure) ofCohort() bool { return strings.HasPrefix(f.id, cohorts.Slug+".") }

// explaining is what figures are explained from.
type explaining struct {
	ctx       context.Context
	on        *session.Standing
	frame     *session.Frame
	statement *statement
}

func newExplaining(ctx context.Context, on *session.Standing) (*explaining, error) {
	attributes, err := on.Attributes(ctx)
	if err != nil {
		return nil, err
	}
	spec := on.Base().Spec
	spec.AsOf = on.Base().AsOf
	return &explaining{ctx, on, on.Tiers(), &statement{spec, on.Rule(), attributes}}, nil
}

// Explain tells what a figure is, how it is worked out, what it is now, and the statement
// that gives the same with the plain sqlite3 shell, or why there is none. Without an id
// it lists all figures that can be explained. Errors: Usage for an id that does not
// exist, and those of counting cohorts.
func Explain(ctx context.Context, on *session.Standing, id string) (*answer.Document, error) {
	e, err := newExplaining(ctx, on)
	if err != nil {
		return nil, err
	}
	all, err := e.figures()
	if err != nil {
		return nil, err
	}
	if id == "" {
		return caution(e.listing(all), on, nil), nil
	}
	i := slices.IndexFunc(all, func(f figure) bool { return f.id == id })
	if i < 0 {
		return nil, unknownFigure(all, id)
	}
	return caution(e.explanation(all[i]), on, nil), nil
}

// Explained is a figure that can be explained.
type Explained struct {
	ID, Title string
	OfCohort  bool // of a cohort: there are many
	// Explain tells what [Explain] does.
	Explain func() *answer.Document
}

// Figures lists all figures that can be explained. Errors: those of counting cohorts.
func Figures(ctx context.Context, on *session.Standing) ([]Explained, error) {
	e, err := newExplaining(ctx, on)
	if err != nil {
		return nil, err
	}
	all, err := e.figures()
	var listed []Explained
	for _, f := range all {
		listed = append(listed, Explained{f.id, f.title, f.ofCohort(), func() *answer.Document { return caution(e.explanation(f), on, nil) }})
	}
	return listed, err
}

// figures are all that can be explained, in the order of the answers that have them.
func (e *explaining) figures() ([]figure, error) {
	var all []figure
	for _, p := range partsOf(e.frame) {
		all = append(all, e.ofPart(p)...)
	}
	all = append(all, e.ofShare()...)
	for a := range model.Axes {
		all = append(all, e.ofCuts(a))
	}
	all = append(all, e.notTiered())
	months, err := e.ofCohorts()
	return append(all, months...), err
}

// unknownFigure names the figures that are written nearly like an id.
func unknownFigure(all []figure, id string) error {
	err := model.Errorf(model.Usage, "there is no figure {id:q}", "id", id)
	low := strings.ToLower(id) // as all of them are
	const most, near = 3, 3    // names, and letters that may be off
	slices.SortStableFunc(all, func(a, b figure) int { return cmp.Compare(lettersOff(low, a.id), lettersOff(low, b.id)) })
	var names []string
	for _, f := range all[:min(most, len(all))] {
		if lettersOff(low, f.id) <= near {
			names = append(names, f.id)
		}
	}
	if names == nil {
		return err.WithHint("`strata explain` with the workspace alone lists them")
	}
	return err.WithHint("use {names}, or list them with `strata explain` and the workspace alone", "names", words.Or(names))
}

// lettersOff is how many letters have to be put in, taken out or changed to make one
// text of another (V. I. Levenshtein, 1966).
func lettersOff(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0]
		row[0] = i + 1
		for j := range len(b) {
			changed := before
			if a[i] != b[j] {
				changed++
			}
			before = row[j+1]
			row[j+1] = min(changed, before+1, row[j]+1)
		}
	}
	return row[len(b)]
}

func (e *explaining) listing(all []figure) *answer.Document {
	d := begin(e.on, catalogue.T("Figures"), "figures")
	d.Table(answer.TableOf("figures", answer.Slice[figure](all), figureColumns(answer.Machines)), answer.Machines)
	d.Table(answer.TableOf("shown", answer.Slice[figure](e.patterns(all)), figureColumns(answer.People)), answer.People)
	return d.Say(catalogue.T("Name one of them to read what it is and how it is worked out."))
}

func figureColumns(in answer.Medium) []answer.Column[figure] {
	column := func(key, title string, of func(f figure) string) answer.Column[figure] {
		return answer.Column[figure]{Key: key, Title: title, In: in, Of: func(f figure) answer.Value { return answer.Text(of(f)) }}
	}
	return []answer.Column[figure]{
		column("id", catalogue.T("figure"), func(f figure) string { return f.id }),
		column("title", catalogue.T("what it is"), func(f figure) string { return f.title }),
		column("unit", catalogue.T("unit"), func(f figure) string { return f.unit }),
	}
}

func (e *explaining) explanation(f figure) *answer.Document {
	sql, whyNot := f.sql()
	values := f.value()
	symbol := symbolOf(e.on)
	var told, plain []string
	for _, v := range values {
		told, plain = append(told, exactly(v, symbol)), append(plain, v.Plain())
	}
	d := begin(e.on, f.title, "figure").Say(f.id+": "+f.title, f.means)
	d.Say(catalogue.T("formula: {formula}", "formula", f.formula), catalogue.T("unit: {unit}", "unit", f.unit),
		catalogue.T("value: {value}", "value", cmp.Or(strings.Join(told, " · "), answer.None)))
	for _, field := range [][2]string{{"id", f.id}, {"title", f.title}, {"unit", f.unit}, {"means", f.means}, {"formula", f.formula}} {
		d.Field(field[0], answer.Text(field[1]))
	}
	if f.list {
		d.List("value", append([]answer.Value{}, values...))
	} else {
		d.Field("value", values[0])
	}
	d.Field("sql", answer.If(sql != "", answer.Text(sql))).Field("no_sql", answer.If(sql == "", answer.Text(whyNot)))
	d.Table(answer.TableOf("figure", answer.Slice[figure]{f}, append(figureColumns(answer.CSV),
		csvText("means", f.means), csvText("formula", f.formula), csvValue(values, plain), csvText("sql", sql), csvText("no_sql", whyNot))), answer.CSV)
	if sql == "" {
		return d.Say(catalogue.T("no statement: {why}", "why", whyNot))
	}
	d.Say(catalogue.T("The same with the sqlite3 shell, on the workspace file:"))
	return d.File(answer.People, sql)
}

// exactly tells a value as people read it, and all its digits where those are more.
func exactly(v answer.Value, symbol string) string {
	told := v.As(answer.Exact).ForPeople(words.Scale{}, symbol)
	if _, isFloat := v.Float(); isFloat || v.IsString() && !v.IsText() {
		return told + " (" + v.Plain() + ")"
	}
	return told
}

func csvText(key, text string) answer.Column[figure] {
	return answer.Column[figure]{Key: key, In: answer.CSV, Of: func(figure) answer.Value { return answer.If(text != "", answer.Text(text)) }}
}

func csvValue(values []answer.Value, plain []string) answer.Column[figure] {
	return answer.Column[figure]{Key: "value", In: answer.CSV, Of: func(figure) answer.Value {
		if len(values) == 1 {
			return values[0]
		}
		return answer.Text(strings.Join(plain, ","))
	}}
}

// currency is the unit of amounts.
func (e *explaining) currency() string {
	return cmp.Or(model.Printable(e.on.Info().Currency), catalogue.T("currency"))
}

func (e *explaining) days() string {
	_, many := words.Units(model.Recency, e.on.Base().Spec)
	return many
}

func (e *explaining) often() string {
	_, many := words.Units(model.Frequency, e.on.Base().Spec)
	return many
}

// amount is missing where no order has one.
func (e *explaining) amount(m model.Money) answer.Value {
	return answer.If(m != 0 || !e.on.Rule().Value.Unvalued, answer.Money(m))
}
