package session

import (
	"context"
	"runtime"
	"slices"
	"strings"
	"sync"

	"strata/analysis/fair"
	"strata/analysis/rfm"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// Kept tells whom the fair rules of a scheme keep in another tier than that of
// their scores.
type Kept struct {
	Groups []KeptGroup // by tier, and what keeps them; without groups of nobody
	// ByScores are the tiers as they would be without the rules: high, mid, low,
	// and none, if it has customers.
	ByScores []Group
	// Pending is true while a cut moves over many customers: the rules about
	// falling have not been asked yet, and the frame is without those they keep.
	Pending bool
	// Of the scheme's overrides those in force, and those that have expired; the rest
	// are of nobody who is tiered.
	InForce, Expired int
}

// KeptGroup is the customers whom one thing keeps in one tier.
type KeptGroup struct {
	Tier      model.Tier
	By        model.KeptBy
	Customers int64
	Revenue   model.Money
}

// Total adds up the customers kept, and their revenue.
func (k *Kept) Total() (customers int64, revenue model.Money) {
	for _, g := range k.Groups {
		customers += g.Customers
		revenue += g.Revenue
	}
	return customers, revenue
}

// KeptTier is the customers kept in one tier.
type KeptTier struct {
	Tier      model.Tier
	Customers int64
	Revenue   model.Money
	Groups    []KeptGroup // by what keeps them
}

// ByTier adds up the groups of each tier that anybody is kept in, the best
// first.
func (k *Kept) ByTier() []KeptTier {
	var tiers []KeptTier
	for _, g := range k.Groups { // those of a tier stand together
		if len(tiers) == 0 || tiers[len(tiers)-1].Tier != g.Tier {
			tiers = append(tiers, KeptTier{Tier: g.Tier})
		}
		t := &tiers[len(tiers)-1]
		t.Customers += g.Customers
		t.Revenue += g.Revenue
		t.Groups = append(t.Groups, g)
	}
	return tiers
}

// newKept tells whom a rule holds, nil where the scheme has no fair rules in
// force.
func newKept(f model.Fairness, asOf model.Day, rule *rfm.Rule, figures *rfm.Figures) *Kept {
	if f.Off || len(f.Overrides) == 0 && !f.Moving() {
		return nil
	}
	k := &Kept{Groups: []KeptGroup{}, ByScores: newTiers(figures.Tiers(rule.Plain())), InForce: rule.Locked()}
	for _, o := range f.Overrides {
		if o.Until != model.NoDay && asOf > o.Until {
			k.Expired++
		}
	}
	for _, sum := range rule.Kept() {
		k.Groups = append(k.Groups, KeptGroup{Tier: sum.Tier, By: sum.By, Customers: sum.Customers, Revenue: sum.Revenue})
	}
	return k
}

// fairly returns the rule with the customers whom the fair rules of its scheme
// hold. The warnings are about overrides that do nothing, and a band that
// cannot. Errors: Usage, and those of measuring.
func (s *Session) fairly(ctx context.Context, base *rfm.Base, rule *rfm.Rule, f model.Fairness) (*rfm.Rule, []model.Warning, error) {
	holds, warnings, err := s.locks(ctx, base, f)
	if err != nil || f.Off || !f.Moving() {
		return rule.Holding(base, f, holds), warnings, err
	}
	pasts, err := s.pastsOf(ctx, base, f.MonthsBack())
	if err != nil {
		return nil, nil, err
	}
	if f.Band > 0 && !rule.ByValue() {
		warnings = append(warnings, model.Warning{
			Code:    "band-without-value",
			Message: catalogue.T("fair rules: the band keeps no customer, because the tiers of this map do not follow from the value score"),
		})
	}
	return rule.Holding(base, f, heldBy(f, pasts, rule, holds)), warnings, nil
}

// locks returns the customers whose tier a person has locked.
func (s *Session) locks(ctx context.Context, base *rfm.Base, f model.Fairness) ([]rfm.Hold, []model.Warning, error) {
	if err := f.Check(); err != nil || f.Off || len(f.Overrides) == 0 {
		return nil, nil, err
	}
	ordinals, err := s.ordinals(ctx, f.Overrides)
	if err != nil {
		return nil, nil, err
	}
	var holds []rfm.Hold
	var expired, unknown, notTiered []string
	for i, o := range f.Overrides {
		row, tiered := slices.BinarySearch(base.Customer, ordinals[i])
		switch {
		case o.Until != model.NoDay && base.AsOf > o.Until:
			expired = append(expired, o.Customer)
		case ordinals[i] < 0:
			unknown = append(unknown, o.Customer)
		case !tiered:
			notTiered = append(notTiered, o.Customer)
		default:
			holds = append(holds, rfm.Hold{Row: int32(row), Tier: o.Tier, By: model.KeptByOverride, Count: i})
		}
	}
	var warnings []model.Warning
	for _, w := range []struct {
		code, one, many string
		keys            []string
	}{
		{"override-unknown", catalogue.T("override for a customer who is not in the workspace"), catalogue.T("overrides for customers who are not in the workspace"), unknown},
		{"override-expired", catalogue.T("override has expired"), catalogue.T("overrides have expired"), expired},
		{"override-not-tiered", catalogue.T("override is for a customer who is not tiered"), catalogue.T("overrides are for customers who are not tiered"), notTiered},
	} {
		if n := len(w.keys); n > 0 {
			warnings = append(warnings, model.Warning{Code: w.code, Message: catalogue.T("fair rules: {overrides}: {keys}", "overrides", words.Plural(int64(n), w.one, w.many), "keys", someOf(w.keys))})
		}
	}
	return holds, warnings, nil
}

// someOf names a few of many keys.
func someOf(keys []string) string {
	const few = 5
	if len(keys) <= few {
		return strings.Join(keys, ", ")
	}
	return catalogue.T("{keys} and {more} more", "keys", strings.Join(keys[:few], ", "), "more", words.Count(int64(len(keys)-few)))
}

// remembered is what a session keeps about customers for fair rules, so that a
// moved cut does not measure or look for them again. Keys do not wait until the
// past is measured: it has a lock of its own.
type remembered struct {
	keys     sync.Mutex
	ordinals map[string]int32 // of keys that were asked for; -1 for those of nobody

	measuring sync.Mutex
	pasts     []pasts // of the bases asked for last, the last one first
}

// pasts are the evaluations of a base: the oldest first, its own day last.
type pasts struct {
	base   *rfm.Base
	months int
	days   []*rfm.Past
}

// mostPasts is how many bases the past is kept of: that of the working scheme
// and that of the baseline.
const mostPasts = 2

// ordinals returns the ordinal of the customer of each override, -1 of one who
// is not in the workspace.
func (s *Session) ordinals(ctx context.Context, overrides []model.Override) ([]int32, error) {
	r := &s.remembered
	r.keys.Lock()
	defer r.keys.Unlock()
	if r.ordinals == nil {
		r.ordinals = map[string]int32{}
	}
	if slices.ContainsFunc(overrides, func(o model.Override) bool { _, known := r.ordinals[o.Customer]; return !known }) {
		customers, err := s.store.Customers(ctx)
		if err != nil {
			return nil, err
		}
		for _, o := range overrides {
			r.ordinals[o.Customer] = -1
		}
		for i := range customers.Keys.Len() {
			if _, asked := r.ordinals[string(customers.Keys.Slice(i))]; asked {
				r.ordinals[customers.Keys.At(i)] = int32(i)
			}
		}
	}
	ordinals := make([]int32, len(overrides))
	for i, o := range overrides {
		ordinals[i] = r.ordinals[o.Customer]
	}
	return ordinals, nil
}

// findPasts returns where the past of a base is, -1 if it is not known.
func (r *remembered) findPasts(base *rfm.Base, months int) int {
	return slices.IndexFunc(r.pasts, func(p pasts) bool { return p.base == base && p.months == months })
}

// knowsPasts reports whether the past of a base need not be measured.
func (s *Session) knowsPasts(base *rfm.Base, months int) bool {
	r := &s.remembered
	if !r.measuring.TryLock() { // a past is being measured
		return false
	}
	defer r.measuring.Unlock()
	return r.findPasts(base, months) >= 0
}

// pastsOf measures the customers of a base on its own day and on the same day
// of so many months before; not before the first order, when there is nobody.
func (s *Session) pastsOf(ctx context.Context, base *rfm.Base, months int) ([]*rfm.Past, error) {
	r := &s.remembered
	r.measuring.Lock()
	defer r.measuring.Unlock()
	if i := r.findPasts(base, months); i >= 0 {
		return r.pasts[i].days, nil
	}
	p := pasts{base: base, months: months}
	for back := months; back > 0; back-- {
		spec := base.Spec
		spec.AsOf = base.AsOf.AddMonths(-back)
		if spec.AsOf <= s.info.FirstDay {
			continue
		}
		then, err := s.Measure(ctx, spec)
		if err != nil {
			return nil, err
		}
		p.days = append(p.days, rfm.NewPast(then, base))
	}
	p.days = append(p.days, rfm.NewPast(base, base))
	r.pasts = slices.Insert(r.pasts, 0, p)
	r.pasts = r.pasts[:min(len(r.pasts), mostPasts)]
	return p.days, nil
}

// graded is how many customers are followed at a time: few enough for their
// grades and states to stay in the processor's nearest cache.
const graded = 4096

// heldBy adds to those who are locked the customers whom the rules about
// falling keep.
func heldBy(f model.Fairness, pasts []*rfm.Past, rule *rfm.Rule, locks []rfm.Hold) []rfm.Hold {
	rule = rule.Plain()
	grader := rfm.NewGrader(rule, cellGrades(f, rule), fair.Absent)
	n := pasts[0].Len()
	parts := min(runtime.GOMAXPROCS(0), n/graded+1)
	kept := make([][]rfm.Hold, parts)
	var running sync.WaitGroup
	for part := range parts {
		running.Go(func() {
			kept[part] = keptAmong(f, pasts, grader, n*part/parts, n*(part+1)/parts)
		})
	}
	running.Wait()
	locked := map[int32]bool{}
	for _, h := range locks {
		locked[h.Row] = true
	}
	holds := slices.Concat(slices.Concat(kept...), locks)
	return slices.DeleteFunc(holds, func(h rfm.Hold) bool { return h.By != model.KeptByOverride && locked[h.Row] })
}

// keptAmong follows the customers of the rows lo <= row < hi.
func keptAmong(f model.Fairness, pasts []*rfm.Past, grader *rfm.Grader[fair.Grade], lo, hi int) []rfm.Hold {
	holds := make([]rfm.Hold, 0, (hi-lo)/8) // more than are kept by usual rules
	walk := fair.NewWalk(fair.Rules{Grace: f.Grace, Stay: f.Stay}, min(graded, hi-lo))
	buffer := make([]fair.Grade, min(graded, hi-lo))
	for at := lo; at < hi; at += graded {
		grades := buffer[:min(graded, hi-at)]
		walk.Restart()
		for _, past := range pasts {
			grader.Grade(past, at, grades)
			walk.Step(grades)
		}
		for k := range walk.Kept() {
			count := k.Below
			if k.By == model.KeptByStay {
				count = k.In
			}
			holds = append(holds, rfm.Hold{Row: int32(at + k.Customer), Tier: k.Tier, By: k.By, Count: count})
		}
	}
	return holds
}

// cellGrades returns what each cell says about falling.
func cellGrades(f model.Fairness, rule *rfm.Rule) []fair.Grade {
	cuts := map[model.Tier]int{model.TierHigh: rule.Value.Cuts[1], model.TierMid: rule.Value.Cuts[0]}
	grades := make([]fair.Grade, rule.Cells())
	for cell := range grades {
		grades[cell] = fair.NewGrade(rule.Segments[rule.Segment(cell)].Tier, func(from model.Tier) bool {
			return !rule.ByValue() || rule.Below(cell, cuts[from]-f.Band)
		})
	}
	return grades
}
