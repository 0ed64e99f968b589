package tierstest

import (
	"context"
	"slices"
	"strings"
	"time"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/schemefile"
	"strata/tui/session"
)

// scenarios are those the bench keeps.
type scenarios struct {
	Kept   []model.Scenario
	beside []string
}

// savedAt is when every scenario was saved.
var savedAt = time.Date(2026, 11, 21, 14, 2, 0, 0, time.Local)

// Scenarios lists Kept.
func (b *Bench) Scenarios(context.Context) ([]model.Scenario, error) { return b.Kept, nil }

func (b *Bench) find(name string) (int, error) {
	i := slices.IndexFunc(b.Kept, func(s model.Scenario) bool { return s.Name == name })
	if i < 0 {
		return i, model.Errorf(model.NotFound, "there is no scenario {name:q}", "name", name)
	}
	return i, nil
}

// SaveScenario keeps the scheme and calls the frame so.
func (b *Bench) SaveScenario(name, note string, _ bool) error {
	if err := session.CheckScenarioName(name); err != nil {
		return err
	}
	next := *b.frame
	next.Title, next.Edited, next.Scheme.Name = name, false, name
	kept := model.Scenario{Name: name, Note: note, Scheme: schemefile.Encode(next.Scheme), SavedAt: savedAt}
	b.Kept = slices.DeleteFunc(b.Kept, func(s model.Scenario) bool { return s.Name == name })
	b.Kept = append(b.Kept, kept)
	slices.SortFunc(b.Kept, func(a, b model.Scenario) int { return strings.Compare(a.Name, b.Name) })
	b.past, b.future, b.frame = append(b.past, b.frame), nil, &next
	return nil
}

// ScenarioAhead needs nothing measured.
func (b *Bench) ScenarioAhead(string) func(context.Context) (*session.Ahead, error) { return nil }

// JumpAhead needs nothing measured.
func (b *Bench) JumpAhead(int) func(context.Context) (*session.Ahead, error) { return nil }

// SchemeAhead needs nothing measured.
func (b *Bench) SchemeAhead(model.Scheme) func(context.Context) (*session.Ahead, error) { return nil }

// UndoAhead needs nothing measured.
func (b *Bench) UndoAhead() func(context.Context) (*session.Ahead, error) { return nil }

// RedoAhead needs nothing measured.
func (b *Bench) RedoAhead() func(context.Context) (*session.Ahead, error) { return nil }

// CountAhead needs nothing measured.
func (b *Bench) CountAhead(model.Spec) func(context.Context) (*session.Ahead, error) { return nil }

// Columns knows no column but by its name.
func (b *Bench) Columns(context.Context) (*session.Columns, error) { return &session.Columns{}, nil }

// Count calls the frame after another spec; 141 customers are reclassified.
func (b *Bench) Count(spec model.Spec) (model.Edit, error) {
	next := *b.frame
	next.Scheme.Spec = spec
	b.past, b.future, b.frame = append(b.past, b.frame), nil, &next
	return model.Edit{Label: catalogue.T("what counts: otherwise"), Customers: 141, Revenue: 212_000 * model.Unit}, nil
}

// Await has nothing to wait for.
func (b *Bench) Await(*session.Ahead) bool { return true }

// OpenScenario calls the frame after a scenario; 141 customers are reclassified.
func (b *Bench) OpenScenario(name string) (customers int64, revenue model.Money, err error) {
	if _, err := b.find(name); err != nil {
		return 0, 0, err
	}
	next := *b.frame
	next.Title, next.Edited, next.Scheme.Name = name, false, name
	b.past, b.future, b.frame = append(b.past, b.frame), nil, &next
	return 141, 212_000 * model.Unit, nil
}

// CompareWithScenario calls the baseline after a scenario.
func (b *Bench) CompareWithScenario(name string) error {
	if _, err := b.find(name); err != nil {
		return err
	}
	next := *b.frame
	next.Baseline = name
	b.frame = &next
	return nil
}

// NoteScenario changes a note.
func (b *Bench) NoteScenario(name, note string) error {
	i, err := b.find(name)
	if err == nil {
		b.Kept[i].Note = note
	}
	return err
}

// RenameScenario changes a name.
func (b *Bench) RenameScenario(from, to string) error {
	i, err := b.find(from)
	if err == nil {
		b.Kept[i].Name = to
	}
	return err
}

// CopyScenario keeps a scenario a second time.
func (b *Bench) CopyScenario(from, to string) error {
	i, err := b.find(from)
	if err == nil {
		kept := b.Kept[i]
		kept.Name = to
		b.Kept = append(b.Kept, kept)
	}
	return err
}

// DeleteScenario forgets a scenario.
func (b *Bench) DeleteScenario(name string) error {
	i, err := b.find(name)
	if err == nil {
		b.Kept = slices.Delete(b.Kept, i, i+1)
	}
	return err
}

// ExportScenario writes nothing.
func (b *Bench) ExportScenario(name, _ string) error {
	_, err := b.find(name)
	return err
}

// TiersOf counts the same under every scheme.
func (b *Bench) TiersOf() func(context.Context, model.Scheme) ([]int64, error) {
	return func(context.Context, model.Scheme) ([]int64, error) { return []int64{1162, 1273, 1904}, nil }
}

// Beside returns the names that were marked.
func (b *Bench) Beside() []string { return b.beside }

// ToggleBeside marks a name, or takes the mark away.
func (b *Bench) ToggleBeside(name string) (marked bool, err error) {
	if i := slices.Index(b.beside, name); i >= 0 {
		b.beside = slices.Delete(b.beside, i, i+1)
		return false, nil
	}
	b.beside = append(b.beside, name)
	return true, nil
}

// LogLength counts the frames after the first.
func (b *Bench) LogLength() int { return len(b.past) + len(b.future) }

// LogAt is the place of the current frame among them.
func (b *Bench) LogAt() int { return len(b.past) }

// LogPage tells every edit alike.
func (b *Bench) LogPage(from, to int) func(context.Context) ([]session.LogEntry, error) {
	at := b.LogAt()
	return func(context.Context) ([]session.LogEntry, error) {
		var entries []session.LogEntry
		for n := from; n >= to; n-- {
			e := session.LogEntry{
				Number: n, Parent: max(n-1, 0), At: savedAt, Label: catalogue.T("recency 5│4: 13.8 → 14 days"),
				Customers: 40, Revenue: 60_000 * model.Unit, Current: n == at, OnPath: n <= at,
			}
			if n == 0 {
				e = session.LogEntry{Label: catalogue.T("the beginning"), Current: at == 0, OnPath: true}
			}
			entries = append(entries, e)
		}
		return entries, nil
	}
}

// JumpTo goes to a frame.
func (b *Bench) JumpTo(number int) (label string, err error) {
	for b.LogAt() > number {
		if label, _, err = b.Undo(); err != nil {
			return "", err
		}
	}
	for b.LogAt() < number {
		if label, _, err = b.Redo(); err != nil {
			return "", err
		}
	}
	return label, nil
}
