package question

import (
	"context"
	"math"

	"strata/analysis/cross"
	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/session"
)

// The figures of a cell that people are shown.
const (
	crossCustomers = "customers"
	crossRow       = "row-share"
	crossCol       = "col-share"
	crossRevenue   = "revenue"
	crossResidual  = "residual"
)

var crossOptions = []Option{
	{Name: "value", Turn: Figure, Choices: []string{crossCustomers, crossRow, crossCol, crossRevenue, crossResidual}, Means: catalogue.T("what text shows; CSV and JSON have all of it")},
	{Name: "rows", Turn: Group, Choices: []string{byTier, bySegment}, Columns: true, Means: catalogue.T("tier, segment, or a column of customers or orders, of whom the last order counts")},
	{Name: "cols", Turn: Across, Choices: []string{bySegment, byTier}, Columns: true, Means: catalogue.T("what to set against it")},
}

var crosses = &Question{
	Slug:  "cross",
	Title: catalogue.T("Cross-table"),
	Short: catalogue.T("Cross tiers, segments and columns: who is where, and is it chance"),
	Long: catalogue.T(`How many customers, with how many orders and how much revenue, have one thing and
another: tier, segment, or any column of customers or of orders (of orders, the last one
counts). Shares are of the row, and of the column.

Chi-square asks whether the rows are divided alike over the columns; p is how likely a
table at least as uneven is by chance alone. Cramér's V tells how much one says of the
other: 0 nothing, 1 everything; corrected, without what chance alone brings (Bergsma
2013). Where many cells would have fewer than five customers by chance, the test says
little. Residuals say where: how far a cell is from what independence expects, adjusted
(Haberman 1973), so that beyond 2 or −2 chance alone is seldom enough for one cell.
Pages are shaded by them, revenue by itself. Tiers follow from what customers did: what tiers are made of is no cause.`),
	Example: `  strata cross shop.strata --rows tier --cols region
  strata cross shop.strata --rows region --cols segment --value row-share
  strata cross shop.strata --rows region --cols tier --format json`,
	Options: crossOptions,
	Ask:     askCross,
}

// crossAnswer is customers by two groupings.
type crossAnswer struct {
	on         *session.Standing
	value      string
	rows, cols grouping
	table      *cross.Table
	symbol     string
}

// crossRowOf is a row of the table; the one of all is behind the last.
type crossRowOf struct {
	group
	place int
	total cross.Cell
	cells []cross.Cell
}

func askCross(ctx context.Context, on *session.Standing, chosen Chosen) (*answer.Document, error) {
	a := &crossAnswer{on: on, value: chosen.of(crossOptions, "value"), symbol: symbolOf(on)}
	var err error
	if a.rows, err = groupBy(ctx, on, chosen.of(crossOptions, "rows")); err != nil {
		return nil, err
	}
	if a.cols, err = groupBy(ctx, on, chosen.of(crossOptions, "cols")); err != nil {
		return nil, err
	}
	if a.table, err = cross.Count(ctx, on.Base(), a.rows.of, a.cols.of, len(a.rows.groups), len(a.cols.groups)); err != nil {
		return nil, err
	}
	test := a.table.Test()
	d := begin(on, catalogue.T("Cross-table"), "cells").Field("rows", answer.Text(a.rows.name)).Field("cols", answer.Text(a.cols.name))
	d.Table(answer.TableOf("cells", answer.Slice[crossCell](a.cells()), a.cellColumns()), answer.Machines)
	number := func(v float64) answer.Value { return answer.If(test.OK, answer.Number(v)) }
	d.Field("chi_square", number(test.ChiSquare)).Field("df", answer.If(test.OK, answer.Count(test.DF))).Field("p", number(test.P))
	d.Field("cramers_v", number(test.V)).Field("cramers_v_corrected", number(test.VCorrected)).Field("expected_below_5", answer.Count(test.ExpectedBelow5))
	shown := answer.TableOf("shown", answer.Slice[crossRowOf](a.lines()), a.columns())
	shown.Symbol, shown.Caption, shown.Shaded = a.symbol, a.caption(), a.shaded()
	shown.Block = func(row int) int { return map[bool]int{true: 1}[row == len(a.rows.groups)] }
	d.Table(shown, answer.Shown)
	d.SayIn(answer.Shown, a.testText(test))
	return caution(d, on, a.warnings(test)), nil
}

func (a *crossAnswer) lines() []crossRowOf {
	var lines []crossRowOf
	for i, g := range a.rows.groups {
		lines = append(lines, crossRowOf{g, i, a.table.RowTotal[i], a.table.Cells[i*a.table.Cols : (i+1)*a.table.Cols]})
	}
	return append(lines, crossRowOf{group{label: catalogue.T("all")}, len(lines), a.table.Total, a.table.ColTotal})
}

func (a *crossAnswer) caption() string {
	what := map[string]string{
		crossCustomers: catalogue.T("customers"), crossRow: catalogue.T("customers, % of the row"),
		crossCol: catalogue.T("customers, % of the column"), crossRevenue: catalogue.T("revenue"),
		crossResidual: catalogue.T("adjusted residuals of customers"),
	}[a.value]
	return catalogue.T("{rows} by {cols}: {what}", "rows", a.rows.title, "cols", a.cols.title, "what", what)
}

// shaded says what the shades are.
func (a *crossAnswer) shaded() string {
	if a.value == crossRevenue {
		return catalogue.T("revenue")
	}
	return catalogue.T("adjusted residual: customers against independence, 0 as expected, beyond ±2 seldom chance")
}

// residual is how far a cell is from independence, missing where nothing could be.
func residual(cell, row, col, all cross.Cell) answer.Value {
	r, ok := cross.Residual(cell, row, col, all)
	return answer.If(ok, answer.Number(r).Told(signed(r)))
}

// signed writes a residual with its sign.
func signed(r float64) string {
	text := words.Rounded(r, 1)
	if r > 0 {
		return "+" + text
	}
	return text
}

// figure is what people are shown of a cell.
func (a *crossAnswer) figure(cell, row, col cross.Cell) answer.Value {
	switch a.value {
	case crossRow:
		return answer.Share(cell.Customers, row.Customers)
	case crossCol:
		return answer.Share(cell.Customers, col.Customers)
	case crossRevenue:
		return answer.Money(cell.Revenue).As(answer.Scaled)
	case crossResidual:
		return residual(cell, row, col, a.table.Total)
	}
	return answer.Count(cell.Customers)
}

func (a *crossAnswer) columns() []answer.Column[crossRowOf] {
	type row = crossRowOf
	all := len(a.rows.groups)
	tone := func(r row) answer.Tone { return r.tone }
	behindAll := func(r row) *answer.Crowd { return a.crowd(r, -1) }
	tellAll := func(r row) string { return a.tell(r, -1) }
	columns := []answer.Column[row]{{Title: a.rows.title, In: answer.Shown, Tone: tone, Of: func(r row) answer.Value { return answer.Text(r.label) }, Behind: behindAll, Tell: tellAll}, {
		Title: catalogue.T("all"), In: answer.Shown, Behind: behindAll, Tell: tellAll,
		Of: func(r row) answer.Value {
			if a.value == crossResidual { // of a whole row there is none
				return answer.Count(r.total.Customers)
			}
			return a.figure(r.total, r.total, a.table.Total)
		},
	}}
	for i, g := range a.cols.groups {
		columns = append(columns, answer.Column[row]{
			Title: g.label, In: answer.Shown, Light: lighter(i), Heat: true,
			Of: func(r row) answer.Value {
				switch v := a.figure(r.cells[i], r.total, a.table.ColTotal[i]); {
				case r.place != all:
					return v
				case a.value == crossResidual:
					return answer.Count(r.cells[i].Customers).Apart()
				default:
					return v.Apart()
				}
			},
			Shade: func(r row) answer.Value {
				if a.value == crossRevenue {
					return answer.Money(r.cells[i].Revenue).As(answer.Scaled)
				}
				return residual(r.cells[i], r.total, a.table.ColTotal[i], a.table.Total)
			},
			Tone:   func(r row) answer.Tone { return map[bool]answer.Tone{true: answer.Dim}[r.place == all] },
			Tell:   func(r row) string { return a.tell(r, i) },
			Behind: func(r row) *answer.Crowd { return a.crowd(r, i) },
		})
	}
	return columns
}

// lighter lets the columns on the right go first where there is too little room.
func lighter(column int) int8 {
	const least, most = 1, 120
	return int8(min(least+column, most))
}

// tell says one cell in a sentence; that of a whole row where col is below 0.
func (a *crossAnswer) tell(r crossRowOf, col int) string {
	if col < 0 {
		return catalogue.T("{row}: {customers}, {share} of all, with {orders} and {revenue}.", "row", r.label, "customers", words.Customers(r.total.Customers),
			"share", words.Share(r.total.Customers, a.table.Total.Customers), "orders", words.Orders(r.total.Orders), "revenue", words.Brief(r.total.Revenue, a.symbol))
	}
	cell := r.cells[col]
	text := catalogue.T("{row}, {col}: {customers}, {of_row} of the row and {of_col} of the column, with {orders} and {revenue}.", "row", r.label, "col", a.cols.groups[col].label,
		"customers", words.Customers(cell.Customers), "of_row", words.Share(cell.Customers, r.total.Customers), "of_col", words.Share(cell.Customers, a.table.ColTotal[col].Customers),
		"orders", words.Orders(cell.Orders), "revenue", words.Brief(cell.Revenue, a.symbol))
	if apart, ok := cross.Residual(cell, r.total, a.table.ColTotal[col], a.table.Total); ok && r.place < len(a.rows.groups) {
		expected := cross.Expected(r.total, a.table.ColTotal[col], a.table.Total)
		text = say(text, catalogue.T("Were they independent, {expected} would be expected: residual {residual}.", "expected", words.Rounded(expected, 1), "residual", signed(apart)))
	}
	return text
}

// crowd is the customers of a cell; of a whole row where col is below 0, and of a whole
// column in the row of all.
func (a *crossAnswer) crowd(r crossRowOf, col int) *answer.Crowd {
	title, anyRow := r.label, r.place == len(a.rows.groups)
	if col >= 0 {
		title = r.label + " · " + a.cols.groups[col].label
	}
	return crowdOf(a.on, title, func(row int) bool {
		return (anyRow || a.rows.of[row] == uint32(r.place)) && (col < 0 || a.cols.of[row] == uint32(col))
	})
}

// crossCell is a cell with its row and its column.
type crossCell struct {
	cross.Cell
	row, col     group
	ofRow, ofCol cross.Cell
}

func (a *crossAnswer) cells() []crossCell {
	var all []crossCell
	for i, cell := range a.table.Cells {
		row, col := i/a.table.Cols, i%a.table.Cols
		r, c := a.table.RowTotal[row], a.table.ColTotal[col]
		all = append(all, crossCell{
			Cell: cell, row: a.rows.groups[row], col: a.cols.groups[col], ofRow: r, ofCol: c,
		})
	}
	return all
}

func (a *crossAnswer) cellColumns() []answer.Column[crossCell] {
	column := func(key string, of func(c crossCell) answer.Value) answer.Column[crossCell] {
		return columnIn(answer.Machines, key, of)
	}
	return []answer.Column[crossCell]{
		column("row", func(c crossCell) answer.Value { return answer.Text(c.row.key) }),
		column("col", func(c crossCell) answer.Value { return answer.Text(c.col.key) }),
		column("customers", func(c crossCell) answer.Value { return answer.Count(c.Customers) }),
		column("row_share", func(c crossCell) answer.Value { return answer.Share(c.Customers, c.ofRow.Customers) }),
		column("col_share", func(c crossCell) answer.Value { return answer.Share(c.Customers, c.ofCol.Customers) }),
		column("expected", func(c crossCell) answer.Value { return answer.Number(cross.Expected(c.ofRow, c.ofCol, a.table.Total)) }),
		column("residual", func(c crossCell) answer.Value { return residual(c.Cell, c.ofRow, c.ofCol, a.table.Total) }),
		column("orders", func(c crossCell) answer.Value { return answer.Count(c.Orders) }),
		column("revenue", func(c crossCell) answer.Value { return answer.Money(c.Revenue) }),
	}
}

func (a *crossAnswer) testText(t cross.Test) string {
	if !t.OK {
		return catalogue.T("No test: all customers are in one row, or in one column.")
	}
	return catalogue.T("Chi-square {chi} with {degrees} of freedom, p {p}; Cramér's V {v}, corrected {corrected}.", "chi", words.Rounded(t.ChiSquare, 1), "degrees", words.Plural(int64(t.DF), "degree", "degrees"), "p", chance(t.P), "v", words.Index(t.V), "corrected", words.Index(t.VCorrected))
}

// chance writes how likely something is by chance: never 0, which nothing is.
func chance(p float64) string { return words.Index(max(p, math.SmallestNonzeroFloat64)) }

func (a *crossAnswer) warnings(t cross.Test) []model.Warning {
	var all []model.Warning
	const few = 5 // in 1 of so many cells: W. G. Cochran, 1954
	if t.OK && t.ExpectedBelow5*few > t.Cells {
		all = append(all, model.Warning{Code: "few-expected", Message: catalogue.T("In {few} of {all} cells fewer than 5 customers would be expected: p is not reliable. Put small groups together, or leave them out with a filter.", "few", words.Count(int64(t.ExpectedBelow5)), "all", words.Count(int64(t.Cells)))})
	}
	if a.rows.name == a.cols.name {
		return append(all, model.Warning{Code: "against-itself", Message: catalogue.T("{column} is set against itself, so the test says nothing.", "column", a.rows.title)})
	}
	byScores := func(name string) bool { return name == byTier || name == bySegment }
	if byScores(a.rows.name) && byScores(a.cols.name) {
		all = append(all, model.Warning{Code: "tier-by-segment", Message: catalogue.T("Each segment lies in one tier, so a test of one against the other says nothing.")})
	}
	return all
}
