//go:build !windows

// An open file is neither replaced nor removed on Windows.

package importer_test

import (
	"compress/gzip"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"strata/importer"
	"strata/model"
)

// changes are what may happen to a file while it is read.
var changes = map[string]func(path string, content []byte) error{
	"rewritten in place": func(path string, content []byte) error {
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		must(err)
		_, err = f.WriteAt(content[len(content)/2:], int64(len(content)/2))
		must(err)
		return f.Close()
	},
	"cut short": func(path string, content []byte) error { return os.Truncate(path, int64(len(content)/2)) },
	"appended to": func(path string, content []byte) error {
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
		must(err)
		_, err = f.Write(content)
		must(err)
		return f.Close()
	},
	"replaced": func(path string, content []byte) error {
		must(os.WriteFile(path+".new", content, 0o600))
		return os.Rename(path+".new", path)
	},
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// changing reads a file that changes at a moment: before its beginning is looked at,
// before it is read, or in the middle of that.
func changing(ctx context.Context, path, moment string, change func() error) error {
	in, err := importer.Open(ctx, path, nil)
	if err != nil {
		return err
	}
	defer in.Close()
	at := func(now string) {
		if now == moment {
			must(change())
			moment = ""
		}
	}
	at("detecting")
	plan, err := importer.Detect(ctx, in, importer.Options{})
	if err != nil {
		return err
	}
	at("reading")
	_, err = importer.Read(ctx, in, plan, func(model.Progress) { at("the middle") })
	return err
}

// A file that is written while it is read is refused: what was read of it is a state
// that it never had.
func TestAFileThatChangesWhileItIsReadIsRefused(t *testing.T) {
	t.Parallel()
	text := []byte("customer,date,amount\n" + strings.Repeat("A,2020-01-02,1\n", 50_000))
	for name, change := range changes {
		for _, moment := range []string{"detecting", "reading", "the middle"} {
			for _, packed := range []bool{false, true} {
				path := filepath.Join(t.TempDir(), "orders.csv")
				file, err := os.Create(path)
				must(err)
				to := io.WriteCloser(file)
				if packed {
					to = gzip.NewWriter(file)
				}
				_, err = to.Write(text)
				must(err)
				must(to.Close())
				_ = file.Close() // a plain one is closed already
				long := time.Now().Add(-time.Hour)
				must(os.Chtimes(path, long, long))
				content, err := os.ReadFile(path)
				must(err)
				err = changing(t.Context(), path, moment, func() error { return change(path, content) })
				if model.CodeOf(err) != model.Unreadable || err.Error() != path+" changed while it was read; import it again once nothing writes to it" {
					t.Errorf("%s at %s, packed: %t: %v", name, moment, packed, err)
				}
				if err := changing(t.Context(), path, "", nil); err != nil && name != "cut short" && name != "rewritten in place" {
					t.Errorf("%s, at rest: %v", name, err)
				}
			}
		}
	}
}

// A file that loses its name keeps what it holds.
func TestAFileThatLosesItsNameIsRead(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "orders.csv")
	must(os.WriteFile(path, []byte("customer,date,amount\n"+strings.Repeat("A,2020-01-02,1\n", 200_000)), 0o600))
	if err := changing(t.Context(), path, "the middle", func() error { return os.Remove(path) }); err != nil {
		t.Error(err)
	}
}
