package session

import (
	"context"
	"maps"

	"strata/model"
	"strata/model/schemefile"
)

// Ahead is everything that another scheme needs measured, found beside the keys.
type Ahead struct {
	scheme model.Scheme
	at     int    // the edit that was current
	from   *Frame // and its answer
	next   *Bench // as the bench will be; nil where only the past was measured
}

// UndoAhead returns the work that Undo would do first where it leads to another
// as-of day, window or filter: it measures the customers anew, and ends with ctx.
// It is to be done beside the keys, and what it came to given to [Bench.Await].
// nil: Undo answers at once.
func (b *Bench) UndoAhead() func(context.Context) (*Ahead, error) {
	b.Rest()
	return b.editAhead(b.edits.edits[b.edits.at].parent)
}

// RedoAhead is UndoAhead for Redo.
func (b *Bench) RedoAhead() func(context.Context) (*Ahead, error) {
	b.Rest()
	return b.editAhead(b.edits.edits[b.edits.at].latest)
}

// JumpAhead is UndoAhead for JumpTo.
func (b *Bench) JumpAhead(number int) func(context.Context) (*Ahead, error) {
	b.Rest()
	if number < 0 || number > b.edits.last() {
		return nil
	}
	return b.editAhead(number)
}

// ScenarioAhead is UndoAhead for OpenScenario.
func (b *Bench) ScenarioAhead(name string) func(context.Context) (*Ahead, error) {
	b.Rest()
	_, scheme, err := b.session.Scenario(b.ctx, name)
	if err != nil {
		return nil // opening tells
	}
	return b.SchemeAhead(scheme)
}

func (b *Bench) editAhead(number int) func(context.Context) (*Ahead, error) {
	_, scheme, err := b.edits.read(b.ctx, number)
	if err != nil {
		return nil // going there tells
	}
	return b.SchemeAhead(scheme)
}

// SchemeAhead is UndoAhead for making a scheme the working one.
func (b *Bench) SchemeAhead(scheme model.Scheme) func(context.Context) (*Ahead, error) {
	b.Rest()
	a := &Ahead{scheme: schemefile.AsWritten(scheme), at: b.edits.at, from: b.frame}
	if scheme.Spec.Equal(b.scheme.Spec) {
		past := b.FairWork(scheme.Fair)
		if past == nil {
			return nil
		}
		return func(ctx context.Context) (*Ahead, error) { return a, past(ctx) }
	}
	next := *b
	next.starts, next.estimates = maps.Clone(b.starts), nil
	next.ahead = nil
	return func(ctx context.Context) (*Ahead, error) {
		a.next = &next
		return a, next.open(ctx, scheme, next.baseline.scheme)
	}
}

// Await takes what was found in, for the step that it was found for. It reports
// false where the scheme or the baseline was changed meanwhile: that step is not
// to be taken then.
func (b *Bench) Await(a *Ahead) bool {
	b.Rest()
	if a.at != b.edits.at || a.from != b.frame {
		return false
	}
	if a.next != nil {
		b.ahead = a
	}
	return true
}

// takeAhead makes a scheme the working one if everything was measured for it.
func (b *Bench) takeAhead(scheme model.Scheme) bool {
	a := b.ahead
	b.ahead = nil
	if a == nil || a.from != b.frame || !a.scheme.Equal(schemefile.AsWritten(scheme)) {
		return false
	}
	n := a.next
	b.base, b.estimates, b.axes = n.base, n.estimates, n.axes
	b.baseline, b.index, b.tables, b.unprepared = n.baseline, n.index, n.tables, n.unprepared
	b.scheme, b.rule, b.figures, b.frame = n.scheme, n.rule, n.figures, n.frame
	return true
}
