package tiers

import (
	"context"

	"strata/model/catalogue"
	"strata/tui/screen"
	"strata/tui/session"
)

// suggested is what a method made of the measures.
type suggested struct {
	proposal *session.Proposal
	err      error
}

// chooseMethod offers the methods that suggest cuts.
func (s *Screen) chooseMethod() screen.Outcome {
	choice := &screen.Choice{Title: catalogue.T("Suggest cuts"), None: catalogue.T("No match")}
	for _, m := range session.SuggestMethods() {
		choice.Options = append(choice.Options, screen.Option{
			Title:  m.Slug + ": " + m.Title,
			Choose: func() screen.Outcome { return s.suggest(m.Slug) },
		})
	}
	return screen.Outcome{Choose: choice}
}

// suggest asks a method for cuts of the scheme as it stands.
func (s *Screen) suggest(method string) screen.Outcome {
	work := s.bench.Suggest(method)
	return screen.Outcome{Busy: catalogue.T("working out the cuts"), Work: func(ctx context.Context) any {
		p, err := work(ctx)
		return suggested{p, err}
	}}
}

// tookSuggested shows what a method proposes.
func (s *Screen) tookSuggested(g suggested) screen.Outcome {
	if g.err != nil {
		return screen.Outcome{Err: g.err}
	}
	return screen.Outcome{Propose: g.proposal}
}
