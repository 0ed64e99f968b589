package tui

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

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
	account.Sources = []model.Source{
		{Path: "/there/a\x1b[2J.csv", Rows: 3, Accepted: 3, Warnings: []model.Warning{both}},
		{Path: "/there/b.csv", Rows: 1, Accepted: 1, Warnings: []model.Warning{one, both}},
	}
	w := opened(t, account, "GBP", 120, 36)
	expect(t, w, "notices    3")
	press(w, "x")
	expect(t, w, "3 notices [w]")
	press(w, "w")
	text := strings.Join(shown(w), "\n")
	for _, want := range []string{`│ a\[2J.csv, b.csv: +│.*\n.*│ both have this `, `│ b.csv: +│.*\n.*│ only one has this `} {
		if !regexp.MustCompile(want).MatchString(text) {
			t.Errorf("no %s in\n%s", want, text)
		}
	}
	if strings.Count(text, "both have this") != 1 {
		t.Error("a notice is told twice")
	}
	account.Sources = account.Sources[:1]
	w = opened(t, account, "GBP", 120, 36)
	press(w, "w")
	refuse(t, w, ".csv:")
}

// A text longer than the screen says how to leave it, and G goes to its end.
func TestLongTextsAreLeftByEsc(t *testing.T) {
	t.Parallel()
	account := imported()
	for i := range 30 {
		account.Sources[0].Warnings = append(account.Sources[0].Warnings, model.Warning{Message: "something " + strconv.Itoa(i)})
	}
	w := opened(t, account, "GBP", 80, 24)
	press(w, "w")
	expect(t, w, "lines · Esc", "Warnings and caveats")
	refuse(t, w, "have exactly 1")
	for _, key := range []string{"G", "end"} {
		press(w, key)
		expect(t, w, "have exactly 1")
		press(w, "g")
		refuse(t, w, "have exactly 1")
	}
	press(w, "esc")
	refuse(t, w, "Warnings and caveats")
}
