package main

import (
	"encoding/json"

	"strata/model"
	"strata/model/answer"
	"strata/tui/session"
)

// amount is money in JSON and CSV: a decimal string, and null or an empty cell where
// it is not known, because no order says what it was worth.
type amount string

// MarshalJSON writes null for what is not known.
func (a amount) MarshalJSON() ([]byte, error) {
	if a == "" {
		return []byte("null"), nil
	}
	return json.Marshal(string(a))
}

// amounts writes the amounts of one answer; unknown are those of nothing where no
// order has one.
type amounts struct{ unknown bool }

// amountsFor writes those of a frame.
func amountsFor(f *session.Frame) amounts { return amounts{f.Scheme.Value.Unvalued} }

func (a amounts) of(m model.Money) amount {
	if a.unknown && m == 0 {
		return ""
	}
	return amount(m.String())
}

// value is the amount in an answer.
func (a amounts) value(m model.Money) answer.Value {
	if a.of(m) == "" {
		return answer.Value{}
	}
	return answer.Money(m)
}
