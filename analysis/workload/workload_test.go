package workload_test

import (
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"strata/analysis/workload"
	"strata/model"
)

// Worked out by hand.
func TestOf(t *testing.T) {
	t.Parallel()
	named := model.Service{Tier: model.TierHigh, Promise: 60, Contacts: 400, Minutes: 15, PerAdviser: 125, ContactCost: 35_000}
	for _, c := range []struct {
		name      string
		service   model.Service
		customers int64
		want      workload.Load
	}{
		{"nobody", named, 0, workload.Load{}},
		{"one needs an adviser", named, 1, workload.Load{Customers: 1, Contacts: 400, Minutes: 6_000, Advisers: 1, Cost: 14 * model.Unit}},
		{"ten are enough for 1,163", named, 1_163, workload.Load{Customers: 1_163, Contacts: 465_200, Minutes: 6_978_000, Advisers: 10, Cost: 16_282 * model.Unit}},
		{"nine for 1,125", named, 1_125, workload.Load{Customers: 1_125, Contacts: 450_000, Minutes: 6_750_000, Advisers: 9, Cost: 15_750 * model.Unit}},
		{"no named adviser", model.Service{Contacts: 20, Minutes: 5}, 1_914, workload.Load{Customers: 1_914, Contacts: 38_280, Minutes: 191_400}},
		{"half a ten-thousandth rounds to even", model.Service{Contacts: 50, ContactCost: 1}, 1, workload.Load{Customers: 1, Contacts: 50}},
		{"one and a half, too", model.Service{Contacts: 50, ContactCost: 1}, 3, workload.Load{Customers: 3, Contacts: 150, Cost: 2}},
	} {
		if got := workload.Of(c.service, c.customers); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

// Nothing overflows with the most that a service may be, for a hundred million
// customers.
func TestCostIsExact(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := model.Service{
			Tier: model.TierHigh, Promise: 1, Contacts: rapid.IntRange(0, model.MostContacts).Draw(t, "contacts"),
			Minutes:     rapid.IntRange(0, model.MostMinutes).Draw(t, "minutes"),
			ContactCost: model.Money(rapid.Int64Range(0, int64(model.MostContactCost)).Draw(t, "cost")),
		}
		customers := rapid.Int64Range(0, 100_000_000).Draw(t, "customers")
		got := workload.Of(s, customers)
		exact := big.NewRat(customers*int64(s.Contacts), 100)
		exact.Mul(exact, new(big.Rat).SetInt64(int64(s.ContactCost)))
		off := exact.Sub(exact, new(big.Rat).SetInt64(int64(got.Cost)))
		if off.Abs(off).Cmp(big.NewRat(1, 2)) > 0 || got.Cost < 0 {
			t.Fatalf("cost %s of %d customers under %+v", got.Cost, customers, s)
		}
		if got.Minutes < 0 || s.Minutes > 0 && got.Minutes/int64(s.Minutes) != got.Contacts {
			t.Fatalf("%d minutes", got.Minutes)
		}
	})
}

func TestPromises(t *testing.T) {
	t.Parallel()
	services := []model.Service{{Tier: model.TierHigh, Promise: 120}, {Tier: model.TierMid, Promise: 60}, {Tier: model.TierLow, Promise: 120}}
	customers := map[model.Tier]int64{model.TierHigh: 1, model.TierMid: 20, model.TierLow: 300, model.TierNone: 4_000}
	got := workload.Promises(services, func(t model.Tier) int64 { return customers[t] })
	if want := []workload.Promise{{60, 20}, {120, 301}}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// Advisers are whole people, and so many serve at most the customers who take no
// more of them.
func TestAdvisers(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		each := rapid.Int64Range(1, 1_000_000*model.Unit).Draw(t, "each")
		customers := rapid.Int64Range(0, 100_000_000).Draw(t, "customers")
		got := workload.Advisers(customers, each)
		exact := new(big.Rat).Quo(big.NewRat(customers, 1), big.NewRat(each, model.Unit))
		if over := new(big.Rat).Sub(big.NewRat(got, 1), exact); over.Sign() < 0 || over.Cmp(big.NewRat(1, 1)) >= 0 {
			t.Fatalf("%d advisers for %d customers, %d ten-thousandths each", got, customers, each)
		}
		if served := workload.Served(got, each); served < customers || workload.Advisers(served, each) != got {
			t.Fatalf("%d advisers serve %d customers at most", got, served)
		}
	})
	if got := workload.Advisers(5, 0); got != 0 {
		t.Errorf("%d advisers where none is named", got)
	}
}
