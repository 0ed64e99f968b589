// Package text writes answers for people who read a terminal: sentences, and tables
// in aligned columns.
package text

import (
	"io"
	"math"

	"strata/model"
	"strata/model/answer"
)

// Room is where a text is written.
type Room struct {
	Width   int          // in cells; 0: any
	Color   bool         // there is colour
	Stopped func() error // why no more is wanted, nil as long as it is; may be nil
}

// Write writes a document, a blank line between parts that are not joined. Errors are those of w and
// of room.Stopped.
func Write(w io.Writer, d *answer.Document, room Room) error {
	for i, p := range d.Parts(answer.Terminal) {
		if i > 0 && !p.Joined {
			if _, err := io.WriteString(w, "\n"); err != nil {
				return err
			}
		}
		switch v := p.Value.(type) {
		case answer.Paragraph:
			if err := say(w, v...); err != nil {
				return err
			}
		case answer.Listing:
			if err := say(w, v...); err != nil {
				return err
			}
		case *answer.Table:
			if err := table(w, v, room); err != nil {
				return err
			}
		}
	}
	return nil
}

func say(w io.Writer, lines ...string) error {
	for _, line := range lines {
		if _, err := io.WriteString(w, model.Printable(line)+"\n"); err != nil {
			return err
		}
	}
	return nil
}

func table(w io.Writer, t *answer.Table, room Room) error {
	if t.Caption != "" {
		if err := say(w, t.Caption); err != nil {
			return err
		}
	}
	view := t.In(answer.Terminal)
	row, figures, err := view.ForPeople(room.Stopped)
	if err != nil {
		return err
	}
	g := Grid{Short: map[int]string{}, Cut: t.Cut, Rows: told{view.Len(), row}}
	for i, head := range view.Heads {
		g.Header = append(g.Header, head.Title)
		if figures[i] {
			g.Right = append(g.Right, i)
		}
		if head.Short != "" {
			g.Short[i] = head.Short
		}
	}
	g.Light = lightest(view.Heads)
	if room.Color {
		g.Tone = view.Tone
	}
	if err := g.Write(w, room.Width, room.Stopped); err != nil || t.Note == "" {
		return err
	}
	return say(w, t.Note)
}

// told are the rows of a table as people are told them.
type told struct {
	rows int
	at   func(row int) []string
}

// Len returns how many there are.
func (t told) Len() int { return t.rows }

// At returns one of them.
func (t told) At(row int) []string { return t.at(row) }

// lightest groups the columns that may be left out, those of the greatest weight
// first.
func lightest(heads []answer.Head) [][]int {
	var groups [][]int
	for weight := int8(math.MaxInt8); weight > 0; weight-- {
		var group []int
		for i, head := range heads {
			if head.Light == weight {
				group = append(group, i)
			}
		}
		if group != nil {
			groups = append(groups, group)
		}
	}
	return groups
}
