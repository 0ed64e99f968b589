package main

import (
	"encoding/json"
	"strconv"

	"strata/model"
	"strata/tui/session"
)

// sensitivityJSON is one cut in the stable JSON of `strata sensitivity`, which
// is an array of them: recency, frequency and monetary, each ascending, then the
// two value cuts (axis "value") where they decide the tiers.
//
// Cut is its place, from 0, among the cuts that `strata tiers` lists for the
// axis, and at is that cut as it lists it. Positions (to, next_down, next_up) are
// cuts as the flags take them, a recency equal to the cut scoring better, a
// frequency or monetary value equal to it worse, whatever the convention of the
// scheme's method; of a value cut they are the value score where the tier begins.
// Where a method gives equal values
// different scores there is no line: all of the steps, next positions and ties is
// null. By_scores_alone tells that the scheme has fair rules in force, which are not
// applied here. Held names what the scheme draws anew when the cut moves, and what
// stays as it is here: "nested cuts" within its measure, "value cuts" by shares.
// `strata compare` applies the rules and draws anew.
type sensitivityJSON struct {
	Axis string `json:"axis"`
	Cut  int    `json:"cut"`
	Name string `json:"name"` // by the scores on its sides, the better first: "4│3"; MID, HIGH
	At   any    `json:"at"`

	ByScoresAlone bool              `json:"by_scores_alone"`
	Held          []session.Holding `json:"held"`

	StepDown *stepJSON `json:"step_down"`
	StepUp   *stepJSON `json:"step_up"`

	// The nearest position at which anybody is reclassified, and how many; null if
	// there is none before what stopped it: the next cut, beyond which nothing is
	// told, or the end of the measure.
	NextDown          any    `json:"next_down"`
	NextDownCustomers *int64 `json:"next_down_customers"`
	NextDownStopped   string `json:"next_down_stopped,omitempty"`
	NextUp            any    `json:"next_up"`
	NextUpCustomers   *int64 `json:"next_up_customers"`
	NextUpStopped     string `json:"next_up_stopped,omitempty"`

	// The customers with the greatest value on the lower side of the line, which
	// they pass only together; null if nobody is on that side.
	TieValue     any      `json:"tie_value"`
	TieCustomers *int64   `json:"tie_customers"`
	TieShare     *float64 `json:"tie_share"`
}

// stepJSON is who is reclassified by one step of the arrow keys. Where something
// stops the cut, nobody is, To is null and Stopped says what.
type stepJSON struct {
	Customers int64  `json:"customers"`
	Revenue   string `json:"revenue"`
	To        any    `json:"to"`
	Stopped   string `json:"stopped,omitempty"`
}

func newSensitivityJSON(s *session.Sensitivity, spec model.Spec) []sensitivityJSON {
	all := []sensitivityJSON{}
	for _, c := range s.Cuts {
		at := func(to model.Cut) any { return positionJSON(c.ID, to, spec) }
		j := sensitivityJSON{
			Axis: c.ID.Axis.String(), Cut: c.ID.Index, Name: c.Name, At: at(c.Published),
			ByScoresAlone: s.ByScoresAlone, Held: append([]session.Holding{}, c.Held...),
		}
		if c.ID.Value {
			j.Axis = "value"
		}
		if c.Split {
			all = append(all, j)
			continue
		}
		step := func(s session.StepSensitivity) *stepJSON {
			j := &stepJSON{Customers: s.Customers, Revenue: s.Revenue.String(), Stopped: s.Stopped}
			if s.OK {
				j.To = at(s.To)
			}
			return j
		}
		j.StepDown, j.StepUp = step(c.Down), step(c.Up)
		next := func(r session.Reclassified) (any, *int64) {
			if !r.OK {
				return nil, nil
			}
			return at(r.To), &r.Customers
		}
		j.NextDown, j.NextDownCustomers = next(c.NextDown)
		j.NextUp, j.NextUpCustomers = next(c.NextUp)
		j.NextDownStopped, j.NextUpStopped = c.NextDown.Stopped, c.NextUp.Stopped
		if share, ok := model.Share(c.Tie.Customers, s.Customers); ok {
			j.TieShare = &share
		}
		if c.Tie.Customers > 0 {
			j.TieValue, j.TieCustomers = at(model.WholeCut(c.Tie.Value)), &c.Tie.Customers
		}
		all = append(all, j)
	}
	return all
}

// positionJSON writes a position on a measure: a number, for money a decimal
// string.
func positionJSON(id session.CutID, at model.Cut, spec model.Spec) any {
	switch {
	case id.Value:
		return json.Number(strconv.FormatInt(at.Whole, 10))
	case id.Axis == model.Monetary:
		return moneyCut(at)
	}
	return json.Number(at.Text(spec.Scale(id.Axis)))
}
