package session

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	"strata/importer"
	"strata/model"
)

// CopyRefused writes the refused rows of a source, as they stand in its file,
// to w, below the file's header, and returns how many there are. Errors:
// NotFound (no such source or file), Empty (nothing was refused), Invalid (the
// file has changed).
func CopyRefused(ctx context.Context, store model.Store, source int64, w io.Writer) (int, error) {
	sources, err := store.Sources(ctx)
	if err != nil {
		return 0, err
	}
	at := slices.IndexFunc(sources, func(s model.Source) bool { return s.ID == source })
	if at < 0 {
		return 0, model.Errorf(model.NotFound, "no source {source}", "source", source).WithHint("`strata sources` lists them")
	}
	var lines []int64
	for r, err := range store.Rejects(ctx, source) {
		if err != nil {
			return 0, err
		}
		lines = append(lines, r.Line)
	}
	if len(lines) == 0 {
		return 0, model.Errorf(model.Empty, "no row of {path} was refused", "path", sources[at].Path)
	}
	if sources[at].Path == stdin {
		return 0, model.Errorf(model.NotFound, "source {source} came from stdin and was not stored", "source", source).WithHint("`strata rejects` lists what was wrong with each row")
	}
	in, err := importer.Open(ctx, sources[at].Path, nil)
	if err != nil {
		return 0, err
	}
	slices.Sort(lines)
	return len(lines), errors.Join(importer.CopyRecords(ctx, in, sources[at], lines, w), in.Close())
}

// RefusedPlan returns the plan that reads the refused rows of a source, as
// [CopyRefused] writes them, like the rest of its file: everything chosen and
// everything that the whole file had told, and whose rows they are, so that they
// join its orders. What of corrections was refused corrects the same source as they.
func RefusedPlan(source model.Source) string {
	lines := strings.SplitAfter(source.Plan, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, "encoding:") {
			lines[i] = "encoding: utf-8\n"
		}
	}
	plan := strings.Join(lines, "")
	if source.Corrects == "" {
		plan += "corrects: " + source.Fingerprint + "\n"
	}
	return plan
}

// stdin is the path of a source that came from there.
const stdin = "stdin"
