package figure

import (
	"strconv"
	"strings"

	"strata/model"
	"strata/model/words"
	"strata/tui/component/cells"
	"strata/tui/session"
)

// Limits tells in at most so many cells what limits the figures of a spec: all
// limits, or the first and how many there are beside, or only that there are some:
// "⊂ 2 limits". It is "" only where there are none.
func Limits(spec model.Spec, room int) string {
	limits := session.Limits(spec)
	for n := len(limits); n > 0; n-- {
		if words := FirstLimits(limits, n); cells.Width(words) <= room {
			return words
		}
	}
	return LimitMark(len(limits))
}

// FirstLimits tells the first n limits, and how many there are beside: "returns
// ignored +1".
func FirstLimits(limits []string, n int) string {
	if len(limits) == 0 {
		return ""
	}
	text := cells.Clean(strings.Join(limits[:n], " · "))
	if more := len(limits) - n; more > 0 {
		text += " +" + strconv.Itoa(more)
	}
	return text
}

// LimitMark stands for so many limits where their words have no room; "" for none.
func LimitMark(limits int) string {
	if limits == 0 {
		return ""
	}
	return "⊂ " + words.Plural(int64(limits), "limit", "limits")
}
