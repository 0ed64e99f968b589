package data_test

import (
	"context"
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"strata/model"
	"strata/tui/action"
	"strata/tui/screen"
	"strata/tui/screen/data"
	"strata/tui/screen/tiers/tierstest"
	"strata/tui/session"
	"strata/tui/theme"
)

// open returns the screen at a size with everything read.
func open(t *testing.T, b data.Bench, width, height int) *data.Screen {
	t.Helper()
	s := data.New(theme.New(true, theme.None))
	s.SetSize(width, height)
	s.Open(b, "GBP")
	finish(t, s, s.Show(nil))
	return s
}

// finish does the work of an outcome, and what that leads to, and returns the
// last outcome.
func finish(t *testing.T, s *data.Screen, o screen.Outcome) screen.Outcome {
	t.Helper()
	for o.Work != nil {
		o = s.Took(o.Work(t.Context()))
	}
	return o
}

func do(s *data.Screen, ids ...action.ID) (o screen.Outcome) {
	for _, id := range ids {
		o = s.Do(id)
	}
	return o
}

func expect(t *testing.T, s *data.Screen, texts ...string) {
	t.Helper()
	drawn := ansi.Strip(strings.Join(s.Lines(), "\n"))
	for _, text := range texts {
		if !strings.Contains(drawn, text) {
			t.Errorf("%q is not on the screen:\n%s", text, drawn)
		}
	}
}

func TestFilesAreListedWithTheirAccount(t *testing.T) {
	t.Parallel()
	s := open(t, tierstest.New(), 120, 33)
	expect(t, s, "OnlineRetail.csv.gz", "541,909", "400", "more.csv", "order = InvoiceNo", "5,268 exact duplicates, counted", "d48cf10c")
	do(s, action.ListDown)
	expect(t, s, "12,000 accepted (7 repaired)", "windows-1252")
	if o := do(s, action.ShowMarked); o.Note != "every row of this file was accepted" {
		t.Errorf("Enter on a file without refused rows: %+v", o)
	}
}

// told is a bench with what imports had to tell, and the money of refused rows.
type told struct{ *tierstest.Bench }

func (b told) Sources(ctx context.Context) ([]model.Source, error) {
	sources, err := b.Bench.Sources(ctx)
	s := &sources[0]
	s.Bought, s.RefusedValue, s.RefusedReturned, s.RefusedValued = 8_911_407_9040, 1_755_276_6400, 307_594_5200, 400
	for _, text := range []string{"\"Status\" says\x1b[2J that 2 of 4 rows are no sales", "two", "three", "four", "five", "six"} {
		s.Warnings = append(s.Warnings, model.Warning{Message: text})
	}
	sources[1].Repeated = 9
	return sources, err
}

// few is a bench with a file of few rows, of which many were refused.
type few struct{ *tierstest.Bench }

func (b few) Sources(ctx context.Context) ([]model.Source, error) {
	sources, err := b.Bench.Sources(ctx)
	sources[0].Rows, sources[0].Rejected, sources[0].Bytes = 10, 4, 1_234_567
	return sources, err
}

func TestSharesAreOfTheRowsThatWereRead(t *testing.T) {
	t.Parallel()
	expect(t, open(t, few{tierstest.New()}, 160, 33), "4, 40.0% of the rows", "10 read", "1,234,567 bytes")
}

func TestNoticesAndRefusedMoneyStandBesideTheirFile(t *testing.T) {
	t.Parallel()
	s := open(t, told{tierstest.New()}, 160, 33)
	expect(t, s, "notices", "\"Status\" says", "that 2 of 4 rows are no sales", "four", "and 2 more: [w] has all",
		"£1.76M bought, £308k returned: 16.5% of the purchases in this file; [Enter] shows which and why")
	drawn := strings.Join(s.Lines(), "\n")
	if strings.Contains(drawn, "five") || strings.Contains(drawn, "\x1b[2J") {
		t.Errorf("more than there is room for, or control characters:\n%q", drawn)
	}
	if line := ansi.Strip(s.Lines()[2]); !regexp.MustCompile(`400 +6 `).MatchString(line) {
		t.Errorf("the file's notices are not counted: %s", line)
	}
	if head := ansi.Strip(s.Lines()[1]); !strings.Contains(head, "repaired") || strings.Contains(head, "corrected") {
		t.Errorf("the columns are called %s", head)
	}
	do(s, action.ListDown)
	expect(t, s, "none from the import of this file; [w] has those of the tiers")
	expect(t, s, "12,000 accepted (7 repaired; 9 left out: an earlier file brought their orders)")
	if drawn := ansi.Strip(strings.Join(s.Lines(), "\n")); strings.Contains(drawn, "Status") {
		t.Errorf("another file's notices:\n%s", drawn)
	}
}

func TestReasonsChooseRows(t *testing.T) {
	t.Parallel()
	s := open(t, tierstest.New(), 120, 33)
	do(s, action.PageNext)
	expect(t, s, "any reason", "no-customer", "398   99.5%", "400  100.0%", "400 refused rows")
	if strings.Contains(ansi.Strip(strings.Join(s.Lines(), "")), " file ") {
		t.Error("all rows are of one file, and each line names it")
	}
	do(s, action.ListDown, action.ListDown, action.ShowMarked)
	expect(t, s, "1 refused row · bad-amount", "the quantity is no number")
	if got := s.Focused(); got != "line 714 of OnlineRetail.csv.gz" {
		t.Errorf("the marked row is %q", got)
	}
	whole := do(s, action.ShowMarked)
	if whole.Read == nil || !strings.Contains(whole.Read.Paragraphs[0], "column Quantity") {
		t.Errorf("the row in full is %+v", whole.Read)
	}
	for _, want := range []string{"1 refused row", "400 refused rows", "Imported files"} {
		if !s.Back() {
			t.Errorf("there is no step back before %q", want)
		}
		expect(t, s, want)
	}
	if s.Back() {
		t.Error("there is a step back from the first page")
	}
	do(s, action.ShowMarked)
	expect(t, s, "400 refused rows · OnlineRetail.csv.gz")
}

// The row itself is shown where there is room, and always in full.
func TestTheRowItselfIsShown(t *testing.T) {
	t.Parallel()
	s := open(t, tierstest.New(), 164, 33)
	do(s, action.PageNext)
	expect(t, s, "CustomerID   (empty)", "the row does not say whose order it is  536414,22139,RETROSPOT TEA SET CERAMIC 11 P…")
	s.SetSize(120, 33)
	if strings.Contains(strings.Join(s.Lines(), "\n"), "536414,") {
		t.Error("the row takes the room of its reason")
	}
	do(s, action.ListDown, action.ListDown, action.ShowMarked)
	o := do(s, action.ShowMarked)
	if got := strings.Join(o.Read.Paragraphs, "\n"); !strings.HasSuffix(got, "The row as it is in the file: =cmd()\x1b[2J茶,536444,22139,RETROSPOT TEA SET CERAMIC 11 PC,56,12/1/2010 11:52,4.25,,United Kingdom") {
		t.Errorf("in full: %q", got)
	}
	if o := do(s, action.Copy); !strings.Contains(o.Copy, "\t'=cmd()\uFFFD[2J茶,536444,") {
		t.Errorf("copied %q", o.Copy)
	}
}

func TestRowsAreWalkedByKeysAndMouse(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{120, 33}, {80, 21}, {60, 13}} {
		s := open(t, tierstest.New(), size[0], size[1])
		do(s, action.PageNext, action.PaneNext, action.ListLast)
		if got := s.Focused(); got != "line 1,821 of OnlineRetail.csv.gz" {
			t.Errorf("the last row is %q", got)
		}
		do(s, action.ListFirst, action.ListDown)
		line := -1
		for y, text := range s.Lines() {
			if strings.Contains(text, "636") {
				line = y
			}
		}
		s.Click(size[0]-10, line)
		if got := s.Focused(); got != "line 636 of OnlineRetail.csv.gz" {
			t.Errorf("at %v a click on line 636 marks %q", size, got)
		}
		s.Wheel(size[0]-10, line, false)
		if got := s.Focused(); got != "line 645 of OnlineRetail.csv.gz" {
			t.Errorf("the wheel marks %q", got)
		}
		s.Click(4, 3)
		do(s, action.ShowMarked)
		expect(t, s, "398 refused rows")
	}
}

func TestRowsAreExported(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	export := func(s *data.Screen, name string) (screen.Outcome, [][]string) {
		o := do(s, action.Export)
		path := filepath.Join(folder, name)
		o = finish(t, s, o.Ask.Answer(path))
		file, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		rows, err := csv.NewReader(file).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		return o, rows
	}
	s := open(t, told{tierstest.New()}, 120, 33)
	o, rows := export(s, "sources.csv")
	if !strings.HasPrefix(o.Note, "2 rows written to ") || len(rows) != 3 || rows[1][5] != "400" {
		t.Errorf("%q, %q", o.Note, rows)
	}
	if got := strings.Join(rows[1][10:], "|") + "\n" + strings.Join(rows[2][10:], "|"); got != "0|1755276.64|307594.52|\"Status\" says\uFFFD[2J that 2 of 4 rows are no sales; two; three; four; five; six\n9|0.00|0.00|" {
		t.Errorf("%q", got)
	}
	do(s, action.PageNext, action.ListLast, action.ListUp, action.ShowMarked)
	o, rows = export(s, "refused.csv")
	if !strings.HasPrefix(o.Note, "1 row written to ") || len(rows) != 2 || rows[1][3] != "'=cmd()\uFFFD[2J30" {
		t.Errorf("%q, %q", o.Note, rows)
	}
	taken := filepath.Join(t.TempDir(), "taken.csv")
	if err := os.WriteFile(taken, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{taken, filepath.Join(t.TempDir(), "no such folder", "a.csv")} {
		if o := do(s, action.Export).Ask.Answer(path); o.Err == nil || o.Work != nil {
			t.Errorf("the prompt closes over %s", path)
		}
	}
	o = do(s, action.Export)
	o = finish(t, s, o.Ask.Answer(filepath.Join(folder, "refused.csv")))
	if model.CodeOf(o.Err) != model.Exists {
		t.Errorf("writing over a file: %+v", o)
	}
}

func TestWhatIsMarkedIsCopied(t *testing.T) {
	t.Parallel()
	s := open(t, tierstest.New(), 120, 33)
	if o := do(s, action.Copy); !strings.Contains(o.Copy, "\t541909\t541509\t0\t400\t") || o.Note != "copied the account of OnlineRetail.csv.gz, as tab-separated text" {
		t.Errorf("a file: %+v", o)
	}
	if o := do(s, action.PageNext, action.Copy); o.Copy != "code\trows\tshare\n\t400\t1\n" {
		t.Errorf("a reason: %+v", o)
	}
	if o := do(s, action.PaneNext, action.Copy); !strings.HasPrefix(o.Copy, "file\tline\tcolumn\tvalue\tcode\treason\trow\n/clients/shop/OnlineRetail.csv.gz\t624\tCustomerID\t\tno-customer\t") {
		t.Errorf("a row: %+v", o)
	}
}

// Every list of the screen is sorted and filtered, and what is written is what is shown.
func TestListsAreSortedAndFiltered(t *testing.T) {
	t.Parallel()
	s := open(t, tierstest.New(), 120, 33)
	do(s, action.ColumnRight, action.ColumnRight, action.SortColumn)
	if drawn := ansi.Strip(strings.Join(s.Lines(), "\n")); strings.Index(drawn, "more.csv") > strings.Index(drawn, "OnlineRetail") || !strings.Contains(drawn, "rows▲") {
		t.Errorf("the files are not sorted by their rows:\n%s", drawn)
	}
	if o := do(s, action.ListFirst, action.Copy); !strings.Contains(o.Copy, "\nmore.csv\t") && !strings.Contains(o.Copy, "more.csv\torders\t12000\t") {
		t.Errorf("the first row is %q", o.Copy)
	}
	do(s, action.PageNext, action.PaneNext, action.Filter)
	if !s.Typing() {
		t.Fatal("nothing is typed")
	}
	for _, r := range ">=1821" {
		finish(t, s, s.Key(tea.KeyPressMsg{Text: string(r), Code: r}))
	}
	expect(t, s, "in line: 1 of 400", "1,821")
	if x, y := s.Cursor(); y != 31 || x != 38+2+2+6 {
		t.Errorf("the cursor stands at %d, %d", x, y)
	}
	s.Key(tea.KeyPressMsg{Code: tea.KeyEnter})
	if got := s.Focused(); got != "line 1,821 of OnlineRetail.csv.gz" {
		t.Errorf("the marked row is %q", got)
	}
	path := filepath.Join(t.TempDir(), "refused.json")
	if o := finish(t, s, do(s, action.Export).Ask.Answer(path)); !strings.HasPrefix(o.Note, "1 row written to ") {
		t.Errorf("%+v", o)
	}
	if !s.Back() || s.Typing() {
		t.Error("Esc does not take the filter away")
	}
	expect(t, s, "1,818") // the mark stays on its row
	s.Click(38+2+3, 1)    // the head of the lines
	s.Click(38+2+3, 1)
	expect(t, s, "line▼")
}

// lacking is a bench that cannot be read, or has nothing in it.
type lacking struct{ err error }

func (l lacking) Sources(context.Context) ([]model.Source, error) { return nil, l.err }
func (l lacking) Rejects(context.Context) (*session.Rejects, error) {
	return session.NewRejects(nil, func(func(model.Reject, error) bool) {})
}

func TestWithoutAnythingToShow(t *testing.T) {
	t.Parallel()
	empty := open(t, lacking{}, 80, 21)
	expect(t, empty, "Nothing has been imported")
	for _, id := range []action.ID{action.ListLast, action.ShowMarked, action.Copy, action.Explain, action.PaneNext, action.ListDown, action.PageNext, action.ShowMarked, action.Copy, action.Export} {
		do(empty, id)
	}
	expect(t, empty, "Every row was accepted")

	broken := open(t, lacking{errors.New("the disk is gone")}, 80, 21)
	expect(t, broken, "the disk is gone")
	do(broken, action.PageNext, action.ListDown, action.ShowMarked, action.Export, action.Copy)
	broken.Click(3, 3)

	unread := data.New(theme.New(true, theme.None))
	unread.SetSize(80, 21)
	do(unread, action.PageNext, action.ListDown, action.ShowMarked, action.Export, action.Copy)
	unread.Click(3, 3)
	expect(t, unread, "reading the imports")
}
