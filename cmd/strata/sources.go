package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/component/figure"
	"strata/tui/session"
)

func (a *app) sourcesCommand() *cobra.Command {
	return answers(&cobra.Command{
		Use:   "sources WORKSPACE",
		Short: catalogue.T("List what was imported and when, how many rows were refused, and what was noticed"),
		Args:  exactly(1, "a workspace"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withStore(cmd.Context(), args[0], a.printSources)
		},
	})
}

func (a *app) printSources(ctx context.Context, store model.Store) error {
	sources, err := store.Sources(ctx)
	if err != nil {
		return err
	}
	info, err := store.Info(ctx)
	if err != nil {
		return err
	}
	return a.tell(sourcesAnswer(sources, info))
}

// sourcesAnswer tells what was imported, in JSON as an array, and people what became
// of its rows.
func sourcesAnswer(sources []model.Source, info model.Info) *answer.Document {
	var rows answer.Slice[sourceRow]
	for _, s := range sources {
		of, _ := session.CorrectedSource(s, sources)
		rows = append(rows, sourceRow{Source: s, corrects: of, since: session.CorrectedSince(s, sources)})
	}
	d := &answer.Document{Title: catalogue.T("Sources"), Bare: true, Flat: "sources"}
	d.Table(answer.TableOf("sources", rows, slices.Concat([]sourceColumn{
		counted(sourceColumn{Key: "id", Title: catalogue.T("id"), In: answer.Everyone}, func(s sourceRow) int64 { return s.ID }),
		{Key: "path", Title: catalogue.T("path"), In: answer.Everyone, Of: func(s sourceRow) answer.Value { return answer.Text(s.Path) }},
		{Key: "kind", Title: catalogue.T("kind"), Light: 4, In: answer.Everyone, Of: func(s sourceRow) answer.Value { return answer.Text(s.Kind).Told(words.Kind(s.Kind)) }},
	}, rowColumns(), []sourceColumn{
		{Key: "imported_at", Title: catalogue.T("imported"), Light: 3, In: answer.Everyone, Of: func(s sourceRow) answer.Value { return moment(s.ImportedAt) }},
		{Key: "fingerprint", Title: catalogue.T("fingerprint"), Light: 5, Means: catalogue.T("the beginning of the SHA-256 of its content"), In: answer.Everyone, Of: func(s sourceRow) answer.Value {
			return answer.Text(s.Fingerprint).Told(s.Fingerprint[:min(12, len(s.Fingerprint))])
		}},
		reasonsColumn(),
		counted(sourceColumn{Key: "duplicates", In: answer.JSON}, func(s sourceRow) int64 { return s.Duplicates }),
	}, refusedColumns(), []sourceColumn{
		counted(sourceColumn{Key: "corrected_since", In: answer.JSON, Optional: true}, func(s sourceRow) int64 { return s.since }),
		counted(sourceColumn{Key: "corrects", In: answer.JSON, Optional: true}, func(s sourceRow) int64 { return s.corrects.ID }),
		joinedColumn(),
		{Key: "warnings", In: answer.JSON, Encoded: func(s sourceRow) any { return append([]model.Warning{}, s.Warnings...) }},
		counted(sourceColumn{Key: "left_out", Title: catalogue.T("left out"), Light: 2, Means: catalogue.T("accepted rows that are not stored"), In: answer.CSV | answer.People}, func(s sourceRow) int64 { return s.LeftOut() }),
		counted(sourceColumn{Key: "warnings", Title: catalogue.T("notices"), In: answer.CSV | answer.People}, func(s sourceRow) int64 { return int64(len(s.Warnings)) }),
	})), answer.Everyone)
	for _, s := range rows {
		d.Say(aboutSource(s, words.Symbol(info.Currency))...)
	}
	return d
}

// aboutSource tells people what became of the rows of a source, what those refused
// are worth, and what its import had to tell.
func aboutSource(s sourceRow, symbol string) []string {
	lines := []string{fmt.Sprintf("%d  %s: %s", s.ID, s.Path, accountLine(s.Source))}
	if s.corrects.ID > 0 {
		lines = append(lines, catalogue.T("   corrects refused rows of source {corrects}, {path}", "corrects", s.corrects.ID, "path", s.corrects.Path))
	}
	if s.since > 0 {
		lines = append(lines, catalogue.T("   corrected since: {rows}", "rows", words.Plural(s.since, "refused row", "refused rows")))
	}
	if money := figure.RefusedMoneyOfFile(session.RowsOf([]model.Source{s.Source}), symbol); money != "" {
		lines = append(lines, catalogue.T("   refused: {money}", "money", money))
	}
	for _, w := range s.Warnings {
		lines = append(lines, catalogue.T("   notice: {message}", "message", w.Message))
	}
	return lines
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
