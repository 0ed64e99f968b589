package main

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"strata/model/catalogue"
)

// tellHelp has the help pages of a command and of all below it told from the catalogue,
// where cobra would tell them in English, and adds the commands that cobra adds. They
// print to what the command prints to now.
func tellHelp(root *cobra.Command) {
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	root.SetUsageFunc(printUsage)
	root.SetVersionTemplate(catalogue.T("{program} version {version}", "program", root.Name(), "version", root.Version) + "\n")
	tellCommand(root)
	for _, cmd := range root.Commands() {
		switch cmd.Name() {
		case "help":
			cmd.Short = catalogue.T("Help about any command")
			cmd.Long = catalogue.T("Help provides help for any command in the application.\nSimply type {program} help [path to command] for full details.", "program", root.Name())
		case "completion":
			tellCompletion(cmd, root.Name())
		}
	}
}

// tellCommand names what stands for arguments, and the flags that cobra adds.
func tellCommand(cmd *cobra.Command) {
	cmd.Use = placeholder.ReplaceAllStringFunc(cmd.Use, func(name string) string { return cmp.Or(placeholders[name], name) })
	cmd.InitDefaultHelpFlag()
	cmd.InitDefaultVersionFlag()
	cmd.Flags().Lookup("help").Usage = catalogue.T("help for {command}", "command", cmd.DisplayName())
	if cmd.Version != "" {
		cmd.Flags().Lookup("version").Usage = catalogue.T("version for {command}", "command", cmd.DisplayName())
	}
	for _, sub := range cmd.Commands() {
		tellCommand(sub)
	}
}

// placeholders are what stands for arguments in command lines.
var (
	placeholder  = regexp.MustCompile(`[A-Z]{2,}|\[command\]|\[flags\]`)
	placeholders = map[string]string{
		"WORKSPACE": catalogue.T("WORKSPACE"), "FILE": catalogue.T("FILE"), "NAME": catalogue.T("NAME"), "NEW": catalogue.T("NEW"), "KEY": catalogue.T("KEY"),
		"TEXT": catalogue.T("TEXT"), "PRESET": catalogue.T("PRESET"), "SOURCE": catalogue.T("SOURCE"), "FIGURE": catalogue.T("FIGURE"),
		"[command]": "[" + catalogue.T("command") + "]", "[flags]": "[" + catalogue.T("flags") + "]",
	}
)

// printUsage prints how a command is called, as cobra does in English.
func printUsage(cmd *cobra.Command) error {
	var b strings.Builder
	b.WriteString(catalogue.T("Usage:"))
	if cmd.Runnable() {
		b.WriteString("\n  " + strings.Replace(cmd.UseLine(), "[flags]", placeholders["[flags]"], 1))
	}
	if cmd.HasAvailableSubCommands() {
		b.WriteString("\n  " + cmd.CommandPath() + " " + placeholders["[command]"])
	}
	if cmd.HasExample() {
		b.WriteString("\n\n" + catalogue.T("Examples:") + "\n" + cmd.Example)
	}
	if cmd.HasAvailableSubCommands() {
		b.WriteString("\n\n" + catalogue.T("Available Commands:"))
		for _, sub := range cmd.Commands() {
			if sub.IsAvailableCommand() || sub.Name() == "help" {
				b.WriteString("\n  " + padded(sub.Name(), sub.NamePadding()) + " " + sub.Short)
			}
		}
	}
	if cmd.HasAvailableLocalFlags() {
		b.WriteString("\n\n" + catalogue.T("Flags:") + "\n" + flagUsages(cmd.LocalFlags()))
	}
	if cmd.HasAvailableInheritedFlags() {
		b.WriteString("\n\n" + catalogue.T("Global Flags:") + "\n" + flagUsages(cmd.InheritedFlags()))
	}
	if cmd.HasAvailableSubCommands() {
		b.WriteString("\n\n" + catalogue.T(`Use "{command} [command] --help" for more information about a command.`, "command", cmd.CommandPath()))
	}
	_, err := fmt.Fprintln(cmd.OutOrStderr(), b.String())
	return err
}

// flagUsages lists flags and what they mean, in columns.
func flagUsages(flags *pflag.FlagSet) string {
	var names, meanings []string
	widest := 0
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		name := "      --" + f.Name
		if f.Shorthand != "" {
			name = "  -" + f.Shorthand + ", --" + f.Name
		}
		kind, meaning := pflag.UnquoteUsage(f)
		if kind != "" {
			name += " " + cmp.Or(kindsOfValues[kind], kind)
		}
		names, meanings = append(names, name), append(meanings, meaning+defaultOf(f))
		widest = max(widest, utf8.RuneCountInString(name))
	})
	var b strings.Builder
	for i, name := range names {
		b.WriteString(padded(name, widest) + "   " + meanings[i] + "\n")
	}
	return strings.TrimRight(b.String(), "\n")
}

// kindsOfValues name what a flag takes.
var kindsOfValues = map[string]string{
	"string": catalogue.T("string"), "strings": catalogue.T("strings"), "stringArray": catalogue.T("stringArray"),
	"int": catalogue.T("int"), "ints": catalogue.T("ints"), "uint": catalogue.T("uint"),
}

// defaultOf tells what holds where a flag is not given, if that is something.
func defaultOf(f *pflag.Flag) string {
	switch f.DefValue {
	case "", "0", "false", "[]":
		return ""
	}
	if f.Value.Type() == "string" {
		return catalogue.T(" (default {value:q})", "value", f.DefValue)
	}
	return catalogue.T(" (default {value})", "value", f.DefValue)
}

func padded(text string, width int) string {
	return text + strings.Repeat(" ", max(width-utf8.RuneCountInString(text), 0))
}
