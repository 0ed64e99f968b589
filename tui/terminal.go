package tui

import (
	"errors"
	"io"
	"os"

	tea "charm.land/bubbletea/v2"
	"golang.org/x/term"

	"strata/model/catalogue"
)

// keyboard is the terminal's input. Where a terminal that was closed says that
// there is nothing more to read, the program would wait for keys for ever.
type keyboard struct{ *os.File }

var errHungUp = errors.New(catalogue.T("the terminal was closed"))

// Read implements io.Reader. Error: errHungUp in the place of io.EOF.
func (k keyboard) Read(p []byte) (int, error) {
	n, err := k.File.Read(p)
	if errors.Is(err, io.EOF) {
		err = errHungUp
	}
	return n, err
}

// openKeyboard returns stdin, or what the process's terminal has where stdin is
// something else.
func openKeyboard() (keyboard, error) {
	if term.IsTerminal(int(os.Stdin.Fd())) {
		return keyboard{os.Stdin}, nil
	}
	in, _, err := tea.OpenTTY()
	return keyboard{in}, err
}
