package main

import (
	"context"
	"io"

	"strata/model/disk"
)

// readText reads a small text file. Errors: NotFound, Unreadable, Invalid.
func readText(path string) (string, error) {
	text, err := disk.ReadText(path)
	return string(text), err
}

// writeNew writes a text to a file that must not be there yet, all of it or
// none. Errors: Exists, Unreadable, Cancelled.
func writeNew(ctx context.Context, path, text string) error {
	return disk.WriteNew(ctx, path, func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	})
}
