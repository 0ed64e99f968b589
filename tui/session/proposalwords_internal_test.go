package session

import (
	"testing"

	"strata/model"
)

// Lists of cuts are written to the last digit wherever they stand, so that they can be
// typed.
func TestListsOfCutsAreExact(t *testing.T) {
	t.Parallel()
	spec := model.DefaultSpec()
	cut := func(text string) []model.Cut {
		c, err := model.ParseCut(text, model.Unit)
		if err != nil {
			t.Fatal(err)
		}
		return []model.Cut{c}
	}
	for _, c := range []struct{ was, now, before, after string }{
		{"2014.866", "1979", "2,014.866", "1,979.00"},
		{"236.17958", "236.17958", "236.17958", "236.17958"},
		{"236.1795", "236.1796", "236.1795", "236.1796"},
	} {
		if before, after := cutTexts(cut(c.was), cut(c.now), model.MethodFixed, model.MethodFixed, model.Monetary, spec, ""); before != c.before || after != c.after {
			t.Errorf("%s → %s is told as %s → %s", c.was, c.now, before, after)
		}
	}
}
