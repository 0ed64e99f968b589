package importer_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"strata/importer"
	"strata/model"
)

// The order of the rows decides nothing: any shuffle of a file gives the same
// orders, refusals and notices, or the same question.
func TestRowOrderDecidesNothing(t *testing.T) {
	t.Parallel()
	const shuffles = 10
	files := shuffled(t)
	for _, path := range files {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			head, rows := apart(content)
			want := unordered(t, head, rows)
			random := rand.New(rand.NewPCG(1, uint64(len(content))))
			for range shuffles {
				random.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
				if got := unordered(t, head, rows); got != want {
					t.Fatalf("only then:\n%sonly before:\n%s", without(got, want), without(want, got))
				}
			}
		})
	}
}

// without returns the lines of a text that another one lacks.
func without(text, other string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if !strings.Contains(other, line) {
			b.WriteString(line)
		}
	}
	return b.String()
}

// shuffled lists the files that are shuffled: those of the battery and, where
// they are, real and faulty ones of the shared data, that have a header of one
// line and rows of one line each.
func shuffled(t *testing.T) []string {
	t.Helper()
	var files []string
	for _, pattern := range []string{
		"testdata/battery/*", "testdata/faults/*.csv", "../../shared/data/faults/*.csv", "../../shared/data/faults/*.tsv", "../../shared/data/faults/*.txt",
		"../../shared/data/cdnow/CDNOW_sample.txt", "../../shared/data/r_rfm/rfm_data_orders.csv",
	} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	files = slices.DeleteFunc(files, func(path string) bool {
		content, err := os.ReadFile(path)
		head, rows := apart(content)
		// Of two tables in one file a row belongs to the one above it.
		tables := slices.Contains(rows, strings.TrimRight(head, "\r")) || strings.HasPrefix(filepath.Base(path), "second-")
		return tables || err != nil || strings.HasSuffix(path, wantSuffix) || len(rows) < 3 || bytes.Contains(content, []byte{0}) || !plainRows(t, path, content)
	})
	const fewest = 20
	if len(files) < fewest {
		t.Fatalf("only %d files", len(files))
	}
	return files
}

// plainRows reports whether each row of a file stands on a line of its own,
// below one line of header. Where something else stands, or where a quote is
// open, the order of lines says what a row is.
func plainRows(t *testing.T, path string, content []byte) bool {
	t.Helper()
	in, err := importer.Open(t.Context(), path, nil)
	if err != nil {
		return false
	}
	defer in.Close()
	plan, err := importer.Detect(context.Background(), in, importer.Options{})
	if err != nil {
		return model.CodeOf(err) == model.Ambiguous
	}
	return plan.Skip == 0 && plan.HeaderLines == 1 && bytes.Count(content, []byte{'"'})%2 == 0 && !multiline.Match(content)
}

var multiline = regexp.MustCompile(`"[^"\n]*\n[^"]*"`)

// apart returns the first line of a file and the others.
func apart(content []byte) (head string, rows []string) {
	head, rest, _ := strings.Cut(string(content), "\n")
	for row := range strings.Lines(rest) {
		if strings.TrimSpace(row) != "" {
			rows = append(rows, strings.TrimRight(row, "\r\n"))
		}
	}
	return head, rows
}

var lineNumber = regexp.MustCompile(`line \d+: "[^"]*"|(line|:)\s?\d+`)

// unordered reads rows and writes what came of it in an order of its own.
func unordered(t *testing.T, head string, rows []string) string {
	t.Helper()
	plan, intake, err := read(t.Context(), head+"\n"+strings.Join(rows, "\n")+"\n", importer.Options{})
	if err != nil {
		var q *importer.Question
		if errors.As(err, &q) {
			var readings []string
			for _, c := range q.Choices {
				readings = append(readings, c.Reading)
			}
			return fmt.Sprintf("%s: %s", model.CodeOf(err), strings.Join(readings, " | "))
		}
		return string(model.CodeOf(err)) + ": " + lineNumber.ReplaceAllString(err.Error(), "line")
	}
	var lines []string
	for order := range strings.Lines(show(intake)) {
		lines = append(lines, order)
	}
	for _, r := range intake.Rejects {
		lines = append(lines, fmt.Sprintf("refused: %s %q %s\n", r.Column, r.Value, r.Code))
	}
	slices.Sort(lines)
	for _, w := range plan.Warnings {
		lines = append(lines, fmt.Sprintf("%s: %s\n", w.Code, w.Message))
	}
	return fmt.Sprintf("%s\n%s", plan, strings.Join(lines, ""))
}
