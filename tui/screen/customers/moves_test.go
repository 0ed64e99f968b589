package customers_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"strata/model"
	"strata/tui/action"
	"strata/tui/session"
)

// moved opens the screen on those who move when two cuts do.
func moved(t *testing.T, width, height int) (*page, *session.Bench) {
	t.Helper()
	b := bench(t, 300)
	for id, n := range map[session.CutID]int{{Axis: model.Recency, Index: 1}: -25, {Axis: model.Monetary, Index: 3}: 20} {
		if _, err := b.Step(id, n); err != nil {
			t.Fatal(err)
		}
	}
	p := open(t, b, plain(), width, height)
	p.took(p.List(session.PeopleQuery{Title: "who move", Moved: true}))
	return p, b
}

func TestMoversAreListedWithReasonAndDistance(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{80, 21}, {120, 33}, {200, 57}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			t.Parallel()
			p, b := moved(t, size[0], size[1])
			p.expect(fmt.Sprintf("%d customers", b.Frame().Moves.Customers), "was", "reason", "from line", "recency 4→3", " days")
			golden.RequireEqual(t, strings.Join(p.Lines(), "\n"))
		})
	}
}

// Where a reason does not fit, whole clauses of it are left out.
func TestReasonsAreCutAtClauses(t *testing.T) {
	t.Parallel()
	p, b := moved(t, 120, 33)
	c, err := b.CompareDays(15_180)(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	p.took(p.List(session.PeopleQuery{Title: "who move", Moved: true, Among: c.Roster()}))
	cut := 0
	for _, line := range strings.Split(p.text(), "\n") {
		at := strings.Index(line, "…")
		if at < 0 {
			continue
		}
		if cut++; !strings.HasSuffix(line[:at], ", ") {
			t.Errorf("cut in the middle: %s", line)
		}
	}
	if cut == 0 {
		t.Errorf("every reason fits:\n%s", p.text())
	}
}

// A list sorted by the reason is not asked to be once it is about everybody.
func TestColumnsOfMoversGoWithThem(t *testing.T) {
	t.Parallel()
	p, _ := moved(t, 120, 33)
	p.do(action.ColumnRight, action.ColumnRight, action.SortColumn)
	p.expect("reason▲")
	p.do(action.Explain)
	if read := p.last.Read; read == nil || !strings.Contains(read.Paragraphs[0], "another segment") {
		t.Errorf("the reason is not explained: %+v", read)
	}
	p.do(action.Everybody)
	p.expect("300 customers")
	if strings.Contains(p.text(), "reason") {
		t.Error("nobody moves here")
	}
}

// The people of two days stay those of two days, whatever happens to a cut.
func TestPeopleAmongThoseOfAComparison(t *testing.T) {
	t.Parallel()
	p, b := moved(t, 120, 33)
	c, err := b.CompareDays(15_180)(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	p.took(p.List(session.PeopleQuery{Title: "who move", Moved: true, Among: c.Roster()}))
	p.expect(fmt.Sprintf("%d customers", c.Moved.Customers), "behaviour: ")
	if _, err := b.Step(session.CutID{Axis: model.Recency, Index: 1}, 2); err != nil {
		t.Fatal(err)
	}
	p.took(p.Show(b.Frame()))
	p.expect(fmt.Sprintf("%d customers", c.Moved.Customers))
	p.do(action.PersonOpen)
	p.Back()
	p.took(p.List(session.PeopleQuery{Title: "new", Entered: true, Among: c.Roster()}))
	p.expect(fmt.Sprintf("%d customers", c.Split.New.Customers))
}

func TestMoversAreWritten(t *testing.T) {
	t.Parallel()
	p, b := moved(t, 80, 21)
	p.do(action.ExportPeople)
	path := filepath.Join(t.TempDir(), "movers.csv")
	told := p.Took(p.last.Ask.Answer(path).Work(t.Context()))
	if want := fmt.Sprintf("%d rows written", b.Frame().Moves.Customers); !strings.Contains(told.Note, want) {
		t.Errorf("%q, want %q", told.Note, want)
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil || int64(len(rows)) != b.Frame().Moves.Customers+1 {
		t.Fatalf("%d rows: %v", len(rows), err)
	}
	if header := strings.Join(rows[0][:4], ","); header != "customer,was,reason,distance" || rows[1][2] == "" || strings.Contains(rows[1][3], " ") {
		t.Errorf("%v then %v", rows[0], rows[1])
	}
}

// A list of two days names both: on the screen at any width, in what is copied and
// in what is written.
func TestListsOfTwoDaysNameThem(t *testing.T) {
	t.Parallel()
	for _, width := range []int{80, 120, 200} {
		p, b := moved(t, width, 33)
		c, err := b.CompareDays(15_180)(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		was, now := c.Before.AsOf.String(), c.After.AsOf.String()
		p.took(p.List(session.PeopleQuery{Title: "Potential loyalist → Need attention", Was: "potential-loyalist", Segment: "need-attention", Moved: true, Among: c.Roster()}))
		p.expect("Potential loyalist → Need attention · " + was + " → " + now)
		p.do(action.Copy)
		if copied := strings.Split(p.last.Copy, "\n"); !strings.HasSuffix(copied[0], "\twas as of\tnow as of") || !strings.HasSuffix(copied[1], "\t"+was+"\t"+now) {
			t.Errorf("copied %q", p.last.Copy)
		}
		p.do(action.ExportPeople)
		path := filepath.Join(t.TempDir(), "movers.csv")
		p.Took(p.last.Ask.Answer(path).Work(t.Context()))
		written, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if lines := strings.Split(string(written), "\n"); !strings.HasSuffix(lines[0], ",was as of,now as of") || !strings.HasSuffix(lines[1], ","+was+","+now) {
			t.Errorf("written:\n%s", written)
		}
		p.took(p.List(session.PeopleQuery{Title: "Loyal", Segment: "loyal"}))
		if title, _, _ := strings.Cut(p.text(), "\n"); strings.Contains(title, was) {
			t.Errorf("%s has nothing to do with this list: %s", was, title)
		}
	}
}
