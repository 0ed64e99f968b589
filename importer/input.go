package importer

import (
	"io"
)

// Input is an opened file, ready to be looked at ([Detect], as often as
// wanted) and then read once ([Read]).
type Input struct{}

// Open opens a file of any supported format; the path "-" is stdin. Errors:
// NotFound, Unreadable (permission, a directory), Empty, Invalid (binary),
// Corrupt (a broken archive).
func Open(path string, stdin io.Reader) (*Input, error) { return nil, nil }

// Close closes the file. Stdin is left open.
func (in *Input) Close() error { return nil }
