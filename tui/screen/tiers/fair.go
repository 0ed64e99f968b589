package tiers

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/component/figure"
	"strata/tui/screen"
	"strata/tui/session"
)

// fallingRule is a rule about falling, as it is offered and asked for.
type fallingRule struct {
	name, does, question string
	value                int
	set                  func(f *model.Fairness, n int)
	kind                 fallingKind
}

type fallingKind int

const (
	falling        fallingKind = iota
	fallingByValue             // only where the value score decides the tiers
	fallingHistory             // not fewer months than the others need
)

// chooseFair offers what can be done with the fair rules of the scheme.
func (s *Screen) chooseFair() screen.Outcome {
	f := s.frame.Scheme.Fair
	choice := &screen.Choice{Title: catalogue.T("Fair rules: {fair_text}", "fair_text", s.frame.FairText()), None: catalogue.T("No match")}
	choice.Options = append(choice.Options, s.fairSwitch(f))
	for _, r := range []fallingRule{
		{catalogue.T("grace"), catalogue.T("months in a row that a customer may be below a tier"), catalogue.T("grace: months below a tier, 0 for none"), f.Grace, func(f *model.Fairness, n int) { f.Grace = n }, falling},
		{catalogue.T("stay"), catalogue.T("the minimum number of months that a customer stays in a tier"), catalogue.T("stay: minimum months in a tier, 0 for none"), f.Stay, func(f *model.Fairness, n int) { f.Stay = n }, falling},
		{catalogue.T("band"), catalogue.T("how far below a tier's cut of the value score a customer must be to fall out of the tier"), catalogue.T("band: of the value score, 0 for none"), f.Band, func(f *model.Fairness, n int) { f.Band = n }, fallingByValue},
		{catalogue.T("history"), catalogue.T("how many months the rules look back"), catalogue.T("history: months to look back"), f.MonthsBack(), func(f *model.Fairness, n int) { f.History = n }, fallingHistory},
	} {
		option := screen.Option{
			Title: fmt.Sprintf("%s %d: %s", r.name, r.value, r.does),
			Choose: func() screen.Outcome {
				return screen.Outcome{Ask: &screen.Question{
					Text: r.question, Now: strconv.Itoa(r.value),
					Answer: func(text string) screen.Outcome { return s.setRule(r, text) },
				}}
			},
		}
		if r.kind == fallingByValue && !s.frame.ByValue {
			option.Reason = catalogue.T("the tiers of this map do not follow from the value score")
		}
		choice.Options = append(choice.Options, option)
	}
	choice.Options = append(choice.Options, s.overridesOption(f))
	return screen.Outcome{Choose: &screen.Choice{
		Title: choice.Title, None: choice.None, Options: append(choice.Options, s.keptOptions()...),
	}}
}

// fairSwitch switches all fair rules off, or on again.
func (s *Screen) fairSwitch(f model.Fairness) screen.Option {
	changed := f
	changed.Off = !f.Off
	option := screen.Option{Title: catalogue.T("switch off: the scores alone decide"), Choose: func() screen.Outcome { return s.setFair(catalogue.T("fair rules switched off"), changed) }}
	if f.Off {
		option = screen.Option{Title: catalogue.T("switch on: the rules apply again"), Choose: func() screen.Outcome { return s.setFair(catalogue.T("fair rules switched on"), changed) }}
	} else if f.Empty() {
		option.Reason = catalogue.T("there are no rules yet")
	}
	return option
}

// setRule changes one rule about falling to what was typed.
func (s *Screen) setRule(r fallingRule, text string) screen.Outcome {
	n, err := session.TypedWhole(text)
	if err != nil {
		return screen.Outcome{Err: err}
	}
	f := s.frame.Scheme.Clone().Fair
	r.set(&f, n)
	if v := s.frame.Scheme.Value; f.Band > v.Max()-v.Min() {
		return screen.Outcome{Err: model.Errorf(model.Usage, "a band of {band} keeps all customers: the value score goes from {min} to {max}", "band", f.Band, "min", v.Min(), "max", v.Max()).
			WithHint("use 0 to {max}", "max", v.Max()-v.Min())}
	}
	if needed := f.Grace + f.Stay; r.kind == fallingHistory && n > 0 && n < needed {
		return screen.Outcome{Err: model.Errorf(model.Usage, "grace and stay need a history of {needed} months", "needed", needed).WithHint("use {needed} to {most_history}", "needed", needed, "most_history", model.MostHistory)}
	}
	if err := f.Check(); err != nil {
		return screen.Outcome{Err: err}
	}
	return s.setFair(fmt.Sprintf("%s %d → %d", r.name, r.value, n), f)
}

// overridesOption shows who is locked in a tier.
func (s *Screen) overridesOption(f model.Fairness) screen.Option {
	option := screen.Option{Title: catalogue.T("overrides: {overrides} locked by hand", "overrides", words.Customers(int64(len(f.Overrides))))}
	if k := s.frame.Kept; k != nil && k.InForce < len(f.Overrides) {
		option.Title = catalogue.T("overrides: {in_force} of {overrides} locked by hand in force", "in_force", words.Count(int64(k.InForce)), "overrides", words.Customers(int64(len(f.Overrides))))
	}
	if len(f.Overrides) == 0 {
		option = screen.Option{Title: catalogue.T("overrides: no customer is locked"), Reason: catalogue.T("[L] on Customers locks the marked one")}
	}
	option.Choose = func() screen.Outcome { return screen.Outcome{Read: s.overrides(f)} }
	return option
}

// overrides lists those who are locked, and tells what is the matter with some.
func (s *Screen) overrides(f model.Fairness) *screen.Text {
	const most = 200
	text := &screen.Text{Title: catalogue.T("Overrides")}
	for i, o := range f.Overrides {
		if i == most {
			text.Paragraphs = append(text.Paragraphs, catalogue.T("… and {more} more.", "more", words.Count(int64(len(f.Overrides)-most))))
			break
		}
		line := session.OverrideText(o)
		if o.Until != model.NoDay && s.frame.AsOf > o.Until {
			line += catalogue.T(" · expired")
		}
		text.Paragraphs = append(text.Paragraphs, line)
	}
	for _, w := range s.frame.Warnings {
		if strings.HasPrefix(w.Code, "override-") {
			text.Paragraphs = append(text.Paragraphs, "! "+w.Message)
		}
	}
	text.Paragraphs = append(text.Paragraphs, catalogue.T("[L] on Customers locks the marked customer in a tier, or unlocks."))
	return text
}

// keptOptions lead to the people who are kept in a tier.
func (s *Screen) keptOptions() []screen.Option {
	var options []screen.Option
	for _, g := range s.frame.Segments {
		if !strings.HasPrefix(g.Slug, "kept-") || g.Now.Customers == 0 {
			continue
		}
		options = append(options, screen.Option{
			Title: catalogue.T("list the {customers} kept in {tier}", "customers", words.Customers(g.Now.Customers), "tier", words.Tier(g.Tier)),
			Choose: func() screen.Outcome {
				return screen.Outcome{People: &session.PeopleQuery{Title: g.Label, Segment: g.Slug}}
			},
		})
	}
	return options
}

// measuredFair is what measuring the past of all customers came to.
type measuredFair struct {
	label string
	fair  model.Fairness
	err   error
}

// setFair changes the fair rules of the scheme; many customers are measured
// month by month beside the keys first.
func (s *Screen) setFair(label string, f model.Fairness) screen.Outcome {
	if work := s.bench.FairWork(f); work != nil {
		return screen.Outcome{Busy: catalogue.T("measuring customers month by month"), Work: func(ctx context.Context) any {
			return measuredFair{label, f, work(ctx)}
		}}
	}
	return s.changedFair(label, f)
}

// changedFair changes the fair rules, and tells in the status line what came of
// that.
func (s *Screen) changedFair(label string, f model.Fairness) screen.Outcome {
	wasOff := s.frame.Scheme.Fair.Off
	out := s.edited(s.bench.SetFair(label, f), label)
	if f.Off && wasOff && s.frame.Kept == nil {
		out.Note += catalogue.T("; fair rules are switched off")
	}
	if k := s.frame.Kept; out.Err == nil && k != nil {
		n, revenue := k.Total()
		out.Note = catalogue.T("{label}: {customers} kept, with {revenue}", "label", label, "customers", words.Customers(n), "revenue", words.Brief(revenue, s.symbol))
	}
	return out
}

// tookFair changes the rules once everything is measured.
func (s *Screen) tookFair(m measuredFair) screen.Outcome {
	if m.err != nil {
		return screen.Outcome{Err: m.err}
	}
	return s.changedFair(m.label, m.fair)
}

// keptPhrases tell whom fair rules keep.
func (s *Screen) keptPhrases() []phrase {
	k := s.frame.Kept
	switch {
	case k == nil:
		return nil
	case k.Pending:
		return []phrase{{catalogue.T("fair rules keep: … (after a pause)")}}
	}
	phrases, scale := []phrase{}, words.ScaleFor(s.frame.Total.Revenue)
	for _, t := range k.ByTier() {
		by := make([]string, len(t.Groups))
		for i, g := range t.Groups {
			by[i] = words.KeptBy(g.By) + " " + words.Count(g.Customers)
		}
		rest := catalogue.T(" ({revenue} of revenue): {by}", "revenue", scale.Money(t.Revenue, s.symbol), "by", strings.Join(by, ", "))
		if len(by) == 1 {
			rest = catalogue.T(" ({revenue}) by {groups}", "revenue", scale.Money(t.Revenue, s.symbol), "groups", words.KeptBy(t.Groups[0].By))
		}
		phrases = append(phrases, phrase{"", catalogue.T("{customers} in {tier}", "customers", words.Count(t.Customers), "tier", words.Tier(t.Tier)), rest})
	}
	if len(phrases) == 0 {
		phrases = append(phrases, phrase{"", catalogue.T("nobody")})
	}
	phrases[0][0] = catalogue.T("fair rules keep ")
	return append(phrases, phrase{catalogue.T("by scores alone "), figure.Tiers(k.ByScores)})
}

// keptMeaning tells who is in a segment of customers that fair rules keep.
func (s *Screen) keptMeaning(g session.Group) (string, bool) {
	if s.frame.Kept == nil || !strings.HasPrefix(g.Slug, "kept-") {
		return "", false
	}
	for _, t := range s.frame.Kept.ByTier() {
		if t.Tier == g.Tier {
			reading := session.ReadingText(s.frame.Scheme.Fair)
			if reading != "" {
				reading += " "
			}
			return catalogue.T("Their scores lie in other tiers, but fair rules keep them here ({rules}). {reading}[f] changes the rules; without them the tiers are {by_scores}.", "rules", s.frame.FairText(), "reading", reading, "by_scores", figure.Tiers(s.frame.Kept.ByScores)), true
		}
	}
	return "", false // of the baseline
}
