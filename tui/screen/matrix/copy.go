package matrix

import (
	"strconv"
	"strings"

	"strata/model"
	"strata/model/catalogue"
	"strata/tui/screen"
	"strata/tui/session"
)

// copied is the matrix as tab-separated text, in the order it is drawn. Figures
// are written plainly, so that a spreadsheet takes them for numbers; one that
// there is not is left empty.
func (s *Screen) copied() screen.Outcome {
	m := session.NewMatrix(s.frame, s.query())
	if m.Now == nil {
		return screen.Outcome{Note: catalogue.T("nothing to copy yet")}
	}
	var out strings.Builder
	out.WriteString(session.SpreadsheetText(m.MatrixQuery.String() + session.CountedIn(s.frame.Scheme.Spec)))
	for col := range m.Now[0] {
		out.WriteString("\t" + session.ScoreName(m.Cols, col+1))
	}
	for row := len(m.Now) - 1; row >= 0; row-- {
		out.WriteString("\n" + session.ScoreName(m.Rows, row+1))
		for col := range m.Now[row] {
			out.WriteString("\t" + s.plainly(m, row, col))
		}
	}
	return screen.Outcome{Copy: out.String() + "\n", Note: catalogue.T("copied {title}, as tab-separated text", "title", s.title())}
}

// plainly writes what a cell shows.
func (s *Screen) plainly(m *session.Matrix, row, col int) string {
	n, ok := s.shown().Of(m.Now[row][col])
	if s.change {
		before, had := s.shown().Of(m.Before[row][col])
		n, ok = n-before, ok && had
	}
	switch {
	case !ok:
		return ""
	case s.shown().IsMoney():
		return model.Money(n).String()
	}
	return strconv.FormatInt(n, 10)
}
