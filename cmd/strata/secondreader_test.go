package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// dialect is one of the ways in which the world writes a table of orders.
type dialect struct {
	comma      rune
	newline    string
	bom        string
	header     []string
	places     []int // where customer, order, date and amount stand
	date       string
	point      string
	amount     *regexp.Regexp
	quoteEvery bool
}

var headers = [][]string{{"customer", "order", "date", "amount"}, {"CustomerID", "InvoiceNo", "InvoiceDate", "Total"}, {"客户", "订单号", "日期", "金额"}}

func drawDialect(t *rapid.T) dialect {
	d := dialect{
		comma:      rapid.SampledFrom([]rune{',', ';', '\t', '|'}).Draw(t, "comma"),
		newline:    rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(t, "newline"),
		bom:        rapid.SampledFrom([]string{"", "\ufeff"}).Draw(t, "bom"),
		header:     rapid.SampledFrom(headers).Draw(t, "header"),
		places:     rapid.Permutation([]int{0, 1, 2, 3}).Draw(t, "places"),
		date:       rapid.SampledFrom([]string{time.DateOnly, "2006/01/02", "20060102", "02 Jan 2006"}).Draw(t, "date"),
		point:      rapid.SampledFrom([]string{".", ","}).Draw(t, "point"),
		quoteEvery: rapid.Bool().Draw(t, "quote every field"),
	}
	d.amount = regexp.MustCompile(`^(-?[0-9]{0,9})(?:` + regexp.QuoteMeta(d.point) + `([0-9]{1,2}|[0-9]{4}))?$|^-?[0-9]{4,9}` + regexp.QuoteMeta(d.point) + `[0-9]{3}$`)
	return d
}

// line writes the fields of one row, customer first, as the dialect has them.
func (d dialect) line(fields []string) string {
	cells := make([]string, len(fields))
	for i, place := range d.places {
		cells[place] = fields[i]
		if d.quoteEvery || strings.ContainsAny(fields[i], "\"\r\n"+string(d.comma)) {
			cells[place] = `"` + strings.ReplaceAll(fields[i], `"`, `""`) + `"`
		}
	}
	return strings.Join(cells, string(d.comma)) + d.newline
}

// drawFile makes up a file of some orders, and changes a few of its bytes at random.
func drawFile(t *rapid.T, d dialect) string {
	var b strings.Builder
	b.WriteString(d.bom + d.line(d.header))
	head := b.Len()
	names := rapid.SliceOfNDistinct(rapid.StringMatching(`[A-Z][a-zé张]{1,6}( ?[,;|"'&.-]?[A-Za-z三]{1,5}){0,2}`), 2, 6, rapid.ID).Draw(t, "customers")
	for i := range rapid.IntRange(3, 30).Draw(t, "rows") {
		cents := rapid.IntRange(100, 9_999_999).Draw(t, "cents")
		day := time.Date(2024, 1, 1+rapid.IntRange(0, 400).Draw(t, "day"), 0, 0, 0, 0, time.UTC)
		b.WriteString(d.line([]string{rapid.SampledFrom(names).Draw(t, "customer"), fmt.Sprintf("A%04d", i), day.Format(d.date), fmt.Sprintf("%d%s%02d", cents/100, d.point, cents%100)}))
	}
	text := b.String()
	for range rapid.SampledFrom([]int{0, 0, 1, 2, 3}).Draw(t, "changed bytes") {
		at := rapid.IntRange(head, len(text)-1).Draw(t, "at")
		put := rapid.SampledFrom([]string{"", "0", "9", "-", ".", ",", ";", "\"", "\n", " ", "\t", "\x00", "\xff", "x", "(", "年"}).Draw(t, "put")
		if rapid.Bool().Draw(t, "replace") {
			text = text[:at] + put + text[at+1:]
		} else {
			text = text[:at] + put + text[at:]
		}
	}
	return text
}

// plainKey is a name that nobody would take for something else.
var plainKey = regexp.MustCompile(`^[\pL\pN][^\pC"]*(\t[^\pC"]+)?$`)

// plainDate reads a date whose order nobody doubts, whatever stands between its parts.
func plainDate(text string) (time.Time, bool) {
	text = strings.Trim(regexp.MustCompile(`[^\pL\pN]+`).ReplaceAllString(text, "-"), "-")
	for _, layout := range []string{"2006-1-2", "20060102", "2-Jan-2006", "2Jan-2006", "2-Jan2006", "2Jan2006"} {
		if day, err := time.Parse(layout, text); err == nil {
			return day, true
		}
	}
	return time.Time{}, false
}

// thousands are digits with a blank between them.
var thousands = regexp.MustCompile(`^(-?[0-9]{1,3}) ([0-9]{3})`)

// bought is what the second reader makes of a customer.
type bought struct {
	orders map[string]bool
	cents  int64
}

// secondReader reads what the standard library takes for a table in a dialect. Strange
// are rows it does not understand at once; where there are returns, or
// names like "-A", it only reads.
func secondReader(text string, d dialect) (all map[string]*bought, rows, strange int) {
	odd := false
	all = map[string]*bought{}
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	r.Comma, r.FieldsPerRecord = d.comma, -1
	records, err := r.ReadAll()
	switch {
	case !utf8.ValidString(text), // a text in Windows-1252
		err != nil && strings.Count(text, `"`)%2 == 0: // a nickname in quotes
		return nil, 0, 0
	case err != nil, len(records) < 2:
		return nil, 0, 1
	}
	for i, record := range records {
		if full := slices.DeleteFunc(slices.Clone(record), func(cell string) bool { return cell == "" }); len(full) == len(d.places) && len(record) > len(full) {
			record, odd = full, true // a delimiter too many
		}
		if len(record) != len(d.places) {
			strange++
			continue
		}
		if i == 0 {
			continue
		}
		cell := func(field int) string { return strings.TrimSpace(record[d.places[field]]) }
		customer, order := cell(0), cell(1)
		rows++
		day, ok := plainDate(cell(2))
		amount := d.amount.FindStringSubmatch(thousands.ReplaceAllString(cell(3), "$1$2"))
		if !ok || day.Year() < 1995 || day.Year() > 2030 || amount == nil || cell(3) == "" || unbalanced(customer) || unbalanced(order) || customer == "" {
			strange++
			continue
		}
		if all[customer] == nil {
			all[customer] = &bought{orders: map[string]bool{}}
		}
		cents, _ := strconv.ParseInt(amount[1]+(amount[2] + "00")[:2], 10, 64)
		odd = odd || day.Year() < 2023 || day.Year() > 2026 || strings.ContainsAny(strings.Join(record, ""), "\r\n") || amount[1] == "" && amount[2] == "" || len(amount[2]) > 2 || day.Format(d.date) != cell(2) || strings.HasPrefix(cell(3), "-") || !plainKey.MatchString(customer)
		all[customer].orders[order] = true
		all[customer].cents += cents
	}
	if odd {
		all = nil
	}
	return all, rows, strange
}

// A file that a second, small reader understands row by row is read as it reads it;
// one that it does not understand is refused, or told about. The files are the same
// each time, unless STRATA_FILES is set.
func TestASecondReaderReadsTheSame(t *testing.T) {
	t.Parallel()
	property := func(r *rapid.T) {
		d := drawDialect(r)
		text := drawFile(r, d)
		all, rows, strange := secondReader(text, d)
		readTheSame(t, r, text, all, rows, strange)
	}
	if os.Getenv("STRATA_FILES") != "" {
		rapid.Check(t, property)
		return
	}
	const files, randomBytes = 60, 1 << 14
	for seed := range uint64(files) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			random := make([]byte, randomBytes)
			_, _ = rand.NewChaCha8([32]byte{byte(seed)}).Read(random)
			rapid.MakeFuzz(property)(t, random)
		})
	}
}

// Files that were read wrongly once, or without a word.
func TestASecondReaderReadsTheSameOfOldFaults(t *testing.T) {
	t.Parallel()
	for _, row := range []string{
		"A0002\tAaaaaaa\t\t.00\t2024-01-01", // a digit is a tab
		"A0002\tAaaaaaa\t\t7.00\t2024-01-01",
		"A0002\tAaaaaaa\t7.00\t\t\t2024-01-01",
		"\t\tAaaaaaa\t7.00\t2024-01-01",
		"A0002\tAaaaaaa\t7.00",
		"A0002\tAaaaaaa\t7.00\t2024-01-01\t9",
	} {
		text := "order\tcustomer\tamount\tdate\nA0000\tAaaaaaa\t1.00\t2024-01-01\nA0001\tAaaaaaa\t1.00\t2024-01-01\n" + row + "\n"
		w := filepath.Join(t.TempDir(), "w.strata")
		got := strata(t, "", "import", w, writeFile(t, filepath.Join(t.TempDir(), "orders.csv"), text), "--format", "json")
		if got.status == exitDone && !strings.Contains(got.out, `"joined-tabs"`) {
			t.Errorf("%q: not a word about it: %s", row, got.out)
		}
	}
}

func readTheSame(t *testing.T, r *rapid.T, text string, all map[string]*bought, rows, strange int) {
	folder, err := os.MkdirTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	w := filepath.Join(folder, "w.strata")
	file := writeFile(t, filepath.Join(folder, "orders.csv"), text)
	got := strata(t, "", "import", w, file, "--key-rules", "off", "--placeholders", "keep", "--order-numbers", "unique", "--format", "json")
	if got.status != exitDone && got.status != exitRefused {
		if all != nil && strange == 0 || got.err == "" {
			r.Fatalf("exit status %d: %s", got.status, got.err)
		}
		return
	}
	var told struct {
		Files    []struct{ Rows, Accepted, Corrected, Rejected, Duplicates int }
		Returned string `json:"returned_value"`
		Warnings []struct{ Code, Message string }
	}
	if err := json.Unmarshal([]byte(got.out), &told); err != nil {
		r.Fatal(err)
	}
	f := told.Files[0]
	if f.Rows != f.Accepted+f.Rejected {
		r.Fatalf("%d rows, %d accepted, %d refused", f.Rows, f.Accepted, f.Rejected)
	}
	if strange > 0 {
		silent := got.status == exitDone && f.Corrected == 0 && f.Duplicates == 0 && told.Returned == "0.00" && len(told.Warnings) == 0
		if silent {
			r.Fatalf("%d strange rows, and not a word about\n%q", strange, text)
		}
		return
	}
	if all == nil {
		return
	}
	if f.Rows != rows || f.Rejected > 0 {
		r.Fatalf("%d rows, %d refused; there are %d in\n%q", f.Rows, f.Rejected, rows, text)
	}
	scores, theirs := scoredIn(t, w), map[string]string{}
	for customer, b := range all {
		theirs[customer] = fmt.Sprintf("%d %s", len(b.orders), plainMoney(b.cents))
	}
	if sorted(scores) != sorted(theirs) {
		r.Fatalf("strata reads\n%s\nthe second reader\n%s", sorted(scores), sorted(theirs))
	}
}

// scoredIn are the orders and the money of each customer, as the program tells them.
func scoredIn(t *testing.T, workspace string) map[string]string {
	t.Helper()
	lines, err := csv.NewReader(strings.NewReader(mustRun(t, exitDone, "scores", workspace, "--format", "csv", "--raw").out)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := func(line []string, name string) string { return line[slices.Index(lines[0], name)] }
	scores := map[string]string{}
	for _, line := range lines[1:] {
		scores[at(line, "customer")] = at(line, "orders") + " " + at(line, "monetary")
	}
	return scores
}

// unbalanced reports whether a name has a quotation mark too many, or a NUL.
func unbalanced(name string) bool {
	return strings.Count(name, `"`)%2 != 0 || strings.Contains(name, "\x00")
}
