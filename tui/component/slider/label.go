package slider

import "strata/tui/component/cells"

// placed is a text at a column.
type placed struct {
	at   int
	text string
}

// overhang is how far a text may reach beyond its range on either side.
const overhang = 4

// Texts are tried on their first levels all alike, because ranges written in
// one manner compare best; only after that each for itself.
const alikeLevels = 2

// place chooses texts with which all ranges stand apart, each below its own.
// Where one manner does not do for all, the texts of the narrowest ranges are
// shortened, and left out before they would touch or be cut.
func (s Slider) place(texts [][]string) []placed {
	chosen := make([]int, len(texts))
	for level := range alikeLevels {
		for i := range chosen {
			chosen[i] = level
		}
		if row, bad := s.try(texts, chosen); bad < 0 {
			return row
		}
	}
	for {
		row, bad := s.try(texts, chosen)
		if bad < 0 {
			return row
		}
		chosen[bad]++
	}
}

// try places the chosen texts. Where they do not fit it returns the range
// whose text should give way, -1 otherwise.
func (s Slider) try(texts [][]string, chosen []int) (row []placed, bad int) {
	row = make([]placed, len(texts))
	widths := make([]int, len(texts))
	end := -1
	for i, t := range texts {
		if chosen[i] < len(t) {
			row[i].text = t[chosen[i]]
		}
		if widths[i] = cells.Width(row[i].text); widths[i] == 0 {
			continue
		}
		from, to := s.span(i)
		row[i].at = max((from+to-widths[i])/2, end+1, 0)
		end = row[i].at + widths[i]
	}
	start := s.Width + 1
	fits := true
	for i := len(row) - 1; i >= 0; i-- {
		if widths[i] == 0 {
			continue
		}
		from, to := s.span(i)
		row[i].at = min(row[i].at, start-1-widths[i], to+overhang-widths[i])
		start = row[i].at
		fits = fits && start >= max(from-overhang, 0)
	}
	if fits {
		return row, -1
	}
	return row, s.yielding(texts, chosen, widths)
}

// grace is by how many cells more a text beside the marked cut may pass its
// range before it gives way.
const grace = 3

// yielding returns the range whose text gives way: it is better to shorten a
// text than to leave one out; then it is the one with the largest surplus over
// its range, with some grace for those beside the marked cut.
func (s Slider) yielding(texts [][]string, chosen, widths []int) int {
	yields, most := -1, 0
	for i, w := range widths {
		if w == 0 {
			continue
		}
		from, to := s.span(i)
		surplus := w - (to - from)
		if chosen[i]+1 >= len(texts[i]) {
			surplus -= 2 * s.Width
		}
		if s.beside(i) {
			surplus -= grace
		}
		if yields < 0 || surplus > most {
			yields, most = i, surplus
		}
	}
	return yields
}

// beside reports whether a range lies at the marked cut.
func (s Slider) beside(i int) bool { return s.Focus >= 0 && (i == s.Focus || i == s.Focus+1) }
