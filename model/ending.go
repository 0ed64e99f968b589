package model

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"slices"
	"sync"
	"sync/atomic"
)

// Ending is what a process must know that may have to end at once, whatever is
// under way: whether something has been stored, and what would be left lying
// about. It travels in the context of the work ([WithEnding]).
type Ending struct {
	work    context.Context
	storing sync.RWMutex // held for reading while something is being stored
	stored  atomic.Bool

	mu        sync.Mutex
	temporary []*func() error // remove what is temporary
}

type (
	endingKey struct{}
	meansKey  struct{}
)

// WithEnding returns a context that keeps an Ending of the work done under it.
func WithEnding(ctx context.Context) (context.Context, *Ending) {
	e := &Ending{work: ctx}
	return context.WithValue(ctx, endingKey{}, e), e
}

// EndingOf returns the Ending of a context, nil where nobody keeps one.
func EndingOf(ctx context.Context) *Ending {
	e, _ := ctx.Value(endingKey{}).(*Ending)
	return e
}

// AsMeans returns a context for what is stored as a means only: without what it
// is for, it is taken away again, and so it does not count as stored.
func AsMeans(ctx context.Context) context.Context { return context.WithValue(ctx, meansKey{}, true) }

// Commit does what stores a result for good, unless ctx has ended: behind this
// point nothing is stopped any more. Errors: Cancelled, or that of commit.
func Commit(ctx context.Context, commit func() error) error {
	e := EndingOf(ctx)
	if e == nil {
		e = &Ending{}
	}
	e.storing.RLock()
	defer e.storing.RUnlock()
	if ctx.Err() != nil {
		return Errorf(Cancelled, "stopped before the result was stored")
	}
	err := commit()
	if err == nil && ctx.Value(meansKey{}) == nil {
		e.stored.Store(true)
	}
	return err
}

// Temporary notes a file that goes if the process ends before gone is called.
func Temporary(ctx context.Context, path string) (gone func()) {
	return TemporaryBy(ctx, func() error { return os.Remove(path) })
}

// TemporaryBy notes how something goes if the process ends before gone is called.
func TemporaryBy(ctx context.Context, remove func() error) (gone func()) {
	e := EndingOf(ctx)
	if e == nil {
		return func() {}
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	noted := &remove
	e.temporary = append(e.temporary, noted)
	return func() {
		e.mu.Lock()
		defer e.mu.Unlock()
		e.temporary = slices.DeleteFunc(e.temporary, func(r *func() error) bool { return r == noted })
	}
}

// Begun reports whether the work has been told to end: nobody waits for others then.
// It does so, too, for what is stored in spite of that.
func (e *Ending) Begun() bool { return e != nil && e.work.Err() != nil }

// Stored reports whether something has been stored for good.
func (e *Ending) Stored() bool { return e != nil && e.stored.Load() }

// Abandon prepares for ending with work under way: it waits for what is being
// stored, keeps all else from it for ever, and removes what is temporary. Nothing
// but ending may follow.
func (e *Ending) Abandon() error {
	e.storing.Lock() // and never unlocked
	e.mu.Lock()
	defer e.mu.Unlock()
	var errs []error
	for _, remove := range slices.Backward(e.temporary) {
		if err := (*remove)(); !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}
