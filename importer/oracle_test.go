package importer_test

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"strata/importer"
	"strata/model"
)

// oracleOrder is an order as the plainest program would make it.
type oracleOrder struct {
	customer, key   string
	day             model.Day
	value, returned model.Money
	flags           model.OrderFlag
	lines           int32
	region          string // the first that is not empty
	regions         bool   // it has several
	row             int    // its first
	bought          map[model.Day]bool
}

// oracle rolls up sound rows of (customer, order, day, amount, region) with
// maps, and sorts the orders by customer, day and file order. Where at least one
// in twenty ids on several rows was bought on different days, the day belongs to
// the identity of an order.
func oracle(rows [][]string) []oracleOrder {
	orders := oracleOrders(rows, false)
	several, apart := 0, 0
	for _, o := range orders {
		if o.lines > 1 {
			several++
			if len(o.bought) > 1 {
				apart++
			}
		}
	}
	if apart > 0 && apart*20 >= several {
		return oracleOrders(rows, true)
	}
	return orders
}

func oracleOrders(rows [][]string, restart bool) []oracleOrder {
	var orders []*oracleOrder
	byKey := make(map[[3]string]*oracleOrder)
	appeared := make(map[string]int)
	for i, row := range rows {
		amount, err := model.ParseMoney(row[3])
		if err != nil {
			panic(err)
		}
		day, _ := model.ParseDay(row[2])
		if _, ok := appeared[row[0]]; !ok {
			appeared[row[0]] = i
		}
		id := [3]string{row[0], row[1]}
		if restart {
			id[2] = row[2]
		}
		o := byKey[id]
		if o == nil || row[1] == "" {
			o = &oracleOrder{customer: row[0], key: row[1], day: day, region: row[4], row: i, bought: make(map[model.Day]bool)}
			byKey[id] = o
			orders = append(orders, o)
		}
		o.region = cmp.Or(o.region, row[4])
		o.regions = o.regions || row[4] != "" && row[4] != o.region
		o.lines++
		if len(o.bought) == 0 {
			o.day = max(o.day, day)
		}
		if amount < 0 {
			o.returned -= amount
			o.flags |= model.Return
			continue
		}
		o.value += amount
		o.flags |= model.Purchase
		o.bought[day] = true
		o.day = slices.Max(slices.Collect(maps.Keys(o.bought)))
	}
	sorted := make([]oracleOrder, len(orders))
	for i, o := range orders {
		sorted[i] = *o
	}
	slices.SortFunc(sorted, func(a, b oracleOrder) int {
		return cmp.Or(cmp.Compare(appeared[a.customer], appeared[b.customer]), cmp.Compare(a.day, b.day), cmp.Compare(a.row, b.row))
	})
	return sorted
}

// showOracle writes the orders as show does. Where rows are lines and some order
// has several regions, the region is none of orders.
func showOracle(orders []oracleOrder, kind model.Kind) string {
	var b strings.Builder
	ofLines := kind == model.KindLines && slices.ContainsFunc(orders, func(o oracleOrder) bool { return o.regions })
	for _, o := range orders {
		fmt.Fprintf(&b, "%s %s %s %s %s %d %d", o.customer, o.key, o.day, o.value, o.returned, o.flags, o.lines)
		if !ofLines {
			fmt.Fprintf(&b, " region=%s", o.region)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// The pipeline makes the orders that maps make, whatever the size of its
// blocks.
func TestReadAgainstOracle(t *testing.T) {
	t.Parallel()
	customer := rapid.StringMatching(`[A-C]{1,2}|long customer key [0-3]|"é, ;[0-9]"`)
	order := rapid.StringMatching(`|[0-9]|order number [0-9]`)
	rapid.Check(t, func(t *rapid.T) {
		row := rapid.Custom(func(t *rapid.T) []string {
			return []string{
				customer.Draw(t, "customer"), order.Draw(t, "order"),
				fmt.Sprintf("2020-%02d-%02d", rapid.IntRange(1, 3).Draw(t, "month"), rapid.IntRange(1, 28).Draw(t, "day")),
				rapid.StringMatching(`-?[0-9]{1,5}(\.[0-9]{1,4})?`).Draw(t, "amount"),
				rapid.SampledFrom([]string{"", "East", "West\nor so", "\"North\""}).Draw(t, "region"),
			}
		})
		// Many rows of few customers: those take the map, not the search.
		rows := rapid.SliceOfN(row, 1, 150).Draw(t, "rows")
		var text strings.Builder
		w := csv.NewWriter(&text)
		w.UseCRLF = rapid.Bool().Draw(t, "crlf")
		if w.UseCRLF { // the writer would put CRLF into values as well
			for _, r := range rows {
				r[4] = strings.ReplaceAll(r[4], "\n", " ")
			}
		}
		if err := w.WriteAll(append([][]string{{"customer", "order", "date", "amount", "region"}}, rows...)); err != nil {
			t.Fatal(err)
		}
		in, err := importer.Open(t.Context(), "-", strings.NewReader(text.String()))
		if err != nil {
			t.Fatal(err)
		}
		plan, err := importer.Detect(t.Context(), in, importer.Options{Decimal: "."})
		if err != nil {
			t.Fatal(err)
		}
		size := rapid.IntRange(1, 2000).Draw(t, "block size")
		intake, err := importer.ReadInBlocks(t.Context(), in, plan, size)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := show(intake), showOracle(oracle(rows), plan.Kind); got != want {
			t.Fatalf("got\n%swant\n%s", got, want)
		}
	})
}

// One block or many, the intake is the same to the last code.
func TestBlockSizeChangesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		field := rapid.StringMatching(`[a-c]{0,2}|"[x,\n]{0,3}"|"|""|[0-9]{1,2}/[0-9]{1,2}/20|-?[0-9]{1,3}(\.5)?`)
		text := "customer,date,amount,product,email,note\nx,25/12/2020,1,p,q,r\n"
		for range rapid.IntRange(0, 30).Draw(t, "rows") {
			text += strings.Join(rapid.SliceOfN(field, 3, 6).Draw(t, "fields"), ",") + "\n"
		}
		var intakes [2]*model.Intake
		for i, size := range []int{1 << 20, rapid.IntRange(1, 200).Draw(t, "block size")} {
			in, err := importer.Open(t.Context(), "-", strings.NewReader(text))
			if err != nil {
				t.Fatal(err)
			}
			plan, err := importer.Detect(t.Context(), in, importer.Options{
				DateFormat: "dmy", Map: map[string]string{"customer": "customer", "date": "date", "amount": "amount"},
			})
			if err != nil {
				t.Fatal(err)
			}
			if intakes[i], err = importer.ReadInBlocks(t.Context(), in, plan, size); err != nil {
				t.Fatal(err)
			}
			intakes[i].Source.Seconds = 0
		}
		if !reflect.DeepEqual(intakes[0], intakes[1]) {
			t.Fatalf("%q: got %+v, want %+v", text, intakes[1], intakes[0])
		}
	})
}
