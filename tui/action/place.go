package action

import (
	"strings"

	"strata/model/catalogue"
)

// Place is a screen, or a set of screens.
type Place uint

// The screens. Those that share a digit are pages of one screen.
const (
	Tiers Place = 1 << iota
	Matrix
	MapEditor
	Migration
	Scenarios
	SideBySide
	Cohorts
	Share
	Cross
	Customers
	Data

	Anywhere = Tiers | Matrix | MapEditor | Migration | Scenarios | SideBySide | Asked | Customers | Data
	// Paged are the screens of several pages.
	Paged = Matrix | MapEditor | Migration | Scenarios | SideBySide | Share | Cross | Data
	// Asked are the pages that show the answer to a question.
	Asked = Cohorts | Share | Cross
)

// Places returns the screens in the order of their tabs, pages of one screen
// together.
func Places() []Place {
	return []Place{Tiers, Matrix, MapEditor, Migration, Scenarios, SideBySide, Cohorts, Share, Cross, Customers, Data}
}

// Digit returns the key that opens the screen. It is the same for ever.
func (p Place) Digit() string { return digits[p] }

var digits = map[Place]string{
	Tiers: "1", Matrix: "2", MapEditor: "2", Migration: "3", Scenarios: "3", SideBySide: "3", Cohorts: "5", Share: "6", Cross: "6", Customers: "7", Data: "9",
}

// String returns the screen's name.
func (p Place) String() string { return names[p] }

var names = map[Place]string{
	Tiers: catalogue.T("Tiers"), Matrix: catalogue.T("Matrix"), MapEditor: catalogue.T("Map"), Migration: catalogue.T("Migration"),
	Scenarios: catalogue.T("Scenarios"), SideBySide: catalogue.T("Side by side"), Cohorts: catalogue.T("Cohorts"), Share: catalogue.T("Share"), Cross: catalogue.T("Cross-table"), Customers: catalogue.T("Customers"), Data: catalogue.T("Data"),
}

// First returns the first page of the screen that p is a page of.
func (p Place) First() Place {
	return firsts[p]
}

var firsts = func() map[Place]Place {
	of, byDigit := map[Place]Place{}, map[string]Place{}
	for _, p := range Places() {
		if _, ok := byDigit[p.Digit()]; !ok {
			byDigit[p.Digit()] = p
		}
		of[p] = byDigit[p.Digit()]
	}
	return of
}()

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
		if p.Open() == id { // the first page comes first
			return p, true
		}
	}
	return 0, false
}
