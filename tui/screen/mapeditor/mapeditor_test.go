package mapeditor_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"strata/model"
	"strata/tui/action"
	"strata/tui/screen"
	"strata/tui/screen/mapeditor"
	"strata/tui/session"
	"strata/tui/session/memory"
	"strata/tui/theme"
)

// editor is the screen on a workspace in memory, as the root shows it.
type editor struct {
	*mapeditor.Screen
	t     *testing.T
	bench *session.Bench
}

func open(t *testing.T, preset string, th *theme.Theme, width, height int) editor {
	t.Helper()
	s, err := session.New(t.Context(), memory.New(1, 3_000))
	if err != nil {
		t.Fatal(err)
	}
	b, err := s.OpenBench(t.Context(), nil, func() time.Time { return time.Unix(0, 0) })
	if err != nil {
		t.Fatal(err)
	}
	scheme, err := session.PresetNamed(preset)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Use(scheme); err != nil {
		t.Fatal(err)
	}
	e := editor{mapeditor.New("GBP", th), t, b}
	e.Open(b, "GBP")
	e.SetSize(width, height)
	e.Show(b.Frame())
	return e
}

// do performs actions, each of which must go well, and shows what came of them.
func (e editor) do(ids ...action.ID) (last screen.Outcome) {
	e.t.Helper()
	for _, id := range ids {
		last = e.took(e.Do(id))
	}
	return last
}

func (e editor) took(o screen.Outcome) screen.Outcome {
	e.t.Helper()
	if o.Work != nil {
		o = e.Took(o.Work(e.t.Context()))
	}
	if o.Err != nil {
		e.t.Fatal(o.Err)
	}
	if o.Edited {
		e.Show(e.bench.Frame())
	}
	return o
}

// answer performs an action that asks for a text, and gives it.
func (e editor) answer(id action.ID, text string) screen.Outcome {
	e.t.Helper()
	o := e.Do(id)
	if o.Ask == nil {
		e.t.Fatalf("%s asks nothing: %+v", id, o)
	}
	return e.took(o.Ask.Answer(text))
}

func (e editor) text() string { return ansi.Strip(strings.Join(e.Lines(), "\n")) }

// slugAt returns the segment of a cell on the map.
func (e editor) slugAt(cell string) string {
	f := e.bench.Frame()
	levels := f.Scheme.Levels
	n := 0
	for a := range levels {
		n = n*levels[a] + int(cell[a]-'1')
	}
	return f.Segments[f.CellSegments[n]].Slug
}

// painted is an editor after some work on the map.
func painted(t *testing.T, th *theme.Theme, width, height int) editor {
	e := open(t, "ten", th, width, height)
	e.answer(action.SegmentAdd, "Key accounts")
	e.do(action.Paint, action.PaintLeft, action.Paint, action.PaintDown, action.Paint)
	e.do(action.PaneNext, action.PaintDown, action.SegmentColor, action.SegmentColor, action.PaneNext)
	return e
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
				golden.RequireEqual(t, strings.Join(painted(t, th, size[0], size[1]).Lines(), "\n"))
			})
		}
	}
}

func TestGoldenStates(t *testing.T) {
	t.Parallel()
	plain := theme.New(true, theme.None)
	states := map[string]func(t *testing.T) editor{
		"all-slices": func(t *testing.T) editor {
			e := painted(t, plain, 120, 33)
			e.do(action.PaintSlice)
			return e
		},
		"all-slices-tall": func(t *testing.T) editor {
			e := painted(t, plain, 200, 57)
			e.do(action.PaintSlice)
			return e
		},
		"all-slices-small": func(t *testing.T) editor {
			e := painted(t, plain, 80, 21)
			e.do(action.PaintSlice)
			return e
		},
		"overlapping":       func(t *testing.T) editor { return open(t, "putler", plain, 120, 33) },
		"overlapping-small": func(t *testing.T) editor { return open(t, "putler", plain, 80, 21) },
		"falls":             func(t *testing.T) editor { return open(t, "rfm-r", plain, 120, 33) },
		"falls-small":       func(t *testing.T) editor { return open(t, "eleven", plain, 80, 21) },
		"wide-letters":      func(t *testing.T) editor { return open(t, "eight", plain, 80, 21) },
		"four-levels":       func(t *testing.T) editor { return open(t, "pymc", plain, 120, 33) },
		"nine-levels": func(t *testing.T) editor {
			e := open(t, "ten", plain, 80, 21)
			nine := model.Ten()
			nine.Levels = [model.Axes]int{9, 9, 9}
			if _, err := e.bench.Use(nine); err != nil {
				t.Fatal(err)
			}
			e.Show(e.bench.Frame())
			return e
		},
	}
	for name, state := range states {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			golden.RequireEqual(t, state(t).text())
		})
	}
}

// At every size and after every action the drawing fits exactly.
func TestLinesFit(t *testing.T) {
	t.Parallel()
	actions := []action.ID{
		action.PaintSlice, action.PaintLeft, action.Paint, action.PaneNext, action.PaintDown, action.SegmentColor,
		action.PaintUp, action.SegmentTier, action.PaintSlice, action.PaintPick,
	}
	for _, preset := range []string{"ten", "putler", "eight", "value"} {
		for _, colors := range []theme.Colors{theme.Full, theme.None} {
			e := open(t, preset, theme.New(true, colors), 80, 21)
			for width := 1; width < 240; width += 7 {
				for height := 1; height < 70; height += 6 {
					e.SetSize(width, height)
					if o := e.Do(actions[(width+height)%len(actions)]); o.Edited {
						e.Show(e.bench.Frame())
					}
					lines := e.Lines()
					if len(lines) != height {
						t.Fatalf("%d×%d has %d lines", width, height, len(lines))
					}
					for i, line := range lines {
						if got := ansi.StringWidth(line); got != width {
							t.Fatalf("%d×%d: line %d is %d wide: %q", width, height, i, got, ansi.Strip(line))
						}
					}
				}
			}
		}
	}
}

func TestPaintingWithKeys(t *testing.T) {
	t.Parallel()
	e := open(t, "ten", theme.New(true, theme.None), 80, 21)
	if got := e.Focused(); !strings.HasPrefix(got, "R5 F5 M5 Champions: ") {
		t.Errorf("marked is %q", got)
	}
	e.do(action.PaintDown, action.PaintDown, action.PaintLeft) // 345
	if e.slugAt("345") != "loyal" {
		t.Fatalf("345 is %s", e.slugAt("345"))
	}
	e.do(action.PaintPick, action.PaintUp, action.PaintUp)
	o := e.do(action.Paint)
	if !strings.HasPrefix(o.Note, "545 ") || !strings.HasSuffix(o.Note, "the map is now your own: value cuts no longer move it") || e.slugAt("545") != "loyal" || e.slugAt("544") != "champions" {
		t.Errorf("told %q; 545 is %s, 544 %s", o.Note, e.slugAt("545"), e.slugAt("544"))
	}
	e.do(action.PaintSlice) // all
	o = e.do(action.Paint)
	if !strings.HasPrefix(o.Note, "54* → Loyal, ") || e.slugAt("541") != "loyal" || e.slugAt("544") != "loyal" {
		t.Errorf("told %q; 541 is %s", o.Note, e.slugAt("541"))
	}
	e.do(action.PaneNext, action.PaintDown) // the brush is Can't lose
	if o := e.do(action.PaintPick); o.People == nil || o.People.Segment != "cant-lose" {
		t.Errorf("Enter on the list asks for %+v", o.People)
	}
	for range 20 {
		e.do(action.PaintDown)
	}
	o = e.do(action.PaneNext, action.Paint)
	if !strings.HasPrefix(o.Note, "54* Loyal → Others, ") || e.slugAt("543") != "others" {
		t.Errorf("told %q; 543 is %s", o.Note, e.slugAt("543"))
	}
	if text := e.text(); !strings.Contains(text, "5 cells in no segment  541  542") {
		t.Errorf("the check says nothing of it:\n%s", text)
	}
}

func TestEditingSegmentsWithKeys(t *testing.T) {
	t.Parallel()
	e := open(t, "ten", theme.New(true, theme.None), 120, 33)
	e.answer(action.SegmentAdd, "Key accounts")
	e.answer(action.SegmentName, "Named accounts")
	e.do(action.SegmentEarlier, action.SegmentEarlier, action.SegmentColor)
	f := e.bench.Frame()
	names := []string{f.Segments[0].Label, f.Segments[1].Label}
	if !slices.Equal(names, []string{"Champions", "Named accounts"}) || f.ColorOf("key-accounts") != 2 {
		t.Errorf("HIGH begins with %v, in colour %d", names, f.ColorOf("key-accounts"))
	}
	if o := e.do(action.SegmentTier); !strings.HasPrefix(o.Note, "Named accounts: HIGH → MID") {
		t.Errorf("told %q", o.Note)
	}
	e.do(action.SegmentLater)
	if o := e.do(action.SegmentDelete); o.Note != "Named accounts removed; it had no cells" {
		t.Errorf("told %q", o.Note)
	}
	if o := e.Do(action.MapValueCuts); o.Err == nil || !strings.Contains(o.Err.Error(), "value cuts no longer move it") {
		t.Errorf("value cuts of an own map: %+v", o)
	}
	if o := e.Do(action.SegmentAdd).Ask.Answer("champions"); model.CodeOf(o.Err) != model.Exists {
		t.Errorf("a name twice: %+v", o)
	}
}

func TestValueRuleWithKeys(t *testing.T) {
	t.Parallel()
	e := open(t, "ten", theme.New(true, theme.None), 80, 21)
	e.answer(action.MapWeights, "2 1 1")
	if v := e.bench.Frame().Scheme.Value; v.Weights != [3]int{2, 1, 1} {
		t.Errorf("weights %v", v.Weights)
	}
	e.answer(action.MapValueCuts, "9 15")
	if v := e.bench.Frame().Scheme.Value; v.Cuts != [2]int{9, 15} {
		t.Errorf("cuts %v", v.Cuts)
	}
	if o := e.Do(action.MapValueCuts).Ask.Answer("15 9"); o.Err == nil {
		t.Error("cuts the wrong way round are taken")
	}
}

func TestTakingAMapFromAFile(t *testing.T) {
	t.Parallel()
	e := open(t, "ten", theme.New(true, theme.None), 80, 21)
	path := filepath.Join(t.TempDir(), "map.csv")
	if err := os.WriteFile(path, []byte("cell,segment,tier\n5**,fresh,high\n[1-4]**,rest,low\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if o := e.answer(action.MapFile, path); !strings.HasPrefix(o.Note, "map from map.csv: 2 segments") || e.slugAt("511") != "fresh" {
		t.Errorf("told %q; 511 is %s", o.Note, e.slugAt("511"))
	}
	if err := os.WriteFile(path, []byte("cell,segment,tier\n5**,fresh,gold\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if o := e.answer(action.MapFile, path+".gone"); o.Read == nil || o.Edited || !strings.Contains(o.Read.Paragraphs[0], "map.csv.gone: no such file.") {
		t.Errorf("a file that is not there: %+v", o)
	}
	o := e.answer(action.MapFile, path)
	if o.Read == nil || o.Edited || !strings.Contains(strings.Join(o.Read.Paragraphs, " "), `map.csv: line 2, column 11 (tier): there is no tier "gold". To fix it: use high, mid, low or none.`) {
		t.Errorf("a wrong file: %+v", o.Read)
	}
	if o.Ask == nil || o.Ask.Value != path {
		t.Errorf("the path is not asked for again: %+v", o.Ask)
	}
	if text := e.text(); !strings.Contains(text, "Fr Fresh") || !strings.Contains(text, "Re Rest") {
		t.Errorf("the list is\n%s", text)
	}
}

func TestMouse(t *testing.T) {
	t.Parallel()
	e := open(t, "ten", theme.New(true, theme.None), 120, 33)
	at := func(row, col string) (x, y int) {
		for i, line := range strings.Split(e.text(), "\n") {
			if strings.Contains(line, "F1") && x == 0 {
				before, _, _ := strings.Cut(line, col)
				x = ansi.StringWidth(before)
			}
			if strings.HasPrefix(line, "│ "+row) {
				y = i
			}
		}
		return x, y
	}
	x, y := at("R2", "F3")
	e.took(e.Click(x, y))
	if got := e.Focused(); !strings.HasPrefix(got, "R2 F3 M5 ") {
		t.Fatalf("marked is %q", got)
	}
	for _, to := range []string{"F3", "F2", "F2", "F1"} {
		x, y = at("R2", to)
		e.took(e.Drag(x, y))
	}
	e.Release()
	x, y = at("R1", "F1")
	e.took(e.Drag(x, y))
	for cell, want := range map[string]string{"235": "champions", "225": "champions", "215": "champions", "115": "hibernating"} {
		if got := e.slugAt(cell); got != want {
			t.Errorf("%s is %s, want %s", cell, got, want)
		}
	}
	edits := 0
	for {
		if _, ok, err := e.bench.Undo(); err != nil || !ok {
			break
		}
		edits++
	}
	if edits != 3 {
		t.Errorf("%d edits for three cells", edits)
	}
	e.Show(e.bench.Frame())
	for i, line := range strings.Split(e.text(), "\n") {
		if before, _, found := strings.Cut(line, "At risk"); found {
			e.Click(ansi.StringWidth(before), i)
		}
	}
	if o := e.do(action.PaintPick); o.People == nil || o.People.Segment != "at-risk" {
		t.Errorf("a click on the list marks %+v", o.People)
	}
	for i, line := range strings.Split(e.text(), "\n") {
		if before, _, found := strings.Cut(line, "M2"); found {
			e.Click(ansi.StringWidth(before)+1, i+2)
		}
	}
	if text := e.text(); !strings.Contains(text, "M2 of 5") {
		t.Errorf("a click on a small slice does not show it:\n%s", text)
	}
	e.Wheel(5, 5, false)
	e.Wheel(5, 5, false)
	if text := e.text(); !strings.Contains(text, "M all 5") {
		t.Errorf("the wheel does not turn the slices")
	}
}

func TestExplainAndCopy(t *testing.T) {
	t.Parallel()
	e := open(t, "ten", theme.New(true, theme.None), 80, 21)
	said := func() string { return strings.Join(e.Do(action.Explain).Read.Paragraphs, "\n") }
	for _, want := range []string{"Recency scores 5 of 5: up to ", "Monetary scores 5 of 5: more than £", "It is Champions, in the tier HIGH. Its value score is 15", "MID begins at 8 and HIGH at 12"} {
		if !strings.Contains(said(), want) {
			t.Errorf("without %q:\n%s", want, said())
		}
	}
	e.do(action.PaintSlice)
	if !strings.Contains(said(), "The monetary score decides between Champions, ") {
		t.Errorf("of all slices:\n%s", said())
	}
	e.do(action.PaneNext, action.PaintDown)
	if text := said(); !strings.Contains(text, "In the tier HIGH, with the mark Lo.") || !strings.Contains(text, "11 cells of scores of recency, frequency and monetary: [4-5]53 ") {
		t.Errorf("of a segment:\n%s", text)
	}
	e.do(action.PaneNext, action.Paint)
	if !strings.Contains(said(), "It is Loyal, in the tier HIGH. This comes from your own map: ") {
		t.Errorf("of an own map:\n%s", said())
	}
	o := e.do(action.Copy)
	if rows := strings.Split(o.Copy, "\n"); len(rows) != 127 || rows[0] != "cell\tsegment\tlabel\ttier\tcolor\tcustomers\trevenue" || !strings.HasPrefix(rows[1], "555\tloyal\tLoyal\thigh\t\t") {
		t.Errorf("%d lines are copied, the first are %q", len(rows), rows[:2])
	}
}

// A frame stored by an older version has no cells.
func TestBeforeThereIsAMap(t *testing.T) {
	t.Parallel()
	s := mapeditor.New("GBP", theme.New(true, theme.None))
	s.SetSize(80, 21)
	if len(s.Lines()) != 21 || s.Focused() != "" {
		t.Error("without a frame the screen is not blank")
	}
	f := session.Frame{Scheme: model.Ten()}
	s.Show(&f)
	s.Do(action.Paint)
	s.Click(10, 10)
	if !strings.Contains(strings.Join(s.Lines(), ""), "counting") {
		t.Error("a frame without cells is drawn")
	}
}

// All cells and names lie in the drawing budget of a frame: 4 ms at 200×60.
func BenchmarkLines(b *testing.B) {
	s, err := session.New(b.Context(), memory.New(1, 3_000))
	if err != nil {
		b.Fatal(err)
	}
	f, err := s.Tiers(b.Context(), model.Ten())
	if err != nil {
		b.Fatal(err)
	}
	e := mapeditor.New("GBP", theme.New(true, theme.Full))
	e.SetSize(200, 57)
	for b.Loop() {
		e.Show(f)
		e.Lines()
	}
}
