package session_test

import (
	"strings"
	"testing"

	"strata/model"
	"strata/tui/session"
)

// Every part of a scheme that can be said differently is told, in its place,
// and nothing else.
func TestDifferences(t *testing.T) {
	t.Parallel()
	ten := model.Ten()
	if got := session.Differences(ten, ten.Clone(), "GBP"); got != nil {
		t.Errorf("a scheme differs from itself: %+v", got)
	}
	named := ten.Clone()
	named.Name = "other"
	if got := session.Differences(ten, named, "GBP"); got != nil {
		t.Errorf("the name alone: %+v", got)
	}
	spelled, err := session.SpellOut(ten)
	if err != nil {
		t.Fatal(err)
	}
	for want, change := range map[string]func(*model.Scheme){
		"as_of: the day after the last order → 2011-12-10": func(s *model.Scheme) { s.Spec.AsOf, _ = model.ParseDay("2011-12-10") },
		"window: all → 12m":                                func(s *model.Scheme) { s.Spec.Window.Months = 12 },
		"where: none → City=Bern": func(s *model.Scheme) {
			bern, _ := model.ParseCondition("City=Bern")
			s.Spec.Where = []model.Condition{bern}
		},
		"returns: net → ignore":      func(s *model.Scheme) { s.Spec.Returns = model.ReturnsIgnore },
		"zero: keep → drop":          func(s *model.Scheme) { s.Spec.Zero = model.ZeroDrop },
		"frequency: orders → months": func(s *model.Scheme) { s.Spec.Frequency = model.FrequencyMonths },
		"monetary: sum → mean":       func(s *model.Scheme) { s.Spec.Monetary = model.MonetaryMean },
		"levels.frequency: 5 → 3":    func(s *model.Scheme) { s.Levels[model.Frequency] = 3 },
		"cuts.recency: quantile, from the data → 14 / 33 days": func(s *model.Scheme) {
			s.Cuts[model.Recency] = model.AxisCuts{Method: model.MethodFixed, At: []model.Cut{model.WholeCut(14), model.WholeCut(33)}}
		},
		"cuts.monetary: quantile, from the data → 250.5 GBP, quantile frozen": func(s *model.Scheme) {
			s.Cuts[model.Monetary].At = []model.Cut{model.WholeCut(2_505_000)}
		},
		"value.weights: 1 : 1 : 1 → 2 : 1 : 1":                                  func(s *model.Scheme) { s.Value.Weights[0] = 2 },
		"value.cuts: MID from 8, HIGH from 12 → MID from 7, HIGH from 12":       func(s *model.Scheme) { s.Value.Cuts[0] = 7 },
		"value.cuts: MID from 8, HIGH from 12 → HIGH 15%, MID 35% of the custo": func(s *model.Scheme) { s.Value.Shares = [2]int{15, 35} },
		"map: ten → grid": func(s *model.Scheme) { s.Map = "grid" },
		"map: ten → its own | segment.champions: none → Champions, high: ": func(s *model.Scheme) {
			s.Map, s.Regions = "", spelled.Regions[:1]
		},
		"fair: none → 00123 in HIGH until 2027-01-31; grace 2, stay 0, band 1, looking back 12 months": func(s *model.Scheme) {
			until, _ := model.ParseDay("2027-01-31")
			s.Fair = model.Fairness{Overrides: []model.Override{{Customer: "00123", Tier: model.TierHigh, Until: until}}, Grace: 2, Band: 1}
		},
		"data: not recorded → 7f3a7f3a…": func(s *model.Scheme) { s.Data = "7f3a7f3a7f3a" },
	} {
		other := ten.Clone()
		change(&other)
		var told []string
		for _, d := range session.Differences(ten, other, "GBP") {
			if d.Label == "" {
				t.Errorf("%s has no label", d.What)
			}
			told = append(told, d.What+": "+d.Before+" → "+d.After)
		}
		if got := strings.Join(told, " | "); !strings.HasPrefix(got, want) || strings.Count(got, "|") != strings.Count(want, "|") {
			t.Errorf("told %q, want %q", got, want)
		}
	}
}

// What two maps of one's own and two sets of rules can differ in besides is told,
// too: schemes that are not the same never differ in nothing.
// By how many months orders per month are divided is told where it says
// something: of two schemes that measure them.
func TestDifferencesOfLeastMonths(t *testing.T) {
	t.Parallel()
	a, b := model.Ten(), model.Ten()
	b.Spec.LeastMonths = 6
	if got := session.Differences(a, b, ""); got != nil {
		t.Errorf("months of a measure that is not in force: %+v", got)
	}
	a.Spec.Frequency, b.Spec.Frequency = model.FrequencyPerMonth, model.FrequencyPerMonth
	got := session.Differences(a, b, "")
	if len(got) != 1 || got[0].What != "least_months" || got[0].Was != "3" || got[0].Now != "6" {
		t.Errorf("%+v", got)
	}
	b.Spec.LeastMonths = model.DefaultLeastMonths
	if !a.Equal(b) {
		t.Error("the default, given, is another scheme")
	}
}

func TestDifferencesOfSmallThings(t *testing.T) {
	t.Parallel()
	own, err := session.SpellOut(model.Ten())
	if err != nil {
		t.Fatal(err)
	}
	own.Regions = own.Regions[:2]
	own.Fair.Overrides = []model.Override{{Customer: "00123", Tier: model.TierHigh, Until: model.NoDay}}
	for want, change := range map[string]func(*model.Scheme){
		"segments.order: champions, loyal → loyal, champions": func(s *model.Scheme) {
			s.Regions[0], s.Regions[1] = s.Regions[1], s.Regions[0]
		},
		"segment.loyal: Loyal, high, colour 3:":  func(s *model.Scheme) { s.Regions[1].Color = 3 },
		"fair: 00123 in HIGH (key account, Ada)": func(s *model.Scheme) { s.Fair.Overrides[0].Reason, s.Fair.Overrides[0].Author = "key account", "Ada" },
		"fair: 00123 in HIGH (Ada)":              func(s *model.Scheme) { s.Fair.Overrides[0].Author = "Ada" },
	} {
		other := own.Clone()
		change(&other)
		got := session.Differences(own, other, "")
		if len(got) != 1 {
			t.Errorf("%s: told %+v", want, got)
			continue
		}
		what, text, _ := strings.Cut(want, ": ")
		if told := got[0].Before + " → " + got[0].After; got[0].What != what || !strings.Contains(told, text) {
			t.Errorf("told %s: %s, want %s", got[0].What, told, want)
		}
	}
}

func rfmR(s model.Scheme) model.Scheme {
	s.Cuts[model.Frequency].Method = model.MethodRFMR
	return s
}

// Cuts are told to people rounded, unless that would hide what differs, and in the
// notation of all lists of cuts; exactly they are told besides.
func TestDifferencesForPeople(t *testing.T) {
	t.Parallel()
	with := func(axis model.Axis, cuts ...model.Cut) model.Scheme {
		s := model.Ten()
		s.Cuts[axis] = model.AxisCuts{Method: model.MethodFixed, At: cuts}
		return s
	}
	for _, c := range []struct {
		a, b          model.Scheme
		before, after string
		was, now      string
	}{
		{
			with(model.Monetary, model.WholeCut(20_148_660)), with(model.Monetary, model.WholeCut(19_600_000)),
			"2014.866 GBP", "1960 GBP", "£2,014.866", "£1,960.00",
		},
		{
			with(model.Frequency, model.WholeCut(2), model.WholeCut(6)), with(model.Frequency, model.WholeCut(2), model.WholeCut(8)),
			"2 / 6 orders", "2 / 8 orders", "2 / 6 orders", "2 / 8 orders",
		},
		{ // those of the R package begin the range above: they are not added to, and a word says it
			with(model.Frequency, model.WholeCut(1)), rfmR(with(model.Frequency, model.WholeCut(2), model.WholeCut(7))),
			"1 order", "from 2 / 7 orders, rfm-r frozen", "1 order", "from 2 / 7 orders, rfm-r frozen",
		},
		{
			with(model.Monetary, model.WholeCut(20_148_660)), with(model.Monetary, model.WholeCut(20_148_661)),
			"2014.866 GBP", "2014.8661 GBP", "£2,014.866", "£2,014.8661",
		},
	} {
		all := session.Differences(c.a, c.b, "GBP")
		if len(all) != 1 {
			t.Fatalf("%d differences: %+v", len(all), all)
		}
		if d := all[0]; d.Before != c.before || d.After != c.after || d.Was != c.was || d.Now != c.now {
			t.Errorf("told %+v, want %+v", d, c)
		}
	}
}
