package cells_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"strata/tui/component/cells"
	"strata/tui/theme"
)

func TestCleanKeepsTextAndTakesWhatDrivesATerminal(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Champions":               "Champions",
		"重要价值 ● ≤13 £8.91M":       "重要价值 ● ≤13 £8.91M",
		"a\x1b[31mred\x1b]0;t\a":  "a[31mred]0;t",
		"two\nlines\tand\rmore":   "two lines and more",
		"c1 \u009b31m and bell\a": "c1 31m and bell",
		"turn\u202earound\u2069":  "turnaround",
		"zero\u200bwidth\ufeff":   "zerowidth",
		"broken \xff\xfe utf8":    "broken � utf8",
		"\u0903 alone":            "◌\u0903 alone",
	} {
		if got := cells.Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCleanLeavesNothingThatDrivesATerminal(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		got := cells.Clean(string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")))
		if !utf8.ValidString(got) {
			t.Fatalf("%q is not UTF-8", got)
		}
		for _, r := range got {
			if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
				t.Fatalf("%q holds %U", got, r)
			}
		}
	})
}

func TestWidthAgreesWithTheRenderer(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := cells.Clean(rapid.String().Draw(t, "text"))
		if got, want := cells.Width(text), ansi.StringWidth(text); got != want {
			t.Fatalf("Width(%q) = %d, the renderer counts %d", text, got, want)
		}
	})
	drawn := "▁▂▃▄▅▆▇█▏▎▍▌▋▊▉░▒▓╭╮╰╯│─━┃╌┄●▸▲▼·–—…≤×→←↑↓Δ£€¥"
	if got, want := cells.Width(drawn), utf8.RuneCountInString(drawn); got != want || ansi.StringWidth(drawn) != want {
		t.Errorf("the drawing characters take %d cells here and %d for the renderer, want %d", got, ansi.StringWidth(drawn), want)
	}
}

func TestLineIsAsWideAsItSays(t *testing.T) {
	t.Parallel()
	style := theme.New(true, theme.Full).Accent
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(0, 40).Draw(t, "width")
		line := cells.NewLine(width)
		for range rapid.IntRange(0, 6).Draw(t, "runs") {
			text := rapid.StringOf(rapid.RuneFrom([]rune("ab 王é\x1b\n…│█"))).Draw(t, "text")
			switch rapid.IntRange(0, 3).Draw(t, "how") {
			case 0:
				line.Put(style, text)
			case 1:
				line.PutRight("", text, rapid.IntRange(-3, 45).Draw(t, "end"))
			case 2:
				line.Skip(rapid.IntRange(-3, 12).Draw(t, "skip"))
			default:
				line.Repeat(style, "─", rapid.IntRange(-3, 45).Draw(t, "n"))
			}
		}
		got := line.String()
		if ansi.StringWidth(got) != width {
			t.Fatalf("%q takes %d cells, want %d", got, ansi.StringWidth(got), width)
		}
		if strings.ContainsAny(ansi.Strip(got), "\x1b\n") {
			t.Fatalf("%q holds control characters", got)
		}
	})
}

func TestFitMarksWhatWasCut(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text  string
		width int
		want  string
	}{
		{"Champions", 9, "Champions"},
		{"Champions", 5, "Cham…"},
		{"Champions", 0, ""},
		{"重要价值", 8, "重要价值"},
		{"重要价值", 7, "重要价…"},
		{"重要价值", 6, "重要…"},
	} {
		if got := cells.Fit(c.text, c.width); got != c.want {
			t.Errorf("Fit(%q, %d) = %q, want %q", c.text, c.width, got, c.want)
		}
	}
}

func TestOverlayKeepsWhatLiesBeside(t *testing.T) {
	t.Parallel()
	accent := theme.New(true, theme.Full).Accent
	lines := []string{accent.Text("0123456789"), accent.Text("abcdefghij"), "ABCDEFGHIJ"}
	cells.Overlay(lines, []string{"[==]", "[==]"}, 3, 1, 4)
	for i, want := range []string{"0123456789", "abc[==]hij", "ABC[==]HIJ"} {
		if got := ansi.Strip(lines[i]); got != want {
			t.Errorf("line %d is %q, want %q", i, got, want)
		}
	}
	if !strings.Contains(lines[1], string(accent)+"hij") {
		t.Errorf("what follows the box lost its style: %q", lines[1])
	}
}

// An edge that runs through a wide letter leaves a blank of it.
func TestOverlayCutsNoWideLetterInHalf(t *testing.T) {
	t.Parallel()
	for x, want := range map[int]string{0: "[=] 组ab", 1: " [=]组ab", 2: "客[=] ab", 3: "客 [=]ab"} {
		lines := []string{"客户组ab"}
		cells.Overlay(lines, []string{"[=]"}, x, 0, 3)
		if lines[0] = ansi.Strip(lines[0]); lines[0] != want || ansi.StringWidth(lines[0]) != 8 {
			t.Errorf("at %d: %q, want %q", x, lines[0], want)
		}
	}
}

func TestWrapKeepsDaysWhole(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"seen until 2011-09-01, not later": {"seen until", "2011-09-01, not", "later"},
		"a well-known day":                 {"a well-known day"},
		"it was the best-known day":        {"it was the best-", "known day"},
		"a 1‑2 b 2011-09-01":               {"a 1‑2 b 2011-09-", "01"},
	} {
		if got := cells.Wrap(text, 16); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// A flag stays whole, so that it can be copied.
func TestWrapKeepsFlagsWhole(t *testing.T) {
	t.Parallel()
	got := strings.Join(cells.Wrap("well-known orders: --order-numbers unique joins", 20), "|")
	if want := "well-known orders:|--order-numbers|unique joins"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// A drawing that is cut within a wide letter leaves its line as wide as it is.
func TestJoinCutsWideLetters(t *testing.T) {
	t.Parallel()
	for width := range 8 {
		if line := cells.NewLine(width).Join("a客客客", 7).String(); cells.Width(line) != width {
			t.Errorf("%q is %d wide, want %d", line, cells.Width(line), width)
		}
	}
}
