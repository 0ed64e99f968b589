package main_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"
	"github.com/google/licensecheck"
)

// permissive are the licences that the modules in the program may have: all let it
// be given away as it is, with their texts.
var permissive = []string{"MIT", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "ISC"}

// The modules that are built into the program, on any platform, and their
// licences, as their texts say.
func TestLicences(t *testing.T) {
	t.Parallel()
	var list []string
	for path, folder := range modulesOfProgram(t) {
		names := licencesIn(t, folder)
		if len(names) == 0 {
			t.Errorf("%s has no licence that is known", path)
		}
		for _, name := range names {
			if !slices.Contains(permissive, name) {
				t.Errorf("%s is under %s", path, name)
			}
		}
		list = append(list, path+": "+strings.Join(names, ", "))
	}
	slices.Sort(list)
	golden.RequireEqual(t, []byte(strings.Join(list, "\n")+"\n"))
}

// modulesOfProgram returns the folders of the modules that the program needs.
func modulesOfProgram(t *testing.T) map[string]string {
	t.Helper()
	modules := map[string]string{}
	for _, system := range []string{"linux", "darwin", "windows"} {
		list := exec.CommandContext(t.Context(), "go", "list", "-deps", "-json=Module", ".")
		list.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=0")
		out, err := list.Output()
		if err != nil {
			t.Fatalf("%v\n%s", err, stderrOf(err))
		}
		d := json.NewDecoder(strings.NewReader(string(out)))
		for {
			var p struct {
				Module *struct {
					Path, Dir string
					Main      bool
				}
			}
			if err := d.Decode(&p); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatal(err)
			}
			if p.Module != nil && !p.Module.Main {
				modules[p.Module.Path] = p.Module.Dir
			}
		}
	}
	return modules
}

// licencesIn returns the licences whose texts lie in a module's folder.
func licencesIn(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		name := strings.ToUpper(e.Name())
		// What third parties have in a module is modules of their own, if it is built.
		if e.IsDir() || strings.Contains(name, "3RD-PARTY") || !strings.HasPrefix(name, "LICEN") && !strings.HasPrefix(name, "COPYING") && !strings.HasSuffix(name, "-LICENSE") {
			continue
		}
		text, err := os.ReadFile(filepath.Join(folder, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range licensecheck.Scan(text).Match {
			if id := fmt.Sprint(m.ID); !m.IsURL && !slices.Contains(names, id) {
				names = append(names, id)
			}
		}
	}
	slices.Sort(names)
	return names
}
