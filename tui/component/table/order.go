package table

import (
	"cmp"
	"context"
	"slices"

	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
	"strata/tui/screen"
)

// request is the order that is wanted, and which rows.
type request struct {
	by         int // column; -1: the order of the view
	descending bool
	filter     string
	on         int // the column that a figure to filter by is of
}

// arrangement is the answer to a request: the rows of the view in their order.
type arrangement struct {
	request
	sorted []int32 // all of them; nil: as they are in the view
	shown  []int32 // those of them that the filter lets through; nil: all

	of     *Table
	reveal reveal
	view   answer.View
	err    error
}

// reveal is where the mark goes with another arrangement.
type reveal bool

const (
	keepMark reveal = false // it stays on its row
	toFirst  reveal = true
)

func (a arrangement) len(all int) int {
	if a.shown != nil {
		return len(a.shown)
	}
	return all
}

// row returns the row of the view at a place on the screen.
func (a arrangement) row(place int) int {
	for _, rows := range [][]int32{a.shown, a.sorted} {
		if rows != nil {
			return int(rows[place])
		}
	}
	return place
}

// place returns where a row of the view is, 0 if it is not shown.
func (a arrangement) place(row int) int {
	for _, rows := range [][]int32{a.shown, a.sorted} {
		if rows != nil {
			return max(slices.Index(rows, int32(row)), 0)
		}
	}
	return row
}

// atOnce is how many rows are arranged on the path of the keys; more are beside it.
const atOnce = 10_000

// arrange answers a request, at once or beside the keys.
func (t *Table) arrange(asked request, to reveal) screen.Outcome {
	t.wanted = asked
	next := arrangement{request: asked, of: t, reveal: to, view: t.view}
	if before := t.arranged; before.view.Table == t.view.Table && before.by == asked.by && before.descending == asked.descending {
		next.sorted = before.sorted
	}
	if t.view.Len() <= atOnce || asked.filter == "" && (asked.by < 0 || next.sorted != nil) {
		next.make(context.Background(), t.view, t.lookedAt())
		return t.took(next)
	}
	view, columns := t.view.Again(), t.lookedAt()
	return screen.Outcome{Busy: catalogue.T("arranging the rows"), Work: func(ctx context.Context) any {
		next.make(ctx, view, columns)
		return next
	}}
}

// took shows an arrangement of what the table still shows.
func (t *Table) took(a arrangement) screen.Outcome {
	switch {
	case a.view.Table != t.view.Table || a.request != t.wanted:
		return screen.Outcome{}
	case a.err != nil: // it was stopped
		t.wanted = t.arranged.request
		t.fit()
		return screen.Outcome{}
	}
	row, _, ok := t.Marked()
	t.arranged = a
	t.fit()
	if ok && a.reveal == keepMark {
		t.list.Mark(a.place(row))
	} else {
		t.list.Mark(0)
	}
	return screen.Outcome{}
}

// lookedAt are the columns that a text is looked for in: those that are shown.
func (t *Table) lookedAt() []int {
	var all []int
	for c := range t.view.Heads {
		if !t.hides(c) {
			all = append(all, c)
		}
	}
	return all
}

// make sorts and filters the rows of a view that nobody else reads meanwhile.
func (a *arrangement) make(ctx context.Context, v answer.View, columns []int) {
	if a.by >= 0 && a.sorted == nil {
		a.sorted = sorted(ctx, v, a.by, a.descending)
	}
	if a.filter != "" {
		a.shown = a.matching(ctx, v, columns)
	}
	if ctx.Err() != nil {
		a.err = model.Errorf(model.Cancelled, "arranging was stopped")
	}
}

// pause is how many rows are looked at between two looks at the context.
const pause = 1 << 12

// sorted returns the rows in the order of a column, each in its block: equal ones in that of the view, and
// those without a value last either way.
func sorted(ctx context.Context, v answer.View, by int, descending bool) []int32 {
	values, rows := make([]answer.Value, v.Len()), make([]int32, v.Len())
	for r := range values {
		if r%pause == 0 && ctx.Err() != nil {
			return nil
		}
		values[r], rows[r] = v.At(r, by), int32(r)
	}
	compared, stopped := 0, false
	block := func(int32) int { return 0 }
	if v.Block != nil {
		block = func(row int32) int { return v.Block(int(row)) }
	}
	slices.SortStableFunc(rows, func(a, b int32) int {
		if compared++; compared%pause == 0 {
			stopped = ctx.Err() != nil
		}
		if stopped { // what comes of it is thrown away
			return 0
		}
		if order := cmp.Compare(block(a), block(b)); order != 0 {
			return order
		}
		x, y := values[a], values[b]
		order := x.Compare(y)
		if descending && !x.Missing() && !y.Missing() {
			return -order
		}
		return order
	})
	return rows
}

// sort sorts by the marked column, the other way round where it is sorted by it already.
func (t *Table) sort() screen.Outcome {
	asked := t.wanted
	asked.descending = asked.by == t.column && !asked.descending
	asked.by = t.column
	return t.arrange(asked, toFirst)
}

// SetOrder says that somebody else has sorted the rows of the view, by a column (-1: by
// none), which its head shows.
func (t *Table) SetOrder(by int, descending bool) {
	t.wanted.by, t.wanted.descending = by, descending
	t.arranged.request = t.wanted
}
