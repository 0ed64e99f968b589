// Package tierstest is a bench for tests of screens: it shows the figures of
// UCI Online Retail and moves cuts by rules simple enough to be checked by eye.
// It counts nobody; what is right is tested where it is computed.
package tierstest

import (
	"context"
	"strconv"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/schemefile"
	"strata/tui/session"
)

// Bench is a workbench over made-up movements. The fields may be set before
// and read after a test.
type Bench struct {
	frame  *session.Frame
	past   []*session.Frame
	future []*session.Frame

	Store   error // what StoreError returns, once
	Broken  error // why there is nothing to take back or do again
	Panic   bool  // moving a cut, and reading what was imported, panics
	Slow    bool  // every move looks at all customers
	Rested  int   // how often Rest was called
	Settles int   // how often preparations were adopted
	Closed  bool

	Late *session.Frame // what the next preparations bring

	Unstored bool   // edits are in memory only
	Written  string // the file that the scheme was written to

	scenarios
}

// New returns a bench that shows NewFrame.
func New() *Bench { return &Bench{frame: NewFrame()} }

// Frame returns the current frame.
func (b *Bench) Frame() *session.Frame { return b.frame }

// moneyStep is one step of a monetary cut: ten units of currency.
const moneyStep = 10 * model.Unit

// Step moves a cut; its neighbours stop it.
func (b *Bench) Step(id session.CutID, n int) (stopped string, err error) {
	if b.Panic {
		panic("a bug in the bench")
	}
	if id.Value {
		return "", b.put(id, int64(b.frame.Scheme.Value.Cuts[id.Index]+n))
	}
	at := b.frame.Cuts[id.Axis]
	step := int64(n)
	if id.Axis == model.Monetary {
		step *= moneyStep
	}
	to := at[id.Index].Whole + step
	lo, hi := b.frame.Axes[id.Axis].Min(), b.frame.Axes[id.Axis].Max()-1
	if id.Index > 0 {
		lo = at[id.Index-1].Whole + 1
	}
	if id.Index+1 < len(at) {
		hi = at[id.Index+1].Whole - 1
	}
	if to < lo {
		to, stopped = lo, catalogue.T("the next cut at {count}", "count", lo-1)
	}
	if to > hi {
		to, stopped = hi, catalogue.T("the next cut at {count}", "count", hi+1)
	}
	if to == at[id.Index].Whole {
		return stopped, nil
	}
	return stopped, b.put(id, to)
}

// put moves a cut and, for everyone it passes, a customer from one segment to
// another.
func (b *Bench) put(id session.CutID, to int64) error {
	next := *b.frame
	next.Scheme = next.Scheme.Clone()
	passed := int64(0)
	if id.Value {
		passed = 40 * (to - int64(next.Scheme.Value.Cuts[id.Index]))
		next.Scheme.Value.Cuts[id.Index] = int(to)
	} else {
		from := next.Cuts[id.Axis][id.Index].Whole
		passed = next.Axes[id.Axis].Count(to) - next.Axes[id.Axis].Count(from)
		next.Cuts[id.Axis] = append([]model.Cut(nil), next.Cuts[id.Axis]...)
		next.Cuts[id.Axis][id.Index] = model.WholeCut(to)
		next.Scheme.Cuts[id.Axis] = model.AxisCuts{Method: model.MethodFixed, At: next.Cuts[id.Axis]}
	}
	next.Tiers = append([]session.Group(nil), next.Tiers...)
	next.Segments = append([]session.Group(nil), next.Segments...)
	reclassify(&next.Tiers[0], &next.Tiers[1], passed)
	reclassify(&next.Segments[1], &next.Segments[5], passed)
	change := next.Segments[1].Change()
	next.Moves = session.Moves{Customers: max(change, -change), Revenue: model.Money(max(change, -change)) * 1500 * model.Unit, Up: max(change, 0), Down: max(-change, 0)}
	if change != 0 {
		from, to := next.Segments[5], next.Segments[1]
		if change < 0 {
			from, to = to, from
		}
		next.Moves.LargestFlows = []session.Flow{{From: from.Label, To: to.Label, Was: from.Slug, Now: to.Slug, Customers: next.Moves.Customers, Revenue: next.Moves.Revenue}}
	}
	migrate(&next.Moves, next.Segments)
	b.past, b.future = append(b.past, b.frame), nil
	next.Edited = true
	b.frame = &next
	return nil
}

func reclassify(to, from *session.Group, customers int64) {
	add(&to.Now, customers)
	add(&from.Now, -customers)
}

func add(f *session.Figures, customers int64) {
	f.Customers += customers
	f.Orders += 2 * customers
	f.Repeaters += customers
	f.Revenue += model.Money(customers) * 1500 * model.Unit
}

// Already tells nothing: every typed value moves a cut.
func (*Bench) Already(session.CutID, string) string { return "" }

// Type moves a cut to a whole number.
func (b *Bench) Type(id session.CutID, text string) error {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return model.Errorf(model.Invalid, "{text:q} is not a whole number", "text", text)
	}
	if id.Axis == model.Monetary && !id.Value {
		n *= model.Unit
	}
	return b.put(id, n)
}

// Typed returns the text for the cut as it is.
func (b *Bench) Typed(id session.CutID) string {
	if id.Value {
		return strconv.Itoa(b.frame.Scheme.Value.Cuts[id.Index])
	}
	return strconv.FormatInt(b.frame.Cuts[id.Axis][id.Index].Whole/b.frame.Scheme.Spec.Scale(id.Axis), 10)
}

// Understood groups what is understood.
func (b *Bench) Understood(_ session.CutID, text string) string { return session.Understood(text) }

// Pushing pushes nothing.
func (b *Bench) Pushing(session.CutID, string) (session.Push, bool) { return session.Push{}, false }

// Push does nothing.
func (b *Bench) Push(session.Push) error { return nil }

// Reset shows the first frame's cuts of a measure.
func (b *Bench) Reset(id session.CutID) error {
	first := NewFrame()
	if id.Value {
		return b.put(id, int64(first.Scheme.Value.Cuts[id.Index]))
	}
	return b.put(id, first.Cuts[id.Axis][id.Index].Whole)
}

// Undo goes back to the frame before.
func (b *Bench) Undo() (label string, ok bool, err error) {
	if len(b.past) == 0 {
		return "", false, b.Broken
	}
	b.future = append(b.future, b.frame)
	b.frame, b.past = b.past[len(b.past)-1], b.past[:len(b.past)-1]
	return catalogue.T("recency 5│4: 13.8 → 14 days"), true, nil
}

// Redo goes forward again.
func (b *Bench) Redo() (label string, ok bool, err error) {
	if len(b.future) == 0 {
		return "", false, b.Broken
	}
	b.past = append(b.past, b.frame)
	b.frame, b.future = b.future[len(b.future)-1], b.future[:len(b.future)-1]
	return catalogue.T("recency 5│4: 13.8 → 14 days"), true, nil
}

// SetBaseline compares with the groups as they are.
func (b *Bench) SetBaseline() error {
	next := *b.frame
	next.Moves = session.Moves{}
	next.Tiers, next.Segments = settled(next.Tiers), settled(next.Segments)
	migrate(&next.Moves, next.Segments)
	b.frame = &next
	return nil
}

// SwapBaseline is SetBaseline.
func (b *Bench) SwapBaseline() (session.Swapped, error) { return session.BaselineSet, b.SetBaseline() }

// ChangeWarnings has none.
func (b *Bench) ChangeWarnings() []model.Warning { return nil }

func settled(groups []session.Group) []session.Group {
	out := append([]session.Group(nil), groups...)
	for i := range out {
		out[i].Was = out[i].Now
	}
	return out
}

// Use takes another name and another map; the tiers stay as they are.
func (b *Bench) Use(scheme model.Scheme) (told string, err error) {
	next := *b.frame
	next.Title, next.Edited, next.ByValue = scheme.Name, false, scheme.Name == "ten"
	next.Scheme.Name, next.Scheme.Map = scheme.Name, scheme.Map
	b.past, b.future = append(b.past, b.frame), nil
	b.frame = &next
	return catalogue.T("scheme {name}: 1,204 customers score differently", "name", scheme.Name), nil
}

// Rest counts itself.
func (b *Bench) Rest() { b.Rested++ }

// Unprepared reports whether moves are said to be slow.
func (b *Bench) Unprepared() bool { return b.Slow }

// Settle has nothing to prepare but says so off the key path.
func (b *Bench) Settle() func(context.Context) session.Settled {
	return func(context.Context) session.Settled { return session.Settled{} }
}

// Adopt counts itself, and brings what is late.
func (b *Bench) Adopt(session.Settled) bool {
	b.Settles++
	if b.Late != nil {
		b.frame, b.Late = b.Late, nil
	}
	return true
}

// StoreError returns Store, once.
func (b *Bench) StoreError() error {
	err := b.Store
	b.Store = nil
	return err
}

// Work has an edit for every frame passed, and for every one taken back;
// none of the former once the scheme is written.
func (b *Bench) Work() session.Work {
	w := session.Work{Edits: len(b.past), Apart: len(b.future)}
	if b.Written != "" {
		w.Edits = 0
	}
	if b.Unstored {
		w.Unstored, w.UnstoredApart = w.Edits, w.Apart
	}
	return w
}

// WriteScheme notes the file.
func (b *Bench) WriteScheme(path string) error { b.Written = path; return nil }

// SchemeText is the frame's scheme.
func (b *Bench) SchemeText() (string, error) { return schemefile.Encode(b.frame.Scheme), nil }

// Close notes that it was called.
func (b *Bench) Close() error { b.Closed = true; return nil }
