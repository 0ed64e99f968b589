package question

import (
	"context"
	"math"
	"slices"
	"strings"

	"strata/analysis/concentration"
	"strata/analysis/cross"
	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/session"
)

// What is shared out.
const (
	shareRevenue = "revenue"
	shareOrders  = "orders"
)

var shareOptions = []Option{
	{Name: "of", Turn: Figure, Choices: []string{shareRevenue, shareOrders}, Means: catalogue.T("what the curve, the top shares and Gini are of")},
	{Name: "by", Turn: Group, Choices: []string{bySegment}, Columns: true, Means: catalogue.T("also the contribution of each value of a column of customers or orders, of whom the last order counts")},
}

var share = &Question{
	Slug:  "share",
	Title: catalogue.T("Share"),
	Short: catalogue.T("Show who brings how much: tiers, segments, columns, the best customers"),
	Long: catalogue.T(`What each tier and each segment, and if asked each value of a column, has of all
customers, orders and revenue; and how concentrated revenue, or orders, is among
customers: the Lorenz curve, the Gini coefficient, and what the best 1, 5, 10, 20 and
50 percent of customers bring, rounded up to whole customers.

Gini is 0 where all bring the same and nears 1 where one brings everything; corrected for
the number of customers (n ÷ (n − 1)) it reaches 1. Customers with negative revenue, who
returned more than they bought, are counted; with them a part can bring more than all,
and Gini be above 1.
In JSON, lorenz begins with the customers who bring least, as the Lorenz curve does.`),
	Example: `  strata share shop.strata
  strata share shop.strata --by region
  strata share shop.strata --of orders --format json`,
	Options: shareOptions,
	Ask:     askShare,
}

// shareAnswer is the customers in the order of what they bring.
type shareAnswer struct {
	on     *session.Standing
	of     string
	values []int64 // what is shared out, of each row
	curve  *concentration.Curve
	symbol string
}

func askShare(ctx context.Context, on *session.Standing, chosen Chosen) (*answer.Document, error) {
	a := &shareAnswer{on: on, of: chosen.of(shareOptions, "of"), symbol: symbolOf(on), values: on.Base().Revenue}
	if a.of == shareOrders {
		a.values = make([]int64, on.Base().Len())
		for row, n := range on.Base().Orders {
			a.values[row] = int64(n)
		}
	}
	a.curve = concentration.Of(a.values)
	var by []groupFigures
	var rows []groupFigures
	for _, name := range slices.Compact([]string{byTier, bySegment, chosen.of(shareOptions, "by")}) {
		g, err := groupBy(ctx, on, name)
		if err != nil {
			return nil, err
		}
		figures, err := a.figures(ctx, g)
		if err != nil {
			return nil, err
		}
		if rows = append(rows, figures...); name != byTier && name != bySegment {
			by = figures
		}
	}
	d := begin(on, catalogue.T("Share"), "groups")
	gini, corrected, ok := a.curve.Gini()
	d.Field("of", answer.Text(a.of)).Field("gini", answer.If(ok, answer.Number(gini))).Field("gini_corrected", answer.If(ok && a.curve.Len() > 1, answer.Number(corrected)))
	d.Chart(a.chart())
	top := answer.TableOf("top", answer.Slice[topRow](a.top()), a.topColumns())
	top.Symbol = a.symbol
	d.Table(top, answer.JSON|answer.People)
	d.Table(answer.TableOf("lorenz", answer.Slice[concentration.Point](a.curve.Lorenz(lorenzPlaces)), a.lorenzColumns()), answer.JSON)
	level := func(name string) answer.Slice[groupFigures] {
		return slices.DeleteFunc(slices.Clone(rows), func(g groupFigures) bool { return g.level != name })
	}
	columns := a.groupColumns()
	d.Table(answer.TableOf("tiers", level(byTier), columns), answer.JSON).Table(answer.TableOf("segments", level(bySegment), columns), answer.JSON)
	d.Table(answer.TableOf("by", answer.Slice[groupFigures](by), columns), answer.JSON)
	d.Table(answer.TableOf("groups", answer.Slice[groupFigures](rows), columns), answer.CSV)
	show := func(caption string, rows []groupFigures) {
		shown := answer.TableOf("shown", answer.Slice[groupFigures](rows), columns)
		shown.Symbol, shown.Caption, shown.Block = a.symbol, caption, blocks(rows)
		d.Table(shown, answer.Shown)
	}
	d.Chart(a.against(level(byTier)))
	show(catalogue.T("Contribution"), nested(level(byTier), level(bySegment)))
	if by != nil {
		show(catalogue.T("Contribution by {column}", "column", by[0].level), by)
	}
	d.SayIn(answer.Shown, a.giniText())
	return caution(d, on, a.warnings()), nil
}

// blocks keep the segments of a tier below it, whatever rows are sorted by.
func blocks(rows []groupFigures) func(row int) int {
	block, of := 0, make([]int, len(rows))
	for i, r := range rows {
		if i > 0 && (r.level == byTier || rows[i-1].level == byTier) {
			block++
		}
		of[i] = block
	}
	return func(row int) int { return of[row] }
}

// nested puts the segments below their tiers.
func nested(tiers, segments []groupFigures) []groupFigures {
	var all []groupFigures
	for _, t := range tiers {
		all = append(all, t)
		for _, s := range segments {
			if s.tone == t.tone {
				s.label = "  " + s.label
				all = append(all, s)
			}
		}
	}
	return all
}

// groupFigures is what a group has of all.
type groupFigures struct {
	group
	cross.Cell
	level                            string // tier, segment, or the column
	all                              cross.Cell
	ofCustomers, ofOrders, ofRevenue string // shares that add up to 100.0%
	crowd                            *answer.Crowd
}

func (a *shareAnswer) figures(ctx context.Context, g grouping) ([]groupFigures, error) {
	t, err := cross.Count(ctx, a.on.Base(), g.of, make([]uint32, len(g.of)), len(g.groups), 1)
	if err != nil {
		return nil, err
	}
	parts := func(of func(cross.Cell) int64) []string {
		n := make([]int64, len(t.RowTotal))
		for i, cell := range t.RowTotal {
			n[i] = of(cell)
		}
		return words.Shares(n, of(t.Total))
	}
	customers := parts(func(c cross.Cell) int64 { return c.Customers })
	orders := parts(func(c cross.Cell) int64 { return c.Orders })
	revenue := parts(func(c cross.Cell) int64 { return int64(c.Revenue) })
	var all []groupFigures
	for i, one := range g.groups {
		all = append(all, groupFigures{one, t.RowTotal[i], g.name, t.Total, customers[i], orders[i], revenue[i], crowdOf(a.on, one.label, func(row int) bool { return g.of[row] == uint32(i) })})
	}
	return all, nil
}

// tell says what a group has.
func (a *shareAnswer) tell(r groupFigures) string {
	named := []any{
		"label", strings.TrimSpace(r.label), "customers", words.Customers(r.Customers), "share", r.ofCustomers,
		"orders", words.Orders(r.Orders), "orders_share", r.ofOrders, "revenue", words.Brief(r.Revenue, a.symbol), "revenue_share", r.ofRevenue,
	}
	if a.of == shareOrders {
		return catalogue.T("{label}: {customers} ({share} of all) with {orders}, {orders_share} of all, and {revenue}.", named...)
	}
	return catalogue.T("{label}: {customers} ({share} of all) with {orders} and {revenue}, {revenue_share} of revenue.", named...)
}

// groupColumns are the figures of groups; a screen has room for those of what is shared
// out, beside the customers.
func (a *shareAnswer) groupColumns() []answer.Column[groupFigures] {
	type row = groupFigures
	ofOrders, ofRevenue := answer.Everyone, answer.Everyone|answer.Screen
	if a.of == shareOrders {
		ofOrders, ofRevenue = ofRevenue, ofOrders
	}
	tone := func(r row) answer.Tone {
		if r.level == byTier {
			return r.tone
		}
		return answer.Plain
	}
	return []answer.Column[row]{
		{Key: "level", In: answer.Machines, Of: func(r row) answer.Value { return answer.Text(r.level) }},
		{Key: "name", In: answer.Machines, Of: func(r row) answer.Value { return answer.Text(r.key) }},
		{Key: "label", In: answer.Everyone | answer.Screen, Tone: tone, Tell: a.tell, Behind: func(r row) *answer.Crowd { return r.crowd }, Of: func(r row) answer.Value { return answer.Text(r.label) }},
		{Key: "customers", Title: catalogue.T("customers"), Short: catalogue.T("cust."), In: answer.Everyone | answer.Screen, Tell: a.tell, Of: func(r row) answer.Value { return answer.Count(r.Customers) }},
		{Key: "share", Title: catalogue.T("% of customers"), Short: catalogue.T("% cust."), Means: catalogue.T("customers ÷ all customers"), In: answer.Everyone | answer.Screen, Tell: a.tell, Of: func(r row) answer.Value { return answer.Share(r.Customers, r.all.Customers).Told(r.ofCustomers) }},
		{Key: "orders", Title: catalogue.T("orders"), Light: 1, In: ofOrders, Tell: a.tell, Of: func(r row) answer.Value { return answer.Count(r.Orders) }},
		{Key: "orders_share", Bar: a.of == shareOrders, Title: catalogue.T("% of orders"), Short: catalogue.T("% ord."), Means: catalogue.T("orders ÷ all orders"), Light: 1, In: ofOrders, Tell: a.tell, Of: func(r row) answer.Value { return answer.Share(r.Orders, r.all.Orders).Told(r.ofOrders) }},
		{Key: "revenue", Title: catalogue.T("revenue"), Short: catalogue.T("rev."), In: ofRevenue, Tell: a.tell, Of: func(r row) answer.Value { return answer.Money(r.Revenue).As(answer.Scaled) }},
		{Key: "revenue_share", Bar: a.of == shareRevenue, Title: catalogue.T("% of revenue"), Short: catalogue.T("% rev."), Means: catalogue.T("revenue ÷ all revenue"), In: ofRevenue, Tell: a.tell, Of: func(r row) answer.Value {
			return answer.Share(int64(r.Revenue), int64(r.all.Revenue)).Told(r.ofRevenue)
		}},
	}
}

// topRow is the best customers.
type topRow struct {
	percent   int64
	customers int
	sum       int64
}

func (a *shareAnswer) top() []topRow {
	var rows []topRow
	for _, percent := range topPercents {
		customers, sum := a.curve.Top(percent, 100)
		rows = append(rows, topRow{percent, customers, sum})
	}
	return rows
}

// amount is a value of what is shared out.
func (a *shareAnswer) amount(n int64) answer.Value {
	if a.of == shareOrders {
		return answer.Count(n)
	}
	return answer.Money(model.Money(n))
}

func (a *shareAnswer) told(n int64) string {
	if a.of == shareOrders {
		return words.Orders(n)
	}
	return words.Brief(model.Money(n), a.symbol)
}

func (a *shareAnswer) topColumns() []answer.Column[topRow] {
	type row = topRow
	const all = 100
	return []answer.Column[row]{
		{Key: "share", In: answer.JSON, Of: func(r row) answer.Value { return answer.Share(r.percent, all) }},
		{Title: catalogue.T("best customers"), In: answer.People, Of: func(r row) answer.Value { return answer.Text(a.named(r.percent)) }, Behind: func(r row) *answer.Crowd { return a.best(r.percent) }},
		{Key: "customers", Title: catalogue.T("customers"), In: answer.JSON | answer.People, Of: func(r row) answer.Value { return answer.Count(r.customers) }},
		{Key: a.of, Title: map[string]string{shareRevenue: catalogue.T("revenue"), shareOrders: catalogue.T("orders")}[a.of], In: answer.JSON | answer.People, Of: func(r row) answer.Value { return a.amount(r.sum) }},
		{Key: a.of + "_share", Title: map[string]string{shareRevenue: catalogue.T("% of revenue"), shareOrders: catalogue.T("% of orders")}[a.of], In: answer.JSON | answer.People, Of: func(r row) answer.Value { return answer.Share(r.sum, a.curve.Total()) }},
	}
}

// lorenzPlaces is how many parts the curve is told in.
const lorenzPlaces = 100

func (a *shareAnswer) lorenzColumns() []answer.Column[concentration.Point] {
	type row = concentration.Point
	return []answer.Column[row]{
		{Key: "customers", In: answer.JSON, Of: func(p row) answer.Value { return answer.Share(p.Customers, int64(a.curve.Len())) }},
		{Key: a.of, In: answer.JSON, Of: func(p row) answer.Value {
			return answer.If(a.curve.Total() > 0, answer.Number(float64(p.Sum)/float64(a.curve.Total())))
		}},
	}
}

// chart is the curve from the best customers on, a place for every percent.
func (a *shareAnswer) chart() *answer.Chart {
	c := &answer.Chart{Title: catalogue.T("Who brings the revenue"), Note: catalogue.T("best customers first"), Shape: answer.Concentration, Place: 20}
	if a.of == shareOrders {
		c.Title = catalogue.T("Who places the orders")
	}
	if a.curve.Total() <= 0 {
		return c
	}
	line := answer.Line{}
	for percent := range int64(lorenzPlaces + 1) {
		_, sum := a.curve.Top(percent, lorenzPlaces)
		c.Names = append(c.Names, words.WholePercent(int(percent)))
		line.Points = append(line.Points, float64(sum)/float64(a.curve.Total()))
	}
	c.Lines = []answer.Line{line}
	c.At = a.at
	c.Behind = func(place int) *answer.Crowd { return a.best(int64(place)) }
	return c
}

// against is the customers of each tier against what they bring, in shares of all.
func (a *shareAnswer) against(tiers []groupFigures) *answer.Chart {
	brought := catalogue.T("revenue")
	of, told := func(c cross.Cell) int64 { return int64(c.Revenue) }, func(g groupFigures) string { return g.ofRevenue }
	if a.of == shareOrders {
		brought, of, told = catalogue.T("orders"), func(c cross.Cell) int64 { return c.Orders }, func(g groupFigures) string { return g.ofOrders }
	}
	c := &answer.Chart{Title: catalogue.T("Tiers"), Note: catalogue.T("of all"), Shape: answer.Bars, Why: catalogue.T("no share: nothing, or less, to share out")}
	customers, what := answer.Line{Name: catalogue.T("customers")}, answer.Line{Name: brought}
	for _, t := range tiers {
		c.Names, c.Tones = append(c.Names, t.label), append(c.Tones, t.tone)
		customers.Points = append(customers.Points, partOfAll(t.Customers, t.all.Customers))
		what.Points = append(what.Points, partOfAll(of(t.Cell), of(t.all)))
		customers.Told, what.Told = append(customers.Told, t.ofCustomers), append(what.Told, told(t))
	}
	c.Lines = []answer.Line{customers, what}
	c.At = func(place int) string { return a.tell(tiers[place]) }
	c.Behind = func(place int) *answer.Crowd { return tiers[place].crowd }
	return c
}

// partOfAll is a share, NaN where there is none.
func partOfAll(n, of int64) float64 {
	if share, ok := model.Share(n, of); ok {
		return share
	}
	return math.NaN()
}

// at says what the best so many percent bring.
func (a *shareAnswer) at(percent int) string {
	customers, sum := a.curve.Top(int64(percent), lorenzPlaces)
	text := catalogue.T("The top {percent} ({customers}) bring {share} of revenue, {amount}.", "percent", words.WholePercent(percent), "customers", words.Customers(int64(customers)), "share", words.Share(sum, a.curve.Total()), "amount", a.told(sum))
	if a.of == shareOrders {
		text = catalogue.T("The top {percent} ({customers}) place {share} of all orders, {amount}.", "percent", words.WholePercent(percent), "customers", words.Customers(int64(customers)), "share", words.Share(sum, a.curve.Total()), "amount", a.told(sum))
	}
	if customers == 0 || customers == a.curve.Len() {
		return text
	}
	least, ties := a.curve.Threshold(customers)
	text = say(text, catalogue.T("The last of them has {least}.", "least", a.told(least)))
	if ties > 0 {
		text = say(text, words.Agree(ties, "{others} more has exactly that, too.", "{others} more have exactly that, too.", "others", words.Count(int64(ties))))
	}
	return text
}

// named is what the best so many percent are called.
func (a *shareAnswer) named(percent int64) string {
	return catalogue.T("the top {percent}", "percent", words.WholePercent(int(percent)))
}

// best is the so many percent who bring most; of those who bring the same as the last of
// them, the first in the workspace.
func (a *shareAnswer) best(percent int64) *answer.Crowd {
	customers, _ := a.curve.Top(percent, lorenzPlaces)
	return &answer.Crowd{Title: a.named(percent), Customers: func(context.Context) ([]int32, error) {
		return customersAt(a.on, concentration.Best(a.values, customers)), nil
	}}
}

func (a *shareAnswer) giniText() string {
	gini, corrected, ok := a.curve.Gini()
	switch {
	case !ok:
		return catalogue.T("No Gini coefficient: there is nothing to share out.")
	case a.curve.Len() < 2:
		return catalogue.T("Gini coefficient {value}: one customer has everything.", "value", words.Index(gini))
	}
	text := catalogue.T("Gini coefficient {value}, corrected for the number of customers {corrected}", "value", words.Index(gini), "corrected", words.Index(corrected))
	if max(gini, corrected) > 1 {
		text += catalogue.T(": above 1, as returns leave customers below nothing; compare it with no other")
	}
	return text
}

func (a *shareAnswer) warnings() []model.Warning {
	n, sum := a.curve.Negative()
	if n == 0 {
		return nil
	}
	return []model.Warning{{Code: "negative-customers", Message: words.Agree(n, "{customers} has returned more than was bought: {amount}, at the far end of the curve.",
		"{customers} have returned more than they bought: {amount} together, at the far end of the curve.", "customers", words.Customers(int64(n)), "amount", a.told(sum))}}
}
