package main_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// rooms are the folders of the house with the rooms whose packages theirs may
// import. A package belongs to the room with the longest path that holds it,
// and may import its own room.
var rooms = map[string][]string{
	"model":            {},
	"model/words":      {"model"},
	"model/answer":     {"model", "model/words"},
	"model/schemefile": {"model", "model/words"},
	"model/sqlite":     {"model", "model/words"},
	"analysis":         {"model", "model/words"},
	"importer":         {"model", "model/words"},
	"tui/session":      {"analysis", "importer", "model", "model/words", "model/answer", "model/schemefile"},
	"tui":              {"tui/session", "analysis", "importer", "model", "model/words", "model/answer", "model/schemefile"},
	"cmd":              {"tui", "tui/session", "analysis", "importer", "model", "model/words", "model/answer", "model/schemefile", "model/sqlite"},
}

// reserved are packages of others, named by how their paths begin, with the
// only rooms that may import them.
var reserved = map[string][]string{
	"modernc.org/":              {"model/sqlite"},
	"database/sql":              {"model/sqlite"},
	"charm.land/":               {"tui", "cmd"},
	"github.com/charmbracelet/": {"tui", "cmd", "model/answer"}, // there: how wide a text is
	"github.com/spf13/":         {"cmd"},
}

// analysis computes and nothing else: it may use the standard library but for
// these, with all below them, and Gonum.
var impure = []string{"database", "io/fs", "log", "net", "os", "plugin", "syscall", "time"}

const gonum = "gonum.org/v1/gonum/"

// goPackage is what the test needs of go list's account of a package.
type goPackage struct {
	ImportPath   string
	Imports      []string
	TestImports  []string
	XTestImports []string
}

func TestImportsPointOneWay(t *testing.T) {
	t.Parallel()
	packages := listPackages(t)
	if len(packages) < len(rooms) {
		t.Fatalf("go list found %d packages, fewer than there are rooms", len(packages))
	}
	for _, p := range packages {
		for _, complaint := range complaints(p) {
			t.Error(complaint)
		}
	}
}

func TestBreachesAreNoticed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		importer, imported string
		allowed            bool
	}{
		{"strata/analysis/rfm", "strata/model", true},
		{"strata/analysis/rfm", "strata/analysis/compare", true},
		{"strata/analysis/rfm", "strata/model/words", true},
		{"strata/analysis/rfm", "math/bits", true},
		{"strata/analysis/rfm", "gonum.org/v1/gonum/stat", true},
		{"strata/analysis/rfm", "os", false},
		{"strata/analysis/rfm", "net/http", false},
		{"strata/analysis/rfm", "time", false},
		{"strata/analysis/rfm", "golang.org/x/text/language", false},
		{"strata/analysis/rfm", "strata/importer", false},
		{"strata/model", "strata/model/sqlite", false},
		{"strata/model", "strata/model/words", false},
		{"strata/model/sqlite", "modernc.org/sqlite/vtab", true},
		{"strata/model/sqlite", "strata/model/schemefile", false},
		{"strata/importer/parse", "modernc.org/sqlite", false},
		{"strata/importer", "strata/tui/session", false},
		{"strata/tui/session", "strata/importer/mapping", true},
		{"strata/tui/session", "strata/model/sqlite", false},
		{"strata/tui/session", "strata/tui/theme", false},
		{"strata/tui/session", "charm.land/bubbletea/v2", false},
		{"strata/tui/screen/tiers", "charm.land/bubbletea/v2", true},
		{"strata/tui/screen/tiers", "strata/model/sqlite", false},
		{"strata/cmd/strata", "strata/model/sqlite", true},
		{"strata/cmd/strata", "net/http", false},
		{"strata/model/sqlite", "net", false},
		{"strata/model/sqlite", "net/url", true},
		{"strata/elsewhere", "strings", false},
	} {
		got := complaints(goPackage{ImportPath: c.importer, Imports: []string{c.imported}})
		if allowed := len(got) == 0; allowed != c.allowed {
			t.Errorf("%s importing %s: %q, want allowed %t", c.importer, c.imported, got, c.allowed)
		}
	}

	inTest := goPackage{ImportPath: "strata/tui/session", XTestImports: []string{"strata/model/sqlite"}}
	if got := complaints(inTest); len(got) != 0 {
		t.Errorf("tests may open a workspace, but: %q", got)
	}
	inTest.XTestImports = []string{"strata/cmd/strata"}
	if got := complaints(inTest); len(got) != 1 {
		t.Errorf("tests may not import cmd, but: %q", got)
	}
}

// complaints says what is wrong with the imports of a package. Its tests may
// besides open a workspace, and use whatever libraries they need.
func complaints(p goPackage) []string {
	path, _ := strings.CutPrefix(p.ImportPath, "strata/")
	room := roomOf(path)
	if room == "" {
		return []string{p.ImportPath + " lies in no room of the house"}
	}
	var found []string
	complain := func(imported, reason string, args ...any) {
		found = append(found, fmt.Sprintf("%s imports %s: "+reason, append([]any{p.ImportPath, imported}, args...)...))
	}
	for _, imported := range slices.Concat(p.Imports, p.TestImports, p.XTestImports) {
		ours, isOurs := strings.CutPrefix(imported, "strata/")
		production := slices.Contains(p.Imports, imported)
		switch {
		case isOurs:
			target := roomOf(ours)
			allowed := target == room || slices.Contains(rooms[room], target)
			if !allowed && (production || target != "model/sqlite") {
				complain(imported, "%s may import only %q of ours", room, rooms[room])
			}
		case !production:
		case imported == "net" || strings.HasPrefix(imported, "net/") && imported != "net/url":
			complain(imported, "nothing leaves the machine")
		case room == "analysis" && !isPure(imported):
			complain(imported, "analysis uses only model, Gonum and what of the standard library touches nothing outside")
		default:
			for prefix, only := range reserved {
				if strings.HasPrefix(imported, prefix) && !slices.Contains(only, room) {
					complain(imported, "only %q may", only)
				}
			}
		}
	}
	return found
}

// roomOf returns the room of a package, given below the module, or "".
func roomOf(path string) string {
	for path != "" {
		if _, ok := rooms[path]; ok {
			return path
		}
		path = path[:max(0, strings.LastIndexByte(path, '/'))]
	}
	return ""
}

func isPure(imported string) bool {
	first, _, _ := strings.Cut(imported, "/")
	if strings.Contains(first, ".") {
		return strings.HasPrefix(imported, gonum)
	}
	return !slices.ContainsFunc(impure, func(p string) bool {
		return imported == p || strings.HasPrefix(imported, p+"/")
	})
}

func listPackages(t *testing.T) []goPackage {
	t.Helper()
	list := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Imports,TestImports,XTestImports", "strata/...")
	out, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, stderrOf(err))
	}
	var packages []goPackage
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		err := d.Decode(&p)
		if errors.Is(err, io.EOF) {
			return packages
		}
		if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
}

// The top of the tree is what a newcomer sees first.
func TestTopLevelHoldsOnlyWhatItShould(t *testing.T) {
	t.Parallel()
	allowed := []string{
		"cmd", "tui", "model", "analysis", "importer",
		"go.mod", "go.sum", "Makefile", "README.md", "LICENSE",
	}
	// A clone may belong to another user than the one who runs the tests.
	list := exec.CommandContext(t.Context(), "git", "-c", "safe.directory=*", "ls-files")
	list.Dir = "../.."
	out, err := list.Output()
	if err != nil {
		t.Skipf("not in a git clone: %v %s", err, stderrOf(err))
	}
	for file := range strings.Lines(string(out)) {
		top, _, _ := strings.Cut(strings.TrimSpace(file), "/")
		if !strings.HasPrefix(top, ".") && !slices.Contains(allowed, top) {
			t.Errorf("%s does not belong at the top of the tree", top)
		}
	}
}

func stderrOf(err error) []byte {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.Stderr
	}
	return nil
}
