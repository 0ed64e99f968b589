package customers

import (
	"slices"
	"strings"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/screen"
	"strata/tui/session"
)

// lock offers to lock a customer in a tier, or to let go.
func (s *Screen) lock(key string) screen.Outcome {
	f := s.bench.Frame().Scheme.Fair
	at := slices.IndexFunc(f.Overrides, func(o model.Override) bool { return o.Customer == key })
	choice := &screen.Choice{Title: catalogue.T("Tier of {key}", "key", key), None: catalogue.T("No match")}
	for _, tier := range []model.Tier{model.TierHigh, model.TierMid, model.TierLow} {
		o := model.Override{Customer: key, Tier: tier, Until: model.NoDay}
		if at >= 0 {
			o.Reason, o.Author = f.Overrides[at].Reason, f.Overrides[at].Author
		} else if n := len(f.Overrides); n > 0 {
			o.Author = f.Overrides[n-1].Author
		}
		choice.Options = append(choice.Options, screen.Option{
			Title:  catalogue.T("lock in {tier}", "tier", words.Tier(tier)),
			Choose: func() screen.Outcome { return s.askUntil(o) },
		})
	}
	free := screen.Option{Title: catalogue.T("unlock: the scores decide again"), Reason: catalogue.T("the customer is not locked")}
	if at >= 0 {
		free.Title, free.Reason = catalogue.T("unlock: {override}", "override", session.OverrideText(f.Overrides[at])), ""
	}
	free.Choose = func() screen.Outcome {
		rules := s.bench.Frame().Scheme.Clone().Fair
		rules.Overrides = slices.DeleteFunc(rules.Overrides, func(o model.Override) bool { return o.Customer == key })
		return s.setOverrides(catalogue.T("customer {key} unlocked", "key", model.Printable(key)), rules)
	}
	choice.Options = append(choice.Options, free)
	return screen.Outcome{Choose: choice}
}

// askUntil asks how long a lock is to hold.
func (s *Screen) askUntil(o model.Override) screen.Outcome {
	asOf := s.bench.Frame().AsOf
	choice := &screen.Choice{Title: catalogue.T("How long"), None: catalogue.T("No match")}
	until := func(title string, day model.Day) {
		o := o
		o.Until = day
		if day != model.NoDay {
			title += catalogue.T(", until {day}", "day", day.String())
		}
		choice.Options = append(choice.Options, screen.Option{Title: title, Choose: func() screen.Outcome { return s.askReason(o) }})
	}
	until(catalogue.T("for good"), model.NoDay)
	until(catalogue.T("for 3 months"), asOf.AddMonths(3))
	until(catalogue.T("for a year"), asOf.AddMonths(12))
	choice.Options = append(choice.Options, screen.Option{Title: catalogue.T("until another day"), Choose: func() screen.Outcome {
		return screen.Outcome{Ask: &screen.Question{
			Text: catalogue.T("the last as-of day it applies to"), Value: asOf.AddMonths(6).String(), Needed: catalogue.T("a day"),
			Answer: func(text string) screen.Outcome {
				day, err := model.ParseDay(strings.TrimSpace(text))
				switch {
				case err != nil:
					return screen.Outcome{Err: err}
				case day < asOf:
					return screen.Outcome{Err: model.Errorf(model.Usage, "{day} is before the as-of day {as_of}", "day", day, "as_of", asOf)}
				}
				o.Until = day
				return s.askReason(o)
			},
		}}
	}})
	return screen.Outcome{Choose: choice}
}

// askReason asks why, then who says so, and locks.
func (s *Screen) askReason(o model.Override) screen.Outcome {
	return ask(catalogue.T("reason"), catalogue.T("a reason"), o.Reason, catalogue.T("why the scores do not decide"), func(reason string) screen.Outcome {
		o.Reason = reason
		return ask(catalogue.T("author"), catalogue.T("an author"), o.Author, catalogue.T("your name or initials"), func(author string) screen.Outcome {
			o.Author = author
			rules := s.bench.Frame().Scheme.Clone().Fair
			rules.Overrides = slices.DeleteFunc(rules.Overrides, func(other model.Override) bool { return other.Customer == o.Customer })
			rules.Overrides = append(rules.Overrides, o)
			label := catalogue.T("customer {customer} locked in {tier}", "customer", model.Printable(o.Customer), "tier", words.Tier(o.Tier))
			return s.setOverrides(label, rules)
		})
	})
}

// ask asks for a text that may not be empty.
func ask(what, needed, value, now string, answer func(string) screen.Outcome) screen.Outcome {
	return screen.Outcome{Ask: &screen.Question{
		Text: what, Value: value, Now: now, Needed: needed,
		Answer: func(text string) screen.Outcome { return answer(model.Printable(strings.TrimSpace(text))) },
	}}
}

// setOverrides changes the fair rules of the scheme as one edit.
func (s *Screen) setOverrides(label string, f model.Fairness) screen.Outcome {
	if err := s.bench.SetFair(label, f); err != nil {
		return screen.Outcome{Err: err}
	}
	if f.Off {
		label += catalogue.T("; fair rules are switched off, [f] on Tiers switches them on")
	}
	return screen.Outcome{Edited: true, Note: label}
}
