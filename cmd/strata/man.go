package main

import (
	"fmt"
	"strings"

	mango "github.com/muesli/mango-cobra"
	"github.com/muesli/roff"
	"github.com/spf13/cobra"

	"strata/model"
	"strata/model/catalogue"
)

// The sections of the manual that are not in any command's help.
var (
	manualExit = catalogue.T(`0: done.
1: failed; the message says what, where, and what to do.
2: wrong usage, or a choice that only a person can make, such as an undecided date order.
3: done, but rows were refused, a check did not pass or a goal was not met.
130: cancelled.`)
	manualEnvironment = catalogue.T(`NO_COLOR: any value that is not empty switches colour off, unless --color or the settings file says otherwise.
XDG_CONFIG_HOME, XDG_STATE_HOME, XDG_DATA_HOME: where the settings file, the list of recently opened workspaces and the sample workspace are.`)
)

func (a *app) manCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "man",
		Short: catalogue.T("Print the manual page: strata man | man -l -"),
		Args:  exactly(0, catalogue.T("no argument")),
		RunE: func(cmd *cobra.Command, _ []string) error {
			const userCommands = 1 // the manual's section
			page, err := mango.NewManPage(userCommands, cmd.Root())
			if err != nil {
				return model.Errorf(model.Internal, "cannot write the manual page: {cause}", "cause", err)
			}
			description, examples := manualText(cmd.Root().Long)
			page.WithLongDescription(description)
			page.WithSection(catalogue.T("Examples"), examples)
			page.WithSection(catalogue.T("Settings"), settingsText())
			page.WithSection(catalogue.T("Environment"), manualEnvironment)
			page.WithSection(catalogue.T("Exit status"), manualExit)
			_, err = fmt.Fprintln(a.out, page.Build(roff.NewDocument()))
			return err
		},
	}
}

// manualText divides the help of the program into its first paragraph, on one
// line, and the examples below it: the manual makes every line a paragraph.
func manualText(help string) (description, examples string) {
	description, examples, _ = strings.Cut(help, "\n\n")
	lines := strings.Split(examples, "\n")
	for i, line := range lines {
		command, meaning, _ := strings.Cut(strings.TrimSpace(line), "  ")
		lines[i] = command + ": " + strings.TrimSpace(meaning)
	}
	return strings.Join(strings.Fields(description), " "), strings.Join(lines, "\n")
}
