package importer_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"strata/importer"
	"strata/model"
)

// An archive may have several parts, as gzip's own append to each other.
func TestGzipOfSeveralParts(t *testing.T) {
	t.Parallel()
	var archive strings.Builder
	for _, part := range []string{"customer,date,amount\nA,2020-01-02,1\n", "B,2020-01-03,2\n", "", "C,2020-01-04,3\n"} {
		w := gzip.NewWriter(&archive)
		io.WriteString(w, part)
		w.Close()
	}
	in, err := importer.Open(t.Context(), "-", strings.NewReader(archive.String()))
	if err != nil {
		t.Fatal(err)
	}
	plan, err := importer.Detect(t.Context(), in, importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if intake, err := importer.Read(t.Context(), in, plan, nil); err != nil || intake.Source.Accepted != 3 {
		t.Errorf("%+v, %v", intake, err)
	}
}

// Every bad input is one error with a code, which says what is wrong and what
// to do.
func TestBadInput(t *testing.T) {
	t.Parallel()
	const header = "customer,date,amount\n"
	rows := strings.Repeat("A,2020-01-02,1\n", 200_000)
	var archive bytes.Buffer
	w := gzip.NewWriter(&archive)
	io.WriteString(w, header+rows)
	w.Close()
	sound, cut := archive.String(), archive.String()[:archive.Len()/2]
	damaged := archive.Bytes()
	damaged[archive.Len()-5] ^= 1 // in the checksum

	for _, test := range []struct {
		name, text string
		options    importer.Options
		code       model.Code
		says       string
	}{
		{name: "empty", text: "", code: model.Empty, says: "is empty"},
		{name: "blank", text: "\n \r\n\n", code: model.Empty, says: "is empty"},
		{name: "only a byte order mark", text: "\ufeff", code: model.Empty, says: "is empty"},
		{name: "header only", text: header, code: model.Empty, says: "no rows"},
		{name: "header only without line end", text: "customer,date,amount", code: model.Empty, says: "no rows"},
		{name: "header and blank lines", text: header + "\n\n", code: model.Empty, says: "no rows"},
		{name: "PNG", text: "\x89PNG\r\n\x1a\n\x00\x00", code: model.Invalid, says: "PNG picture"},
		{name: "Excel", text: "PK\x03\x04\x14\x00", code: model.Invalid, says: "Excel workbook"},
		{name: "SQLite", text: "SQLite format 3\x00\x10", code: model.Invalid, says: "SQLite database"},
		{name: "UTF-16 prose", text: "\xff\xfec\x00u\x00", code: model.Invalid, says: "no comma"},
		{name: "Cyrillic", text: header + strings.Repeat("\xcf\xf0\xe8\xe2\xe5\xf2,2020-01-02,1\n", 9), code: model.Ambiguous, says: "is not UTF-8, and its bytes do not reveal its encoding"},
		{name: "Korean", text: header + strings.Repeat("\xb1\xe8\xc3\xb6\xbc\xf6,2020-01-02,1\n", 9), code: model.Ambiguous, says: "is not UTF-8, and its bytes do not reveal its encoding"},
		{name: "late GBK", text: header + rows + "\xd5\xc5\xc8\xfd,2020-01-02,1\n", code: model.Ambiguous, says: "characters of gb18030"},
		{name: "damaged Zstandard", text: "\x28\xb5\x2f\xfd no archive at all", code: model.Corrupt, says: "Zstandard archive is damaged"},
		{name: "two decimal readings", text: "customer;date;amount\nA;2020-01-02;1.234\nB;2020-01-02;2.500\n", code: model.Ambiguous, says: `"1.234" is 1.234 or 1234.00`},
		{name: "several keys", text: "emp_id,table_id,date,amount\n1,7,2020-01-02,1.5\n2,7,2020-01-03,1.5\n1,8,2020-01-03,1.5\n3,9,2020-01-04,2.5\n", code: model.Ambiguous, says: "several columns could identify the customer: emp_id (1, 2, 3), table_id (7, 8, 9)"},
		{name: "NUL byte", text: header + "A,2020-01-02,1\nA,2020-\x0001-02,1\n", code: model.Invalid, says: "stdin:3 contains a NUL byte"},
		{name: "late NUL byte", text: header + rows + "\x00\n", code: model.Invalid, says: "stdin:200002 contains a NUL byte"},
		{name: "random bytes", text: "\x01\x02\x03\xfe\x07\x08", code: model.Invalid, says: "no comma"},
		{name: "prose", text: "Dear Sir\nplease find\nattached\n", code: model.Invalid, says: "no comma"},
		{name: "no date column", text: "customer,amount\nA,1\n", code: model.Invalid, says: "no date column among customer, amount"},
		{name: "no customer column", text: "day,amount\n2020-01-02,1\n", code: model.Invalid, says: "no customer column among day, amount"},
		{name: "several numbers", text: "customer,date,weight,height\nA,2020-01-02,3,4\n", code: model.Invalid, says: "no amount"},
		{name: "quantity without price", text: "customer,date,qty\nA,2020-01-02,2\n", code: model.Invalid, says: "no amount"},
		{name: "headerless numbers", text: "1,2020-01-02,1\n2,2020-01-02,1\n", code: model.Invalid, says: "no amount"},
		{name: "10 MB line", text: header + "A,2020-01-02," + strings.Repeat("1", 10<<20) + "\n", code: model.Invalid, says: "stdin:2 is longer than 1 MiB"},
		{name: "10 MB header", text: strings.Repeat("customer,", 1<<20), code: model.Invalid, says: "stdin:1 is longer than 1 MiB"},
		{name: "late 2 MB line", text: header + rows + "A,2020-01-02," + strings.Repeat("1", 2<<20) + "\n", code: model.Invalid, says: "stdin:200002 is longer"},
		{name: "no row accepted", text: header + "A,2020-01-02,x\n,2020-01-02,1\n", code: model.Invalid, says: `none of its 2 rows can be used; the first: line 2:amount: "x"`},
		{name: "only an open quote", text: header + "\"A,2020-01-02,1\n", code: model.Invalid, says: "line 2: \"\\\"A,2020-01-02,1\": a quote opens"},
		{name: "open quote in the header", text: "customer,\"date,amount\nA,2020-01-02,1\n", code: model.Invalid, says: "quote opens in the first line"},
		{name: "bytes behind a gzip", text: sound + "bytes behind", code: model.Corrupt, says: "extra bytes after the gzip archive"},
		{name: "a byte behind a gzip", text: sound + "\n", code: model.Corrupt, says: "extra bytes after the gzip archive"},
		{name: "half a gzip behind a gzip", text: sound + cut, code: model.Corrupt, says: "cut short"},
		{name: "Zstandard with a window of 1 GiB", text: "\x28\xb5\x2f\xfd\x00\xa0\x01\x00\x00", code: model.Invalid, says: "a window of more than 128 MiB"},
		{name: "truncated gzip", text: cut, code: model.Corrupt, says: "cut short"},
		{name: "nearly nothing of a gzip", text: "\x1f\x8b\x08", code: model.Corrupt, says: "cut short"},
		{name: "damaged gzip", text: string(damaged), code: model.Corrupt, says: "damaged"},
		{name: "no gzip", text: "\x1f\x8bhello world, this is no archive", code: model.Corrupt, says: "damaged"},
		{name: "unknown kind", text: header + rows, options: importer.Options{Kind: "novels"}, code: model.Usage, says: "--kind"},
		{name: "unknown encoding", text: header + rows, options: importer.Options{Encoding: "ebcdic"}, code: model.Usage, says: "--encoding"},
		{name: "unknown delimiter", text: header + rows, options: importer.Options{Delimiter: "ab"}, code: model.Usage, says: "--delimiter"},
		{name: "unknown date format", text: header + rows, options: importer.Options{DateFormat: "roman"}, code: model.Usage, says: "date format"},
		{name: "too few names", text: header + rows, options: importer.Options{Columns: []string{"a"}}, code: model.Usage, says: "--columns"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, _, err := read(t.Context(), test.text, test.options)
			var e *model.Error
			if !errors.As(err, &e) {
				t.Fatalf("got %v", err)
			}
			if e.Code != test.code || !strings.Contains(e.Message, test.says) || e.Hint == "" {
				t.Errorf("got %s: %s", e.Code, e)
			}
			if strings.ContainsFunc(e.Error(), func(c rune) bool { return c < ' ' }) || len(e.Error()) > 1000 {
				t.Errorf("not fit for a terminal: %q", e)
			}
		})
	}
}

func TestUnreadableFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	locked := filepath.Join(dir, "locked.csv")
	if err := os.WriteFile(locked, []byte("customer"), 0o000); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		path string
		code model.Code
	}{
		{filepath.Join(dir, "missing.csv"), model.NotFound},
		{dir, model.Unreadable},
		{locked, model.Unreadable},
	} {
		if test.path == locked && os.Geteuid() == 0 {
			continue // root may read everything
		}
		if _, err := importer.Open(t.Context(), test.path, nil); model.CodeOf(err) != test.code || !strings.Contains(err.Error(), test.path) {
			t.Errorf("%s: %v", test.path, err)
		}
	}
}

// A reader that breaks in the middle is told as such.
func TestBrokenDevice(t *testing.T) {
	t.Parallel()
	begin := "customer,date,amount\n" + strings.Repeat("A,2020-01-02,1\n", 100_000)
	in, err := importer.Open(t.Context(), "-", io.MultiReader(strings.NewReader(begin), broken{}))
	if err != nil {
		t.Fatal(err)
	}
	plan, err := importer.Detect(t.Context(), in, importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := importer.Read(t.Context(), in, plan, nil); model.CodeOf(err) != model.Unreadable {
		t.Error(err)
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errors.New("input/output error") }

// Whatever the bytes, detection and reading end in an intake or a coded error.
func FuzzDetectAndRead(f *testing.F) {
	for _, seed := range []string{
		"customer,date,amount\nA,2020-01-02,1\n", "id;datum;betrag\n1;03.04.11;1,5\n", "客户,日期,金额\n张三,2020/1/2,5\n",
		"A,2020-01-02,1\n", "customer\tdate\tqty\tprice\n\"A\"\t1/2/20\t-1\t£3\r\n", "\x1f\x8b\x08\x00", "\ufeffcustomer,date,amount\n\"", ",,\n,,\n",
	} {
		f.Add(seed)
	}
	difficult, err := filepath.Glob("testdata/battery/*.*")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range difficult {
		text, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	f.Fuzz(func(t *testing.T, text string) {
		_, intake, err := read(context.Background(), text, importer.Options{})
		if err != nil {
			if model.CodeOf(err) == model.Internal {
				t.Errorf("%q: %v", text, err)
			}
			return
		}
		s := intake.Source
		if s.Rows != s.Accepted+s.Rejected || s.Accepted == 0 || intake.Customers.Len() == 0 || len(intake.OrderDay) == 0 {
			t.Errorf("%q: %+v", text, s)
		}
	})
}
