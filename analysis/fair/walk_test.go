package fair_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"strata/analysis/fair"
	"strata/model"
)

// evaluation is one customer at one evaluation: a value score under cuts of 8
// and 12, or 0 where it is not tiered.
type evaluation int

const (
	midFrom  = 8
	highFrom = 12
)

func tierOf(e evaluation) model.Tier {
	switch {
	case e >= highFrom:
		return model.TierHigh
	case e >= midFrom:
		return model.TierMid
	}
	return model.TierLow
}

func grade(e evaluation, band int) fair.Grade {
	if e == 0 {
		return fair.Absent
	}
	return fair.NewGrade(tierOf(e), func(from model.Tier) bool {
		cut := map[model.Tier]int{model.TierHigh: highFrom, model.TierMid: midFrom}[from]
		return int(e) < cut-band
	})
}

// walk returns where a customer is after each evaluation: H, M, L or - for not
// tiered, in lower case where something other than the scores keeps it there.
func walk(rules fair.Rules, band int, history []evaluation) (path string, last []fair.Kept) {
	w := fair.NewWalk(rules, 1)
	for _, e := range history {
		w.Step([]fair.Grade{grade(e, band)})
		last = slices.Collect(w.Kept())
		switch {
		case e == 0:
			path += "-"
		case len(last) > 0:
			path += strings.ToLower(string(last[0].Tier[0]))
		default:
			path += strings.ToUpper(string(tierOf(e)[0]))
		}
	}
	return path, last
}

// Worked out by hand.
func TestWalk(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name        string
		grace, stay int
		band        int
		history     []evaluation
		want        string
	}{
		{"no rules: where the scores are", 0, 0, 0, []evaluation{12, 11, 7, 12}, "HMLH"},
		{"a grace of two months", 2, 0, 0, []evaluation{12, 11, 11, 11, 11}, "HhhMM"},
		{"back within the grace: it starts anew", 2, 0, 0, []evaluation{12, 11, 11, 12, 11, 11, 11}, "HhhHhhM"},
		{"a fall goes to where the scores are then", 1, 0, 0, []evaluation{12, 11, 7, 7}, "HhLL"},
		{"a rise goes there at once", 3, 3, 3, []evaluation{3, 12, 3, 12}, "LHhH"},
		{"a rise while kept", 2, 0, 0, []evaluation{8, 5, 12, 8}, "MmHh"},
		{"three months in the tier at least", 0, 3, 0, []evaluation{12, 11, 11, 11}, "HhhM"},
		{"four months in the tier already", 0, 3, 0, []evaluation{12, 12, 12, 11}, "HHHM"},
		{"after a fall the stay begins anew", 0, 2, 0, []evaluation{12, 8, 8, 3, 3, 3}, "HhMmLL"},
		{"grace and stay: both must be over", 1, 4, 0, []evaluation{12, 11, 11, 11, 11}, "HhhhM"},
		{"the band: below 12 - 1", 0, 0, 1, []evaluation{12, 11, 11, 10, 11}, "HhhMM"},
		{"the band again and again", 0, 0, 2, []evaluation{12, 10, 12, 10, 9}, "HhHhM"},
		{"months within the band count as below", 2, 0, 1, []evaluation{12, 11, 11, 9}, "HhhM"},
		{"a long fall ends within the band below", 0, 0, 2, []evaluation{12, 7, 6, 5}, "HmmL"},
		{"a long fall beyond all bands", 0, 0, 2, []evaluation{12, 5}, "HL"},
		{"what the band keeps after a fall has been below for a month", 1, 0, 2, []evaluation{12, 7, 7, 5}, "HhmL"},
		{"an absence starts anew", 5, 5, 5, []evaluation{12, 0, 3, 3}, "H-LL"},
		{"nobody rises by a band", 0, 0, 3, []evaluation{9, 10, 11, 12}, "MMMH"},
	} {
		got, _ := walk(fair.Rules{Grace: c.grace, Stay: c.stay}, c.band, c.history)
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// The reasons, and the counts that tell how long.
func TestKeptTellsWhy(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		rules   fair.Rules
		band    int
		history []evaluation
		want    fair.Kept
	}{
		{"second month below, grace 2", fair.Rules{Grace: 2}, 0, []evaluation{12, 11, 11}, fair.Kept{Tier: model.TierHigh, By: model.KeptByGrace, Below: 2, In: 2}},
		{"two months in the tier before", fair.Rules{Stay: 4}, 0, []evaluation{12, 12, 11}, fair.Kept{Tier: model.TierHigh, By: model.KeptByStay, Below: 1, In: 2}},
		{"within the band, whatever else", fair.Rules{Grace: 2, Stay: 9}, 1, []evaluation{12, 11}, fair.Kept{Tier: model.TierHigh, By: model.KeptByBand, Below: 1, In: 1}},
		{"grace before stay", fair.Rules{Grace: 1, Stay: 9}, 0, []evaluation{12, 11}, fair.Kept{Tier: model.TierHigh, By: model.KeptByGrace, Below: 1, In: 1}},
	} {
		_, got := walk(c.rules, c.band, c.history)
		if !slices.Equal(got, []fair.Kept{c.want}) {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

// naive goes through the history of one customer as the rules are told, and
// returns the tier after it and what keeps it there.
func naive(rules fair.Rules, band int, history []evaluation) (tier model.Tier, by model.KeptBy) {
	below, since := 0, 0 // evaluations in a row below; index of the first in the tier
	for i, e := range history {
		by = ""
		if e == 0 {
			tier = ""
			continue
		}
		scores := tierOf(e)
		if tier == "" || scores.Rank() <= tier.Rank() {
			if scores != tier {
				since = i
			}
			tier, below = scores, 0
			continue
		}
		below++
		falls := tier
		if falls == model.TierHigh && int(e) < highFrom-band {
			falls = model.TierMid
		}
		if falls == model.TierMid && scores == model.TierLow && int(e) < midFrom-band {
			falls = model.TierLow
		}
		switch {
		case falls == tier:
			by = model.KeptByBand
		case below <= rules.Grace:
			by = model.KeptByGrace
		case i-since < rules.Stay:
			by = model.KeptByStay
		default:
			tier, since, below = falls, i, 0
			if falls != scores {
				by, below = model.KeptByBand, 1
			}
		}
	}
	return tier, by
}

func TestWalkEqualsNaive(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rules := fair.Rules{Grace: rapid.IntRange(0, 4).Draw(t, "grace"), Stay: rapid.IntRange(0, 5).Draw(t, "stay")}
		band := rapid.IntRange(0, 4).Draw(t, "band")
		months := rapid.IntRange(0, 14).Draw(t, "months")
		customers := rapid.IntRange(0, 12).Draw(t, "customers")
		score := rapid.SampledFrom([]evaluation{0, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
		histories := make([][]evaluation, customers)
		for c := range histories {
			histories[c] = rapid.SliceOfN(score, months, months).Draw(t, "history")
		}
		w := fair.NewWalk(rules, customers)
		w.Step(make([]fair.Grade, customers)) // another one's past, which is forgotten
		w.Restart()
		for month := range months {
			grades := make([]fair.Grade, customers)
			for c := range grades {
				grades[c] = grade(histories[c][month], band)
			}
			w.Step(grades)
		}
		kept := slices.Collect(w.Kept())
		for c, history := range histories {
			tier, by := naive(rules, band, history)
			i := slices.IndexFunc(kept, func(k fair.Kept) bool { return k.Customer == c })
			switch {
			case by == "" && i >= 0:
				t.Fatalf("%v: kept %+v, want nothing", history, kept[i])
			case by != "" && (i < 0 || kept[i].Tier != tier || kept[i].By != by):
				t.Fatalf("%v: kept %+v, want in %s by %s", history, kept, tier, by)
			}
		}
	})
}

// A tier somebody is kept in is always better than that of the scores, and the
// zero rules keep nobody.
func TestZeroRulesKeepNobody(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		history := rapid.SliceOf(rapid.SampledFrom([]evaluation{0, 3, 8, 12})).Draw(t, "history")
		if _, kept := walk(fair.Rules{}, 0, history); len(kept) > 0 {
			t.Fatalf("kept %+v", kept)
		}
	})
}

func BenchmarkStep(b *testing.B) {
	grades := make([]fair.Grade, 1_000_000)
	scores := []evaluation{15, 11, 7, 12, 3, 8, 0, 5}
	for i := range grades {
		grades[i] = grade(scores[i*7919%len(scores)], 0)
	}
	w := fair.NewWalk(fair.Rules{Grace: 2}, len(grades))
	for b.Loop() {
		w.Step(grades)
	}
}

// What is said of grace: with 3 the fourth reading in a row below is the fall.
func TestGraceOfThreeFallsAtTheFourthReading(t *testing.T) {
	t.Parallel()
	const in, below = evaluation(12), evaluation(8)
	walk := fair.NewWalk(fair.Rules{Grace: 3}, 1)
	for i, step := range []struct {
		at   evaluation
		kept bool
	}{{in, false}, {below, true}, {below, true}, {below, true}, {below, false}} {
		walk.Step([]fair.Grade{grade(step.at, 0)})
		if kept := len(slices.Collect(walk.Kept())) == 1; kept != step.kept {
			t.Errorf("reading %d: kept %v", i, kept)
		}
	}
}
