package main

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"strata/importer"
	"strata/model/answer"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/session"
)

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
	if err := a.tellImport(importAnswer(r.Info, &r.Account, r.Previews), &r.Account); err != nil || a.format != "csv" {
		return err
	}
	_, err := fmt.Fprintln(a.err, dryRun)
	return err
}

// dryRun says that there is no more to it.
var dryRun = catalogue.T("dry run: nothing was stored")

// readingColumns tell in JSON how a file is read, and its first rows and refused ones.
func readingColumns() []sourceColumn {
	text := func(key string, of func(*importer.Plan) string) sourceColumn {
		return sourceColumn{Key: key, In: answer.JSON, Of: func(s sourceRow) answer.Value { return answer.Text(of(s.plan)) }}
	}
	return []sourceColumn{
		counted(sourceColumn{Key: "skip", In: answer.JSON}, func(s sourceRow) int64 { return int64(s.plan.Skip) }),
		counted(sourceColumn{Key: "header_lines", In: answer.JSON}, func(s sourceRow) int64 { return int64(s.plan.HeaderLines) }),
		text("date_format", func(p *importer.Plan) string { return p.Dates.Format() }),
		text(catalogue.T("decimal"), func(p *importer.Plan) string { return p.Decimal }),
		text(catalogue.T("currency"), func(p *importer.Plan) string { return p.Currency }),
		{Key: "columns", In: answer.JSON, Encoded: func(s sourceRow) any { return columnTable(s.plan) }},
		{Key: "preview", In: answer.JSON, Encoded: func(s sourceRow) any { return previewTable(s.preview) }},
		{Key: "refused", In: answer.JSON, Encoded: func(s sourceRow) any {
			var refused answer.Slice[rejectRow]
			for _, bad := range s.preview.Refused {
				refused = append(refused, rejectRow{bad, s.Path})
			}
			return answer.TableOf("refused", refused, rejectColumns(false, false))
		}},
	}
}

// sayReading tells people how a file is read: facts, columns and the first rows.
func sayReading(d *answer.Document, s sourceRow) {
	text := func(title string, of func(*importer.Plan) string) sourceColumn {
		return sourceColumn{Title: title, In: answer.People, Of: func(s sourceRow) answer.Value { return answer.Text(of(s.plan)) }}
	}
	d.Say(printable(s.Path)).Table(answer.TableOf("facts", answer.Slice[sourceRow]{s}, []sourceColumn{
		text(catalogue.T("kind"), func(*importer.Plan) string { return words.Kind(s.Kind) }),
		text(catalogue.T("encoding"), func(*importer.Plan) string { return s.Encoding }),
		text(catalogue.T("delimiter"), func(*importer.Plan) string { return importer.DelimiterName(s.Delimiter) }),
		text(catalogue.T("header"), headerText),
		text(catalogue.T("dates"), func(p *importer.Plan) string { return p.Dates.String() }),
		text(catalogue.T("decimal"), func(p *importer.Plan) string { return p.Decimal }),
		text(catalogue.T("currency"), func(p *importer.Plan) string { return cmp.Or(p.Currency, catalogue.T("not stated")) }),
	}), answer.People)
	d.Table(columnTable(s.plan), answer.People).Table(previewTable(s.preview), answer.People)
	var lines []string
	if all := int64(len(s.preview.Refused)); all < s.Rejected {
		lines = append(lines, catalogue.T("the first {shown} of {rejected} refused rows:", "shown", words.Count(all), "rejected", words.Count(s.Rejected)))
	}
	for _, bad := range s.preview.Refused {
		lines = append(lines, catalogue.T("refused: line {line}: {column} {value:q}: {reason}", "line", bad.Line, "column", bad.Column, "value", bad.Value, "reason", bad.Reason))
	}
	if len(lines) > 0 {
		d.Say(lines...)
	}
}

// headerText says where the header stands.
func headerText(p *importer.Plan) string {
	switch {
	case p.HeaderLines > 1:
		return catalogue.T("line {line} and {more} more", "line", p.Skip+1, "more", p.HeaderLines-1)
	case p.HeaderLines == 1:
		return catalogue.T("line {line}", "line", p.Skip+1)
	}
	return catalogue.T("none")
}

// columnTable tells what becomes of each column.
func columnTable(p *importer.Plan) *answer.Table {
	text := func(key, title string, in answer.Medium, of func(importer.Column) string) answer.Column[importer.Column] {
		return answer.Column[importer.Column]{Key: key, Title: title, In: in, Of: func(c importer.Column) answer.Value { return answer.Text(of(c)) }}
	}
	return answer.TableOf("columns", answer.Slice[importer.Column](p.Columns), []answer.Column[importer.Column]{
		text("name", catalogue.T("column"), answer.Everyone, func(c importer.Column) string { return c.Name }),
		text("field", "", answer.JSON, func(c importer.Column) string { return string(c.Field) }),
		text("", catalogue.T("read as"), answer.People, roleOf),
		text("runner_up", catalogue.T("could also be"), answer.Everyone, func(c importer.Column) string { return c.RunnerUp }),
		text("attribute", "", answer.JSON, func(c importer.Column) string { return c.Attribute }),
		text("subject", "", answer.JSON, func(c importer.Column) string { return string(c.Subject) }),
	})
}

// previewTable tells the first rows as they are understood.
func previewTable(p *importer.Preview) *answer.Table {
	type row = importer.PreviewRow
	return answer.TableOf("preview", answer.Slice[row](p.Rows), []answer.Column[row]{
		{Key: "customer", Title: catalogue.T("customer"), In: answer.Everyone, Of: func(r row) answer.Value { return answer.Text(r.Customer) }},
		{Key: "order", Title: catalogue.T("order"), In: answer.Everyone, Of: func(r row) answer.Value { return answer.Text(r.Order) }},
		{Key: "day", Title: catalogue.T("day"), In: answer.Everyone, Of: func(r row) answer.Value { return answer.Text(r.Day.String()) }},
		{Key: "amount", Title: catalogue.T("amount"), In: answer.Everyone, Of: func(r row) answer.Value { return answer.Money(r.Amount).Told(words.Price(r.Amount, "")) }},
	})
}

// fieldNames are what people call the fields of a plan.
var fieldNames = map[string]string{
	"customer": catalogue.T("customer"), "order": catalogue.T("order"), "date": catalogue.T("date"), "amount": catalogue.T("amount"), "quantity": catalogue.T("quantity"),
	"price": catalogue.T("price"), "cost": catalogue.T("cost"), "refund": catalogue.T("refund"), "discount": catalogue.T("discount"), "sign": catalogue.T("sign"),
	"line": catalogue.T("line"), "product": catalogue.T("product"), "category": catalogue.T("category"), "status": catalogue.T("status"), "name": catalogue.T("name"),
	"phone": catalogue.T("phone"), "email": catalogue.T("email"), "address": catalogue.T("address"), "city": catalogue.T("city"), "region": catalogue.T("region"), "channel": catalogue.T("channel"),
}

// roleOf says in words what becomes of a column.
func roleOf(c importer.Column) string {
	var role []string
	switch {
	case c.Added:
		role = append(role, catalogue.T("added to {field}", "field", fieldNames[string(c.Field)]))
	case c.Field != "":
		role = append(role, fieldNames[string(c.Field)])
	}
	if c.Subject != "" {
		kept := catalogue.T("stored with the {subject}", "subject", words.Subject(c.Subject))
		if c.Attribute != c.Name {
			kept += catalogue.T(" as {attribute}", "attribute", c.Attribute)
		}
		role = append(role, kept)
	}
	if len(role) == 0 {
		return catalogue.T("left out")
	}
	return strings.Join(role, ", ")
}
