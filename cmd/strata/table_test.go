package main

import (
	"context"
	"strings"
	"testing"

	"strata/model"
)

// stopAfter ends a context once it has been written to.
type stopAfter struct {
	strings.Builder
	stop context.CancelFunc
}

func (w *stopAfter) Write(text []byte) (int, error) {
	w.stop()
	return w.Builder.Write(text)
}

func TestWritingStops(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	to := &stopAfter{stop: stop}
	long := strings.Repeat("0123456789\n", 100_000)
	n, err := (&interruptible{ctx, to}).Write([]byte(long))
	if model.CodeOf(err) != model.Cancelled || n != to.Len() || n == 0 || n == len(long) {
		t.Errorf("%d of %d bytes, %d told: %v", to.Len(), len(long), n, err)
	}
	to.Reset()
	if n, err := (&interruptible{t.Context(), to}).Write([]byte(long)); err != nil || n != len(long) || to.String() != long {
		t.Errorf("%d bytes: %v", n, err)
	}
}
