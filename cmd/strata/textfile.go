package main

import (
	"errors"
	"io/fs"
	"os"

	"strata/model"
)

// readText reads a small text file. Errors: NotFound, Unreadable.
func readText(path string) (string, error) {
	text, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", model.Errorf(model.NotFound, "%s: no such file", path).WithHint("check the path")
	case err != nil:
		return "", model.Errorf(model.Unreadable, "%s cannot be read: %w", path, errors.Unwrap(err))
	}
	return string(text), nil
}

// writeNew writes a text to a file that must not be there yet, all of it or
// none. Errors: Exists, Unreadable.
func writeNew(path, text string) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return alreadyThere(path)
	}
	if err == nil {
		_, err = file.WriteString(text)
		if err = errors.Join(err, file.Close()); err != nil {
			err = errors.Join(err, os.Remove(path))
		}
	}
	if err != nil {
		return model.Errorf(model.Unreadable, "cannot write %s: %w", path, err)
	}
	return nil
}

func alreadyThere(path string) error {
	return model.Errorf(model.Exists, "%s is there already", path).WithHint("choose another name")
}
