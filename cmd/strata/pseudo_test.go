package main

import (
	"errors"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"strata/model/catalogue/pseudotest"
)

// untranslatedNames are words of the sample, of schemes and of the field that no language changes.
var untranslatedNames = strings.Fields(`strata RFM CSV JSON YAML HTML UTC GBP EUR UTF`)

// commandLine is one that a text gives as an example, or that shows how a command is
// called: what one types, which no language changes.
var commandLine = regexp.MustCompile(`(?m)^\s+(\S+ \| )?strata .*$`)

// Whatever a command says, and every help page, comes from the catalogue.
func TestCommandsSayNothingBesideTheCatalogue(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: a process for every command")
	}
	folder := t.TempDir()
	fillPseudoFolder(t, folder)
	said := map[string]string{}
	note := func(where, text string) {
		for _, word := range pseudotest.Untranslated(text, untranslatedNames...) {
			if said[word] == "" {
				said[word] = where + ": " + lineWith(text, word)
			}
		}
	}
	entries, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, inv := range invocations {
		for _, format := range []string{"text", "markdown"} {
			if format != "text" && !slices.Contains(strings.Fields(inv.formats), format) {
				continue
			}
			mine := t.TempDir()
			for _, name := range entries {
				copyFile(t, name, filepath.Join(mine, filepath.Base(name)))
			}
			var args []string
			for word := range strings.FieldsSeq(inv.line) {
				args = append(args, strings.ReplaceAll(word, "_", " "))
			}
			cmd := program(t, []string{pseudotest.Environment}, append(args, "--format", format)...)
			cmd.Dir = mine
			out, _ := cmd.CombinedOutput()
			note(inv.name, string(out))
		}
	}
	root := new(app).rootCommand()
	tellHelp(root)
	var help func(c *cobra.Command, path []string)
	help = func(c *cobra.Command, path []string) {
		out, _ := process(t, []string{pseudotest.Environment}, append(path, "--help")...)
		note("help "+strings.Join(path, " "), commandLine.ReplaceAllString(out, ""))
		for _, sub := range c.Commands() {
			help(sub, append(path[:len(path):len(path)], sub.Name()))
		}
	}
	help(root, nil)
	for word, where := range said {
		t.Errorf("%s: %s", word, where)
	}
}

// fillPseudoFolder makes what the commands speak of as it is where the pseudo
// language is spoken: notices and names are stored in it.
func fillPseudoFolder(t *testing.T, folder string) {
	t.Helper()
	t.Chdir(folder)
	fillGoldenFolder(t, func(status int, args ...string) string {
		cmd := program(t, []string{pseudotest.Environment}, args...)
		out, err := cmd.Output()
		var exit *exec.ExitError
		if got := cmd.ProcessState.ExitCode(); got != status || err != nil && !errors.As(err, &exit) {
			t.Fatalf("strata %s: exit status %d, want %d: %v\n%s", strings.Join(args, " "), got, status, err, out)
		}
		return string(out)
	})
}

// lineWith is the line of a text in which a word stands.
func lineWith(text, word string) string {
	whole := regexp.MustCompile(`(^|[^\pL\pN_])` + word + `($|[^\pL\pN_])`)
	for line := range strings.Lines(text) {
		if whole.MatchString(strings.TrimSuffix(line, "\n")) {
			return strings.TrimSpace(line)
		}
	}
	return ""
}
