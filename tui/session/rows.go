package session

import (
	"strata/model"
)

// Rows tells what became of the rows of files: Read = Accepted + Refused.
type Rows struct {
	Read, Accepted, Corrected, Refused int64
	// Duplicates are accepted rows equal to an earlier one of their file.
	Duplicates int64
	// Amounts sums the amounts of accepted rows, taken as positive, and
	// RefusedValue those of RefusedValued refused rows: the others have none that
	// can be read.
	Amounts, RefusedValue model.Money
	RefusedValued         int64
}

// RowsOf adds up the rows of sources whose accepted rows have such amounts.
func RowsOf(sources []model.Source, amounts model.Money) Rows {
	r := Rows{Amounts: amounts}
	for _, s := range sources {
		r.Read += s.Rows
		r.Accepted += s.Accepted
		r.Corrected += s.Corrected
		r.Refused += s.Rejected
		r.Duplicates += s.Duplicates
		r.RefusedValue += s.RefusedValue
		r.RefusedValued += s.RefusedValued
	}
	return r
}

// AmountsIn is what was bought and what was returned, together: the amounts of
// all accepted rows of a workspace, taken as positive.
func AmountsIn(info model.Info) model.Money { return info.Revenue + info.Returned }

// RefusedMoney returns the share of the money that was refused, of what could
// be read at all, and false where no refused row has an amount, or one so large
// that the whole cannot be counted.
func (r Rows) RefusedMoney() (part, whole model.Money, ok bool) {
	whole, err := r.RefusedValue.Add(r.Amounts)
	return r.RefusedValue, whole, r.RefusedValued > 0 && err == nil
}
