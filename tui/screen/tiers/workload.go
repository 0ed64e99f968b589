package tiers

import (
	"fmt"
	"slices"
	"strings"

	"strata/analysis/workload"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/screen"
	"strata/tui/session"
)

// workload tells what the customers of the tiers ask of those who serve them,
// in the baseline and now.
func (s *Screen) workload() []phrase {
	w := s.frame.Workload()
	if len(w.Tiers) == 0 || s.frame.Total.Customers == 0 {
		return nil // a frame of an older version has no services
	}
	name := catalogue.T("workload: ")
	switch {
	case w.Assumed:
		name = catalogue.T("workload, assumed: ")
	case w.PartlyAssumed():
		name = catalogue.T("workload, partly assumed: ")
	}
	var phrases []phrase
	if w.Was.Advisers+w.Now.Advisers > 0 {
		phrases = append(phrases, phrase{catalogue.T("advisers for {tiers} ", "tiers", w.AdvisersFor()), fromTo(words.Count(w.Was.Advisers), words.Count(w.Now.Advisers))})
	}
	for i, p := range w.Promises {
		was := p.Customers
		if j := slices.IndexFunc(w.PromisesWas, func(q workload.Promise) bool { return q.Minutes == p.Minutes }); j >= 0 {
			was = w.PromisesWas[j].Customers
		}
		text := session.PromiseText(p.Minutes) + ": "
		if i == 0 {
			text = catalogue.T("promised {promise}", "promise", text)
		}
		phrases = append(phrases, phrase{text, fromTo(words.Count(was), words.Count(p.Customers))})
	}
	if of, all := w.CostOf(); of != "" {
		cost := catalogue.T("cost ")
		if !all {
			cost = catalogue.T("cost of {tiers} alone ", "tiers", of)
		}
		phrases = append(phrases, phrase{cost, fromTo(words.Brief(w.Was.Cost, words.Sign(s.symbol)), words.Brief(w.Now.Cost, words.Sign(s.symbol))), catalogue.T(" a month")})
	}
	phrases = append(
		phrases,
		phrase{catalogue.T("contacts "), fromTo(words.Contacts(w.Was.Contacts), words.Contacts(w.Now.Contacts)), catalogue.T(" a month")},
		phrase{catalogue.T("hours "), fromTo(words.Hours(w.Was.Minutes), words.Hours(w.Now.Minutes)), catalogue.T(" a month")},
	)
	phrases[0][0] = name + phrases[0][0]
	return phrases
}

// chooseService offers everything that a tier is promised, to be changed.
func (s *Screen) chooseService() screen.Outcome {
	title := catalogue.T("What tiers are promised; undo does not affect it")
	if s.frame.ServicesAssumed {
		title += catalogue.T(" (assumed until you change it)")
	}
	choice := &screen.Choice{Title: title, None: catalogue.T("No match")}
	for i, service := range s.frame.Services {
		for _, f := range session.ServiceFields {
			choice.Options = append(choice.Options, screen.Option{
				Title:  fmt.Sprintf("%-4s  %-31s %10s%s", words.Tier(service.Tier), f.Title(), s.served(f, service), assumedMark(f, service)),
				Choose: func() screen.Outcome { return s.askService(i, f) },
			})
		}
	}
	return screen.Outcome{Choose: choice}
}

// assumedMark stands behind what nobody has said.
func assumedMark(f session.ServiceField, service model.Service) string {
	if f.Assumed(service) && !(f == session.ServiceCost) {
		return catalogue.T("  assumed")
	}
	return ""
}

// served writes the value of a field of a service.
func (s *Screen) served(f session.ServiceField, service model.Service) string {
	switch {
	case f == session.ServicePromise:
		return session.PromiseText(service.Promise)
	case f == session.ServicePerAdviser && service.PerAdviser == 0:
		return catalogue.T("none")
	case f == session.ServiceCost && !service.CostKnown():
		return "–"
	case f == session.ServiceCost:
		return words.Price(service.ContactCost, words.Sign(s.symbol))
	}
	return f.Text(service)
}

// askService asks for one field of a service, and goes back to all of them.
func (s *Screen) askService(i int, f session.ServiceField) screen.Outcome {
	service := s.frame.Services[i]
	return screen.Outcome{Ask: &screen.Question{
		Text: words.Tier(service.Tier) + ", " + f.Title(), Now: f.Text(service) + "   (" + f.Allowed() + ")", Understood: session.Understood,
		Answer: func(text string) screen.Outcome {
			services := slices.Clone(s.frame.Services)
			if err := f.Set(&services[i], text); err != nil {
				return screen.Outcome{Err: err}
			}
			told := ""
			if was, now := s.served(f, service), s.served(f, services[i]); was != now {
				told = catalogue.T("{tier}: {title} {was} → {now}; undo does not affect this", "tier", words.Tier(service.Tier), "title", f.Title(), "was", was, "now", now)
			}
			out := s.edited(s.bench.SetServices(services), told)
			if out.Err == nil {
				out.Lasting = catalogue.T("promises")
				out.Choose = s.chooseService().Choose
			}
			return out
		},
	}}
}

// promised tells what a tier is promised, and what its customers ask for in a
// month.
func (s *Screen) promised(tier model.Tier) []string {
	w := s.frame.Workload()
	i := slices.IndexFunc(w.Tiers, func(t session.TierLoad) bool { return t.Tier == tier })
	if i < 0 {
		return nil
	}
	t := w.Tiers[i]
	text := catalogue.T("An answer is promised within {promise}", "promise", session.PromiseText(t.Promise))
	if w.Assumed {
		text = catalogue.T("No promise has been set; an answer within {promise} is assumed", "promise", session.PromiseText(t.Promise))
	}
	text += catalogue.T(", with {contacts} contacts of {minutes} each per customer per month", "contacts", session.HundredthsText(int64(t.Contacts)), "minutes", words.Plural(int64(t.Minutes), "minute", "minutes"))
	if t.PerAdviser > 0 {
		text += catalogue.T(", and an adviser for every {per_adviser} customers", "per_adviser", words.Count(int64(t.PerAdviser)))
	}
	text += catalogue.T(". That is {contacts} contacts and {minutes} hours a month", "contacts", words.Contacts(t.Now.Contacts), "minutes", words.Hours(t.Now.Minutes))
	if t.Now.Advisers > 0 {
		text += ", " + words.Plural(t.Now.Advisers, "adviser", "advisers")
	}
	if t.CostKnown() {
		text += ", " + words.Brief(t.Now.Cost, words.Sign(s.symbol))
	}
	var assumed []string
	for _, f := range session.AssumedFields(t.Service) {
		if f != session.ServiceCost {
			assumed = append(assumed, f.Title())
		}
	}
	text += "."
	if !w.Assumed && len(assumed) > 0 {
		text += catalogue.T(" Still assumed: {assumed}.", "assumed", strings.Join(assumed, ", "))
	}
	if !t.CostKnown() {
		text += catalogue.T(" The cost of a contact has not been set.")
	}
	return []string{catalogue.T("{promise} [S] changes it.", "promise", text)}
}
