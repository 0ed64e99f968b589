package main

import (
	"errors"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"strata/model/catalogue/pseudotest"
)

// untranslatedNames are words that no language changes.
var untranslatedNames = strings.Fields(`
	strata RFM CSV JSON YAML HTML UTC GBP EUR UTF utf Linux macOS
	ten eight eleven grid klaviyo putler pymc rfm
	quantile jenks ntile net
	mine ours gap bash zsh fish powershell dmy mdy stat
	region channel App Phone Store Web East West North South Central Export soon guest Atlantis
	champions lost promising Gd Gk Gv Gw Id Ik Iv Iw
`) // of the field; of schemes; of methods and values of flags; of scenarios, a method, shells, formats and calls of the system; of the sample; of segments, and their initials

// typed are what one types or what is for programs, which no language changes: command
// lines that help gives, and settings that it lists; key=value, service.field and goals; what stands in
// quotes because a person or a file says it; values that a flag or a scheme can have;
// why rows were refused, as a code; columns of tables, statements in SQL and the names of figures; entities; names of segments.
var typed = []*regexp.Regexp{
	regexp.MustCompile(`(?s)WITH counted AS \(.*?;\n`), // SQL
	regexp.MustCompile(`\b[a-z-]+\.(customers(-share)?|orders|revenue(-share)?|order-value|repeat-rate|recency|frequency|monetary|cuts|not-tiered|gini(-corrected)?|top-\d+)\b`),
	regexp.MustCompile(`\bcohort\.(YYYY-MM|\d{4}-\d\d)\.(K|\d+)\.[a-z-]+`),
	regexp.MustCompile(`(?m)^\s+(.* \| |source <\()?strata .*$|^\s+echo .*$`),
	regexp.MustCompile(`(?m)^  (color|mouse|theme): `),
	regexp.MustCompile(`\b(auto|on) \([^)]*\)(, [a-z]+)* \S+ [a-z]+`),
	regexp.MustCompile(`\b[a-z_]+[=:<>]=?[^\s=]\S*`),
	regexp.MustCompile(`\b(high|mid|low)\.[a-z-]+`),
	regexp.MustCompile(`-h, --help .*`), // its command stands in it, and "help for" in every other language
	regexp.MustCompile(`\b(at-risk|need-attention|cant-lose(-them)?|about-to-sleep|loyal-customers|potential-loyalist|new-customers|bad-amount|bad-date|no-customer|placeholder-customer|after-last-order)\b`),
	regexp.MustCompile(`(?m)^(\| )?(eight (\| )?\s*mean|value)\b`),
	regexp.MustCompile(`\btiers\?`),
	regexp.MustCompile(`(?m)(^[| ]*(\d+ [| ]*\d+ [| ]*)?|: )(date|amount|customer\\?_id|order\\?_id) `),
	regexp.MustCompile(`(?m)\bmoved: (\d|\pL+ \pL+ \pL+$)`),
	regexp.MustCompile(`"[^"\n]*"`),
	regexp.MustCompile(`quantile, ntile, nested, mean, jenks, revenue, gap, lorenz|scheme, as_of, window, where, returns, zero, frequency, least_months, monetary, levels, cuts, value, map, fair, data`),
	regexp.MustCompile(`\b(order\\?_line|orders)\.[a-z]+(\\?_[a-z]+)*`),
	regexp.MustCompile(`&[a-z]+;`),
	regexp.MustCompile(`óƒ [a-z_]+ ƀéĺóńǵś ţó à [a-z_]+`), // tables
	regexp.MustCompile(`: [a-z-]+(, [a-z-]+)+ \(| úśé [a-z-]+(, [a-z-]+)*( óŕ [a-z-]+)?`),
	regexp.MustCompile(`(Can(&#39;|')t lose|Potential loyalist|Need attention|At risk|Light|About to sleep|Hibernating|Loyal)\b`),
}

// schemeFiles are the invocations that print a scheme file: as text, what stands
// behind its # is said to people.
var (
	schemeFiles = regexp.MustCompile(`^(scheme-show|scheme-cells|suggest-|scenario-show|scenario-delete)`)
	schemeLine  = map[string]*regexp.Regexp{"text": regexp.MustCompile(`(?m)^[^#\n]*`), "markdown": regexp.MustCompile(`(?m)^ {4}.*$`)}
)

// Whatever a command says, and every help page, comes from the catalogue.
func TestCommandsSayNothingBesideTheCatalogue(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: a process for every command")
	}
	folder := t.TempDir()
	fillPseudoFolder(t, folder)
	said := map[string]string{}
	note := func(where, text string) {
		for _, one := range typed {
			text = one.ReplaceAllString(text, " ")
		}
		for _, word := range pseudotest.Untranslated(text, untranslatedNames...) {
			if said[word] == "" {
				said[word] = where + ": " + lineWith(text, word)
			}
		}
	}
	entries, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, inv := range invocations {
		if inv.name == "generate" {
			continue // a client's file
		}
		for _, format := range []string{"text", "markdown"} {
			if format != "text" && !slices.Contains(strings.Fields(inv.formats), format) {
				continue
			}
			mine := t.TempDir()
			for _, name := range entries {
				copyFile(t, name, filepath.Join(mine, filepath.Base(name)))
			}
			var args []string
			for word := range strings.FieldsSeq(inv.line) {
				args = append(args, strings.ReplaceAll(word, "_", " "))
			}
			cmd := program(t, []string{pseudotest.Environment}, append(args, "--format", format)...)
			cmd.Dir = mine
			out, _ := cmd.CombinedOutput()
			if schemeFiles.MatchString(inv.name) {
				out = schemeLine[format].ReplaceAll(out, nil)
			}
			note(inv.name, string(out))
		}
	}
	root := new(app).rootCommand()
	tellHelp(root)
	var help func(c *cobra.Command, path []string)
	help = func(c *cobra.Command, path []string) {
		out, _ := process(t, []string{pseudotest.Environment}, append(path, "--help")...)
		for _, sub := range c.Commands() {
			out = strings.ReplaceAll(out, "\n  "+sub.Name()+" ", "\n  ")
		}
		note("help "+strings.Join(path, " "), out)
		for _, sub := range c.Commands() {
			help(sub, append(path[:len(path):len(path)], sub.Name()))
		}
	}
	help(root, nil)
	for _, fault := range pseudotest.Compare(said) {
		t.Error(fault)
	}
}

// fillPseudoFolder makes what the commands speak of as it is where the pseudo
// language is spoken: notices and names are stored in it.
func fillPseudoFolder(t *testing.T, folder string) {
	t.Helper()
	t.Chdir(folder)
	fillGoldenFolder(t, func(status int, args ...string) string {
		cmd := program(t, []string{pseudotest.Environment}, args...)
		out, err := cmd.Output()
		var exit *exec.ExitError
		if got := cmd.ProcessState.ExitCode(); got != status || err != nil && !errors.As(err, &exit) {
			t.Fatalf("strata %s: exit status %d, want %d: %v\n%s", strings.Join(args, " "), got, status, err, out)
		}
		return string(out)
	})
}

// lineWith is the line of a text in which a word stands.
func lineWith(text, word string) string {
	whole := regexp.MustCompile(`(^|[^\pL\pN_])` + word + `($|[^\pL\pN_])`)
	for line := range strings.Lines(text) {
		if whole.MatchString(strings.TrimSuffix(line, "\n")) {
			return strings.TrimSpace(line)
		}
	}
	return ""
}

// forPrograms are what programs read of an answer: keys, and values that are one of a
// list. Sentences and labels among them are for people.
var forPrograms = regexp.MustCompile(`"[a-z_ ]+": ("(high|mid|low|none|all|recency|frequency|monetary|value)"|[^"])?|(?m)^[a-z_ ,]+$|segment: [a-z0-9-]+|"segment": "[^"]*"`)

// What programs read is the same in every language.
func TestProgramsReadNoLanguage(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: two processes for every command")
	}
	folder := t.TempDir()
	fillPseudoFolder(t, folder)
	compared := 0
	for _, inv := range invocations {
		if strings.HasPrefix(inv.name, "import") || strings.HasPrefix(inv.name, "scenario-") || inv.name == "undo" || inv.name == "redo" || inv.name == "service-set" {
			continue // it changes what the next would see
		}
		for _, format := range []string{"csv", "json"} {
			args := append(strings.Fields(inv.line), "--format", format)
			english, _ := program(t, nil, args...).Output()
			pseudo, _ := program(t, []string{pseudotest.Environment}, args...).Output()
			want, got := forPrograms.FindAllString(string(english), -1), forPrograms.FindAllString(string(pseudo), -1)
			if !slices.Equal(got, want) {
				t.Errorf("%s as %s: %q, in English %q", inv.name, format, got, want)
			}
			compared += len(want)
		}
	}
	if compared < 5_000 {
		t.Errorf("only %d were compared", compared)
	}
}
