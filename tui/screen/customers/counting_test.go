package customers_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"strata/model"
	"strata/tui/action"
	"strata/tui/session"
	"strata/tui/session/memory"
)

// earlier is a workbench over random customers, one of whom has orders of every
// kind, that looks back from an earlier day into a window and through a filter.
func earlier(tb testing.TB) (b *session.Bench, key string) {
	tb.Helper()
	store := memory.New(7, 300)
	o := store.AllOrders
	days := []model.Day{15_040, 15_100, 15_120, 15_121, 15_125, 15_180}
	customer := 0
	for int(o.Start[customer+1]-o.Start[customer]) != len(days) {
		customer++
	}
	first := int(o.Start[customer])
	for i := first; i < int(o.Start[customer+1]); i++ {
		o.Attributes["Channel"].Code[i] = 2 // web
	}
	copy(o.Day[first:], days)
	o.Flags[first+2], o.Value[first+2], o.Returned[first+2] = model.Return, 0, 20*model.Unit
	o.Value[first+3], o.Returned[first+3] = 0, 0
	o.Attributes["Channel"].Code[first+4] = 1 // shop
	s, err := session.New(tb.Context(), store)
	if err != nil {
		tb.Fatal(err)
	}
	scheme := model.Ten()
	scheme.Spec.AsOf, scheme.Spec.Window, scheme.Spec.Zero = 15_150, model.Window{Days: 100}, model.ZeroDrop
	scheme.Spec.Where = []model.Condition{{Attribute: "Channel", Values: []string{"web"}}}
	b, err = s.OpenBench(tb.Context(), &scheme, func() time.Time { return time.Unix(0, 0) })
	if err != nil {
		tb.Fatal(err)
	}
	return b, store.AllCustomers.Keys.At(customer)
}

func TestGoldenOrdersThatDoNotCount(t *testing.T) {
	t.Parallel()
	b, key := earlier(t)
	for _, size := range [][2]int{{80, 21}, {120, 33}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			t.Parallel()
			p := open(t, b, plain(), size[0], size[1])
			p.do(action.Filter).write(key)
			if p.key(tea.KeyEnter); !strings.HasPrefix(p.Focused(), key+":") {
				t.Fatalf("marked is %s, not %s", p.Focused(), key)
			}
			p.do(action.PersonOpen)
			golden.RequireEqual(t, strings.Join(p.Lines(), "\n")+"\n"+p.Focused())
		})
	}
}

// ofLines is a workbench that counts half of what every order is worth: that of its
// lines which are tea.
func ofLines(tb testing.TB) *session.Bench {
	tb.Helper()
	store := memory.New(7, 300)
	o, product := store.AllOrders, &model.Codes{Words: []string{"", "tea", "mug"}}
	lines := &model.Lines{Start: []int32{0}, Attributes: map[string]*model.Codes{"Product": product}}
	for i := range o.Len() {
		o.Flags[i], o.Returned[i] = model.Purchase, 0
		lines.Amount = append(lines.Amount, o.Value[i]/2, o.Value[i]-o.Value[i]/2)
		lines.Flags = append(lines.Flags, model.Purchase, model.Purchase)
		product.Code = append(product.Code, 1, 2)
		lines.Start = append(lines.Start, int32(lines.Len()))
	}
	store.AllLines = lines
	s, err := session.New(tb.Context(), store)
	if err != nil {
		tb.Fatal(err)
	}
	scheme := model.Ten()
	scheme.Spec.Where = []model.Condition{{Attribute: "Product", Values: []string{"tea"}}}
	scheme.Spec.AsOf = 15_250
	b, err := s.OpenBench(tb.Context(), &scheme, func() time.Time { return time.Unix(0, 0) })
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

// What counts of an order stands beside what it is worth, or in its place.
func TestGoldenOrdersThatCountInPart(t *testing.T) {
	t.Parallel()
	b := ofLines(t)
	for _, size := range [][2]int{{60, 13}, {80, 21}, {120, 33}, {200, 57}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			t.Parallel()
			p := open(t, b, plain(), size[0], size[1])
			p.do(action.PersonOpen)
			golden.RequireEqual(t, strings.Join(p.Lines(), "\n")+"\n"+p.Focused())
		})
	}
}

// The key by which an order is found is whole at every width.
func TestOrderKeysAreNeverCut(t *testing.T) {
	t.Parallel()
	b, key := earlier(t)
	for width := 60; width <= 200; width += 3 {
		p := open(t, b, plain(), width, 40)
		p.do(action.Filter).write(key)
		p.key(tea.KeyEnter)
		p.do(action.PersonOpen)
		text := ansi.Strip(strings.Join(p.Lines(), "\n"))
		if width >= 80 && !strings.Contains(text, "£20.00") {
			t.Errorf("at %d no value in\n%s", width, text)
		}
		for _, order := range []string{" o10 ", " o11 ", " o12 ", " o13 ", " o14 ", " o15 "} {
			if !strings.Contains(text, order) {
				t.Fatalf("at %d no order %s in\n%s", width, order, text)
			}
		}
	}
}

// A file and a copy of people say what is counted in them, where that is not
// everything.
func TestFilesAndCopiesSayWhatIsCounted(t *testing.T) {
	t.Parallel()
	b, _ := earlier(t)
	p := open(t, b, plain(), 120, 33)
	const want = "only Channel=web, last 100 days, zero values dropped, as of 2011-06-25"
	copied := p.Do(action.Copy).Copy
	if header, row, _ := strings.Cut(copied, "\n"); !strings.HasSuffix(header, "\tcounted") || !strings.Contains(row, "\t"+want) {
		t.Errorf("copied %q", copied)
	}
	path := filepath.Join(t.TempDir(), "people.csv")
	p.took(p.Do(action.ExportPeople).Ask.Answer(path))
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	if !strings.HasSuffix(lines[0], ",counted") {
		t.Errorf("columns %s", lines[0])
	}
	for _, line := range lines[1:] {
		if !strings.HasSuffix(line, `,"`+want+`"`) {
			t.Errorf("row %s", line)
		}
	}
}
