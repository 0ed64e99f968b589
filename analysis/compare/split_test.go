package compare_test

import (
	"testing"

	"pgregory.net/rapid"

	"strata/analysis/compare"
	"strata/analysis/rfm"
	"strata/model"
)

// byRecency puts each recency score into a segment of its own.
func byRecency(asOf model.Day, cuts ...int64) model.Scheme {
	scheme := model.Ten()
	scheme.Spec.AsOf, scheme.Spec.Window = asOf, model.Window{Days: 100}
	at := make([]model.Cut, len(cuts))
	for i, c := range cuts {
		at[i] = model.WholeCut(c)
	}
	scheme.Cuts[model.Recency] = model.AxisCuts{Method: model.MethodFixed, At: at}
	scheme.Map = ""
	for score, tier := range []model.Tier{model.TierLow, model.TierLow, model.TierMid, model.TierMid, model.TierHigh} {
		slug := "r" + string(rune('1'+score))
		scheme.Regions = append(scheme.Regions, model.Region{
			Segment: model.Segment{Slug: slug, Label: slug, Tier: tier},
			Cells:   []model.Pattern{{model.ScoresFrom(score+1, score+1), model.AnyScore, model.AnyScore}},
		})
	}
	return scheme
}

const (
	firstDay  model.Day = 1_000
	secondDay           = firstDay + 30
)

// built is orders made kind by kind.
type built struct{ orders *model.Orders }

// add makes customers with orders so many days before the first day; negative
// is after it.
func (b *built) add(customers int, daysBefore ...int) {
	if b.orders == nil {
		b.orders = &model.Orders{Start: []int32{0}}
	}
	for range customers {
		for _, ago := range daysBefore {
			b.orders.Day = append(b.orders.Day, firstDay-model.Day(ago))
			b.orders.Value = append(b.orders.Value, 10*model.Unit)
			b.orders.Returned = append(b.orders.Returned, 0)
			b.orders.Flags = append(b.orders.Flags, model.Purchase)
		}
		b.orders.Start = append(b.orders.Start, int32(b.orders.Len()))
	}
}

// A base built so that the parts are known: thirty days lie between the two
// days, one rule cuts recency at 10, 20, 40, 80, the other at 10, 20, 55, 60.
func TestTheSplitOfAKnownTruth(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.SliceOfN(rapid.IntRange(1, 9), 7, 7).Draw(t, "customers of each kind")
		var b built
		b.add(n[0], 5, -25) // 5 days on both: stays
		b.add(n[1], 5)      // 5, then 35 days: score 5, then 3 under both rules
		b.add(n[2], 45)     // 45, then 75: score 2 under the old rule, 1 under the new
		b.add(n[3], 15)     // 15, then 45: score 4, 2 under the old, 3 under the new
		b.add(n[4], 25)     // 25, then 55: score 3, 2 under the old, 3 again under the new
		b.add(n[5], -10)    // after the first day: new
		b.add(n[6], 75)     // 75, then 105, beyond the window: gone
		old, new := byRecency(firstDay, 10, 20, 40, 80), byRecency(firstDay, 10, 20, 55, 60)
		laterOld, laterNew := byRecency(secondDay, 10, 20, 40, 80), byRecency(secondDay, 10, 20, 55, 60)
		for _, c := range []struct {
			name          string
			before, after model.Scheme
			want          [7]int // stayed, behaviour, rule, both, back, new, gone
		}{
			{"both", old, laterNew, [7]int{n[0], n[1], n[2], n[3], n[4], n[5], n[6]}},
			{"only the data", old, laterOld, [7]int{n[0] + n[2], n[1] + n[3] + n[4], 0, 0, 0, n[5], n[6]}},
			// On the first day, 45 days score 2 and then 3, 75 days 2 and then 1.
			{"only the cuts", old, new, [7]int{n[0] + n[1] + n[3] + n[4], 0, n[2] + n[6], 0, 0, 0, 0}},
			{"nothing", old, old, [7]int{n[0] + n[1] + n[2] + n[3] + n[4] + n[6]}},
		} {
			d := splitOf(t, b.orders, c.before, c.after).Segments
			got := [7]int{
				int(d.Stayed.Customers), int(d.Behaviour.Customers), int(d.Rule.Customers), int(d.Both.Customers),
				int(d.Back.Customers), int(d.New.Customers), int(d.Gone.Customers),
			}
			if got != c.want {
				t.Fatalf("%s: %v, want %v", c.name, got, c.want)
			}
			for _, part := range d.Parts {
				if c.name == "only the cuts" && part.Behaviour != (rfm.Flow{}) || c.name == "only the data" && part.Rule != (rfm.Flow{}) {
					t.Fatalf("%s: %+v", c.name, part)
				}
			}
		}
	})
}

func splitOf(t *rapid.T, orders *model.Orders, before, after model.Scheme) *compare.Split {
	was, is := sideOf(t, orders, before), sideOf(t, orders, after)
	between := was
	if was.Base.AsOf != is.Base.AsOf {
		between = betweenOf(t, orders, was, before, is.Base.AsOf)
	}
	split, err := compare.NewPair(was, between, is).Split(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return split
}
