package text_test

import (
	"strings"
	"testing"

	"strata/model/answer"
	"strata/model/answer/text"
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
		if got := strings.ReplaceAll(text.Wrap(c.line, c.width), "\n", "|"); got != c.want {
			t.Errorf("%q at %d: %q, want %q", c.line, c.width, got, c.want)
		}
	}
}

func TestTablesFitATerminal(t *testing.T) {
	t.Parallel()
	draw := func(edge int) string {
		g := text.Grid{
			Header: []string{"", "customers", "orders", "because of what"}, Right: []int{1, 2},
			Short: map[int]string{1: "cust."}, Light: [][]int{{2}},
			Rows: answer.Slice[[]string]{{"HIGH", "1,163", "12,129", "recency 73 to 90 days now scores 3"}, {"LOW", "9", "8", ""}},
		}
		var out strings.Builder
		if err := g.Write(&out, edge, nil); err != nil {
			t.Fatal(err)
		}
		return strings.TrimSuffix(out.String(), "\n")
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
			"LOW       9\n" +
			"left out for lack of room: orders; widen the\n" +
			"  window, or use --format csv",
		40: "      cust.  because of what\n" +
			"HIGH  1,163  recency 73 to 90 days now\n" +
			"               scores 3\n" +
			"LOW       9\n" +
			"left out for lack of room: orders; widen\n" +
			"  the window, or use --format csv",
	} {
		if got := draw(edge); got != want {
			t.Errorf("at %d:\n%s\nwant\n%s", edge, got, want)
		}
	}
}

func TestGridsAreCutAtTheEdge(t *testing.T) {
	t.Parallel()
	for width, want := range map[int]string{0: "客户,2024", 4: "客…", 5: "客户…", 20: "客户,2024"} {
		g := text.Grid{Header: []string{"客户,2024"}, Rows: answer.Slice[[]string]{}, Cut: true}
		var out strings.Builder
		if err := g.Write(&out, width, nil); err != nil || out.String() != want+"\n" {
			t.Errorf("at %d: %q, want %q", width, out.String(), want)
		}
	}
}

// One long text in a table leaves the others their columns, and is there to its last
// letter.
func TestLongTextsGetSeveralLines(t *testing.T) {
	t.Parallel()
	draw := func(edge int, label string) string {
		g := text.Grid{
			Header: []string{"customer", "orders", "tier"}, Right: []int{1}, Light: [][]int{{1}},
			Rows: answer.Slice[[]string]{{label, "1,234", "HIGH"}, {"ann", "9", "LOW"}},
		}
		var out strings.Builder
		if err := g.Write(&out, edge, nil); err != nil {
			t.Fatal(err)
		}
		return strings.TrimSuffix(out.String(), "\n")
	}
	for _, c := range []struct {
		label string
		edge  int
		want  string
	}{
		{strings.Repeat("K", 50), 40, "" +
			"customer              orders  tier\n" +
			"KKKKKKKKKKKKKKKKKKKK   1,234  HIGH\n" +
			"KKKKKKKKKKKKKKKKKKKK\n" +
			"KKKKKKKKKK\n" +
			"ann                        9  LOW"},
		{"  " + strings.Repeat("王", 21), 40, "" +
			"customer              orders  tier\n" +
			"  王王王王王王王王王   1,234  HIGH\n" +
			"  王王王王王王王王王\n" +
			"  王王王\n" +
			"ann                        9  LOW"},
		{strings.Repeat("e\u0301", 42), 40, "" +
			"customer              orders  tier\n" +
			strings.Repeat("e\u0301", 20) + "   1,234  HIGH\n" +
			strings.Repeat("e\u0301", 20) + "\n" +
			"e\u0301e\u0301\n" +
			"ann                        9  LOW"},
		{"/home/ann/shop/orders.csv", 30, "" +
			"customer              tier\n" +
			"/home/ann/shop/       HIGH\n" +
			"orders.csv\n" +
			"ann                   LOW\n" +
			"left out for lack of room:\n" +
			"  orders; widen the window, or\n" +
			"  use --format csv"},
	} {
		if got := draw(c.edge, c.label); got != c.want {
			t.Errorf("%s at %d:\n%s\nwant\n%s", c.label, c.edge, got, c.want)
		}
	}
}
