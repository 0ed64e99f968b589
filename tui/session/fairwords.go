package session

import (
	"fmt"
	"slices"
	"strings"

	"strata/model"
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
		why = append(why, words.Count(int64(k.Expired))+" expired")
	}
	if nobody := all - k.InForce - k.Expired; nobody > 0 {
		why = append(why, words.Count(int64(nobody))+" of nobody tiered in these data")
	}
	return fairText(fair, fmt.Sprintf("%s of %s in force (%s)", words.Count(int64(k.InForce)), words.Plural(int64(all), "override", "overrides"), strings.Join(why, ", ")))
}

// ReadingText says how the rules about falling read the past, "" without any.
func ReadingText(f model.Fairness) string {
	if !f.Moving() {
		return ""
	}
	text := "Once a month is read in which tier the scores are, every past month with the cuts of today."
	if f.Grace > 0 {
		text += fmt.Sprintf(" With grace %d a customer falls at the %s reading below in a row: the one of today and %d before it.", f.Grace, ordinal(f.Grace+1), f.Grace)
	}
	return text
}

func fairText(f model.Fairness, overrides string) string {
	var parts []string
	if f.Off {
		parts = append(parts, "switched off")
	}
	if f.Grace > 0 {
		parts = append(parts, "grace "+months(f.Grace))
	}
	if f.Stay > 0 {
		parts = append(parts, "stay "+months(f.Stay))
	}
	if f.Band > 0 {
		parts = append(parts, fmt.Sprintf("band %d", f.Band))
	}
	if f.Moving() {
		parts = append(parts, "looking back "+months(f.MonthsBack()))
	}
	if len(f.Overrides) > 0 {
		parts = append(parts, overrides)
	}
	if parts == nil {
		return "none"
	}
	return strings.Join(parts, " · ")
}

// fairOtherwise tells in a few words each which fair rules are others than before:
// "grace 2", "no band", "3 overrides".
func fairOtherwise(f, before model.Fairness) []string {
	var told []string
	if f.Empty() && !before.Empty() {
		return []string{"no fair rules"}
	}
	if f.Off != before.Off {
		told = append(told, map[bool]string{true: "fair rules off", false: "fair rules on"}[f.Off])
	}
	for _, rule := range []struct {
		name     string
		now, was int
	}{{"grace", f.Grace, before.Grace}, {"stay", f.Stay, before.Stay}, {"band", f.Band, before.Band}} {
		switch {
		case rule.now == rule.was:
		case rule.now == 0:
			told = append(told, "no "+rule.name)
		default:
			told = append(told, fmt.Sprintf("%s %d", rule.name, rule.now))
		}
	}
	if f.Moving() && before.Moving() && f.MonthsBack() != before.MonthsBack() {
		told = append(told, "looking back "+months(f.MonthsBack()))
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
	tier := strings.ToUpper(string(s.Tier))
	switch s.By {
	case model.KeptByGrace:
		return fmt.Sprintf("kept in %s: %s month below, grace %s", tier, ordinal(s.Months), months(s.Rules.Grace))
	case model.KeptByStay:
		return fmt.Sprintf("kept in %s: %s in it before this one, stay %s", tier, months(s.Months), months(s.Rules.Stay))
	case model.KeptByBand:
		return fmt.Sprintf("kept in %s: not more than %d below %d, where %s begins", tier, s.Rules.Band, s.Begins, tier)
	}
	told := "kept in " + tier + " by an override"
	if !s.Elsewhere {
		told = "locked in " + tier + ", where the scores lie, too"
	}
	return told + overrideText(s.Override)
}

// overrideText tells until when, why and by whom: " until 2012-06-30: key
// account (LM)".
func overrideText(o model.Override) string {
	var text strings.Builder
	if o.Until != model.NoDay {
		text.WriteString(" until " + o.Until.String())
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
	return o.Customer + " in " + strings.ToUpper(string(o.Tier)) + overrideText(o)
}

// ordinal writes 1 as first, and numbers above twelve as they are.
func ordinal(n int) string {
	names := []string{"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"}
	switch {
	case n >= 1 && n <= len(names):
		return names[n-1]
	case n%10 == 1:
		return fmt.Sprintf("%dst", n)
	case n%10 == 2:
		return fmt.Sprintf("%dnd", n)
	case n%10 == 3:
		return fmt.Sprintf("%drd", n)
	}
	return fmt.Sprintf("%dth", n)
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
