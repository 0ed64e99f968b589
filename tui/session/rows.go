package session

import (
	"path/filepath"
	"slices"

	"strata/model"
)

// Rows tells what became of the rows of files: Read = Accepted + Refused.
type Rows struct {
	Read, Accepted, Corrected, Refused int64
	// Duplicates are accepted rows equal to an earlier one of their file; Dropped
	// of them were left out, and Repeated accepted rows because an earlier file
	// brought their orders.
	Duplicates, Dropped, Repeated int64
	// Bought is what the stored orders are worth, RefusedValue what was bought by
	// RefusedValued refused rows, and RefusedReturned what was returned by them: the
	// others have no amount that can be read. None is below zero.
	Bought, RefusedValue, RefusedReturned model.Money
	RefusedValued                         int64
}

// RowsOf adds up the rows of sources.
func RowsOf(sources []model.Source) Rows {
	r := Rows{}
	for _, s := range sources {
		r.Read += s.Rows
		r.Accepted += s.Accepted
		r.Corrected += s.Corrected
		r.Refused += s.Rejected
		r.Duplicates += s.Duplicates
		r.Dropped += s.Dropped
		r.Repeated += s.Repeated
		r.Bought += s.Bought
		r.RefusedValue += s.RefusedValue
		r.RefusedReturned += s.RefusedReturned
		r.RefusedValued += s.RefusedValued
	}
	return r
}

// RefusedMoney returns what refused rows bought, and of what that is a part: of
// all that was bought, by rows stored and refused. It returns false where no
// refused row has an amount, or one so large that the whole cannot be counted.
func (r Rows) RefusedMoney() (part, whole model.Money, ok bool) {
	whole, err := r.RefusedValue.Add(r.Bought)
	return r.RefusedValue, whole, r.RefusedValued > 0 && err == nil
}

// Notice is what imports had to tell, and the names of the files that it is about;
// none where there is but one file.
type Notice struct {
	Files   []string
	Message string
}

// NoticesOf returns what the imports of sources had to tell, once what is the same
// of several.
func NoticesOf(sources []model.Source) []Notice {
	var all []Notice
	for _, s := range sources {
		for _, w := range s.Warnings {
			i := slices.IndexFunc(all, func(n Notice) bool { return n.Message == w.Message })
			if i < 0 {
				i, all = len(all), append(all, Notice{Message: w.Message})
			}
			if len(sources) > 1 {
				all[i].Files = append(all[i].Files, filepath.Base(s.Path))
			}
		}
	}
	return all
}
