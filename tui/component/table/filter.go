package table

import (
	"context"
	"strings"

	"strata/model/answer"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/component/cells"
	"strata/tui/component/field"
	"strata/tui/theme"
)

// matching returns the rows that the filter lets through, in their order. Texts are
// looked for in the columns that are shown.
func (a *arrangement) matching(ctx context.Context, v answer.View, columns []int) []int32 {
	asked := answer.ParseCondition(a.filter)
	row, _, _ := v.First(measured).ForPeople(nil)
	matches := func(r int) bool {
		texts := row(r)
		if asked.Relation != "" {
			return asked.Holds(v.At(r, a.on), texts[a.on])
		}
		for _, c := range columns {
			if strings.Contains(strings.ToLower(texts[c]), asked.Text) {
				return true
			}
		}
		return false
	}
	rows := make([]int32, 0, 64)
	all := arrangement{sorted: a.sorted}
	for place := range v.Len() {
		if place%pause == 0 && ctx.Err() != nil {
			return nil
		}
		if r := all.row(place); matches(r) {
			rows = append(rows, int32(r))
		}
	}
	return rows
}

// startFilter begins to type the filter, from the one there is.
func (t *Table) startFilter() {
	t.typing = field.New(t.wanted.filter, catalogue.T("a text, or a figure: >1000, <=5, =0"))
	t.fit()
}

// endFilter shows all rows again; the mark stays on its row.
func (t *Table) endFilter() {
	t.typing = nil
	asked := t.arranged.request // whose order is at hand
	asked.filter = ""
	t.arrange(asked, keepMark)
	t.fit()
}

// filterLine shows what is looked for, in which column, and how many rows have it.
func (t *Table) filterLine(th *theme.Theme) string {
	line := cells.NewLine(t.width).Put(th.AccentStrong, prompt)
	found, filter := "…", t.wanted.filter
	if t.typing != nil {
		filter = t.typing.Text()
	}
	if t.wanted == t.arranged.request {
		found = catalogue.T("{matches} of {all}", "matches", words.Count(int64(t.list.Rows())), "all", words.Count(int64(t.view.Len())))
	}
	if answer.ParseCondition(filter).Relation != "" {
		on := t.wanted.on
		if t.typing != nil {
			on = t.column
		}
		if named := catalogue.T("in {column}: {found}", "column", t.titles[0][on], "found", found); cells.Width(named) <= t.width/2 {
			found = named
		}
	}
	room := max(t.width-line.At()-cells.Width(found)-2, 1)
	if t.typing != nil {
		drawn, _ := t.typing.Draw(room)
		line.Join(drawn, room)
	} else {
		line.Put(th.Text, cells.Fit(cells.Clean(filter), room))
	}
	return line.PutRight(th.Dim, found, t.width).String()
}

const prompt = "/ "

// Cursor tells where the terminal's cursor stands while the filter is typed, in cells
// from the table's corner.
func (t *Table) Cursor() (x, y int) {
	_, cursor := t.typing.Draw(t.width)
	return cells.Width(prompt) + cursor, t.height - 1
}
