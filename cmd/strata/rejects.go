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
	"strata/model/disk"
	"strata/model/words"
	"strata/tui/component/figure"
	"strata/tui/session"
)

type rejectJSON struct {
	Source int64  `json:"source"`
	File   string `json:"file"`
	Line   int64  `json:"line"`
	Column string `json:"column"`
	Value  string `json:"value"`
	Code   string `json:"code"`
	Reason string `json:"reason"`
	Row    string `json:"row"`
}

func newRejectJSON(r model.Reject, file string) rejectJSON {
	return rejectJSON{r.Source, file, r.Line, r.Column, r.Value, r.Code, r.Reason, r.Row}
}

func (a *app) rejectsCommand() *cobra.Command {
	limit, export, byReason := 0, "", false
	cmd := &cobra.Command{
		Use:   "rejects WORKSPACE [SOURCE]",
		Short: "List every refused row with file, line, column, value, reason and the row itself",
		Long: `Tells for which reasons rows were refused, with their shares, and lists every refused row as it
stands in its file. On a terminal the first 50 are listed, unless --limit says otherwise; --by-reason
prints the shares alone. --export F writes the rows to a file, to be corrected, and how they are read
like the rest to F.plan.yaml; it tells the command that does so. Imported with that plan, a row joins
the order whose other rows are stored, and no correction counts twice.`,
		Example: `  strata rejects shop.strata
  strata rejects shop.strata 2 --by-reason --format csv
  strata rejects shop.strata 1 --export refused.csv`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 || len(args) == 2 {
				return nil
			}
			return exactly(1, "a workspace, and the id of a source if you like")(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			source := int64(0)
			if len(args) == 2 {
				var err error
				if source, err = strconv.ParseInt(args[1], 10, 64); err != nil || source < 1 {
					return model.Errorf(model.Usage, "%q is not the id of a source", args[1]).WithHint("`strata sources %s` lists them", args[0])
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
	cmd.Flags().IntVar(&limit, "limit", 0, "at most so many rows (0: all; on a terminal 50 unless told)")
	cmd.Flags().BoolVar(&byReason, "by-reason", false, "only how many rows were refused for each reason, with their shares")
	cmd.Flags().StringVar(&export, "export", "", "write the refused rows of one source to this file as they stand in theirs, to be corrected and imported")
	return cmd
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
	them := "them"
	if n == 1 {
		them = "it"
	}
	since := ""
	if n := session.CorrectedSince(source, sources); n > 0 {
		since = fmt.Sprintf(", of which %s corrected since: take those out", words.Plural(n, "was", "were"))
	}
	_, err = fmt.Fprintf(a.out, "%s: %s%s; correct %s, then read %s like the rest with: strata import %s %s --plan %s\n", model.Printable(path),
		words.Plural(int64(n), "refused row", "refused rows"), since, them, them, shellWord(workspace), shellWord(path), shellWord(plan))
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
			named = append(named, fmt.Sprintf("%d (%s of %s)", s.ID, words.Plural(left[s.ID], "row", "rows"), filepath.Base(s.Path)))
		}
	}
	if at := slices.IndexFunc(open, func(s model.Source) bool { return s.ID == id }); at >= 0 {
		return open[at], nil
	}
	whose := workspace
	if id != 0 {
		whose = fmt.Sprintf("source %d", id)
	}
	switch elsewhere := "refused rows that are left are those of source " + strings.Join(named, " and "); {
	case id == 0 && len(open) == 1:
		return open[0], nil
	case id == 0 && len(open) > 1:
		return model.Source{}, model.Errorf(model.Usage, "several sources have refused rows: %s", strings.Join(named, ", ")).WithHint("say whose rows")
	case !once:
		return model.Source{}, model.Errorf(model.Empty, "no row of %s was refused, so there is nothing to export", whose)
	case len(open) == 0:
		return model.Source{}, model.Errorf(model.Empty, "all refused rows of %s were corrected since, so there is nothing to export", whose)
	default:
		return model.Source{}, model.Errorf(model.Empty, "all refused rows of %s were read again since; the %s", whose, elsewhere)
	}
}

func noSource(id int64) error {
	return model.Errorf(model.NotFound, "no source %d", id).WithHint("`strata sources` lists them")
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

// refusedJSON is how many rows were refused for one reason.
type refusedJSON struct {
	Code           string  `json:"code"`
	Reason         string  `json:"reason"`
	Rows           int64   `json:"rows"`
	ShareOfRefused float64 `json:"share_of_refused"`
	ShareOfRows    float64 `json:"share_of_rows"` // of all that were read
}

// refusals are the refused rows of one source, or of all.
type refusals struct {
	sources []model.Source // those looked at
	rows    session.Rows   // theirs
	since   int64          // refused rows of these that were corrected since
	refused int64          // rows, at first
	list    []rejectJSON
	reasons []refusedJSON // the most frequent first
}

// readRefusals reads refused rows and counts them; at most so many (0: all) are
// listed. Error: NotFound for a source that is not there.
func readRefusals(ctx context.Context, store model.Store, source int64, limit int) (*refusals, error) {
	all, err := store.Sources(ctx)
	if err != nil {
		return nil, err
	}
	r := &refusals{list: []rejectJSON{}, reasons: []refusedJSON{}}
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
			r.list = append(r.list, newRejectJSON(reject, paths[reject.Source]))
		}
		r.refused++
		at := slices.IndexFunc(r.reasons, func(x refusedJSON) bool { return x.Code == reject.Code && x.Reason == reject.Reason })
		if at < 0 {
			at = len(r.reasons)
			r.reasons = append(r.reasons, refusedJSON{Code: reject.Code, Reason: reject.Reason})
		}
		r.reasons[at].Rows++
	}
	slices.SortStableFunc(r.reasons, func(a, b refusedJSON) int { return cmp.Compare(b.Rows, a.Rows) })
	for i := range r.reasons {
		n := &r.reasons[i]
		n.ShareOfRefused, n.ShareOfRows = float64(n.Rows)/float64(r.refused), float64(n.Rows)/float64(max(r.rows.Read, 1))
	}
	return r, nil
}

func (a *app) printRejects(ctx context.Context, store model.Store, source int64, limit int, byReason bool) error {
	r, err := readRefusals(ctx, store, source, limit)
	if err != nil {
		return err
	}
	switch {
	case byReason && a.format == "json":
		return a.writeJSON(r.reasons)
	case byReason && a.format == "csv":
		t := newTable("code", "reason", "rows", "share_of_refused", "share_of_rows")
		t.right(2, 3, 4)
		for _, n := range r.reasons {
			share := func(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
			t.row(n.Code, n.Reason, strconv.FormatInt(n.Rows, 10), share(n.ShareOfRefused), share(n.ShareOfRows))
		}
		return a.writeCSV(t)
	case a.format == "json":
		return a.writeJSON(r.list)
	case a.format == "csv":
		t := newTable("source", "file", "line", "column", "value", "code", "reason", "row")
		t.right(0, 2)
		for _, x := range r.list {
			t.row(strconv.FormatInt(x.Source, 10), x.File, strconv.FormatInt(x.Line, 10), x.Column, x.Value, x.Code, x.Reason, x.Row)
		}
		return a.writeCSV(t)
	}
	info, err := store.Info(ctx)
	if err != nil {
		return err
	}
	if err := a.printReasons(r, words.Symbol(info.Currency)); err != nil || byReason || len(r.list) == 0 {
		return err
	}
	fmt.Fprintln(a.out)
	if err := a.writeRefused(r); err != nil {
		return err
	}
	if more := r.refused - int64(len(r.list)); more > 0 {
		_, err = fmt.Fprintf(a.out, "and %s more; --limit 0 lists them all, --export FILE writes them to a file\n", words.Count(more))
	}
	return err
}

// printReasons tells people how many rows were refused, for what, and what they
// are worth.
func (a *app) printReasons(r *refusals, symbol string) error {
	of := words.Plural(int64(len(r.sources)), "file", "files")
	if len(r.sources) == 1 {
		of = model.Printable(r.sources[0].Path)
	}
	if r.refused == 0 {
		_, err := fmt.Fprintf(a.out, "%s: no row of %s was refused\n", of, words.Count(r.rows.Read))
		return err
	}
	refused := r.refused - r.since
	line := fmt.Sprintf("%s: %s of %s rows refused (%s)", of, words.Count(refused), words.Count(r.rows.Read), words.Share(refused, r.rows.Read))
	first := "refused for"
	if r.since > 0 {
		line += "; " + words.Plural(r.since, "more was refused at first, and corrected since", "more were refused at first, and corrected since")
		first = "at first for"
	} else if money := figure.RefusedMoney(r.rows, symbol); money != "" {
		line += "; " + money
	}
	fmt.Fprintf(a.out, "%s\n\n", line)
	t := newTable(first, "rows", "of refused", "of all rows", "")
	t.right(1, 2, 3)
	rowsOf := make([]int64, len(r.reasons))
	for i, n := range r.reasons {
		rowsOf[i] = n.Rows
	}
	ofRefused := words.Shares(rowsOf, r.refused)
	for i, n := range r.reasons {
		t.row(n.Code, words.Count(n.Rows), ofRefused[i], words.Percent(n.ShareOfRows), n.Reason)
	}
	return a.writeText(t)
}

// mergedBelow is the width of a terminal that has no room for a column of sources.
const mergedBelow = 100

// writeRefused lists the rows for people. Where there are several files, each is
// named once above them, and the rows have its number.
func (a *app) writeRefused(r *refusals) error {
	if len(r.sources) == 1 {
		return a.writeText(r.table(false, false))
	}
	t := newTable("source", "refused", "file")
	t.right(0, 1)
	for _, s := range r.sources {
		if s.Rejected > 0 {
			t.row(words.Count(s.ID), words.Count(s.Rejected), s.Path)
		}
	}
	if err := a.writeText(t); err != nil {
		return err
	}
	if err := a.newline(); err != nil {
		return err
	}
	edge := terminalWidth(a.out)
	return a.writeText(r.table(true, edge > 0 && edge < mergedBelow))
}

// table lists the rows, each with the number of its file if there are several;
// merged, it stands before that of the line: "2:17".
func (r *refusals) table(several, merged bool) *table {
	header := []string{"line", "column", "value", "refused for", "row"}
	if several && !merged {
		header = append([]string{"source"}, header...)
	}
	t := newTable(header...)
	t.Cut = true
	if t.right(0); several && !merged {
		t.right(0, 1)
	}
	for _, x := range r.list {
		value := x.Value
		if x.Column == "" { // it is the row
			value = ""
		}
		line, source := words.Count(x.Line), words.Count(x.Source)
		if merged {
			line = source + ":" + line
		}
		cells := []string{line, x.Column, value, x.Code, x.Row}
		if several && !merged {
			cells = append([]string{source}, cells...)
		}
		t.row(cells...)
	}
	return t
}
