package main

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"strata/model"
	"strata/tui/component/figure"
	"strata/tui/session"
)

type sourceJSON struct {
	ID          int64  `json:"id"`
	Path        string `json:"path"`
	Kind        string `json:"kind"`
	Rows        int64  `json:"rows"`
	Accepted    int64  `json:"accepted"`
	Corrected   int64  `json:"corrected"`
	Rejected    int64  `json:"rejected"`
	ImportedAt  string `json:"imported_at"`
	Fingerprint string `json:"fingerprint"`
}

func (a *app) sourcesCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "sources WORKSPACE",
		Short: "List what was imported, when, and how many rows were refused",
		Args:  exactly(1, "a workspace"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withStore(cmd.Context(), args[0], a.printSources)
		},
	}
}

func (a *app) printSources(ctx context.Context, store model.Store) error {
	sources, err := store.Sources(ctx)
	if err != nil {
		return err
	}
	list := make([]sourceJSON, len(sources))
	t := newTable("id", "path", "kind", "rows", "accepted", "corrected", "rejected", "imported_at", "fingerprint")
	t.right(0, 3, 4, 5, 6)
	for i, s := range sources {
		list[i] = sourceJSON{
			ID: s.ID, Path: s.Path, Kind: string(s.Kind), Rows: s.Rows, Accepted: s.Accepted, Corrected: s.Corrected,
			Rejected: s.Rejected, ImportedAt: s.ImportedAt.UTC().Format(time.RFC3339), Fingerprint: s.Fingerprint,
		}
		count := func(n int64) string { return strconv.FormatInt(n, 10) }
		imported, fingerprint := list[i].ImportedAt, s.Fingerprint
		if a.format == "text" {
			count = figure.Count
			imported = s.ImportedAt.Local().Format("2006-01-02 15:04")
			fingerprint = fingerprint[:min(12, len(fingerprint))]
		}
		t.row(count(s.ID), s.Path, string(s.Kind), count(s.Rows), count(s.Accepted), count(s.Corrected), count(s.Rejected), imported, fingerprint)
	}
	if a.format == "json" {
		return a.writeJSON(list)
	}
	return a.writeTable(t)
}

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
	limit, export := 0, ""
	cmd := &cobra.Command{
		Use:   "rejects WORKSPACE [SOURCE]",
		Short: "List every refused row with file, line, column, value and reason",
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
					return a.exportRefused(ctx, store, source, export)
				}
				return a.printRejects(ctx, store, source, limit)
			})
		},
	}
	cmd.Flags().IntVar(&limit, "limit", 0, "at most so many rows (0: all)")
	cmd.Flags().StringVar(&export, "export", "", "write the refused rows of one source to this file as they stand in theirs, to be corrected and imported")
	return cmd
}

// exportRefused writes the refused rows of a source to a new file.
func (a *app) exportRefused(ctx context.Context, store model.Store, source int64, path string) error {
	sources, err := store.Sources(ctx)
	if err != nil {
		return err
	}
	for _, s := range sources {
		switch {
		case s.Rejected == 0 || source != 0 && s.ID != source:
		case source == 0 && len(sources) > 1:
			return model.Errorf(model.Usage, "there are several sources").WithHint("say whose rows: `strata sources` lists them")
		default:
			source = s.ID
		}
	}
	var rows bytes.Buffer
	n, err := session.CopyRefused(ctx, store, source, &rows)
	if err != nil {
		return err
	}
	if err := writeNew(path, rows.String()); err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.out, "%s: %s; correct them and import that file\n", model.Printable(path), figure.Plural(int64(n), "refused row", "refused rows"))
	return err
}

func (a *app) printRejects(ctx context.Context, store model.Store, source int64, limit int) error {
	sources, err := store.Sources(ctx)
	if err != nil {
		return err
	}
	paths := map[int64]string{}
	for _, s := range sources {
		paths[s.ID] = s.Path
	}
	if _, ok := paths[source]; source != 0 && !ok {
		return model.Errorf(model.NotFound, "no source %d", source).WithHint("`strata sources` lists them")
	}
	list := []rejectJSON{}
	for r, err := range store.Rejects(ctx, source) {
		if err != nil {
			return err
		}
		list = append(list, newRejectJSON(r, paths[r.Source]))
		if len(list) == limit {
			break
		}
	}
	if a.format == "json" {
		return a.writeJSON(list)
	}
	t := newTable("source", "file", "line", "column", "value", "code", "reason")
	t.right(0, 2)
	for _, r := range list {
		t.row(strconv.FormatInt(r.Source, 10), r.File, strconv.FormatInt(r.Line, 10), r.Column, r.Value, r.Code, r.Reason)
	}
	return a.writeTable(t)
}

// reasonsText writes reject codes with their counts, the most frequent first.
func reasonsText(reasons map[string]int64) string {
	codes := slices.SortedFunc(maps.Keys(reasons), func(a, b string) int {
		if n := reasons[b] - reasons[a]; n != 0 {
			return int(n)
		}
		return strings.Compare(a, b)
	})
	parts := make([]string, len(codes))
	for i, c := range codes {
		parts[i] = fmt.Sprintf("%s %s", figure.Count(reasons[c]), c)
	}
	return strings.Join(parts, ", ")
}
