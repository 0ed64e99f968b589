package importer

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"io/fs"
	"os"
	"sync/atomic"

	"github.com/klauspost/compress/gzip"

	"strata/model"
)

// sampleSize is how much of a file is looked at before it is read: some ten
// thousand rows, and more than the longest record.
const sampleSize = 1 << 20

// Input is an opened file, ready to be looked at ([Detect], as often as
// wanted) and then read once ([Read]).
type Input struct {
	path    string
	file    io.Closer // nil for stdin
	size    int64     // as stored; 0 unknown
	stored  *tally    // the bytes as stored
	text    io.Reader // the bytes of the text, without byte order mark
	sample  []byte    // its beginning
	whole   bool      // sample is all of it
	archive bool      // gzip
	utf8    bool      // a byte order mark says UTF-8
	read    bool      // Read has begun
}

// Open opens a file of any supported format; the path "-" is stdin. Errors:
// NotFound, Unreadable (permission, a directory), Empty, Invalid (binary),
// Corrupt (a broken archive).
func Open(path string, stdin io.Reader) (*Input, error) {
	if path == "-" {
		return newInput("stdin", stdin, 0)
	}
	info, err := os.Stat(path)
	if err == nil && info.IsDir() {
		return nil, model.Errorf(model.Unreadable, "%s is a directory", path).WithHint("name the files in it")
	}
	var file *os.File
	if err == nil {
		file, err = os.Open(path)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, model.Errorf(model.NotFound, "%s: no such file: %w", path, err).WithHint("check the path")
	case errors.Is(err, fs.ErrPermission):
		return nil, model.Errorf(model.Unreadable, "%s may not be read: %w", path, err).WithHint("check its permissions")
	case err != nil:
		return nil, model.Errorf(model.Unreadable, "%s cannot be opened: %w", path, err)
	}
	in, err := newInput(path, file, info.Size())
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	in.file = file
	return in, nil
}

// Path returns the path as the person gave it, or "stdin".
func (in *Input) Path() string { return in.path }

// Close closes the file. Stdin is left open.
func (in *Input) Close() error {
	if in.file == nil {
		return nil
	}
	return in.file.Close()
}

func newInput(path string, file io.Reader, size int64) (*Input, error) {
	in := &Input{path: path, size: size, stored: &tally{file: file, hash: sha256.New()}}
	stored := bufio.NewReaderSize(in.stored, 256<<10)
	var text io.Reader = stored
	if magic, _ := stored.Peek(2); string(magic) == "\x1f\x8b" {
		archive, err := gzip.NewReader(stored)
		if err != nil {
			return nil, in.failed(err)
		}
		text, in.archive = archive, true
	}
	sample, err := io.ReadAll(io.LimitReader(text, sampleSize))
	if err != nil {
		return nil, in.failed(err)
	}
	in.whole = len(sample) < sampleSize
	in.sample, in.utf8 = bytes.CutPrefix(sample, []byte(byteOrderMark))
	in.text = io.MultiReader(bytes.NewReader(in.sample), text)
	if len(bytes.TrimSpace(in.sample)) == 0 && in.whole {
		return nil, model.Errorf(model.Empty, "%s is empty", path).WithHint("give a file with a header line and order rows")
	}
	if err := refuseBinary(path, in.sample); err != nil {
		return nil, err
	}
	return in, nil
}

const byteOrderMark = "\xef\xbb\xbf"

// failed says what an error of reading means.
func (in *Input) failed(err error) error {
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return model.Errorf(model.Corrupt, "%s: the gzip archive is cut short: %w", in.path, err).WithHint("get the whole file again")
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum):
		return model.Errorf(model.Corrupt, "%s: the gzip archive is damaged: %w", in.path, err).WithHint("get the file again")
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return cancelled(in.path)
	}
	return model.Errorf(model.Unreadable, "%s cannot be read to its end: %w", in.path, err)
}

func cancelled(path string) error {
	return model.Errorf(model.Cancelled, "reading %s was stopped", path)
}

// expectedRows estimates the rows of a plain file from its sample, a little
// high; 0 for an archive or stdin.
func (in *Input) expectedRows() int {
	if in.archive || in.size == 0 {
		return 0
	}
	const shortest = 10 // bytes a row has at least
	lines := int64(bytes.Count(in.sample, []byte{'\n'})) + 1
	return int(min(in.size*lines/int64(len(in.sample))*21/20, in.size/shortest))
}

// magics are the first bytes of files that people mistake for order files.
var magics = []struct{ start, is, hint string }{
	{"PK\x03\x04", "a ZIP archive or an Excel workbook", "open it and save the sheet as CSV"},
	{"\xd0\xcf\x11\xe0", "an old Excel workbook", "open it and save the sheet as CSV"},
	{"\xff\xfe", "UTF-16 text", "save it as UTF-8"},
	{"\xfe\xff", "UTF-16 text", "save it as UTF-8"},
	{"SQLite format 3\x00", "an SQLite database", "export the table as CSV"},
	{"\x89PNG", "a PNG picture", "give a delimited text file"},
	{"\xff\xd8\xff", "a JPEG picture", "give a delimited text file"},
	{"GIF8", "a GIF picture", "give a delimited text file"},
	{"%PDF", "a PDF document", "give a delimited text file"},
	{"PAR1", "a Parquet file", "export it as CSV"},
	{"BZh", "a bzip2 archive", "unpack it first"},
	{"\xfd7zXZ\x00", "an xz archive", "unpack it first"},
	{"(\xb5/\xfd", "a Zstandard archive", "unpack it first"},
	{"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "unpack it first"},
}

func refuseBinary(path string, sample []byte) error {
	for _, m := range magics {
		if bytes.HasPrefix(sample, []byte(m.start)) {
			return model.Errorf(model.Invalid, "%s looks like %s", path, m.is).WithHint("%s", m.hint)
		}
	}
	if i := bytes.IndexByte(sample, 0); i >= 0 {
		return nulByte(path, 1+int64(bytes.Count(sample[:i], []byte{'\n'})))
	}
	return nil
}

func nulByte(path string, line int64) error {
	return model.Errorf(model.Invalid, "%s:%d holds a NUL byte: the file is binary or damaged", path, line).
		WithHint("give a delimited text file, or remove the NUL bytes")
}

// tally counts and hashes what is read of the file as stored.
type tally struct {
	file  io.Reader
	hash  hash.Hash
	bytes atomic.Int64
}

func (t *tally) Read(p []byte) (int, error) {
	n, err := t.file.Read(p)
	t.hash.Write(p[:n])
	t.bytes.Add(int64(n))
	return n, err
}

// fingerprint returns the SHA-256 of everything read, hexadecimal.
func (t *tally) fingerprint() string { return hex.EncodeToString(t.hash.Sum(nil)) }
