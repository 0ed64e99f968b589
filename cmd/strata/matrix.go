package main

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/session"
)

// countedJSON is what is counted, in words; an empty list where everything is.
func countedJSON(spec model.Spec) []string { return append([]string{}, session.Counted(spec)...) }

// matrixFlags say what to set against what.
type matrixFlags struct {
	rows, cols, value string
	slice             int
}

func (f *matrixFlags) query() (session.MatrixQuery, session.MatrixValue, error) {
	q := session.MatrixQuery{Slice: f.slice}
	var err error
	if q.Rows, err = model.ParseAxis(f.rows); err != nil {
		return q, "", usage("--rows", err)
	}
	if q.Cols, err = model.ParseAxis(f.cols); err != nil {
		return q, "", usage("--cols", err)
	}
	value := session.MatrixCustomers
	err = choose("--value", f.value, &value, session.MatrixValues()...)
	return q, value, err
}

func (a *app) matrixCommand() *cobra.Command {
	var scheme schemeFlags
	var flags matrixFlags
	cmd := &cobra.Command{
		Use:   "matrix WORKSPACE",
		Short: catalogue.T("Cross the scores of two measures"),
		Example: `  strata matrix shop.strata
  strata matrix shop.strata --value revenue --slice 5
  strata matrix shop.strata --rows recency --cols monetary --value aov --format json`,
		Args: exactly(1, "a workspace"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if _, _, err := flags.query(); err != nil {
				return err
			}
			return a.withSession(cmd.Context(), args[0], &scheme, func(ctx context.Context, s *session.Session) error {
				return a.printMatrix(ctx, s, &scheme, &flags)
			})
		},
	}
	scheme.register(cmd)
	cmd.Flags().StringVar(&flags.rows, "rows", "recency", catalogue.T("measure of the rows: recency, frequency or monetary"))
	cmd.Flags().StringVar(&flags.cols, "cols", "frequency", catalogue.T("measure of the columns"))
	cmd.Flags().StringVar(&flags.value, "value", "customers", catalogue.T("customers, revenue, orders or aov (order value)"))
	cmd.Flags().IntVar(&flags.slice, "slice", 0, catalogue.T("only customers with this score of the third measure (0: all)"))
	return answers(cmd)
}

func (a *app) printMatrix(ctx context.Context, s *session.Session, scheme *schemeFlags, flags *matrixFlags) error {
	resolved, err := a.resolve(ctx, s, scheme)
	if err != nil {
		return err
	}
	q, value, err := flags.query()
	if err != nil {
		return err
	}
	if err := q.Check(resolved.Levels); err != nil {
		return err
	}
	f, err := s.Tiers(ctx, resolved)
	if err != nil {
		return err
	}
	if a.format == "csv" { // the others say it themselves
		a.tellCounted(resolved.Spec)
	}
	a.warn(f.Warnings)
	return a.tell(matrixAnswer(f, q, value, s.Info().Currency))
}

// matrixCell is a cell of the matrix, or a row of it.
type matrixCell struct {
	row, col int // scores, from 1 on
	of       session.Figures
}

// matrixAnswer tells the cells row by row, from score 1 on, each with a number, or
// for money a decimal string; a mean of nothing is null. Counted is what limits the
// figures, empty where everything is counted. People see the best scores on top and
// on the right.
func matrixAnswer(f *session.Frame, q session.MatrixQuery, value session.MatrixValue, currency string) *answer.Document {
	m, money := session.NewMatrix(f, q), amountsFor(f)
	var cells, lines answer.Slice[matrixCell]
	for row, line := range m.Now {
		for col, figures := range line {
			cells = append(cells, matrixCell{row + 1, col + 1, figures})
		}
		lines = append(lines, matrixCell{row: row + 1})
	}
	slices.Reverse(lines)
	told := func(figures session.Figures) answer.Value {
		n, ok := value.Of(figures)
		if value.IsMoney() {
			return answer.If(ok, money.value(model.Money(n)))
		}
		return answer.If(ok, answer.Count(n))
	}
	shown := []answer.Column[matrixCell]{{In: answer.People, Of: func(s matrixCell) answer.Value { return answer.Text(session.ScoreName(q.Rows, s.row)) }}}
	for col := range m.Now[0] {
		shown = append(shown, answer.Column[matrixCell]{
			Title: session.ScoreName(q.Cols, col+1), In: answer.People,
			Of: func(s matrixCell) answer.Value { return told(m.Now[s.row-1][col]) },
		})
	}
	of := catalogue.T("all customers")
	if q.Slice > 0 {
		of = catalogue.T("customers with {axis} score {score}", "axis", words.Axis(q.Third()), "score", q.Slice)
	}
	head := catalogue.T("{rows} by {cols} · {figure} · {customers} · scheme {title} · as of {as_of}{limits}", "rows", words.Axis(q.Rows), "cols", words.Axis(q.Cols), "figure", value.Name(), "customers", of, "title", session.EditedName(f.Title, f.Edited), "as_of", f.AsOf, "limits", limitsText(f.Scheme.Spec))
	byScores := answer.TableOf("shown", lines, shown)
	byScores.Symbol = words.Symbol(currency)

	d := &answer.Document{Title: catalogue.T("Matrix"), Flat: "cells"}
	d.Field("rows", answer.Text(q.Rows.String())).Field("cols", answer.Text(q.Cols.String()))
	d.Field("value", answer.Text(value)).Field("slice", answer.Count(q.Slice))
	d.Table(answer.TableOf("cells", cells, []answer.Column[matrixCell]{
		{Key: "row", In: answer.Machines, Of: func(s matrixCell) answer.Value { return answer.Count(s.row) }},
		{Key: "col", In: answer.Machines, Of: func(s matrixCell) answer.Value { return answer.Count(s.col) }},
		{Key: "value", In: answer.JSON, Of: func(s matrixCell) answer.Value { return told(s.of) }},
		{Key: string(value), In: answer.CSV, Of: func(s matrixCell) answer.Value { return told(s.of) }},
		{Key: "customers", In: answer.Machines, Of: func(s matrixCell) answer.Value { return answer.Count(s.of.Customers) }},
	}), answer.Machines)
	d.Field("scheme", answer.Text(f.Title)).Field("edited", answer.Flag(f.Edited)).Field("as_of", answer.Text(f.AsOf.String())).Encoded("counted", countedJSON(f.Scheme.Spec))
	return d.Say(head).Table(byScores, answer.People)
}

// limitsText is what limits the figures, behind a line that tells the as-of day.
func limitsText(spec model.Spec) string {
	text := ""
	for _, words := range session.Limits(spec) {
		text += " · " + model.Printable(words)
	}
	return text
}
