package session

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"strata/analysis/rfm"
	"strata/model"
)

// Score is one customer under a scheme.
type Score struct {
	Customer  string // key as in the file
	LastOrder model.Day
	Recency   int32 // days
	Orders    int32
	Frequency int32 // in the stored unit of the scheme's frequency measure
	Monetary  model.Money
	Scores    [model.Axes]int
	Value     model.Cut // value score on the scale of five levels
	Segment   model.Segment
}

// ScoreQuery says which customers to list and in which order.
type ScoreQuery struct {
	Segment string      // slug, "" all
	Tier    model.Tier  // "" all
	Behind  PeopleQuery // only its Title and whom it has Only; the zero one: anybody
	Sort    string      // one of ScoreOrders, "" as stored
	Limit   int         // 0 all
}

// ScoreOrders are the orders a list of scores can have: the best first, keys
// ascending.
var ScoreOrders = []string{"customer", "recency", "orders", "frequency", "monetary", "value"}

// Scores lists customers with their measures, scores, segment and tier.
// Error: Usage for an unknown segment, tier or order.
func (s *Session) Scores(ctx context.Context, scheme model.Scheme, q ScoreQuery) ([]Score, *Frame, error) {
	base, rule, warnings, err := s.score(ctx, scheme)
	if err != nil {
		return nil, nil, err
	}
	if err := q.check(rule); err != nil {
		return nil, nil, err
	}
	customers, err := s.store.Customers(ctx)
	if err != nil {
		return nil, nil, err
	}
	frame := newFrame(base, scheme, rule, rfm.Tally(base, rule, nil))
	frame.Title = scheme.Name
	frame.Warnings = append(frame.Warnings, warnings...)
	admits, err := q.Behind.Only.admits(ctx)
	if err != nil {
		return nil, nil, err
	}
	return q.list(base, rule, customers, admits), frame, nil
}

func (q ScoreQuery) check(rule *rfm.Rule) error {
	known := func(s model.Segment) bool { return s.Slug == q.Segment }
	if q.Segment != "" && !slices.ContainsFunc(rule.Segments, known) {
		var slugs []string
		for _, s := range rule.Segments {
			slugs = append(slugs, s.Slug)
		}
		return model.Errorf(model.Usage, "no segment {segment:q} in this scheme", "segment", q.Segment).WithHint("there are: {slugs}", "slugs", strings.Join(slugs, ", "))
	}
	if q.Tier != "" && q.Tier.Rank() < 0 {
		return model.Errorf(model.Usage, "no tier {tier:q}", "tier", string(q.Tier)).WithHint("use high, mid, low or none")
	}
	if q.Sort != "" && !slices.Contains(ScoreOrders, q.Sort) {
		return model.Errorf(model.Usage, "cannot sort by {sort:q}", "sort", q.Sort).WithHint("use one of {orders}", "orders", strings.Join(ScoreOrders, ", "))
	}
	return nil
}

func (q ScoreQuery) list(base *rfm.Base, rule *rfm.Rule, customers *model.Customers, admits func(customer int32) bool) []Score {
	var scores []Score
	for i := range base.Len() {
		if !admits(base.Customer[i]) {
			continue
		}
		score := scoreOf(base, rule, i)
		if q.Segment != "" && score.Segment.Slug != q.Segment || q.Tier != "" && score.Segment.Tier != q.Tier {
			continue
		}
		if q.Sort == "" && q.Limit > 0 && len(scores) == q.Limit {
			break
		}
		score.Customer = customers.Keys.At(int(base.Customer[i]))
		scores = append(scores, score)
	}
	if q.Sort != "" {
		slices.SortStableFunc(scores, orders[q.Sort])
	}
	if q.Limit > 0 && len(scores) > q.Limit {
		scores = scores[:q.Limit]
	}
	return scores
}

var orders = map[string]func(a, b Score) int{
	"customer":  func(a, b Score) int { return cmp.Compare(a.Customer, b.Customer) },
	"recency":   func(a, b Score) int { return cmp.Compare(a.Recency, b.Recency) },
	"orders":    func(a, b Score) int { return cmp.Compare(b.Orders, a.Orders) },
	"frequency": func(a, b Score) int { return cmp.Compare(b.Frequency, a.Frequency) },
	"monetary":  func(a, b Score) int { return cmp.Compare(b.Monetary, a.Monetary) },
	"value":     func(a, b Score) int { return b.Value.Compare(a.Value) },
}

func scoreOf(base *rfm.Base, rule *rfm.Rule, i int) Score {
	scores := rule.ScoresOf(base, i)
	cell := rule.Cell(scores)
	return Score{
		LastOrder: base.LastOrder(i),
		Recency:   base.Recency[i],
		Orders:    base.Orders[i],
		Frequency: base.Frequency[i],
		Monetary:  model.Money(base.Monetary[i]),
		Scores:    scores,
		Value:     rule.ValueScore(cell),
		Segment:   rule.Segments[rule.SegmentOf(base, i)],
	}
}
