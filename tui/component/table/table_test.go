package table_test

import (
	"cmp"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
	"pgregory.net/rapid"

	"strata/model"
	"strata/model/answer"
	"strata/tui/action"
	"strata/tui/component/table"
	"strata/tui/screen"
	"strata/tui/theme"
)

// shop is a row of a made-up table.
type shop struct {
	name     string
	orders   int64
	revenue  model.Money
	none     bool // no revenue is known
	part     int64
	day, why string
}

var columns = []answer.Column[shop]{
	{Key: "name", Title: "shop", In: answer.Everyone | answer.Screen, Of: func(s shop) answer.Value { return answer.Text(s.name) }},
	{Key: "orders", Title: "orders", In: answer.Everyone | answer.Screen, Of: func(s shop) answer.Value { return answer.Count(s.orders) }},
	{Key: "revenue", Title: "revenue", Short: "rev.", In: answer.Everyone | answer.Screen, Of: func(s shop) answer.Value { return answer.If(!s.none, answer.Money(s.revenue).As(answer.Exact)) }},
	{Key: "share", Title: "share", Light: 1, In: answer.Everyone | answer.Screen, Of: func(s shop) answer.Value { return answer.Share(s.part, 1000) }},
	{Key: "since", Title: "since", Light: 2, In: answer.Everyone | answer.Screen, Of: func(s shop) answer.Value { return answer.Text(s.day) }, Tone: func(shop) answer.Tone { return answer.Dim }},
	{Key: "why", Title: "why", Light: 3, In: answer.Everyone | answer.Screen, Of: func(s shop) answer.Value { return answer.Text(s.why) }},
	{Key: "inner", In: answer.Machines, Of: func(s shop) answer.Value { return answer.Count(s.part) }},
}

const (
	name = iota
	orders
	revenue
	share
)

func of(rows []shop) answer.View {
	t := answer.TableOf("shops", answer.Slice[shop](rows), columns)
	t.Symbol = "£"
	return t.In(answer.Screen)
}

var shops = []shop{
	{"Bern", 12, 12_345_600, false, 500, "2024-01-02", "as it was"},
	{"Aarau", 7, -50_000, false, 125, "2023-12-31", "closed"},
	{"=Zug", 12, 0, true, 0, "2024-03-01", strings.Repeat("a long story ", 25)},
	{"客户 é́", 1_200, 9_000_000_000, false, 375, "", "new"},
}

func made(rows []shop, width, height int) *table.Table {
	t := new(table.Table)
	t.SetSize(width, height)
	t.Show(of(rows))
	return t
}

func press(t *table.Table, ids ...action.ID) {
	for _, id := range ids {
		finish(first(t.Do(id)))
	}
}

func first(o screen.Outcome, _ bool) screen.Outcome { return o }

func finish(o screen.Outcome) screen.Outcome {
	for o.Work != nil {
		o, _ = table.Took(o.Work(contextOf))
	}
	return o
}

func write(t *table.Table, text string) {
	press(t, action.Filter)
	for _, r := range text {
		finish(t.Key(tea.KeyPressMsg(tea.Key{Text: string(r), Code: r})))
	}
}

func key(t *table.Table, code rune) { finish(t.Key(tea.KeyPressMsg(tea.Key{Code: code}))) }

// places are the rows of the view in the order that they are shown in.
func places(t *table.Table) []int {
	all := []int{}
	row, column, ok := t.Marked()
	press(t, action.ListFirst)
	for range t.Rows() {
		r, _, _ := t.Marked()
		all = append(all, r)
		press(t, action.ListDown)
	}
	if ok {
		t.Mark(row, column)
	}
	return all
}

func drawn(t *table.Table) string {
	return ansi.Strip(strings.Join(t.Lines(theme.New(true, theme.None), true), "\n"))
}

func TestGoldenSizesAndStates(t *testing.T) {
	t.Parallel()
	right := func(n int) []action.ID { return slices.Repeat([]action.ID{action.ColumnRight}, n) }
	for state, do := range map[string]func(*table.Table){
		"plain":    func(*table.Table) {},
		"sorted":   func(t *table.Table) { press(t, append(right(revenue), action.SortColumn, action.SortColumn)...) },
		"filtered": func(t *table.Table) { press(t, right(orders)...); write(t, ">10"); key(t, tea.KeyEnter) },
		"typing":   func(t *table.Table) { write(t, "客") },
		"nothing":  func(t *table.Table) { write(t, "zzz") },
		"last":     func(t *table.Table) { press(t, append(right(9), action.ListLast)...) },
	} {
		for _, width := range []int{20, 44, 76, 196} {
			for look, th := range map[string]*theme.Theme{"dark": theme.New(true, theme.Full), "light": theme.New(false, theme.Full), "none": theme.New(true, theme.None)} {
				t.Run(fmt.Sprintf("%s-%d-%s", state, width, look), func(t *testing.T) {
					t.Parallel()
					tab := made(shops, width, 6)
					do(tab)
					golden.RequireEqual(t, strings.Join(tab.Lines(th, true), "\n"))
				})
			}
		}
	}
}

// anyShops draws rows with every kind of letter, and figures that are often equal.
func anyShops(t *rapid.T) []shop {
	text := rapid.OneOf(rapid.StringN(0, 12, 40), rapid.SampledFrom([]string{"", "a", "B", "é", "e\u0301", "客户客户", "👩‍👩‍👧", "\x1b[2J", "\t", "=1+1", strings.Repeat("wide 客户 ", 40)}))
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) shop {
		return shop{
			text.Draw(t, "name"), rapid.OneOf(rapid.Int64Range(0, 3), rapid.Int64Range(0, 1<<62)).Draw(t, "orders"),
			model.Money(rapid.OneOf(rapid.Int64Range(-30_000, 30_000), rapid.Int64()).Draw(t, "revenue")),
			rapid.Bool().Draw(t, "none"), rapid.Int64Range(0, 1000).Draw(t, "part"), text.Draw(t, "day"), text.Draw(t, "why"),
		}
	}), 0, 30).Draw(t, "shops")
}

// Whatever is done to whatever rows, lines are as wide as their room, and the marked
// cell is on the screen.
func TestAnyKeysFit(t *testing.T) {
	t.Parallel()
	themes := []*theme.Theme{theme.New(true, theme.Full), theme.New(false, theme.Sixteen), theme.New(true, theme.None)}
	keys := []action.ID{
		action.ListUp, action.ListDown, action.ListPageDown, action.ListLast, action.ListFirst, action.ColumnLeft, action.ColumnRight, action.SortColumn,
		"type", "clear", "click", "wheel", "size", "hide", "show",
	}
	rapid.Check(t, func(r *rapid.T) {
		tab := made(anyShops(r), 80, 20)
		height := 20
		for range rapid.IntRange(1, 25).Draw(r, "keys") {
			switch id := rapid.SampledFrom(keys).Draw(r, "key"); id {
			case "type":
				write(tab, rapid.SampledFrom([]string{"a", ">", "<=2", "=0", ">50", "e\u0301", "客"}).Draw(r, "filter"))
				if rapid.Bool().Draw(r, "enter") {
					key(tab, tea.KeyEnter)
				}
			case "clear":
				tab.Back()
			case "click":
				if tab.Click(rapid.IntRange(-1, 90).Draw(r, "x"), rapid.IntRange(-1, 25).Draw(r, "y")) != "" {
					press(tab, action.SortColumn)
				}
			case "wheel":
				tab.Wheel(rapid.Bool().Draw(r, "up"))
			case "size":
				height = rapid.IntRange(0, 30).Draw(r, "height")
				tab.SetSize(rapid.IntRange(0, 120).Draw(r, "width"), height)
			case "hide":
				choose(tab, rapid.IntRange(0, 4).Draw(r, "column"))
			case "show":
				tab.Show(of(anyShops(r)))
			default:
				press(tab, id)
			}
			lines := tab.Lines(rapid.SampledFrom(themes).Draw(r, "theme"), rapid.Bool().Draw(r, "focused"))
			if len(lines) > height {
				r.Fatalf("%d lines in %d", len(lines), height)
			}
			for _, line := range lines {
				if got := ansi.StringWidth(line); got != tab.Width() {
					r.Fatalf("a line of %d in %d: %q", got, tab.Width(), line)
				}
			}
			_, column, ok := tab.Marked()
			if !ok || height < 3 || tab.Width() < 40 {
				continue
			}
			if at := strings.Count(strings.Join(tab.Lines(themes[0], true), "\n"), string(themes[0].Brand)); at != 1 && column > 0 {
				r.Fatalf("%d marked cells:\n%q", at, tab.Lines(themes[0], true))
			}
		}
	})
}

// choose chooses a column in what asks for them.
func choose(t *table.Table, column int) {
	o, _ := t.Do(action.Columns)
	finish(o.Choose.Options[column].Choose())
}

// exactly is what a row's figure is, as a ratio, and false without one.
func exactly(s shop, column int) (*big.Rat, bool) {
	switch column {
	case orders:
		return big.NewRat(s.orders, 1), true
	case revenue:
		return big.NewRat(int64(s.revenue), 10_000), !s.none
	}
	return big.NewRat(s.part, 1000), true
}

func TestSortingIsStableAndExact(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		rows := anyShops(r)
		tab := made(rows, 120, 10)
		column, descending := rapid.IntRange(name, share).Draw(r, "column"), rapid.Bool().Draw(r, "descending")
		tab.Mark(0, column)
		press(tab, action.SortColumn)
		if descending {
			press(tab, action.SortColumn)
		}
		want := make([]int, len(rows))
		for i := range want {
			want[i] = i
		}
		slices.SortStableFunc(want, func(a, b int) int {
			order := cmp.Compare(rows[a].name, rows[b].name)
			if column != name {
				x, has := exactly(rows[a], column)
				y, had := exactly(rows[b], column)
				if !has || !had { // last either way
					return map[bool]int{true: 0, false: map[bool]int{true: -1, false: 1}[has]}[has == had]
				}
				order = x.Cmp(y)
			}
			if descending {
				return -order
			}
			return order
		})
		if got := places(tab); !slices.Equal(got, want) {
			r.Fatalf("sorted %v, want %v", got, want)
		}
	})
}

// A total stays at its end of the table, and a group's rows stay beside their own, whichever
// way the table is sorted.
func TestRowsAreSortedWithinTheirBlock(t *testing.T) {
	t.Parallel()
	orders := []int64{90, 30, 50, 40, 20, 99, 5} // two totals, and blocks of two, two and one row
	blocks := []int{0, 1, 1, 2, 2, 3, 4}
	var rows []shop
	for _, n := range orders {
		rows = append(rows, shop{name: fmt.Sprint("shop ", n), orders: n})
	}
	shown := of(rows)
	shown.Block = func(row int) int { return blocks[row] }
	tab := new(table.Table)
	tab.SetSize(120, 20)
	tab.Show(shown)
	tab.Mark(0, 1)
	for _, want := range [][]int{{0, 1, 2, 4, 3, 5, 6}, {0, 2, 1, 3, 4, 5, 6}} {
		press(tab, action.SortColumn)
		if got := places(tab); !slices.Equal(got, want) {
			t.Errorf("sorted %v, want %v", got, want)
		}
	}
}

func TestFiltersAreWhatTheySay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		rows := anyShops(r)
		tab := made(rows, 120, 10)
		column := rapid.IntRange(orders, share).Draw(r, "column")
		relation := rapid.SampledFrom([]string{">", ">=", "<", "<=", "="}).Draw(r, "relation")
		typed := rapid.SampledFrom([]string{"0", "1", "2.5", "-1.2", "50", "1,000", "£3", "1k"}).Draw(r, "typed")
		than, _ := new(big.Rat).SetString(map[string]string{"1,000": "1000", "£3": "3", "1k": "1000"}[typed])
		if than == nil {
			than, _ = new(big.Rat).SetString(typed)
		}
		if column == share { // people read it in percent
			than.Quo(than, big.NewRat(100, 1))
		}
		want := []int{}
		for i, row := range rows {
			got, ok := exactly(row, column)
			if !ok {
				continue
			}
			order := got.Cmp(than)
			if map[string]bool{">": order > 0, ">=": order >= 0, "<": order < 0, "<=": order <= 0, "=": order == 0}[relation] {
				want = append(want, i)
			}
		}
		tab.Mark(0, column)
		write(tab, relation+typed)
		if got := places(tab); !slices.Equal(got, want) {
			r.Fatalf("%s%s in column %d: %v, want %v", relation, typed, column, got, want)
		}
		key(tab, tea.KeyEscape)
		if tab.Rows() != len(rows) {
			r.Fatalf("after Esc there are %d of %d rows", tab.Rows(), len(rows))
		}
	})
}

func TestATextIsFoundAnywhereInTheRow(t *testing.T) {
	t.Parallel()
	tab := made(shops, 120, 10)
	for text, want := range map[string][]int{"BERN": {0}, "2024": {0, 2}, "1,2": {0, 3}, "long story": {2}, "zzz": {}, "": {0, 1, 2, 3}} {
		write(tab, text)
		if got := places(tab); !slices.Equal(got, want) {
			t.Errorf("%q: rows %v, want %v", text, got, want)
		}
		if text == "2024" && !strings.Contains(drawn(tab), "2 of 4") {
			t.Errorf("no figure of how many:\n%s", drawn(tab))
		}
		key(tab, tea.KeyEscape)
	}
	press(tab, action.ColumnRight, action.ColumnRight, action.ColumnRight, action.ColumnRight)
	write(tab, ">=2024-01")
	if got := places(tab); !slices.Equal(got, []int{0, 2}) {
		t.Errorf("days are compared wrongly: %v", got)
	}
	if !strings.Contains(drawn(tab), "in since: 2 of 4") {
		t.Errorf("the column is not named:\n%s", drawn(tab))
	}
}

// The mark stays on its row while rows come and go, and the order, too.
func TestTheMarkStaysOnItsRow(t *testing.T) {
	t.Parallel()
	tab := made(shops, 120, 10)
	press(tab, action.ColumnRight, action.SortColumn)
	if head := strings.Split(drawn(tab), "\n")[0]; !strings.Contains(head, "orders▲") {
		t.Errorf("the head is %q", head)
	}
	tab.MarkRow(2)
	tab.Show(of(append(slices.Clone(shops), shop{name: "one more"})))
	if row, column, _ := tab.Marked(); row != 2 || column != orders {
		t.Errorf("the mark is on %d, %d", row, column)
	}
	if got := places(tab); !slices.Equal(got, []int{4, 1, 0, 2, 3}) {
		t.Errorf("the order is %v", got)
	}
	write(tab, "zug")
	key(tab, tea.KeyEnter)
	if !tab.Back() || tab.Back() {
		t.Error("Esc takes the filter away once")
	}
	if row, _, _ := tab.Marked(); row != 2 {
		t.Errorf("the mark is on %d", row)
	}
}

func TestAClickOnAHeadSorts(t *testing.T) {
	t.Parallel()
	tab := made(shops, 120, 10)
	before, _, _ := strings.Cut(strings.Split(drawn(tab), "\n")[0], "revenue")
	x := ansi.StringWidth(before) + 1
	if id := tab.Click(x, 0); id != action.SortColumn {
		t.Fatalf("it does %q", id)
	}
	press(tab, action.SortColumn)
	if got := places(tab); !slices.Equal(got, []int{1, 0, 3, 2}) {
		t.Errorf("the order is %v", got)
	}
	if id := tab.Click(x, 2); id != "" {
		t.Errorf("a click on a row does %q", id)
	}
	if row, column, _ := tab.Marked(); row != 0 || column != revenue {
		t.Errorf("it marks %d, %d", row, column)
	}
}

func TestPartsAreCopiedAndRowsWritten(t *testing.T) {
	t.Parallel()
	tab := made(shops, 120, 10)
	press(tab, action.ColumnRight, action.SortColumn, action.SortColumn)
	tab.MarkRow(2)
	choose(tab, 4) // why
	choose(tab, 3) // since
	var copied []string
	o, _ := tab.Do(action.CopyPart)
	for _, option := range o.Choose.Options {
		copied = append(copied, option.Choose().Copy)
	}
	want := []string{
		"12\n", "shop\torders\trevenue\tshare\n'=Zug\t12\t\t0\n", "orders\n1200\n12\n12\n7\n",
		"shop\torders\trevenue\tshare\n客户 é́\t1200\t900000.00\t0.375\nBern\t12\t1234.56\t0.5\n'=Zug\t12\t\t0\nAarau\t7\t-5.00\t0.125\n",
	}
	if !slices.Equal(copied, want) {
		t.Errorf("copied %q, want %q", copied, want)
	}
	if text, _ := tab.Copied(); text != "name\torders\trevenue\tshare\tinner\n'=Zug\t12\t\t0\t0\n" {
		t.Errorf("the row is copied as %q", text)
	}
	write(tab, "r")
	for ending, want := range map[string]string{
		".csv":  "name,orders,revenue,share,inner\nBern,12,1234.56,0.5,500\nAarau,7,-5.00,0.125,125\n",
		".json": `[{"name":"Bern","orders":12,"revenue":"1234.56","share":0.5,"inner":500},{"name":"Aarau","orders":7,"revenue":"-5.00","share":0.125,"inner":125}]`,
		".md":   "| shop | orders | revenue | share |\n| --- | ---: | ---: | ---: |\n| Bern | 12 | £1,234.56 | 50.0% |\n| Aarau | 7 | −£5.00 | 12.5% |\n\n",
	} {
		path := filepath.Join(t.TempDir(), "shops"+ending)
		o := finish(tab.Export("shops.csv").Ask.Answer(path))
		if !strings.HasPrefix(o.Note, "2 rows written to ") {
			t.Fatalf("%+v", o)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		got := string(text)
		if ending == ".json" {
			got = strings.Join(strings.Fields(got), "")
		}
		if got != want {
			t.Errorf("%s: %q, want %q", ending, got, want)
		}
	}
	if o := tab.Export("x").Ask.Answer("x.txt"); o.Err == nil {
		t.Error("a file that is none of these is written")
	}
}

// many are rows that nobody has stored, and how often they were asked for.
type many struct {
	n     int
	asked *int
}

func (m many) Len() int { return m.n }
func (m many) At(i int) shop {
	*m.asked++
	return shop{name: fmt.Sprint("shop ", i), orders: int64(i * 7919 % m.n), part: 1}
}

// Ten million rows are looked up as they are drawn; sorting and filtering them goes
// beside the keys and can be stopped.
func TestLongTablesAreLookedUpAsTheyAreDrawn(t *testing.T) {
	t.Parallel()
	asked := 0
	view := func(n int) answer.View {
		return answer.TableOf("shops", many{n, &asked}, columns).In(answer.Screen)
	}
	tab := new(table.Table)
	tab.SetSize(100, 30)
	tab.Show(view(10_000_000))
	asked = 0
	for _, id := range []action.ID{action.ListLast, action.ListPageUp, action.ListFirst, action.ListPageDown} {
		press(tab, id)
		tab.Lines(theme.New(true, theme.Full), true)
	}
	if asked > 4*60 {
		t.Errorf("%d rows are looked up for four screens", asked)
	}
	tab.Show(view(200_000))
	o, _ := tab.Do(action.SortColumn)
	if o.Work == nil {
		t.Fatal("a long table is sorted on the path of the keys")
	}
	if row, _, _ := tab.Marked(); row != 10_000_000-1 && row >= 200_000 {
		t.Errorf("the mark is on %d", row)
	}
	table.Took(o.Work(stopped))
	if strings.Contains(drawn(tab), "▲") {
		t.Error("the head says that the table is sorted, which was stopped")
	}
	press(tab, action.ColumnRight, action.SortColumn)
	if got := places(tab)[:3]; !slices.Equal(got, []int{0, at(1), at(2)}) {
		t.Errorf("sorted %v", got)
	}
	write(tab, "shop 19999")
	if tab.Rows() != 11 {
		t.Errorf("%d rows match", tab.Rows())
	}
}

// at is the row of many that has a number of orders.
func at(orders int) int {
	for i := range 200_000 {
		if i*7919%200_000 == orders {
			return i
		}
	}
	return -1
}

// Every column is within reach at every width, however light.
func TestTheMarkedColumnIsDrawn(t *testing.T) {
	t.Parallel()
	th := theme.New(true, theme.Full)
	for width := 30; width < 130; width += 3 {
		for column := range 6 {
			tab := made(shops, width, 6)
			tab.Mark(1, column)
			if out := strings.Join(tab.Lines(th, true), "\n"); strings.Count(out, string(th.Brand)) != 1 {
				t.Errorf("at %d cells column %d is not drawn:\n%s", width, column, ansi.Strip(out))
			}
		}
	}
}

// Figures that a float takes for the same are not the same.
func TestLargeFiguresAreComparedExactly(t *testing.T) {
	t.Parallel()
	const large = 1 << 60
	tab := made([]shop{{orders: large + 1}, {orders: large}, {orders: large + 2}}, 80, 10)
	press(tab, action.ColumnRight, action.SortColumn)
	if got := places(tab); !slices.Equal(got, []int{1, 0, 2}) {
		t.Errorf("sorted %v", got)
	}
	for text, want := range map[string]int{"0.1": 1, "9,007,199,254,740,993": 1, "12,345,678,901,234,567": 1, "123456789012345678": 0, "1e5": 0, "-": 0, "−£1.5M": 1, "12.5%": 1, "": 0} {
		if _, ok := answer.Figure(text); ok != (want == 1) {
			t.Errorf("%q is a figure: %t", text, ok)
		}
	}
}
