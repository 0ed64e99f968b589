package main

import (
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// endsVariable says how often each signal is sent in each state; once takes some
// ten seconds.
const endsVariable = "STRATA_ENDS"

// endings are the signals that end strata.
var endings = map[string]syscall.Signal{
	"TERM": syscall.SIGTERM, "INT": syscall.SIGINT, "HUP": syscall.SIGHUP, "QUIT": syscall.SIGQUIT,
}

// state is something that strata may be at when a signal comes.
type state struct {
	name  string
	args  func(c corner) []string
	reach func(term *terminal, c corner)
	// alike is one of many that differ little from others, as do the places in the
	// workbench: when nothing more is asked for, each gets one of the signals.
	alike bool
	// stores says that it may have stored what it was about before the signal: then
	// its exit status is not that of what was stopped.
	stores bool
}

// corner is where one strata works: files of its own, and a folder for temporary
// ones.
type corner struct {
	folder, workspace, orders, little, many, questions, fifo, temporary string
}

// shelfOfCorners holds what the corners are furnished with.
type shelfOfCorners struct {
	workspace       []byte
	orders, little  string
	many, questions string
}

func newCorners(t *testing.T) shelfOfCorners {
	t.Helper()
	folder := t.TempDir()
	s := shelfOfCorners{orders: filepath.Join(folder, "orders.csv")}
	mustRun(t, exitDone, "generate", "--customers", "200", "--orders", "900", "--out", s.orders)
	s.little = filepath.Join(folder, "little.csv")
	mustRun(t, exitDone, "generate", "--customers", "300", "--orders", "1500", "--seed", "3", "--out", s.little)
	s.questions = writeFile(t, filepath.Join(folder, "questions.csv"), "emp_id;table_id;date;amount\n1;7;03/04/2020;1.234\n2;7;05/06/2020;2.500\n1;8;05/06/2020;9.000\n3;9;05/06/2020;1.234\n")
	workspace := filepath.Join(folder, "shop.strata")
	mustRun(t, exitDone, "import", workspace, s.orders)
	var err error
	if s.workspace, err = os.ReadFile(workspace); err != nil {
		t.Fatal(err)
	}
	return s
}

// withMany has a file, too, that takes a while.
func withMany(t *testing.T) shelfOfCorners {
	t.Helper()
	s := newCorners(t)
	s.many = filepath.Join(filepath.Dir(s.orders), "many.csv")
	mustRun(t, exitDone, "generate", "--customers", "15000", "--orders", "150000", "--seed", "2", "--out", s.many)
	return s
}

func (s shelfOfCorners) corner(t *testing.T) corner {
	t.Helper()
	folder := t.TempDir()
	c := corner{
		folder: folder, orders: s.orders, little: s.little, many: s.many, questions: s.questions,
		workspace: filepath.Join(folder, "shop.strata"), fifo: filepath.Join(folder, "fifo"), temporary: t.TempDir(),
	}
	if err := errors.Join(os.WriteFile(c.workspace, s.workspace, 0o644), unix.Mkfifo(c.fifo, 0o644)); err != nil {
		t.Fatal(err)
	}
	return c
}

// rests waits until nothing has been written for a moment.
func (term *terminal) rests() {
	const moment = 60 * time.Millisecond
	since, size := time.Now(), -1
	for end := time.Now().Add(5 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if now := len(term.text()); now != size {
			since, size = time.Now(), now
		}
		if time.Since(since) > moment {
			return
		}
	}
}

// sleeps waits until every thread of strata waits for something and does so for a
// moment.
func (term *terminal) sleeps() {
	const moment = 80 * time.Millisecond
	since := time.Now()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		threads, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/stat", term.cmd.Process.Pid))
		for _, stat := range threads {
			text, _ := os.ReadFile(stat)
			if _, state, _ := strings.Cut(string(text), ") "); !strings.HasPrefix(state, "S") {
				since = time.Now()
			}
		}
		if time.Since(since) > moment {
			return
		}
	}
}

// shows is a state of the workbench after keys.
func shows(name, keys string) state {
	return state{
		name: name, alike: true, args: args("WORKSPACE"),
		reach: func(term *terminal, _ corner) {
			term.await("Champions", 1)
			term.rests()
			for key := range strings.SplitSeq(keys, " ") {
				term.send(key)
				term.rests()
			}
		},
	}
}

// waits is a state of a command that reads or writes for a while.
func waits(name, text string, args func(c corner) []string) state {
	return state{name: name, args: args, reach: func(term *terminal, _ corner) {
		if text == "" {
			term.sleeps()
			return
		}
		term.await(text, 1)
	}}
}

// heldOpen is a state whose FIFO has a writer that says something, then nothing.
func heldOpen(s state, begin string) state {
	reach := s.reach
	s.reach = func(term *terminal, c corner) {
		writer, err := os.OpenFile(c.fifo, os.O_RDWR, 0)
		if err != nil {
			term.t.Fatal(err)
		}
		term.t.Cleanup(func() { _ = writer.Close() })
		if _, err := writer.WriteString(begin); err != nil {
			term.t.Fatal(err)
		}
		reach(term, c)
	}
	return s
}

func storing(s state) state { s.stores = true; return s }

func alike(s state) state { s.alike = true; return s }

func args(words ...string) func(corner) []string {
	return func(c corner) []string {
		named := strings.NewReplacer("WORKSPACE", c.workspace, "NEW", filepath.Join(c.folder, "new.strata"), "ORDERS", c.orders,
			"MANY", c.many, "LITTLE", c.little, "FIFO", c.fifo, "QUESTIONS", c.questions, "FILE", filepath.Join(c.folder, "written.csv"))
		replaced := make([]string, len(words))
		for i, word := range words {
			replaced[i] = named.Replace(word)
		}
		return replaced
	}
}

// What each state is reached by: the keys, or what is written then.
var stateList = []state{
	shows("tiers", ""),
	shows("matrix", "2"),
	shows("map", "2 ]"),
	shows("migration", "3"),
	shows("scenarios", "3 ]"),
	shows("side by side", "3 ] ]"),
	shows("customers", "7"),
	shows("profile", "7 \r"),
	shows("data", "9"),
	shows("help", "?"),
	shows("palette", ":"),
	shows("palette, typing", ": g o"),
	shows("schemes", "o"),
	shows("saving asks", "s"),
	shows("a cut is typed", "\r 3"),
	shows("filter", "7 / a"),
	shows("warnings", "w"),
	shows("messages", "e e"),
	shows("explained", "i"),
	shows("edited", "l"),
	shows("edited and undone", "l j l u"),
	shows("goal asks", "g"),
	shows("goal sought", "g high>=10% \r"),
	shows("methods", "m"),
	shows("fragile", "t"),
	shows("fair rules", "f"),
	shows("services", "S"),
	{name: "too small", alike: true, args: args("WORKSPACE"), reach: func(term *terminal, _ corner) {
		term.await("Champions", 1)
		term.resize(50, 10)
		term.await("strata needs 60", 1)
	}},
	{name: "keys come", args: args("WORKSPACE"), reach: func(term *terminal, _ corner) {
		term.await("Champions", 1)
		term.send(strings.Repeat("ljlk", 20))
	}},
	alike(waits("just begun", enterScreen, args("WORKSPACE"))),
	alike(waits("welcome", enterScreen, args())),
	waits("loading", enterScreen, args("MANY")),
	waits("what-if", "Imported orders.csv", args("ORDERS")),
	storing(state{name: "keeping", args: args("MANY"), reach: func(term *terminal, c corner) {
		term.await("Imported", 1)
		term.rests()
		term.send("s")
		term.rests()
		term.send("\x15" + filepath.Join(c.folder, "kept.strata") + "\r")
		term.await("keeping", 1)
	}}),
	waits("question about a file", "which is right?", args("QUESTIONS")),
	alike(waits("loading from a FIFO", enterScreen, args("FIFO"))),
	heldOpen(waits("loading from a silent FIFO", enterScreen, args("FIFO")), "client,bought,total\nA,2024-01-02,1\nB,2024-01-03,2\n"),
	alike(waits("demo", "Champions", args("demo"))),
	storing(waits("demo is made", "writing", args("demo", "--no-open"))),
	storing(waits("import", "reading", args("import", "NEW", "MANY"))),
	alike(storing(waits("import, later", "storing", args("import", "NEW", "MANY")))),
	storing(waits("import into", "reading", args("import", "WORKSPACE", "MANY"))),
	alike(storing(waits("import into, later", "storing", args("import", "WORKSPACE", "MANY")))),
	alike(waits("dry run", "reading", args("import", "NEW", "MANY", "--dry-run"))),
	waits("import from the terminal", "", args("import", "NEW", "-")),
	alike(waits("import from a FIFO", "", args("import", "NEW", "FIFO"))),
	heldOpen(waits("import from a silent FIFO", "", args("import", "NEW", "FIFO")), "client,bought,total\nA,2024-01-02,1\n"),
	alike(waits("plan from a FIFO", "", args("import", "NEW", "ORDERS", "--plan", "FIFO"))),
	alike(waits("scheme from a FIFO", "", args("tiers", "WORKSPACE", "--scheme", "FIFO"))),
	alike(waits("tiers of files", "reading", args("tiers", "--from", "MANY"))),
	waits("generate", "writing", args("generate", "--customers", "20000", "--orders", "2000000", "--out", "FILE")),
	alike(waits("generate to the terminal", "customer_id", args("generate", "--customers", "20000", "--orders", "2000000", "--out", "-"))),
}

// TestItEnds sends each signal in each state: strata ends soon, says so by its
// exit status, and leaves nothing behind. It runs before what is parallel, as it
// keeps the disk too busy for those who time edits.
func TestItEnds(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: signals processes of their own, which no race detector sees")
	}
	rounds := 0
	if text := os.Getenv(endsVariable); text != "" {
		rounds, _ = strconv.Atoi(text)
	}
	corners := withMany(t)
	var sent atomic.Int32
	t.Run("states", func(t *testing.T) {
		for i, s := range stateList {
			names := slices.Sorted(maps.Keys(endings))
			if s.alike && rounds == 0 {
				names = names[i%len(names):][:1]
			}
			for _, name := range names {
				for range max(rounds, 1) {
					sent.Add(1)
					t.Run(s.name+"/"+name, func(t *testing.T) {
						t.Parallel()
						checkEnds(t, s, corners.corner(t), endings[name])
					})
				}
			}
		}
	})
	t.Logf("%d signals in %d states: the slowest end took %v", sent.Load(), len(stateList), time.Duration(slowestEnd.Load()).Round(time.Millisecond))
}

var slowestEnd atomic.Int64

func checkEnds(t *testing.T, s state, c corner, signal syscall.Signal) {
	before := filesOf(t, c.folder)
	term := onTerminal(t, []string{"TMPDIR=" + c.temporary}, s.args(c)...)
	s.reach(term, c)
	sent := time.Now()
	if err := term.cmd.Process.Signal(signal); err != nil && !s.stores {
		t.Fatal(err)
	}
	status := term.ends()
	took := time.Since(sent)
	for was := slowestEnd.Load(); int64(took) > was && !slowestEnd.CompareAndSwap(was, int64(took)); was = slowestEnd.Load() {
	}
	if s.stores && status == exitDone {
		return // it was done before
	}
	if status != exitCancelled {
		t.Errorf("exit status %d: %q", status, term.end())
	}
	term.checkRestored()
	checkNothingLeft(t, c, before)
}

// ends waits for the end and returns the exit status.
func (term *terminal) ends() int {
	term.t.Helper()
	ended := make(chan error, 1)
	go func() { ended <- term.cmd.Wait() }()
	const patience = 20 * time.Second // for a machine that is busy with all the others
	select {
	case err := <-ended:
		var exit *exec.ExitError
		if err != nil && !errors.As(err, &exit) {
			term.t.Fatal(err)
		}
		return term.cmd.ProcessState.ExitCode()
	case <-time.After(patience):
		_ = term.cmd.Process.Kill()
		killed := <-ended
		term.t.Fatalf("it goes on for more than %v and was killed (%v): %q", patience, killed, term.end())
		return 0
	}
}

// end is what was written last.
func (term *terminal) end() string {
	text := term.text()
	return text[max(len(text)-600, 0):]
}

func (term *terminal) modes() unix.Termios {
	term.t.Helper()
	var modes unix.Termios
	term.control(func(fd int) error {
		got, err := unix.IoctlGetTermios(fd, unix.TCGETS)
		if err == nil {
			modes = *got
		}
		return err
	})
	return modes
}

// switched are the modes that the workbench may set, with what ends each.
var switched = [][2]string{
	{enterScreen, leaveScreen},
	{"\x1b[?25l", "\x1b[?25h"},     // the cursor is hidden
	{"\x1b[?2004h", "\x1b[?2004l"}, // what is pasted is told
	{"\x1b[?1004h", "\x1b[?1004l"}, // focus is told
	{"\x1b[?1000h", "\x1b[?1000l"}, // the mouse
	{"\x1b[?1002h", "\x1b[?1002l"},
	{"\x1b[?1003h", "\x1b[?1003l"},
	{"\x1b[?1006h", "\x1b[?1006l"},
	{"\x1b[?2026h", "\x1b[?2026l"}, // frames are shown whole
	{"\x1b[>4;2m", "\x1b[>4m"},     // keys are told in full
	{"\x1b[>1u", "\x1b[<1u"},
}

// checkRestored expects a terminal as it was given, and all that was written of
// it read.
func (term *terminal) checkRestored() {
	term.t.Helper()
	if got := term.modes(); got != term.found {
		term.t.Errorf("the terminal's modes are %+v, were %+v", got, term.found)
	}
	term.checkPlain()
	_ = term.master.Close()
}

// checkPlain expects that everything asked of the terminal is taken back.
func (term *terminal) checkPlain() {
	term.t.Helper()
	term.rests()
	text := term.text()
	for _, mode := range switched {
		if on, off := strings.LastIndex(text, mode[0]), strings.LastIndex(text, mode[1]); on > off {
			term.t.Errorf("%q is not taken back by %q: %q", mode[0], mode[1], term.end())
		}
	}
}

// filesOf returns the names and sizes of the files in a folder.
func filesOf(t *testing.T, folder string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, e := range entries {
		files[e.Name()] = e.Type().String()
	}
	return files
}

var importedRows = regexp.MustCompile(`"rows": ?[0-9]+`)

// checkNothingLeft expects the files that were there before, with the same orders,
// and nothing temporary.
func checkNothingLeft(t *testing.T, c corner, before map[string]string) {
	t.Helper()
	if after := filesOf(t, c.folder); !maps.Equal(before, after) {
		t.Errorf("beside the workspace lie %v, before %v", after, before)
	}
	if left := filesOf(t, c.temporary); len(left) > 0 {
		t.Errorf("of what is temporary %v is left", left)
	}
	text := mustRun(t, exitDone, "sources", c.workspace, "--format", "json").out
	if got := fmt.Sprint(importedRows.FindAllString(text, -1)); got != `["rows": 900]` {
		t.Errorf("the workspace holds other rows than before: %s", got)
	}
}

var initTook = regexp.MustCompile(`(?m)^init (\S+) @\S+ ms, (\S+) ms clock`)

// Signals are heard once the packages of the program are initialised, which nothing
// may hold up: before, SIGQUIT would end it with a dump.
func TestSignalsAreHeardEarly(t *testing.T) {
	t.Parallel()
	const most = 8.0 // milliseconds; some 2 where nothing else goes on
	least, slowest := math.Inf(1), ""
	for range 20 { // the machine may be busy
		text, status := process(t, []string{"GODEBUG=inittrace=1"}, "version")
		if status != exitDone {
			t.Fatal(text)
		}
		took, by, longest := 0.0, "", 0.0
		for _, m := range initTook.FindAllStringSubmatch(text, -1) {
			ms, err := strconv.ParseFloat(m[2], 64)
			if err != nil {
				t.Fatal(err)
			}
			took += ms
			if ms > longest {
				longest, by = ms, m[1]
			}
		}
		if took < least {
			least, slowest = took, by
		}
	}
	if !(least > 0 && least < most) {
		t.Errorf("initialising takes %.1f ms, most of them %s", least, slowest)
	}
}

// reader opens a workspace as another program does, and reads it until the test is
// over.
func reader(t *testing.T, path, begin string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	conn, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	var n int
	_, err = conn.ExecContext(t.Context(), begin)
	if err = errors.Join(err, conn.QueryRowContext(t.Context(), "SELECT count(*) FROM orders").Scan(&n)); err != nil {
		t.Fatal(err)
	}
}

// What waits for another program that reads the file is taken back when strata is
// ended, without a journal beside the file, and told.
func TestItEndsWhileAnotherReads(t *testing.T) {
	t.Parallel()
	corners := newCorners(t)
	for name, signal := range endings {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := corners.corner(t)
			before := filesOf(t, c.folder)
			term := onTerminal(t, nil, c.workspace)
			term.await("Champions", 1)
			term.rests()
			reader(t, c.workspace, "BEGIN")
			term.send("l")
			for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
				if _, waits := filesOf(t, c.folder)[filepath.Base(c.workspace)+"-journal"]; waits {
					break
				}
			}
			if err := term.cmd.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			if status := term.ends(); status != exitCancelled {
				t.Errorf("exit status %d", status)
			}
			term.await("another program is using it", 1)
			term.await("an edit was not stored", 1)
			term.checkRestored()
			checkNothingLeft(t, c, before)
		})
	}
}
