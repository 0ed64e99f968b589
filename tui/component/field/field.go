// Package field is a line of text that the person is typing. The terminal's own
// cursor stands in it, so that an input method opens its window there.
package field

import (
	"strings"
	"unicode"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"strata/tui/component/cells"
)

// Field is the text and the place of the cursor in it.
type Field struct {
	input     textinput.Model
	suggested bool
}

// New returns a field that begins with text; now is shown while it is empty.
func New(text, now string) *Field {
	in := textinput.New()
	in.Prompt = ""
	in.SetVirtualCursor(false)
	in.SetStyles(textinput.Styles{})
	in.Placeholder = cells.Clean(now)
	in.SetValue(cells.Clean(text))
	in.CursorEnd()
	in.Focus()
	return &Field{input: in}
}

// Suggest returns a field that begins with a text which is only a suggestion:
// the first letter typed takes its place, while a key that moves or deletes
// goes on from it.
func Suggest(text, now string) *Field {
	f := New(text, now)
	f.suggested = text != ""
	return f
}

// Take makes a suggestion the person's own text.
func (f *Field) Take() { f.suggested = false }

// Suggested reports whether the text would give way to the next letter.
func (f *Field) Suggested() bool { return f.suggested }

// Update takes a key or a paste in and reports whether the text is another one
// now.
func (f *Field) Update(msg tea.Msg) bool {
	before := f.input.Value()
	if f.suggested && writes(msg) {
		f.input.SetValue("")
	}
	f.suggested = false
	msg = harmless(msg)
	// The command left out makes a cursor blink; the terminal's does by itself.
	f.input, _ = f.input.Update(msg)
	return f.input.Value() != before
}

// harmless takes out of what is put in what would turn the order of reading around
// on the screen; the input takes out control characters itself.
func harmless(msg tea.Msg) tea.Msg {
	clean := func(text string) string {
		return strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Bidi_Control, r) {
				return -1
			}
			return r
		}, text)
	}
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		msg.Text = clean(msg.Text)
		return msg
	case tea.PasteMsg:
		msg.Content = clean(msg.Content)
		return msg
	}
	return msg
}

// writes reports whether a message puts text in.
func writes(msg tea.Msg) bool {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return msg.Text != ""
	case tea.PasteMsg:
		return true
	}
	return false
}

// Text returns what has been typed.
func (f *Field) Text() string { return f.input.Value() }

// Draw returns the field at a width, and the column of the cursor in it.
func (f *Field) Draw(width int) (drawn string, cursor int) {
	f.input.SetWidth(max(width-1, 1)) // the cursor may stand behind the last letter
	if c := f.input.Cursor(); c != nil {
		cursor = c.X
	}
	view := f.input.View()
	return cells.NewLine(width).Join(view, cells.Width(view)).String(), cursor
}
