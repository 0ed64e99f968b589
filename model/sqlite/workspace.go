// Package sqlite keeps a workspace in one SQLite file: the only place that
// knows its tables. migration/0001_workspace.sql documents them for people who
// query the file with the sqlite3 shell.
package sqlite

import (
	"context"
	"errors"
	"iter"

	"strata/model"
)

// Workspace is an open workspace file. It implements [model.Store].
type Workspace struct{}

var _ model.Store = (*Workspace)(nil)

var errMissing = errors.New("not yet written")

// Create makes a new workspace at path out of its first files and opens it. It
// appears under its name only when it is complete and checked; on error or
// cancellation nothing is left behind. Errors: Exists, Unreadable, Busy,
// Cancelled.
func Create(ctx context.Context, path string, intakes []*model.Intake, report func(model.Progress)) (*Workspace, []model.Warning, error) {
	return nil, nil, errMissing
}

// CreateTemporary makes a workspace in the system's temporary folder, for one
// what-if. It is gone after Close unless SaveAs kept it.
func CreateTemporary(ctx context.Context, intakes []*model.Intake, report func(model.Progress)) (*Workspace, []model.Warning, error) {
	return nil, nil, errMissing
}

// Open opens an existing workspace. It is read-only when another program
// writes it ([model.Info] says who) or the file cannot be written. Errors:
// NotFound, Unreadable, Foreign, Newer, Corrupt, Busy.
func Open(ctx context.Context, path string) (*Workspace, error) { return nil, errMissing }

// SaveAs copies the workspace to a new file and goes on there: a temporary
// workspace is an ordinary one afterwards. Errors: Exists, Unreadable, Busy,
// Cancelled.
func (w *Workspace) SaveAs(ctx context.Context, path string, report func(model.Progress)) error {
	return errMissing
}

func (w *Workspace) Info(ctx context.Context) (model.Info, error) { return model.Info{}, errMissing }
func (w *Workspace) Import(ctx context.Context, intakes []*model.Intake, report func(model.Progress)) ([]model.Warning, error) {
	return nil, errMissing
}
func (w *Workspace) Orders(ctx context.Context, attributes ...string) (*model.Orders, error) {
	return nil, errMissing
}
func (w *Workspace) Customers(ctx context.Context, attributes ...string) (*model.Customers, error) {
	return nil, errMissing
}
func (w *Workspace) Attributes(ctx context.Context) ([]model.Attribute, error) {
	return nil, errMissing
}
func (w *Workspace) Sources(ctx context.Context) ([]model.Source, error) { return nil, errMissing }
func (w *Workspace) Rejects(ctx context.Context, source int64) iter.Seq2[model.Reject, error] {
	return func(yield func(model.Reject, error) bool) { yield(model.Reject{}, errMissing) }
}
func (w *Workspace) Bench(ctx context.Context) (model.Bench, error) { return model.Bench{}, errMissing }
func (w *Workspace) AddEdit(ctx context.Context, edit model.Edit) (int64, error) {
	return 0, errMissing
}
func (w *Workspace) SetHead(ctx context.Context, id int64) error          { return errMissing }
func (w *Workspace) SetBaseline(ctx context.Context, scheme string) error { return errMissing }
func (w *Workspace) Snapshot(ctx context.Context) ([]byte, int64, error)  { return nil, 0, errMissing }
func (w *Workspace) SetSnapshot(ctx context.Context, table []byte, generation int64) error {
	return errMissing
}
func (w *Workspace) Close() error { return errMissing }
