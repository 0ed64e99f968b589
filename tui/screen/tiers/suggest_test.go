package tiers

import (
	"strings"
	"testing"
	"time"

	"strata/model"
	"strata/tui/action"
	"strata/tui/session"
	"strata/tui/session/memory"
	"strata/tui/theme"
)

// TestAMethodIsChosenAndProposes follows m to the proposal of every method,
// which changes nothing, and to the reason why there is none.
func TestAMethodIsChosenAndProposes(t *testing.T) {
	t.Parallel()
	s, err := session.New(t.Context(), memory.New(1, 700))
	if err != nil {
		t.Fatal(err)
	}
	bench, err := s.OpenBench(t.Context(), nil, func() time.Time { return time.Unix(0, 0) })
	if err != nil {
		t.Fatal(err)
	}
	screen := New("GBP", theme.New(true, theme.None))
	screen.SetSize(120, 36)
	screen.Open(bench, "GBP")
	before := bench.Frame()
	options := screen.Do(action.Suggest).Choose.Options
	for i, m := range session.SuggestMethods() {
		if o := options[i]; !strings.HasPrefix(o.Title, m.Slug+": ") || o.Reason != "" {
			t.Errorf("%s is offered as %q (%s)", m.Slug, o.Title, o.Reason)
		}
		out := screen.Took(options[i].Choose().Work(t.Context()))
		if out.Err != nil || out.Propose == nil || out.Propose.Method != m.Slug {
			t.Errorf("%s comes to %+v", m.Slug, out)
		}
	}
	if len(options) != len(session.SuggestMethods()) || bench.Frame() != before {
		t.Error("a suggestion changed something")
	}
	eleven, err := session.PresetNamed("eleven")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := bench.Use(eleven); err != nil {
		t.Fatal(err)
	}
	if out := screen.Took(screen.suggest("mean").Work(t.Context())); model.CodeOf(out.Err) != model.Usage || out.Propose != nil {
		t.Errorf("two scores under a map of five come to %+v", out)
	}
}
