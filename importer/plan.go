package importer

import (
	"strata/model"
)

// Plan says how a file will be read. [Detect] makes it.
type Plan struct {
	Kind      model.Kind
	Encoding  string // "utf-8" or "windows-1252"; "" when the beginning of the file is plain ASCII and the rest decides
	Delimiter string
	Columns   []Column // one per column of the file, in file order
}

// Column is one column of the file and what becomes of it.
type Column struct {
	Name  string // its header, or its number where there is none
	Field string // the field it was recognised as, "" for another attribute
}

// String says on one line how the file will be read:
// "customer=CustomerID, order=InvoiceNo, date=InvoiceDate (month first), amount=Quantity × UnitPrice".
func (p *Plan) String() string { return "" }
