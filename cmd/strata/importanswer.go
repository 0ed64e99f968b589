package main

import (
	"fmt"
	"slices"

	"strata/importer"
	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/component/figure"
	"strata/tui/session"
)

// importAnswer tells an import file by file, and what is in the workspace then;
// previews, if not nil, are those of a dry run, which tells how the files are read.
// Plan_file is what --plan takes.
func importAnswer(info model.Info, account *session.Account, previews []*importer.Preview) *answer.Document {
	var rows answer.Slice[sourceRow]
	plan := "" // of the last file
	d := &answer.Document{Title: catalogue.T("Import"), Flat: "files"}
	for i, s := range account.Sources {
		row := sourceRow{Source: s, plan: account.Plans[i]}
		if previews != nil {
			row.preview = previews[i]
			sayReading(d, row)
		}
		rows, plan = append(rows, row), row.plan.String()
	}
	said := importText(info, account)
	columns := fileColumns()
	if previews != nil {
		d.Field("dry_run", answer.Flag(true))
		said, columns = append(said, dryRun), append(columns, readingColumns()...)
	}
	d.Say(said...)
	money := amounts{info.NoAmounts()}
	d.Field("workspace", answer.Text(info.Path)).Field("plan", answer.Text(plan))
	d.Field("customers", answer.Count(info.Customers)).Field("orders", answer.Count(info.Orders))
	d.Field("revenue", money.value(info.Revenue)).Field("returned_value", money.value(info.Returned)).Field("return_only_orders", answer.Count(info.ReturnOnly))
	d.Field("first_day", answer.Text(info.FirstDay.String())).Field("last_day", answer.Text(info.LastDay.String()))
	return d.Table(answer.TableOf("files", rows, columns), answer.Machines).Warnings(account.Warnings)
}

// importText tells people what became of each file, and what the workspace has.
func importText(info model.Info, account *session.Account) []string {
	var lines []string
	for i, s := range account.Sources {
		lines = append(lines, printable(s.Path)+": "+printable(account.Plans[i].String()), "  "+accountLine(s))
	}
	symbol := words.Symbol(info.Currency)
	if money := figure.RefusedMoney(account.Rows(), symbol); money != "" {
		lines = append(lines, catalogue.T("refused: {money}", "money", money))
	}
	currency := ""
	if info.Currency == "" {
		currency = catalogue.T("; currency not stated: state it with --currency EUR, with the next file here or in a new workspace")
	}
	worth := catalogue.T("{revenue} bought and {returned} returned", "revenue", words.Brief(info.Revenue, symbol), "returned", words.Brief(info.Returned, symbol))
	if info.NoAmounts() {
		worth = catalogue.T("no amounts")
	}
	return append(lines, catalogue.T("{path}: {customers}, {orders}, {worth}, {first_day} to {last_day}{currency}", "path", printable(info.Path), "customers", words.Customers(int64(info.Customers)), "orders", words.Plural(int64(info.Orders), "order", "orders"), "worth", worth, "first_day", info.FirstDay, "last_day", info.LastDay, "currency", currency))
}

// fileColumns tell what was read of a file.
func fileColumns() []sourceColumn {
	text := func(key string, in answer.Medium, of func(sourceRow) string) sourceColumn {
		return sourceColumn{Key: key, In: in, Of: func(s sourceRow) answer.Value { return answer.Text(of(s)) }}
	}
	return slices.Concat([]sourceColumn{
		text("path", answer.Machines, func(s sourceRow) string { return s.Path }),
		text("kind", answer.Machines, func(s sourceRow) string { return string(s.Kind) }),
		text("encoding", answer.Machines, func(s sourceRow) string { return s.Encoding }),
		text("delimiter", answer.Machines, func(s sourceRow) string { return s.Delimiter }),
		text("plan", answer.JSON, func(s sourceRow) string { return s.plan.String() }),
		text("plan_file", answer.JSON, func(s sourceRow) string { return s.plan.YAML() }),
	}, rowColumns(), []sourceColumn{
		counted(sourceColumn{Key: "duplicates", In: answer.Machines}, func(s sourceRow) int64 { return s.Duplicates }),
		counted(sourceColumn{Key: "bytes", In: answer.Machines}, func(s sourceRow) int64 { return s.Bytes }),
		{Key: "seconds", In: answer.JSON, Of: func(s sourceRow) answer.Value { return answer.Number(s.Seconds) }},
		{Key: "seconds", In: answer.CSV, Of: func(s sourceRow) answer.Value { return answer.Decimal(fmt.Sprintf("%.3f", s.Seconds), false) }},
		reasonsColumn(),
	}, refusedColumns(), []sourceColumn{joinedColumn()})
}
