package words

import (
	"strconv"
	"strings"
)

// Contacts writes hundredths of a contact as a whole number of them, rounded
// half up: "3,339"; fewer than ten with the decimals they need: "0.2".
func Contacts(hundredths int64) string {
	if 0 < hundredths && hundredths < 1_000 {
		text := strconv.FormatFloat(float64(hundredths)/100, 'f', 2, 64)
		return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
	}
	return Count((hundredths + 50) / 100)
}

// Hours writes hundredths of a minute as hours with one decimal, rounded half
// up: "1,163.0"; what is more than nothing is never 0.0: "<0.1".
func Hours(hundredths int64) string {
	const tenth = 600 // hundredths of a minute in a tenth of an hour
	tenths := (hundredths + tenth/2) / tenth
	if tenths == 0 && hundredths > 0 {
		return "<0.1"
	}
	return Count(tenths/10) + "." + strconv.FormatInt(tenths%10, 10)
}
