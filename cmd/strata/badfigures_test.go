package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// oddFiles are order files whose figures are easily told wrong.
func oddFiles() map[string]string {
	alike, negative, mixed := "customer,date,amount\n", "customer,date,amount\n", "customer,date,amount\n"
	without := "customer,date\n"
	for c := range 30 {
		alike += fmt.Sprintf("c%d,2025-05-01,10\n", c)
		negative += fmt.Sprintf("c%d,2025-%02d-01,10\nc%d,2025-%02d-02,-25\n", c, c%12+1, c, c%12+1)
		mixed += fmt.Sprintf("c%d,2025-%02d-01,%d\n", c, c%12+1, 10+c)
		for k := range c%5 + 1 {
			without += fmt.Sprintf("c%d,2025-%02d-%02d\n", c, (c+k)%12+1, c%28+1)
		}
		if c%3 == 0 {
			mixed += fmt.Sprintf("c%d,2025-%02d-02,-%d\n", c, c%12+1, 90+c)
		}
	}
	return map[string]string{
		"without amounts": without,
		"one customer":    "customer,date,amount\nonly,2025-05-01,10\n",
		"all alike":       alike,
		"all returned":    negative,
		"some returned":   mixed,
	}
}

// wrongFigure is what no figure may look like, wherever it stands.
var wrongFigure = regexp.MustCompile(`NaN|[+-]?\bInf\b|[-−]0(\.0+)?(%|[^\d.%-]|$)|%!|\b[1-9]\d{2,}\.\d%|panic|runtime error`)

// saysWrong returns what looks wrong in a text; dates, money below one and shares
// of 100.0% do not.
func saysWrong(text string) string {
	for line := range strings.Lines(text) {
		line = regexp.MustCompile(`\d{4}-\d{2}-\d{2}`).ReplaceAllString(line, "DAY")
		line = strings.ReplaceAll(line, "100.0%", "all")
		if wrongFigure.MatchString(line) {
			return line
		}
	}
	return ""
}

// TestOddFilesAreToldPlainly runs the commands over files without amounts, of one
// customer, of customers all alike, and of returns beyond all purchases, under
// presets, other levels, goals and fair rules: a plain sentence or a figure, never
// one that is none.
func TestOddFilesAreToldPlainly(t *testing.T) {
	t.Parallel()
	commands := [][]string{
		{"tiers"},
		{"tiers", "--levels", "3"},
		{"tiers", "--scheme", "eight"},
		{"tiers", "--scheme", "klaviyo"},
		{"tiers", "--scheme", "value"},
		{"tiers", "--frequency-measure", "per-month", "--monetary-measure", "mean"},
		{"tiers", "--band", "1", "--grace", "2"},
		{"scores"},
		{"matrix"},
		{"matrix", "--value", "aov"},
		{"sensitivity"},
		{"service"},
		{"suggest", "--goal", "high=15%, mid=35%"},
		{"suggest", "--goal", "high:revenue>=500"},
		{"suggest", "--goal", "high=5000"},
		{"suggest", "--goal", "high:revenue>=500", "--grace", "2"},
		{"suggest", "--goal", "high=5000, low=5", "--band", "1"},
		{"suggest", "--goal", "high=10%", "--levels", "3", "--free", "value"},
		{"suggest", "--goal", "high:revenue>=60%"},
	}
	for _, method := range suggestMethods() {
		commands = append(commands, []string{"suggest", "--method", method})
	}
	for name, text := range oddFiles() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			w, file := filepath.Join(dir, "w.strata"), writeFile(t, filepath.Join(dir, "orders.csv"), text)
			imported := []string{"import", w, file}
			if name == "without amounts" {
				imported = append(imported, "--map", "amount=none")
			}
			mustRun(t, exitDone, imported...)
			for _, command := range commands {
				for _, format := range []string{"text", "csv", "json"} {
					args := append([]string{command[0], w, "--format", format}, command[1:]...)
					r := strata(t, "", args...)
					told := strings.Join(args[2:], " ")
					if r.status != exitDone && r.status != exitRefused && r.status != exitUsage && r.status != exitFailed {
						t.Errorf("%s: exit status %d\n%s", told, r.status, r.err)
					}
					if line := saysWrong(r.out + "\n" + r.err); line != "" {
						t.Errorf("%s says %q", told, line)
					}
					if format == "json" && r.out != "" && !json.Valid([]byte(r.out)) {
						t.Errorf("%s is no JSON:\n%s", told, r.out)
					}
					if format == "text" && command[0] == "tiers" && r.status == exitDone {
						addUp(t, told, r.out)
					}
				}
			}
		})
	}
}

// addUp holds the printed shares of tiers, and those of the segments, to 100.0%
// where they are shares.
func addUp(t *testing.T, told, text string) {
	t.Helper()
	sums := map[string][]float64{"tiers": nil, "segments": nil}
	for line := range strings.Lines(strings.NewReplacer("<0.1%", "0.0%", ">99.9%", "100.0%").Replace(text)) {
		rows := "segments"
		switch {
		case regexp.MustCompile(`^(HIGH|MID|LOW|No tier) `).MatchString(line):
			rows = "tiers"
		case !regexp.MustCompile(`^  \S.*%`).MatchString(line):
			continue
		}
		fields := regexp.MustCompile(`(\d+\.\d)%|–`).FindAllStringSubmatch(line, 2)
		for i, f := range fields {
			for len(sums[rows]) <= i {
				sums[rows] = append(sums[rows], 0)
			}
			share, err := strconv.ParseFloat(f[1], 64)
			if err != nil {
				share = -1_000_000 // a dash: nothing to add up
			}
			sums[rows][i] += share
		}
	}
	for rows, each := range sums {
		for _, sum := range each {
			if sum > 0 && (sum < 99.95 || sum > 100.05) {
				t.Errorf("%s: the %s add up to %.1f%%\n%s", told, rows, sum, text)
			}
		}
	}
}
