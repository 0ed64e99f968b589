package tiers

import (
	"context"

	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/screen"
	"strata/tui/session"
)

// askGoal asks what is wanted of the tiers, then which cuts may move, and looks
// for them. The last goal is kept for the next time.
func (s *Screen) askGoal() screen.Outcome {
	example := session.GoalExample
	if s.symbol != words.NoAmounts {
		example += catalogue.T(" or high:revenue>=60%")
	}
	return screen.Outcome{Ask: &screen.Question{
		Text:  catalogue.T("goal"),
		Value: s.goal,
		Now:   example,
		Answer: func(text string) screen.Outcome {
			if err := s.bench.CheckGoal(text); err != nil {
				return screen.Outcome{Err: err}
			}
			s.goal = text
			return screen.Outcome{Choose: s.chooseFree(text)}
		},
	}}
}

// chooseFree offers what may move for a goal.
func (s *Screen) chooseFree(goal string) *screen.Choice {
	choice := &screen.Choice{Title: catalogue.T("What may move for {goal}", "goal", goal), None: catalogue.T("No match")}
	for _, c := range session.FreeChoices(s.frame) {
		choice.Options = append(choice.Options, screen.Option{
			Title: c.Title, Reason: c.Reason,
			Choose: func() screen.Outcome { return s.lookFor(goal, c.Free) },
		})
	}
	return choice
}

// lookFor looks for the cuts of a goal, beside the keys.
func (s *Screen) lookFor(goal string, free session.Free) screen.Outcome {
	look := s.bench.Goal(goal, free)
	return screen.Outcome{Busy: catalogue.T("looking for cuts"), Work: func(ctx context.Context) any {
		p, err := look(ctx)
		return suggested{p, err}
	}}
}
