package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/adrg/xdg"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
	"github.com/spf13/cobra"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/disk"
	"strata/model/yamltext"
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
	themeSetting = setting{"theme", []string{"auto", "dark", "light"}, catalogue.T("background of the terminal")}
	colorSetting = setting{"color", []string{"auto", "always", "never"}, catalogue.T("colour")}
	mouseSetting = setting{"mouse", []string{"on", "off"}, catalogue.T("the mouse in the workbench")}
)

func settings() []setting { return []setting{themeSetting, colorSetting, mouseSetting} }

// usage describes the setting's flag.
func (s setting) usage() string {
	words := slices.Clone(s.values)
	words[0] = catalogue.T("{value} (default)", "value", words[0])
	last := len(words) - 1
	return catalogue.T("{meaning}: {values} or {last}", "meaning", s.meaning, "values", strings.Join(words[:last], ", "), "last", words[last])
}

// check refuses a value of the setting's flag that means nothing; "" says
// nothing.
func (s setting) check(flag string) error {
	return oneOf("--"+s.name, flag, append([]string{""}, s.values...)...)
}

// configFile is where the person's settings are, "" where there is no place for
// them.
func configFile() string { return place(xdg.ConfigHome, "config.yaml") }

// place returns where a file of strata's own lies below one of the person's
// folders, "" where there is none: without a home folder, and none named in its
// place, the library would take the root of the file system.
func place(folder, name string) string {
	if home := os.Getenv("HOME"); runtime.GOOS != "windows" && !filepath.IsAbs(home) {
		given := []string{os.Getenv("XDG_CONFIG_HOME"), os.Getenv("XDG_STATE_HOME"), os.Getenv("XDG_DATA_HOME")}
		if !slices.Contains(given, folder) {
			return ""
		}
	}
	if !filepath.IsAbs(folder) {
		return ""
	}
	return filepath.Join(folder, "strata", name)
}

// errNoHome says that something has no place.
func errNoHome(what string) *model.Error {
	return model.Errorf(model.NotFound, "there is no home folder, so there is no place for {what}", "what", what).WithHint("set HOME, or XDG_CONFIG_HOME and the like")
}

// config holds the settings of the file, by name.
type config map[string]string

// chosen returns a setting as its flag says, else the file, else by default.
func (c config) chosen(s setting, flag string) string {
	return cmp.Or(flag, c[s.name], s.values[0])
}

// readConfig reads the person's settings; there are none where there is no
// file. Errors: Unreadable, Invalid with the line.
func readConfig(path string) (config, error) {
	if path == "" {
		return config{}, nil
	}
	text, err := disk.ReadText(path)
	switch {
	case model.CodeOf(err) == model.NotFound:
		return config{}, nil
	case err != nil:
		return nil, err
	}
	return parseConfig(path, text)
}

func parseConfig(path string, text []byte) (config, error) {
	file, err := yamltext.Parse(text)
	if err != nil {
		var fault *yamltext.Fault
		errors.As(err, &fault) // there is no other error
		return nil, model.Errorf(model.Invalid, "{path}:{line}: {message}", "path", path, "line", fault.Line, "message", fault.Message)
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
			return nil, wrongSetting(path, body.GetToken(), "a setting is written as name: value").WithHint("there are: {names}", "names", settingNames())
		}
	}
	return c, nil
}

// put takes one line of the file in.
func (c config) put(path string, name, value *token.Token) error {
	i := slices.IndexFunc(settings(), func(s setting) bool { return s.name == name.Value })
	if i < 0 {
		return wrongSetting(path, name, "there is no setting {value:q}", "value", name.Value).WithHint("there are: {names}", "names", settingNames())
	}
	s := settings()[i]
	if !slices.Contains(s.values, value.Value) {
		return wrongSetting(path, value, "{name} cannot be {value:q}", "name", s.name, "value", value.Value).WithHint("use one of {values}", "values", strings.Join(s.values, ", "))
	}
	c[s.name] = value.Value
	return nil
}

// wrongSetting says what is wrong in the file, and in which line.
func wrongSetting(path string, at *token.Token, entry string, named ...any) *model.Error {
	return model.Errorf(model.Invalid, "{path}:{line}: {problem}", "path", path, "line", at.Position.Line, "problem", catalogue.T(entry, named...), catalogue.Cause, catalogue.CauseOf(named))
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
		Short: catalogue.T("The settings file: where it is, what it sets, whether it is correct"),
		Long: catalogue.T(`Settings are in a small YAML file, one per line, as name: value. A flag of the same name
takes precedence.

{settings_text}`, "settings_text", settingsText()),
		Args: cobra.ArbitraryArgs,
		RunE: func(*cobra.Command, []string) error {
			return model.Errorf(model.Usage, "config needs a command").WithHint("use path, show or check")
		},
	}
	sub := func(use, short string, do func() error) *cobra.Command {
		return &cobra.Command{Use: use, Short: short, Args: exactly(0, catalogue.T("no argument")), RunE: func(*cobra.Command, []string) error { return do() }}
	}
	cmd.AddCommand(
		sub("path", catalogue.T("Print where the settings file is, or would be"), func() error {
			if configFile() == "" {
				return errNoHome(catalogue.T("settings"))
			}
			_, err := fmt.Fprintln(a.out, configFile())
			return err
		}),
		sub("show", catalogue.T("Print every setting with its value and where that comes from"), a.showConfig),
		sub("check", catalogue.T("Say whether the settings file is correct"), a.checkConfig),
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
	if path == "" {
		return errNoHome(catalogue.T("settings"))
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		_, err := fmt.Fprintln(a.out, catalogue.T("{path} does not exist: every setting is at its default", "path", printable(path)))
		return err
	}
	c, err := readConfig(path)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(a.out, catalogue.T("{path} is correct: it sets {set} of {all} settings", "path", printable(path), "set", len(c), "all", len(settings())))
	return err
}
