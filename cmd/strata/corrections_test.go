package main

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"strata/model"
	"strata/model/sqlite"
)

// A whole file, and the lines of it (0 is the first below the header) that come in
// spoilt and are corrected later.
type correctedCase struct {
	flags  []string
	header string
	rows   []string
	spoilt []int
}

// settling are rows of an order that show, in whatever is imported first, which
// columns differ within orders.
var settling = map[string][]string{
	linesHeader:                           {"Z,99,2024-01-05,tea,1,10.00,5,1,1.00,x", "Z,99,2024-01-05,jar,1,12.00,6,2,2.00,x"},
	"customer,order,date,amount,type":     {"Z,99,2024-01-05,7,sale", "Z,99,2024-01-05,3,refund"},
	"customer,order,date,amount,discount": {"Z,99,2024-01-05,10,1", "Z,99,2024-01-05,20,2"},
}

const linesHeader = "customer,order,date,sku,quantity,price,cost,refund,discount,shop"

var mapped = slices.Clip([]string{"--map", "refund=refund,discount=discount,cost=cost"})

var correctedCases = map[string]correctedCase{
	"order-level, no numbers": {nil, "customer,date,amount", []string{"A,2024-01-05,10", "B,2024-01-06,20", "A,2024-01-05,10", "C,2024-02-01,5"}, []int{2, 3}},
	"order-level with numbers": {[]string{"--order-numbers", "unique"}, "customer,order,date,amount,region", []string{
		"A,1,2024-01-05,10,north", "B,2,2024-01-06,20,south", "A,1,2024-01-07,11,north", "A,3,2024-02-01,5,",
	}, []int{2}},
	"the first row": {mapped, linesHeader, []string{
		"A,1,2024-01-05,tea,2,10.00,6,0,1.00,x", "A,1,2024-01-05,mug,1,30.00,12,3,2.50,x", "B,2,2024-01-06,mug,1,30.00,12,0,0.50,y",
	}, []int{0}},
	"the last row, of a customer of its own": {mapped, linesHeader, []string{
		"A,1,2024-01-05,tea,2,10.00,6,0,1.00,x", "A,1,2024-01-05,mug,1,30.00,12,3,2.50,x", "B,2,2024-01-06,mug,1,30.00,12,0,0.50,y",
	}, []int{2}},
	"the only purchase": {mapped, linesHeader, []string{
		"A,1,2024-01-05,tea,2,10.00,6,0,0.00,x", "A,1,2024-03-05,tea,-1,10.00,6,0,0.00,x", "B,2,2024-01-06,mug,1,30.00,12,0,5.50,y", "A,3,2024-02-06,mug,1,30.00,12,0,5.50,y",
	}, []int{0}},
	"the only return": {mapped, linesHeader, []string{
		"A,1,2024-01-05,tea,2,10.00,6,0,0.00,x", "A,1,2024-03-05,tea,-1,10.00,6,0,0.00,x", "B,2,2024-01-06,mug,1,30.00,12,0,5.50,y",
	}, []int{1}},
	"the day moves past other orders": {append([]string{"--order-numbers", "unique"}, mapped...), linesHeader, []string{
		"A,1,2024-01-05,tea,2,10.00,6,0,0.00,x", "A,2,2024-02-05,tea,1,10.00,6,0,0.00,y", "A,3,2024-02-07,tea,1,10.00,6,0,0.00,y",
		"A,1,2024-02-06,mug,1,30.00,12,2,5.50,x", "B,4,2024-01-01,mug,1,30.00,12,0,5.50,y", "B,4,2024-01-09,mug,1,30.00,12,0,5.50,y",
	}, []int{3, 5}},
	"the first and the last day move": {append([]string{"--order-numbers", "unique"}, mapped...), linesHeader, []string{
		"A,1,2024-01-05,tea,2,10.00,6,0,0.00,x", "B,2,2024-02-05,tea,1,10.00,6,0,0.00,y", "A,1,2024-03-06,mug,1,30.00,12,2,5.50,x",
	}, []int{2}},
	"another customer of the same number": {mapped, linesHeader, []string{
		"A,1,2024-01-05,tea,2,10.00,6,0,0.00,x", "B,1,2024-01-05,tea,1,10.00,6,0,0.00,y", "A,2,2024-01-06,mug,1,30.00,12,2,5.50,x",
	}, []int{1}},
	"numbers that restart": {append([]string{"--order-numbers", "restart"}, mapped...), linesHeader, []string{
		"A,1,2024-01-05,tea,2,10.00,6,0,0.00,x", "A,1,2024-01-06,tea,1,10.00,6,0,0.00,y", "A,1,2024-01-05,mug,1,30.00,12,2,5.50,x",
		"A,1,2024-01-07,mug,1,30.00,12,2,5.50,x", "B,1,2024-01-07,mug,1,30.00,12,2,5.50,x",
	}, []int{2, 3}},
	"lines not kept": {append([]string{"--lines", "no"}, mapped...), linesHeader, []string{
		"A,1,2024-01-05,tea,2,10.00,6,0,1.00,x", "A,1,2024-01-05,mug,1,30.00,12,3,2.50,x", "B,2,2024-01-06,mug,1,30.00,12,0,0.50,y", "B,2,2024-02-06,mug,-1,30.00,12,0,0.00,y",
	}, []int{1, 2}},
	"an attribute that the order lacked": {nil, "customer,order,date,amount,shop", []string{
		"A,1,2024-01-05,10,", "A,1,2024-01-05,20,north", "B,2,2024-01-06,30,south", "B,3,2024-01-06,30,",
	}, []int{1}},
	"discounts that look like shares": {[]string{"--map", "discount=discount"}, "customer,order,date,amount,discount", []string{
		"A,1,2024-01-05,100,0.50", "A,1,2024-01-05,20,3", "B,2,2024-01-06,30,4",
	}, []int{0}},
	"quantities below zero, and returns below zero": {nil, "customer,order,date,quantity,price,amount", []string{
		"A,1,2024-01-05,-1,10,10", "A,1,2024-01-05,2,10,20", "B,2,2024-01-06,-1,30,-30",
	}, []int{0}},
	"signs by a column": {nil, "customer,order,date,amount,type", []string{
		"A,1,2024-01-05,10,sale", "A,1,2024-01-06,4,refund", "B,2,2024-01-06,30,sale", "B,3,2024-01-07,30,refund",
	}, []int{1}},
	"signs by a column, no return among the corrections": {nil, "customer,order,date,amount,type", []string{
		"A,1,2024-01-05,10,sale", "A,1,2024-01-06,4,refund", "B,2,2024-01-06,30,sale", "B,3,2024-01-07,30,refund",
	}, []int{0}},
	"totals on each row": {[]string{"--amounts", "order"}, "customer,order,date,amount", []string{
		"A,1,2024-01-05,10", "A,1,2024-01-05,10", "B,2,2024-01-06,30", "B,3,2024-01-06,30",
	}, []int{1}},
	"a date far from the other corrections": {nil, "customer,order,date,amount", []string{
		"A,1,2010-01-05,10", "A,2,2012-01-05,10", "B,3,2014-01-06,30", "B,4,2016-01-06,30", "B,5,2018-01-06,30", "B,6,2020-01-06,30", "B,7,2010-02-06,30", "B,8,2010-03-06,30", "B,9,2010-04-06,30",
	}, []int{5, 6, 7, 8}},
}

// Whatever is refused can be exported, corrected and imported again, and all
// figures are then those of the whole file imported at once.
func TestCorrectionsMakeTheFileWhole(t *testing.T) {
	t.Parallel()
	for name, c := range correctedCases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.check(t)
		})
	}
}

// Any rows of any file.
func TestCorrectionsOfAnyRows(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(7, 11))
	for n := range 25 {
		c := correctedCase{header: linesHeader, flags: slices.Clip(mapped)}
		if n%3 == 1 {
			c.flags = append(c.flags, "--lines", "no")
		}
		if n%5 == 4 {
			c.flags = append(c.flags, "--order-numbers", "restart")
		} else {
			c.flags = append(c.flags, "--order-numbers", "unique")
		}
		for i := range 40 {
			quantity := r.IntN(6) - 1
			if quantity == 0 {
				quantity = 1
			}
			c.rows = append(c.rows, fmt.Sprintf("%c,%d,2024-%02d-%02d,%s,%d,%d.00,%d,%d,%d.50,", 'A'+rune(r.IntN(4)), r.IntN(8), 1+r.IntN(3), 1+r.IntN(9),
				[]string{"tea", "mug", "jar"}[r.IntN(3)], quantity, 5+r.IntN(20), 1+r.IntN(4), r.IntN(3), r.IntN(3)))
			if i > 2 && r.IntN(4) == 0 {
				c.spoilt = append(c.spoilt, i)
			}
		}
		if len(c.spoilt) == 0 {
			continue
		}
		c.check(t)
	}
}

// check imports the file at once, and with corrections, and compares.
func (c *correctedCase) check(t *testing.T) {
	t.Helper()
	c.rows = slices.Concat(c.rows, settling[c.header])
	dir := t.TempDir()
	later, once := filepath.Join(dir, "later.strata"), filepath.Join(dir, "once.strata")
	whole := c.header + "\n" + strings.Join(c.rows, "\n") + "\n"
	mustRun(t, exitDone, append([]string{"import", once, writeFile(t, filepath.Join(dir, "whole.csv"), whole)}, c.flags...)...)
	rows, right := slices.Clone(c.rows), []string{c.header}
	for _, i := range c.spoilt {
		_, rest, _ := strings.Cut(rows[i], ",")
		rows[i] = "," + rest
		right = append(right, c.rows[i])
	}
	spoilt := c.header + "\n" + strings.Join(rows, "\n") + "\n"
	mustRun(t, exitRefused, append([]string{"import", later, writeFile(t, filepath.Join(dir, "spoilt.csv"), spoilt)}, c.flags...)...)
	refused := filepath.Join(dir, "refused.csv")
	mustRun(t, exitDone, "rejects", later, "--export", refused)
	corrected := writeFile(t, filepath.Join(dir, "corrected.csv"), strings.Join(right, "\n")+"\n")
	arguments := []string{"import", later, corrected, "--plan", refused + ".plan.yaml"}
	said := func(r result) string { return without(r.out+r.err, `"seconds"`, `"dry_run"`) }
	dry := mustRun(t, exitDone, append(arguments, "--format", "json", "--dry-run")...)
	if i := strings.Index(dry.out, `      "skip"`); i >= 0 {
		dry.out = strings.TrimRight(strings.TrimRight(dry.out[:i], " \n"), ",") + dry.out[strings.LastIndex(dry.out, "\n    }\n  ],"):]
	}
	wet := mustRun(t, exitDone, append(arguments, "--format", "json")...)
	if a, b := said(dry), said(wet); a != b {
		t.Errorf("a dry run tells otherwise than the import: %s", differing(a, b))
	}
	want := everything(t, once)
	if got := everything(t, later); got != want {
		t.Fatalf("rows %v of\n%s%s", c.spoilt, whole, differing(got, want))
	}
	// The columns are those that the tables make.
	db, err := sql.Open("sqlite", later)
	if err == nil {
		_, err = db.Exec("DELETE FROM column_chunk; DELETE FROM line_chunk")
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if got := everything(t, later); got != want {
		t.Errorf("made anew: %s", differing(got, want))
	}
	// The same once more, saved by another program.
	again := writeFile(t, filepath.Join(dir, "again.csv"), strings.Join(right, "\r\n")+"\r\n")
	mustRun(t, exitFailed, "import", later, again, "--plan", refused+".plan.yaml")
	if got := everything(t, later); got != want {
		t.Errorf("imported twice: %s", differing(got, want))
	}
}

// differing shows the first lines in which two texts differ.
func differing(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	at := 0
	for at < min(len(a), len(b)) && a[at] == b[at] {
		at++
	}
	const around = 6
	part := func(lines []string) string {
		return strings.Join(lines[min(at, len(lines)):min(at+around, len(lines))], "\n")
	}
	return fmt.Sprintf("line %d\n%s\ninstead of\n%s", at+1, part(a), part(b))
}

// without leaves out the lines that have one of these texts.
func without(text string, leftOut ...string) string {
	var kept strings.Builder
	for line := range strings.Lines(text) {
		if !slices.ContainsFunc(leftOut, func(s string) bool { return strings.Contains(line, s) }) {
			kept.WriteString(line)
		}
	}
	return kept.String()
}

// notices is what tiers say of what imports had to tell.
var notices = regexp.MustCompile(`\{\s*"code": "import-notices",[^}]*\},?\s*`)

// everything is all that a workspace says of customers, orders, lines and tiers,
// in an order that does not depend on how they came.
func everything(t *testing.T, path string) string {
	t.Helper()
	w, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	info, err := w.Info(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	text := fmt.Sprintln(info.Customers, info.Orders, info.ReturnOnly, info.Revenue, info.Returned, info.FirstDay, info.LastDay) + people(t, w)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for _, flags := range [][]string{nil, {"--returns", "ignore"}, {"--returns", "orders"}} {
		text += notices.ReplaceAllString(without(mustRun(t, exitDone, append([]string{"tiers", path, "--format", "json"}, flags...)...).out, `"fingerprint"`), "")
	}
	return text
}

func people(t *testing.T, w model.Store) string {
	t.Helper()
	attributes, err := w.Attributes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	names := map[model.Subject][]string{}
	for _, at := range attributes {
		names[at.Subject] = append(names[at.Subject], at.Name)
	}
	customers, err := w.Customers(t.Context(), names[model.OfCustomer]...)
	if err != nil {
		t.Fatal(err)
	}
	orders, err := w.Orders(t.Context(), names[model.OfOrder]...)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := w.Lines(t.Context(), names[model.OfLine]...)
	if err != nil {
		t.Fatal(err)
	}
	words := func(of map[string]*model.Codes, subject model.Subject, i int32) (text string) {
		for _, name := range names[subject] {
			text += fmt.Sprintf(" %s=%q", name, of[name].Words[of[name].Code[i]])
		}
		return text
	}
	at := func(column []model.Money, i int32) model.Money {
		if column == nil {
			return 0
		}
		return column[i]
	}
	var all []string
	for c := range int32(customers.Keys.Len()) {
		var theirs []string
		for o := orders.Start[c]; o < orders.Start[c+1]; o++ {
			if o > orders.Start[c] && orders.Day[o] < orders.Day[o-1] {
				t.Errorf("orders of %s do not stand by day", customers.Keys.At(int(c)))
			}
			var of []string
			for l := lines.Start[o]; l < lines.Start[o+1]; l++ {
				of = append(of, fmt.Sprintf("    %s %s %d %s%s\n", lines.Amount[l], at(lines.Refund, l), lines.Flags[l], at(lines.Cost, l), words(lines.Attributes, model.OfLine, l)))
			}
			slices.Sort(of)
			theirs = append(theirs, fmt.Sprintf("  %s %s %s %d %s%s\n%s", orders.Day[o], orders.Value[o], at(orders.Returned, o), orders.Flags[o], at(orders.Cost, o),
				words(orders.Attributes, model.OfOrder, o), strings.Join(of, "")))
		}
		slices.Sort(theirs)
		all = append(all, customers.Keys.At(int(c))+words(customers.Attributes, model.OfCustomer, c)+"\n"+strings.Join(theirs, ""))
	}
	slices.Sort(all)
	return strings.Join(all, "")
}
