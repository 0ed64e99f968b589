package parse_test

import (
	"testing"
	"time"

	"strata/importer/parse"
)

func TestOffsetOf(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]struct {
		offset string
		timed  bool
	}{
		"2024-02-01":                    {"", false},
		"2024-02-01 08:26":              {"", true},
		"2024-02-01T08:26:00Z":          {"Z", true},
		"2024-02-01T08:26:00.123+01:00": {"+01:00", true},
		"2024-02-01 08:26:00 -0800":     {"-0800", true},
		"01/02/2024 8:26 PM":            {"", true},
		"2024-02-01 08:26:00 UTC":       {"Z", true},
		"Mar 1, 2024 11:30:00 PM PST":   {"PST", true},
		"2024-02-01 08:26:00 Uhr":       {"", true},
	} {
		if offset, timed := parse.OffsetOf([]byte(text)); offset != want.offset || timed != want.timed {
			t.Errorf("%q: %q, %t", text, offset, timed)
		}
	}
}

// One instant is one day, whatever offset it is written with.
func TestDayIn(t *testing.T) {
	t.Parallel()
	shanghai, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		text string
		zone *time.Location
		want string
	}{
		{"2024-02-01T23:30:00-08:00", time.UTC, "2024-02-02"},
		{"2024-02-02T07:30:00Z", time.UTC, "2024-02-02"},
		{"2024-02-02T15:30:00+0800", time.UTC, "2024-02-02"},
		{"2024-02-01T23:30:00-08:00", shanghai, "2024-02-02"},
		{"2024-02-01T16:30:00Z", shanghai, "2024-02-02"},
		{"2024-02-01 11:30:00 PM -01:00", time.UTC, "2024-02-02"},
		{"2024-02-01 12:30:00 AM +01:00", time.UTC, "2024-01-31"},
		{"2024-02-01 12:30:00", time.UTC, ""},
		{"Mar 1, 2024 11:30:00 PM PST", time.UTC, "2024-03-02"},
		{"Mar 1, 2024 11:30:00 PM JST", time.UTC, "2024-03-01"},
	} {
		date, ok := parse.ParseDate([]byte(test.text), parse.AnyOrder)
		if !ok {
			t.Fatalf("%q is no date", test.text)
		}
		got := ""
		if day, ok := parse.DayIn([]byte(test.text), date, parse.AnyOrder, test.zone); ok {
			got = day.String()
		}
		if got != test.want {
			t.Errorf("%q in %s: %q, want %q", test.text, test.zone, got, test.want)
		}
	}
}
