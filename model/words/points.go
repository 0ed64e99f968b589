package words

import "fmt"

// Points writes by how many percentage points a share has changed, "▲ 8.1", and the
// sign of the change: the difference of the two as [Percent] prints them, so
// that it agrees with what stands beside it.
func Points(was, now float64) (text string, sign int) {
	mark, sign, d := "▲ ", 1, thousandths(now)-thousandths(was)
	if now < was {
		mark, sign, d = "▼ ", -1, -d
	}
	switch {
	case now == was:
		return "·", 0
	case d == 0: // they are printed alike
		return mark + "<0.1", sign
	}
	return fmt.Sprintf("%s%d.%d", mark, d/10, d%10), sign
}
