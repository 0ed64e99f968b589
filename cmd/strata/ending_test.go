package main

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"testing"

	"strata/model"
)

// stopper stops strata as soon as it tells anything.
type stopper struct {
	bytes.Buffer
	stop func()
}

func (s *stopper) Write(p []byte) (int, error) {
	s.stop()
	return s.Buffer.Write(p)
}

// Once an import is stored it is too late to stop it: it says all it has to say,
// and its status is not that of what was stopped.
func TestStoppedTooLate(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	workspace := filepath.Join(folder, "shop.strata")
	file := writeFile(t, filepath.Join(folder, "a.csv"), "client,bought,total\nA,2024-01-02,1\nB,2024-01-03,2\n")
	ctx, cancel := context.WithCancel(t.Context())
	ctx, _ = model.WithEnding(ctx)
	out, said := &stopper{stop: cancel}, &stopper{stop: cancel}
	status := run(ctx, []string{"import", workspace, file}, streams{in: strings.NewReader(""), out: out, err: said})
	if status != exitDone || !strings.Contains(out.String(), "2 customers, 2 orders") {
		t.Errorf("exit status %d: %s%s", status, out.String(), said.String())
	}
	expectOut(t, mustRun(t, exitDone, "tiers", workspace, "--format", "json").out, `"customers": 2`)

	ctx, cancel = context.WithCancel(t.Context())
	cancel()
	ctx, _ = model.WithEnding(ctx)
	other := filepath.Join(folder, "other.strata")
	status = run(ctx, []string{"import", other, file}, streams{in: strings.NewReader(""), out: out, err: said})
	if status != exitCancelled {
		t.Errorf("exit status %d: %s", status, said.String())
	}
	if there, _ := filepath.Glob(other + "*"); len(there) > 0 {
		t.Error(there)
	}
}

// A command that cannot tell of what it has stored says at least so much.
func TestStoredButNotTold(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	ctx, _ = model.WithEnding(ctx)
	said := new(bytes.Buffer)
	app := &app{streams: streams{out: said, err: said}}
	if err := model.Commit(ctx, func() error { cancel(); return nil }); err != nil {
		t.Fatal(err)
	}
	if status := app.finish(ctx, ctx.Err()); status != exitFailed || !strings.Contains(said.String(), afterStoring) {
		t.Errorf("exit status %d: %s", status, said.String())
	}
}
