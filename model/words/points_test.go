package words_test

import (
	"testing"

	"strata/model/words"
)

// A change of shares is that of the shares as they are printed, with its unit.
func TestPoints(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		was, now float64
		want     string
		sign     int
	}{
		{0.25943, 0.33988, "▲ 8.1", 1}, // 25.9% → 34.0%, although the difference is 8.045
		{0.33988, 0.25943, "▼ 8.1", -1},
		{0.5, 0.5, "·", 0},
		{0.5001, 0.5002, "▲ <0.1", 1},
		{0.5002, 0.5001, "▼ <0.1", -1},
		{0.25, 0.26, "▲ 1.0", 1},
		{0, 1, "▲ 100.0", 1},
	} {
		if got, sign := words.Points(c.was, c.now); got != c.want || sign != c.sign {
			t.Errorf("%s → %s: %q, %d; want %q", words.Percent(c.was), words.Percent(c.now), got, sign, c.want)
		}
	}
}
