package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// mapInJSON is a map in JSON.
type mapInJSON struct {
	Scheme, Map string
	Segments    []struct {
		Segment, Revenue string
		Customers        *int64
	}
	Cells []struct {
		Cell, Segment, Label, Tier, Revenue string
		Color                               int
		Customers                           *int64
	}
}

func decodeMap(t *testing.T, text string) mapInJSON {
	t.Helper()
	var j mapInJSON
	if err := json.Unmarshal([]byte(text), &j); err != nil {
		t.Fatal(err)
	}
	return j
}

// countedWorkspace makes a workspace of some hundred generated customers.
func countedWorkspace(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	orders, w := filepath.Join(dir, "orders.csv"), filepath.Join(dir, "w.strata")
	mustRun(t, exitDone, "generate", "--customers", "400", "--orders", "2000", "--seed", "4", "--out", orders)
	mustRun(t, exitDone, "import", w, orders)
	return w
}

// TestSchemeMapGoesRound writes the map of every preset to a table and to a
// scheme: both give the same cells again.
func TestSchemeMapGoesRound(t *testing.T) {
	t.Parallel()
	for name, cells := range map[string]int{"ten": 125, "grid": 125, "eleven": 125, "eight": 8, "rfm-r": 125, "klaviyo": 27, "putler": 125, "pymc": 64} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := decodeMap(t, mustRun(t, exitDone, "scheme", "map", name, "--format", "json").out)
			if len(want.Cells) != cells || want.Map != name || want.Cells[0].Customers != nil {
				t.Fatalf("%d cells of the map %q", len(want.Cells), want.Map)
			}
			dir := t.TempDir()
			table, scheme := filepath.Join(dir, "map.csv"), filepath.Join(dir, "map.yaml")
			mustRun(t, exitDone, "scheme", "map", name, "--out", table)
			mustRun(t, exitDone, "scheme", "map", name, "--out", scheme)
			printed := filepath.Join(dir, "printed.csv")
			text := mustRun(t, exitDone, "scheme", "map", name, "--format", "csv").out
			if err := os.WriteFile(printed, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			for _, args := range [][]string{
				{"scheme", "map", name, "--import", table},
				{"scheme", "map", name, "--import", printed},
				{"scheme", "map", name, "--import", scheme},
				{"scheme", "map", scheme},
			} {
				got := decodeMap(t, mustRun(t, exitDone, append(args, "--format", "json")...).out)
				if last := args[len(args)-1]; len(args) == 3 && got.Scheme != "map" {
					t.Errorf("the scheme in %s is called %s", last, got.Scheme)
				}
				if got.Map != "" {
					t.Errorf("%v is the map %q", args, got.Map)
				}
				for i, c := range want.Cells {
					if got.Cells[i] != c {
						t.Fatalf("%v: cell %+v, want %+v", args, got.Cells[i], c)
					}
				}
			}
			mustRun(t, exitFailed, "scheme", "map", name, "--out", table) // it is there already
		})
	}
}

func TestSchemeMapOfAWorkspace(t *testing.T) {
	t.Parallel()
	w := countedWorkspace(t)
	tiers := decodeTiers(t, mustRun(t, exitDone, "tiers", w, "--format", "json").out)
	j := decodeMap(t, mustRun(t, exitDone, "scheme", "map", w, "--format", "json").out)
	for i, s := range j.Segments {
		if want := tiers.Segments[i]; s.Segment != want.Segment || *s.Customers != want.Customers || s.Revenue != string(want.Revenue) {
			t.Errorf("segment %s has %d customers and %s, want %s with %d and %s", s.Segment, *s.Customers, s.Revenue, want.Segment, want.Customers, want.Revenue)
		}
	}
	var customers int64
	for _, c := range j.Cells {
		customers += *c.Customers
	}
	if customers != tiers.Customers {
		t.Errorf("%d customers in the cells of %d", customers, tiers.Customers)
	}
	// The map value follows from the data, which a workspace has.
	mustRun(t, exitUsage, "scheme", "map", "value")
	if text := mustRun(t, exitDone, "scheme", "map", "value", "--workspace", w).out; !strings.Contains(text, "Value 90–100") {
		t.Errorf("the map value is\n%s", text)
	}
}

func TestSchemeMapImports(t *testing.T) {
	t.Parallel()
	w := countedWorkspace(t)
	table := filepath.Join(t.TempDir(), "own.csv")
	if err := os.WriteFile(table, []byte("cell;segment;tier;color\n5**;Fresh ones;high;3\n[1-4]*[2-5];rest;low;\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	r := mustRun(t, exitDone, "scheme", "map", w, "--import", table, "--save-scenario", "our map")
	again := mustRun(t, exitDone, "scheme", "map", w, "--import", table, "--save-scenario", "our map")
	expectOut(t, again.err, `saved as "our map", replacing that`)
	for _, want := range []string{"Fo  Fresh ones", "HIGH      3     25", "··  Others"} {
		if !strings.Contains(r.out, want) {
			t.Errorf("without %q:\n%s", want, r.out)
		}
	}
	for _, want := range []string{`note: 20 of 125 cells are in no segment: [1-4]*1`, `note: saved as "our map"`} {
		if !strings.Contains(r.err, want) {
			t.Errorf("without %q:\n%s", want, r.err)
		}
	}
	tiers := decodeTiers(t, mustRun(t, exitDone, "tiers", w, "--scheme", "our map", "--format", "json").out)
	if tiers.Segments[0].Segment != "fresh-ones" {
		t.Errorf("the scenario begins with %s", tiers.Segments[0].Segment)
	}
	mustRun(t, exitUsage, "scheme", "map", "ten", "--import", table, "--save-scenario", "x")
	mustRun(t, exitUsage, "scheme", "map", "ten", "--out", "map.xlsx")
	if err := os.WriteFile(table, []byte("cell,segment\n555,a\n556,a\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if r := mustRun(t, exitFailed, "scheme", "map", "ten", "--import", table); !strings.Contains(r.err, "own.csv: line 3, column 1 (cell): 556: monetary has 5 scores") {
		t.Errorf("told %q", r.err)
	}
}
