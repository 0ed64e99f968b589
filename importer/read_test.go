package importer_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"strata/importer"
	"strata/importer/parse"
	"strata/model"
)

// read detects and reads a text as if it came from stdin.
func read(ctx context.Context, text string, options importer.Options) (*importer.Plan, *model.Intake, error) {
	in, err := importer.Open(ctx, "-", strings.NewReader(text))
	if err != nil {
		return nil, nil, err
	}
	plan, err := importer.Detect(ctx, in, options)
	if err != nil {
		return nil, nil, err
	}
	intake, err := importer.Read(ctx, in, plan, nil)
	return plan, intake, err
}

func mustRead(t testing.TB, text string, options importer.Options) (*importer.Plan, *model.Intake) {
	t.Helper()
	plan, intake, err := read(t.Context(), text, options)
	if err != nil {
		t.Fatal(err)
	}
	return plan, intake
}

// show writes the orders of an intake, one a line: customer, order id, day,
// value, returned value, flags, lines, attributes.
func show(in *model.Intake) string {
	var b strings.Builder
	for i, c := range in.OrderCustomer {
		key, returned := "", model.Money(0)
		if in.OrderKeys.Len() > 0 {
			key = in.OrderKeys.At(i)
		}
		if in.OrderReturned != nil {
			returned = in.OrderReturned[i]
		}
		fmt.Fprintf(&b, "%s %s %s %s %s %d %d", in.Customers.At(int(c)), key, in.OrderDay[i], in.OrderValue[i], returned, in.OrderFlags[i], in.OrderLines[i])
		for _, a := range in.OrderAttributes {
			fmt.Fprintf(&b, " %s=%s", a.Name, a.Codes.Words[a.Codes.Code[i]])
		}
		b.WriteString("\n")
	}
	return b.String()
}

func showRejects(in *model.Intake) string {
	var b strings.Builder
	for _, r := range in.Rejects {
		fmt.Fprintf(&b, "%d %s %q %s\n", r.Line, r.Column, r.Value, r.Code)
	}
	return b.String()
}

func TestOrdersAreRolledUp(t *testing.T) {
	t.Parallel()
	const text = `customer_id,order_id,date,quantity,unit_price,region,product
B,1,2020-03-05,2,1.50,East,pen
A,1,2020-03-06,1,10,West,ink
B,1,2020-03-07,-1,1.50,North,pen
B,2,2020-03-01,3,0.3335,,cap
A,1,2020-03-06,0,5,West,cap
A,C9,2020-03-06,-1,0,West,cap
C,,2020-01-01,1,1,,pen
C,,2020-01-01,1,2,,pen
`
	plan, intake := mustRead(t, text, importer.Options{})
	if plan.Kind != model.KindLines || plan.String() != "customer=customer_id, order=order_id, date=date, amount=quantity × unit_price" {
		t.Errorf("%s: %s", plan.Kind, plan)
	}
	const want = `B 2 2020-03-01 1.0005 0.00 1 1
B 1 2020-03-05 3.00 1.50 3 2
A 1 2020-03-06 10.00 0.00 1 2
A C9 2020-03-06 0.00 0.00 2 1
C  2020-01-01 1.00 0.00 1 1
C  2020-01-01 2.00 0.00 1 1
`
	if got := show(intake); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	lines := intake.Lines
	if !slices.Equal(lines.Order, []int32{0, 1, 1, 2, 2, 3, 4, 5}) {
		t.Errorf("lines belong to orders %d", lines.Order)
	}
	if !slices.Equal(lines.Quantity, []int64{30_000, 20_000, -10_000, 10_000, 0, -10_000, 10_000, 10_000}) {
		t.Errorf("quantities %d", lines.Quantity)
	}
	if !slices.Equal(lines.Amount, []model.Money{10_005, 30_000, -15_000, 100_000, 0, 0, 10_000, 20_000}) {
		t.Errorf("amounts %d", lines.Amount)
	}
	for i, want := range []model.IntakeAttribute{{Name: "region", Field: "region"}, {Name: "product", Field: "product"}} {
		got := lines.Attributes[i]
		var words []string
		for _, code := range got.Codes.Code {
			words = append(words, got.Codes.Words[code])
		}
		text := strings.Join(words, " ")
		if got.Name != want.Name || got.Field != want.Field || text != []string{" East North West West West  ", "cap pen pen ink cap cap pen pen"}[i] {
			t.Errorf("%s: %q", got.Name, words)
		}
	}
}

func TestCustomerAttributesTakeTheLastValue(t *testing.T) {
	t.Parallel()
	const text = `customer;order date;amount;email;phone
A;2020-03-01;1,50;a@old;
B;2020-03-01;1,50;;
A;2020-02-01;12,5;a@new;555
A;2020-01-01;1,50;;
`
	_, intake := mustRead(t, text, importer.Options{})
	var got []string
	for _, a := range intake.CustomerAttributes {
		for i, code := range a.Codes.Code {
			got = append(got, fmt.Sprintf("%s %s=%s", intake.Customers.At(i), a.Field, a.Codes.Words[code]))
		}
		if slices.Contains(a.Codes.Words, "a@old") {
			t.Error("a word that no customer has is kept")
		}
	}
	if strings.Join(got, ", ") != "A email=a@new, B email=, A phone=555, B phone=" {
		t.Error(got)
	}
	if total := sum(intake.OrderValue); total.String() != "17.00" {
		t.Errorf("decimal commas make %s", total)
	}
}

// Rows are refused with the line they begin on, also behind quoted line ends.
func TestRefusedRows(t *testing.T) {
	t.Parallel()
	text := "customer,date,amount,note\r\n" +
		"A,2020-01-01,5,\"two\nlines\"\r\n" +
		" ,2020-01-02,5,x\r\n" +
		"A,,5,x\r\n" +
		"A,31/02/2020,5,x\r\n" +
		"\r\n" +
		"A,2020-01-03,,x\r\n" +
		"A,2020-01-03,much,x\r\n" +
		"A,2020-01-03,\"12,50\",x\r\n" +
		"A,2020-01-03,9999999999999999,x\r\n" +
		"A,2020-01-03,5,x,y\r\n" +
		"A,2020-01-03\r\n" +
		"A,2020-01-03,5,\"x\r\n" +
		"A,2020-01-03,5\r\n" +
		"A,2020-01-03,5,x,,\r\n" +
		"A,2020-01-04,1.00005,last"
	_, intake := mustRead(t, text, importer.Options{})
	const want = `4 customer "" no-customer
5 date "" no-date
6 date "31/02/2020" bad-date
8 amount "" no-amount
9 amount "much" bad-amount
10 amount "12,50" bad-amount
11 amount "9999999999999999" bad-amount
12  "A,2020-01-03,5,x,y" ragged-row
13  "A,2020-01-03" ragged-row
14  "A,2020-01-03,5,\"x" unclosed-quote
`
	if got := showRejects(intake); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	s := intake.Source
	if s.Rows != 14 || s.Accepted != 4 || s.Rejected != 10 || s.Corrected != 1 || s.Reasons["bad-amount"] != 3 {
		t.Errorf("%+v", s)
	}
}

func TestDayAndMonthAreToldByTheWholeColumn(t *testing.T) {
	t.Parallel()
	rows := func(dates ...string) string {
		text := "customer,date,amount\n"
		for i, date := range dates {
			text += fmt.Sprintf("C%d,%s,1\n", i, date)
		}
		return text
	}
	most := slices.Repeat([]string{"25/04/2011"}, 40)
	for _, test := range []struct {
		name, text, format string
		first              string // day of the first customer
		accepted           int
		rejects            string
	}{
		{name: "day first", text: rows("03/04/2011", "05/04/2011", "25/04/2011"), first: "2011-04-03", accepted: 3},
		{name: "month first", text: rows("3/4/11 8:26", "5/4/11 8:26", "4/25/11 8:26"), first: "2011-03-04", accepted: 3},
		{name: "told", text: rows("03/04/2011"), format: "mdy", first: "2011-03-04", accepted: 1},
		{name: "all equal", text: rows("03/03/2011", "04/04/2011"), first: "2011-03-03", accepted: 2},
		{name: "year first", text: rows("2011-03-04", "20110305"), first: "2011-03-04", accepted: 2},
		{name: "year first besides", text: rows("03/04/2011", "2011-04-25", "25/04/2011"), first: "2011-04-03", accepted: 3},
		{
			name: "one stray", text: rows(append([]string{"03/04/2011", "04/26/2011"}, most...)...), first: "2011-04-03", accepted: 41,
			rejects: "3 date \"04/26/2011\" bad-date\n",
		},
		{
			name: "told against a stray", text: rows("04/26/2011", "25/04/2011"), format: "dmy", first: "2011-04-25", accepted: 1,
			rejects: "2 date \"04/26/2011\" bad-date\n",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, intake := mustRead(t, test.text, importer.Options{DateFormat: test.format})
			if day := intake.OrderDay[0].String(); day != test.first || len(intake.OrderDay) != test.accepted {
				t.Errorf("%d orders, the first on %s", len(intake.OrderDay), day)
			}
			if got := showRejects(intake); got != test.rejects {
				t.Errorf("rejects %s", got)
			}
			if n := intake.Customers.Len(); n != test.accepted {
				t.Errorf("%d customers: those without a good row must not exist", n)
			}
		})
	}
}

func TestUndecidableDates(t *testing.T) {
	t.Parallel()
	_, _, err := read(t.Context(), "customer,date,amount\nA,04/04/2011,1\nA,03/04/2011,1\n", importer.Options{})
	if model.CodeOf(err) != model.Ambiguous {
		t.Fatal(err)
	}
	for _, part := range []string{"03/04/2011", "3 April 2011", "4 March 2011", "--date-format dmy"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%q does not say %q", err, part)
		}
	}
	_, _, err = read(t.Context(), "customer,date,amount\nA,25/04/2011,1\nA,04/25/2011,1\n", importer.Options{})
	if model.CodeOf(err) != model.Ambiguous || !strings.Contains(err.Error(), "line 3") {
		t.Error(err)
	}
}

func TestEncodings(t *testing.T) {
	t.Parallel()
	ascii := strings.Repeat("Smith,2020-01-01,1,pen\n", 100_000) // longer than the sample
	for _, test := range []struct {
		name, text, encoding, want, customer string
		corrected                            int64
	}{
		{name: "ASCII", text: "Zoe", want: "utf-8", customer: "Zoe"},
		{name: "UTF-8", text: "Zoë", want: "utf-8", customer: "Zoë"},
		{name: "Windows-1252", text: "Zo\xeb \x80", want: "windows-1252", customer: "Zoë €"},
		{name: "late Windows-1252", text: ascii + "Zo\xeb", want: "windows-1252", customer: "Zoë"},
		{name: "told Windows-1252", text: "Zoë", encoding: "windows-1252", want: "windows-1252", customer: "ZoÃ«"},
		{name: "told UTF-8", text: "Zo\xeb", encoding: "utf-8", want: "utf-8", customer: "Zo\ufffd", corrected: 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			text := "customer,date,amount,product\n" + test.text + ",2020-01-02,1,inkwell\n"
			_, intake := mustRead(t, text, importer.Options{Encoding: test.encoding})
			if intake.Source.Encoding != test.want || intake.Source.Corrected != test.corrected {
				t.Errorf("%s, %d corrected", intake.Source.Encoding, intake.Source.Corrected)
			}
			if got := intake.Customers.At(intake.Customers.Len() - 1); got != test.customer {
				t.Errorf("customer %q", got)
			}
		})
	}
}

func TestByteOrderMark(t *testing.T) {
	t.Parallel()
	plan, intake := mustRead(t, "\ufeff\"customer\",date,amount\nA,2020-01-02,1\n", importer.Options{})
	if plan.Columns[0].Name != "customer" || intake.Source.Encoding != "utf-8" {
		t.Errorf("%q, %s", plan.Columns[0].Name, intake.Source.Encoding)
	}
}

func TestCompressedFile(t *testing.T) {
	t.Parallel()
	var archive bytes.Buffer
	w := gzip.NewWriter(&archive)
	io.WriteString(w, "customer,date,amount\nA,2020-01-02,1\n")
	w.Close()
	path := filepath.Join(t.TempDir(), "orders.csv") // the name says nothing
	if err := os.WriteFile(path, archive.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	_, intake := readFile(t, path)
	sum := sha256.Sum256(archive.Bytes())
	if s := intake.Source; s.Fingerprint != hex.EncodeToString(sum[:]) || s.Bytes != int64(archive.Len()) || s.Path != path {
		t.Errorf("%+v", s)
	}
}

func TestProgressAndFingerprint(t *testing.T) {
	t.Parallel()
	text := "customer,date,amount\n" + strings.Repeat("A,2020-01-02,1\n", 200_000)
	path := filepath.Join(t.TempDir(), "orders.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	in, err := importer.Open(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	plan, err := importer.Detect(t.Context(), in, importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var last model.Progress
	calls := 0
	intake, err := importer.Read(t.Context(), in, plan, func(p model.Progress) {
		if p.Done < last.Done || p.Rows < last.Rows {
			t.Errorf("progress from %+v to %+v", last, p)
		}
		last = p
		calls++
	})
	if err != nil {
		t.Fatal(err)
	}
	if calls < 2 || last.Rows != 200_000 || last.Done != int64(len(text)) || last.Total != int64(len(text)) {
		t.Errorf("%d calls, the last %+v", calls, last)
	}
	sum := sha256.Sum256([]byte(text))
	if intake.Source.Fingerprint != hex.EncodeToString(sum[:]) {
		t.Error("wrong fingerprint")
	}
}

func TestCancelled(t *testing.T) {
	t.Parallel()
	text := "customer,date,amount\n" + strings.Repeat("A,2020-01-02,1\n", 1_000_000)
	in, err := importer.Open(t.Context(), "-", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	plan, err := importer.Detect(t.Context(), in, importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	_, err = importer.Read(ctx, in, plan, func(model.Progress) { cancel() })
	if model.CodeOf(err) != model.Cancelled {
		t.Error(err)
	}
}

// A read from stdin that does not come back does not hold up the person.
func TestCancelledWhileStdinIsSilent(t *testing.T) {
	t.Parallel()
	silent, w := io.Pipe()
	defer w.Close()
	begin := "customer,date,amount\n" + strings.Repeat("A,2020-01-02,1\n", 100_000)
	in, err := importer.Open(t.Context(), "-", io.MultiReader(strings.NewReader(begin), silent))
	if err != nil {
		t.Fatal(err)
	}
	plan, err := importer.Detect(t.Context(), in, importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	_, err = importer.Read(ctx, in, plan, func(model.Progress) { cancel() })
	if model.CodeOf(err) != model.Cancelled {
		t.Error(err)
	}
}

func TestOnBadStop(t *testing.T) {
	t.Parallel()
	const text = "customer,date,amount\nA,2020-01-02,1\nA,2020-02-31,1\nA,x,1\n"
	_, _, err := read(t.Context(), text, importer.Options{OnBad: "stop"})
	if model.CodeOf(err) != model.Invalid || !strings.Contains(err.Error(), `stdin:3:date: "2020-02-31"`) {
		t.Error(err)
	}
}

func TestHeaderlessFile(t *testing.T) {
	t.Parallel()
	const text = "A,2020-01-02,1,East\nB,2020-01-03,2,West\n"
	_, intake := mustRead(t, text, importer.Options{Header: "no", Columns: []string{"customer", "date", "amount", "region"}})
	const want = "A  2020-01-02 1.00 0.00 1 1 region=East\nB  2020-01-03 2.00 0.00 1 1 region=West\n"
	if got := show(intake); got != want {
		t.Error(got)
	}
	_, byNumber := mustRead(t, text, importer.Options{Map: map[string]string{"customer": "1", "date": "2", "amount": "3", "attr:area": "4"}})
	if got := show(byNumber); got != strings.ReplaceAll(want, "region", "area") {
		t.Error(got)
	}
}

func TestMap(t *testing.T) {
	t.Parallel()
	const text = "who,when,sum paid,date,x y\nA,2020-01-02,1,2021-01-01,q\n"
	m, err := importer.ParseMap("customer=who, date=WHEN,amount=sum paid,attr:note=x y")
	if err != nil {
		t.Fatal(err)
	}
	_, intake := mustRead(t, text, importer.Options{Map: m})
	if got := show(intake); got != "A  2020-01-02 1.00 0.00 1 1 date=2021-01-01 note=q\n" {
		t.Error(got)
	}
	for _, bad := range []map[string]string{
		{"customer": "nobody"}, {"buyer": "who"}, {"amount": "who+nothing"}, {"customer": "who+when"}, {"attr:": "who"}, {"customer": "who", "date": "who"},
	} {
		if _, _, err := read(t.Context(), text, importer.Options{Map: bad}); model.CodeOf(err) != model.Usage {
			t.Errorf("%v: %v", bad, err)
		}
	}
	for _, bad := range []string{"customer", "customer=", "=who", "customer=a,customer=b"} {
		if _, err := importer.ParseMap(bad); model.CodeOf(err) != model.Usage {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if m, err := importer.ParseMap(`customer=name\, first`); err != nil || !maps.Equal(m, map[string]string{"customer": "name, first"}) {
		t.Errorf("%v, %v", m, err)
	}
}

func TestAmountsTooLarge(t *testing.T) {
	t.Parallel()
	_, intake := mustRead(t, "customer,date,qty,price\nA,2020-01-02,900000000,900000000\nA,2020-01-02,1,1\n", importer.Options{})
	if got := showRejects(intake); got != "2 price \"900000000\" bad-amount\n" {
		t.Error(got)
	}
	const half = "500000000000000"
	_, _, err := read(t.Context(), "customer,order,date,amount\nA,1,2020-01-02,"+half+"\nA,1,2020-01-02,"+half+"\n", importer.Options{})
	if !errors.Is(err, model.ErrOverflow) || model.CodeOf(err) != model.Invalid {
		t.Error(err)
	}
}

func TestRefusedValuesAreCut(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("é", 1000)
	_, intake := mustRead(t, "customer,date,amount\nA,2020-01-02,"+long+"\nA,2020-01-02,1\n", importer.Options{})
	if value := intake.Rejects[0].Value; value != long[:model.RejectValueLimit] {
		t.Errorf("%q", value)
	}
}

func TestKinds(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, text string
		options    importer.Options
		kind       model.Kind
		lines      bool
	}{
		{name: "quantity and price", text: "customer,date,qty,price\nA,2020-01-02,1,1\n", kind: model.KindLines, lines: true},
		{name: "product", text: "customer,date,amount,product\nA,2020-01-02,1,pen\n", kind: model.KindLines, lines: true},
		{name: "order ids repeat", text: "customer,date,amount,order\nA,2020-01-02,1,7\nA,2020-01-02,1,7\n", kind: model.KindLines, lines: true},
		{name: "order ids differ", text: "customer,date,amount,order\nA,2020-01-02,1,7\nA,2020-01-02,1,8\n", kind: model.KindOrders},
		{name: "lines not kept", text: "customer,date,qty,price\nA,2020-01-02,1,1\n", options: importer.Options{Lines: "no"}, kind: model.KindLines},
		{name: "told", text: "customer,date,amount,product\nA,2020-01-02,1,pen\n", options: importer.Options{Kind: model.KindOrders}, kind: model.KindOrders},
		{name: "lines of orders", text: "customer,date,amount\nA,2020-01-02,1\n", options: importer.Options{Lines: "yes"}, kind: model.KindOrders, lines: true},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			plan, intake := mustRead(t, test.text, test.options)
			if plan.Kind != test.kind || intake.Source.Kind != test.kind || (intake.Lines != nil) != test.lines {
				t.Errorf("%s, lines kept: %t", plan.Kind, intake.Lines != nil)
			}
		})
	}
}

func TestDelimitersAndMarks(t *testing.T) {
	t.Parallel()
	const want = "A  2011-04-03 1234.50 0.00 1 1 note=x, y\nA  2011-04-25 1.50 0.00 1 1 note=\n"
	for name, text := range map[string]string{
		"comma":     "customer,date,amount,note\nA,03/04/2011,\"1,234.50\",\"x, y\"\nA,25/04/2011,1.50,\n",
		"semicolon": "customer;date;amount;note\nA;03.04.2011;1.234,50 €;x, y\nA;25.04.2011;1,50 €;\n",
		"tab":       "customer\tdate\tamount\tnote\r\nA\t03-04-11\t£1,234.50\tx, y\r\nA\t25-04-11\t£1.50\t\r\n",
		"bar":       "customer|date|amount|note\nA|03/04/2011|1234.5|x, y\nA|25/04/2011|1.5|\n",
	} {
		plan, intake := mustRead(t, text, importer.Options{})
		if got := show(intake); got != want {
			t.Errorf("%s: %s: %s", name, plan, got)
		}
		currency := map[string]string{"semicolon": "€", "tab": "£"}[name]
		if intake.Currency != currency || plan.Dates != parse.DayFirst || !strings.Contains(intake.Source.Plan, "date_format: dmy") {
			t.Errorf("%s: %q, %s", name, intake.Currency, intake.Source.Plan)
		}
	}
}

// A stream that was given up goes on with what it was about to say.
func TestAStreamGivenUpLosesNothing(t *testing.T) {
	t.Parallel()
	from, w := io.Pipe()
	ctx, cancel := context.WithCancel(t.Context())
	s := importer.NewStream(ctx, from)
	time.AfterFunc(10*time.Millisecond, cancel)
	if n, err := s.Read(make([]byte, 8)); n != 0 || !errors.Is(err, context.Canceled) {
		t.Errorf("%d, %v", n, err)
	}
	go func() { _, _ = w.Write([]byte("said late")); _ = w.Close() }()
	s.GoOn(t.Context())
	if text, err := io.ReadAll(s); string(text) != "said late" || err != nil {
		t.Errorf("%q, %v", text, err)
	}
}

// What waits for a person or a writer ends with its context.
func TestOpeningWhatIsSilentCanBeStopped(t *testing.T) {
	t.Parallel()
	silent, w := io.Pipe()
	defer w.Close()
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(10*time.Millisecond, cancel)
	if _, err := importer.Open(ctx, "-", silent); model.CodeOf(err) != model.Cancelled {
		t.Error(err)
	}
}
