//go:build unix

package main

import (
	"strings"
	"testing"
	"time"
)

func TestReportSetsMediansSideBySide(t *testing.T) {
	t.Parallel()
	var r report
	r.title("%s orders", grouped(1_234_567))
	r.add("import", readings{{2 * time.Second, 3e6}, {time.Second, 9e6}, {90 * time.Second, 4e6}},
		readings{{4 * time.Second, 1e6}})
	r.add("move", readings{{12340 * time.Nanosecond, 0}}, nil)
	r.note("a note")
	var out strings.Builder
	if err := r.write(&out); err != nil {
		t.Fatal(err)
	}
	var got []string
	for line := range strings.Lines(out.String()) {
		got = append(got, strings.Join(strings.Fields(line), " "))
	}
	want := []string{
		"1,234,567 orders",
		"",
		"strata sqlite3 ratio strata peak sqlite3 peak",
		"import 2.00 s 4.00 s 0.5 4 MB 1 MB",
		"move 12.3 µs",
		"",
		"a note",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestPairsAreMeasuredInTurn(t *testing.T) {
	t.Parallel()
	var order strings.Builder
	note := func(name string) func() (reading, error) {
		return func() (reading, error) {
			order.WriteString(name)
			return reading{}, nil
		}
	}
	mine, theirs, err := inTurn(3, note("a"), note("b"))
	if err != nil || len(mine) != 3 || len(theirs) != 3 || order.String() != "ababab" {
		t.Errorf("ran %s, %d and %d readings, %v; want ababab, 3 and 3", &order, len(mine), len(theirs), err)
	}
	if _, theirs, err = inTurn(2, note("a"), nil); err != nil || theirs != nil {
		t.Errorf("without a peer: %v, %v", theirs, err)
	}
}
