package session

import "strata/model"

// Proposal is a scheme that a goal or a method led to: told with its evidence,
// never applied by itself.
type Proposal struct {
	Method string // slug of the method; "goal" for a goal
	Goal   string // as the person wrote it, "" without one
	// Scheme is whole: as-of, window, filter and policies in force included, its
	// cuts frozen.
	Scheme model.Scheme
	// Frame is what it gives, compared with the scheme it was asked from.
	Frame *Frame

	Achieved []Achieved // by term of the goal
	Gap      float64    // how far all terms together are missed, in the unit the goal's package defines; 0 met
	Proven   bool       // no cuts of the free ones come nearer
	Evidence []Evidence // why these cuts
	Warnings []model.Warning
}

// Achieved is a term of a goal and what became of it.
type Achieved struct {
	Term string // as the person wrote it: "high=15%"
	Got  string // in words: "15.0 % (651 customers)"
	Met  bool
}

// Evidence is one reason for the cuts of a measure: "goodness of variance fit:
// 0.94".
type Evidence struct {
	Axis  model.Axis
	Name  string
	Value float64
	Text  string // in words, with its unit
}
