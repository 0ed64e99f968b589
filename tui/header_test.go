package tui

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"strata/model"
	"strata/tui/session"
)

var stockCode = []model.Condition{{Attribute: "StockCode", Values: []string{"85123A"}}}

// Whatever is told in the header, its parts keep their distance; the name of the
// workspace goes where a filter and the customers have no room beside it.
func TestThePartsOfTheHeaderKeepApart(t *testing.T) {
	t.Parallel()
	parts := regexp.MustCompile(`^ strata   +(\S+( \S+)*   +)?ten(   +\S+( \S+)*)*   +! .* $`)
	for width := leastWidth; width <= 200; width++ {
		for _, where := range [][]model.Condition{nil, stockCode} {
			w := opened(t, nil, "GBP", width, 24)
			w.frame().Scheme.Spec = model.DefaultSpec()
			w.frame().Scheme.Spec.Where = where
			line := shown(w)[0]
			before, _, _ := strings.Cut(line, " ! ")
			if !parts.MatchString(line) || len(before)-len(strings.TrimRight(before, " ")) < headerGap-1 {
				t.Errorf("at %d the parts touch: %q", width, line)
			}
		}
	}
}

// A filter and policies that leave something out are told beside the figures, on
// every screen that shows some.
func TestWhatLimitsTheFiguresIsTold(t *testing.T) {
	t.Parallel()
	for width := leastWidth; width <= 200; width += 5 {
		w := opened(t, nil, "GBP", width, 24)
		spec := &w.frame().Scheme.Spec
		*spec = model.DefaultSpec()
		spec.Where = stockCode
		w.frame().BaselineCounts = "no filter"
		w.stale = true
		header := "StockCode=85123A"
		if width < 65 {
			header = "only StockC"
		}
		for _, key := range []string{"1", "2", "7"} {
			pressAndRead(w, key)
			if line := shown(w)[0]; !strings.Contains(line, header) {
				t.Errorf("at %d on screen %s no filter in %q", width, key, line)
			}
		}
		expect(t, w, "Customers · only StockCode=85123A")
		pressAndRead(w, "w")
		expect(t, w, "What is counted: only StockCode=85123A", "The baseline counts other orders: no filter")
		pressAndRead(w, "esc")
		if width >= 80 {
			expect(t, w, " 300 of 4,338 customers tiered ")
			pressAndRead(w, "1")
			expect(t, w, "Tiers · only StockCode=85123A")
		}
	}
	w := opened(t, nil, "GBP", 80, 24)
	w.frame().Scheme.Spec.Where = []model.Condition{{Attribute: "Name", Values: []string{"\x1b[2J" + strings.Repeat("long", 50)}}}
	checkFit(t, w, "a long filter")
	for _, width := range []int{95, 120, 150} {
		w := opened(t, nil, "GBP", width, 24)
		w.frame().Scheme.Spec.AsOf = w.frame().AsOf
		if line := shown(w)[0]; !strings.Contains(line, "as of 2011-12-10") {
			t.Errorf("at %d the day that was chosen is left out: %q", width, line)
		}
	}
}

func TestGoldenLimits(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 36}, {200, 60}} {
		for _, look := range looks {
			t.Run(fmt.Sprintf("%dx%d-%s", size[0], size[1], look.name), func(t *testing.T) {
				t.Parallel()
				w := opened(t, nil, "GBP", size[0], size[1])
				w.frame().Scheme.Spec.Where = stockCode
				w.setTheme(look.dark, look.colors)
				w.stale = true
				golden.RequireEqual(t, w.View().Content)
			})
		}
	}
}

// Each screen that shows figures names what limits them, or how many limits there
// are; the changes say what the baseline counts otherwise.
func TestTitlesMarkEveryLimit(t *testing.T) {
	t.Parallel()
	for width := leastWidth; width <= 200; width++ {
		w := opened(t, nil, "GBP", width, 24)
		spec := &w.frame().Scheme.Spec
		spec.Where, spec.Window = stockCode, model.Window{Months: 6}
		w.frame().BaselineCounts = "no filter, all time"
		w.stale = true
		all := regexp.MustCompile(`(only StockCode=85123A( · last 6 months · returns ignored · zero values dropped| · last 6 months · returns ignored \+1| · last 6 months \+2| \+3)|⊂ StockCode=85123A · 6m \+2|⊂ 4 limits)( |$)`)
		for key, title := range map[string]string{"1": "Tiers · ", "2": "F · customers · ", "3": " · customers · "} {
			pressAndRead(w, key)
			for _, line := range []string{shown(w)[0], shown(w)[2]} {
				if !all.MatchString(line) {
					t.Errorf("at %d on screen %s: %q", width, key, line)
				}
			}
			if line := strings.ReplaceAll(shown(w)[2], "Frequency", "F"); !strings.Contains(line, title) {
				t.Errorf("at %d on screen %s no title: %q", width, key, line)
			}
		}
		pressAndRead(w, "1")
		expect(t, w, "ten, no filter, all time → now")
	}
}

// There are notices, and the way to them is told where there is hardly room; that
// edits are not kept is told beside it.
func TestNoticesAreNamedAtEverySize(t *testing.T) {
	t.Parallel()
	temporary, readOnly := shop, shop
	temporary.Temporary = true
	readOnly.ReadOnly, readOnly.Writer = true, "another strata"
	touch := regexp.MustCompile(`9 Data {0,2}\S`)
	for width := leastWidth; width <= 200; width++ {
		for limit, info := range map[string]model.Info{"": shop, "temporary": temporary, "is writing|read only": readOnly} {
			w, _ := open(t, Options{SaveAs: func(context.Context, string) error { return nil }}, info, width, 24)
			line := shown(w)[1]
			if width >= 80 && !regexp.MustCompile("notices? [[]w[]].*("+limit+")").MatchString(line) || width >= 63 && !strings.Contains(line, "[w]") || touch.MatchString(line) {
				t.Errorf("at %d with %q: %q", width, limit, line)
			}
		}
	}
}

// Whose figures these are stands there at any width: what limits them, a day that was
// chosen, and the customers; what they are worth is left out after the words around
// them.
func TestTheFiguresStandInTheHeader(t *testing.T) {
	t.Parallel()
	for width := 62; width <= 200; width++ {
		w := opened(t, nil, "GBP", width, 24)
		spec := &w.frame().Scheme.Spec
		check := func(what string, from int, words string) {
			t.Helper()
			w.stale = true
			if line := shown(w)[0]; width >= from && !strings.Contains(line, words) {
				t.Errorf("%s, at %d: %q is not in %q", what, width, words, line)
			}
		}
		*spec = model.DefaultSpec()
		spec.AsOf = w.frame().AsOf
		check("a day", 75, "as of 2011-12-10   4,338 customers")
		spec.AsOf, spec.Returns, spec.Zero = model.NoDay, model.ReturnsIgnore, model.ZeroDrop
		spec.Where = stockCode
		check("a filter", 65, "4,338 customers")
		check("a filter", 67, "StockCode=85123A")
		check("a filter", 122, "as of 2011-12-10   4,338 customers")
		spec.Window = model.Window{Months: 6}
		check("and a window", 62, "4,338 customers")
		check("and a window", 72, "StockCode=85123A · ")
		check("and a window", 115, "only StockCode=85123A · last 6 months")
		spec.AsOf = w.frame().AsOf
		check("and a day", 81, "as of 2011-12-10   4,338 customers")
		check("and a day", 130, "only StockCode=85123A · last 6 months")
		spec.Where = []model.Condition{{Attribute: "Name", Values: []string{strings.Repeat("long", 50)}}}
		check("and a long filter", 81, "as of 2011-12-10   4,338 customers")
	}
}

// Limits stand behind the name of the scheme that they are of, and what it is compared
// with goes before the customers and their day do.
func TestWhatItIsComparedWithGoesFirst(t *testing.T) {
	t.Parallel()
	for width := leastWidth; width <= 200; width++ {
		for _, edited := range []bool{false, true} {
			w := opened(t, nil, "GBP", width, 24)
			f := w.frame()
			f.Scheme.Spec = model.DefaultSpec()
			f.Edited, f.BaselineEdited = edited, edited
			if !edited {
				f.Scheme.Spec.Window, f.BaselineCounts = model.Window{Months: 6}, "all time"
			}
			w.stale = true
			line := shown(w)[0]
			title, against, told := strings.Cut(line, "   against ")
			if told && (!strings.Contains(against, "as of 2011-12-10   4,338 customers") || !edited && !strings.HasSuffix(title, "ten   last 6 months")) {
				t.Errorf("at %d: %q", width, line)
			}
			if day := strings.Contains(line, "as of 2011-12-10   4,338 customers"); width >= 120 && !day || width >= 80 && !strings.Contains(line, "4,338 customers") || width >= 150 && !told {
				t.Errorf("at %d left out: %q", width, line)
			}
		}
	}
}

// What the figures are compared with, where that counts otherwise, and what they brought
// stay in sight from 100 and 120 cells on, whatever limits the figures.
func TestWhatIsLookedAtStaysInSight(t *testing.T) {
	t.Parallel()
	for _, limit := range []func(*model.Spec){
		func(s *model.Spec) { s.Where = []model.Condition{{Attribute: "region", Values: []string{"Germany"}}} },
		func(s *model.Spec) { s.Window = model.Window{Months: 6} },
	} {
		for width := 100; width <= 220; width += 4 {
			w := opened(t, nil, "GBP", width, 36)
			f := w.frame()
			f.Scheme.Spec = model.DefaultSpec()
			limit(&f.Scheme.Spec)
			f.BaselineCounts = "no filter"
			w.stale = true
			head := strings.Join(shown(w)[:2], "\n")
			wanted := append(session.Limits(f.Scheme.Spec), "against "+f.Against())
			if width >= 120 {
				wanted = append(wanted, "£8.91M", "as of 2011-12-10")
			}
			for _, want := range wanted {
				if !strings.Contains(head, want) {
					t.Errorf("at %d no %q in\n%s", width, want, head)
				}
			}
		}
	}
}
