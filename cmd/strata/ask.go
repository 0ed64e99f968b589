package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"strata/importer"
	"strata/model"
	"strata/model/catalogue"
)

// decide asks a person which reading of a file is right, when err leaves that
// open, and returns options that say so. Any other error is returned as it is.
func decide(err error, options importer.Options, in io.Reader, out io.Writer) (importer.Options, error) {
	var q *importer.Question
	if !errors.As(err, &q) {
		return options, err
	}
	fmt.Fprintln(out, model.Printable(q.Message())+":")
	for i, c := range q.Choices {
		fmt.Fprintf(out, "  %d  %s\n", i+1, model.Printable(c.Reading))
	}
	lines := bufio.NewScanner(in)
	for {
		fmt.Fprint(out, catalogue.T("which is right? 1 to {choices}, or Enter to cancel: ", "choices", len(q.Choices)))
		if !lines.Scan() || strings.TrimSpace(lines.Text()) == "" {
			return options, err
		}
		if n, bad := strconv.Atoi(strings.TrimSpace(lines.Text())); bad == nil && n >= 1 && n <= len(q.Choices) {
			return q.Choices[n-1].Decided(options), nil
		}
	}
}
