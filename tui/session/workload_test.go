package session_test

import (
	"slices"
	"strings"
	"testing"

	"strata/analysis/workload"
	"strata/model"
	"strata/tui/session"
)

// What is promised is assumed until somebody says it, and is in the workspace
// then; the figures are those of the tiers, and follow a moved cut.
func TestServicesOfAWorkspace(t *testing.T) {
	t.Parallel()
	store := newMemory(2, 500)
	b := openBench(t, store)
	f := b.Frame()
	if w := f.Workload(); !f.ServicesAssumed || !w.Assumed || !slices.Equal(f.Services, model.DefaultServices()) {
		t.Errorf("services %+v before anybody has said", f.Services)
	}
	services, err := session.ParseServices(f.Services, "high.promise=30m, high.contacts=4,high.minutes=20,high.per-adviser=10,low.cost=0.75")
	if err != nil {
		t.Fatal(err)
	}
	if err := b.SetServices(services); err != nil {
		t.Fatal(err)
	}
	if b.Frame() == f || b.Frame().ServicesAssumed {
		t.Error("the frame has not changed")
	}
	if _, err := b.Step(session.CutID{Value: true, Index: 1}, -2); err != nil {
		t.Fatal(err)
	}
	f = b.Frame()
	w := f.Workload()
	high := w.Tiers[0]
	if high.Was == high.Now || high.Now != workload.Of(services[0], f.Tiers[0].Now.Customers) || high.Was != workload.Of(services[0], f.Tiers[0].Was.Customers) {
		t.Errorf("HIGH %+v", high)
	}
	if sum := high.Now.Add(w.Tiers[1].Now).Add(w.Tiers[2].Now); sum != w.Now || w.Now.Customers != f.Total.Customers {
		t.Errorf("all %+v, tiers add up to %+v", w.Now, sum)
	}
	if w.Promises[0] != (workload.Promise{Minutes: 30, Customers: f.Tiers[0].Now.Customers}) || len(w.PromisesWas) != 3 {
		t.Errorf("promises %+v", w.Promises)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(store.Promises, services) {
		t.Errorf("stored %+v", store.Promises)
	}
	frame, err := openSession(t, store).Tiers(t.Context(), f.Scheme)
	if err != nil || !slices.Equal(frame.Services, services) || frame.ServicesAssumed {
		t.Errorf("another session has %+v, %v", frame.Services, err)
	}
}

func TestServicesAreChecked(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"high":               `"high" sets nothing; write tier.field=value`,
		"high=1h":            `"high=1h" sets nothing`,
		"top.promise=1h":     `nothing can be promised to a tier "top"; use high, mid or low`,
		"high.speed=1h":      `a service has no field "speed"; use promise, contacts, minutes, per-adviser or cost`,
		"high.promise=60":    `high.promise: "60" is not valid for an answer within; use minutes, hours or days`,
		"high.promise=0h":    "like 30m, 1h or 2d",
		"high.promise=367d":  "up to 366d",
		"high.promise=h":     "like 30m",
		"low.contacts=-1":    "0 to 100",
		"low.contacts=0.255": "with two decimals at most",
		"low.contacts=101":   "0 to 100",
		"low.minutes=1.5":    "whole minutes",
		"mid.per-adviser=-2": "0 for no named adviser",
		"mid.cost=10000.01":  "an amount up to 10000",
		"mid.cost=":          "like 3.50",
	} {
		if _, err := session.ParseServices(model.DefaultServices(), text); model.CodeOf(err) != model.Usage || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want it to contain %q", text, err, want)
		}
	}
	b := openBench(t, newMemory(2, 50))
	bad := model.DefaultServices()
	bad[0].Promise = 0
	if err := b.SetServices(bad); model.CodeOf(err) != model.Usage || !b.Frame().ServicesAssumed {
		t.Errorf("error %v", err)
	}
	store := newMemory(2, 50)
	store.Promises = bad
	if _, _, err := openSession(t, store).Services(t.Context()); model.CodeOf(err) != model.Corrupt {
		t.Errorf("error %v", err)
	}
}

// What a field shows can be typed again.
func TestServiceFieldsReadWhatTheyWrite(t *testing.T) {
	t.Parallel()
	for _, promise := range []int{1, 45, 60, 90, 120, 1440, 4320, 4380, 10_080, model.MostPromise} {
		want := model.Service{Tier: model.TierMid, Promise: promise, Contacts: promise % 10_000, Minutes: promise % 1440, PerAdviser: promise, ContactCost: model.Money(promise)}
		got := model.Service{Tier: model.TierMid, Promise: 7}
		for _, f := range session.ServiceFields {
			if err := f.Set(&got, f.Text(want)); err != nil {
				t.Fatal(err)
			}
		}
		if got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
	for minutes, want := range map[int]string{45: "45 m", 60: "1 h", 90: "90 m", 1440: "24 h", 7 * 1440: "7 d", 4380: "73 h"} {
		if got := session.PromiseText(minutes); got != want {
			t.Errorf("%d minutes are %q, want %q", minutes, got, want)
		}
	}
}
