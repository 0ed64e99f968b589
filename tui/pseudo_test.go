package tui

import (
	"context"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"strata/model"
	"strata/model/catalogue/pseudotest"
	"strata/tui/action"
	"strata/tui/component/moves"
	"strata/tui/screen/tiers/tierstest"

	tea "charm.land/bubbletea/v2"
)

// untranslatedNames are words that no language changes.
var untranslatedNames = slices.Concat(
	strings.Fields(`strata RFM CSV JSON YAML HTML UTC GBP EUR SHA ARI PSI`),               // of the program and of the field
	strings.Fields(`Esc Enter Tab Home End PgUp PgDn Ctrl Shift Space space`),             // keys
	strings.Fields(`ten eight eleven klaviyo putler pymc rfm grid`),                       // schemes
	strings.Fields(`quantile ntile jenks nested mean gap lorenz`),                         // methods, as they are typed
	strings.Fields(`shop mine City Channel web Bern Aarau new why me zzz zzzz newn newD`), // of the shop, or typed
	strings.Fields(`attention loyalist loyalis risk`),                                     // what a line, or a dialog, leaves of names of segments
	strings.Fields(`FILE WORKSPACE import rejects`),                                       // of commands, which a dialog may break
	strings.Fields(`clients OnlineRetail InvoiceNo InvoiceDate CustomerID Quantity UnitPrice Country cmd Kunde Datum Betrag RETROSPOT TEA SET CERAMIC PC United Kingdom`), // of files
)

// segmentNames are those of the schemes, which are names as a person may give them.
var segmentNames = []string{"Champions", "Loyal", "Can't lose", "Potential loyalist", "Promising", "Need attention", "At risk", "Light", "About to sleep", "Hibernating"}

// walks are keys that lead to pages, prompts, questions and answers that no single key
// of a screen leads to.
var walks = [][]string{
	// Thresholds, tiers, what moves.
	{"1", "pgdown"},
	{"1", "pgdown", "pgdown", "i"},
	{"1", "pgdown", "pgdown", "pgdown", "i"},
	{"1", "right", "right", "i"},
	{"1", "shift+right", "shift+right", "shift+right"},
	{"1", "enter", "x", "enter"},
	{"1", "enter", "21", "enter"},
	{"1", "enter", "500", "enter"},
	{"1", "enter", "500", "enter", "enter"},
	{"1", "pgdown", "enter"},
	{"1", "pgdown", "pgdown", "enter"},
	{"1", "tab", "down", "down", "i"},
	{"1", "tab", "i"},
	{"1", "tab", "y"},
	{"1", "right", "tab", "tab", "down"},
	{"1", "right", "tab", "tab", "i"},
	{"1", "right", "u"},
	{"1", "u"},
	{"1", "right", "u", "ctrl+r"},
	{"1", "t", "right"},
	{"1", "right", "b"},
	{"1", "right", "b", "b"},
	{"1", "right", "r"},
	{"1", "e"},
	{"1", "x", "e"},
	// Goals, suggestions, promises, fair rules.
	{"1", "g", "high=15%", "enter"},
	{"1", "g", "high=15%", "enter", "enter"},
	{"1", "g", "high=15%", "enter", "enter", "s"},
	{"1", "g", "high=15%", "enter", "enter", "y"},
	{"1", "g", "high=15%", "enter", "enter", "enter"},
	{"1", "g", "high<15%", "enter"},
	{"1", "g", "high=15%,low=5%", "enter", "enter"},
	{"1", "g", "high:revenue>=60%", "enter", "enter"},
	{"1", "m"},
	{"1", "m", "enter"},
	{"1", "m", "down", "enter"},
	{"1", "m", "down", "down", "enter"},
	{"1", "m", "down", "down", "down", "enter"},
	{"1", "m", "down", "down", "down", "down", "enter"},
	{"1", "S"},
	{"1", "S", "enter"},
	{"1", "S", "enter", "4h", "enter"},
	{"1", "S", "down", "enter", "x", "enter"},
	{"1", "S", "down", "down", "enter"},
	{"1", "S", "down", "down", "down", "enter"},
	{"1", "S", "down", "down", "down", "down", "enter"},
	{"1", "f"},
	{"1", "f", "down", "enter", "2", "enter"},
	{"1", "f", "down", "enter", "2", "enter", "f"},
	{"1", "f", "down", "down", "enter", "x", "enter"},
	{"1", "f", "down", "down", "down", "enter", "1", "enter"},
	{"1", "f", "down", "down", "down", "down", "enter", "1", "enter"},
	{"1", "f", "down", "enter", "2", "enter", "f", "enter"},
	// Schemes, limits, saving, leaving.
	{"1", "o"},
	{"1", "o", "klaviyo", "enter"},
	{"1", "right", "o", "klaviyo", "enter", "3"},
	{"1", "o", "zzzz"},
	{"1", ":", "zzzz"},
	{"1", "F"},
	{"1", "F", "enter"},
	{"1", "F", "down", "enter"},
	{"1", "F", "down", "down", "enter"},
	{"1", "F", "down", "enter", "6m", "enter"},
	{"1", "F", "down", "enter", "6m", "enter", "w"},
	{"1", "F", "down", "enter", "x", "enter"},
	{"1", "F", "enter", "City=Bern", "enter"},
	{"1", "F", "enter", "x", "enter"},
	{"1", "F", "down", "down", "enter", "2011-05-01", "enter"},
	{"1", "right", "s", "mine", "enter"},
	{"1", "right", "s", "mine", "enter", "right", "s", "enter"},
	{"1", "right", "s", "ten", "enter"},
	{"1", "s", "", "enter"},
	// The matrix and the map.
	{"2", "v"},
	{"2", "v", "v"},
	{"2", "v", "v", "v"},
	{"2", "m"},
	{"2", "a"},
	{"2", "d"},
	{"1", "right", "2", "d"},
	{"2", "right", "i"},
	{"2", "enter"},
	{"2", "]", "space"},
	{"2", "]", "m", "i"},
	{"2", "]", "m", "space"},
	{"2", "]", "a"},
	{"2", "]", "a", "new", "enter", "space"},
	{"2", "]", "a", "new", "enter", "n", "", "enter"},
	{"2", "]", "a", "new", "enter", "D"},
	{"2", "]", "t"},
	{"2", "]", "c"},
	{"2", "]", "shift+down"},
	{"2", "]", "D"},
	{"2", "]", "D", "D"},
	{"2", "]", "W"},
	{"2", "]", "W", "x", "enter"},
	{"2", "]", "W", "1 2 3", "enter"},
	{"2", "]", "V"},
	{"2", "]", "V", "x", "enter"},
	{"2", "]", "f", "nowhere.csv", "enter"},
	{"2", "]", "tab"},
	{"2", "]", "tab", "i"},
	{"2", "]", "tab", "down", "down", "i"},
	{"2", "]", "tab", "down", "enter"},
	// Who moves.
	{"1", "right", "3"},
	{"1", "right", "3", "i"},
	{"1", "right", "3", "tab"},
	{"1", "right", "3", "tab", "i"},
	{"1", "right", "3", "enter"},
	{"1", "right", "3", "t"},
	{"1", "right", "3", "v"},
	{"1", "right", "3", "y"},
	{"1", "right", "3", "t", "i"},
	{"3", "a"},
	{"3", "a", "x", "enter"},
	{"3", "a", "2011-05-01", "enter"},
	{"3", "a", "2011-05-01", "enter", "i"},
	{"3", "a", "2011-05-01", "enter", "t"},
	{"3", "a", "2011-05-01", "enter", "v"},
	{"3", "a", "2011-05-01", "enter", "enter"},
	{"3", "a", "2011-05-01", "enter", "right", "right", "right", "right", "right", "right", "right", "right", "right", "right", "right", "right"},
	{"3", "a", "2011-05-01", "enter", "tab", "i"},
	{"1", "o", "klaviyo", "enter", "3", "i"},
	{"1", "o", "klaviyo", "enter", "3", "t"},
	// Scenarios and the log, side by side.
	{"1", "right", "s", "mine", "enter", "3", "]"},
	{"1", "right", "s", "mine", "enter", "right", "3", "]"},
	{"1", "right", "s", "mine", "enter", "3", "]", "n"},
	{"1", "right", "s", "mine", "enter", "3", "]", "n", "why", "enter"},
	{"1", "right", "s", "mine", "enter", "3", "]", "r", "", "enter"},
	{"1", "right", "s", "mine", "enter", "3", "]", "c", "mine", "enter"},
	{"1", "right", "s", "mine", "enter", "3", "]", "D"},
	{"1", "right", "s", "mine", "enter", "3", "]", "D", "down", "enter"},
	{"1", "right", "s", "mine", "enter", "3", "]", "space"},
	{"1", "right", "s", "mine", "enter", "3", "]", "B"},
	{"1", "right", "s", "mine", "enter", "3", "]", "x"},
	{"1", "right", "s", "mine", "enter", "3", "]", "enter"},
	{"1", "right", "s", "mine", "enter", "3", "]", "i"},
	{"1", "right", "s", "mine", "enter", "3", "]", "y"},
	{"1", "right", "s", "mine", "enter", "u", "3", "]", "tab", "down"},
	{"1", "right", "s", "mine", "enter", "u", "3", "]", "tab", "down", "enter"},
	{"1", "right", "s", "mine", "enter", "u", "right", "3", "]", "tab", "i"},
	{"3", "]", "]", "a"},
	{"3", "]", "]", "a", "klaviyo"},
	{"3", "]", "]", "a", "klaviyo", "enter", "right"},
	{"3", "]", "]", "a", "klaviyo", "enter", "end"},
	{"1", "right", "3", "]", "]"},
	{"1", "right", "3", "]", "]", "y"},
	{"1", "right", "3", "]", "]", "end"},
	// Customers and one of them.
	{"7", "/", "c1"},
	{"7", "/", "zzz"},
	{"7", "/", "c1", "enter", "n"},
	{"7", "enter"},
	{"7", "enter", "i"},
	{"7", "enter", "y"},
	{"7", "end", "enter"},
	{"7", "L"},
	{"7", "L", "enter"},
	{"7", "L", "enter", "enter"},
	{"7", "L", "enter", "end", "enter"},
	{"7", "L", "enter", "enter", "why", "enter"},
	{"7", "L", "enter", "enter", "why", "enter", "me", "enter"},
	{"7", "L", "enter", "enter", "why", "enter", "me", "enter", "L"},
	{"7", "L", "enter", "enter", "why", "enter", "me", "enter", "1", "f", "end", "enter"},
	{"7", "."},
	{"7", ".", "."},
	{"7", "c"},
	{"7", "c", "space"},
	{"7", "x"},
	{"7", "x", "/nowhere/x.csv", "enter"},
	{"7", "y"},
	{"7", "c", "enter"},
	{"1", "F", "down", "enter", "6m", "enter", "7", "enter"},
	{"1", "F", "down", "enter", "6m", "enter", "7"},
	// Data.
	{"9"},
	{"9", "i"},
	{"9", "]"},
	{"9", "]", "i"},
	{"9", "x"},
	{"9", "]", "x"},
	{"9", "enter"},
	{"9", "]", "tab", "down", "enter"},
	{"9", "down"},
	{"9", "]", "enter"},
	{"9", "y"},
	{"9", "]", "y"},
	// At last.
	{"1", "right", "q"},
	{"1", "ctrl+c"},
	{"1", "right", "ctrl+c"},
}

// Whatever a screen says comes from the catalogue. The language is that of a process.
func TestScreensSayNothingBesideTheCatalogue(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("SKIPPED: every screen once more, in a process of its own")
	}
	if os.Getenv("STRATA_LANGUAGE") == "" {
		self, err := os.Executable()
		if err != nil {
			t.Fatal(err)
		}
		cmd := exec.CommandContext(t.Context(), self, "-test.run=^"+t.Name()+"$", "-test.v", "-test.parallel=8") // screens wait for keys to rest
		cmd.Env = append(os.Environ(), pseudotest.Environment)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s", out)
		}
		return
	}
	said := &untranslated{where: map[string][]string{}}
	t.Run("screens", func(t *testing.T) {
		for name, open := range benches {
			t.Run("every action, "+name, func(t *testing.T) {
				t.Parallel()
				everyAction(t, open, said)
			})
			for _, size := range [][2]int{{120, 36}} {
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					for _, keys := range walks {
						w := open(t, size[0], size[1])
						for _, key := range keys {
							pressAndWork(w, key)
						}
						said.look(w, strings.Join(keys, " "))
					}
				})
			}
		}
		for name, w := range states(t) {
			said.look(w, name)
		}
	})
	found := map[string]string{}
	for word, where := range said.where {
		found[word] = strings.Join(where, "\n\t")
	}
	for _, fault := range pseudotest.Compare(found) {
		t.Error(fault)
	}
}

// pressAndWork presses a key, or types a text, and does at once the work that screens
// ask for, without waiting for timers.
func pressAndWork(w *workbench, keys string) {
	letters := []string{keys}
	if _, ok := named[keys]; !ok {
		letters = strings.Split(keys, "")
	}
	for _, key := range letters {
		works := w.works()
		for cmd := press(w, key); cmd != nil && w.works() > works; {
			works = w.works()
			cmd = deliver(w, cmd, func(msg tea.Msg) bool {
				m, ok := msg.(workedMsg)
				return ok && m.number == m.tab.works
			})
		}
	}
}

// benches are a real one over a shop without files, and a double that has files.
var benches = map[string]func(t *testing.T, width, height int) *workbench{
	"real": func(t *testing.T, width, height int) *workbench {
		w, _ := openShop(t, width, height)
		return w
	},
	"double": func(t *testing.T, width, height int) *workbench {
		w, _ := open(t, Options{}, shop, width, height)
		return w
	},
}

// everyAction does every action on every screen, and goes back.
func everyAction(t *testing.T, open func(t *testing.T, width, height int) *workbench, said *untranslated) {
	pages := map[action.Place]int{}
	for _, place := range action.Places() {
		page := pages[place.First()]
		pages[place.First()]++
		w := open(t, 120, 36)
		back := func() {
			for w.prompt != nil || w.palette != nil || w.dialog != nil || w.proposed != nil || w.leaving != nil {
				pressAndWork(w, "esc")
			}
			pressAndWork(w, place.Digit())
			for range page {
				if w.front.place != place {
					pressAndWork(w, "]")
				}
			}
		}
		for _, a := range action.On(place) {
			if a.ID == action.Suspend || a.ID == action.QuitNow || a.ID == action.Quit {
				continue
			}
			back()
			said.look(w, place.String())
			pressAndWork(w, a.Keys[0])
			said.look(w, place.String()+" "+a.Keys[0])
		}
	}
}

// states are those of the workbench that no key leads to.
func states(t *testing.T) map[string]*workbench {
	temporary, readOnly, locked := shop, shop, shop
	temporary.Path, temporary.Temporary = "OnlineRetail.csv", true
	readOnly.ReadOnly = true
	locked.ReadOnly, locked.Writer = true, "4711"
	keep := Options{SaveAs: func(context.Context, string) error { return nil }}
	at := func(o Options, info model.Info, keys ...string) *workbench {
		w, _ := open(t, o, info, 120, 36)
		for _, key := range keys {
			pressAndWork(w, key)
		}
		return w
	}
	bare := func(o Options, width, height int) *workbench {
		w := newWorkbench(t.Context(), o)
		w.Init()
		w.Update(tea.WindowSizeMsg{Width: width, Height: height})
		return w
	}
	reading := bare(Options{Workspace: "OnlineRetail.csv"}, 120, 36)
	reading.stage, reading.load = loading, &load{}
	reading.load.progress.Store(&progress{Progress: model.Progress{Done: 40, Total: 100, Rows: 2_400_000}, now: time.Unix(2, 0), began: time.Unix(0, 0)})
	small, narrow := benches["double"](t, 40, 10), benches["double"](t, 60, 16)
	return map[string]*workbench{
		"temporary":          at(keep, temporary),
		"temporary, s":       at(keep, temporary, "s"),
		"temporary, left":    at(keep, temporary, "right", "q"),
		"read only":          at(Options{}, readOnly, "right"),
		"read only, s":       at(Options{}, readOnly, "right", "s"),
		"read only, left":    at(Options{}, readOnly, "right", "q"),
		"written by another": at(Options{}, locked),
		"no mouse":           at(Options{NoMouse: true}, shop, "?"),
		"failed":             at(Options{Workspace: "orders.csv", Load: instant(Loaded{}, model.Errorf(model.Invalid, "stopped before {name} was read", "name", "orders.csv"))}, shop),
		"welcome":            bare(Options{Demo: instant(Loaded{}, nil), Recent: recent("~/shop.strata")[:0]}, 120, 36),
		"reading":            reading,
		"stored":             bare(Options{Workspace: "shop.strata", Currency: "GBP", Preview: tierstest.NewFrame()}, 120, 36),
		"too small":          small,
		"narrow":             narrow,
	}
}

// untranslated are words without an accent, and where they were said.
type untranslated struct {
	mu    sync.Mutex
	where map[string][]string
}

func (u *untranslated) look(w *workbench, where string) {
	lines := strings.Split(withoutNames(strings.Join(shown(w), "\n")), "\n")
	u.mu.Lock()
	defer u.mu.Unlock()
	for _, line := range lines {
		for _, word := range pseudotest.Untranslated(line, untranslatedNames...) {
			if all := u.where[word]; len(all) < 3 {
				u.where[word] = append(all, where+": "+strings.TrimSpace(line))
			}
		}
	}
}

// withoutNames leaves out what is typed, names that take several words, and those of
// which a narrow column or a dialog that lies over them has left a part.
func withoutNames(text string) string {
	text = typedWords.ReplaceAllString(segmentMarks.ReplaceAllString(text, " "), " ")
	text = cutWord.ReplaceAllStringFunc(text, func(words string) string {
		for at := range words { // the longest first
			if (at == 0 || words[at-1] == ' ') && cutNames[words[at:]] {
				return words[:at] + " "
			}
		}
		return words
	})
	pieces := strings.Split(text, "│")
	for i, piece := range pieces {
		if ofNames(piece) {
			pieces[i] = ""
		}
	}
	text = strings.Join(pieces, "│")
	for _, name := range knownNames {
		text = strings.ReplaceAll(text, name, " ")
	}
	return text
}

// ofNames reports whether a piece of a line has no other words than those of names of
// segments: the names at the head of a table go over two lines.
func ofNames(piece string) bool {
	if strings.TrimSpace(piece) == "" || strings.Contains(piece, "\n") {
		return false
	}
	for _, word := range strings.Fields(piece) {
		if len(word) > 1 && !nameWords[word] {
			return false
		}
	}
	return true
}

// typedWords are those of goals, of days, of plans and of reasons for refusing, and of
// methods, which a program knows under the same name.
var typedWords = regexp.MustCompile(`\b(?:high|mid|low)(?::revenue)?[<>]?=?\d+%|\bafter-last-order\b|\b(?:no-customer|bad-date|bad-amount)\b|` +
	`\b(?:customer|order|date|quantity|price|region|amount): ?[A-Z][A-Za-z]*|│[ ▸]+(?:revenue|value): |: \{[^}│]*|\bdate: +│`)

// segmentMarks stand for segments in the grid of the map, where one may cover them.
var segmentMarks = regexp.MustCompile(`\b(?:Ch|Lo|Cl|Pl|Pr|Na|Ar|Li|At|Hi|Ne)+[A-Z]?\b`)

const frameRunes = "…│╭╮╰╯├┤─"

var (
	cutWord    = regexp.MustCompile(`[` + frameRunes + `][A-Za-z']{2,}|[A-Za-z][A-Za-z' ]*[A-Za-z'][` + frameRunes + `]`)
	cutNames   = map[string]bool{} // with the rune of a frame that cuts them
	knownNames []string            // whole, the longest first
	nameWords  = map[string]bool{} // of segments, whole and short
)

func init() {
	for _, name := range slices.Concat(segmentNames, strings.Fields(strings.Join(segmentNames, " ")), untranslatedNames) {
		for at := 2; at < len(name); at++ {
			for _, frame := range frameRunes {
				cutNames[name[:at]+string(frame)] = true
				cutNames[string(frame)+name[at:]] = true
			}
		}
	}
	knownNames = append(slices.Clone(segmentNames), "Recent", "Inactive", "Needs attention") // of klaviyo, too
	for width := 3; width < 20; width++ {                                                    // as the heads of columns have them
		for _, short := range moves.Short(segmentNames, width) {
			if !slices.Contains(knownNames, short) {
				knownNames = append(knownNames, " "+short+" ")
			}
		}
	}
	for _, word := range strings.Fields(strings.Join(knownNames, " ")) {
		nameWords[word] = true
	}
	slices.SortFunc(knownNames, func(a, b string) int { return len(b) - len(a) })
	knownNames = slices.Compact(knownNames)
}
