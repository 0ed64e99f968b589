package page_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"strata/tui/action"
	"strata/tui/screen/page"
	"strata/tui/session"
	"strata/tui/theme"
)

// drawn is what is on the screen, without its look.
func drawn(s *page.Screen) []string {
	lines := s.Lines()
	for i, line := range lines {
		lines[i] = ansi.Strip(line)
	}
	return lines
}

// The border says how many rows are drawn wherever that is not all of them: where a note
// stands below the table, too, and where the title would take all of the border.
func TestTheBorderSaysHowManyRowsAreDrawn(t *testing.T) {
	t.Parallel()
	b := openBench(t)
	month := regexp.MustCompile(`^│ (\d{4}-\d{2}|all) `)
	said := regexp.MustCompile(` (\d+) of \d+ rows `)
	for _, ids := range [][]action.ID{nil, {action.AskVariant}, {action.AskFigure, action.AskVariant}, many(action.AskWhom, 5), append(many(action.AskWhom, 5), action.AskVariant)} {
		for height := 12; height < 60; height++ {
			for _, width := range []int{80, 120} {
				s := opened(t, b, "cohort", theme.New(true, theme.None), width, height, ids...)
				lines, rows := drawn(s), 0
				for _, line := range lines {
					if month.MatchString(line) {
						rows++
					}
				}
				all := len(strings.Split(strings.TrimSpace(s.Do(action.Copy).Copy), "\n")) - 1
				told := all
				if found := said.FindStringSubmatch(lines[0]); found != nil {
					if _, err := fmt.Sscan(found[1], &told); err != nil {
						t.Fatal(err)
					}
				}
				if rows != told {
					t.Errorf("%d×%d %v: %d of %d rows are drawn, and the border says %q", width, height, ids, rows, all, lines[0])
				}
			}
		}
	}
}

// What there is no room to say is marked, and the explanation has it.
func TestWhatThereIsNoRoomForIsExplained(t *testing.T) {
	t.Parallel()
	s := opened(t, openBench(t), "cross", theme.New(true, theme.None), 80, 21)
	if all := strings.Join(drawn(s), "\n"); strings.Contains(all, "corrected") || !strings.Contains(all, "… [i]") {
		t.Errorf("cut without a mark:\n%s", all)
	}
	text := strings.Join(s.Do(action.Explain).Read.Paragraphs, "\n")
	for _, want := range []string{"Cramér's V 1.000, corrected", "a test of one against the other says nothing"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not explained:\n%s", want, text)
		}
	}
}

// An answer that was asked for and has not come, as other work went before it, is asked
// for again when the page is shown.
func TestAnAnswerThatDidNotComeIsAskedForAgain(t *testing.T) {
	t.Parallel()
	b := openBench(t)
	s := opened(t, b, "cohort", theme.New(true, theme.None), 120, 33)
	if o := s.Do(action.AskFigure); o.Work == nil {
		t.Fatal("nothing is asked")
	}
	o := s.Show(b.Frame())
	if o.Work == nil {
		t.Fatal("the answer is waited for, and nobody works on it")
	}
	work(t, s, o)
	if head := drawn(s)[0]; !strings.Contains(head, "customers who ordered") || strings.Contains(head, "…") {
		t.Errorf("the page has %q", head)
	}
}

// A total has no place on the scale of what it is the sum of: it is not shaded.
func TestTotalsAreNotShaded(t *testing.T) {
	t.Parallel()
	s := opened(t, openBench(t), "cross", theme.New(true, theme.None), 120, 33)
	shaded := 0
	for _, line := range drawn(s) {
		switch table := strings.Split(line, "││")[0]; {
		case strings.HasPrefix(table, "│ all ") && strings.ContainsAny(table, "░▒▓█"):
			t.Errorf("the row of all is shaded: %q", table)
		case strings.ContainsAny(table, "▒▓█"):
			shaded++
		}
	}
	if shaded == 0 {
		t.Error("nothing is shaded")
	}
}

// Revenue is that of the month, whoever is active then or later: so are its people.
func TestThePeopleBehindRevenueAreThoseOfTheMonth(t *testing.T) {
	t.Parallel()
	b := openBench(t)
	behind := func(ids ...action.ID) (names []string, told string) {
		s := opened(t, b, "cohort", theme.New(true, theme.None), 200, 57, append(ids, action.ListDown, action.ColumnRight, action.ColumnRight)...)
		people, err := b.Roster().List(t.Context(), session.PeopleRequest{Query: *s.Do(action.AskPeople).People}, nil)
		if err != nil {
			t.Fatal(err)
		}
		for i := range people.Len() {
			names = append(names, people.At(i).Customer)
		}
		return names, marked(s)
	}
	strict, toldStrict := behind(action.AskFigure, action.AskFigure)
	rolling, toldRolling := behind(action.AskFigure, action.AskFigure, action.AskVariant)
	if !slices.Equal(strict, rolling) || toldStrict != toldRolling {
		t.Errorf("the same amount is of %d customers or of %d: %q, %q", len(strict), len(rolling), toldStrict, toldRolling)
	}
	if counted, _ := behind(action.AskFigure, action.AskVariant); len(counted) <= len(strict) {
		t.Errorf("%d ordered then or later, %d then", len(counted), len(strict))
	}
}

// Another figure of the same month is marked, though the table begins with another month.
func TestTheMarkStaysInItsMonth(t *testing.T) {
	t.Parallel()
	s := opened(t, openBench(t), "cohort", theme.New(true, theme.None), 120, 33, action.ListDown, action.ListDown, action.ColumnRight, action.ColumnRight)
	want := s.Focused()
	for _, id := range append(many(action.AskFigure, 3), many(action.AskWhom, 5)...) {
		if id == action.AskWhom {
			s.Do(action.ListFirst)
			want = "cohort all, month 3"
		}
		work(t, s, s.Do(id))
		if got := s.Focused(); got != want && got != "" { // nobody is in a tier that nobody is in
			t.Fatalf("the mark went from %q to %q", want, got)
		}
	}
	if got := s.Focused(); got != want {
		t.Fatalf("the mark went from %q to %q", want, got)
	}
}

// Without colours what is beyond the mark is shaded, to its edge.
func TestWhatIsBeyondTheMarkIsShadedToItsEdge(t *testing.T) {
	t.Parallel()
	lines := drawn(opened(t, openBench(t), "share", theme.New(true, theme.None), 120, 33))
	bottom := []rune(lines[len(lines)-3])
	mark := slices.Index(bottom, '░')
	if mark < 0 {
		t.Fatalf("nothing is beyond the mark: %q", string(bottom))
	}
	for _, line := range lines[1 : len(lines)-2] {
		if chart := []rune(strings.Split(line, "││")[0]); mark < len(chart) && strings.ContainsAny(string(chart[mark:]), "▁▂▃▄▅▆▇█▓") {
			t.Errorf("full cells are beyond the mark: %q", string(chart))
		}
	}
}

// A narrow title keeps whose figures they are, and of what month.
func TestTitlesKeepWhoseFiguresTheyAre(t *testing.T) {
	t.Parallel()
	b := openBench(t)
	s := opened(t, b, "cohort", theme.New(true, theme.None), 100, 33, action.AskWhom, action.AskVariant, action.ListDown, action.ListDown, action.ColumnRight)
	all := strings.Join(drawn(s), "\n")
	for _, want := range []string{"only HIGH now", "cohort 2011-02, month 2 ─"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is cut:\n%s", want, all)
		}
	}
}

// Where the orders are shared out, the groups beside the curve tell of orders.
func TestGroupsTellWhatIsSharedOut(t *testing.T) {
	t.Parallel()
	s := opened(t, openBench(t), "share", theme.New(true, theme.None), 120, 33, action.AskFigure, action.PaneNext)
	all := strings.Join(drawn(s), "\n")
	if !strings.Contains(all, " orders % ord.") || strings.Contains(all, "rev.") || strings.Contains(all, "revenue  share") {
		t.Errorf("the groups do not tell of orders:\n%s", all)
	}
	if told := marked(s); !strings.Contains(told, "% of all, and") {
		t.Errorf("told %q", told)
	}
}

// The mark of a curve stays at its place when the curve is another, and every curve says
// what it has there: no figure is drawn alone.
func TestCurvesSayWhatTheyHaveAtTheMark(t *testing.T) {
	t.Parallel()
	b, th := openBench(t), theme.New(true, theme.None)
	s := opened(t, b, "share", th, 120, 33, append(many(action.ColumnRight, 7), action.AskFigure)...)
	if told := marked(s); !strings.Contains(told, "The top 27%") {
		t.Errorf("the mark went away: %q", told)
	}
	s = opened(t, b, "cohort", th, 120, 33, action.PaneNext, action.ColumnRight, action.ColumnRight)
	if told := marked(s); !regexp.MustCompile(`^ 3 months after the first order: 2011-01 \d+\.\d%, all later cohorts \d+\.\d%\.$`).MatchString(told) {
		t.Errorf("told %q", told)
	}
	before := marked(s)
	work(t, s, s.Do(action.AskVariant))
	if told := marked(s); told == before || !strings.HasPrefix(told, " 3 months") {
		t.Errorf("told %q, and rolling %q", before, told)
	}
}
