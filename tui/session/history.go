package session

import (
	"strata/model"
	"strata/model/schemefile"
)

// history is the tree of edits in memory. Edits are numbered from 0, the
// beginning, in the order they were made; what was undone and then left for
// another way stays as a branch.
type history struct {
	edits []*edit
	at    int // number of the current edit
}

type edit struct {
	number int
	parent int // number; the beginning is its own
	label  string
	scheme model.Scheme
	latest int   // number of the child that redo goes to, 0 if none
	stored int64 // id in the workspace, 0 when only in memory (and for the beginning)
}

// newHistory takes up the edits of a workspace.
func newHistory(stored model.Bench) (history, error) {
	h := history{edits: []*edit{{scheme: model.Ten()}}}
	numbers := map[int64]int{0: 0}
	for _, e := range stored.Edits {
		scheme, err := schemefile.Decode([]byte(e.Scheme))
		if err != nil {
			return h, model.Errorf(model.Corrupt, "edit %d of the workspace: %w", e.ID, err)
		}
		h.at = numbers[e.Parent]
		h.add(e.Label, scheme).stored = e.ID
		numbers[e.ID] = h.at
	}
	h.at = numbers[stored.Head]
	for e := h.head(); e.number != 0; e = h.edits[e.parent] {
		h.edits[e.parent].latest = e.number
	}
	return h, nil
}

// storedIDs returns the ids in the workspace by edit number.
func (h *history) storedIDs() []int64 {
	ids := make([]int64, len(h.edits))
	for i, e := range h.edits {
		ids[i] = e.stored
	}
	return ids
}

func (h *history) head() *edit { return h.edits[h.at] }

// add makes a new edit below the head and goes there.
func (h *history) add(label string, scheme model.Scheme) *edit {
	e := &edit{number: len(h.edits), parent: h.at, label: label, scheme: scheme}
	h.edits[h.at].latest = e.number
	h.edits = append(h.edits, e)
	h.at = e.number
	return e
}

// undo goes to the head's parent if its scheme is acceptable.
func (h *history) undo(acceptable func(model.Scheme) bool) (from, to *edit, ok bool) {
	from = h.head()
	to = h.edits[from.parent]
	if from == to || !acceptable(to.scheme) {
		return nil, nil, false
	}
	h.at = to.number
	return from, to, true
}

// redo goes to the child of the head that was current last.
func (h *history) redo(acceptable func(model.Scheme) bool) (to *edit, ok bool) {
	to = h.edits[h.head().latest]
	if to.number == 0 || !acceptable(to.scheme) {
		return nil, false
	}
	h.at = to.number
	return to, true
}
