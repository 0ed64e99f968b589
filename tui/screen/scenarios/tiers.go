package scenarios

import (
	"context"
	"strings"

	"strata/model"
	"strata/model/answer"
	"strata/model/words"
	"strata/tui/component/chart"
	"strata/tui/screen"
)

// tierCounts are the customers of each tier, the best first, by the text of the scheme:
// they change with nothing else. What could not be counted is nil.
type tierCounts map[string][]int64

func (t tierCounts) learn(counted tierCounts) {
	for scheme, counts := range counted {
		t[scheme] = counts
	}
}

// count counts the tiers of one scenario that is not counted yet; the next one follows.
func (s *Screen) count() screen.Outcome {
	if s.tiers == nil {
		return screen.Outcome{}
	}
	for _, k := range s.kept {
		if _, known := s.tiers[k.Scheme]; known || k.broken {
			continue
		}
		text, scheme, count := k.Scheme, k.scheme, s.bench.TiersOf()
		return screen.Outcome{Work: func(ctx context.Context) any {
			counts, err := count(ctx, scheme)
			if model.CodeOf(err) == model.Cancelled {
				return nil
			}
			return tierCounts{text: counts} // without figures where they cannot be measured
		}}
	}
	return screen.Outcome{}
}

// tierCells is how wide the picture of the tiers is.
const tierCells = 9

// tiersOf pictures the tiers of a scenario.
func (s *Screen) tiersOf(k kept) answer.Value {
	counts, known := s.tiers[k.Scheme]
	switch {
	case k.broken, known && counts == nil:
		return answer.Value{}
	case !known:
		return answer.Absent("…")
	}
	return answer.Text(s.tiersText(k)).Told(chart.Tiers(counts, tierCells))
}

// tiersText is what each tier has under a scenario in words, "" where it is not known.
func (s *Screen) tiersText(k kept) string {
	counts := s.tiers[k.Scheme]
	if counts == nil {
		return ""
	}
	var total int64
	for _, n := range counts {
		total += n
	}
	shares := words.Shares(counts, total)
	for i, tier := range []model.Tier{model.TierHigh, model.TierMid, model.TierLow} {
		shares[i] = words.Tier(tier) + " " + shares[i]
	}
	return strings.Join(shares, ", ")
}
