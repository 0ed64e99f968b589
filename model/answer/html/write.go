// Package html writes answers as a page of HTML that needs nothing else: no script,
// no picture, no network.
package html

import (
	"bufio"
	"html"
	"io"
	"strings"

	"strata/model"
	"strata/model/answer"
)

// The policy of the page forbids whatever it does not need, should a text ever come
// through as HTML.
const head = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>%s</title>
<style>
:root { color-scheme: light dark }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; margin: 1rem 0; font-variant-numeric: tabular-nums }
caption { text-align: left; font-weight: 600; padding: .25rem 0 }
th, td { padding: .2rem .8rem .2rem 0; text-align: left; vertical-align: top }
thead th { border-bottom: 1px solid; font-weight: 600 }
tbody th { font-weight: 400 }
th.figure, td.figure { text-align: right }
@media print { body { margin: 0 } }
</style>
</head>
<body>
`

// Write writes a document. Errors are those of w.
func Write(w io.Writer, d *answer.Document) error {
	out := bufio.NewWriter(w)
	out.WriteString(strings.Replace(head, "%s", escaped(d.Title), 1))
	if d.Title != "" {
		out.WriteString("<h1>" + escaped(d.Title) + "</h1>\n")
	}
	for _, p := range d.Parts(answer.Page) {
		switch v := p.Value.(type) {
		case answer.Paragraph:
			lines := make([]string, 0, len(v))
			for _, line := range v {
				lines = append(lines, escaped(line))
			}
			out.WriteString("<p>" + strings.Join(lines, "<br>\n") + "</p>\n")
		case answer.Listing:
			out.WriteString("<pre>")
			for _, line := range v {
				out.WriteString(escaped(line) + "\n")
			}
			out.WriteString("</pre>\n")
		case *answer.Table:
			table(out, v)
		}
	}
	out.WriteString("</body>\n</html>\n")
	return out.Flush()
}

func table(out *bufio.Writer, t *answer.Table) {
	v := t.In(answer.Page)
	row, figures, _ := v.ForPeople(nil)
	class := func(column int) string {
		if figures[column] {
			return ` class="figure"`
		}
		return ""
	}
	out.WriteString("<table>\n")
	if t.Caption != "" {
		out.WriteString("<caption>" + escaped(t.Caption) + "</caption>\n")
	}
	out.WriteString("<thead><tr>")
	for i, h := range v.Heads {
		means := ""
		if h.Means != "" {
			means = ` title="` + escaped(h.Means) + `"`
		}
		out.WriteString(`<th scope="col"` + class(i) + means + ">" + escaped(h.Title) + "</th>")
	}
	out.WriteString("</tr></thead>\n<tbody>\n")
	for r := range v.Len() {
		if _, err := out.WriteString("<tr>"); err != nil {
			return // Flush tells it
		}
		for i, cell := range row(r) {
			text := strings.TrimLeft(cell, " ")
			indented := strings.Repeat("&ensp;", len(cell)-len(text)) + escaped(text)
			if i == 0 && !figures[0] {
				out.WriteString(`<th scope="row">` + indented + "</th>")
			} else {
				out.WriteString("<td" + class(i) + ">" + indented + "</td>")
			}
		}
		out.WriteString("</tr>\n")
	}
	out.WriteString("</tbody>\n</table>\n")
	if t.Note != "" {
		out.WriteString("<p>" + escaped(t.Note) + "</p>\n")
	}
}

// escaped writes a text that comes out as it is.
func escaped(text string) string { return html.EscapeString(model.Printable(text)) }
