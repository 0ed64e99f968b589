package importer_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"strata/importer"
	"strata/model"
)

// showKept writes the kept columns of an intake by subject, with the values of
// each order or line; lines of an order by value, for their order is the file's.
func showKept(in *model.Intake) string {
	var b strings.Builder
	order := func(i int32) string { return in.Customers.At(int(in.OrderCustomer[i])) + in.OrderKeys.At(int(i)) }
	for _, a := range in.OrderAttributes {
		var values []string
		for i, code := range a.Codes.Code {
			values = append(values, order(int32(i))+":"+a.Codes.Words[code])
		}
		slices.Sort(values)
		fmt.Fprintf(&b, "order %s %s\n", a.Name, strings.Join(values, " "))
	}
	if in.Lines == nil {
		return b.String()
	}
	for _, a := range in.Lines.Attributes {
		var values []string
		for l, code := range a.Codes.Code {
			values = append(values, order(in.Lines.Order[l])+":"+a.Codes.Words[code])
		}
		slices.Sort(values)
		fmt.Fprintf(&b, "line %s %s\n", a.Name, strings.Join(values, " "))
	}
	return b.String()
}

// The same rows in another order are the same columns of orders and lines: those
// that differ within some order are of lines.
func TestSubjectsAreTheSameInAnyOrderOfRows(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.SampledFrom([]string{"", "x", "y"})
		words := map[string][3]string{} // of orders, where they are to be the same
		var rows []string
		differ := [3]bool{}
		for range rapid.IntRange(2, 40).Draw(t, "rows") {
			order := fmt.Sprintf("%s,%d", rapid.SampledFrom([]string{"A", "B"}).Draw(t, "customer"), rapid.IntRange(1, 5).Draw(t, "order"))
			w := words[order]
			row := fmt.Sprintf("%s,2024-01-05,%d,%d", order, rapid.IntRange(1, 9).Draw(t, "quantity"), rapid.IntRange(1, 9).Draw(t, "price"))
			for i := range w {
				v := value.Draw(t, "value")
				if i > 0 && v != "" && w[i] != "" && v != w[i] && rapid.IntRange(0, 9).Draw(t, "differs") > 0 {
					v = w[i]
				}
				differ[i] = differ[i] || v != "" && w[i] != "" && v != w[i]
				if w[i] == "" {
					w[i] = v
				}
				row += "," + v
			}
			words[order] = w
			rows = append(rows, row)
		}
		const head = "customer,order,date,quantity,price,tone,channel,mood\n"
		options := importer.Options{Kind: "lines"}
		_, intake, err := read(t.Context(), head+strings.Join(rows, "\n")+"\n", options)
		if err != nil {
			t.Fatal(err)
		}
		kept := showKept(intake)
		for i, name := range []string{"tone", "channel", "mood"} {
			if !strings.Contains(kept, map[bool]string{false: "order ", true: "line "}[differ[i]]+name+" ") {
				t.Fatalf("%s differs: %v, in\n%s", name, differ[i], kept)
			}
		}
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "shuffle"), 0))
		r.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		_, again, err := read(t.Context(), head+strings.Join(rows, "\n")+"\n", options)
		if err != nil {
			t.Fatal(err)
		}
		if got := showKept(again); got != kept {
			t.Fatalf("shuffled:\n%s\nbefore:\n%s", got, kept)
		}
	})
}

const differing = `customer,order,date,quantity,price,channel,mood,profit,email
A,1,2024-01-05,1,10,web,,3.5,a@old
A,1,2024-01-05,2,10,web,good,4,a@new
B,2,2024-01-06,1,20,shop,bad,,
`

func TestColumnsThatDifferWithinOrders(t *testing.T) {
	t.Parallel()
	for lines, want := range map[string]string{
		"": "order channel A1:web B2:shop\norder mood A1:good B2:bad\nline profit A1:3.5 A1:4 B2:\n",
		"no": "order channel A1:web B2:shop\norder mood A1:good B2:bad\n" +
			"differs-within-orders: not stored, because their values differ within an order and order lines are not stored: \"profit\"\n",
	} {
		plan, intake := mustRead(t, differing, importer.Options{Lines: lines})
		got := showKept(intake)
		for _, w := range plan.Warnings {
			got += w.Code + ": " + w.Message + "\n"
		}
		if got != want {
			t.Errorf("--lines %s:\n%s\nwant:\n%s", lines, got, want)
		}
		if c := intake.CustomerAttributes; len(c) != 1 || c[0].Codes.Words[c[0].Codes.Code[0]] != "a@new" {
			t.Errorf("--lines %s: what differs of a customer: %+v", lines, c)
		}
		subject, attribute := plan.Columns[7].Subject, plan.Columns[7].Attribute
		if lines == "" && (subject != model.OfLine || attribute != "profit") || lines == "no" && (subject != "" || attribute != "") {
			t.Errorf("--lines %s: the plan keeps %q of %q", lines, attribute, subject)
		}
	}
}

// Where a row is an order, an id that stands twice makes no lines of them.
func TestRowsThatAreOrdersHaveNoLines(t *testing.T) {
	t.Parallel()
	plan, intake := mustRead(t, differing, importer.Options{Kind: "orders"})
	const want = "order channel A1:web B2:shop\norder mood A1:good B2:bad\norder profit A1:3.5 B2:\n"
	if got := showKept(intake); got != want || len(plan.Warnings) > 0 {
		t.Errorf("%s%v\nwant:\n%s", got, plan.Warnings, want)
	}
}

// The lines of an order make it up, whatever the file: [model.IntakeLines].
func TestLinesMakeUpTheirOrders(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := "customer,order,date,quantity,price\n"
		for range rapid.IntRange(1, 30).Draw(t, "rows") {
			text += fmt.Sprintf("%s,%d,2024-01-05,%d,%d.5\n", rapid.SampledFrom([]string{"A", "B"}).Draw(t, "customer"),
				rapid.IntRange(1, 5).Draw(t, "order"), rapid.IntRange(-3, 3).Draw(t, "quantity"), rapid.IntRange(-3, 3).Draw(t, "price"))
		}
		_, in, err := read(t.Context(), text, importer.Options{Kind: "lines"})
		if err != nil {
			t.Fatal(err)
		}
		checkLines(t, in)
	})
}

// checkLines makes sure that the lines of an intake add up to its orders.
func checkLines(t interface{ Fatalf(string, ...any) }, in *model.Intake) {
	type order struct {
		value, returned, cost model.Money
		flags                 model.OrderFlag
	}
	at := func(values []model.Money, i int) model.Money {
		if values == nil {
			return 0
		}
		return values[i]
	}
	want, got := map[int32]order{}, map[int32]order{}
	for i := range in.OrderDay {
		want[int32(i)] = order{in.OrderValue[i], at(in.OrderReturned, i), at(in.OrderCost, i), in.OrderFlags[i]}
	}
	for l, i := range in.Lines.Order {
		o := got[i]
		o.value += max(0, in.Lines.Amount[l])
		o.returned += max(0, -in.Lines.Amount[l]) + at(in.Lines.Refund, l)
		o.cost += at(in.Lines.Cost, l)
		o.flags |= in.Lines.Flags[l]
		got[i] = o
	}
	if !maps.Equal(got, want) {
		t.Fatalf("lines add up to %v, orders are %v", got, want)
	}
}
