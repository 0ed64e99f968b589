package session

import (
	"context"

	"strata/analysis/rfm"
	"strata/model"
)

// TiersOf returns work that counts the customers of each tier under a scheme, the best
// first. It depends on the scheme and the workspace alone. Errors: those of measuring,
// Cancelled.
func (b *Bench) TiersOf() func(ctx context.Context, scheme model.Scheme) ([]int64, error) {
	standing := b.byScores()
	return func(ctx context.Context, scheme model.Scheme) ([]int64, error) {
		f, err := standing.Frame(rfm.Beside(ctx), scheme)
		if err != nil {
			return nil, err
		}
		counts := make([]int64, 0, len(f.Tiers))
		for _, tier := range []model.Tier{model.TierHigh, model.TierMid, model.TierLow} {
			var customers int64
			for _, g := range f.Tiers {
				if g.Tier == tier {
					customers = g.Now.Customers
				}
			}
			counts = append(counts, customers)
		}
		return counts, nil
	}
}
