package catalogue_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"
)

// entryCall is a call that takes an entry of the catalogue.
type entryCall struct {
	where   string
	entries []string // as literals; none where the entry comes from elsewhere
	named   []ast.Expr
	spread  bool
}

// sources parses the program, without its tests, its benches and what they stand on.
func sources(t *testing.T) (*token.FileSet, map[string]*ast.File) {
	t.Helper()
	set, files := token.NewFileSet(), map[string]*ast.File{}
	root := filepath.Join("..", "..")
	for _, top := range []string{"cmd", "tui", "model", "analysis", "importer"} {
		err := filepath.WalkDir(filepath.Join(root, top), func(where string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(where, ".go") || strings.HasSuffix(where, "_test.go") {
				return err
			}
			name := filepath.ToSlash(strings.TrimPrefix(where, root+string(filepath.Separator)))
			if strings.HasPrefix(name, "cmd/bench/") || strings.HasPrefix(name, "importer/synthetic/") || strings.HasPrefix(name, "tui/screen/tiers/tierstest/") {
				return nil
			}
			file, err := parser.ParseFile(set, where, nil, parser.SkipObjectResolution)
			files[name] = file
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return set, files
}

// takers are the functions that take an entry and named values, by name, and which
// of their arguments is the entry; and those that take several forms of one.
// A closure is one only in its file.
func takers(files map[string]*ast.File) func(file string, call *ast.CallExpr, name string) (int, bool) {
	at := map[string][]int{"T": {0}}
	note := func(name string, params *ast.FieldList) {
		n := 0
		for _, p := range params.List {
			for _, id := range p.Names {
				if id.Name == "entry" {
					at[name] = append(at[name], n)
				}
				n++
			}
		}
	}
	for file, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				note(n.Name.Name, n.Type.Params)
				note(path.Dir(file)+":"+n.Name.Name, n.Type.Params)
			case *ast.AssignStmt:
				if fn, ok := n.Rhs[0].(*ast.FuncLit); ok && len(n.Lhs) == 1 {
					if id, ok := n.Lhs[0].(*ast.Ident); ok {
						note(file+":"+id.Name, fn.Type.Params)
					}
				}
			}
			return true
		})
	}
	return func(file string, call *ast.CallExpr, name string) (int, bool) {
		places := at[name]
		if _, here := call.Fun.(*ast.Ident); here { // of this file, or of the package
			if places = at[file+":"+name]; places == nil {
				places = at[path.Dir(file)+":"+name]
			}
		}
		for _, i := range places { // several functions may have the name
			if len(call.Args) > i && ((len(call.Args)-i)%2 == 1 || call.Ellipsis.IsValid()) {
				if _, ok := literal(call.Args[i]); ok {
					return i, true
				}
			}
		}
		return 0, false
	}
}

// forms are the functions that take a count, an entry for one and one for many, and
// the values of both.
var forms = map[string]bool{"Plural": true, "Agree": true}

func calls(set *token.FileSet, files map[string]*ast.File) []entryCall {
	takes := takers(files)
	var all []entryCall
	for file, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			name := ""
			switch fun := call.Fun.(type) {
			case *ast.Ident:
				name = fun.Name
			case *ast.SelectorExpr:
				if id, ok := fun.X.(*ast.Ident); ok && id.Name == "fmt" {
					return true
				}
				name = fun.Sel.Name
			}
			c := entryCall{where: set.Position(call.Pos()).String(), spread: call.Ellipsis.IsValid()}
			switch i, is := takes(file, call, name); {
			case forms[name] && len(call.Args) >= 3:
				for _, arg := range call.Args[1:3] {
					if text, ok := literal(arg); ok {
						c.entries = append(c.entries, text)
					}
				}
				c.named = call.Args[3:]
			case is:
				if text, ok := literal(call.Args[i]); ok {
					c.entries, c.named = []string{text}, call.Args[i+1:]
				}
			}
			if len(c.entries) > 0 {
				all = append(all, c)
			}
			return true
		})
	}
	return all
}

func literal(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			text, err := strconv.Unquote(e.Value)
			return text, err == nil
		}
	case *ast.SelectorExpr: // catalogue.Cause
		return "cause", e.Sel.Name == "Cause"
	case *ast.BinaryExpr:
		a, ok1 := literal(e.X)
		b, ok2 := literal(e.Y)
		return a + b, ok1 && ok2
	}
	return "", false
}

var valueIn = regexp.MustCompile(`\{([a-z_]+[0-9]*)(:q)?\}`)

// Every value that an entry names is given, every one given is named, and each has a
// name that is no number of its place.
func TestNamedValues(t *testing.T) {
	t.Parallel()
	for _, c := range calls(sources(t)) {
		if c.spread || len(c.named) == 0 {
			continue
		}
		named := map[string]bool{}
		for _, entry := range c.entries {
			for _, m := range valueIn.FindAllStringSubmatch(entry, -1) {
				named[m[1]] = true
			}
		}
		given := map[string]bool{}
		for i := 0; i < len(c.named); i += 2 {
			name, ok := literal(c.named[i])
			if !ok || i+1 == len(c.named) {
				t.Errorf("%s: %q has values without names", c.where, c.entries[0])
				break
			}
			given[name] = true
		}
		delete(given, "cause") // may be wrapped without being told
		delete(named, "cause")
		if !maps.Equal(named, given) {
			t.Errorf("%s: %q names %v, and is given %v", c.where, c.entries[0], slices.Sorted(maps.Keys(named)), slices.Sorted(maps.Keys(given)))
		}
	}
}

// The catalogue: all that a person can read, for an editor, and for whoever writes
// another language.
func TestGoldenCatalogue(t *testing.T) {
	t.Parallel()
	all := map[string]bool{}
	for _, c := range calls(sources(t)) {
		for _, e := range c.entries {
			all[e] = true
		}
	}
	var b strings.Builder
	for _, entry := range slices.Sorted(maps.Keys(all)) {
		b.WriteString(strings.ReplaceAll(entry, "\n", "\n    ") + "\n")
	}
	golden.RequireEqual(t, []byte(b.String()))
}
