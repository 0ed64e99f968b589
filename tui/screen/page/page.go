// Package page is the screen that shows the answer to a question, whatever it is: its
// tables and charts beside one another, the marked figure in a sentence, and who is
// behind it.
package page

import (
	"context"
	"maps"
	"slices"

	tea "charm.land/bubbletea/v2"

	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/action"
	"strata/tui/component/table"
	"strata/tui/screen"
	"strata/tui/session"
	"strata/tui/session/question"
	"strata/tui/theme"
)

// Bench is what the screen needs of the open workspace. [session.Bench] is one.
type Bench interface {
	Standing() *session.Standing
}

// Screen is a page for one question.
type Screen struct {
	question *question.Question
	bench    Bench // nil while the customers are being loaded
	frame    *session.Frame
	symbol   string // of the currency

	theme         *theme.Theme
	width, height int

	chosen     question.Chosen
	attributes []model.Attribute // that options can name
	document   *answer.Document  // the last answer; nil before there is one
	answers    asking            // what that answers
	trouble    string            // why there is none
	parts      []visual
	said       []string // sentences of the answer
	front      int      // the part that has the keys
	pending    bool     // another answer is being worked out
}

// asking is what is asked: of which customers under which scheme, and what was chosen.
type asking struct {
	frame  *session.Frame
	chosen question.Chosen
}

// New makes the page of a question for a workspace's currency (ISO code, sign, or "").
func New(q *question.Question, currency string, th *theme.Theme) *Screen {
	return &Screen{question: q, symbol: words.Symbol(currency), theme: th, chosen: question.Chosen{}}
}

// Open gives the screen its workspace, and says what amounts are written with.
func (s *Screen) Open(b Bench, currency string) {
	s.bench, s.symbol = b, words.Symbol(currency)
	s.frame, s.document, s.parts, s.attributes, s.answers, s.trouble = nil, nil, nil, nil, asking{}, ""
	clear(s.chosen)
}

// SetSize tells how much room there is.
func (s *Screen) SetSize(width, height int) { s.width, s.height = width, height }

// SetTheme changes the look.
func (s *Screen) SetTheme(th *theme.Theme) { s.theme = th }

// Show asks anew where the answer is of other customers or another scheme, and where one
// that was asked for has not come: other work went before it.
func (s *Screen) Show(f *session.Frame) screen.Outcome {
	unchanged := f == s.frame && s.document != nil && !s.pending
	s.frame = f
	if s.bench == nil || unchanged {
		return screen.Outcome{}
	}
	return s.ask()
}

// answered is what asking came to.
type answered struct {
	document   *answer.Document
	parts      []visual
	attributes []model.Attribute
	asked      asking
	err        error
}

// ask has the question answered beside the keys.
func (s *Screen) ask() screen.Outcome {
	on, chosen, q := s.bench.Standing(), maps.Clone(s.chosen), s.question
	asked := asking{s.frame, chosen}
	s.pending, s.trouble = true, ""
	return screen.Outcome{Work: func(ctx context.Context) any {
		attributes, err := on.Attributes(ctx)
		if err != nil {
			return answered{asked: asked, err: err}
		}
		d, err := q.Ask(ctx, on, chosen)
		if err != nil {
			return answered{asked: asked, err: err}
		}
		return answered{document: d, parts: visuals(d), attributes: attributes, asked: asked}
	}}
}

// Took takes in an answer. The mark stays where it was as far as there is such a place.
// Where there is none, the answer before stays with what it answers, unless it is of other
// customers or another scheme.
func (s *Screen) Took(result any) screen.Outcome {
	if out, ok := table.Took(result); ok {
		return out
	}
	r := result.(answered)
	s.pending = false
	if r.err != nil {
		if s.document != nil && s.answers.frame == r.asked.frame {
			s.chosen = maps.Clone(s.answers.chosen)
		} else {
			s.document, s.parts, s.said, s.trouble = nil, nil, nil, r.err.Error()
		}
		return failed(r.err)
	}
	out := screen.Outcome{}
	for i, part := range r.parts {
		if i < len(s.parts) {
			if one := part.follow(s.parts[i]); one.Work != nil { // one at a time: a page has one long table
				out = one
			}
		}
	}
	s.document, s.parts, s.attributes, s.answers = r.document, r.parts, r.attributes, r.asked
	s.front = min(s.front, max(len(s.parts)-1, 0))
	s.said = nil
	for _, p := range r.document.Parts(answer.Screen) {
		if lines, ok := p.Value.(answer.Paragraph); ok {
			s.said = append(s.said, lines...)
		}
	}
	return out
}

// failed tells an error, unless it is that the work was stopped for other work.
func failed(err error) screen.Outcome {
	if model.CodeOf(err) == model.Cancelled {
		return screen.Outcome{}
	}
	return screen.Outcome{Err: err}
}

// turns are the actions that turn an option.
var turns = map[action.ID]question.Turn{
	action.AskFigure: question.Figure, action.AskVariant: question.Variant, action.AskWhom: question.Whom,
	action.AskGroup: question.Group, action.AskAcross: question.Across,
}

// Do performs an action of the screen; others are ignored.
func (s *Screen) Do(id action.ID) screen.Outcome {
	if turn, ok := turns[id]; ok {
		return s.turn(turn)
	}
	if len(s.parts) == 0 {
		return screen.Outcome{}
	}
	if out, done := s.parts[s.front].do(id); done {
		return out
	}
	switch id {
	case action.PaneNext:
		s.front = (s.front + 1) % len(s.parts)
	case action.PanePrevious:
		s.front = (s.front + len(s.parts) - 1) % len(s.parts)
	case action.AskPeople:
		return s.people()
	case action.Explain:
		return screen.Outcome{Read: s.explain()}
	case action.Copy:
		return s.copied()
	case action.AskExport:
		return s.export()
	}
	return screen.Outcome{}
}

// turn goes to the next choice of an option.
func (s *Screen) turn(turn question.Turn) screen.Outcome {
	for _, o := range s.question.Options {
		if o.Turn != turn || s.bench == nil {
			continue
		}
		all := o.All(s.attributes)
		if len(all) < 2 {
			return screen.Outcome{Note: catalogue.T("there is nothing else to choose")}
		}
		at := slices.Index(all, s.question.Chosen(s.chosen, o.Name))
		s.chosen[o.Name] = all[(at+1)%len(all)]
		return s.ask()
	}
	return screen.Outcome{Note: catalogue.T("this page has no such choice")}
}

// people asks for those behind the marked figure.
func (s *Screen) people() screen.Outcome {
	crowd := s.parts[s.front].behind()
	if crowd == nil {
		return screen.Outcome{Note: catalogue.T("nobody is behind this")}
	}
	q := session.Behind(crowd)
	return screen.Outcome{People: &q}
}

// Focused tells the marked figure.
func (s *Screen) Focused() string {
	if len(s.parts) == 0 {
		return ""
	}
	if crowd := s.parts[s.front].behind(); crowd != nil {
		return crowd.Title
	}
	return ""
}

// table is the table that has the keys, nil where a chart has.
func (s *Screen) table() *table.Table {
	if len(s.parts) == 0 {
		return nil
	}
	return s.parts[s.front].table
}

// Typing reports whether a filter is being typed.
func (s *Screen) Typing() bool { return s.table() != nil && s.table().Typing() }

// Key changes the filter.
func (s *Screen) Key(msg tea.Msg) screen.Outcome { return s.table().Key(msg) }

// Cursor tells where the terminal's cursor stands while the filter is typed.
func (s *Screen) Cursor() (x, y int) {
	for _, r := range s.arrange() {
		if r.part == s.front {
			left, top := r.pane.Origin()
			x, y = s.table().Cursor()
			return r.x + left + x, r.y + top + y
		}
	}
	return 0, 0
}

// Drag moves the mark of a chart.
func (s *Screen) Drag(x, y int) screen.Outcome { return s.Click(x, y) }

// Release does nothing.
func (s *Screen) Release() {}

// Back takes the filter away.
func (s *Screen) Back() bool { return s.table() != nil && s.table().Back() }

var (
	_ screen.Screen = (*Screen)(nil)
	_ screen.Writer = (*Screen)(nil)
)
