// Package question is what can be asked of a workspace, each once: an entry of [All] is
// a command, a page of the workbench, what programs read, what is copied and exported,
// and what explains it.
package question

import (
	"context"
	"slices"
	"strings"

	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/session"
)

// Question is one thing to ask of the customers under a scheme.
type Question struct {
	Slug  string // its command, and what the ids of its figures begin with
	Title string // of its page
	Short string // what it tells, in a line
	Long  string // the same at length
	// Example are command lines, two spaces before each.
	Example string
	Options []Option
	// Ask answers. Errors: those of measuring, Usage for options that make no sense,
	// Cancelled.
	Ask func(ctx context.Context, on *session.Standing, chosen Chosen) (*answer.Document, error)
}

// All returns every question, in the order of their pages.
func All() []*Question { return []*Question{cohorts, share, crosses} }

// Option is something that can be said about a question: a flag of its command, a key
// of its page.
type Option struct {
	Name    string
	Turn    Turn
	Means   string
	Choices []string // the first is what is meant unless said otherwise
	Columns bool     // the names of columns of customers and of orders are choices, too
}

// Turn is what of an answer an option turns: the key that does it is the same on every
// page.
type Turn uint8

// The turns.
const (
	Figure  Turn = iota + 1 // which figure is shown
	Variant                 // how it is counted
	Whom                    // which customers are counted
	Group                   // by what they are grouped
	Across                  // and against what
)

// All returns the choices of an option in a workspace with such attributes.
func (o Option) All(attributes []model.Attribute) []string {
	all := slices.Clone(o.Choices)
	if o.Columns {
		for _, a := range attributes {
			all = append(all, a.Name)
		}
	}
	return all
}

// Chosen is what was said about a question, by the names of options.
type Chosen map[string]string

// of returns what was said of an option, or is meant if nothing was.
func (c Chosen) of(options []Option, name string) string {
	if said, ok := c[name]; ok {
		return said
	}
	i := slices.IndexFunc(options, func(o Option) bool { return o.Name == name })
	if len(options[i].Choices) == 0 {
		return ""
	}
	return options[i].Choices[0]
}

// Chosen returns what was said of an option, or what is meant if nothing was.
func (q *Question) Chosen(chosen Chosen, name string) string { return chosen.of(q.Options, name) }

// Check finds out whether what was said is a choice; which columns there are, only the
// workspace knows. Error: Usage.
func (q *Question) Check(chosen Chosen) error {
	for _, o := range q.Options {
		said, ok := chosen[o.Name]
		if ok && !o.Columns && !slices.Contains(o.Choices, said) {
			return model.Errorf(model.Usage, "--{option}: {value:q} is unknown", "option", o.Name, "value", said).
				WithHint("use {choices}", "choices", words.Or(o.Choices))
		}
	}
	return nil
}

// begin begins an answer with what its figures are of, flat the table that CSV is.
func begin(on *session.Standing, title, flat string) *answer.Document {
	d := &answer.Document{Title: title, Flat: flat}
	d.Say(head(on))
	tellOn(d, on)
	return d
}

// symbolOf is how the amounts of a workspace are marked.
func symbolOf(on *session.Standing) string { return words.Symbol(words.CurrencyOf(on.Info())) }

// columnIn is a column that programs alone have.
func columnIn[R any](in answer.Medium, key string, of func(R) answer.Value) answer.Column[R] {
	return answer.Column[R]{Key: key, In: in, Of: of}
}

// head says what the figures are of: workspace, scheme, day, customers and what limits
// them.
func head(on *session.Standing) string {
	base, scheme := on.Base(), on.Scheme()
	limits := ""
	for _, limit := range session.Limits(scheme.Spec) {
		limits += " · " + model.Printable(limit)
	}
	return catalogue.T("{path} · scheme {title} · as of {as_of} · {customers}{limits}", "path", on.Info().Path, "title", session.EditedName(scheme.Name, on.Edited()),
		"as_of", base.AsOf, "customers", words.Customers(int64(base.Len())), "limits", limits)
}

// tellOn tells programs what the figures are of.
func tellOn(d *answer.Document, on *session.Standing) {
	scheme := on.Scheme()
	d.Field("scheme", answer.Text(scheme.Name)).Field("edited", answer.Flag(on.Edited())).Field("as_of", answer.Text(on.Base().AsOf.String()))
	d.Encoded("counted", append([]string{}, session.Counted(scheme.Spec)...)).Field("currency", answer.Text(on.Info().Currency))
}

// caution tells what to know about the figures, beside what measuring warned about.
func caution(d *answer.Document, on *session.Standing, own []model.Warning) *answer.Document {
	all := slices.Concat(on.Base().Warnings, own)
	d.Warnings(all)
	for _, w := range all {
		d.SayIn(answer.Page|answer.Screen, w.Message) // on a terminal they are told apart
	}
	return d
}

// Help is what the help says about the option.
func (o Option) Help() string {
	if len(o.Choices) == 0 || o.Columns {
		return o.Means
	}
	return catalogue.T("{means}: {choices}", "means", o.Means, "choices", strings.Join(o.Choices, ", "))
}

// The choices of whose figures are told: of all customers, of those of a tier, or of
// each tier apart.
const (
	everybody = "all"
	eachTier  = "each"
)

// tiers are all there are, by rank.
var tiers = []model.Tier{model.TierHigh, model.TierMid, model.TierLow, model.TierNone}

func tierOption() Option {
	choices := []string{everybody}
	for _, t := range tiers {
		choices = append(choices, string(t))
	}
	return Option{Name: "tier", Turn: Whom, Choices: append(choices, eachTier), Means: catalogue.T("customers of one tier, as it is now, or each tier separately")}
}

// tierOf returns the rank of the tier of every row.
func tierOf(on *session.Standing) []uint8 {
	ranks := on.Segments()
	for row, segment := range ranks {
		tier := model.TierNone
		if int(segment) < len(on.Rule().Segments) {
			tier = on.Rule().Segments[segment].Tier
		}
		ranks[row] = uint8(tier.Rank())
	}
	return ranks
}

// customersAt returns the ordinals of rows of the base.
func customersAt(on *session.Standing, rows []int32) []int32 {
	ordinals := make([]int32, len(rows))
	for i, row := range rows {
		ordinals[i] = on.Base().Customer[row]
	}
	return ordinals
}

// say joins sentences that are there.
func say(sentences ...string) string {
	return strings.Join(slices.DeleteFunc(sentences, func(s string) bool { return s == "" }), " ")
}
