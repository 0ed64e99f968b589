package session_test

import (
	"errors"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"strata/model"
	"strata/tui/session"
)

func rejects(t *testing.T) *session.Rejects {
	t.Helper()
	r, err := session.NewRejects([]model.Source{{ID: 1, Path: "a.csv"}, {ID: 2, Path: "=b.csv"}}, sequence(
		model.Reject{Source: 1, Line: 4, Column: "Customer", Code: "no-customer", Reason: "the customer is missing"},
		model.Reject{Source: 1, Line: 9, Column: "Date", Value: "31/31", Code: "bad-date", Reason: "31/31 is no day", Row: "7,31/31,1.50"},
		model.Reject{Source: 2, Line: 2, Column: "Customer", Value: "=cmd()\x1b", Code: "no-customer", Reason: "the customer is missing", Row: "=cmd()\x1b,5"},
	))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func sequence(rows ...model.Reject) iter.Seq2[model.Reject, error] {
	return func(yield func(model.Reject, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func TestRejectsAreSelected(t *testing.T) {
	t.Parallel()
	all := rejects(t)
	for _, c := range []struct {
		source  int64
		code    string
		rows    int
		reasons string
	}{
		{0, "", 3, "no-customer bad-date"},
		{0, "no-customer", 2, "no-customer bad-date"},
		{1, "", 2, "bad-date no-customer"},
		{2, "bad-date", 0, "no-customer"},
		{3, "", 0, ""},
	} {
		l := all.Of(c.source, c.code)
		var codes []string
		for _, r := range l.Reasons() {
			codes = append(codes, r.Code)
		}
		if l.Len() != c.rows || strings.Join(codes, " ") != c.reasons {
			t.Errorf("of source %d and %q: %d rows, reasons %q", c.source, c.code, l.Len(), codes)
		}
	}
	row, file := all.Of(1, "bad-date").At(0)
	if file != "a.csv" || row != (model.Reject{Source: 1, Line: 9, Column: "Date", Value: "31/31", Code: "bad-date", Reason: "31/31 is no day", Row: "7,31/31,1.50"}) {
		t.Errorf("row %+v of %s", row, file)
	}
}

func TestRejectsThatCannotBeRead(t *testing.T) {
	t.Parallel()
	broken := errors.New("the disk is gone")
	_, err := session.NewRejects(nil, func(yield func(model.Reject, error) bool) { yield(model.Reject{}, broken) })
	if !errors.Is(err, broken) {
		t.Errorf("the error is %v", err)
	}
}

func TestRejectsAreExportedSafely(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "refused.csv")
	n, err := rejects(t).Of(2, "").Export(t.Context(), path)
	if n != 1 || err != nil {
		t.Fatalf("%d rows, %v", n, err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	const want = "file,line,column,value,code,reason,row\n'=b.csv,2,Customer,'=cmd()\uFFFD,no-customer,the customer is missing,\"'=cmd()\uFFFD,5\"\n"
	if string(text) != want {
		t.Errorf("wrote %q, want %q", text, want)
	}
}
