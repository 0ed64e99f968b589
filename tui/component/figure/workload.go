package figure

import (
	"strconv"

	"strata/analysis/workload"
	"strata/model"
)

// Contacts writes hundredths of a contact as a whole number of them, rounded
// half up: "3,339".
func Contacts(hundredths int64) string { return Count((hundredths + 50) / 100) }

// Hours writes hundredths of a minute as hours with one decimal, rounded half
// up: "1,163.0".
func Hours(hundredths int64) string {
	const tenth = 600 // hundredths of a minute in a tenth of an hour
	tenths := (hundredths + tenth/2) / tenth
	return Count(tenths/10) + "." + strconv.FormatInt(tenths%10, 10)
}

// Loads writes what tiers ask for a month, and last all of them together: contacts,
// hours, cost. The parts add up to the whole as printed, by largest remainders.
func Loads(tiers []workload.Load, all workload.Load, symbol string) (contacts, hours, costs []string) {
	column := func(of func(workload.Load) int64, unit int64, write func(int64) string) []string {
		parts := make([]int64, len(tiers))
		for i, l := range tiers {
			parts[i] = of(l)
		}
		whole := (of(all) + unit/2) / unit
		units, ok := model.Apportion(whole, parts, of(all))
		var texts []string
		for i := range parts {
			if !ok { // nothing at all
				units = make([]int64, len(parts))
			}
			texts = append(texts, write(units[i]*unit))
		}
		return append(texts, write(whole*unit))
	}
	contacts = column(func(l workload.Load) int64 { return l.Contacts }, 100, Contacts)
	hours = column(func(l workload.Load) int64 { return l.Minutes }, 600, Hours)
	costs = column(func(l workload.Load) int64 { return int64(l.Cost) }, model.Unit/100, func(n int64) string { return Amount(model.Money(n), symbol) })
	return contacts, hours, costs
}
