package model_test

import (
	"errors"
	"math"
	"math/big"
	"testing"
	"time"

	"pgregory.net/rapid"

	"strata/model"
)

func TestMoneyText(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]model.Money{
		"0.00": 0, "17.10": 171_000, "957.5775": 9_575_775, "-3.00": -30_000, "0.001": 10, "-0.0001": -1,
		"922337203685477.5807": math.MaxInt64, "-922337203685477.5808": math.MinInt64,
	} {
		if got := want.String(); got != text {
			t.Errorf("Money(%d) = %q, want %q", int64(want), got, text)
		}
		if want == math.MinInt64 {
			continue // its magnitude is one more than ParseMoney's range
		}
		if got, err := model.ParseMoney(text); err != nil || got != want {
			t.Errorf("ParseMoney(%q) = %d, %v, want %d", text, got, err, want)
		}
	}
	for _, bad := range []string{"", "-", "1,5", "abc", "1.23456", "1e3", "٣", "99999999999999999"} {
		if m, err := model.ParseMoney(bad); err == nil {
			t.Errorf("ParseMoney(%q) = %v, want an error", bad, m)
		}
	}
}

func TestTimesRoundsHalfToEven(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		price := rapid.Int64Range(-1<<40, 1<<40).Draw(t, "price")
		quantity := rapid.Int64Range(-1<<30, 1<<30).Draw(t, "quantity")
		got, exact, err := model.Money(price).Times(quantity)
		product := new(big.Int).Mul(big.NewInt(price), big.NewInt(quantity))
		want, rest := roundHalfEven(product, model.Unit)
		if !want.IsInt64() {
			if !errors.Is(err, model.ErrOverflow) {
				t.Fatalf("error %v, want overflow", err)
			}
			return
		}
		if err != nil || int64(got) != want.Int64() || exact != rest {
			t.Fatalf("%d × %d = %d (exact %v, %v), want %v (%v)", price, quantity, got, exact, err, want, rest)
		}
	})
}

// roundHalfEven divides with big integers, the slow and certain way.
func roundHalfEven(n *big.Int, unit int64) (*big.Int, bool) {
	u := big.NewInt(unit)
	q, r := new(big.Int).QuoRem(n, u, new(big.Int))
	twice := new(big.Int).Mul(r.Abs(r), big.NewInt(2))
	away := big.NewInt(int64(n.Sign()))
	if c := twice.Cmp(u); c > 0 || c == 0 && q.Bit(0) == 1 {
		q.Add(q, away)
	}
	return q, twice.Sign() == 0
}

func TestAddAndRatio(t *testing.T) {
	t.Parallel()
	if _, err := model.Money(math.MaxInt64).Add(1); !errors.Is(err, model.ErrOverflow) {
		t.Errorf("overflow not noticed: %v", err)
	}
	if _, err := model.Money(math.MinInt64).Add(-1); !errors.Is(err, model.ErrOverflow) {
		t.Errorf("underflow not noticed: %v", err)
	}
	rapid.Check(t, func(t *rapid.T) {
		m := rapid.Int64().Draw(t, "money")
		n := rapid.Int64Range(1, 1<<40).Draw(t, "n")
		want, _ := roundHalfEven(big.NewInt(m), n)
		if got := model.Money(m).Ratio(n); int64(got) != want.Int64() {
			t.Fatalf("%d ÷ %d = %d, want %v", m, n, got, want)
		}
	})
}

func TestDayOfAgreesWithTheCalendar(t *testing.T) {
	t.Parallel()
	for day := time.Date(1600, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() < 2405; day = day.AddDate(0, 0, 1) {
		want := model.Day(day.Unix() / 86400)
		got, ok := model.DayOf(day.Year(), int(day.Month()), day.Day())
		if !ok || got != want {
			t.Fatalf("DayOf(%s) = %d, %v, want %d", day.Format(time.DateOnly), got, ok, want)
		}
	}
	for _, bad := range [][3]int{{2020, 2, 31}, {2019, 2, 29}, {2020, 13, 1}, {2020, 0, 1}, {2020, 4, 31}, {0, 1, 1}, {2020, 1, 0}} {
		if d, ok := model.DayOf(bad[0], bad[1], bad[2]); ok {
			t.Errorf("DayOf%v = %v, want none", bad, d)
		}
	}
}

func TestDayText(t *testing.T) {
	t.Parallel()
	d, err := model.ParseDay("2011-12-10")
	if err != nil || d.String() != "2011-12-10" || d != 15318 {
		t.Errorf("2011-12-10 = %d %q %v", d, d, err)
	}
	if model.NoDay.String() != "" {
		t.Errorf("NoDay = %q", model.NoDay)
	}
	march, _ := model.ParseDay("2012-03-31")
	for n, want := range map[int]string{-1: "2012-02-29", -13: "2011-02-28", 0: "2012-03-31", 1: "2012-04-30", 12: "2013-03-31"} {
		if got := march.AddMonths(n).String(); got != want {
			t.Errorf("2012-03-31 %+d months = %s, want %s", n, got, want)
		}
	}
}

func TestCutText(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		cut   model.Cut
		scale int64
		want  string
	}{
		{model.Cut{Whole: 13, Num: 4, Den: 5}, 1, "13.8"},
		{model.WholeCut(33), 1, "33"},
		{model.Cut{Whole: 2_501_940, Den: 1}, model.Unit, "250.194"},
		{model.Cut{Whole: -14, Num: 1, Den: 5}, 1, "-13.8"},
		{model.Cut{Whole: 0, Num: 1, Den: 3}, 1, "0.333333"},
	} {
		if got := c.cut.Text(c.scale); got != c.want {
			t.Errorf("%+v at scale %d = %q, want %q", c.cut, c.scale, got, c.want)
		}
		back, err := model.ParseCut(c.want, c.scale)
		if err != nil || back.Whole != c.cut.Whole {
			t.Errorf("ParseCut(%q) = %+v, %v, want whole part %d", c.want, back, err, c.cut.Whole)
		}
	}
	for _, bad := range []string{"", "x", "1/3", "1e5", "0x10", "1.23456789"} {
		if c, err := model.ParseCut(bad, 1); err == nil {
			t.Errorf("ParseCut(%q) = %+v, want an error", bad, c)
		}
	}
}

func TestConditionAndWindowText(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`region = "East"`: "region=East", "order.channel!=web|app": "order.channel!=web|app", "note=": "note=",
		"line.sku != A": "line.sku!=A", "customer.city=Bern": "customer.city=Bern", "lines.sku=A": "lines.sku=A",
	} {
		c, err := model.ParseCondition(text)
		if err != nil || c.String() != want {
			t.Errorf("ParseCondition(%q) = %q, %v, want %q", text, c, err, want)
		}
	}
	for text, words := range map[string]string{
		"line.sku=A": "sku = A", "sku=A|B": "sku = A or B", "order.sku!=A|": "sku is not A or empty",
	} {
		if c, err := model.ParseCondition(text); err != nil || c.Words() != words {
			t.Errorf("%s is told as %q, %v, want %q", text, c.Words(), err, words)
		}
	}
	for _, bad := range []string{"region", "=East", " != x"} {
		if c, err := model.ParseCondition(bad); err == nil {
			t.Errorf("ParseCondition(%q) = %+v, want an error", bad, c)
		}
	}
	for _, text := range []string{"all", "12m", "365d"} {
		if w, err := model.ParseWindow(text); err != nil || w.String() != text {
			t.Errorf("ParseWindow(%q) = %q, %v", text, w, err)
		}
	}
	for _, bad := range []string{"12", "m", "-3m", "0d", "12y"} {
		if w, err := model.ParseWindow(bad); err == nil {
			t.Errorf("ParseWindow(%q) = %v, want an error", bad, w)
		}
	}
}

func TestErrorsSayWhatToDo(t *testing.T) {
	t.Parallel()
	cause := errors.New("disk on fire")
	err := error(model.Errorf(model.Unreadable, "cannot read {value}: {cause}", "value", "a.csv", "cause", cause).WithHint("put it out"))
	if err.Error() != "cannot read a.csv: disk on fire; put it out" || !errors.Is(err, cause) || model.CodeOf(err) != model.Unreadable {
		t.Errorf("got %q, code %q", err, model.CodeOf(err))
	}
	if model.CodeOf(cause) != model.Internal || model.CodeOf(nil) != "" {
		t.Error("codes of foreign errors")
	}
}

func FuzzParseCut(f *testing.F) {
	f.Add("13.8", int64(1))
	f.Add("-250.194", int64(model.Unit))
	f.Fuzz(func(t *testing.T, s string, scale int64) {
		if scale != 1 && scale != model.Unit {
			return
		}
		c, err := model.ParseCut(s, scale)
		if err != nil {
			return
		}
		if c.Num < 0 || c.Den < 1 || c.Num >= c.Den {
			t.Fatalf("ParseCut(%q) = %+v: not a proper fraction", s, c)
		}
	})
}

// A share of money is rounded once.
func TestShare(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		m           model.Money
		part, whole int64
		want        model.Money
		exact       bool
	}{
		{100_0000, 666_670, 1_000_000, 66_6670, true}, // 33.333 % off 100.00
		{-100_0000, 666_670, 1_000_000, -66_6670, true},
		{5, 1, 2, 2, false},
		{7, 1, 2, 4, false}, // half to even
		{1, 1, 3, 0, false},
		{2, 1, 3, 1, false},
		{math.MaxInt64, 3, 3, math.MaxInt64, true},
	} {
		got, exact, err := test.m.Share(test.part, test.whole)
		if got != test.want || exact != test.exact || err != nil {
			t.Errorf("%d × %d ÷ %d = %d, exact %t, %v", test.m, test.part, test.whole, got, exact, err)
		}
	}
	if _, _, err := model.Money(math.MaxInt64).Share(3, 2); !errors.Is(err, model.ErrOverflow) {
		t.Error(err)
	}
}
