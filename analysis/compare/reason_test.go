package compare_test

import (
	"math/rand/v2"
	"testing"

	"strata/analysis/compare"
	"strata/analysis/rfm"
	"strata/model"
)

// Whoever is kept in a tier is where no cut and no map has put him, on the way
// there as on the way back; no distance leads anywhere.
func TestWhoIsKeptMovesByThat(t *testing.T) {
	t.Parallel()
	orders := randomOrders(rand.New(rand.NewPCG(1, 1)), 60)
	scheme, _ := rfm.Preset("ten")
	plain := sideOf(t, orders, scheme)
	row, tier := 7, model.TierHigh
	if plain.Rule.Segments[plain.Rule.SegmentOf(plain.Base, row)].Tier == tier {
		tier = model.TierLow
	}
	kept := compare.Side{Base: plain.Base, Rule: plain.Rule.Holding(
		plain.Base, model.Fairness{}, []rfm.Hold{{Row: int32(row), Tier: tier, By: model.KeptByOverride}},
	)}
	for _, sides := range [][2]compare.Side{{plain, kept}, {kept, plain}} {
		p := compare.NewPair(sides[0], sides[0], sides[1])
		flows, err := p.Flows(t.Context())
		if err != nil || len(flows) != 1 || flows[0].Customers != 1 {
			t.Fatalf("%+v, %v; want the one who is kept", flows, err)
		}
		want := compare.Reason{Class: compare.Rule, OfTiers: compare.Rule, Cause: compare.ByHold, Kept: model.KeptByOverride, ValueCut: -1}
		if sides[0] == kept {
			want.Kept, want.KeptBefore = "", model.KeptByOverride
		}
		reason := p.Reason(p.Way(row))
		if reason != want || flows[0].Reasons[0].Reason != want {
			t.Errorf("%+v, of the flow %+v; want %+v", reason, flows[0].Reasons, want)
		}
		if distance, ok := p.Distance(row, reason); ok {
			t.Errorf("a distance of %d", distance)
		}
	}
}

// Customers enough to be shared out among several goroutines add up to what
// looking at one after the other says.
func TestManyCustomersAddUp(t *testing.T) {
	t.Parallel()
	orders := randomOrders(rand.New(rand.NewPCG(2, 1)), 50_000)
	ten, _ := rfm.Preset("ten")
	eleven, _ := rfm.Preset("eleven")
	before, after := sideOf(t, orders, ten), sideOf(t, orders, eleven)
	after.Base = before.Base
	p := compare.NewPair(before, before, after)
	flows, err := p.Flows(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var sum rfm.Flow
	for _, f := range flows {
		sum.Customers += f.Customers
		sum.Revenue += f.Revenue
	}
	want := rfm.Reclassified(rfm.Assign(before.Base, before.Rule), rfm.Assign(before.Base, after.Rule))
	if sum != want {
		t.Errorf("the flows add up to %+v, want %+v", sum, want)
	}
	split, err := p.Split(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got := split.Segments.Rule; got != want || split.Segments.Stayed.Customers+want.Customers != int64(before.Base.Len()) {
		t.Errorf("by the rule %+v, want %+v; %d stayed", got, want, split.Segments.Stayed.Customers)
	}
}
