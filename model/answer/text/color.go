package text

import (
	"regexp"
	"strings"

	"strata/model/answer"
)

// codes are the colours of tones, of the terminal's own sixteen: it shows them so that
// they can be read on its ground, which nobody else knows.
var codes = map[answer.Tone]string{answer.High: "33", answer.Mid: "36", answer.Low: "95", answer.Dim: "90"}

// Colors are all sequences that colour takes; no other controls a terminal.
var Colors = regexp.MustCompile(`\x1b\[(?:33|36|95|90|39)m`)

// colored is a text in its colour, what it is indented by left out.
func colored(text string, tone answer.Tone) string {
	code, words := codes[tone], strings.TrimLeft(text, " ")
	if code == "" || words == "" {
		return text
	}
	return text[:len(text)-len(words)] + "\x1b[" + code + "m" + words + "\x1b[39m"
}
