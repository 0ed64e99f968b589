package question

import (
	"slices"
	"strings"

	"strata/model"
	"strata/model/answer"
	"strata/model/words"
)

// People returns the customers behind a cell of what an answer shows people, named as
// they read it: the first cell of its row, and behind a comma the head of its column.
// Without a column they are those of the row. Case does not matter. Error: Usage for what
// is not there, naming what is, or is there more than once.
func People(d *answer.Document, cell string) (*answer.Crowd, error) {
	var rows []string
	var found []*answer.Crowd
	var missed error
	for _, part := range d.Parts(answer.Terminal) {
		t, ok := part.Value.(*answer.Table)
		if !ok {
			continue
		}
		v := t.In(answer.Terminal)
		read, _, err := v.ForPeople(nil)
		if err != nil {
			return nil, err
		}
		for i := range v.Len() {
			name := strings.TrimSpace(read(i)[0])
			if v.Behind(i, 0) == nil {
				continue
			}
			rows = append(rows, name)
			column, ok := behindName(cell, name)
			if !ok {
				continue
			}
			crowd, err := behindColumn(v, i, column)
			if err != nil {
				missed = err
			} else {
				found = append(found, crowd)
			}
		}
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		return nil, model.Errorf(model.Usage, "{cell:q} is in more than one row", "cell", cell).WithHint("ask for one tier")
	case missed != nil:
		return nil, missed
	}
	return nil, model.Errorf(model.Usage, "no row is called {cell:q}", "cell", cell).
		WithHint("use {rows}, with a comma and the head of a column where one is meant", "rows", words.Or(slices.Compact(rows)))
}

// behindName returns what a cell has behind the name of its row, and whether it is of that
// row: names can have commas themselves.
func behindName(cell, row string) (column string, ok bool) {
	if len(cell) < len(row) || !strings.EqualFold(cell[:len(row)], row) {
		return "", false
	}
	rest := strings.TrimSpace(cell[len(row):])
	column, ok = strings.CutPrefix(rest, ",")
	return strings.TrimSpace(column), ok || rest == ""
}

// behindColumn returns the customers behind the cell of a row under a head.
func behindColumn(v answer.View, row int, head string) (*answer.Crowd, error) {
	if head == "" {
		return v.Behind(row, 0), nil
	}
	var heads []string
	for i, h := range v.Heads[1:] {
		crowd := v.Behind(row, i+1)
		if crowd == nil {
			continue
		}
		if strings.EqualFold(h.Title, head) || strings.EqualFold(h.Short, head) {
			return crowd, nil
		}
		heads = append(heads, h.Title)
	}
	return nil, model.Errorf(model.Usage, "no column with people is called {column:q} in that row", "column", head).
		WithHint("there are: {columns}", "columns", strings.Join(heads, ", "))
}
