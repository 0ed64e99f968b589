package session_test

import (
	"reflect"
	"strings"
	"testing"

	"strata/model"
	"strata/tui/session"
)

// A notice names its files where there are several, once if they share it.
func TestNoticesOfSources(t *testing.T) {
	t.Parallel()
	may := model.Source{Path: "/clients/may.csv", Warnings: []model.Warning{{Code: "a", Message: "one"}, {Code: "b", Message: "two"}}}
	june := model.Source{Path: "june.csv", Warnings: []model.Warning{{Code: "b", Message: "two"}, {Code: "a", Message: "three"}}}
	for want, sources := range map[string][]model.Source{
		"one two ": {may},
		"may.csv: one may.csv, june.csv: two june.csv: three ": {may, {Path: "quiet.csv"}, june},
		"": {{Path: "quiet.csv"}},
	} {
		got := ""
		for _, w := range session.NoticesOf(sources) {
			if len(w.Files) > 0 {
				got += strings.Join(w.Files, ", ") + ": "
			}
			got += w.Message + " "
		}
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if want := []model.Warning{{Code: "a", Message: "one"}, {Code: "b", Message: "two"}}; !reflect.DeepEqual(may.Warnings, want) {
		t.Errorf("the source itself is changed: %v", may.Warnings)
	}
}
