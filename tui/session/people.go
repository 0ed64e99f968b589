package session

import "strata/model"

// PeopleQuery says which customers are meant by a bar, a cell or a row of a
// screen. The zero query means all tiered customers.
type PeopleQuery struct {
	Title   string          // how to call them: "Champions", "R5 F4"
	Segment string          // slug of their segment now, "" any
	Tier    model.Tier      // "" any
	Was     string          // slug of their segment in the baseline, "" any
	Scores  [model.Axes]int // 0 any
}
