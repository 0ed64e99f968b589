package tui

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/exp/golden"

	"strata/importer"
	"strata/model"
	"strata/tui/action"
	"strata/tui/screen/tiers/tierstest"
	"strata/tui/session"
	"strata/tui/theme"
)

// imported is what is told of the file of the bench after an import.
func imported() *session.Account {
	sources, err := tierstest.New().Sources(context.Background())
	if err != nil {
		panic(err)
	}
	source := sources[0]
	source.Rejected, source.Accepted = 135_080, 541_909-135_080
	source.Bought, source.RefusedValue, source.RefusedReturned, source.RefusedValued = 8_911_407_9040, 1_755_276_6400, 307_594_5200, 135_000
	source.Corrected = 1_204
	source.Warnings = []model.Warning{{Code: "unit", Message: "\"\x1b[2JAmount\" is in units of 1,000; amounts are taken as they stand"}}
	return &session.Account{Sources: []model.Source{source}, Plans: []*importer.Plan{{}}, Warnings: source.Warnings}
}

// opened returns a workbench whose workspace has refused rows, with an account or
// without.
func opened(t *testing.T, account *session.Account, currency string, width, height int) *workbench {
	t.Helper()
	info := model.Info{Path: "OnlineRetail.csv.gz", Currency: currency, Revenue: 8_911_407_9040, Returned: 611_342_0900}
	info.FirstDay, _ = model.DayOf(2010, 12, 1)
	info.LastDay, _ = model.DayOf(2011, 12, 9)
	loaded := Loaded{Bench: tierstest.New(), Info: info, Sources: imported().Sources, Account: account}
	if account != nil {
		loaded.Sources = account.Sources
	}
	w, _ := open(t, Options{Load: instant(loaded, nil)}, info, width, height)
	w.setTheme(true, theme.None)
	w.stale = true
	return w
}

func TestGoldenAccount(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 36}, {200, 60}} {
		for _, look := range looks {
			t.Run(fmt.Sprintf("%dx%d-%s", size[0], size[1], look.name), func(t *testing.T) {
				t.Parallel()
				w := opened(t, imported(), "GBP", size[0], size[1])
				w.setTheme(look.dark, look.colors)
				w.stale = true
				golden.RequireEqual(t, w.View().Content)
			})
		}
	}
	for name, start := range map[string]func(*testing.T) *workbench{
		"currency-unknown": func(t *testing.T) *workbench {
			account := imported()
			account.Sources[0].RefusedValued, account.Sources[0].Warnings = 0, nil
			return opened(t, account, "", 80, 24)
		},
		"all-accepted": func(t *testing.T) *workbench {
			account := imported()
			account.Sources = []model.Source{{Path: "a.csv", Rows: 3, Accepted: 3}, {Path: "b.csv", Rows: 1, Accepted: 1}}
			account.Plans = append(account.Plans, &importer.Plan{})
			return opened(t, account, "GBP", 80, 24)
		},
		"warnings": func(t *testing.T) *workbench {
			w := opened(t, imported(), "GBP", 80, 24)
			press(w, "w")
			return w
		},
		"warnings-window": func(t *testing.T) *workbench {
			w := opened(t, nil, "GBP", 80, 24)
			f := w.frame()
			f.Scheme.Spec.Window, f.Scheme.Spec.Where = model.Window{Months: 3}, []model.Condition{{Attribute: "region", Values: []string{"East\x1b[2J"}}}
			f.Whole.NotSeen.Customers, f.Whole.NotSeen.Orders, f.Whole.NotSeen.Value = 1_204, 5_310, 2_104_330_1200
			f.Whole.BeforeWindow.Orders, f.Whole.BeforeWindow.Value = 310, 104_330_1200
			f.Whole.FilteredOut.Customers, f.Whole.FilteredOut.Orders, f.Whole.FilteredOut.Value = 9, 12, 33_1200
			press(w, "w")
			return w
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			golden.RequireEqual(t, w.View().Content)
		})
	}
}

// Whatever does not fit beside its label goes on below the beginning of the value,
// and is read to its end; the labels are those of the facts alone.
func TestTheAccountIsWrappedWithinItsValues(t *testing.T) {
	t.Parallel()
	labels := []string{"rows", "refused", "duplicates", "notices", "currency", ""}
	for width := leastWidth; width <= 200; width++ {
		w := opened(t, imported(), "", width, 60)
		lines := shown(w)
		at := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, "╭─ Imported") })
		var values []string
		for _, line := range lines[at+1 : len(lines)-2] {
			cut := []rune(strings.Trim(line, "│"))
			label := strings.TrimSpace(string(cut[:1+labelWidth]))
			if !slices.Contains(labels, label) || cut[1+labelWidth] == ' ' {
				t.Errorf("at %d: %q", width, line)
			}
			values = append(values, strings.TrimSpace(string(cut[1+labelWidth:])))
		}
		text := strings.Join(values, " ")
		text = strings.Replace(text, "all purchases", "purchases", 1)
		for _, whole := range []string{"at least 1.76M bought, 308k returned: 16.5% of purchases", "set it with --currency EUR", "to 2011-12-09"} {
			if !strings.Contains(text, whole) {
				t.Errorf("at %d %q is missing in %q", width, whole, text)
			}
		}
	}
}

func TestAnyKeyClosesTheAccountAndDoesItsWork(t *testing.T) {
	t.Parallel()
	const title = "Imported OnlineRetail.csv.gz"
	for key, want := range map[string]string{
		"right": "Nothing moved", "9": "Imported files", "w": "Warnings and caveats", "?": "Help", "enter": "recency", "x": "Nothing moved",
	} {
		w := opened(t, imported(), "GBP", 120, 36)
		expect(t, w, title, "Thresholds", "5,268 exact duplicates, counted")
		pressAndRead(w, key)
		refuse(t, w, title)
		if key == "right" {
			refuse(t, w, want)
		} else {
			expect(t, w, want)
		}
	}
	w := opened(t, imported(), "GBP", 120, 36)
	if !quits(press(w, "q")) {
		t.Error("q does not quit")
	}
	w = opened(t, imported(), "GBP", 120, 36)
	x := strings.Index(shown(w)[1], "2 Matrix")
	w.Update(tea.MouseClickMsg{X: x + 2, Y: 1, Button: tea.MouseLeft})
	refuse(t, w, title)
	if w.front.place != action.Matrix {
		t.Error("the click does not choose its tab")
	}
	w = opened(t, imported(), "GBP", 40, 10) // too small for it, and for keys
	press(w, "right")
	w.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	expect(t, w, title)
}

func TestRefusedRowsStayInTheHeader(t *testing.T) {
	t.Parallel()
	const chip = " ! 135,080 refused, 24.9% "
	inHeader := func(w *workbench) bool { return strings.HasSuffix(shown(w)[0], chip) }
	calls := func(w *workbench) bool { return strings.Contains(w.View().Content, w.theme.Alert.Text(chip)) }
	for _, looking := range []string{"w", "9"} {
		w := opened(t, nil, "GBP", 80, 24)
		refuse(t, w, "any key continues")
		for _, key := range []string{"right", "2", "3", "7", "1"} {
			press(w, key)
			if !inHeader(w) || !calls(w) {
				t.Fatalf("after %s the header does not say what was refused: %s", key, shown(w)[0])
			}
		}
		before := shown(w)[0]
		pressAndRead(w, looking)
		if after := shown(w)[0]; after != before || calls(w) {
			t.Errorf("after %s the header moves or still calls: %s", looking, after)
		}
	}
	w := opened(t, nil, "GBP", 80, 24)
	w.Update(tea.MouseClickMsg{X: 79, Y: 0, Button: tea.MouseLeft})
	if w.front.place != action.Data || calls(w) {
		t.Error("a click on it does not go to the Data screen")
	}
	w, _ = open(t, Options{}, shop, 80, 24)
	refuse(t, w, "refused")
}

func TestWhatToKnowBeginsWithRefusedRows(t *testing.T) {
	t.Parallel()
	w := opened(t, nil, "GBP", 80, 24)
	press(w, "w")
	lines := shown(w)
	for i, line := range lines {
		if strings.Contains(line, "Warnings and caveats") && !strings.Contains(lines[i+1], "! 135,080 rows refused, 24.9% (at least £1.76M") {
			t.Errorf("the first line is %q", lines[i+1])
		}
	}
	expect(t, w, "shows which and why", "of them have no amount")
	pressAndRead(w, "9")
	expect(t, w, "Imported files")
	refuse(t, w, "Warnings and caveats")
	press(w, "w", "x")
	refuse(t, w, "Warnings and caveats")
	expect(t, w, "Imported files")
}

func TestTheAccountFitsEverySize(t *testing.T) {
	t.Parallel()
	for width := leastWidth; width <= 200; width += 7 {
		for height := leastHeight; height <= 60; height += 5 {
			checkFit(t, opened(t, imported(), "", width, height), "the account")
		}
	}
}
