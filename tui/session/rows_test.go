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

// Rows that were refused, and corrected and accepted since, are read once and no
// longer refused; what the others are worth is known only where the corrections
// had all of them.
func TestRowsThatWereCorrected(t *testing.T) {
	t.Parallel()
	file := model.Source{Fingerprint: "f", Rows: 10, Accepted: 7, Rejected: 3, RefusedValue: 50, RefusedReturned: 5, RefusedValued: 2}
	corrections := func(s model.Source) model.Source {
		s.Corrects, s.Fingerprint, s.Rows = "f", "c", s.Accepted+s.Rejected
		return s
	}
	all := corrections(model.Source{Accepted: 3})
	some := corrections(model.Source{Accepted: 1})
	stillBad := corrections(model.Source{Accepted: 2, Rejected: 1, RefusedValue: 20, RefusedValued: 1})
	more := corrections(model.Source{Accepted: 4})
	for name, c := range map[string]struct {
		sources []model.Source
		want    session.Rows
	}{
		"none":                 {[]model.Source{file}, session.Rows{Read: 10, Accepted: 7, Refused: 3, RefusedValue: 50, RefusedReturned: 5, RefusedValued: 2}},
		"all":                  {[]model.Source{file, all}, session.Rows{Read: 10, Accepted: 10, Mended: 3}},
		"some":                 {[]model.Source{file, some}, session.Rows{Read: 10, Accepted: 8, Refused: 2, Mended: 1}},
		"one is still bad":     {[]model.Source{file, stillBad}, session.Rows{Read: 10, Accepted: 9, Refused: 1, Mended: 2, RefusedValue: 20, RefusedValued: 1}},
		"and corrected then":   {[]model.Source{file, stillBad, some}, session.Rows{Read: 10, Accepted: 10, Mended: 3}},
		"more than there were": {[]model.Source{file, more}, session.Rows{Read: 11, Accepted: 11, Mended: 3}},
		"alone":                {[]model.Source{all}, session.Rows{Read: 3, Accepted: 3}},
	} {
		if got := session.RowsOf(c.sources); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}
