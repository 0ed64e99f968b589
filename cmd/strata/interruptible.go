package main

import (
	"context"
	"io"
	"os"

	"strata/model"
)

// interruptible writes a result until ctx ends, piece by piece: a terminal takes
// its time with a million rows. What has been stored is told of to the end. Error:
// Cancelled.
type interruptible struct {
	ctx context.Context
	to  io.Writer
}

func (w *interruptible) Write(text []byte) (written int, err error) {
	const piece = 64 << 10
	for written < len(text) {
		if err := w.stopped(); err != nil {
			return written, err
		}
		n, err := w.to.Write(text[written:min(written+piece, len(text))])
		written += n
		if err != nil {
			return written, err
		}
	}
	return written, nil
}

func (w *interruptible) stopped() error {
	if w.ctx.Err() != nil && !model.EndingOf(w.ctx).Stored() {
		return model.Errorf(model.Cancelled, "writing the result was stopped")
	}
	return nil
}

// stopped returns why no more of a result is wanted, nil as long as it is.
func (a *app) stopped() error {
	if w, ok := a.out.(*interruptible); ok {
		return w.stopped()
	}
	return nil
}

// written makes sure that all of the result so far is where it goes: what is only
// kept in it may be given up then. Error: Unreadable.
func (a *app) written() error {
	if f, ok := underneath(a.out).(*os.File); ok {
		if about, err := f.Stat(); err == nil && about.Mode().IsRegular() {
			if err := f.Sync(); err != nil {
				return cannotTell(err, false)
			}
		}
	}
	return nil
}
