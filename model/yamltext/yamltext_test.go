package yamltext_test

import (
	"errors"
	"fmt"
	"os/exec"
	"runtime"
	"strings"
	"testing"

	"strata/model/yamltext"
)

func nested(levels int) string {
	var b strings.Builder
	for i := range levels {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}

func manyKeys(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// What the parser would choke on is refused before it takes memory, with its
// place. What is not refused in time would take minutes, which the test's own
// timeout ends.
func TestHostileYAML(t *testing.T) {
	for name, c := range map[string]struct{ text, says string }{
		"brackets":                 {strings.Repeat("[", 200_000), "line 1, column 33: lists nested more than 32 deep"},
		"brackets that end":        {strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000), "lists nested more than"},
		"brackets ended in quotes": {strings.Repeat(`["]", `, 50_000), "lists nested more than"},
		"brackets, one a line":     {strings.Repeat("[\n", 100_000), "line 33, column 1: lists"},
		"braces":                   {strings.Repeat("{a: ", 50_000), "lists nested more than"},
		"hyphens":                  {strings.Repeat("- ", 100_000), "lists nested more than"},
		"marks of keys":            {strings.Repeat("? ", 100_000), "lists nested more than"},
		"anchors":                  {strings.Repeat("&a ", 60_000), "lists nested more than"},
		"blanks":                   {nested(600), "line 129, column 130: more than 128 spaces of indentation"},
		"keys":                     {manyKeys(60_000, "k%d: v\n"), "line 4001, column 6: more than 4000 keys in one mapping"},
		"keys further in":          {"a:\n" + manyKeys(60_000, "  k%d: v\n"), "more than 4000 keys"},
		"words":                    {"- " + strings.Repeat("- a\n", 900_000), "more than 750000 words and marks"},
		"words of marks unseen":    {strings.Repeat("- a\n", 240_000) + strings.Repeat("k:\tv\n", 40_000), "more than 500000 words"},
		"a long list":              {"levels: [" + strings.Repeat("1,", 1_900_000) + "1]", "line 1, column 1: there are more than 750000 words and marks, which no scheme, plan or settings file needs"},
		"blanks that end a text":   {"scheme: |\n" + strings.Repeat(" \n", 30_000), "line 102, column 1: more than 100 blank lines in a row, which no"},
		"blank lines":              {"theme: |\n" + strings.Repeat("\r\n", 30_000), "line 102, column 1: more than 100 blank lines"},
		"tabs in blank lines":      {"theme: |\n" + strings.Repeat("\t\r", 30_000), "line 102, column 1: more than 100 blank lines"},
		"a large block text":       {"scheme: |\n" + strings.Repeat(strings.Repeat("\n", 90)+" x\n", 3_000), "line 1, column 1: a block text (| or >) in a file of more than 64 KiB"},
		"a folded one, with more":  {"a: b\n- >-2 # c\n" + strings.Repeat(" x\n", 30_000), "line 2, column 1: a block text"},
		"documents":                {strings.Repeat("%YAML 1.2\n---\n", 60_000), "line 3, column 1: more than 2 lines that begin with ---, ... or %: several documents"},
		"ends of documents":        {strings.Repeat("...\n", 60_000), "line 3, column 1: more than 2 lines"},
		"arrows":                   {strings.Repeat("<", 200_000), "line 1, column 1: more than 100 < in a row"},
		"tags":                     {strings.Repeat("- !t\n", 100_000), "line 101, column 3: more than 100 anchors, aliases and tags"},
		"aliases":                  {strings.Repeat("- *a\n", 100_000), "more than 100 anchors"},
		"marks of keys, in lines":  {strings.Repeat("- ? a\n", 100_000), "more than 100 anchors"},
		"empty entries":            {strings.Repeat("-\n", 200_000), "line 1001, column 1: more than 1000 keys and entries without a value"},
		"empty lists in lists":     {strings.Repeat("- - - -\n", 80_000), "more than 1000 keys and entries"},
		"empty keys":               {strings.Repeat("- a:\n  b:\n", 60_000), "more than 1000 keys and entries"},
		"keys alone":               {strings.Repeat("- {k, l}\n", 55_000), "more than 1000 keys and entries"},
		"keys alone, in one":       {"a: {" + manyKeys(100_000, "k%d, ") + "}", "more than 1000 keys and entries"},
		"size":                     {strings.Repeat("a", 5<<20), "the text has 5 MiB"},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := yamltext.Parse([]byte(c.text))
		runtime.ReadMemStats(&after)
		var fault *yamltext.Fault
		if !errors.As(err, &fault) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %s", name, err, c.says)
		}
		if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 400 {
			t.Errorf("%s: %d MiB", name, used)
		}
	}
}

// What people write is far from every bound.
func TestOrdinaryYAML(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"many locked customers":    "fair:\n  overrides:\n" + manyKeys(20_000, "    - customer: \"%d\"\n      tier: high\n      until: 2012-06-30\n      reason: key account\n      author: LM\n"),
		"a wide plan":              "map:\n" + manyKeys(1_000, "  attr:%d: column\n"),
		"patterns":                 "map:\n" + manyKeys(729, "  - {segment: s%d, cells: \"[1-2][3-4][5-6] [1-3]5*\"}\n"),
		"rows of locked customers": "fair:\n  overrides:\n" + manyKeys(20_000, "    - {customer: \"%d\", tier: high, until: 2012-06-30, reason: \"key, account\", author: \"LM\"}\n"),
		"a block text":             "scheme: |\n  mine\n\n\n  and yours\n\n",
		"a document":               "%YAML 1.2\n---\nscheme: x\n",
		"empty values":             "theme:\ncolor:\nmap:\n- {segment: a, cells: \"\"}\n",
		"arrows, bars":             "where: [\"a=<<b>>\", \"c=|\"]\n" + strings.Repeat("# ------ | ------ >\n", 50),
		"a long value":             "where: [" + strings.Repeat("a", 3000) + "=b, c=d]\nscheme: x\n",
	} {
		if _, err := yamltext.Parse([]byte(text)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The parser is called in one place.
func TestOneGuard(t *testing.T) {
	t.Parallel()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-f", `{{.ImportPath}}:{{join .Imports " "}}`, "strata/...").Output()
	if err != nil {
		t.Skipf("SKIPPED: go list: %v", err)
	}
	for line := range strings.Lines(string(out)) {
		path, imports, _ := strings.Cut(line, ":")
		if strings.Contains(imports, "go-yaml/parser") && path != "strata/model/yamltext" {
			t.Errorf("%s parses YAML by itself", path)
		}
	}
}
