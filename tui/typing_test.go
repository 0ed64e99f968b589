package tui

import (
	"slices"
	"strings"
	"testing"
	"time"

	"strata/model"
	"strata/tui/session"
	"strata/tui/session/memory"
)

// openReal is a workbench over random customers, as small as most terminals.
func openReal(t *testing.T) (*workbench, *session.Bench) {
	t.Helper()
	s, err := session.New(t.Context(), memory.New(21, 2_000))
	if err != nil {
		t.Fatal(err)
	}
	bench, err := s.OpenBench(t.Context(), nil, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	w, _ := open(t, Options{Load: instant(Loaded{Bench: bench, Info: s.Info()}, nil)}, model.Info{}, 80, 24)
	return w, bench
}

// cutsOf writes the cuts of a measure as they are typed.
func cutsOf(b *session.Bench, a model.Axis) []string {
	var all []string
	for i := range b.Frame().Cuts[a] {
		all = append(all, b.Typed(session.CutID{Axis: a, Index: i}))
	}
	return all
}

// A decimal comma is one, a comma that groups thousands says so while it is typed.
func TestADecimalCommaIsOne(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{"650,5": "650.5", "650.5": "650.5", "1,250": "1250", "1.250,5": "1250.5"} {
		w, bench := openReal(t)
		press(w, "pgdown", "pgdown", "enter", typed)
		expect(t, w, "= above £"+map[string]string{"650.5": "650.50", "1250": "1,250", "1250.5": "1,250.50"}[want])
		press(w, "enter")
		for w.palette != nil { // cuts are in the way
			press(w, "enter")
		}
		if got := cutsOf(bench, model.Monetary)[3]; got != want {
			t.Errorf("%s puts the cut at %s, want %s", typed, got, want)
		}
	}
	w, bench := openReal(t)
	before := cutsOf(bench, model.Frequency)
	press(w, "pgdown", "enter", "2,5", "enter")
	expect(t, w, `"2,5" is not a whole number of orders`)
	if got := cutsOf(bench, model.Frequency); !slices.Equal(got, before) {
		t.Errorf("frequency at %q", got)
	}
	press(w, "esc", "S", "high  cost", "enter", "3,5")
	expect(t, w, "= 3.5")
	press(w, "enter")
	if got := bench.Frame().Services[0].ContactCost; got.String() != "3.50" {
		t.Errorf("a contact costs %s", got)
	}
	press(w, "esc", "f", "grace", "enter", "2,0", "enter")
	if got := bench.Frame().Scheme.Fair.Grace; got != 2 {
		t.Errorf("grace %d", got)
	}
}

// A recency cut can be typed as the day since when its customers ordered.
func TestARecencyCutTakesADay(t *testing.T) {
	t.Parallel()
	w, bench := openReal(t)
	asOf := bench.Frame().AsOf
	day := asOf - 30
	press(w, "enter", day.String())
	expect(t, w, "recency 5│4: score 5 up to (days or a date): "+day.String(), "= 30 days")
	press(w, "enter")
	if got := cutsOf(bench, model.Recency)[0]; got != "30" {
		t.Fatalf("the cut is at %s", got)
	}
	// Exactly those who ordered on that day or later score 5.
	list, err := bench.Roster().List(t.Context(), session.PeopleRequest{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	since := 0
	for i := range list.Len() {
		p := list.At(i)
		if (p.LastOrder >= day) != (p.Scores[model.Recency] == 5) {
			t.Fatalf("who ordered last on %s scores %d", p.LastOrder, p.Scores[model.Recency])
		}
		if p.LastOrder >= day {
			since++
		}
	}
	if since == 0 || since == list.Len() {
		t.Fatalf("%d of %d ordered since", since, list.Len())
	}
	press(w, "enter", "20")
	expect(t, w, "= since "+(asOf-20).String())
	press(w, "esc", "enter", asOf.String(), "enter")
	expect(t, w, asOf.String()+" is not before the as-of day "+asOf.String())
	press(w, "esc", "enter", "2011-13-01", "enter")
	expect(t, w, `"2011-13-01" is neither a whole number of days nor a day like `)
}

// Money that nobody gave back is not below zero: cuts that are pushed stay within
// what people have, stand closer where there is little room, and say whom they leave
// without anybody.
func TestPushedCutsOfMoneyStayWithinWhatPeopleHave(t *testing.T) {
	t.Parallel()
	w, bench := openReal(t)
	for typed, offered := range map[string][2]string{
		"4": {"push 3 cuts along; no customer has scores 2, 3, 4", "1 2 3 4"}, "1": {"push 3 cuts along; no customer has score 4", "0.4 0.6 0.8 1"},
	} {
		press(w, "pgdown", "pgdown", "enter", typed, "enter")
		expect(t, w, "In the way: score 4 begins above", offered[0])
		press(w, "enter")
		if got := strings.Join(cutsOf(bench, model.Monetary), " "); got != offered[1] {
			t.Errorf("%s typed, the cuts are at %s", typed, got)
		}
		press(w, "u", "pgup", "pgup")
	}
	press(w, "pgdown", "pgdown", "enter", "0.40", "enter")
	expect(t, w, "score 4 begins above", "room to push it along")
}

// A value beyond the next cut offers to push that along.
func TestATypedValuePushesTheCutsInItsWay(t *testing.T) {
	t.Parallel()
	w, bench := openReal(t)
	scheme := bench.Frame().Scheme.Clone() // frequency as in UCI Online Retail: 1 │ 2 │ 3 │ 4–6 │ 7+
	scheme.Cuts[model.Frequency] = model.AxisCuts{Method: model.MethodFixed, At: []model.Cut{
		model.WholeCut(1), model.WholeCut(2), model.WholeCut(3), model.WholeCut(6),
	}}
	if err := bench.Change("fixed", scheme); err != nil {
		t.Fatal(err)
	}
	w.show()
	press(w, "pgdown", "enter", "4", "enter")
	expect(t, w, "In the way: score 4 begins at 4 orders", "▸ push 4│3 to 3, 3│2 to 2 orders; no customer has score 2", "type another value")
	press(w, "down", "enter")
	expect(t, w, "frequency 5│4: score 5 from how many orders")
	press(w, "5", "enter")
	if got := cutsOf(bench, model.Frequency); !slices.Equal(got, []string{"2", "3", "4", "5"}) {
		t.Errorf("frequency at %q", got)
	}
	press(w, "enter", "4", "enter", "enter")
	if got := cutsOf(bench, model.Frequency); !slices.Equal(got, []string{"2", "2", "3", "4"}) {
		t.Errorf("frequency at %q", got)
	}
	expect(t, w, "pushed 4│3 to 3, 3│2 to 2 orders; no customer has score 2 then")
	press(w, "u") // one edit
	if got := cutsOf(bench, model.Frequency); !slices.Equal(got, []string{"2", "3", "4", "5"}) {
		t.Errorf("taken back, frequency at %q", got)
	}
	press(w, "pgup", "enter", "500000", "enter") // beyond the end of the measure
	expect(t, w, "score 5 cannot end at 500,000 days: the most any customer has is")
	press(w, "esc", "pgdown", "pgdown", "pgdown", "enter", "7", "enter")
	expect(t, w, "In the way: MID begins at 8", "▸ push MID to 6")
	press(w, "enter")
	if got := bench.Frame().Scheme.Value.Cuts; got != [2]int{6, 7} {
		t.Errorf("value cuts %d", got)
	}
}
