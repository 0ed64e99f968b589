package importer

import (
	"strata/importer/mapping"
	"strata/importer/parse"
	"strata/model"
)

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

// dateChoice is an order of day, month and year.
func dateChoice(reading string, order parse.DateOrder) Choice {
	return Choice{reading, func(o *Options) { o.DateFormat = order.Format() }}
}

func decimalChoice(reading string, mark byte) Choice {
	return Choice{reading, func(o *Options) { o.Decimal = string(mark) }}
}

func encodingChoice(name string) Choice {
	return Choice{name, func(o *Options) { o.Encoding = name }}
}

func customerChoice(reading, column string) Choice {
	return fieldChoice(reading, mapping.Customer, column)
}

// fieldChoice is a column for a field.
func fieldChoice(reading string, field mapping.Field, column string) Choice {
	return Choice{reading, func(o *Options) { o.Map = withField(o.Map, string(field), column) }}
}
