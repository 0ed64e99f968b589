package chart

import (
	"strata/model/answer"
	"strata/tui/component/cells"
	"strata/tui/theme"
)

// keys are what the lines of a chart are told apart by.
func (c *Chart) keys() []string {
	var keys []string
	for i := range c.Chart.Lines {
		switch {
		case c.Shape == answer.OverTime:
			stroke := string(drawnAs[i%len(drawnAs)][0])
			mark := stroke
			if c.sparse() {
				mark = marks[i%len(marks)]
			}
			keys = append(keys, stroke+mark+stroke)
		case c.Shape == answer.Bars && len(c.Chart.Lines) > 1:
			keys = append(keys, []string{"▀", "▄"}[min(i, 1)])
		}
	}
	return keys
}

// legend names the lines where there is more than one, as many in a row as there is room
// for.
func (c *Chart) legend(th *theme.Theme, width int) []string {
	keys := c.keys()
	if len(keys) == 0 || len(keys) == 1 && c.Chart.Lines[0].Name == "" {
		return nil
	}
	if th == nil { // only counted
		th = new(theme.Theme)
	}
	const between = 3
	var lines []string
	line := cells.NewLine(width)
	for i, key := range keys {
		name := cells.Fit(cells.Clean(c.Chart.Lines[i].Name), max(width-cells.Width(key)-1, 0))
		if line.At() > 0 && between+cells.Width(key)+1+cells.Width(name) > line.Left() {
			lines, line = append(lines, line.String()), cells.NewLine(width)
		}
		if line.At() > 0 {
			line.Skip(between)
		}
		line.Put(c.keyStyle(th, i), key).Put(th.Text, " "+name)
	}
	return append(lines, line.String())
}

func (c *Chart) keyStyle(th *theme.Theme, line int) theme.Style {
	if c.Shape == answer.OverTime {
		return toneOf(th, c.Chart.Lines[line].Tone)
	}
	return th.Dim
}

// gutterOf is the room for texts on the left, with a blank after them.
func gutterOf(width int, texts ...string) int {
	widest := 0
	for _, text := range texts {
		widest = max(widest, cells.Width(cells.Clean(text)))
	}
	return min(widest, width/3) + 1
}
