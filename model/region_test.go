package model_test

import (
	"testing"

	"pgregory.net/rapid"

	"strata/model"
)

func TestPatternsReadWhatTheyWrite(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var p model.Pattern
		for a := range p {
			p[a] = model.ScoreSet(rapid.Uint16Range(1, 1<<model.MaxLevels-1).Draw(t, "scores")) << 1
		}
		again, err := model.ParsePattern(p.String())
		if err != nil || again != p {
			t.Fatalf("%v is read as %v, %v", p, again, err)
		}
		for score := 1; score <= model.MaxLevels; score++ {
			scores := [model.Axes]int{score, score, score}
			if got, want := p.Holds(scores), p[0].Has(score) && p[1].Has(score) && p[2].Has(score); got != want {
				t.Fatalf("%v holds %v: %v", p, scores, got)
			}
		}
	})
}

func TestParsePattern(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"555": "555", "[4-5]1*": "[4-5]1*", "[245]33": "[245]33", "[3-3]11": "311", "[1-9]**": "***", "[54]11": "[4-5]11",
	} {
		if p, err := model.ParsePattern(text); err != nil || p.String() != want {
			t.Errorf("%s is read as %v, %v", text, p, err)
		}
	}
	for _, text := range []string{"", "55", "5555", "550", "5a5", "[5-4]11", "[]11", "[5", "[0-4]11", "5 5 5", "[4--]11"} {
		if p, err := model.ParsePattern(text); model.CodeOf(err) != model.Invalid {
			t.Errorf("%q is read as %v, %v", text, p, err)
		}
	}
}
