package main

import (
	"strconv"
	"strings"
	"time"

	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/session"
)

type entries = answer.Slice[session.LogEntry]

// logAnswer tells edits, in JSON as an array.
func logAnswer(log entries, info model.Info) *answer.Document {
	d := &answer.Document{Title: catalogue.T("Edits"), Bare: true, Flat: "edits"}
	return d.SayIn(answer.Page, info.Path).Table(logTable("edits", log, info), answer.Everyone)
}

// traveledAnswer tells the edits that were gone through, in that order, as they
// stand after it (one taken back is undone), and the name of the active scheme now.
func traveledAnswer(passed entries, info model.Info, scheme string, said ...string) *answer.Document {
	d := &answer.Document{Title: catalogue.T("Edits"), Flat: "done"}
	return d.Table(logTable("done", passed, info), answer.Machines).Field("scheme", answer.Text(scheme)).Say(said...)
}

// logTable lays edits out. Number is in the order in which they were made, 0 the
// beginning, and parent that of the edit one was made after. Customers changed
// segment by the edit, or tier where it opened a scheme whose map has other segments:
// then the label says so; revenue is theirs. The active scheme is the one after the
// current edit, and came over those on_path. Redo leads to those undone. Branch counts
// the branches off the way from the beginning to where redo ends.
func logTable(key string, log entries, info model.Info) *answer.Table {
	type edit = session.LogEntry
	flag := func(key string, of func(edit) bool) answer.Column[edit] {
		return answer.Column[edit]{Key: key, In: answer.Machines, Of: func(e edit) answer.Value { return answer.Flag(of(e)) }}
	}
	moved := func(e edit, v answer.Value) answer.Value {
		if e.Number == 0 { // before the beginning there was nothing
			return v.Untold()
		}
		return v
	}
	t := answer.TableOf(key, log, []answer.Column[edit]{
		{Means: catalogue.T("▸ where the active scheme is"), In: answer.People, Of: func(e edit) answer.Value {
			if e.Current {
				return answer.Text("▸")
			}
			return answer.Text("")
		}},
		{Key: "number", Title: catalogue.T("edit"), Means: catalogue.T("its number, which strata undo --to takes"), In: answer.Everyone, Of: func(e edit) answer.Value {
			return answer.Count(e.Number).Told(strconv.Itoa(e.Number))
		}},
		{Key: "parent", In: answer.Machines, Of: func(e edit) answer.Value { return answer.Count(e.Parent) }},
		{Key: "at", Title: catalogue.T("when"), Light: 3, In: answer.Everyone, Of: func(e edit) answer.Value { return moment(e.At) }},
		{Key: "label", Title: catalogue.T("what"), In: answer.Everyone, Of: func(e edit) answer.Value { return answer.Text(e.Label).Told(editText(e)) }},
		{Key: "customers", Title: catalogue.T("customers"), Short: catalogue.T("cust."), Light: 1, Means: catalogue.T("those who changed segment, or tier where the text says so"), In: answer.Everyone, Of: func(e edit) answer.Value {
			return moved(e, answer.Count(e.Customers))
		}},
		{Key: "revenue", Title: catalogue.T("revenue"), Light: 2, Means: catalogue.T("the revenue of those customers"), In: answer.Everyone, Of: func(e edit) answer.Value {
			return moved(e, amounts{info.NoAmounts()}.value(e.Revenue))
		}},
		flag("current", func(e edit) bool { return e.Current }),
		flag("on_path", func(e edit) bool { return e.OnPath }),
		flag("undone", edit.Undone),
		{Key: "branch", In: answer.Machines, Of: func(e edit) answer.Value { return answer.Count(e.Branch) }},
	})
	t.Symbol = words.Symbol(words.CurrencyOf(info))
	return t
}

// editText tells an edit for people: a branch further in, with the edit it leaves
// from.
func editText(e session.LogEntry) string {
	text := strings.Repeat("  ", e.Branch) + e.Label
	switch {
	case e.Undone():
		text += catalogue.T(" (undone)")
	case e.Branch > 0:
		text += catalogue.T(" (branch after {parent})", "parent", e.Parent)
	}
	return text
}

// moment is a time: RFC 3339 in UTC for programs, that of the clock here for people.
func moment(at time.Time) answer.Value {
	if at.IsZero() {
		return answer.Value{}.Untold()
	}
	return answer.Text(at.UTC().Format(time.RFC3339)).Told(at.Local().Format("2006-01-02 15:04"))
}
