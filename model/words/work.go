package words

import "strconv"

// Contacts writes hundredths of a contact as a whole number of them, rounded
// half up: "3,339".
func Contacts(hundredths int64) string { return Count((hundredths + 50) / 100) }

// Hours writes hundredths of a minute as hours with one decimal, rounded half
// up: "1,163.0".
func Hours(hundredths int64) string {
	const tenth = 600 // hundredths of a minute in a tenth of an hour
	tenths := (hundredths + tenth/2) / tenth
	return Count(tenths/10) + "." + strconv.FormatInt(tenths%10, 10)
}
