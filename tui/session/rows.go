package session

import (
	"path/filepath"
	"slices"

	"strata/model"
)

// Rows tells what became of the rows of files: Read = Accepted + Refused.
type Rows struct {
	Read, Accepted, Corrected, Refused int64
	// Mended are rows that were refused at first, and corrected and accepted since:
	// they are read once, and no longer refused. Corrections that do not have all
	// refused rows of their file leave unknown what the others are worth.
	Mended int64
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

// RowsOf adds up the rows of sources, which stand as they were imported.
func RowsOf(sources []model.Source) Rows {
	r := Rows{}
	refused := make([]model.Source, 0, len(sources)) // with what is refused of each still
	for _, s := range sources {
		r.Read += s.Rows
		r.Accepted += s.Accepted
		r.Corrected += s.Corrected
		r.Duplicates += s.Duplicates
		r.Dropped += s.Dropped
		r.Repeated += s.Repeated
		r.Bought += s.Bought
		if of := slices.IndexFunc(refused, func(f model.Source) bool { return f.Fingerprint == s.Corrects }); s.Corrects == "" || of < 0 {
			refused = append(refused, s)
		} else {
			again := min(s.Rows-s.Repeated, refused[of].Rejected)
			r.Read -= again + s.Repeated // rows of earlier corrections once more are none
			r.Accepted -= s.Repeated
			r.Repeated -= s.Repeated
			r.Mended += max(0, again-s.Rejected)
			refused[of] = stillRefused(refused[of], s, again)
		}
	}
	for _, s := range refused {
		r.Refused += s.Rejected
		r.RefusedValue += s.RefusedValue
		r.RefusedReturned += s.RefusedReturned
		r.RefusedValued += s.RefusedValued
	}
	return r
}

// stillRefused returns a source with what is refused of it once corrections have
// so many of those rows again.
func stillRefused(s, corrections model.Source, again int64) model.Source {
	all := again == s.Rejected
	s.Rejected += corrections.Rejected - again
	s.RefusedValue, s.RefusedReturned, s.RefusedValued = 0, 0, 0
	if all {
		s.RefusedValue, s.RefusedReturned, s.RefusedValued = corrections.RefusedValue, corrections.RefusedReturned, corrections.RefusedValued
	}
	return s
}

// LeftRefused returns how many refused rows of each source, by its id, are refused
// still and were not read again by later corrections: those of corrections are theirs.
// Where corrections had some of the rows only, nobody knows which are left.
func LeftRefused(sources []model.Source) map[int64]int64 {
	left := map[int64]int64{}
	family := map[string][]int64{} // a source and its corrections, by the fingerprint of the former
	for _, s := range sources {
		of := s.Fingerprint
		if _, ok := CorrectedSource(s, sources); ok {
			of = s.Corrects
		}
		again := s.Rows - s.Repeated
		for _, id := range slices.Backward(family[of]) {
			if left[id] == again { // just those
				left[id], again = 0, 0
			}
		}
		for _, id := range family[of] {
			part := min(left[id], again)
			left[id], again = left[id]-part, again-part
		}
		left[s.ID] = s.Rejected
		family[of] = append(family[of], s.ID)
	}
	return left
}

// CorrectedSince returns how many rows that were refused of a source were
// corrected since, by others of the sources.
func CorrectedSince(s model.Source, sources []model.Source) int64 {
	of := []model.Source{s}
	for _, other := range sources {
		if other.Corrects != "" && other.Corrects == s.Fingerprint {
			of = append(of, other)
		}
	}
	return RowsOf(of).Mended
}

// CorrectedSource returns the source whose refused rows a source corrects.
func CorrectedSource(s model.Source, sources []model.Source) (of model.Source, ok bool) {
	i := slices.IndexFunc(sources, func(other model.Source) bool { return other.Fingerprint == s.Corrects })
	if s.Corrects == "" || i < 0 {
		return of, false
	}
	return sources[i], true
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
