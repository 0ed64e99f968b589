package importer_test

import (
	"encoding/csv"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// orderFile makes an order file of the shape of a shop's export: customers of
// skewed frequency, dates ascending.
func orderFile(rows int) string {
	random := rand.New(rand.NewPCG(1, 2))
	regions := []string{"North", "South", "East", "West", "Central", "Export"}
	customers := float64(rows / 10)
	var b strings.Builder
	b.WriteString("customer_id,order_id,date,amount,region\n")
	for i := range rows {
		customer := int(customers * random.Float64() * random.Float64())
		month := i * 36 / rows
		fmt.Fprintf(&b, "C%07d,O%08d,%04d-%02d-%02d,%d.%02d,%s\n", customer, i,
			2022+month/12, 1+month%12, 1+i*36*28/rows%28, random.IntN(200), random.IntN(100), regions[customer%len(regions)])
	}
	return b.String()
}

// BenchmarkRead compares reading into an intake with encoding/csv only walking
// over the fields.
func BenchmarkRead(b *testing.B) {
	const rows = 500_000
	text := orderFile(rows)
	path := filepath.Join(b.TempDir(), "orders.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		b.Fatal(err)
	}
	perSecond := func(b *testing.B) {
		b.ReportMetric(float64(rows*b.N)/b.Elapsed().Seconds(), "rows/s")
	}
	b.Run("intake", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			_, intake := readFile(b, path)
			if len(intake.OrderDay) != rows {
				b.Fatal(len(intake.OrderDay))
			}
		}
		perSecond(b)
	})
	b.Run("encoding-csv", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			r := csv.NewReader(strings.NewReader(text))
			r.ReuseRecord = true
			for {
				if _, err := r.Read(); err == io.EOF {
					break
				} else if err != nil {
					b.Fatal(err)
				}
			}
		}
		perSecond(b)
	})
}
