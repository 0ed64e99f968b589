package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"strata/model"
	"strata/model/words"
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
	// As an import tells them.
	Reasons    map[string]int64 `json:"reasons"`
	Duplicates int64            `json:"duplicates"`
	leftOutJSON
	refusedMoneyJSON
	correctionsJSON
	Warnings []model.Warning `json:"warnings"`
}

func (a *app) sourcesCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "sources WORKSPACE",
		Short: "List what was imported, when, how many rows were refused, and what the imports had to tell",
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
	notices := "warnings"
	if a.format == "text" {
		notices = "notices"
	}
	t := newTable("id", "path", "kind", "rows", "accepted", "mended", "rejected", "imported_at", "fingerprint", "left_out", notices)
	t.right(0, 3, 4, 5, 6, 9, 10)
	for i, s := range sources {
		list[i] = sourceJSON{
			ID: s.ID, Path: s.Path, Kind: string(s.Kind), Rows: s.Rows, Accepted: s.Accepted, Corrected: s.Corrected,
			Rejected: s.Rejected, ImportedAt: s.ImportedAt.UTC().Format(time.RFC3339), Fingerprint: s.Fingerprint,
			Reasons: reasonsOf(s), Duplicates: s.Duplicates, leftOutJSON: newLeftOutJSON(s), refusedMoneyJSON: newRefusedMoneyJSON(s),
			correctionsJSON: newCorrectionsJSON(s, sources), Warnings: append([]model.Warning{}, s.Warnings...),
		}
		count := func(n int64) string { return strconv.FormatInt(n, 10) }
		imported, fingerprint := list[i].ImportedAt, s.Fingerprint
		if a.format == "text" {
			count = words.Count
			imported = s.ImportedAt.Local().Format("2006-01-02 15:04")
			fingerprint = fingerprint[:min(12, len(fingerprint))]
		}
		t.row(count(s.ID), s.Path, string(s.Kind), count(s.Rows), count(s.Accepted), count(s.Corrected), count(s.Rejected),
			imported, fingerprint, count(s.LeftOut()), count(int64(len(s.Warnings))))
	}
	if a.format == "json" {
		return a.writeJSON(list)
	}
	if err := a.writeTable(t); err != nil || a.format == "csv" {
		return err
	}
	info, err := store.Info(ctx)
	if err != nil {
		return err
	}
	symbol := words.Symbol(info.Currency)
	for _, s := range sources {
		a.printAbout(s, sources, symbol)
	}
	return nil
}

// correctionsJSON tells of refused rows that were corrected.
type correctionsJSON struct {
	CorrectedSince int64 `json:"corrected_since,omitempty"` // of the rejected rows
	Corrects       int64 `json:"corrects,omitempty"`        // the source whose refused rows these are
	JoinedOrders   int64 `json:"joined_orders,omitempty"`   // orders that joined one of that source
}

func newCorrectionsJSON(s model.Source, sources []model.Source) correctionsJSON {
	of, _ := session.CorrectedSource(s, sources)
	return correctionsJSON{CorrectedSince: session.CorrectedSince(s, sources), Corrects: of.ID, JoinedOrders: s.Joined}
}

// printAbout tells people what became of the rows of a source, what those refused
// are worth, and what its import had to tell.
func (a *app) printAbout(s model.Source, sources []model.Source, symbol string) {
	fmt.Fprintf(a.out, "\n%d  %s: %s\n", s.ID, model.Printable(s.Path), accountLine(s))
	if of, ok := session.CorrectedSource(s, sources); ok {
		fmt.Fprintf(a.out, "   corrects rows that were refused of source %d, %s\n", of.ID, model.Printable(of.Path))
	}
	if n := session.CorrectedSince(s, sources); n > 0 {
		fmt.Fprintf(a.out, "   corrected since: %s\n", words.Plural(n, "refused row", "refused rows"))
	}
	if money := figure.RefusedMoney(session.RowsOf([]model.Source{s}), symbol); money != "" {
		fmt.Fprintf(a.out, "   refused: %s\n", money)
	}
	for _, w := range s.Warnings {
		fmt.Fprintf(a.out, "   notice: %s\n", model.Printable(w.Message))
	}
}

// reasonsOf is never nil, as JSON wants it.
func reasonsOf(s model.Source) map[string]int64 {
	if s.Reasons == nil {
		return map[string]int64{}
	}
	return s.Reasons
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
		parts[i] = fmt.Sprintf("%s %s", words.Count(reasons[c]), model.Printable(c))
	}
	return strings.Join(parts, ", ")
}
