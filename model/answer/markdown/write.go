// Package markdown writes answers as Markdown (GitHub's, for its tables), to paste
// into a wiki or a report.
package markdown

import (
	"bufio"
	"io"
	"regexp"
	"strings"

	"strata/model"
	"strata/model/answer"
)

// Write writes a document under its title. Errors are those of w.
func Write(w io.Writer, d *answer.Document) error {
	out := bufio.NewWriter(w)
	if d.Title != "" {
		say(out, "## "+escaped(d.Title))
	}
	for _, p := range d.Parts(answer.Page) {
		switch v := p.Value.(type) {
		case answer.Paragraph:
			lines := make([]string, 0, len(v))
			for _, one := range v {
				if one != "" {
					lines = append(lines, line(one))
				}
			}
			say(out, strings.Join(lines, "\\\n")) // the lines stay lines
		case answer.Listing: // indented, so that no line of it can end it
			for _, line := range v {
				out.WriteString(strings.TrimRight("    "+model.Printable(line), " ") + "\n")
			}
			out.WriteString("\n")
		case *answer.Table:
			if v.Caption != "" {
				say(out, "**"+escaped(v.Caption)+"**")
			}
			table(out, v.In(answer.Page))
			if v.Note != "" {
				say(out, line(v.Note))
			}
		}
	}
	return out.Flush()
}

func say(out *bufio.Writer, text string) {
	if text != "" {
		out.WriteString(text + "\n\n")
	}
}

func table(out *bufio.Writer, v answer.View) {
	row, figures, _ := v.ForPeople(nil)
	write := func(cells []string) bool { // what went wrong Flush tells
		_, err := out.WriteString("| " + strings.Join(cells, " | ") + " |\n")
		return err == nil
	}
	var titles, rules []string
	for i, head := range v.Heads {
		titles = append(titles, escaped(head.Title))
		if figures[i] {
			rules = append(rules, "---:")
		} else {
			rules = append(rules, "---")
		}
	}
	write(titles)
	write(rules)
	for r := range v.Len() {
		cells := row(r)
		for i, cell := range cells {
			text := strings.TrimLeft(cell, " ")
			indent := strings.Repeat("&ensp;", len(cell)-len(text))
			cells[i] = indent + escaped(text)
		}
		if !write(cells) {
			break
		}
	}
	out.WriteString("\n")
}

// special are the characters that Markdown, or HTML in it, would take for its own
// anywhere, and atStart what it would at the start of a line.
var (
	special = regexp.MustCompile("[\\\\`*_{}\\[\\]<>#|~&]")
	atStart = regexp.MustCompile(`^(?:[-+=]|[0-9]+[.)])(?:[-=\s]|$)`)
)

// escaped writes a text that comes out as it is.
func escaped(text string) string {
	return special.ReplaceAllString(model.Printable(text), `\$0`)
}

// line is escaped for a line of its own.
func line(text string) string {
	text = escaped(text)
	if at := atStart.FindStringIndex(text); at != nil {
		mark := strings.IndexAny(text, "-+=.)")
		text = text[:mark] + `\` + text[mark:]
	}
	return text
}
