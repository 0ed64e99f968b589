package main

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"strata/model"
)

func TestParseConfig(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]config{
		"":                              {},
		"# nothing yet\n":               {},
		"theme: light\n":                {"theme": "light"},
		"mouse: off # to select text\n": {"mouse": "off"},
		"theme: dark\ncolor: never\nmouse: \"on\"\n": {"theme": "dark", "color": "never", "mouse": "on"},
	} {
		if got, err := parseConfig("c.yaml", []byte(text)); err != nil || !maps.Equal(got, want) {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	for text, want := range map[string]string{
		"theme: dark\n\nmouze: off\n":  `c.yaml:3: there is no setting "mouze"; there are: theme, color, mouse`,
		"theme: dark\nmouse: never\n":  `c.yaml:2: mouse cannot be "never"; use one of on, off`,
		"theme:\n":                     `c.yaml:1: theme cannot be`,
		"theme: dark\ntheme: light\n":  `c.yaml:2: `,
		"- theme\n":                    `c.yaml:1: a setting is written as name: value`,
		"theme: [dark\n":               `c.yaml:1: `,
		"\ncolor: {a: b}\n":            `c.yaml:2: color cannot be`,
		"theme: dark\n---\nmouse: 3\n": `c.yaml:3: mouse cannot be "3"`,
	} {
		_, err := parseConfig("c.yaml", []byte(text))
		if model.CodeOf(err) != model.Invalid || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

func FuzzParseConfig(f *testing.F) {
	f.Add([]byte("theme: dark\ncolor: auto\n# x\nmouse: off\n"))
	f.Add([]byte("- a\n---\nb: {c"))
	f.Fuzz(func(t *testing.T, text []byte) {
		c, err := parseConfig("c.yaml", text)
		if err != nil && model.CodeOf(err) != model.Invalid {
			t.Errorf("%v", err)
		}
		for _, s := range settings() {
			if value, ok := c[s.name]; ok && value != c.chosen(s, "") {
				t.Errorf("%s is %q", s.name, value)
			}
		}
	})
}

func TestAFlagGoesBeforeTheFile(t *testing.T) {
	t.Parallel()
	c := config{"theme": "light"}
	for flag, want := range map[string]string{"": "light", "dark": "dark", "auto": "auto"} {
		if got := c.chosen(themeSetting, flag); got != want {
			t.Errorf("--theme %q gives %q", flag, got)
		}
	}
	if got := c.chosen(mouseSetting, ""); got != "on" {
		t.Errorf("without flag and file the mouse is %q", got)
	}
}

func TestSettingsAreShownAndChecked(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	file := filepath.Join(home, "strata", "config.yaml")
	ask := func(status int, args ...string) string {
		t.Helper()
		out, got := process(t, []string{"XDG_CONFIG_HOME=" + home}, args...)
		if got != status {
			t.Errorf("strata %s: exit status %d, want %d: %s", strings.Join(args, " "), got, status, out)
		}
		return out
	}
	if got := ask(exitDone, "config", "path"); got != file+"\n" {
		t.Errorf("the path is %q", got)
	}
	if got := ask(exitDone, "config", "check"); !strings.Contains(got, "does not exist") {
		t.Errorf("without a file: %q", got)
	}
	if got := ask(exitUsage, "config", "edit"); !strings.Contains(got, "use path, show or check") {
		t.Errorf("an unknown command: %q", got)
	}
	write := func(text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("theme: dark\nmouse: off\n")
	if got := ask(exitDone, "config", "check"); !strings.Contains(got, "is correct: it sets 2 of 3 settings") {
		t.Errorf("a good file: %q", got)
	}
	if got := ask(exitDone, "config", "show", "--format", "csv"); got != "name,value,from\ntheme,dark,"+file+"\ncolor,auto,default\nmouse,off,"+file+"\n" {
		t.Errorf("shown: %q", got)
	}
	write("theme: dark\nfont: large\n")
	if got := ask(exitFailed, "config", "check"); !strings.Contains(got, `config.yaml:2: there is no setting "font"`) {
		t.Errorf("a bad file: %q", got)
	}
	// Figures for a script do not depend on the settings of the screen.
	ask(exitDone, "generate", "--customers", "5", "--orders", "9", "--out", "-")
}

func TestManualAndCompletion(t *testing.T) {
	t.Parallel()
	page := mustRun(t, exitDone, "man").out
	for _, text := range []string{".TH STRATA 1", "strata orders", "rejects", "NO_COLOR", "130", "mouse"} {
		if !strings.Contains(page, text) {
			t.Errorf("the manual says nothing of %s", text)
		}
	}
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		if out := mustRun(t, exitDone, "completion", shell).out; !strings.Contains(out, "strata") {
			t.Errorf("no completion for %s", shell)
		}
	}
	for word, want := range map[string]string{"--color": "never", "--theme": "light", "--mouse": "off", "--format": "json"} {
		if out := mustRun(t, exitDone, "__complete", word, "").out; !strings.Contains(out, want+"\n") {
			t.Errorf("%s is completed with %q", word, out)
		}
	}
}
