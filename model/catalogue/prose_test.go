package catalogue_test

import (
	"go/ast"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// prose is what a person reads: two words, or more.
var prose = regexp.MustCompile(`[A-Za-z]{2,}[,;:.)]? \(?[A-Za-z]{2,}`)

// elsewhere are the rooms of texts that are read by no person, and what they are.
var elsewhere = map[string]string{
	"cmd/strata/helpcompletion.go":   "commands of shells",
	"model/sqlite/identifier.go":     "words of SQL",
	"model/sqlite/kept.go":           "names of columns",
	"importer/mapping/":              "names of columns in files of clients",
	"importer/parse/written.go":      "names of months in files of clients",
	"importer/parse/clock.go":        "names of time zones",
	"analysis/rfm/published.go":      "names of segments, as they are published",
	"importer/spoilt.go":             "names of months in files of clients",
	"model/answer/html/":             "HTML",
	"model/answer/json/":             "a fault of the program",
	"analysis/rfm/ten.go":            "names of segments",
	"tui/session/refused.go":         "keys of plans",
	"tui/session/suggestevidence.go": "names in JSON",
	"tui/session/sensitivity.go":     "names in JSON",
	"model/catalogue/":               "the catalogue itself",
	"tui/session/question/statement": "SQL",
	"tui/screen/tiers/tierstest/":    "a double of the bench, for tests",
}

// sqlText is what the workspace is asked, not said.
var sqlText = regexp.MustCompile(`\b(SELECT|INSERT|UPDATE|DELETE|CREATE|PRAGMA|ALTER|DROP|FROM|WHERE|ORDER BY|ON CONFLICT|SET|NULL|KEY|TEXT|DO NOTHING|AND)\b|coalesce|_e4|_id\b`)

// unsaid are names within the program, and errors that it handles itself.
var unsaid = strings.Split("column not loaded|corrects, joined|table attribute|constraint of|virtual table|sql: Scan error on column|rowid oid |history count|history last|enough of refused rows", "|")

// fields are those of which the text is no prose: a command line.
var fields = map[string]bool{"Use": true, "Example": true}

// Nothing that a person reads stands beside the catalogue.
func TestNothingBesideTheCatalogue(t *testing.T) {
	t.Parallel()
	set, files := sources(t)
	entries := map[string]bool{}
	for _, c := range calls(set, files) {
		for _, e := range c.entries {
			entries[e] = true
		}
	}
	var found []string
	for name, f := range files {
		if isElsewhere(name) {
			continue
		}
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ImportSpec, *ast.Field:
				return false
			case *ast.KeyValueExpr:
				if id, ok := n.Key.(*ast.Ident); ok && fields[id.Name] {
					return false
				}
			case *ast.CallExpr:
				if id, ok := n.Fun.(*ast.Ident); ok && id.Name == "panic" {
					return false
				}
			case *ast.BasicLit:
				if strings.HasPrefix(name, "model/sqlite/") && (sqlText.MatchString(n.Value) || slices.Contains(unsaid, strings.Trim(n.Value, `"`))) {
					return false
				}
				if n.Kind != token.STRING {
					return true
				}
				if text, err := strconv.Unquote(n.Value); err == nil && prose.MatchString(text) && !strings.Contains(text, "\x00") && !entries[text] { // with NUL it is bytes of a file
					found = append(found, set.Position(n.Pos()).String()+": "+n.Value)
				}
			}
			return true
		})
	}
	slices.Sort(found)
	for _, f := range found {
		t.Error(f)
	}
}

func isElsewhere(name string) bool {
	for room := range elsewhere {
		if strings.HasPrefix(name, room) {
			return true
		}
	}
	return false
}
