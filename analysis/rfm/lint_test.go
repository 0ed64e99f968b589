package rfm_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"strata/analysis/rfm"
	"strata/model"
)

// ownMap returns a scheme with five scores and a map spelled out as lines of
// tier, name and cells, between semicolons.
func ownMap(t testing.TB, name string, lines ...string) model.Scheme {
	t.Helper()
	s := fixed()
	s.Name, s.Map = name, ""
	for _, line := range lines {
		part := strings.Split(line, ";")
		region := model.Region{Segment: model.Segment{Slug: part[1], Label: part[1], Tier: model.Tier(part[0])}}
		for _, text := range strings.Fields(part[2]) {
			p, err := model.ParsePattern(text)
			if err != nil {
				t.Fatal(err)
			}
			region.Cells = append(region.Cells, p)
		}
		s.Regions = append(s.Regions, region)
	}
	return s
}

// oldPackage is the map of the R package rfm 0.2, still in its tests.
func oldPackage(t testing.TB) model.Scheme {
	t.Helper()
	return ownMap(t, "R rfm 0.2",
		"high;Champions;[4-5][4-5][4-5]",
		"high;Loyal Customers;[2-5][3-5][3-5]",
		"mid;Potential Loyalist;[3-5][1-3][1-3]",
		"mid;New Customers;[4-5]11",
		"mid;Promising;[3-4]11",
		"mid;Need Attention;[2-3][2-3][2-3]",
		"low;About To Sleep;[2-3][1-2][1-2]",
		"mid;At Risk;[1-2][2-5][2-5]",
		"high;Can't Lose Them;1[4-5][4-5]",
		"low;Lost;[1-2][1-2][1-2]",
	)
}

// pythonPackage is the map of the package rfm on PyPI.
func pythonPackage(t testing.TB) model.Scheme {
	t.Helper()
	return ownMap(t, "PyPI rfm",
		"high;Champions;[45][45][45]",
		"mid;Promising;[45][12][345]",
		"high;Loyal Accounts;[345][345][345]",
		"mid;Potential Loyalist;[345][23][234]",
		"mid;New Active;51*",
		"mid;Low Spenders;[345]*[12]",
		"mid;Need Attention;[23][12][45]",
		"low;About to Sleep;[23][12][123]",
		"mid;At Risk;[12]*[345]",
		"low;Lost;[12]*[12]",
	)
}

// preset returns the scheme with a name with cuts that nothing depends on.
func preset(t testing.TB, name string) model.Scheme {
	t.Helper()
	s, ok := rfm.Preset(name)
	if !ok {
		t.Fatalf("no preset %s", name)
	}
	for a := range s.Cuts {
		for i := range s.Levels[a] - 1 {
			s.Cuts[a].At = append(s.Cuts[a].At, model.WholeCut(int64(i+1)))
		}
	}
	return s
}

// TestPublishedMapsAreBrokenAsPublished holds the linter to what was counted
// by hand over all cells of the maps in public use.
func TestPublishedMapsAreBrokenAsPublished(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		scheme                        model.Scheme
		cells, uncovered, overlapping int
		which                         string // cells not covered, "" not listed
		unreachable                   string
	}{
		{preset(t, "rfm-r"), 125, 10, 58, "215 241 251 252 341 351 441 451 541 551", ""},
		{oldPackage(t), 125, 36, 39, "", "New Customers, Promising, Can't Lose Them"},
		{preset(t, "putler"), 125, 0, 76, "", "Recent, Promising, Can't Lose, Lost"},
		{pythonPackage(t), 125, 0, 44, "", ""},
		{preset(t, "pymc"), 64, 18, 0, "121 131 141 142 213 221 231 241 242 321 331 341 342 421 431 432 441 442", ""},
		{preset(t, "grid"), 25, 0, 0, "", ""},
		{preset(t, "eleven"), 125, 0, 0, "", ""},
		{preset(t, "klaviyo"), 27, 0, 0, "", ""},
		{preset(t, "eight"), 8, 0, 0, "", ""},
		{preset(t, "ten"), 125, 0, 0, "", ""},
	} {
		l := mustRule(t, c.scheme).Lint(nil)
		if l.Cells != c.cells || len(l.Uncovered) != c.uncovered || len(l.Overlapping) != c.overlapping {
			t.Errorf("%s: %d cells, %d uncovered, %d overlapping; want %d, %d, %d",
				c.scheme.Name, l.Cells, len(l.Uncovered), len(l.Overlapping), c.cells, c.uncovered, c.overlapping)
		}
		if got := cellTexts(l.Uncovered); c.which != "" && got != c.which {
			t.Errorf("%s: uncovered %s, want %s", c.scheme.Name, got, c.which)
		}
		if got := labels(l.Unreachable); got != c.unreachable {
			t.Errorf("%s: unreachable %q, want %q", c.scheme.Name, got, c.unreachable)
		}
	}
}

func cellTexts(cells []rfm.LintCell) string {
	var texts []string
	for _, c := range cells {
		texts = append(texts, rfm.CellText(c.Scores))
	}
	return strings.Join(texts, " ")
}

// labels names segments in the order of the map.
func labels(segments []model.Segment) string {
	names := []string{}
	for _, s := range segments {
		names = append(names, s.Label)
	}
	order := map[string]int{}
	for i, name := range strings.Split("Recent,New Customers,Promising,Can't Lose,Can't Lose Them,Lost", ",") {
		order[name] = i
	}
	slices.SortFunc(names, func(a, b string) int { return order[a] - order[b] })
	return strings.Join(names, ", ")
}

// TestLintOfEveryPreset keeps what the linter says of every preset, the pairs
// of cells included where a better score means a lower tier.
func TestLintOfEveryPreset(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	schemes := []model.Scheme{oldPackage(t), pythonPackage(t)}
	for _, name := range model.MapNames {
		s := preset(t, name)
		if s.Value.ByShare() {
			s.Value.Cuts, s.Value.Shares = [2]int{8, 12}, [2]int{}
		}
		schemes = append(schemes, s)
	}
	for _, s := range schemes {
		l := mustRule(t, s).Lint(nil)
		fmt.Fprintf(&out, "%s: %d cells, %d uncovered, %d overlapping, %d unreachable, %d not monotone\n",
			s.Name, l.Cells, len(l.Uncovered), len(l.Overlapping), len(l.Unreachable), len(l.NonMonotone))
		for _, f := range l.NonMonotone {
			fmt.Fprintf(&out, "  %s %s, %s %s\n", rfm.CellText(f.Worse), f.WorseTier, rfm.CellText(f.Better), f.BetterTier)
		}
	}
	golden.RequireEqual(t, []byte(out.String()))
}

func BenchmarkLint(b *testing.B) {
	base := manyCustomers(b, 1000, false)
	for _, name := range model.MapNames {
		scheme, _ := rfm.Preset(name)
		rule := mustResolve(b, base, scheme, nil)
		figures := rfm.Tally(base, rule, nil)
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				rule.Lint(figures)
			}
		})
	}
}

// Segments without a cell are told as what no cell is in.
func TestSegmentsWithoutACellAreToldInWords(t *testing.T) {
	t.Parallel()
	for want, names := range map[string][]string{
		"no cell of the map belongs to B":         {"B"},
		"no cell of the map belongs to B or C":    {"B", "C"},
		"no cell of the map belongs to B, C or D": {"B", "C", "D"},
	} {
		lines := []string{"high;A;***"}
		for _, name := range names {
			lines = append(lines, "low;"+name+";111")
		}
		rule := mustRule(t, ownMap(t, "shadowed", lines...))
		figures := rfm.Tally(&rfm.Base{}, rule, nil)
		var told []string
		for _, w := range rule.MapWarnings(figures, rule.Lint(nil)) {
			if w.Code == "unreachable-segments" {
				told = append(told, w.Message)
			}
		}
		if !slices.Equal(told, []string{want}) {
			t.Errorf("told %q, want %q", told, want)
		}
	}
}
