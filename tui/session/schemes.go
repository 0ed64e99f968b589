package session

import (
	"context"
	"strings"

	"strata/analysis/rfm"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/schemefile"
	"strata/model/words"
)

// Preset is a scheme that needs no file.
type Preset struct {
	Scheme   model.Scheme
	Title    string // what it is, in one line
	Segments int
}

// Presets lists the presets, the default first.
func Presets() []Preset {
	var all []Preset
	for _, scheme := range rfm.Presets() {
		all = append(all, Preset{scheme, rfm.PresetTitle(scheme.Name), rfm.PresetSegments(scheme.Name)})
	}
	return all
}

// PresetNamed returns the preset with a name. Error: Usage, naming them all.
func PresetNamed(name string) (model.Scheme, error) {
	if scheme, ok := rfm.Preset(name); ok {
		return scheme, nil
	}
	var names []string
	for _, p := range Presets() {
		names = append(names, p.Scheme.Name)
	}
	return model.Scheme{}, model.Errorf(model.Usage, "there is no preset {name:q}", "name", name).WithHint("use {names}", "names", strings.Join(names, ", "))
}

// Lint looks for what is wrong with the map of a scheme, and whom it concerns.
func (s *Session) Lint(ctx context.Context, scheme model.Scheme) (*rfm.Lint, error) {
	base, rule, _, err := s.score(ctx, scheme)
	if err != nil {
		return nil, err
	}
	return rule.Lint(rfm.Tally(base, rule, nil)), nil
}

// CheckScheme finds what is wrong with a scheme without looking at customers.
// It returns what is wrong with its map, too. Error: Usage for a scheme that
// cannot be used.
func CheckScheme(scheme model.Scheme) (*rfm.Lint, error) {
	rule, err := ruleWithoutData(scheme)
	if err != nil {
		return nil, err
	}
	return rule.Lint(nil), nil
}

// Holders returns the segments of a scheme's map that hold a cell, the one
// that has it first; none where the map is no list of cells.
func Holders(scheme model.Scheme, scores [model.Axes]int) []model.Segment {
	rule, err := ruleWithoutData(scheme)
	if err != nil {
		return nil
	}
	return rule.Holders(scores)
}

// SpellOut returns a scheme with its map as segments and cells, to be changed.
// Error: Usage for a scheme that cannot be used, or whose map follows from the
// data.
func SpellOut(scheme model.Scheme) (model.Scheme, error) {
	rule, err := ruleWithoutData(scheme)
	if err != nil {
		return scheme, err
	}
	if scheme.Value.ByShare() && rule.ByValue() {
		return scheme, errFollowsData(scheme.Name)
	}
	scheme = scheme.Clone()
	scheme.Map, scheme.Regions = "", rule.Regions()
	return scheme, nil
}

func errFollowsData(name string) error {
	return model.Errorf(model.Usage, "the cells of {name} follow from the data", "name", name).
		WithHint("give the value cuts instead of shares")
}

// ruleWithoutData makes the rule of a scheme with cuts that mean nothing in the
// place of those it would estimate.
func ruleWithoutData(scheme model.Scheme) (*rfm.Rule, error) {
	scheme = scheme.Clone()
	for a, cuts := range scheme.Cuts {
		if cuts.At == nil && cuts.Method != model.MethodFixed {
			scheme.Cuts[a].At = make([]model.Cut, max(scheme.Levels[a]-1, 0))
		}
	}
	return rfm.NewRule(scheme)
}

// estimateKey says what an estimate was made for.
type estimateKey struct {
	axis   model.Axis
	method model.Method
	levels int
}

// newRule makes the rule of the working scheme; what its methods make of the
// data is kept for the next time.
func (b *Bench) newRule(ctx context.Context) (*rfm.Rule, error) {
	var estimated [model.Axes]rfm.Estimated
	for a, cuts := range b.scheme.Cuts {
		if cuts.At != nil {
			continue
		}
		key := estimateKey{model.Axis(a), cuts.Method, b.scheme.Levels[a]}
		known, ok := b.estimates[key]
		if !ok {
			keys, err := b.session.keysFor(ctx, b.scheme)
			if err != nil {
				return nil, err
			}
			if known, err = rfm.EstimateAxis(b.base, key.axis, key.method, key.levels, keys); err != nil {
				return nil, err
			}
			b.estimates[key] = known
		}
		estimated[a] = known
	}
	scheme := b.scheme
	scheme.Value.Unvalued = b.base.Unvalued()
	return rfm.NewRuleOn(scheme, estimated)
}

// Use puts the methods, cuts and map of a scheme in the place of the working
// one's, as one edit. What is measured stays: as-of, window, filter, policies;
// fair rules stay, too, unless the scheme has its own. told says how many
// customers score differently, or between maps with different segments, change tier.
func (b *Bench) Use(scheme model.Scheme) (told string, err error) {
	b.Rest()
	before, rule := b.state(), b.rule
	scheme = Onto(b.scheme, scheme)
	if scheme.Equal(b.scheme) {
		return catalogue.T("scheme {name} is the active scheme already", "name", scheme.Name), nil
	}
	if err := b.use(scheme); err != nil {
		return "", err
	}
	moved := b.opened(before)
	told = catalogue.T("all customers score as before")
	switch n := int64(rfm.Differ(b.base, rule, b.rule)); {
	case moved.byTier && moved.Customers == 0:
		told = catalogue.T("no customer changes tier")
	case moved.byTier:
		told = words.Plural(moved.Customers, "customer changes tier", "customers change tier")
	case n > 0:
		told = words.Plural(n, "customer scores differently", "customers score differently")
	}
	told = catalogue.T("scheme {name}{counts}: {effect}", "name", scheme.Name, "counts", CountsNow(scheme.Spec, scheme.Spec), "effect", told)
	b.recordMoved(told, moved)
	return told, nil
}

// Edited reports whether a scheme differs from what is saved under its name, if
// anything is. Errors: those of reading the workspace.
func (s *Session) Edited(ctx context.Context, scheme model.Scheme) (bool, error) {
	starts, err := s.starts(ctx)
	if err != nil {
		return false, err
	}
	edited, saved := editedFrom(starts, schemefile.AsWritten(scheme))
	if saved {
		return edited, nil
	}
	scenarios, err := s.store.Scenarios(ctx)
	if err != nil {
		return false, err
	}
	for _, one := range scenarios {
		if one.Name == scheme.Name { // what is saved cannot be read
			_, err := decodeScenario(one)
			return false, err
		}
	}
	return false, nil
}

// EditedName is the name of a scheme in sentences and heads, which says where the
// scheme differs from what is saved under that name: "ten, edited".
func EditedName(name string, edited bool) string {
	if edited {
		return catalogue.T("{name}, edited", "name", name)
	}
	return name
}

// editedFrom reports whether a scheme differs from what is saved under its name: a
// scenario, a preset, or a scheme file, as starts has them. Where nothing is saved,
// the scheme counts as edited. A preset counts whatever the scheme counts.
func editedFrom(starts map[string]model.Scheme, scheme model.Scheme) (edited, saved bool) {
	preset, isPreset := rfm.Preset(scheme.Name)
	if isPreset {
		preset.Spec = scheme.Spec
		return !scheme.Equal(preset), true
	}
	start, saved := starts[scheme.Name]
	return !saved || !scheme.Equal(schemefile.AsWritten(start)), saved
}
