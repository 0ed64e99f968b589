package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
)

// matrixJSON is what `strata matrix` prints, as its users read it.
type matrixJSON struct {
	Rows    string   `json:"rows"`
	Cols    string   `json:"cols"`
	Value   string   `json:"value"`
	Slice   int      `json:"slice"`
	Scheme  string   `json:"scheme"`
	AsOf    string   `json:"as_of"`
	Counted []string `json:"counted"`
	Cells   []struct {
		Row       int   `json:"row"`
		Col       int   `json:"col"`
		Value     any   `json:"value"`
		Customers int64 `json:"customers"`
	} `json:"cells"`
}

// smallShop makes a workspace of generated orders.
func smallShop(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	orders, w := filepath.Join(folder, "orders.csv"), filepath.Join(folder, "shop.strata")
	mustRun(t, exitDone, "generate", "--customers", "300", "--orders", "2000", "--seed", "3", "--out", orders)
	mustRun(t, exitDone, "import", w, orders)
	return w
}

func TestMatrixAgreesWithTiers(t *testing.T) {
	t.Parallel()
	w := smallShop(t)
	tiers := decodeTiers(t, mustRun(t, exitDone, "tiers", w, "--format", "json").out)
	var m matrixJSON
	if err := json.Unmarshal([]byte(mustRun(t, exitDone, "matrix", w, "--cols", "monetary", "--value", "orders", "--format", "json").out), &m); err != nil {
		t.Fatal(err)
	}
	inRow := map[int]int64{}
	orders := 0.0
	for _, c := range m.Cells {
		inRow[c.Row] += c.Customers
		orders += c.Value.(float64)
	}
	for score, n := range tiers.ScoreCounts.Recency {
		if inRow[score+1] != n {
			t.Errorf("recency score %d: %d customers in the matrix, %d in the tiers", score+1, inRow[score+1], n)
		}
	}
	if int64(orders) != tiers.Orders || m.Rows != "recency" || m.Cols != "monetary" || m.Value != "orders" {
		t.Errorf("%s by %s has %.0f %s, want %d", m.Rows, m.Cols, orders, m.Value, tiers.Orders)
	}
}

func TestMatrixForPeopleAndSpreadsheets(t *testing.T) {
	t.Parallel()
	w := smallShop(t)
	text := mustRun(t, exitDone, "matrix", w, "--slice", "5", "--value", "revenue").out
	lines := strings.Split(text, "\n")
	if !strings.Contains(lines[0], "monetary score 5") || !strings.HasPrefix(lines[3], "R5 ") || !strings.HasPrefix(lines[7], "R1 ") {
		t.Errorf("the best scores are not on top:\n%s", text)
	}
	csv := strings.Split(mustRun(t, exitDone, "matrix", w, "--levels", "2,9,3", "--value", "aov", "--format", "csv").out, "\n")
	if csv[0] != "row,col,aov,customers" || len(csv) != 1+2*9+1 {
		t.Errorf("%d lines under %q", len(csv), csv[0])
	}
	for _, wrong := range [][]string{{"--cols", "recency"}, {"--slice", "6"}, {"--value", "x"}, {"--rows", "x"}} {
		mustRun(t, exitUsage, append([]string{"matrix", w}, wrong...)...)
	}
}
