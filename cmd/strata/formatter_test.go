package main_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// formatters are the folders that may write decimals themselves: the formatter for
// people, and what is no part of the program.
var formatters = []string{"model/words/", "cmd/bench/"}

// plainDecimals are the files that fix the decimals of a number which no person
// reads, with the reason.
var plainDecimals = map[string]string{
	"model/cut.go":               "a cut to its last digit, as scheme files have it; model/words groups it",
	"cmd/strata/importanswer.go": "the seconds of the CSV output have three decimals, as many as are measured",
}

// fixedVerb is a verb of fmt that writes a fraction, with or without a number of
// decimals. It leaves out %%.
var fixedVerb = regexp.MustCompile(`%[-+#0]*[0-9*]*(\.[0-9*]*)?[fge]`)

// TestOneFormatter holds that figures for people are written by model/words alone: no
// other code fixes how many decimals a number has, brings the formatter of a language,
// or writes a percentage or the minus sign of people. Programs read what
// strconv.FormatFloat writes with all the digits there are (-1).
func TestOneFormatter(t *testing.T) {
	t.Parallel()
	excused := map[string]bool{}
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		for _, room := range formatters {
			if strings.HasPrefix(name, room) {
				return nil
			}
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, nil, 0)
		if err != nil {
			return err
		}
		for _, found := range secondFormatters(file) {
			if excused[name] = plainDecimals[name] != ""; !excused[name] {
				t.Errorf("%s:%d: %s: let model/words write it", name, set.Position(found.at).Line, found.what)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for name := range plainDecimals {
		if !excused[name] {
			t.Errorf("%s is excused, and needs it no more", name)
		}
	}
}

func TestSecondFormattersAreNoticed(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]int{
		`fmt.Sprintf("%.1f s", v)`:                  1,
		`fmt.Sprintf("%6.2f", v)`:                   1,
		`fmt.Sprintf("%g", v)`:                      1,
		`fmt.Sprintf("%s%%", text)`:                 1,
		`fmt.Sprintf("%d %% of them", n)`:           1,
		`fmt.Sprintf("%d%% of them", n)`:            1,
		`fmt.Sprintf("100%% fit in %d", n)`:         0,
		`strconv.FormatFloat(v, 'f', 2, 64)`:        1,
		`strconv.AppendFloat(b, v, 'f', 2, 64)`:     1,
		`strconv.FormatFloat(v, 'f', -1, 64)`:       0,
		`strconv.FormatFloat(v, 'f', decimals, 64)`: 1,
		`message.NewPrinter(language.English)`:      1,
		`strings.Replace(text, "-", "−", 1)`:        1,
		`r.FloatString(2)`:                          1,
		`fmt.Sprintf("%d.%02d", n/100, n%100)`:      1,
		`fmt.Sprintf("%02d:%02d", n/60, n%60)`:      0,
		`words.Percent(v)`:                          0,
	} {
		file, err := parser.ParseFile(token.NewFileSet(), "", "package p\nvar x = "+code, 0)
		if err != nil {
			t.Fatal(err)
		}
		if got := secondFormatters(file); len(got) != want {
			t.Errorf("%s: found %v, want %d", code, got, want)
		}
	}
}

type finding struct {
	at   token.Pos
	what string
}

var (
	percentage = regexp.MustCompile(`%[-+# 0]*[0-9]*[dsv] ?%%`)
	splitPoint = regexp.MustCompile(`%d[.,]%0[0-9]d`)
)

// secondFormatters finds in a file what writes figures for people by itself.
func secondFormatters(file *ast.File) (all []finding) {
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BasicLit:
			text, err := strconv.Unquote(n.Value)
			switch {
			case n.Kind != token.STRING || err != nil:
			case text == "−":
				all = append(all, finding{n.Pos(), "a minus sign"})
			case fixedVerb.MatchString(strings.ReplaceAll(text, "%%", "")):
				all = append(all, finding{n.Pos(), "a verb for fractions"})
			case percentage.MatchString(text):
				all = append(all, finding{n.Pos(), "a percentage"})
			case splitPoint.MatchString(text):
				all = append(all, finding{n.Pos(), "a decimal point"})
			}
		case *ast.CallExpr:
			if called, ok := n.Fun.(*ast.SelectorExpr); ok {
				switch name := called.Sel.Name; {
				case name == "FloatString", name == "NewPrinter", strings.HasSuffix(name, "Float") && decimalsFixed(n):
					all = append(all, finding{n.Pos(), "a call of " + name})
				}
			}
		}
		return true
	})
	return all
}

// decimalsFixed reports whether a call of strconv.FormatFloat or AppendFloat asks
// for other than all the digits.
func decimalsFixed(call *ast.CallExpr) bool {
	const least = 4 // the number, the form, the digits, the bits
	if len(call.Args) < least {
		return false
	}
	digits, ok := call.Args[len(call.Args)-2].(*ast.UnaryExpr)
	if !ok || digits.Op != token.SUB {
		return true
	}
	one, ok := digits.X.(*ast.BasicLit)
	return !ok || one.Value != "1"
}
