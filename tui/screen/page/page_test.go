package page_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"strata/tui/action"
	"strata/tui/screen"
	"strata/tui/screen/page"
	"strata/tui/session"
	"strata/tui/session/memory"
	"strata/tui/session/question"
	"strata/tui/theme"
)

func openBench(t *testing.T) *session.Bench {
	t.Helper()
	s, err := session.New(t.Context(), memory.New(7, 300))
	if err != nil {
		t.Fatal(err)
	}
	b, err := s.OpenBench(t.Context(), nil, func() time.Time { return time.Unix(0, 0) })
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func questionCalled(t *testing.T, slug string) *question.Question {
	t.Helper()
	for _, q := range question.All() {
		if q.Slug == slug {
			return q
		}
	}
	t.Fatalf("there is no question %q", slug)
	return nil
}

// opened is the page of a question with its answer, after some actions.
func opened(t *testing.T, b *session.Bench, slug string, th *theme.Theme, width, height int, ids ...action.ID) *page.Screen {
	t.Helper()
	s := page.New(questionCalled(t, slug), "GBP", th)
	s.Open(b, "GBP")
	s.SetSize(width, height)
	work(t, s, s.Show(b.Frame()))
	for _, id := range ids {
		work(t, s, s.Do(id))
	}
	return s
}

// work does what an outcome asks to be done beside the keys.
func work(t *testing.T, s *page.Screen, o screen.Outcome) screen.Outcome {
	t.Helper()
	for o.Work != nil {
		o = s.Took(o.Work(t.Context()))
	}
	if o.Err != nil {
		t.Fatal(o.Err)
	}
	return o
}

func TestGoldenSizesAndThemes(t *testing.T) {
	t.Parallel()
	b := openBench(t)
	looks := map[string]*theme.Theme{
		"dark": theme.New(true, theme.Full), "light": theme.New(false, theme.Full),
		"sixteen": theme.New(true, theme.Sixteen), "none": theme.New(true, theme.None),
	}
	for _, q := range question.All() {
		for _, size := range [][2]int{{80, 21}, {120, 33}, {200, 57}} {
			for name, th := range looks {
				t.Run(fmt.Sprintf("%s-%dx%d-%s", q.Slug, size[0], size[1], name), func(t *testing.T) {
					golden.RequireEqual(t, strings.Join(opened(t, b, q.Slug, th, size[0], size[1]).Lines(), "\n"))
				})
			}
		}
	}
}

func TestGoldenStates(t *testing.T) {
	t.Parallel()
	b, th := openBench(t), theme.New(true, theme.None)
	for name, s := range map[string]*page.Screen{
		"cohort-revenue":   opened(t, b, "cohort", th, 120, 33, action.AskFigure, action.AskFigure),
		"cohort-rolling":   opened(t, b, "cohort", th, 120, 33, action.AskVariant, action.ListDown, action.ColumnRight),
		"cohort-each":      opened(t, b, "cohort", th, 120, 33, action.AskWhom, action.AskWhom, action.AskWhom, action.AskWhom, action.AskWhom),
		"cohort-last":      opened(t, b, "cohort", th, 80, 21, append(many(action.ColumnRight, 40), action.ListLast)...),
		"cohort-chart":     opened(t, b, "cohort", th, 80, 21, action.PaneNext),
		"share-column":     opened(t, b, "share", th, 120, 33, action.AskGroup),
		"share-orders":     opened(t, b, "share", th, 80, 21, append(many(action.ColumnRight, 30), action.AskFigure)...),
		"share-tiers":      opened(t, b, "share", th, 80, 21, action.PaneNext, action.ListDown),
		"share-table":      opened(t, b, "share", th, 80, 21, action.PaneNext, action.PaneNext, action.ListDown),
		"cross-columns":    opened(t, b, "cross", th, 120, 33, action.AskGroup, action.AskGroup, action.AskAcross),
		"cross-row-shares": opened(t, b, "cross", th, 80, 21, action.AskGroup, action.AskFigure, action.ColumnRight, action.ListLast),
	} {
		t.Run(name, func(t *testing.T) {
			golden.RequireEqual(t, strings.Join(s.Lines(), "\n"))
		})
	}
}

func many(id action.ID, n int) []action.ID {
	ids := make([]action.ID, n)
	for i := range ids {
		ids[i] = id
	}
	return ids
}

// At every size and after every action the drawing fits exactly.
func TestLinesFit(t *testing.T) {
	t.Parallel()
	b := openBench(t)
	ids := []action.ID{action.AskFigure, action.ColumnRight, action.PaneNext, action.ListDown, action.AskGroup, action.AskWhom, action.ColumnLeft, action.AskAcross}
	for _, q := range question.All() {
		s := opened(t, b, q.Slug, theme.New(true, theme.Full), 120, 33)
		for width := 1; width < 240; width += 11 {
			for height := 1; height < 70; height += 7 {
				work(t, s, s.Do(ids[(width+height)%len(ids)]))
				s.SetSize(width, height)
				lines := s.Lines()
				if len(lines) != height {
					t.Fatalf("%s: %d×%d has %d lines", q.Slug, width, height, len(lines))
				}
				for i, line := range lines {
					if got := ansi.StringWidth(line); got != width {
						t.Fatalf("%s: %d×%d: line %d is %d wide: %q", q.Slug, width, height, i, got, ansi.Strip(line))
					}
				}
			}
		}
	}
}

// Enter lists exactly those whom the marked figure counts, wherever the mark is.
func TestTheMarkedFigureIsItsPeople(t *testing.T) {
	t.Parallel()
	b := openBench(t)
	th := theme.New(true, theme.None)
	for slug, ids := range map[string][]action.ID{"cohort": nil, "cross": {action.AskGroup, action.AskGroup}} {
		for _, also := range [][]action.ID{nil, {action.AskVariant}, {action.AskWhom}} {
			s := opened(t, b, slug, th, 200, 57, append(append([]action.ID{action.AskFigure}, ids...), also...)...)
			for range 6 {
				s.Do(action.ListDown)
				for range 3 {
					s.Do(action.ColumnRight)
					o := s.Do(action.AskPeople)
					if o.People == nil {
						continue
					}
					people, err := b.Roster().List(t.Context(), session.PeopleRequest{Query: *o.People}, nil)
					if err != nil {
						t.Fatal(err)
					}
					if told, want := marked(s), fmt.Sprint(people.Len()); !strings.Contains(told, " "+want+" of ") && !strings.Contains(told, " "+want+" customer") {
						t.Errorf("%s %v: %d customers behind %q", slug, also, people.Len(), told)
					}
				}
			}
		}
	}
}

// marked is what the page says of the marked figure.
func marked(s *page.Screen) string {
	read := s.Do(action.Explain).Read
	return " " + read.Paragraphs[0]
}

func TestTheTopOfTheCurveIsItsPeople(t *testing.T) {
	t.Parallel()
	b := openBench(t)
	s := opened(t, b, "share", theme.New(true, theme.None), 120, 33)
	o := s.Do(action.AskPeople)
	people, err := b.Roster().List(t.Context(), session.PeopleRequest{Query: *o.People, Sort: session.ColumnMonetary, Descending: true}, nil)
	if err != nil {
		t.Fatal(err)
	}
	everybody, err := b.Roster().List(t.Context(), session.PeopleRequest{Sort: session.ColumnMonetary, Descending: true}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if want := (everybody.Len() + 4) / 5; people.Len() != want {
		t.Fatalf("the top 20%% are %d of %d", people.Len(), everybody.Len())
	}
	for i := range people.Len() {
		if people.At(i).Value != everybody.At(i).Value {
			t.Fatalf("number %d has %v, the best have %v", i+1, people.At(i).Value, everybody.At(i).Value)
		}
	}
}

// What is written is what the command prints; what is copied is what is drawn.
func TestAnswersAreWrittenAndCopied(t *testing.T) {
	t.Parallel()
	b := openBench(t)
	s := opened(t, b, "cross", theme.New(true, theme.None), 120, 33, action.AskGroup, action.AskAcross)
	for ending, has := range map[string]string{".csv": "row,col,customers,", ".json": `"cramers_v"`, ".md": "| HIGH |", ".html": "<table"} {
		path := filepath.Join(t.TempDir(), "answer"+ending)
		o := s.Do(action.AskExport)
		if o.Ask == nil {
			t.Fatalf("nothing is asked: %+v", o)
		}
		if told := work(t, s, o.Ask.Answer(path)); !strings.Contains(told.Note, path) {
			t.Errorf("told %q", told.Note)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), has) {
			t.Errorf("%s has no %q", ending, has)
		}
		if ending == ".json" && !json.Valid(text) {
			t.Errorf("%s is no JSON", text)
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s is %v, %v", ending, info.Mode(), err)
		}
	}
	if o := s.Do(action.AskExport).Ask.Answer("answer.xyz"); o.Err == nil {
		t.Error("an ending that says nothing is taken")
	}
	lines := strings.Split(s.Do(action.Copy).Copy, "\n")
	if !strings.Contains(lines[0], "\tall") || !strings.HasPrefix(lines[len(lines)-2], "all\t") {
		t.Errorf("copied %q", lines)
	}
}

// A page is asked anew when the scheme moves, and not when it comes to the front again.
func TestAPageFollowsTheScheme(t *testing.T) {
	t.Parallel()
	b := openBench(t)
	s := opened(t, b, "share", theme.New(true, theme.None), 120, 33)
	if o := s.Show(b.Frame()); o.Work != nil {
		t.Error("the same frame is asked about again")
	}
	before := strings.Join(s.Lines(), "\n")
	if _, err := b.Step(session.CutID{Value: true, Index: 1}, -3); err != nil {
		t.Fatal(err)
	}
	work(t, s, s.Show(b.Frame()))
	if after := strings.Join(s.Lines(), "\n"); after == before {
		t.Error("the tiers moved, and the page did not")
	}
}
