package model

import "time"

// Scenario is a scheme kept in a workspace under a name.
type Scenario struct {
	Name    string // not that of a preset
	Note    string // what the person wrote about it, may be empty
	Scheme  string // the scheme as text
	SavedAt time.Time
}
