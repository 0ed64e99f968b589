package sqlite

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

// A lock that was given back is free, although a program that is just being
// started still has the open file.
func TestALockGivenBackIsFree(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "w.strata")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	lock, holder, err := lockWriter(context.Background(), path)
	if err != nil || lock == nil {
		t.Fatal(holder, err)
	}
	other, err := unix.Dup(int(lock.held.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = unix.Close(other) }()
	if err := lock.release(); err != nil {
		t.Fatal(err)
	}
	again, holder, err := lockWriter(context.Background(), path)
	if err != nil || again == nil {
		t.Fatalf("it is held by %s: %v", holder, err)
	}
	if err := again.release(); err != nil {
		t.Error(err)
	}
}
