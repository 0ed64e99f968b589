package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"strata/model"
	"strata/model/schemefile"
	"strata/model/sqlite"
	"strata/model/words"
	"strata/tui/session"
)

// checkJSON is the stable JSON of `strata check`.
type checkJSON struct {
	Workspace string      `json:"workspace"`
	OK        bool        `json:"ok"`
	Checks    []foundJSON `json:"checks"`
}

// foundJSON is one check. Found is what is wrong; where all is well, what else
// there is to know.
type foundJSON struct {
	Name  string   `json:"name"`
	OK    bool     `json:"ok"`
	Found []string `json:"found"`
}

func newCheckJSON(path string, findings []sqlite.Finding) checkJSON {
	j := checkJSON{Workspace: path, OK: true, Checks: []foundJSON{}}
	for _, f := range findings {
		j.OK = j.OK && f.OK
		j.Checks = append(j.Checks, foundJSON{f.Name, f.OK, append([]string{}, f.Found...)})
	}
	return j
}

// failed is how many checks did not hold.
func (j checkJSON) failed() int {
	n := 0
	for _, c := range j.Checks {
		if !c.OK {
			n++
		}
	}
	return n
}

func (a *app) checkCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "check WORKSPACE",
		Short: "Look through a whole workspace for damage, and say what is wrong",
		Long: `check reads every page of a workspace and compares what should agree: SQLite's own
check, the schema, rows that belong together, the account of each import with its
orders, lines and refused rows, the columns for quick opening with the tables they
are made of, schemes, edits, scenarios, and the table shown first. The schema comes
first: into a workspace with anything that strata has not made, such as a trigger, it
looks no further. It changes nothing.

Exit status 0: all is well. 1: the workspace is damaged; what is wrong is listed.`,
		Example: `  strata check shop.strata
  strata check shop.strata --format json`,
		Args: exactly(1, "a workspace"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.check(cmd.Context(), args[0])
		},
	}
}

func (a *app) check(ctx context.Context, path string) error {
	p := a.startProgress()
	findings, err := sqlite.Check(ctx, path, readScheme, p.report)
	if err == nil {
		err = a.checkShown(ctx, path, findings)
	}
	p.stop()
	if err != nil {
		return err
	}
	j := newCheckJSON(path, findings)
	if err := a.writeCheck(j); err != nil || j.OK {
		return err
	}
	return model.Errorf(model.Corrupt, "%q is damaged: %d of %d checks found something", path, j.failed(), len(j.Checks)).
		WithHint("restore a copy of it, or import the client's files again")
}

// readScheme says why the text of a scheme cannot be read.
func readScheme(text string) error {
	_, err := schemefile.Decode([]byte(text))
	return err
}

// checkShown computes the table that is shown first, which takes a workspace that
// is sound otherwise.
func (a *app) checkShown(ctx context.Context, path string, findings []sqlite.Finding) error {
	if !newCheckJSON(path, findings).OK {
		return nil
	}
	return a.withSession(ctx, path, &schemeFlags{}, func(ctx context.Context, s *session.Session) error {
		wrong, err := s.CheckSnapshot(ctx)
		if err != nil || wrong == "" {
			return err
		}
		last := &findings[len(findings)-1]
		last.OK, last.Found = false, []string{wrong}
		return nil
	})
}

func (a *app) writeCheck(j checkJSON) error {
	switch a.format {
	case "json":
		return a.writeJSON(j)
	case "csv":
		t := newTable("name", "ok", "found")
		for _, c := range j.Checks {
			t.row(c.Name, fmt.Sprint(c.OK), strings.Join(c.Found, "; "))
		}
		return a.writeCSV(t)
	}
	for _, c := range j.Checks {
		mark := "ok     "
		if !c.OK {
			mark = "damaged"
		}
		fmt.Fprintf(a.out, "%s  %s\n", mark, strings.ReplaceAll(c.Name, "-", " "))
		for _, found := range c.Found {
			fmt.Fprintf(a.out, "         %s\n", model.Printable(found))
		}
	}
	if j.OK {
		fmt.Fprintf(a.out, "%s: all is well\n", model.Printable(j.Workspace))
	}
	return nil
}

// backupJSON is the stable JSON of `strata backup`.
type backupJSON struct {
	Workspace string      `json:"workspace"`
	File      string      `json:"file"`
	Bytes     int64       `json:"bytes"`
	Checks    []foundJSON `json:"checks"`
}

func (a *app) backupCommand() *cobra.Command {
	var force bool
	cmd := &cobra.Command{
		Use:   "backup WORKSPACE FILE",
		Short: "Copy a workspace as it is at one moment, also while it is open, and check the copy",
		Long: `backup copies a workspace, also while a workbench has it open, checks the copy as
strata check does, and only then gives it its name. Only its owner may read the
copy. On error or Ctrl+C nothing is left behind.`,
		Example: `  strata backup shop.strata shop-$(date +%F).strata
  strata backup shop.strata copy.strata --force`,
		Args: exactly(2, "a workspace and the file to make"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.backup(cmd.Context(), args[0], args[1], force)
		},
	}
	cmd.Flags().BoolVar(&force, "force", false, "overwrite the file if it is there")
	return cmd
}

func (a *app) backup(ctx context.Context, path, to string, force bool) error {
	p := a.startProgress()
	size, findings, err := sqlite.Backup(ctx, path, to, force, readScheme, p.report)
	p.stop()
	if err != nil {
		return err
	}
	if a.format == "text" {
		_, err := fmt.Fprintf(a.out, "%s copied to %s: %s bytes, %d checks held\n",
			model.Printable(path), model.Printable(to), words.Count(size), len(findings))
		return err
	}
	j := backupJSON{path, to, size, newCheckJSON(to, findings).Checks}
	if a.format == "json" {
		return a.writeJSON(j)
	}
	t := newTable("workspace", "file", "bytes")
	t.right(2)
	t.row(j.Workspace, j.File, fmt.Sprint(j.Bytes))
	return a.writeCSV(t)
}
