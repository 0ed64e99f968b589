package session_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"strata/analysis/compare"
	"strata/analysis/rfm"
	"strata/model"
	"strata/tui/session"
)

// alter moves a few cuts of a bench, or its scheme, at random.
func alter(t *testing.T, b *session.Bench, r *rand.Rand) {
	t.Helper()
	if r.IntN(3) == 0 {
		presets := session.Presets()
		if _, err := b.Use(presets[r.IntN(len(presets))].Scheme); err != nil {
			t.Fatal(err)
		}
	}
	if r.IntN(4) == 0 {
		scheme := b.Frame().Scheme
		scheme.Spec.Window = model.Window{Days: 100 + r.IntN(60)}
		if err := b.Change("another window", scheme); err != nil {
			t.Fatal(err)
		}
	}
	for range 1 + r.IntN(3) {
		f := b.Frame()
		id := session.CutID{Axis: model.Axis(r.IntN(int(model.Axes)))}
		if f.ByValue && r.IntN(4) == 0 {
			id = session.CutID{Value: true, Index: r.IntN(2)}
		} else {
			id.Index = r.IntN(len(f.Cuts[id.Axis]))
		}
		// A shorter window leaves fixed cuts beyond its end: those do not move.
		if _, err := b.Step(id, r.IntN(61)-30); err != nil && model.CodeOf(err) != model.Usage {
			t.Fatal(err)
		}
	}
	b.Rest()
}

// Behind every flow stand exactly its reasons, and behind every cell of the
// matrix exactly its people: those who are new and those who are gone, too.
func TestReasonsAndPeopleOfEveryFlow(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(7, 7))
	b := openBench(t, newMemory(3, 500))
	for range 25 {
		alter(t, b, r)
		f := b.Frame()
		reasons, err := b.Against().Reasons(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		moved := int64(0)
		for i, from := range f.Moves.Before {
			for j, to := range f.Moves.Now {
				flow := f.Moves.Matrix[i][j]
				checkCellPeople(t, b.Roster(), session.PeopleQuery{Was: from.Slug, Segment: to.Slug, Moved: from.Slug != to.Slug}, flow)
				if from.Slug == to.Slug {
					continue
				}
				var sum rfm.Flow
				for _, reason := range reasons.Of(from.Slug, to.Slug) {
					sum.Customers += reason.Customers
					sum.Revenue += reason.Revenue
					if reason.Text == "" || reason.Cause == compare.NoCause {
						t.Fatalf("%s → %s: no words for %+v", from.Slug, to.Slug, reason)
					}
				}
				if sum != flow {
					t.Fatalf("%s → %s: reasons of %v, but the flow is %v", from.Slug, to.Slug, sum, flow)
				}
				moved += sum.Customers
			}
		}
		if moved != f.Moves.Customers {
			t.Fatalf("%d have a reason, %d move", moved, f.Moves.Customers)
		}
		checkOutside(t, b.Roster(), f.Moves)
		checkCellPeople(t, b.Roster(), session.PeopleQuery{Moved: true}, rfm.Flow{Customers: f.Moves.Customers, Revenue: f.Moves.Revenue})
		tiers := f.Moves.ByTier()
		checkCellPeople(t, b.Roster(), session.PeopleQuery{Changed: true}, rfm.Flow{Customers: tiers.Customers, Revenue: tiers.Revenue})
		checkCellPeople(t, b.Roster(), session.PeopleQuery{WasTier: model.TierMid, Tier: model.TierHigh, Changed: true}, tiers.Matrix[1][0])
		if r.IntN(3) == 0 {
			if err := b.SetBaseline(); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// checkOutside counts the people of the row of the new and the column of the
// gone.
func checkOutside(t *testing.T, roster *session.Roster, m session.Moves) {
	t.Helper()
	for j, to := range m.Now {
		checkCellPeople(t, roster, session.PeopleQuery{Entered: true, Segment: to.Slug}, m.Matrix[len(m.Before)][j])
	}
	for i, from := range m.Before {
		checkCellPeople(t, roster, session.PeopleQuery{Left: true, Was: from.Slug}, m.Matrix[i][len(m.Now)])
	}
	checkCellPeople(t, roster, session.PeopleQuery{Left: true}, m.Left)
	checkCellPeople(t, roster, session.PeopleQuery{Entered: true}, m.Entered)
}

func checkCellPeople(t *testing.T, roster *session.Roster, q session.PeopleQuery, want rfm.Flow) {
	t.Helper()
	list, err := roster.List(t.Context(), session.PeopleRequest{Query: q}, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := rfm.Flow{Customers: int64(list.Len())}
	for _, p := range people(list) {
		got.Revenue += p.Monetary // the sum, in these schemes
		if q.AboutMoves() && (p.Move.Short == "" || q.Moved && p.Move.Was.Slug == p.Segment.Slug) {
			t.Fatalf("%s has no reason to be in the list: %+v", p.Customer, p.Move)
		}
	}
	if got != want {
		t.Fatalf("%+v lists %v, but the cell has %v", q, got, want)
	}
}

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
		both[g.Slug] = true
		if n := count(was, g.Slug); n.Customers != g.Was.Customers || n.Revenue != g.Was.Revenue {
			t.Errorf("%s: %d worth %s before, want %v", g.Slug, g.Was.Customers, g.Was.Revenue, n)
		}
		if n := count(is, g.Slug); n.Customers != g.Now.Customers || n.Revenue != g.Now.Revenue {
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
			sum := p.Before.Customers + p.Behaviour.Customers + p.Rule.Customers + p.New.Customers - p.Gone.Customers
			money := p.Before.Revenue + p.Behaviour.Revenue + p.Rule.Revenue + p.New.Revenue - p.Gone.Revenue
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
			if r.Cause != compare.ByBehaviour || !strings.Contains(r.Text, " is now ") {
				t.Fatalf("%s → %s: %s", f.From, f.To, r.Text)
			}
		}
	}
}

// What a reason says, on cuts that are easy to follow.
func TestReasonsInWords(t *testing.T) {
	t.Parallel()
	b := openBench(t, newMemory(3, 500))
	scheme := model.Ten()
	for a, at := range [model.Axes][]int64{{100, 300, 350, 400}, {1, 3, 5, 9}, {200 * model.Unit, 400 * model.Unit, 900 * model.Unit, 1_500 * model.Unit}} {
		cuts := make([]model.Cut, len(at))
		for i, v := range at {
			cuts[i] = model.WholeCut(v)
		}
		scheme.Cuts[a] = model.AxisCuts{Method: model.MethodFixed, At: cuts}
	}
	if err := b.Change("fixed cuts", scheme); err != nil {
		t.Fatal(err)
	}
	if err := b.SetBaseline(); err != nil {
		t.Fatal(err)
	}
	all := func(change func()) []string {
		change()
		defer func() {
			for {
				if _, ok, err := b.Undo(); !ok || err != nil || b.Frame().Moves.Customers == 0 {
					return
				}
			}
		}()
		reasons, err := b.Against().Reasons(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var texts []string
		for _, from := range b.Frame().Moves.Before {
			for _, to := range b.Frame().Moves.Now {
				for _, r := range reasons.Of(from.Slug, to.Slug) {
					texts = append(texts, r.Text)
				}
			}
		}
		slices.Sort(texts)
		return slices.Compact(texts)
	}
	typed := func(id session.CutID, text string) func() {
		return func() {
			if err := b.Type(id, text); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, c := range []struct {
		change func()
		want   string
	}{
		{typed(session.CutID{Axis: model.Recency, Index: 1}, "325"), "recency 301–325 days now scores 4, not 3"},
		{typed(session.CutID{Axis: model.Recency, Index: 1}, "250"), "recency 251–300 days now scores 3, not 4"},
		{typed(session.CutID{Axis: model.Frequency, Index: 1}, "3"), "frequency 3 orders now scores 3, not 2"},
		{typed(session.CutID{Axis: model.Monetary, Index: 1}, "450.5"), "monetary 400.00–450.50 GBP now scores 2, not 3"},
		{typed(session.CutID{Value: true, Index: 1}, "13"), "HIGH begins at value score 13, not 12"},
		{typed(session.CutID{Value: true}, "7"), "MID begins at value score 7, not 8"},
	} {
		if got := all(c.change); len(got) != 1 || got[0] != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
	otherMap := func() {
		grid := scheme.Clone()
		grid.Map = "grid"
		if err := b.Change("another map", grid); err != nil {
			t.Fatal(err)
		}
	}
	if got := all(otherMap); len(got) != 1 || got[0] != "the map has the same scores elsewhere" {
		t.Errorf("%q", got)
	}
}

// Lists about who moves are sorted and looked through by the reason.
func TestMoversAreSortedByReasonAndDistance(t *testing.T) {
	t.Parallel()
	b := openBench(t, newMemory(3, 500))
	for id, n := range map[session.CutID]int{{Axis: model.Recency, Index: 1}: -25, {Axis: model.Frequency, Index: 3}: 2} {
		if _, err := b.Step(id, n); err != nil {
			t.Fatal(err)
		}
	}
	request := session.PeopleRequest{Query: session.PeopleQuery{Moved: true}}
	var before *session.People
	for _, column := range []session.PeopleColumn{session.ColumnReason, session.ColumnDistance, session.ColumnWas} {
		request.Sort = column
		list, err := b.Roster().List(t.Context(), request, before)
		if err != nil {
			t.Fatal(err)
		}
		before = list
		all := people(list)
		if !slices.IsSortedFunc(all, func(p, q session.Person) int {
			switch column {
			case session.ColumnReason:
				return p.Move.Reason.Compare(q.Move.Reason)
			case session.ColumnWas:
				return p.Move.Was.Tier.Rank() - q.Move.Was.Tier.Rank()
			}
			if p.Move.By != q.Move.By {
				return int(p.Move.By - q.Move.By)
			}
			return int(p.Move.Distance - q.Move.Distance)
		}) {
			t.Errorf("not in the order of %s", column)
		}
	}
	request.Filter = "FREQUENCY"
	list, err := b.Roster().List(t.Context(), request, before)
	if err != nil {
		t.Fatal(err)
	}
	if len(list.Matches) == 0 || len(list.Matches) == list.Len() {
		t.Fatalf("%d of %d match", len(list.Matches), list.Len())
	}
	for _, place := range list.Matches {
		if p := list.At(int(place)); !strings.Contains(p.Move.Short, "frequency") {
			t.Errorf("%q does not match", p.Move.Short)
		}
	}
}

// The agreement of a frame is that of its people, segment by segment.
func TestAgreementOfAFrame(t *testing.T) {
	t.Parallel()
	b := openBench(t, newMemory(3, 500))
	same := session.MeasuresOf(b.Frame().Moves)
	if same.ARI != 1 || same.PSI != 0 || same.Stayed.Customers != same.Both || !same.Defined || same.Both != b.Frame().Total.Customers {
		t.Errorf("a scheme against itself: %+v", same)
	}
	grid, _ := rfm.Preset("grid")
	if _, err := b.Use(grid); err != nil {
		t.Fatal(err)
	}
	a := session.MeasuresOf(b.Frame().Moves)
	if a.ARI <= 0 || a.ARI >= 1 || a.PSI <= 0 || a.Stayed.Customers == a.Both || len(a.Floored) == 0 {
		t.Errorf("ten against grid: %+v", a)
	}
	if got := session.MeasuresOf(session.Moves{}); got.Defined {
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

// Who is kept in a tier by hand is told so, going there and coming back; where a
// method splits equal values, no range is told that would not be true.
func TestReasonsBesideTheCuts(t *testing.T) {
	t.Parallel()
	store := newMemory(3, 500)
	s := openSession(t, store)
	held := model.Ten()
	held.Fair.Overrides = []model.Override{{Customer: "c12", Tier: model.TierHigh, Until: model.NoDay, Reason: "key account"}}
	for _, c := range []struct {
		before, after model.Scheme
		want          string
	}{
		{model.Ten(), held, "kept in HIGH, whatever the scores"},
		{held, model.Ten(), "no longer kept in HIGH"},
	} {
		got, err := s.Compare(t.Context(), c.before, c.after)
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Flows) != 1 || got.Moved.Customers != 1 || got.Flows[0].Reasons[0].Text != c.want {
			t.Errorf("%+v, want %q", got.Flows, c.want)
		}
	}
	for _, method := range []model.Method{model.MethodNTile, model.MethodNested} {
		scheme := model.Ten()
		for a := range scheme.Cuts {
			scheme.Cuts[a].Method = method
		}
		earlier := scheme.Clone()
		earlier.Spec.AsOf = 15_200
		for _, before := range []model.Scheme{model.Ten(), earlier} {
			got, err := s.Compare(t.Context(), before, scheme)
			if err != nil {
				t.Fatal(err)
			}
			if got.Split != nil {
				checkSplit(t, got)
			}
			for _, f := range got.Flows {
				for _, r := range f.Reasons {
					if strings.Contains(r.Text, "orders now scores") || strings.Contains(r.Text, "frequency is now") {
						t.Fatalf("%s: %s", method, r.Text)
					}
				}
			}
			warned := slices.ContainsFunc(got.Warnings, func(w model.Warning) bool { return w.Code == "values-kept-together" })
			if warned != (got.Split != nil && method == model.MethodNTile) {
				t.Errorf("%s: warned of split values: %t", method, warned)
			}
		}
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
	for _, c := range []struct {
		before, after model.Scheme
		want          string
	}{
		{model.Ten(), grid, "other-segments"},
		{model.Ten(), grid, "psi-floored"},
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

// Everything about who moves, with a million customers.
func BenchmarkMovers1M(b *testing.B) {
	s, err := session.New(b.Context(), newMemory(9, 1_000_000))
	if err != nil {
		b.Fatal(err)
	}
	bench, err := s.OpenBench(b.Context(), nil, time.Now)
	if err != nil {
		b.Fatal(err)
	}
	for axis := range model.Axes {
		if _, err := bench.Step(session.CutID{Axis: axis, Index: 1}, 2); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("reasons", func(b *testing.B) {
		for b.Loop() {
			if _, err := bench.Against().Reasons(b.Context()); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("list by distance", func(b *testing.B) {
		for b.Loop() {
			if _, err := bench.Roster().List(b.Context(), session.PeopleRequest{Query: session.PeopleQuery{Moved: true}, Sort: session.ColumnDistance}, nil); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("two days", func(b *testing.B) {
		for b.Loop() {
			if _, err := bench.CompareDays(15_200)(b.Context()); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// A segment put into another tier takes its customers there, though nobody
// leaves it.
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
	if c.Moved.Customers != 0 || tiers.Moved.Customers == 0 || tiers.Down != tiers.Moved || len(tiers.Flows) != 1 ||
		tiers.Flows[0].Customers != tiers.Moved.Customers || tiers.Flows[0].Reasons[0].Text != "the segment lies in another tier" {
		t.Errorf("%d move, %+v between tiers: %+v", c.Moved.Customers, tiers.Moved, tiers.Flows)
	}
	checkCellPeople(t, c.Roster(), session.PeopleQuery{WasTier: model.TierHigh, Tier: model.TierMid, Changed: true}, tiers.Moved)
	if !slices.ContainsFunc(c.Warnings, func(w model.Warning) bool {
		return w.Code == "other-tiers" && strings.Contains(w.Message, "HIGH → MID")
	}) {
		t.Errorf("%+v", c.Warnings)
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
