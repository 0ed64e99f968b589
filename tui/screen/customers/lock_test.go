package customers_test

import (
	"strings"
	"testing"

	"strata/model"
	"strata/tui/action"
	"strata/tui/screen"
	"strata/tui/theme"
)

// option chooses what begins with a title.
func (p *page) option(title string) *page {
	p.tb.Helper()
	if p.last.Choose == nil {
		p.tb.Fatalf("nothing to choose from for %q", title)
	}
	for _, o := range p.last.Choose.Options {
		if strings.HasPrefix(o.Title, title) && o.Reason == "" {
			p.took(o.Choose())
			return p
		}
	}
	p.tb.Fatalf("%q is not offered in %+v", title, p.last.Choose.Options)
	return p
}

// answer types an answer to what is asked.
func (p *page) answer(what, text string) *page {
	p.tb.Helper()
	if p.last.Ask == nil || p.last.Ask.Text != what {
		p.tb.Fatalf("asked is %+v, not %q", p.last.Ask, what)
	}
	p.took(p.last.Ask.Answer(text))
	return p
}

// Locking is one edit, with who says so and why; the list and the profile tell
// it, and letting go takes it back.
func TestLockingAPerson(t *testing.T) {
	t.Parallel()
	b := bench(t, 200)
	p := open(t, b, theme.New(true, theme.None), 120, 34)
	p.do(action.PersonLock).option("lock in LOW").option("until another day")
	if o := p.last.Ask.Answer("1999-01-01"); o.Err == nil {
		t.Error("a day before the as-of day is taken")
	}
	if p.answer("the last as-of day it applies to", "2999-12-31"); p.last.Ask.Needed != "a reason" {
		t.Errorf("a lock without %q is taken", p.last.Ask.Needed)
	}
	p.answer("reason", "moved away").answer("author", "LM")
	f := b.Frame().Scheme.Fair
	if len(f.Overrides) != 1 || f.Overrides[0].Tier != model.TierLow || f.Overrides[0].Reason != "moved away" || f.Overrides[0].Author != "LM" || f.Overrides[0].Until.String() != "2999-12-31" {
		t.Fatalf("overrides %+v", f.Overrides)
	}
	key := f.Overrides[0].Customer
	if p.last.Note != "customer "+key+" locked in LOW" || !p.last.Edited {
		t.Errorf("told %+v", p.last)
	}
	p.took(p.Show(b.Frame()))
	p.do(action.PersonOpen)
	text := strings.Join(p.Lines(), "\n")
	for _, want := range []string{"by an override", "2999-12-31", "away (LM)"} {
		if !strings.Contains(text, want) {
			t.Errorf("the profile lacks %q:\n%s", want, text)
		}
	}
	// The same person once more, from the profile: one override, its reason offered again.
	p.do(action.PersonLock).option("lock in MID").option("for good")
	if p.last.Ask.Value != "moved away" {
		t.Errorf("offered %q", p.last.Ask.Value)
	}
	p.answer("reason", "back again").answer("author", "LM")
	if f := b.Frame().Scheme.Fair; len(f.Overrides) != 1 || f.Overrides[0].Tier != model.TierMid || f.Overrides[0].Until != model.NoDay {
		t.Errorf("overrides %+v", f.Overrides)
	}
	p.do(action.PersonLock).option("unlock: " + key + " in MID: back again (LM)")
	if len(b.Frame().Scheme.Fair.Overrides) != 0 || p.last.Note != "customer "+key+" unlocked" {
		t.Errorf("overrides %+v, told %q", b.Frame().Scheme.Fair.Overrides, p.last.Note)
	}
	label, _, _ := b.Undo()
	if label != "customer "+key+" unlocked" || len(b.Frame().Scheme.Fair.Overrides) != 1 {
		t.Errorf("undone %q", label)
	}
}

// There is nothing to let go of, and nobody to lock in an empty list.
func TestLockingNobody(t *testing.T) {
	t.Parallel()
	b := bench(t, 50)
	p := open(t, b, theme.New(true, theme.None), 80, 22)
	p.do(action.PersonLock)
	options := p.last.Choose.Options
	if free := options[len(options)-1]; free.Reason == "" {
		t.Errorf("offered %+v", free)
	}
	p.last = screen.Outcome{}
	p.do(action.Filter).write("nobody at all").do(action.PersonLock)
	if p.last.Choose != nil {
		t.Errorf("offered %+v", p.last.Choose)
	}
}
