package mapeditor

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"strata/tui/component/cells"
	"strata/tui/session"
)

func TestMarksOfTheDefaultSegments(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ labels, want string }{
		{"Champions|Loyal|Can't lose|Potential loyalist|Promising|Need attention|At risk|Light|About to sleep|Hibernating|Others", "Ch Lo Cl Pl Pr Na Ar Li At Hi ··"},
		{"重要价值|重要保持|一般价值|一般保持", "重要 重保 一般 一保"},
		{"Champions|Cheap|Chatty|重要", "Ch   Ce   Ca   重要"},
		{"Value 90–100|Value 80–90|Value 80–90 in MID|–", "V9 V8 Va S1"},
	} {
		var groups []session.Group
		for i, label := range strings.Split(c.labels, "|") {
			groups = append(groups, session.Group{Slug: fmt.Sprint("s", i), Label: label})
			if label == "Others" {
				groups[i].Slug = "others"
			}
		}
		if got := strings.Join(marksOf(groups), " "); got != c.want {
			t.Errorf("marks of %s are %q, want %q", c.labels, got, c.want)
		}
	}
}

// However segments are called, no two have one mark, and all marks are equally
// wide.
func TestMarksDiffer(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		labels := rapid.SliceOfN(rapid.OneOf(rapid.StringN(0, 12, -1), rapid.SampledFrom([]string{"a", "a b", "重要", "Value 1", "–"})), 1, 200).Draw(t, "labels")
		var groups []session.Group
		for i, label := range labels {
			groups = append(groups, session.Group{Slug: fmt.Sprint("s", i), Label: label})
		}
		seen := map[string]bool{}
		marks := marksOf(groups)
		for _, mark := range marks {
			if seen[mark] || cells.Width(mark) != cells.Width(marks[0]) || cells.Clean(mark) != mark {
				t.Fatalf("mark %q among %q", mark, marks)
			}
			seen[mark] = true
		}
	})
}
