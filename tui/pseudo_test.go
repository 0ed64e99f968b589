package tui

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"strata/model/catalogue/pseudotest"
)

// untranslatedNames are words that no language changes: of the sample, of the field,
// keys.
var untranslatedNames = strings.Fields(`strata RFM CSV JSON YAML HTML UTC GBP EUR Esc Enter Tab Home End PgUp PgDn Ctrl Space shop`)

// walks are keys that lead to every screen, page, prompt and question.
var walks = [][]string{
	{"1"},
	{"1", "pgdown"},
	{"1", "pgdown", "pgdown", "down"},
	{"1", "pgdown", "pgdown", "pgdown", "right"},
	{"1", "right", "right"},
	{"1", "?"},
	{"1", "i"},
	{"1", "w"},
	{"1", "t"},
	{"1", "="},
	{"1", "o"},
	{"1", "F"},
	{"1", "g"},
	{"1", "S"},
	{"1", "f"},
	{"1", "right", "s"},
	{"1", "right", "q"},
	{"1", ":"},
	{"1", "p"},
	{"2"},
	{"2", "?"},
	{"2", "i"},
	{"2", "v"},
	{"2", "right", "enter"},
	{"3"},
	{"3", "?"},
	{"3", "i"},
	{"1", "right", "3"},
	{"1", "right", "3", "tab"},
	{"1", "right", "3", "enter"},
	{"1", "right", "3", "d"},
	{"1", "right", "3", "a"},
	{"3", "]"},
	{"3", "]", "?"},
	{"3", "]", "i"},
	{"1", "right", "s", "mine", "enter", "3", "]"},
	{"3", "]", "]"},
	{"3", "]", "]", "i"},
	{"3", "]", "]", "?"},
	{"7"},
	{"7", "?"},
	{"7", "i"},
	{"7", "enter"},
	{"7", "enter", "i"},
	{"7", "/"},
	{"7", "x"},
	{"7", "s"},
	{"9"},
	{"9", "?"},
	{"9", "i"},
	{"9", "]"},
	{"9", "]", "tab", "down", "enter"},
	{"m"},
	{"m", "?"},
	{"m", "i"},
	{"m", "n"},
	{"m", "W"},
	{"m", "V"},
}

// Whatever a screen says comes from the catalogue. The language is that of a process.
func TestScreensSayNothingBesideTheCatalogue(t *testing.T) {
	if os.Getenv("STRATA_LANGUAGE") == "" {
		self, err := os.Executable()
		if err != nil {
			t.Fatal(err)
		}
		cmd := exec.CommandContext(t.Context(), self, "-test.run=^"+t.Name()+"$", "-test.v")
		cmd.Env = append(os.Environ(), pseudotest.Environment)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s", out)
		}
		return
	}
	said := map[string][]string{}
	for _, size := range [][2]int{{120, 36}, {200, 60}} {
		for _, keys := range walks {
			w, _ := open(t, Options{}, shop, size[0], size[1])
			for _, key := range keys {
				pressAndRead(w, key)
			}
			for _, word := range pseudotest.Untranslated(strings.Join(shown(w), "\n"), untranslatedNames...) {
				where := strings.Join(keys, " ")
				if !slices.Contains(said[word], where) {
					said[word] = append(said[word], where)
				}
			}
		}
	}
	for word, where := range said {
		t.Errorf("%s: %s", word, strings.Join(where[:min(len(where), 3)], " | "))
	}
}
