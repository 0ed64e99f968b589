package tiers

import (
	"strata/model"
	"strata/model/catalogue"
	"strata/tui/component/heatmap"
	"strata/tui/component/pane"
	"strata/tui/session"
)

// matrix is the scores of recency against those of the measure whose cut is
// marked, so that its cells move with the cut.
func (s *Screen) matrix() *session.Matrix {
	q := session.MatrixQuery{Rows: model.Recency, Cols: model.Frequency}
	if !s.cut.Value && s.cut.Axis == model.Monetary {
		q.Cols = model.Monetary
	}
	return session.NewMatrix(s.frame, q)
}

// tallestCells returns the height beyond which the cells' pane does not grow;
// nothing where a frame has no cells, or where the figures would be cut.
func (s *Screen) tallestCells() int {
	m := s.matrix()
	if m.Now == nil {
		return 0
	}
	h := heatmap.New(m, session.MatrixCustomers, false, s.symbol)
	if h.Least()+frameWidth > arrange(s.width, s.height).groups.width {
		return 0
	}
	return h.Tallest() + frameHeight
}

// leastCells returns the width that the cells' pane needs; the frame has cells.
func (s *Screen) leastCells() int {
	return heatmap.New(s.matrix(), session.MatrixCustomers, false, s.symbol).Least() + frameWidth
}

// cells draws the matrix.
func (s *Screen) cells(r rect) []string {
	key := panelKey{frame: s.frame, rect: r, cut: s.cut, symbol: s.symbol, theme: s.theme}
	return s.memo.cells.drawn(key, func() []string {
		m := s.matrix()
		p := pane.Pane{Title: catalogue.T("{metric} · customers", "metric", m.String()), Note: "2", Width: r.width, Height: r.height}
		h := heatmap.New(m, session.MatrixCustomers, false, s.symbol)
		h.Width, h.Height = p.Inner()
		return p.Lines(s.theme, h.Lines(s.theme))
	})
}
