package main

import (
	"bytes"
	"testing"
)

// However the text comes in pieces, it is wrapped as a whole.
func TestPiecesAreWrappedAsOne(t *testing.T) {
	t.Parallel()
	const text = "one line that is long\n\nand another one of these\nend without"
	const want = "one line\n  that is\n  long\n\nand\n  another\n  one of\n  these\nend\n  without"
	for size := 1; size <= len(text); size++ {
		var out bytes.Buffer
		w := &wrapping{to: &out, width: 9}
		for rest := text; rest != ""; rest = rest[min(size, len(rest)):] {
			piece := rest[:min(size, len(rest))]
			if n, err := w.Write([]byte(piece)); n != len(piece) || err != nil {
				t.Fatal(n, err)
			}
		}
		if err := w.flush(); err != nil || out.String() != want {
			t.Fatalf("in pieces of %d:\n%s", size, out.String())
		}
	}
}

// What is printed as a scheme file is one at any width: comments that go on are
// comments, and the lines below them stay whole.
func TestWrappedCommentsStayComments(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	w := &wrapping{to: &out, width: 20, file: true}
	if _, err := w.Write([]byte("# The goal is missed by 6 customers.\n#\n# cuts         1 / 2 / 3 / 4\n\nscheme: a name that is a long one\n")); err != nil {
		t.Fatal(err)
	}
	const want = "# The goal is missed\n#   by 6 customers.\n#\n# cuts         1 / 2\n#              / 3 /\n#              4\n\nscheme: a name that is a long one\n"
	if out.String() != want {
		t.Errorf("got:\n%s\nwant:\n%s", out.String(), want)
	}
}
