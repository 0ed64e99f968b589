package disk_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"strata/model"
	"strata/model/disk"
)

// Nothing is written under the name of a file that is kept beside another one.
func TestNamesKeptBesideAFile(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	workspace := filepath.Join(folder, "w.strata")
	if err := os.WriteFile(workspace, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, end := range []string{"-journal", "-wal", "-shm", ".lock", ".partial", "-JOURNAL", ".partial-journal"} {
		for name, err := range map[string]error{
			"WriteNew": disk.WriteNew(t.Context(), workspace+end, hello),
			"Replace":  disk.Replace(t.Context(), workspace+end, hello),
			"CheckNew": disk.CheckNew(workspace + end),
		} {
			if model.CodeOf(err) != model.Exists || !strings.HasSuffix(err.Error(), "the name belongs to a file next to "+workspace+"; choose another name") {
				t.Errorf("%s of %s: %v", name, end, err)
			}
		}
		// Beside nothing, or beside a folder, it is a name like any other.
		for _, other := range []string{filepath.Join(folder, "other"+end), folder + "/" + end} {
			if err := disk.CheckNew(other); err != nil {
				t.Errorf("%s: %v", other, err)
			}
		}
	}
	if left := names(t, folder); len(left) != 1 {
		t.Errorf("left: %v", left)
	}
}

// What was made of a folder goes, as far as nothing lies in it.
func TestMakingAFolderIsTakenBack(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	unmake, err := disk.MakeFolder(filepath.Join(folder, "a", "b", "c"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "a", "theirs"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	unmake()
	if left := names(t, filepath.Join(folder, "a")); len(left) != 1 || left[0] != "theirs" {
		t.Errorf("left: %v", left)
	}
	if _, err := disk.MakeFolder(filepath.Join(folder, "d", strings.Repeat("x", 5000))); err == nil {
		t.Error("a folder with a name of 5,000 letters was made")
	}
	if left := names(t, folder); len(left) != 1 {
		t.Errorf("left: %v", left)
	}
}

// The name of a file that is being written is nobody's: what has it may be deleted.
func TestNamesOfUnfinishedFiles(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for _, name := range []string{".strata-0123abcd.part", ".STRATA-0123ABCD.PART"} {
		path := filepath.Join(folder, name)
		for does, err := range map[string]error{
			"WriteNew": disk.WriteNew(t.Context(), path, hello), "Replace": disk.Replace(t.Context(), path, hello), "CheckNew": disk.CheckNew(path),
		} {
			if model.CodeOf(err) != model.Exists || err.Error() != path+" cannot be written: the name belongs to an unfinished file, which may be deleted; choose another name" {
				t.Errorf("%s of %s: %v", does, name, err)
			}
		}
	}
	if left := names(t, folder); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
	for _, name := range []string{".strata-0123abcd.parts", ".strata-0123abc.part", "strata-0123abcd.part", ".strata-0123abcg.part"} {
		if err := disk.CheckNew(filepath.Join(folder, name)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
