package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"strata/model"
)

// The sample takes the place of nothing: its order file has a name of its own.
func TestDemoLeavesFilesOfOthers(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	theirs := writeFile(t, filepath.Join(folder, "demo-orders.csv"), "mine\n")
	workspace := filepath.Join(folder, "n.strata")
	if out := mustRun(t, exitDone, "demo", "--no-open", "--out", workspace).out; out != workspace+"\n" {
		t.Errorf("told: %q", out)
	}
	if text := string(must(os.ReadFile(theirs))); text != "mine\n" {
		t.Errorf("demo-orders.csv was written over: %.60q", text)
	}
	if about, err := os.Stat(filepath.Join(folder, "demo-orders-2.csv")); err != nil || about.Size() < 1<<20 {
		t.Errorf("the order file: %v, %v", about, err)
	}
	if sources := mustRun(t, exitDone, "sources", workspace).out; !strings.Contains(sources, "demo-orders-2.csv") {
		t.Errorf("the source is told as:\n%s", sources)
	}
	// A second time it is there.
	mustRun(t, exitDone, "demo", "--no-open", "--out", workspace)
	if left := must(os.ReadDir(folder)); len(left) != 3 {
		t.Errorf("left: %v", left)
	}
}

// A sample that is stopped takes with it what it made, and no more.
func TestDemoStopped(t *testing.T) {
	t.Parallel()
	for _, stage := range []string{"writing", "reading"} {
		folder := t.TempDir()
		theirs := writeFile(t, filepath.Join(folder, "demo-orders.csv"), "mine\n")
		ctx, cancel := context.WithCancel(t.Context())
		_, _, err := makeDemo(ctx, filepath.Join(folder, "n.strata"), func(p model.Progress) {
			if strings.HasPrefix(p.Stage, stage) {
				cancel()
			}
		})
		cancel()
		if code := model.CodeOf(err); code != model.Cancelled && !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", stage, err)
		}
		if text, _ := os.ReadFile(theirs); string(text) != "mine\n" {
			t.Errorf("%s: demo-orders.csv: %.60q", stage, text)
		}
		if left := must(os.ReadDir(folder)); len(left) != 1 {
			t.Errorf("%s: left: %v", stage, left)
		}
	}
}

// Something else under the sample's name is not taken for it.
func TestDemoInThePlaceOfSomethingElse(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	at := func(name string) string { return filepath.Join(folder, name) }
	if err := os.Mkdir(at("folder"), 0o700); err != nil {
		t.Fatal(err)
	}
	writeFile(t, at("notes"), "mine\n")
	for name, to := range map[string]string{"link": at("notes"), "dangling": at("nowhere"), "null": os.DevNull} {
		if err := os.Symlink(to, at(name)); err != nil {
			t.Skipf("SKIPPED: no symbolic links here: %v", err)
		}
	}
	for _, path := range []string{at("folder"), at("notes"), at("link"), at("dangling"), at("null"), os.DevNull} {
		errs := mustRun(t, exitFailed, "demo", "--no-open", "--out", path).err
		if want := path + " already exists, and is not a workspace; choose another place with --out"; !strings.Contains(errs, want) {
			t.Errorf("told: %q, want %q", errs, want)
		}
	}
	if left := must(os.ReadDir(folder)); len(left) != 5 {
		t.Errorf("left: %v", left)
	}
	if text := string(must(os.ReadFile(at("notes")))); text != "mine\n" {
		t.Errorf("notes: %q", text)
	}
}

// Where there is no room for the sample, its folders are not left.
func TestDemoWithoutRoom(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	cmd := program(t, nil, "demo", "--no-open", "--out", filepath.Join(folder, "new", "deep", "d.strata"))
	cmd.Args = append([]string{"sh", "-c", `ulimit -f 64; exec "$@"`, "sh"}, cmd.Args...)
	cmd.Path = "/bin/sh"
	out, err := cmd.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "a file may not be this large here") {
		t.Errorf("%v: %s", err, out)
	}
	if left := must(os.ReadDir(folder)); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
}
