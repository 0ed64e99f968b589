package migration_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"strata/model"
	"strata/model/words"
	"strata/tui/action"
	"strata/tui/screen/migration"
	"strata/tui/session"
	"strata/tui/theme"
)

// windowed is a workbench whose scheme leaves many of the baseline out.
func windowed(t testing.TB, days int) *session.Bench {
	t.Helper()
	b := open(t, 1_200)
	scheme := b.Frame().Scheme
	scheme.Spec.Window = model.Window{Days: days}
	if err := b.Change("a window", scheme); err != nil {
		t.Fatal(err)
	}
	return b
}

// Of who moves every share is of those on both sides, and another base beside it
// is named: the like is set against the like.
func TestSharesOfMoversAreOfThoseOnBothSides(t *testing.T) {
	t.Parallel()
	b := windowed(t, 400)
	m := b.Frame().Moves
	var both, moved, largest, row, still int64
	for i, from := range m.Before {
		var here int64
		for j := range m.Now {
			here += m.Matrix[i][j].Customers
		}
		both += here
		for j, to := range m.Now {
			n := m.Matrix[i][j].Customers
			if from.Key() == to.Key() {
				continue
			}
			if moved += n; n > largest {
				largest, still, row = n, here, here+m.Matrix[i][len(m.Now)].Customers
			}
		}
	}
	if m.Left.Customers == 0 || still == row || moved == 0 {
		t.Fatalf("%d have left, %d of %d are there: the test tells too little", m.Left.Customers, still, row)
	}
	s := show(t, b, theme.New(true, theme.None), 160, 45)
	s.Do(action.FlowGroup)
	s.Do(action.FlowGroup)
	drawn := text(s)
	for _, want := range []string{
		fmt.Sprintf("%s of the %s still there (%s) move ", words.Count(largest), words.Count(still), words.Share(largest, still)),
		fmt.Sprintf("%s of the %s on both sides", words.Share(largest, both), words.Count(both)),
		"both sides: " + words.Count(both), "of 1,200 before",
	} {
		if !strings.Contains(drawn, want) {
			t.Errorf("%q is not told:\n%s", want, drawn)
		}
	}
	for range len(m.Now) { // as far as the column of those who are not there now
		s.Do(action.FlowRight)
	}
	if told := text(s); !strings.Contains(told, fmt.Sprintf("of %s customers in ", words.Count(row))) {
		t.Errorf("those who are not there now are told as:\n%s", told)
	}
	for range len(m.Now) + 2 {
		s.Do(action.FlowLeft)
	}
	if told := text(s); strings.Contains(told, words.Count(row-still+largest)+" move to another") {
		t.Errorf("who is not there now is said to move:\n%s", told)
	}
	small := text(show(t, b, theme.New(true, theme.None), 80, 24))
	if want := fmt.Sprintf("%s of the %s on both sides change segment (%s)", words.Count(moved), words.Count(both), words.Share(moved, both)); !strings.Contains(small, want) {
		t.Errorf("%q is not told:\n%s", want, small)
	}
}

// The sizes of a few customers beside those of many are no evidence, however
// large the index: the screen says so, and warns as a comparison does.
func TestNoVerdictWithinChance(t *testing.T) {
	t.Parallel()
	s := show(t, windowed(t, 90), theme.New(true, theme.None), 120, 45)
	drawn := text(s)
	for _, want := range []string{"within chance for 2 customers", "! fewer than 30 customers before or after", "! the two schemes measure differently (window)"} {
		if !strings.Contains(drawn, want) {
			t.Errorf("%q is not told:\n%s", want, drawn)
		}
	}
	if strings.Contains(drawn, "shift") {
		t.Errorf("a verdict:\n%s", drawn)
	}
	told := strings.Join(s.Do(action.Explain).Read.Paragraphs, "\n")
	for _, want := range []string{"Fewer than 30 customers before or after: MID (", "The two schemes measure differently (window)"} {
		if !strings.Contains(told, want) {
			t.Errorf("%q is not explained: %s", want, told)
		}
	}
	if strings.Contains(told, "a line moved") {
		t.Errorf("no line has: %s", told)
	}
}

// Fair rules give segments of their own to whom they keep; the sizes that are
// compared are then those of tiers, as with any segment of one side alone.
func TestKeptSegmentsAreNoShift(t *testing.T) {
	t.Parallel()
	b := open(t, 1_200)
	scheme := b.Frame().Scheme
	scheme.Fair = model.Fairness{Grace: 2, Band: 1}
	if err := b.Change("fair rules", scheme); err != nil {
		t.Fatal(err)
	}
	drawn := text(show(t, b, theme.New(true, theme.None), 200, 57))
	if !strings.Contains(drawn, "Sizes of tiers, ") || strings.Contains(drawn, "empty as") || strings.Contains(drawn, "different segments") {
		t.Errorf("the sizes of those who are kept count:\n%s", drawn)
	}
}

// Between maps of different segments the tiers come first: a segment of another
// name is no move.
func TestOtherMapsAreToldByTiers(t *testing.T) {
	t.Parallel()
	b := open(t, 1_200)
	eight, err := session.PresetNamed("eight")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Use(eight); err != nil {
		t.Fatal(err)
	}
	tiers := b.Frame().Moves.ByTier()
	if tiers.Customers == 0 || tiers.Customers == b.Frame().Moves.Customers {
		t.Fatalf("%d change tier: the test tells too little", tiers.Customers)
	}
	for _, size := range [][2]int{{80, 24}, {120, 33}, {200, 57}} {
		s := show(t, b, theme.New(true, theme.None), size[0], size[1])
		drawn := text(s)
		if want := words.Count(tiers.Customers); !strings.Contains(drawn, want) || !strings.Contains(drawn, "change tier") || strings.Contains(drawn, "change segment") || !strings.Contains(drawn, "stay in their tier") {
			t.Errorf("%v: %q does not come first:\n%s", size, want, drawn)
		}
		if !tierRows(s) {
			t.Errorf("%v: rows are no tiers:\n%s", size, drawn)
		}
	}
}

// tierRows reports whether the first matrix is by tiers.
func tierRows(s *migration.Screen) bool {
	first, _, _ := strings.Cut(ansi.Strip(strings.Join(s.Lines(), "\n")), "\n")
	return strings.Contains(first, "· tiers ·")
}

// What the indexes are of is what the rows are: by tiers the screen shows what a
// comparison by tiers does, and says so.
func TestIndexesAreOfWhatTheRowsAre(t *testing.T) {
	t.Parallel()
	b := moved(t)
	segments, tiers := session.MeasuresOf(b.Frame().Moves), session.MeasuresOf(b.Frame().Moves.ByTier())
	if words.Index(segments.ARI) == words.Index(tiers.ARI) || words.Index(segments.PSI) == words.Index(tiers.PSI) {
		t.Fatal("segments and tiers agree alike")
	}
	s := show(t, b, theme.New(true, theme.None), 120, 33)
	for _, c := range []struct {
		of              session.Agreement
		grouping, sizes string
	}{
		{segments, "Grouping of 1,200, two rules on the same data", "Sizes, 1,200 before"},
		{tiers, "Grouping by tiers of 1,200, two rules on the same data", "Sizes of tiers, 1,200 before"},
	} {
		for _, want := range []string{c.grouping, c.sizes, "ARI  " + words.Index(c.of.ARI), "PSI  " + words.Index(c.of.PSI)} {
			if drawn := text(s); !strings.Contains(drawn, want) {
				t.Errorf("%q is not told:\n%s", want, drawn)
			}
		}
		finish(t, s, s.Do(action.FlowGroup))
	}
	small := text(show(t, b, theme.New(true, theme.None), 80, 21, action.FlowGroup))
	if want := "ARI of tiers " + words.Index(tiers.ARI); !strings.Contains(small, want) {
		t.Errorf("%q is not told:\n%s", want, small)
	}
}

// Of two days no head of a table stands without a row below it, and the days are whole
// wherever the title has room.
func TestTwoDaysHaveNoHeadAloneAndWholeDays(t *testing.T) {
	t.Parallel()
	s := show(t, moved(t), theme.New(true, theme.None), 120, 33)
	onDay(t, s, "2012-07-15")
	for height := 20; height < 50; height++ {
		s.SetSize(120, height)
		for range 2 {
			finish(t, s, s.Do(action.FlowGroup))
			lines := strings.Split(text(s), "\n")
			if !strings.HasPrefix(lines[0], "╭─ 2012-07-15 → 2012-09-13 · ") {
				t.Errorf("at %d: %s", height, lines[0])
			}
			for i, line := range lines {
				if strings.Contains(line, "before  behaviour") && !strings.Contains(lines[i+1], "HIGH") {
					t.Errorf("at %d a head has no row:\n%s", height, strings.Join(lines[i:], "\n"))
				}
			}
		}
	}
}

// A warning is whole where rows are free below it.
func TestWarningsAreWholeWhereRowsAreFree(t *testing.T) {
	t.Parallel()
	drawn := text(show(t, moved(t), theme.New(true, theme.None), 120, 33))
	for _, want := range []string{"! fewer than 30 customers before or after: Can't lose (", "their changes depend on a", "few customers  "} {
		if !strings.Contains(drawn, want) {
			t.Errorf("%q is not told:\n%s", want, drawn)
		}
	}
}

// Every flow has its reason below it, if in other words, and the title of two days has
// both in full.
func TestNoReasonAndNoDayIsCut(t *testing.T) {
	t.Parallel()
	for _, days := range []int{200, 300, 400} {
		lines := strings.Split(text(show(t, windowed(t, days), theme.New(true, theme.None), 120, 33)), "\n")
		flow := regexp.MustCompile(`│  *\d+ +£?[\d.,]+[kM]? +\S.* → .*│$`)
		for i, line := range lines[:len(lines)-1] {
			if _, right, ok := strings.Cut(line, "││"); ok && flow.MatchString("│"+right) {
				if _, below, _ := strings.Cut(lines[i+1], "││"); strings.Trim(below, " │") == "" {
					t.Errorf("no reason below %q", right)
				}
			}
		}
	}
	b := open(t, 1_200)
	s := show(t, b, theme.New(true, theme.None), 120, 33, action.FlowGroup, action.FlowValue)
	day := b.Frame().AsOf - 200
	onDay(t, s, day.String())
	if want := day.String() + " → " + b.Frame().AsOf.String() + " · tiers · later revenue"; !strings.Contains(text(s), want) {
		t.Errorf("%q is not on\n%s", want, text(s))
	}
}
