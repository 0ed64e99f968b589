package parse_test

import (
	"math/big"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"strata/importer/parse"
	"strata/model"
)

func TestParseNumber(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		text    string
		decimal byte
		want    string // as model.Money shows it; "" when it is no number
		rounded bool
		problem parse.NumberProblem
	}{
		{text: "0", want: "0.00"},
		{text: "12.50", want: "12.50"},
		{text: "-12.5", want: "-12.50"},
		{text: "+12.5", want: "12.50"},
		{text: "12.50-", want: "-12.50"},
		{text: "(12.50)", want: "-12.50"},
		{text: "($1,012.50)", want: "-1012.50"},
		{text: ".5", want: "0.50"},
		{text: "5.", want: "5.00"},
		{text: "0.0001", want: "0.0001"},
		{text: "957.5775", want: "957.5775"},
		{text: "1.00000", want: "1.00"},
		{text: "1.00005", want: "1.00", rounded: true},
		{text: "1.00015", want: "1.0002", rounded: true},
		{text: "1.000051", want: "1.0001", rounded: true},
		{text: "1.00004999", want: "1.00", rounded: true},
		{text: "-1.00016", want: "-1.0002", rounded: true},
		{text: "1,234.50", want: "1234.50"},
		{text: "1,234", want: "1234.00"},
		{text: "1,234,567", want: "1234567.00"},
		{text: "12,34,567.5", want: "1234567.50"},
		{text: "1 234.50", want: "1234.50"},
		{text: "1'234.50", want: "1234.50"},
		{text: "1\u00a0234.50", want: "1234.50"},
		{text: "1.234,50", decimal: ',', want: "1234.50"},
		{text: "12,5", decimal: ',', want: "12.50"},
		{text: "-1.234.567", decimal: ',', want: "-1234567.00"},
		{text: "£12.50", want: "12.50"},
		{text: "１２３．５０", want: "123.50"},
		{text: "￥１，２００", want: "1200.00"},
		{text: "−12.50", want: "-12.50"},
		{text: "1\u202f234,50\u00a0€", decimal: ',', want: "1234.50"},
		{text: "12,50 zł", decimal: ',', want: "12.50"},
		{text: "US$ 12.50", want: "12.50"},
		{text: "NT$1,200", want: "1200.00"},
		{text: "1'250.–", want: "1250.00"},
		{text: "45.-", want: "45.00"},
		{text: "45,--", decimal: ',', want: "45.00"},
		{text: "–5.00", want: "-5.00"},
		{text: "12.5%", problem: parse.NotANumber},
		{text: "-€ 12.50", want: "-12.50"},
		{text: "€-12.50", want: "-12.50"},
		{text: "12,50 €", decimal: ',', want: "12.50"},
		{text: "12,50 EUR", decimal: ',', want: "12.50"},
		{text: "USD 12.50", want: "12.50"},
		{text: "USD12.50", want: "12.50"},
		{text: "¥1200", want: "1200.00"},
		{text: "922337203685477.5807", want: "922337203685477.5807"},
		{text: "922337203685477.58075", problem: parse.TooLarge},
		{text: "922337203685477.5808", problem: parse.TooLarge},
		{text: "99999999999999999999999", problem: parse.TooLarge},
		{text: "12,50", problem: parse.WrongMarks},
		{text: "1,23,4", problem: parse.WrongMarks},
		{text: "1234,567.00", problem: parse.WrongMarks},
		{text: "1.234,50", problem: parse.WrongMarks},
		{text: "1.2.3", problem: parse.WrongMarks},
		{text: "1,234'567", problem: parse.WrongMarks},
		{text: ",123", problem: parse.WrongMarks},
		{text: "", problem: parse.NotANumber},
		{text: "-", problem: parse.NotANumber},
		{text: ".", problem: parse.NotANumber},
		{text: "--1", problem: parse.NotANumber},
		{text: "-(1)", problem: parse.NotANumber},
		{text: "free", problem: parse.NotANumber},
		{text: "12 pcs", problem: parse.NotANumber},
		{text: "1e5", want: "100000.00"},
		{text: "1e+05", want: "100000.00"},
		{text: "1.5e3", want: "1500.00"},
		{text: "1,5E3", decimal: ',', want: "1500.00"},
		{text: "-2.5E-1", want: "-0.25"},
		{text: "4.44e-16", want: "0.00", rounded: true},
		{text: "1.23457E+11", want: "123457000000.00"},
		{text: "1e99", problem: parse.TooLarge},
		{text: "1e100", problem: parse.NotANumber},
		{text: "e5", problem: parse.NotANumber},
		{text: "1e", problem: parse.NotANumber},
		{text: "1.2K", want: "1200.00"},
		{text: "$5k", want: "5000.00"},
		{text: "3 MIO", want: "3000000.00"},
		{text: "1,5 Mio. €", decimal: ',', want: "1500000.00"},
		{text: "12 TSD", want: "12000.00"},
		{text: "12 T€", want: "12000.00"},
		{text: "2.5万", want: "25000.00"},
		{text: "1.2亿元", want: "120000000.00"},
		{text: "(3k)", want: "-3000.00"},
		{text: "3M", problem: parse.NotANumber},
		{text: "3 T", problem: parse.NotANumber},
		{text: "100 CR", problem: parse.NotANumber},
		{text: "5 DOZ", problem: parse.NotANumber},
		{text: "5 KWD", want: "5.00"},
		{text: "NaN", problem: parse.NotANumber},
		{text: "0x10", problem: parse.NotANumber},
	} {
		decimal := test.decimal
		if decimal == 0 {
			decimal = '.'
		}
		n, problem := parse.ParseNumber([]byte(test.text), decimal)
		switch {
		case problem != test.problem:
			t.Errorf("%q: problem %d, want %d", test.text, problem, test.problem)
		case problem == parse.GoodNumber && (model.Money(n.Value).String() != test.want || n.Rounded != test.rounded):
			t.Errorf("%q: %s (rounded %t), want %s", test.text, model.Money(n.Value), n.Rounded, test.want)
		}
	}
}

func TestDecimalMark(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]byte{
		"12.50": '.', "12,50": ',', "1.234,50": ',', "1,234.50": '.', "1,234": 0, "1.234": 0, "0,234": ',', "0.234": '.',
		"1,234,567": '.', "1.234.567": ',', "12": 0, "": 0, "€ 12,5": ',', "1,234.567.890": 0, ".5": '.', "1234.567": '.',
	} {
		if got := parse.DecimalMark([]byte(text)); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestCurrencyOf(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"12.50": "", "£12": "£", "12 €": "€", "EUR 12": "EUR", "(12 USD)": "USD", "-$5": "$", "SKU12": "", "ABCD": "", "12 KWD": "KWD", "ISK 5": "ISK", "3 Mio EUR": "EUR", "12 TSD": "", "5 XXX": "",
	} {
		if got := parse.CurrencyOf([]byte(text)); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestScaleOf(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"12": "", "1.2K": "K", "3 MIO": "MIO", "1e+05": "e+05", "2万元": "万", "5 kg": "", "12 T€": "T"} {
		if got := parse.ScaleOf([]byte(text)); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// A number says of its mark what the rules for its column need.
func TestMarks(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][2]parse.Mark{ // read with a point, with a comma
		"12": {parse.NoMark, parse.NoMark}, "12.5": {parse.ProvenMark, parse.OtherMark}, "12,5": {parse.OtherMark, parse.ProvenMark},
		"1.234": {parse.OpenPoint, parse.OpenPoint}, "-1.234": {parse.OpenPoint, parse.OpenPoint}, "1,234": {parse.OpenComma, parse.OpenComma},
		"0.234": {parse.ProvenMark, parse.OtherMark}, "1234.567": {parse.ProvenMark, parse.OtherMark}, "1,234.5": {parse.ProvenMark, parse.OtherMark},
		"1.234.567": {parse.OtherMark, parse.ProvenMark}, "€ 1.234": {parse.OpenPoint, parse.OpenPoint}, "1'234": {parse.NoMark, parse.NoMark},
	} {
		for i, decimal := range []byte(".,") {
			if n, _ := parse.ParseNumber([]byte(text), decimal); n.Mark != want[i] {
				t.Errorf("%q with %c: mark %d, want %d", text, decimal, n.Mark, want[i])
			}
		}
	}
}

func TestWithoutPieces(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"12 pcs": "12", "3 Stück": "3", "4个": "4", "2 DOZ": "2 DOZ", "5": "5", "5 pcs.": "5"} {
		if got := string(parse.WithoutPieces([]byte(text))); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// A plain decimal is read as big.Rat reads it, rounded half to even.
func TestParseNumberAgainstRationals(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`-?[0-9]{1,14}(\.[0-9]{0,8})?`).Draw(t, "text")
		exact, ok := new(big.Rat).SetString(text)
		if !ok {
			t.Fatalf("%q", text)
		}
		exact.Mul(exact, big.NewRat(model.Unit, 1))
		n, problem := parse.ParseNumber([]byte(text), '.')
		off := new(big.Rat).Sub(exact, new(big.Rat).SetInt64(n.Value))
		if side := off.Abs(off).Cmp(big.NewRat(1, 2)); problem != parse.GoodNumber || side > 0 || side == 0 && n.Value%2 != 0 {
			t.Fatalf("%s: %d", text, n.Value)
		}
		if n.Rounded != (off.Sign() != 0) {
			t.Fatalf("%s: rounded %t", text, n.Rounded)
		}
	})
}

func FuzzParseNumber(f *testing.F) {
	for _, seed := range []string{"1,234.50", "-€ 1.234,5", "(12)", "1\u00a0000", "USD 5-", "9223372036854775807"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, decimal := range []byte(".,") {
			n, problem := parse.ParseNumber([]byte(text), decimal)
			if problem == parse.GoodNumber && !strings.ContainsFunc(text, unicode.IsDigit) {
				t.Errorf("%q is the number %d", text, n.Value)
			}
			again, problem2 := parse.ParseNumber([]byte(model.Money(n.Value).String()), '.')
			if problem == parse.GoodNumber && (problem2 != parse.GoodNumber || again.Value != n.Value) {
				t.Errorf("%q: %d, again %d", text, n.Value, again.Value)
			}
		}
		parse.DecimalMark([]byte(text))
		parse.CurrencyOf([]byte(text))
	})
}

// Decimals beyond the fourth count where the unit makes them larger.
func TestInUnits(t *testing.T) {
	for _, test := range []struct {
		text  string
		unit  int64
		value int64
		exact bool
	}{
		{"0.000067", 1_000_000 * model.Unit, 67 * model.Unit, true},
		{"-0.0000005", 1_000_000 * model.Unit, -model.Unit / 2, true},
		{"1.23456", 1000 * model.Unit, 12_345_600, true},
		{"1.23456", 100, 123, false},
		{"6.7e-05", 1_000_000 * model.Unit, 67 * model.Unit, true},
	} {
		value, exact, ok := parse.InUnits([]byte(test.text), '.', test.unit)
		if !ok || value != test.value || exact != test.exact {
			t.Errorf("%s in %d: %d, exact %t, ok %t; want %d, %t", test.text, test.unit, value, exact, ok, test.value, test.exact)
		}
	}
}
