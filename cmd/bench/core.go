//go:build unix

package main

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"strata/analysis/rfm"
	"strata/model"
	"strata/model/sqlite"
)

// positions is how many places a cut is moved to in one reading, spread
// between its neighbours.
const positions = 64

// core measures the steps between the loaded orders and the figures on screen,
// within this process.
func (b *bench) core(ctx context.Context) (err error) {
	store, err := sqlite.Open(ctx, b.workspace)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	orders, err := store.Orders(ctx)
	if err != nil {
		return err
	}
	customers, err := store.Customers(ctx)
	if err != nil {
		return err
	}

	var measure, build, byTable, byPass, peer readings
	for round := range b.rounds {
		var m moves
		measure = append(measure, timed(func() { m.base, err = rfm.Measure(ctx, orders, customers, model.DefaultSpec()) }))
		if err != nil {
			return err
		}
		if err := m.prepare(ctx); err != nil {
			return err
		}
		build = append(build, timed(func() { m.table, err = rfm.NewTable(ctx, m.index, model.Monetary, m.rules[0]) }))
		if err != nil {
			return err
		}
		byTable = append(byTable, m.each(m.table.Tally))
		byPass = append(byPass, m.each(func(rule *rfm.Rule) *rfm.Figures { return rfm.Tally(m.base, rule, m.baseline) }))
		if b.sqlite3 == "" {
			continue
		}
		rule := m.rules[round%positions]
		took, err := b.groupBy(ctx, m.base.AsOf, rule, m.table.Tally(rule))
		if err != nil {
			return err
		}
		peer = append(peer, took)
	}
	b.report.add("measure", measure, nil)
	b.report.add("move a cut, running totals", byTable, peer)
	b.report.add("move a cut, plain pass", byPass, peer)
	b.report.add("running totals of one measure", build, nil)
	return nil
}

// moves are measured customers and the rules to move between.
type moves struct {
	base     *rfm.Base
	baseline *rfm.Labels
	index    *rfm.Index
	table    *rfm.Table
	rules    []*rfm.Rule
}

// prepare makes the rules: the default scheme with its second monetary cut at
// places between the first and the third.
func (m *moves) prepare(ctx context.Context) error {
	estimated, err := rfm.Estimate(m.base, model.Ten(), nil)
	if err != nil {
		return err
	}
	scheme := rfm.Freeze(model.Ten(), estimated)
	cuts := scheme.Cuts[model.Monetary].At
	low, high := cuts[0].Whole, cuts[2].Whole
	for i := range int64(positions) {
		cuts[1] = model.WholeCut(low + (high-low)*(i+1)/(positions+1))
		rule, err := rfm.NewRule(scheme.Clone())
		if err != nil {
			return err
		}
		m.rules = append(m.rules, rule)
	}
	m.baseline = rfm.Assign(m.base, m.rules[0])
	m.index, err = rfm.NewIndex(ctx, m.base, m.baseline)
	return err
}

// each returns the mean time of one move.
func (m *moves) each(tally func(*rfm.Rule) *rfm.Figures) reading {
	r := timed(func() {
		for _, rule := range m.rules {
			tally(rule)
		}
	})
	r.took /= positions
	return r
}

func timed(do func()) reading {
	start := time.Now()
	do()
	return reading{took: time.Since(start)}
}

// shellTime is what the sqlite3 shell's .timer prints.
var shellTime = regexp.MustCompile(`(?m)^Run Time: real ([0-9.]+) .*\n`)

// groupBy has sqlite3 answer one move over a table of the measured customers
// in memory. The error tells when its answer is not ours.
func (b *bench) groupBy(ctx context.Context, asOf model.Day, rule *rfm.Rule, ours *rfm.Figures) (reading, error) {
	score := func(value string, a model.Axis, first, sign string) string {
		for _, cut := range rule.Cuts[a] {
			first += fmt.Sprintf(" %s (%s > %d)", sign, value, cut.Whole)
		}
		return first
	}
	script := strings.Join([]string{
		"PRAGMA temp_store = memory;",
		fmt.Sprintf("CREATE TEMP TABLE measured AS SELECT %d - last_day AS recency, frequency, monetary", asOf),
		"FROM (" + measuredCustomers + ") WHERE frequency > 0;",
		".timer on",
		"SELECT " + score("recency", model.Recency, strconv.Itoa(rule.Levels[model.Recency]), "-") + " AS r,",
		score("frequency", model.Frequency, "1", "+") + " AS f,",
		score("monetary", model.Monetary, "1", "+") + " AS m,",
		"count(*), sum(monetary), sum(frequency), sum(frequency > 1) FROM measured GROUP BY r, f, m;",
	}, "\n")
	_, out, err := process(ctx, script, b.sqlite3, "-readonly", b.workspace)
	if err != nil {
		return reading{}, err
	}
	at := shellTime.FindSubmatch(out)
	if at == nil {
		return reading{}, fmt.Errorf("sqlite3 printed no time: %q", out)
	}
	took, err := time.ParseDuration(string(at[1]) + "s")
	if err != nil {
		return reading{}, err
	}
	if theirs := shellTime.ReplaceAllString(string(out), ""); theirs != cellTable(rule, ours) {
		return reading{}, errors.New("strata and sqlite3 disagree on the sums of the cells")
	}
	return reading{took: took}, nil
}

// cellTable writes the cells that have customers as the sqlite3 shell does.
func cellTable(rule *rfm.Rule, figures *rfm.Figures) string {
	var text strings.Builder
	for r := range rule.Levels[model.Recency] {
		for f := range rule.Levels[model.Frequency] {
			for m := range rule.Levels[model.Monetary] {
				c := figures.Cells[rule.Cell([model.Axes]int{r + 1, f + 1, m + 1})]
				if c.Customers > 0 {
					fmt.Fprintf(&text, "%d|%d|%d|%d|%d|%d|%d\n", r+1, f+1, m+1, c.Customers, c.Revenue, c.Orders, c.Repeaters)
				}
			}
		}
	}
	return text.String()
}
