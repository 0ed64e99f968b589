package main

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// rest is what of a command can be found again: how many rows which workspace has,
// which scenarios, which files.
func (c corner) rest(t *testing.T) string {
	t.Helper()
	var found strings.Builder
	for _, name := range slices.Sorted(maps.Keys(filesOf(t, c.folder))) {
		if filepath.Ext(name) == ".strata" {
			path := filepath.Join(c.folder, name)
			rows := importedRows.FindAllString(mustRun(t, exitDone, "sources", path, "--format", "json").out, -1)
			scenarios := strings.Count(mustRun(t, exitDone, "scenario", "list", path, "--format", "csv").out, "\n") - 1
			fmt.Fprintf(&found, "%s %s, %d scenarios; ", name, rows, scenarios)
		}
	}
	return found.String()
}

// TestStoppedAtAnyMoment stops what stores at random moments: with the status of
// what was stopped nothing is stored, and with any other all of it. It runs before
// what is parallel, like [TestItEnds].
func TestStoppedAtAnyMoment(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: signals processes of their own, which no race detector sees")
	}
	stops := 2
	if text := os.Getenv(endsVariable); text != "" {
		stops, _ = strconv.Atoi(text)
		stops *= 8
	}
	corners := withMany(t)
	for name, words := range map[string][]string{
		"import": {"import", "NEW", "MANY"}, "import into": {"import", "WORKSPACE", "MANY"}, "import little": {"import", "WORKSPACE", "LITTLE"},
		"scenario": {"scenario", "save", "WORKSPACE", "mine"}, "demo": {"demo", "--no-open", "--out", "NEW"},
		"backup": {"backup", "WORKSPACE", "NEW"}, "suggest": {"suggest", "WORKSPACE", "--goal", "high=15%", "--out", "FILE"},
		"generate": {"generate", "--customers", "20000", "--orders", "200000", "--out", "FILE"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			undisturbed := corners.corner(t)
			nothing, begun := undisturbed.rest(t), time.Now()
			if text, status := process(t, nil, args(words...)(undisturbed)...); status != exitDone {
				t.Fatalf("%d: %s", status, text)
			}
			whole, all, files := time.Since(begun), undisturbed.rest(t), filesOf(t, undisturbed.folder)
			done := 0
			for range stops {
				c := corners.corner(t)
				before := filesOf(t, c.folder)
				cmd := program(t, []string{"TMPDIR=" + c.temporary}, args(words...)(c)...)
				var said strings.Builder
				cmd.Stdout, cmd.Stderr = &said, &said
				if err := cmd.Start(); err != nil {
					t.Fatal(err)
				}
				time.Sleep(time.Duration(rand.Int64N(int64(whole))))
				_ = cmd.Process.Signal(syscall.SIGTERM) // it may have ended
				_ = cmd.Wait()
				status, wantRest, wantFiles := cmd.ProcessState.ExitCode(), nothing, before
				switch {
				case status == exitDone, status == exitFailed && strings.Contains(said.String(), afterStoring):
					wantRest, wantFiles = all, files
					done++
				case status != exitCancelled && status != -1: // -1: so early that it was nothing yet
					t.Errorf("exit status %d: %s", status, said.String())
				}
				if got := c.rest(t); got != wantRest {
					t.Errorf("exit status %d leaves %s, want %s", status, got, wantRest)
				}
				if got := filesOf(t, c.folder); fmt.Sprint(got) != fmt.Sprint(wantFiles) {
					t.Errorf("exit status %d leaves %v, want %v", status, got, wantFiles)
				}
				if left := filesOf(t, c.temporary); len(left) > 0 {
					t.Errorf("exit status %d leaves %v", status, left)
				}
			}
			t.Logf("%d stops within %v: %d came too late", stops, whole.Round(time.Millisecond), done)
		})
	}
}

// What cannot end by itself is ended by the second signal, without waiting.
func TestASecondSignalEndsAtOnce(t *testing.T) {
	t.Parallel()
	c := newCorners(t).corner(t)
	const tries = 3 // the machine may be busy
	for try := range tries {
		term := onTerminal(t, nil, args("import", "NEW", "ORDERS", "--plan", "FIFO")(c)...)
		term.sleeps()
		sent := time.Now()
		term.send("\x03")
		time.Sleep(doubled + 50*time.Millisecond)
		term.send("\x03")
		if status := term.ends(); status != exitCancelled {
			t.Errorf("exit status %d", status)
		}
		if took := time.Since(sent); took < grace {
			return
		} else if try == tries-1 {
			t.Errorf("it took %v", took)
		}
	}
}

// A terminal that has stopped taking anything holds nothing up.
func TestItEndsOnATerminalThatTakesNothing(t *testing.T) {
	t.Parallel()
	corners := newCorners(t)
	for _, words := range [][]string{{"WORKSPACE"}, {"generate", "--out", "-", "--orders", "900000"}} {
		c := corners.corner(t)
		term := onTerminal(t, []string{"TMPDIR=" + c.temporary}, args(words...)(c)...)
		if len(words) == 1 {
			term.await("Champions", 1)
			term.rests()
		} else {
			term.await("customer_id", 1)
		}
		term.taking.Lock()
		for range 40 {
			term.send("?\x1b")
			time.Sleep(10 * time.Millisecond)
		}
		if err := term.cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		if status := term.ends(); status != exitCancelled {
			t.Errorf("%v: exit status %d", words, status)
		}
		if got := term.modes(); got != term.found {
			t.Errorf("%v: the terminal's modes are %+v, were %+v", words, got, term.found)
		}
		term.taking.Unlock()
		_ = term.master.Close()
	}
}

// A terminal that is closed ends what is in it, and so it does where a hang-up is
// ignored, for then nobody can type any more.
func TestATerminalIsClosed(t *testing.T) {
	t.Parallel()
	corners := withMany(t)
	for name, words := range map[string][]string{
		"workbench": {"WORKSPACE"}, "what-if": {"ORDERS"}, "loading": {"MANY"}, "silent": {"FIFO"}, "import": {"import", "NEW", "MANY"},
		"workbench, ignoring it": {"WORKSPACE"}, "what-if, ignoring it": {"ORDERS"}, "silent, ignoring it": {"FIFO"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := corners.corner(t)
			before := filesOf(t, c.folder)
			var environment []string
			if strings.HasSuffix(name, "ignoring it") {
				environment = []string{deafVariable + "=1"}
			}
			term := onTerminal(t, append(environment, "TMPDIR="+c.temporary), args(words...)(c)...)
			switch name {
			case "import":
				term.await("reading", 1)
			case "loading":
				term.await(enterScreen, 1)
			default:
				term.await(enterScreen, 1)
				term.rests()
			}
			if err := term.master.Close(); err != nil {
				t.Fatal(err)
			}
			if status := term.ends(); status != exitCancelled {
				t.Errorf("exit status %d", status)
			}
			checkNothingLeft(t, c, before)
		})
	}
}

// An import that is to outlive its terminal does.
func TestAHangUpThatIsIgnored(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: it outruns its patience under the race detector")
	}
	t.Parallel()
	c := withMany(t).corner(t)
	term := onTerminal(t, []string{deafVariable + "=1"}, args("import", "NEW", "MANY")(c)...)
	term.await("reading", 1)
	if err := term.cmd.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	if status := term.ends(); status != exitDone {
		t.Errorf("exit status %d: %s", status, term.end())
	}
}

const (
	// deafVariable makes strata ignore hang-ups, as nohup does.
	deafVariable = "STRATA_TEST_IS_DEAF"
	// shellVariable makes the test's binary be a shell. It names a file for strata's
	// number.
	shellVariable = "STRATA_TEST_IS_SHELL"
	// kindVariable says what it does with strata.
	kindVariable = "STRATA_TEST_SHELL"
)

// What a shell does with a job. Only one that controls jobs can wake it again.
const (
	inFront  = "front"      // gives it a group of its own, in front
	behind   = "background" // gives it one that is not in front
	scripted = "script"     // leaves it in its own group
)

// init makes the test's binary be what starts strata.
func init() {
	again := func(variable string) *exec.Cmd {
		_ = os.Unsetenv(variable)
		self, _ := os.Executable()
		cmd := exec.Command(self, os.Args[1:]...)
		cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
		return cmd
	}
	if os.Getenv(deafVariable) != "" {
		_ = os.Unsetenv(deafVariable)
		self, _ := os.Executable()
		words := append([]string{"-c", `trap "" HUP; exec "$@"`, "sh", self}, os.Args[1:]...)
		fmt.Fprintln(os.Stderr, syscall.Exec("/bin/sh", append([]string{"sh"}, words...), os.Environ()))
		os.Exit(exitFailed)
	}
	if number := os.Getenv(shellVariable); number != "" {
		kind := os.Getenv(kindVariable)
		_ = os.Unsetenv(kindVariable)
		cmd := again(shellVariable)
		cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: kind != scripted, Foreground: kind == inFront}
		asked := make(chan os.Signal, 1)
		signal.Notify(asked, syscall.SIGUSR1)
		err := cmd.Start()
		go func() {
			<-asked
			killJob(cmd.Process.Pid)
		}()
		if err == nil {
			err = os.WriteFile(number, []byte(strconv.Itoa(cmd.Process.Pid)), 0o600)
		}
		if err == nil {
			err = cmd.Wait()
		}
		var exit *exec.ExitError
		if err != nil && !errors.As(err, &exit) {
			fmt.Fprintln(os.Stderr, err)
		}
		os.Exit(cmd.ProcessState.ExitCode())
	}
}

// killJob is what a shell does that has got its terminal back and is told to kill
// the job.
func killJob(number int) {
	signal.Ignore(syscall.SIGTTOU)
	err := unix.IoctlSetPointerInt(0, unix.TIOCSPGRP, unix.Getpgrp())
	if err = errors.Join(err, syscall.Kill(-number, syscall.SIGTERM), syscall.Kill(-number, syscall.SIGCONT)); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
}

// inShell is strata on a terminal with a shell between, and its number.
func inShell(t *testing.T, kind string, arg ...string) (*terminal, int) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "number")
	term := onTerminal(t, []string{shellVariable + "=" + file, kindVariable + "=" + kind}, arg...)
	if kind != behind {
		term.await("Champions", 1)
	}
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		text, _ := os.ReadFile(file)
		if number, err := strconv.Atoi(string(text)); err == nil {
			return term, number
		}
	}
	t.Fatal("the shell does not say what it started")
	return nil, 0
}

// isStopped reports whether a process is stopped.
func isStopped(t *testing.T, number int) bool {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", number))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Contains(string(text), ") T ")
}

// awaitStopped waits until a process is stopped.
func awaitStopped(t *testing.T, number int) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if isStopped(t, number) {
			return
		}
	}
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", number))
	t.Fatalf("it is not stopped: %s", text)
}

// A stop from outside gives the terminal back first, like Ctrl+z, and both work
// again and again.
func TestStoppedFromOutside(t *testing.T) {
	t.Parallel()
	c := newCorners(t).corner(t)
	term, number := inShell(t, inFront, c.workspace)
	taken := term.modes()
	tell := func(s syscall.Signal) {
		t.Helper()
		if err := syscall.Kill(number, s); err != nil {
			t.Fatal(err)
		}
	}
	for round, how := range []string{"signal", "key", "signal"} {
		term.rests()
		if how == "key" {
			term.send("\x1a")
		} else {
			tell(syscall.SIGTSTP)
		}
		awaitStopped(t, number)
		term.await(leaveScreen, round+1)
		term.checkPlain()
		if term.modes() == taken {
			t.Errorf("%s: the terminal is not given back", how)
		}
		tell(syscall.SIGCONT)
		term.await(enterScreen, round+2)
		term.rests()
		if got := term.modes(); got != taken {
			t.Errorf("%s: the terminal is not taken again: %+v", how, got)
		}
	}
	term.send("9")
	term.await("SHA-256", 1)
	tell(syscall.SIGTSTP)
	awaitStopped(t, number)
	tell(syscall.SIGTERM)
	tell(syscall.SIGCONT)
	if status := term.ends(); status != exitCancelled {
		t.Errorf("exit status %d", status)
	}
	term.checkPlain()
	_ = term.master.Close()
}

// Where nobody could wake it, neither key nor signal stops it: the terminal would
// be gone for good.
func TestStoppedWhereNobodyWakesIt(t *testing.T) {
	t.Parallel()
	c := newCorners(t).corner(t)
	term, number := inShell(t, scripted, c.workspace)
	t.Cleanup(func() { _ = syscall.Kill(-term.cmd.Process.Pid, syscall.SIGKILL) }) // it may be stopped
	for i, stop := range []func(){
		func() { term.send("\x1a") },
		func() { _ = syscall.Kill(number, syscall.SIGTSTP) },
	} {
		term.rests()
		stop()
		term.send("9")
		term.await("SHA-256", i+1)
		term.send("1")
		term.await("Champions", i+2)
	}
	term.leave()
}

// A job that is killed while it is stopped, or in the background, ends, and leaves
// alone the terminal that the shell has again.
func TestKilledInTheBackground(t *testing.T) {
	t.Parallel()
	corners := newCorners(t)
	for _, kind := range []string{inFront, behind} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			term, number := inShell(t, kind, corners.corner(t).workspace)
			if kind == inFront {
				term.rests()
				term.send("\x1a")
			}
			awaitStopped(t, number)
			term.rests()
			before := len(term.text())
			if err := term.cmd.Process.Signal(syscall.SIGUSR1); err != nil {
				t.Fatal(err)
			}
			status := term.ends()
			term.rests()
			if after := term.text()[before:]; status != exitCancelled || after != "strata: stopped by a signal: terminated\r\n" {
				t.Errorf("exit status %d: %q", status, after)
			}
			if got := term.modes(); got != term.found {
				t.Errorf("the terminal's modes are %+v, were %+v", got, term.found)
			}
		})
	}
}
