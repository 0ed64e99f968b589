package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/adrg/xdg"
	"github.com/spf13/cobra"

	"strata/importer"
	"strata/importer/synthetic"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/disk"
	"strata/model/sqlite"
	"strata/tui/session"
)

// demoOrders is what the sample workspace holds: small enough to be made in a
// blink, large enough for every segment to have people in it.
var demoOrders = synthetic.Orders{Customers: 8_000, Orders: 40_000, Seed: 2026}

func (a *app) demoCommand() *cobra.Command {
	var out string
	var noOpen bool
	cmd := &cobra.Command{
		Use:   "demo",
		Short: catalogue.T("Create a sample workspace, if there is none yet, and open it"),
		Args:  exactly(0, catalogue.T("no argument")),
		RunE: func(cmd *cobra.Command, _ []string) error {
			p := a.startProgress()
			path, _, err := makeDemo(cmd.Context(), out, p.report)
			p.stop()
			if err != nil {
				return err
			}
			if noOpen {
				_, err := fmt.Fprintln(a.out, path)
				return err
			}
			if !isTerminal(a.out) {
				fmt.Fprintln(a.err, catalogue.T("note: the workbench needs a terminal; these are its figures. To open it in one: strata {path}", "path", path))
				return a.withSession(cmd.Context(), path, &schemeFlags{}, func(ctx context.Context, s *session.Session) error {
					return a.printTiers(ctx, s, &schemeFlags{}, s.Info().Path, nil)
				})
			}
			return a.openWorkspace(cmd.Context(), path, &openFlags{})
		},
	}
	cmd.Flags().StringVar(&out, "out", "", catalogue.T("where to create it (default: the user's data folder)"))
	cmd.Flags().BoolVar(&noOpen, "no-open", false, catalogue.T("only create it, and print where it is"))
	return cmd
}

// makeDemo makes the sample workspace if it is not there yet and returns its
// path, and the account of its import, nil if it was there. Its order file lies
// beside it, to be looked at. Errors: Exists, for a path that something else has,
// and those of making both.
func makeDemo(ctx context.Context, path string, report func(model.Progress)) (string, *session.Account, error) {
	if path == "" {
		if path = place(xdg.DataHome, "demo.strata"); path == "" {
			return "", nil, errNoHome(catalogue.T("the sample")).WithHint("choose a place with --out")
		}
	}
	if _, err := os.Lstat(path); err == nil {
		if !sqlite.IsWorkspace(path) {
			return "", nil, model.Errorf(model.Exists, "{path} already exists, and is not a workspace", "path", path).WithHint("choose another place with --out")
		}
		return path, nil, nil
	}
	unmake, err := disk.MakeFolder(filepath.Dir(path))
	if err != nil {
		return "", nil, model.Errorf(model.Unreadable, "cannot create the folder of {path}: {cause}", "path", path, "cause", err).WithHint("choose another place with --out")
	}
	defer model.TemporaryBy(ctx, func() error { unmake(); return nil })()
	account, err := makeDemoIn(ctx, path, report)
	if err != nil {
		unmake()
		return "", nil, err
	}
	return path, account, nil
}

// makeDemoIn makes the sample workspace in a folder that is there.
func makeDemoIn(ctx context.Context, path string, report func(model.Progress)) (*session.Account, error) {
	file, err := makeDemoOrders(ctx, filepath.Dir(path), report)
	if err != nil {
		return nil, err
	}
	defer model.Temporary(ctx, file)()
	i := session.Import{Files: []string{file}, Options: importer.Options{Currency: "GBP"}, Now: time.Now()}
	store, account, err := session.ImportInto(ctx, workspaces{}, path, i, report)
	if err != nil {
		return nil, errors.Join(err, os.Remove(file))
	}
	return account, store.Close()
}

// makeDemoOrders writes the order file of the sample under a name that nothing in
// the folder has, and returns that: demo-orders.csv, or demo-orders-2.csv and so on.
func makeDemoOrders(ctx context.Context, folder string, report func(model.Progress)) (string, error) {
	for n := 1; ; n++ {
		name := "demo-orders.csv"
		if n > 1 {
			name = fmt.Sprintf("demo-orders-%d.csv", n)
		}
		file := filepath.Join(folder, name)
		if _, err := os.Lstat(file); err == nil {
			continue
		}
		// Whoever takes the name meanwhile keeps it.
		err := generateFile(model.AsMeans(ctx), demoOrders, file, false, report)
		if model.CodeOf(err) != model.Exists {
			return file, err
		}
	}
}
