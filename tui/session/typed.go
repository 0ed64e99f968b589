package session

import (
	"strconv"
	"strings"
	"unicode"

	"strata/model"
	"strata/model/catalogue"
)

// TypedNumber reads a number as people type it and writes it plainly, with a
// point: "250,5" and "250.5" are 250.5, "1.250,5", "1,250.5" and "1 250,5" are
// 1250.5. A single mark is the decimal mark, with one exception: a comma before
// exactly three digits groups thousands, as it does on all screens, so that
// "1,250" is 1250 (and "0,250" is 0.250: no thousands begin with 0). The error
// says in one sentence why it is no number, or which marks contradict each other.
func TypedNumber(text string) (plain string, err error) {
	bare := bareNumber(text)
	digits, sign := strings.TrimLeft(bare, "+-"), ""
	if len(bare)-len(digits) > 1 || strings.Trim(digits, "0123456789.,") != "" || !strings.ContainsAny(digits, "0123456789") {
		return "", model.Errorf(model.Invalid, "{text:q} is not a number", "text", strings.TrimSpace(text))
	}
	if bare[0] == '-' {
		sign = "-"
	}
	mark, group := marksOf(digits)
	whole, fraction := digits, ""
	if mark != "" {
		at := strings.LastIndex(digits, mark)
		whole, fraction = digits[:at], digits[at+1:]
	}
	ungrouped := whole
	if group != "" {
		ungrouped = strings.ReplaceAll(whole, group, "")
	}
	if !grouped(whole, group) || strings.ContainsAny(ungrouped+fraction, ".,") {
		return "", model.Errorf(model.Invalid, "{text:q} can be read in more than one way", "text", strings.TrimSpace(text)).
			WithHint("type it without thousands separators, like 1250.5")
	}
	if ungrouped == "" {
		ungrouped = "0"
	}
	if fraction != "" {
		ungrouped += "." + fraction
	}
	return sign + ungrouped, nil
}

// bareNumber is a number without blanks, apostrophes and signs of money, in
// ordinary characters.
func bareNumber(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || unicode.Is(unicode.Sc, r) || r == '\'' || r == '’':
			return -1
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case r == '，':
			return ','
		case r == '．':
			return '.'
		case r == '−':
			return '-'
		}
		return r
	}, text)
}

// marksOf returns the decimal mark of a number and the mark between its
// thousands, "" where it has none.
func marksOf(digits string) (mark, group string) {
	commas, points := strings.Count(digits, ","), strings.Count(digits, ".")
	switch {
	case commas > 0 && points > 0 && strings.LastIndex(digits, ",") > strings.LastIndex(digits, "."):
		return ",", "."
	case commas > 0 && points > 0:
		return ".", ","
	case points > 1:
		return "", "."
	case commas > 1 || commas == 1 && digits[0] != '0' && grouped(digits, ","):
		return "", ","
	case commas == 1:
		return ",", ""
	case points == 1:
		return ".", ""
	}
	return "", ""
}

// grouped reports whether all groups but the first have three digits.
func grouped(whole, group string) bool {
	if group == "" || !strings.Contains(whole, group) {
		return true
	}
	groups := strings.Split(whole, group)
	for _, g := range groups[1:] {
		if len(g) != 3 {
			return false
		}
	}
	return len(groups[0]) >= 1 && len(groups[0]) <= 3
}

// TypedWhole reads a whole number as people type it. The error says in one
// sentence what is wrong.
func TypedWhole(text string) (int, error) {
	plain, err := TypedNumber(text)
	if err != nil {
		return 0, err
	}
	if whole, fraction, cut := strings.Cut(plain, "."); cut && strings.Trim(fraction, "0") == "" {
		plain = whole
	}
	n, err := strconv.Atoi(plain)
	if err != nil {
		return 0, model.Errorf(model.Invalid, "{text:q} is not a whole number", "text", strings.TrimSpace(text))
	}
	return n, nil
}

// typedMoney reads an amount as people type it.
func typedMoney(text string) (model.Money, error) {
	plain, err := TypedNumber(text)
	if err != nil {
		return 0, err
	}
	return model.ParseMoney(plain)
}

// Understood says, while a number is typed, what it is taken for, where that is
// not what stands there: "250.5" for "250,5". "" where there is nothing to say.
func Understood(text string) string {
	plain, err := TypedNumber(text)
	if err != nil || plain == strings.TrimSpace(text) {
		return ""
	}
	return plain
}

// typedCut reads what a person types at a cut of a measure. On recency it may be
// a day: the better side are those who ordered on it or later.
func typedCut(text string, axis model.Axis, scale int64, asOf model.Day) (model.Cut, error) {
	if axis == model.Recency {
		if day, ok := typedDay(text); ok {
			if day >= asOf {
				return model.Cut{}, model.Errorf(model.Invalid, "{day} is not before the as-of day {as_of}", "day", day, "as_of", asOf)
			}
			return model.WholeCut(int64(asOf - day)), nil
		}
	}
	if scale == 1 {
		n, err := TypedWhole(text)
		if err != nil {
			if axis == model.Recency {
				return model.Cut{}, model.Errorf(model.Invalid, "{text:q} is neither a whole number of days nor a day like {day}", "text", strings.TrimSpace(text), "day", asOf.AddMonths(-3).String())
			}
			return model.Cut{}, model.Errorf(model.Invalid, "{text:q} is not a whole number of orders", "text", strings.TrimSpace(text))
		}
		if axis != model.Recency {
			n-- // the better side begins at what was typed
		}
		return model.WholeCut(int64(n)), nil
	}
	plain, err := TypedNumber(text)
	if err != nil {
		return model.Cut{}, err
	}
	return model.ParseCut(plain, scale)
}

// typedDay reads a day, and reports false for what is none.
func typedDay(text string) (model.Day, bool) {
	text = strings.NewReplacer("/", "-", ".", "-").Replace(strings.TrimSpace(text))
	parts := strings.Split(text, "-")
	const year = 4
	if len(parts) != 3 || len(parts[0]) != year {
		return model.NoDay, false
	}
	for i := range parts[1:] {
		if len(parts[i+1]) == 1 {
			parts[i+1] = "0" + parts[i+1]
		}
	}
	day, err := model.ParseDay(strings.Join(parts, "-"))
	return day, err == nil
}

// Understood says, while somebody types where a cut should stand, what that is
// taken for: "ordered on 2011-09-01 or later: up to 100 days". "" while it makes
// no sense.
func (b *Bench) Understood(id CutID, text string) string {
	if id.Value {
		return Understood(text)
	}
	const longest = 1 << 20 // days that somebody can mean
	spec, a := b.scheme.Spec, id.Axis
	c, err := typedCut(text, a, spec.Scale(a), b.base.AsOf)
	switch {
	case err != nil || a == model.Recency && (c.Whole < 1 || c.Whole > longest):
		return ""
	case a == model.Recency:
		days, since := roundedWithUnit(c, a, spec, ""), (b.base.AsOf - model.Day(c.Whole)).String()
		if _, ok := typedDay(text); ok {
			return catalogue.T("ordered since {day}: {days}", "day", since, "days", days)
		}
		return catalogue.T("up to {days}: since {day}", "days", days, "day", since)
	case BeginsAt(a, spec):
		return catalogue.T("from {cut}", "cut", roundedWithUnit(c, a, spec, ""))
	}
	return catalogue.T("above {cut}", "cut", roundedWithUnit(c, a, spec, b.session.info.Currency))
}
