package importer

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"strata/model"
)

// The encodings by name. Windows-1252 contains what is printable of ISO 8859-1.
const (
	utf8Encoding = "utf-8"
	windows1252  = "windows-1252"
)

// A file that is not UTF-8 often shows it only deep inside, in one pound sign.
// So rows are read as bytes, which works for both encodings, and texts are
// decoded at the end, when the whole file has been seen.

// decodeIntake decodes all texts of an intake from Windows-1252. Different
// texts stay different: every byte has a character of its own.
func decodeIntake(intake *model.Intake) {
	decodeStrings(&intake.Customers)
	decodeStrings(&intake.OrderKeys)
	decodeAttributes(intake.CustomerAttributes)
	decodeAttributes(intake.OrderAttributes)
	if intake.Lines != nil {
		decodeAttributes(intake.Lines.Attributes)
	}
	for i := range intake.Rejects {
		intake.Rejects[i].Value = clip(decode(intake.Rejects[i].Value))
	}
}

func decodeAttributes(attributes []model.IntakeAttribute) {
	for _, a := range attributes {
		for i, word := range a.Codes.Words {
			a.Codes.Words[i] = decode(word)
		}
	}
}

func decodeStrings(s *model.Strings) {
	if !slices.ContainsFunc(s.Bytes, func(c byte) bool { return c >= utf8.RuneSelf }) {
		return
	}
	var decoded []byte
	start := uint32(0)
	for i, end := range s.Ends {
		for _, c := range s.Bytes[start:end] {
			decoded = utf8.AppendRune(decoded, charmap.Windows1252.DecodeByte(c))
		}
		start, s.Ends[i] = end, uint32(len(decoded))
	}
	s.Bytes = decoded
}

// decode decodes a text from Windows-1252.
func decode(s string) string {
	if !strings.ContainsFunc(s, func(c rune) bool { return c >= utf8.RuneSelf }) {
		return s
	}
	decoded := make([]byte, 0, len(s)+len(s)/8)
	for _, c := range []byte(s) {
		decoded = utf8.AppendRune(decoded, charmap.Windows1252.DecodeByte(c))
	}
	return string(decoded)
}

// headerText makes a header fit to be shown and to name a column: control
// characters become blanks, and blanks are single.
func headerText(s string) string {
	s = strings.Map(func(c rune) rune {
		if unicode.IsPrint(c) {
			return c
		}
		return ' '
	}, s)
	return strings.Join(strings.Fields(s), " ")
}
