// Package tui is the workbench: the program in the terminal. The root model
// routes messages and draws what lies around a screen; screens are packages
// below screen, each answering one question; what they do to the workspace
// goes through the session.
package tui

import (
	"context"
	"errors"
	"io"
	"os"
	"syscall"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"strata/model"
	"strata/tui/screen/welcome"
	"strata/tui/session"
)

// Load reads or opens a workspace. It may take long: it stops when ctx ends,
// leaving nothing behind, and reports how far it has come.
type Load func(ctx context.Context, report func(model.Progress)) (Loaded, error)

// Loaded is an open workspace. The workbench closes the Bench.
type Loaded struct {
	Bench Bench
	Info  model.Info
	Note  string // one line for the person: how the columns were understood
	// Sources are all files imported so far, Account tells about those imported
	// just now; nil where there were none.
	Sources []model.Source
	Account *session.Account
}

// Ground is what the terminal's background is like.
type Ground int

// AskTerminal asks the terminal and takes the ground to be dark until it answers.
const (
	AskTerminal Ground = iota
	Dark
	Light
)

// Color says whether to use colours.
type Color int

// ColorAuto uses what the terminal has; ColorAlways uses colours even where
// none were found; ColorNever uses marks, weight and reverse only.
const (
	ColorAuto Color = iota
	ColorAlways
	ColorNever
)

// Options say what the workbench opens and how it looks.
type Options struct {
	Workspace string // name shown; "" takes that of the file
	Currency  string // of the preview: ISO code, sign or ""
	Preview   *session.Frame
	Load      Load // nil: the welcome screen
	// SaveAs keeps a temporary workspace as a file; nil when there is nothing
	// to keep.
	SaveAs func(ctx context.Context, path string) error
	// Farewell is told, after everything is closed and the terminal is as it was,
	// where the work is that the person did; nil: nobody asks.
	Farewell func(line string)

	// Left is called when the screen is left and the terminal as it was, before
	// work is finished and all is closed; may be nil.
	Left func()

	// For the welcome screen.
	Recent []welcome.Recent // newest first
	Open   func(path string) Load
	Demo   Load // nil: not offered

	Ground  Ground
	Color   Color
	NoMouse bool // leave the mouse to the terminal, to select text with it

	In          io.Reader // the terminal when nil
	Out         io.Writer
	Environment []string // that of the process when nil
}

// framesPerSecond is the most the renderer does: an answer waits at most 8 ms
// to be painted.
const framesPerSecond = 120

// Run shows the workbench until the person leaves. It returns after everything
// is stored and closed. Errors: the one that loading ended with, Cancelled
// when the person stopped it, Internal after a panic (the terminal is restored).
func Run(ctx context.Context, o Options) error { return run(ctx, o) }

func run(ctx context.Context, o Options, more ...tea.ProgramOption) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	w, stops := newWorkbench(ctx, o), newSuspender(ctx)
	options := append(o.programOptions(ctx), tea.WithFilter(stops.filter))
	if o.In == nil {
		keys, err := openKeyboard()
		if err != nil {
			return model.Errorf(model.Unreadable, "the workbench needs a terminal for its keys: {cause}", "cause", err)
		}
		options = append(options, tea.WithInput(keys))
		stops.terminal = keys.File
	}
	stops.watch(tea.NewProgram(w, append(options, more...)...))
	err := stops.run()
	if o.Left != nil {
		o.Left()
	}
	err = w.result(ctx, err)
	cancel()
	err = errors.Join(err, w.close())
	if err == nil && w.goodbye != "" && o.Farewell != nil {
		o.Farewell(w.goodbye)
	}
	return err
}

func (o Options) programOptions(ctx context.Context) []tea.ProgramOption {
	// The signals that end the program end ctx. Bubble Tea's own handler of them
	// waits for ever when both come at once.
	options := []tea.ProgramOption{tea.WithContext(ctx), tea.WithoutSignalHandler(), tea.WithFPS(framesPerSecond)}
	if o.In != nil {
		options = append(options, tea.WithInput(o.In))
	}
	if o.Out != nil {
		options = append(options, tea.WithOutput(o.Out))
	}
	if o.Environment != nil {
		options = append(options, tea.WithEnvironment(o.Environment))
	}
	switch o.Color {
	case ColorNever:
		options = append(options, tea.WithColorProfile(colorprofile.Ascii))
	case ColorAlways:
		environment := o.Environment
		if environment == nil {
			environment = os.Environ()
		}
		options = append(options, tea.WithColorProfile(max(colorprofile.Env(environment), colorprofile.ANSI)))
	}
	return options
}

// result translates how the program ended.
func (w *workbench) result(ctx context.Context, err error) error {
	switch {
	case errors.Is(err, tea.ErrProgramPanic):
		return model.Errorf(model.Internal, "the workbench stopped unexpectedly: {cause}", "cause", err)
	case err != nil && ctx.Err() != nil:
		return model.Errorf(model.Cancelled, "{cause}", "cause", context.Cause(ctx))
	case errors.Is(err, errHungUp), errors.Is(err, syscall.EIO): // the keys of a terminal that is gone
		return model.Errorf(model.Cancelled, "stopped: {cause}", "cause", errHungUp)
	case err != nil:
		return err
	}
	return w.err
}

// close waits for a load and for work of screens that were told to stop, so that
// they have cleaned up before the process is gone, and closes the bench.
func (w *workbench) close() error {
	for _, t := range w.tabs {
		if t.cancel != nil {
			t.cancel()
		}
	}
	w.working.Wait()
	if w.load != nil {
		w.load.cancel()
		<-w.load.done
		w.bench = w.load.result.Bench
	}
	if w.bench == nil {
		return nil
	}
	return w.bench.Close()
}
