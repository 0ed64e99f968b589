package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"strata/importer"
	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
	"strata/model/disk"
	"strata/model/words"
	"strata/tui/component/figure"
	"strata/tui/session"
)

// importFlags are the flags that say how files are read.
type importFlags struct {
	options  importer.Options
	kind     string
	fields   string
	plan     string // path of a plan to replay
	again    bool
	overlap  string
	dryRun   bool
	savePlan string
}

// ofReading marks the flags that say how files are read.
const ofReading = "reading"

// registerReading registers the flags of everything that reads client files.
func (f *importFlags) registerReading(cmd *cobra.Command) {
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	flags.StringVar(&f.kind, "kind", "", catalogue.T("what a row is: orders or lines (detected)"))
	flags.StringVar(&f.fields, "map", "", catalogue.T("which column is what: customer=CustomerID,date=InvoiceDate,… (detected)"))
	flags.StringVar(&f.options.Encoding, "encoding", "", catalogue.T("utf-8, windows-1252, gb18030, big5, utf-16le or another standard name (detected)"))
	flags.StringVar(&f.options.Delimiter, "delimiter", "", catalogue.T("the character between columns, or tab, blanks, wide-blanks (detected)"))
	flags.StringVar(&f.options.DateFormat, "date-format", "", catalogue.T("dmy, mdy, ymd, ydm, excel, epoch or epoch-ms (decided by the whole column)"))
	flags.StringVar(&f.options.Decimal, "decimal", "", catalogue.T("decimal mark, . or , (decided by the whole file)"))
	flags.StringVar(&f.options.Currency, "currency", "", catalogue.T("currency of the amounts, like GBP"))
	flags.StringVar(&f.options.Skip, "skip", "", catalogue.T("how many lines are above the header (detected)"))
	flags.StringVar(&f.options.Header, "header", "", catalogue.T("yes, no, or 2 for a header of two lines (detected)"))
	flags.StringSliceVar(&f.options.Columns, "columns", nil, catalogue.T("names for the columns of a file without a header"))
	flags.StringVar(&f.options.Duplicates, "duplicates", "", catalogue.T("exact duplicate rows: keep or drop them (keep)"))
	flags.StringVar(&f.options.OnBad, "on-bad", "", catalogue.T("a row that cannot be read: reject it, or stop and undo everything (reject)"))
	flags.StringVar(&f.options.Placeholders, "placeholders", "", catalogue.T("NULL, guest, 0 and the like in place of a customer: refuse or keep them (refuse)"))
	flags.StringVar(&f.options.KeyRules, "key-rules", "", catalogue.T("count spellings of one customer (spaces, case of email addresses, Unicode form, .0) as one: on or off (on)"))
	flags.StringVar(&f.options.FarDates, "far-dates", "", catalogue.T("dates that are placeholders or years from all others: refuse or keep them (refuse)"))
	flags.StringVar(&f.options.TimeZone, "time-zone", "", catalogue.T("time zone in which days are counted for dates with an offset from UTC, like Europe/London (as written; UTC where offsets differ)"))
	flags.StringVar(&f.options.OrderNumbers, "order-numbers", "", catalogue.T("the same order number on another day: unique joins the rows, restart separates them (decided by the whole file)"))
	flags.StringVar(&f.options.Amounts, "amounts", "", catalogue.T("what an amount is the value of: line, or order where each line repeats that of the whole order (decided by the whole file)"))
	flags.StringVar(&f.options.CostOf, "cost", "", catalogue.T("what a cost is the cost of: one unit or the whole line, unit or line (decided by the header or the whole file)"))
	flags.StringVar(&f.options.Unit, "unit", "", catalogue.T("what 1 stands for in the money columns, like 1000 or 0.01 (what their headers say)"))
	flags.StringVar(&f.overlap, "overlap", "", catalogue.T("orders that an earlier file has brought already: keep or drop them (keep)"))
	flags.BoolVar(&f.again, "again", false, catalogue.T("import everything, even content or orders imported before"))
	flags.StringVar(&f.plan, "plan", "", catalogue.T("read files as this plan says; other flags take precedence"))
	flags.StringVar(&f.options.Lines, "lines", "", catalogue.T("store order lines: yes or no (yes for line files)"))
	flags.VisitAll(func(flag *pflag.Flag) { flag.Annotations = map[string][]string{ofReading: nil} })
	cmd.Flags().AddFlagSet(flags)
}

// readAlready refuses flags that say how files are read where there are none to read.
func readAlready(cmd *cobra.Command, workspace string) error {
	var err error
	cmd.Flags().Visit(func(flag *pflag.Flag) {
		if _, reading := flag.Annotations[ofReading]; reading && err == nil {
			err = model.Errorf(model.Usage, "--{flag} says how files are read, but {workspace} is already a workspace", "flag", flag.Name, "workspace", workspace).
				WithHint("leave it out; `strata import` takes it, and so do order files instead of a workspace")
		}
	})
	return err
}

func (a *app) importOf(files []string, f *importFlags) (session.Import, error) {
	f.options.Kind = model.Kind(f.kind)
	if f.overlap != "" {
		if err := oneOf("--overlap", f.overlap, "keep", "drop"); err != nil {
			return session.Import{}, err
		}
	}
	if f.again && f.overlap == "drop" {
		return session.Import{}, model.Errorf(model.Usage, "--again imports what --overlap drop leaves out").WithHint("give only one of the two")
	}
	if f.fields != "" {
		var err error
		if f.options.Map, err = importer.ParseMap(f.fields); err != nil {
			return session.Import{}, err
		}
	}
	if f.plan != "" {
		text, err := readText(f.plan)
		if err != nil {
			return session.Import{}, err
		}
		plan, err := importer.ParsePlan(text)
		if err != nil {
			return session.Import{}, fmt.Errorf("%s: %w", f.plan, err)
		}
		f.options = f.options.Over(plan)
	}
	return session.Import{Files: files, Stdin: a.in, Options: f.options, Again: f.again, Drop: f.overlap == "drop", Now: time.Now()}, nil
}

func (a *app) importCommand() *cobra.Command {
	var f importFlags
	cmd := &cobra.Command{
		Use:   "import WORKSPACE FILE…",
		Short: catalogue.T("Read order files into a workspace, creating it if needed"),
		Long: catalogue.T(`Reads order files into a workspace: comma, semicolon, tab or bar between the columns,
or columns aligned with spaces; UTF-8, UTF-16, GB18030, Big5, Windows-1252 or any
encoding that is named; plain, gzip or Zstandard. All files are stored, or none.

Rows without a customer, a date or an amount are refused; the exit status is then 3,
and strata rejects lists them. Orders that are in the workspace already are reported,
and left out with --overlap drop; a file that brings nothing new is refused.

--dry-run stores nothing: it reads everything, shows how each column is read, and
reports what the import would report, with the same exit status.`),
		Example: `  strata import shop.strata OnlineRetail.csv
  strata import shop.strata may.csv june.csv --map customer=Client,date=Bought,amount=Total
  strata import shop.strata orders.txt --map amount=goods+postage --save-plan shop.yaml
  strata import shop.strata july.txt --plan shop.yaml
  ssh shop cat orders.csv | strata import shop.strata -`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) < 2 {
				return model.Errorf(model.Usage, "strata import takes a workspace and at least one file").
					WithHint("strata import shop.strata orders.csv")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.runImport(cmd.Context(), args[0], args[1:], &f)
		},
	}
	f.registerReading(cmd)
	cmd.Flags().BoolVar(&f.dryRun, "dry-run", false, catalogue.T("report what the import would report, and how the files are read; store nothing"))
	cmd.Flags().StringVar(&f.savePlan, "save-plan", "", catalogue.T("write all choices made for the file to this plan"))
	return answers(cmd)
}

func (a *app) runImport(ctx context.Context, path string, files []string, f *importFlags) error {
	i, err := a.importOf(files, f)
	if err == nil && f.savePlan != "" {
		err = checkSavePlan(f.savePlan, files)
	}
	if err != nil {
		return err
	}
	if f.dryRun {
		return a.runDry(ctx, path, i, f)
	}
	p := a.startProgress()
	store, account, err := session.ImportInto(ctx, workspaces{}, path, i, p.report)
	p.stop()
	if err != nil {
		return err
	}
	ctx = context.WithoutCancel(ctx) // it is stored: too late to be stopped
	info, err := store.Info(ctx)
	var unsaved error
	if err == nil && f.savePlan != "" {
		if unsaved = writeNew(ctx, f.savePlan, account.Plans[0].YAML()); unsaved != nil {
			unsaved = catalogue.Errorf("the import is stored, but not how the file was read: {cause}", "cause", unsaved)
		}
	}
	if err == nil {
		err = errors.Join(a.tellImport(importAnswer(info, account, nil), account), unsaved)
	}
	if err == nil && account.Rejected() > 0 {
		err = errRefused
	}
	return joinClose(err, store)
}

// tellImport prints an import, or what would be one. JSON has its warnings.
func (a *app) tellImport(d *answer.Document, account *session.Account) error {
	if a.format != "json" {
		a.warn(account.Warnings)
	}
	return a.tell(d)
}

// checkSavePlan refuses what would fail only after everything is stored.
func checkSavePlan(path string, files []string) error {
	if len(files) > 1 {
		return model.Errorf(model.Usage, "--save-plan writes the plan of one file, not of {files}", "files", len(files)).WithHint("import the others with --plan {path}", "path", path)
	}
	return disk.CheckNew(path)
}

func joinClose(err error, c io.Closer) error {
	if closing := c.Close(); closing != nil {
		return errors.Join(err, closing)
	}
	return err
}

// accountLine is the short account of one source.
func accountLine(s model.Source) string {
	line := catalogue.T("{rows} read, {accepted}", "rows", words.Plural(s.Rows, "row", "rows"), "accepted", figure.Accepted(session.RowsOf([]model.Source{s})))
	if s.Joined > 0 {
		line += catalogue.T(", {orders} stored", "orders", words.Plural(s.Joined, "order joins one that is", "orders join some that are"))
	}
	if s.Rejected > 0 {
		line += catalogue.T(", {rows} refused ({share}): {reasons}", "rows", words.Count(s.Rejected), "share", words.Share(s.Rejected, s.Rows), "reasons", reasonsText(s.Reasons))
	}
	return line
}

// tellAccount tells on stderr how files were understood, for commands whose
// result is something else.
func (a *app) tellAccount(account *session.Account) {
	for i, s := range account.Sources {
		fmt.Fprintln(a.err, catalogue.T("note: {path}: {plan}; {account}", "path", printable(s.Path), "plan", printable(account.Plans[i].String()), "account", accountLine(s)))
	}
	a.warn(account.Warnings)
}
