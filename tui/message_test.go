package tui

import (
	"strings"
	"testing"
)

// What to do about trouble stands at the end of a long message: all of it is on the
// screen, or the end of what is there says where the rest is.
func TestLongMessagesCanBeReadInFull(t *testing.T) {
	t.Parallel()
	long := "the workspace has been changed by another program since it was opened, and what it holds now is not what these figures are of; put it back and open it again, or save the scheme to a file"
	joined := func(lines []string) string { return strings.Join(strings.Fields(strings.Join(lines, " ")), " ") }
	for width := leastWidth; width <= 200; width++ {
		w, _ := open(t, Options{}, shop, width, 24)
		w.say(trouble, long)
		w.stale = true
		if last := joined(shown(w)[24-troubleLines:]); !strings.HasSuffix(last, long) {
			t.Errorf("at %d: %q", width, last)
		}
		checkFit(t, w, "trouble")
		w.say(note, long)
		w.stale = true
		if last := shown(w)[23]; width < 180 && !strings.HasSuffix(strings.TrimRight(last, " "), "… [e]") {
			t.Errorf("at %d: %q", width, last)
		}
		w.say(trouble, strings.Repeat(long+"; ", 5))
		w.stale = true
		if last := shown(w)[23]; !strings.HasSuffix(strings.TrimRight(last, " "), "… [e]") {
			t.Errorf("at %d: %q", width, last)
		}
		press(w, "e")
		if text := joined(shown(w)); !strings.Contains(text, "Earlier messages") {
			t.Errorf("at %d: %s", width, text)
		}
	}
}
