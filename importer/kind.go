package importer

import (
	"context"
	"slices"

	"strata/importer/mapping"
	"strata/model"
	"strata/model/catalogue"
)

// kind is what the rows of files stand for: what they must say, and how they
// become records of the workspace.
type kind struct {
	name  model.Kind
	needs []need // in the order in which they are asked for
	lines bool   // rows are parts of orders, and kept as such unless a person says otherwise
	is    func(*detection) bool
	roll  func(*reading, context.Context) (*model.Intake, error)
}

// need is what rows must say, and the ways in which columns can say it, the
// best first.
type need struct {
	what string
	ways [][]mapping.Field
	hint string // how a person names the columns

	waived func(*Plan) bool              // the file is read without; nil never
	other  func(*detection, error) error // says more of a file that lacks it than the error does; nil nothing
}

// kinds are the known ones; a file is of the first that it is.
var kinds = []kind{
	{name: model.KindLines, needs: sale, lines: true, is: (*detection).isOfLines, roll: (*reading).rollUp},
	{name: model.KindOrders, needs: sale, is: func(*detection) bool { return true }, roll: (*reading).rollUp},
}

// sale is what rows of orders, and of lines, must say.
var sale = []need{
	{what: catalogue.T("date"), ways: [][]mapping.Field{{mapping.Date}}, hint: "date=COLUMN", other: (*detection).noDate},
	{what: catalogue.T("customer"), ways: [][]mapping.Field{{mapping.Customer}}, hint: "customer=COLUMN"},
	worth,
}

// worth is what a sale was worth; a person can do without, and count orders.
var worth = need{
	what: catalogue.T("amount (nor quantity and price)"), ways: [][]mapping.Field{{mapping.Amount}, {mapping.Quantity, mapping.Price}},
	hint:   catalogue.T("amount=COLUMN, or quantity=COLUMN,price=COLUMN; amount=none counts orders only"),
	waived: func(p *Plan) bool { return p.Unvalued }, other: (*detection).onlyCosts,
}

// kindNames lists the kinds for --kind.
func kindNames() []string {
	var names []string
	for _, k := range kinds {
		names = append(names, string(k.name))
	}
	slices.Sort(names)
	return names
}

// kindOf finds a kind that is known by its name.
func kindOf(name model.Kind) *kind {
	return &kinds[slices.IndexFunc(kinds, func(k kind) bool { return k.name == name })]
}

// kind finds out what a row is, unless a person says so.
func (d *detection) kind() error {
	p := d.plan
	if p.Kind == "" {
		p.Kind = kinds[slices.IndexFunc(kinds, func(k kind) bool { return k.is(d) })].name
	}
	p.KeepLines = d.options.Lines == "yes" || d.options.Lines == "" && kindOf(p.Kind).lines
	return nil
}

// isOfLines says of a file of orders that its rows are lines: orders stand on
// several rows, or what was bought is said.
func (d *detection) isOfLines() bool {
	p, order := d.plan, d.plan.Column(mapping.Order)
	repeats := order != none && d.columns[order].Unique*10 < d.columns[order].Filled*9
	return repeats || p.Column(mapping.Product) != none || p.Column(mapping.Quantity) != none && p.Column(mapping.Price) != none
}

// needed makes sure that the file says what its kind needs. Errors: Invalid,
// Ambiguous.
func (d *detection) needed() error {
	for _, n := range kindOf(d.plan.Kind).needs {
		if d.plan.way(n) != nil || n.waived != nil && n.waived(d.plan) {
			continue
		}
		missing := model.Errorf(model.Invalid, "{path}: no {field} column among {columns}", "path", d.in.path, "field", n.what, "columns", d.columnNames()).
			WithHint("say which column it is with --map {hint}", "hint", n.hint)
		if n.other != nil {
			return n.other(d, missing)
		}
		return missing
	}
	return nil
}

// way returns the fields by which the file says what is needed, nil where it does
// not.
func (p *Plan) way(n need) []mapping.Field {
	for _, way := range n.ways {
		if !slices.ContainsFunc(way, func(f mapping.Field) bool { return p.Column(f) == none }) {
			return way
		}
	}
	return nil
}

// shortest returns how many fields a row has at least: up to the last that its
// kind needs, and the order id.
func (p *Plan) shortest() int {
	fields := []mapping.Field{mapping.Order}
	for _, n := range kindOf(p.Kind).needs {
		fields = append(fields, p.way(n)...)
	}
	last := none
	for i, c := range p.Columns {
		if slices.Contains(fields, c.Field) {
			last = i
		}
	}
	return 1 + last
}
