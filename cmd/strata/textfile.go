package main

import (
	"io"

	"strata/model/disk"
)

// readText reads a small text file. Errors: NotFound, Unreadable, Invalid.
func readText(path string) (string, error) {
	text, err := disk.ReadText(path)
	return string(text), err
}

// writeNew writes a text to a file that must not be there yet, all of it or
// none. Errors: Exists, Unreadable.
func writeNew(path, text string) error {
	return disk.WriteNew(path, func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	})
}
