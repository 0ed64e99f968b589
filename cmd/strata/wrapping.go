package main

import (
	"bytes"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"strata/model/answer/text"
)

// wrapping breaks lines that are wider than a terminal at blanks, so that no word,
// day or flag is broken by the terminal. A line is written once it has ended;
// [wrapping.flush] writes the last one.
type wrapping struct {
	to    io.Writer
	width int
	begun []byte // a line that has not ended
	// file: the text is a file, of which only comments are wrapped, and stay comments.
	file bool
}

// Write takes in text; errors are those of what it is written to.
func (w *wrapping) Write(written []byte) (int, error) {
	end := bytes.LastIndexByte(written, '\n') + 1
	if end == 0 {
		w.begun = append(w.begun, written...)
		return len(written), nil
	}
	var out strings.Builder
	for line := range strings.Lines(string(w.begun) + string(written[:end])) {
		out.WriteString(w.wrap(strings.TrimSuffix(line, "\n")))
		out.WriteByte('\n')
	}
	w.begun = append(w.begun[:0], written[end:]...)
	if _, err := io.WriteString(w.to, out.String()); err != nil {
		return 0, err
	}
	return len(written), nil
}

func (w *wrapping) wrap(line string) string {
	if !w.file {
		return text.Wrap(line, w.width)
	}
	const mark = "# "
	comment, ok := strings.CutPrefix(line, mark)
	if !ok {
		return line
	}
	return mark + strings.ReplaceAll(text.Wrap(comment, max(w.width-len(mark), 1)), "\n", "\n"+mark)
}

func (w *wrapping) flush() error {
	last := w.wrap(string(w.begun))
	w.begun = nil
	_, err := io.WriteString(w.to, last)
	return err
}

// toldInSentences are commands beside those that [answers] marks whose text is for
// people alone. That of others may be copied or kept, so its lines stay whole.
var toldInSentences = []string{"tiers", "compare", "customer"}

// printsFile are commands whose text is a file that can be used as it is printed.
var printsFile = []string{"suggest"}

// wrapText has the lines of a command's text broken where they are written to a
// terminal.
func (a *app) wrapText(cmd *cobra.Command) {
	out, ok := a.out.(*interruptible)
	width := terminalWidth(a.out)
	_, told := cmd.Annotations[isAnswer]
	told = told || slices.Contains(toldInSentences, cmd.Name()) && cmd.Parent() == cmd.Root()
	if !ok || width == 0 || a.format != "text" || !told {
		return
	}
	out.to = &wrapping{to: out.to, width: width, file: slices.Contains(printsFile, cmd.Name())}
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
