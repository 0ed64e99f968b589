package parse_test

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"strata/importer/parse"
)

// record is what the scanner says about one record.
type record struct {
	line    int
	problem parse.Problem
	fields  []string
}

// scan reads a text in blocks of about the given size, as the importer does.
func scan(t interface{ Fatalf(string, ...any) }, text string, delimiter byte, size int) []record {
	return scanAs(t, text, delimiter, size, false)
}

// scanAs is scan; if spoil, it takes back every record of several lines.
func scanAs(t interface{ Fatalf(string, ...any) }, text string, delimiter byte, size int, spoil bool) []record {
	var all []record
	line, from, to := 1, 0, min(size, len(text))
	for from < len(text) {
		end := parse.Boundary([]byte(text[from:to]), delimiter, to == len(text))
		if end == 0 {
			if to == len(text) {
				t.Fatalf("no boundary although the text ends")
			}
			to = min(to+size, len(text))
			continue
		}
		block := []byte(text[from : from+end])
		var r parse.Records
		r.Reset(block, delimiter)
		for counted := 0; r.Next(); {
			line += strings.Count(text[from+counted:from+r.Start], "\n")
			counted = r.Start
			if r.Problem == parse.Sound && r.Multiline && spoil {
				r.SpoilLine()
			}
			rec := record{line: line, problem: r.Problem}
			if r.Problem == parse.Sound {
				for _, f := range r.Fields {
					rec.fields = append(rec.fields, string(block[f.Start:f.End]))
				}
			}
			all = append(all, rec)
		}
		if got, want := bytes.Count(block, []byte("\n")), strings.Count(text[from:from+end], "\n"); got != want {
			t.Fatalf("%d line ends after scanning, %d before", got, want)
		}
		from += end
		line = 1 + strings.Count(text[:from], "\n")
		to = min(from+size, len(text))
	}
	return all
}

func TestRecords(t *testing.T) {
	t.Parallel()
	sound := func(line int, fields ...string) record { return record{line, parse.Sound, fields} }
	open := func(line int) record { return record{line, parse.OpenQuote, nil} }
	for _, test := range []struct {
		name, text string
		want       []record
	}{
		{"nothing", "", nil},
		{"plain", "a,b\nc,d\n", []record{sound(1, "a", "b"), sound(2, "c", "d")}},
		{"no final line end", "a,b\nc,d", []record{sound(1, "a", "b"), sound(2, "c", "d")}},
		{"CRLF", "a,b\r\nc,d\r\n", []record{sound(1, "a", "b"), sound(2, "c", "d")}},
		{"CR at the end", "a,b\r", []record{sound(1, "a", "b")}},
		{"empty fields", ",\n,,\n", []record{sound(1, "", ""), sound(2, "", "", "")}},
		{"blank line", "a\n\nb\n", []record{sound(1, "a"), sound(2, ""), sound(3, "b")}},
		{"quoted", `"a,1","b"` + "\n", []record{sound(1, "a,1", "b")}},
		{"quoted CRLF", "\"a\",\"b\"\r\n\"c\",d\r\n", []record{sound(1, "a", "b"), sound(2, "c", "d")}},
		{"doubled quotes", `"a ""b"" c",""` + "\n" + `"""",x`, []record{sound(1, `a "b" c`, ""), sound(2, `"`, "x")}},
		{"line end in quotes", "\"a\nb\",c\nd,e", []record{sound(1, "a\nb", "c"), sound(3, "d", "e")}},
		{"line end and doubled quotes", "\"a\"\"\n\"\"b\",c\nd,e", []record{sound(1, "a\"\n\"b", "c"), sound(3, "d", "e")}},
		{"quote inside a field", "5\" nail,3\n6\" nail,4\n", []record{sound(1, `5" nail`, "3"), sound(2, `6" nail`, "4")}},
		{"blank behind the closing quote", `"a" ,"b"  ` + "\nc,d", []record{sound(1, "a", "b"), sound(2, "c", "d")}},
		{"never closed", "a,b\nc,\"d\ne,f\n", []record{sound(1, "a", "b"), open(2), sound(3, "e", "f")}},
		{"never closed on the last line", "a,b\nc,\"d", []record{sound(1, "a", "b"), open(2)}},
		{"text behind the closing quote", "a,\"b\"x,\"c\"\nd,e\n", []record{open(1), sound(2, "d", "e")}},
		{"closed by the next field that is quoted", "a,\"b\nc,d\n\"e\",f\n", []record{open(1), sound(2, "c", "d"), sound(3, "e", "f")}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			for size := 1; size <= len(test.text)+1; size++ {
				got := scan(t, test.text, ',', size)
				if !slices.EqualFunc(got, test.want, same) {
					t.Fatalf("in blocks of %d: got %v, want %v", size, got, test.want)
				}
			}
		})
	}
}

// A record of several lines that is taken back leaves its other lines as they
// stand in the file, doubled quotes and all.
func TestSpoilLine(t *testing.T) {
	t.Parallel()
	sound := func(line int, fields ...string) record { return record{line, parse.Sound, fields} }
	open := func(line int) record { return record{line, parse.OpenQuote, nil} }
	for _, test := range []struct {
		name, text string
		want       []record
	}{
		{"two lines", "a,\"b\nc,d\",e\nf,g\n", []record{open(1), sound(2, "c", `d"`, "e"), sound(3, "f", "g")}},
		{"quotes doubled in its field", "a,\"b\nc,\"\"d\"\"\n\",e\nf,g\n", []record{open(1), open(2), open(3), sound(4, "f", "g")}},
		{"quotes doubled in a later field", "a,\"b\n\",\"c\"\"\nd\"\"\n\",e\nf,g\n", []record{open(1), open(2), sound(3, `d""`), open(4), sound(5, "f", "g")}},
		{"quotes doubled before it", "\"x\"\"y\",\"b\n\"\"\"\",d\",e\nf,g\n", []record{open(1), sound(2, `"`, `d"`, "e"), sound(3, "f", "g")}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			for size := 1; size <= len(test.text)+1; size++ {
				got := scanAs(t, test.text, ',', size, true)
				if !slices.EqualFunc(got, test.want, same) {
					t.Fatalf("in blocks of %d: got %v, want %v", size, got, test.want)
				}
			}
		})
	}
}

func same(a, b record) bool {
	return a.line == b.line && a.problem == b.problem && slices.Equal(a.fields, b.fields)
}

func TestRecordLimit(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", parse.RecordLimit)
	text := "a,b\nc," + long + "\nd,e\n"
	got := scan(t, text, ',', len(text))
	if len(got) != 3 || got[1].problem != parse.TooLong || got[2].problem != parse.Sound {
		t.Errorf("a long line: %d records", len(got))
	}
	// The closing quote is there, but too far away to be believed.
	text = "a,\"b\n" + strings.Repeat("c,d\n", parse.RecordLimit/4) + "\"e\",f\n"
	for _, size := range []int{100_000, parse.RecordLimit, len(text)} {
		got = scan(t, text, ',', size)
		if len(got) != parse.RecordLimit/4+2 || got[0].problem != parse.OpenQuote || got[1].problem != parse.Sound {
			t.Errorf("in blocks of %d: %d records, the first has problem %d", size, len(got), got[0].problem)
		}
	}
}

// What encoding/csv writes comes back, whatever the size of the blocks.
func TestRecordsAgainstEncodingCSV(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		delimiter := rapid.SampledFrom([]rune{',', ';', '\t', '|'}).Draw(t, "delimiter")
		field := rapid.StringOf(rapid.RuneFrom([]rune("ab\"\n,;\t| 'é£1")))
		rows := rapid.SliceOfN(rapid.SliceOfN(field, 2, 5), 0, 20).Draw(t, "rows")
		var text strings.Builder
		w := csv.NewWriter(&text)
		w.Comma = delimiter
		if err := w.WriteAll(rows); err != nil {
			t.Fatal(err)
		}
		size := rapid.IntRange(1, len(text.String())+1).Draw(t, "size")
		got := scan(t, text.String(), byte(delimiter), size)
		if len(got) != len(rows) {
			t.Fatalf("%d records of %d", len(got), len(rows))
		}
		for i := range rows {
			if !slices.Equal(got[i].fields, rows[i]) {
				t.Fatalf("record %d: got %q, want %q", i, got[i].fields, rows[i])
			}
		}
	})
}

// Whatever the text, cutting it into blocks changes nothing.
func FuzzRecords(f *testing.F) {
	for _, seed := range []string{"a,b\nc,d", "\"a\nb\",c\r\n", "a,\"b\"x\n\"c", "\"\"\"\",\n", "5\" x,\"\"\n,\"a\" \n", "a\r\"b\r\n"} {
		f.Add(seed, 3)
	}
	f.Fuzz(func(t *testing.T, text string, size int) {
		if size < 1 || size > len(text) {
			size = 1
		}
		for _, spoil := range []bool{false, true} {
			whole, cut := scanAs(t, text, ',', len(text)+1, spoil), scanAs(t, text, ',', size, spoil)
			if !slices.EqualFunc(whole, cut, same) {
				t.Fatalf("in blocks of %d, taking back %t: got %v, want %v", size, spoil, cut, whole)
			}
		}
	})
}
