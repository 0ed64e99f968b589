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

// Limits of looking for cuts where fair rules are in force, in searches. Whom the
// rules keep mostly changes little from one round to the next, so that the third finds
// what the second did; where that misses the goal, others are aimed at.
const (
	mostRounds   = 6
	mostSearches = 12 // with the rounds
)

// goalUnderRules looks for cuts where fair rules keep customers in other tiers
// than those of their scores. The search goes by scores; what the rules add to a
// tier, and take from it, under the cuts found is taken off what is asked of the
// scores in the next round, until nothing changes. Where that misses the goal, because
// other cuts keep others, what is asked for is moved about, see [goal.Goal.Aim]. Every
// set of cuts is judged by the tiers that the rules make of it, and the nearest is
// proposed. That proves nothing about other cuts, and nothing of the kind is said.
func (s *Standing) goalUnderRules(
	ctx context.Context, wanted goal.Goal, free Free,
	solve func(goal.Goal, func(model.Progress)) (*goal.Solution, error), report func(model.Progress),
) (*Proposal, error) {
	var first, best *goal.Solution
	var bestTiers [4]rfm.Flow
	var tries []goal.Try
	// search asks for a goal and says what to ask for in the next round.
	search := func(asked goal.Goal) (next goal.Goal, err error) {
		solution, err := solve(asked, func(r model.Progress) {
			r.Stage = catalogue.T("looking for cuts under the fair rules, round {tried}", "tried", len(tries)+1)
			report(r)
		})
		if err != nil {
			return goal.Goal{}, err
		}
		under, _, err := s.other(ctx, solution.Scheme)
		if err != nil {
			return goal.Goal{}, err
		}
		tiers := tiersOfRule(s.base, under.rule)
		tries = append(tries, goal.Try{Asked: asked, Are: tiers})
		if first == nil {
			first = solution
		}
		if best == nil || wanted.Compare(tiers, bestTiers, s.base.Total) < 0 {
			best, bestTiers = solution, tiers
		}
		return wanted.Beside(solution.Tiers, tiers), nil
	}
	for next := wanted; len(tries) < mostRounds && !asked(tries, next); {
		var err error
		if next, err = search(next); err != nil {
			return nil, err
		}
	}
	for len(tries) < mostSearches && !(goalWords{goal: wanted, standing: s}).meets(bestTiers) {
		next, ok := wanted.Aim(tries, s.base.Total)
		if !ok || asked(tries, next) {
			break
		}
		if _, err := search(next); err != nil {
			return nil, err
		}
	}
	p, told, err := s.proposeGoal(ctx, wanted, free, best)
	if err != nil {
		return nil, err
	}
	told.solution.Fewest = first.Fewest // of what is wanted, not of what a round asked for
	p.UnderRules = true
	p.Verdict = told.verdictUnderRules(p, wanted.Missed(bestTiers, s.base.Total), len(tries))
	if !p.Met() {
		p.Why = told.whyByTerms()
	}
	return p, nil
}

// asked reports whether a goal has been asked for already.
func asked(before []goal.Try, g goal.Goal) bool {
	return slices.ContainsFunc(before, func(t goal.Try) bool { return t.Asked.Equal(g) })
}

// tiersOfRule returns what is in the tiers under a rule, by rank, with those whom
// it holds.
func tiersOfRule(base *rfm.Base, rule *rfm.Rule) (tiers [4]rfm.Flow) {
	for t, sum := range rfm.Tally(base, rule, nil).Tiers(rule) {
		tiers[t] = sum.Flow
	}
	return tiers
}

// verdictUnderRules says whether the goal is met with those whom the fair rules
// keep, after so many searches.
func (w goalWords) verdictUnderRules(p *Proposal, gap goal.Gap, searches int) string {
	switch s := w.solution; {
	case gap.Met() && s.Sized != "":
		return catalogue.T("The goal is met with {customers} in {tier}, counting customers where the fair rules keep them; whether other cuts meet it with {than} is not known.", "customers", words.Customers(tiersOfFrame(p.Frame)[s.Sized.Rank()].Customers), "tier", words.Tier(s.Sized), "than", w.otherwise())
	case gap.Met():
		return catalogue.T("The goal is met, counting customers where the fair rules keep them.")
	case p.Met():
		return catalogue.T("The goal is met to the decimal shown, counting customers where the fair rules keep them, but missed by {gap} beyond it.", "gap", gapWord(gap, w.currency()))
	}
	return catalogue.T("The goal is missed by {gap}, counting customers where the fair rules keep them; after {searches} the nearest was taken, and other cuts may come nearer.", "gap", gapWord(gap, w.currency()), "searches", words.Plural(int64(searches), "search", "searches"))
}
