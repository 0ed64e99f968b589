package main

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// reference is what the reference JSON of a data set says beside its customers.
type reference struct {
	AsOf      string      `json:"as_of"`
	Customers int64       `json:"customers"`
	Orders    int64       `json:"orders"`
	Revenue   json.Number `json:"revenue_exact"`
	Cuts      struct {
		Recency   []float64 `json:"recency_days"`
		Frequency []float64 `json:"frequency"`
		Monetary  []float64 `json:"monetary"`
	} `json:"quintile_cuts_q20_q40_q60_q80"`
}

// Every reference set that comes from delimited text: the totals, the cuts and
// every customer's scores.
func TestReferenceSets(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		set, file string
		reading   []string // flags of import
		flags     []string // of tiers and scores
	}{
		{set: "cdnow_master", file: "cdnow/CDNOW_master.txt"},
		{set: "cdnow_sample", file: "cdnow/CDNOW_sample.txt"},
		{set: "zh_meal_gbk_all", file: "chinese/meal_order_info.gbk.csv", reading: []string{"--map", "customer=emp_id"}},
		{
			set: "zh_meal_gbk_status1", file: "chinese/meal_order_info.gbk.csv", reading: []string{"--map", "customer=emp_id,amount=expenditure,date=use_start_time"},
			flags: []string{"--where", "order_status=1"},
		},
		{
			set: "uci_clean_dedup", file: "uci_online_retail/OnlineRetail.csv.gz", reading: []string{"--duplicates", "drop", "--lines", "no"},
			flags: []string{"--returns", "ignore", "--zero", "drop"},
		},
		{set: "rfm_orders", file: "r_rfm/rfm_data_orders.csv"},
		{set: "rfm_orders_pkg", file: "r_rfm/rfm_data_orders.csv", flags: []string{"--as-of", "2006-12-31"}},
	} {
		t.Run(test.set, func(t *testing.T) {
			t.Parallel()
			w := filepath.Join(t.TempDir(), "w.strata")
			r := strata(t, "", append([]string{"import", w, sharedData(t, test.file)}, test.reading...)...)
			if r.status != exitDone && r.status != exitRefused {
				t.Fatal(r.err)
			}
			text, err := os.ReadFile(sharedData(t, "reference/"+test.set+".json"))
			if err != nil {
				t.Fatal(err)
			}
			var want reference
			if err := json.Unmarshal(text, &want); err != nil {
				t.Fatal(err)
			}
			j := decodeTiers(t, mustRun(t, exitDone, append([]string{"tiers", w, "--format", "json"}, test.flags...)...).out)
			revenue := want.Revenue.String()
			if !strings.Contains(revenue, ".") {
				revenue += ".00"
			}
			checkTotals(t, j, want.Customers, want.Orders, revenue, want.AsOf)
			monetary := make([]json.Number, len(j.Cuts.Monetary))
			for i, cut := range j.Cuts.Monetary {
				monetary[i] = json.Number(cut)
			}
			checkCuts(t, "recency", j.Cuts.Recency, want.Cuts.Recency)
			checkCuts(t, "frequency", j.Cuts.Frequency, want.Cuts.Frequency)
			checkCuts(t, "monetary", monetary, want.Cuts.Monetary)
			compareScores(t, w, test.set, test.flags...)
		})
	}
}

func checkCuts(t *testing.T, axis string, got []json.Number, want []float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: cuts %v, want %v", axis, got, want)
	}
	for i, cut := range got {
		v, err := cut.Float64()
		if err != nil || math.Abs(v-want[i]) > 1e-6 {
			t.Errorf("%s: cut %d is %s, want %g", axis, i+1, cut, want[i])
		}
	}
}
