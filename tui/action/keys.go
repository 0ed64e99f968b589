package action

import "strings"

// KeyName writes a key as people know it: Shift+←, PgDn, Ctrl+r.
func KeyName(key string) string {
	modifier, base, found := strings.Cut(key, "+")
	if !found || base == "" {
		modifier, base = "", key
	}
	switch base {
	case "up":
		base = "↑"
	case "down":
		base = "↓"
	case "left":
		base = "←"
	case "right":
		base = "→"
	case "pgup":
		base = "PgUp"
	case "pgdown":
		base = "PgDn"
	case "enter", "tab", "esc", "home", "end":
		base = strings.ToUpper(base[:1]) + base[1:]
	}
	if modifier == "" {
		return base
	}
	return strings.ToUpper(modifier[:1]) + modifier[1:] + "+" + base
}

// KeyNames writes all keys of the action: "← h".
func (a Action) KeyNames() string {
	names := make([]string, len(a.Keys))
	for i, k := range a.Keys {
		names[i] = KeyName(k)
	}
	return strings.Join(names, " ")
}

// sign writes a key in as few cells as possible, for the line of key hints.
func sign(key string) string {
	name := KeyName(key)
	if shifted, ok := strings.CutPrefix(name, "Shift+"); ok {
		return "⇧" + shifted
	}
	switch name {
	case "Enter":
		return "⏎"
	case "Tab":
		return "⇥"
	}
	return name
}

// Hint is one entry of the line of key hints.
type Hint struct {
	Keys, Label string
}

// Hints returns the entries of a screen's line of key hints: the first keys of
// the actions that do something now; actions that share a word share an entry.
func Hints(p Place, s State) []Hint {
	var hints []Hint
	for _, a := range On(p) {
		if a.Hint == "" || a.Disabled(s) != "" {
			continue
		}
		key := sign(a.Keys[0])
		if n := len(hints); n > 0 && hints[n-1].Label == a.Hint {
			hints[n-1].Keys += strings.TrimPrefix(key, "⇧")
			continue
		}
		hints = append(hints, Hint{key, a.Hint})
	}
	return hints
}

// Markdown writes the key table of the README.
func Markdown() string {
	var out strings.Builder
	for i, g := range Groups() {
		if i > 0 {
			out.WriteString("\n")
		}
		title := g.Title
		if g.On != Anywhere {
			title += " (" + g.On.names() + ")"
		}
		out.WriteString("| " + title + " | |\n|---|---|\n")
		for _, a := range InGroup(g) {
			for j, k := range a.Keys {
				if j > 0 {
					out.WriteString(" ")
				} else {
					out.WriteString("| ")
				}
				out.WriteString("`" + KeyName(k) + "`")
			}
			out.WriteString(" | " + a.Title + " |\n")
		}
	}
	return out.String()
}
