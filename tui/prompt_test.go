package tui

import (
	"testing"

	"strata/tui/screen"
)

// An answer that cannot be done without is asked for until there is one, or Esc.
func TestANeededAnswerIsAskedForAgain(t *testing.T) {
	t.Parallel()
	w, _ := open(t, Options{}, shop, 80, 24)
	answered := ""
	question := &screen.Question{Text: "reason", Needed: "a reason", Answer: func(text string) screen.Outcome {
		answered = text
		return screen.Outcome{Note: "locked"}
	}}
	w.took(w.front, screen.Outcome{Ask: question})
	press(w, "enter")
	expect(t, w, "reason:", "a reason is needed; [Esc] cancels")
	press(w, " ", "enter")
	expect(t, w, "reason:", "a reason is needed; [Esc] cancels")
	press(w, "k")
	refuse(t, w, "is needed")
	press(w, "enter")
	if answered != " k" {
		t.Errorf("answered %q", answered)
	}
	expect(t, w, "locked")

	question.Needed = ""
	w.took(w.front, screen.Outcome{Ask: question})
	press(w, "enter")
	refuse(t, w, "reason:", "is needed")
}

// What is to be read lies over what is asked again, and goes first.
func TestAQuestionWaitsBelowADialog(t *testing.T) {
	t.Parallel()
	w, _ := open(t, Options{}, shop, 80, 24)
	answered := ""
	w.took(w.front, screen.Outcome{
		Read: &screen.Text{Title: "The map was not loaded", Paragraphs: []string{"map.csv: no such file."}},
		Ask: &screen.Question{Text: "take the map of a file", Value: "map.csv", Answer: func(text string) screen.Outcome {
			answered = text
			return screen.Outcome{}
		}},
	})
	expect(t, w, "The map was not loaded", "take the map of a file: map.csv")
	press(w, "esc")
	refuse(t, w, "The map was not loaded")
	expect(t, w, "take the map of a file: map.csv")
	press(w, "backspace", "enter")
	if answered != "map.cs" {
		t.Errorf("answered %q", answered)
	}
}
