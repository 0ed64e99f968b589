package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/disk"
	"strata/model/words"
	"strata/tui/session"
)

func (a *app) rejectsCommand() *cobra.Command {
	limit, export, byReason := 0, "", false
	cmd := &cobra.Command{
		Use:   "rejects WORKSPACE [SOURCE]",
		Short: catalogue.T("List every refused row with file, line, column, value, reason and the row itself"),
		Long: catalogue.T(`Shows why rows were refused, with the share of each reason, and lists every refused row
as it is in its file. On a terminal the first 50 are listed, unless --limit says
otherwise; --by-reason prints the shares alone.

--export F writes the rows to a file to be corrected, and to F.plan.yaml a plan by which
they are read like the rest of their file; it prints the command that imports them.
Imported with that plan, a row joins the order whose other rows are stored, and no
correction counts twice.`),
		Example: `  strata rejects shop.strata
  strata rejects shop.strata 2 --by-reason --format csv
  strata rejects shop.strata 1 --export refused.csv`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 || len(args) == 2 {
				return nil
			}
			return exactly(1, catalogue.T("a workspace, and the id of a source if you like"))(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			source := int64(0)
			if len(args) == 2 {
				var err error
				if source, err = strconv.ParseInt(args[1], 10, 64); err != nil || source < 1 {
					return model.Errorf(model.Usage, "{text:q} is not the id of a source", "text", args[1]).WithHint("`strata sources {workspace}` lists them", "workspace", args[0])
				}
			}
			return a.withStore(cmd.Context(), args[0], func(ctx context.Context, store model.Store) error {
				if export != "" {
					return a.exportRefused(ctx, store, args[0], source, export)
				}
				if !cmd.Flags().Changed("limit") && a.format == "text" && isTerminal(a.out) {
					limit = listedAtOnce
				}
				return a.printRejects(ctx, store, source, limit, byReason)
			})
		},
	}
	cmd.Flags().IntVar(&limit, "limit", 0, catalogue.T("at most this many rows (0: all; 50 on a terminal unless set)"))
	cmd.Flags().BoolVar(&byReason, "by-reason", false, catalogue.T("only how many rows were refused for each reason, with their shares"))
	cmd.Flags().StringVar(&export, "export", "", catalogue.T("write the refused rows of one source to this file as they are in theirs, to be corrected and imported; a spreadsheet may run a text that begins with ="))
	return answers(cmd)
}

// listedAtOnce is how many refused rows a terminal is given: what was refused for
// which reason stands above them, and must not be carried away.
const listedAtOnce = 50

// exportRefused writes the refused rows of a source to a new file, and the plan
// that reads them like the rest beside it, and tells the command that does so.
func (a *app) exportRefused(ctx context.Context, store model.Store, workspace string, id int64, path string) error {
	source, err := refusedSource(ctx, store, workspace, id)
	if err != nil {
		return err
	}
	sources, err := store.Sources(ctx)
	if err != nil {
		return err
	}
	var rows bytes.Buffer
	n, err := session.CopyRefused(ctx, store, source.ID, &rows)
	if err != nil {
		return err
	}
	if err := disk.CheckNew(path); err != nil {
		return err
	}
	plan := path + ".plan.yaml"
	made, err := writePlan(ctx, plan, session.RefusedPlan(source))
	if err != nil {
		return err
	}
	if err := writeNew(ctx, path, rows.String()); err != nil {
		if made {
			err = errors.Join(err, os.Remove(plan))
		}
		return err
	}
	them := catalogue.T("them")
	if n == 1 {
		them = catalogue.T("it")
	}
	since := ""
	if n := session.CorrectedSince(source, sources); n > 0 {
		since = catalogue.T(", of which {rows} corrected since: remove those", "rows", words.Plural(n, "was", "were"))
	}
	_, err = fmt.Fprintln(a.out, catalogue.T("{path}: {rows}{since}; correct {them}, then read {them} like the rest with: strata import {workspace} {file} --plan {plan}", "path", model.Printable(path), "rows", words.Plural(int64(n), "refused row", "refused rows"), "since", since, "them", them, "workspace", shellWord(workspace), "file", shellWord(path), "plan", shellWord(plan)))
	return err
}

// writePlan writes the plan that goes with rows which are not there yet. One that says
// the same was left by a process that was killed between the two, and is taken over.
// Errors: those of writing.
func writePlan(ctx context.Context, path, text string) (made bool, err error) {
	if _, plain := disk.Plain(path); plain == nil {
		if left, reading := readText(path); reading == nil && left == text {
			return false, nil
		}
	}
	err = writeNew(model.AsMeans(ctx), path, text)
	return err == nil, err
}

// refusedSource finds the source whose refused rows are meant, 0 for the only one
// that has any. Errors: NotFound, Empty, Usage.
func refusedSource(ctx context.Context, store model.Store, workspace string, id int64) (model.Source, error) {
	sources, err := store.Sources(ctx)
	if err != nil {
		return model.Source{}, err
	}
	if id != 0 && !slices.ContainsFunc(sources, func(s model.Source) bool { return s.ID == id }) {
		return model.Source{}, noSource(id)
	}
	left := session.LeftRefused(sources)
	var open []model.Source
	var named []string
	once := false // rows were refused, if they are not any more
	for _, s := range sources {
		if once = once || s.Rejected > 0 && (id == 0 || id == s.ID); left[s.ID] > 0 {
			open = append(open, s)
			named = append(named, catalogue.T("{source} ({rows} of {path})", "source", s.ID, "rows", words.Plural(left[s.ID], "row", "rows"), "path", filepath.Base(s.Path)))
		}
	}
	if at := slices.IndexFunc(open, func(s model.Source) bool { return s.ID == id }); at >= 0 {
		return open[at], nil
	}
	whose := workspace
	if id != 0 {
		whose = catalogue.T("source {source}", "source", id)
	}
	switch elsewhere := catalogue.T("the remaining refused rows are those of source {sources}", "sources", strings.Join(named, catalogue.T(" and "))); {
	case id == 0 && len(open) == 1:
		return open[0], nil
	case id == 0 && len(open) > 1:
		return model.Source{}, model.Errorf(model.Usage, "several sources have refused rows: {sources}", "sources", strings.Join(named, ", ")).WithHint("say of which source")
	case !once:
		return model.Source{}, model.Errorf(model.Empty, "no row of {whose} was refused, so there is nothing to export", "whose", whose)
	case len(open) == 0:
		return model.Source{}, model.Errorf(model.Empty, "all refused rows of {whose} were corrected since, so there is nothing to export", "whose", whose)
	default:
		return model.Source{}, model.Errorf(model.Empty, "all refused rows of {whose} were read again since; {elsewhere}", "whose", whose, "elsewhere", elsewhere)
	}
}

func noSource(id int64) error {
	return model.Errorf(model.NotFound, "no source {source}", "source", id).WithHint("`strata sources` lists them")
}

// shellWord writes a path as one word of a command line, which can be copied.
func shellWord(path string) string {
	path = model.Printable(path)
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r > unicode.MaxASCII || strings.ContainsRune(`/\._-+,:@%=`, r)
	}
	if path != "" && !strings.ContainsFunc(path, func(r rune) bool { return !plain(r) }) {
		return path
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}

// refusals are the refused rows of one source, or of all.
type refusals struct {
	sources []model.Source // those looked at
	rows    session.Rows   // theirs
	since   int64          // refused rows of these that were corrected since
	refused int64          // rows, at first
	list    []rejectRow
	reasons []refusedFor // the most frequent first
}

// readRefusals reads refused rows and counts them; at most so many (0: all) are
// listed. Error: NotFound for a source that is not there.
func readRefusals(ctx context.Context, store model.Store, source int64, limit int) (*refusals, error) {
	all, err := store.Sources(ctx)
	if err != nil {
		return nil, err
	}
	r := &refusals{}
	paths := map[int64]string{}
	again := map[int64]bool{} // sources whose rows are those of another one once more
	for _, s := range all {
		if source == 0 || s.ID == source {
			r.sources = append(r.sources, s)
			paths[s.ID] = s.Path
		}
		_, corrects := session.CorrectedSource(s, all)
		again[s.ID] = corrects && source == 0
	}
	if source != 0 && len(r.sources) == 0 {
		return nil, noSource(source)
	}
	r.rows = session.RowsOf(r.sources)
	if source != 0 {
		r.since = session.CorrectedSince(r.sources[0], all)
	} else {
		r.since = r.rows.Mended
	}
	for reject, err := range store.Rejects(ctx, source) {
		if err != nil {
			return nil, err
		}
		if again[reject.Source] {
			continue
		}
		if limit == 0 || len(r.list) < limit {
			r.list = append(r.list, rejectRow{reject, paths[reject.Source]})
		}
		r.refused++
		at := slices.IndexFunc(r.reasons, func(x refusedFor) bool { return x.code == reject.Code && x.reason == reject.Reason })
		if at < 0 {
			at = len(r.reasons)
			r.reasons = append(r.reasons, refusedFor{code: reject.Code, reason: reject.Reason})
		}
		r.reasons[at].rows++
	}
	slices.SortStableFunc(r.reasons, func(a, b refusedFor) int { return cmp.Compare(b.rows, a.rows) })
	return r, nil
}

// mergedBelow is the width of a terminal that has no room for a column of sources.
const mergedBelow = 100

func (a *app) printRejects(ctx context.Context, store model.Store, source int64, limit int, byReason bool) error {
	r, err := readRefusals(ctx, store, source, limit)
	if err != nil {
		return err
	}
	info, err := store.Info(ctx)
	if err != nil {
		return err
	}
	edge := terminalWidth(a.out)
	return a.tell(r.answer(byReason, a.format == "text" && edge > 0 && edge < mergedBelow, words.Symbol(info.Currency)))
}
