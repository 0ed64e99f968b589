// Package disk writes files that are nobody else's business and reads small ones
// that come from anybody. What it makes is private whatever the umask, follows no
// symbolic link, is complete or not there, and takes the place of nothing that
// strata was not told to replace.
package disk

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"

	"strata/model"
	"strata/model/catalogue"
)

// The modes of what strata makes: for its owner alone.
const (
	FileMode   fs.FileMode = 0o600
	FolderMode fs.FileMode = 0o700
)

// Create makes a new, empty, private file and opens it for reading and writing.
// Error: that of the file system, [fs.ErrExist] where something has the name, be
// it a link to nowhere.
func Create(path string) (*os.File, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, FileMode)
	if err != nil {
		return nil, err
	}
	// The umask may have taken more away than it should.
	if err := file.Chmod(FileMode); err != nil {
		return nil, errors.Join(err, file.Close(), os.Remove(path))
	}
	return file, nil
}

// MakeFolder makes a private folder, and private ones above it where there are
// none. Those that are there stay as they are. What was made is removed again by
// unmake, as far as nothing lies in it; after an error it is gone already.
func MakeFolder(path string) (unmake func(), err error) {
	var made []string
	unmake = func() {
		for _, folder := range slices.Backward(made) {
			_ = os.Remove(folder) // something may lie in it
		}
	}
	if err := makeFolder(path, &made); err != nil {
		unmake()
		return nil, err
	}
	return unmake, nil
}

func makeFolder(path string, made *[]string) error {
	about, err := os.Stat(path)
	if err == nil {
		if !about.IsDir() {
			return &fs.PathError{Op: "mkdir", Path: path, Err: errors.New(catalogue.T("a file of this name exists"))}
		}
		return nil
	}
	if above := filepath.Dir(path); above != path {
		if err := makeFolder(above, made); err != nil {
			return err
		}
	}
	if err := os.Mkdir(path, FolderMode); err != nil {
		if errors.Is(err, fs.ErrExist) { // somebody else has just made it
			return nil
		}
		return err
	}
	*made = append(*made, path)
	return os.Chmod(path, FolderMode)
}

// WriteNew writes a file that must not be there yet, and commits ([model.Commit])
// with its name. An error of write that is a [model.Error] is returned as it is.
// Errors: Exists, Unreadable, Cancelled.
func WriteNew(ctx context.Context, path string, write func(io.Writer) error) error {
	if err := CheckName(path); err != nil {
		return err
	}
	if _, err := os.Lstat(path); err == nil {
		return alreadyThere(path)
	}
	return put(ctx, path, write, Publish)
}

// CheckNew returns why [WriteNew] could not write a file, so that another name can
// be asked for before anything is put together: Exists, Unreadable.
func CheckNew(path string) error {
	if err := CheckName(path); err != nil {
		return err
	}
	if _, err := os.Lstat(path); err == nil {
		return alreadyThere(path)
	}
	file, err := createBeside(path)
	if err != nil {
		return CannotWrite(path, err)
	}
	err = file.Close()
	if removing := os.Remove(file.Name()); err == nil {
		err = removing
	}
	if err != nil {
		return CannotWrite(path, err)
	}
	return nil
}

// Replace writes a file, in the place of an ordinary one of this name if there is
// one. Errors as for [WriteNew]; Exists for what is no ordinary file.
func Replace(ctx context.Context, path string, write func(io.Writer) error) error {
	if err := CheckName(path); err != nil {
		return err
	}
	switch about, err := os.Lstat(path); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return CannotWrite(path, err)
	case !about.Mode().IsRegular():
		return model.Errorf(model.Exists, "{path} is {kind}: only an ordinary file can be replaced", "path", path, "kind", kindOf(about.Mode())).WithHint("choose another name")
	}
	return put(ctx, path, write, Supplant)
}

// kindOf says what is no ordinary file.
func kindOf(mode fs.FileMode) string {
	switch {
	case mode.IsDir():
		return "a folder"
	case mode&fs.ModeSymlink != 0:
		return catalogue.T("a symbolic link")
	case mode&fs.ModeNamedPipe != 0:
		return "a pipe"
	case mode&fs.ModeSocket != 0:
		return "a socket"
	}
	return "a device"
}

func alreadyThere(path string) error {
	return model.Errorf(model.Exists, "{path} already exists", "path", path).WithHint("choose another name")
}

// put writes a file under a name of its own in the same folder and gives it the
// name wanted when it is complete.
func put(ctx context.Context, path string, write func(io.Writer) error, name func(ctx context.Context, from, to string) error) error {
	file, err := createBeside(path)
	if err != nil {
		return CannotWrite(path, err)
	}
	staging := file.Name()
	defer model.Temporary(ctx, staging)()
	err = write(file)
	if closing := file.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = name(ctx, staging, path)
	}
	if err == nil {
		return nil
	}
	_ = os.Remove(staging) // the first error is the one to tell
	var told *model.Error
	what, _ := Trouble(err)
	switch {
	case errors.Is(err, fs.ErrExist):
		return alreadyThere(path)
	case what == "" && errors.As(err, &told):
		return told
	}
	return CannotWrite(path, err)
}

// createBeside makes a file in the folder of path, under a name that nothing has.
func createBeside(path string) (*os.File, error) {
	for {
		name := fmt.Sprintf(".strata-%08x.part", rand.Uint32())
		file, err := Create(filepath.Join(filepath.Dir(path), name))
		if !errors.Is(err, fs.ErrExist) {
			return file, err
		}
	}
}

// Publish commits ([model.Commit]) by giving a file its name, in the same folder,
// unless something has that name. Errors: Cancelled, [fs.ErrExist], and others of
// the file system.
func Publish(ctx context.Context, staging, path string) error {
	return model.Commit(ctx, func() error { return link(staging, path) })
}

// Supplant is [Publish] in the place of what has the name.
func Supplant(ctx context.Context, staging, path string) error {
	return model.Commit(ctx, func() error { return os.Rename(staging, path) })
}

// link gives a file a name that nothing has.
func link(staging, path string) error {
	// A second name is given only where there is none; a rename replaces.
	err := os.Link(staging, path)
	if err == nil {
		return os.Remove(staging)
	}
	if errors.Is(err, fs.ErrExist) {
		return err
	}
	// Some file systems know one name a file only.
	if _, err := os.Lstat(path); err == nil {
		return &fs.PathError{Op: "rename", Path: path, Err: fs.ErrExist}
	}
	return os.Rename(staging, path)
}

// Plain makes sure that a file is an ordinary one, and no link to one. Errors:
// [fs.ErrNotExist], and others of the file system.
func Plain(path string) (fs.FileInfo, error) {
	about, err := os.Lstat(path)
	if err == nil && !about.Mode().IsRegular() {
		err = &fs.PathError{Op: "open", Path: path, Err: catalogue.Errorf("it is {kind}", "kind", kindOf(about.Mode()))}
	}
	return about, err
}
