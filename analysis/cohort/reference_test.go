package cohort_test

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"strata/analysis/cohort"
	"strata/model"
)

// The reference numbers are those of data/reference, computed with pandas; METHODS.md
// there says how.

// realRow is one line of a client file, as far as these tests need it.
type realRow struct {
	customer, order string
	day             model.Day
	amount          model.Money
	isReturn        bool
}

// roll makes orders of rows, as an import does: rows of one customer and order id
// together, on the day of the first.
func roll(rows []realRow) *model.Orders {
	type order struct {
		day             model.Day
		value, returned model.Money
		flags           model.OrderFlag
	}
	var customers []string
	ordersOf := map[string][]*order{}
	known := map[[2]string]*order{}
	for _, r := range rows {
		id := [2]string{r.customer, r.order}
		o := known[id]
		if o == nil {
			o = &order{day: r.day}
			known[id] = o
			if ordersOf[r.customer] == nil {
				customers = append(customers, r.customer)
			}
			ordersOf[r.customer] = append(ordersOf[r.customer], o)
		}
		if r.isReturn {
			o.returned -= r.amount
			o.flags |= model.Return
		} else {
			o.value += r.amount
			o.flags |= model.Purchase
		}
	}
	all := &model.Orders{Start: []int32{0}}
	for _, c := range customers {
		of := ordersOf[c]
		slices.SortStableFunc(of, func(a, b *order) int { return int(a.day - b.day) })
		for _, o := range of {
			all.Day = append(all.Day, o.day)
			all.Value, all.Returned = append(all.Value, o.value), append(all.Returned, o.returned)
			all.Flags = append(all.Flags, o.flags)
		}
		all.Start = append(all.Start, int32(all.Len()))
	}
	return all
}

// realData returns a file of the shared data folder, or skips the test.
func realData(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "data", filepath.FromSlash(name)))
	if err != nil {
		t.Skipf("real data is not here: %v", err)
	}
	if !strings.HasSuffix(name, ".gz") {
		return data
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return plain
}

// records reads a delimited file, header first.
func records(t testing.TB, name string) [][]string {
	t.Helper()
	c := csv.NewReader(bytes.NewReader(realData(t, name)))
	c.LazyQuotes = true
	all, err := c.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func dayOf(t testing.TB, layout, s string) model.Day {
	t.Helper()
	d, err := time.Parse(layout, s)
	if err != nil {
		t.Fatal(err)
	}
	return model.Day(d.Unix() / 86400)
}

func moneyOf(t testing.TB, s string) model.Money {
	t.Helper()
	m, err := model.ParseMoney(s)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// uciRows keeps the parsed file for all sets of this run, and which rows repeat
// another in all columns.
var uciRows struct {
	sync.Once
	rows    []realRow
	repeats []bool
}

// uci reads the order lines with a customer; distinct leaves out those that repeat.
func uci(distinct bool) func(testing.TB) []realRow {
	return func(t testing.TB) (rows []realRow) {
		uciRows.Do(func() {
			seen := map[string]bool{}
			for _, f := range records(t, "uci_online_retail/OnlineRetail.csv.gz")[1:] {
				invoice, quantity, date, price, customer := f[0], f[3], f[4], f[5], f[6]
				if customer == "" {
					continue
				}
				amount, exact, err := moneyOf(t, price).Times(int64(moneyOf(t, quantity)))
				if err != nil || !exact {
					t.Fatalf("%s × %s: exact %v, %v", quantity, price, exact, err)
				}
				uciRows.rows = append(uciRows.rows, realRow{
					customer: customer, order: invoice, day: dayOf(t, "1/2/2006 15:04", date),
					amount: amount, isReturn: strings.HasPrefix(quantity, "-"),
				})
				whole := strings.Join(f, "\x00")
				uciRows.repeats = append(uciRows.repeats, seen[whole])
				seen[whole] = true
			}
		})
		if len(uciRows.rows) == 0 {
			t.Skip("real data is not here")
		}
		for i, r := range uciRows.rows {
			if !distinct || !uciRows.repeats[i] {
				rows = append(rows, r)
			}
		}
		return rows
	}
}

func rfmOrders(t testing.TB) (rows []realRow) {
	for i, f := range records(t, "r_rfm/rfm_data_orders.csv")[1:] {
		rows = append(rows, realRow{
			customer: f[0], order: strconv.Itoa(i), day: dayOf(t, time.DateOnly, f[1]), amount: moneyOf(t, f[2]),
		})
	}
	return rows
}

// cdnow reads transactions whose columns stand under blanks: the customer in a given
// one, and day, number and value in the last three.
func cdnow(file string, customer, skip int) func(testing.TB) []realRow {
	return func(t testing.TB) (rows []realRow) {
		lines := bufio.NewScanner(bytes.NewReader(realData(t, "cdnow/"+file)))
		for n := 0; lines.Scan(); n++ {
			f := strings.Fields(lines.Text())
			if n < skip || len(f) == 0 {
				continue
			}
			last := len(f) - 1
			rows = append(rows, realRow{
				customer: f[customer], order: strconv.Itoa(n), day: dayOf(t, "20060102", f[last-2]), amount: moneyOf(t, f[last]),
			})
		}
		return rows
	}
}

func meal(paidOnly bool) func(testing.TB) []realRow {
	return func(t testing.TB) (rows []realRow) {
		all := records(t, "chinese/meal_order_info.gbk.csv")
		column := func(name string) int { return slices.Index(all[0], name) }
		order, customer, status := 0, column("emp_id"), column("order_status")
		start, amount := column("use_start_time"), column("expenditure")
		for _, f := range all[1:] {
			if paidOnly && f[status] != "1" {
				continue
			}
			rows = append(rows, realRow{
				customer: f[customer], order: f[order], day: dayOf(t, "2006/1/2 15:04", f[start]), amount: moneyOf(t, f[amount]),
			})
		}
		return rows
	}
}

// taobao reads the workbook: shared texts and the cells of the first sheet, all rows
// with all columns but perhaps the city.
func taobao(t testing.TB) (rows []realRow) {
	data := realData(t, "chinese/PYTHON-RFM实战数据.xlsx")
	book, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	read := func(name string, into any) {
		f, err := book.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := xml.NewDecoder(f).Decode(into); err != nil {
			t.Fatal(err)
		}
	}
	var texts struct {
		Items []struct {
			Text string   `xml:"t"`
			Runs []string `xml:"r>t"`
		} `xml:"si"`
	}
	var sheet struct {
		Rows []struct {
			Cells []struct {
				At    string `xml:"r,attr"`
				Value string `xml:"v"`
			} `xml:"c"`
		} `xml:"sheetData>row"`
	}
	read("xl/sharedStrings.xml", &texts)
	read("xl/worksheets/sheet1.xml", &sheet)
	for i, row := range sheet.Rows[1:] {
		cell := func(column string) string {
			for _, c := range row.Cells {
				if strings.TrimRight(c.At, "0123456789") == column {
					return c.Value
				}
			}
			return ""
		}
		text := func(column string) string {
			n, err := strconv.Atoi(cell(column))
			if err != nil {
				return cell(column)
			}
			return texts.Items[n].Text + strings.Join(texts.Items[n].Runs, "")
		}
		if text("D") != "交易成功" {
			continue
		}
		serial, err := strconv.ParseFloat(cell("C"), 64)
		if err != nil {
			t.Fatal(err)
		}
		const epoch = 25_569 // 1970-01-01 as a workbook counts days
		rows = append(rows, realRow{
			customer: text("B"), order: strconv.Itoa(i), day: model.Day(int(serial) - epoch), amount: moneyOf(t, cell("E")),
		})
	}
	return rows
}

// TestReferenceSets compares every cell of every table of data/reference, and what
// they write of retention.
func TestReferenceSets(t *testing.T) {
	t.Parallel()
	clean, net, package31 := model.DefaultSpec(), model.DefaultSpec(), model.DefaultSpec()
	clean.Returns, clean.Zero = model.ReturnsIgnore, model.ZeroDrop
	net.Returns, net.Zero = model.ReturnsOrders, model.ZeroKeep
	package31.AsOf, _ = model.DayOf(2006, 12, 31)
	for set, c := range map[string]struct {
		load func(testing.TB) []realRow
		spec model.Spec
	}{
		"cdnow_master":        {cdnow("CDNOW_master.txt", 0, 1), model.DefaultSpec()},
		"cdnow_sample":        {cdnow("CDNOW_sample.txt", 1, 0), model.DefaultSpec()},
		"rfm_orders":          {rfmOrders, model.DefaultSpec()},
		"rfm_orders_pkg":      {rfmOrders, package31},
		"uci_clean":           {uci(false), clean},
		"uci_clean_dedup":     {uci(true), clean},
		"uci_net":             {uci(false), net},
		"zh_meal_gbk_all":     {meal(false), model.DefaultSpec()},
		"zh_meal_gbk_status1": {meal(true), model.DefaultSpec()},
		"zh_taobao_xlsx":      {taobao, model.DefaultSpec()},
	} {
		t.Run(set, func(t *testing.T) {
			t.Parallel()
			orders := roll(c.load(t))
			base := mustMeasure(t, orders, c.spec)
			table := mustCount(t, base, orders, nil, 1)[0]
			checkReference(t, set, table, func(c cohort.Cohort, k int) string { return strconv.FormatInt(c.Active[k], 10) }, "counts")
			checkReference(t, set, table, func(c cohort.Cohort, k int) string {
				return strconv.FormatFloat(float64(c.Active[k])/float64(c.Size), 'f', 6, 64)
			}, "retention")
			var revenue model.Money
			for _, c := range table.Cohorts {
				for _, r := range c.Revenue {
					revenue += r
				}
			}
			if revenue != base.Total.Revenue {
				t.Errorf("the months are worth %s, the customers %s", revenue, base.Total.Revenue)
			}
		})
	}
}

// checkReference compares a table with a file that has a row per month with a cohort
// and 0 for months that were not reached.
func checkReference(t *testing.T, set string, table *cohort.Table, text func(c cohort.Cohort, k int) string, what string) {
	t.Helper()
	number := func(s string) float64 {
		f, err := strconv.ParseFloat(s, 64)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	want := map[string][]string{}
	all := records(t, "reference/"+set+".cohort_"+what+".csv")
	for _, row := range all[1:] {
		want[row[0]] = row[1:]
	}
	cells := 0
	for _, c := range table.Cohorts {
		month := c.Month.String()[:len("2006-01")]
		row := want[month]
		delete(want, month)
		if c.Size == 0 {
			if row != nil {
				t.Errorf("%s: nobody, want %s", month, row)
			}
			continue
		}
		for k, cell := range row {
			got := "0"
			if k < len(c.Active) {
				got = text(c, k)
			}
			if number(got) != number(cell) {
				t.Errorf("%s of %s, month %d: %s, want %s", what, month, k, got, cell)
			}
			cells++
		}
		for k := len(row); k < len(c.Active); k++ {
			if c.Active[k] != 0 {
				t.Errorf("%s, month %d: %d, which the reference does not have", month, k, c.Active[k])
			}
		}
	}
	for month := range want {
		t.Errorf("there is no cohort of %s", month)
	}
	t.Logf("%s: %d cells", what, cells)
}
