package session

import (
	"context"

	"strata/model"
	"strata/model/schemefile"
)

// history is the tree of edits. Edits are numbered from 0, the beginning, in
// the order they were made; what was undone and then left for another way
// stays as a branch. What an edit says is kept in memory only for those made
// since opening, so that a log of a million edits costs what its links cost.
type history struct {
	store model.Store
	edits []edit
	at    int // number of the current edit
}

type edit struct {
	parent int   // number; the beginning is its own
	latest int   // number of the child that redo goes to, 0 if none
	stored int64 // id in the workspace, 0 when only in memory (and for the beginning)
	made   *madeEdit
}

// madeEdit is an edit made since opening.
type madeEdit struct {
	told   model.Edit // without a scheme
	scheme model.Scheme
}

// newHistory takes up the edits of a workspace.
func newHistory(store model.Store, stored model.Bench) (history, error) {
	h := history{store: store, edits: make([]edit, 1, len(stored.Edits)+1)}
	h.edits[0].made = &madeEdit{told: model.Edit{Label: "the beginning"}, scheme: model.Ten()}
	numbers := map[int64]int{0: 0}
	for _, e := range stored.Edits {
		parent, ok := numbers[e.Parent]
		if !ok {
			return h, model.Errorf(model.Corrupt, "edit %d of the workspace comes after edit %d, which is missing", e.ID, e.Parent)
		}
		number := len(h.edits)
		h.edits = append(h.edits, edit{parent: parent, stored: e.ID})
		h.edits[parent].latest = number
		numbers[e.ID] = number
	}
	at, ok := numbers[stored.Head]
	if !ok {
		return h, model.Errorf(model.Corrupt, "the current edit %d of the workspace is missing", stored.Head)
	}
	h.goTo(at)
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

// add makes a new edit below the head and goes there.
func (h *history) add(told model.Edit, scheme model.Scheme) (number int) {
	number = len(h.edits)
	h.edits = append(h.edits, edit{parent: h.at, made: &madeEdit{told, scheme}})
	h.edits[h.at].latest = number
	h.at = number
	return number
}

// goTo makes an edit the head; redo will come back this way.
func (h *history) goTo(number int) {
	h.at = number
	for n := number; n != 0; n = h.edits[n].parent {
		h.edits[h.edits[n].parent].latest = n
	}
}

// read returns what an edit says and the scheme after it. Errors: those of
// reading the workspace, Corrupt.
func (h *history) read(ctx context.Context, number int) (model.Edit, model.Scheme, error) {
	if made := h.edits[number].made; made != nil {
		return made.told, made.scheme, nil
	}
	edits, err := h.store.Edits(ctx, h.edits[number].stored)
	if err != nil {
		return model.Edit{}, model.Scheme{}, err
	}
	scheme, err := schemefile.Decode([]byte(edits[0].Scheme))
	if err != nil {
		return edits[0], scheme, model.Errorf(model.Corrupt, "edit %d of the workspace: %w", edits[0].ID, err)
	}
	return edits[0], scheme, nil
}
