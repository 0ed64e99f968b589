package figure_test

import (
	"slices"
	"testing"

	"strata/analysis/workload"
	"strata/model"
	"strata/tui/component/figure"
)

func TestWorkloadFigures(t *testing.T) {
	t.Parallel()
	for hundredths, want := range map[int64]string{0: "0", 49: "0", 50: "1", 333_949: "3,339", 333_950: "3,340"} {
		if got := figure.Contacts(hundredths); got != want {
			t.Errorf("%d hundredths of a contact are %s, want %s", hundredths, got, want)
		}
	}
	for hundredths, want := range map[int64]string{0: "0.0", 299: "0.0", 300: "0.1", 6_000: "1.0", 6_978_000: "1,163.0"} {
		if got := figure.Hours(hundredths); got != want {
			t.Errorf("%d hundredths of a minute are %s hours, want %s", hundredths, got, want)
		}
	}
}

// What is printed of the tiers adds up to what is printed of all.
func TestLoadsAddUp(t *testing.T) {
	t.Parallel()
	var tiers []workload.Load
	var all workload.Load
	for _, contacts := range []int64{383_33, 635_33, 381_33} { // 1,399.99 in all
		l := workload.Load{Contacts: contacts, Minutes: 400, Cost: model.Money(4_049)}
		tiers, all = append(tiers, l), all.Add(l)
	}
	contacts, hours, costs := figure.Loads(tiers, all, "£")
	for name, c := range map[string]struct{ got, want []string }{
		"contacts": {contacts, []string{"383", "636", "381", "1,400"}},
		"hours":    {hours, []string{"0.1", "0.1", "0.0", "0.2"}},
		"costs":    {costs, []string{"£0.41", "£0.40", "£0.40", "£1.21"}},
	} {
		if !slices.Equal(c.got, c.want) {
			t.Errorf("%s: %q, want %q", name, c.got, c.want)
		}
	}
	contacts, _, _ = figure.Loads(make([]workload.Load, 2), workload.Load{}, "")
	if !slices.Equal(contacts, []string{"0", "0", "0"}) {
		t.Errorf("nobody: %q", contacts)
	}
}
