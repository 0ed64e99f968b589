package migration

import (
	"context"
	"time"

	"strata/model"
	"strata/model/catalogue"
	"strata/tui/component/moves"
	"strata/tui/screen"
	"strata/tui/session"
)

// rest is how long the keys must rest before what takes longer is begun: a held
// key would only have it thrown away.
const rest = 150 * time.Millisecond

// rested says that the keys have rested since a frame was shown.
type rested struct{ frame *session.Frame }

// afterRest waits for the keys to rest. Only then is the bench asked for what is
// to be looked into: getting it ready may take a moment.
func (s *Screen) afterRest() screen.Outcome {
	frame := s.frame
	return screen.Outcome{Work: func(ctx context.Context) any {
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(rest):
			return rested{frame}
		}
	}}
}

// tookRest begins what takes longer, unless another frame is shown by now.
func (s *Screen) tookRest(r rested) screen.Outcome {
	switch {
	case r.frame != s.frame:
		return screen.Outcome{}
	case s.days != nil:
		return s.compareDays()
	}
	return s.askReasons()
}

// reasoned are the reasons of a frame's flows.
type reasoned struct {
	frame   *session.Frame
	reasons *session.Reasons
	err     error
}

// askReasons has the reasons of the shown flows found out.
func (s *Screen) askReasons() screen.Outcome {
	if s.bench == nil || s.shown == nil || len(s.flowList()) == 0 || s.shown.reasons != nil {
		return screen.Outcome{}
	}
	against, frame := s.bench.Against(), s.frame
	return screen.Outcome{Work: func(ctx context.Context) any {
		reasons, err := against.Reasons(ctx)
		return reasoned{frame, reasons, err}
	}}
}

// tookReasons shows reasons, unless they are those of another frame.
func (s *Screen) tookReasons(r reasoned) screen.Outcome {
	switch {
	case model.CodeOf(r.err) == model.Cancelled || r.frame != s.frame || s.days != nil:
		return screen.Outcome{}
	case r.err != nil:
		return screen.Outcome{Err: r.err}
	}
	s.shown.reasons = r.reasons.Of
	s.memo.lines = nil
	return screen.Outcome{}
}

// days is the comparison of two days under the working scheme.
type days struct {
	day  model.Day // compared with the scheme's own
	done bool      // shown is the comparison with it
}

// compared is what a comparison of days came to.
type compared struct {
	day    model.Day
	frame  *session.Frame
	result *session.Comparison
	err    error
}

// toggleDays asks for a day to compare with, or goes back to the schemes.
func (s *Screen) toggleDays() screen.Outcome {
	if s.days != nil {
		s.backToSchemes()
		return s.askReasons()
	}
	const months = 3
	return screen.Outcome{Ask: &screen.Question{
		Text: catalogue.T("Compare with which day?"),
		Now:  catalogue.T("e.g. {day}", "day", s.frame.AsOf.AddMonths(-months).String()), Answer: s.answerDay,
	}}
}

// answerDay begins the comparison with a typed day.
func (s *Screen) answerDay(text string) screen.Outcome {
	day, err := model.ParseDay(text)
	switch {
	case err != nil:
		return screen.Outcome{Err: err}
	case day == s.frame.AsOf:
		return screen.Outcome{Err: model.Errorf(model.Invalid, "{day} is the as-of day already", "day", day)}
	case day > s.frame.AsOf:
		return screen.Outcome{Err: model.Errorf(model.Invalid, "{day} is after {as_of}: choose an earlier day", "day", day, "as_of", s.frame.AsOf)}
	}
	s.days, s.placed = &days{day: day}, false
	o := s.compareDays()
	o.Note = catalogue.T("comparing {day} with {as_of} …", "day", day.String(), "as_of", s.frame.AsOf.String())
	return o
}

// compareDays has the two days compared.
func (s *Screen) compareDays() screen.Outcome {
	work, day, frame := s.bench.CompareDays(s.days.day), s.days.day, s.frame
	s.days.done = false
	return screen.Outcome{Work: func(ctx context.Context) any {
		result, err := work(ctx)
		return compared{day, frame, result, err}
	}}
}

// tookDays shows the comparison of two days, unless another has been asked for.
func (s *Screen) tookDays(r compared) screen.Outcome {
	switch {
	case s.days == nil || r.day != s.days.day || r.frame != s.frame || model.CodeOf(r.err) == model.Cancelled:
		return screen.Outcome{}
	case r.err != nil:
		s.backToSchemes()
		return screen.Outcome{Err: r.err}
	}
	s.days.done = true
	sub := newSubject(r.result.Moves, r.result.Before.AsOf.String(), r.result.After.AsOf.String(), moves.OfDays)
	if sub == nil {
		return screen.Outcome{}
	}
	sub.days, sub.about = r.result, r.result.About
	known := map[[2]string][]session.FlowReason{}
	for _, f := range r.result.Flows {
		known[[2]string{f.Was, f.Flow.Now}] = f.Reasons
	}
	sub.reasons = func(was, now string) []session.FlowReason { return known[[2]string{was, now}] }
	s.take(sub)
	return screen.Outcome{Note: catalogue.T("{frame} on {before} and on {now}: [a] goes back to the two schemes", "frame", name(s.frame), "before", sub.before, "now", sub.now)}
}

// backToSchemes shows the two schemes again.
func (s *Screen) backToSchemes() {
	s.days, s.placed = nil, false
	s.take(s.liveSubject())
}
