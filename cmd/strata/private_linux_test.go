package main

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// underUmask makes a process of strata that starts with a umask.
func underUmask(cmd *exec.Cmd, umask string) *exec.Cmd {
	shell := exec.Command("/bin/sh", append([]string{"-c", `umask ` + umask + `; exec "$@"`, "sh"}, cmd.Args...)...)
	cmd.Path, cmd.Args = shell.Path, shell.Args
	return cmd
}

// openToOthers lists what below a folder somebody else could use, and all files.
func openToOthers(t *testing.T, folder string) (open, files []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, e fs.DirEntry, err error) error {
		if err != nil || path == folder {
			return err
		}
		about, err := e.Info()
		if err != nil {
			return nil // it has just gone
		}
		want := fs.FileMode(0o600)
		if e.IsDir() {
			want = fs.ModeDir | 0o700
		} else {
			files = append(files, strings.TrimPrefix(path, folder+"/"))
		}
		if about.Mode() != want {
			open = append(open, about.Mode().String()+" "+path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return open, files
}

// awaitFile waits until a file is there.
func awaitFile(t *testing.T, path string) {
	t.Helper()
	for range 1000 {
		if _, err := os.Stat(path); err == nil {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%s was not written", path)
}

// Whatever strata writes is for its owner alone, under any umask.
func TestWhatIsWrittenIsPrivate(t *testing.T) {
	t.Parallel()
	for _, umask := range []string{"000", "022", "777"} {
		t.Run(umask, func(t *testing.T) {
			t.Parallel()
			folder, home, temporary := t.TempDir(), t.TempDir(), t.TempDir()
			at := func(name string) string { return filepath.Join(folder, name) }
			environment := []string{"HOME=" + home, "XDG_CONFIG_HOME=", "XDG_STATE_HOME=", "XDG_DATA_HOME=", "TMPDIR=" + temporary}
			w := at("shop.strata")
			for _, args := range [][]string{
				{"generate", "--customers", "200", "--orders", "900", "--out", at("orders.csv")},
				{"generate", "--customers", "200", "--orders", "900", "--out", at("orders.csv"), "--force"},
				{"import", w, at("orders.csv"), "--save-plan", at("plan.yaml")},
				{"import", w, at("orders.csv"), "--again", "--dry-run", "--save-plan", at("dry.yaml")},
				{"import", w, at("bad.csv")},
				{"rejects", w, "--export", at("refused.csv")},
				{"scenario", "save", w, "mine"},
				{"suggest", w, "--goal", "high=20", "--out", at("goal.yaml")},
				{"scheme", "map", w, "--out", at("map.csv")},
				{"scheme", "map", w, "--out", at("map.yaml")},
				{"service", w, "--set", "high.promise=1h"},
				{"demo", "--no-open"},
				{"demo", "--no-open", "--out", at("new/deep/demo.strata")},
			} {
				if args[1] == w && args[2] == at("bad.csv") {
					writeFile(t, at("bad.csv"), "customer,date,amount\nA,2024-01-02,1\n,2024-01-02,1\n")
					if err := os.Chmod(at("bad.csv"), 0o600); err != nil {
						t.Fatal(err)
					}
				}
				out, err := underUmask(program(t, environment, args...), umask).CombinedOutput()
				if err != nil && !strings.Contains(err.Error(), "exit status 3") {
					t.Fatalf("%q: %v: %s", args, err, out)
				}
			}
			term := onTerminalUnder(t, umask, environment, at("orders.csv"))
			term.await("Champions", 1)
			if open, files := openToOthers(t, temporary); len(open) > 0 || len(files) < 2 {
				t.Errorf("while a what-if is open: %q of %q", open, files)
			}
			for _, keys := range [][3]string{
				{"s", "kept.strata", ""}, {"7x", "customers.csv", "shown as CSV to"}, {"9x", "sources.csv", "listed as CSV to"}, {"1ls\x15idea\r3]x", "idea.yaml", "as a scheme file to"},
			} {
				for key := range strings.SplitSeq(keys[0], "") {
					term.send(key)
					time.Sleep(30 * time.Millisecond) // for the screen that is then in front
					if key == "\r" {
						term.await(`saved as scenario "idea"`, 1) // until then what is typed is lost
					}
				}
				for range 100 { // until there is something to write, there is no prompt
					if strings.Contains(term.text(), keys[2]) {
						break
					}
					time.Sleep(300 * time.Millisecond)
					term.send("x")
				}
				term.send("\x15") // instead of the name proposed
				time.Sleep(30 * time.Millisecond)
				term.send(at(keys[1]) + "\r")
				awaitFile(t, at(keys[1]))
				if strings.HasPrefix(keys[0], "s") {
					term.await("saved as", 1) // until then what is typed does nothing
				}
			}
			if open, files := openToOthers(t, folder); len(open) > 0 || !slices.Contains(files, "kept.strata.lock") {
				t.Errorf("while a workspace is open: %q of %q", open, files)
			}
			term.leave()
			open, files := openToOthers(t, folder)
			ofHome, atHome := openToOthers(t, home)
			if open = append(open, ofHome...); len(open) > 0 {
				t.Errorf("open to others: %q", open)
			}
			for _, name := range strings.Fields("bad.csv customers.csv dry.yaml goal.yaml idea.yaml kept.strata map.csv map.yaml " +
				"new/deep/demo-orders.csv new/deep/demo.strata orders.csv plan.yaml refused.csv refused.csv.plan.yaml shop.strata sources.csv") {
				if !slices.Contains(files, name) {
					t.Errorf("%s was not written", name)
				}
			}
			for _, name := range strings.Fields(".local/share/strata/demo.strata .local/share/strata/demo-orders.csv .local/state/strata/recent") {
				if !slices.Contains(atHome, name) {
					t.Errorf("%s was not written", name)
				}
			}
			if _, left := openToOthers(t, temporary); len(left) > 0 {
				t.Errorf("left behind: %q", left)
			}
		})
	}
}

// What a killed what-if leaves is gone after the next start.
func TestKilledWhatIfIsSwept(t *testing.T) {
	t.Parallel()
	temporary := t.TempDir()
	environment := []string{"TMPDIR=" + temporary}
	orders := filepath.Join(t.TempDir(), "orders.csv")
	mustRun(t, exitDone, "generate", "--customers", "200", "--orders", "900", "--out", orders)
	lives := onTerminal(t, environment, orders)
	lives.await("Champions", 1)
	dies := onTerminal(t, environment, orders)
	dies.await("Champions", 1)
	if err := dies.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = dies.cmd.Wait() // killed
	folders := func() int { return len(must(os.ReadDir(temporary))) }
	if folders() != 2 {
		t.Fatalf("%d temporary workspaces, want that of the killed one and the other", folders())
	}
	if out, status := process(t, environment, "version"); status != exitDone {
		t.Fatal(out)
	}
	if folders() != 1 {
		t.Errorf("%d temporary workspaces after the next start, want the one in use", folders())
	}
	lives.send("2")
	lives.await("Matrix", 1)
	lives.leave()
	if folders() != 0 {
		t.Error("one is left")
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// Without a home nothing is written outside the temporary folder, and no settings
// are taken from where one stands.
func TestNoHome(t *testing.T) {
	t.Parallel()
	for _, environment := range [][]string{
		{"HOME=", "XDG_CONFIG_HOME=", "XDG_STATE_HOME=", "XDG_DATA_HOME="},
		{"HOME=.", "XDG_CONFIG_HOME=.", "XDG_STATE_HOME=.config", "XDG_DATA_HOME=~"},
	} {
		here, temporary := t.TempDir(), t.TempDir()
		for _, name := range []string{"strata/config.yaml", ".config/strata/config.yaml", "config.yaml", "home/strata/config.yaml"} {
			if err := os.MkdirAll(filepath.Dir(filepath.Join(here, name)), 0o700); err != nil {
				t.Fatal(err)
			}
			writeFile(t, filepath.Join(here, name), "theme: rubbish\n")
		}
		orders := filepath.Join(t.TempDir(), "orders.csv")
		mustRun(t, exitDone, "generate", "--customers", "200", "--orders", "900", "--out", orders)
		environment = append(environment, "TMPDIR="+temporary)
		before := must(os.ReadDir(here))
		in := func(args ...string) (string, error) {
			cmd := program(t, environment, args...)
			cmd.Dir = here
			out, err := cmd.CombinedOutput()
			return string(out), err
		}
		if out, err := in("config", "show"); err != nil || strings.Contains(out, "rubbish") {
			t.Errorf("%q: settings were read: %v %s", environment, err, out)
		}
		for _, args := range [][]string{{"config", "path"}, {"config", "check"}, {"demo", "--no-open"}} {
			if out, err := in(args...); err == nil || !strings.Contains(out, "there is no home folder") {
				t.Errorf("%q: %v: %v %s", environment, args, err, out)
			}
		}
		term := onTerminalUnder(t, "022", environment, orders)
		term.await("Champions", 1)
		term.leave()
		if after := must(os.ReadDir(here)); len(after) != len(before) {
			t.Errorf("%q: files were made: %v", environment, after)
		}
		if left := must(os.ReadDir(temporary)); len(left) > 0 {
			t.Errorf("%q: left: %v", environment, left)
		}
		for _, name := range []string{"/.local/state/strata", "/.local/share/strata", "/.config/strata"} {
			if _, err := os.Stat(name); err == nil {
				t.Errorf("%s was made", name)
			}
		}
	}
}

// Two names of one file are one workspace, which one process writes.
func TestTwoNamesAreOneWorkspace(t *testing.T) {
	t.Parallel()
	workspace := smallWorkspace(t)
	other := t.TempDir()
	symbolic, hard := filepath.Join(other, "symbolic.strata"), filepath.Join(other, "hard.strata")
	if err := os.Symlink(workspace, symbolic); err != nil {
		t.Fatal(err)
	}
	if err := os.Link(workspace, hard); err != nil {
		t.Fatal(err)
	}
	names := []string{workspace, symbolic, hard}
	for _, opened := range names {
		term := onTerminal(t, nil, opened)
		term.await("Champions", 1)
		for _, name := range names {
			out, status := process(t, nil, "scenario", "save", name, "mine")
			if status != exitFailed || !strings.Contains(out, "is writing it") {
				t.Errorf("%s while %s is open: exit status %d: %s", name, opened, status, out)
			}
			if out, status := process(t, nil, "tiers", name); status != exitDone {
				t.Errorf("%s cannot be read while %s is open: %s", name, opened, out)
			}
		}
		term.leave()
		if out, status := process(t, nil, "scenario", "save", opened, filepath.Base(opened)); status != exitDone {
			t.Errorf("%s after it was closed: %s", opened, out)
		}
	}
	for _, folder := range []string{other, filepath.Dir(workspace)} {
		for _, e := range must(os.ReadDir(folder)) {
			if strings.HasSuffix(e.Name(), ".lock") {
				t.Errorf("%s is left", e.Name())
			}
		}
	}
}

// Force replaces an ordinary file, and nothing else.
func TestForceReplacesOrdinaryFilesOnly(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	at := func(name string) string { return filepath.Join(folder, name) }
	generate := func(path string) (string, int) {
		return process(t, nil, "generate", "--customers", "5", "--orders", "9", "--force", "--out", path)
	}
	writeFile(t, at("victim"), "precious")
	if err := os.Symlink(at("victim"), at("link")); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(at("pipe"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(at("folder"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(at("nowhere"), at("dangling")); err != nil {
		t.Fatal(err)
	}
	workspace := smallWorkspace(t)
	before := string(must(os.ReadFile(workspace)))
	for path, why := range map[string]string{
		at("link"): "a symbolic link", at("pipe"): "a pipe", at("folder"): "a folder", at("dangling"): "a symbolic link",
		"/dev/null": "a device", workspace: "a workspace",
	} {
		if out, status := generate(path); status != exitFailed || !strings.Contains(out, "is "+why+":") {
			t.Errorf("%s: exit status %d: %s", path, status, out)
		}
	}
	if string(must(os.ReadFile(at("victim")))) != "precious" || string(must(os.ReadFile(workspace))) != before {
		t.Error("something was written over")
	}
	if out, status := generate(at("victim")); status != exitDone || string(must(os.ReadFile(at("victim")))) == "precious" {
		t.Errorf("an ordinary file was not replaced: %s", out)
	}
	writeFile(t, at("fresh.part"), "mine")
	if out, status := generate(at("fresh")); status != exitDone || string(must(os.ReadFile(at("fresh.part")))) != "mine" {
		t.Errorf("a file beside it: %s", out)
	}
	if _, err := os.Lstat(at("nowhere")); err == nil {
		t.Error("a link to nowhere was followed")
	}
}

// A pipe or device that never ends is read as far as any such file goes.
func TestEndlessTextsAreBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: the race detector needs more memory than the bound")
	}
	t.Parallel()
	workspace := smallWorkspace(t)
	folder := t.TempDir()
	deep := writeFile(t, filepath.Join(folder, "deep.yaml"), strings.Repeat("[", 200_000))
	pipe := filepath.Join(folder, "pipe.yaml")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	endless := must(os.OpenFile(pipe, os.O_RDWR, 0)) // so that nobody waits for the other side
	defer endless.Close()
	go func() {
		for {
			if _, err := endless.WriteString("customer: [high, low]\n"); err != nil {
				return
			}
		}
	}()
	for _, args := range [][]string{
		{"tiers", workspace, "--scheme"},
		{"scheme", "check"},
		{"import", workspace, "x.csv", "--plan"},
		{"tiers", workspace, "--overrides"},
		{"scheme", "map", "ten", "--import"},
	} {
		for _, path := range []string{"/dev/zero", pipe, deep} {
			began := time.Now()
			cmd := program(t, nil, append(slices.Clone(args), path)...)
			cmd.Args = append([]string{"/bin/sh", "-c", `ulimit -v 2000000; exec "$@"`, "sh"}, cmd.Args...) // kilobytes
			cmd.Path = "/bin/sh"
			out, err := cmd.CombinedOutput()
			if err == nil || !strings.HasPrefix(string(out), "strata: ") || !strings.Contains(string(out), filepath.Base(path)) || len(out) > 1000 || time.Since(began) > 20*time.Second {
				t.Errorf("%q %s: %v, %v: %s", args, path, err, time.Since(began), out[:min(len(out), 500)])
			}
		}
	}
}
