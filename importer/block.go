package importer

import (
	"bytes"
	"errors"
	"io"

	"strata/importer/parse"
	"strata/model"
)

// blockSize is about how much text is parsed at once: large enough that
// handing it over costs nothing, small enough to stay in the cache.
const blockSize = 1 << 20

// block is a stretch of the file that holds whole records, and what became of
// it.
type block struct {
	text  []byte
	line  int64 // line of the file where it begins, from 1
	first bool  // it begins with the header, if there is one
	batch batch
	done  chan struct{} // receives when batch is filled
}

// splitter cuts a text into blocks at record boundaries.
type splitter struct {
	input     *Input
	text      io.Reader
	delimiter byte
	size      int
	rest      []byte // read, but not yet in a block
	line      int64  // where rest begins
	begun     bool
	ended     bool
}

// next fills a block and reports whether there was anything left.
func (s *splitter) next(b *block) (bool, error) {
	b.line, b.first = s.line, !s.begun
	s.begun = true
	text := append(b.text[:0], s.rest...)
	want := s.size
	end := 0
	for {
		var err error
		if text, err = s.fill(text, want); err != nil {
			return false, err
		}
		end = parse.Boundary(text, s.delimiter, s.ended)
		if end > 0 || s.ended {
			break
		}
		if len(text) > 2*parse.RecordLimit {
			return false, tooLong(s.input.path, s.line)
		}
		want = len(text) + s.size
	}
	s.rest = append(s.rest[:0], text[end:]...)
	b.text = text[:end]
	s.line += int64(bytes.Count(b.text, []byte{'\n'}))
	return end > 0, nil
}

// fill reads until text is as long as wanted or the file ends.
func (s *splitter) fill(text []byte, want int) ([]byte, error) {
	for len(text) < want && !s.ended {
		if cap(text) < want {
			text = append(make([]byte, 0, want), text...)
		}
		n, err := s.text.Read(text[len(text):want])
		added := text[len(text) : len(text)+n]
		if i := bytes.IndexByte(added, 0); i >= 0 {
			return nil, nulByte(s.input.path, s.line+int64(bytes.Count(text[:len(text)+i], []byte{'\n'})))
		}
		text = text[:len(text)+n]
		switch {
		case errors.Is(err, io.EOF):
			s.ended = true
		case err != nil:
			return nil, s.input.failed(err)
		}
	}
	return text, nil
}

func tooLong(path string, line int64) error {
	return model.Errorf(model.Invalid, "%s:%d is longer than %d MiB, too long for an order row", path, line, parse.RecordLimit>>20).
		WithHint("check that the file has line ends and that its quotes are closed")
}
