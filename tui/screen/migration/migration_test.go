package migration_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"strata/model"
	"strata/model/words"
	"strata/tui/action"
	"strata/tui/screen"
	"strata/tui/screen/migration"
	"strata/tui/session"
	"strata/tui/session/memory"
	"strata/tui/theme"
)

var _ screen.Screen = (*migration.Screen)(nil)

// open makes a workbench over random customers.
func open(t testing.TB, customers int) *session.Bench {
	t.Helper()
	s, err := session.New(context.Background(), memory.New(7, customers))
	if err != nil {
		t.Fatal(err)
	}
	b, err := s.OpenBench(context.Background(), nil, func() time.Time { return time.Unix(0, 0) })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.Close() })
	return b
}

// step moves a cut.
func step(t testing.TB, b *session.Bench, axis model.Axis, index, n int) {
	t.Helper()
	if _, err := b.Step(session.CutID{Axis: axis, Index: index}, n); err != nil {
		t.Fatal(err)
	}
}

// moved is a workbench on which a few cuts have moved.
func moved(t testing.TB) *session.Bench {
	t.Helper()
	b := open(t, 1_200)
	step(t, b, model.Recency, 1, 14)
	step(t, b, model.Recency, 0, -9)
	step(t, b, model.Frequency, 2, 1)
	step(t, b, model.Monetary, 2, 20)
	return b
}

// finish does what an outcome asks for beside the keys.
func finish(t testing.TB, s *migration.Screen, o screen.Outcome) {
	t.Helper()
	for o.Work != nil {
		o = s.Took(o.Work(context.Background()))
	}
	if o.Err != nil {
		t.Fatal(o.Err)
	}
}

func show(t testing.TB, b *session.Bench, th *theme.Theme, width, height int, do ...action.ID) *migration.Screen {
	t.Helper()
	s := migration.New("GBP", th)
	s.SetSize(width, height)
	s.Open(b, "GBP")
	finish(t, s, s.Show(b.Frame()))
	for _, id := range do {
		finish(t, s, s.Do(id))
	}
	return s
}

func text(s *migration.Screen) string { return ansi.Strip(strings.Join(s.Lines(), "\n")) }

// onDay compares with an earlier day.
func onDay(t testing.TB, s *migration.Screen, day string) {
	t.Helper()
	ask := s.Do(action.FlowDays).Ask
	if ask == nil {
		t.Fatal("no day is asked for")
	}
	finish(t, s, ask.Answer(day))
}

func TestGoldenSizesAndThemes(t *testing.T) {
	t.Parallel()
	looks := map[string]*theme.Theme{
		"dark": theme.New(true, theme.Full), "light": theme.New(false, theme.Full),
		"sixteen": theme.New(true, theme.Sixteen), "none": theme.New(true, theme.None),
	}
	for _, size := range [][2]int{{80, 21}, {120, 33}, {200, 57}} {
		for name, th := range looks {
			t.Run(fmt.Sprintf("%dx%d-%s", size[0], size[1], name), func(t *testing.T) {
				t.Parallel()
				golden.RequireEqual(t, strings.Join(show(t, moved(t), th, size[0], size[1]).Lines(), "\n"))
			})
		}
	}
}

// The title counts those who move in the matrix below it, of tiers or of segments.
func TestTheTitleCountsWhatTheMatrixShows(t *testing.T) {
	t.Parallel()
	b := moved(t)
	m := b.Frame().Moves
	between := int64(0) // tiers, added up from the flows of segments
	for was, row := range m.Matrix[:len(m.Before)] {
		for now, flow := range row[:len(m.Now)] {
			if m.Before[was].Tier != m.Now[now].Tier {
				between += flow.Customers
			}
		}
	}
	if between == 0 || between == m.Customers {
		t.Fatalf("%d of %d move between tiers", between, m.Customers)
	}
	plain := theme.New(true, theme.None)
	titles := map[string]*migration.Screen{
		fmt.Sprintf(" %d move between tiers ", between): show(t, b, plain, 80, 21, action.FlowGroup),
		fmt.Sprintf(" %d move ", m.Customers):           show(t, b, plain, 120, 33),
	}
	for title, s := range titles {
		if first := s.Lines()[0]; !strings.Contains(first, title) {
			t.Errorf("%q is not in %q", title, first)
		}
	}
}

func TestGoldenStates(t *testing.T) {
	t.Parallel()
	plain := theme.New(true, theme.None)
	other := func(t *testing.T) *session.Bench {
		b := moved(t)
		eleven, err := session.PresetNamed("eleven")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := b.Use(eleven); err != nil {
			t.Fatal(err)
		}
		return b
	}
	window := func(t *testing.T) *session.Bench {
		b := moved(t)
		scheme := b.Frame().Scheme
		scheme.Spec.Window = model.Window{Days: 90}
		if err := b.Change("a window of 90 days", scheme); err != nil {
			t.Fatal(err)
		}
		return b
	}
	days := func(t *testing.T, width, height int) *migration.Screen {
		b := moved(t)
		s := show(t, b, plain, width, height)
		onDay(t, s, (b.Frame().AsOf - 60).String())
		return s
	}
	for name, draw := range map[string]func(t *testing.T) *migration.Screen{
		"segments": func(t *testing.T) *migration.Screen { return show(t, moved(t), plain, 80, 21, action.FlowGroup) },
		"revenue":  func(t *testing.T) *migration.Screen { return show(t, moved(t), plain, 120, 33, action.FlowValue) },
		"flows": func(t *testing.T) *migration.Screen {
			return show(t, moved(t), plain, 120, 33, action.PaneNext, action.FlowDown)
		},
		"row": func(t *testing.T) *migration.Screen {
			return show(t, moved(t), plain, 120, 33, slices.Repeat([]action.ID{action.FlowLeft}, 12)...)
		},
		"still":       func(t *testing.T) *migration.Screen { return show(t, open(t, 1_200), plain, 80, 21) },
		"other-map":   func(t *testing.T) *migration.Screen { return show(t, other(t), plain, 120, 33) },
		"window":      func(t *testing.T) *migration.Screen { return show(t, window(t), plain, 120, 33) },
		"days":        func(t *testing.T) *migration.Screen { return days(t, 80, 21) },
		"days-medium": func(t *testing.T) *migration.Screen { return days(t, 120, 33) },
		"days-wide":   func(t *testing.T) *migration.Screen { return days(t, 200, 57) },
		"loading": func(t *testing.T) *migration.Screen {
			f := *moved(t).Frame()
			f.Moves.Matrix, f.Stored = nil, true
			s := migration.New("GBP", plain)
			s.SetSize(80, 21)
			s.Show(&f)
			return s
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			golden.RequireEqual(t, strings.Join(draw(t).Lines(), "\n"))
		})
	}
}

// hostile are names that try to drive the terminal, to be too long, to be all
// alike, or to be nothing.
var hostile = []string{
	"\x1b[2J\x1b[H", "", "a very long name that no column of any table has room for", "重要价值客户需要特别关注", "same", "same", "\u202eturned", "\t", "🏿", "\u0300",
}

// At every size and after every action, whatever the names, the drawing fits.
func TestLinesFit(t *testing.T) {
	t.Parallel()
	b := moved(t)
	f := *b.Frame()
	f.Title = "\x1b]0;title\a a scenario with a name as long as names can be, and longer than most"
	name := func(all []model.Segment) []model.Segment {
		all = slices.Clone(all)
		for i := range all {
			all[i].Label = hostile[i%len(hostile)]
		}
		return all
	}
	f.Moves.Before, f.Moves.Now = name(f.Moves.Before), name(f.Moves.Now)
	actions := []action.ID{
		action.FlowGroup, action.FlowDown, action.FlowValue, action.PaneNext, action.FlowDown, action.FlowRight,
		action.FlowGroup, action.FlowLeft, action.FlowUp, action.FlowUp, action.PanePrevious, action.FlowLeft,
	}
	for _, frame := range []*session.Frame{b.Frame(), &f} {
		for width := 1; width < 240; width += 7 {
			for height := 1; height < 70; height += 6 {
				s := migration.New("GBP", theme.New(true, []theme.Colors{theme.Full, theme.Sixteen, theme.None}[width%3]))
				s.SetSize(width, height)
				s.Show(frame)
				for _, id := range actions[:(width+height)%len(actions)] {
					s.Do(id)
				}
				lines := s.Lines()
				if len(lines) != height {
					t.Fatalf("%d×%d has %d lines", width, height, len(lines))
				}
				for i, line := range lines {
					if got := ansi.StringWidth(line); got != width {
						t.Fatalf("%d×%d: line %d is %d wide: %q", width, height, i, got, ansi.Strip(line))
					}
				}
				s.Click(width/3, height/3)
				s.Wheel(width/2, height/2, false)
			}
		}
	}
}

// copiedRows reads the copied matrix: the figures of each row and the sums.
func copiedRows(t *testing.T, s *migration.Screen) [][]string {
	t.Helper()
	var rows [][]string
	for _, line := range strings.Split(strings.TrimSuffix(s.Do(action.Copy).Copy, "\n"), "\n")[1:] {
		rows = append(rows, strings.Split(line, "\t")[1:])
	}
	return rows
}

// After any steps the screen shows the frame's matrix: in what is copied, and in
// every figure that is drawn.
func TestTheMatrixFollowsTheFrame(t *testing.T) {
	t.Parallel()
	b := open(t, 900)
	s := show(t, b, theme.New(true, theme.Full), 200, 57)
	r := rand.New(rand.NewPCG(1, 2))
	for range 150 {
		f := b.Frame()
		id := session.CutID{Axis: model.Axis(r.IntN(int(model.Axes)))}
		id.Index = r.IntN(len(f.Cuts[id.Axis]))
		if _, err := b.Step(id, r.IntN(31)-15); err != nil {
			t.Fatal(err)
		}
		if r.IntN(10) == 0 {
			_, _, _ = b.Undo()
		}
		if r.IntN(20) == 0 {
			if err := b.SetBaseline(); err != nil {
				t.Fatal(err)
			}
		}
		s.Show(b.Frame())
		if why := sameMatrix(b.Frame(), copiedRows(t, s), text(s)); why != "" {
			t.Fatal(why)
		}
	}
}

func sameMatrix(f *session.Frame, rows [][]string, drawn string) string {
	sums := make([]int64, len(f.Moves.Now))
	for i, before := range f.Moves.Before {
		sum := int64(0)
		for j := range f.Moves.Now {
			flow := f.Moves.Matrix[i][j]
			sum += flow.Customers
			sums[j] += flow.Customers
			if rows[i][j] != strconv.FormatInt(flow.Customers, 10) {
				return fmt.Sprintf("%s → %s is %s, want %d", before.Label, f.Moves.Now[j].Label, rows[i][j], flow.Customers)
			}
		}
		line := lineOf(drawn, before.Label)
		for j := range f.Moves.Now {
			want := "·"
			if n := f.Moves.Matrix[i][j].Customers; n > 0 {
				want = words.Count(n)
			}
			if j >= len(line) || line[j] != want {
				return fmt.Sprintf("%s is drawn as %v, want %s in column %d", before.Label, line, want, j)
			}
		}
		if last := line[len(line)-1]; last != words.Count(sum) && !(sum == 0 && last == "·") {
			return fmt.Sprintf("%s is %d before, drawn as %v", before.Label, sum, line)
		}
	}
	for j := range sums {
		if rows[len(rows)-1][j] != strconv.FormatInt(sums[j], 10) {
			return fmt.Sprintf("%s is %s now, want %d", f.Moves.Now[j].Label, rows[len(rows)-1][j], sums[j])
		}
	}
	return ""
}

// lineOf returns the figures of the matrix's row with a name.
func lineOf(drawn, name string) []string {
	for line := range strings.Lines(drawn) {
		if rest, found := strings.CutPrefix(line, "│ "+name+" "); found {
			for _, end := range []string{"││", "│╭", "│╰"} { // of the pane
				rest, _, _ = strings.Cut(rest, end)
			}
			return strings.FieldsFunc(rest, func(r rune) bool { return strings.ContainsRune(" │▸◂\n", r) })
		}
	}
	return nil
}

// Every cell, head and flow lists exactly as many people as it says.
func TestWhoIsMarkedIsListed(t *testing.T) {
	t.Parallel()
	b := moved(t)
	scheme := b.Frame().Scheme
	scheme.Spec.Window = model.Window{Days: 60}
	if err := b.Change("a window", scheme); err != nil {
		t.Fatal(err)
	}
	if m := b.Frame().Moves; m.Left.Customers == 0 {
		t.Fatal("nobody has left: the test tells too little")
	}
	s := show(t, b, theme.New(true, theme.None), 200, 57)
	check := func(roster *session.Roster) {
		t.Helper()
		_, count, _ := strings.Cut(s.Focused(), ": ")
		o := s.Do(action.FlowPeople)
		if count == "0" {
			if o.People != nil {
				t.Fatalf("%s lists somebody", s.Focused())
			}
			return
		}
		if o.People.Among != nil {
			roster = o.People.Among
		}
		people, err := roster.List(t.Context(), session.PeopleRequest{Query: *o.People}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := words.Count(int64(people.Len())); got != count {
			t.Fatalf("%s lists %s: %+v", s.Focused(), got, *o.People)
		}
	}
	walk := func(roster *session.Roster) {
		t.Helper()
		for range 2 {
			for range 14 {
				s.Do(action.FlowUp)
				s.Do(action.FlowLeft)
			}
			for range 13 {
				for range 13 {
					check(roster)
					s.Do(action.FlowRight)
				}
				for range 14 {
					s.Do(action.FlowLeft)
				}
				s.Do(action.FlowDown)
			}
			s.Do(action.FlowGroup)
		}
		s.Do(action.PaneNext)
		for range 30 {
			check(roster)
			s.Do(action.FlowDown)
		}
		s.Do(action.PanePrevious)
	}
	walk(b.Roster())
	onDay(t, s, (b.Frame().AsOf - 40).String())
	walk(nil)
}

// Reasons come after the keys have rested, and never beside other figures.
func TestReasonsAreThoseOfTheFrame(t *testing.T) {
	t.Parallel()
	b := moved(t)
	s := migration.New("GBP", theme.New(true, theme.None))
	s.SetSize(120, 33)
	s.Open(b, "GBP")
	first := s.Show(b.Frame())
	if first.Work == nil || strings.Contains(text(s), "scores") {
		t.Fatal("reasons before they were looked for")
	}
	late := s.Took(first.Work(t.Context())).Work(t.Context())
	step(t, b, model.Recency, 1, 3)
	second := s.Show(b.Frame())
	if s.Took(late); strings.Contains(text(s), "scores") {
		t.Fatal("reasons of another frame")
	}
	finish(t, s, second)
	if !strings.Contains(text(s), "scores") {
		t.Errorf("no reasons:\n%s", text(s))
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	step(t, b, model.Recency, 1, 3)
	if got := s.Show(b.Frame()).Work(stopped); got != nil {
		t.Errorf("stopped work came to %v", got)
	}
}

func TestTwoDays(t *testing.T) {
	t.Parallel()
	b := moved(t)
	asOf := b.Frame().AsOf
	s := show(t, b, theme.New(true, theme.None), 120, 33)
	ask := s.Do(action.FlowDays).Ask
	for _, wrong := range []string{"yesterday", asOf.String(), (asOf + 1).String(), "2011-02-30"} {
		if o := ask.Answer(wrong); o.Err == nil {
			t.Errorf("%s is taken for an earlier day", wrong)
		}
	}
	onDay(t, s, (asOf - 60).String())
	for _, want := range []string{(asOf - 60).String() + " → " + asOf.String(), "two days", "behaviour", "rule"} {
		if !strings.Contains(text(s), want) {
			t.Errorf("%q is not told:\n%s", want, text(s))
		}
	}
	told := strings.Join(s.Do(action.Explain).Read.Paragraphs, "\n")
	for _, want := range []string{
		"As of " + (asOf - 60).String() + ", the rest of the workspace: not seen ", " (on or after " + (asOf - 60).String() + ").",
		"As of " + asOf.String() + ", the whole workspace is in the tiers.",
	} {
		if !strings.Contains(told, want) {
			t.Errorf("%q is not explained:\n%s", want, told)
		}
	}
	// A cut moves meanwhile: the days are compared anew, and the reasons stay away.
	step(t, b, model.Recency, 1, 2)
	o := s.Show(b.Frame())
	if !strings.Contains(text(s), "comparing with") {
		t.Error("nothing tells that the days are compared anew")
	}
	finish(t, s, o)
	if strings.Contains(text(s), "comparing with") || !s.Back() {
		t.Error("the comparison does not end")
	}
	if strings.Contains(text(s), "two days") || s.Back() {
		t.Errorf("Esc does not lead back to the schemes:\n%s", text(s))
	}
}

func TestTheMouseMarks(t *testing.T) {
	t.Parallel()
	s := show(t, moved(t), theme.New(true, theme.None), 120, 33, action.FlowGroup, action.FlowGroup)
	lines := strings.Split(text(s), "\n")
	for y, line := range lines {
		if strings.HasPrefix(line, "│ Loyal ") {
			s.Click(4, y)
		}
	}
	if got := s.Focused(); !strings.HasPrefix(got, "Loyal before: ") {
		t.Errorf("a click on a name marks %q", got)
	}
	for y, line := range lines {
		if before, _, found := strings.Cut(line, "Largest flows"); found {
			s.Click(ansi.StringWidth(before)+4, y+3)
		}
	}
	if got := s.Focused(); !strings.Contains(got, " → ") {
		t.Errorf("a click on a flow marks %q", got)
	}
	if o := s.Do(action.FlowPeople); o.People == nil || !o.People.Moved || o.People.Was == "" || o.People.Segment == "" {
		t.Errorf("its people are %+v", o.People)
	}
}

func TestExplainTellsTheMarkedCell(t *testing.T) {
	t.Parallel()
	read := show(t, moved(t), theme.New(true, theme.None), 120, 33).Do(action.Explain).Read
	if read == nil || !strings.Contains(read.Title, " → ") || !strings.Contains(strings.Join(read.Paragraphs, " "), "not won or lost") {
		t.Errorf("explained as %+v", read)
	}
}

// What a moved line costs on the way to the screen.
func BenchmarkLines(b *testing.B) {
	bench := moved(b)
	frames := []*session.Frame{bench.Frame()}
	step(b, bench, model.Recency, 1, 1)
	frames = append(frames, bench.Frame())
	s := migration.New("GBP", theme.New(true, theme.Full))
	s.SetSize(200, 57)
	i := 0
	for b.Loop() {
		s.Show(frames[i%2])
		s.Lines()
		i++
	}
}

// Nobody walks the flows: the largest is on top, whatever moved since and
// whichever day was compared.
func TestTheLargestFlowIsOnTop(t *testing.T) {
	t.Parallel()
	b := moved(t)
	s := show(t, b, theme.New(true, theme.None), 120, 33)
	onDay(t, s, "2012-07-15")
	finish(t, s, s.Show(b.Frame()))
	finish(t, s, s.Do(action.FlowDays)) // back to the schemes
	for n := range 12 {
		step(t, b, model.Axis(n%int(model.Axes)), 1, 1+n)
		finish(t, s, s.Show(b.Frame()))
		_, flows, _ := strings.Cut(text(s), "Largest flows")
		if !strings.Contains(flows, " 1–") && !strings.Contains(flows, "flow") {
			t.Fatalf("the list begins in the middle:\n%s", text(s))
		}
		if first, _, _ := strings.Cut(flows, " ─╮"); strings.Contains(first, " of ") && !strings.Contains(first, " 1–") {
			t.Fatalf("the list begins in the middle:\n%s", text(s))
		}
	}
}

// Segments are named where tiers are the rows, and a list that goes on says so.
func TestTheListOfFlowsSaysWhatItIs(t *testing.T) {
	t.Parallel()
	s := show(t, moved(t), theme.New(true, theme.None), 80, 21, action.FlowGroup)
	if got := text(s); !strings.Contains(got, "flows by segments") || !strings.Contains(got, "1–4 of 11 flows") {
		t.Errorf("it does not say what it lists:\n%s", got)
	}
}

// Two days are told with the name of the edited scheme, their shares with what
// they are shares of, and the rule with where its part comes from.
func TestTwoDaysSayWhatTheyCompare(t *testing.T) {
	t.Parallel()
	b := open(t, 1_200)
	for saved, want := range map[bool]string{true: "rule: none, no cut is recalculated", false: "recalculated each day: frequency, monetary; recency fixed"} {
		if saved {
			step(t, b, model.Recency, 1, 9)
			if err := b.SaveScenario("kept", "", false); err != nil {
				t.Fatal(err)
			}
		} else {
			ten, err := session.PresetNamed("ten")
			if err != nil {
				t.Fatal(err)
			}
			if _, err := b.Use(ten); err != nil {
				t.Fatal(err)
			}
			step(t, b, model.Recency, 1, 9)
		}
		s := show(t, b, theme.New(true, theme.None), 200, 57)
		o := s.Do(action.FlowDays).Ask.Answer("2011-06-15")
		for o.Work != nil {
			o = s.Took(o.Work(t.Context()))
		}
		if !strings.HasPrefix(o.Note, b.Frame().Title) || strings.Contains(o.Note, " * on") == saved {
			t.Errorf("told %q", o.Note)
		}
		if got := text(s); !strings.Contains(got, want) || !strings.Contains(got, "of all 1,200") && !strings.Contains(got, "both days: ") {
			t.Errorf("%q is not said:\n%s", want, got)
		}
	}
}

// The revenue of two days is told with its day, that of the gone with theirs, and
// the two are in no sum together; behaviour is told for what it is.
func TestTwoDaysDoNotAddRevenue(t *testing.T) {
	t.Parallel()
	b := open(t, 1_200)
	asOf := b.Frame().AsOf
	scheme := b.Frame().Scheme.Clone()
	scheme.Spec.Window = model.Window{Days: 450}
	if err := b.Change("a window", scheme); err != nil {
		t.Fatal(err)
	}
	s := show(t, b, theme.New(true, theme.None), 120, 45)
	onDay(t, s, (asOf - 60).String())
	s.Do(action.FlowValue)
	drawn := text(s)
	for _, want := range []string{
		"revenue as of " + asOf.String(), "Grouping of ", " on both days", "Sizes, ", " before → ", " now", "behaviour: by their own data (orders, or none since)",
	} {
		if !strings.Contains(drawn, want) {
			t.Errorf("%q is not told:\n%s", want, drawn)
		}
	}
	var rows [][]string
	for line := range strings.Lines(s.Do(action.Copy).Copy) {
		rows = append(rows, strings.Split(strings.TrimSuffix(line, "\n"), "\t"))
	}
	if want := ", gone as of " + (asOf - 60).String() + " and not in the totals"; !strings.Contains(rows[0][0], want) {
		t.Errorf("%q does not say %q", rows[0][0], want)
	}
	for _, row := range rows[1:] {
		var sum model.Money
		for col, cell := range row[1:] {
			m, err := model.ParseMoney(cell)
			if err != nil {
				t.Fatal(err)
			}
			switch {
			case col == len(row)-2 && m != sum:
				t.Errorf("%q does not add up to %s without the gone", row, sum)
			case rows[0][col+1] != "Gone":
				sum += m
			}
		}
	}
}

// The copied flows of two days name both, row by row.
func TestCopiedFlowsNameTheDays(t *testing.T) {
	t.Parallel()
	s := show(t, moved(t), theme.New(true, theme.None), 120, 33)
	s.Do(action.PaneNext)
	if header, _, _ := strings.Cut(s.Do(action.Copy).Copy, "\n"); strings.Contains(header, "as of") {
		t.Errorf("two schemes on one day: %q", header)
	}
	onDay(t, s, "2011-06-01")
	lines := strings.Split(s.Do(action.Copy).Copy, "\n")
	if !strings.HasSuffix(lines[0], "\twas as of\tnow as of") || !strings.Contains(lines[1], "\t2011-06-01\t20") {
		t.Errorf("copied:\n%s", strings.Join(lines[:2], "\n"))
	}
}
