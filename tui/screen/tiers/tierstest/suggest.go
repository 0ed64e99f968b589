package tierstest

import (
	"context"

	"strata/model"
	"strata/model/catalogue"
	"strata/tui/session"
)

// Suggest proposes the cuts there are, with a reason for each measure.
func (b *Bench) Suggest(method string) func(context.Context) (*session.Proposal, error) {
	f := b.frame
	return func(context.Context) (*session.Proposal, error) {
		p := &session.Proposal{
			Method: method, Scheme: f.Scheme, Frame: f,
			Asked: session.CutsInForce{Axes: f.Published, Value: f.Scheme.Value.Cuts, ByValue: f.ByValue},
		}
		for a := range model.Axes {
			p.Evidence = append(p.Evidence, session.Evidence{
				Axis: a, Name: catalogue.T("goodness of variance fit"), Value: .5, Text: catalogue.T("goodness of variance fit 0.500: so much of the spread lies between the scores"),
			})
		}
		return p, nil
	}
}
