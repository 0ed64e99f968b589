package tui

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"strata/model"
	"strata/tui/session"
)

// printedShares are the shares of the customers that a screen prints beside a
// group's number of customers, by the group's name and number.
// Where a line has several, it is the first, or the last of two schemes side by side.
func printedShares(lines []string, groups []session.Group, last bool) map[string][]string {
	found := map[string][]string{}
	for _, g := range groups {
		number := regexp.MustCompile(`(?:^|[^\d,.])` + fmt.Sprint(g.Now.Customers) + `\s+(?:customers?, )?([<>]?\d+\.\d%)`)
		for _, line := range lines {
			name, after, ok := strings.Cut(line, g.Label)
			if !ok || strings.Contains(name, "→") {
				continue
			}
			if all := number.FindAllStringSubmatch(after, -1); all != nil {
				m := all[0]
				if last {
					m = all[len(all)-1]
				}
				found[g.Label] = append(found[g.Label], m[1])
			}
		}
	}
	return found
}

// tenths reads a printed share.
func tenths(t *testing.T, text string) (n int) {
	t.Helper()
	var whole, tenth int
	if _, err := fmt.Sscanf(strings.Trim(text, "<>"), "%d.%d%%", &whole, &tenth); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return 10*whole + tenth
}

// The share of a tier or a segment is printed alike on every screen that has it, and
// those of all tiers, as those of all segments, add up to 100.0%.
func TestOneShareOnEveryScreen(t *testing.T) {
	t.Parallel()
	const sideBySide = "in Side by side"
	states := map[string]func(*testing.T, *session.Bench){
		"as it is": func(*testing.T, *session.Bench) {},
		"a window": func(t *testing.T, b *session.Bench) {
			scheme := b.Frame().Scheme.Clone()
			scheme.Spec.Window = model.Window{Days: 300}
			if err := b.Change("a window", scheme); err != nil {
				t.Fatal(err)
			}
		},
	}
	for _, days := range []int{-7, -2, 1, 3, 5, 8} {
		states[fmt.Sprintf("a cut moved by %d", days)] = func(t *testing.T, b *session.Bench) {
			if _, err := b.Step(session.CutID{Axis: model.Recency}, days); err != nil {
				t.Fatal(err)
			}
			b.Rest()
		}
	}
	for _, name := range slices.Sorted(maps.Keys(states)) {
		w, bench := openShop(t, 200, 60)
		states[name](t, bench)
		press(w, "1")
		f := bench.Frame()
		table := printedShares(shown(w), slices.Concat(f.Tiers, f.Segments), false)
		for _, groups := range [][]session.Group{f.Tiers, f.Segments} {
			sum := 0
			for _, g := range groups {
				if len(table[g.Label]) == 0 {
					t.Fatalf("%s: no share of %s on\n%s", name, g.Label, strings.Join(shown(w), "\n"))
				}
				sum += tenths(t, table[g.Label][0])
			}
			if sum != 1000 {
				t.Errorf("%s: the shares add up to %d tenths", name, sum)
			}
		}
		places := 0
		compare := func(where string) {
			for label, texts := range printedShares(shown(w), slices.Concat(f.Tiers, f.Segments), where == sideBySide) {
				for _, text := range texts {
					if places++; text != table[label][0] {
						t.Errorf("%s: %s has %s of the customers on Tiers, %s %s", name, label, table[label][0], text, where)
					}
				}
			}
		}
		press(w, "tab")
		for _, g := range slices.Concat(f.Tiers, f.Segments)[1:] {
			press(w, "i")
			text := strings.Join(shown(w), " ")
			of := regexp.MustCompile(`([\d,]+) customers, (\S+%) of all`).FindStringSubmatch(text)
			if of == nil || !slices.ContainsFunc(slices.Collect(maps.Values(table)), func(s []string) bool { return s[0] == of[2] }) {
				t.Errorf("%s: %q, beside %v (%s)", name, of, table, g.Label)
			}
			press(w, "esc", "down")
		}
		pressAndRead(w, "3")
		pressAndRead(w, "]")
		pressAndRead(w, "]")
		expect(t, w, "composition: a new rule earns nothing")
		compare(sideBySide)
		press(w, "1")
		askFor(w, "high:revenue>=50%")
		compare("in a proposal")
		if places < 14 {
			t.Errorf("%s: only %d shares compared", name, places)
		}
	}
}
