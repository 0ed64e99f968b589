package main

import (
	"bytes"
	"strings"
	"testing"
)

func TestLinesAreBrokenAtBlanks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		line  string
		width int
		want  string
	}{
		{"short", 20, "short"},
		{"any width at all is wide enough", 0, "any width at all is wide enough"},
		{"541,909 rows read, 2010-12-01 and on", 20, "541,909 rows read,|  2010-12-01 and on"},
		{"  set it with --order-numbers unique", 20, "  set it with|    --order-numbers|    unique"},
		{"note: a word more than has room", 18, "note: a word more|      than has|      room"},
		{"recency      cuts 14 / 33 / 72 days", 30, "recency      cuts 14 / 33 / 72|             days"},
		{"/a/path/that/is/much/too/wide then", 20, "/a/path/that/is/much/too/wide|  then"},
		{"客户 客户 客户 客户", 12, "客户 客户|  客户 客户"},
	} {
		if got := strings.ReplaceAll(wrapped(c.line, c.width), "\n", "|"); got != c.want {
			t.Errorf("%q at %d: %q, want %q", c.line, c.width, got, c.want)
		}
	}
}

// However the text comes in pieces, it is wrapped as a whole.
func TestPiecesAreWrappedAsOne(t *testing.T) {
	t.Parallel()
	const text = "one line that is long\n\nand another one of these\nend without"
	const want = "one line\n  that is\n  long\n\nand\n  another\n  one of\n  these\nend\n  without"
	for size := 1; size <= len(text); size++ {
		var out bytes.Buffer
		w := &wrapping{to: &out, width: 9}
		for rest := text; rest != ""; rest = rest[min(size, len(rest)):] {
			piece := rest[:min(size, len(rest))]
			if n, err := w.Write([]byte(piece)); n != len(piece) || err != nil {
				t.Fatal(n, err)
			}
		}
		if err := w.flush(); err != nil || out.String() != want {
			t.Fatalf("in pieces of %d:\n%s", size, out.String())
		}
	}
}

func TestTablesFitATerminal(t *testing.T) {
	t.Parallel()
	draw := func(edge int) string {
		table := newTable("", "customers", "orders", "because of what")
		table.right(1, 2)
		table.short, table.least = map[int]string{1: "cust."}, []int{2}
		table.row("HIGH", "1,163", "12,129", "recency 73 to 90 days now scores 3")
		table.row("LOW", "9", "8", "")
		widths, err := (&app{}).widths(table)
		if err != nil {
			t.Fatal(err)
		}
		lines := table.lines(table.narrow(widths, edge), widths, edge)
		for _, row := range table.rows {
			lines = append(lines, table.lines(row, widths, edge)...)
		}
		return strings.Join(lines, "\n")
	}
	for edge, want := range map[int]string{
		70: "      customers  orders  because of what\n" +
			"HIGH      1,163  12,129  recency 73 to 90 days now scores 3\n" +
			"LOW           9       8",
		55: "      cust.  orders  because of what\n" +
			"HIGH  1,163  12,129  recency 73 to 90 days now scores 3\n" +
			"LOW       9       8",
		50: "      cust.  because of what\n" +
			"HIGH  1,163  recency 73 to 90 days now scores 3\n" +
			"LOW       9",
		40: "      cust.  because of what\n" +
			"HIGH  1,163  recency 73 to 90 days now\n" +
			"               scores 3\n" +
			"LOW       9",
	} {
		if got := draw(edge); got != want {
			t.Errorf("at %d:\n%s\nwant\n%s", edge, got, want)
		}
	}
}
