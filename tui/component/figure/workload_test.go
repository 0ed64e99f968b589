package figure_test

import (
	"slices"
	"testing"

	"strata/analysis/workload"
	"strata/model"
	"strata/tui/component/figure"
)

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
		"contacts": {contacts, []string{"383.33", "635.33", "381.33", "1,399.99"}},
		"hours":    {hours, []string{"0.1", "0.1", "<0.1", "0.2"}},
		"costs":    {costs, []string{"£0.41", "£0.40", "£0.40", "£1.21"}},
	} {
		if !slices.Equal(c.got, c.want) {
			t.Errorf("%s: %q, want %q", name, c.got, c.want)
		}
	}
	// One customer for whom a minute is taken and a hundredth paid is not nobody.
	few := []workload.Load{{}, {Contacts: 20, Minutes: 100, Cost: 40}, {Contacts: 990_00}}
	contacts, hours, costs = figure.Loads(few, few[0].Add(few[1]).Add(few[2]), "£")
	if !slices.Equal(contacts, []string{"0.0", "0.2", "990.0", "990.2"}) || !slices.Equal(hours, []string{"0.0", "<0.1", "0.0", "<0.1"}) || !slices.Equal(costs, []string{"£0.00", "<£0.01", "£0.00", "<£0.01"}) {
		t.Errorf("few: %q, %q, %q", contacts, hours, costs)
	}
	// What a tier is said to ask for does not hang on the others.
	for _, other := range []int64{381_00, 381_50} {
		half := []workload.Load{{Contacts: 290_50}, {Contacts: other}}
		if contacts, _, _ := figure.Loads(half, half[0].Add(half[1]), "£"); contacts[0] != "290.5" {
			t.Errorf("beside %d: %q", other, contacts)
		}
	}
	contacts, _, _ = figure.Loads(make([]workload.Load, 2), workload.Load{}, "")
	if !slices.Equal(contacts, []string{"0", "0", "0"}) {
		t.Errorf("nobody: %q", contacts)
	}
}
