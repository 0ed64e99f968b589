package model

// Profile is what a workspace holds about one customer, before any policy.
type Profile struct {
	Key    string  // as it stands in the file
	Facts  []Fact  // customer attributes that have a value, in the order of [Store.Attributes]
	Orders []Order // by day; those of one day in the order they were imported
}

// Fact is the value of one attribute.
type Fact struct{ Name, Value string }

// Order is one order of a customer.
type Order struct {
	Key      string // the file's order id, "" where it has none
	Day      Day    // of its first line
	Value    Money  // what was bought, >= 0
	Returned Money  // what was returned, >= 0
	Flags    OrderFlag
}
