package words_test

import (
	"testing"

	"strata/model/words"
)

func TestWorkloadFigures(t *testing.T) {
	t.Parallel()
	for hundredths, want := range map[int64]string{0: "0", 20: "0.2", 49: "0.49", 50: "0.5", 700: "7", 999: "9.99", 1_000: "10", 1_049: "10.49", 29_050: "290.5", 333_905: "3,339.05", 334_000: "3,340"} {
		if got := words.Contacts(hundredths); got != want {
			t.Errorf("%d hundredths of a contact are %s, want %s", hundredths, got, want)
		}
	}
	for hundredths, want := range map[int64]string{0: "0.0", 1: "<0.1", 299: "<0.1", 300: "0.1", 6_000: "1.0", 6_978_000: "1,163.0"} {
		if got := words.Hours(hundredths); got != want {
			t.Errorf("%d hundredths of a minute are %s hours, want %s", hundredths, got, want)
		}
	}
}
