package tiers

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"strata/model"
	"strata/model/words"
	"strata/tui/action"
	"strata/tui/screen"
	"strata/tui/session"
	"strata/tui/session/memory"
	"strata/tui/theme"
)

// openOn opens the screen on a workspace.
func openOn(t *testing.T, store *memory.Store, width, height int) (*Screen, *session.Bench) {
	t.Helper()
	s, err := session.New(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	bench, err := s.OpenBench(t.Context(), nil, func() time.Time { return time.Unix(0, 0) })
	if err != nil {
		t.Fatal(err)
	}
	screen := New("GBP", theme.New(true, theme.None))
	screen.Open(bench, "GBP")
	screen.SetSize(width, height)
	return screen, bench
}

// choose chooses the option whose title begins so.
func choose(t *testing.T, o screen.Outcome, title string) screen.Outcome {
	t.Helper()
	if o.Choose != nil {
		for _, option := range o.Choose.Options {
			if strings.HasPrefix(option.Title, title) && option.Reason == "" {
				return option.Choose()
			}
		}
	}
	t.Fatalf("%q is not offered in %+v", title, o.Choose)
	return screen.Outcome{}
}

// text is what the screen shows.
func text(s *Screen) string { return ansi.Strip(strings.Join(s.Lines(), "\n")) }

// shows holds the screen against what it must show.
func shows(t *testing.T, s *Screen, wants ...string) {
	t.Helper()
	shown := text(s)
	for _, want := range wants {
		if !strings.Contains(shown, want) {
			t.Errorf("%q is not on the screen:\n%s", want, shown)
		}
	}
}

// Rules about falling are set, shown, switched off and on; each is one edit, and
// those who are kept can be listed.
func TestFairRulesOnTiers(t *testing.T) {
	t.Parallel()
	s, bench := openOn(t, memory.New(4, 600), 120, 34)
	menu := s.Do(action.Fair)
	if first := menu.Choose.Options[0]; menu.Choose.Title != "Fair rules: none" || first.Reason == "" {
		t.Errorf("menu %+v", menu.Choose)
	}
	grace := choose(t, menu, "grace 0").Ask
	for _, wrong := range []string{"two", "-1", "61"} {
		if grace.Answer(wrong).Err == nil {
			t.Errorf("a grace of %s is taken", wrong)
		}
	}
	o := grace.Answer("2")
	if !o.Edited || !strings.HasPrefix(o.Note, "grace 0 → 2: ") || !strings.Contains(o.Note, " customers kept, with £") {
		t.Errorf("told %+v", o)
	}
	shows(t, s, "fair rules keep ", "Kept in ", " by grace", "workload, assumed: advisers for HIGH ", "promised 1 h: ")
	s.SetSize(80, 20)
	shows(t, s, " more rows ")
	s.SetSize(120, 34)

	for row, g := range s.rows() {
		if s.pane, s.row = groupsPane, row; strings.HasPrefix(g.Slug, "kept-") {
			told := strings.Join(s.Do(action.Explain).Read.Paragraphs, " ")
			if !strings.Contains(told, "fair rules keep them here (grace 2 months · looking back 12 months)") || !strings.Contains(told, "without them the tiers are HIGH ") {
				t.Errorf("%s: %s", g.Slug, told)
			}
		}
	}
	s.pane = thresholdsPane

	history := choose(t, s.Do(action.Fair), "history 12: how many months").Ask
	for _, wrong := range []string{"1", "121"} { // less than the grace, more than anybody needs
		if history.Answer(wrong).Err == nil {
			t.Errorf("a history of %s is taken", wrong)
		}
	}
	if o := history.Answer("24"); !o.Edited || !strings.HasPrefix(o.Note, "history 12 → 24") || bench.Frame().Scheme.Fair.MonthsBack() != 24 {
		t.Errorf("told %+v", o)
	}
	choose(t, s.Do(action.Fair), "history 24").Ask.Answer("12")

	menu = s.Do(action.Fair)
	people := choose(t, menu, "list the ").People
	if people == nil || !strings.HasPrefix(people.Segment, "kept-") {
		t.Errorf("people %+v", people)
	}
	if o := choose(t, menu, "switch off"); o.Note != "fair rules switched off" {
		t.Errorf("told %q", o.Note)
	}
	if shown := text(s); strings.Contains(shown, "Kept in ") || strings.Contains(shown, "fair rules keep") {
		t.Errorf("switched off:\n%s", shown)
	}
	choose(t, s.Do(action.Fair), "switch on")
	shows(t, s, "Kept in ")
	if label, _, _ := bench.Undo(); label != "fair rules switched on" {
		t.Errorf("undone %q", label)
	}
}

func TestOverridesAreListed(t *testing.T) {
	t.Parallel()
	s, bench := openOn(t, memory.New(4, 100), 80, 22)
	until := bench.Frame().AsOf - 1
	if err := bench.SetFair("locked", model.Fairness{Overrides: []model.Override{
		{Customer: "c5", Tier: model.TierHigh, Until: model.NoDay, Reason: "key account", Author: "LM"},
		{Customer: "c6", Tier: model.TierLow, Until: until},
		{Customer: "nobody", Tier: model.TierLow, Until: model.NoDay},
	}}); err != nil {
		t.Fatal(err)
	}
	s.Show(bench.Frame())
	read := choose(t, s.Do(action.Fair), "overrides: 1 of 3 customers locked by hand in force").Read
	told := strings.Join(read.Paragraphs, "\n")
	for _, want := range []string{"c5 in HIGH: key account (LM)", "c6 in LOW until " + until.String() + " · expired", "not in the workspace: nobody"} {
		if !strings.Contains(told, want) {
			t.Errorf("%q is missing in\n%s", want, told)
		}
	}
}

// lateBench has a past that has to be measured first, and rules that wait for
// the keys.
type lateBench struct {
	*session.Bench
	measured bool
	pending  bool
}

func (b *lateBench) FairWork(model.Fairness) func(context.Context) error {
	return func(context.Context) error { b.measured = true; return nil }
}

func (b *lateBench) Frame() *session.Frame {
	f := *b.Bench.Frame()
	if b.pending && f.Kept != nil {
		f.Kept = &session.Kept{Pending: true}
	}
	return &f
}

// Many customers are measured beside the keys, and a frame that lacks those who
// are kept says so at every size.
func TestManyCustomersAreMeasuredBesideTheKeys(t *testing.T) {
	t.Parallel()
	s, bench := openOn(t, memory.New(4, 600), 120, 34)
	late := &lateBench{Bench: bench}
	s.Open(late, "GBP")
	o := choose(t, s.Do(action.Fair), "grace 0").Ask.Answer("2")
	if o.Work == nil || o.Busy == "" || bench.Frame().Kept != nil {
		t.Fatalf("outcome %+v", o)
	}
	if o = s.Took(o.Work(t.Context())); o.Err != nil || !late.measured || bench.Frame().Kept == nil {
		t.Fatalf("outcome %+v", o)
	}
	late.pending = true
	s.Show(late.Frame())
	for _, size := range [][2]int{{80, 22}, {120, 34}, {200, 58}} {
		s.SetSize(size[0], size[1])
		shows(t, s, "kept: …")
	}
	shows(t, s, "fair rules keep: …")
}

// What tiers are promised is changed field by field, and shown at once.
func TestServicesOnTiers(t *testing.T) {
	t.Parallel()
	store := memory.New(4, 600)
	s, bench := openOn(t, store, 120, 34)
	menu := s.Do(action.Services)
	if len(menu.Choose.Options) != 15 || !strings.Contains(menu.Choose.Title, "assumed") {
		t.Errorf("menu %+v", menu.Choose)
	}
	ask := choose(t, menu, "HIGH  an answer within").Ask
	if o := ask.Answer("soon"); o.Err == nil || !strings.Contains(o.Err.Error(), "like 30m, 1h or 2d") {
		t.Errorf("error %v", o.Err)
	}
	o := ask.Answer("45m")
	if o.Err != nil || o.Choose == nil || strings.Contains(o.Choose.Title, "assumed") {
		t.Fatalf("outcome %+v", o)
	}
	if o.Note != "HIGH: an answer within 1 h → 45 m; undo does not affect this" {
		t.Errorf("told %q", o.Note)
	}
	if o = choose(t, o, "LOW   cost per contact").Ask.Answer("1.50"); o.Err != nil {
		t.Fatal(o.Err)
	}
	if o = choose(t, o, "LOW   cost per contact").Ask.Answer("1.5"); o.Err != nil || o.Note != "" {
		t.Errorf("what stays is told %q, %v", o.Note, o.Err)
	}
	shows(t, s, "workload, partly assumed: advisers for HIGH ", "promised 45 m: ")
	s.SetSize(200, 58)
	shows(t, s, "workload, partly assumed: advisers for HIGH ", "promised 45 m: ", "contacts ", " a month", "hours ", "cost of LOW alone £")
	if _, err := bench.Step(session.CutID{Value: true, Index: 1}, -1); err != nil {
		t.Fatal(err)
	}
	s.Show(bench.Frame())
	w := bench.Frame().Workload()
	if w.Was.Advisers == w.Now.Advisers && w.Was.Contacts == w.Now.Contacts {
		t.Fatal("the workload does not follow the cut")
	}
	shows(t, s, "45 m: "+fromTo(words.Count(w.PromisesWas[0].Customers), words.Count(w.Promises[0].Customers)))
	s.pane, s.row = groupsPane, 0
	if told := strings.Join(s.Do(action.Explain).Read.Paragraphs, " "); !strings.Contains(told, "An answer is promised within 45 m, with 2 contacts of 15 minutes each per customer per month, and an adviser for every 125 customers. That is ") {
		t.Errorf("explained: %s", told)
	}
	if err := bench.Close(); err != nil || len(store.Promises) != 3 || store.Promises[0].Promise != 45 {
		t.Errorf("stored %+v, %v", store.Promises, err)
	}
}

// A band wider than the value score would keep everybody.
func TestABandIsNotWiderThanTheValueScore(t *testing.T) {
	t.Parallel()
	s, _ := openOn(t, memory.New(4, 600), 120, 34)
	ask := choose(t, s.Do(action.Fair), "band").Ask
	if o := ask.Answer("13"); o.Err == nil || o.Err.Error() != "a band of 13 keeps all customers: the value score goes from 3 to 15; use 0 to 12" {
		t.Errorf("13 is answered %v", o.Err)
	}
	if o := ask.Answer("12"); o.Err != nil {
		t.Errorf("12 is answered %v", o.Err)
	}
}

// What there is no room for leaves a mark.
func TestWhatTheBandLeavesOutLeavesAMark(t *testing.T) {
	t.Parallel()
	th := theme.New(true, theme.None)
	phrases := []phrase{{"first ", "1"}, {"second ", "2"}, {"third ", "3"}}
	for width, want := range map[int]string{
		40: "first 1   ·   second 2   ·   third 3",
		35: "first 1   ·   second 2 …",
		23: "first 1 …",
	} {
		lines, _ := flow(th, phrases, width, 1, none)
		if got := strings.TrimRight(ansi.Strip(lines[0]), " "); got != want {
			t.Errorf("%d cells: %q, want %q", width, got, want)
		}
	}
	if _, placed := flow(th, phrases, 20, 2, none); placed != 2 {
		t.Errorf("%d placed on two lines", placed)
	}
}

// The band gives every kind of news a line before one has its second, at any
// height.
func TestTheBandIsShared(t *testing.T) {
	t.Parallel()
	s, bench := openOn(t, memory.New(4, 600), 80, 22)
	if err := bench.SetFair("grace", model.Fairness{Grace: 2}); err != nil {
		t.Fatal(err)
	}
	s.Show(bench.Frame())
	for height := 1; height <= 12; height++ {
		lines := s.paragraphs(76, height)
		if len(lines) > height {
			t.Fatalf("%d lines in %d", len(lines), height)
		}
		all := ansi.Strip(strings.Join(lines, "\n"))
		for i, want := range []string{"%) move", "→ Kept in", "fair rules keep", "workload"} {
			if shown := strings.Contains(all, want); shown != (height > i && (want != "workload" || height >= workloadFrom)) {
				t.Errorf("%d lines: %q is shown %v:\n%s", height, want, shown, all)
			}
		}
	}
}
