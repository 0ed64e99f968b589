package model

import (
	"errors"
	"math"
	"math/bits"
	"strconv"
	"strings"

	"strata/model/catalogue"
)

// Money is an amount in ten-thousandths of the workspace's currency unit:
// real files carry unit prices like 0.001 and values like 957.5775.
type Money int64

// Unit is one unit of currency: Money(3 * Unit) is 3.00.
const Unit = 10_000

// moneyDigits is the number of decimal digits a Money keeps.
const moneyDigits = 4

// ErrOverflow reports an amount or a sum outside the range of Money, about
// ±922 trillion units of currency.
var ErrOverflow = errors.New(catalogue.T("amount is too large to be counted exactly"))

// String writes m as a plain decimal with a point, trailing zeros cut but at
// least two decimals: 957.5775, 17.10, -3.00.
func (m Money) String() string {
	u := uint64(m)
	sign := ""
	if m < 0 {
		u, sign = -u, "-"
	}
	frac := strconv.FormatUint(u%Unit+Unit, 10)[1:]
	for len(frac) > 2 && frac[len(frac)-1] == '0' {
		frac = frac[:len(frac)-1]
	}
	return sign + strconv.FormatUint(u/Unit, 10) + "." + frac
}

// ParseMoney reads a plain decimal with a point, as String writes it:
// optional sign, digits, at most four decimals that count. Amounts in client
// files are read by the importer, which knows their many forms; tests hold it
// to this one.
func ParseMoney(s string) (Money, error) {
	t := strings.TrimSpace(s)
	negative := strings.HasPrefix(t, "-")
	t = strings.TrimPrefix(strings.TrimPrefix(t, "-"), "+")
	whole, frac, _ := strings.Cut(t, ".")
	if whole == "" && frac == "" {
		return 0, errNotDecimal(s)
	}
	frac = strings.TrimRight(frac, "0")
	if len(frac) > moneyDigits {
		return 0, Errorf(Invalid, "{text:q} has more than {money_digits} decimals", "text", s, "money_digits", moneyDigits)
	}
	digits := whole + frac + strings.Repeat("0", moneyDigits-len(frac))
	for _, c := range digits {
		if c < '0' || c > '9' {
			return 0, errNotDecimal(s)
		}
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return 0, ErrOverflow
	}
	if negative {
		n = -n
	}
	return Money(n), nil
}

func errNotDecimal(s string) error {
	return Errorf(Invalid, "{text:q} is not a number", "text", s).WithHint("write it like 250 or 250.194")
}

// Times returns quantity × price rounded once, half to even, to
// ten-thousandths. Both are in ten-thousandths of their unit (quantity 2.5 is
// 25,000). exact reports whether no rounding was needed. The error is
// [ErrOverflow].
func (m Money) Times(quantity int64) (product Money, exact bool, err error) {
	return m.Share(quantity, Unit)
}

// Share returns m × part ÷ whole rounded once, half to even, to ten-thousandths;
// whole is above 0. exact reports whether no rounding was needed. The error is
// [ErrOverflow].
func (m Money) Share(part, whole int64) (share Money, exact bool, err error) {
	negative := (m < 0) != (part < 0)
	hi, lo := bits.Mul64(magnitude(int64(m)), magnitude(part))
	if hi >= uint64(whole) {
		return 0, false, ErrOverflow
	}
	q, rest := bits.Div64(hi, lo, uint64(whole))
	if left := uint64(whole) - rest; rest > left || rest == left && q&1 == 1 {
		q++
	}
	if q > math.MaxInt64 {
		return 0, false, ErrOverflow
	}
	share = Money(q)
	if negative {
		share = -share
	}
	return share, rest == 0, nil
}

// Add returns m + n, or ErrOverflow.
func (m Money) Add(n Money) (Money, error) {
	s := m + n
	if (s > m) != (n > 0) && n != 0 {
		return 0, ErrOverflow
	}
	return s, nil
}

// Ratio returns numerator ÷ n rounded half to even; n must not be 0. It serves
// means of money: order value, value per customer.
func (m Money) Ratio(n int64) Money {
	negative := (m < 0) != (n < 0)
	a, b := magnitude(int64(m)), magnitude(n)
	q, rest := a/b, a%b
	if rest > b-rest || rest == b-rest && q&1 == 1 {
		q++
	}
	if negative {
		return -Money(q)
	}
	return Money(q)
}

func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}
