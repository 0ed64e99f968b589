package mark_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"strata/tui/component/cells"
	"strata/tui/component/mark"
)

func TestMarksCanBeGuessed(t *testing.T) {
	t.Parallel()
	for names, want := range map[string]string{
		"Champions|Loyal|Can't lose|Potential loyalist|Promising|Need attention|At risk|Light|About to sleep|Hibernating|": "Ch Lo Cl Pl Pr Na Ar Li At Hi ··",
		"重要价值|重要保持|一般价值|一般保持":                                                                                              "重要 重保 一般 一保",
		"Champions|Cheap|Chatty|重要":                     "Ch   Ce   Ca   重要",
		"Value 90–100|Value 80–90|Value 80–90 in MID|–": "V9 V8 Va S1",
	} {
		if got := strings.Join(mark.Two(strings.Split(names, "|")), " "); got != want {
			t.Errorf("marks of %s are %q, want %q", names, got, want)
		}
	}
}

// However things are called, no two have one mark, and all marks are equally
// wide.
func TestMarksDiffer(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.OneOf(rapid.StringN(1, 12, -1), rapid.SampledFrom([]string{"a", "a b", "重要", "Value 1", "–"}))
		marks := mark.Two(rapid.SliceOfN(name, 1, 200).Draw(t, "names"))
		seen := map[string]bool{}
		for _, m := range marks {
			if seen[m] || cells.Width(m) != cells.Width(marks[0]) || cells.Clean(m) != m {
				t.Fatalf("mark %q among %q", m, marks)
			}
			seen[m] = true
		}
	})
}
