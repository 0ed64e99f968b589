package session_test

import (
	"testing"

	"strata/tui/session"
)

func TestNumbersAsPeopleTypeThem(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"250.5": "250.5", "250,5": "250.5", "250,50": "250.50", " 250,5 ": "250.5", "£250,5": "250.5",
		"1,250": "1250", "1,250.5": "1250.5", "1.250,5": "1250.5", "1 250,5": "1250.5", "1'250.50": "1250.50",
		"1,234,567": "1234567", "1.234.567": "1234567", "1.234.567,8": "1234567.8", "1,234,567.8": "1234567.8",
		"1.250": "1.250", "0,250": "0.250", "1234,567": "1234.567", "12,5": "12.5", "1,2345": "1.2345",
		",5": "0.5", ".5": "0.5", "5,": "5", "-2,5": "-2.5", "−2,5": "-2.5", "２５０，５": "250.5", "+3": "3",
	} {
		if got, err := session.TypedNumber(text); err != nil || got != want {
			t.Errorf("%q is %q, %v; want %q", text, got, err, want)
		}
	}
	for _, text := range []string{"", " ", "x", "1e5", "--1", "1,2,3", "1.2.3", "1,23,456", "1.2,3.4", "12,34.5", "1,250,5", "5-", ",", "0x10", "1_000", "1/2", "NaN"} {
		if got, err := session.TypedNumber(text); err == nil {
			t.Errorf("%q is read as %q", text, got)
		}
	}
	for text, want := range map[string]int{"4": 4, "4,0": 4, "1,250": 1250, "1.000.000": 1000000} {
		if got, err := session.TypedWhole(text); err != nil || got != want {
			t.Errorf("%q is %d, %v; want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"2,5", "2.5", "1.250"} {
		if got, err := session.TypedWhole(text); err == nil {
			t.Errorf("%q is read as %d", text, got)
		}
	}
}
