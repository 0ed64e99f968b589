package sqlite_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	_ "modernc.org/sqlite"

	"strata/model"
	"strata/model/sqlite"
)

// sizes are the customers and orders of the benchmarks; ten million orders
// only on request, with STRATA_BENCH_LARGE=1.
func sizes() map[string][2]int {
	s := map[string][2]int{"1M": {100_000, 1_000_000}}
	if os.Getenv("STRATA_BENCH_LARGE") != "" {
		s["10M"] = [2]int{1_000_000, 10_000_000}
	}
	return s
}

// BenchmarkStore measures making a workspace out of a file that is read
// already: tables, columns, check and fsync.
func BenchmarkStore(b *testing.B) {
	for name, size := range sizes() {
		b.Run(name, func(b *testing.B) {
			in := synthetic(size[0], size[1])
			folder := b.TempDir()
			for b.Loop() {
				path := filepath.Join(folder, "bench.strata")
				w, _, err := sqlite.Create(b.Context(), path, []*model.Intake{in}, nil)
				if err != nil {
					b.Fatal(err)
				}
				if err := w.Close(); err != nil {
					b.Fatal(err)
				}
				about, err := os.Stat(path)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(about.Size())/float64(size[1]), "B/order")
				if err := os.Remove(path); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(size[1]), "ns/order")
		})
	}
}

// BenchmarkAppend measures importing a file into a workspace that has all of
// its orders already: the comparison of the two included.
func BenchmarkAppend(b *testing.B) {
	for name, size := range sizes() {
		b.Run(name, func(b *testing.B) {
			in := synthetic(size[0], size[1])
			in.Overlap = model.OverlapAgain
			for b.Loop() {
				b.StopTimer()
				w, _, err := sqlite.CreateTemporary(b.Context(), []*model.Intake{in}, nil)
				if err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
				if warnings, err := w.Import(b.Context(), []*model.Intake{in}, nil); err != nil || len(warnings) != 1 {
					b.Fatal(warnings, err)
				}
				b.StopTimer()
				closeStore(b, w)
				b.StartTimer()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(size[1]), "ns/order")
		})
	}
}

// BenchmarkOpenColumns measures opening a workspace with all columns of the
// plain case, against scanning the same rows through database/sql.
func BenchmarkOpenColumns(b *testing.B) {
	for name, size := range sizes() {
		path := filepath.Join(b.TempDir(), "bench.strata")
		w, _, err := sqlite.Create(b.Context(), path, []*model.Intake{synthetic(size[0], size[1])}, nil)
		if err != nil {
			b.Fatal(err)
		}
		if err := w.Close(); err != nil {
			b.Fatal(err)
		}
		b.Run(name+"/chunks", func(b *testing.B) {
			for b.Loop() {
				w, err := sqlite.Open(b.Context(), path)
				if err != nil {
					b.Fatal(err)
				}
				if _, err := w.Orders(b.Context()); err != nil {
					b.Fatal(err)
				}
				if _, err := w.Customers(b.Context(), "region"); err != nil {
					b.Fatal(err)
				}
				if err := w.Close(); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(name+"/rows", func(b *testing.B) {
			for b.Loop() {
				scanRows(b, path, size[1])
			}
		})
	}
}

func scanRows(b *testing.B, path string, want int) {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query("SELECT customer_id, day, value_e4, returned_e4, flags FROM orders")
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		var customer, day, value, returned, flags int64
		if err := rows.Scan(&customer, &day, &value, &returned, &flags); err != nil {
			b.Fatal(err)
		}
		n++
	}
	if err := rows.Err(); err != nil || n != want {
		b.Fatal(n, err)
	}
}

// BenchmarkAddEdit measures what moving a cut costs on the disk.
func BenchmarkAddEdit(b *testing.B) {
	w, _, err := sqlite.Create(b.Context(), filepath.Join(b.TempDir(), "bench.strata"), []*model.Intake{synthetic(10, 100)}, nil)
	if err != nil {
		b.Fatal(err)
	}
	defer w.Close()
	scheme := string(make([]byte, 800))
	for b.Loop() {
		if _, err := w.AddEdit(b.Context(), model.Edit{Label: "recency 4│3: 33 → 45 days", Scheme: scheme}); err != nil {
			b.Fatal(err)
		}
	}
}
