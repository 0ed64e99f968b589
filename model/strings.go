package model

import "math"

// Strings is a column of texts in one arena: no pointer and no header per row,
// so that ten million order ids cost what their bytes cost. The zero value is
// an empty column.
type Strings struct {
	Bytes []byte   // all texts, one behind the other
	Ends  []uint32 // Ends[i] is where text i stops and text i+1 begins
}

// Len returns the number of texts.
func (s *Strings) Len() int { return len(s.Ends) }

// At returns text i. The string is a copy.
func (s *Strings) At(i int) string { return string(s.Slice(i)) }

// Slice returns the bytes of text i; they belong to the column and must not be
// changed.
func (s *Strings) Slice(i int) []byte {
	start := uint32(0)
	if i > 0 {
		start = s.Ends[i-1]
	}
	return s.Bytes[start:s.Ends[i]]
}

// Append adds a text at the end. The error is [ErrOverflow] once the arena
// would pass 4 GiB.
func (s *Strings) Append(text []byte) error {
	if len(s.Bytes)+len(text) > math.MaxUint32 {
		return Errorf(Invalid, "more than 4 GiB of text in one column: {cause}", "cause", ErrOverflow)
	}
	s.Bytes = append(s.Bytes, text...)
	s.Ends = append(s.Ends, uint32(len(s.Bytes)))
	return nil
}
