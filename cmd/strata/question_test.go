package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// The answers about UCI are those that R and Python give of the same rows.
func TestAnswersAreTheReferences(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: imports half a million lines")
	}
	t.Parallel()
	w := filepath.Join(t.TempDir(), "W")
	mustRun(t, exitRefused, "import", w, sharedData(t, "uci_online_retail/OnlineRetail.csv.gz"))
	clean := []string{"--returns", "ignore", "--zero", "drop"}
	ask := func(args ...string) string { return mustRun(t, exitDone, append(args, clean...)...).out }

	t.Run("cohort", func(t *testing.T) {
		want := rowsOf(t, string(mustRead(t, sharedData(t, "reference/uci_clean.cohort_counts.csv"))))
		shares := rowsOf(t, string(mustRead(t, sharedData(t, "reference/uci_clean.cohort_retention.csv"))))
		for i, r := range rowsOf(t, ask("cohort", w, "--format", "csv")) {
			if i == 0 {
				continue
			}
			k, active := mustInt(t, r[3]), r[5]
			row := 1 // of the reference
			for want[row][0] != r[0] {
				row++
			}
			if got := want[row][k+1]; got != active {
				t.Errorf("cohort %s month %d: %s active, %s in the reference", r[0], k, active, got)
			}
			if got, ref := mustFloat(t, r[6]), mustFloat(t, shares[row][k+1]); math.Abs(got-ref) > 5e-7 {
				t.Errorf("cohort %s month %d: retention %v, %v in the reference", r[0], k, got, ref)
			}
		}
	})
	var reference struct {
		Concentration map[string]struct {
			Gini      float64
			Corrected float64 `json:"gini_corrected_n_over_n_minus_1"`
			Top       map[string]struct {
				Customers int
				Share     float64
			} `json:"top_share"`
		}
		Tiers map[string]struct {
			Table    map[string][]int
			X2, P    float64
			DF       int
			V        float64 `json:"cramers_v"`
			VCorrect float64 `json:"cramers_v_bias_corrected"`
			Few      int     `json:"cells_expected_below_5"`
		} `json:"tier_country"`
	}
	if err := json.Unmarshal(mustRead(t, sharedData(t, "reference/uci_monthly.json")), &reference); err != nil {
		t.Fatal(err)
	}
	near := func(t *testing.T, what string, got any, want float64) {
		t.Helper()
		if v, ok := got.(float64); !ok || math.Abs(v-want) > 1e-9*math.Max(1, math.Abs(want)) {
			t.Errorf("%s is %v, %v in the reference", what, got, want)
		}
	}
	t.Run("share", func(t *testing.T) {
		got, want := object(t, ask("share", w, "--format", "json")), reference.Concentration["uci_clean"]
		near(t, "gini", got["gini"], want.Gini)
		near(t, "gini_corrected", got["gini_corrected"], want.Corrected)
		for _, top := range got["top"].([]any) {
			row := top.(map[string]any)
			name := fmt.Sprintf("%.0f%%", 100*row["share"].(float64))
			near(t, "top "+name, row["revenue_share"], want.Top[name].Share)
			near(t, "customers of top "+name, row["customers"], float64(want.Top[name].Customers))
		}
	})
	t.Run("cross", func(t *testing.T) {
		got, want := object(t, ask("cross", w, "--rows", "Country", "--cols", "tier", "--format", "json")), reference.Tiers["all_countries"]
		near(t, "chi_square", got["chi_square"], want.X2)
		near(t, "df", got["df"], float64(want.DF))
		near(t, "p", got["p"], want.P)
		near(t, "cramers_v", got["cramers_v"], want.V)
		near(t, "cramers_v_corrected", got["cramers_v_corrected"], want.VCorrect)
		near(t, "expected_below_5", got["expected_below_5"], float64(want.Few))
		for _, cell := range got["cells"].([]any) {
			c := cell.(map[string]any)
			place := strings.Index("high mid  low", c["col"].(string)) / 5
			near(t, fmt.Sprint(c["row"], " ", c["col"]), c["customers"], float64(want.Table[c["row"].(string)][place]))
		}
	})
}

func rowsOf(t *testing.T, text string) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func object(t *testing.T, text string) map[string]any {
	t.Helper()
	var o map[string]any
	if err := json.Unmarshal([]byte(text), &o); err != nil {
		t.Fatal(err)
	}
	return o
}

func mustRead(t *testing.T, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func mustInt(t *testing.T, text string) int {
	t.Helper()
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func mustFloat(t *testing.T, text string) float64 {
	t.Helper()
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// Where returns leave customers below nothing the Gini coefficient can be above 1, and a
// column set against itself tells nothing: both are said.
func TestAnswersSayWhatTheyDoNotTell(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	w, orders := filepath.Join(dir, "W"), filepath.Join(dir, "orders.csv")
	text := "customer,date,amount,region\nA,2024-01-01,100,East\nB,2024-01-02,10,West\nB,2024-01-02,-95,West\nC,2024-01-04,1,West\n"
	if err := os.WriteFile(orders, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	mustRun(t, exitDone, "import", w, orders)
	share := mustRun(t, exitDone, "share", w).out
	if want := "Gini coefficient 7.708, corrected for the number of customers 11.562: above 1, as returns leave customers below nothing"; !strings.Contains(share, want) {
		t.Errorf("%q is not in:\n%s", want, share)
	}
	if without := mustRun(t, exitDone, "share", w, "--returns", "ignore").out; strings.Contains(without, "above 1") {
		t.Errorf("said without a reason:\n%s", without)
	}
	itself := mustRun(t, exitDone, "cross", w, "--rows", "region", "--cols", "region", "--format", "json").out
	if want := "region is set against itself, so the test says nothing."; !strings.Contains(itself, want) {
		t.Errorf("%q is not in:\n%s", want, itself)
	}
}
