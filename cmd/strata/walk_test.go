package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"
	"testing"
)

// walked asks one workspace and checks the answers against the plain
// computation.
type walked struct {
	t         *testing.T
	rows      []plainRow
	workspace string
	asked     int
}

// Every filter, window, day and policy, each with every other, asked of every
// command that tells about them.
func TestWalkOfFiltersAndQuestions(t *testing.T) {
	t.Parallel()
	rows := plainRows(5)
	w := &walked{t: t, rows: rows, workspace: writePlain(t, rows)}
	seen := map[string]bool{}
	for _, filter := range [][2]string{{}, {"East", ""}, {"", "tea"}, {"West", "pot"}, {"North", "nothing"}} {
		for _, window := range []int{0, 90} {
			for _, asOf := range []int{300, 180} {
				for _, returns := range []string{"net", "ignore", "orders"} {
					for _, zero := range []string{"keep", "drop"} {
						q := plainQuestion{asOf: asOf, window: window, returns: returns, zero: zero, region: filter[0], product: filter[1]}
						w.ask(q)
						seen[strings.Join(q.flags(), " ")] = true
					}
				}
			}
		}
	}
	t.Logf("%d combinations, %d answers compared", len(seen), w.asked)
}

// ask puts one question to every command.
func (w *walked) ask(q plainQuestion) {
	all := plain(w.rows, q)
	if len(all) == 0 {
		w.nobody(q)
		return
	}
	w.scores(q, all)
	w.tiers(q, all)
	w.matrix(q, all)
	w.profiles(q, all)
	w.compareCuts(q, all)
	w.compareDays(q, all)
	w.sensitivity(q, all)
}

// run runs a command as the question has it, and expects it to succeed.
func (w *walked) run(q plainQuestion, command string, more ...string) string {
	w.t.Helper()
	w.asked++
	words := strings.Fields(command)
	args := append([]string{words[0], w.workspace}, words[1:]...)
	return mustRun(w.t, exitDone, slices.Concat(args, q.flags(), more)...).out
}

// json runs a command and reads what it prints.
func (w *walked) json(q plainQuestion, command string, more ...string) any {
	w.t.Helper()
	return decoded(w.t, w.run(q, command, append(more, "--format", "json")...))
}

func decoded(t *testing.T, text string) any {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	return v
}

// same compares an answer with the plain computation.
func (w *walked) same(q plainQuestion, what string, got, want any) {
	w.t.Helper()
	if g, p := fmt.Sprint(got), fmt.Sprint(want); g != p {
		w.t.Errorf("%s %s: strata says\n%s\nplainly it is\n%s", strings.Join(q.flags(), " "), what, g, p)
	}
}

// get goes down the keys of an object.
func get(v any, keys ...string) any {
	for _, key := range keys {
		v = v.(map[string]any)[key]
	}
	return v
}

// nobody expects a plain sentence where nobody is left.
func (w *walked) nobody(q plainQuestion) {
	w.asked++
	r := strata(w.t, "", append([]string{"tiers", w.workspace}, q.flags()...)...)
	if r.status == exitDone && !strings.Contains(r.out+r.err, "no customer") && !strings.Contains(r.out+r.err, "0 customers") || strings.Contains(r.out+r.err, "NaN") {
		w.t.Errorf("%s: of nobody it says (%d)\n%s%s", strings.Join(q.flags(), " "), r.status, r.out, r.err)
	}
}

func (w *walked) scores(q plainQuestion, all map[string]*plainCustomer) {
	lines, err := csv.NewReader(strings.NewReader(w.run(q, "scores --sort customer --format csv"))).ReadAll()
	if err != nil {
		w.t.Fatal(err)
	}
	got := map[string]string{}
	at := func(line []string, name string) string { return line[slices.Index(lines[0], name)] }
	for _, line := range lines[1:] {
		got[at(line, "customer")] = strings.Join([]string{at(line, "recency_days"), at(line, "orders"), at(line, "monetary"), at(line, "cell"), at(line, "segment"), at(line, "tier")}, " ")
	}
	want := map[string]string{}
	for key, c := range all {
		want[key] = fmt.Sprintf("%d %d %s %d%d%d %s %s", c.days, c.orders, plainMoney(c.cents), c.score[0], c.score[1], c.score[2], c.segment, c.tier)
	}
	w.same(q, "scores", sorted(got), sorted(want))
}

// sorted writes a map in the order of its keys.
func sorted[V any](m map[string]V) string {
	var b strings.Builder
	for _, key := range slices.Sorted(maps.Keys(m)) {
		fmt.Fprintf(&b, "%s: %v\n", key, m[key])
	}
	return b.String()
}

func plainMoney(cents int64) string {
	if cents < 0 {
		return "-" + plainMoney(-cents)
	}
	return fmt.Sprintf("%d.%02d", cents/100, cents%100)
}

func (w *walked) tiers(q plainQuestion, all map[string]*plainCustomer) {
	out := w.json(q, "tiers")
	type sum struct{ customers, orders, cents int64 }
	for _, by := range []struct {
		key, name string
		of        func(*plainCustomer) string
	}{
		{"tiers", "tier", func(c *plainCustomer) string { return c.tier }},
		{"segments", "segment", func(c *plainCustomer) string { return c.segment }},
	} {
		sums := map[string]sum{}
		for _, c := range all {
			s := sums[by.of(c)]
			sums[by.of(c)] = sum{s.customers + 1, s.orders + c.orders, s.cents + c.cents}
		}
		got, want := map[string]string{}, map[string]string{}
		for _, group := range get(out, by.key).([]any) {
			if name := fmt.Sprint(get(group, by.name)); fmt.Sprint(get(group, "customers")) != "0" {
				got[name] = fmt.Sprint(get(group, "customers"), get(group, "orders"), get(group, "revenue"))
			}
		}
		for name, s := range sums {
			want[name] = fmt.Sprint(json.Number(fmt.Sprint(s.customers)), json.Number(fmt.Sprint(s.orders)), plainMoney(s.cents))
		}
		w.same(q, by.key, sorted(got), sorted(want))
	}
}

func (w *walked) matrix(q plainQuestion, all map[string]*plainCustomer) {
	want := map[string]int{}
	for _, c := range all {
		want[fmt.Sprint(c.score[0], " ", c.score[2])]++
	}
	got := map[string]int{}
	for _, cell := range get(w.json(q, "matrix --cols monetary"), "cells").([]any) {
		var n int
		_, _ = fmt.Sscan(fmt.Sprint(get(cell, "customers")), &n)
		if n > 0 {
			got[fmt.Sprint(get(cell, "row"), " ", get(cell, "col"))] = n
		}
	}
	w.same(q, "matrix", sorted(got), sorted(want))
}

// profiles asks for every fortieth customer, and for one without an order that
// counts.
func (w *walked) profiles(q plainQuestion, all map[string]*plainCustomer) {
	for n := 0; n < 160; n += 40 {
		key := fmt.Sprintf("c%03d", n)
		out := w.json(q, "customer "+key)
		c := all[key]
		if c == nil {
			w.same(q, "profile of "+key, get(out, "scores"), nil)
			continue
		}
		w.same(q, "profile of "+key, fmt.Sprint(get(out, "scores", "recency_days"), get(out, "scores", "orders"), get(out, "scores", "monetary"), get(out, "scores", "segment"), get(out, "scores", "tier")),
			fmt.Sprint(json.Number(fmt.Sprint(c.days)), json.Number(fmt.Sprint(c.orders)), plainMoney(c.cents), c.segment, c.tier))
		var counts, counted int64
		for _, o := range get(out, "orders").([]any) {
			if get(o, "counts") == true {
				counts++
			}
			m := mustMoney(w.t, get(o, "counted").(string))
			counted += int64(m) / 100
		}
		w.same(q, "orders that count of "+key, fmt.Sprint(counts, " ", plainMoney(counted)), fmt.Sprint(c.orders, " ", plainMoney(c.cents)))
	}
}

// moves counts who goes from where to where.
func moves(before, after map[string]*plainCustomer) map[string]int {
	all := map[string]int{}
	for key, c := range after {
		if b := before[key]; b != nil {
			all[b.segment+" → "+c.segment]++
		} else {
			all["new → "+c.segment]++
		}
	}
	for key, b := range before {
		if after[key] == nil {
			all[b.segment+" → gone"]++
		}
	}
	return all
}

func (w *walked) checkMoves(q plainQuestion, what string, out any, before, after map[string]*plainCustomer) {
	got := map[string]int{}
	for _, m := range get(out, "matrix").([]any) {
		var n int
		_, _ = fmt.Sscan(fmt.Sprint(get(m, "customers")), &n)
		if n > 0 {
			got[fmt.Sprint(get(m, "from"), " → ", get(m, "to"))] = n
		}
	}
	w.same(q, what, sorted(got), sorted(moves(before, after)))
}

// compareCuts sets the quintiles against other cuts of recency.
func (w *walked) compareCuts(q plainQuestion, all map[string]*plainCustomer) {
	moved := q
	moved.cuts[0] = []*big.Rat{big.NewRat(10, 1), big.NewRat(30, 1), big.NewRat(60, 1), big.NewRat(120, 1)}
	after := plain(w.rows, moved)
	out := w.json(q, "compare", "--before", "ten", "--after", "recency=10,30,60,120")
	w.checkMoves(q, "compare with other cuts", out, all, after)
	got, want := map[string]string{}, map[string]string{}
	for _, m := range w.json(q, "compare", "--before", "ten", "--after", "recency=10,30,60,120", "--members", "*:*").([]any) {
		got[fmt.Sprint(get(m, "customer"))] = fmt.Sprint(get(m, "from"), " → ", get(m, "to"))
	}
	for key, c := range all {
		if c.segment != after[key].segment {
			want[key] = c.segment + " → " + after[key].segment
		}
	}
	w.same(q, "members", sorted(got), sorted(want))
}

// compareDays sets the day against one sixty days before, under one scheme.
func (w *walked) compareDays(q plainQuestion, all map[string]*plainCustomer) {
	earlier := q
	earlier.asOf -= 60
	before := plainMeasures(w.rows, earlier)
	if len(before) == 0 {
		return
	}
	oldCuts := plainScheme(before, earlier)
	out := w.json(q, "compare", "--before", plainDay(earlier.asOf), "--after", plainDay(q.asOf), "--scheme", "ten")
	w.checkMoves(q, "compare with an earlier day", out, before, all)

	// The old rule over the new data tells behaviour from rule.
	underOld := q
	underOld.cuts = oldCuts
	between := plain(w.rows, underOld)
	parts := map[string]int{}
	for key, b := range before {
		a, m := all[key], between[key]
		if a == nil {
			continue
		}
		behaved, ruled := b.segment != m.segment, m.segment != a.segment
		switch {
		case behaved && ruled && b.segment == a.segment:
			parts["back"]++
		case behaved && ruled:
			parts["both"]++
		case behaved:
			parts["behaviour"]++
		case ruled:
			parts["rule"]++
		default:
			parts["stayed"]++
		}
	}
	for _, part := range []string{"stayed", "behaviour", "rule", "both", "back"} {
		w.same(q, "split: "+part, get(out, "split", part), parts[part])
	}
}

// sensitivity moves each cut where a step is said to lead, and counts.
func (w *walked) sensitivity(q plainQuestion, all map[string]*plainCustomer) {
	standing := plainMeasures(w.rows, q)
	cuts := plainScheme(standing, q)
	for _, c := range w.json(q, "sensitivity").([]any) {
		axis := slices.Index([]string{"recency", "frequency", "monetary"}, fmt.Sprint(get(c, "axis")))
		if axis < 0 || get(c, "step_up") == nil {
			continue
		}
		for _, step := range []string{"step_up", "step_down"} {
			to := get(c, step, "to")
			if to == nil {
				continue
			}
			place, ok := new(big.Rat).SetString(fmt.Sprint(to))
			if !ok {
				w.t.Fatalf("%v is no position", to)
			}
			if axis == 2 {
				place.Mul(place, big.NewRat(100, 1))
			}
			var n int
			_, _ = fmt.Sscan(fmt.Sprint(get(c, "cut")), &n)
			moved := q
			moved.cuts = cuts
			moved.cuts[axis] = slices.Clone(cuts[axis])
			moved.cuts[axis][n] = place
			want := 0
			for key, now := range plain(w.rows, moved) {
				if now.segment != all[key].segment {
					want++
				}
			}
			w.same(q, fmt.Sprintf("sensitivity of %v %v, %s to %v", get(c, "axis"), get(c, "name"), step, to), get(c, step, "customers"), want)
		}
	}
}

// FuzzProgram asks made-up questions about made-up files, and holds every answer to
// the plain computation.
func FuzzProgram(f *testing.F) {
	f.Add(uint64(1), uint8(0))
	f.Add(uint64(2), uint8(77))
	f.Add(uint64(3), uint8(255))
	f.Fuzz(func(t *testing.T, seed uint64, question uint8) {
		rows := plainRows(seed)
		w := &walked{t: t, rows: rows, workspace: writePlain(t, rows)}
		pick := func(n uint8) uint8 { // the next digit of the question
			digit := question % n
			question /= n
			return digit
		}
		w.ask(plainQuestion{
			asOf: []int{300, 180}[pick(2)], window: []int{0, 90}[pick(2)],
			returns: []string{"net", "ignore", "orders"}[pick(3)], zero: []string{"keep", "drop"}[pick(2)],
			region: []string{"", "East"}[pick(2)], product: []string{"", "tea", "pot"}[pick(3)],
		})
	})
}
