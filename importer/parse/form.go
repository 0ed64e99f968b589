package parse

import "unicode/utf8"

// Form is how a date is written, whatever its day.
type Form uint8

// The forms. FormOf tells them apart by how the text begins.
const (
	YearBefore Form = iota // 2011-12-31, 2011年12月31日
	Slashes                // 31/12/2011
	Dashes                 // 31-12-2011
	Dots                   // 31.12.2011
	Digits                 // 20111231, or a count
	Words                  // 31 Dec 2011
	Forms                  // how many there are
)

// FormOf returns the form of a text that reads as a date.
func FormOf(text []byte) Form {
	_, digits := number(text)
	switch {
	case digits >= 5, digits == 0 && len(text) > 0 && text[0]-'0' <= 9:
		return Digits
	case digits == 4:
		return YearBefore
	case digits == 1 || digits == 2:
		switch text[digits] {
		case '/':
			return Slashes
		case '.':
			return Dots
		case '-':
			if next := text[digits+1:]; len(next) > 0 && next[0]-'0' <= 9 {
				return Dashes
			}
		}
	}
	if len(text) > 0 && text[0] >= utf8.RuneSelf {
		return YearBefore // full-width digits
	}
	return Words
}
