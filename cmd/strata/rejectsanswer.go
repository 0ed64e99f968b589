package main

import (
	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/component/figure"
)

// answer tells people for what rows were refused, and lists them, which is all that
// JSON and CSV have; byReason, the numbers are all there is. Narrow is a terminal that
// has no room for a column of sources: their numbers then stand before those of the
// lines, "2:17".
func (r *refusals) answer(byReason, narrow bool, symbol string) *answer.Document {
	people := answer.People
	if r.refused == 0 { // nothing to lay out
		people = 0
	}
	d := &answer.Document{Title: catalogue.T("Refused rows"), Bare: true, Flat: "rejects"}
	d.Say(r.head(symbol))
	if byReason {
		d.Flat = "reasons"
		return d.Table(r.reasonTable(), answer.Machines|people)
	}
	d.Table(r.reasonTable(), people)
	several := len(r.sources) > 1
	if len(r.list) == 0 {
		people = 0
	} else if several {
		d.Table(refusedFiles(r.sources), people)
	}
	t := answer.TableOf("rejects", answer.Slice[rejectRow](r.list), rejectColumns(several, narrow))
	if t.Cut = true; r.refused > int64(len(r.list)) {
		t.Note = catalogue.T("and {rows} more; --limit 0 lists them all, --export FILE writes them to a file", "rows", words.Count(r.refused-int64(len(r.list))))
	}
	return d.Table(t, answer.Machines|people)
}

// head says how many rows were refused, and what they are worth.
func (r *refusals) head(symbol string) string {
	of := words.Plural(int64(len(r.sources)), "file", "files")
	if len(r.sources) == 1 {
		of = r.sources[0].Path
	}
	if r.refused == 0 {
		return catalogue.T("{source}: no row of {read} was refused", "source", of, "read", words.Count(r.rows.Read))
	}
	refused := r.refused - r.since
	line := catalogue.T("{source}: {refused} of {read} rows refused ({share})", "source", of, "refused", words.Count(refused), "read", words.Count(r.rows.Read), "share", words.Share(refused, r.rows.Read))
	if r.since > 0 {
		line += "; " + words.Plural(r.since, "more was refused at first, corrected since", "more were refused at first, corrected since")
	} else if money := figure.RefusedMoney(r.rows, symbol); money != "" {
		line += "; " + money
	}
	return line
}

// refusedFor is how many rows were refused for one reason.
type refusedFor struct {
	code, reason string
	rows         int64
	ofRefused    string // as a share of all that were, for people
}

// reasonTable tells how many rows were refused for each reason, as shares of those
// that were, and of all that were read.
func (r *refusals) reasonTable() *answer.Table {
	rows := make([]int64, len(r.reasons))
	for i, n := range r.reasons {
		rows[i] = n.rows
	}
	for i, share := range words.Shares(rows, r.refused) {
		r.reasons[i].ofRefused = share
	}
	first := catalogue.T("refused for")
	if r.since > 0 {
		first = catalogue.T("at first for")
	}
	reason := func(n refusedFor) answer.Value { return answer.Text(n.reason) }
	return answer.TableOf("reasons", answer.Slice[refusedFor](r.reasons), []answer.Column[refusedFor]{
		{Key: "code", Title: first, In: answer.Everyone, Of: func(n refusedFor) answer.Value { return answer.Text(n.code) }},
		{Key: "reason", In: answer.Machines, Of: reason},
		{Key: "rows", Title: catalogue.T("rows"), In: answer.Everyone, Of: func(n refusedFor) answer.Value { return answer.Count(n.rows) }},
		{Key: "share_of_refused", Title: catalogue.T("of refused"), In: answer.Everyone, Of: func(n refusedFor) answer.Value { return answer.Share(n.rows, r.refused).Told(n.ofRefused) }},
		{Key: "share_of_rows", Title: catalogue.T("of all rows"), In: answer.Everyone, Of: func(n refusedFor) answer.Value { return answer.Share(n.rows, max(r.rows.Read, 1)) }},
		{In: answer.People, Of: reason},
	})
}

// refusedFiles names the files that have refused rows, and how many.
func refusedFiles(sources []model.Source) *answer.Table {
	var rows answer.Slice[sourceRow]
	for _, s := range sources {
		if s.Rejected > 0 {
			rows = append(rows, sourceRow{Source: s})
		}
	}
	return answer.TableOf("files", rows, []sourceColumn{
		counted(sourceColumn{Title: catalogue.T("source"), In: answer.People}, func(s sourceRow) int64 { return s.ID }),
		counted(sourceColumn{Title: catalogue.T("refused"), In: answer.People}, func(s sourceRow) int64 { return s.Rejected }),
		{Title: catalogue.T("file"), In: answer.People, Of: func(s sourceRow) answer.Value { return answer.Text(s.Path) }},
	})
}

// rejectRow is a refused row, with the file it stands in.
type rejectRow struct {
	model.Reject
	file string
}

// rejectColumns lay refused rows out, for people with the number of their file where
// there are several.
func rejectColumns(several, narrow bool) []answer.Column[rejectRow] {
	text := func(c answer.Column[rejectRow], of func(rejectRow) string) answer.Column[rejectRow] {
		c.Of = func(r rejectRow) answer.Value { return answer.Text(of(r)) }
		return c
	}
	source := answer.Machines
	if several && !narrow {
		source = answer.Everyone
	}
	return []answer.Column[rejectRow]{
		{Key: "source", Title: catalogue.T("source"), In: source, Of: func(r rejectRow) answer.Value { return answer.Count(r.Source) }},
		text(answer.Column[rejectRow]{Key: "file", In: answer.Machines}, func(r rejectRow) string { return r.file }),
		{Key: "line", Title: catalogue.T("line"), In: answer.Everyone, Of: func(r rejectRow) answer.Value {
			line := answer.Count(r.Line)
			if several && narrow {
				line = line.Told(words.Count(r.Source) + ":" + words.Count(r.Line))
			}
			return line
		}},
		text(answer.Column[rejectRow]{Key: "column", Title: catalogue.T("column"), In: answer.Everyone}, func(r rejectRow) string { return r.Column }),
		{Key: "value", Title: catalogue.T("value"), In: answer.Everyone, Of: func(r rejectRow) answer.Value {
			if r.Column == "" { // it is the row
				return answer.Text(r.Value).Untold()
			}
			return answer.Text(r.Value)
		}},
		text(answer.Column[rejectRow]{Key: "code", Title: catalogue.T("refused for"), In: answer.Everyone}, func(r rejectRow) string { return r.Code }),
		text(answer.Column[rejectRow]{Key: "reason", In: answer.Machines}, func(r rejectRow) string { return r.Reason }),
		text(answer.Column[rejectRow]{Key: "row", Title: catalogue.T("row"), In: answer.Everyone}, func(r rejectRow) string { return r.Row }),
	}
}
