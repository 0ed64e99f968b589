package main

import (
	"strconv"
	"time"

	"strata/tui/session"
)

// logJSON is an edit in the stable JSON of `strata log`, `strata undo` and
// `strata redo`.
type logJSON struct {
	Number int     `json:"number"` // in the order the edits were made; 0 is the beginning
	Parent int     `json:"parent"` // the edit it was made after
	At     *string `json:"at"`     // RFC 3339, UTC; null for the beginning
	Label  string  `json:"label"`
	// Customers changed segment by the edit, or tier where it opened a scheme whose map has
	// other segments: then the label says so. Revenue is theirs.
	Customers int64  `json:"customers"`
	Revenue   amount `json:"revenue"`
	Current   bool   `json:"current"` // the active scheme is the one after this edit
	OnPath    bool   `json:"on_path"` // the active scheme came this way
	Undone    bool   `json:"undone"`  // taken back; redo leads there
	Branch    int    `json:"branch"`  // branches off the way from the beginning to where redo ends
}

func newLogJSON(e session.LogEntry, money amounts) logJSON {
	j := logJSON{
		Number: e.Number, Parent: e.Parent, Label: e.Label, Customers: e.Customers, Revenue: money.of(e.Revenue),
		Current: e.Current, OnPath: e.OnPath, Undone: e.Undone(), Branch: e.Branch,
	}
	if !e.At.IsZero() {
		at := e.At.UTC().Format(time.RFC3339)
		j.At = &at
	}
	return j
}

// logTable is the flat form: a row an edit.
func logTable(list []logJSON) *table {
	t := newTable("number", "parent", "at", "label", "customers", "revenue", "current", "on_path", "undone", "branch")
	t.right(0, 1, 4, 5, 9)
	for _, j := range list {
		t.row(strconv.Itoa(j.Number), strconv.Itoa(j.Parent), orEmpty(j.At), j.Label, strconv.FormatInt(j.Customers, 10), string(j.Revenue),
			strconv.FormatBool(j.Current), strconv.FormatBool(j.OnPath), strconv.FormatBool(j.Undone), strconv.Itoa(j.Branch))
	}
	return t
}

// traveledJSON is the stable JSON of `strata undo`, `strata redo` and `strata
// scenario open`. The edits are told as they stand after it: one taken back is
// undone.
type traveledJSON struct {
	Done   []logJSON `json:"done"`   // the edits passed, in that order
	Scheme string    `json:"scheme"` // name of the active scheme now
}
