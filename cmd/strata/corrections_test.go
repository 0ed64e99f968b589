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
	"a day long before the other corrections": {nil, "customer,order,date,amount", []string{
		"A,1,1975-01-05,10", "A,2,1979-01-05,10", "B,3,1983-01-06,30", "B,4,1987-01-06,30", "B,5,1991-01-06,30", "B,6,1995-01-06,30", "B,7,1999-02-06,30",
		"B,8,2003-03-06,30", "B,9,2007-04-06,30", "B,10,2011-04-06,30", "B,11,2015-04-06,30", "B,12,2019-04-06,30", "B,13,2023-04-06,30",
		"B,14,1975-02-05,10", "C,15,2023-04-07,10", "C,16,2023-04-08,10", "C,17,2023-04-09,10",
	}, []int{13, 14, 15, 16}},
	"one that is like another order": {nil, "customer,date,amount", []string{"A,2024-01-05,10", "B,2024-01-06,20", "A,2024-01-05,10", "C,2024-02-01,5"}, []int{2}},
	"a name that is another in later rows": {nil, "customer,name,date,amount", []string{
		"A,Anne,2024-01-05,10", "B,,2024-01-06,20", "A,Ann,2024-01-07,10", "B,Bob,2024-02-01,5",
	}, []int{0, 3}},
	"one order on two days among many": {nil, "customer,order,date,amount", append(manyOrders(), "B,99,2024-01-05,10", "B,99,2024-01-09,10"), []int{50, 51}},
}

// manyOrders are 25 orders of two rows each.
func manyOrders() (rows []string) {
	for i := range 50 {
		rows = append(rows, fmt.Sprintf("A,%d,2024-01-%02d,%d", i/2, 1+i/2, 10+i))
	}
	return rows
}

// Whatever is refused can be exported, corrected and imported again, and all
// figures are then those of the whole file imported at once.
func TestCorrectionsMakeTheFileWhole(t *testing.T) {
	t.Parallel()
	for name, c := range correctedCases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.check(t, nil, nil)
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
		var before, after []string
		if n%2 == 1 {
			before = []string{"A,b1,2024-01-03,tea,1,10.00,1,0,0.50,", "Y,b2,2024-01-03,tea,1,10.00,1,0,0.50,", "Y,b2,2024-01-04,mug,2,11.00,1,1,1.50,"}
		}
		if n%4 > 1 {
			after = []string{"Y,a1,2024-01-03,jar,1,10.00,1,0,0.50,", "B,a2,2024-01-02,mug,1,30.00,1,0,0.50,", "B,a2,2024-02-04,tea,2,11.00,1,1,1.50,"}
		}
		c.check(t, before, after)
	}
}

// check imports the file at once, and with corrections, and compares; other files
// come in before and after it.
func (c *correctedCase) check(t *testing.T, before, after []string) {
	t.Helper()
	c.rows = slices.Concat(c.rows, settling[c.header])
	dir := t.TempDir()
	later, once := filepath.Join(dir, "later.strata"), filepath.Join(dir, "once.strata")
	whole := c.header + "\n" + strings.Join(c.rows, "\n") + "\n"
	beside := func(name string, rows []string) {
		for _, into := range []string{once, later} {
			if rows != nil {
				text := c.header + "\n" + strings.Join(rows, "\n") + "\n"
				mustRun(t, exitDone, append([]string{"import", into, writeFile(t, filepath.Join(dir, name), text)}, c.flags...)...)
			}
		}
	}
	beside("before.csv", before)
	mustRun(t, exitDone, append([]string{"import", once, writeFile(t, filepath.Join(dir, "whole.csv"), whole)}, c.flags...)...)
	rows, right := slices.Clone(c.rows), []string{c.header}
	for _, i := range c.spoilt {
		_, rest, _ := strings.Cut(rows[i], ",")
		rows[i] = "," + rest
		right = append(right, c.rows[i])
	}
	spoilt := c.header + "\n" + strings.Join(rows, "\n") + "\n"
	mustRun(t, exitRefused, append([]string{"import", later, writeFile(t, filepath.Join(dir, "spoilt.csv"), spoilt)}, c.flags...)...)
	beside("after.csv", after)
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
	mustRun(t, exitDone, "check", later)
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

// Corrections seal anew what they change, and so look first whether it is as it was
// sealed.
func TestCorrectionsHideNoDamage(t *testing.T) {
	t.Parallel()
	for name, damage := range map[string]string{
		"none": "PRAGMA user_version", "lines": "UPDATE orders SET lines = 7", "price": "UPDATE order_line SET price_e4 = 7", "kept": "UPDATE order_line SET product = 'forged'",
	} {
		dir := t.TempDir()
		w, refused := filepath.Join(dir, "w.strata"), filepath.Join(dir, "refused.csv")
		const header, right = "customer,order,date,quantity,price,product\n", "A,1,2024-01-02,1,5.00,pot\n"
		mustRun(t, exitRefused, "import", w, writeFile(t, filepath.Join(dir, "first.csv"), header+"A,1,2024-01-02,1,2.50,tea\n,1,2024-01-02,1,5.00,pot\nB,2,2024-01-03,1,1.50,tea\n"))
		mustRun(t, exitDone, "rejects", w, "--export", refused)
		alter(t, w, damage)
		r := strata(t, "", "import", w, writeFile(t, filepath.Join(dir, "right.csv"), header+right), "--plan", refused+".plan.yaml")
		if sound := name == "none"; sound != (r.status == exitDone) || sound != (strata(t, "", "check", w).status == exitDone) {
			t.Errorf("%s: exit status %d: %s", name, r.status, r.err)
		}
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

const refusedOfOrders = "customer,order,date,amount\nA,1,2024-01-05,10\n,1,2024-01-06,20\n,2,2024-01-07,30\nB,3,2024-01-07,40\n,4,2024-01-07,50\n"

// Corrections may come in parts, and what is still refused of them be corrected
// again. What was corrected is told, and never counts twice.
func TestCorrectionsInParts(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := func(name, text string) string { return writeFile(t, filepath.Join(dir, name), text) }
	w, refused := filepath.Join(dir, "w.strata"), filepath.Join(dir, "refused.csv")
	orders := file("orders.csv", refusedOfOrders)
	mustRun(t, exitRefused, "import", w, orders)
	mustRun(t, exitDone, "rejects", w, "--export", refused)
	plan := refused + ".plan.yaml"
	head := func(want string) {
		t.Helper()
		if r := mustRun(t, exitDone, "rejects", w); !strings.HasPrefix(r.out, want+"\n") {
			t.Errorf("got %s\nwant %s", r.out, want)
		}
	}
	total := func(want string) {
		t.Helper()
		if r := mustRun(t, exitDone, "tiers", w, "--format", "json"); !strings.Contains(r.out, want) {
			t.Errorf("no %s in\n%s", want, r.out)
		}
	}
	ends := func(r result, want string) {
		t.Helper()
		if !strings.Contains(r.out+r.err, want) {
			t.Errorf("no %q in\n%s%s", want, r.out, r.err)
		}
	}

	one := file("one.csv", "customer,order,date,amount\nA,1,2024-01-06,20\n")
	ends(mustRun(t, exitDone, "import", w, one, "--plan", plan), "  1 row read, 1 accepted, 1 order joins one that is stored\n")
	head("2 files: 2 of 5 rows refused (40.0%); 1 more was refused at first, corrected since")
	ends(mustRun(t, exitDone, "rejects", w, "--export", filepath.Join(dir, "r1.csv")), "3 refused rows, of which 1 was corrected since: remove those; correct them")
	total(`"revenue": "70.00"`)
	sources := mustRun(t, exitDone, "sources", w)
	ends(sources, "\n   corrected since: 1 refused row\n")
	ends(sources, "\n   corrects refused rows of source 1, "+orders+"\n")

	// All of them, the first once more, and one still wrong.
	two := file("two.csv", "customer,order,date,amount\nA,1,2024-01-06,20\nA,2,2024-01-07,30\n,4,2024-01-07,50\n")
	for _, dry := range []string{"--dry-run", "--dry-run=false"} {
		r := mustRun(t, exitRefused, "import", w, two, "--plan", plan, dry)
		ends(r, `corrected rows of "two.csv" that were imported before and are left out: 1`)
		ends(r, "  3 rows read, 2 accepted (1 left out: an earlier file brought its order), 1 refused (33.3%): 1 no-customer\n")
	}
	head("3 files: 1 of 5 rows refused (20.0%); 2 more were refused at first, corrected since")
	total(`"revenue": "100.00"`)

	three := file("three.csv", "customer,order,date,amount\nA,1,2024-01-06,21\nA,2,2024-01-07,30\nB,4,2024-01-07,50\n")
	ends(mustRun(t, exitFailed, "import", w, three, "--plan", plan), `"three.csv" has more corrected rows of "orders.csv", 2, than are left to correct: 1 of 3 that were refused; leave out the rows that were imported before`)
	ends(mustRun(t, exitFailed, "import", w, file("four.csv", "customer,order,date,amount\nA,1,2024-01-06,20\n\n"), "--plan", plan), `the corrections in "four.csv" were imported before: all 1 of them`)

	ends(mustRun(t, exitFailed, "rejects", w, "1", "--export", filepath.Join(dir, "r2.csv")), "all refused rows of source 1 were read again since; the remaining refused rows are those of source 3 (1 row of two.csv)")
	rest := filepath.Join(dir, "r3.csv")
	mustRun(t, exitDone, "rejects", w, "--export", rest) // those of source 3
	last := file("last.csv", "customer,order,date,amount\nB,4,2024-01-07,50\n")
	mustRun(t, exitDone, "import", w, last, "--plan", rest+".plan.yaml")
	head("4 files: 0 of 5 rows refused (0.0%); 3 more were refused at first, corrected since")
	ends(mustRun(t, exitFailed, "rejects", w, "--export", filepath.Join(dir, "r4.csv")), "were corrected since, so there is nothing to export")
	total(`"revenue": "150.00"`)
	ends(mustRun(t, exitDone, "import", w, last, "--plan", plan, "--again"), "1 order joins one that is stored")
	total(`"revenue": "200.00"`)
}

// Two files of corrections at once: the second joins what the first brought.
func TestCorrectionsInTwoFilesAtOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := func(name, text string) string { return writeFile(t, filepath.Join(dir, name), text) }
	w, refused := filepath.Join(dir, "w.strata"), filepath.Join(dir, "refused.csv")
	mustRun(t, exitRefused, "import", w, file("orders.csv", "customer,order,date,amount\nA,1,2024-01-05,10\n,2,2024-01-06,20\n,2,2024-01-07,30\n,2,2024-01-08,5\n"))
	mustRun(t, exitDone, "rejects", w, "--export", refused)
	arguments := []string{
		"import", w, file("one.csv", "customer,order,date,amount\nA,2,2024-01-06,20\n"), file("two.csv", "customer,order,date,amount\nA,2,2024-01-07,30\n"),
		"--plan", refused + ".plan.yaml",
	}
	for _, dry := range []string{"--dry-run", "--dry-run=false"} {
		r := mustRun(t, exitDone, append(arguments, dry)...)
		if !strings.Contains(r.out, "w.strata: 1 customer, 2 orders, 60.00 bought and 0 returned, 2024-01-05 to 2024-01-07") {
			t.Error(r.out)
		}
	}
	r := mustRun(t, exitDone, "rejects", w)
	if !strings.HasPrefix(r.out, "3 files: 1 of 4 rows refused (25.0%); 2 more were refused at first, corrected since\n") {
		t.Error(r.out)
	}
}

// Corrections are of a file that is there; without the plan's word, the rows are
// those of a file of their own, of which an order that is there is told.
func TestCorrectionsOfNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := func(name, text string) string { return writeFile(t, filepath.Join(dir, name), text) }
	w, other, refused := filepath.Join(dir, "w.strata"), filepath.Join(dir, "other.strata"), filepath.Join(dir, "refused.csv")
	mustRun(t, exitRefused, "import", w, file("orders.csv", refusedOfOrders))
	mustRun(t, exitDone, "rejects", w, "--export", refused)
	mustRun(t, exitDone, "import", other, file("others.csv", "customer,order,date,amount\nA,1,2024-01-05,10\n"))
	right := file("right.csv", "customer,order,date,amount\nA,1,2024-01-05,20\nA,2,2024-01-06,30\n")
	for _, into := range []string{other, filepath.Join(dir, "new.strata")} {
		for _, dry := range []string{"--dry-run", "--dry-run=false"} {
			if r := mustRun(t, exitFailed, "import", into, right, "--plan", refused+".plan.yaml", dry); !strings.Contains(r.err, `"right.csv" has corrections for a file that is not in the workspace; import that file first`) {
				t.Error(r.err)
			}
		}
	}
	if r := mustRun(t, exitUsage, "import", w, right, "--plan", refused+".plan.yaml", "--lines", "no"); !strings.Contains(r.err, "must be read like it; give --lines yes") {
		t.Error(r.err)
	}
	if r := mustRun(t, exitDone, "import", w, right); !strings.Contains(r.err, "matched by customer and order id") {
		t.Error(r.err)
	}
}

// A day far from all that is stored is refused as in the whole file, though the
// corrections have no other; and what rows of one new order say in two ways is
// kept of it as the file keeps it.
func TestCorrectionsAreJudgedWithTheirFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := func(name, text string) string { return writeFile(t, filepath.Join(dir, name), text) }
	w, refused := filepath.Join(dir, "w.strata"), filepath.Join(dir, "refused.csv")
	const header = "customer,order,date,amount,shop\n"
	mustRun(t, exitRefused, "import", w, "--lines", "yes", "--kind", "lines", file("orders.csv", header+"A,1,2024-01-05,10,east\nB,2,2024-01-06,20,west\n"+
		"C,3,2024-01-06,20,west\n,4,2024-01-07,30,north\n,4,2024-01-07,40,south\n"))
	mustRun(t, exitDone, "rejects", w, "--export", refused)
	if r := mustRun(t, exitFailed, "import", w, "--plan", refused+".plan.yaml", file("far.csv", header+"A,4,1924-01-07,30,north\n")); !strings.Contains(r.err, "this date is a placeholder, or far from all others") {
		t.Error(r.err)
	}
	mustRun(t, exitDone, "import", w, "--plan", refused+".plan.yaml", file("right.csv", header+"A,4,2024-01-07,30,north\nA,4,2024-01-07,40,south\n"))
	if got := everything(t, w); !strings.Contains(got, "  2024-01-07 70.00 0.00 1 0.00 shop=\"north\"\n    30.00 0.00 1 0.00\n    40.00 0.00 1 0.00\n") {
		t.Error(got)
	}
}
