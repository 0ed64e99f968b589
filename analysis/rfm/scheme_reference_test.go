package rfm_test

import (
	"bufio"
	"encoding/json"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"strata/analysis/rfm"
	"strata/model"
)

// cdnow reads the transactions of CDNOW, whose columns stand under blanks; the
// customer is in the given column and the last three are day, number and
// value. Every row is an order.
func cdnow(t testing.TB, file string, customer, skip int) workspace {
	t.Helper()
	var rows []realRow
	lines := bufio.NewScanner(realData(t, "cdnow/"+file))
	for n := 0; lines.Scan(); n++ {
		f := strings.Fields(lines.Text())
		if n < skip || len(f) == 0 {
			continue
		}
		last := len(f) - 1
		rows = append(rows, realRow{
			customer: strings.TrimLeft(f[customer], "0"), order: strconv.Itoa(n),
			day: dayOf(t, "20060102", f[last-2]), amount: moneyOf(t, f[last]),
		})
	}
	return roll(rows)
}

func cdnowSample(t testing.TB) workspace { return cdnow(t, "CDNOW_sample.txt", 1, 0) }
func cdnowMaster(t testing.TB) workspace { return cdnow(t, "CDNOW_master.txt", 0, 1) }

// keyColumn is the keys of a workspace as the store has them.
func keyColumn(t testing.TB, keys []string) *model.Strings {
	t.Helper()
	var column model.Strings
	for _, k := range keys {
		if err := column.Append([]byte(k)); err != nil {
			t.Fatal(err)
		}
	}
	return &column
}

// referenceSets are the data sets whose scores and segments data/reference has
// under three methods.
var referenceSets = map[string]struct {
	load func(testing.TB) workspace
	spec func(testing.TB) model.Spec
}{
	"uci_clean": {uci, func(testing.TB) model.Spec {
		s := model.DefaultSpec()
		s.Returns, s.Zero = model.ReturnsIgnore, model.ZeroDrop
		return s
	}},
	"rfm_orders_pkg": {rfmOrders, func(t testing.TB) model.Spec {
		s := model.DefaultSpec()
		s.AsOf = day(t, "2006-12-31")
		return s
	}},
	"cdnow_sample": {cdnowSample, func(testing.TB) model.Spec { return model.DefaultSpec() }},
	"cdnow_master": {cdnowMaster, func(testing.TB) model.Spec { return model.DefaultSpec() }},
}

// referenceMethods are the methods of data/reference by their letter there.
var referenceMethods = map[string]model.Method{
	"A": model.MethodQuantile, "B": model.MethodNTile, "P": model.MethodRFMR,
}

// withMethod returns scheme with one method for all measures.
func withMethod(scheme model.Scheme, method model.Method) model.Scheme {
	for a := range scheme.Cuts {
		scheme.Cuts[a] = model.AxisCuts{Method: method}
	}
	return scheme
}

func mustResolve(t testing.TB, base *rfm.Base, scheme model.Scheme, keys *model.Strings) *rfm.Rule {
	t.Helper()
	rule, _, err := rfm.Resolve(base, scheme, keys)
	if err != nil {
		t.Fatal(err)
	}
	return rule
}

// onEverySet checks every reference set by itself.
func onEverySet(t *testing.T, check func(t *testing.T, set string, w workspace, base *rfm.Base)) {
	t.Helper()
	for set, c := range referenceSets {
		t.Run(set, func(t *testing.T) {
			t.Parallel()
			w := c.load(t)
			base, err := rfm.Measure(t.Context(), w.orders, nil, c.spec(t))
			if err != nil {
				t.Fatal(err)
			}
			check(t, set, w, base)
		})
	}
}

// TestScoresOfEveryMethod compares every score of every customer.
func TestScoresOfEveryMethod(t *testing.T) {
	t.Parallel()
	onEverySet(t, func(t *testing.T, set string, w workspace, base *rfm.Base) {
		keys := keyColumn(t, w.keys)
		for letter, method := range referenceMethods {
			rule := mustResolve(t, base, withMethod(model.Ten(), method), keys)
			want := referenceScores(t, set, letter)
			if len(want) != base.Len() {
				t.Errorf("%d customers, want %d", base.Len(), len(want))
			}
			for i := range base.Len() {
				key := w.keys[base.Customer[i]]
				if got := rfm.CellText(rule.ScoresOf(base, i)); got != want[key] {
					t.Fatalf("method %s, customer %s scores %s, want %s", letter, key, got, want[key])
				}
			}
		}
	})
}

// referenceScores reads the scores of every customer under a method.
func referenceScores(t testing.TB, set, letter string) map[string]string {
	t.Helper()
	all := records(t, realData(t, "reference/"+set+".customers.csv.gz"))
	scores := map[string]string{}
	for _, row := range all[1:] {
		for _, measure := range []string{"R_", "F_", "M_"} {
			scores[row[0]] += row[slices.Index(all[0], measure+letter)]
		}
	}
	return scores
}

// referenceGroup is a segment or tier of data/reference.
type referenceGroup struct {
	Customers int64 `json:"customers"`
	Orders    int64 `json:"orders"`
	Revenue   cents `json:"revenue"`
}

// cents are an amount as the reference prints it, rounded to two decimals.
type cents int64

func (c *cents) UnmarshalJSON(text []byte) error {
	f, err := strconv.ParseFloat(string(text), 64)
	*c = cents(math.Round(f * 100))
	return err
}

// referenceSummary is the part of a reference file that concerns schemes.
type referenceSummary struct {
	Segments map[string]map[string]map[string]referenceGroup `json:"segments"` // by method, map and segment
	Tiers    map[string]json.RawMessage                      `json:"tiers"`
}

func referenceSummaryOf(t testing.TB, set string) referenceSummary {
	t.Helper()
	var s referenceSummary
	if err := json.NewDecoder(realData(t, "reference/"+set+".json")).Decode(&s); err != nil {
		t.Fatal(err)
	}
	return s
}

// TestSegmentsOfPublishedMaps compares customers, orders and revenue of every
// segment of three maps under three methods.
func TestSegmentsOfPublishedMaps(t *testing.T) {
	t.Parallel()
	rfmR, _ := rfm.Preset("rfm-r")
	grid, _ := rfm.Preset("grid")
	schemes := map[string]model.Scheme{"doc10": rfmR, "test10": oldPackage(t), "rf10": grid}
	renamed := map[string]string{ // the grid as data/reference prints it
		"Loyal Customers": "Loyal", "Potential Loyalists": "Potential Loyalist", "New Customers": "New", "Can't Lose Them": "Can't Lose",
	}
	onEverySet(t, func(t *testing.T, set string, w workspace, base *rfm.Base) {
		keys := keyColumn(t, w.keys)
		for letter, byMap := range referenceSummaryOf(t, set).Segments {
			for name, scheme := range schemes {
				want := byMap[name]
				if name == "rf10" {
					want = map[string]referenceGroup{}
					for label, group := range byMap[name] {
						if short, ok := renamed[label]; ok {
							label = short
						}
						want[label] = group
					}
				}
				rule := mustResolve(t, base, withMethod(scheme, referenceMethods[letter]), keys)
				if got := groupsBySegment(rule, rfm.Tally(base, rule, nil)); !maps.Equal(got, want) {
					t.Errorf("method %s, map %s: %v, want %v", letter, name, got, want)
				}
			}
		}
	})
}

// TestTiersOfValueScores compares the tiers of R+F+M under three methods.
func TestTiersOfValueScores(t *testing.T) {
	t.Parallel()
	onEverySet(t, func(t *testing.T, set string, w workspace, base *rfm.Base) {
		keys := keyColumn(t, w.keys)
		summary := referenceSummaryOf(t, set)
		for letter, method := range referenceMethods {
			var want map[string]referenceGroup
			if err := json.Unmarshal(summary.Tiers["score3_"+letter], &want); err != nil {
				t.Fatal(err)
			}
			rule := mustResolve(t, base, withMethod(model.Ten(), method), keys)
			tiers := rfm.Tally(base, rule, nil).Tiers(rule)
			for i, name := range []string{"High", "Mid", "Low"} {
				got := referenceGroup{Customers: tiers[i].Customers, Revenue: cents(tiers[i].Revenue.Ratio(100))}
				if got != want[name] {
					t.Errorf("method %s, %s: %v, want %v", letter, name, got, want[name])
				}
			}
		}
	})
}

// groupsBySegment tells the segments that have customers by their labels.
func groupsBySegment(rule *rfm.Rule, figures *rfm.Figures) map[string]referenceGroup {
	groups := map[string]referenceGroup{}
	for i, sum := range figures.Segments(rule) {
		if sum.Customers > 0 {
			groups[rule.Segments[i].Label] = referenceGroup{sum.Customers, sum.Orders, cents(sum.Revenue.Ratio(100))}
		}
	}
	return groups
}

// TestTablesOfTheRPackage holds the scheme rfm-r to what the R package prints.
func TestTablesOfTheRPackage(t *testing.T) {
	t.Parallel()
	base, err := rfm.Measure(t.Context(), rfmOrders(t).orders, nil, referenceSets["rfm_orders_pkg"].spec(t))
	if err != nil {
		t.Fatal(err)
	}
	scheme, _ := rfm.Preset("rfm-r")
	scheme.Spec = base.Spec
	rule := mustResolve(t, base, scheme, nil)
	figures := rfm.Tally(base, rule, nil)
	for a, want := range map[model.Axis]struct {
		cuts   string
		scores []int64
	}{
		model.Recency:   {"115 181 297.4 482", []int64{197, 200, 199, 199, 200}},
		model.Frequency: {"4 5 6 8", []int64{268, 187, 176, 244, 120}},
		model.Monetary:  {"255.8 382 506.4 666", []int64{200, 200, 198, 202, 195}},
	} {
		var cuts []string
		for _, c := range rule.Published[a] {
			cuts = append(cuts, c.Text(base.Spec.Scale(a)))
		}
		if got := strings.Join(cuts, " "); got != want.cuts {
			t.Errorf("%s cuts %s, want %s", a, got, want.cuts)
		}
		if got := figures.Scores(rule, a); !slices.Equal(got, want.scores) {
			t.Errorf("%s scores %v, want %v", a, got, want.scores)
		}
	}
	printed := map[string]string{
		"About To Sleep": "102 283 23449.00 82.8587", "At Risk": "28 216 22227.00 102.9028",
		"Can't Lose Them": "47 274 32446.00 118.4161", "Champions": "35 316 31646.00 100.1456",
		"Lost": "148 393 35324.00 89.8830", "Loyal Customers": "170 799 76562.00 95.8223",
		"Need Attention": "10 57 4562.00 80.0351", "New Customers": "104 329 28837.00 87.6505",
		"Potential Loyalist": "342 2211 204856.00 92.6531", "Promising": "9 28 4249.00 151.75",
		"Others": "0 0 0.00",
	}
	for i, sum := range figures.Segments(rule) {
		got := strings.Join([]string{
			strconv.FormatInt(sum.Customers, 10), strconv.FormatInt(sum.Orders, 10), sum.Revenue.String(),
		}, " ")
		if sum.Orders > 0 {
			got += " " + sum.Revenue.Ratio(sum.Orders).String()
		}
		if label := rule.Segments[i].Label; strings.TrimRight(got, "0") != strings.TrimRight(printed[label], "0") {
			t.Errorf("%s: %s, want %s", label, got, printed[label])
		}
	}
}

// TestEightClasses holds the scheme eight to the classes counted from the data.
func TestEightClasses(t *testing.T) {
	t.Parallel()
	type class struct {
		customers int64
		revenue   string
	}
	for name, c := range map[string]struct {
		load      func(testing.TB) workspace
		asOf      string
		frequency model.FrequencyMeasure
		means     string
		repeaters int64
		classes   map[string]class
	}{
		"R rfm orders": {
			rfmOrders, "2006-12-31", model.FrequencyOrders, "286.738693 4.930653 466.490452", 953,
			map[string]class{
				"important-value": {274, "195397.00"}, "general-value": {102, "38815.00"},
				"important-develop": {20, "11249.00"}, "general-develop": {185, "51395.00"},
				"important-keep": {125, "83181.00"}, "general-keep": {39, "14854.00"},
				"important-win-back": {28, "14949.00"}, "general-win-back": {222, "54318.00"},
			},
		},
		"CDNOW by days": {
			cdnowSample, "1998-07-01", model.FrequencyDays, "372.563852 2.840899 103.560433", 1139,
			map[string]class{
				"important-value": {464, "149265.28"}, "general-value": {188, "13094.37"},
				"important-develop": {30, "4975.63"}, "general-develop": {161, "8267.08"},
				"important-keep": {37, "14349.18"}, "general-keep": {47, "3185.44"},
				"important-win-back": {62, "10258.03"}, "general-win-back": {1368, "40696.93"},
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			scheme, _ := rfm.Preset("eight")
			scheme.Spec.AsOf, scheme.Spec.Frequency = day(t, c.asOf), c.frequency
			base, err := rfm.Measure(t.Context(), c.load(t).orders, nil, scheme.Spec)
			if err != nil {
				t.Fatal(err)
			}
			rule := mustResolve(t, base, scheme, nil)
			if repeaters := rfm.Tally(base, rule, nil).Total().Repeaters; repeaters != c.repeaters {
				t.Errorf("%d repeaters, want %d", repeaters, c.repeaters)
			}
			var means []string
			for a, cuts := range rule.Published {
				means = append(means, cuts[0].Text(scheme.Spec.Scale(model.Axis(a))))
			}
			if got := strings.Join(means, " "); got != c.means {
				t.Errorf("means %s, want %s", got, c.means)
			}
			classes := map[string]class{}
			for i, sum := range rfm.Tally(base, rule, nil).Segments(rule) {
				classes[rule.Segments[i].Slug] = class{sum.Customers, sum.Revenue.String()}
			}
			if !maps.Equal(classes, c.classes) {
				t.Errorf("classes %v, want %v", classes, c.classes)
			}
		})
	}
}

// TestEightClassesOfEverySet compares the classes with those of data/reference.
func TestEightClassesOfEverySet(t *testing.T) {
	t.Parallel()
	onEverySet(t, func(t *testing.T, set string, _ workspace, base *rfm.Base) {
		var want map[string]int64
		if err := json.Unmarshal(referenceSummaryOf(t, set).Tiers["mean8_RFM"], &want); err != nil {
			t.Fatal(err)
		}
		scheme, _ := rfm.Preset("eight")
		rule := mustResolve(t, base, scheme, nil)
		for cell, sum := range rfm.Tally(base, rule, nil).Cells {
			letters := strings.NewReplacer("1", "L", "2", "H").Replace(rfm.CellText(rule.Scores(cell)))
			label := rule.Segments[rule.Segment(cell)].Label
			found := false
			for name, customers := range want {
				if strings.HasPrefix(name, letters) {
					found = true
					if _, chinese, _ := strings.Cut(name, " "); !strings.Contains(label+"客户", chinese) || sum.Customers != customers {
						t.Errorf("%s: %d customers in %s, want %d in %s", letters, sum.Customers, label, customers, chinese)
					}
				}
			}
			if !found {
				t.Errorf("%s: not in the reference", letters)
			}
		}
	})
}

// TestSplittingTiesChangesScores counts how many customers of the R package's
// orders score differently because groups of equal size split equal values.
func TestSplittingTiesChangesScores(t *testing.T) {
	t.Parallel()
	w := rfmOrders(t)
	base, err := rfm.Measure(t.Context(), w.orders, nil, referenceSets["rfm_orders_pkg"].spec(t))
	if err != nil {
		t.Fatal(err)
	}
	keys := keyColumn(t, w.keys)
	quantile := mustResolve(t, base, model.Ten(), keys)
	rule, warnings, err := rfm.Resolve(base, withMethod(model.Ten(), model.MethodNTile), keys)
	if err != nil {
		t.Fatal(err)
	}
	if got := rfm.Differ(base, quantile, rule); got != 243 {
		t.Errorf("%d customers score differently, want 243", got)
	}
	onFrequency := model.Ten()
	onFrequency.Cuts[model.Frequency].Method = model.MethodNTile
	if got := rfm.Differ(base, quantile, mustResolve(t, base, onFrequency, keys)); got != 239 {
		t.Errorf("%d customers score differently on frequency, want 239", got)
	}
	says := func(w model.Warning) bool {
		return w.Code == "split-ties" && strings.HasPrefix(w.Message, "frequency: customers with equal values score differently at 3, 4, 5, 7;")
	}
	if !slices.ContainsFunc(warnings, says) {
		t.Errorf("no warning of the split values 3, 4, 5 and 7: %v", warnings)
	}
}

// TestCDNOWWarnsOfItsFrequency: half of the customers have ordered once, so
// two quintiles of frequency are one and the same.
func TestCDNOWWarnsOfItsFrequency(t *testing.T) {
	t.Parallel()
	base, err := rfm.Measure(t.Context(), cdnowSample(t).orders, nil, model.DefaultSpec())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		method model.Method
		cuts   string
		says   string
	}{
		{model.MethodQuantile, "1 1 2 4", "frequency: two cuts are both 1, so no customer scores 2"},
		{model.MethodRFMR, "2 2 3 5", "frequency: two cuts are both 2, so no customer scores 2"},
	} {
		rule, warnings, err := rfm.Resolve(base, withMethod(model.Ten(), c.method), nil)
		if err != nil {
			t.Fatal(err)
		}
		var cuts []string
		for _, cut := range rule.Published[model.Frequency] {
			cuts = append(cuts, cut.String())
		}
		if got := strings.Join(cuts, " "); got != c.cuts {
			t.Errorf("%s: cuts %s, want %s", c.method, got, c.cuts)
		}
		if !slices.Contains(warnings, model.Warning{Code: "equal-cuts", Message: c.says}) {
			t.Errorf("%s: no warning of equal cuts in %v", c.method, warnings)
		}
	}
}
