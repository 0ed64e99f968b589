package action_test

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"

	"strata/tui/action"
)

func TestEveryKeyStartsOneActionOnAScreen(t *testing.T) {
	t.Parallel()
	ids := map[action.ID]bool{}
	for _, a := range action.All() {
		if ids[a.ID] || a.Title == "" || len(a.Keys) == 0 {
			t.Errorf("%q is named twice, or has no title or key", a.ID)
		}
		ids[a.ID] = true
	}
	for _, p := range action.Places() {
		keys := map[string]action.ID{}
		for _, a := range action.On(p) {
			for _, k := range a.Keys {
				if other, taken := keys[k]; taken {
					t.Errorf("on %s, %s starts %s and %s", p, k, other, a.ID)
				}
				keys[k] = a.ID
			}
		}
	}
	listed := 0
	for _, g := range action.Groups() {
		listed += len(action.InGroup(g))
	}
	if listed != len(ids) {
		t.Errorf("%d of %d actions are in a group that is shown", listed, len(ids))
	}
}

func TestEveryScreenHasItsDigit(t *testing.T) {
	t.Parallel()
	for digit, want := range map[string]action.Place{"1": action.Tiers, "2": action.Matrix, "3": action.Migration, "7": action.Customers, "9": action.Data} {
		for _, from := range action.Places() {
			if got, ok := action.Opens(action.NewKeymap(from)[digit].ID); !ok || got != want {
				t.Errorf("on %s, %s opens %q", from, digit, got)
			}
		}
	}
	if p, ok := action.Opens(action.Help); ok {
		t.Errorf("help opens %s", p)
	}
}

func TestDisabledSaysWhy(t *testing.T) {
	t.Parallel()
	keys := action.NewKeymap(action.Tiers)
	for key, states := range map[string]map[action.State]bool{
		"left": {{}: false, {Open: true}: true},
		"s":    {{}: false, {Open: true}: true},
		"?":    {{}: true},
	} {
		for state, enabled := range states {
			if reason := keys[key].Disabled(state); (reason == "") != enabled {
				t.Errorf("%s in %+v: %q", key, state, reason)
			}
		}
	}
}

func TestHintsJoinNeighboursAndLeaveOutWhatIsDisabled(t *testing.T) {
	t.Parallel()
	text := func(s action.State) string {
		var words []string
		for _, h := range action.Hints(action.Tiers, s) {
			words = append(words, h.Keys+" "+h.Label)
		}
		return strings.Join(words, "  ")
	}
	open := text(action.State{Open: true})
	if want := "↑↓ cut  ←→ move  ⇧←→ ten  ⏎ type"; !strings.HasPrefix(open, want) {
		t.Errorf("hints are %q, want %q first", open, want)
	}
	if loading := text(action.State{}); strings.Contains(loading, "move") || !strings.Contains(loading, "q quit") {
		t.Errorf("while loading the hints are %q", loading)
	}
}

func TestKeyName(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]string{
		"shift+left": "Shift+←", "ctrl+r": "Ctrl+r", "pgdown": "PgDn", "enter": "Enter", "H": "H", "?": "?", "shift+tab": "Shift+Tab",
	} {
		if got := action.KeyName(key); got != want {
			t.Errorf("KeyName(%q) = %q, want %q", key, got, want)
		}
	}
}

// The README's key table is what Markdown writes, between its two markers.
func TestReadmeNamesTheKeys(t *testing.T) {
	t.Parallel()
	const path = "../../README.md"
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("%s is not there", path)
	}
	if err != nil {
		t.Fatal(err)
	}
	_, rest, begins := strings.Cut(string(text), "<!-- keys:begin -->\n")
	table, _, ends := strings.Cut(rest, "<!-- keys:end -->")
	if !begins || !ends {
		t.Skipf("%s has no key table between <!-- keys:begin --> and <!-- keys:end -->", path)
	}
	if want := action.Markdown(); strings.TrimSpace(table) != strings.TrimSpace(want) {
		t.Errorf("the key table of %s is out of date; it should be:\n\n%s", path, want)
	}
}
