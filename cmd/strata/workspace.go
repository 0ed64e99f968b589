package main

import (
	"context"
	"errors"

	"strata/model"
	"strata/model/sqlite"
	"strata/tui/session"
)

// workspaces are those kept in SQLite.
type workspaces struct{}

func (workspaces) Create(ctx context.Context, path string, intakes []*model.Intake, report func(model.Progress)) (model.Store, []model.Warning, error) {
	return store(sqlite.Create(ctx, path, intakes, report))
}

func (workspaces) CreateTemporary(ctx context.Context, intakes []*model.Intake, report func(model.Progress)) (model.Store, []model.Warning, error) {
	return store(sqlite.CreateTemporary(ctx, intakes, report))
}

func (workspaces) Open(ctx context.Context, path string) (model.Store, error) {
	w, err := sqlite.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	return w, nil
}

// store keeps a nil workspace from becoming a store that is not nil.
func store(w *sqlite.Workspace, warnings []model.Warning, err error) (model.Store, []model.Warning, error) {
	if err != nil {
		return nil, nil, err
	}
	return w, warnings, nil
}

// withSession opens a workspace that flags ask about, does something with it
// and closes it.
func (a *app) withSession(ctx context.Context, path string, flags *schemeFlags, do func(context.Context, *session.Session) error) error {
	if err := flags.check(); err != nil {
		return err
	}
	return a.withStore(ctx, path, func(ctx context.Context, store model.Store) error {
		s, err := session.New(ctx, store)
		if err != nil {
			return err
		}
		return do(ctx, s)
	})
}

// withStore opens a workspace to look at it: commands that only read leave the
// writer's place to a workbench.
func (a *app) withStore(ctx context.Context, path string, do func(context.Context, model.Store) error) error {
	store, err := sqlite.OpenToRead(ctx, path)
	if err != nil {
		return err
	}
	return errors.Join(do(ctx, store), store.Close())
}
