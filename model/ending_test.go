package model_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"strata/model"
)

func TestNothingIsStoppedBehindTheCommit(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	ctx, e := model.WithEnding(ctx)
	if err := model.Commit(model.AsMeans(ctx), func() error { return nil }); err != nil || e.Stored() {
		t.Errorf("a means counts as stored: %v", err)
	}
	if err := model.Commit(ctx, func() error { cancel(); return nil }); err != nil || !e.Stored() {
		t.Errorf("%v, stored: %v", err, e.Stored())
	}
	err := model.Commit(ctx, func() error { t.Error("stored after the end"); return nil })
	if model.CodeOf(err) != model.Cancelled {
		t.Error(err)
	}
	if model.EndingOf(t.Context()).Stored() {
		t.Error("without an ending something is stored")
	}
}

// What is being stored is stored, nothing after it, and what is temporary goes.
func TestAbandonedWork(t *testing.T) {
	t.Parallel()
	ctx, e := model.WithEnding(t.Context())
	folder := t.TempDir()
	left, kept := filepath.Join(folder, "left"), filepath.Join(folder, "kept")
	for _, path := range []string{left, kept} {
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	model.Temporary(ctx, left)
	model.Temporary(ctx, kept)()
	begun, finish, stored := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		stored <- model.Commit(ctx, func() error { close(begun); <-finish; return nil })
	}()
	<-begun
	abandoned := make(chan error, 1)
	go func() { abandoned <- e.Abandon() }()
	select {
	case err := <-abandoned:
		t.Fatalf("it ends in the middle of storing: %v", err)
	case <-time.After(20 * time.Millisecond):
	}
	close(finish)
	if err := <-stored; err != nil {
		t.Error(err)
	}
	if err := <-abandoned; err != nil || !e.Stored() {
		t.Errorf("%v, stored: %v", err, e.Stored())
	}
	go func() {
		_ = model.Commit(ctx, func() error { t.Error("stored after the end"); return nil })
	}()
	time.Sleep(20 * time.Millisecond)
	if _, err := os.Stat(left); !os.IsNotExist(err) {
		t.Error("what is temporary is left")
	}
	if _, err := os.Stat(kept); err != nil {
		t.Error(err)
	}
}
