package session

import (
	"context"
	"math"
	"sort"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/schemefile"
)

// history is the tree of edits. Edits are numbered from 0, the beginning, in
// the order they were made; what was undone and then left for another way
// stays as a branch. What an edit says is kept in memory only for those made
// since opening, so that a log of a million edits costs what its links cost.
type history struct {
	store model.Store
	edits []edit
	at    int     // number of the current edit
	depth []uint8 // of each edit, see depths; nil when it is to be found anew
}

type edit struct {
	parent int   // number; the beginning is its own
	latest int   // number of the child that redo goes to, 0 if none
	stored int64 // id in the workspace, 0 when only in memory (and for the beginning)
	made   *madeEdit
	onPath bool // the current edit, or one that led to it; its latest is the next on the path
}

// madeEdit is an edit made since opening.
type madeEdit struct {
	told   model.Edit // without a scheme
	scheme model.Scheme
}

// newHistory takes up the edits of a workspace. Error: Corrupt.
func newHistory(store model.Store, stored model.Bench) (history, error) {
	h := history{store: store, edits: make([]edit, 1, len(stored.Edits)+1)}
	h.edits[0] = edit{made: &madeEdit{told: model.Edit{Label: catalogue.T("the beginning")}, scheme: model.Ten()}, onPath: true}
	for _, e := range stored.Edits {
		parent, ok := h.numberOf(e.Parent)
		if !ok {
			return h, model.Errorf(model.Corrupt, "edit {edit} of the workspace comes after edit {parent}, which is missing", "edit", e.ID, "parent", e.Parent).WithHint(damagedHint)
		}
		h.edits = append(h.edits, edit{parent: parent, stored: e.ID})
		h.edits[parent].latest = len(h.edits) - 1
	}
	at, ok := h.numberOf(stored.Head)
	if !ok {
		return h, model.Errorf(model.Corrupt, "the current edit {head} of the workspace is missing", "head", stored.Head).WithHint(damagedHint)
	}
	h.goTo(at)
	return h, nil
}

// numberOf returns the number of a stored edit; ids rise with numbers.
func (h *history) numberOf(id int64) (number int, ok bool) {
	n := len(h.edits)
	if h.edits[n-1].stored == id { // as nearly always
		return n - 1, true
	}
	number = sort.Search(n, func(i int) bool { return h.edits[i].stored >= id })
	return number, number < n && h.edits[number].stored == id
}

// storedIDs returns the ids in the workspace by edit number.
func (h *history) storedIDs() []int64 {
	ids := make([]int64, len(h.edits))
	for i, e := range h.edits {
		ids[i] = e.stored
	}
	return ids
}

// last returns the number of the edit made last, 0 without any.
func (h *history) last() int { return len(h.edits) - 1 }

// add makes a new edit below the head and goes there.
func (h *history) add(told model.Edit, scheme model.Scheme) (number int) {
	number = len(h.edits)
	h.edits = append(h.edits, edit{parent: h.at, made: &madeEdit{told, scheme}, onPath: true})
	if h.depth != nil && h.edits[h.at].latest == 0 {
		h.depth = append(h.depth, 0) // it makes the trunk longer
	} else {
		h.depth = nil
	}
	h.edits[h.at].latest = number
	h.at = number
	return number
}

// goTo makes an edit the head; redo will come back this way. It costs as many
// steps as there are edits between the two.
func (h *history) goTo(number int) {
	common := number
	for !h.edits[common].onPath {
		parent := h.edits[common].parent
		h.edits[common].onPath = true
		if h.edits[parent].latest != common {
			h.edits[parent].latest, h.depth = common, nil
		}
		common = parent
	}
	for n := h.at; n != common; n = h.edits[n].parent {
		h.edits[n].onPath = false
	}
	h.at = number
}

// depths returns by how many branches each edit lies off the trunk: the way
// from the beginning through the head to where redo ends has none, and a child
// that redo does not go to is one further off than its parent.
func (h *history) depths() []uint8 {
	if h.depth == nil {
		h.depth = make([]uint8, len(h.edits))
		for n := 1; n < len(h.edits); n++ {
			parent := h.edits[n].parent
			h.depth[n] = h.depth[parent]
			if h.edits[parent].latest != n && h.depth[n] < math.MaxUint8 {
				h.depth[n]++
			}
		}
	}
	return h.depth
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
		return edits[0], scheme, model.Errorf(model.Corrupt, "edit {edit} of the workspace cannot be read: {cause}", "edit", edits[0].ID, "cause", err).WithHint(damagedHint)
	}
	return edits[0], scheme, nil
}
