package disk_test

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"strata/model"
	"strata/model/disk"
)

// writers are what writes a file whole.
var writers = map[string]func(context.Context, string, func(io.Writer) error) error{
	"WriteNew": disk.WriteNew, "Replace": disk.Replace,
}

func names(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func hello(w io.Writer) error {
	_, err := io.WriteString(w, "hello")
	return err
}

// A file has its name once it is stored, and not when its work was stopped before.
func TestANameIsGivenByCommitting(t *testing.T) {
	t.Parallel()
	for name, write := range writers {
		folder := t.TempDir()
		path := filepath.Join(folder, "file")
		ctx, cancel := context.WithCancel(t.Context())
		ctx, ending := model.WithEnding(ctx)
		err := write(ctx, path, func(w io.Writer) error {
			cancel()
			return hello(w)
		})
		if left := names(t, folder); model.CodeOf(err) != model.Cancelled || len(left) > 0 || ending.Stored() {
			t.Errorf("%s, stopped: %v leaves %v, stored: %t", name, err, left, ending.Stored())
		}
		ctx, ending = model.WithEnding(t.Context())
		if err := write(model.AsMeans(ctx), path+" of the way", hello); err != nil || ending.Stored() {
			t.Errorf("%s of a means: %v, stored: %t", name, err, ending.Stored())
		}
		if err := write(ctx, path, hello); err != nil || !ending.Stored() {
			t.Errorf("%s: %v, stored: %t", name, err, ending.Stored())
		}
		if text, err := os.ReadFile(path); err != nil || string(text) != "hello" {
			t.Errorf("%s writes %q, %v", name, text, err)
		}
	}
}

// What is half written goes when the process ends by force.
func TestWhatIsHalfWrittenIsTemporary(t *testing.T) {
	t.Parallel()
	for name, write := range writers {
		folder := t.TempDir()
		ctx, ending := model.WithEnding(t.Context())
		err := write(ctx, filepath.Join(folder, "file"), func(w io.Writer) error {
			if half := names(t, folder); len(half) != 1 {
				t.Errorf("%s writes %v", name, half)
			}
			err := errors.Join(hello(w), ending.Abandon())
			if left := names(t, folder); len(left) > 0 {
				t.Errorf("%s leaves %v", name, left)
			}
			return errors.Join(err, errors.New("the process is gone"))
		})
		if err == nil {
			t.Errorf("%s goes on", name)
		}
	}
}
