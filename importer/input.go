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
	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/transform"

	"strata/model"
	"strata/model/catalogue"
)

// sampleSize is how much of a file is looked at before it is read: some ten
// thousand rows, and more than the longest record.
const sampleSize = 1 << 20

// Input is an opened file, ready to be looked at ([Detect]) and read ([Read]),
// as often as wanted.
type Input struct {
	path    string
	file    *os.File    // nil for stdin
	about   fs.FileInfo // what the file was when it was opened; nil for a stream
	stream  *Stream     // what cannot be read twice; nil for a file that can
	spool   *spool      // what a stream has said so far
	size    int64       // as stored; 0 unknown
	stored  *tally      // the bytes as stored
	text    io.Reader   // the bytes of the text, without byte order mark
	sample  []byte      // its beginning
	whole   bool        // sample is all of it
	archive string      // the format it is packed in: "gzip", "Zstandard", or ""
	// encoding is what a byte order mark, or the zeros of UTF-16, say; or "".
	encoding string
	begun    bool // the text has been read beyond the sample
}

// Open opens a file of any supported format; the path "-" is stdin. When ctx ends
// it is not waited for what a pipe or a terminal has to say. Errors: NotFound,
// Unreadable (permission, a directory, changed while it was read), Empty, Invalid (binary), Corrupt (a broken
// archive), Cancelled.
func Open(ctx context.Context, path string, stdin io.Reader) (*Input, error) {
	if path == "-" {
		in := &Input{path: "stdin"}
		return in.openedStream(ctx, stdin)
	}
	info, err := os.Stat(path)
	if err == nil && info.IsDir() {
		return nil, model.Errorf(model.Unreadable, "{path} is a folder", "path", path).WithHint("name the files in it")
	}
	var file *os.File
	if err == nil {
		file, err = openUntil(ctx, path)
	}
	if err == nil {
		if info, err = file.Stat(); err != nil { // another one may have the name since
			_ = file.Close() // the error is that of looking at it
		}
	}
	switch {
	case err != nil && ctx.Err() != nil:
		return nil, cancelled(path)
	case errors.Is(err, fs.ErrNotExist):
		return nil, model.Errorf(model.NotFound, "{path}: no such file: {cause}", "path", path, "cause", err).WithHint("check the path")
	case errors.Is(err, fs.ErrPermission):
		return nil, model.Errorf(model.Unreadable, "{path} may not be read: {cause}", "path", path, "cause", err).WithHint("check its permissions")
	case err != nil:
		return nil, model.Errorf(model.Unreadable, "{path} cannot be opened: {cause}", "path", path, "cause", err)
	}
	in := &Input{path: path, file: file, size: info.Size()}
	if !info.Mode().IsRegular() { // a pipe has a name, but one beginning
		in.size = 0
		return in.openedStream(ctx, file)
	}
	in.about = info
	return in.opened(file)
}

func (in *Input) openedStream(ctx context.Context, from io.Reader) (*Input, error) {
	in.stream = NewStream(ctx, from)
	in.spool = &spool{stream: in.stream}
	return in.opened(in.spool)
}

// opened begins reading, and closes the file on failure.
func (in *Input) opened(stored io.Reader) (*Input, error) {
	err := in.begin(stored)
	if changed := in.unchanged(); changed != nil {
		err = changed
	}
	if err != nil {
		return nil, errors.Join(err, in.Close())
	}
	return in, nil
}

// Close closes the file. Stdin is left open.
func (in *Input) Close() error {
	var err error
	if in.spool != nil {
		err = in.spool.Close()
	}
	if in.file != nil {
		err = errors.Join(err, in.file.Close())
	}
	return err
}

// again goes back to the beginning of a text that was read.
func (in *Input) again() error {
	if !in.begun {
		return nil
	}
	in.begun = false
	if in.spool != nil {
		in.spool.again()
		return in.begin(in.spool)
	}
	if _, err := in.file.Seek(0, io.SeekStart); err != nil {
		return in.failed(err)
	}
	return in.begin(in.file)
}

// begin reads the sample.
func (in *Input) begin(file io.Reader) error {
	in.stored = &tally{file: file, hash: sha256.New()}
	stored := bufio.NewReaderSize(in.stored, 256<<10)
	text, err := in.unpacked(stored)
	if err != nil {
		return in.failed(err)
	}
	sample, err := io.ReadAll(io.LimitReader(text, sampleSize))
	if err != nil {
		return in.failed(err)
	}
	in.whole = len(sample) < sampleSize
	in.sample, in.encoding = cutByteOrderMark(sample)
	in.text = io.MultiReader(bytes.NewReader(in.sample), text)
	if bytes.IndexByte(in.sample, '\n') < 0 && bytes.IndexByte(in.sample, '\r') >= 0 {
		in.sample = bytes.ReplaceAll(in.sample, []byte{'\r'}, []byte{'\n'})
		in.text = io.MultiReader(bytes.NewReader(in.sample), carriageReturns{text})
	}
	if len(bytes.TrimSpace(in.sample)) == 0 && in.whole {
		return model.Errorf(model.Empty, "{path} is empty", "path", in.path).WithHint("give a file with a header line and order rows")
	}
	if err := refuseForeign(in.path, in.sample); err != nil {
		return err
	}
	if in.encoding == "" {
		in.encoding = wideEncoding(in.sample)
	}
	if i := bytes.IndexByte(in.sample, 0); i >= 0 && in.encoding != utf16LE && in.encoding != utf16BE {
		return nulByte(in.path, 1+int64(bytes.Count(in.sample[:i], []byte{'\n'})))
	}
	return nil
}

// carriageReturns reads a text whose lines end in CR alone, as on old Macs, with
// LF instead.
type carriageReturns struct{ text io.Reader }

func (r carriageReturns) Read(p []byte) (int, error) {
	n, err := r.text.Read(p)
	for i, c := range p[:n] {
		if c == '\r' {
			p[i] = '\n'
		}
	}
	return n, err
}

// unpacked returns the text of an archive, and of a plain file the file.
func (in *Input) unpacked(stored *bufio.Reader) (io.Reader, error) {
	magic, _ := stored.Peek(len(zstdMagic)) // an error shows again when it is read
	switch {
	case bytes.HasPrefix(magic, []byte(gzipMagic)):
		in.archive = "gzip"
		zip, err := gzip.NewReader(stored)
		if err != nil {
			return nil, err
		}
		zip.Multistream(false)
		return &gzipMembers{zip, stored}, nil
	case bytes.HasPrefix(magic, []byte(zstdMagic)):
		in.archive = "Zstandard"
		// With one at a time it starts nothing that would have to be closed.
		return zstd.NewReader(stored, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(mostWindow))
	}
	return stored, nil
}

// gzipMembers reads the archives of a gzip file one after the other. Error:
// errBehindArchive for what is none.
type gzipMembers struct {
	zip    *gzip.Reader
	stored *bufio.Reader
}

var errBehindArchive = errors.New(catalogue.T("there are extra bytes after the gzip archive"))

func (r *gzipMembers) Read(p []byte) (int, error) {
	n, err := r.zip.Read(p)
	if !errors.Is(err, io.EOF) {
		return n, err
	}
	switch magic, err := r.stored.Peek(len(gzipMagic)); {
	case len(magic) == 0:
		return n, err
	case string(magic) != gzipMagic:
		return n, errBehindArchive
	}
	if err := r.zip.Reset(r.stored); err != nil {
		return n, err
	}
	r.zip.Multistream(false)
	return n, nil
}

// mostWindow is how far back an archive may refer, in bytes, all of which are kept in
// memory: what zstd --long, and unpacking without a flag, come to.
const mostWindow = 128 << 20

const (
	gzipMagic = "\x1f\x8b"
	zstdMagic = "\x28\xb5\x2f\xfd"
)

// failed says what an error of reading means.
func (in *Input) failed(err error) error {
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return cancelled(in.path)
	case in.stored.broken || in.archive == "":
		return model.Errorf(model.Unreadable, "{path} cannot be read to its end: {cause}", "path", in.path, "cause", err)
	case errors.Is(err, zstd.ErrWindowSizeExceeded), errors.Is(err, zstd.ErrDecoderSizeExceeded):
		return model.Errorf(model.Invalid, "{path} was packed with a window of more than 128 MiB (zstd --long=28 or more): {cause}", "path", in.path, "cause", err).
			WithHint("unpack it first: zstd -d --long=31")
	case errors.Is(err, errBehindArchive):
		return model.Errorf(model.Corrupt, "{path}: {cause}", "path", in.path, "cause", err).
			WithHint("get the file again, or unpack it with gzip -dc, which skips them, and import the result")
	case errors.Is(err, io.ErrUnexpectedEOF):
		return model.Errorf(model.Corrupt, "{path}: the {archive} archive is cut short: {cause}", "path", in.path, "archive", in.archive, "cause", err).WithHint("get the whole file again")
	}
	return model.Errorf(model.Corrupt, "{path}: the {archive} archive is damaged: {cause}", "path", in.path, "archive", in.archive, "cause", err).WithHint("get the file again")
}

// reader returns the whole text in UTF-8, or in what reading mends to it,
// without the given number of lines at its beginning.
func (in *Input) reader(p *Plan) (io.Reader, error) {
	text := in.text
	in.begun = true
	if p.decodes() {
		_, e, err := encodingNamed(p.Encoding)
		if err != nil {
			return nil, err
		}
		text = transform.NewReader(text, e.NewDecoder())
	}
	if p.Skip == 0 {
		return text, nil
	}
	lines := bufio.NewReaderSize(text, 64<<10)
	for range p.Skip {
		for {
			_, err := lines.ReadSlice('\n')
			if err == nil {
				break
			}
			if errors.Is(err, io.EOF) {
				return lines, nil
			}
			if !errors.Is(err, bufio.ErrBufferFull) {
				return nil, in.failed(err)
			}
		}
	}
	return lines, nil
}

func cancelled(path string) error {
	return model.Errorf(model.Cancelled, "reading {path} was stopped", "path", path)
}

// expectedRows estimates the rows of a plain file from its sample, a little
// high; 0 for an archive or stdin.
func (in *Input) expectedRows() int {
	if in.archive != "" || in.size == 0 {
		return 0
	}
	const shortest = 10 // bytes a row has at least
	lines := int64(bytes.Count(in.sample, []byte{'\n'})) + 1
	return int(min(in.size*lines/int64(len(in.sample))*21/20, in.size/shortest))
}

// magics are the first bytes of files that people mistake for order files.
var magics = []struct{ start, is, hint string }{
	{"PK\x03\x04", catalogue.T("a ZIP archive or an Excel workbook"), catalogue.T("open it and save the sheet as CSV")},
	{"\xd0\xcf\x11\xe0", catalogue.T("an old Excel workbook"), catalogue.T("open it and save the sheet as CSV")},
	{"SQLite format 3\x00", catalogue.T("an SQLite database"), catalogue.T("export the table as CSV")},
	{"\x89PNG", catalogue.T("a PNG picture"), catalogue.T("give a delimited text file")},
	{"\xff\xd8\xff", catalogue.T("a JPEG picture"), catalogue.T("give a delimited text file")},
	{"GIF8", catalogue.T("a GIF picture"), catalogue.T("give a delimited text file")},
	{"%PDF", catalogue.T("a PDF document"), catalogue.T("give a delimited text file")},
	{"PAR1", catalogue.T("a Parquet file"), catalogue.T("export it as CSV")},
	{"BZh", catalogue.T("a bzip2 archive"), catalogue.T("unpack it first")},
	{"\xfd7zXZ\x00", catalogue.T("an xz archive"), catalogue.T("unpack it first")},
	{"7z\xbc\xaf\x27\x1c", catalogue.T("a 7-Zip archive"), catalogue.T("unpack it first")},
}

func refuseForeign(path string, sample []byte) error {
	for _, m := range magics {
		if bytes.HasPrefix(sample, []byte(m.start)) {
			return model.Errorf(model.Invalid, "{path} looks like {kind}", "path", path, "kind", m.is).WithHint("{hint}", "hint", m.hint)
		}
	}
	return nil
}

func nulByte(path string, line int64) error {
	return model.Errorf(model.Invalid, "{path}:{line} contains a NUL byte: the file is binary or damaged", "path", path, "line", line).
		WithHint("give a delimited text file, or remove the NUL bytes")
}

// tally counts and hashes what is read of the file as stored.
type tally struct {
	file   io.Reader
	hash   hash.Hash
	bytes  atomic.Int64
	broken bool // reading failed here, not in the archive
}

func (t *tally) Read(p []byte) (int, error) {
	n, err := t.file.Read(p)
	t.hash.Write(p[:n])
	t.bytes.Add(int64(n))
	t.broken = t.broken || err != nil && !errors.Is(err, io.EOF)
	return n, err
}

// fingerprint returns the SHA-256 of everything read, hexadecimal.
func (t *tally) fingerprint() string { return hex.EncodeToString(t.hash.Sum(nil)) }
