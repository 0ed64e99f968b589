package model

// Service is what every customer of a tier is promised, and what that costs.
type Service struct {
	Tier        Tier
	Promise     int   // minutes until an answer: 60, 120, 1440
	Contacts    int   // contacts a customer and month, in hundredths of one
	Minutes     int   // of work a contact
	PerAdviser  int   // customers one named adviser looks after; 0: no named adviser
	ContactCost Money // of one contact
}
