package goal_test

import (
	"math"
	"strings"
	"testing"

	"strata/analysis/goal"
	"strata/analysis/rfm"
	"strata/model"
)

func TestParse(t *testing.T) {
	t.Parallel()
	total := rfm.Flow{Customers: 4_338, Revenue: 8_911_407_9040}
	const most, least = math.MaxInt64, math.MinInt64
	for text, want := range map[string]goal.Target{
		"high=15%":                {Low: 651, High: 651}, // 650.7
		" HIGH : customers = 15%": {Low: 651, High: 651},
		"mid=35%":                 {Low: 1_518, High: 1_518}, // 1,518.3
		"low=0.01%":               {},                        // 0.4338
		"low=0.02%":               {Low: 1, High: 1},         // 0.8676
		"low=25%":                 {Low: 1_084, High: 1_085}, // 1,084.5: both are as near
		"mid=50%":                 {Low: 2_169, High: 2_169},
		"high>=0.01%":             {Low: 1, High: most}, // 0.4338
		"low<=33.3333%":           {Low: least, High: 1_445},
		"high≤500":                {Low: least, High: 500},
		"high=0":                  {},
		"high:heads<=4@125":       {Low: least, High: 500},
		"high:advisers<=4@125":    {Low: least, High: 500},
		"high:heads=4@125":        {Low: 376, High: 500}, // who take 4 whole advisers
		"high:heads=0@125":        {},
		"high:heads>=5@100":       {Low: 401, High: most},
		"high:heads>=0.5@125":     {Low: 1, High: most}, // one, then
		"high:heads>=0@125":       {Low: 0, High: most},
		"high:heads<=2.9@125":     {Low: least, High: 250},
		"high:heads=1.5@10":       {Low: 1, High: 20}, // one or two
		"high:heads=2.2@10":       {Low: 11, High: 20},
		"high:heads=0.9@10":       {Low: 1, High: 10},
		"high:hours=1@7":          {Low: 9, High: 9}, // 8.57
		"high:heads<=3@1.5":       {Low: least, High: 4},
		"high:hours<=160@30":      {Low: least, High: 320},
		"high:hours<=1@7":         {Low: least, High: 8},
		"high:budget<=50000@20":   {Low: least, High: 2_500},
		"high:budget<=1@0.3":      {Low: least, High: 3},
		"high:revenue>=60%":       {Low: 53_468_447_424, High: most, Money: true},
		"high:revenue=60.00":      {Low: 600_000, High: 600_000, Money: true},
		"high:revenue=101":        {Low: 1_010_000, High: 1_010_000, Money: true},
		"low:revenue<=0":          {Low: math.MinInt64, High: 0, Money: true},
		"high:revenue=1000.5":     {Low: 10_005_000, High: 10_005_000, Money: true},
		"mid:revenue<=0.01%":      {Low: least, High: 8_911_407, Money: true}, // 8,911,407.904
	} {
		g, err := goal.Parse(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if got := g.Terms[0].Target(total); got != want {
			t.Errorf("%q is %+v, want %+v", text, got, want)
		}
	}
	g, err := goal.Parse("high = 15 % , mid:revenue >= 20%,low<=50%")
	if err != nil || len(g.Terms) != 3 {
		t.Fatalf("%+v, %v", g, err)
	}
	if g.Terms[1].Text != "mid:revenue >= 20%" || g.Terms[1].Tier != model.TierMid || g.Terms[1].Op != goal.AtLeast {
		t.Errorf("the second term is %+v", g.Terms[1])
	}
}

func TestParseSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                                    "the goal is empty",
		"  ":                                  "the goal is empty",
		"hgih=15%":                            `character 1: expected high, mid or low, not "hgih=15%"`,
		"none=15%":                            `character 1: expected high, mid or low`,
		"high:revenue=60":                     `character 14: expected 60% for a share or 60.00 for an amount, not "60"`,
		"high:revenue>=100, mid=5%":           `character 15: expected 100% for a share or 100.00 for an amount, not "100"`,
		"high=15,5%":                          `character 8: a comma ends a term, but 15,5 contains one; write 15.5, with a decimal point`,
		"high:revenue>=1,250,000":             `character 16: a comma ends a term, but 1,250 contains one; write 1250, with a decimal point and no thousands separators`,
		"high=15%, ":                          `character 10: expected high, mid or low, not the end`,
		"high=15% mid=35%":                    `character 10: expected a comma or the end, not "mid=35%"`,
		"high:people=5":                       `character 6: expected customers, revenue, advisers (or heads), hours or budget, not "people=5"`,
		"high<15%":                            `character 5: expected <= (meeting the limit exactly is enough), not "<15%"`,
		"high > 5":                            `character 6: expected >= (meeting the limit exactly is enough), not ">"`,
		"high 15%":                            `character 6: expected =, <= or >=, not "15%"`,
		"high==15%":                           `character 6: expected a number, not "=15%"`,
		"high=-3":                             `character 6: expected a number, not "-3"`,
		"high=,":                              `character 6: expected a number, not ","`,
		"high=1.23456%":                       `character 6: expected a number with at most four decimals`,
		"high=1.5":                            `character 6: expected a whole number of customers, or a share with %`,
		"high=115%":                           `character 6: expected a share of at most 100%`,
		"high=9999999999999":                  `character 6: expected a smaller number`,
		"high:heads<=4":                       `character 14: expected @ and the customers for one adviser, not the end`,
		"high:heads<=4%":                      `character 14: expected @ and the customers for one adviser, not "%"`,
		"high:hours<=4@0":                     `character 15: expected more than 0 as the minutes for one customer`,
		"high=60%,mid=50%":                    "110% of the customers in all",
		"high:revenue>=70%,low:revenue=30.5%": "100.5% of the revenue in all",
		"high=15%,high=16%":                   `asks for both "high=15%" and "high=16%"`,
		"high>=500, high<=400":                `asks for both "high>=500" and "high<=400"`,
		"high:heads>=5@100,high=400":          `asks for both "high:heads>=5@100" and "high=400"`,
		"high:heads=5@100,high>=501":          `asks for both "high:heads=5@100" and "high>=501"`,
		"high:heads<=5@0.5":                   `character 15: expected 1 or more as the customers for one adviser`,
		"high=15%\x1b[31m":                    `character 9: expected a comma or the end`,
		"héch=1":                              `character 1: expected high, mid or low`,
		"mid=1,héch=1":                        `character 7: expected high, mid or low`,
	} {
		_, err := goal.Parse(text)
		if err == nil || !strings.Contains(err.Error(), want) || model.CodeOf(err) != model.Usage {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
		if err != nil && strings.ContainsRune(err.Error(), '\x1b') {
			t.Errorf("%q: the error carries a control character: %q", text, err)
		}
	}
	for _, text := range []string{"high>=10%,high<=20%", "high=15%,high:revenue>=60%", "high>=60%,high>=50%", "high=100%", "high:heads>=5@100,high=401"} {
		if _, err := goal.Parse(text); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// Whatever is typed is a goal or an error, and a goal's terms, written again,
// are the same goal.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"high=15%, mid=35%", "high:revenue>=60%", "low:hours<=1@2,", "high≤5", "mid:budget>=0.1@3", "high=\xff%", "%", "high:heads=1e9@1"} {
		f.Add(seed)
	}
	total := rfm.Flow{Customers: 1_000, Revenue: 123_456_789}
	f.Fuzz(func(t *testing.T, text string) {
		g, err := goal.Parse(text)
		if err != nil {
			if model.CodeOf(err) != model.Usage {
				t.Fatalf("%q: %v", text, err)
			}
			return
		}
		var terms []string
		for _, term := range g.Terms {
			terms = append(terms, term.Text)
			if target := term.Target(total); target.Low > target.High {
				t.Fatalf("%q: %q is %+v", text, term.Text, target)
			}
		}
		again, err := goal.Parse(strings.Join(terms, ","))
		if err != nil || len(again.Terms) != len(g.Terms) {
			t.Fatalf("%q again: %v", text, err)
		}
		for i, term := range again.Terms {
			if term != g.Terms[i] {
				t.Fatalf("%q: %+v is %+v when read again", text, g.Terms[i], term)
			}
		}
	})
}
