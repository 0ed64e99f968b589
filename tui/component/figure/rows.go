package figure

import "strata/tui/session"

// Refused writes how many rows were refused: "135,080 rows refused, 24.9%".
func Refused(r session.Rows) string {
	return Plural(r.Refused, "row", "rows") + " refused, " + Share(r.Refused, r.Read)
}

// RefusedMoney writes what the refused rows were worth, as far as that can be
// read: "£1.45M, 12.8% of the money"; "" where none of them has an amount.
func RefusedMoney(r session.Rows, symbol string) string {
	part, whole, ok := r.RefusedMoney()
	if !ok {
		return ""
	}
	text := Brief(part, symbol) + ", " + Share(part, whole) + " of the money"
	if silent := r.Refused - r.RefusedValued; silent > 0 {
		text += "; " + Plural(silent, "row has", "rows have") + " no amount"
	}
	return text
}
