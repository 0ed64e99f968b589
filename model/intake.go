package model

// Intake is the whole cleaned content of one file in columns, ready to be
// stored: what an importer makes and [Store.Import] takes. Customers are
// numbered from 0 in order of first appearance in the file.
type Intake struct {
	Source   Source
	Currency string  // ISO code or symbol if the file says, or ""
	Overlap  Overlap // what becomes of orders that are there already

	// Of corrections (see [Source.Corrects]) and the orders they join: whether a
	// number on another day is another order, and whether an amount is that of the
	// order, on each of its rows. Their columns are offered to orders and to lines
	// both, and go where the workspace has them.
	NumbersRestart, ValueOnce bool

	Customers          Strings // keys; every customer here has at least one order
	CustomerAttributes []IntakeAttribute

	// Orders, rolled up: one row per customer and order id, or per file row
	// where the file has no order id. Sorted by customer, then day, then file
	// order.
	OrderCustomer   []int32
	OrderKeys       Strings // order ids; empty when the file has none
	OrderDay        []Day
	OrderValue      []Money
	OrderReturned   []Money // nil when nothing was returned
	OrderFlags      []OrderFlag
	OrderLines      []int32 // file rows rolled up into the order
	OrderCost       []Money // what the order's rows cost, less that of returned ones; nil without a cost column
	OrderAttributes []IntakeAttribute

	// Lines in the order of their orders; nil when lines are not kept.
	Lines *IntakeLines

	Rejects []Reject
}

// Overlap says what becomes of the orders of a file that the workspace has
// already from another one.
type Overlap uint8

// The ways. A file of which everything is there already is refused with Exists,
// unless it is imported again on purpose.
const (
	OverlapKept    Overlap = iota // imported all the same, and warned about
	OverlapDropped                // left out, and told
	OverlapAgain                  // imported on purpose, even where nothing is new
)

// IntakeAttribute is a kept column with its values.
type IntakeAttribute struct {
	Name  string // header in the file
	Field string // known field it was recognised as, or ""
	Codes Codes
}

// IntakeLines are order lines as columns, sorted by Order. The lines of an order
// make it up: its value is the sum of their amounts above 0, its returned value
// that of the others and of what was given back, its flags are theirs together.
type IntakeLines struct {
	Order      []int32     // index into the intake's orders, ascending
	Quantity   []int64     // ten-thousandths of a piece; nil when the file has none
	Price      []Money     // unit price; nil when the file has none
	Amount     []Money     // quantity × price, or the amount; negative for a return
	Refund     []Money     // given back of the amount, >= 0; nil when nothing was
	Flags      []OrderFlag // nil: as [LineFlag] has them
	Cost       []Money     // of the whole line, negative for a return; nil without a cost column
	Attributes []IntakeAttribute
}
