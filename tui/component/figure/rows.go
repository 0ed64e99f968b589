package figure

import "strata/tui/session"

// Refused writes how many rows were refused: "135,080 rows refused, 24.9%".
func Refused(r session.Rows) string {
	return Plural(r.Refused, "row", "rows") + " refused, " + Share(r.Refused, r.Read)
}

// RefusedMoney writes what the refused rows were worth: "£1.45M, 12.8% of the
// money", at least so much where some have no amount that can be read; "" where
// none has.
func RefusedMoney(r session.Rows, symbol string) string {
	part, whole, ok := r.RefusedMoney()
	if !ok {
		return ""
	}
	text := Brief(part, symbol) + ", " + Share(part, whole) + " of the money"
	if r.RefusedValued < r.Refused {
		text = "at least " + text
	}
	return text
}
