package session_test

import (
	"math/rand/v2"
	"testing"

	"strata/analysis/rfm"
	"strata/model"
	"strata/tui/session"
)

// The migration matrix that follows the cuts equals one counted person by
// person after each of a thousand random edits, whatever way the answer came.
func TestTheLiveMigrationMatrixIsThatOfEverybodyCountedAnew(t *testing.T) {
	t.Parallel()
	edits := 1_000
	if testing.Short() {
		edits = 100
	}
	store := newMemory(11, 600)
	b := openBench(t, store)
	compared := model.Ten()
	r := rand.New(rand.NewPCG(4, 2))
	for i := range edits {
		switch r.IntN(12) {
		case 0:
			if _, _, err := b.Undo(); err != nil {
				t.Fatal(err)
			}
		case 1:
			if _, _, err := b.Redo(); err != nil {
				t.Fatal(err)
			}
		case 2:
			if err := b.SetBaseline(); err != nil {
				t.Fatal(err)
			}
			compared = b.Frame().Scheme
		case 3:
			presets := session.Presets()
			if _, err := b.Use(presets[r.IntN(len(presets))].Scheme); err != nil {
				t.Fatal(err)
			}
		case 4:
			scheme := b.Frame().Scheme
			scheme.Spec.Window = []model.Window{{}, {Days: 90}, {Months: 3}}[r.IntN(3)]
			if err := b.Change("another window", scheme); err != nil {
				t.Fatal(err)
			}
		case 5:
			if work := b.Settle(); work != nil {
				b.Adopt(work(t.Context()))
			}
		default:
			f := b.Frame()
			id := session.CutID{Axis: model.Axis(r.IntN(int(model.Axes)))}
			if f.ByValue && r.IntN(5) == 0 {
				id = session.CutID{Value: true, Index: r.IntN(2)}
			} else {
				id.Index = r.IntN(len(f.Cuts[id.Axis]))
			}
			if _, err := b.Step(id, r.IntN(41)-20); err != nil {
				t.Fatal(err)
			}
		}
		if why := sameMigration(t, store, compared, b.Frame()); why != "" {
			t.Fatalf("after edit %d: %s", i, why)
		}
	}
}

// segmentOf is where a customer is, and the revenue that goes there.
type segmentOf struct {
	slug    string // and the tier: a segment in another is another
	revenue model.Money
}

// segmentsOf lists the segment of every customer by number.
func segmentsOf(t *testing.T, store model.Store, scheme model.Scheme) map[int]segmentOf {
	t.Helper()
	roster, err := openSession(t, store).Roster(t.Context(), scheme)
	if err != nil {
		t.Fatal(err)
	}
	people, err := roster.List(t.Context(), session.PeopleRequest{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	all := map[int]segmentOf{}
	for i := range people.Len() {
		p := people.At(i)
		all[p.Number] = segmentOf{p.Segment.Slug + " " + string(p.Segment.Tier), p.Monetary}
	}
	return all
}

func sameMigration(t *testing.T, store model.Store, compared model.Scheme, f *session.Frame) string {
	t.Helper()
	was, now := segmentsOf(t, store, compared), segmentsOf(t, store, f.Scheme)
	want := map[[2]string]rfm.Flow{}
	add := func(from, to string, revenue model.Money) {
		flow := want[[2]string{from, to}]
		flow.Customers++
		flow.Revenue += revenue
		want[[2]string{from, to}] = flow
	}
	var moved rfm.Flow
	for number, is := range now {
		before := was[number].slug // "" where absent
		add(before, is.slug, is.revenue)
		if before != "" && before != is.slug {
			moved.Customers++
			moved.Revenue += is.revenue
		}
	}
	for number, before := range was {
		if _, ok := now[number]; !ok {
			add(before.slug, "", before.revenue)
		}
	}
	if f.Moves.Customers != moved.Customers || f.Moves.Revenue != moved.Revenue {
		return "other movers"
	}
	slug := func(segments []model.Segment, i int) string {
		if i == len(segments) {
			return ""
		}
		return segments[i].Slug + " " + string(segments[i].Tier)
	}
	for i, row := range f.Moves.Matrix {
		for j, flow := range row {
			cell := [2]string{slug(f.Moves.Before, i), slug(f.Moves.Now, j)}
			if want[cell] != flow {
				return cell[0] + " → " + cell[1] + " differs"
			}
			delete(want, cell)
		}
	}
	if len(want) > 0 {
		return "flows are missing"
	}
	return ""
}
