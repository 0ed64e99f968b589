package action

import "strings"

// Place is a screen, or a set of screens.
type Place uint

// The screens.
const (
	Tiers Place = 1 << iota
	Matrix
	Customers
	Data

	Anywhere = Tiers | Matrix | Customers | Data
)

// Places returns the screens in the order of their tabs.
func Places() []Place { return []Place{Tiers, Matrix, Customers, Data} }

// Digit returns the key that opens the screen. It is the same for ever.
func (p Place) Digit() string {
	return map[Place]string{Tiers: "1", Matrix: "2", Customers: "7", Data: "9"}[p]
}

// String returns the screen's name.
func (p Place) String() string {
	return map[Place]string{Tiers: "Tiers", Matrix: "Matrix", Customers: "Customers", Data: "Data"}[p]
}

// names lists the screens of a set.
func (p Place) names() string {
	var names []string
	for _, one := range Places() {
		if p&one != 0 {
			names = append(names, one.String())
		}
	}
	return strings.Join(names, ", ")
}

// Open returns the action that brings the screen to the front.
func (p Place) Open() ID { return ID("screen-" + p.Digit()) }

// Opens returns the screen that an action brings to the front, and false for
// any other action.
func Opens(id ID) (Place, bool) {
	for _, p := range Places() {
		if p.Open() == id {
			return p, true
		}
	}
	return 0, false
}
