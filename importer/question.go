package importer

import "strata/model"

// Question is an error with code Ambiguous together with its readings, for a
// person who can be asked. Its message names the flag that decides.
type Question struct {
	Choices []Choice
	err     *model.Error
}

// Choice is one reading, and what makes it so.
type Choice struct {
	Reading string // "3 April 2011"
	decide  func(*Options)
}

// Error returns the message, with the hint behind it.
func (q *Question) Error() string { return q.err.Error() }

// Message returns the message alone.
func (q *Question) Message() string { return q.err.Message }

// Unwrap returns the [model.Error].
func (q *Question) Unwrap() error { return q.err }

// Decided returns options under which the reading is taken.
func (c Choice) Decided(o Options) Options {
	c.decide(&o)
	return o
}

// asks makes a question of an error.
func asks(e *model.Error, choices ...Choice) error { return &Question{choices, e} }

// dateChoices are the two orders of day and month.
func dateChoices(dayFirst, monthFirst string) []Choice {
	return []Choice{
		{dayFirst, func(o *Options) { o.DateFormat = "dmy" }},
		{monthFirst, func(o *Options) { o.DateFormat = "mdy" }},
	}
}

func decimalChoice(reading string, mark byte) Choice {
	return Choice{reading, func(o *Options) { o.Decimal = string(mark) }}
}

func encodingChoice(name string) Choice {
	return Choice{name, func(o *Options) { o.Encoding = name }}
}

func customerChoice(reading, column string) Choice {
	return Choice{reading, func(o *Options) { o.Map = withField(o.Map, "customer", column) }}
}
