package main

import (
	"bytes"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"
)

// wrapping breaks lines that are wider than a terminal at blanks, so that no word,
// day or flag is broken by the terminal. A line is written once it has ended;
// [wrapping.flush] writes the last one.
type wrapping struct {
	to    io.Writer
	width int
	begun []byte // a line that has not ended
}

// Write takes in text; errors are those of what it is written to.
func (w *wrapping) Write(text []byte) (int, error) {
	end := bytes.LastIndexByte(text, '\n') + 1
	if end == 0 {
		w.begun = append(w.begun, text...)
		return len(text), nil
	}
	var out strings.Builder
	for line := range strings.Lines(string(w.begun) + string(text[:end])) {
		out.WriteString(wrapped(strings.TrimSuffix(line, "\n"), w.width))
		out.WriteByte('\n')
	}
	w.begun = append(w.begun[:0], text[end:]...)
	if _, err := io.WriteString(w.to, out.String()); err != nil {
		return 0, err
	}
	return len(text), nil
}

func (w *wrapping) flush() error {
	text := wrapped(string(w.begun), w.width)
	w.begun = nil
	_, err := io.WriteString(w.to, text)
	return err
}

// What a line that goes on is indented by: as its text is, if a label stands
// before it, else a little more than its beginning.
const (
	hanging      = 2
	widestHanged = 16
)

var label = regexp.MustCompile(`^(?: *\S+(?: \S+)*? {2,}|note: )`)

// wrapped breaks a line at blanks into lines of at most width cells (0: any), but
// no words.
func wrapped(line string, width int) string {
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
	words := strings.Split(line, " ")
	at := 0
	for i, word := range words {
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

// toldInSentences are the commands whose text is for people alone. That of others
// may be copied or kept, so its lines stay whole.
var toldInSentences = []string{"tiers", "import", "compare", "customer", "matrix", "rejects", "sources", "sensitivity"}

// wrapText has the lines of a command's text broken where they are written to a
// terminal.
func (a *app) wrapText(cmd *cobra.Command) {
	out, ok := a.out.(*interruptible)
	width := terminalWidth(a.out)
	if !ok || width == 0 || a.format != "text" || !slices.Contains(toldInSentences, cmd.Name()) || cmd.Parent() != cmd.Root() {
		return
	}
	out.to = &wrapping{to: out.to, width: width}
}

// endText writes what has not been written yet.
func (a *app) endText() error {
	if out, ok := a.out.(*interruptible); ok {
		if w, ok := out.to.(*wrapping); ok {
			return w.flush()
		}
	}
	return nil
}

// underneath returns the stream that others lie over.
func underneath(stream any) any {
	for {
		switch w := stream.(type) {
		case *interruptible:
			stream = w.to
		case *wrapping:
			stream = w.to
		case *screened:
			stream = w.to
		default:
			return stream
		}
	}
}
