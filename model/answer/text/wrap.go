package text

import (
	"regexp"
	"strings"

	"strata/model/catalogue"

	"github.com/charmbracelet/x/ansi"
)

// What a line that goes on is indented by: as its text is, if a label stands
// before it, else a little more than its beginning.
const (
	hanging      = 2
	widestHanged = 16
)

var label = regexp.MustCompile(`^(?: *\S+(?: \S+)*? {2,}|` + regexp.QuoteMeta(catalogue.T("note: {message}", "message", "")) + `)`)

// Wrap breaks a line at blanks into lines of at most width cells (0: any), but
// no words.
func Wrap(line string, width int) string {
	if width <= 0 || ansi.StringWidth(line) <= width {
		return line
	}
	indent := len(line) - len(strings.TrimLeft(line, " "))
	if n := ansi.StringWidth(label.FindString(line)); n > indent && n <= widestHanged {
		indent = n
	} else {
		indent += hanging
	}
	var out strings.Builder
	parts := strings.Split(line, " ")
	at := 0
	for i, word := range parts {
		w := ansi.StringWidth(word)
		switch {
		case i == 0:
		case at+1+w > width && at > indent && word != "":
			out.WriteString("\n" + strings.Repeat(" ", indent))
			at = indent
		default:
			out.WriteByte(' ')
			at++
		}
		out.WriteString(word)
		at += w
	}
	lines := strings.Split(out.String(), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}
