package session

import (
	"context"
	"iter"
	"strings"
	"time"

	"strata/model"
)

// LogEntry is one edit of the log, and its place in the tree of edits.
type LogEntry struct {
	Number int // in the order the edits were made, from 1; 0 is the beginning
	Parent int // number of the edit before it; 0 for the beginning, too
	At     time.Time
	Label  string // "recency 4│3: 33 → 45 days"
	// Customers are those whose segment the edit changed, with their Revenue; those whose
	// tier it did where it opened a scheme with other segments, as the Label says. Where it
	// counts other orders, they are counted before and after it, and the Label says how
	// many are not.
	Customers int64
	Revenue   model.Money

	Current bool // the working scheme is the one after this edit
	OnPath  bool // the working scheme came this way
	// Branch is how many branches the edit lies off the trunk, the way from the
	// beginning through the current edit to where redo ends: 0 on it.
	Branch int
}

// Undone reports whether the edit was taken back and redo leads to it.
func (e LogEntry) Undone() bool { return e.Branch == 0 && !e.OnPath }

// Saved reports whether the edit saved the scheme under a name, by which nobody is
// expected to be reclassified. An edit tells what it was by its label alone.
func (e LogEntry) Saved() bool {
	const name = "\x00" // of no scenario
	before, after, _ := strings.Cut(savedAs(name), name)
	return strings.HasPrefix(e.Label, before) && strings.HasSuffix(e.Label, after)
}

// page returns the work that reads edits, from a number down to another, both
// included. Their places in the tree are those of now.
func (h *history) page(from, to int) func(context.Context) ([]LogEntry, error) {
	from, to = min(from, h.last()), max(to, 0)
	depths := h.depths()
	entries := make([]LogEntry, 0, max(from-to+1, 0))
	var missing []int // indices of those whose texts are in the workspace only
	var ids []int64
	for n := from; n >= to; n-- {
		e := h.edits[n]
		entry := LogEntry{Number: n, Parent: e.parent, Current: n == h.at, OnPath: e.onPath, Branch: int(depths[n])}
		if e.made != nil {
			entry.tell(e.made.told)
		} else {
			missing, ids = append(missing, len(entries)), append(ids, e.stored)
		}
		entries = append(entries, entry)
	}
	store := h.store
	return func(ctx context.Context) ([]LogEntry, error) {
		told, err := store.Edits(ctx, ids...)
		if err != nil {
			return nil, err
		}
		for i, at := range missing {
			entries[at].tell(told[i])
		}
		return entries, nil
	}
}

func (e *LogEntry) tell(told model.Edit) {
	e.At, e.Label, e.Customers, e.Revenue = told.At, told.Label, told.Customers, told.Revenue
}

// LogLength returns the number of the edit made last, 0 without any.
func (b *Bench) LogLength() int { return b.edits.last() }

// LogAt returns the number of the current edit.
func (b *Bench) LogAt() int { return b.edits.at }

// LogPage returns the work that reads the log from one edit's number down to
// another's, both included, the newest first; it may be done beside the keys.
// Errors: those of reading the workspace.
func (b *Bench) LogPage(from, to int) func(context.Context) ([]LogEntry, error) {
	return b.edits.page(from, to)
}

// JumpTo goes to the scheme after an edit, wherever in the tree it lies, and
// returns the edit's label; nothing is lost by it. Errors: NotFound, and those
// of Undo.
func (b *Bench) JumpTo(number int) (label string, err error) {
	b.Rest()
	if number < 0 || number > b.edits.last() {
		return "", noSuchEdit(number, b.edits.last())
	}
	told, _, err := b.edits.read(b.ctx, number)
	if err != nil || number == b.edits.at {
		return told.Label, err
	}
	return told.Label, b.goTo(number)
}

func noSuchEdit(number, last int) error {
	err := model.Errorf(model.NotFound, "there is no edit {number}", "number", number)
	if last == 0 {
		return err.WithHint("no edits yet")
	}
	return err.WithHint("the log goes from 0, the beginning, to {last}", "last", last)
}

// history reads the tree of edits of the workspace.
func (s *Session) history(ctx context.Context) (history, error) {
	stored, err := s.store.Bench(ctx)
	if err != nil {
		return history{}, err
	}
	return newHistory(s.store, stored)
}

// logPage is how many edits are read at once: each comes with its whole scheme.
const logPage = 500

// Log yields the edits of the workspace, the newest first, at most limit of
// them (0: all, and the beginning last). Errors: those of reading the workspace.
func (s *Session) Log(ctx context.Context, limit int) iter.Seq2[LogEntry, error] {
	return func(yield func(LogEntry, error) bool) {
		h, err := s.history(ctx)
		if err != nil {
			yield(LogEntry{}, err)
			return
		}
		to := 0
		if limit > 0 {
			to = max(h.last()-limit+1, 0)
		}
		for from := h.last(); from >= to; from -= logPage {
			page, err := h.page(from, max(from-logPage+1, to))(ctx)
			if err != nil {
				yield(LogEntry{}, err)
				return
			}
			for _, entry := range page {
				if !yield(entry, nil) {
					return
				}
			}
		}
	}
}

// Undo takes back the last n edits of the workspace, fewer where there are
// fewer, and returns them, the one taken back first before the others. Errors:
// ReadOnly, and those of reading the workspace.
func (s *Session) Undo(ctx context.Context, n int) ([]LogEntry, error) {
	return s.travel(ctx, n, func(h *history) (told, to int, ok bool) {
		return h.at, h.edits[h.at].parent, h.at != 0
	})
}

// Redo does n edits that were taken back again, fewer where there are fewer,
// and returns them in that order. Errors: those of Undo.
func (s *Session) Redo(ctx context.Context, n int) ([]LogEntry, error) {
	return s.travel(ctx, n, func(h *history) (told, to int, ok bool) {
		to = h.edits[h.at].latest
		return to, to, to != 0
	})
}

// travel goes n steps through the tree of edits; step says which edit to tell
// and where to go from where it is. The edits are told as they stand after it.
func (s *Session) travel(ctx context.Context, n int, step func(*history) (told, to int, ok bool)) ([]LogEntry, error) {
	h, err := s.history(ctx)
	if err != nil {
		return nil, err
	}
	var numbers []int
	for range n {
		told, to, ok := step(&h)
		if !ok {
			break
		}
		h.goTo(to)
		numbers = append(numbers, told)
	}
	if numbers == nil {
		return nil, nil
	}
	var passed []LogEntry
	for _, number := range numbers {
		entry, err := h.page(number, number)(ctx)
		if err != nil {
			return nil, err
		}
		passed = append(passed, entry...)
	}
	return passed, s.store.SetHead(ctx, h.edits[h.at].stored)
}

// GoTo makes an edit of the workspace the current one and returns it. Errors:
// NotFound, ReadOnly, and those of reading the workspace.
func (s *Session) GoTo(ctx context.Context, number int) (LogEntry, error) {
	h, err := s.history(ctx)
	if err != nil {
		return LogEntry{}, err
	}
	if number < 0 || number > h.last() {
		return LogEntry{}, noSuchEdit(number, h.last())
	}
	h.goTo(number)
	entries, err := h.page(number, number)(ctx)
	if err != nil {
		return LogEntry{}, err
	}
	return entries[0], s.store.SetHead(ctx, h.edits[number].stored)
}
