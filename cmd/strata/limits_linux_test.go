package main

import (
	"compress/gzip"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A limit of the process is found before it is reached: a program that asks for more
// dies with a dump.
func TestMoreRowsThanTheProcessMayHave(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("SKIPPED: the race detector needs more than the limit for itself")
	}
	folder := t.TempDir()
	path := filepath.Join(folder, "bomb.csv.gz")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w, err := gzip.NewWriterLevel(file, gzip.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.Write([]byte("customer,date,amount\n"))
	rows := []byte(strings.Repeat("A,2024-01-02,1\n", 100_000))
	for range 250 {
		_, more := w.Write(rows)
		err = errors.Join(err, more)
	}
	if err = errors.Join(err, w.Close(), file.Close()); err != nil {
		t.Fatal(err)
	}
	cmd := program(t, nil, "import", filepath.Join(folder, "new.strata"), path)
	cmd.Args = append([]string{"sh", "-c", `ulimit -v 2500000; exec "$@"`, "sh"}, cmd.Args...)
	cmd.Path = "/bin/sh"
	text, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if cmd.ProcessState.ExitCode() != exitFailed || !strings.Contains(string(text), "bomb.csv.gz is too large for the memory") {
		t.Errorf("%d: %.500s", cmd.ProcessState.ExitCode(), text)
	}
}

// goDied is the exit status of Go's own end.
const goDied = 2

// A limit too low for any work is told before it is met, and so is a workspace that
// takes more than is left.
func TestALimitOnMemoryIsTold(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("SKIPPED: the race detector needs more than the limit for itself")
	}
	folder := t.TempDir()
	w, large := littleWorkspace(t), filepath.Join(folder, "large.strata")
	text, err := os.ReadFile(w)
	err = errors.Join(err, os.WriteFile(large, text, 0o600), os.Truncate(large, 3<<30))
	if err != nil {
		t.Fatal(err)
	}
	limited := func(limit string, args ...string) (string, int) {
		cmd := program(t, nil, args...)
		cmd.Args = append([]string{"sh", "-c", "ulimit " + limit + `; exec "$@"`, "sh"}, cmd.Args...)
		cmd.Path = "/bin/sh"
		text, _ := cmd.CombinedOutput()
		return string(text), cmd.ProcessState.ExitCode()
	}
	copied := filepath.Join(folder, "copy.strata")
	for _, args := range [][]string{{"tiers"}, {"check"}, {"backup", copied}} {
		command := func(w string) []string { return append([]string{args[0], w}, args[1:]...) }
		for limit, option := range map[string]string{"-v 1500000": "-v", "-d 200000": "-d"} {
			text, status := limited(limit, command(w)...)
			if option == "-v" && status == goDied && strings.Contains(text, "out of memory") {
				continue // Go itself could not begin
			}
			want := "KiB; raise the limit: `ulimit " + option + " unlimited`\n"
			if status != exitFailed || !strings.HasPrefix(text, "strata: this process may have ") || !strings.HasSuffix(text, want) {
				t.Errorf("%s, ulimit %s: %d, %.300s", args[0], limit, status, text)
			}
		}
		text, status := limited("-v 2000000", command(large)...)
		if status != exitFailed || !strings.Contains(text, `large.strata" needs more memory than this process may have: about `) {
			t.Errorf("%s of a large one: %d, %.300s", args[0], status, text)
		}
		if text, status := limited("-v 2000000", command(w)...); status != exitDone {
			t.Errorf("%s: %d, %.300s", args[0], status, text)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(folder, "copy.strata?*")); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
}
