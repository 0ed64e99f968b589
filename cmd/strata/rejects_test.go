package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// What is printed of refused rows: shares, and the rows as they stand, with
// nothing in them that a terminal would obey.
func TestRejectsAreToldByReasonAndRow(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	w := filepath.Join(dir, "w.strata")
	one := writeFile(t, filepath.Join(dir, "one.csv"), "client,bought,total\nA,2024-01-02,1\n,2024-01-03,2.50\nB,2024-13-45,3\n,2024-01-04,=1\x1b[2J\nC\nD,2024-01-05,4\n")
	mustRun(t, exitRefused, "import", w, one)
	const reasons = `refused for  rows  of refused  of all rows
no-customer     2       50.0%        33.3%  the row does not say whose order it is
bad-date        1       25.0%        16.7%  this is not a date, or not in the day and month order of its column
ragged-row      1       25.0%        16.7%  the row has more or fewer fields than the header
`
	head := one + ": 4 of 6 rows refused (66.7%); at least 5.50 bought: 52.4% of all purchases\n\n"
	for _, c := range []struct {
		args []string
		want string
	}{
		{nil, head + reasons + `
line  column  value       refused for  row
   3  client              no-customer  ,2024-01-03,2.50
   4  bought  2024-13-45  bad-date     B,2024-13-45,3
   5  client              no-customer  ,2024-01-04,=1�[2J
   6                      ragged-row   C
`},
		{[]string{"--limit", "1"}, head + reasons + `
line  column  value  refused for  row
   3  client         no-customer  ,2024-01-03,2.50
and 3 more; --limit 0 lists them all, --export FILE writes them to a file
`},
		{[]string{"--by-reason"}, head + reasons},
		{[]string{"--by-reason", "--format", "csv"}, `code,reason,rows,share_of_refused,share_of_rows
no-customer,the row does not say whose order it is,2,0.5,0.3333333333333333
bad-date,"this is not a date, or not in the day and month order of its column",1,0.25,0.16666666666666666
ragged-row,the row has more or fewer fields than the header,1,0.25,0.16666666666666666
`},
		{[]string{"--by-reason", "--format", "json", "1"}, `[
  {
    "code": "no-customer",
    "reason": "the row does not say whose order it is",
    "rows": 2,
    "share_of_refused": 0.5,
    "share_of_rows": 0.3333333333333333
  },
  {
    "code": "bad-date",
    "reason": "this is not a date, or not in the day and month order of its column",
    "rows": 1,
    "share_of_refused": 0.25,
    "share_of_rows": 0.16666666666666666
  },
  {
    "code": "ragged-row",
    "reason": "the row has more or fewer fields than the header",
    "rows": 1,
    "share_of_refused": 0.25,
    "share_of_rows": 0.16666666666666666
  }
]
`},
		{[]string{"--limit", "2", "--format", "csv"}, `source,file,line,column,value,code,reason,row
1,` + one + `,3,client,,no-customer,the row does not say whose order it is,",2024-01-03,2.50"
1,` + one + `,4,bought,2024-13-45,bad-date,"this is not a date, or not in the day and month order of its column","B,2024-13-45,3"
`},
		{[]string{"--limit", "1", "--format", "json"}, `[
  {
    "source": 1,
    "file": "` + one + `",
    "line": 3,
    "column": "client",
    "value": "",
    "code": "no-customer",
    "reason": "the row does not say whose order it is",
    "row": ",2024-01-03,2.50"
  }
]
`},
	} {
		if r := mustRun(t, exitDone, append([]string{"rejects", w}, c.args...)...); r.out != c.want {
			t.Errorf("%v: got\n%s\nwant\n%s", c.args, r.out, c.want)
		}
	}
	if r := mustRun(t, exitDone, "sources", w, "--format", "json"); !strings.Contains(r.out, `"reasons": {
      "bad-date": 1,
      "no-customer": 2,
      "ragged-row": 1
    },
    "duplicates": 0,
    "duplicates_left_out": 0,
    "repeated_left_out": 0,
    "refused_value": "5.50",
    "refused_returned": "0.00",
    "refused_valued": 2,
    "warnings": []
`) {
		t.Error(r.out)
	}

	two := writeFile(t, filepath.Join(dir, "two.csv"), "client,bought,total\nX,2024-02-02,1\n,2024-02-03,2\n")
	mustRun(t, exitRefused, "import", w, two)
	r := mustRun(t, exitDone, "rejects", w)
	want := "source  refused  file\n     1        4  " + one + "\n     2        1  " + two + `

source  line  column  value       refused for  row
     1     3  client              no-customer  ,2024-01-03,2.50
     1     4  bought  2024-13-45  bad-date     B,2024-13-45,3
     1     5  client              no-customer  ,2024-01-04,=1�[2J
     1     6                      ragged-row   C
     2     3  client              no-customer  ,2024-02-03,2
`
	if head := "2 files: 5 of 8 rows refused (62.5%); at least 7.50 bought: 55.6% of all purchases\n"; !strings.HasPrefix(r.out, head) || !strings.HasSuffix(r.out, want) {
		t.Errorf("got\n%s\nwant at its end\n%s", r.out, want)
	}
	if r := mustRun(t, exitDone, "rejects", w, "2", "--by-reason"); !strings.HasPrefix(r.out, two+": 1 of 2 rows refused (50.0%)") {
		t.Error(r.out)
	}
	mustRun(t, exitFailed, "rejects", w, "3")

	sound := filepath.Join(dir, "sound.strata")
	mustRun(t, exitDone, "import", sound, writeFile(t, filepath.Join(dir, "sound.csv"), "client,bought,total\nX,2024-02-02,1\n"))
	if r := mustRun(t, exitDone, "rejects", sound); !strings.HasSuffix(r.out, "sound.csv: no row of 1 was refused\n") {
		t.Error(r.out)
	}
	if r := mustRun(t, exitDone, "rejects", sound, "--format", "json", "--by-reason"); r.out != "[]\n" {
		t.Error(r.out)
	}
}
