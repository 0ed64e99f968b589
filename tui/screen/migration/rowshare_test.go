package migration_test

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"strata/model"
	"strata/model/words"
	"strata/tui/action"
	"strata/tui/theme"
)

// A share that a sentence tells beside both its counts is that of these counts: only
// the shares of a table are made to add up.
func TestASentenceRoundsTheShareOfItsCounts(t *testing.T) {
	t.Parallel()
	told := regexp.MustCompile(`([\d,]+) of (?:the )?([\d,]+) (?:customers? in|still there)[^(]*\(([^)]*%)\)`)
	count := func(text string) int64 {
		n, _ := strconv.ParseInt(strings.ReplaceAll(text, ",", ""), 10, 64)
		return n
	}
	b, said := moved(t), 0
	for _, ago := range []model.Day{30, 60, 90, 150} {
		s := show(t, b, theme.New(true, theme.None), 200, 57)
		onDay(t, s, (b.Frame().AsOf - ago).String())
		for range 14 {
			s.Do(action.FlowUp)
			s.Do(action.FlowLeft)
		}
		for range 11 {
			for range 11 {
				if m := told.FindStringSubmatch(strings.Join(s.Do(action.Explain).Read.Paragraphs, " ")); m != nil {
					said++
					if want := words.Share(count(m[1]), count(m[2])); m[3] != want {
						t.Errorf("%s, want %s", m[0], want)
					}
				}
				s.Do(action.FlowRight)
			}
			for range 14 {
				s.Do(action.FlowLeft)
			}
			s.Do(action.FlowDown)
		}
	}
	if said < 20 {
		t.Errorf("%d sentences tell a share", said)
	}
}
