package main

import (
	"context"
	"strconv"

	"github.com/spf13/cobra"

	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/session"
)

func (a *app) scoresCommand() *cobra.Command {
	var scheme schemeFlags
	var q session.ScoreQuery
	var tier string
	cmd := &cobra.Command{
		Use:   "scores WORKSPACE",
		Short: catalogue.T("List every customer with measures, scores, segment and tier"),
		Example: `  strata scores shop.strata --tier high --sort monetary --limit 20
  strata scores shop.strata --format csv > scores.csv`,
		Args: exactly(1, "a workspace"),
		RunE: func(cmd *cobra.Command, args []string) error {
			q.Tier = model.Tier(tier)
			return a.withSession(cmd.Context(), args[0], &scheme, func(ctx context.Context, s *session.Session) error {
				return a.printScores(ctx, s, &scheme, q)
			})
		},
	}
	scheme.register(cmd)
	cmd.Flags().StringVar(&q.Segment, "segment", "", catalogue.T("only this segment, like champions"))
	cmd.Flags().StringVar(&tier, "tier", "", catalogue.T("only this tier: high, mid, low or none"))
	cmd.Flags().StringVar(&q.Sort, "sort", "", catalogue.T("customer, recency, orders, frequency, monetary or value; best first"))
	cmd.Flags().IntVar(&q.Limit, "limit", 0, catalogue.T("at most this many customers (0: all)"))
	return answers(cmd)
}

func (a *app) printScores(ctx context.Context, s *session.Session, flags *schemeFlags, q session.ScoreQuery) error {
	scheme, err := a.resolve(ctx, s, flags)
	if err != nil {
		return err
	}
	scores, frame, err := s.Scores(ctx, scheme, q)
	if err != nil {
		return err
	}
	if frame.Edited, err = s.Edited(ctx, scheme); err != nil {
		return err
	}
	a.tellCounted(scheme.Spec)
	a.warn(frame.Warnings)
	return a.tell(scoresAnswer(scores, frame, q, s.Info()))
}

// sortNames are what people call the orders of scores.
var sortNames = map[string]string{
	"customer": catalogue.T("customer"), "recency": catalogue.T("recency"), "orders": catalogue.T("orders"),
	"frequency": catalogue.T("frequency"), "monetary": catalogue.T("monetary"), "value": catalogue.T("value"),
}

// scoresAnswer tells, in JSON as an array, a row a customer: frequency in the unit of
// its measure, value the value score, cell the three scores as one number. M is missing
// where no order has an amount; the cell then has the score that the map takes for it.
func scoresAnswer(scores []session.Score, f *session.Frame, q session.ScoreQuery, info model.Info) *answer.Document {
	head := catalogue.T("{path} · scheme {title} · as of {as_of}{limits}", "path", info.Path, "title", session.EditedName(f.Title, f.Edited), "as_of", f.AsOf, "limits", limitsText(f.Scheme.Spec))
	if q.Behind.Title != "" {
		head += " · " + q.Behind.Title
	}
	if q.Tier != "" {
		head += catalogue.T(" · tier {tier}", "tier", words.Tier(q.Tier))
	}
	if q.Segment != "" {
		head += catalogue.T(" · segment {segment}", "segment", q.Segment)
	}
	head += " · "
	if q.Limit > 0 && q.Limit == len(scores) {
		head += catalogue.T("the first ")
	}
	head += words.Customers(int64(len(scores)))
	if q.Sort != "" {
		head += catalogue.T(" by {sort}", "sort", sortNames[q.Sort])
	}
	t := answer.TableOf("scores", scoreRows(scores), scoreColumns(f.Scheme.Spec, amountsFor(f)))
	t.Symbol = words.Symbol(words.CurrencyOf(info))
	d := &answer.Document{Title: catalogue.T("Scores"), Bare: true, Flat: "scores"}
	return d.SayIn(answer.Page, head).Table(t, answer.Everyone)
}

// scoreRows are looked up where they lie: there are millions of them.
type scoreRows []session.Score

// Len returns how many there are.
func (s scoreRows) Len() int { return len(s) }

// At returns one of them.
func (s scoreRows) At(i int) *session.Score { return &s[i] }

// scoreColumns tell the measures and the scores of a customer.
func scoreColumns(spec model.Spec, money amounts) []answer.Column[*session.Score] {
	type row = *session.Score
	score := func(axis model.Axis) func(row) answer.Value {
		return func(s row) answer.Value {
			return answer.If(axis != model.Monetary || !money.unknown, answer.Count(s.Scores[axis]))
		}
	}
	tier := func(s row) answer.Tone { return answer.ToneOf(s.Segment.Tier) }
	_, unit := words.Units(model.Frequency, spec)
	return []answer.Column[row]{
		{Key: "customer", Title: catalogue.T("customer"), In: answer.Everyone, Of: func(s row) answer.Value { return answer.Text(s.Customer) }},
		{Key: "last_order", Title: catalogue.T("last order"), Light: 2, In: answer.Everyone, Of: func(s row) answer.Value { return answer.Text(s.LastOrder.String()) }},
		{Key: "recency_days", Title: catalogue.T("days"), Means: catalogue.T("days from the last order to the as-of day"), In: answer.Everyone, Of: func(s row) answer.Value { return answer.Count(s.Recency) }},
		{Key: "orders", Title: catalogue.T("orders"), Light: 4, In: answer.Everyone, Of: func(s row) answer.Value { return answer.Count(s.Orders) }},
		{Key: "frequency", Title: catalogue.T("frequency"), Means: catalogue.T("in {unit}", "unit", unit), In: answer.Everyone, Of: func(s row) answer.Value {
			return answer.Decimal(model.WholeCut(int64(s.Frequency)).Text(spec.Scale(model.Frequency)), false)
		}},
		{Key: "monetary", Title: catalogue.T("monetary"), Means: catalogue.T("{measure} of what counts", "measure", string(spec.Monetary)), In: answer.Everyone, Of: func(s row) answer.Value { return money.value(s.Monetary).As(answer.Exact) }},
		{Key: "r", Title: "R", Means: catalogue.T("score of recency"), In: answer.Everyone, Of: score(model.Recency)},
		{Key: "f", Title: "F", Means: catalogue.T("score of frequency"), In: answer.Everyone, Of: score(model.Frequency)},
		{Key: "m", Title: "M", Means: catalogue.T("score of monetary value"), In: answer.Everyone, Of: score(model.Monetary)},
		{Key: "cell", Title: catalogue.T("cell"), Means: catalogue.T("the three scores"), Light: 5, In: answer.Everyone, Of: func(s row) answer.Value {
			cell := strconv.Itoa(100*s.Scores[model.Recency] + 10*s.Scores[model.Frequency] + s.Scores[model.Monetary])
			if money.unknown {
				return answer.Text(cell).Told(cell[:len(cell)-1] + answer.None)
			}
			return answer.Text(cell)
		}},
		{Key: "value", Title: catalogue.T("value score"), Short: catalogue.T("value"), Means: catalogue.T("the scores of recency, frequency and monetary taken together, which decides the tier"), Light: 3, In: answer.Everyone, Of: func(s row) answer.Value { return answer.Decimal(s.Value.String(), false) }},
		{Key: "segment", Title: catalogue.T("segment"), Light: 1, Tone: tier, In: answer.Everyone, Of: func(s row) answer.Value { return answer.Text(s.Segment.Slug).Told(s.Segment.Label) }},
		{Key: "tier", Title: catalogue.T("tier"), Tone: tier, In: answer.Everyone, Of: func(s row) answer.Value {
			return answer.Text(s.Segment.Tier).Told(words.Tier(s.Segment.Tier))
		}},
	}
}
