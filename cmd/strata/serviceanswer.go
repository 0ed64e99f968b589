package main

import (
	"slices"
	"strings"

	"strata/analysis/workload"
	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/component/figure"
	"strata/tui/session"
)

// serviceAnswer tells what each tier is promised, and what its customers ask for a
// month under a scheme. Contacts and hours are decimal numbers, money decimal strings,
// missing where nobody has said what a contact costs; assumed is true where nobody has
// said anything yet, and assumed_fields are what of a tier nobody has, by the names
// that --set takes. The total costs what the tiers of cost_of do. Per_adviser 0 is no
// named adviser.
func serviceAnswer(f *session.Frame, info model.Info) *answer.Document {
	w := f.Workload()
	of, all := w.CostOf()
	tiers, asked := serviceRows(w, words.Symbol(info.Currency))
	costOf := []answer.Value{}
	for _, t := range w.Tiers {
		if t.CostKnown() {
			costOf = append(costOf, answer.Text(t.Tier))
		}
	}

	d := &answer.Document{Title: catalogue.T("Service"), Flat: "services"}
	head := []string{catalogue.T("{path} · scheme {title} · as of {as_of} · {customers}{limits}", "path", info.Path, "title", session.EditedName(f.Title, f.Edited), "as_of", f.AsOf, "customers", words.Customers(f.Total.Customers), "limits", limitsText(f.Scheme.Spec))}
	if w.Assumed {
		head = append(head, catalogue.T("assumed: what the tiers are promised has not been set; --set does"))
	} else if assumed := assumedText(w); assumed != "" {
		head = append(head, catalogue.T("still assumed: {assumed}", "assumed", assumed))
	}
	d.Say(head...)
	d.Field("scheme", answer.Text(f.Title)).Field("edited", answer.Flag(f.Edited)).Field("as_of", answer.Text(f.AsOf.String())).Field("currency", answer.Text(info.Currency)).Field("assumed", answer.Flag(w.Assumed))
	promised := answer.TableOf("services", tiers, slices.Concat(promiseColumns(words.Symbol(info.Currency)), loadColumns(answer.Machines), assumedColumns()))
	promised.Symbol = words.Symbol(info.Currency)
	d.Table(promised, answer.Everyone)
	d.Table(answer.TableOf("promises", answer.Slice[workload.Promise](w.Promises), []answer.Column[workload.Promise]{
		{Key: "promise_minutes", In: answer.JSON, Of: func(p workload.Promise) answer.Value { return answer.Count(p.Minutes) }},
		{Key: "customers", In: answer.JSON, Of: func(p workload.Promise) answer.Value { return answer.Count(p.Customers) }},
	}), answer.JSON)
	total := asked[len(asked)-1]
	d.Group("total", answer.Fields(total, loadColumns(answer.JSON))).List("cost_of", costOf)
	label := answer.Column[serviceRow]{Title: catalogue.T("a month"), In: answer.People, Tone: toneOfService, Of: func(r serviceRow) answer.Value { return answer.Text(r.label) }}
	d.Table(answer.TableOf("asked", asked, append([]answer.Column[serviceRow]{label}, loadColumns(answer.People)...)), answer.People)
	switch {
	case of == "":
		d.Say(catalogue.T("cost: what a contact costs has not been set"))
	case !all:
		d.Say(catalogue.T("cost: of {tiers} alone; what a contact of the others costs has not been set", "tiers", of))
	}
	return d
}

// serviceRow is a tier, or all of them together, with what its customers ask for in a
// month as it is told to people beside the others.
type serviceRow struct {
	session.TierLoad
	label                 string
	asked                 workload.Load
	named, priced         bool   // it has advisers; what its contacts cost is known
	contacts, hours, cost string // told
}

// serviceRows are the tiers, and the same with all of them below.
func serviceRows(w session.Workload, symbol string) (tiers, asked answer.Slice[serviceRow]) {
	loads := make([]workload.Load, len(w.Tiers))
	for i, t := range w.Tiers {
		loads[i] = t.Now
	}
	contacts, hours, costs := figure.Loads(loads, w.Now, symbol)
	for i, t := range w.Tiers {
		tiers = append(tiers, serviceRow{t, words.Tier(t.Tier), t.Now, t.PerAdviser > 0, t.CostKnown(), contacts[i], hours[i], costs[i]})
	}
	of, _ := w.CostOf()
	n := len(tiers)
	return tiers, append(tiers[:n:n], serviceRow{label: catalogue.T("all"), asked: w.Now, named: w.AdvisersFor() != "", priced: of != "", contacts: contacts[n], hours: hours[n], cost: costs[n]})
}

func toneOfService(r serviceRow) answer.Tone { return answer.ToneOf(r.Tier) }

// assumedColumns tell what of a tier is assumed, all or some of it.
func assumedColumns() []answer.Column[serviceRow] {
	type row = serviceRow
	return []answer.Column[row]{
		{Key: "assumed", In: answer.CSV, Of: func(r row) answer.Value {
			return answer.Flag(len(session.AssumedFields(r.Service)) == len(session.ServiceFields))
		}},
		{Key: "assumed_fields", In: answer.CSV, Of: func(r row) answer.Value {
			var fields []string
			for _, f := range session.AssumedFields(r.Service) {
				fields = append(fields, string(f))
			}
			return answer.Text(strings.Join(fields, " "))
		}},
	}
}

// promiseColumns tell what a tier is promised.
func promiseColumns(symbol string) []answer.Column[serviceRow] {
	type row = serviceRow
	count := func(of func(row) int) func(row) answer.Value {
		return func(r row) answer.Value { return answer.Count(of(r)) }
	}
	return []answer.Column[row]{
		{Key: "tier", In: answer.Machines, Of: func(r row) answer.Value { return answer.Text(r.Tier) }},
		{Title: catalogue.T("promised"), In: answer.People, Tone: toneOfService, Of: func(r row) answer.Value { return answer.Text(r.label) }},
		{Key: "promise_minutes", Title: catalogue.T("answer within"), Short: catalogue.T("within"), In: answer.Everyone, Of: func(r row) answer.Value {
			return answer.Count(r.Promise).Told(session.PromiseText(r.Promise))
		}},
		{Key: "contacts", Title: catalogue.T("contacts per customer per month"), Short: catalogue.T("contacts"), In: answer.Everyone, Of: func(r row) answer.Value {
			return answer.Decimal(session.HundredthsText(int64(r.Contacts)), false)
		}},
		{Key: "minutes", Title: catalogue.T("minutes per contact"), Short: catalogue.T("minutes"), In: answer.Everyone, Of: count(func(r row) int { return r.Minutes })},
		{Key: "per_adviser", In: answer.Machines, Of: count(func(r row) int { return r.PerAdviser })},
		{Title: catalogue.T("customers per adviser"), Short: catalogue.T("per adviser"), In: answer.People, Of: func(r row) answer.Value {
			return answer.If(r.PerAdviser > 0, answer.Count(r.PerAdviser))
		}},
		{Key: "contact_cost", Title: catalogue.T("cost per contact"), Short: catalogue.T("cost"), In: answer.Everyone, Of: func(r row) answer.Value {
			return answer.If(r.priced, answer.Money(r.ContactCost).Told(words.Price(r.ContactCost, symbol)))
		}},
		{Key: "assumed_fields", In: answer.JSON, List: func(r row) []answer.Value {
			fields := []answer.Value{}
			for _, f := range session.AssumedFields(r.Service) {
				fields = append(fields, answer.Text(f))
			}
			return fields
		}},
	}
}

// loadColumns tell what customers ask for in a month.
func loadColumns(in answer.Medium) []answer.Column[serviceRow] {
	type row = serviceRow
	const hour = 100 * 60 // in hundredths of a minute
	return []answer.Column[row]{
		{Key: "customers", Title: catalogue.T("customers"), In: in, Of: func(r row) answer.Value { return answer.Count(r.asked.Customers) }},
		{Key: "contacts_a_month", Title: catalogue.T("contacts"), In: in, Of: func(r row) answer.Value {
			return answer.Decimal(session.HundredthsText(r.asked.Contacts), false).Told(r.contacts)
		}},
		{Key: "hours_a_month", Title: catalogue.T("hours"), In: in, Of: func(r row) answer.Value { return answer.Number(float64(r.asked.Minutes) / hour).Told(r.hours) }},
		{Key: "advisers", Title: catalogue.T("advisers"), In: in, Of: func(r row) answer.Value {
			if !r.named {
				return answer.Count(r.asked.Advisers).Told(answer.None)
			}
			return answer.Count(r.asked.Advisers)
		}},
		{Key: "cost_a_month", Title: catalogue.T("cost"), In: in, Of: func(r row) answer.Value { return answer.If(r.priced, answer.Money(r.asked.Cost).Told(r.cost)) }},
	}
}

// assumedText names what nobody has said, as --set takes it.
func assumedText(w session.Workload) string {
	var names []string
	for _, t := range w.Tiers {
		for _, f := range session.AssumedFields(t.Service) {
			if f != session.ServiceCost { // not assumed, but not known
				names = append(names, string(t.Tier)+"."+string(f))
			}
		}
	}
	return strings.Join(names, ", ")
}
