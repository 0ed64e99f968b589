package question

import (
	"context"
	"math"
	"slices"
	"strconv"
	"strings"

	"strata/analysis/cohort"
	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/session"
)

// The figures of a cohort that people are shown, and how a month counts.
const (
	retention       = "retention"
	cohortCustomers = "customers"
	cohortRevenue   = "revenue"

	strict  = "strict"
	rolling = "rolling"
)

var cohortOptions = []Option{
	{Name: "value", Turn: Figure, Choices: []string{retention, cohortCustomers, cohortRevenue}, Means: catalogue.T("what text shows; CSV and JSON have all of it")},
	{Name: "variant", Turn: Variant, Choices: []string{strict, rolling}, Means: catalogue.T("who is active in a month: customers with an order in it, or with one in it or in any later month")},
	tierOption(),
}

var cohorts = &Question{
	Slug:  "cohort",
	Title: catalogue.T("Cohorts"),
	Short: catalogue.T("Show who came back, by the month of the first order"),
	Long: catalogue.T(`Customers are put into cohorts by the month of their first order that counts. For each
month after it: how many of the cohort ordered, their share of the cohort (retention),
and what they ordered for. Months that have not been reached are left out, not 0; a last
month that is not complete is marked *.

Rolling, a customer counts as active in every month up to that of the last order: a month
then tells who was not lost yet, and is never below the strict figure. Towards the last
month it falls to the strict one, as later orders have not been seen yet: compare cohorts
in the same month. Of one tier, only customers who are in it now are counted; as they came
into it by ordering, their retention is no forecast for others.`),
	Example: `  strata cohort shop.strata
  strata cohort shop.strata --value revenue --tier high
  strata cohort shop.strata --variant rolling --tier each --format csv
  strata cohort shop.strata --people all,2`,
	Options: cohortOptions,
	Ask:     askCohorts,
}

// cohortRow is a cohort of the customers in question, or of those of one tier.
type cohortRow struct {
	cohort.Cohort
	tier  string // all, or a tier
	group uint8
	table *cohort.Table
	base  []int64 // of all cohorts together: the customers whom month k counts; nil of one cohort
}

// of is how many customers month k of the row is a share of.
func (r cohortRow) of(k int) int64 {
	if r.base != nil {
		return r.base[k]
	}
	return r.Size
}

// label is what people call the row.
func (r cohortRow) label() string {
	if r.base != nil {
		return catalogue.T("all")
	}
	return monthName(r.Month)
}

// cohortCell is one month of a cohort.
type cohortCell struct {
	cohortRow
	k int
}

func askCohorts(ctx context.Context, on *session.Standing, chosen Chosen) (*answer.Document, error) {
	a, err := newCohortAnswer(ctx, on, chosen)
	if err != nil {
		return nil, err
	}
	d := begin(on, catalogue.T("Cohorts"), "months")
	d.Field("grain", answer.Text("month")).Field("variant", answer.Text(a.variant)).Field("tier", answer.Text(a.tier))
	t := a.table
	if partly(t) {
		last := t.First.AddMonths(t.Months - 1)
		d.Group("partial", new(answer.Document).Field("month", answer.Text(monthName(last))).Field("days", answer.Count(t.PartialDays)).Field("of", answer.Count(t.OfDays)))
	} else {
		d.Group("partial", nil)
	}
	if t.Months > 0 && startsLate(t) {
		d.Group("first_partial", new(answer.Document).Field("month", answer.Text(monthName(t.First))).Field("from", answer.Text(t.FirstPartialFrom.String())))
	} else {
		d.Group("first_partial", nil)
	}
	d.Table(answer.TableOf("all", answer.Slice[cohortRow](a.together), append(a.jsonColumns(), listOf("base", cohortRow.of))), answer.JSON)
	d.Table(answer.TableOf("cohorts", answer.Slice[cohortRow](a.rows), a.jsonColumns()), answer.JSON)
	d.Table(answer.TableOf("months", answer.Slice[cohortCell](a.cells()), a.csvColumns()), answer.CSV)
	filled := slices.DeleteFunc(slices.Clone(a.rows), func(r cohortRow) bool { return r.Size == 0 })
	rows := append(slices.Clone(a.together), filled...)
	shown := answer.TableOf("shown", answer.Slice[cohortRow](rows), a.columns())
	shown.Caption, shown.Symbol, shown.Note = a.caption(), a.symbol, a.note(filled)
	shown.Shaded = map[string]string{retention: catalogue.T("retention"), cohortCustomers: catalogue.T("customers"), cohortRevenue: catalogue.T("revenue")}[a.value]
	shown.Block = func(row int) int {
		if rows[row].base != nil {
			return 0
		}
		return 1 + int(rows[row].group)
	}
	d.Table(shown, answer.Shown).Chart(a.curve())
	return caution(d, on, a.warnings()), nil
}

// cohortAnswer is the cohorts that were asked for.
type cohortAnswer struct {
	on                   *session.Standing
	value, variant, tier string
	group                []uint8       // of each row of the base; nil: all are one
	table                *cohort.Table // of all, or of the first tier: its months are those of every other
	rows                 []cohortRow
	together             []cohortRow // all cohorts of the group, or of each
	months               int
	symbol               string
}

func newCohortAnswer(ctx context.Context, on *session.Standing, chosen Chosen) (*cohortAnswer, error) {
	a := &cohortAnswer{
		on: on, value: chosen.of(cohortOptions, "value"), variant: chosen.of(cohortOptions, "variant"), tier: chosen.of(cohortOptions, "tier"),
		symbol: words.Symbol(words.CurrencyOf(on.Info())),
	}
	groups := 1
	if a.tier != everybody {
		a.group, groups = tierOf(on), len(tiers)
	}
	orders, customers, err := on.Orders(ctx)
	if err != nil {
		return nil, err
	}
	tables, err := cohort.Count(ctx, on.Base(), orders, customers, a.group, groups)
	if err != nil {
		return nil, err
	}
	a.table, a.months = tables[0], tables[0].Months
	for group, t := range tables {
		tier := everybody
		if a.group != nil {
			tier = string(tiers[group])
		}
		if a.tier != eachTier && a.tier != tier {
			continue
		}
		p := t.Together(t.Cohorts)
		if reached := len(p.Base) - len(slices.DeleteFunc(slices.Clone(p.Base), func(n int64) bool { return n > 0 })); p.Size > 0 {
			all := cohort.Cohort{Size: p.Size, Active: p.Active[:reached], Rolling: p.Rolling[:reached], Revenue: p.Revenue[:reached]}
			a.together = append(a.together, cohortRow{all, tier, uint8(group), t, p.Base})
		}
		for _, c := range t.Cohorts {
			if a.tier != eachTier || c.Size > 0 {
				a.rows = append(a.rows, cohortRow{c, tier, uint8(group), t, nil})
			}
		}
	}
	return a, nil
}

func monthName(day model.Day) string {
	const month = len("2011-12")
	return day.String()[:month]
}

// partly reports whether the last month is not complete.
func partly(t *cohort.Table) bool { return t.Months > 0 && t.PartialDays < t.OfDays }

// partial reports whether month k of a cohort is not complete.
func (r cohortRow) partial(k int) bool {
	if r.base != nil {
		return false
	}
	return partly(r.table) && k == len(r.Active)-1 || k == 0 && r.Month == r.table.First && startsLate(r.table)
}

// startsLate reports whether the data begin in the middle of the first month: more than a
// week into it, as the first days of a month can be holidays.
func startsLate(t *cohort.Table) bool { return t.FirstPartialFrom >= t.First+7 }

// tiny reports whether a row is of so few customers that one of them is a tenth or more.
func (r cohortRow) tiny() bool {
	const few = 10
	return r.Size < few
}

// note says what the marks in the table mean, and what is not in it.
func (a *cohortAnswer) note(shown []cohortRow) string {
	if len(shown) == 0 {
		return ""
	}
	var notes []string
	if t := a.table; startsLate(t) {
		notes = append(notes, catalogue.T("* {month} is not complete: the first order is of {day}.", "month", monthName(t.First), "day", t.FirstPartialFrom))
	}
	if partly(a.table) {
		notes = append(notes, a.partialText(a.table))
	}
	notes = append(notes, catalogue.T("all: in each month, the cohorts that had the whole of it; the later the month, the older they are."))
	if slices.ContainsFunc(shown, cohortRow.tiny) {
		notes = append(notes, catalogue.T("Cohorts of fewer than 10 customers are dim: one customer makes much of a difference."))
	}
	if empty := len(a.rows) - len(shown); empty > 0 {
		notes = append(notes, words.Agree(empty, "{months} in which nobody ordered first is not shown.", "{months} in which nobody ordered first are not shown.", "months", words.Plural(int64(empty), "month", "months")))
	}
	return say(notes...)
}

// rolling reports whether the marked figure is of those active then or later: revenue is
// always that of the month.
func (a *cohortAnswer) rolling() bool { return a.variant == rolling && a.value != cohortRevenue }

// active is how many of a cohort are active in month k.
func (a *cohortAnswer) active(r cohortRow, k int) int64 {
	if a.variant == rolling {
		return r.Rolling[k]
	}
	return r.Active[k]
}

// figure is what people are shown of month k of a cohort: nothing where it has not been
// reached.
func (a *cohortAnswer) figure(r cohortRow, k int) answer.Value {
	if k >= len(r.Active) || r.Size == 0 {
		return answer.Value{}.Untold()
	}
	v := answer.Share(a.active(r, k), r.of(k))
	switch a.value {
	case cohortRevenue:
		v = answer.Money(r.Revenue[k])
	case cohortCustomers:
		v = answer.Count(a.active(r, k))
	}
	if r.partial(k) {
		v = v.Partial()
	}
	if r.base != nil || r.tiny() {
		v = v.Apart()
	}
	return v
}

func (a *cohortAnswer) columns() []answer.Column[cohortRow] {
	type row = cohortRow
	tone := func(r row) answer.Tone { return map[bool]answer.Tone{true: answer.Dim}[r.tiny()] }
	columns := []answer.Column[row]{
		{Title: catalogue.T("first order in"), Short: catalogue.T("first in"), In: answer.Shown, Tone: tone, Of: func(r row) answer.Value { return answer.Text(r.label()) }, Behind: func(r row) *answer.Crowd { return a.crowd(r, whole) }, Tell: func(r row) string { return a.tell(r, 0) }},
		{Title: catalogue.T("customers"), Short: catalogue.T("size"), Means: catalogue.T("Customers whose first order that counts fell in the month."), In: answer.Shown, Tone: tone, Of: func(r row) answer.Value {
			if v := answer.Count(r.Size); r.partial(0) && a.value != cohortRevenue {
				return v.Partial()
			}
			return answer.Count(r.Size)
		}, Tell: func(r row) string { return a.tell(r, 0) }},
	}
	if a.tier == eachTier {
		columns = slices.Insert(columns, 1, answer.Column[row]{Title: catalogue.T("tier"), In: answer.Shown, Tone: func(r row) answer.Tone { return answer.ToneOf(model.Tier(r.tier)) }, Of: func(r row) answer.Value { return answer.Text(words.Tier(model.Tier(r.tier))) }})
	}
	first := 1
	if a.value == cohortRevenue { // in month 0 all of them ordered
		first = 0
	}
	for k := first; k < a.months; k++ {
		columns = append(columns, answer.Column[row]{
			Title: strconv.Itoa(k), Means: a.means(), In: answer.Shown, Light: int8(min(k, math.MaxInt8)), Heat: k > 0, Tone: tone,
			Of:     func(r row) answer.Value { return a.figure(r, k) },
			Behind: func(r row) *answer.Crowd { return a.crowd(r, k) },
			Tell:   func(r row) string { return a.tell(r, k) },
		})
	}
	return columns
}

func (a *cohortAnswer) means() string {
	switch {
	case a.value == cohortRevenue:
		return catalogue.T("What the cohort's orders in that month are worth. Returns are taken off in the month they fall in.")
	case a.variant == rolling:
		return catalogue.T("Customers of the cohort with an order that counts in that month or in any later one, by months after the month of the first order: who had not been lost by then.")
	}
	return catalogue.T("Customers of the cohort with an order that counts in that month, by months after the month of the first order. Calendar months: who first orders on the 31st is in month 1 a day later.")
}

func (a *cohortAnswer) caption() string {
	text := map[string]string{
		retention + strict:        catalogue.T("retention, % of the cohort, by months after the first order"),
		retention + rolling:       catalogue.T("rolling retention, % of the cohort, by months after the first order"),
		cohortCustomers + strict:  catalogue.T("customers who ordered, by months after the first order"),
		cohortCustomers + rolling: catalogue.T("customers who ordered then or later, by months after the first order"),
		cohortRevenue + strict:    catalogue.T("revenue by months after the first order"),
	}[a.value+a.variant]
	if text == "" { // revenue has no variants
		text = catalogue.T("revenue by months after the first order")
	}
	if a.tier != everybody && a.tier != eachTier { // first: a narrow title is cut
		text = catalogue.T("only {tier} now · {text}", "tier", words.Tier(model.Tier(a.tier)), "text", text)
	}
	return text
}

// tell says one cell in a sentence.
func (a *cohortAnswer) tell(r cohortRow, k int) string {
	if k >= len(r.Active) || r.Size == 0 {
		return ""
	}
	n := r.Active[k]
	if a.rolling() {
		n = r.Rolling[k]
	}
	if r.base != nil {
		named := []any{"active", words.Count(n), "size", words.Customers(r.base[k]), "share", words.Share(n, r.base[k]), "k", k, "revenue", words.Brief(r.Revenue[k], a.symbol)}
		if a.rolling() {
			return catalogue.T("Of all cohorts that had the whole of month {k}: {active} of {size} ({share}) ordered in it or later; its orders are worth {revenue}.", named...)
		}
		return catalogue.T("Of all cohorts that had the whole of month {k}: {active} of {size} ({share}) ordered in it, for {revenue}.", named...)
	}
	then := monthName(r.Month.AddMonths(k))
	named := []any{"active", words.Count(n), "size", words.Customers(r.Size), "share", words.Share(n, r.Size), "month", then, "revenue", words.Brief(r.Revenue[k], a.symbol)}
	text := catalogue.T("{active} of {size} ({share}) ordered in {month}, for {revenue}.", named...)
	if a.rolling() {
		text = catalogue.T("{active} of {size} ({share}) ordered in {month} or later; orders of {month} are worth {revenue}.", named...)
	}
	if r.partial(k) && k > 0 {
		text = say(text, a.partialText(r.table))
	}
	return text
}

func (a *cohortAnswer) partialText(t *cohort.Table) string {
	return catalogue.T("* {month} is not complete: {days} of {all}.", "month", monthName(t.First.AddMonths(t.Months-1)), "days", words.Count(int64(t.PartialDays)), "all", words.Days(int64(t.OfDays)))
}

// whole is no month of a row: all of its customers.
const whole = -1

// crowd is who is active in month k of a row: of one cohort, or of all that had the whole
// month.
func (a *cohortAnswer) crowd(r cohortRow, k int) *answer.Crowd {
	if k >= len(r.Active) || r.Size == 0 {
		return nil
	}
	cell := cohort.Cell{From: r.Month, To: r.Month, K: max(k, 0), Rolling: a.rolling()}
	if r.base != nil {
		last := r.table.Months - 1
		if k != whole {
			last -= k
			if partly(r.table) {
				last--
			}
		}
		cell.From, cell.To = r.table.First, r.table.First.AddMonths(last)
	}
	title := catalogue.T("cohort {month}", "month", r.label())
	if k > 0 {
		title = catalogue.T("cohort {month}, month {k}", "month", r.label(), "k", k)
	}
	return &answer.Crowd{Title: title, Customers: func(ctx context.Context) ([]int32, error) {
		orders, customers, err := a.on.Orders(ctx)
		if err != nil {
			return nil, err
		}
		rows, err := cohort.Members(ctx, a.on.Base(), orders, customers, a.group, r.group, cell)
		return customersAt(a.on, rows), err
	}}
}

// listOf is a figure of every month of a row.
func listOf[V int64 | answer.Value](key string, of func(r cohortRow, k int) V) answer.Column[cohortRow] {
	return answer.Column[cohortRow]{Key: key, In: answer.JSON, List: func(r cohortRow) []answer.Value {
		all := make([]answer.Value, len(r.Active))
		for k := range all {
			switch v := any(of(r, k)).(type) {
			case answer.Value:
				all[k] = v
			case int64:
				all[k] = answer.Count(v)
			}
		}
		return all
	}}
}

func (a *cohortAnswer) jsonColumns() []answer.Column[cohortRow] {
	type row = cohortRow
	return []answer.Column[row]{
		{Key: "month", In: answer.JSON, Optional: true, Of: func(r row) answer.Value { return answer.If(r.base == nil, answer.Text(monthName(r.Month))) }},
		{Key: "tier", In: answer.JSON, Of: func(r row) answer.Value { return answer.Text(r.tier) }},
		{Key: "size", In: answer.JSON, Of: func(r row) answer.Value { return answer.Count(r.Size) }},
		listOf("active", func(r row, k int) answer.Value { return answer.Count(a.active(r, k)) }),
		listOf("retention", func(r row, k int) answer.Value { return answer.Share(a.active(r, k), r.of(k)) }),
		listOf("revenue", func(r row, k int) answer.Value { return answer.Money(r.Revenue[k]) }),
	}
}

func (a *cohortAnswer) cells() []cohortCell {
	var all []cohortCell
	for _, r := range a.rows {
		for k := range r.Active {
			all = append(all, cohortCell{r, k})
		}
	}
	return all
}

func (a *cohortAnswer) csvColumns() []answer.Column[cohortCell] {
	type cell = cohortCell
	column := func(key string, of func(c cell) answer.Value) answer.Column[cell] {
		return columnIn(answer.CSV, key, of)
	}
	return []answer.Column[cell]{
		column("cohort", func(c cell) answer.Value { return answer.Text(monthName(c.Month)) }),
		column("tier", func(c cell) answer.Value { return answer.Text(c.tier) }),
		column("size", func(c cell) answer.Value { return answer.Count(c.of(c.k)) }),
		column("months_after", func(c cell) answer.Value { return answer.Count(c.k) }),
		column("month", func(c cell) answer.Value { return answer.Text(monthName(c.Month.AddMonths(c.k))) }),
		column("active", func(c cell) answer.Value { return answer.Count(a.active(c.cohortRow, c.k)) }),
		column("retention", func(c cell) answer.Value { return answer.Share(a.active(c.cohortRow, c.k), c.of(c.k)) }),
		column("revenue", func(c cell) answer.Value { return answer.Money(c.Revenue[c.k]) }),
		column("complete", func(c cell) answer.Value { return answer.Flag(!c.partial(c.k)) }),
	}
}

// warnings are what not to read into the figures.
func (a *cohortAnswer) warnings() []model.Warning {
	var all []model.Warning
	warn := func(code, message string) { all = append(all, model.Warning{Code: code, Message: message}) }
	if len(a.rows) == 0 || a.months == 0 {
		return all
	}
	t := a.table
	if !a.on.Scheme().Spec.Window.All() {
		warn("cohorts-of-window", catalogue.T("Orders before the window are not seen: customers who had ordered before it count as new in it."))
	} else if a.rows[0].Size > 0 {
		warn("first-cohort", catalogue.T("The first cohort, {month}, may hold old customers: the data begin there.", "month", monthName(t.First)))
	}
	return all
}

// curve is the retention of the first cohort and of all later ones together, or of each
// tier, over the months that are complete.
func (a *cohortAnswer) curve() *answer.Chart {
	c := &answer.Chart{Title: catalogue.T("Retention"), Note: catalogue.T("by months later"), Why: catalogue.T("no complete month yet")}
	if a.variant == rolling {
		c.Title = catalogue.T("Rolling retention")
	}
	for k := 1; k < a.months; k++ {
		c.Names = append(c.Names, strconv.Itoa(k))
	}
	add := func(name string, tone answer.Tone, of func(r cohortRow) bool) {
		var all []cohort.Cohort
		for _, r := range a.rows {
			if of(r) {
				all = append(all, r.Cohort)
			}
		}
		if len(all) > 0 && a.months > 1 {
			c.Lines = append(c.Lines, answer.Line{Name: name, Tone: tone, Points: a.table.Together(all).Retention(a.variant == rolling)[1:]})
		}
	}
	c.At = func(place int) string { return tellMonth(c, place) }
	if a.tier == eachTier {
		for _, tier := range tiers {
			add(words.Tier(tier), answer.ToneOf(tier), func(r cohortRow) bool { return r.tier == string(tier) })
		}
		return c
	}
	add(monthName(a.table.First), answer.Plain, func(r cohortRow) bool { return r.Month == a.table.First })
	add(catalogue.T("all later cohorts"), answer.Mid, func(r cohortRow) bool { return r.Month != a.table.First })
	return c
}

// tellMonth says what a curve has in a month, from the first one after that of the first
// order on.
func tellMonth(c *answer.Chart, place int) string {
	var told []string
	for _, l := range c.Lines {
		if share := l.Points[place]; !math.IsNaN(share) {
			told = append(told, catalogue.T("{line} {share}", "line", l.Name, "share", words.Percent(share)))
		}
	}
	after := words.Plural(int64(place+1), "month", "months")
	if len(told) == 0 {
		return catalogue.T("{months} after the first order: not complete for anyone.", "months", after)
	}
	return catalogue.T("{months} after the first order: {figures}.", "months", after, "figures", strings.Join(told, ", "))
}
