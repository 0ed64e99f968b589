package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"strata/model"
	"strata/model/answer/text"
	"strata/model/catalogue"
	"strata/model/memory"
	"strata/model/sqlite"
)

// streams are what the program reads and writes.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// Exit statuses, as documented in the README.
const (
	exitDone      = 0
	exitFailed    = 1
	exitUsage     = 2
	exitRefused   = 3
	exitCancelled = 130
)

// errRefused marks work that is done although rows were refused or a check did
// not hold: exit status 3, and nothing more to say, because the account has
// been printed.
var errRefused = errors.New(catalogue.T("rows were refused, or a check did not pass"))

// run is the whole program: it parses args, does the work and returns the exit
// status.
func run(ctx context.Context, args []string, s streams) (status int) {
	defer func() {
		if err := model.Unexpected(recover()); err != nil {
			fmt.Fprintln(s.err, text.Wrap(catalogue.T("strata: {err}", "err", printable(err.Error())), terminalWidth(s.err)))
			status = exitFailed
		}
	}()
	app := &app{streams: s}
	out := &screened{to: s.out, raw: func() bool { return app.raw && !isTerminal(s.out) }, colored: func() bool { return app.colored }}
	app.out, app.err = &interruptible{ctx, out}, &screened{to: s.err}
	root := app.rootCommand()
	root.SetArgs(args)
	root.SetIn(s.in)
	root.SetOut(app.out)
	root.SetErr(s.err)
	tellHelp(root)
	if isCompletion(args) {
		completeValues(root)
	}
	err := memory.Respect()
	if err == nil {
		err = root.ExecuteContext(ctx)
	}
	if ended := app.endText(); err == nil {
		err = ended
	}
	if failed := out.failed(endingOf(ctx).storedForGood()); failed != nil {
		err = failed
	}
	return app.finish(ctx, err)
}

// finish says what went wrong and returns the exit status.
func (a *app) finish(ctx context.Context, err error) int {
	status := exitStatus(ctx, err)
	if status == exitCancelled && endingOf(ctx).storedForGood() {
		status, err = exitFailed, model.Errorf(model.Cancelled, "{after_storing}: {cause}", "after_storing", afterStoring, "cause", err)
	}
	if err != nil && status != exitRefused {
		fmt.Fprintln(a.err, text.Wrap(catalogue.T("strata: {err}", "err", printable(err.Error())), terminalWidth(a.err)))
	}
	return status
}

func exitStatus(ctx context.Context, err error) int {
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errRefused):
		return exitRefused
	case errors.Is(err, context.Canceled) || ctx.Err() != nil:
		return exitCancelled
	}
	switch model.CodeOf(err) {
	case model.Usage, model.Ambiguous:
		return exitUsage
	case model.Cancelled:
		return exitCancelled
	}
	return exitFailed
}

// printable takes control characters out of a text that may quote a client's file,
// and the middle out of lines that nobody reads: behind it stands what to do.
func printable(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = shortened(model.Printable(l))
	}
	return strings.Join(lines, "\n")
}

func shortened(line string) string {
	const before, behind = 1000, 600 // letters
	if letters := []rune(line); len(letters) > before+behind {
		return string(letters[:before]) + " … " + string(letters[len(letters)-behind:])
	}
	return line
}

// app is one run of the program: its streams and global flags.
type app struct {
	streams
	format     string
	color      string
	raw        bool // CSV for programs: texts as they are
	colored    bool // text has colour
	noProgress bool
}

func (a *app) rootCommand() *cobra.Command {
	open := &openFlags{}
	root := &cobra.Command{
		Use:   "strata [WORKSPACE | FILE…]",
		Short: catalogue.T("Draw the lines between your customers, and watch what moves"),
		Long: catalogue.T(`strata reads a client's order files into one local workspace, scores every
customer by recency, frequency and monetary value, and draws tiers whose
thresholds move under the arrow keys.

  strata orders.csv                     the quick what-if: straight into the tiers
  strata import shop.strata orders.csv  create or extend a workspace
  strata shop.strata                    open it
  strata tiers shop.strata              the same figures for a script
  strata demo                           a sample to play with`),
		Version:       version,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.runRoot(cmd, args, open)
		},
	}
	open.register(root)
	open.reading.registerReading(root)
	root.SuggestionsMinimumDistance = 2 // letters a mistyped command may be off
	root.PersistentFlags().StringVar(&a.format, "format", "text", catalogue.T("output format: text, csv or json; for figures also markdown or html"))
	root.PersistentFlags().StringVar(&a.color, colorSetting.name, "", colorSetting.usage())
	root.PersistentFlags().BoolVar(&a.raw, "raw", false, catalogue.T("with --format csv to a file or pipe: texts as they are, for programs; a spreadsheet may run a text that begins with ="))
	root.PersistentFlags().BoolVar(&a.noProgress, "no-progress", false, catalogue.T("do not show progress"))
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error {
		a.wrapText(cmd)
		sqlite.SweepTemporary()
		return a.checkGlobals(cmd)
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return model.Errorf(model.Usage, "{cause}", "cause", flagError(err)).WithHint("`{command_path} --help` lists the flags", "command_path", cmd.CommandPath())
	})
	root.AddCommand(
		a.openCommand(), a.importCommand(), a.tiersCommand(), a.matrixCommand(), a.compareCommand(), a.sensitivityCommand(), a.scoresCommand(), a.customerCommand(), a.schemeCommand(), a.suggestCommand(), a.sourcesCommand(),
		a.scenarioCommand(), a.logCommand(), a.undoCommand(), a.redoCommand(), a.serviceCommand(),
		a.rejectsCommand(), a.checkCommand(), a.backupCommand(), a.generateCommand(), a.demoCommand(), a.configCommand(), a.manCommand(), a.versionCommand(),
	)
	root.AddCommand(append(a.questionCommands(), a.explainCommand())...)
	return root
}

// formats are the output formats of all commands.
var formats = []string{"text", "csv", "json"}

// formatsOf are the output formats of one command.
func formatsOf(cmd *cobra.Command) []string {
	if _, ok := cmd.Annotations[isAnswer]; ok {
		return slices.Concat(formats, pages)
	}
	return formats
}

func (a *app) checkGlobals(cmd *cobra.Command) error {
	if err := oneOf("--format", a.format, formatsOf(cmd)...); err != nil {
		return err
	}
	if a.raw && a.format != "csv" {
		return model.Errorf(model.Usage, "--raw says how CSV is written").WithHint("add --format csv; JSON has texts as they are")
	}
	return colorSetting.check(a.color)
}

func oneOf(flag, value string, allowed ...string) error {
	for _, x := range allowed {
		if value == x {
			return nil
		}
	}
	return model.Errorf(model.Usage, "{flag} {value:q} is unknown", "flag", flag, "value", value).WithHint("use one of {values}", "values", strings.Join(allowed, ", "))
}

// exactly makes an argument check whose message names what is expected.
func exactly(n int, names string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == n {
			return nil
		}
		return model.Errorf(model.Usage, "{command_path} takes {expected}, not {given} arguments", "command_path", cmd.CommandPath(), "expected", names, "given", len(args)).
			WithHint("`{command_path} --help` shows how", "command_path", cmd.CommandPath())
	}
}

// isTerminal reports whether a stream is a terminal.
func isTerminal(stream any) bool {
	f, ok := underneath(stream).(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// terminalWidth returns how many columns a terminal has, 0 of what is none.
func terminalWidth(stream any) int {
	f, ok := underneath(stream).(*os.File)
	if !ok {
		return 0
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0
	}
	return width
}

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: catalogue.T("Print the version"),
		Args:  exactly(0, catalogue.T("no argument")),
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintln(a.out, "strata", version)
			return err
		},
	}
}
