package session

import (
	"context"
	"io"
	"slices"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/disk"
	"strata/model/schemefile"
)

// Scenarios lists the scenarios kept in the workspace, by name.
func (b *Bench) Scenarios(ctx context.Context) ([]model.Scenario, error) {
	return b.session.Scenarios(ctx)
}

// SaveScenario keeps the working scheme under a name, as
// [Session.SaveScenario] does, and goes on with it as it was kept: as one edit,
// which is none if it was named and frozen so already. An error keeps
// everything as it was.
func (b *Bench) SaveScenario(name, note string, estimate bool) error {
	b.Rest()
	if err := CheckScenarioName(name); err != nil {
		return err
	}
	scheme, err := b.session.kept(name, b.scheme, b.rule, estimate)
	if err != nil {
		return err
	}
	if err := b.session.putScenario(b.ctx, name, note, scheme, b.now()); err != nil {
		return err
	}
	b.starts[name] = scheme.Clone()
	if err := b.Change(savedAs(name), scheme); err != nil {
		return err
	}
	return b.answer(b.ctx) // whether it is edited, even if nothing else changed
}

// savedAs is the label of the edit that saves the scheme under a name.
func savedAs(name string) string { return catalogue.T("saved as \"{name}\"", "name", name) }

// OpenScenario makes a kept scenario the working scheme, with what it measures,
// as one edit. It returns how many customers that reclassified, with their
// revenue; none where it is in use already. Errors: NotFound, Corrupt, and those
// of measuring.
func (b *Bench) OpenScenario(name string) (customers int64, revenue model.Money, err error) {
	_, scheme, err := b.session.Scenario(b.ctx, name)
	if err != nil {
		return 0, 0, err
	}
	b.starts[name] = scheme.Clone()
	b.Rest()
	if schemefile.AsWritten(scheme).Equal(b.scheme) {
		return 0, 0, nil
	}
	label, before := OpenedScenario(scheme, b.scheme.Spec), b.state()
	if err := b.use(scheme); err != nil {
		return 0, 0, err
	}
	moved := b.opened(before)
	b.recordMoved(label+moved.tiers(), moved)
	return moved.Customers, moved.Revenue, nil
}

// NoteScenario writes a note about a scenario, "" for none. Errors: NotFound,
// ReadOnly.
func (b *Bench) NoteScenario(name, note string) error {
	return b.session.NoteScenario(b.ctx, name, note)
}

// CopyScenario keeps a scenario a second time, under another name. Errors:
// NotFound, Exists, Usage for the name, ReadOnly.
func (b *Bench) CopyScenario(from, to string) error {
	if err := b.session.CopyScenario(b.ctx, from, to); err != nil {
		return err
	}
	return b.learn(to)
}

// learn takes up a scenario as one that working schemes are named after.
func (b *Bench) learn(name string) error {
	_, scheme, err := b.session.Scenario(b.ctx, name)
	if err != nil {
		return err
	}
	b.starts[name] = scheme
	return b.answer(b.ctx) // whether the working scheme is edited
}

// RenameScenario gives a scenario another name; the working scheme and the
// baseline, where they are named after it, go with it. Errors: those of
// CopyScenario.
func (b *Bench) RenameScenario(from, to string) error {
	b.Rest()
	if err := b.session.RenameScenario(b.ctx, from, to); err != nil {
		return err
	}
	if err := b.learn(to); err != nil {
		return err
	}
	delete(b.starts, from)
	if i := slices.Index(b.beside, from); i >= 0 {
		b.beside[i] = to
	}
	if b.baseline.scheme.Name == from {
		b.baseline.scheme.Name = to
		b.journal.setBaseline(schemefile.Encode(b.baseline.scheme))
	}
	if b.scheme.Name != from {
		return b.answer(b.ctx)
	}
	scheme := b.scheme.Clone()
	scheme.Name = to
	return b.Change(catalogue.T("renamed \"{from}\" to \"{to}\"", "from", from, "to", to), scheme)
}

// DeleteScenario forgets a scenario; the working scheme and the baseline stay
// as they are. Errors: NotFound, ReadOnly.
func (b *Bench) DeleteScenario(name string) error {
	b.Rest()
	if _, err := b.session.DeleteScenario(b.ctx, name); err != nil {
		return err
	}
	delete(b.starts, name)
	b.beside = slices.DeleteFunc(b.beside, func(other string) bool { return other == name })
	return b.answer(b.ctx)
}

// CompareWithScenario makes a kept scenario the baseline. Errors: NotFound,
// Corrupt, and those of measuring.
func (b *Bench) CompareWithScenario(name string) error {
	_, scheme, err := b.session.Scenario(b.ctx, name)
	if err != nil {
		return err
	}
	return b.SetBaselineTo(scheme)
}

// ExportScenario writes a kept scenario to a new scheme file. Errors: NotFound,
// Corrupt, Exists, Unreadable.
func (b *Bench) ExportScenario(name, path string) error {
	_, scheme, err := b.session.Scenario(b.ctx, name)
	if err != nil {
		return err
	}
	return disk.WriteNew(b.ctx, path, func(w io.Writer) error {
		_, err := io.WriteString(w, schemefile.Encode(scheme))
		return err
	})
}

// mostBeside is how many scenarios can stand side by side.
const mostBeside = 4

// Beside returns the names of the scenarios marked to stand side by side, in the
// order in which they were marked.
func (b *Bench) Beside() []string { return slices.Clone(b.beside) }

// ToggleBeside marks a scenario to stand beside others, or takes the mark away,
// and reports which. Error: Usage where there is no room for one more.
func (b *Bench) ToggleBeside(name string) (marked bool, err error) {
	if i := slices.Index(b.beside, name); i >= 0 {
		b.beside = slices.Delete(b.beside, i, i+1)
		return false, nil
	}
	if len(b.beside) == mostBeside {
		return false, model.Errorf(model.Usage, "{most_beside} scenarios are side by side already", "most_beside", mostBeside).
			WithHint("remove the mark of one first")
	}
	b.beside = append(b.beside, name)
	return true, nil
}
