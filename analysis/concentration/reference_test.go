package concentration_test

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"strata/analysis/concentration"
	"strata/model"
)

// The reference numbers are those of data/reference, computed with R and pandas;
// METHODS.md there says how.

// reference returns a file of the reference numbers, or skips the test.
func reference(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "data", "reference", name))
	if err != nil {
		t.Skipf("real data is not here: %v", err)
	}
	return data
}

// revenues returns the curve of what each customer of a set brought.
func revenues(t testing.TB, set string) *concentration.Curve {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(reference(t, set+".customers.csv.gz")))
	if err != nil {
		t.Fatal(err)
	}
	all, err := csv.NewReader(z).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := slices.Index(all[0], "monetary")
	var values []int64
	for _, row := range all[1:] {
		m, err := model.ParseMoney(row[column])
		if err != nil {
			t.Fatal(err)
		}
		values = append(values, int64(m))
	}
	return concentration.Of(values)
}

func decode(t testing.TB, name string, into any) {
	t.Helper()
	if err := json.Unmarshal(reference(t, name), into); err != nil {
		t.Fatal(err)
	}
}

// near reports whether two numbers agree in twelve digits.
func near(got, want float64) bool { return math.Abs(got-want) <= 1e-12*math.Abs(want) }

func TestReferenceConcentration(t *testing.T) {
	t.Parallel()
	var file struct {
		Concentration map[string]struct {
			Customers int     `json:"customers"`
			Total     float64 `json:"total"`
			TopShare  map[string]struct {
				Customers int     `json:"customers"`
				Share     float64 `json:"share"`
			} `json:"top_share"`
			Bottom    map[string]float64 `json:"lorenz_bottom_share"`
			Gini      float64            `json:"gini"`
			Corrected float64            `json:"gini_corrected_n_over_n_minus_1"`
		} `json:"concentration"`
	}
	decode(t, "uci_monthly.json", &file)
	if len(file.Concentration) != 4 {
		t.Errorf("%d sets", len(file.Concentration))
	}
	for set, want := range file.Concentration {
		t.Run(set, func(t *testing.T) {
			t.Parallel()
			c := revenues(t, set)
			total := float64(c.Total())
			if c.Len() != want.Customers || !near(total, want.Total*model.Unit) {
				t.Errorf("%d customers with %v, want %d with %v", c.Len(), total, want.Customers, want.Total)
			}
			for text, top := range want.TopShare {
				customers, sum := c.Top(percentOf(t, text), 100)
				if customers != top.Customers || !near(float64(sum)/total, top.Share) {
					t.Errorf("top %s: %d with %v, want %d with %v", text, customers, float64(sum)/total, top.Customers, top.Share)
				}
			}
			for text, share := range want.Bottom {
				place := percentOf(t, text) * int64(c.Len()) // in hundredths of a customer, from the least
				low := c.Total() - c.TopOf(c.Len()-int(place/100))
				next := c.Total() - c.TopOf(c.Len()-int(place/100)-1) - low
				if got := (float64(low) + float64(next)*float64(place%100)/100) / total; !near(got, share) {
					t.Errorf("bottom %s have %v, want %v", text, got, share)
				}
			}
			gini, corrected, ok := c.Gini()
			if !ok || !near(gini, want.Gini) || !near(corrected, want.Corrected) {
				t.Errorf("Gini %v, %v, want %v, %v", gini, corrected, want.Gini, want.Corrected)
			}
		})
	}
}

func percentOf(t testing.TB, text string) int64 {
	t.Helper()
	percent, err := strconv.ParseInt(strings.TrimSuffix(text, "%"), 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return percent
}

// TestReferencePareto compares with the figures that every set has, in six decimals.
func TestReferencePareto(t *testing.T) {
	t.Parallel()
	for _, set := range []string{
		"cdnow_master", "cdnow_sample", "rfm_orders", "rfm_orders_pkg", "uci_clean", "uci_clean_dedup", "uci_net",
		"zh_meal_gbk_all", "zh_meal_gbk_status1", "zh_taobao_xlsx",
	} {
		t.Run(set, func(t *testing.T) {
			t.Parallel()
			var file struct {
				Pareto struct {
					Top10      int     `json:"top10pct_customers_ceil"`
					Top10Share float64 `json:"top10pct_revenue_share"`
					Top20      int     `json:"top20pct_customers_ceil"`
					Top20Share float64 `json:"top20pct_revenue_share"`
					Gini       float64 `json:"gini"`
				} `json:"pareto"`
			}
			decode(t, set+".json", &file)
			c := revenues(t, set)
			check := func(percent int64, customers int, share float64) {
				got, sum := c.Top(percent, 100)
				if gotShare := float64(sum) / float64(c.Total()); got != customers || math.Abs(gotShare-share) > 5.01e-7 {
					t.Errorf("top %d%%: %d with %v, want %d with %v", percent, got, gotShare, customers, share)
				}
			}
			check(10, file.Pareto.Top10, file.Pareto.Top10Share)
			check(20, file.Pareto.Top20, file.Pareto.Top20Share)
			if gini, _, ok := c.Gini(); !ok || math.Abs(gini-file.Pareto.Gini) > 5.01e-7 {
				t.Errorf("Gini %v, want %v", gini, file.Pareto.Gini)
			}
		})
	}
}
