package tiers

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"strata/analysis/rfm"
	"strata/model"
	"strata/model/words"
	"strata/tui/action"
	"strata/tui/screen"
	"strata/tui/session"
	"strata/tui/session/memory"
	"strata/tui/theme"
)

// opened is the screen over a workspace of random customers.
func opened(t *testing.T, width, height int) (*Screen, *session.Bench) {
	t.Helper()
	store, err := session.New(t.Context(), memory.New(3, 800))
	if err != nil {
		t.Fatal(err)
	}
	bench, err := store.OpenBench(t.Context(), nil, func() time.Time { return time.Unix(0, 0) })
	if err != nil {
		t.Fatal(err)
	}
	s := New("GBP", theme.New(true, theme.None))
	s.SetSize(width, height)
	s.Open(bench, "GBP")
	return s, bench
}

// settle does the work that the root would have done once the keys rest.
func settle(t *testing.T, s *Screen, o screen.Outcome) {
	t.Helper()
	if o.Work == nil {
		t.Fatal("there is nothing to work out")
	}
	s.Took(o.Work(t.Context()))
}

// facts returns the line with the facts about the marked cut, or "".
func facts(drawn string) string {
	for l := range strings.Lines(drawn) {
		if strings.Contains(l, "▸ ") {
			left, _, _ := strings.Cut(l, "││")
			return left
		}
	}
	return ""
}

func TestTheFactsAreThoseOfTheLineWhereItStands(t *testing.T) {
	t.Parallel()
	s, bench := opened(t, 160, 45)
	if l := facts(draw(t, "opening", s, 160, 45)); l != "" {
		t.Errorf("facts before anything is known: %s", l)
	}
	settle(t, s, s.Show(bench.Frame()))
	for _, c := range s.fragile.figures.Cuts {
		if c.Up.Customers > 0 && c.ID.Axis == model.Monetary && c.ID.Index < 3 {
			s.cut = c.ID
		}
	}
	told := func() string { return facts(draw(t, "settled", s, 160, 45)) }
	want := func() string {
		figures, err := bench.Standing().Sensitivity(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		c, _ := figures.Of(s.cut)
		if c.Up.Customers == 0 {
			return "▸ nobody"
		}
		return "▸ " + words.Customers(c.Up.Customers) + " (" + words.Brief(c.Up.Revenue, "£") + ")"
	}
	if got, want := told(), want(); !strings.Contains(got, want) || !strings.Contains(got, " a step") {
		t.Fatalf("%q does not tell %q", got, want)
	}
	if again := s.Show(bench.Frame()); again.Work != nil {
		t.Error("what is known is worked out again")
	}

	strip := func() string {
		lines := strings.Split(draw(t, "moving", s, 160, 45), "\n")
		m := &s.memo.measures[measureOf(s.cut)]
		row, _, _ := strings.Cut(lines[m.top+1+m.slider.Rows+1], "││")
		return row
	}
	before := strip()
	s.Do(action.StepRight)
	if l := told(); l != "" {
		t.Errorf("the cut has moved and still it says %q", l)
	}
	if got := strip(); got != before || !strings.ContainsAny(got, "▁▂▃▄▅▆▇█") {
		t.Errorf("the strip of a cut changes with where it stands:\n%q\n%q", before, got)
	}
	s.Do(action.CutUp)
	if l := strip(); strings.ContainsAny(l, "▁▂▃▄▅▆▇█") {
		t.Errorf("the strip of a cut whose neighbour has moved: %q", l)
	}
	s.Do(action.CutDown)
	settle(t, s, s.Show(bench.Frame()))
	if got, want := told(), want(); !strings.Contains(got, want) {
		t.Errorf("%q does not tell %q", got, want)
	}
	if text := strings.Join(s.explain().Paragraphs, " "); !strings.Contains(text, "One step up, to £") || !strings.Contains(text, " on the line, with exactly ") {
		t.Errorf("it is explained as %q", text)
	}
}

func TestTheStripIsPutAwayAndFetchedBack(t *testing.T) {
	t.Parallel()
	s, bench := opened(t, 160, 45)
	settle(t, s, s.Show(bench.Frame()))
	shown := func() bool { return facts(draw(t, "strip", s, 160, 45)) != "" }
	if out := s.Do(action.Fragile); shown() || out.Note == "" || out.Work != nil {
		t.Errorf("it is not put away: %+v", out)
	}
	s.Do(action.StepRight)
	if out := s.Show(bench.Frame()); out.Work != nil {
		t.Error("what is put away is worked out")
	}
	settle(t, s, s.Do(action.Fragile))
	if !shown() {
		t.Error("it is not fetched back")
	}
}

func TestFactsStandInTheStatusWhereThereIsNoRoom(t *testing.T) {
	t.Parallel()
	s, bench := opened(t, 80, 13)
	settle(t, s, s.Show(bench.Frame()))
	if l := facts(draw(t, "low", s, 80, 13)); l != "" {
		t.Errorf("facts without room: %s", l)
	}
	if got := s.Focused(); !strings.Contains(got, " · ◂ ") || !strings.Contains(got, " ▸ ") {
		t.Errorf("the status tells %q", got)
	}
	s.SetSize(160, 45)
	if got := s.Focused(); strings.Contains(got, "◂") {
		t.Errorf("it is told twice: %q", got)
	}
}

// Every cut of every kind of scheme can be drawn with its strip and explained.
func TestEveryLineIsDrawnWithItsStrip(t *testing.T) {
	t.Parallel()
	s, bench := opened(t, 80, 22)
	for _, name := range []string{"ten", "value", "eleven", "rfm-r", "ntile", "nine"} {
		scheme, err := session.PresetNamed(name)
		if err != nil {
			scheme = model.Ten()
			if name == "nine" {
				scheme.Levels = [model.Axes]int{9, 9, 9}
			}
			for a := range scheme.Cuts {
				if name == "ntile" {
					scheme.Cuts[a].Method = model.MethodNTile
				}
			}
		}
		scheme.Name = name
		if err := bench.Change(name, scheme); err != nil {
			t.Fatal(err)
		}
		s.Open(bench, "GBP")
		settle(t, s, s.Show(bench.Frame()))
		for range cuts(bench.Frame()) {
			for _, size := range [][2]int{{60, 13}, {80, 22}, {100, 30}, {120, 34}, {200, 58}} {
				s.SetSize(size[0], size[1])
				draw(t, name, s, size[0], size[1])
			}
			explained(t, name, s)
			if splits := strings.Contains(strings.Join(s.explain().Paragraphs, " "), "no line"); splits != (!s.cut.Value && bench.Frame().Spans[s.cut.Axis].Torn()) {
				t.Errorf("%s %+v: no line is %v", name, s.cut, splits)
			}
			s.Do(action.CutDown)
		}
		for range cuts(bench.Frame()) {
			s.Do(action.CutUp)
		}
	}
}

// However narrow the strip is, one of its figures says what they count.
func TestTheFactsHaveANoun(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{80, 21}, {120, 33}, {160, 45}} {
		s, bench := opened(t, size[0], size[1])
		if _, err := bench.Step(s.cut, 20); err != nil {
			t.Fatal(err)
		}
		settle(t, s, s.Show(bench.Frame()))
		if !s.stripFits() {
			t.Fatalf("%v: no room for the strip", size)
		}
		if l := facts(draw(t, "noun", s, size[0], size[1])); !strings.Contains(l, " customer") {
			t.Errorf("%v: %s", size, l)
		}
	}
}

// Where the next customer stands some steps away, it is told where the cut would have
// to stand: nobody is said to have that value.
func TestWhereTheFirstWouldMoveIsAPlaceOfTheCut(t *testing.T) {
	t.Parallel()
	s, _ := opened(t, 160, 45)
	s.cut = session.CutID{Axis: model.Recency, Index: 1}
	step := session.StepSensitivity{Reclassified: session.Reclassified{OK: true, To: model.WholeCut(13)}}
	next := session.Reclassified{OK: true, To: model.WholeCut(12), Typed: model.WholeCut(12), Flow: rfm.Flow{Customers: 12}}
	want := "One step down, to 13 days, reclassifies nobody; with the cut at 12 days, 12 customers would move."
	if got := s.stepInWords(session.CutSensitivity{ID: s.cut}, "down", step, next); got != want {
		t.Errorf("it says %q", got)
	}
}

// A step leads to where the status line then says that the cut is.
func TestAStepIsToldByTheRangeItLeadsTo(t *testing.T) {
	t.Parallel()
	s, bench := opened(t, 160, 45)
	s.cut = session.CutID{Axis: model.Frequency, Index: 2}
	settle(t, s, s.Show(bench.Frame()))
	told := strings.Join(s.explainFragile(), " ")
	if _, err := bench.Step(s.cut, +1); err != nil {
		t.Fatal(err)
	}
	s.Show(bench.Frame())
	_, place, ok := strings.Cut(s.at(s.cut), "from ")
	if !ok || !strings.Contains(told, "One step up, to "+place+",") {
		t.Errorf("after a step the cut is %q; told was %q", s.at(s.cut), told)
	}
}

// The strip says that fair rules are not applied, and that nested cuts are held;
// beside a neighbouring cut it says what is in the way.
func TestTheStripSaysWhatItLeavesOut(t *testing.T) {
	t.Parallel()
	fair, nested := model.Ten(), model.Ten()
	fair.Name, fair.Fair.Grace = "fair", 3
	nested.Name, nested.Cuts[model.Monetary].Method = "nested", model.MethodNested
	for _, c := range []struct {
		scheme         model.Scheme
		strip, explain string
	}{
		{fair, "by scores alone", "is counted by scores alone: fair rules are not applied."},
		{nested, "nested cuts held", "The nested cuts within this measure are held for this"},
	} {
		for _, size := range [][2]int{{80, 21}, {160, 45}} {
			s, bench := opened(t, size[0], size[1])
			if err := bench.Change(c.scheme.Name, c.scheme); err != nil {
				t.Fatal(err)
			}
			s.cut = session.CutID{Axis: model.Recency}
			settle(t, s, s.Show(bench.Frame()))
			if l := facts(draw(t, "facts", s, size[0], size[1])); !strings.Contains(l, c.strip) {
				t.Errorf("%s, %v: %q does not say %q", c.scheme.Name, size, l, c.strip)
			}
			if text := strings.Join(s.explain().Paragraphs, " "); !strings.Contains(text, c.explain) {
				t.Errorf("%s: it is explained as %q", c.scheme.Name, text)
			}
		}
	}
	s, bench := opened(t, 160, 45)
	between := model.Ten()
	between.Name, between.Cuts[model.Frequency] = "between", model.AxisCuts{Method: model.MethodFixed, At: []model.Cut{
		model.WholeCut(1), model.WholeCut(2), model.WholeCut(3), model.WholeCut(4),
	}}
	if err := bench.Change("between", between); err != nil {
		t.Fatal(err)
	}
	s.cut = session.CutID{Axis: model.Frequency, Index: 1}
	settle(t, s, s.Show(bench.Frame()))
	if l := facts(draw(t, "between", s, 160, 45)); !strings.Contains(l, "next cut") || strings.Contains(l, "no room") {
		t.Errorf("it is not said what is in the way: %q", l)
	}
	if text := strings.Join(s.explain().Paragraphs, " "); !strings.Contains(text, "is in the way, so how certain the line is on that side is not known.") {
		t.Errorf("it is explained as %q", text)
	}
}

// Where groups of equal size tear a tie, the status says among whom a cut goes: those
// with that value are on both sides of it.
func TestTheStatusTellsATornTie(t *testing.T) {
	t.Parallel()
	s, bench := opened(t, 120, 34)
	scheme := model.Ten()
	for a := range scheme.Cuts {
		scheme.Cuts[a].Method = model.MethodNTile
	}
	if err := bench.Change("ntile", scheme); err != nil {
		t.Fatal(err)
	}
	s.Open(bench, "GBP")
	settle(t, s, s.Show(bench.Frame()))
	s.cut = session.CutID{Axis: model.Frequency, Index: 3}
	spans, cut := bench.Frame().Spans[model.Frequency], bench.Frame().Cuts[model.Frequency][3].Whole
	if spans[3].High != cut || spans[4].Low != cut {
		t.Fatalf("no tie is torn at %d: %+v", cut, spans)
	}
	if got, want := s.Focused(), fmt.Sprintf("frequency 5│4 among %d orders", cut); got != want {
		t.Errorf("the status tells %q, want %q", got, want)
	}
	step := scheme.Clone()
	step.Cuts[model.Frequency] = model.AxisCuts{Method: model.MethodFixed, At: bench.Frame().Cuts[model.Frequency]}
	if err := bench.Change("fixed", step); err != nil {
		t.Fatal(err)
	}
	settle(t, s, s.Show(bench.Frame()))
	if got, want := s.Focused(), fmt.Sprintf("frequency 5│4 from %d orders", cut+1); !strings.HasPrefix(got, want) {
		t.Errorf("fixed, the status tells %q, want %q", got, want)
	}
}
