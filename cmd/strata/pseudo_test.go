package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"strata/model/catalogue/pseudotest"
)

// untranslatedNames are words of the sample, of schemes and of the field that no language changes.
var untranslatedNames = strings.Fields(`strata RFM CSV JSON YAML HTML UTC GBP EUR UTF`)

// Whatever a command says, and every help page, comes from the catalogue.
func TestCommandsSayNothingBesideTheCatalogue(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: a process for every command")
	}
	folder := goldenFolder(t)
	said := map[string][]string{}
	note := func(where, text string) {
		for _, word := range pseudotest.Untranslated(text, untranslatedNames...) {
			said[word] = append(said[word], where)
		}
	}
	for _, inv := range invocations {
		mine := t.TempDir()
		entries, err := filepath.Glob(filepath.Join(folder, "*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range entries {
			copyFile(t, name, filepath.Join(mine, filepath.Base(name)))
		}
		var args []string
		for word := range strings.FieldsSeq(inv.line) {
			args = append(args, strings.ReplaceAll(word, "_", " "))
		}
		cmd := program(t, []string{pseudotest.Environment}, args...)
		cmd.Dir = mine
		out, _ := cmd.CombinedOutput()
		note(inv.name, string(out))
	}
	var help func(c *cobra.Command, path []string)
	help = func(c *cobra.Command, path []string) {
		out, _ := process(t, []string{pseudotest.Environment}, append(path, "--help")...)
		note("help "+strings.Join(path, " "), out)
		for _, sub := range c.Commands() {
			help(sub, append(path[:len(path):len(path)], sub.Name()))
		}
	}
	help(new(app).rootCommand(), nil)
	for word, where := range said {
		t.Errorf("%s: %s", word, fmt.Sprint(where[:min(len(where), 3)]))
	}
	_ = os.Stdout
}
