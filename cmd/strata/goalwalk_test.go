package main

import (
	"fmt"
	"math/big"
	"path/filepath"
	"strings"
	"testing"
)

// Every goal under every kind of fair rules: the tiers that are promised are those
// that the proposed scheme makes, what is called met is met, and nothing is called
// proven that was searched under rules.
func TestWalkOfGoalsAndFairRules(t *testing.T) {
	t.Parallel()
	w := &walked{t: t, rows: plainRows(9)}
	w.workspace = writePlain(t, w.rows)
	locked := writeFile(t, filepath.Join(t.TempDir(), "locked.csv"), "customer,tier,reason\nc001,high,a contract\nc002,low,left\nc003,mid,asked\n")
	q := plainQuestion{asOf: 280, returns: "net", zero: "keep"}
	combinations := 0
	for _, goal := range []struct {
		text string
		met  func(tiers plainTiers) bool
	}{
		{"high=15%,mid=35%", func(s plainTiers) bool {
			return near(s["high"].customers, s.all().customers, 15) && near(s["mid"].customers, s.all().customers, 35)
		}},
		{"high=40", func(s plainTiers) bool { return s["high"].customers == 40 }},
		{"high<=10%", func(s plainTiers) bool { return s["high"].customers*10 <= s.all().customers }},
		{"high:revenue>=60%", func(s plainTiers) bool { return s["high"].cents*10 >= s.all().cents*6 }},
		{"high:heads<=2@20", func(s plainTiers) bool { return s["high"].customers <= 40 }},
		{"high=90%,low=90%", func(plainTiers) bool { return false }},
	} {
		for _, rules := range [][]string{
			nil,
			{"--grace", "2"},
			{"--stay", "3"},
			{"--band", "2"},
			{"--overrides", locked},
			{"--grace", "2", "--stay", "3", "--band", "1", "--overrides", locked, "--history", "6"},
		} {
			combinations++
			w.goal(q, goal.text, rules, goal.met)
		}
	}
	t.Logf("%d combinations", combinations)
}

// near reports whether part is the whole number nearest to a share of all, or one
// of two.
func near(part, all, percent int64) bool {
	off := new(big.Rat).Sub(big.NewRat(part, 1), big.NewRat(all*percent, 100))
	return off.Abs(off).Cmp(big.NewRat(1, 2)) <= 0
}

type plainSum struct{ customers, cents int64 }

type plainTiers map[string]plainSum

func (s plainTiers) all() plainSum {
	var sum plainSum
	for _, tier := range s {
		sum.customers += tier.customers
		sum.cents += tier.cents
	}
	return sum
}

func (w *walked) goal(q plainQuestion, goal string, rules []string, met func(plainTiers) bool) {
	what := goal + " under " + strings.Join(rules, " ")
	args := append([]string{"suggest", w.workspace, "--goal", goal, "--free", "value"}, append(rules, q.flags()...)...)
	r := strata(w.t, "", append(args, "--format", "json")...)
	if r.status == exitUsage {
		if !strings.Contains(goal, "90%,low") {
			w.t.Errorf("%s: %s", what, r.err)
		}
		return
	}
	out := decoded(w.t, r.out)
	file := writeFile(w.t, filepath.Join(w.t.TempDir(), "proposed.yaml"), fmt.Sprint(get(out, "scheme")))
	made := plainTiers{}
	for _, tier := range get(decoded(w.t, mustRun(w.t, exitDone, "tiers", w.workspace, "--scheme", file, "--format", "json").out), "tiers").([]any) {
		var customers int64
		_, _ = fmt.Sscan(fmt.Sprint(get(tier, "customers")), &customers)
		made[fmt.Sprint(get(tier, "tier"))] = plainSum{customers, int64(mustMoney(w.t, get(tier, "revenue").(string))) / 100}
	}
	for tier, sum := range made {
		achieved := get(out, "achieved", tier)
		w.same(q, what+": "+tier, fmt.Sprint(get(achieved, "customers"), " ", get(achieved, "revenue")), fmt.Sprint(sum.customers, " ", plainMoney(sum.cents)))
	}
	w.same(q, what+": met", get(out, "met"), met(made))
	w.same(q, what+": exit status", r.status, map[bool]int{true: exitDone, false: exitRefused}[met(made)])
	if rules != nil {
		w.same(q, what+": proven, bound, under rules", fmt.Sprint(get(out, "proven"), get(out, "bound"), get(out, "under_fair_rules")), "false <nil> true")
		text := strata(w.t, "", args...)
		if strings.Contains(text.out, "no value cuts") || strings.Contains(text.out, "proven") {
			w.t.Errorf("%s: something is said of other cuts\n%s", what, text.out)
		}
	}
}
