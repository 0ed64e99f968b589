package main

import (
	"errors"
	"io"
	"strings"
	"testing"
)

// What is wrong with a flag is told in English as pflag tells it.
func TestFlagErrorsAreThoseOfPflag(t *testing.T) {
	t.Parallel()
	for _, line := range []string{"tiers --windows 12m", "tiers -x", "tiers --window", "scores --limit many", "scores --limit 99999999999999999999", "tiers --=x", "tiers --raw=maybe", "tiers -xh", "compare --flows"} {
		var plain error
		root := new(app).rootCommand()
		root.SetFlagErrorFunc(nil)
		root.SetArgs(strings.Fields(line))
		root.SetOut(io.Discard)
		if plain = root.Execute(); plain == nil {
			t.Errorf("%s: no error", line)
			continue
		}
		told := flagError(plain)
		if told.Error() != plain.Error() || errors.Is(told, plain) {
			t.Errorf("%s: %q, pflag says %q", line, told, plain)
		}
		if cause := errors.Unwrap(errors.Unwrap(plain)); cause != nil && !errors.Is(told, cause) {
			t.Errorf("%s: %v lost its cause", line, told)
		}
	}
}
