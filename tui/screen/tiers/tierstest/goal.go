package tierstest

import (
	"context"

	"strata/model/catalogue"
	"strata/tui/session"
)

// Goal proposes the cuts there are, with a term that is met and one that is not.
func (b *Bench) Goal(text string, free session.Free) func(context.Context) (*session.Proposal, error) {
	f, gap := b.frame, .06
	return func(context.Context) (*session.Proposal, error) {
		return &session.Proposal{
			Method: "goal", Goal: text, Free: free, Scheme: f.Scheme, Frame: f,
			Asked: session.CutsInForce{Axes: f.Published, Value: f.Scheme.Value.Cuts, ByValue: f.ByValue},
			Achieved: []session.Achieved{
				{Term: "high=15%", Got: catalogue.T("15.0% (651 customers)"), Met: true},
				{Term: "mid=35%", Got: catalogue.T("29.1% (1,261 customers)"), Missed: catalogue.T("258 customers too few")},
			},
			Gap:     &gap,
			Verdict: catalogue.T("The goal is missed by 258 customers (5.95% of all), and no cuts of frequency come nearer."),
			Why:     []string{catalogue.T("1,493 customers have the same frequency, 1 order; no cut tells them apart.")},
		}, nil
	}
}

// CheckGoal returns why a text is no goal.
func (b *Bench) CheckGoal(text string) error { return session.CheckGoal(text) }

// UseProposal makes the proposed scheme the working one.
func (b *Bench) UseProposal(p *session.Proposal) error {
	_, err := b.Use(p.Scheme)
	return err
}

// SaveProposal keeps nothing.
func (b *Bench) SaveProposal(name string, _ *session.Proposal) error {
	return session.CheckScenarioName(name)
}
