//go:build unix

package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"regexp"
	"strings"
)

// benchmarkLine is a result of go test -bench.
var benchmarkLine = regexp.MustCompile(`(?m)^Benchmark\S+\s+\d+\s+.*$`)

// edits are keys that make an edit.
const edits = "Down,L"

// keyToFrame runs the workbench's own benchmarks, and times keys on a
// pseudo-terminal where there is a program for it.
func (b *bench) keyToFrame(ctx context.Context) error {
	_, out, err := process(ctx, "", "go", "test", "-run", "^$", "-bench", ".", "-benchtime", "200ms", "./tui/...")
	if err != nil {
		return err
	}
	lines := benchmarkLine.FindAll(out, -1)
	if len(lines) == 0 {
		return errors.New("tui has no benchmark")
	}
	b.report.note("key to frame, without a terminal:\n%s", bytes.Join(lines, []byte("\n")))

	latency := latencyProgram()
	if latency == "" {
		b.report.note("key to last byte on a terminal: not measured, TUILATENCY names no program")
		return nil
	}
	for _, keys := range []struct{ what, size, setup, key string }{
		{"a cut moves, Tiers in front", "120x40", "", "Right*20,Left*20"},
		{"a cut moves, the migration beside the tiers", "200x60", "", "Right*20,Left*20"},
		{"an edit is taken back and done again, Tiers in front", "120x40", edits, "u,C-r"},
		{"an edit is taken back and done again, Migration in front", "120x40", edits + ",3", "u,C-r"},
	} {
		args := []string{"-size", keys.size, "-key", keys.key, "-n", "200"}
		if keys.setup != "" {
			args = append(args, "-setup", keys.setup)
		}
		_, out, err = process(ctx, "", latency, append(args, "--", strata, b.workspace)...)
		if err != nil {
			return err
		}
		b.report.note("key to last byte, %s: %s\n%s", keys.size, keys.what, strings.TrimSpace(string(out)))
	}
	return nil
}

// latencyProgram returns the program that times keys, "" without one.
func latencyProgram() string {
	name := os.Getenv("TUILATENCY")
	if name == "" {
		name = "tuilatency"
	}
	path, _ := exec.LookPath(name)
	return path
}
