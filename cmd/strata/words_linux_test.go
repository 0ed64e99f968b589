package main

import (
	"database/sql"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/sys/unix"
)

// limitedTo starts strata where no file may have more than so many half kilobytes.
func limitedTo(t *testing.T, blocks string, args ...string) (string, error) {
	t.Helper()
	cmd := program(t, nil, args...)
	cmd.Args = append([]string{"/bin/sh", "-c", "ulimit -f " + blocks + `; exec "$@"`, "sh"}, cmd.Args...)
	cmd.Path = "/bin/sh"
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// Where there is no room, that is said, with exit status 1, and nothing is left.
func TestNoRoom(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	orders := filepath.Join(folder, "orders.csv")
	mustRun(t, exitDone, "generate", "--customers", "2000", "--orders", "9000", "--out", orders)
	for want, args := range map[string][]string{
		"ulimit -f":                  {"import", filepath.Join(folder, "w.strata"), orders},
		"file may not be this large": {"generate", "--customers", "9000", "--orders", "90000", "--out", filepath.Join(folder, "g.csv")},
	} {
		out, err := limitedTo(t, "200", args...)
		if err == nil || err.Error() != "exit status 1" || !strings.Contains(out, want) || strings.Contains(out, ".part") {
			t.Errorf("%s: %v: %s", args[0], err, out)
		}
	}
	if left := must(os.ReadDir(folder)); len(left) != 1 {
		t.Errorf("left: %v", left)
	}
	w := filepath.Join(folder, "w.strata")
	mustRun(t, exitDone, "import", w, orders)
	for _, args := range [][]string{
		{"tiers", w},
		{"tiers", w, "--format", "json"},
		{"scores", w, "--format", "csv"},
		{"scores", w, "--format", "json"},
		{"log", w},
		{"sources", w},
		{"rejects", w},
		{"generate", "--out", "-"},
		{"config", "show"},
		{"man"},
		{"--help"},
		{"tiers", "--help"},
		{"completion", "bash"},
		{"scheme", "map", w},
	} {
		if errs, status := toFullDisk(t, args...); status != exitFailed || !strings.Contains(errs, "strata: the result cannot be written: the disk is full; free up space") {
			t.Errorf("%q: %d: %s", args, status, errs)
		}
	}
}

// toFullDisk runs strata where its result cannot be written.
func toFullDisk(t *testing.T, args ...string) (errs string, status int) {
	t.Helper()
	cmd := program(t, nil, args...)
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skipf("SKIPPED: no full device here: %v", err)
	}
	defer full.Close()
	var said strings.Builder
	cmd.Stdout, cmd.Stderr = full, &said
	var exit *exec.ExitError
	if err = cmd.Run(); errors.As(err, &exit) {
		return said.String(), exit.ExitCode()
	}
	if err != nil {
		t.Fatal(err)
	}
	return said.String(), exitDone
}

// Where a result cannot be told but is stored, that is said; a scheme that would be
// gone without having been printed is not given up.
func TestWhatIsStoredIsSaidOnAFullDisk(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	orders, w := filepath.Join(folder, "orders.csv"), filepath.Join(folder, "w.strata")
	mustRun(t, exitDone, "generate", "--customers", "200", "--orders", "900", "--out", orders)
	mustRun(t, exitDone, "import", w, orders)
	mustRun(t, exitDone, "scenario", "save", w, "kept", "--scheme", "eight", "--note", "why")
	kept := mustRun(t, exitDone, "scenario", "show", w, "kept", "--format", "json").out
	for _, args := range [][]string{
		{"import", filepath.Join(folder, "x.strata"), orders},
		{"scenario", "save", w, "new"},
		{"scenario", "open", w, "eight"},
		{"undo", w},
		{"redo", w},
		{"scenario", "note", w, "new", "a note"},
		{"scenario", "copy", w, "new", "newer"},
		{"scenario", "rename", w, "newer", "newest"},
		{"scenario", "baseline", w, "eight"},
		{"service", w, "--set", "high.promise=1h,high.contacts=4"},
		{"backup", w, filepath.Join(folder, "b.strata")},
	} {
		errs, status := toFullDisk(t, args...)
		if status != exitFailed || !strings.Contains(errs, "strata: the result cannot be written, but it is stored: the disk is full; free up space") {
			t.Errorf("%q: %d: %s", args, status, errs)
		}
	}
	for _, format := range []string{"text", "json"} {
		for _, args := range [][]string{{"scenario", "delete", w, "kept"}, {"scenario", "save", w, "kept", "--scheme", "ten"}} {
			errs, status := toFullDisk(t, append(args, "--format", format)...)
			if status != exitFailed || !strings.Contains(errs, "strata: the result cannot be written: the disk is full; free up space") || strings.Contains(errs, "deleted") || strings.Contains(errs, "saved") {
				t.Errorf("%q as %s: %d: %s", args, format, status, errs)
			}
			if now := mustRun(t, exitDone, "scenario", "show", w, "kept", "--format", "json").out; now != kept {
				t.Errorf("%q as %s: it is now\n%s\nwas\n%s", args, format, now, kept)
			}
		}
	}
	// Where the answer is another one, what is replaced goes to the error stream.
	for _, args := range [][]string{{"scenario", "save", w, "kept", "--scheme", "ten", "--format", "csv"}, {"scheme", "map", w, "--save-scenario", "kept"}} {
		cmd := program(t, nil, args...)
		full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		cmd.Stderr = full
		if err := cmd.Run(); err == nil || err.Error() != "exit status 1" {
			t.Errorf("%q: %v", args, err)
		}
		_ = full.Close()
		if now := mustRun(t, exitDone, "scenario", "show", w, "kept", "--format", "json").out; now != kept {
			t.Errorf("%q: it is now\n%s", args, now)
		}
	}
}

// A program that is not strata, such as an SQLite shell, asks for no lock. While it
// has the file, the file can be looked at; what would change it is refused at once.
func TestAnotherProgramHasTheFile(t *testing.T) {
	t.Parallel()
	workspace := smallWorkspace(t)
	db, err := sql.Open("sqlite", workspace)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.Exec("BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	term := onTerminal(t, nil, workspace)
	term.await("Champions", 1)
	term.leave()
	if !strings.Contains(ansi.Strip(term.text()), "another program is writing") {
		t.Errorf("it is not said who has the workspace: %q", ansi.Strip(term.text()))
	}
	out, status := process(t, nil, "scenario", "save", workspace, "mine")
	if status != exitFailed || !strings.Contains(out, "another program is writing it; close that one first") {
		t.Errorf("exit status %d: %s", status, out)
	}
	if _, err := db.Exec("COMMIT"); err != nil {
		t.Fatal(err)
	}
	if out, status := process(t, nil, "scenario", "save", workspace, "mine"); status != exitDone {
		t.Errorf("exit status %d: %s", status, out)
	}
}

// What opening a workspace waits for is said before the workbench is on the screen.
func TestWaitingForAnotherProgramIsTold(t *testing.T) {
	t.Parallel()
	workspace := smallWorkspace(t)
	reader(t, workspace, "BEGIN EXCLUSIVE")
	for _, args := range [][]string{{workspace}, {"tiers", workspace}, {"scenario", "save", workspace, "mine"}} {
		term := onTerminal(t, nil, args...)
		term.await("shop.strata is taking long: another program may be using it", 1)
		if strings.Contains(term.text(), enterScreen) {
			t.Errorf("%q: it is told over the workbench", args)
		}
		if err := term.cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = term.cmd.Wait() // killed
		_ = term.master.Close()
	}
}

// A pipe in the place of the list of workspaces holds nothing up.
func TestAPipeForTheListOfWorkspaces(t *testing.T) {
	t.Parallel()
	state := t.TempDir()
	pipe := filepath.Join(state, "strata", "recent")
	if err := errors.Join(os.Mkdir(filepath.Dir(pipe), 0o700), unix.Mkfifo(pipe, 0o600)); err != nil {
		t.Fatal(err)
	}
	term := onTerminal(t, []string{"XDG_STATE_HOME=" + state}, smallWorkspace(t))
	term.await("Champions", 1)
	term.leave()
}

// A message that quotes a value is bounded, and says what to do all the same.
func TestMessagesAreBounded(t *testing.T) {
	t.Parallel()
	scheme := writeFile(t, filepath.Join(t.TempDir(), "a.yaml"), strings.Repeat("x", 900_000)+": 1\n")
	said := mustRun(t, exitFailed, "scheme", "check", scheme).err
	if len(said) > 3000 || !strings.Contains(said, "xxx … xxx") {
		t.Errorf("%d bytes: %.200s", len(said), said)
	}
}
