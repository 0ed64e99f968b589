package model

import "time"

// Kind says what the rows of a file are.
type Kind string

// The kinds of files.
const (
	KindOrders Kind = "orders" // a row is an order
	KindLines  Kind = "lines"  // a row is a line of an order
)

// Source is one imported file, with the account of its import: Rows =
// Accepted + Rejected.
type Source struct {
	ID          int64
	Path        string // as the person gave it
	Kind        Kind
	Encoding    string // a standard name: "utf-8", "gb18030"
	Delimiter   string // ",", ";", "\t"; blanks for aligned columns
	Plan        string // everything chosen for the import, as YAML
	Fingerprint string // SHA-256 of the content, hexadecimal
	Corrects    string // fingerprint of the source whose refused rows these are, corrected; "" for a file of its own
	Bytes       int64  // size as stored (compressed, if it was)
	Rows        int64  // data rows read, header not counted
	Accepted    int64
	Corrected   int64 // accepted rows of which a value had to be mended or rounded
	Rejected    int64
	// RefusedValue sums what was bought, and RefusedReturned what was returned,
	// both >= 0, by those refused rows whose amount could be read all the same;
	// there are RefusedValued of them. Totals are left out: they are no money of
	// their own.
	RefusedValue    Money
	RefusedReturned Money
	RefusedValued   int64
	Duplicates      int64 // accepted rows equal to an earlier row of the file
	Dropped         int64 // of Duplicates, those left out, as the plan says
	Repeated        int64 // accepted rows left out because an earlier source brought their orders
	Joined          int64 // orders of corrections that joined one of the source they correct
	Bought          Money // what its stored orders are worth, returns not taken off; known once it is stored
	FirstDay        Day   // of its orders, as LastDay; NoDay of both without
	LastDay         Day
	Reasons         map[string]int64 // rejected rows by reject code
	Warnings        []Warning        // what its import had to tell, those of storing included; in a file of before they were kept, none
	Seconds         float64          // how long reading took
	ImportedAt      time.Time
}

// LeftOut is how many accepted rows were not stored.
func (s *Source) LeftOut() int64 { return s.Dropped + s.Repeated }

// Reject is a row that was refused.
type Reject struct {
	Source int64  // id of the source; 0 before it is stored
	Line   int64  // line of the file where the row begins, from 1
	Column string // header of the offending column, or its number
	Value  string // what stood there, cut to at most RejectValueLimit bytes
	Row    string // the whole row as it stands in the file, cut to at most RejectRowLimit bytes
	Code   string // a stable slug: "no-customer", "bad-date", "bad-amount"
	Reason string // one sentence for a person
}

// RejectValueLimit is how many bytes of an offending value are kept.
const RejectValueLimit = 200

// RejectRowLimit is how many bytes of a refused row are kept.
const RejectRowLimit = 500

// Progress tells how far long work has come.
type Progress struct {
	Stage string // what is being done, in the person's words: "reading", "storing"
	Done  int64  // in units of Total
	Total int64  // 0 when unknown
	Rows  int64  // rows handled so far in this stage
}
