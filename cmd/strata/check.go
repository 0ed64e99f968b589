package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
	"strata/model/schemefile"
	"strata/model/sqlite"
	"strata/model/words"
	"strata/tui/session"
)

// failed is how many checks did not hold.
func failed(findings []sqlite.Finding) int {
	n := 0
	for _, f := range findings {
		if !f.OK {
			n++
		}
	}
	return n
}

func (a *app) checkCommand() *cobra.Command {
	return answers(&cobra.Command{
		Use:   "check WORKSPACE",
		Short: catalogue.T("Check a whole workspace for damage, and list what is wrong"),
		Long: catalogue.T(`check reads every page of a workspace and compares what should agree: SQLite's own
check, the schema, rows that belong together, the account of each import with its
orders, lines and refused rows, the columns for quick opening with the tables they
are made from, schemes, edits, scenarios, and the table shown first. It changes
nothing. The schema comes first: if a workspace has anything in it that strata did not
make, such as a trigger, checking ends there.

Exit status 0: all is well. 1: the workspace is damaged; what is wrong is listed.`),
		Example: `  strata check shop.strata
  strata check shop.strata --format json`,
		Args: exactly(1, "a workspace"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.check(cmd.Context(), args[0])
		},
	})
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
	if err := a.tell(checkAnswer(path, findings)); err != nil || failed(findings) == 0 {
		return err
	}
	return model.Errorf(model.Corrupt, "{path:q} is damaged: {failed} of {all} checks failed", "path", path, "failed", failed(findings), "all", len(findings)).
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
	if failed(findings) > 0 {
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

// checkAnswer tells each check: what is wrong, or where all is well, what else there
// is to know.
func checkAnswer(path string, findings []sqlite.Finding) *answer.Document {
	mark := map[bool]string{true: catalogue.T("ok"), false: catalogue.T("damaged")}
	var lines []string
	for _, f := range findings {
		lines = append(lines, fmt.Sprintf("%-7s  %s", mark[f.OK], f.Title))
		for _, found := range f.Found {
			lines = append(lines, "         "+found)
		}
	}
	well := failed(findings) == 0
	d := &answer.Document{Title: catalogue.T("Check of {path}", "path", path), Flat: "checks"}
	d.Field("workspace", answer.Text(path)).Field("ok", answer.Flag(well))
	d.Table(checksTable(findings, mark), answer.Machines|answer.Page)
	if well {
		lines = append(lines, catalogue.T("{path}: all is well", "path", path))
		d.SayIn(answer.Page, lines[len(lines)-1])
	}
	return d.SayIn(answer.Terminal, lines...)
}

// checksTable lays out checks, with how people are told whether one held.
func checksTable(findings []sqlite.Finding, mark map[bool]string) *answer.Table {
	type check = sqlite.Finding
	return answer.TableOf("checks", answer.Slice[check](findings), []answer.Column[check]{
		{Key: "name", Title: catalogue.T("check"), In: answer.Everyone, Of: func(f check) answer.Value { return answer.Text(f.Name).Told(f.Title) }},
		{Key: "ok", In: answer.Machines, Of: func(f check) answer.Value { return answer.Flag(f.OK) }},
		{Title: catalogue.T("result"), In: answer.Page, Of: func(f check) answer.Value { return answer.Text(mark[f.OK]) }},
		{Key: "found", In: answer.JSON, List: func(f check) []answer.Value {
			found := []answer.Value{}
			for _, one := range f.Found {
				found = append(found, answer.Text(one))
			}
			return found
		}},
		{Key: "found", Title: catalogue.T("found"), In: answer.CSV | answer.People, Of: func(f check) answer.Value { return answer.Text(strings.Join(f.Found, "; ")) }},
	})
}

func (a *app) backupCommand() *cobra.Command {
	var force bool
	cmd := &cobra.Command{
		Use:   "backup WORKSPACE FILE",
		Short: catalogue.T("Copy a workspace, even while it is open, and check the copy"),
		Long: catalogue.T(`backup copies a workspace, even while a workbench has it open, checks the copy as
strata check does, and only then gives it its name. Only its owner may read the
copy. On error or Ctrl+C nothing is left behind.`),
		Example: `  strata backup shop.strata shop-$(date +%F).strata
  strata backup shop.strata copy.strata --force`,
		Args: exactly(2, catalogue.T("a workspace and the file to create")),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.backup(cmd.Context(), args[0], args[1], force)
		},
	}
	cmd.Flags().BoolVar(&force, "force", false, catalogue.T("overwrite the file if it exists"))
	return cmd
}

func (a *app) backup(ctx context.Context, path, to string, force bool) error {
	p := a.startProgress()
	size, findings, err := sqlite.Backup(ctx, path, to, force, readScheme, p.report)
	p.stop()
	if err != nil {
		return err
	}
	copied := []answer.Column[int64]{
		{Key: "workspace", In: answer.Machines, Of: func(int64) answer.Value { return answer.Text(path) }},
		{Key: "file", In: answer.Machines, Of: func(int64) answer.Value { return answer.Text(to) }},
		{Key: "bytes", In: answer.Machines, Of: func(bytes int64) answer.Value { return answer.Count(bytes) }},
	}
	d := answer.Fields(size, copied).Table(checksTable(findings, nil), answer.JSON)
	d.Flat = "copy"
	d.Table(answer.TableOf(d.Flat, answer.Slice[int64]{size}, copied), answer.CSV)
	return a.tell(d.Say(catalogue.T("{path} copied to {to}: {size} bytes, {checks} checks passed", "path", path, "to", to, "size", words.Count(size), "checks", len(findings))))
}
