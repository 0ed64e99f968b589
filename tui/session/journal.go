package session

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/schemefile"
	"strata/model/words"
)

// journal writes edits to the workspace behind the keys, one after the other
// in the order they were made. A nil journal writes nothing: the workspace is
// read-only and edits stay in memory.
type journal struct {
	ctx   context.Context // does not end
	store model.Store
	ops   chan func(context.Context) error
	done  chan struct{}
	ids   []int64 // of stored edits by their number; only the writing goroutine touches it

	mu   sync.Mutex
	err  error        // what went wrong since it was last asked for
	lost map[int]bool // numbers of the edits that could not be stored
	// Changes that are not stored, edits among them, and why the first is not.
	missed int
	why    error
}

// backlog is how many writes may wait before a key has to: far more than a
// person makes while a disk is slow.
const backlog = 4096

func startJournal(ctx context.Context, store model.Store, ids []int64) *journal {
	j := &journal{ctx: ctx, store: store, ids: ids, ops: make(chan func(context.Context) error, backlog), done: make(chan struct{})}
	go j.write()
	return j
}

func (j *journal) write() {
	defer close(j.done)
	for op := range j.ops {
		if err := op(j.ctx); err != nil {
			j.mu.Lock()
			if j.missed++; j.why == nil {
				j.why = err
			}
			if j.err == nil || !strings.Contains(j.err.Error(), err.Error()) { // a full disk is told once
				j.err = errors.Join(j.err, err)
			}
			j.mu.Unlock()
		}
	}
}

// patience is how long addEdit waits for its edit to be stored. A disk takes
// some milliseconds, and it is waited for between two edits only, so that not
// even kill -9 takes more than the edit in progress; on a disk that is slower the
// keys go on and the edits queue up.
const patience = 100 * time.Millisecond

// addEdit stores an edit below the one with the number parent. Numbers rise by
// one with each call.
func (j *journal) addEdit(parent int, told model.Edit, scheme model.Scheme) {
	if j == nil {
		return
	}
	told.Scheme = schemefile.Encode(scheme)
	stored := make(chan struct{})
	j.ops <- func(ctx context.Context) error {
		defer close(stored)
		told.Parent = j.ids[parent]
		id, err := j.store.AddEdit(ctx, told)
		if err != nil {
			id, err = told.Parent, notStored(err) // later edits follow the last one that is stored
			j.lose(len(j.ids))
		}
		j.ids = append(j.ids, id)
		return err
	}
	select {
	case <-stored:
	case <-time.After(patience):
	}
}

func (j *journal) lose(number int) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.lost == nil {
		j.lost = map[int]bool{}
	}
	j.lost[number] = true
}

// holds reports whether an edit is stored, or waits for that.
func (j *journal) holds(number int) bool {
	if j == nil {
		return false
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	return !j.lost[number]
}

// editLost is what is said of an edit that is on the screen only.
var editLost = catalogue.T("an edit was not stored: ")

// notStored says of an error that an edit is on the screen only.
func notStored(err error) error {
	told := toldOf(err)
	told.Message, told.Err = editLost+told.Message, err
	return &told
}

func (j *journal) setHead(number int) {
	if j == nil {
		return
	}
	j.ops <- func(ctx context.Context) error { return j.store.SetHead(ctx, j.ids[number]) }
}

func (j *journal) setBaseline(scheme string) {
	if j == nil {
		return
	}
	j.ops <- func(ctx context.Context) error { return j.store.SetBaseline(ctx, scheme) }
}

// takeError returns what went wrong since the last call.
func (j *journal) takeError() error {
	if j == nil {
		return nil
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	err := j.err
	j.err = nil
	return err
}

// close waits until everything is written and returns what went wrong: also that
// changes are not stored, which was told on the screen when it happened, but is not
// seen any more once that has gone.
func (j *journal) close() error {
	if j == nil {
		return nil
	}
	close(j.ops)
	<-j.done
	err := j.takeError()
	switch {
	case j.missed == 0:
		return err
	case j.missed == 1:
		return j.why
	}
	told := toldOf(j.why)
	told.Message, told.Err = catalogue.T("{missed} changes were not stored: {message}", "missed", words.Count(int64(j.missed)), "message", strings.TrimPrefix(told.Message, editLost)), j.why
	return &told
}

// toldOf returns what an error tells a person.
func toldOf(err error) model.Error {
	var cause *model.Error
	if errors.As(err, &cause) {
		return *cause
	}
	return model.Error{Code: model.CodeOf(err), Message: err.Error()}
}
