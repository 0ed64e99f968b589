package session

import (
	"context"
	"slices"

	"strata/analysis/goal"
	"strata/analysis/rfm"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// Free says which cuts a goal may move, see [goal.Free].
type Free = goal.Free

// Floor is how many customers every score keeps, see [goal.Floor].
type Floor = goal.Floor

// DefaultFloor is the floor where nobody asked for another.
var DefaultFloor = goal.DefaultFloor

// GoalExample is a goal to show where one is asked for.
const GoalExample = goal.Example

// CheckGoal returns why a text is no goal, nil if it is one. Error: Usage, with
// the position of what is not understood.
func CheckGoal(text string) error {
	_, err := goal.Parse(text)
	return err
}

// CheckGoal returns why a text is no goal for the open workspace, nil if it is one.
// Errors: those of the function [CheckGoal], and Usage for what no file says.
func (b *Bench) CheckGoal(text string) error {
	wanted, err := goal.Parse(text)
	if err != nil {
		return err
	}
	return checkAmounts(wanted, b.session.info)
}

// checkAmounts refuses a goal in revenue where no order has an amount: that is not
// known, and no tier brings 0.
func checkAmounts(wanted goal.Goal, info model.Info) error {
	for _, t := range wanted.Terms {
		if t.Measure == goal.Revenue && info.NoAmounts() {
			return model.Errorf(model.Usage, "{term:q}: no order has an amount, so the revenue of a tier is not known", "term", model.Printable(t.Text)).
				WithHint("ask for customers, like {example}", "example", goal.Example)
		}
	}
	return nil
}

// FreeChoice is something that a goal may move.
type FreeChoice struct {
	Free   Free
	Title  string
	Reason string // why it cannot move, "" if it can
}

// FreeChoices lists what a goal may move under a frame's scheme.
func FreeChoices(f *Frame) []FreeChoice {
	var choices []FreeChoice
	for _, free := range goal.Frees {
		c := FreeChoice{Free: free, Title: freeWords(free)}
		switch {
		case free == goal.FreeValue && !f.ByValue:
			c.Reason = catalogue.T("the map decides the tiers")
		case free == goal.FreeMonetary && f.Scheme.Value.Unvalued:
			c.Reason = noAmounts
		}
		choices = append(choices, c)
	}
	return choices
}

// freeWords names the cuts that are free.
func freeWords(free Free) string {
	switch free {
	case goal.FreeAll:
		return catalogue.T("all cuts")
	case goal.FreeValue:
		return catalogue.T("the value cuts only")
	}
	return catalogue.T("the cuts of {axis} only", "axis", goalWords{free: free}.axis())
}

// Goal looks for the cuts that come nearest to a goal; what may be written is
// told by the package goal. Every score keeps the floor. It changes nothing.
// report is told how far it is. Errors: Usage for a goal that is not understood,
// what no file says or cuts that do not decide the tiers, Empty without customers, Cancelled.
func (s *Standing) Goal(ctx context.Context, text string, free Free, floor Floor, report func(model.Progress)) (*Proposal, error) {
	wanted, err := goal.Parse(text)
	if err != nil {
		return nil, err
	}
	if err := checkAmounts(wanted, s.session.info); err != nil {
		return nil, err
	}
	if free == goal.FreeMonetary && s.rule.Value.Unvalued {
		return nil, model.Errorf(model.Usage, "monetary has no cuts that could move: no order has an amount").WithHint("let others move: {free_recency} or {free_frequency}", "free_recency", goal.FreeRecency, "free_frequency", goal.FreeFrequency)
	}
	wanted.Floor = floor
	scheme := asFixed(s.scheme, s.rule)
	for a, cuts := range scheme.Cuts {
		if cuts.At == nil {
			return nil, model.Errorf(model.Usage, "the cuts of {axis} differ from score to score", "axis", words.Axis(model.Axis(a))).
				WithHint("choose a method other than {method} before asking for a goal", "method", cuts.Method)
		}
	}
	before := rfm.Assign(s.base, s.rule)
	solve := func(g goal.Goal, report func(model.Progress)) (*goal.Solution, error) {
		return goal.Solve(ctx, s.base, before, scheme, g, free, report)
	}
	if f := scheme.Fair; !f.Off && !f.Empty() {
		return s.goalUnderRules(ctx, wanted, free, solve, report)
	}
	solution, err := solve(wanted, report)
	if err != nil {
		return nil, err
	}
	p, told, err := s.proposeGoal(ctx, wanted, free, solution)
	if err != nil {
		return nil, err
	}
	p.Bound, p.Proven = fractionOf(solution.Bound), solution.Proven
	p.Verdict, p.Why = told.verdict(p), told.why()
	if !p.Met() && solution.Kept > 0 && solution.Any.Met() {
		lifted := wanted
		lifted.Floor = Floor{}
		without, err := solve(lifted, func(r model.Progress) {
			r.Stage = catalogue.T("looking without the floor")
			report(r)
		})
		if err != nil {
			return nil, err
		}
		if told.meets(without.Tiers) {
			p.Why = slices.Insert(p.Why, 0, told.couldWithoutFloor())
		}
	}
	return p, nil
}

// proposeGoal makes a proposal of a solution, with what its tiers achieve.
func (s *Standing) proposeGoal(ctx context.Context, wanted goal.Goal, free Free, solution *goal.Solution) (*Proposal, goalWords, error) {
	told := goalWords{wanted, solution, free, s}
	p, err := s.propose(ctx, solution.Scheme)
	if err != nil {
		return nil, told, err
	}
	p.Method, p.Goal, p.Free = "goal", wanted.Text, free
	p.Gap = fractionOf(wanted.Missed(tiersOfFrame(p.Frame), s.base.Total))
	for _, t := range wanted.Terms {
		p.Achieved = append(p.Achieved, told.achieved(t, p.Frame))
	}
	p.Kept, p.Floor = solution.Kept, told.floor()
	return p, told, nil
}

// fractionOf returns a gap as a fraction, nil where it is none.
func fractionOf(g goal.Gap) *float64 {
	if !g.Defined() {
		return nil
	}
	fraction := g.Fraction()
	return &fraction
}

// tiersOfFrame returns what is in the tiers of a frame, by rank.
func tiersOfFrame(f *Frame) [4]rfm.Flow {
	var tiers [4]rfm.Flow
	for _, g := range f.Tiers {
		tiers[g.Tier.Rank()] = rfm.Flow{Customers: g.Now.Customers, Revenue: g.Now.Revenue}
	}
	return tiers
}

// Goal returns the work of looking for the cuts that come nearest to a goal from
// the working scheme on, with the default floor, to be run off the key path; see
// [Standing.Goal].
func (b *Bench) Goal(text string, free Free) func(context.Context) (*Proposal, error) {
	standing := b.Standing()
	return func(ctx context.Context) (*Proposal, error) {
		return standing.Goal(ctx, text, free, DefaultFloor, func(model.Progress) {})
	}
}
