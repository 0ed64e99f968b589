package schemefile_test

import (
	"strings"
	"testing"

	"strata/model"
	"strata/model/schemefile"
)

// Names and reasons of a file are no longer than those that can be typed; what a
// workspace has can be read whatever its length.
func TestLongNamesOfAFile(t *testing.T) {
	t.Parallel()
	long, longer := strings.Repeat("é", 61), strings.Repeat("x", 201)
	const says = `the name "éééééééééééééééééééééééééééééé"… has 61 characters; use at most 60`
	lines := "map:\n  - {segment: a, label: LABEL, tier: high, cells: \"***\"}\n"
	for text, want := range map[string]string{
		"scheme: " + long:                        "line 1, column 9: scheme: " + says,
		strings.Replace(lines, "LABEL", long, 1): "map: " + says,
		"map:\n  - {segment: " + strings.Repeat("a", 61) + ", tier: high, cells: \"***\"}\n": "has 61 characters; use at most 60",
		"scheme: " + strings.Repeat("x", 4<<20-20):                                           "has 4194284 characters; use at most 60",
		"data: " + longer: "has 201 characters; use at most 200",
		"fair:\n  overrides:\n    - {customer: \"1\", tier: high, reason: " + longer + "}\n":                "has 201 characters; use at most 200",
		"fair:\n  overrides:\n    - {customer: \"1\", tier: high, author: " + strings.Repeat("x", 61) + "}": "has 61 characters; use at most 60",
	} {
		_, err := schemefile.DecodeFile([]byte(text))
		if model.CodeOf(err) != model.Invalid || !strings.HasSuffix(err.Error(), want) || len(err.Error()) > 200 {
			t.Errorf("%.60s: %.300v", text, err)
		}
		if _, err := schemefile.Decode([]byte(text)); err != nil {
			t.Errorf("%.60s in a workspace: %.300v", text, err)
		}
	}
	if _, err := schemefile.DecodeMap([]byte(strings.Replace(lines, "LABEL", long, 1)), [model.Axes]int{5, 5, 5}); err == nil || !strings.HasSuffix(err.Error(), says) {
		t.Errorf("a map: %v", err)
	}
	for _, table := range []string{"cell,segment\n555," + long + "\n", "cell,segment,label\n555,a," + long + "\n"} {
		if _, err := schemefile.DecodeMapCSV([]byte(table), [model.Axes]int{5, 5, 5}); err == nil || !strings.HasSuffix(err.Error(), says) {
			t.Errorf("%.20s: %v", table, err)
		}
	}
	if scheme, err := schemefile.DecodeFile([]byte("scheme: " + long[2:])); err != nil || scheme.Name != long[2:] {
		t.Errorf("60 characters: %v", err)
	}
}
