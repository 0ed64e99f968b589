package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/adrg/xdg"
	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
	"github.com/spf13/cobra"

	"strata/model"
)

// setting is a habit of the person's that a file can hold and a flag of the
// same name can say otherwise.
type setting struct {
	name    string
	values  []string // allowed; the first is what holds without file and flag
	meaning string
}

// The settings.
var (
	themeSetting = setting{"theme", []string{"auto", "dark", "light"}, "background of the terminal"}
	colorSetting = setting{"color", []string{"auto", "always", "never"}, "colour"}
	mouseSetting = setting{"mouse", []string{"on", "off"}, "the workbench's use of the mouse"}
)

func settings() []setting { return []setting{themeSetting, colorSetting, mouseSetting} }

// usage describes the setting's flag.
func (s setting) usage() string {
	words := slices.Clone(s.values)
	words[0] += " (default)"
	last := len(words) - 1
	return s.meaning + ": " + strings.Join(words[:last], ", ") + " or " + words[last]
}

// check refuses a value of the setting's flag that means nothing; "" says
// nothing.
func (s setting) check(flag string) error {
	return oneOf("--"+s.name, flag, append([]string{""}, s.values...)...)
}

// configFile is where the person's settings are.
func configFile() string { return filepath.Join(xdg.ConfigHome, "strata", "config.yaml") }

// config holds the settings of the file, by name.
type config map[string]string

// chosen returns a setting as its flag says, else the file, else by default.
func (c config) chosen(s setting, flag string) string {
	return cmp.Or(flag, c[s.name], s.values[0])
}

// readConfig reads the person's settings; there are none where there is no
// file. Errors: Unreadable, Invalid with the line.
func readConfig(path string) (config, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return config{}, nil
	}
	if err != nil {
		return nil, model.Errorf(model.Unreadable, "cannot read the settings: %w", err)
	}
	return parseConfig(path, text)
}

func parseConfig(path string, text []byte) (config, error) {
	file, err := parser.ParseBytes(text, 0)
	if err != nil {
		var y yaml.Error
		if errors.As(err, &y) && y.GetToken() != nil {
			return nil, wrongSetting(path, y.GetToken(), "%s", y.GetMessage())
		}
		return nil, model.Errorf(model.Invalid, "%s: %w", path, err)
	}
	c := config{}
	for _, doc := range file.Docs {
		switch body := doc.Body.(type) {
		case nil, *ast.CommentGroupNode:
		case *ast.MappingNode:
			for _, entry := range body.Values {
				if err := c.put(path, entry.Key.GetToken(), entry.Value.GetToken()); err != nil {
					return nil, err
				}
			}
		default:
			return nil, wrongSetting(path, body.GetToken(), "a setting is written as name: value").WithHint("there are: %s", settingNames())
		}
	}
	return c, nil
}

// put takes one line of the file in.
func (c config) put(path string, name, value *token.Token) error {
	i := slices.IndexFunc(settings(), func(s setting) bool { return s.name == name.Value })
	if i < 0 {
		return wrongSetting(path, name, "there is no setting %q", name.Value).WithHint("there are: %s", settingNames())
	}
	s := settings()[i]
	if !slices.Contains(s.values, value.Value) {
		return wrongSetting(path, value, "%s cannot be %q", s.name, value.Value).WithHint("use one of %s", strings.Join(s.values, ", "))
	}
	c[s.name] = value.Value
	return nil
}

// wrongSetting says what is wrong in the file, and in which line.
func wrongSetting(path string, at *token.Token, format string, args ...any) *model.Error {
	return model.Errorf(model.Invalid, "%s:%d: "+format, append([]any{path, at.Position.Line}, args...)...)
}

func settingNames() string {
	var names []string
	for _, s := range settings() {
		names = append(names, s.name)
	}
	return strings.Join(names, ", ")
}

func (a *app) configCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "config",
		Short: "The settings file: where it is, what holds, whether it is right",
		Long: "Settings are kept in a small YAML file, one name: value a line. A flag of the same name says otherwise.\n\n" +
			settingsText(),
		Args: cobra.ArbitraryArgs,
		RunE: func(*cobra.Command, []string) error {
			return model.Errorf(model.Usage, "config needs a command").WithHint("use path, show or check")
		},
	}
	sub := func(use, short string, do func() error) *cobra.Command {
		return &cobra.Command{Use: use, Short: short, Args: exactly(0, "no argument"), RunE: func(*cobra.Command, []string) error { return do() }}
	}
	cmd.AddCommand(
		sub("path", "Print where the settings file is, or would be", func() error {
			_, err := fmt.Fprintln(a.out, configFile())
			return err
		}),
		sub("show", "Print every setting with its value and where that comes from", a.showConfig),
		sub("check", "Say whether the settings file is right", a.checkConfig),
	)
	return cmd
}

func settingsText() string {
	var out strings.Builder
	for _, s := range settings() {
		fmt.Fprintf(&out, "  %-8s%s\n", s.name+":", s.usage())
	}
	return strings.TrimSuffix(out.String(), "\n")
}

type settingJSON struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	From  string `json:"from"`
}

func (a *app) showConfig() error {
	c, err := readConfig(configFile())
	if err != nil {
		return err
	}
	var list []settingJSON
	t := newTable("name", "value", "from")
	for _, s := range settings() {
		from := "default"
		if _, ok := c[s.name]; ok {
			from = configFile()
		}
		list = append(list, settingJSON{s.name, c.chosen(s, ""), from})
		t.row(s.name, c.chosen(s, ""), from)
	}
	if a.format == "json" {
		return a.writeJSON(list)
	}
	return a.writeTable(t)
}

func (a *app) checkConfig() error {
	path := configFile()
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		_, err := fmt.Fprintf(a.out, "%s is not there: every setting is at its default\n", printable(path))
		return err
	}
	c, err := readConfig(path)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.out, "%s is right: %d of %d settings\n", printable(path), len(c), len(settings()))
	return err
}
