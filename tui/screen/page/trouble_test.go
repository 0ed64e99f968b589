package page_test

import (
	"context"
	"strings"
	"testing"

	"strata/model"
	"strata/model/answer"
	"strata/tui/action"
	"strata/tui/screen/page"
	"strata/tui/session"
	"strata/tui/session/question"
	"strata/tui/theme"
)

// A choice that cannot be answered is taken back, and no figures stand below a scheme that
// they are not of.
func TestWhatCannotBeAnswered(t *testing.T) {
	t.Parallel()
	b, broken := openBench(t), false
	q := &question.Question{
		Title: "Anything", Options: []question.Option{{Name: "of", Turn: question.Figure, Choices: []string{"apples", "pears"}}},
		Ask: func(_ context.Context, _ *session.Standing, chosen question.Chosen) (*answer.Document, error) {
			if broken || chosen["of"] == "pears" {
				return nil, model.Errorf(model.Usage, "no pears today")
			}
			rows := answer.Slice[int]{4711}
			return new(answer.Document).Table(answer.TableOf("shown", rows, []answer.Column[int]{{Title: "apples", In: answer.Shown, Of: func(n int) answer.Value { return answer.Count(n) }}}), answer.Shown), nil
		},
	}
	s := page.New(q, "GBP", theme.New(true, theme.None))
	s.Open(b, "GBP")
	s.SetSize(80, 21)
	work(t, s, s.Show(b.Frame()))
	has := func(want, not string) {
		t.Helper()
		if all := strings.Join(drawn(s), "\n"); !strings.Contains(all, want) || strings.Contains(all, not) {
			t.Errorf("the page should have %q, and not %q:\n%s", want, not, all)
		}
	}
	for range 2 { // the choice is the same as before
		if o := s.Took(s.Do(action.AskFigure).Work(t.Context())); o.Err == nil {
			t.Fatal("pears are answered")
		}
		has("4,711", "no pears today")
	}
	broken = true
	if _, err := b.Step(session.CutID{Value: true, Index: 1}, -3); err != nil {
		t.Fatal(err)
	}
	if o := s.Took(s.Show(b.Frame()).Work(t.Context())); o.Err == nil {
		t.Fatal("answered, though it cannot be")
	}
	has("no pears today", "4,711")
	s.Do(action.Copy)
	s.Do(action.AskExport)
	broken = false
	work(t, s, s.Show(b.Frame()))
	has("4,711", "no pears today")
}
