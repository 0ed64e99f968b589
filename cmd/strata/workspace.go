package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"strata/model"
	"strata/model/catalogue"
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

func (workspaces) OpenToRead(ctx context.Context, path string) (model.Store, error) {
	w, err := sqlite.OpenToRead(ctx, path)
	if err != nil {
		return nil, err
	}
	return w, nil
}

func (workspaces) Rehearse(ctx context.Context, path string, intakes []*model.Intake, report func(model.Progress)) (model.Info, []model.Warning, error) {
	return sqlite.Rehearse(ctx, path, intakes, report)
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

// tellIfSlow says on a terminal what is waited for, should opening a workspace not be
// done soon; opened is to be called when it is.
func (a *app) tellIfSlow(path string) (opened func()) {
	if !isTerminal(a.err) {
		return func() {}
	}
	const soon = time.Second
	done := make(chan struct{})
	told := time.AfterFunc(soon, func() {
		defer close(done)
		fmt.Fprintln(a.err, printable(catalogue.T("opening {path} is taking long: another program may be using it", "path", path)))
	})
	return func() {
		if !told.Stop() {
			<-done
		}
	}
}

// withStore opens a workspace to look at it: commands that only read leave the
// writer's place to a workbench.
func (a *app) withStore(ctx context.Context, path string, do func(context.Context, model.Store) error) error {
	opens := a.tellIfSlow(path)
	store, err := sqlite.OpenToRead(ctx, path)
	opens()
	if err != nil {
		return err
	}
	return errors.Join(do(ctx, store), store.Close())
}

// withWriter opens a workspace to change it, does so and closes it. One that
// another program writes is refused before anything is computed. Errors:
// ReadOnly, and those of opening.
func (a *app) withWriter(ctx context.Context, path string, do func(context.Context, *session.Session) error) error {
	opens := a.tellIfSlow(path)
	store, err := sqlite.Open(ctx, path)
	opens()
	if err != nil {
		return err
	}
	s, err := session.New(ctx, store)
	if err == nil {
		err = mayWrite(s.Info())
	}
	if err == nil {
		err = do(ctx, s)
	}
	return errors.Join(err, store.Close())
}

func mayWrite(info model.Info) error {
	switch {
	case !info.ReadOnly:
		return nil
	case info.Writer != "":
		return model.Errorf(model.ReadOnly, "{path} cannot be changed: {writer} is writing it", "path", info.Path, "writer", info.Writer).WithHint("close that one first")
	}
	return model.Errorf(model.ReadOnly, "{path} cannot be changed: it can only be read", "path", info.Path).WithHint("check its permissions")
}
