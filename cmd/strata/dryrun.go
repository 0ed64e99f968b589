package main

import (
	"cmp"
	"fmt"
	"strings"

	"strata/importer"
	"strata/model"
	"strata/tui/session"
)

type readingJSON struct {
	Path      string           `json:"path"`
	Kind      string           `json:"kind"`
	Encoding  string           `json:"encoding"`
	Delimiter string           `json:"delimiter"`
	Skip      int              `json:"skip"`
	Header    int              `json:"header_lines"`
	Dates     string           `json:"date_format"`
	Decimal   string           `json:"decimal"`
	Currency  string           `json:"currency"`
	Columns   []columnJSON     `json:"columns"`
	Rows      []previewRowJSON `json:"rows"`
	Refused   []rejectJSON     `json:"refused"`
	Plan      string           `json:"plan"`
	Warnings  []model.Warning  `json:"warnings"`
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

// printReadings tells how files would be read.
func (a *app) printReadings(readings []session.Reading) error {
	list := []readingJSON{}
	for _, r := range readings {
		list = append(list, newReadingJSON(r))
	}
	switch a.format {
	case "json":
		return a.writeJSON(list)
	case "csv":
		t := newTable("path", "column", "field", "runner_up", "attribute", "subject")
		for _, r := range list {
			for _, c := range r.Columns {
				t.row(r.Path, c.Name, c.Field, c.RunnerUp, c.Attribute, c.Subject)
			}
		}
		return a.writeCSV(t)
	}
	for i, r := range list {
		if err := a.printReading(r, readings[i].Plan); err != nil {
			return err
		}
	}
	return nil
}

func newReadingJSON(r session.Reading) readingJSON {
	p := r.Plan
	j := readingJSON{
		Path: r.Path, Kind: string(p.Kind), Encoding: cmp.Or(p.Encoding, "utf-8"), Delimiter: p.Delimiter, Skip: p.Skip, Header: p.HeaderLines,
		Dates: p.Dates.Format(), Decimal: p.Decimal, Currency: p.Currency, Plan: p.YAML(),
		Columns: []columnJSON{}, Rows: []previewRowJSON{}, Refused: []rejectJSON{}, Warnings: append([]model.Warning{}, p.Warnings...),
	}
	for _, c := range p.Columns {
		j.Columns = append(j.Columns, columnJSON{c.Name, string(c.Field), c.RunnerUp, c.Attribute, string(c.Subject)})
	}
	for _, row := range r.Preview.Rows {
		j.Rows = append(j.Rows, previewRowJSON{row.Customer, row.Order, row.Day.String(), row.Amount.String()})
	}
	for _, bad := range r.Preview.Refused {
		j.Refused = append(j.Refused, rejectJSON{File: r.Path, Line: bad.Line, Column: bad.Column, Value: bad.Value, Code: bad.Code, Reason: bad.Reason})
	}
	return j
}

func (a *app) printReading(r readingJSON, p *importer.Plan) error {
	fmt.Fprintf(a.out, "%s: %s\n", model.Printable(r.Path), model.Printable(p.String()))
	header := "none"
	if r.Header > 0 {
		header = fmt.Sprintf("line %d", r.Skip+1)
		if r.Header > 1 {
			header += fmt.Sprintf(" and %d more", r.Header-1)
		}
	}
	dates := p.Dates.String()
	if r.Dates == "" {
		dates = "decided by the whole column"
	}
	facts := newTable("kind", "encoding", "delimiter", "header", "dates", "decimal", "currency")
	facts.row(r.Kind, r.Encoding, importer.DelimiterName(r.Delimiter), header, dates, r.Decimal, cmp.Or(r.Currency, "not said"))
	columns := newTable("column", "read as", "could also be")
	for _, c := range p.Columns {
		columns.row(c.Name, roleOf(c), c.RunnerUp)
	}
	rows := newTable("customer", "order", "day", "amount")
	rows.right(3)
	for _, row := range r.Rows {
		rows.row(row.Customer, row.Order, row.Day, row.Amount)
	}
	for _, t := range []*table{facts, columns, rows} {
		if err := a.writeText(t); err != nil {
			return err
		}
		fmt.Fprintln(a.out)
	}
	for _, bad := range r.Refused {
		fmt.Fprintf(a.out, "refused: line %d: %s %q: %s\n", bad.Line, model.Printable(bad.Column), bad.Value, bad.Reason)
	}
	a.warn(r.Warnings)
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
