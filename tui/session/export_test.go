package session_test

import (
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"strata/model"
	"strata/tui/session"
)

func TestSpreadsheetText(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"": "", "Berlin": "Berlin", "-5": "'-5", "=1+1": "'=1+1", "+49": "'+49", "@x": "'@x", "a=b": "a=b",
		"\tx": "'\uFFFDx", "a\x1b[2Jb": "a\uFFFD[2Jb", "a\nb": "a\uFFFDb", "\xff": "\uFFFD",
	} {
		if got := session.SpreadsheetText(in); got != want {
			t.Errorf("SpreadsheetText(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestWithoutFormula(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"=1+1": "'=1+1", "+1": "'+1", "@x": "'@x", "-2": "'-2", "﹦1": "'﹦1", "﹢1": "'﹢1", "﹣1": "'﹣1", "﹫x": "'﹫x", "\tx": "'\tx", "Ann": "Ann", "": "",
		// Parts that become cells of their own where a semicolon or a line end separates them.
		"a;=1": "a;'=1", "a;=1;@b;c-d": "a;'=1;'@b;c-d", "a\n=1": "a\n'=1", "a\r\n+1": "a\r\n'+1", "a\t＝1": "a\t'＝1", "=1;-2": "'=1;'-2", "\t=1": "'\t'=1",
		// Quotation marks are taken off by whoever reads them.
		`"=1"`: `'"=1"`, `a;""=1`: `a;'""=1`, `"Ann" = 1`: `"Ann" = 1`, `"`: `"`, "a;b, c\nd": "a;b, c\nd", "a; -1": "a; -1", "\xff;=\xff": "\xff;'=\xff",
	} {
		if got := session.WithoutFormula(in); got != want {
			t.Errorf("WithoutFormula(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestExportCSV(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "out.csv")
	rows := [][]string{{"1", "a,b"}, {"2", "say \"x\"\nand y"}}
	n, err := session.ExportCSV(t.Context(), path, []string{"id", "text"}, slices.Values(rows))
	if n != 2 || err != nil {
		t.Fatalf("%d rows, %v", n, err)
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	got, err := csv.NewReader(file).ReadAll()
	if err != nil || len(got) != 3 || !slices.Equal(got[2], rows[1]) {
		t.Errorf("read back %q, %v", got, err)
	}
	if _, err := session.ExportCSV(t.Context(), path, []string{"id"}, slices.Values(rows)); model.CodeOf(err) != model.Exists {
		t.Errorf("writing over a file: %v", err)
	}
}

func TestExportCSVLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, "out.csv")
	ctx, cancel := context.WithCancel(t.Context())
	rows := func(yield func([]string) bool) {
		for yield([]string{"x"}) {
			cancel()
		}
	}
	if _, err := session.ExportCSV(ctx, path, []string{"x"}, rows); model.CodeOf(err) != model.Cancelled {
		t.Errorf("stopped with %v", err)
	}
	if left, _ := os.ReadDir(folder); len(left) != 0 {
		t.Errorf("%v is left", left)
	}
	if _, err := session.ExportCSV(t.Context(), filepath.Join(folder, "no", "out.csv"), nil, rows); model.CodeOf(err) != model.Unreadable {
		t.Errorf("writing into no folder: %v", err)
	}
}
