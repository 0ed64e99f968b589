package session

import (
	"context"
	"encoding/json"

	"strata/model"
	"strata/model/catalogue"
)

// CheckSnapshot compares the tier table that is shown first with what its scheme
// gives on the data, and says what of it is not so; "" where all is, or where there
// is none that would be shown.
func (s *Session) CheckSnapshot(ctx context.Context) (wrong string, err error) {
	text, generation, err := s.store.Snapshot(ctx)
	if err != nil || text == nil || generation != s.info.Generation {
		return "", err
	}
	var shown Frame
	if json.Unmarshal(text, &shown) != nil {
		return "", nil // written by another version, and not shown
	}
	now, err := s.Tiers(ctx, shown.Scheme)
	if err != nil {
		if model.CodeOf(err) == model.Cancelled {
			return "", err
		}
		return catalogue.T("the table shown first is of a scheme that gives no tiers: {cause}", "cause", err), nil
	}
	if shown.Total != now.Total {
		return catalogue.T("the table shown first is not what its scheme gives: its total differs"), nil
	}
	for _, pair := range [][2][]Group{{shown.Tiers, now.Tiers}, {shown.Segments, now.Segments}} {
		figures := map[string]Figures{}
		for _, g := range pair[1] {
			figures[g.Slug] = g.Now
		}
		for _, g := range pair[0] {
			if g.Now != figures[g.Slug] {
				return catalogue.T("the table shown first is not what its scheme gives: {label} differs", "label", g.Label), nil
			}
		}
	}
	return "", nil
}
