package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"strata/importer"
	"strata/model"
	"strata/model/catalogue"
	"strata/tui"
	"strata/tui/screen/welcome"
	"strata/tui/session"
)

// openFlags are the flags of everything that opens the workbench.
type openFlags struct {
	scheme  schemeFlags
	reading importFlags
	theme   string
	mouse   string
}

func (f *openFlags) register(cmd *cobra.Command) {
	f.scheme.register(cmd)
	cmd.Flags().StringVar(&f.theme, themeSetting.name, "", themeSetting.usage())
	cmd.Flags().StringVar(&f.mouse, mouseSetting.name, "", mouseSetting.usage())
}

func (a *app) openCommand() *cobra.Command {
	f := &openFlags{}
	cmd := &cobra.Command{
		Use:   "open WORKSPACE",
		Short: catalogue.T("Open the workbench on a workspace"),
		Args:  exactly(1, "a workspace"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.openWorkspace(cmd.Context(), args[0], f)
		},
	}
	f.register(cmd)
	return cmd
}

// runRoot is strata without a command: a workspace, order files, or nothing.
func (a *app) runRoot(cmd *cobra.Command, args []string, f *openFlags) error {
	ctx := cmd.Context()
	switch {
	case len(args) == 0:
		if recent := recentWorkspaces(); len(recent) > 0 {
			if err := readAlready(cmd, recent[0]); err != nil {
				return err
			}
			return a.openWorkspace(ctx, recent[0], f)
		}
		return a.welcome(ctx, f)
	case len(args) == 1 && isWorkspace(args[0]):
		if err := readAlready(cmd, args[0]); err != nil {
			return err
		}
		return a.openWorkspace(ctx, args[0], f)
	}
	for _, arg := range args {
		if _, err := os.Stat(arg); errors.Is(err, fs.ErrNotExist) {
			return unknownWord(cmd, arg)
		}
	}
	return a.openFiles(ctx, args, f)
}

// isWorkspace reports whether an argument means a workspace: by its name, or
// by what the file begins with, where that can be read twice.
func isWorkspace(arg string) bool {
	if strings.EqualFold(filepath.Ext(arg), ".strata") {
		return true
	}
	if info, err := os.Stat(arg); err != nil || !info.Mode().IsRegular() {
		return false
	}
	f, err := os.Open(arg)
	if err != nil {
		return false
	}
	defer f.Close()
	const magic = "SQLite format 3\x00"
	head := make([]byte, len(magic))
	n, _ := f.Read(head) // what cannot be read is told when it is imported
	return string(head[:n]) == magic
}

// unknownWord says that a word means nothing, with the commands it may have meant.
func unknownWord(cmd *cobra.Command, word string) error {
	if strings.ContainsAny(word, `./\`) {
		return model.Errorf(model.Usage, "{word}: no such file", "word", word).WithHint("`strata --help` shows what can be opened")
	}
	err := model.Errorf(model.Usage, "{word:q} is neither a command nor a file", "word", word)
	if like := cmd.SuggestionsFor(word); len(like) > 0 {
		return err.WithHint("did you mean {like}?", "like", strings.Join(like, catalogue.T(" or ")))
	}
	return err.WithHint("`strata --help` lists the commands")
}

// errNoTerminal says that there is nothing to draw on.
func errNoTerminal(instead string) error {
	return model.Errorf(model.Unreadable, "the workbench needs a terminal").WithHint("{instead} prints the same figures", "instead", instead)
}

func (a *app) openWorkspace(ctx context.Context, path string, f *openFlags) error {
	if !isTerminal(a.out) {
		return errNoTerminal(catalogue.T("strata tiers {path}", "path", path))
	}
	o, err := a.options(f)
	if err != nil {
		return err
	}
	opened := &shelf{}
	opens := a.tellIfSlow(path)
	load, preview, err := a.loadWorkspace(ctx, path, f, opened)
	opens()
	if err != nil {
		return err
	}
	o.Workspace, o.Load, o.Preview = filepath.Base(path), load, preview
	if info, err := opened.last().Info(ctx); err == nil {
		o.Currency = info.Currency
	}
	rememberWorkspace(ctx, path)
	return errors.Join(workbench(ctx, o), opened.close())
}

// workbench runs the workbench. Go lets a computation go on for some 10 ms
// before another goroutine gets its processor; with one processor more than the
// machine has, the operating system shares them out, and a key pressed while
// the next moves are prepared is answered in half the time.
func workbench(ctx context.Context, o tui.Options) error {
	runtime.GOMAXPROCS(runtime.GOMAXPROCS(0) + 1)
	ending := endingOf(ctx)
	ending.screen.Store(true)
	ending.edited.Store(true)
	o.Left = func() {
		ending.screen.Store(false)
		ending.leaving.Store(true)
	}
	return tui.Run(ctx, o)
}

// loadWorkspace opens a workspace and returns what is left to be loaded while
// the last frame is shown already.
func (a *app) loadWorkspace(ctx context.Context, path string, f *openFlags, opened *shelf) (tui.Load, *session.Frame, error) {
	store, err := workspaces{}.Open(ctx, path)
	if err != nil {
		return nil, nil, err
	}
	opened.put(store)
	s, err := session.New(ctx, store)
	if err != nil {
		return nil, nil, errors.Join(err, opened.close())
	}
	scheme, err := f.scheme.resolve(ctx, s)
	if err != nil {
		return nil, nil, errors.Join(err, opened.close())
	}
	preview, err := s.Preview(ctx, scheme)
	if err != nil {
		return nil, nil, errors.Join(err, opened.close())
	}
	load := func(ctx context.Context, _ func(model.Progress)) (tui.Loaded, error) {
		sources, err := store.Sources(ctx)
		if err != nil {
			return tui.Loaded{}, err
		}
		bench, err := s.OpenBench(ctx, &scheme, time.Now)
		if err != nil {
			return tui.Loaded{}, err
		}
		return tui.Loaded{Bench: bench, Info: s.Info(), Sources: sources, Note: f.scheme.note()}, nil
	}
	return load, preview, nil
}

// openFiles is the quick what-if.
func (a *app) openFiles(ctx context.Context, files []string, f *openFlags) error {
	if !isTerminal(a.out) {
		return errNoTerminal(catalogue.T("strata tiers --from {files}", "files", files[0]))
	}
	i, err := a.importOf(files, &f.reading)
	if err != nil {
		return err
	}
	answers := importer.NewStream(ctx, a.in)
	for {
		// A file that cannot be read at all is refused before the screen changes.
		err := i.LookAt(ctx)
		if err == nil {
			err = a.showFiles(ctx, i, f)
		}
		if err == nil || !isTerminal(a.in) {
			return err
		}
		if i.Options, err = decide(err, i.Options, answers, a.err); err != nil {
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			return err
		}
	}
}

// showFiles opens the workbench on files.
func (a *app) showFiles(ctx context.Context, i session.Import, f *openFlags) error {
	o, err := a.options(f)
	if err != nil {
		return err
	}
	opened := &shelf{}
	o.Workspace = filepath.Base(i.Files[0])
	o.Load = func(ctx context.Context, report func(model.Progress)) (tui.Loaded, error) {
		return a.loadFiles(ctx, i, f, opened, report)
	}
	o.SaveAs = func(ctx context.Context, path string) error {
		err := opened.last().SaveAs(ctx, path, func(model.Progress) {})
		if err == nil {
			rememberWorkspace(ctx, path)
		}
		return err
	}
	return errors.Join(workbench(ctx, o), opened.close())
}

func (a *app) loadFiles(ctx context.Context, i session.Import, f *openFlags, opened *shelf, report func(model.Progress)) (tui.Loaded, error) {
	store, account, err := session.WhatIf(ctx, workspaces{}, i, report)
	if err != nil {
		return tui.Loaded{}, err
	}
	opened.put(store)
	s, err := session.New(ctx, store)
	if err != nil {
		return tui.Loaded{}, err
	}
	scheme, err := f.scheme.resolve(ctx, s)
	if err != nil {
		return tui.Loaded{}, err
	}
	bench, err := s.OpenBench(ctx, &scheme, time.Now)
	if err != nil {
		return tui.Loaded{}, err
	}
	return tui.Loaded{
		Bench: bench, Info: s.Info(), Note: strings.Join(slices.DeleteFunc([]string{account.Plans[0].String(), f.scheme.note()}, func(s string) bool { return s == "" }), "; "), Sources: account.Sources, Account: account,
	}, nil
}

func (a *app) welcome(ctx context.Context, f *openFlags) error {
	if !isTerminal(a.out) {
		return model.Errorf(model.Usage, "nothing to do").WithHint("give a workspace or an order file; `strata --help` lists the commands")
	}
	o, err := a.options(f)
	if err != nil {
		return err
	}
	opened := &shelf{}
	o.Open = func(path string) tui.Load {
		return func(ctx context.Context, report func(model.Progress)) (tui.Loaded, error) {
			load, _, err := a.loadWorkspace(ctx, path, f, opened)
			if err != nil {
				return tui.Loaded{}, err
			}
			rememberWorkspace(ctx, path)
			return load(ctx, report)
		}
	}
	o.Demo = func(ctx context.Context, report func(model.Progress)) (tui.Loaded, error) {
		path, account, err := makeDemo(ctx, "", report)
		if err != nil {
			return tui.Loaded{}, err
		}
		loaded, err := o.Open(path)(ctx, report)
		loaded.Account = account
		return loaded, err
	}
	for _, path := range recentWorkspaces() {
		o.Recent = append(o.Recent, welcome.Recent{Path: path})
	}
	return errors.Join(workbench(ctx, o), opened.close())
}

func (a *app) options(f *openFlags) (tui.Options, error) {
	if err := errors.Join(themeSetting.check(f.theme), mouseSetting.check(f.mouse)); err != nil {
		return tui.Options{}, err
	}
	if err := f.scheme.check(); err != nil {
		return tui.Options{}, err
	}
	c, err := readConfig(configFile())
	if err != nil {
		return tui.Options{}, err
	}
	color := c.chosen(colorSetting, a.color)
	o := tui.Options{
		Farewell: func(line string) { fmt.Fprintln(a.err, line) },

		Ground:  map[string]tui.Ground{"dark": tui.Dark, "light": tui.Light}[c.chosen(themeSetting, f.theme)],
		Color:   map[string]tui.Color{"always": tui.ColorAlways, "never": tui.ColorNever}[color],
		NoMouse: c.chosen(mouseSetting, f.mouse) == "off",
	}
	// The convention is that any value that is not empty switches colour off
	// (no-color.org); the library reads a boolean. What the person set for this
	// program goes before it.
	if color == "auto" && os.Getenv("NO_COLOR") != "" {
		o.Color = tui.ColorNever
	}
	return o, nil
}

// shelf holds the workspaces that were opened, to be closed when the workbench
// is. They are opened by loading, in the background.
type shelf struct {
	mu     sync.Mutex
	stores []model.Store
}

func (s *shelf) put(store model.Store) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stores = append(s.stores, store)
}

func (s *shelf) last() model.Store {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stores[len(s.stores)-1]
}

func (s *shelf) close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var errs []error
	for _, store := range s.stores {
		errs = append(errs, store.Close())
	}
	s.stores = nil
	return errors.Join(errs...)
}
