package words_test

import (
	"testing"

	"strata/model/words"
)

func TestFirstLetter(t *testing.T) {
	t.Parallel()
	for _, c := range [][3]string{{"not there", "Not there", "not there"}, {"éclair", "Éclair", "éclair"}, {"ÀƁ", "ÀƁ", "àƁ"}, {"", "", ""}, {"\xffa", "\xffa", "\xffa"}, {"3 a", "3 a", "3 a"}} {
		if large, small := words.Capital(c[0]), words.Small(c[0]); large != c[1] || small != c[2] {
			t.Errorf("%q: %q, %q, want %q, %q", c[0], large, small, c[1], c[2])
		}
	}
}
