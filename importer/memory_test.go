package importer_test

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"

	"strata/importer"
	"strata/model"
)

// A small archive that holds more rows than there is memory for is refused before
// the memory is gone.
func TestMoreRowsThanMemory(t *testing.T) {
	var archive bytes.Buffer
	w := gzip.NewWriter(&archive)
	rows := []byte(strings.Repeat("A,2024-01-02,1\n", 1000))
	for i := range 3001 {
		if i == 0 {
			_, _ = w.Write([]byte("customer,date,amount\n"))
			continue
		}
		_, _ = w.Write(rows)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "bomb.csv.gz")
	if err := os.WriteFile(path, archive.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	read := func() (*model.Intake, error) {
		in, err := importer.Open(t.Context(), path, nil)
		if err != nil {
			t.Fatal(err)
		}
		defer in.Close()
		plan, err := importer.Detect(t.Context(), in, importer.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return importer.Read(t.Context(), in, plan, nil)
	}
	before := debug.SetMemoryLimit(100 << 20)
	_, err := read()
	debug.SetMemoryLimit(before)
	if model.CodeOf(err) != model.Invalid || !strings.Contains(err.Error(), "bomb.csv.gz is too large for the memory of this machine: its first ") ||
		!strings.Contains(err.Error(), "split the file by date") {
		t.Errorf("%v", err)
	}
	if intake, err := read(); err != nil || intake.Source.Rows != 3_000_000 {
		t.Errorf("with memory enough: %v", err)
	}
}
