package main

import (
	"os"

	"github.com/spf13/cobra"

	"strata/model"
	"strata/model/answer"
	"strata/model/answer/csv"
	"strata/model/answer/html"
	"strata/model/answer/json"
	"strata/model/answer/markdown"
	"strata/model/answer/text"
	"strata/tui/session"
)

// pages are the formats of commands whose result is an answer, beside [formats].
var pages = []string{"markdown", "html"}

// isAnswer marks a command whose result is an answer.
const isAnswer = "answer"

// answers marks a command as one whose result is an answer.
func answers(cmd *cobra.Command) *cobra.Command {
	cmd.Annotations = map[string]string{isAnswer: ""}
	return cmd
}

// tell prints an answer in the format asked for.
func (a *app) tell(d *answer.Document) error {
	switch a.format {
	case "json":
		return json.Write(a.out, d)
	case "csv":
		return csv.Write(a.out, d, a.safe())
	case "markdown":
		return markdown.Write(a.out, d)
	case "html":
		return html.Write(a.out, d)
	}
	a.colored = a.hasColor()
	return text.Write(a.out, d, text.Room{Width: terminalWidth(a.out), Color: a.colored, Stopped: a.stopped})
}

// hasColor reports whether text is written in colour: where the flag says so, or on a
// terminal unless the flag, the settings or NO_COLOR say otherwise. Settings that
// cannot be read are no reason to print nothing.
func (a *app) hasColor() bool {
	if a.color == "always" {
		return true
	}
	c, _ := readConfig(configFile())
	switch c.chosen(colorSetting, a.color) {
	case "never":
		return false
	case "auto":
		if os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" {
			return false
		}
	}
	return isTerminal(a.out)
}

// safe returns what makes a text safe where CSV is read: a text that a spreadsheet
// would run gets an apostrophe, unless it is wanted as it is; none controls a terminal.
func (a *app) safe() func(cell string) string {
	shown := isTerminal(a.out) // asked once, and not of every cell
	return func(cell string) string {
		if !a.raw {
			cell = session.WithoutFormula(cell)
		}
		if shown {
			cell = model.Printable(cell)
		}
		return cell
	}
}
