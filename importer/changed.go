package importer

import (
	"errors"
	"io/fs"
	"os"

	"strata/model"
)

// unchanged makes sure that the file is the one that was opened, as it was then: one
// that was written to between two reads of it has a state that it never had. It is
// asked whenever a look at the file is over, whatever came of that: a file cut short
// meanwhile has odd rows, or a damaged archive. A file that has no name any more keeps
// what it holds, and what can be read only once has nothing to compare. Error: Unreadable.
func (in *Input) unchanged() error {
	if in.about == nil {
		return nil
	}
	open, err := in.file.Stat()
	if err != nil {
		return in.failed(err)
	}
	named, err := os.Stat(in.path)
	if errors.Is(err, fs.ErrNotExist) {
		named, err = open, nil
	}
	if err != nil {
		return in.failed(err)
	}
	for _, now := range []fs.FileInfo{open, named} {
		if !os.SameFile(now, in.about) || now.Size() != in.about.Size() || !now.ModTime().Equal(in.about.ModTime()) {
			return model.Errorf(model.Unreadable, "{path} changed while it was read", "path", in.path).WithHint("import it again once nothing writes to it")
		}
	}
	return nil
}
