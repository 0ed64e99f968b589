package session_test

import (
	"testing"

	"strata/model"
	"strata/tui/session"
)

// Whatever is set against whatever, every customer stands in one cell, and the
// cells of all slices together are the cells without a slice.
func TestMatrixAddsUp(t *testing.T) {
	t.Parallel()
	scheme := model.Ten()
	scheme.Levels = [model.Axes]int{2, 9, 4}
	f, err := openSession(t, newMemory(5, 2_000)).Tiers(t.Context(), scheme)
	if err != nil {
		t.Fatal(err)
	}
	for rows := range model.Axes {
		for cols := range model.Axes {
			if rows == cols {
				continue
			}
			q := session.MatrixQuery{Rows: rows, Cols: cols}
			all := session.NewMatrix(f, q)
			var total session.Figures
			sliced := map[[2]int]int64{}
			for q.Slice = 1; q.Slice <= scheme.Levels[q.Third()]; q.Slice++ {
				if err := q.Check(scheme.Levels); err != nil {
					t.Fatal(err)
				}
				for r, line := range session.NewMatrix(f, q).Now {
					for c, figures := range line {
						sliced[[2]int{r, c}] += figures.Customers
					}
				}
			}
			if len(all.Now) != scheme.Levels[rows] || len(all.Now[0]) != scheme.Levels[cols] {
				t.Fatalf("%s by %s is %d by %d", rows, cols, len(all.Now), len(all.Now[0]))
			}
			for r, line := range all.Now {
				inRow := int64(0)
				for c, figures := range line {
					inRow += figures.Customers
					total.Revenue += figures.Revenue
					if sliced[[2]int{r, c}] != figures.Customers {
						t.Fatalf("%s by %s: cell %d,%d has %d customers, its slices %d", rows, cols, r, c, figures.Customers, sliced[[2]int{r, c}])
					}
					checkCell(t, all.Cell(r+1, c+1), figures)
				}
				if inRow != f.ScoreCounts[rows][r] {
					t.Errorf("%s score %d has %d customers, want %d", rows, r+1, inRow, f.ScoreCounts[rows][r])
				}
			}
			if total.Revenue != f.Total.Revenue {
				t.Errorf("%s by %s has a revenue of %s", rows, cols, total.Revenue)
			}
		}
	}
}

func checkCell(t *testing.T, cell session.MatrixCell, want session.Figures) {
	t.Helper()
	inSegments, byThird := int64(0), int64(0)
	for _, g := range cell.Segments {
		inSegments += g.Now.Customers
	}
	for _, n := range cell.Third {
		byThird += n
	}
	if cell.Now != want || inSegments != want.Customers || byThird != want.Customers {
		t.Fatalf("cell %v: %d in segments, %d by the third measure, want %d", cell.Scores, inSegments, byThird, want.Customers)
	}
}

func TestMatrixQueryChecks(t *testing.T) {
	t.Parallel()
	levels := model.Ten().Levels
	for _, q := range []session.MatrixQuery{
		{Rows: model.Frequency, Cols: model.Frequency},
		{Rows: model.Frequency, Cols: model.Monetary, Slice: 6},
		{Rows: model.Frequency, Cols: model.Monetary, Slice: -1},
	} {
		if model.CodeOf(q.Check(levels)) != model.Usage {
			t.Errorf("%+v is let through", q)
		}
	}
}
