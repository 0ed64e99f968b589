package schemefile_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"strata/model"
	"strata/model/schemefile"
)

// Keys stand as in the file, whatever YAML would make of them.
var oddTexts = []string{
	"12346", "00123", "0x1F", "1e5", "1_000", "true", "null", "~", "", " leading", "trailing ", "a: b", "a #b", "- x", "*", "&a", "!t",
	"客户", `say "hi"`, "it's", "line\nbreak", "\ttab", "{a}", "[a]", "%", "@x", "`", "2012-06-30", "=1+1", "a\\b", "é\u200b", "\x01", "\u2028", "...", "---", "|", ">",
	"1:30", ".5", "+1", "0o7", "<<", "? a", "a\r\nb", "\n", "\r",
}

func TestFairRulesComeBack(t *testing.T) {
	t.Parallel()
	text := rapid.OneOf(rapid.SampledFrom(oddTexts), rapid.String())
	rapid.Check(t, func(t *rapid.T) {
		s := model.Ten()
		s.Fair = model.Fairness{
			Off: rapid.Bool().Draw(t, "off"), Grace: rapid.IntRange(0, 60).Draw(t, "grace"),
			Stay: rapid.IntRange(0, 60).Draw(t, "stay"), Band: rapid.IntRange(0, 9).Draw(t, "band"),
			History: rapid.SampledFrom([]int{0, 3, 12, 120}).Draw(t, "history"),
		}
		seen := map[string]bool{"": true}
		for range rapid.IntRange(0, 3).Draw(t, "overrides") {
			o := model.Override{
				Customer: text.Draw(t, "customer"), Reason: text.Draw(t, "reason"), Author: text.Draw(t, "author"),
				Tier:  rapid.SampledFrom([]model.Tier{model.TierHigh, model.TierMid, model.TierLow}).Draw(t, "tier"),
				Until: rapid.SampledFrom([]model.Day{model.NoDay, 0, 15521}).Draw(t, "until"),
			}
			if !seen[o.Customer] {
				s.Fair.Overrides = append(s.Fair.Overrides, o)
			}
			seen[o.Customer] = true
		}
		written := schemefile.Encode(s)
		got, err := schemefile.Decode([]byte(written))
		if err != nil {
			t.Fatalf("%v\n%s", err, written)
		}
		if !got.Fair.Equal(s.Fair) {
			t.Fatalf("%+v, want %+v\n%s", got.Fair, s.Fair, written)
		}
		if s.Fair.Empty() == strings.Contains(written, "fair:") {
			t.Fatalf("fair rules %+v are written as\n%s", s.Fair, written)
		}
	})
}

func TestFairRulesSayWhereTheyAreWrong(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, want string }{
		{"no mapping", "fair: yes\n", "line 1, column 7: fair is not a mapping"},
		{"unknown key", "fair:\n  mercy: 2\n", `line 2, column 3: unknown key "mercy"; use one of off, grace, stay, band, history, overrides`},
		{"off by a number", "fair:\n  off: 1\n", `line 2, column 8: off: "1" is unknown; use one of true, false`},
		{"grace in words", "fair:\n  grace: two\n", `line 2, column 10: grace: "two" is not a whole number`},
		{"grace below nothing", "fair:\n  grace: -1\n", "line 2, column 10: grace: -1 is out of range; use 0 to 60"},
		{"a stay for ever", "fair: {stay: 61}\n", "line 1, column 14: stay: 61 is out of range; use 0 to 60"},
		{"no customer", "fair:\n  overrides:\n    - {tier: high}\n", "line 3, column 7: overrides: an override without a customer"},
		{"no tier", "fair:\n  overrides:\n    - customer: x\n", `line 3, column 7: overrides: customer "x" has no tier`},
		{"no such tier", "fair:\n  overrides:\n    - {customer: x, tier: none}\n", `line 3, column 27: tier: "none" is unknown; use one of high, mid, low`},
		{"no such day", "fair:\n  overrides:\n    - {customer: x, tier: low, until: soon}\n", `line 3, column 39: until: "soon" is not a day`},
		{"two of a customer", "fair:\n  overrides:\n    - {customer: x, tier: low}\n    - {customer: x, tier: mid}\n", `line 4, column 7: overrides: there are two for customer "x"`},
	} {
		_, err := schemefile.Decode([]byte(c.text))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want it to contain %q", c.name, err, c.want)
		}
	}
}
