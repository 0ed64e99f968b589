package mapeditor

import (
	"strings"

	"strata/model"
	"strata/model/words"
	"strata/tui/component/cells"
	"strata/tui/component/mark"
	"strata/tui/session"
	"strata/tui/theme"
)

// mapLines draws the slice that is shown, the best scores on top and on the
// right, and all slices small below it where there is room.
func (s *Screen) mapLines(l layout, width, height int) []string {
	levels := s.frame.Scheme.Levels
	header := cells.NewLine(width)
	for col := 1; col <= levels[model.Frequency]; col++ {
		style := s.theme.Dim
		if col == s.col {
			style = s.theme.AccentStrong
		}
		header.SkipTo(l.cell.label+(col-1)*l.cell.width+1).Put(style, session.ScoreName(model.Frequency, col))
	}
	lines := []string{header.String()}
	for row := levels[model.Recency]; row >= 1; row-- {
		squares := make([]square, levels[model.Frequency])
		for col := range squares {
			squares[col] = s.square(row, col+1)
		}
		for part := range l.cell.height {
			lines = append(lines, s.gridLine(l.cell, width, row, part, squares))
		}
	}
	if l.small.width > 0 {
		lines = append(lines, cells.Blank(width, 1)...)
		lines = append(lines, s.smallLines(l.small, width)...)
	}
	return lines[:min(len(lines), height)]
}

// gridLine draws one line of a row's cells: marks on the first, counts on the
// second. The last of three or more is left blank between the rows.
func (s *Screen) gridLine(size cellSize, width, row, part int, squares []square) string {
	line := cells.NewLine(width)
	if part == 0 {
		style := s.theme.Dim
		if row == s.row {
			style = s.theme.AccentStrong
		}
		line.Put(style, session.ScoreName(model.Recency, row))
	}
	line.SkipTo(size.label)
	for col, q := range squares {
		end := line.At() + size.width
		marked := row == s.row && col+1 == s.col
		inner := size.width - 1
		ground := theme.Style("")
		if len(q.owners) == 1 {
			ground = s.ground(q.owners[0])
		}
		switch {
		case size.lists(q) && part > 0 && part <= len(q.owners):
			s.putShare(line, q, part-1, inner)
		case size.lists(q) && part > 0:
		case part == 0:
			s.putMarks(line, q, ground, marked, size)
		case size.height > 2 && part == size.height-1:
		case part == 1:
			line.Put(ground, padLeft(countIn(q.customers, inner-1), inner-1)).Put(ground, " ")
		default:
			line.Put(ground, strings.Repeat(" ", max(inner, 0)))
		}
		line.SkipTo(end)
	}
	return line.String()
}

// putMarks writes the marks of a cell's segments, each on its ground; a cell
// that is one line high has its count there, too, and one that is wide has names.
func (s *Screen) putMarks(line *cells.Line, q square, ground theme.Style, marked bool, size cellSize) {
	left, right := " ", " "
	if marked {
		left, right = "▸", "◂"
	}
	end := line.At() + size.width - 1
	line.Put(ground, left)
	if len(q.owners) == 1 {
		text := s.markOf(q.owners[0])
		if size.named {
			text = cells.Clean(s.frame.Segments[q.owners[0]].Label)
		}
		room := max(end-1-line.At(), 0)
		text = cells.Fit(text, room)
		if count := countIn(q.customers, room-cells.Width(text)-1); size.height == 1 && count != "" {
			text += padLeft(count, room-cells.Width(text))
		}
		line.Put(ground, text+strings.Repeat(" ", max(room-cells.Width(text), 0))).Put(ground, right)
		return
	}
	if size.lists(q) {
		line.PutRight("", countIn(q.customers, end-1-line.At()), end-1).Put("", right)
		return
	}
	for _, of := range q.owners {
		letters := s.markOf(of)
		if line.At()+cells.Width(letters) > end-1 {
			right = "+"
			break
		}
		line.Put(s.ground(of), letters)
	}
	line.PutRight("", right, end)
}

// lists reports whether a cell of several segments is tall enough for a line
// of each.
func (size cellSize) lists(q square) bool { return len(q.owners) > 1 && len(q.owners)+1 < size.height }

// putShare writes one of several segments of a tall cell, with how many of the
// customers it has.
func (s *Screen) putShare(line *cells.Line, q square, i, width int) {
	letters := s.markOf(q.owners[i])
	room := width - bracketWidth - cells.Width(letters)
	line.Skip(1).Put(s.ground(q.owners[i]), letters)
	line.Put(s.theme.Dim, padLeft(countIn(q.shares[i], room), room))
}

// countIn writes a count in full or short, "" where neither fits.
func countIn(n int64, width int) string {
	for _, text := range []string{words.Count(n), words.ShortCount(n)} {
		if n == 0 {
			text = "·"
		}
		if cells.Width(text) <= width {
			return text
		}
	}
	return ""
}

func padLeft(text string, width int) string {
	return strings.Repeat(" ", max(width-cells.Width(text), 0)) + text
}

// smallLines draws every slice with a mark a cell.
func (s *Screen) smallLines(size smallSize, width int) []string {
	levels := s.frame.Scheme.Levels
	wide := size.width * levels[model.Frequency]
	title := cells.NewLine(width)
	for slice := 1; slice <= levels[model.Monetary]; slice++ {
		style := s.theme.Dim
		name := session.ScoreName(model.Monetary, slice)
		if slice == s.slice || s.slice == 0 {
			style, name = s.theme.AccentStrong, "▾ "+name
		}
		title.SkipTo((slice-1)*(wide+size.gap)).Put(style, name)
	}
	lines := []string{title.String()}
	for row := levels[model.Recency]; row >= 1; row-- {
		line := cells.NewLine(width)
		for slice := 1; slice <= levels[model.Monetary]; slice++ {
			line.SkipTo((slice - 1) * (wide + size.gap))
			for col := 1; col <= levels[model.Frequency]; col++ {
				of := s.squareIn(row, col, slice).owners[0]
				letters := s.markOf(of)
				before := (size.width - cells.Width(letters)) / 2
				line.Put(s.ground(of), strings.Repeat(" ", before)+letters+strings.Repeat(" ", size.width-before-cells.Width(letters)))
			}
		}
		lines = append(lines, line.String())
	}
	return lines
}

// ground is the look of a segment's cells; of those left over it is the
// terminal's own.
func (s *Screen) ground(of uint8) theme.Style {
	g := s.frame.Segments[of]
	if g.Slug == others.Slug {
		return s.theme.Dim
	}
	return s.theme.Segment(s.frame.ColorOf(g.Slug), g.Tier)
}

func (s *Screen) markOf(of uint8) string {
	slug := s.frame.Segments[of].Slug
	for _, r := range s.rows {
		if !r.isTier && r.Slug == slug {
			return r.mark
		}
	}
	return mark.None
}

// longestLabel is the width of the longest name of a segment that has cells.
func (s *Screen) longestLabel() (width int) {
	for _, r := range s.rows {
		if r.cells > 0 {
			width = max(width, cells.Width(cells.Clean(r.Label)))
		}
	}
	return width
}
