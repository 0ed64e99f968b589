package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// terminal is a pseudo-terminal with strata in it, and all strata wrote to it.
type terminal struct {
	t       *testing.T
	master  *os.File
	cmd     *exec.Cmd
	mu      sync.Mutex
	written bytes.Buffer
}

// onTerminal starts strata on a terminal of 100×30.
func onTerminal(t *testing.T, environment []string, args ...string) *terminal {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("SKIPPED: there are no pseudo-terminals: %v", err)
	}
	fd := int(master.Fd())
	if err := unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	number, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	slave, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	term := &terminal{t: t, master: master, cmd: program(t, environment, args...)}
	term.resize(100, 30)
	term.cmd.Stdin, term.cmd.Stdout, term.cmd.Stderr = slave, slave, slave
	term.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := term.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = slave.Close() // the process has its own
	go term.read()
	return term
}

func (term *terminal) read() {
	block := make([]byte, 1<<14)
	for {
		n, err := term.master.Read(block)
		term.mu.Lock()
		term.written.Write(block[:n])
		term.mu.Unlock()
		if err != nil {
			return // the process has ended
		}
	}
}

func (term *terminal) text() string {
	term.mu.Lock()
	defer term.mu.Unlock()
	return term.written.String()
}

// await waits until text has been written n times.
func (term *terminal) await(text string, n int) {
	term.t.Helper()
	const patience = 30 * time.Second
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if strings.Count(term.text(), text) >= n {
			return
		}
	}
	term.t.Fatalf("%q was not written %d times in\n%q", text, n, term.text())
}

func (term *terminal) send(keys string) {
	term.t.Helper()
	if _, err := term.master.WriteString(keys); err != nil {
		term.t.Fatal(err)
	}
}

func (term *terminal) resize(columns, rows uint16) {
	term.t.Helper()
	if err := unix.IoctlSetWinsize(int(term.master.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: rows, Col: columns}); err != nil {
		term.t.Fatal(err)
	}
}

// leave quits and expects strata to end well, with the terminal as it was.
func (term *terminal) leave() {
	term.t.Helper()
	term.send("q")
	if err := term.cmd.Wait(); err != nil {
		term.t.Fatalf("strata ended with %v: %q", err, term.text())
	}
	for _, restored := range []string{leaveScreen, "\x1b[?25h"} {
		term.await(restored, 1)
	}
	_ = term.master.Close() // nothing writes to it any more
}

const (
	enterScreen = "\x1b[?1049h"
	leaveScreen = "\x1b[?1049l"
	takeMouse   = "\x1b[?1002h"
)

// anyColor is a style sequence that selects a colour.
var anyColor = regexp.MustCompile(`\x1b\[(?:[0-9]+;)*(?:3[0-9]|4[0-9]|9[0-7]|10[0-7])(?:;[0-9]+)*m`)

func smallWorkspace(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	orders, workspace := filepath.Join(folder, "orders.csv"), filepath.Join(folder, "shop.strata")
	mustRun(t, exitDone, "generate", "--customers", "200", "--orders", "900", "--out", orders)
	mustRun(t, exitDone, "import", workspace, orders)
	return workspace
}

func TestColourOnATerminal(t *testing.T) {
	t.Parallel()
	workspace := smallWorkspace(t)
	for name, c := range map[string]struct {
		environment, args []string
		colored           bool
	}{
		"by default":               {colored: true},
		"NO_COLOR=":                {environment: []string{"NO_COLOR="}, colored: true},
		"NO_COLOR=1":               {environment: []string{"NO_COLOR=1"}},
		"NO_COLOR=false":           {environment: []string{"NO_COLOR=false"}},
		"NO_COLOR=0":               {environment: []string{"NO_COLOR=0"}},
		"NO_COLOR=no thanks":       {environment: []string{"NO_COLOR=no thanks"}},
		"--color never":            {args: []string{"--color", "never"}},
		"--color always, NO_COLOR": {environment: []string{"NO_COLOR=yes"}, args: []string{"--color", "always"}, colored: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			term := onTerminal(t, c.environment, append(c.args, workspace)...)
			term.await("Champions", 1)
			term.leave()
			if got := anyColor.MatchString(term.text()); got != c.colored {
				t.Errorf("colours are used: %v", got)
			}
		})
	}
}

func TestTheMouseCanBeLeftAlone(t *testing.T) {
	t.Parallel()
	workspace := smallWorkspace(t)
	for value, taken := range map[string]bool{"on": true, "off": false} {
		term := onTerminal(t, nil, "--mouse", value, workspace)
		term.await("Champions", 1)
		term.leave()
		if got := strings.Contains(term.text(), takeMouse); got != taken {
			t.Errorf("--mouse %s: the mouse is taken: %v", value, got)
		}
	}
}

func TestCSVOnATerminalControlsNothing(t *testing.T) {
	t.Parallel()
	workspace, note := smallWorkspace(t), "\x1b[31mred"
	mustRun(t, exitDone, "scenario", "save", workspace, "mine", "--note", note)
	expectOut(t, mustRun(t, exitDone, "scenario", "list", workspace, "--format", "csv").out, note)
	term := onTerminal(t, nil, "scenario", "list", workspace, "--format", "csv")
	term.await("mine,", 1)
	if err := term.cmd.Wait(); err != nil || strings.Contains(term.text(), note) {
		t.Errorf("%q: %v", term.text(), err)
	}
}

func TestSuspendedResizedAndResumed(t *testing.T) {
	t.Parallel()
	term := onTerminal(t, nil, smallWorkspace(t))
	term.await("Champions", 1)
	term.send("9")
	term.await("orders.csv", 1)
	term.send("\x1a") // ctrl+z
	term.await(leaveScreen, 1)
	// It may not rest yet, so it is woken until it is awake.
	for range 100 {
		if err := term.cmd.Process.Signal(syscall.SIGCONT); err != nil {
			t.Fatal(err)
		}
		time.Sleep(20 * time.Millisecond)
		if strings.Count(term.text(), enterScreen) > 1 {
			break
		}
	}
	term.await(enterScreen, 2)
	term.resize(50, 10)
	term.await("strata needs 60", 1)
	term.resize(120, 40)
	term.await("SHA-256", 2)
	term.leave()
}

func TestWhatWasRefusedIsToldOnATerminal(t *testing.T) {
	t.Parallel()
	workspace := allKindsShop(t)
	orders := filepath.Join(filepath.Dir(workspace), "orders.csv")
	const chip = "1 row refused, 8.3%"
	term := onTerminal(t, nil, orders)
	for _, text := range []string{"Imported orders.csv", "12 read", "1 row, 8.3%", "no exact duplicates", "2023-06-01 to 2024-06-15", "unknown", chip} {
		term.await(text, 1)
	}
	term.leave()
	term = onTerminal(t, nil, workspace)
	term.await(chip, 1)
	term.send("w")
	term.await("shows which", 1)
	term.send("9")
	term.await("SHA-256", 1)
	term.leave()
	if strings.Contains(term.text(), "any key goes on") {
		t.Error("a workspace that is opened again is told of as imported just now")
	}
}
