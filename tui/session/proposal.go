package session

import (
	"context"
	"slices"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/schemefile"
)

// Proposal is a scheme that a goal or a method led to: told with its evidence,
// never applied by itself.
type Proposal struct {
	Method string // slug of the method; "goal" for a goal
	Goal   string // as the person wrote it, "" without one
	Free   Free   // the cuts that were free to move, "" without a goal
	// Scheme is whole: as-of, window, filter and policies in force included, its
	// cuts frozen.
	Scheme model.Scheme
	// Frame is what it gives, compared with the scheme it was asked from.
	Frame *Frame
	// Asked are the cuts of that scheme as they were in force.
	Asked CutsInForce

	Achieved []Achieved // by term of the goal
	Gap      *float64   // how far all terms together are missed, see [goal.Gap]: 0 met, nil where it is no fraction
	Bound    *float64   // no cuts of the free ones have a smaller gap; nil likewise
	Proven   bool       // no cuts of the free ones come nearer
	// UnderRules: fair rules are in force, and the tiers are those with the customers
	// they keep. Nothing is known of other cuts then: Bound is nil.
	UnderRules bool
	Kept       int64      // customers whom every score of cuts that may move keeps, 0 without a floor
	Floor      string     // that in a sentence, "" without a floor
	Verdict    string     // in a sentence: whether the goal is met, and what is known beyond
	Why        []string   // sentences on why a goal is missed
	Evidence   []Evidence // why these cuts
	Warnings   []model.Warning
}

// CutsInForce are the lines of a scheme on its data.
type CutsInForce struct {
	Axes    [model.Axes][]model.Cut // as published; nil where it is not known
	Nested  [model.Axes]bool        // scored within the measures before; the cuts are those of all
	Methods [model.Axes]model.Method
	Value   [2]int
	ByValue bool
}

// Achieved is a term of a goal and what became of it.
type Achieved struct {
	Term   string // as the person wrote it: "high=15%"
	Got    string // in words: "15.0% (651 customers)"
	Missed string // by how much, in words: "32 customers too many"; "" if met
	Aim    string // the whole number that was aimed at, in words: "1 is the whole number nearest to 15% of 7 customers"; "" if that is what was asked for
	Met    bool
}

// Evidence is one reason for the cuts of a measure: "goodness of variance fit:
// 0.94".
type Evidence struct {
	Axis  model.Axis
	Name  string
	Value float64
	// Missing: the data has no such value; Value is 0.
	Missing bool
	Text    string // in words, with its unit
}

// Met reports whether every term of the goal is met.
func (p *Proposal) Met() bool {
	return !slices.ContainsFunc(p.Achieved, func(a Achieved) bool { return !a.Met })
}

// Title says what led to the proposal: "goal high=15%", "cuts by jenks".
func (p *Proposal) Title() string {
	if p.Goal != "" {
		return catalogue.T("goal {goal}", "goal", p.Goal)
	}
	return catalogue.T("cuts by {method}", "method", p.Method)
}

// YAML writes the proposed scheme as a scheme file.
func (p *Proposal) YAML() string { return schemefile.Encode(p.Scheme) }

// propose answers for a scheme with other cuts than those that stand, of the
// same measures, and makes it whole.
func (s *Standing) propose(ctx context.Context, scheme model.Scheme) (*Proposal, error) {
	frame, err := s.Frame(ctx, scheme)
	if err != nil {
		return nil, err
	}
	p := &Proposal{Frame: frame, Warnings: slices.Clone(frame.Warnings)}
	for _, tier := range frame.Tiers {
		if tier.Now.Customers == 0 {
			p.Warnings = append(p.Warnings, model.Warning{Code: "empty-tier", Message: catalogue.T("{label} would have no customers", "label", tier.Label)})
		}
	}
	p.Asked = CutsInForce{Axes: s.rule.Published, Nested: nestedOf(s.scheme), Methods: methodsOf(s.scheme), Value: s.rule.Value.Cuts, ByValue: s.rule.ByValue()}
	p.Scheme = scheme.Clone()
	p.Scheme.Spec.AsOf, p.Scheme.Data = s.base.AsOf, s.session.info.Fingerprint
	return p, nil
}

// UseProposal makes the proposed scheme the working one, as one edit. The
// as-of goes on following the data where it did. Errors: those of
// [Bench.Change].
func (b *Bench) UseProposal(p *Proposal) error {
	scheme := p.Scheme.Clone()
	if b.scheme.Spec.AsOf == model.NoDay && scheme.Spec.AsOf == b.base.AsOf {
		scheme.Spec.AsOf = model.NoDay
	}
	scheme.Name, scheme.Data = b.scheme.Name, b.scheme.Data
	return b.Change(p.Title(), scheme)
}

// SaveProposal keeps the proposed scheme as a scenario without using it. Errors:
// Usage for the name, Exists, ReadOnly.
func (b *Bench) SaveProposal(name string, p *Proposal) error {
	if err := CheckScenarioName(name); err != nil {
		return err
	}
	ctx := b.ctx
	if older, err := b.session.WouldReplace(ctx, name); err != nil {
		return err
	} else if older != nil {
		return errTaken(older.Name)
	}
	kept, err := b.session.kept(name, p.Scheme, nil, true) // its cuts are frozen already
	if err != nil {
		return err
	}
	if err := b.session.putScenario(ctx, name, p.Title(), kept, b.now()); err != nil {
		return err
	}
	return b.learn(name)
}
