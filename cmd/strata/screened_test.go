package main

import (
	"strings"
	"testing"
)

// Colour comes through where it is wanted, however it is cut into pieces; nothing else
// that begins like it does.
func TestOnlyColourComesThrough(t *testing.T) {
	t.Parallel()
	const text = "\x1b[33mHIGH£\x1b[39m\x1b[2J\x1b[31m\x1b[33;5m\x1b]52;c;m\a\x1b"
	for piece := 1; piece <= len(text); piece++ {
		for colored, want := range map[bool]string{
			true:  "\x1b[33mHIGH£\x1b[39m�[2J�[31m�[33;5m�]52;c;m�",
			false: "�[33mHIGH£�[39m�[2J�[31m�[33;5m�]52;c;m��",
		} {
			var out strings.Builder
			w := &screened{to: &out, colored: func() bool { return colored }}
			for from := 0; from < len(text); from += piece {
				if _, err := w.Write([]byte(text[from:min(from+piece, len(text))])); err != nil {
					t.Fatal(err)
				}
			}
			if out.String() != want {
				t.Errorf("colour %v in pieces of %d: %q, want %q", colored, piece, out.String(), want)
			}
		}
	}
}
