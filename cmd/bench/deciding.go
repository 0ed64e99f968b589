//go:build unix

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strconv"
)

// deciding measures what is asked beside the cuts, as whole processes: who
// moves between two schemes, how sure the lines are, and cuts that meet a goal
// or that a method suggests.
func (b *bench) deciding(ctx context.Context) error {
	if err := b.comparing(ctx); err != nil {
		return err
	}
	for _, command := range []struct {
		what string
		args []string
	}{
		{"sensitivity", []string{"sensitivity", b.workspace}},
		{"goal high=15%,mid=35%", []string{"suggest", b.workspace, "--goal", "high=15%,mid=35%"}},
		{"goal high:revenue>=60%", []string{"suggest", b.workspace, "--goal", "high:revenue>=60%", "--free", "value"}},
		{"suggest jenks", []string{"suggest", b.workspace, "--method", "jenks"}},
	} {
		ours := func() (reading, error) {
			r, _, err := process(ctx, "", strata, append(command.args, "--format", "json")...)
			return r, err
		}
		mine, _, err := inTurn(b.rounds, ours, nil)
		if err != nil {
			return err
		}
		b.report.add(command.what, mine, nil)
	}
	return nil
}

// comparing measures a whole comparison of two schemes beside the shell, which
// only counts who crosses the one line between them.
func (b *bench) comparing(ctx context.Context) error {
	const lower, upper = 30, 60
	cuts := func(first int) string { return fmt.Sprintf("recency=%d,90,180,365", first) }
	var told, crossed []byte
	ours := func() (r reading, err error) {
		r, told, err = process(ctx, "", strata, "compare", b.workspace, "--before", cuts(lower), "--after", cuts(upper), "--format", "json")
		return r, err
	}
	var peer func() (reading, error)
	if b.sqlite3 != "" {
		peer = func() (r reading, err error) {
			r, crossed, err = process(ctx, fmt.Sprintf(crossedCustomers, lower, upper), b.sqlite3, "-readonly", b.workspace)
			return r, err
		}
	}
	mine, theirs, err := inTurn(b.rounds, ours, peer)
	if err != nil {
		return err
	}
	b.report.add("compare two schemes", mine, theirs)
	return sameCrossing(told, crossed, peer != nil)
}

// crossedCustomers counts the customers between two recency cuts, in SQL.
const crossedCustomers = `
	WITH measured AS (` + measuredCustomers + `), asof AS (SELECT max(last_day) + 1 AS day FROM measured)
	SELECT count(*) FROM measured, asof WHERE frequency > 0 AND asof.day - last_day > %d AND asof.day - last_day <= %d;`

func sameCrossing(told, crossed []byte, compared bool) error {
	var found struct{ Moved int }
	if err := json.Unmarshal(told, &found); err != nil {
		return fmt.Errorf("strata compare: %w", err)
	}
	if between, err := strconv.Atoi(string(bytes.TrimSpace(crossed))); compared && (err != nil || found.Moved > between) {
		return fmt.Errorf("strata compare finds %d who move, sqlite3 %s who could", found.Moved, bytes.TrimSpace(crossed))
	}
	return nil
}
