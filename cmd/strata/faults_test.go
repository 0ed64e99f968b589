package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// The public cases of files that other programs misread, and our own: each must
// come out right, be refused, be asked about, or be told. check.py of the shared
// data reads what the program prints; nothing of it shares code with strata.
func TestFaultyFilesAreNotMisread(t *testing.T) {
	t.Parallel()
	shared := filepath.Join("..", "..", "..", "shared", "data", "faults")
	check := filepath.Join(shared, "check.py")
	if _, err := os.Stat(check); err != nil {
		t.Skipf("the faulty files are not here: %s", check)
	}
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3, which reads what comes out, is not here")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	// check.py gives its own environment, so a script sets what makes this binary be strata.
	strata := filepath.Join(t.TempDir(), "strata")
	script := fmt.Sprintf("#!/bin/sh\n%s=1 exec '%s' \"$@\"\n", runVariable, self)
	if err := os.WriteFile(strata, []byte(script), 0o700); err != nil { //nolint:gosec // it is to be run
		t.Fatal(err)
	}
	for _, folder := range []string{shared, filepath.Join("..", "..", "importer", "testdata", "faults")} {
		t.Run(filepath.Base(filepath.Dir(folder)), func(t *testing.T) {
			t.Parallel()
			out, err := exec.CommandContext(t.Context(), python, check, folder, strata).CombinedOutput()
			if err != nil {
				t.Errorf("%v: %s", err, out)
			}
		})
	}
}
