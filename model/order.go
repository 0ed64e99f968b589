package model

// OrderFlag says which kinds of lines an order has.
type OrderFlag uint8

// The flags of an order. One without Purchase is a pure return.
const (
	Purchase OrderFlag = 1 << iota // at least one line that is not a return
	Return                         // at least one returned line
	Costed                         // its file says what it cost
)

// LineFlag says whether a line is a return: money back, or goods back for
// nothing. The quantity is 0 where the file has none.
func LineFlag(quantity int64, amount Money) OrderFlag {
	if amount < 0 || amount == 0 && quantity < 0 {
		return Return
	}
	return Purchase
}

// Orders are the orders of a workspace as columns, grouped by customer and,
// within a customer, sorted by day. Customer c owns the orders with index
// Start[c] <= i < Start[c+1].
type Orders struct {
	Start    []int32 // length customers + 1
	Day      []Day   // day of the order's first line
	Value    []Money // what was bought, >= 0
	Returned []Money // what was returned, >= 0; nil when no order has returns
	Flags    []OrderFlag
	Cost     []Money // of what was bought, less that of what was returned; 0 without [Costed], nil when no order has a cost
	// Attributes holds the order attributes that were asked for, by name;
	// their codes run parallel to Day.
	Attributes map[string]*Codes
	Lines      *Lines // nil unless they were asked for
}

// Len returns the number of orders.
func (o *Orders) Len() int { return len(o.Day) }

// Customers returns the number of customers, those without orders included.
func (o *Orders) Customers() int { return max(0, len(o.Start)-1) }

// Lines are the kept lines of a workspace's orders as columns: order i of
// [Orders] owns the lines with index Start[i] <= l < Start[i+1]. An order of a
// file whose lines were not kept has none.
type Lines struct {
	Start  []int32 // length orders + 1
	Amount []Money // negative for a return
	Refund []Money // given back of the amount, >= 0; nil when nothing was
	Flags  []OrderFlag
	Cost   []Money // of the whole line, negative for a return; nil when no order has a cost
	// Attributes holds the line attributes that were asked for, by name; their
	// codes run parallel to Amount.
	Attributes map[string]*Codes
}

// Len returns the number of lines.
func (l *Lines) Len() int { return len(l.Amount) }

// Customers are the customers of a workspace as columns; their position is
// the customer ordinal used by [Orders].
type Customers struct {
	Keys Strings // the key as it stands in the file, leading zeros kept
	// Attributes holds the customer attributes that were asked for, by name.
	Attributes map[string]*Codes
}

// Subject says what an attribute describes.
type Subject string

// The subjects of attributes.
const (
	OfOrder    Subject = "order"
	OfCustomer Subject = "customer"
	OfLine     Subject = "line"
)

// Attribute is a kept column of a client file: a real column of the
// workspace's orders, customer or order_line table.
type Attribute struct {
	Name    string  // as in the file's header
	Subject Subject // which table has it
	Column  string  // its SQL column name, unique within the table
	Field   string  // the known field it was recognised as ("region", "name"), or ""
}

// Codes is a dictionary-coded column: row i has the text Words[Code[i]].
// Code 0 is always the empty text: no value.
type Codes struct {
	Words []string
	Code  []uint32
}
