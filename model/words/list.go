package words

import (
	"strings"

	"strata/model/catalogue"
)

// And lists all of several names: "A, B and C".
func And(names []string) string {
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return catalogue.T("{names} and {last}", "names", strings.Join(names[:last], ", "), "last", names[last])
}

// Or lists names of which one is meant, or none: "A, B or C".
func Or(names []string) string {
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return catalogue.T("{names} or {last}", "names", strings.Join(names[:last], ", "), "last", names[last])
}
