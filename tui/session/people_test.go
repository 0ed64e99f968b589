package session_test

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"strata/model"
	"strata/tui/session"
)

var (
	city    = model.Attribute{Name: "City", Subject: model.OfCustomer}
	channel = model.Attribute{Name: "Channel", Subject: model.OfOrder}
)

var peopleColumns = []session.PeopleColumn{
	"", session.ColumnCustomer, session.ColumnLastOrder, session.ColumnRecency, session.ColumnOrders, session.ColumnFrequency, session.ColumnMonetary,
	session.ColumnR, session.ColumnF, session.ColumnM, session.ColumnValue, session.ColumnSegment, session.ColumnTier, session.AttributeColumn(city), session.AttributeColumn(channel),
}

// everybody lists all people of a roster as they are stored.
func everybody(t testing.TB, r *session.Roster) []session.Person {
	t.Helper()
	p, err := r.List(t.Context(), session.PeopleRequest{Attributes: []model.Attribute{city, channel}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return people(p)
}

func people(p *session.People) []session.Person {
	all := make([]session.Person, p.Len())
	for i := range all {
		all[i] = p.At(i)
	}
	return all
}

// compareBy is the order of a column, written down plainly.
func compareBy(column session.PeopleColumn, segments []string) func(a, b session.Person) int {
	number := func(of func(p session.Person) int64) func(a, b session.Person) int {
		return func(a, b session.Person) int { return cmp.Compare(of(a), of(b)) }
	}
	switch column {
	case session.ColumnCustomer:
		return func(a, b session.Person) int { return cmp.Compare(a.Customer, b.Customer) }
	case session.ColumnLastOrder:
		return number(func(p session.Person) int64 { return int64(p.LastOrder) })
	case session.ColumnRecency:
		return number(func(p session.Person) int64 { return int64(p.Recency) })
	case session.ColumnOrders:
		return number(func(p session.Person) int64 { return int64(p.Orders) })
	case session.ColumnFrequency:
		return number(func(p session.Person) int64 { return int64(p.Frequency) })
	case session.ColumnMonetary:
		return number(func(p session.Person) int64 { return int64(p.Monetary) })
	case session.ColumnR:
		return number(func(p session.Person) int64 { return int64(p.Scores[model.Recency]) })
	case session.ColumnF:
		return number(func(p session.Person) int64 { return int64(p.Scores[model.Frequency]) })
	case session.ColumnM:
		return number(func(p session.Person) int64 { return int64(p.Scores[model.Monetary]) })
	case session.ColumnValue:
		return func(a, b session.Person) int { return a.Value.Compare(b.Value) }
	case session.ColumnSegment:
		return number(func(p session.Person) int64 { return int64(slices.Index(segments, p.Segment.Slug)) })
	case session.ColumnTier:
		return number(func(p session.Person) int64 { return int64(p.Segment.Tier.Rank()) })
	case session.AttributeColumn(city):
		return func(a, b session.Person) int { return cmp.Compare(a.Facts[0], b.Facts[0]) }
	case session.AttributeColumn(channel):
		return func(a, b session.Person) int { return cmp.Compare(a.Facts[1], b.Facts[1]) }
	}
	return func(a, b session.Person) int { return 0 }
}

func hasText(p session.Person, text string) bool {
	for _, field := range []string{p.Customer, p.Segment.Label, string(p.Segment.Tier), p.Facts[0], p.Facts[1]} {
		if strings.Contains(strings.ToLower(field), strings.ToLower(text)) {
			return true
		}
	}
	return false
}

// Whatever is asked for after whatever, a list holds whom a plain loop finds,
// in the order a plain stable sort gives.
func TestListsEqualPlainOnes(t *testing.T) {
	t.Parallel()
	b := openBench(t, newMemory(11, 400))
	roster := b.Roster()
	all := everybody(t, roster)
	var segments []string
	for _, g := range b.Frame().Segments {
		segments = append(segments, g.Slug)
	}
	rapid.Check(t, func(t *rapid.T) {
		var before *session.People
		var order []session.Person
		for range rapid.IntRange(1, 6).Draw(t, "requests") {
			request := session.PeopleRequest{
				Query: session.PeopleQuery{
					Segment: rapid.SampledFrom([]string{"", "", segments[0], segments[5]}).Draw(t, "segment"),
					Tier:    rapid.SampledFrom([]model.Tier{"", "", model.TierHigh}).Draw(t, "tier"),
				},
				Attributes: []model.Attribute{city, channel},
				Sort:       rapid.SampledFrom(peopleColumns).Draw(t, "sort"),
				Descending: rapid.Bool().Draw(t, "descending"),
				Filter:     rapid.SampledFrom([]string{"", "c", "C1", "c12", "ü", "ZÜR", "web", "pot", "high", "none of them"}).Draw(t, "filter"),
			}
			request.Query.Scores[model.Recency] = rapid.SampledFrom([]int{0, 0, 5}).Draw(t, "recency score")
			got, err := roster.List(context.Background(), request, before)
			if err != nil {
				t.Fatal(err)
			}
			if before == nil || before.Request.Query != request.Query || request.Sort == "" {
				order = choose(all, request.Query)
			}
			order = slices.Clone(order)
			compare := compareBy(request.Sort, segments)
			slices.SortStableFunc(order, func(a, b session.Person) int {
				if request.Descending {
					return compare(b, a)
				}
				return compare(a, b)
			})
			checkList(t, got, order)
			before = got
		}
	})
}

func choose(all []session.Person, q session.PeopleQuery) (chosen []session.Person) {
	for _, p := range all {
		if (q.Segment == "" || p.Segment.Slug == q.Segment) && (q.Tier == "" || p.Segment.Tier == q.Tier) &&
			(q.Scores[model.Recency] == 0 || p.Scores[model.Recency] == q.Scores[model.Recency]) {
			chosen = append(chosen, p)
		}
	}
	return chosen
}

func checkList(t *rapid.T, got *session.People, want []session.Person) {
	if got.Len() != len(want) {
		t.Fatalf("%+v lists %d people, want %d", got.Request, got.Len(), len(want))
	}
	var matches []int32
	for i, p := range want {
		if at := got.At(i); at.Number != p.Number {
			t.Fatalf("%+v: %s stands at %d, want %s", got.Request, at.Customer, i, p.Customer)
		}
		if got.Request.Filter != "" && hasText(p, got.Request.Filter) {
			matches = append(matches, int32(i))
		}
	}
	if !slices.Equal(got.Matches, matches) {
		t.Fatalf("%+v matches %v, want %v", got.Request, got.Matches, matches)
	}
}

func TestPeopleBehindARowAreAsManyAsItSays(t *testing.T) {
	t.Parallel()
	b := openBench(t, newMemory(12, 1_500))
	if _, err := b.Step(session.CutID{Axis: model.Recency, Index: 1}, 20); err != nil {
		t.Fatal(err)
	}
	f, roster := b.Frame(), b.Roster()
	count := func(q session.PeopleQuery) int64 {
		p, err := roster.List(t.Context(), session.PeopleRequest{Query: q}, nil)
		if err != nil {
			t.Fatal(err)
		}
		return int64(p.Len())
	}
	moved := int64(0)
	for _, g := range f.Segments {
		if n := count(session.PeopleQuery{Segment: g.Slug}); n != g.Now.Customers {
			t.Errorf("%s: %d listed, %d counted", g.Label, n, g.Now.Customers)
		}
		if n := count(session.PeopleQuery{Was: g.Slug}); n != g.Was.Customers {
			t.Errorf("%s before: %d listed, %d counted", g.Label, n, g.Was.Customers)
		}
		for _, from := range f.Segments {
			if from.Slug != g.Slug {
				moved += count(session.PeopleQuery{Was: from.Slug, Segment: g.Slug})
			}
		}
	}
	for _, g := range f.Tiers {
		if n := count(session.PeopleQuery{Tier: g.Tier}); n != g.Now.Customers {
			t.Errorf("%s: %d listed, %d counted", g.Label, n, g.Now.Customers)
		}
	}
	if moved != f.Moves.Customers || moved == 0 {
		t.Errorf("%d movers listed, %d counted", moved, f.Moves.Customers)
	}
	m := session.NewMatrix(f, session.MatrixQuery{Rows: model.Recency, Cols: model.Monetary})
	if n := count(session.PeopleQuery{Scores: [model.Axes]int{5, 0, 4}}); n != m.Now[4][3].Customers {
		t.Errorf("R5 M4: %d listed, %d in the matrix", n, m.Now[4][3].Customers)
	}
}

// Of an order attribute a customer has the value of the last order.
func TestOrderAttributesAreThoseOfTheLastOrder(t *testing.T) {
	t.Parallel()
	store := newMemory(14, 100)
	roster := openBench(t, store).Roster()
	all, err := roster.Attributes(t.Context())
	if err != nil || len(all) != 2 || all[0].Name != "City" {
		t.Fatalf("attributes %+v, %v", all, err)
	}
	of := store.AllOrders.Attributes["Channel"]
	for _, p := range everybody(t, roster) {
		if want := of.Words[of.Code[store.AllOrders.Start[p.Number+1]-1]]; p.Facts[1] != want {
			t.Errorf("%s has %q, want %q", p.Customer, p.Facts[1], want)
		}
	}
}

func TestNextMatchGoesRound(t *testing.T) {
	t.Parallel()
	p := &session.People{Matches: []int32{3, 7, 8}}
	for _, c := range []struct {
		place   int
		forward bool
		want    int
	}{{0, true, 3}, {3, true, 7}, {8, true, 3}, {8, false, 7}, {3, false, 8}, {5, false, 3}} {
		if got, ok := p.NextMatch(c.place, c.forward); !ok || got != c.want {
			t.Errorf("from %d, forward %v: %d, want %d", c.place, c.forward, got, c.want)
		}
	}
	if _, ok := new(session.People).NextMatch(0, true); ok {
		t.Error("a match where there is none")
	}
}

func TestListingCanBeStopped(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := openBench(t, newMemory(1, 10)).Roster().List(ctx, session.PeopleRequest{}, nil)
	if model.CodeOf(err) != model.Cancelled {
		t.Errorf("it ends with %v", err)
	}
}

func TestProfileKnowsTheCustomer(t *testing.T) {
	t.Parallel()
	store := newMemory(13, 200)
	store.AllOrders.Flags[0] = model.Return // the first customer has an order that does not count
	roster := openBench(t, store).Roster()
	if _, err := roster.Find(t.Context(), "c1234"); model.CodeOf(err) != model.NotFound {
		t.Errorf("a customer who is not there: %v", err)
	}
	for _, person := range everybody(t, roster) {
		number, err := roster.Find(t.Context(), person.Customer)
		if err != nil || number != person.Number {
			t.Fatalf("%s is number %d, %v", person.Customer, number, err)
		}
		p, err := roster.Profile(t.Context(), number)
		if err != nil {
			t.Fatal(err)
		}
		if !p.Tiered || p.Score != person.Score || p.Key != person.Customer {
			t.Fatalf("profile %+v of %+v", p.Score, person.Score)
		}
		orders, value := 0, model.Money(0)
		for i, m := range p.Months() {
			orders += m.Orders
			value += m.Value
			if i > 0 && m.First.MonthIndex() != p.Months()[i-1].First.MonthIndex()+1 {
				t.Fatalf("months of %s have a gap", person.Customer)
			}
		}
		bought, worth := 0, model.Money(0)
		for _, o := range p.Orders {
			if o.Flags&model.Purchase != 0 {
				bought++
				worth += o.Value - o.Returned
			}
		}
		if orders != bought || value != worth {
			t.Fatalf("%s: %d orders for %s by month, %d for %s", person.Customer, orders, value, bought, worth)
		}
	}
}

func TestProfileOfSomeoneNotTiered(t *testing.T) {
	t.Parallel()
	store := newMemory(13, 20)
	for i := range store.AllOrders.Start[1] {
		store.AllOrders.Flags[i] = model.Return
	}
	p, err := openBench(t, store).Roster().Profile(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	if p.Tiered || len(p.Orders) != int(store.AllOrders.Start[1]) || len(p.Months()) != 0 || p.Counting() != 0 {
		t.Errorf("profile %+v", p)
	}
	if got := p.NotTiered(); got != "not tiered: no order counts under these policies" {
		t.Errorf("%q", got)
	}
}

// million is a bench with a million customers, for benchmarks.
func million(b *testing.B) *session.Roster {
	b.Helper()
	s, err := session.New(b.Context(), newMemory(1, 1_000_000))
	if err != nil {
		b.Fatal(err)
	}
	r, err := s.Roster(b.Context(), model.Ten())
	if err != nil {
		b.Fatal(err)
	}
	return r
}

func BenchmarkListSorted1M(b *testing.B) {
	r := million(b)
	all, err := r.List(b.Context(), session.PeopleRequest{Attributes: []model.Attribute{city, channel}}, nil)
	if err != nil {
		b.Fatal(err)
	}
	for _, column := range peopleColumns[1:] {
		b.Run(string(column), func(b *testing.B) {
			for b.Loop() {
				if _, err := r.List(b.Context(), session.PeopleRequest{Attributes: []model.Attribute{city, channel}, Sort: column}, all); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkListFiltered1M(b *testing.B) {
	r := million(b)
	request := session.PeopleRequest{Attributes: []model.Attribute{city, channel}}
	all, err := r.List(b.Context(), request, nil)
	if err != nil {
		b.Fatal(err)
	}
	for n := range 4 {
		request.Filter = "c123"[:n+1]
		b.Run(strconv.Itoa(n+1)+"-letters", func(b *testing.B) {
			for b.Loop() {
				if _, err := r.List(b.Context(), request, all); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
