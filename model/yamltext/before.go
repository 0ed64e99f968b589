package yamltext

import (
	"strings"

	"strata/model/catalogue"
)

// The bounds on what the lexer is given. Its time grows with the square of the blank
// lines that end a block text (| or >), of the documents, and of < in a row; its
// memory with the marks. A scheme that locks 20,000 customers has 500,000 of those.
const (
	mostMarks     = 750_000
	mostBlank     = 100 // lines in a row
	mostBlockText = 64 << 10
	mostMarkers   = 2 // of documents: at the beginning and the end of one
	mostArrows    = 100
)

// before is what of a text is counted before the lexer sees it.
type before struct {
	text           string
	line           int // from 1
	marks, markers int
	blank          int // lines up to this one
}

// readable refuses what the lexer would choke on. Error: [*Fault].
func readable(text string) error {
	b := before{text: text}
	for line := range lines(text) {
		b.line++
		if err := b.take(line); err != nil {
			return err
		}
	}
	return nil
}

// lines yields the lines of a text without what ends them: as in YAML, a carriage
// return does, too.
func lines(text string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for text != "" {
			line, rest := text, ""
			if end := strings.IndexAny(text, "\r\n"); end >= 0 {
				line, rest = text[:end], text[end+1:]
				if text[end] == '\r' && strings.HasPrefix(rest, "\n") {
					rest = rest[1:]
				}
			}
			if !yield(line) {
				return
			}
			text = rest
		}
	}
}

func (b *before) take(line string) error {
	if strings.Trim(line, " \t") != "" {
		b.blank = 0
	} else if b.blank++; b.blank > mostBlank {
		return b.fault("more than {most_blank} blank lines in a row", "most_blank", mostBlank)
	}
	if strings.HasPrefix(line, "---") || strings.HasPrefix(line, "...") || strings.HasPrefix(line, "%") {
		if b.markers++; b.markers > mostMarkers {
			return b.fault("more than {most_markers} lines that begin with ---, ... or %: several documents", "most_markers", mostMarkers)
		}
	}
	if len(b.text) > mostBlockText && beginsBlockText(line) {
		return b.fault("a block text (| or >) in a file of more than {most_block_text} KiB", "most_block_text", mostBlockText>>10)
	}
	if strings.Contains(line, strings.Repeat("<", mostArrows+1)) {
		return b.fault("more than {most_arrows} < in a row", "most_arrows", mostArrows)
	}
	if b.marks += marksIn(line); b.marks > mostMarks {
		return b.fault("there are more than {most_marks} words and marks", "most_marks", mostMarks)
	}
	return nil
}

func (b *before) fault(entry string, named ...any) error {
	return &Fault{b.line, 1, catalogue.T(entry, named...) + catalogue.T(", which no scheme, plan or settings file needs")}
}

// beginsBlockText reports whether a line can end with the mark of a block text, be it
// with a comment behind it.
func beginsBlockText(line string) bool {
	for i, c := range []byte(line) {
		if c != '|' && c != '>' {
			continue
		}
		if before := strings.TrimRight(line[:i], " \t"); before != "" && len(before) == i && !strings.ContainsAny(line[i-1:i], ":-?") {
			continue // in the middle of a word
		}
		behind, _, _ := strings.Cut(line[i+1:], "#")
		if strings.Trim(behind, "+-0123456789 \t") == "" {
			return true
		}
	}
	return false
}

// marksIn counts what can be a word of its own, or end one, the end of the line
// included.
func marksIn(line string) int {
	n := 1
	for i := range len(line) {
		switch line[i] {
		case ',':
			n += 2 // and the word before it
		case '[', ']', '{', '}', '"', '\'', '#', '&', '*', '!', '|', '>', '%', '@', '`':
			n++
		case ':', '-', '?':
			if i+1 == len(line) || strings.IndexByte(" \t,[]{}", line[i+1]) >= 0 || i > 0 && (line[i-1] == '"' || line[i-1] == '\'') {
				n++
			}
		}
	}
	return n
}
