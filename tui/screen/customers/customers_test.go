package customers_test

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"strata/model"
	"strata/tui/action"
	"strata/tui/screen"
	"strata/tui/screen/customers"
	"strata/tui/session"
	"strata/tui/session/memory"
	"strata/tui/theme"
)

// bench opens a workbench over random customers.
func bench(tb testing.TB, n int) *session.Bench {
	tb.Helper()
	s, err := session.New(tb.Context(), memory.New(7, n))
	if err != nil {
		tb.Fatal(err)
	}
	b, err := s.OpenBench(tb.Context(), nil, func() time.Time { return time.Unix(0, 0) })
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

// page is the screen with what the root does for it: work is done at once.
type page struct {
	*customers.Screen
	tb   testing.TB
	last screen.Outcome
}

func open(tb testing.TB, b *session.Bench, th *theme.Theme, width, height int) *page {
	tb.Helper()
	p := &page{Screen: customers.New("GBP", th), tb: tb}
	p.SetSize(width, height)
	p.Open(b, "GBP")
	p.took(p.Show(b.Frame()))
	return p
}

func (p *page) took(o screen.Outcome) {
	p.tb.Helper()
	p.last = o
	if o.Err != nil {
		p.tb.Fatal(o.Err)
	}
	if o.Work != nil {
		p.took(p.Took(o.Work(p.tb.Context())))
		p.last = o
	}
}

func (p *page) do(ids ...action.ID) *page {
	p.tb.Helper()
	for _, id := range ids {
		p.took(p.Do(id))
	}
	return p
}

func (p *page) write(text string) *page {
	p.tb.Helper()
	for _, r := range text {
		p.took(p.Key(tea.KeyPressMsg{Code: r, Text: string(r)}))
	}
	return p
}

func (p *page) key(code rune) *page {
	p.tb.Helper()
	p.took(p.Key(tea.KeyPressMsg{Code: code}))
	return p
}

func (p *page) text() string { return ansi.Strip(strings.Join(p.Lines(), "\n")) }

func (p *page) expect(texts ...string) {
	p.tb.Helper()
	screen := p.text()
	for _, text := range texts {
		if !strings.Contains(screen, text) {
			p.tb.Errorf("%q is not on the screen:\n%s", text, screen)
		}
	}
}

func plain() *theme.Theme { return theme.New(true, theme.None) }

func TestGoldenSizesAndThemes(t *testing.T) {
	t.Parallel()
	b := bench(t, 300)
	looks := map[string]*theme.Theme{"dark": theme.New(true, theme.Full), "light": theme.New(false, theme.Full), "none": plain()}
	for _, size := range [][2]int{{80, 21}, {120, 33}, {200, 57}} {
		for name, th := range looks {
			t.Run(fmt.Sprintf("%dx%d-%s", size[0], size[1], name), func(t *testing.T) {
				t.Parallel()
				golden.RequireEqual(t, strings.Join(open(t, b, th, size[0], size[1]).do(action.ListDown).Lines(), "\n"))
			})
			t.Run(fmt.Sprintf("profile-%dx%d-%s", size[0], size[1], name), func(t *testing.T) {
				t.Parallel()
				golden.RequireEqual(t, strings.Join(open(t, b, th, size[0], size[1]).do(action.ListDown, action.PersonOpen).Lines(), "\n"))
			})
		}
	}
}

func TestGoldenStates(t *testing.T) {
	t.Parallel()
	b := bench(t, 300)
	right := []action.ID{action.ColumnRight, action.ColumnRight, action.ColumnRight, action.ColumnRight}
	for name, draw := range map[string]func(p *page){
		"sorted":    func(p *page) { p.do(right...).do(right...).do(action.SortColumn, action.SortColumn) },
		"typing":    func(p *page) { p.do(action.Filter).write("c12") },
		"matched":   func(p *page) { p.do(action.Filter).write("need").key(tea.KeyEnter) },
		"columns":   func(p *page) { p.toggle(0).toggle(4) },
		"nobody":    func(p *page) { p.took(p.List(session.PeopleQuery{Title: "Nobody", Segment: "none"})) },
		"no-match":  func(p *page) { p.do(action.Filter).write("zzz") },
		"behind":    func(p *page) { p.took(p.List(session.PeopleQuery{Title: "HIGH", Tier: model.TierHigh})) },
		"last-page": func(p *page) { p.do(action.ListLast) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := open(t, b, plain(), 80, 21)
			draw(p)
			golden.RequireEqual(t, strings.Join(p.Lines(), "\n"))
		})
	}
}

// At every size and in every state the drawing fits exactly.
func TestLinesFit(t *testing.T) {
	t.Parallel()
	b := bench(t, 60)
	for width := 1; width < 220; width += 9 {
		for height := 1; height < 62; height += 7 {
			p := open(t, b, plain(), width, height)
			check := func(state string) {
				lines := p.Lines()
				if len(lines) != height {
					t.Fatalf("%s at %d×%d has %d lines", state, width, height, len(lines))
				}
				for i, line := range lines {
					if got := ansi.StringWidth(line); got != width {
						t.Fatalf("%s at %d×%d: line %d is %d wide: %q", state, width, height, i, got, ansi.Strip(line))
					}
				}
			}
			check("the list")
			p.do(action.ColumnRight, action.ColumnRight, action.ColumnRight, action.ColumnRight, action.ListLast)
			check("another column")
			p.do(action.Filter).write("c1")
			check("typing")
			p.key(tea.KeyEnter).toggle(0)
			check("choosing columns")
			p.Back()
			p.do(action.PersonOpen)
			check("the profile")
		}
	}
}

func TestFilteringFollowsTheLetters(t *testing.T) {
	t.Parallel()
	p := open(t, bench(t, 300), plain(), 80, 21)
	p.do(action.ListDown, action.ListDown, action.Filter)
	if !p.Typing() {
		t.Fatal("nothing can be typed")
	}
	p.write("c29")
	p.expect("/ c29", "11 of 300")
	p.do(action.ListDown)
	p.key(tea.KeyEnter)
	if p.Typing() || p.Focused() != "c290: 2 of 11" {
		t.Errorf("typing %v, marked %q", p.Typing(), p.Focused())
	}
	if !p.Back() || p.Focused() != "c290: 291 of 300" {
		t.Errorf("after Esc %q is marked", p.Focused())
	}
	p.do(action.MatchNext)
	if p.Focused() != "c291: 292 of 300" {
		t.Errorf("the next match is %q", p.Focused())
	}
	p.do(action.MatchPrevious, action.MatchPrevious, action.MatchPrevious)
	if p.Focused() != "c299: 300 of 300" {
		t.Errorf("matches do not go round: %q", p.Focused())
	}
	if p.Back() {
		t.Error("there is a step back from the whole list")
	}
	p.do(action.Filter).write("c").key(tea.KeyEscape)
	p.expect("300 customers")
}

func TestSortingTurnsRound(t *testing.T) {
	t.Parallel()
	p := open(t, bench(t, 300), plain(), 120, 33)
	p.do(action.SortColumn)
	p.expect("customer▲")
	if p.Focused() != "c0: 1 of 300" {
		t.Errorf("first is %q", p.Focused())
	}
	p.do(action.SortColumn)
	p.expect("customer▼")
	if p.Focused() != "c99: 1 of 300" {
		t.Errorf("first is %q", p.Focused())
	}
}

func TestPeopleBehindASegment(t *testing.T) {
	t.Parallel()
	b := bench(t, 500)
	p := open(t, b, plain(), 120, 33)
	champions := b.Frame().Segments[0]
	p.took(p.List(session.PeopleQuery{Title: champions.Label, Segment: champions.Slug}))
	p.expect("Customers · Champions", fmt.Sprintf("%d customers", champions.Now.Customers))
	// A cut moves: the same query now means others.
	if _, err := b.Step(session.CutID{Axis: model.Recency, Index: 1}, 20); err != nil {
		t.Fatal(err)
	}
	p.took(p.Show(b.Frame()))
	p.expect(fmt.Sprintf("%d customers", b.Frame().Segments[0].Now.Customers))
	p.do(action.Everybody)
	p.expect("500 customers")
}

func TestProfileIsThatOfTheMarked(t *testing.T) {
	t.Parallel()
	b := bench(t, 300)
	p := open(t, b, plain(), 120, 33)
	p.do(action.ListDown, action.ListDown, action.PersonOpen)
	p.expect("Customer c2 ", "Bought by month", "City", "Aarau", "value score")
	if _, err := b.Step(session.CutID{Value: true, Index: 1}, -1); err != nil {
		t.Fatal(err)
	}
	p.took(p.Show(b.Frame()))
	p.expect("Customer c2 ")
	if got := p.do(action.Copy).last.Copy; got != "c2" {
		t.Errorf("copied %q", got)
	}
	if !p.Back() {
		t.Error("no step back from the profile")
	}
	p.expect("300 customers")
}

// A range that several scores share is told to its last word in the profile.
func TestSharedRangesWrapInTheProfile(t *testing.T) {
	t.Parallel()
	b := bench(t, 300)
	scheme := model.Ten()
	for a := range scheme.Cuts {
		scheme.Cuts[a].Method = model.MethodNTile
	}
	if err := b.Change("ntile", scheme); err != nil {
		t.Fatal(err)
	}
	p := open(t, b, plain(), 120, 33).do(action.PersonOpen)
	shared := regexp.MustCompile(`shared by\s+scores \d and \d`)
	for range 100 {
		var column []string
		for _, line := range strings.Split(p.text(), "\n") {
			column = append(column, strings.Trim(strings.SplitN(line, "││", 2)[0], "│ "))
		}
		text := strings.Join(column, " ")
		if told := strings.Contains(text, "shared"); told && len(shared.FindAllString(text, -1)) != strings.Count(text, "shared") {
			t.Fatalf("it is cut:\n%s", p.text())
		} else if told && !shared.MatchString(p.text()) {
			return // one that does not fit on a line
		}
		p.Back()
		p.do(action.ListDown, action.PersonOpen)
	}
	t.Error("no range is long enough to wrap")
}

// Where no cuts stand, the profile claims nothing of what leads elsewhere.
func TestTheProfileClaimsNothingWhereNoCutsStand(t *testing.T) {
	t.Parallel()
	for method, why := range map[model.Method]string{model.MethodNTile: "equal size", model.MethodNested: "nested"} {
		b := bench(t, 300)
		scheme := model.Ten()
		scheme.Cuts[model.Frequency].Method = method
		if err := b.Change("by "+string(method), scheme); err != nil {
			t.Fatal(err)
		}
		p := open(t, b, plain(), 120, 33)
		for range 40 {
			p.do(action.PersonOpen)
			text := p.text()
			if !strings.Contains(text, ": not known,") || !strings.Contains(text, why) || strings.Contains(text, "measure alone") || strings.Contains(text, "as they are") {
				t.Fatalf("%s:\n%s", method, text)
			}
			p.Back()
			p.do(action.ListDown)
		}
	}
}

// A figure of the marked column is compared, exactly those are shown, and the line says
// in which column.
func TestFiguresAreFiltered(t *testing.T) {
	t.Parallel()
	b := bench(t, 300)
	everybody, err := b.Roster().List(t.Context(), session.PeopleRequest{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for filter, holds := range map[string]func(session.Person) bool{
		">1000":      func(p session.Person) bool { return p.Monetary > 1000*model.Unit },
		"<=£121.97":  func(p session.Person) bool { return p.Monetary <= 121_9700 },
		"=1,764.44":  func(p session.Person) bool { return p.Monetary == 1_764_4400 },
		">=1.1k":     func(p session.Person) bool { return p.Monetary >= 1100*model.Unit },
		"> nonsense": func(session.Person) bool { return false },
	} {
		want := 0
		for i := range everybody.Len() {
			if holds(everybody.At(i)) {
				want++
			}
		}
		p := open(t, b, plain(), 120, 33)
		for range 9 {
			p.do(action.ColumnRight)
		}
		p.do(action.Filter).write(filter)
		p.expect(fmt.Sprintf("in monetary: %d of 300", want))
	}
	p := open(t, b, plain(), 120, 33)
	for range 10 {
		p.do(action.ColumnRight)
	}
	p.do(action.Filter).write(">=2011-12")
	p.expect("in last order: ", "2011-12-")
	if strings.Contains(p.text(), "2011-11-") {
		t.Errorf("days are compared wrongly:\n%s", p.text())
	}
}

// toggle shows a column, or no longer.
func (p *page) toggle(option int) *page {
	p.took(p.Do(action.Columns).Choose.Options[option].Choose())
	return p
}

// While the list is put together anew, no column shows another's values.
func TestColumnsKeepTheirValuesWhileTheyChange(t *testing.T) {
	t.Parallel()
	p := open(t, bench(t, 30), plain(), 120, 33)
	p.toggle(0).toggle(1)
	p.expect("City", "Channel", "Aarau", "web")
	late := p.Do(action.Columns).Choose.Options[0].Choose() // City goes; the answer is not there yet
	if text := p.text(); strings.Contains(text, "Aarau") || !strings.Contains(text, "web") {
		t.Errorf("a column shows another's values:\n%s", text)
	}
	p.took(late)
	p.expect("web")
}

func TestMouse(t *testing.T) {
	t.Parallel()
	p := open(t, bench(t, 300), plain(), 120, 33)
	for y, line := range strings.Split(p.text(), "\n") {
		if strings.Contains(line, " c5 ") {
			p.took(p.Click(5, y))
		}
	}
	if p.Focused() != "c5: 6 of 300" {
		t.Errorf("marked is %q", p.Focused())
	}
	p.Wheel(5, 5, false)
	if p.Focused() != "c8: 9 of 300" {
		t.Errorf("after the wheel %q", p.Focused())
	}
	header := strings.Split(p.text(), "\n")[1]
	before, _, _ := strings.Cut(header, "segment")
	p.took(p.Click(ansi.StringWidth(before)+1, 1))
	if got := p.do(action.Explain).last.Read; got == nil || got.Title != "segment" {
		t.Errorf("marked column is %+v", got)
	}
}

func TestHostileNamesStayOnTheirLine(t *testing.T) {
	t.Parallel()
	store := memory.New(7, 20)
	store.AllCustomers.Attributes["City"].Words[1] = "Ber\x1b[2Jlin\r\n\u202Eevil"
	s, err := session.New(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	b, err := s.OpenBench(t.Context(), nil, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	p := open(t, b, plain(), 120, 21)
	p.toggle(0)
	for _, p := range []*page{p, p.do(action.ListDown, action.ListDown, action.ListDown, action.PersonOpen)} {
		if out := strings.Join(p.Lines(), "\n"); strings.ContainsAny(out, "\r\u202E") || strings.Contains(out, "\x1b[2J") {
			t.Error("a name drives the terminal")
		}
	}
}

// broken is a workspace whose customers cannot be read while it says so.
type broken struct {
	*memory.Store
	says error
}

func (b *broken) Customers(ctx context.Context, attributes ...string) (*model.Customers, error) {
	if b.says != nil {
		return nil, b.says
	}
	return b.Store.Customers(ctx, attributes...)
}

func TestAListThatFailsCanBeTriedAgain(t *testing.T) {
	t.Parallel()
	store := &broken{Store: memory.New(7, 20)}
	s, err := session.New(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	b, err := s.OpenBench(t.Context(), nil, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	store.says = model.Errorf(model.Busy, "changed by another program")
	p := &page{Screen: customers.New("GBP", plain()), tb: t}
	p.SetSize(80, 21)
	p.Open(b, "GBP")
	if got := p.Took(p.Show(b.Frame()).Work(t.Context())); got.Err == nil {
		t.Error("the error is not told")
	}
	p.expect("could not be assembled")
	store.says = nil
	p.do(action.Everybody)
	p.expect("20 customers")
}

func BenchmarkLines1M(b *testing.B) {
	p := open(b, bench(b, 1_000_000), theme.New(true, theme.Full), 120, 33)
	for b.Loop() {
		p.Do(action.ListPageDown)
		p.Lines()
	}
}
