package tui

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"strata/importer"
	"strata/model"
	"strata/tui/action"
)

// The panes above the account of an import end above it.
func TestTheAccountLeavesWholePanes(t *testing.T) {
	t.Parallel()
	ends := regexp.MustCompile(`^[╰─╯ ]+$`)
	for width := leastWidth; width <= 200; width += 4 {
		for height := leastHeight; height <= 60; height += 3 {
			w := opened(t, imported(), "GBP", width, height)
			lines := shown(w)
			at := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, "╭─ Imported") })
			if at < 0 || !ends.MatchString(lines[at-1]) {
				t.Fatalf("at %dx%d above the account there is\n%s", width, height, strings.Join(lines, "\n"))
			}
			press(w, "x")
			if lines := shown(w); !ends.MatchString(lines[height-2]) {
				t.Fatalf("at %dx%d the screen is not whole again\n%s", width, height, strings.Join(lines, "\n"))
			}
		}
	}
}

func TestAClickTakesTheAccountAway(t *testing.T) {
	t.Parallel()
	w := opened(t, imported(), "GBP", 120, 36)
	before := w.front.screen.Focused()
	w.Update(tea.MouseClickMsg{X: 10, Y: 12, Button: tea.MouseLeft})
	refuse(t, w, "Imported OnlineRetail")
	if w.front.place != action.Tiers || w.front.screen.Focused() != before {
		t.Error("the click does something to what it does not hit")
	}
}

// With several files a notice names its own, once where it is about several.
func TestNoticesNameTheirFiles(t *testing.T) {
	t.Parallel()
	account := imported()
	one, both := model.Warning{Code: "a", Message: "only one has this"}, model.Warning{Code: "b", Message: "both have this"}
	account.Sources = []model.Source{{Path: "/there/a\x1b[2J.csv", Rows: 3, Accepted: 3}, {Path: "/there/b.csv", Rows: 1, Accepted: 1}}
	account.Plans = []*importer.Plan{{Warnings: []model.Warning{both}}, {Warnings: []model.Warning{one, both}}}
	account.Warnings = []model.Warning{both, one, both, {Code: "c", Message: "all of it has this"}}
	w := opened(t, account, "GBP", 120, 36)
	expect(t, w, "notices    4")
	press(w, "x")
	expect(t, w, "4 notices [w]")
	press(w, "w")
	text := strings.Join(shown(w), "\n")
	for _, want := range []string{`│ a\[2J.csv, b.csv: +│.*\n.*│ both have this `, `│ b.csv: +│.*\n.*│ only one has this `, `│ +│.*\n.*│ all of it has this `} {
		if !regexp.MustCompile(want).MatchString(text) {
			t.Errorf("no %s in\n%s", want, text)
		}
	}
	if strings.Count(text, "both have this") != 1 {
		t.Error("a notice is told twice")
	}
	account.Sources = account.Sources[:1]
	press(w, "esc", "w")
	refuse(t, w, ".csv:")
}

// A text longer than the screen says how to leave it, and G goes to its end.
func TestLongTextsAreLeftByEsc(t *testing.T) {
	t.Parallel()
	account := imported()
	for range 30 {
		account.Warnings = append(account.Warnings, model.Warning{Message: "something"})
	}
	w := opened(t, account, "GBP", 80, 24)
	press(w, "w")
	expect(t, w, "lines · Esc", "What to know")
	refuse(t, w, "have exactly 1")
	for _, key := range []string{"G", "end"} {
		press(w, key)
		expect(t, w, "have exactly 1")
		press(w, "g")
		refuse(t, w, "have exactly 1")
	}
	press(w, "esc")
	refuse(t, w, "What to know")
}
