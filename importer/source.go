package importer

import (
	"bytes"

	"strata/importer/parse"
)

// source yields the records of a file from the first on, a block at a time, as
// delimited text in UTF-8. A format that holds no text writes its records as
// such, one a line, so that everything behind is the same for all.
type source interface {
	// next takes the next whole records, and reports whether any were left. One
	// goroutine calls it.
	next(b *block) (more bool, err error)
	// open makes the text of a block ready to be walked. Several goroutines call
	// it, each with a block of its own.
	open(b *block)
}

// blockSize is about how much text is parsed at once: large enough that
// handing it over costs nothing, small enough to stay in the cache.
const blockSize = 1 << 20

// block is a stretch of the file that holds whole records, and what became of
// it.
type block struct {
	text  []byte
	line  int64 // line of the file where it begins, from 1
	first bool  // it begins with the header, if there is one

	delimiter byte // between the fields of the opened block
	decoding       // of its text
	batch     batch
	done      chan struct{} // receives when batch is filled
}

// decoding says what a text in UTF-8 was made of.
type decoding struct {
	replaced bool       // some of the text could not be decoded
	mended   mended     // what the text was made of that is not all UTF-8
	excerpt  []byte     // of such a text
	tabs     joinedTabs // tabs of aligned columns
}

// walk goes through the records of an opened block, whose text it changes.
type walk struct {
	parse.Records
	text    []byte
	line    int64 // of the file, at the byte counted of text
	counted int
}

// begin goes before the first record of an opened block.
func (w *walk) begin(b *block) {
	w.text, w.line, w.counted = b.text, b.line, 0
	w.Reset(b.text, b.delimiter)
}

// lineHere returns the line of the file on which the current record begins.
func (w *walk) lineHere() int64 {
	w.line += int64(bytes.Count(w.text[w.counted:w.Start], []byte{'\n'}))
	w.counted = w.Start
	return w.line
}
