package main

import (
	"strings"
	"testing"
)

// Where no order has an amount, or only lines tell, it is said why there is none.
func TestFiguresWithoutStatements(t *testing.T) {
	goldenFolder(t)
	strata(t, "", "import", "N", "counts.csv")
	writeFile(t, "lines.csv", "order_id,sku,quantity,price,customer,date\nA,x,1,2.50,ann,2024-01-02\nA,y,2,3.00,ann,2024-01-02\nB,x,1,2.50,bob,2024-02-02\nB,z,1,9.00,bob,2024-02-02\nC,y,1,3.00,cid,2024-03-01\n")
	strata(t, "", "import", "L", "lines.csv")
	for _, c := range []struct{ line, value, want string }{
		{"N all.revenue", "null", "No order has an amount"},
		{"N monetary.cuts", "[\n    null,", "No order has an amount"},
		{"N high.customers", "1", ""},
		{"L all.revenue --where sku=x", `"5.00"`, "conditions on order lines"},
		{"L all.revenue", `"23.00"`, ""},
		{"W recency.cuts --recency 14,45,90,180", "[\n    14,", "do not follow from the data"},
		{"W frequency.cuts --method ntile", "[", "groups of equal size"},
		{"W high.orders --method nested", "", "cuts alone do not tell"},
	} {
		out := mustRun(t, exitDone, append([]string{"explain"}, append(strings.Fields(c.line), "--format", "json")...)...).out
		if !strings.Contains(out, `"value": `+c.value) || !strings.Contains(out, c.want) || (c.want != "") != strings.Contains(out, `"sql": null`) {
			t.Errorf("%s: %s", c.line, out)
		}
	}
}

func TestUnknownFigures(t *testing.T) {
	goldenFolder(t)
	for id, want := range map[string]string{
		"hihg.revenue":   "use high.revenue, ",
		"share.ginni":    "use share.gini, or list",
		"what-is-this":   "lists them",
		"cohort.2024-03": "lists them",
	} {
		if r := strata(t, "", "explain", "W", id); r.status != exitUsage || !strings.Contains(r.err, want) {
			t.Errorf("%s: exit status %d, %s", id, r.status, r.err)
		}
	}
	offered := mustRun(t, exitDone, "__complete", "explain", "W", "")
	if !strings.Contains(offered.out, "high.revenue\t") || strings.Contains(offered.out, "cohort.") {
		t.Error(offered.out)
	}
	if offered := mustRun(t, exitDone, "__complete", "explain", "W", "cohort.2024-03.1."); !strings.Contains(offered.out, "cohort.2024-03.1.retention\t") {
		t.Error(offered.out)
	}
}
