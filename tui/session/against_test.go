package session_test

import (
	"fmt"
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
		if q.AboutMoves() && (p.Move.Short == "" || q.Moved && p.Move.Was.Key() == p.Segment.Key()) {
			t.Fatalf("%s has no reason to be in the list: %+v", p.Customer, p.Move)
		}
	}
	if got != want {
		t.Fatalf("%+v lists %v, but the cell has %v", q, got, want)
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
		{typed(session.CutID{Axis: model.Monetary, Index: 1}, "450.5"), "monetary £400.00–£450.50 now scores 2, not 3"},
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
	if got := all(otherMap); len(got) != 1 || got[0] != "another map applies" {
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
		{model.Ten(), held, "kept in HIGH by an override, whatever the scores"},
		{held, model.Ten(), "no longer kept in HIGH by an override"},
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

// Of those who are kept the reason says by which rule, and how many by each where
// there are several; only an override asks for no scores, and no rule draws a map.
func TestReasonsOfFairRules(t *testing.T) {
	t.Parallel()
	s := openSession(t, newMemory(3, 500))
	fair := model.Ten()
	fair.Fair = model.Fairness{Grace: 2, Band: 1}
	got, err := s.Compare(t.Context(), model.Ten(), fair)
	if err != nil {
		t.Fatal(err)
	}
	kept, _, err := s.Standing(t.Context(), fair)
	if err != nil {
		t.Fatal(err)
	}
	frame, err := kept.Frame(t.Context(), fair)
	if err != nil {
		t.Fatal(err)
	}
	want := map[model.KeptBy]int64{} // as the frame counts them
	for _, g := range frame.Kept.Groups {
		want[g.By] += g.Customers
	}
	if want[model.KeptByBand] == 0 || want[model.KeptByGrace] == 0 {
		t.Fatalf("kept by %v: the test tells too little", want)
	}
	mixed := false
	for _, f := range got.Flows {
		for _, r := range f.Reasons {
			want[r.Kept] -= r.Customers
			if by := map[model.KeptBy]string{model.KeptByBand: "by the band", model.KeptByGrace: "by grace"}[r.Kept]; !strings.HasPrefix(r.Text, "kept in ") || !strings.HasSuffix(r.Text, by) {
				t.Errorf("%s → %s: %s: %s", f.From, f.To, r.Kept, r.Text)
			}
		}
		telling, rest := session.Telling(f.Reasons, 1)
		if len(f.Reasons) == 2 {
			mixed = true
			band, grace := f.Reasons[0].Customers, f.Reasons[1].Customers
			if f.Reasons[0].Kept != model.KeptByBand {
				band, grace = grace, band
			}
			tier, _, _ := strings.Cut(strings.TrimPrefix(f.Reasons[0].Text, "kept in "), " ")
			if text := fmt.Sprintf("kept in %s: %d by the band, %d by grace", tier, band, grace); rest != 0 || telling[0].Text != text {
				t.Errorf("%q and %d others, want %q", telling[0].Text, rest, text)
			}
		}
	}
	if !mixed || want[model.KeptByBand] != 0 || want[model.KeptByGrace] != 0 {
		t.Errorf("mixed %t; the flows miss %v of the kept", mixed, want)
	}
}

// A map with other segments is said to be another; the scores of two scales are
// not the same.
func TestReasonsOfAnotherMap(t *testing.T) {
	t.Parallel()
	s := openSession(t, newMemory(3, 500))
	eight, err := session.PresetNamed("eight")
	if err != nil {
		t.Fatal(err)
	}
	got, err := s.Compare(t.Context(), model.Ten(), eight)
	if err != nil {
		t.Fatal(err)
	}
	told := false
	for _, f := range got.Flows {
		for _, r := range f.Reasons {
			told = told || r.Text == "another map applies"
			if strings.Contains(r.Text, "scores in another") || strings.Contains(r.Text, "elsewhere") {
				t.Errorf("%s → %s: %s", f.From, f.To, r.Text)
			}
		}
	}
	if !told {
		t.Error("nobody moves by the map alone")
	}
}
