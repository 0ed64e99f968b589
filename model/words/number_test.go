package words_test

import (
	"math"
	"testing"

	"strata/model"
	"strata/model/words"
)

func TestCountGroupsDigits(t *testing.T) {
	t.Parallel()
	for n, want := range map[int64]string{
		0: "0", 7: "7", 999: "999", 1000: "1,000", 12345: "12,345", 1234567: "1,234,567", -61: "−61", -123: "−123", -1234: "−1,234",
		math.MaxInt64: "9,223,372,036,854,775,807", math.MinInt64: "−9,223,372,036,854,775,808",
	} {
		if got := words.Count(n); got != want {
			t.Errorf("Count(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestChangeCarriesItsMark(t *testing.T) {
	t.Parallel()
	for n, want := range map[int64]string{18: "▲ 18", -61: "▼ 61", 0: "·", -12345: "▼ 12,345"} {
		if got := words.Change(n); got != want {
			t.Errorf("Change(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestShareOfNothingIsADash(t *testing.T) {
	t.Parallel()
	if got := words.Share(int64(1163), 4338); got != "26.8%" {
		t.Errorf("Share(1163, 4338) = %q", got)
	}
	if got := words.Share(int64(0), 0); got != "–" {
		t.Errorf("Share(0, 0) = %q", got)
	}
	for _, c := range [][2]model.Money{{-5, 1000}, {1001, 1000}, {5, -1000}, {-5, -1000}} {
		if got := words.Share(c[0], c[1]); got != "–" {
			t.Errorf("Share(%d, %d) = %q, want a dash: it is no share", c[0], c[1], got)
		}
	}
	if got := words.Percent(-0.0004); got != "0.0%" {
		t.Errorf("nothing is written %q, want no sign", got)
	}
}

func TestBriefHasAboutThreeDigits(t *testing.T) {
	t.Parallel()
	for units, want := range map[int64]string{
		8_911_407: "£8.91M", 212_000: "£212k", 18_400: "£18.4k", 478: "£478", 1_234: "£1,234",
		12: "£12.00", 0: "£0", -10_411: "−£10.4k", 1_500_000_000: "£1.50B", 999_999_999: "£1,000M",
	} {
		if got := words.Brief(model.Money(units)*model.Unit, "£"); got != want {
			t.Errorf("Brief(%d) = %q, want %q", units, got, want)
		}
	}
	if got := words.Brief(37_500, "£"); got != "£3.75" {
		t.Errorf("Brief(3.75) = %q", got)
	}
}

func TestAColumnOfMoneyHasOneScale(t *testing.T) {
	t.Parallel()
	millions := words.ScaleFor(8_911_407 * model.Unit)
	for units, want := range map[int64]string{6_680_000: "£6.68M", 80_000: "£0.08M", 2_400: "£2.4k", 0: "£0", -910_000: "−£0.91M"} {
		if got := millions.Money(model.Money(units)*model.Unit, "£"); got != want {
			t.Errorf("in millions %d is %q, want %q", units, got, want)
		}
	}
	for _, c := range []struct {
		largest, units int64
		want           string
	}{
		{1_335, 1_335, "€1,335"},
		{1_335, 75, "€75"},
		{9_999, 9_999, "€9,999"},
		{9_999, 0, "€0"},
		{10_000, 10_000, "€10.0k"},
		{10_000, 75, "€0.1k"},
		{10_000, 40, "€40.00"},
		{75, 8, "€8.00"},
	} {
		if got := words.ScaleFor(model.Money(c.largest)*model.Unit).Money(model.Money(c.units)*model.Unit, "€"); got != c.want {
			t.Errorf("%d where the largest is %d is %q, want %q", c.units, c.largest, got, c.want)
		}
	}
	if got := words.ScaleFor(5_000*model.Unit).Money(2_500, "€"); got != "€0.25" {
		t.Errorf("a quarter among thousands is %q", got)
	}
	whole := words.ScaleFor(942 * model.Unit)
	if got := whole.Money(17_5000, "$"); got != "$18" {
		t.Errorf("in whole units 17.50 is %q", got)
	}
}

func TestShort(t *testing.T) {
	t.Parallel()
	for units, want := range map[int64]string{2_058: "2.1k", 14_300: "14k", 280_206: "280k", 1_250_000: "1.2M"} {
		m := model.Money(units) * model.Unit
		if got := words.ScaleFor(m).Short(m); got != want {
			t.Errorf("%d is %q, want %q", units, got, want)
		}
	}
}

func TestShortCount(t *testing.T) {
	t.Parallel()
	for n, want := range map[int64]string{0: "0", 7: "7", 402: "402", 1_234: "1.2k", 12_345: "12k", 1_250_000: "1.2M", -4_500: "−4.5k"} {
		if got := words.ShortCount(n); got != want {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
}

func TestSymbol(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]string{"GBP": "£", "CNY": "¥", "CHF": "CHF ", "": "", "zł": "zł"} {
		if got := words.Symbol(code); got != want {
			t.Errorf("Symbol(%q) = %q, want %q", code, got, want)
		}
	}
}

func TestDecimal(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"2058.426": "2,058.426", "13.8": "13.8", "33": "33", "-0.5": "−0.5", "-1234.5": "−1,234.5", "many": "many",
		"-0.050": "−0.050", "-0.00": "0.00", "123456789012345678901.5": "123,456,789,012,345,678,901.5",
	} {
		if got := words.Decimal(text); got != want {
			t.Errorf("Decimal(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestRounded(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		v        float64
		decimals int
		want     string
	}{{5.06, 1, "5.1"}, {0.78315, 4, "0.7832"}, {12_345.6, 0, "12,346"}, {-0.04, 1, "0.0"}, {-0.06, 1, "−0.1"}} {
		if got := words.Rounded(c.v, c.decimals); got != c.want {
			t.Errorf("%v is %q, want %q", c.v, got, c.want)
		}
	}
}

func TestPlural(t *testing.T) {
	t.Parallel()
	for n, want := range map[int64]string{0: "0 rows have", 1: "1 row has", 12_345: "12,345 rows have"} {
		if got := words.Plural(n, "row has", "rows have"); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

// An amount that is not known is not written as 0, wherever it stands.
func TestNoAmountsAreNotNothing(t *testing.T) {
	t.Parallel()
	currency := words.CurrencyOf(model.Info{Orders: 3, Currency: "GBP"})
	symbol := words.Symbol(currency)
	for name, got := range map[string]string{
		"Brief": words.Brief(0, symbol), "Amount": words.Amount(0, symbol), "Money": words.ScaleFor(0).Money(0, symbol),
		"Measure": words.Measure(0, model.Monetary, model.DefaultSpec(), symbol),
	} {
		if got != "–" {
			t.Errorf("%s writes %q", name, got)
		}
	}
	if got := words.Worth(0, symbol); got != "no amounts" {
		t.Errorf("in words that is %q", got)
	}
	if got := words.Amount(5_0000, symbol); got != "5.00" {
		t.Errorf("an amount that there is all the same is written %q", got)
	}
	for _, info := range []model.Info{{}, {Orders: 3, Revenue: 1}, {Orders: 3, Returned: 1}} {
		info.Currency = "GBP"
		if got := words.Symbol(words.CurrencyOf(info)); got != "£" {
			t.Errorf("%+v is written with %q", info, got)
		}
	}
}

// A sentence whose form follows a count has the values that either form names.
func TestAgreeTakesValues(t *testing.T) {
	t.Parallel()
	for n, want := range map[int64]string{1: "1 customer is alone", 2: "2 customers are in HIGH"} {
		got := words.Agree(n, "{customers} is alone", "{customers} are in {tier}", "customers", words.Customers(n), "tier", "HIGH")
		if got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}
