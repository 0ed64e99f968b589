package answer

import "context"

// Crowd is the customers behind a figure: whom a person sees who asks who they are.
type Crowd struct {
	Title string
	// Customers returns their ordinals in the workspace, ascending. It may take long:
	// errors are Cancelled, and those of reading.
	Customers func(ctx context.Context) ([]int32, error)
}

// Behind returns the customers behind a cell: those of its row, which are those of the
// first column, where its column has none of its own; nil where there are none.
func (v View) Behind(row, column int) *Crowd {
	crowd, own := v.behind(row, v.columns[column])
	if !own {
		crowd, _ = v.behind(row, v.columns[0])
	}
	return crowd
}
