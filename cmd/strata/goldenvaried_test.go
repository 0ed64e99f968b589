package main

import (
	"os"
	"strings"
	"testing"
)

// variedInvocations are on a workspace of which every count, flag and text is
// something: a figure that is nothing in all that is pinned could be any other that is.
var variedInvocations = []invocation{
	{name: "varied-sources", line: "sources V", formats: "text csv json"},
	{name: "varied-rejects", line: "rejects V --limit 2", formats: "text json"},
	{name: "varied-import-corrected", line: "import V rest.csv --plan r.csv.plan.yaml", formats: "text csv json"},
	{name: "varied-import-repeated", line: "import V more.csv --overlap drop", formats: "text csv json"},
	{name: "varied-import-dry", line: "import new.strata t.csv --dry-run --duplicates drop", formats: "json"},
	{name: "varied-tiers", line: "tiers V --window 12m --where region!=West"},
	{name: "varied-customer-locked", line: "customer V A6 --where region!=West", formats: "text json"},
	{name: "varied-customer-grace", line: "customer V A1 --recency 30,60,90,200 --frequency 1,2,3,4 --monetary 10,50,100,400", formats: "text json"},
	{name: "varied-customer-both", line: "customer V A6 --scheme ten --recency 30,60,90,200 --frequency 1,2,3,4 --monetary 10,50,100,400", formats: "text json"},
	{name: "varied-compare-days", line: "compare V --before 2023-06-01 --scheme ten --window 12m --where region!=West"},
	{name: "varied-compare", line: "compare V --before kept --after ten --window 12m", formats: "text json"},
	{name: "varied-compare-gone", line: "compare V --before 2023-06-01 --scheme ten --window 6m", formats: "text csv json"},
	{name: "varied-compare-members", line: "compare V --before 2023-06-01 --scheme ten --window 6m --members moved", formats: "text csv json"},
	{name: "varied-compare-empty", line: "compare V --before holed.yaml --after ten --by tier", formats: "text json"},
	{name: "varied-compare-filled", line: "compare V --before ten --after holed.yaml --by tier", formats: "text json"},
	{name: "varied-matrix", line: "matrix V --where region!=West --slice 1", formats: "text json"},
	{name: "varied-suggest", line: "suggest V --goal high:revenue>=90%,high<=10% --scheme ten", formats: "text json"},
	{name: "varied-scenario-list", line: "scenario list V"},
	{name: "varied-scenario-show", line: "scenario show V kept"},
	{name: "varied-scenario-replace", line: "scenario save V kept --recency 30,60,90,200"},
	{name: "varied-log", line: "log V"},
	{name: "varied-lint", line: "scheme lint holed.yaml --workspace V", formats: "text csv json"},
	{name: "varied-map", line: "scheme map holed.yaml", formats: "text csv json"},
	{name: "varied-map-counted", line: "scheme map V", formats: "text csv json"},
	{name: "varied-tiers-holed", line: "tiers V --scheme holed.yaml", formats: "text json"},
	{name: "varied-backup", line: "backup V copy.strata"},
	{name: "varied-config", line: "config show"},
}

// TestGoldenVaried pins what the program prints of a workspace with something of
// everything: corrections, duplicates, orders of two files, returns beside refused rows,
// overrides, notes, a branch in the log, and a map with a hole and colours.
func TestGoldenVaried(t *testing.T) {
	here, folder := workingFolder(t), t.TempDir()
	t.Chdir(folder)
	t.Setenv("XDG_CONFIG_HOME", folder)
	t.Setenv("HOME", folder)
	run := func(status int, line string) string {
		t.Helper()
		var args []string
		for word := range strings.FieldsSeq(line) {
			args = append(args, strings.ReplaceAll(word, "_", " "))
		}
		return mustRun(t, status, args...).out
	}
	writeFile(t, "t.csv", `customer,order,date,amount,region
A1,1,2023-01-05,100.00,North
A1,2,2023-06-11,250.50,North
A1,2,2023-06-11,250.50,North
A2,3,2023-02-01,30.00,South
A2,4,2023-02-01,-12.00,South
A3,5,2023-03-09,75.25,North
A3,6,2023-09-30,60.00,North
A4,7,2023-10-01,0.00,South
A4,8,2022-01-15,80.00,South
A5,9,2023-11-20,500.00,East
A5,10,2023-12-01,640.00,East
A6,11,2021-05-05,20.00,East
A7,12,someday,15.00,East
A8,13,2023-12-05,-9.00,West
A9,14,2023-12-0x,-7.50,West
A9,15,2023-12-0y,8.25,West
`)
	run(exitRefused, "import V t.csv --currency EUR --duplicates drop")
	run(exitDone, "rejects V --export r.csv")
	refused, err := os.ReadFile("r.csv")
	if err != nil {
		t.Fatal(err)
	}
	header, rows, _ := strings.Cut(string(refused), "\n")
	lines := strings.Split(strings.NewReplacer("someday", "2023-08-08", "0x", "09", "0y", "10").Replace(rows), "\n")
	writeFile(t, "c.csv", header+"\n"+strings.Join(lines[:2], "\n")+"\n")
	writeFile(t, "rest.csv", header+"\n"+lines[2]+"\n")
	run(exitDone, "import V c.csv --plan r.csv.plan.yaml")
	run(exitDone, "scenario save V old --recency 30,60,90,200")
	writeFile(t, "again.csv", "customer,order,date,amount\nA1,2,2023-06-11,250.50\nA10,20,2024-01-02,33.00\n")
	run(exitDone, "import V again.csv --overlap drop")
	writeFile(t, "more.csv", "customer,order,date,amount\nA10,20,2024-01-02,33.00\nA10,21,2024-01-03,-3.00\n")
	writeFile(t, "locks.csv", "customer,tier,until,reason,author\nA6,high,2025-01-01,a partner,kim\nA5,low,,,\n")
	run(exitDone, "scenario save V kept --overrides locks.csv --grace 2 --note for_Monday")
	run(exitDone, "scenario save V days --method ntile --estimate data")
	run(exitDone, "scenario baseline V kept")
	run(exitDone, "scenario open V eight")
	run(exitDone, "scenario open V days")
	run(exitDone, "undo V")
	run(exitDone, "scenario open V kept")
	writeFile(t, "holed.yaml", strings.NewReplacer("scheme: eleven", "scheme: holed",
		"    label: Champions\n", "    label: Champions\n    color: 3\n",
		"cells: 111 112 121 131 141 151", "cells: 111", "  - segment: lost\n", "  - segment: shadow\n    tier: low\n    cells: 555\n  - segment: lost\n",
	).Replace(run(exitDone, "scheme show eleven --cells")))
	runGoldens(t, here, folder, "V", variedInvocations)
}
