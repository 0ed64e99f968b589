package main

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"strata/model"
)

// A list printed one after the other is what it is printed at once.
func TestListsAreWrittenAlike(t *testing.T) {
	t.Parallel()
	type person struct {
		Name string   `json:"name"`
		Of   []string `json:"of"`
	}
	for _, list := range [][]person{{}, {{"<a> & \x1b", []string{}}}, {{"a", []string{"x", "y"}}, {"b", []string{"z"}}}} {
		var once, after bytes.Buffer
		if err := (&app{streams: streams{out: &once}}).writeJSON(list); err != nil {
			t.Fatal(err)
		}
		if err := writeList(&app{streams: streams{out: &after}}, slices.Values(list)); err != nil {
			t.Fatal(err)
		}
		if once.String() != after.String() {
			t.Errorf("%s\nwant\n%s", after.String(), once.String())
		}
	}
}

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
