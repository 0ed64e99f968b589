package words_test

import (
	"testing"

	"strata/model/words"
)

func TestLists(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ got, want string }{
		{words.And(nil), ""},
		{words.And([]string{"A"}), "A"},
		{words.And([]string{"A", "B"}), "A and B"},
		{words.Or([]string{"A", "B", "C"}), "A, B or C"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}
