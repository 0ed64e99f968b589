package main

import (
	"os"
	"strings"
	"testing"
	"time"
)

// ended waits for strata to end by itself and returns its exit status.
func (term *terminal) ended() int {
	term.t.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = term.cmd.Wait() // its status is looked at below
	}()
	select {
	case <-done:
	case <-time.After(time.Minute):
		_ = term.cmd.Process.Kill()
		term.t.Fatalf("strata does not end: %q", term.text())
	}
	term.t.Cleanup(func() { _ = term.master.Close() })
	return term.cmd.ProcessState.ExitCode()
}

// The workbench says of a damaged workspace what it is, also of one where that is
// only found when its data is loaded, and ends with exit status 1.
func TestDamagedWorkspaceInTheWorkbench(t *testing.T) {
	t.Parallel()
	content, err := os.ReadFile(smallWorkspace(t))
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		damage []string
		want   string
	}{
		"a customer gone":  {[]string{"DELETE FROM column_chunk", "DELETE FROM customer WHERE id = 5"}, "customer 4 is followed by customer 6"},
		"a source changed": {[]string{"UPDATE source SET value_e4 = value_e4 + 1"}, "the table source is not as it was written"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := &damagedCopy{t: t, path: t.TempDir() + "/w.strata"}
			d.anew(content, test.damage)
			term := onTerminalOf(t, 200, nil, d.path)
			term.await("is damaged", 1)
			if !strings.Contains(term.text(), leaveScreen) && strings.Contains(term.text(), enterScreen) {
				term.send("q")
			}
			if status := term.ended(); status != exitFailed {
				t.Errorf("exit status %d", status)
			}
			if out := term.text(); !strings.Contains(strings.Join(strings.Fields(out), " "), test.want) {
				t.Errorf("%q is not in %q", test.want, out)
			}
		})
	}
}

// Edits that could not be stored, because another file lies where the workspace
// was, are told once more at the end.
func TestEditsLostToAnotherProgram(t *testing.T) {
	t.Parallel()
	path := smallWorkspace(t)
	for name, change := range map[string]func(){
		"another program changed it": func() { alter(t, path, "UPDATE setting SET value = value + 1 WHERE name = 'generation'") },
		"it was moved away":          func() { _ = os.Rename(path, path+".away") },
	} {
		term := onTerminal(t, nil, path)
		term.await("Champions", 1)
		time.Sleep(300 * time.Millisecond) // until it can be moved
		change()
		term.send("l")
		term.await("not stored", 1)
		term.send("q")
		term.await("Quit?", 1)
		term.send("d")
		if status := term.ended(); status != exitFailed {
			t.Errorf("%s: exit status %d", name, status)
		}
		term.await("strata: an edit was not stored: ", 1) // below what the screen was
		if _, err := os.Stat(path + ".away"); err == nil {
			_ = os.Rename(path+".away", path)
		}
		if name == "another program changed it" {
			alter(t, path, "UPDATE setting SET value = value - 1 WHERE name = 'generation'")
		}
	}
}
