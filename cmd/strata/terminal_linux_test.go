package main

import (
	"bytes"
	"errors"
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

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/sys/unix"
)

// terminal is a pseudo-terminal with strata in it, and all strata wrote to it.
type terminal struct {
	t       *testing.T
	master  *os.File
	found   unix.Termios // its modes before strata began
	cmd     *exec.Cmd
	taking  sync.Mutex // held while the terminal takes nothing
	mu      sync.Mutex
	written bytes.Buffer
}

// onTerminal starts strata on a terminal of 100×30.
func onTerminal(t *testing.T, environment []string, args ...string) *terminal {
	t.Helper()
	return onTerminalOf(t, 100, environment, args...)
}

// onTerminalOf does so on one of so many columns.
func onTerminalOf(t *testing.T, columns uint16, environment []string, args ...string) *terminal {
	t.Helper()
	return onTerminalRunning(t, columns, program(t, environment, args...))
}

// onTerminalUnder does so with a umask.
func onTerminalUnder(t *testing.T, umask string, environment []string, args ...string) *terminal {
	t.Helper()
	return onTerminalRunning(t, 100, underUmask(program(t, environment, args...), umask))
}

// onTerminalRunning starts a program on a terminal.
func onTerminalRunning(t *testing.T, columns uint16, cmd *exec.Cmd) *terminal {
	t.Helper()
	fd, err := unix.Open("/dev/ptmx", unix.O_RDWR|unix.O_NOCTTY|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	if err != nil {
		t.Skipf("SKIPPED: there are no pseudo-terminals: %v", err)
	}
	master := os.NewFile(uintptr(fd), "/dev/ptmx") // can be closed while it is read
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
	term := &terminal{t: t, master: master, cmd: cmd}
	term.resize(columns, 30)
	term.found = term.modes()
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
		term.taking.Lock()
		term.mu.Lock()
		term.written.Write(block[:n])
		term.mu.Unlock()
		term.taking.Unlock()
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
	term.control(func(fd int) error {
		return unix.IoctlSetWinsize(fd, unix.TIOCSWINSZ, &unix.Winsize{Row: rows, Col: columns})
	})
}

func (term *terminal) control(do func(fd int) error) {
	term.t.Helper()
	conn, err := term.master.SyscallConn()
	var done error
	if err == nil {
		err = conn.Control(func(fd uintptr) { done = do(int(fd)) })
	}
	if err = errors.Join(err, done); err != nil {
		term.t.Fatal(err)
	}
}

// leave quits and expects strata to end well, with the terminal as it was.
func (term *terminal) leave() {
	term.t.Helper()
	term.send("q")
	if status := term.ended(); status != exitDone {
		term.t.Fatalf("strata ended with %d: %q", status, term.text())
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
			said := onTerminal(t, c.environment, append(c.args, "tiers", workspace)...).said()
			if got := strings.Contains(said, "\x1b[33mHIGH\x1b[39m "); got != c.colored || !got && strings.Contains(said, "\x1b") {
				t.Errorf("a command uses colours: %v\n%q", got, said)
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
	expectOut(t, mustRun(t, exitDone, "scenario", "list", workspace, "--format", "csv", "--raw").out, note)
	term := onTerminal(t, nil, "scenario", "list", workspace, "--format", "csv", "--raw")
	term.await("mine,", 1)
	if err := term.cmd.Wait(); err != nil || strings.Contains(term.text(), note) {
		t.Errorf("%q: %v", term.text(), err)
	}
}

func TestSuspendedResizedAndResumed(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: Bubble Tea watches the size and gives the terminal back at once, which is a race of its own")
	}
	t.Parallel()
	term, number := inShell(t, inFront, smallWorkspace(t))
	term.send("9")
	term.await("orders.csv", 1)
	term.send("\x1a") // ctrl+z
	awaitStopped(t, number)
	term.await(leaveScreen, 1)
	if err := syscall.Kill(number, syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	term.await(enterScreen, 2)
	term.resize(50, 10)
	term.await("strata needs 60", 1)
	term.resize(120, 40)
	term.await("SHA-256", 2)
	term.leave()
}

// Where nobody could wake it, strata is not stopped.
func TestNotSuspendedWithoutAShell(t *testing.T) {
	t.Parallel()
	term := onTerminal(t, nil, smallWorkspace(t))
	term.await("Champions", 1)
	term.send("\x1a")
	if err := term.cmd.Process.Signal(syscall.SIGTSTP); err != nil {
		t.Fatal(err)
	}
	term.send("9")
	term.await("orders.csv", 1)
	term.leave()
	if n := strings.Count(term.text(), leaveScreen); n != 1 {
		t.Errorf("the screen was left %d times", n)
	}
}

func TestWhatWasRefusedIsToldOnATerminal(t *testing.T) {
	t.Parallel()
	workspace := allKindsShop(t)
	orders := filepath.Join(filepath.Dir(workspace), "orders.csv")
	const chip = "1 row refused, 8.3%"
	term := onTerminal(t, nil, orders)
	for _, text := range []string{"Imported orders.csv", "12 read", "1 row, 8.3%", "duplicates", "2023-06-01 to 2024-06-15", "not stated", chip} {
		term.await(text, 1)
	}
	term.leave()
	term = onTerminal(t, nil, workspace)
	term.await(chip, 1)
	term.send("w")
	term.await("which and why.", 1)
	term.send("9")
	term.await("SHA-256", 1)
	term.leave()
	if strings.Contains(term.text(), "any key continues") {
		t.Error("a workspace that is opened again is told of as imported just now")
	}
}

// said is what a command has written to a terminal when it has ended.
func (term *terminal) said() string {
	term.t.Helper()
	_ = term.cmd.Wait() // the status is that of what was done
	for before := ""; before == "" || before != term.text(); time.Sleep(50 * time.Millisecond) {
		before = term.text()
	}
	_ = term.master.Close()
	return strings.ReplaceAll(term.text(), "\r\n", "\n")
}

// No line is broken by the terminal, and no word by strata.
func TestTextFitsTheTerminal(t *testing.T) {
	t.Parallel()
	workspace := smallWorkspace(t)
	mustRun(t, exitDone, "scenario", "save", workspace, "mine", "--recency", "20,40,90,180")
	mustRun(t, exitDone, "scenario", "open", workspace, "mine")
	mustRun(t, exitDone, "scenario", "open", workspace, "eleven")
	for _, args := range [][]string{
		{"tiers", workspace, "--where", "channel!=none of these"},
		{"compare", workspace, "--before", "ten", "--after", "mine"},
		{"customer", workspace, "C1"},
		{"sources", workspace},
		{"sensitivity", workspace},
		{"matrix", workspace},
		{"log", workspace},
		{"scheme", "list"},
		{"scheme", "lint", "rfm-r", "--workspace", workspace},
	} {
		piped := mustRunAny(t, args...)
		known := map[string]bool{}
		const shorter = "cust. repeat on first left out for lack of room: widen the window, or use --format csv"
		for _, word := range strings.Fields(piped + shorter) {
			known[word] = true
			folder, file := filepath.Split(word) // where a path may be broken
			known[folder], known[file] = true, true
		}
		for _, columns := range []uint16{80, 100} {
			text := ansi.Strip(onTerminalOf(t, columns, nil, args...).said())
			for line := range strings.Lines(text) {
				words := strings.Fields(line)
				if w := ansi.StringWidth(strings.TrimSuffix(line, "\n")); w > int(columns) && len(words) > 1 {
					t.Errorf("%s at %d: a line of %d cells: %s", args[0], columns, w, line)
				}
				for _, word := range words {
					if !known[strings.TrimRight(word, ",;")] && !known[word] {
						t.Errorf("%s at %d: %q is no word of\n%s", args[0], columns, word, piped)
					}
				}
			}
		}
	}
}

// mustRunAny returns all that a command writes, whatever its status.
func mustRunAny(t *testing.T, args ...string) string {
	t.Helper()
	r := strata(t, "", args...)
	return r.out + r.err
}

// No column is left out without a word.
func TestColumnsLeftOutAreNamed(t *testing.T) {
	t.Parallel()
	workspace := smallWorkspace(t)
	for _, c := range []struct {
		args    []string
		columns uint16
		want    string
	}{
		{[]string{"tiers"}, 60, "left out for lack of room: orders, order value;"},
		{[]string{"tiers"}, 80, "left out for lack of room: orders;"},
		{[]string{"tiers"}, 120, ""},
		{[]string{"compare", "--after", "eleven", "--value", "revenue"}, 60, "left out for lack of room: 4, 5, 7, 9, 10, 11;"}, // the smallest
		{[]string{"compare", "--after", "eleven", "--value", "revenue"}, 120, ""},
		{[]string{"compare", "--after", "eleven", "--members", "moved"}, 100, "left out for lack of room: last order, orders, frequency, monetary, value score;"},
	} {
		said := onTerminalOf(t, c.columns, nil, append(c.args, workspace)...).said()
		if c.want != "" && !strings.Contains(said, c.want) || c.want == "" && strings.Contains(said, "left out") {
			t.Errorf("%s at %d: there is no %q in\n%s", c.args[0], c.columns, c.want, said)
		}
	}
}

func TestATerminalIsGivenTheFirstRefusedRows(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	text := "client,bought,total\nA,2024-01-02,1\n" + strings.Repeat(",2024-01-03,2.50\n", 60)
	w := filepath.Join(folder, "w.strata")
	mustRun(t, exitRefused, "import", w, writeFile(t, filepath.Join(folder, "a.csv"), text))
	for want, args := range map[int][]string{50: nil, 60: {"--limit", "0"}, 7: {"--limit", "7"}} {
		said := onTerminal(t, nil, append([]string{"rejects", w}, args...)...).said()
		if got := strings.Count(said, ",2024-01-03,2.50"); got != want {
			t.Errorf("%v: %d rows, want %d:\n%s", args, got, want, said)
		}
		if more := fmt.Sprintf("and %d more; --limit 0 lists them all", 60-want); want < 60 != strings.Contains(said, more) {
			t.Errorf("%v: no %q in\n%s", args, more, said)
		}
	}
	if piped := mustRun(t, exitDone, "rejects", w).out; strings.Count(piped, ",2024-01-03,2.50") != 60 || strings.Contains(piped, "more;") {
		t.Error(piped)
	}
	mustRun(t, exitRefused, "import", w, writeFile(t, filepath.Join(folder, "b.csv"), text+"B,2024-01-09,4\n"))
	said := onTerminalOf(t, 80, nil, "rejects", w, "--limit", "61").said()
	for _, want := range []string{" 1:3  client         no-customer  ,2024-01-03,2.50\n", " 2:3  client  "} {
		if !strings.Contains(said, want) {
			t.Errorf("no %q in\n%s", want, said)
		}
	}
}

// On no screen is an amount that nobody knows written as 0.
func TestScreensWithoutAmounts(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	text := "client,bought\n"
	for i := range 60 {
		text += fmt.Sprintf("C%d,2024-%02d-%02d\n", i%13, 1+i%12, 1+i%27)
	}
	w := filepath.Join(folder, "w.strata")
	mustRun(t, exitDone, "import", w, writeFile(t, filepath.Join(folder, "a.csv"), text))
	term := onTerminal(t, nil, w)
	term.await("no amounts", 1)
	for _, screen := range [][2]string{{"\x1b[C", "1"}, {"3", "What is reclassified"}, {"]", "Scenarios"}, {"7", "Customers"}, {"9", "SHA-256"}} {
		term.send(screen[0])
		term.await(screen[1], 1)
	}
	term.leave()
	if said := term.text(); regexp.MustCompile(`[^0-9]0\.00[^0-9]|order value (\x1b\[[0-9;]*m)*0| 0 of revenue`).MatchString(said) {
		t.Errorf("an amount that is not known is told:\n%q", said)
	}
}
