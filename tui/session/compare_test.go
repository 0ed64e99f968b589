package session_test

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"strata/analysis/compare"
	"strata/analysis/rfm"
	"strata/model"
	"strata/tui/session"
)

// Two days of one scheme, and two schemes on two days: rows add up to before,
// columns to after, the parts of each group to its change.
func TestComparisonsAddUp(t *testing.T) {
	t.Parallel()
	store := newMemory(5, 800)
	s := openSession(t, store)
	eleven, _ := rfm.Preset("eleven")
	for _, c := range []struct {
		name          string
		before, after model.Scheme
		days          [2]model.Day
	}{
		{"two days", model.Ten(), model.Ten(), [2]model.Day{15_180, model.NoDay}},
		{"two presets", model.Ten(), eleven, [2]model.Day{model.NoDay, model.NoDay}},
		{"two presets on two days", eleven, model.Ten(), [2]model.Day{15_150, 15_250}},
		{"backwards", model.Ten(), model.Ten(), [2]model.Day{model.NoDay, 15_180}},
	} {
		c.before.Spec.AsOf, c.after.Spec.AsOf = c.days[0], c.days[1]
		got, err := s.Compare(t.Context(), c.before, c.after)
		if err != nil {
			t.Fatal(err)
		}
		was, is := segmentsOf(t, store, c.before), segmentsOf(t, store, c.after)
		checkSides(t, got, was, is)
		if (got.Split != nil) != (got.Before.AsOf != got.After.AsOf) {
			t.Errorf("%s: a split is there: %t", c.name, got.Split != nil)
		}
		if got.Split != nil {
			checkSplit(t, got)
		}
		moved := int64(0)
		for _, f := range got.Flows {
			moved += f.Customers
			checkCellPeople(t, got.Roster(), session.PeopleQuery{Was: f.Was, Segment: f.Flow.Now, Moved: true}, rfm.Flow{Customers: f.Customers, Revenue: f.Revenue})
		}
		if moved != got.Moved.Customers || moved == 0 || got.Stayed.Customers+moved+got.Moves.Entered.Customers != got.After.Total.Customers {
			t.Errorf("%s: %d move in flows, %d in all, %d stay, %d are new, of %d", c.name, moved, got.Moved.Customers,
				got.Stayed.Customers, got.Moves.Entered.Customers, got.After.Total.Customers)
		}
		checkOutside(t, got.Roster(), got.Moves)
	}
}

func checkSides(t *testing.T, c *session.Comparison, was, is map[int]segmentOf) {
	t.Helper()
	count := func(of map[int]segmentOf, slug string) (n rfm.Flow) {
		for _, p := range of {
			if p.slug == slug {
				n.Customers++
				n.Revenue += p.revenue
			}
		}
		return n
	}
	both := map[string]bool{}
	for _, g := range c.Segments {
		slug := g.Slug + " " + string(g.Tier)
		both[slug] = true
		if n := count(was, slug); n.Customers != g.Was.Customers || n.Revenue != g.Was.Revenue {
			t.Errorf("%s: %d worth %s before, want %v", g.Slug, g.Was.Customers, g.Was.Revenue, n)
		}
		if n := count(is, slug); n.Customers != g.Now.Customers || n.Revenue != g.Now.Revenue {
			t.Errorf("%s: %d worth %s after, want %v", g.Slug, g.Now.Customers, g.Now.Revenue, n)
		}
	}
	for _, p := range was {
		if !both[p.slug] {
			t.Fatalf("%s is not told", p.slug)
		}
	}
	stayed := 0
	for number, p := range is {
		if was[number].slug == p.slug {
			stayed++
		}
	}
	if int64(stayed) != c.Stayed.Customers {
		t.Errorf("%d stay, want %d", c.Stayed.Customers, stayed)
	}
}

func checkSplit(t *testing.T, c *session.Comparison) {
	t.Helper()
	check := func(groups []session.Group, parts []session.SplitGroup) {
		for i, g := range groups {
			p := parts[i]
			sum := p.Before.Customers + p.Behaviour.Customers + p.Rule.Customers + p.Both.Customers + p.New.Customers - p.Gone.Customers
			money := p.Before.Revenue + p.Behaviour.Revenue + p.Rule.Revenue + p.Both.Revenue + p.New.Revenue - p.Gone.Revenue
			if p.Slug != g.Slug || sum != p.After.Customers || money != p.After.Revenue ||
				p.Before.Customers != g.Was.Customers || p.After.Customers != g.Now.Customers || p.After.Revenue != g.Now.Revenue {
				t.Errorf("%s does not add up: %+v", g.Slug, p)
			}
		}
	}
	check(c.Segments, c.Split.Segments)
	check(c.Tiers, c.Split.Tiers)
	s := c.Split
	if s.Stayed.Customers+s.Back.Customers != c.Stayed.Customers || s.Behaviour.Customers+s.Rule.Customers+s.Both.Customers != c.Moved.Customers ||
		s.New != c.Moves.Entered || s.Gone != c.Moves.Left {
		t.Errorf("the split %+v does not fit %d who stay and %d who move", s.SplitCounts, c.Stayed.Customers, c.Moved.Customers)
	}
}

// With frozen cuts two days differ by behaviour alone; one day by the rule.
func TestFrozenCutsLeaveBehaviourAlone(t *testing.T) {
	t.Parallel()
	s := openSession(t, newMemory(5, 800))
	standing, err := s.Tiers(t.Context(), model.Ten())
	if err != nil {
		t.Fatal(err)
	}
	scheme := model.Ten()
	for a := range scheme.Cuts {
		scheme.Cuts[a].At = standing.Cuts[a]
	}
	before := scheme.Clone()
	before.Spec.AsOf = 15_180
	c, err := s.Compare(t.Context(), before, scheme)
	if err != nil {
		t.Fatal(err)
	}
	if c.Split.Rule != (rfm.Flow{}) || c.Split.Both != (rfm.Flow{}) || c.Split.Back != (rfm.Flow{}) || c.Split.Behaviour.Customers == 0 {
		t.Errorf("the rule is the same, but: %+v", c.Split.SplitCounts)
	}
	for _, f := range c.Flows {
		for _, r := range f.Reasons {
			if r.Cause != compare.ByData || !strings.Contains(r.Text, " is now ") {
				t.Fatalf("%s → %s: %s", f.From, f.To, r.Text)
			}
		}
	}
}

// The agreement of a frame is that of its people, segment by segment.
func TestAgreementOfAFrame(t *testing.T) {
	t.Parallel()
	b := openBench(t, newMemory(3, 500))
	same := session.MeasuresOf(b.Frame().Moves)
	if same.ARI != 1 || same.PSI != 0 || same.Stayed.Customers != same.Both || !same.ARIDefined || !same.PSIDefined || same.Both != b.Frame().Total.Customers {
		t.Errorf("a scheme against itself: %+v", same)
	}
	grid, _ := rfm.Preset("grid")
	if _, err := b.Use(grid); err != nil {
		t.Fatal(err)
	}
	a := session.MeasuresOf(b.Frame().Moves)
	if a.ARI <= 0 || a.ARI >= 1 || a.Stayed.Customers == a.Both {
		t.Errorf("ten against grid: %+v", a)
	}
	// Their segments do not correspond, so it is the tiers whose sizes are compared.
	psi, all := 0.0, float64(a.Both)
	for _, g := range b.Frame().Tiers {
		was, is := float64(g.Was.Customers)/all, float64(g.Now.Customers)/all
		psi += (is - was) * math.Log(is/was)
	}
	if !a.OfTiers || math.Abs(a.PSI-psi) > 1e-12 || len(a.Floored) > 0 || psi == 0 {
		t.Errorf("ten against grid: PSI %v of tiers %t, want %v", a.PSI, a.OfTiers, psi)
	}
	if _, err := b.Use(model.Ten()); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Step(session.CutID{Value: true, Index: 1}, 2); err != nil {
		t.Fatal(err)
	}
	if a := session.MeasuresOf(b.Frame().Moves); a.OfTiers || a.PSI <= 0 {
		t.Errorf("one map with another cut: %+v", a)
	}
	if got := session.MeasuresOf(session.Moves{}); got.ARIDefined || got.PSIDefined {
		t.Errorf("moves without a matrix: %+v", got)
	}
}

func BenchmarkMeasuresOf(b *testing.B) {
	m := session.Moves{Before: make([]model.Segment, 10), Now: make([]model.Segment, 10)}
	for i := range m.Before {
		m.Before[i].Slug = string(rune('a' + i))
	}
	copy(m.Now, m.Before)
	for i := range 11 {
		m.Matrix = append(m.Matrix, make([]rfm.Flow, 11))
		for j := range m.Matrix[i] {
			m.Matrix[i][j] = rfm.Flow{Customers: int64(i * j * 1000)}
		}
	}
	for b.Loop() {
		session.MeasuresOf(m)
	}
}

// What a comparison warns of.
func TestComparisonsWarn(t *testing.T) {
	t.Parallel()
	s := openSession(t, newMemory(3, 200))
	grid, _ := rfm.Preset("grid")
	earlier, window := model.Ten(), model.Ten()
	earlier.Spec.AsOf = 15_200
	window.Spec.Window = model.Window{Days: 120}
	fewer := model.Ten()
	fewer.Value.Cuts = [2]int{8, 16} // nobody is in HIGH
	for _, c := range []struct {
		before, after model.Scheme
		want          string
	}{
		{model.Ten(), grid, "other-segments"},
		{model.Ten(), fewer, "psi-floored"},
		{model.Ten(), model.Ten(), "tiny-group"},
		{model.Ten(), window, "other-measures"},
		{earlier, model.Ten(), "estimated-cuts"},
		{model.Ten(), earlier, "days-reversed"},
	} {
		got, err := s.Compare(t.Context(), c.before, c.after)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(got.Warnings, func(w model.Warning) bool { return w.Code == c.want }) {
			t.Errorf("%s is not among %+v", c.want, got.Warnings)
		}
	}
}

// Comparing can be stopped, and a day before all orders is refused in words.
func TestComparisonsThatDoNotCome(t *testing.T) {
	t.Parallel()
	b := openBench(t, newMemory(3, 200))
	if _, err := b.Step(session.CutID{Axis: model.Recency}, 5); err != nil {
		t.Fatal(err)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if _, err := b.Against().Reasons(stopped); model.CodeOf(err) != model.Cancelled {
		t.Errorf("%v", err)
	}
	if _, err := b.CompareDays(15_200)(stopped); model.CodeOf(err) != model.Cancelled {
		t.Errorf("%v", err)
	}
	b.Rest()
	if err := b.Change("ten", model.Ten()); err != nil {
		t.Fatal(err)
	}
	if _, err := b.CompareDays(10)(t.Context()); model.CodeOf(err) == "" || model.CodeOf(err) == model.Internal {
		t.Errorf("%v", err)
	}
}

// A segment put into another tier takes its customers there: they move down.
func TestASegmentInAnotherTier(t *testing.T) {
	t.Parallel()
	s := openSession(t, newMemory(3, 500))
	before, err := session.SpellOut(model.Ten())
	if err != nil {
		t.Fatal(err)
	}
	after := before.Clone()
	for i, r := range after.Regions {
		if r.Slug == "loyal" {
			after.Regions[i].Tier = model.TierMid
		}
	}
	c, err := s.Compare(t.Context(), before, after)
	if err != nil {
		t.Fatal(err)
	}
	tiers := c.ByTier()
	loyal := int64(0)
	scores, _, err := s.Scores(t.Context(), before, session.ScoreQuery{Segment: "loyal"})
	if err != nil {
		t.Fatal(err)
	}
	if loyal = int64(len(scores)); loyal == 0 {
		t.Fatal("nobody is loyal")
	}
	for by, c := range map[string]*session.Comparison{"segment": c, "tier": tiers} {
		if c.Moved.Customers != loyal || c.Down != c.Moved || c.Up != (rfm.Flow{}) || c.Stayed.Customers != c.After.Total.Customers-loyal ||
			len(c.Flows) != 1 || c.Flows[0].Customers != loyal || c.Flows[0].Reasons[0].Text != "the segment is in another tier" {
			t.Errorf("by %s: %d of %d move, %+v down: %+v", by, c.Moved.Customers, loyal, c.Down, c.Flows)
		}
	}
	checkCellPeople(t, c.Roster(), session.PeopleQuery{Was: "loyal", Segment: "loyal", Moved: true}, c.Moved)
	checkReassigned(t, before, after, loyal)
	earlier := before.Clone()
	earlier.Spec.AsOf = 15_200
	days, err := s.Compare(t.Context(), earlier, after)
	if err != nil {
		t.Fatal(err)
	}
	checkSplit(t, days)
	checkCellPeople(t, c.Roster(), session.PeopleQuery{WasTier: model.TierHigh, Tier: model.TierMid, Changed: true}, tiers.Moved)
	if !slices.ContainsFunc(c.Warnings, func(w model.Warning) bool {
		return w.Code == "other-tiers" && strings.Contains(w.Message, "HIGH → MID")
	}) {
		t.Errorf("%+v", c.Warnings)
	}
}

// checkReassigned changes the scheme in the workbench, where the edit, the frame
// and the list of members tell the same.
func checkReassigned(t *testing.T, before, after model.Scheme, customers int64) {
	t.Helper()
	b := openBench(t, newMemory(3, 500))
	if err := b.Change("spelt out", before); err != nil {
		t.Fatal(err)
	}
	if err := b.SetBaseline(); err != nil {
		t.Fatal(err)
	}
	if err := b.Change("put down", after); err != nil {
		t.Fatal(err)
	}
	if m := b.Frame().Moves; m.Customers != customers || m.Down != customers || m.Up != 0 {
		t.Errorf("%d move, %d down, %d up, want %d down", m.Customers, m.Down, m.Up, customers)
	}
	edits, err := b.LogPage(b.LogAt(), b.LogAt())(t.Context())
	if err != nil || edits[0].Customers != customers {
		t.Errorf("the edit is told as %+v, %v, want %d reclassified", edits, err, customers)
	}
	people, err := b.Roster().List(t.Context(), session.PeopleRequest{Query: session.PeopleQuery{Moved: true}}, nil)
	if err != nil || int64(people.Len()) != customers {
		t.Fatalf("%d are listed, %v, want %d", people.Len(), err, customers)
	}
	if move := people.At(0).Move; move == nil || move.Short != "the segment is in another tier" || move.Was.Tier != model.TierHigh {
		t.Errorf("the first moved by %+v", move)
	}
}

// Flows between tiers are those between their segments, reason by reason.
func TestFlowsBetweenTiersAddUp(t *testing.T) {
	t.Parallel()
	s := openSession(t, newMemory(5, 800))
	grid, _ := rfm.Preset("grid")
	for _, after := range []model.Scheme{grid, model.Ten()} {
		after.Spec.AsOf = 15_260
		c, err := s.Compare(t.Context(), model.Ten(), after)
		if err != nil {
			t.Fatal(err)
		}
		c = c.ByTier()
		var sum rfm.Flow
		for _, f := range c.Flows {
			for _, r := range f.Reasons {
				sum.Customers += r.Customers
				sum.Revenue += r.Revenue
			}
			telling, rest := session.Telling(f.Reasons, 2)
			for _, r := range telling {
				rest += r.Customers
			}
			if rest != f.Customers || len(telling) > 2 {
				t.Errorf("%s → %s: %d are told of, of %d", f.From, f.To, rest, f.Customers)
			}
		}
		if sum != c.Moved || c.Split.Behaviour.Customers+c.Split.Rule.Customers+c.Split.Both.Customers != c.Moved.Customers {
			t.Errorf("%+v have a reason, %+v move, %+v", sum, c.Moved, c.Split.SplitCounts)
		}
	}
}

// Segments of those kept in a tier make no other map: the sentence and the matrix are
// by segments, and nothing says that they are not.
func TestKeptSegmentsAreNoOtherMap(t *testing.T) {
	t.Parallel()
	s := openSession(t, newMemory(3, 200))
	grid, _ := rfm.Preset("grid")
	kept := model.Ten()
	kept.Fair = model.Fairness{Grace: 2, Stay: 6}
	for _, c := range []struct {
		after   model.Scheme
		byTiers bool
	}{{kept, false}, {grid, true}} {
		got, err := s.Compare(t.Context(), model.Ten(), c.after)
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(got.Warnings, func(w model.Warning) bool { return w.Code == "other-segments" })
		if i < 0 {
			t.Fatalf("nothing is said of %+v", got.Warnings)
		}
		told := got.Warnings[i].Message
		if strings.Contains(told, "by tiers first") != c.byTiers || !strings.HasSuffix(told, "; the PSI compares tiers") || got.Agreement.OtherMaps != c.byTiers {
			t.Errorf("%s: %s", c.after.Name, told)
		}
	}
}
