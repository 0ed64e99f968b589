package session

import (
	"fmt"
	"slices"
	"strings"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// FairText tells the fair rules of a scheme in a few words: "grace 2 months ·
// 3 overrides". It is "none" without any.
func FairText(f model.Fairness) string {
	return fairText(f, words.Plural(int64(len(f.Overrides)), "override", "overrides"))
}

// FairText tells the fair rules of the frame's scheme, and which of its overrides
// are in force: "2 of 4 overrides in force (1 expired, 1 of nobody tiered in these
// data)".
func (f *Frame) FairText() string {
	fair, k := f.Scheme.Fair, f.Kept
	all := len(fair.Overrides)
	if k == nil || k.InForce == all {
		return FairText(fair)
	}
	var why []string
	if k.Expired > 0 {
		why = append(why, catalogue.T("{expired} expired", "expired", words.Count(int64(k.Expired))))
	}
	if nobody := all - k.InForce - k.Expired; nobody > 0 {
		why = append(why, catalogue.T("{count} of customers who are not tiered in these data", "count", words.Count(int64(nobody))))
	}
	return fairText(fair, catalogue.T("{in_force} of {all} in force ({reasons})", "in_force", words.Count(int64(k.InForce)), "all", words.Plural(int64(all), "override", "overrides"), "reasons", strings.Join(why, ", ")))
}

// ReadingText says how the rules about falling read the past, "" without any.
func ReadingText(f model.Fairness) string {
	if !f.Moving() {
		return ""
	}
	text := catalogue.T("The tier by scores is read once a month; past months are scored with today's cuts.")
	if f.Grace > 0 {
		text += catalogue.T(" With grace {grace}, a customer falls at the {nth} reading in a row below the tier: today's, after the {grace} before it.", "grace", f.Grace, "nth", ordinal(f.Grace+1))
	}
	return text
}

func fairText(f model.Fairness, overrides string) string {
	var parts []string
	if f.Off {
		parts = append(parts, catalogue.T("switched off"))
	}
	if f.Grace > 0 {
		parts = append(parts, catalogue.T("grace {grace}", "grace", months(f.Grace)))
	}
	if f.Stay > 0 {
		parts = append(parts, catalogue.T("stay {stay}", "stay", months(f.Stay)))
	}
	if f.Band > 0 {
		parts = append(parts, catalogue.T("band {band}", "band", f.Band))
	}
	if f.Moving() {
		parts = append(parts, catalogue.T("looking back {back}", "back", months(f.MonthsBack())))
	}
	if len(f.Overrides) > 0 {
		parts = append(parts, overrides)
	}
	if parts == nil {
		return catalogue.T("none")
	}
	return strings.Join(parts, " · ")
}

// fairOtherwise tells in a few words each which fair rules are others than before:
// "grace 2", "no band", "3 overrides".
func fairOtherwise(f, before model.Fairness) []string {
	var told []string
	if f.Empty() && !before.Empty() {
		return []string{catalogue.T("no fair rules")}
	}
	if f.Off != before.Off {
		told = append(told, map[bool]string{true: catalogue.T("fair rules off"), false: catalogue.T("fair rules on")}[f.Off])
	}
	for _, rule := range []struct {
		name     string
		now, was int
	}{{catalogue.T("grace"), f.Grace, before.Grace}, {catalogue.T("stay"), f.Stay, before.Stay}, {catalogue.T("band"), f.Band, before.Band}} {
		switch {
		case rule.now == rule.was:
		case rule.now == 0:
			told = append(told, catalogue.T("no {rule}", "rule", rule.name))
		default:
			told = append(told, fmt.Sprintf("%s %d", rule.name, rule.now))
		}
	}
	if f.Moving() && before.Moving() && f.MonthsBack() != before.MonthsBack() {
		told = append(told, catalogue.T("looking back {back}", "back", months(f.MonthsBack())))
	}
	if !slices.Equal(f.Overrides, before.Overrides) {
		told = append(told, words.Plural(int64(len(f.Overrides)), "override", "overrides"))
	}
	return told
}

func months(n int) string { return words.Plural(int64(n), "month", "months") }

// Held tells what holds a customer in a tier.
type Held struct {
	Tier      model.Tier
	By        model.KeptBy
	Elsewhere bool           // the scores lie in another tier
	Override  model.Override // by an override
	Months    int            // by grace: in a row below the tier; by stay: in it before this one
	Rules     model.Fairness
	Begins    int // where the tier begins on the value score
}

// Locked reports whether a person has locked the tier; nil is nothing.
func (s *Held) Locked() bool { return s != nil && s.By == model.KeptByOverride }

// String tells it in a sentence: "kept in HIGH: second month below, grace 2
// months".
func (s *Held) String() string {
	tier := words.Tier(s.Tier)
	switch s.By {
	case model.KeptByGrace:
		return catalogue.T("kept in {tier}: {nth} month below, grace {grace}", "tier", tier, "nth", ordinal(s.Months), "grace", months(s.Rules.Grace))
	case model.KeptByStay:
		return catalogue.T("kept in {tier}: {months} in it before this one, stay {stay}", "tier", tier, "months", months(s.Months), "stay", months(s.Rules.Stay))
	case model.KeptByBand:
		return catalogue.T("kept in {tier}: no more than {band} below {begins}, where {tier} begins", "tier", tier, "band", s.Rules.Band, "begins", s.Begins)
	}
	told := catalogue.T("kept in {tier} by an override", "tier", tier)
	if !s.Elsewhere {
		told = catalogue.T("locked in {tier}, where the scores lie too", "tier", tier)
	}
	return told + overrideText(s.Override)
}

// overrideText tells until when, why and by whom: " until 2012-06-30: key
// account (LM)".
func overrideText(o model.Override) string {
	var text strings.Builder
	if o.Until != model.NoDay {
		text.WriteString(catalogue.T(" until {until}", "until", o.Until.String()))
	}
	if o.Reason != "" {
		text.WriteString(": " + o.Reason)
	}
	if o.Author != "" {
		text.WriteString(" (" + o.Author + ")")
	}
	return text.String()
}

// OverrideText tells an override in a line: "12346 in HIGH until 2012-06-30:
// key account (LM)".
func OverrideText(o model.Override) string {
	return catalogue.T("{customer} in {tier}{override}", "customer", o.Customer, "tier", words.Tier(o.Tier), "override", overrideText(o))
}

// ordinal writes 1 as first, and numbers above twelve as they are.
func ordinal(n int) string {
	names := []string{
		catalogue.T("first"), catalogue.T("second"), catalogue.T("third"), catalogue.T("fourth"), catalogue.T("fifth"), catalogue.T("sixth"),
		catalogue.T("seventh"), catalogue.T("eighth"), catalogue.T("ninth"), catalogue.T("tenth"), catalogue.T("eleventh"), catalogue.T("twelfth"),
	}
	switch {
	case n >= 1 && n <= len(names):
		return names[n-1]
	case n%10 == 1:
		return catalogue.T("{n}st", "n", n)
	case n%10 == 2:
		return catalogue.T("{n}nd", "n", n)
	case n%10 == 3:
		return catalogue.T("{n}rd", "n", n)
	}
	return catalogue.T("{n}th", "n", n)
}

// held tells what holds the customer of a row, nil where nothing does.
func (r *Roster) held(row int) *Held {
	hold, ok := r.rule.HoldOf(r.base, row)
	if !ok {
		return nil
	}
	s := &Held{Tier: hold.Tier, By: hold.By, Months: hold.Count, Rules: r.rule.Fair()}
	plain := r.rule.Plain()
	s.Elsewhere = plain.Segments[plain.SegmentOf(r.base, row)].Tier != hold.Tier
	if hold.By == model.KeptByOverride {
		s.Override = s.Rules.Overrides[hold.Count]
	}
	switch hold.Tier {
	case model.TierHigh:
		s.Begins = r.rule.Value.Cuts[1]
	case model.TierMid:
		s.Begins = r.rule.Value.Cuts[0]
	}
	return s
}
