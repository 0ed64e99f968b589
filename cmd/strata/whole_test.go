package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"strata/model"
)

// allKinds has an order of every kind that is in no tier: a customer with
// returns only, orders worth nothing, customers of later days, returns after the
// last sale, and a region to filter by.
const allKinds = `customer,order,date,amount,region
ann,1,2024-01-10,100.00,east
ann,2,2024-03-05,80.50,east
ann,3,2024-03-20,-20.25,east
bob,4,2024-02-01,60.00,west
bob,5,2024-05-02,45.00,west
cid,6,2024-02-11,-15.00,east
dee,7,2024-04-17,120.00,west
eve,8,2024-02-20,0.00,east
eve,9,2024-05-30,10.00,east
bob,10,2024-06-15,-12.00,west
fay,11,2023-06-01,33.00,west
,12,2024-03-03,50.00,west
`

func allKindsShop(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	orders, w := filepath.Join(folder, "orders.csv"), filepath.Join(folder, "shop.strata")
	if err := os.WriteFile(orders, []byte(allKinds), 0o600); err != nil {
		t.Fatal(err)
	}
	mustRun(t, exitRefused, "import", w, orders, "--currency", "GBP")
	return w
}

// asPrinted is all a run printed, with the workspace's path taken out.
func asPrinted(t *testing.T, w string, args ...string) string {
	t.Helper()
	r := mustRun(t, exitDone, args...)
	return strings.ReplaceAll(r.out+"--- stderr\n"+r.err, w, "shop.strata")
}

func TestGoldenWhole(t *testing.T) {
	t.Parallel()
	w := allKindsShop(t)
	for name, args := range map[string][]string{
		"tiers":             {"tiers", w},
		"tiers-json":        {"tiers", w, "--format", "json"},
		"tiers-csv":         {"tiers", w, "--format", "csv"},
		"tiers-earlier":     {"tiers", w, "--as-of", "2024-04-01", "--window", "6m", "--where", "region=east", "--zero", "drop"},
		"tiers-ignore":      {"tiers", w, "--returns", "ignore"},
		"compare-days":      {"compare", w, "--before", "2024-04-01"},
		"compare-days-json": {"compare", w, "--before", "2024-04-01", "--format", "json"},
		"customer-return":   {"customer", w, "cid"},
		"customer-json":     {"customer", w, "bob", "--as-of", "2024-05-01", "--window", "2m", "--format", "json"},
		"customer-window":   {"customer", w, "ann", "--window", "4m"},
		"customer-filtered": {"customer", w, "bob", "--where", "region=east"},
		"customer-later":    {"customer", w, "dee", "--as-of", "2024-04-01"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			golden.RequireEqual(t, asPrinted(t, w, args...))
		})
	}
}

// TestOutputsAddUp holds what `strata tiers` prints for programs to the
// workspace, whatever is asked: customers, orders and value.
func TestOutputsAddUp(t *testing.T) {
	t.Parallel()
	w := smallShop(t)
	answered := 0
	for _, asOf := range []string{"", "2024-06-01", "2025-01-01", "2025-10-01"} {
		for _, window := range []string{"all", "3m"} {
			for _, returns := range []string{"net", "ignore", "orders"} {
				for _, where := range []string{"", "channel=Web", "region!=North"} {
					args := []string{"tiers", w, "--window", window, "--returns", returns, "--zero", "drop"}
					if asOf != "" {
						args = append(args, "--as-of", asOf)
					}
					if where != "" {
						args = append(args, "--where", where)
					}
					r := strata(t, "", append(args, "--format", "json")...)
					if r.status != exitDone {
						continue // nobody is left to draw cuts from
					}
					checkJSONAddsUp(t, r.out, args)
					checkCSVAddsUp(t, mustRun(t, exitDone, append(args, "--format", "csv")...).out, args)
					answered++
				}
			}
		}
	}
	if answered < 60 {
		t.Errorf("only %d questions were answered", answered)
	}
}

// partJSON is a part of the workspace in JSON.
type partJSON struct {
	Customers, Orders int64
	Value             amount
}

// amountsOf are customers, orders and value of a JSON object or a row.
type amountsOf [3]int64

func (a *amountsOf) add(b amountsOf) {
	for i := range a {
		a[i] += b[i]
	}
}

func amountsIn(t *testing.T, customers, orders, value string) (a amountsOf) {
	t.Helper()
	money, err := model.ParseMoney(value)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Sscan(customers+" "+orders, &a[0], &a[1]); err != nil {
		t.Fatal(err)
	}
	a[2] = int64(money)
	return a
}

func checkJSONAddsUp(t *testing.T, text string, args []string) {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var all map[string]any
	if err := d.Decode(&all); err != nil {
		t.Fatal(err)
	}
	part := func(of any, value string) amountsOf {
		o := of.(map[string]any)
		return amountsIn(t, fmt.Sprint(o["customers"]), fmt.Sprint(o["orders"]), fmt.Sprint(o[value]))
	}
	var sum amountsOf
	for _, tier := range all["tiers"].([]any) {
		sum.add(part(tier, "revenue"))
	}
	for _, name := range []string{"not_counted", "not_tiered", "before_window", "not_seen", "filtered_out"} {
		sum.add(part(all[name], "value"))
	}
	if whole := part(all["workspace"], "value"); sum != whole || whole[0] != 300 {
		t.Errorf("%v: the parts add up to %v, the workspace is %v", args[2:], sum, whole)
	}
}

func checkCSVAddsUp(t *testing.T, text string, args []string) {
	t.Helper()
	if whole := checkCSVRows(t, text); whole[0] != 300 {
		t.Errorf("%v: the workspace is %v", args[2:], whole)
	}
}

// checkCSVRows adds the rows of the tiers, of which none is one, and of the rest up
// to the workspace.
func checkCSVRows(t *testing.T, text string) (whole amountsOf) {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var sum amountsOf
	for _, row := range rows[1:] {
		part := amountsIn(t, row[3], row[5], row[6])
		switch row[0] {
		case "tier", "rest":
			sum.add(part)
		case "workspace":
			whole = part
		}
	}
	if sum != whole {
		t.Errorf("the rows add up to %v, the workspace is %v:\n%s", sum, whole, text)
	}
	return whole
}
