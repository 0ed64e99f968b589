package field_test

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"strata/tui/component/field"
)

// What is only suggested gives way to a letter or a paste, and is gone on from
// with any other key.
func TestASuggestionGivesWayToLetters(t *testing.T) {
	t.Parallel()
	letter := tea.KeyPressMsg{Code: 'x', Text: "x"}
	for want, keys := range map[string][]tea.Msg{
		"xx":     {letter, letter},
		"shopx":  {tea.KeyPressMsg{Code: tea.KeyEnd}, letter},
		"sho":    {tea.KeyPressMsg{Code: tea.KeyBackspace}},
		"shox":   {tea.KeyPressMsg{Code: tea.KeyBackspace}, letter},
		"pasted": {tea.PasteMsg{Content: "pasted"}},
		"abc":    {tea.PasteMsg{Content: "a\u202eb\u2066"}, tea.KeyPressMsg{Code: '\u202e', Text: "\u202ec"}},
		"shop":   nil,
	} {
		f := field.Suggest("shop", "")
		for _, k := range keys {
			f.Update(k)
		}
		if f.Text() != want || f.Suggested() != (keys == nil) {
			t.Errorf("%q, want %q", f.Text(), want)
		}
	}
	f := field.New("shop", "")
	f.Update(letter)
	if f.Text() != "shopx" || field.Suggest("", "now").Suggested() {
		t.Errorf("a text that is no suggestion became %q", f.Text())
	}
}
