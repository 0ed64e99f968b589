package importer

import (
	"context"
	"io"
	"os"
)

// Stream reads from what may be silent for ever, a terminal or a pipe, until its
// context ends. A read that the system does not come back from cannot be
// cancelled: it is left behind, and what it brings after all is kept for the next
// one. One goroutine may read at a time.
type Stream struct {
	from    io.Reader
	ctx     context.Context
	block   []byte
	left    []byte // of what the block holds
	err     error  // after what is left
	pending chan arrival
}

// arrival is what one read brought.
type arrival struct {
	n   int
	err error
}

// NewStream returns a reader of a stream until ctx ends. Error: that of ctx.
func NewStream(ctx context.Context, from io.Reader) *Stream { return &Stream{from: from, ctx: ctx} }

// GoOn has the stream read until another context ends.
func (s *Stream) GoOn(ctx context.Context) { s.ctx = ctx }

// Underneath returns what is read from.
func (s *Stream) Underneath() io.Reader { return s.from }

// Read implements io.Reader.
func (s *Stream) Read(p []byte) (int, error) {
	if len(s.left) == 0 && s.err == nil {
		if err := s.fill(); err != nil {
			return 0, err
		}
	}
	n := copy(p, s.left)
	s.left = s.left[n:]
	if len(s.left) > 0 {
		return n, nil
	}
	err := s.err
	s.err = nil
	return n, err
}

func (s *Stream) fill() error {
	if err := s.ctx.Err(); err != nil {
		return err
	}
	if s.pending == nil {
		const blockSize = 128 << 10
		if s.block == nil {
			s.block = make([]byte, blockSize)
		}
		pending, from, block := make(chan arrival, 1), s.from, s.block
		s.pending = pending
		go func() {
			n, err := from.Read(block)
			pending <- arrival{n, err}
		}()
	}
	select {
	case <-s.ctx.Done():
		return s.ctx.Err()
	case r := <-s.pending:
		s.pending, s.left, s.err = nil, s.block[:r.n], r.err
		return nil
	}
}

// openUntil opens a file, unless ctx ends before: a FIFO waits for its writer.
func openUntil(ctx context.Context, path string) (*os.File, error) {
	type opened struct {
		file *os.File
		err  error
	}
	arrives := make(chan opened, 1)
	go func() {
		file, err := os.Open(path)
		arrives <- opened{file, err}
	}()
	select {
	case o := <-arrives:
		return o.file, o.err
	case <-ctx.Done():
		go func() {
			if o := <-arrives; o.err == nil {
				_ = o.file.Close() // nobody reads it any more
			}
		}()
		return nil, ctx.Err()
	}
}
