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
		"brackets":                 {strings.Repeat("[", 200_000), "line 1, column 33: lists within lists, more than 32 deep"},
		"brackets that end":        {strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000), "lists within lists"},
		"brackets ended in quotes": {strings.Repeat(`["]", `, 50_000), "lists within lists"},
		"brackets, one a line":     {strings.Repeat("[\n", 100_000), "line 33, column 1: lists"},
		"braces":                   {strings.Repeat("{a: ", 50_000), "lists within lists"},
		"hyphens":                  {strings.Repeat("- ", 100_000), "lists within lists"},
		"marks of keys":            {strings.Repeat("? ", 100_000), "lists within lists"},
		"anchors":                  {strings.Repeat("&a ", 60_000), "lists within lists"},
		"blanks":                   {nested(600), "line 129, column 130: more than 128 blanks before it"},
		"keys":                     {manyKeys(60_000, "k%d: v\n"), "line 4001, column 6: more than 4000 keys in one mapping"},
		"keys further in":          {"a:\n" + manyKeys(60_000, "  k%d: v\n"), "more than 4000 keys"},
		"words":                    {"- " + strings.Repeat("- a\n", 900_000), "more than 500000 words"},
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
		if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 800 {
			t.Errorf("%s: %d MiB", name, used)
		}
	}
}

// What people write is far from every bound.
func TestOrdinaryYAML(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"many locked customers": "fair:\n  overrides:\n" + manyKeys(20_000, "    - customer: \"%d\"\n      tier: high\n      until: 2012-06-30\n      reason: key account\n      author: LM\n"),
		"a wide plan":           "map:\n" + manyKeys(1_000, "  attr:%d: column\n"),
		"patterns":              "map:\n" + manyKeys(729, "  - {segment: s%d, cells: \"[1-2][3-4][5-6] [1-3]5*\"}\n"),
		"a long value":          "where: [" + strings.Repeat("a", 3000) + "=b, c=d]\nscheme: x\n",
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
