package rfm

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"

	"strata/model"
)

// besideKey marks the context of work that goes on beside something else.
type besideKey struct{}

// Beside returns a context under which computations leave one processor to
// others, so that a key pressed meanwhile is answered as soon as ever.
func Beside(ctx context.Context) context.Context { return context.WithValue(ctx, besideKey{}, true) }

// processors returns how many processors work may use.
func processors(ctx context.Context) int {
	n := runtime.GOMAXPROCS(0)
	if ctx.Value(besideKey{}) != nil {
		return max(1, n-1)
	}
	return n
}

// parallel calls work for each part 0..parts-1, on as many goroutines as there
// are processors for it, and returns when they have all ended. A cancelled ctx
// keeps further parts from being started; the error is then Cancelled.
func parallel(ctx context.Context, parts int, work func(part int)) error {
	var next atomic.Int64
	var running sync.WaitGroup
	for range min(parts, processors(ctx)) {
		running.Go(func() {
			for part := int(next.Add(1)) - 1; part < parts && ctx.Err() == nil; part = int(next.Add(1)) - 1 {
				work(part)
			}
		})
	}
	running.Wait()
	if err := ctx.Err(); err != nil {
		return model.Errorf(model.Cancelled, "the computation was stopped: {cause}", "cause", err)
	}
	return nil
}

// partsOf returns into how many parts n rows are cut: a few per processor, so
// that a busy one does not hold up the rest, but none so small that starting
// it costs more than it does.
func partsOf(n int) int {
	const fewestRows = 16 << 10
	return max(1, min(n/fewestRows, 4*runtime.GOMAXPROCS(0)))
}

// span returns the rows lo <= i < hi of one of the parts of n rows.
func span(n, parts, part int) (lo, hi int) {
	return n * part / parts, n * (part + 1) / parts
}
