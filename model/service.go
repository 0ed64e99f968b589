package model

// Service is what every customer of a tier is promised, and what that costs.
type Service struct {
	Tier        Tier
	Promise     int   // minutes until an answer: 60, 120, 1440
	Contacts    int   // contacts a customer and month, in hundredths of one
	Minutes     int   // of work a contact
	PerAdviser  int   // customers one named adviser looks after; 0: no named adviser
	ContactCost Money // of one contact
	Assumed     Assumed
}

// Assumed are the fields of a service of which nobody has said anything, as bits. A
// cost that is assumed is not known: no price is as good as another.
type Assumed uint8

// The fields of a service.
const (
	AssumedPromise Assumed = 1 << iota
	AssumedContacts
	AssumedMinutes
	AssumedPerAdviser
	AssumedCost
	AllAssumed = 1<<iota - 1
)

// CostKnown reports whether somebody has said what a contact costs.
func (s Service) CostKnown() bool { return s.Assumed&AssumedCost == 0 }

// What a service can be at the most: a promise of a year, a hundred contacts a
// month, a contact of a day, a million customers an adviser, and 10,000 units of
// currency a contact.
const (
	MostPromise     = 366 * 24 * 60
	MostContacts    = 100 * 100
	MostMinutes     = 24 * 60
	MostPerAdviser  = 1_000_000
	MostContactCost = 10_000 * Money(Unit)
)

// Check returns what is wrong with a service. Error: Usage.
func (s Service) Check() error {
	switch {
	case s.Tier != TierHigh && s.Tier != TierMid && s.Tier != TierLow:
		return Errorf(Usage, "nothing can be promised to a tier {tier:q}", "tier", string(s.Tier)).WithHint("use high, mid or low")
	case s.Promise < 1 || s.Promise > MostPromise:
		return Errorf(Usage, "a promise of {promise} minutes", "promise", s.Promise).WithHint("use 1 minute to 366 days")
	case s.Contacts < 0 || s.Contacts > MostContacts:
		return Errorf(Usage, "{contacts} hundredths of a contact a month", "contacts", s.Contacts).WithHint("use 0 to {most_contacts} contacts", "most_contacts", MostContacts/100)
	case s.Minutes < 0 || s.Minutes > MostMinutes:
		return Errorf(Usage, "a contact of {minutes} minutes", "minutes", s.Minutes).WithHint("use 0 to {most_minutes}", "most_minutes", MostMinutes)
	case s.PerAdviser < 0 || s.PerAdviser > MostPerAdviser:
		return Errorf(Usage, "{per_adviser} customers an adviser", "per_adviser", s.PerAdviser).WithHint("use 1 to {most_per_adviser}, or 0 for no named adviser", "most_per_adviser", MostPerAdviser)
	case s.ContactCost < 0 || s.ContactCost > MostContactCost:
		return Errorf(Usage, "a contact for {contact_cost}", "contact_cost", s.ContactCost).WithHint("use 0 to {most_contact_cost}", "most_contact_cost", MostContactCost)
	}
	return nil
}

// DefaultServices are what is assumed of the tiers where nobody has said
// anything: an answer within 1, 2 and 24 hours, an adviser for every 125
// customers in HIGH, and contacts whose cost is not known.
func DefaultServices() []Service {
	return []Service{
		{Tier: TierHigh, Promise: 60, Contacts: 200, Minutes: 15, PerAdviser: 125, Assumed: AllAssumed},
		{Tier: TierMid, Promise: 120, Contacts: 50, Minutes: 10, Assumed: AllAssumed},
		{Tier: TierLow, Promise: 24 * 60, Contacts: 20, Minutes: 5, Assumed: AllAssumed},
	}
}
