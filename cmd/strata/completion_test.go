package main

import (
	"runtime"
	"strings"
	"testing"
	"weak"

	"github.com/spf13/cobra"
)

// The shell offers pages for the commands whose result is an answer, and only there;
// what it offers is what they take.
func TestPagesAreOfferedForAnswers(t *testing.T) {
	t.Parallel()
	offered := map[string]bool{}
	var walk func(*cobra.Command)
	walk = func(cmd *cobra.Command) {
		words := strings.Fields(cmd.CommandPath())[1:]
		out := mustRun(t, exitDone, append(append([]string{"__complete"}, words...), "--format", "")...).out
		if !strings.HasPrefix(out, "text\ncsv\njson\n") {
			t.Errorf("%s is offered\n%s", cmd.CommandPath(), out)
		}
		for _, page := range pages {
			offers := strings.Contains(out, "\n"+page+"\n")
			if takes := (&app{format: page}).checkGlobals(cmd) == nil; takes != offers {
				t.Errorf("%s takes %s: %t, and is offered it: %t", cmd.CommandPath(), page, takes, offers)
			}
			offered[strings.Join(words, " ")] = offers
		}
		for _, sub := range cmd.Commands() {
			walk(sub)
		}
	}
	walk((&app{}).rootCommand())
	for _, command := range []string{"log", "undo", "sources", "rejects", "scheme list", "scheme lint", "scheme map", "check", "import", "matrix"} {
		if !offered[command] {
			t.Errorf("%s is offered no pages", command)
		}
	}
	for _, command := range []string{"", "open", "version", "config", "scheme", "scheme show", "generate"} {
		if offered[command] {
			t.Errorf("%s is offered pages", command)
		}
	}
}

// The shell offers the values of a flag that has only a few, and schemes.
func TestValuesOfFlagsAreOffered(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]string{
		"compare w --by":         "segment\ntier\n:4\n",
		"tiers w --returns":      "net\nignore\norders\n:4\n",
		"tiers w --fair":         strings.Join(fairWords, "\n") + "\n:4\n",
		"open w --mouse":         "on\noff\n:4\n",
		"scenario save w --zero": "keep\ndrop\n:4\n",
		"tiers w --scheme":       "ten\tten segments inside three tiers by value score\n",
		"compare w --before":     "ten\tten segments inside three tiers by value score\n",
	} {
		out := mustRun(t, exitDone, append(append([]string{"__complete"}, strings.Fields(words)...), "")...).out
		if !strings.HasPrefix(out, want) {
			t.Errorf("%s is offered\n%s", words, out)
		}
	}
}

// A command that has run is let go with all its flags: thousands run in one process
// here, and what stays of each is searched through by the collector again and again.
func TestCommandsAreLetGo(t *testing.T) {
	t.Parallel()
	made := func() weak.Pointer[app] {
		a := &app{}
		tellHelp(a.rootCommand())
		return weak.Make(a)
	}()
	for range 3 {
		runtime.GC()
	}
	if made.Value() != nil {
		t.Error("the commands are still held after they are done with")
	}
}
