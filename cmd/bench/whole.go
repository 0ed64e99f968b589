//go:build unix

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
)

// importing measures a first import, as whole processes.
func (b *bench) importing(ctx context.Context) error {
	raw := filepath.Join(b.folder, "raw.db")
	ours := func() (reading, error) {
		if err := removeIfThere(b.workspace); err != nil {
			return reading{}, err
		}
		r, _, err := process(ctx, "", strata, "import", b.workspace, b.csv, "--no-progress")
		return r, err
	}
	var peer func() (reading, error)
	if b.sqlite3 != "" {
		peer = func() (reading, error) {
			if err := removeIfThere(raw); err != nil {
				return reading{}, err
			}
			const script = "PRAGMA journal_mode=off; PRAGMA synchronous=off;\n.mode csv\n.import %q orders\n"
			r, _, err := process(ctx, fmt.Sprintf(script, b.csv), b.sqlite3, "-bail", raw)
			return r, err
		}
	}
	mine, theirs, err := inTurn(b.rounds, ours, peer)
	if err != nil {
		return err
	}
	b.report.add("import", mine, theirs)
	b.report.note("files after import: strata %s, sqlite3 %s", megabytes(sizeOf(b.workspace)), megabytes(sizeOf(raw)))
	return removeIfThere(raw)
}

// opening measures from the workspace on disk to the tier table, as whole
// processes.
func (b *bench) opening(ctx context.Context) error {
	var tiers, rows []byte
	ours := func() (r reading, err error) {
		r, tiers, err = process(ctx, "", strata, "tiers", b.workspace, "--format", "json")
		return r, err
	}
	var peer func() (reading, error)
	if b.sqlite3 != "" {
		peer = func() (r reading, err error) {
			r, rows, err = process(ctx, "SELECT count(*) FROM ("+measuredCustomers+") WHERE frequency > 0;",
				b.sqlite3, "-readonly", b.workspace)
			return r, err
		}
	}
	mine, theirs, err := inTurn(b.rounds, ours, peer)
	if err != nil {
		return err
	}
	b.report.add("open, tiers", mine, theirs)

	var found struct{ Customers int }
	if err := json.Unmarshal(tiers, &found); err != nil {
		return fmt.Errorf("strata tiers: %w", err)
	}
	if peer != nil && string(bytes.TrimSpace(rows)) != strconv.Itoa(found.Customers) {
		return fmt.Errorf("strata tiers finds %d customers, sqlite3 %s", found.Customers, bytes.TrimSpace(rows))
	}
	return nil
}

// measuredCustomers is what rfm.Measure computes under the default scheme, in
// SQL: a return reduces value but is no order.
const measuredCustomers = `
	SELECT max(day) FILTER (WHERE flags & 1) AS last_day,
	       count(*) FILTER (WHERE flags & 1) AS frequency,
	       sum(value_e4) - sum(returned_e4)  AS monetary
	FROM orders GROUP BY customer_id`

func removeIfThere(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
