package main

import (
	"strings"
	"testing"

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
