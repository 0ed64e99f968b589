package words

import (
	"fmt"
	"strconv"
)

// Contacts writes hundredths of a contact exactly, with the decimals that they need:
// "3,339", "290.5", "0.25".
func Contacts(hundredths int64) string { return ContactsAlike(hundredths)[0] }

// ContactsAlike writes hundredths of a contact exactly, all with as many decimals as
// one of them needs, so that they add up as printed: "290.5", "12.0".
func ContactsAlike(all ...int64) []string {
	decimals := 0
	for _, hundredths := range all {
		switch {
		case hundredths%10 != 0:
			decimals = 2
		case hundredths%100 != 0:
			decimals = max(decimals, 1)
		}
	}
	texts := make([]string, len(all))
	for i, hundredths := range all {
		texts[i] = Count(hundredths / 100)
		if decimals > 0 {
			texts[i] += fmt.Sprintf(".%02d", hundredths%100)[:1+decimals]
		}
	}
	return texts
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
