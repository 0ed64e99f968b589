package figure

import (
	"strata/analysis/workload"
	"strata/model"
	"strata/model/words"
)

// Loads writes what tiers ask for a month, and last all of them together: contacts,
// hours, cost. Contacts are exact, with as many decimals as one of them needs. The parts
// of the others add up to the whole as printed, by largest remainders; in the sum what is less than one in the last place, like <0.1, counts as nothing.
func Loads(tiers []workload.Load, all workload.Load, symbol string) (contacts, hours, costs []string) {
	column := func(of func(workload.Load) int64, unit int64, write func(int64) string) []string {
		parts := make([]int64, len(tiers))
		for i, l := range tiers {
			parts[i] = of(l)
		}
		whole := (of(all) + unit/2) / unit
		units, ok := model.Apportion(whole, parts, of(all))
		if !ok { // nothing at all
			units = make([]int64, len(parts))
		}
		parts, units = append(parts, of(all)), append(units, whole)
		texts := make([]string, len(parts))
		for i, n := range units {
			if texts[i] = write(n * unit); n == 0 && parts[i] > 0 {
				texts[i] = "<" + write(unit)
			}
		}
		return texts
	}
	exact := make([]int64, 0, len(tiers)+1)
	for _, l := range tiers {
		exact = append(exact, l.Contacts)
	}
	contacts = words.ContactsAlike(append(exact, all.Contacts)...)
	hours = column(func(l workload.Load) int64 { return l.Minutes }, 600, words.Hours)
	costs = column(func(l workload.Load) int64 { return int64(l.Cost) }, model.Unit/100, func(n int64) string { return words.Amount(model.Money(n), symbol) })
	return contacts, hours, costs
}
