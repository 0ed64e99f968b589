package session

import (
	"context"

	"strata/analysis/rfm"
	"strata/model"
)

// Role says why a scheme stands beside others.
type Role string

// The roles.
const (
	RoleWorking  Role = "working"
	RoleBaseline Role = "baseline"
	RoleScenario Role = "scenario"
	RolePreset   Role = "preset"
)

// Side is one of several schemes that stand side by side, with its answer.
type Side struct {
	Role  Role
	Name  string // of the scheme
	Frame *Frame // compared with the first side, the baseline; that of the first with itself
	// Agreement is how far it divides customers as the first does.
	Agreement Agreement
}

// Lineup is the schemes that are to stand side by side, as they stood: an
// immutable list, to be answered beside the keys.
type Lineup struct {
	standing *Standing
	edited   bool // the working scheme differs from what is saved under its name
	baseline model.Scheme
	// baselineEdited says the same of the baseline.
	baselineEdited bool
	names          []string
}

// Lineup returns the baseline, the working scheme where it says something else,
// and the scenarios and presets that are marked to stand beside them.
func (b *Bench) Lineup() *Lineup {
	return &Lineup{b.Standing(), b.frame.Edited, b.baseline.scheme.Clone(), b.baselineEdited(), b.Beside()}
}

// BaselineSpec returns what the baseline measures: where that is what the working
// scheme measures, both look at the same orders.
func (b *Bench) BaselineSpec() model.Spec { return b.baseline.scheme.Clone().Spec }

// Sides answers for all of them, compared with the baseline, which stands first.
// Where the working scheme says the same, it stands for both. A preset looks at
// what the working scheme looks at; a scenario that is no longer there is left
// out, with a warning. Errors: those of measuring,
// Cancelled.
func (l *Lineup) Sides(ctx context.Context) ([]Side, []model.Warning, error) {
	var warnings []model.Warning
	working, reference := l.standing.Scheme(), l.standing
	sides, schemes := []Side{{Role: RoleWorking, Name: working.Name}}, []model.Scheme{working}
	if !l.baseline.Equal(working) {
		var err error
		if reference, _, err = l.standing.other(ctx, l.baseline); err != nil {
			return nil, nil, err
		}
		reference.edited = l.baselineEdited
		sides = append([]Side{{Role: RoleBaseline, Name: l.baseline.Name}}, sides...)
		schemes = append([]model.Scheme{l.baseline}, schemes...)
	}
	at := len(sides) - 1 // of the working scheme
	for _, name := range l.names {
		role, scheme, err := l.named(ctx, name)
		switch {
		case model.CodeOf(err) == model.NotFound:
			warnings = append(warnings, model.Warning{Code: "no-scenario", Message: err.Error()})
			continue
		case err != nil:
			return nil, nil, err
		}
		sides, schemes = append(sides, Side{Role: role, Name: name}), append(schemes, scheme)
	}
	for i, scheme := range schemes {
		if ctx.Err() != nil {
			return nil, nil, model.Errorf(model.Cancelled, "comparing was stopped: {cause}", "cause", context.Cause(ctx))
		}
		f, err := reference.Frame(ctx, scheme)
		if err != nil {
			return nil, nil, err
		}
		sides[i].Frame, sides[i].Agreement = f, MeasuresOf(f.Moves)
	}
	sides[0].Frame.Edited = l.baselineEdited
	sides[at].Frame.Edited = l.edited
	return sides, warnings, nil
}

// named finds a preset or a scenario; no scenario is called like a preset.
func (l *Lineup) named(ctx context.Context, name string) (Role, model.Scheme, error) {
	if preset, ok := rfm.Preset(name); ok {
		preset.Spec = l.standing.Scheme().Spec
		return RolePreset, preset, nil
	}
	_, scheme, err := l.standing.session.Scenario(ctx, name)
	return RoleScenario, scheme, err
}
