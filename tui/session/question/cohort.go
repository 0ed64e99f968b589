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
  strata cohort shop.strata --variant rolling --tier each --format csv`,
	Options: cohortOptions,
	Ask:     askCohorts,
}

// cohortRow is a cohort of the customers in question, or of those of one tier.
type cohortRow struct {
	cohort.Cohort
	tier  string // all, or a tier
	group uint8
	table *cohort.Table
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
	d := &answer.Document{Title: catalogue.T("Cohorts"), Flat: "months"}
	d.Say(head(on))
	tellOn(d, on)
	d.Field("grain", answer.Text("month")).Field("variant", answer.Text(a.variant)).Field("tier", answer.Text(a.tier))
	t := a.table
	if partly(t) {
		last := t.First.AddMonths(t.Months - 1)
		d.Group("partial", new(answer.Document).Field("month", answer.Text(monthName(last))).Field("days", answer.Count(t.PartialDays)).Field("of", answer.Count(t.OfDays)))
	} else {
		d.Group("partial", nil)
	}
	d.Table(answer.TableOf("cohorts", answer.Slice[cohortRow](a.rows), a.jsonColumns()), answer.JSON)
	d.Table(answer.TableOf("months", answer.Slice[cohortCell](a.cells()), a.csvColumns()), answer.CSV)
	shown := answer.TableOf("shown", answer.Slice[cohortRow](a.rows), a.columns())
	shown.Caption, shown.Symbol = a.caption(), a.symbol
	if partly(t) {
		shown.Note = a.partialText(t)
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
		for _, c := range t.Cohorts {
			if a.tier != eachTier || c.Size > 0 {
				a.rows = append(a.rows, cohortRow{c, tier, uint8(group), t})
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
	return partly(r.table) && k == len(r.Active)-1
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
	v := answer.Share(a.active(r, k), r.Size)
	switch a.value {
	case cohortRevenue:
		v = answer.Money(r.Revenue[k])
	case cohortCustomers:
		v = answer.Count(a.active(r, k))
	}
	if r.partial(k) {
		v = v.Partial()
	}
	return v
}

func (a *cohortAnswer) columns() []answer.Column[cohortRow] {
	type row = cohortRow
	columns := []answer.Column[row]{
		{Title: catalogue.T("first order in"), Short: catalogue.T("first in"), In: answer.Shown, Of: func(r row) answer.Value { return answer.Text(monthName(r.Month)) }, Behind: func(r row) *answer.Crowd { return a.crowd(r, 0) }, Tell: func(r row) string { return a.tell(r, 0) }},
		{Title: catalogue.T("customers"), Short: catalogue.T("size"), Means: catalogue.T("Customers whose first order that counts fell in the month."), In: answer.Shown, Of: func(r row) answer.Value { return answer.Count(r.Size) }, Tell: func(r row) string { return a.tell(r, 0) }},
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
			Title: strconv.Itoa(k), Means: a.means(), In: answer.Shown, Light: int8(min(k, math.MaxInt8)), Heat: k > 0,
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
	then := monthName(r.Month.AddMonths(k))
	n := r.Active[k]
	if a.rolling() {
		n = r.Rolling[k]
	}
	named := []any{"active", words.Count(n), "size", words.Customers(r.Size), "share", words.Share(n, r.Size), "month", then, "revenue", words.Brief(r.Revenue[k], a.symbol)}
	text := catalogue.T("{active} of {size} ({share}) ordered in {month}, for {revenue}.", named...)
	if a.rolling() {
		text = catalogue.T("{active} of {size} ({share}) ordered in {month} or later; orders of {month} are worth {revenue}.", named...)
	}
	if r.partial(k) {
		text = say(text, a.partialText(r.table))
	}
	return text
}

func (a *cohortAnswer) partialText(t *cohort.Table) string {
	return catalogue.T("* {month} is not complete: {days} of {all}.", "month", monthName(t.First.AddMonths(t.Months-1)), "days", words.Count(int64(t.PartialDays)), "all", words.Days(int64(t.OfDays)))
}

// crowd is who is active in month k of a cohort; in month 0, all of it.
func (a *cohortAnswer) crowd(r cohortRow, k int) *answer.Crowd {
	if k >= len(r.Active) || r.Size == 0 {
		return nil
	}
	title := catalogue.T("cohort {month}", "month", monthName(r.Month))
	if k > 0 {
		title = catalogue.T("cohort {month}, month {k}", "month", monthName(r.Month), "k", k)
	}
	return &answer.Crowd{Title: title, Customers: func(ctx context.Context) ([]int32, error) {
		orders, customers, err := a.on.Orders(ctx)
		if err != nil {
			return nil, err
		}
		rows, err := cohort.Members(ctx, a.on.Base(), orders, customers, a.group, r.group, r.Month, k, a.rolling())
		return customersAt(a.on, rows), err
	}}
}

func (a *cohortAnswer) jsonColumns() []answer.Column[cohortRow] {
	type row = cohortRow
	list := func(key string, of func(r row, k int) answer.Value) answer.Column[row] {
		return answer.Column[row]{Key: key, In: answer.JSON, List: func(r row) []answer.Value {
			all := make([]answer.Value, len(r.Active))
			for k := range all {
				all[k] = of(r, k)
			}
			return all
		}}
	}
	return []answer.Column[row]{
		{Key: "month", In: answer.JSON, Of: func(r row) answer.Value { return answer.Text(monthName(r.Month)) }},
		{Key: "tier", In: answer.JSON, Of: func(r row) answer.Value { return answer.Text(r.tier) }},
		{Key: "size", In: answer.JSON, Of: func(r row) answer.Value { return answer.Count(r.Size) }},
		list("active", func(r row, k int) answer.Value { return answer.Count(a.active(r, k)) }),
		list("retention", func(r row, k int) answer.Value { return answer.Share(a.active(r, k), r.Size) }),
		list("revenue", func(r row, k int) answer.Value { return answer.Money(r.Revenue[k]) }),
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
		return answer.Column[cell]{Key: key, In: answer.CSV, Of: of}
	}
	return []answer.Column[cell]{
		column("cohort", func(c cell) answer.Value { return answer.Text(monthName(c.Month)) }),
		column("tier", func(c cell) answer.Value { return answer.Text(c.tier) }),
		column("size", func(c cell) answer.Value { return answer.Count(c.Size) }),
		column("months_after", func(c cell) answer.Value { return answer.Count(c.k) }),
		column("month", func(c cell) answer.Value { return answer.Text(monthName(c.Month.AddMonths(c.k))) }),
		column("active", func(c cell) answer.Value { return answer.Count(a.active(c.cohortRow, c.k)) }),
		column("retention", func(c cell) answer.Value { return answer.Share(a.active(c.cohortRow, c.k), c.Size) }),
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
	c := &answer.Chart{Title: catalogue.T("Retention"), Note: catalogue.T("by months later")}
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
			c.Lines = append(c.Lines, answer.Line{Name: name, Tone: tone, Points: a.table.Retention(all, a.variant == rolling)[1:]})
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
