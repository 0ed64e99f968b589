package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"strata/analysis/rfm"
	"strata/model"
	"strata/model/words"
	"strata/tui/component/figure"
	"strata/tui/session"
)

// customerJSON is the stable JSON of `strata customer`. Scores is null for a
// customer without an order that counts under the policies. What leads elsewhere
// holds with the cuts as they stand.
type customerJSON struct {
	Customer    string            `json:"customer"`
	AsOf        string            `json:"as_of"`
	Scheme      string            `json:"scheme"`
	Edited      bool              `json:"edited"`  // it differs from what is saved under that name
	Counted     []string          `json:"counted"` // what limits the figures, none where everything counts
	Part        string            `json:"part"`    // of the workspace: tiered, not-tiered, not-seen or filtered-out
	Attributes  map[string]string `json:"attributes"`
	Scores      *scoreJSON        `json:"scores"`
	Held        *heldJSON         `json:"held"` // by fair rules, null where nothing holds the customer
	NextTier    []reachJSON       `json:"next_tier"`
	NextSegment []reachJSON       `json:"next_segment"`
	WaysUp      []waysJSON        `json:"ways_up"`  // null where the scores hang on other customers
	WaysOut     []actJSON         `json:"ways_out"` // likewise
	Orders      []orderJSON       `json:"orders"`
}

// reachJSON is the smallest change of one measure alone that leads elsewhere:
// by so much, to that value.
type reachJSON struct {
	Measure string `json:"measure"`
	By      any    `json:"by"`
	To      any    `json:"to"`
	Segment string `json:"segment"`
	Tier    string `json:"tier"`
}

// waysJSON is what leads into a better tier: acts that are enough each by itself,
// or else orders that have to be worth something, null where nothing is enough.
type waysJSON struct {
	Tier   string    `json:"tier"`
	Single []actJSON `json:"single"`
	Both   *actJSON  `json:"both"`
}

// actJSON is so many orders more on a day, worth so much together at least; with
// 0 orders, so much more for what was ordered.
type actJSON struct {
	Orders  int64  `json:"orders"`
	Day     string `json:"day"` // of the orders
	Worth   string `json:"worth"`
	Segment string `json:"segment"`
	Tier    string `json:"tier"`
}

func actsJSON(all []rfm.Act, asOf model.Day) []actJSON {
	list := []actJSON{}
	for _, a := range all {
		day := ""
		if a.Orders > 0 {
			day = (asOf - 1).String()
		}
		list = append(list, actJSON{a.Orders, day, a.Worth.String(), a.Segment.Slug, string(a.Segment.Tier)})
	}
	return list
}

func waysUpJSON(all []rfm.Ways, asOf model.Day) []waysJSON {
	list := []waysJSON{}
	for _, w := range all {
		j := waysJSON{Tier: string(w.Tier), Single: actsJSON(w.Single, asOf)}
		if w.Both != nil {
			j.Both = &actsJSON([]rfm.Act{*w.Both}, asOf)[0]
		}
		list = append(list, j)
	}
	return list
}

type orderJSON struct {
	Day      string `json:"day"`
	Order    string `json:"order"`
	Value    amount `json:"value"`
	Returned amount `json:"returned"`
	Counts   bool   `json:"counts"`
	Counted  amount `json:"counted"` // what it adds to the revenue, be it no order
	Why      string `json:"why"`     // it does not count: a slug, "" where it counts
}

func newCustomerJSON(p *session.Profile, scheme string, edited bool) customerJSON {
	money := amounts{p.Value.Unvalued}
	j := customerJSON{
		Customer: p.Key, AsOf: p.AsOf.String(), Scheme: scheme, Edited: edited, Counted: countedJSON(p.Spec), Part: p.Part(), Attributes: map[string]string{},
		NextTier: reachesJSON(p.NextTier, p.Spec), NextSegment: reachesJSON(p.NextSegment, p.Spec), Orders: []orderJSON{},
	}
	for _, f := range p.Facts {
		j.Attributes[f.Name] = f.Value
	}
	if p.Tiered {
		scores := newScoreJSON(p.Score, p.Spec, money)
		j.Scores = &scores
		j.Held = newHeldJSON(p.Held)
	}
	if p.WaysKnown {
		j.WaysUp, j.WaysOut = waysUpJSON(p.WaysUp, p.AsOf), actsJSON(p.WaysOut, p.AsOf)
	}
	for i, o := range p.Orders {
		order := orderJSON{Day: o.Day.String(), Order: o.Key, Value: money.of(o.Value), Returned: money.of(o.Returned), Counts: p.Verdicts[i] == rfm.Counts, Counted: money.of(p.Counted[i])}
		if !order.Counts {
			order.Why = p.Verdicts[i].String()
		}
		j.Orders = append(j.Orders, order)
	}
	return j
}

func reachesJSON(all []rfm.Reach, spec model.Spec) []reachJSON {
	list := []reachJSON{}
	for _, r := range all {
		number := func(v int64) any {
			if r.Axis == model.Monetary {
				return model.Money(v).String()
			}
			return json.Number(model.WholeCut(v).Text(spec.Scale(r.Axis)))
		}
		list = append(list, reachJSON{r.Axis.String(), number(r.By), number(r.To), r.Segment.Slug, string(r.Segment.Tier)})
	}
	return list
}

func (a *app) customerCommand() *cobra.Command {
	var scheme schemeFlags
	cmd := &cobra.Command{
		Use:   "customer WORKSPACE KEY",
		Short: "Tell all about one customer: scores, distances, orders",
		Long: `Tells all about one customer. What leads to a higher tier or another segment (in JSON next_tier,
next_segment, ways_up and ways_out) holds with the cuts as they stand: where they follow the
data, as quantiles do, every new order moves them a little. Orders are thought of on the last
day that counts, the one before the as-of day.`,
		Example: `  strata customer shop.strata 12346
  strata customer shop.strata 12346 --format json`,
		Args: exactly(2, "a workspace and a customer's key"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if a.format == "csv" {
				return model.Errorf(model.Usage, "a profile is no table").WithHint("use --format json; `strata scores` is a row a customer")
			}
			return a.withSession(cmd.Context(), args[0], &scheme, func(ctx context.Context, s *session.Session) error {
				return a.printCustomer(ctx, s, &scheme, args[1])
			})
		},
	}
	scheme.register(cmd)
	return cmd
}

func (a *app) printCustomer(ctx context.Context, s *session.Session, flags *schemeFlags, key string) error {
	scheme, err := a.resolve(ctx, s, flags)
	if err != nil {
		return err
	}
	roster, err := s.Roster(ctx, scheme)
	if err != nil {
		return err
	}
	number, err := roster.Find(ctx, key)
	if err != nil {
		return err
	}
	p, err := roster.Profile(ctx, number)
	if err != nil {
		return err
	}
	edited, err := s.Edited(ctx, scheme)
	if err != nil {
		return err
	}
	if a.format == "json" {
		return a.writeJSON(newCustomerJSON(p, scheme.Name, edited))
	}
	return a.writeCustomerText(p, session.EditedName(scheme.Name, edited), words.Symbol(words.CurrencyOf(s.Info())))
}

func (a *app) writeCustomerText(p *session.Profile, scheme, symbol string) error {
	fmt.Fprintf(a.out, "customer %s · scheme %s · as of %s", model.Printable(p.Key), model.Printable(scheme), p.AsOf)
	if only := session.OnlyWords(p.Spec, p.OfLines); only != "" {
		fmt.Fprint(a.out, " · ", model.Printable(only))
	}
	told := p.Spec
	told.Where = nil
	fmt.Fprint(a.out, limitsText(told))
	fmt.Fprintln(a.out)
	for _, f := range p.Facts {
		fmt.Fprintf(a.out, "%s: %s\n", model.Printable(f.Name), model.Printable(f.Value))
	}
	fmt.Fprintln(a.out)
	if p.Tiered {
		if err := a.writeStanding(p, symbol); err != nil {
			return err
		}
	} else {
		fmt.Fprintln(a.out, model.Printable(p.NotTiered()))
	}
	fmt.Fprintln(a.out)
	return a.writeOrders(p, symbol)
}

// writeOrders lists the orders, and why some do not count.
func (a *app) writeOrders(p *session.Profile, symbol string) error {
	header, numbers := []string{"day", "order", "amount", "returned"}, []int{2, 3}
	why, inPart := p.WhyNot(), p.InPart()
	if inPart {
		header, numbers = append(header, "counts"), append(numbers, len(header))
	}
	if why != nil {
		header = append(header, "does not count")
	}
	t := newTable(header...)
	t.right(numbers...)
	for i, o := range p.Orders {
		row := []string{o.Day.String(), o.Key, words.Amount(o.Value, symbol), words.Amount(-o.Returned, symbol)}
		if inPart {
			row = append(row, words.Amount(p.Counted[i], symbol))
		}
		if why != nil {
			row = append(row, p.Verdict(i))
		}
		t.row(row...)
	}
	if err := a.writeText(t); err != nil || why == nil {
		return err
	}
	fmt.Fprintf(a.out, "\norders that count: %s of %s\n", words.Count(int64(p.Counting())), words.Count(int64(len(p.Orders))))
	for _, words := range why {
		fmt.Fprintln(a.out, model.Printable(words))
	}
	return nil
}

// writeStanding prints where the customer stands, and how far from elsewhere.
func (a *app) writeStanding(p *session.Profile, symbol string) error {
	segment := p.Score.Segment
	fmt.Fprintf(a.out, "%s · %s · value score %s of %d to %d\n",
		segment.Label, strings.ToUpper(string(segment.Tier)), p.Score.Value.Text(1), p.Value.Min(), p.Value.Max())
	if p.Held != nil {
		fmt.Fprintln(a.out, model.Printable(p.Held.String()))
	}
	t := newTable("measure", "measured", "score", "range")
	t.right(1, 2)
	for axis := range model.Axes {
		write := func(v int64) string { return words.Measure(v, axis, p.Spec, symbol) }
		score := p.Score.Scores[axis]
		t.row(axis.String(), write(p.Score.Measured(axis)), fmt.Sprintf("%d of %d", score, p.Levels[axis]), p.Range(axis, write))
	}
	if err := a.writeText(t); err != nil {
		return err
	}
	if segment.Tier != model.TierHigh && !p.Held.Locked() && p.WaysKnown {
		fmt.Fprintln(a.out, "to a higher tier, "+figure.CutsStand+":")
		for _, line := range figure.Ways(p.WaysUp, p.AsOf, symbol) {
			fmt.Fprintln(a.out, "  "+line)
		}
	} else if segment.Tier != model.TierHigh && !p.Held.Locked() {
		fmt.Fprintln(a.out, "to a higher tier, "+figure.CutsStand+":", figure.Reaches(p.NextTier, p.Spec, symbol, nil))
	}
	switch {
	case p.WaysKnown && len(p.OtherWays()) > 0:
		fmt.Fprintln(a.out, "to another segment, "+figure.CutsStand+":", figure.WaysOut(p.OtherWays(), p.AsOf, segment.Tier, symbol))
	case !p.WaysKnown && len(p.NextSegment) > 0:
		label := func(s model.Segment) string { return s.Label }
		fmt.Fprintln(a.out, "to another segment, "+figure.CutsStand+":", model.Printable(figure.Reaches(p.NextSegment, p.Spec, symbol, label)))
	}
	return nil
}
