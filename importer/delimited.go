package importer

import (
	"bytes"
	"errors"
	"io"
	"unicode/utf8"

	"strata/importer/parse"
	"strata/model"
)

// delimitedText is the source of a text whose columns are delimited or aligned.
type delimitedText struct {
	path      string
	text      io.Reader
	failed    func(error) error // says what an error of text means
	delimiter byte
	aligned   int  // columns have at least so many blanks between them; 0: a delimiter
	declared  bool // the text is said to be UTF-8: what is not is replaced
	decoded   bool // the text was decoded: what could not be is replaced
	size      int  // about how many bytes make a block

	rest  []byte // read, but not yet in a block
	line  int64  // where rest begins
	begun bool
	ended bool
}

// delimited returns the source of a text in UTF-8.
func delimited(in *Input, text io.Reader, delimiter string) *delimitedText {
	return &delimitedText{
		path: in.path, text: text, failed: in.failed, delimiter: scannerDelimiter(delimiter), aligned: aligned(delimiter),
		size: blockSize, line: 1,
	}
}

// records returns the records of the file from the header on, as planned.
func (in *Input) records(p *Plan) (*delimitedText, error) {
	text, err := in.reader(p)
	if err != nil {
		return nil, err
	}
	s := delimited(in, text, p.Delimiter)
	s.declared, s.decoded = p.said.encoding, p.decodes()
	s.line += int64(p.Skip)
	return s, nil
}

// beginning returns the whole records of a text as one block; last says that
// nothing follows the text.
func (s *delimitedText) beginning(text []byte, last bool) (*block, error) {
	end := parse.Boundary(text, s.delimiter, last)
	if end == 0 {
		return nil, tooLong(s.path, s.line)
	}
	return &block{text: bytes.Clone(text[:end]), line: s.line, first: true}, nil
}

// next fills a block and reports whether there was anything left.
func (s *delimitedText) next(b *block) (bool, error) {
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
			return false, tooLong(s.path, s.line)
		}
		want = len(text) + s.size
	}
	s.rest = append(s.rest[:0], text[end:]...)
	b.text = text[:end]
	s.line += int64(bytes.Count(b.text, []byte{'\n'}))
	return end > 0, nil
}

// fill reads until text is as long as wanted or the file ends.
func (s *delimitedText) fill(text []byte, want int) ([]byte, error) {
	for len(text) < want && !s.ended {
		if cap(text) < want {
			text = append(make([]byte, 0, want), text...)
		}
		n, err := s.text.Read(text[len(text):want])
		added := text[len(text) : len(text)+n]
		if i := bytes.IndexByte(added, 0); i >= 0 {
			return nil, nulByte(s.path, s.line+int64(bytes.Count(text[:len(text)+i], []byte{'\n'})))
		}
		text = text[:len(text)+n]
		switch {
		case errors.Is(err, io.EOF):
			s.ended = true
		case err != nil:
			return nil, s.failed(err)
		}
	}
	return text, nil
}

// open makes a block valid UTF-8, notes what it was, and writes aligned columns as
// delimited ones.
func (s *delimitedText) open(b *block) {
	b.delimiter, b.decoding = s.delimiter, decoding{}
	switch {
	case s.decoded:
		b.replaced = bytes.ContainsRune(b.text, utf8.RuneError)
	case utf8.Valid(b.text):
	case s.declared:
		b.text = bytes.ToValidUTF8(b.text, []byte(string(utf8.RuneError)))
		b.replaced = true
	default:
		b.excerpt = excerptOf(b.text)
		b.text, b.mended = mendText(b.text)
	}
	if s.aligned > 0 {
		b.text, b.tabs = squeeze(b.text, s.aligned)
	}
}

// excerptOf returns a stretch of a text from the line on with the first byte
// that is not UTF-8.
func excerptOf(text []byte) []byte {
	const longest = 16 << 10
	at := 0
	for at < len(text) {
		c, size := utf8.DecodeRune(text[at:])
		if c == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	text = text[1+bytes.LastIndexByte(text[:at], '\n'):]
	return bytes.Clone(text[:min(longest, len(text))])
}

// aligned returns how many blanks at least stand between columns; 0 where the
// delimiter is a character.
func aligned(delimiter string) int {
	if delimiter == blanks || delimiter == wideBlanks {
		return len(delimiter)
	}
	return 0
}

// squeeze writes aligned columns as delimited ones, in place: the blanks around
// a line go, and runs of at least so many between columns become one delimiter,
// a blank or, where single blanks belong to values, a tab. Line ends stay. It counts
// the lines with several tabs in such a run, which may be an empty field.
func squeeze(text []byte, least int) (out []byte, tabs joinedTabs) {
	out = text[:0]
	for len(text) > 0 {
		line, rest, ended := bytes.Cut(text, []byte{'\n'})
		line = bytes.Trim(line, " \t\r")
		tabs.note(line)
		for i := 0; i < len(line); {
			run := i
			for run < len(line) && (line[run] == ' ' || line[run] == '\t') {
				run++
			}
			switch {
			case run == i:
				out = append(out, line[i])
				run++
			case least == 1:
				out = append(out, ' ')
			case run-i >= least || line[i] == '\t':
				out = append(out, '\t')
			default:
				out = append(out, ' ')
			}
			i = run
		}
		if ended {
			out = append(out, '\n')
		}
		text = rest
	}
	return out, tabs
}

// joinedTabs counts lines in which several tabs between two columns are one delimiter.
type joinedTabs struct {
	lines   int64
	example string // of such a line
}

func (j *joinedTabs) note(line []byte) {
	if bytes.Contains(line, []byte("\t\t")) {
		const longest = 60
		j.merge(joinedTabs{1, string(bytes.ToValidUTF8(line[:min(longest, len(line))], nil))})
	}
}

func (j *joinedTabs) merge(later joinedTabs) {
	if j.lines == 0 {
		j.example = later.example
	}
	j.lines += later.lines
}

// scannerDelimiter is the character between columns when records are walked.
func scannerDelimiter(delimiter string) byte {
	if delimiter == wideBlanks {
		return '\t'
	}
	return delimiter[0]
}

func tooLong(path string, line int64) error {
	return model.Errorf(model.Invalid, "{path}:{line} is longer than {record_limit} MiB, too long for an order row", "path", path, "line", line, "record_limit", parse.RecordLimit>>20).
		WithHint("check that the file has line ends and that its quotes are closed")
}
