package tiers

import (
	"context"

	"strata/model"
	"strata/tui/session"
)

// Bench is what the screen needs of the open workspace: the current answer
// and the ways to change it. [session.Bench] is one.
type Bench interface {
	Frame() *session.Frame
	Step(id session.CutID, n int) (stopped string, err error)
	Type(id session.CutID, text string) error
	Already(id session.CutID, text string) string
	Typed(id session.CutID) string
	Understood(id session.CutID, text string) string
	Pushing(id session.CutID, text string) (session.Push, bool)
	Push(p session.Push) error
	Reset(id session.CutID) error
	Suggest(method string) func(context.Context) (*session.Proposal, error)
	CheckGoal(text string) error
	Goal(text string, free session.Free) func(context.Context) (*session.Proposal, error)
	SetFair(label string, f model.Fairness) error
	FairWork(f model.Fairness) func(context.Context) error
	SetServices(services []model.Service) error
	Sensitivity() func(context.Context) (*session.Sensitivity, error)
}
