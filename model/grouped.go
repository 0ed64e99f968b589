package model

import "strconv"

// Grouped writes a whole number in groups of three: 12,345.
func Grouped(n int64) string {
	digits := strconv.FormatInt(n, 10)
	first := 0 // of the digits, after a sign
	if n < 0 {
		first = 1
	}
	out := make([]byte, 0, len(digits)+len(digits)/3)
	for i := range len(digits) {
		if left := len(digits) - i; i > first && left%3 == 0 {
			out = append(out, ',')
		}
		out = append(out, digits[i])
	}
	return string(out)
}
