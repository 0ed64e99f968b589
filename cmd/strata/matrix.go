package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"strata/model"
	"strata/model/words"
	"strata/tui/session"
)

// matrixJSON is the stable JSON of `strata matrix`. Cells stand row by row,
// from score 1 on.
type matrixJSON struct {
	Rows  string           `json:"rows"`
	Cols  string           `json:"cols"`
	Value string           `json:"value"`
	Slice int              `json:"slice"` // score of the third measure, 0 all
	Cells []matrixCellJSON `json:"cells"`

	Scheme  string   `json:"scheme"`
	AsOf    string   `json:"as_of"`
	Counted []string `json:"counted"` // what limits that, none where everything is counted
}

// countedJSON is what is counted, in words; an empty list where everything is.
func countedJSON(spec model.Spec) []string { return append([]string{}, session.Counted(spec)...) }

// matrixCellJSON has a number as value, or for money a decimal string; a mean
// of nothing is null.
type matrixCellJSON struct {
	Row       int   `json:"row"`
	Col       int   `json:"col"`
	Value     any   `json:"value"`
	Customers int64 `json:"customers"`
}

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
		Short: "Set the scores of two measures against each other",
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
	cmd.Flags().StringVar(&flags.rows, "rows", "recency", "measure of the rows: recency, frequency or monetary")
	cmd.Flags().StringVar(&flags.cols, "cols", "frequency", "measure of the columns")
	cmd.Flags().StringVar(&flags.value, "value", "customers", "customers, revenue, orders or aov (order value)")
	cmd.Flags().IntVar(&flags.slice, "slice", 0, "only customers with this score of the third measure (0: all)")
	return cmd
}

func (a *app) printMatrix(ctx context.Context, s *session.Session, scheme *schemeFlags, flags *matrixFlags) error {
	resolved, err := scheme.resolve(ctx, s)
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
	j := newMatrixJSON(session.NewMatrix(f, q), value)
	j.Scheme, j.AsOf, j.Counted = f.Title, f.AsOf.String(), countedJSON(resolved.Spec)
	switch a.format {
	case "json":
		return a.writeJSON(j)
	case "csv":
		return a.writeCSV(matrixTable(j))
	}
	return a.writeMatrixText(f, q, value, s.Info().Currency)
}

func newMatrixJSON(m *session.Matrix, value session.MatrixValue) matrixJSON {
	j := matrixJSON{Rows: m.Rows.String(), Cols: m.Cols.String(), Value: string(value), Slice: m.Slice, Cells: []matrixCellJSON{}}
	for row, line := range m.Now {
		for col, figures := range line {
			cell := matrixCellJSON{Row: row + 1, Col: col + 1, Customers: figures.Customers}
			switch n, ok := value.Of(figures); {
			case !ok:
			case value.IsMoney():
				cell.Value = model.Money(n).String()
			default:
				cell.Value = json.Number(strconv.FormatInt(n, 10))
			}
			j.Cells = append(j.Cells, cell)
		}
	}
	return j
}

// matrixTable is the flat form: a row a cell.
func matrixTable(j matrixJSON) *table {
	t := newTable("row", "col", j.Value, "customers")
	t.right(0, 1, 2, 3)
	for _, c := range j.Cells {
		value := ""
		if c.Value != nil {
			value = fmt.Sprint(c.Value)
		}
		t.row(strconv.Itoa(c.Row), strconv.Itoa(c.Col), value, strconv.FormatInt(c.Customers, 10))
	}
	return t
}

// writeMatrixText draws the matrix for people, the best scores on top and on
// the right.
func (a *app) writeMatrixText(f *session.Frame, q session.MatrixQuery, value session.MatrixValue, currency string) error {
	m := session.NewMatrix(f, q)
	symbol := words.Symbol(currency)
	of := "all customers"
	if q.Slice > 0 {
		of = fmt.Sprintf("customers of %s score %d", q.Third(), q.Slice)
	}
	fmt.Fprintf(a.out, "%s by %s · %s · %s · scheme %s · as of %s%s\n\n", q.Rows, q.Cols, value.Name(), of, model.Printable(f.Title), f.AsOf, limitsText(f.Scheme.Spec))
	header := []string{""}
	var numbers []int
	for col := range m.Now[0] {
		header = append(header, session.ScoreName(q.Cols, col+1))
		numbers = append(numbers, col+1)
	}
	t := newTable(header...)
	t.right(numbers...)
	for row := len(m.Now) - 1; row >= 0; row-- {
		cells := []string{session.ScoreName(q.Rows, row+1)}
		for _, figures := range m.Now[row] {
			cells = append(cells, matrixText(value, figures, symbol))
		}
		t.row(cells...)
	}
	return a.writeText(t)
}

// limitsText is what limits the figures, behind a line that tells the as-of day.
func limitsText(spec model.Spec) string {
	text := ""
	for _, words := range session.Limits(spec) {
		text += " · " + model.Printable(words)
	}
	return text
}

func matrixText(value session.MatrixValue, figures session.Figures, symbol string) string {
	n, ok := value.Of(figures)
	switch {
	case !ok:
		return "–"
	case value.IsMoney():
		return words.Brief(model.Money(n), symbol)
	}
	return words.Count(n)
}
