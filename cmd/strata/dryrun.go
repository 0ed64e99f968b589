package main

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"strata/importer"
	"strata/model"
	"strata/model/words"
	"strata/tui/session"
)

// readingJSON is what a dry run tells of a file beside what an import tells.
type readingJSON struct {
	Skip     int              `json:"skip"`
	Header   int              `json:"header_lines"`
	Dates    string           `json:"date_format"`
	Decimal  string           `json:"decimal"`
	Currency string           `json:"currency"`
	Columns  []columnJSON     `json:"columns"`
	Preview  []previewRowJSON `json:"preview"`
	Refused  []rejectJSON     `json:"refused"`
}

type columnJSON struct {
	Name      string `json:"name"`
	Field     string `json:"field"`
	RunnerUp  string `json:"runner_up"`
	Attribute string `json:"attribute"`
	Subject   string `json:"subject"`
}

type previewRowJSON struct {
	Customer string `json:"customer"`
	Order    string `json:"order"`
	Day      string `json:"day"`
	Amount   string `json:"amount"`
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

// runDry tells what an import would tell, and stores nothing.
func (a *app) runDry(ctx context.Context, path string, i session.Import, f *importFlags) error {
	p := a.startProgress()
	r, err := session.Rehearse(ctx, workspaces{}, path, i, p.report)
	p.stop()
	if err == nil && f.savePlan != "" {
		err = writeNew(ctx, f.savePlan, r.Plans[0].YAML())
	}
	if err == nil {
		err = a.printRehearsal(r)
	}
	if err == nil && r.Rejected() > 0 {
		err = errRefused
	}
	return err
}

func (a *app) printRehearsal(r *session.Rehearsal) error {
	j := newImportJSON(r.Info, &r.Account)
	j.DryRun = true
	for n := range j.Files {
		j.Files[n].readingJSON = newReadingJSON(r.Plans[n], r.Previews[n], j.Files[n].Path)
		if a.format != "text" {
			continue
		}
		if err := a.printReading(j.Files[n], r.Plans[n]); err != nil {
			return err
		}
	}
	if err := a.printAccount(j, r.Info, &r.Account); err != nil {
		return err
	}
	to := a.out
	switch a.format {
	case "json":
		return nil
	case "csv":
		to = a.err
	}
	_, err := fmt.Fprintln(to, "dry run: nothing was stored")
	return err
}

func newReadingJSON(p *importer.Plan, preview *importer.Preview, path string) *readingJSON {
	j := &readingJSON{
		Skip: p.Skip, Header: p.HeaderLines, Dates: p.Dates.Format(), Decimal: p.Decimal, Currency: p.Currency,
		Columns: []columnJSON{}, Preview: []previewRowJSON{}, Refused: []rejectJSON{},
	}
	for _, c := range p.Columns {
		j.Columns = append(j.Columns, columnJSON{c.Name, string(c.Field), c.RunnerUp, c.Attribute, string(c.Subject)})
	}
	for _, row := range preview.Rows {
		j.Preview = append(j.Preview, previewRowJSON{row.Customer, row.Order, row.Day.String(), row.Amount.String()})
	}
	for _, bad := range preview.Refused {
		j.Refused = append(j.Refused, newRejectJSON(bad, path))
	}
	return j
}

// printReading shows how a file is read: facts, columns and the first rows.
func (a *app) printReading(r importFileJSON, p *importer.Plan) error {
	fmt.Fprintf(a.out, "%s\n\n", printable(r.Path))
	header := "none"
	if r.Header > 0 {
		header = fmt.Sprintf("line %d", r.Skip+1)
		if r.Header > 1 {
			header += fmt.Sprintf(" and %d more", r.Header-1)
		}
	}
	facts := newTable("kind", "encoding", "delimiter", "header", "dates", "decimal", "currency")
	facts.row(r.Kind, r.Encoding, importer.DelimiterName(r.Delimiter), header, p.Dates.String(), r.Decimal, cmp.Or(r.Currency, "not said"))
	columns := newTable("column", "read as", "could also be")
	for _, c := range p.Columns {
		columns.row(c.Name, roleOf(c), c.RunnerUp)
	}
	rows := newTable("customer", "order", "day", "amount")
	rows.right(3)
	for _, row := range r.Preview {
		rows.row(row.Customer, row.Order, row.Day, row.Amount)
	}
	for _, t := range []*table{facts, columns, rows} {
		if err := a.writeText(t); err != nil {
			return err
		}
		fmt.Fprintln(a.out)
	}
	if all := int64(len(r.Refused)); all < r.Rejected {
		fmt.Fprintf(a.out, "the first %s of %s refused rows:\n", words.Count(all), words.Count(r.Rejected))
	}
	for _, bad := range r.Refused {
		fmt.Fprintf(a.out, "refused: line %d: %s %q: %s\n", bad.Line, model.Printable(bad.Column), bad.Value, bad.Reason)
	}
	if len(r.Refused) > 0 {
		fmt.Fprintln(a.out)
	}
	return nil
}

// roleOf says in words what becomes of a column.
func roleOf(c importer.Column) string {
	var role []string
	switch {
	case c.Added:
		role = append(role, "added to "+string(c.Field))
	case c.Field != "":
		role = append(role, string(c.Field))
	}
	if c.Subject != "" {
		kept := "kept of the " + string(c.Subject)
		if c.Attribute != c.Name {
			kept += " as " + c.Attribute
		}
		role = append(role, kept)
	}
	if len(role) == 0 {
		return "left out"
	}
	return strings.Join(role, ", ")
}
