package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"strata/analysis/workload"
	"strata/model"
	"strata/model/words"
	"strata/tui/component/figure"
	"strata/tui/session"
)

// serviceJSON is the stable JSON of `strata service`: what each tier is
// promised, and what its customers ask for a month under a scheme. Contacts and
// hours are decimal numbers, money decimal strings, null where nobody
// has said what a contact costs; assumed is true where nobody has said anything yet,
// and assumed_fields are what of a tier nobody has. The total costs what the tiers of
// cost_of do.
type serviceJSON struct {
	Scheme   string            `json:"scheme"`
	AsOf     string            `json:"as_of"`
	Currency string            `json:"currency"`
	Assumed  bool              `json:"assumed"`
	Services []tierServiceJSON `json:"services"`
	Promises []promiseJSON     `json:"promises"`
	Total    loadJSON          `json:"total"`
	CostOf   []string          `json:"cost_of"` // tiers whose cost is known
}

// tierServiceJSON is a tier. Per_adviser 0 is no named adviser.
type tierServiceJSON struct {
	Tier        string      `json:"tier"`
	Promise     int         `json:"promise_minutes"`
	Contacts    json.Number `json:"contacts"` // a customer and month
	Minutes     int         `json:"minutes"`  // a contact
	PerAdviser  int         `json:"per_adviser"`
	ContactCost amount      `json:"contact_cost"`
	Assumed     []string    `json:"assumed_fields"` // by the names that --set takes
	loadJSON
}

type loadJSON struct {
	Customers int64       `json:"customers"`
	Contacts  json.Number `json:"contacts_a_month"`
	Hours     float64     `json:"hours_a_month"`
	Advisers  int64       `json:"advisers"`
	Cost      amount      `json:"cost_a_month"`
}

// promiseJSON is how many customers wait at most so long.
type promiseJSON struct {
	Promise   int   `json:"promise_minutes"`
	Customers int64 `json:"customers"`
}

func newLoadJSON(l workload.Load, cost amounts) loadJSON {
	const minutes = 100 * 60 // hundredths of a minute in an hour
	return loadJSON{l.Customers, json.Number(session.HundredthsText(l.Contacts)), float64(l.Minutes) / minutes, l.Advisers, cost.of(l.Cost)}
}

func newServiceJSON(f *session.Frame, info model.Info) serviceJSON {
	w := f.Workload()
	total, _ := w.CostOf()
	j := serviceJSON{
		Scheme: f.Title, AsOf: f.AsOf.String(), Currency: info.Currency, Assumed: w.Assumed,
		Services: []tierServiceJSON{}, Promises: []promiseJSON{}, Total: newLoadJSON(w.Now, amounts{total == ""}), CostOf: []string{},
	}
	for _, t := range w.Tiers {
		cost := amounts{!t.CostKnown()}
		if !cost.unknown {
			j.CostOf = append(j.CostOf, string(t.Tier))
		}
		assumed := []string{}
		for _, f := range session.AssumedFields(t.Service) {
			assumed = append(assumed, string(f))
		}
		j.Services = append(j.Services, tierServiceJSON{
			Tier: string(t.Tier), Promise: t.Promise, Contacts: json.Number(session.HundredthsText(int64(t.Contacts))),
			Minutes: t.Minutes, PerAdviser: t.PerAdviser, ContactCost: cost.of(t.ContactCost), Assumed: assumed, loadJSON: newLoadJSON(t.Now, cost),
		})
	}
	for _, p := range w.Promises {
		j.Promises = append(j.Promises, promiseJSON{p.Minutes, p.Customers})
	}
	return j
}

func (a *app) serviceCommand() *cobra.Command {
	var scheme schemeFlags
	var set string
	cmd := &cobra.Command{
		Use:   "service WORKSPACE",
		Short: "Tell what each tier is promised, and what work and money that takes",
		Long: `service tells what the customers of each tier are promised, and what that
asks for in a month under the scheme in use: contacts, hours, advisers, cost.

  promise      an answer within minutes, hours or days: 30m, 1h, 2d
  contacts     per customer per month, two decimals at most
  minutes      of work per contact
  per-adviser  customers one named adviser looks after; 0: no named adviser
  cost         of one contact

What nobody has set is assumed, each by itself; what contacts cost is then not known,
and a total is that of the tiers whose cost is.`,
		Example: `  strata service shop.strata
  strata service shop.strata --set high.promise=1h,high.contacts=4,high.minutes=15,high.per-adviser=125,high.cost=3.50
  strata service shop.strata --scheme eight --format json`,
		Args: exactly(1, "a workspace"),
		RunE: func(cmd *cobra.Command, args []string) error {
			tell := func(ctx context.Context, s *session.Session) error { return a.printService(ctx, s, &scheme) }
			if set == "" {
				return a.withSession(cmd.Context(), args[0], &scheme, tell)
			}
			if _, err := session.ParseServices(model.DefaultServices(), set); err != nil {
				return model.Errorf(model.Usage, "--set: %w", err)
			}
			if err := scheme.check(); err != nil {
				return err
			}
			return a.withWriter(cmd.Context(), args[0], func(ctx context.Context, s *session.Session) error {
				if err := setServices(ctx, s, set); err != nil {
					return err
				}
				return tell(ctx, s)
			})
		},
	}
	scheme.register(cmd)
	cmd.Flags().StringVar(&set, "set", "", "change what a tier is promised: tier.field=value, several with commas")
	return cmd
}

func setServices(ctx context.Context, s *session.Session, set string) error {
	services, _, err := s.Services(ctx)
	if err != nil {
		return err
	}
	if services, err = session.ParseServices(services, set); err != nil {
		return err
	}
	return s.SetServices(ctx, services)
}

func (a *app) printService(ctx context.Context, s *session.Session, flags *schemeFlags) error {
	f, err := a.answer(ctx, s, flags)
	if err != nil {
		return err
	}
	info := s.Info()
	switch a.format {
	case "json":
		return a.writeJSON(newServiceJSON(f, info))
	case "csv":
		return a.writeCSV(serviceTable(newServiceJSON(f, info)))
	}
	return a.writeServiceText(f, info)
}

// serviceTable is the flat form: a row a tier.
func serviceTable(j serviceJSON) *table {
	t := newTable("tier", "promise_minutes", "contacts", "minutes", "per_adviser", "contact_cost",
		"customers", "contacts_a_month", "hours_a_month", "advisers", "cost_a_month", "assumed", "assumed_fields")
	t.right(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
	for _, s := range j.Services {
		t.row(s.Tier, strconv.Itoa(s.Promise), s.Contacts.String(), strconv.Itoa(s.Minutes), strconv.Itoa(s.PerAdviser), string(s.ContactCost),
			strconv.FormatInt(s.Customers, 10), s.loadJSON.Contacts.String(), number(&s.Hours), strconv.FormatInt(s.Advisers, 10), string(s.Cost),
			strconv.FormatBool(j.Assumed), strings.Join(s.Assumed, " "))
	}
	return t
}

func (a *app) writeServiceText(f *session.Frame, info model.Info) error {
	symbol := words.Symbol(info.Currency)
	w := f.Workload()
	fmt.Fprintf(a.out, "%s · scheme %s · as of %s · %s%s\n", model.Printable(info.Path), model.Printable(f.Title), f.AsOf, words.Customers(f.Total.Customers), limitsText(f.Scheme.Spec))
	if w.Assumed {
		fmt.Fprintln(a.out, "assumed: nobody has said what the tiers are promised; --set does")
	}
	if assumed := assumedText(w); !w.Assumed && assumed != "" {
		fmt.Fprintf(a.out, "assumed still: %s\n", assumed)
	}
	fmt.Fprintln(a.out)
	promised := newTable("promised", "answer within", "contacts per customer per month", "minutes per contact", "customers per adviser", "cost per contact")
	promised.right(1, 2, 3, 4, 5)
	asked := newTable("a month", "customers", "contacts", "hours", "advisers", "cost")
	asked.right(1, 2, 3, 4, 5)
	loads := make([]workload.Load, len(w.Tiers))
	for i, t := range w.Tiers {
		loads[i] = t.Now
	}
	contacts, hours, costs := figure.Loads(loads, w.Now, symbol)
	add := func(i int, label string, l workload.Load, named, priced bool) {
		advisers := "–" // no named adviser
		if named {
			advisers = words.Count(l.Advisers)
		}
		if !priced {
			costs[i] = "–"
		}
		asked.row(label, words.Count(l.Customers), contacts[i], hours[i], advisers, costs[i])
	}
	for i, t := range w.Tiers {
		label := strings.ToUpper(string(t.Tier))
		adviser := "–"
		if t.PerAdviser > 0 {
			adviser = words.Count(int64(t.PerAdviser))
		}
		cost := "–"
		if t.CostKnown() {
			cost = words.Amount(t.ContactCost, symbol)
		}
		promised.row(label, session.PromiseText(t.Promise), session.HundredthsText(int64(t.Contacts)), words.Count(int64(t.Minutes)), adviser, cost)
		add(i, label, t.Now, t.PerAdviser > 0, t.CostKnown())
	}
	of, all := w.CostOf()
	add(len(w.Tiers), "all", w.Now, w.AdvisersFor() != "", of != "")
	if err := a.writeText(promised); err != nil {
		return err
	}
	fmt.Fprintln(a.out)
	if err := a.writeText(asked); err != nil {
		return err
	}
	switch {
	case of == "":
		fmt.Fprintln(a.out, "\ncost: nobody has said what a contact costs")
	case !all:
		fmt.Fprintf(a.out, "\ncost: of %s alone; nobody has said what a contact of the others costs\n", of)
	}
	return nil
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
