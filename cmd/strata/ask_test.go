package main

import (
	"bytes"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"strata/importer"
	"strata/model"
	"strata/tui/session"
)

// What is ambiguous is asked, and the answer is what a flag would have said.
func TestAmbiguousFilesAreAskedAbout(t *testing.T) {
	t.Parallel()
	file := writeFile(t, filepath.Join(t.TempDir(), "orders.csv"), "emp_id;table_id;date;amount\n1;7;03/04/2020;1.234\n2;7;05/06/2020;2.500\n1;8;05/06/2020;9.000\n3;9;05/06/2020;1.234\n")
	i := session.Import{Files: []string{file}}
	answers := strings.NewReader("") // one a question, as a person types them
	for _, answer := range []string{"7\nx\n1\n", "2\n", "1\n"} {
		err := i.LookAt(t.Context())
		if model.CodeOf(err) != model.Ambiguous {
			t.Fatalf("%+v: %v", i.Options, err)
		}
		answers.Reset(answer)
		var asked bytes.Buffer
		if i.Options, err = decide(err, i.Options, answers, &asked); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(asked.String(), "  1  ") {
			t.Error(asked.String())
		}
	}
	r, err := session.Rehearse(t.Context(), workspaces{}, filepath.Join(t.TempDir(), "w.strata"), i, nil)
	if err != nil {
		t.Fatal(err)
	}
	if row := r.Previews[0].Rows[0]; row.Customer != "1" || row.Day.String() != "2020-04-03" || row.Amount.String() != "1234.00" {
		t.Errorf("%+v", row)
	}
	other := errors.New("other")
	if _, err := decide(other, importer.Options{}, answers, new(bytes.Buffer)); !errors.Is(err, other) {
		t.Error(err)
	}
}
