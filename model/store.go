package model

import (
	"context"
	"iter"
	"time"
)

// Store is an open workspace: what every workspace promises, whatever holds
// it. All methods may be called from several goroutines; writes are done one
// at a time. Errors are [*Error].
type Store interface {
	// Info tells what the workspace holds.
	Info(ctx context.Context) (Info, error)

	// Import stores files, all of them or none, and refreshes the columns. It
	// sets the ID of each intake's source. Orders that are there already from
	// an earlier source are warned about, and kept or left out as the intake
	// says. On error or cancellation the workspace is as before. Errors:
	// ReadOnly, Busy, Cancelled; Exists, where a file brings nothing new.
	Import(ctx context.Context, intakes []*Intake, report func(Progress)) ([]Warning, error)

	// Rehearse tells what Import would do, and what the workspace would then
	// hold, without writing anything. Of no files it tells what the workspace
	// holds, and who writes it, as if it had been opened for writing. Errors:
	// those of Import.
	Rehearse(ctx context.Context, intakes []*Intake, report func(Progress)) (Info, []Warning, error)

	// Orders returns the order columns with the named order attributes.
	// Error: NotFound for an unknown attribute. The result is shared and must
	// not be changed.
	Orders(ctx context.Context, attributes ...string) (*Orders, error)

	// Lines returns the kept order lines with the named line attributes, in the
	// order of Orders. They are read when they are first asked for. Errors:
	// NotFound for an unknown attribute, Invalid for more lines than an int32
	// counts. The result is shared and must not be changed.
	Lines(ctx context.Context, attributes ...string) (*Lines, error)

	// Customers returns the customer columns with the named customer
	// attributes. Error: NotFound for an unknown attribute. The result is
	// shared and must not be changed.
	Customers(ctx context.Context, attributes ...string) (*Customers, error)

	// Profile returns all there is about one customer, by ordinal. Error:
	// NotFound for a customer the workspace does not have.
	Profile(ctx context.Context, customer int) (Profile, error)

	// Attributes lists the kept columns.
	Attributes(ctx context.Context) ([]Attribute, error)

	// Sources lists the imported files, oldest first.
	Sources(ctx context.Context) ([]Source, error)

	// Rejects yields the refused rows of one source (0: of all), in file order.
	Rejects(ctx context.Context, source int64) iter.Seq2[Reject, error]

	// Bench returns where the person left the workbench; the zero Bench in a
	// fresh workspace.
	Bench(ctx context.Context) (Bench, error)

	// AddEdit appends an edit below edit.Parent, makes it the head and returns
	// its id. Error: ReadOnly.
	AddEdit(ctx context.Context, edit Edit) (int64, error)

	// Edits returns edits in full, in the order of ids. Error: NotFound.
	Edits(ctx context.Context, ids ...int64) ([]Edit, error)

	// SetHead makes an existing edit (0: the beginning) the head, and
	// SetBaseline the scheme others are compared with. Error: ReadOnly.
	SetHead(ctx context.Context, id int64) error
	SetBaseline(ctx context.Context, scheme string) error

	// Scenarios lists the kept scenarios by name. PutScenario keeps one, in the
	// place of an older one of that name; DeleteScenario forgets one. Errors:
	// ReadOnly, NotFound.
	Scenarios(ctx context.Context) ([]Scenario, error)
	PutScenario(ctx context.Context, scenario Scenario) error
	DeleteScenario(ctx context.Context, name string) error

	// Services returns what each tier is promised, best tier first; nil where
	// nobody has said. SetServices replaces it. Error: ReadOnly.
	Services(ctx context.Context) ([]Service, error)
	SetServices(ctx context.Context, services []Service) error

	// Snapshot returns the tier table stored last with the generation of the
	// data it was computed from, nil when there is none; SetSnapshot stores one.
	Snapshot(ctx context.Context) (table []byte, generation int64, err error)
	SetSnapshot(ctx context.Context, table []byte, generation int64) error

	// SaveAs copies the workspace to a new file and goes on there: a temporary
	// workspace is an ordinary one afterwards. Errors: Exists, Unreadable, Busy,
	// Cancelled.
	SaveAs(ctx context.Context, path string, report func(Progress)) error

	Close() error
}

// Info tells what a workspace holds.
type Info struct {
	Path        string
	ReadOnly    bool   // another program is writing, or the file cannot be written
	Writer      string // who is, in words, when ReadOnly because of another program
	Temporary   bool   // made for one what-if; gone after closing unless kept
	Currency    string // ISO code or symbol, "" unknown
	Generation  int64  // rises with every import
	Fingerprint string // of the data, over the fingerprints of its sources
	Customers   int
	Orders      int   // as stored, before any policy
	Revenue     Money // bought value, before any policy
	Returned    Money
	ReturnOnly  int // orders that are pure returns
	FirstDay    Day // NoDay when empty
	LastDay     Day
}

// NoAmounts reports whether no order of the workspace says what it was worth: its
// file had no such column. That is not known, and not 0.
func (i Info) NoAmounts() bool { return i.Orders > 0 && i.Revenue == 0 && i.Returned == 0 }

// Edit is one change of the working scheme, kept for ever. Edits form a tree:
// undoing and then changing something else starts a branch.
type Edit struct {
	ID     int64
	Parent int64 // 0: the beginning
	At     time.Time
	Label  string // readable: "recency 4│3: 33 → 45 days"
	Scheme string // the whole scheme after the edit, as text
	// Customers are those whose segment the edit changed, with their Revenue.
	Customers int64
	Revenue   Money
}

// EditLink is the place of an edit in the tree of edits.
type EditLink struct{ ID, Parent int64 }

// Bench is where the person left the workbench.
type Bench struct {
	Baseline string     // scheme text, "" = the default scheme
	Head     int64      // id of the current edit, 0 = the beginning
	Edits    []EditLink // all edits, oldest first; [Store.Edits] has the rest
}
