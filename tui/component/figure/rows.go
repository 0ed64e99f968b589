package figure

import (
	"strings"

	"strata/model/words"
	"strata/tui/session"
)

// Refused writes how many rows were refused: "135,080 rows refused, 24.9%".
func Refused(r session.Rows) string {
	return words.Plural(r.Refused, "row", "rows") + " refused, " + words.Share(r.Refused, r.Read)
}

// RefusedMoney writes what the refused rows were worth: "£1.76M bought, £308k
// returned: 16.5% of all that was bought", at least so much where some have no
// amount that can be read; "" where none has.
func RefusedMoney(r session.Rows, symbol string) string {
	part, whole, ok := r.RefusedMoney()
	if !ok {
		return ""
	}
	text := words.Brief(part, symbol) + " bought"
	if r.RefusedReturned > 0 {
		text += ", " + words.Brief(r.RefusedReturned, symbol) + " returned"
	}
	if whole > 0 {
		text += ": " + words.Share(part, whole) + " of all that was bought"
	}
	if r.RefusedValued < r.Refused {
		text = "at least " + text
	}
	return text
}

// Accepted writes how many rows were accepted, and what is to know of them:
// "406,829 accepted (12 mended; 5,225 exact duplicates, left out)".
func Accepted(r session.Rows) string {
	var of []string
	if r.Corrected > 0 {
		of = append(of, words.Count(r.Corrected)+" mended")
	}
	if r.Mended > 0 {
		of = append(of, words.Count(r.Mended)+" refused at first, and corrected since")
	}
	if r.Duplicates > 0 {
		of = append(of, words.Plural(r.Duplicates, "exact duplicate", "exact duplicates")+Duplicates(r))
	}
	if r.Repeated > 0 {
		of = append(of, words.Count(r.Repeated)+" left out: an earlier file brought "+ordersOf(r.Repeated))
	}
	text := words.Count(r.Accepted) + " accepted"
	if len(of) > 0 {
		text += " (" + strings.Join(of, "; ") + ")"
	}
	return text
}

// Duplicates writes, behind how many exact duplicates there are, what became of
// them: ", kept", ", left out", ", 7 of them left out".
func Duplicates(r session.Rows) string {
	switch {
	case r.Dropped == 0:
		return ", kept"
	case r.Dropped < r.Duplicates:
		return ", " + words.Count(r.Dropped) + " of them left out"
	}
	return ", left out"
}

func ordersOf(rows int64) string {
	if rows == 1 {
		return "its order"
	}
	return "their orders"
}
