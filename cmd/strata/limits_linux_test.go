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
