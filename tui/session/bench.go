package session

import (
	"context"

	"strata/model"
)

// CutID names one threshold of the workbench: cut Index (from 0, ascending)
// of a measure, or of the value rule when Value is true (0: MID begins, 1:
// HIGH begins).
type CutID struct {
	Axis  model.Axis
	Index int
	Value bool
}

// Bench is the workbench's state behind the screens: the working scheme, the
// baseline, the edits, and the tables that answer a move at once. It belongs to
// one goroutine, the one that handles keys; what takes time is handed out as
// functions to be run elsewhere (Settle) or done behind it (storing edits).
type Bench struct{}

// Frame returns the current answer.
func (b *Bench) Frame() *Frame { return nil }

// Step moves a cut by n steps (negative: down) to the next whole day or order,
// the next round value of money, or the next value score. It stops short of
// the neighbouring cuts and of the measure's ends; stopped then says why in a few words
// ("next cut at 33 days"). Steps on one cut are one edit until another action or Rest.
func (b *Bench) Step(id CutID, n int) (stopped string, err error) { return "", nil }

// Type moves a cut to a typed value: on recency the last day of the better
// side ("14"), on frequency and the value score where the better side begins ("4"), on
// monetary the amount above which the better side begins ("250.50"). The error
// says in one sentence what is wrong with the text.
func (b *Bench) Type(id CutID, text string) error { return nil }

// Typed returns the text that Type would read to leave the cut where it is.
func (b *Bench) Typed(id CutID) string { return "" }

// Reset gives one measure's (or the value rule's) cuts back to the method they
// came from.
func (b *Bench) Reset(id CutID) error { return nil }

// Undo takes back the last edit, Redo does it again; both return the edit's
// label, and false when there is nothing to undo or redo.
func (b *Bench) Undo() (label string, ok bool) { return "", false }
func (b *Bench) Redo() (label string, ok bool) { return "", false }

// SetBaseline makes the working scheme the baseline.
func (b *Bench) SetBaseline() error { return nil }

// Rest ends the edit in progress: the keys have rested.
func (b *Bench) Rest() {}

// Settle returns the work that makes the next move on any measure immediate,
// to be run off the key path; its result goes back in through Adopt, which
// drops it when the scheme has changed meanwhile. It is nil when there is
// nothing to do.
func (b *Bench) Settle() func(ctx context.Context) Settled { return nil }

// Settled is finished background work of a Bench.
type Settled struct{}

// Adopt takes finished background work in and reports whether it still fits.
func (b *Bench) Adopt(s Settled) bool { return false }

// StoreError returns, once, the error of storing an edit, if any happened
// since the last call.
func (b *Bench) StoreError() error { return nil }

// Close stores what is left to store.
func (b *Bench) Close() error { return nil }
