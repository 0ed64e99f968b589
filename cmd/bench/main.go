//go:build unix

// Command bench measures what strata promises to be fast at, beside the
// sqlite3 shell doing the same on the same data. `make bench` builds strata
// and runs it.
//
// Each pair is measured in turn, strata, sqlite3, strata, sqlite3, …, so that
// whatever else the machine does meets both; the table shows medians and their
// ratio. Peak memory is that of the whole process.
//
//	import        orders.csv into a workspace; sqlite3: .import into one table of
//	              texts without a journal
//	open, tiers   workspace to tier table; sqlite3: only recency, frequency and
//	              monetary of each customer, from the same file
//	measure       rfm.Measure on the loaded orders
//	move a cut    one position of a cut to the sums of every cell: by running
//	              totals, by the plain pass; sqlite3: GROUP BY over a table of
//	              the measured customers in memory; all answers must be equal
//	compare       two schemes: migration, reasons, agreement; sqlite3: only how many
//	              customers lie between the two cuts
//	sensitivity, goal, suggest jenks
//	              workspace to answer; sqlite3 has no such thing
//	key to frame  the benchmarks of tui, and tuilatency where there is one
//
// Environment: BENCH_ORDERS (1000000), BENCH_CUSTOMERS (a tenth of the orders),
// BENCH_ROUNDS (3), TUILATENCY (a program that times keys on a
// pseudo-terminal; looked for on PATH otherwise). The data takes about 42 bytes
// an order in the folder for temporary files, and three times that when imported.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"

	"strata/importer/synthetic"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// bench is one run: its settings, its files and what it found so far.
type bench struct {
	orders    int
	customers int
	rounds    int
	folder    string
	csv       string
	workspace string
	sqlite3   string // path of the shell, "" without one
	report    report
}

const strata = "bin/strata"

func run(ctx context.Context) (err error) {
	b, err := newBench()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(b.folder)) }()
	// What was measured before a step failed is worth reading, too.
	return errors.Join(b.steps(ctx), b.report.write(os.Stdout))
}

func (b *bench) steps(ctx context.Context) error {
	for _, step := range []struct {
		name string
		run  func(context.Context) error
	}{
		{"generate", b.generate},
		{"import", b.importing},
		{"open", b.opening},
		{"measure and move", b.core},
		{"compare and ask for cuts", b.deciding},
		{"key to frame", b.keyToFrame},
	} {
		fmt.Fprintln(os.Stderr, "bench:", step.name)
		if err := step.run(ctx); err != nil {
			return fmt.Errorf("%s: %w", step.name, err)
		}
	}
	return nil
}

func newBench() (*bench, error) {
	var b bench
	var errs [3]error
	b.orders, errs[0] = setting("BENCH_ORDERS", 1_000_000)
	b.customers, errs[1] = setting("BENCH_CUSTOMERS", max(1, b.orders/10))
	b.rounds, errs[2] = setting("BENCH_ROUNDS", 3)
	if err := errors.Join(errs[:]...); err != nil {
		return nil, err
	}
	if _, err := os.Stat(strata); err != nil {
		return nil, fmt.Errorf("%w; run `make bench` at the top of the tree", err)
	}
	var err error
	if b.sqlite3, err = exec.LookPath("sqlite3"); err != nil {
		b.report.note("sqlite3 is not installed: nothing to compare with")
	}
	if b.folder, err = os.MkdirTemp("", "strata-bench-"); err != nil {
		return nil, err
	}
	b.csv = filepath.Join(b.folder, "orders.csv")
	b.workspace = filepath.Join(b.folder, "bench.strata")
	return &b, nil
}

// setting reads a whole number from the environment.
func setting(name string, otherwise int) (int, error) {
	text := os.Getenv(name)
	if text == "" {
		return otherwise, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		return 0, fmt.Errorf("%s=%q is not a whole number from 1", name, text)
	}
	return n, nil
}

func (b *bench) generate(ctx context.Context) error {
	file, err := os.Create(b.csv)
	if err != nil {
		return err
	}
	orders := synthetic.Orders{Customers: b.customers, Orders: b.orders, Seed: 1, Plain: true}
	if err := errors.Join(orders.Write(ctx, file, nil), file.Close()); err != nil {
		return err
	}
	b.report.title("%s orders of %s customers, %s; medians of %d rounds in turn",
		grouped(b.orders), grouped(b.customers), megabytes(sizeOf(b.csv)), b.rounds)
	return nil
}
