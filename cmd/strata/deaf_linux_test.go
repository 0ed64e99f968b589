package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// fullPipe returns the end for writing of a pipe that nobody reads and that takes
// nothing any more.
func fullPipe(t *testing.T) *os.File {
	t.Helper()
	var ends [2]int
	if err := syscall.Pipe2(ends[:], syscall.O_CLOEXEC|syscall.O_NONBLOCK); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = syscall.Close(ends[0]) })
	for block := make([]byte, 1<<12); ; {
		if _, err := syscall.Write(ends[1], block); errors.Is(err, syscall.EAGAIN) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.SetNonblock(ends[1], false); err != nil { // as a shell makes them
		t.Fatal(err)
	}
	full := os.NewFile(uintptr(ends[1]), "pipe")
	t.Cleanup(func() { _ = full.Close() })
	return full
}

// What has stored its result and cannot tell it, since nobody reads, is ended by a
// signal like all else, with the status of that, and by a second one at once.
func TestItEndsWhereNobodyReadsWhatWasStored(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("SKIPPED: signals processes of their own, which no race detector sees")
	}
	corners := newCorners(t)
	for name, words := range map[string][]string{
		"service":       {"service", "WORKSPACE", "--set", "high.cost=2"},
		"scenario save": {"scenario", "save", "WORKSPACE", "mine"},
		"undo":          {"undo", "WORKSPACE"},
		"suggest":       {"suggest", "WORKSPACE", "--goal", "high=15%", "--out", "FILE"},
		"import":        {"import", "WORKSPACE", "LITTLE", "--save-plan", "FILE"},
	} {
		for _, twice := range []bool{false, true} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				c := corners.corner(t)
				if name == "undo" {
					mustRun(t, exitDone, "scenario", "open", c.workspace, "eight")
				}
				checkEndsUnheard(t, program(t, []string{"TMPDIR=" + c.temporary}, args(words...)(c)...), twice)
				if left, _ := filepath.Glob(c.workspace + ".lock"); len(left) > 0 {
					t.Errorf("it leaves %v", left)
				}
			})
		}
	}
}

func checkEndsUnheard(t *testing.T, cmd *exec.Cmd, twice bool) {
	t.Helper()
	full := fullPipe(t)
	cmd.Stdout, cmd.Stderr = full, full
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	term := &terminal{t: t, cmd: cmd}
	term.sleeps()
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	sent := time.Now()
	if twice {
		time.Sleep(doubled + 50*time.Millisecond)
		if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
	}
	if status := term.ends(); status != exitFailed {
		t.Errorf("exit status %d", status)
	}
	if took := time.Since(sent); took > 5*time.Second { // one, and the machine may be busy
		t.Errorf("it took %v", took)
	}
}
