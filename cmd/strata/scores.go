package main

import (
	"context"
	"encoding/json"
	"strconv"

	"github.com/spf13/cobra"

	"strata/model"
	"strata/tui/session"
)

type scoreJSON struct {
	Customer  string      `json:"customer"`
	LastOrder string      `json:"last_order"`
	Recency   int32       `json:"recency_days"`
	Orders    int32       `json:"orders"`
	Frequency json.Number `json:"frequency"`
	Monetary  amount      `json:"monetary"`
	R         int         `json:"r"`
	F         int         `json:"f"`
	M         int         `json:"m"`
	Cell      string      `json:"cell"`
	Value     json.Number `json:"value"`
	Segment   string      `json:"segment"`
	Tier      string      `json:"tier"`
}

func newScoreJSON(s session.Score, spec model.Spec, money amounts) scoreJSON {
	r, f, m := s.Scores[model.Recency], s.Scores[model.Frequency], s.Scores[model.Monetary]
	return scoreJSON{
		Customer: s.Customer, LastOrder: s.LastOrder.String(), Recency: s.Recency, Orders: s.Orders,
		Frequency: json.Number(model.WholeCut(int64(s.Frequency)).Text(spec.Scale(model.Frequency))),
		Monetary:  money.of(s.Monetary),
		R:         r, F: f, M: m, Cell: strconv.Itoa(100*r + 10*f + m),
		Value: json.Number(s.Value.String()), Segment: s.Segment.Slug, Tier: string(s.Segment.Tier),
	}
}

func (a *app) scoresCommand() *cobra.Command {
	var scheme schemeFlags
	var q session.ScoreQuery
	var tier string
	cmd := &cobra.Command{
		Use:   "scores WORKSPACE",
		Short: "List every customer with measures, scores, segment and tier",
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
	cmd.Flags().StringVar(&q.Segment, "segment", "", "only this segment, like champions")
	cmd.Flags().StringVar(&tier, "tier", "", "only this tier: high, mid, low or none")
	cmd.Flags().StringVar(&q.Sort, "sort", "", "customer, recency, orders, frequency, monetary or value; best first")
	cmd.Flags().IntVar(&q.Limit, "limit", 0, "at most so many customers (0: all)")
	return cmd
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
	a.tellCounted(scheme.Spec)
	a.warn(frame.Warnings)
	list := func(yield func(scoreJSON) bool) {
		for _, score := range scores {
			if !yield(newScoreJSON(score, scheme.Spec, amountsFor(frame))) {
				return
			}
		}
	}
	if a.format == "json" {
		return writeList(a, list)
	}
	t := newTable("customer", "last_order", "recency_days", "orders", "frequency", "monetary", "r", "f", "m", "cell", "value", "segment", "tier")
	t.right(2, 3, 4, 5, 6, 7, 8, 9, 10)
	return writeRecords(a, t, list, scoreJSON.record)
}

func (j scoreJSON) record() []string {
	return []string{
		j.Customer, j.LastOrder, strconv.Itoa(int(j.Recency)), strconv.Itoa(int(j.Orders)), j.Frequency.String(), string(j.Monetary),
		strconv.Itoa(j.R), strconv.Itoa(j.F), strconv.Itoa(j.M), j.Cell, j.Value.String(), j.Segment, j.Tier,
	}
}
