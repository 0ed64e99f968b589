package disk

import (
	"errors"
	"io"
	"io/fs"
	"os"

	"strata/model"
	"strata/model/catalogue"
)

// MostText bounds what is read of a small text file: a scheme, a plan, settings, a
// list of locked customers.
const MostText = 4 << 20

// ReadText reads a small text file, which may be a pipe or a device that never
// ends. Errors: NotFound, Unreadable, Invalid for more than [MostText] bytes.
func ReadText(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err == nil {
		defer file.Close()
		var text []byte
		if text, err = io.ReadAll(io.LimitReader(file, MostText+1)); err == nil && len(text) <= MostText {
			return text, nil
		}
	}
	if err == nil {
		return nil, model.Errorf(model.Invalid, "{path} is larger than 4 MiB, which no scheme, plan, settings file or list is", "path", path).WithHint("give the right file")
	}
	cause := errors.Unwrap(err) // the name is in the message
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &model.Error{Code: model.NotFound, Message: catalogue.T("{path}: no such file", "path", path), Hint: catalogue.T("check the path"), Err: cause}
	}
	return nil, model.Errorf(model.Unreadable, "{path} cannot be read: {cause}", "path", path, "cause", cause).WithHint("check what it is, and its permissions")
}
