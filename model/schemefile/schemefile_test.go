package schemefile_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"
	"pgregory.net/rapid"

	"strata/model"
	"strata/model/schemefile"
)

func TestEncodeTen(t *testing.T) {
	t.Parallel()
	golden.RequireEqual(t, []byte(schemefile.Encode(model.Ten())))
}

func TestRoundTripKeepsWhatDecidesTiers(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := randomScheme(t)
		text := schemefile.Encode(want)
		got, err := schemefile.Decode([]byte(text))
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		for a := range want.Cuts {
			if len(got.Cuts[a].At) != len(want.Cuts[a].At) {
				t.Fatalf("axis %d: %d cuts, want %d\n%s", a, len(got.Cuts[a].At), len(want.Cuts[a].At), text)
			}
			for i, c := range want.Cuts[a].At {
				if got.Cuts[a].At[i].Whole != c.Whole {
					t.Fatalf("axis %d cut %d: %v, want %v\n%s", a, i, got.Cuts[a].At[i], c, text)
				}
			}
		}
		if got.Map != want.Map || !slices.EqualFunc(got.Regions, want.Regions, func(a, b model.Region) bool {
			return a.Segment == b.Segment && slices.Equal(a.Cells, b.Cells)
		}) {
			t.Fatalf("the map is %v, want %v\n%s", got.Regions, want.Regions, text)
		}
		if again, err := schemefile.Decode([]byte(text)); err != nil || !again.Equal(got) || again.Equal(model.Scheme{}) {
			t.Fatalf("the same text is read as two schemes: %v", err)
		}
		if again := schemefile.Encode(got); again != text {
			t.Fatalf("a second round differs:\n%s\n%s", text, again)
		}
	})
}

func randomScheme(t *rapid.T) model.Scheme {
	s := model.Ten()
	s.Name = rapid.SampledFrom([]string{"ten", "tighter recency", "客户: 分层 #1", `say "hi"`, "123", "yes", "- x", "*", "null"}).Draw(t, "name")
	s.Spec.AsOf = rapid.SampledFrom([]model.Day{model.NoDay, 0, 15318}).Draw(t, "as-of")
	s.Spec.Window = rapid.SampledFrom([]model.Window{{}, {Months: 12}, {Days: 365}}).Draw(t, "window")
	s.Spec.Returns = rapid.SampledFrom([]model.ReturnsPolicy{model.ReturnsNet, model.ReturnsIgnore, model.ReturnsOrders}).Draw(t, "returns")
	s.Spec.Frequency = rapid.SampledFrom([]model.FrequencyMeasure{model.FrequencyOrders, model.FrequencyPerMonth}).Draw(t, "frequency")
	if s.Spec.Frequency == model.FrequencyPerMonth {
		s.Spec.LeastMonths = rapid.SampledFrom([]int{1, 3, 12}).Draw(t, "least months")
	}
	s.Spec.Where = rapid.SampledFrom([][]model.Condition{
		nil,
		{{Attribute: "region", Values: []string{"East", "North: far"}}, {Subject: model.OfOrder, Attribute: "channel", Not: true, Values: []string{""}}},
	}).Draw(t, "where")
	if rapid.Bool().Draw(t, "by share") {
		s.Value.Cuts, s.Value.Shares = [2]int{}, [2]int{rapid.IntRange(1, 50).Draw(t, "high"), rapid.IntRange(0, 50).Draw(t, "mid")}
	}
	for a := range s.Cuts {
		s.Levels[a] = rapid.IntRange(model.MinLevels, model.MaxLevels).Draw(t, "levels")
		method := rapid.SampledFrom(model.Methods).Draw(t, "method")
		s.Cuts[a].Method = method
		if method == model.MethodMean {
			s.Levels[a] = 2
		}
		if method == model.MethodNTile || method == model.MethodNested || method != model.MethodFixed && rapid.Bool().Draw(t, "estimated") {
			continue
		}
		s.Cuts[a].At = randomCuts(t, method, s.Levels[a]-1)
	}
	s.Map = rapid.SampledFrom(append(model.MapNames, "")).Draw(t, "map")
	if s.Map == "" {
		s.Regions = randomRegions(t, s.Levels)
	}
	return s
}

func randomCuts(t *rapid.T, method model.Method, n int) []model.Cut {
	mostParts := model.MaxLevels
	if method == model.MethodMean {
		mostParts = 10_000_000 // a mean is parted by the number of customers
	}
	var at []model.Cut
	for range n {
		den := int32(rapid.IntRange(1, mostParts).Draw(t, "den"))
		at = append(at, model.Cut{
			Whole: rapid.Int64Range(-1e15, 1e15).Draw(t, "whole"),
			Num:   rapid.Int32Range(0, den-1).Draw(t, "num"),
			Den:   den,
		})
	}
	slices.SortFunc(at, model.Cut.Compare)
	return at
}

func randomRegions(t *rapid.T, levels [model.Axes]int) []model.Region {
	var regions []model.Region
	for i := range rapid.IntRange(1, 4).Draw(t, "regions") {
		r := model.Region{Segment: model.Segment{
			Slug:  "s" + strconv.Itoa(i),
			Label: rapid.SampledFrom([]string{"Best", "重要价值", "a: b", "no"}).Draw(t, "label"),
			Tier:  rapid.SampledFrom([]model.Tier{model.TierHigh, model.TierMid, model.TierLow, model.TierNone}).Draw(t, "tier"),
			Color: rapid.IntRange(0, model.SegmentColors).Draw(t, "colour"),
		}}
		for range rapid.IntRange(0, 3).Draw(t, "cells") {
			var p model.Pattern
			for a := range p {
				low := rapid.IntRange(1, levels[a]).Draw(t, "low")
				p[a] = rapid.SampledFrom([]model.ScoreSet{model.AnyScore, model.ScoresFrom(low, levels[a])}).Draw(t, "scores")
			}
			r.Cells = append(r.Cells, p)
		}
		regions = append(regions, r)
	}
	return regions
}

func TestDecodeSaysWhereItIsWrong(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, want string }{
		{"nothing", "", "line 1, column 1: there is no scheme"},
		{"a list", "- a\n- b\n", "line 1, column 1: scheme is not a mapping"},
		{"two schemes", "scheme: x\n---\nscheme: y\n", "line 3, column 1"},
		{"unknown key", "scheme: x\nlevel: 5\n", `line 2, column 1: unknown key "level"; use one of scheme`},
		{"key twice", "scheme: x\nscheme: y\n", "line 2"},
		{"bad yaml", "scheme: x\ncuts: [\n", "line 2"},
		{"no months at all", "scheme: x\nleast_months: 0\n", "line 2, column 15: least_months: 0 is out of range; use 1 to 600"},
		{"unknown policy", "scheme: x\nreturns: maybe\n", `line 2, column 10: returns: "maybe" is unknown; use one of net, ignore, orders`},
		{"bad day", "scheme: x\nas_of: 31.2.2020\n", "line 2, column 8: as_of: \"31.2.2020\" is not a day; write it like 2011-12-10, or after-last-order"},
		{"bad window", "scheme: x\nwindow: soon\n", "line 2, column 9: window"},
		{"bad filter", "where:\n  - region=East\n  - nothing\n", "line 3, column 5: where"},
		{"ten levels", "scheme: x\nlevels: 10\n", "line 2, column 9: levels: 10 scores; use 2 to 9"},
		{"levels in words", "levels: five\n", `line 1, column 9: levels: "five" is not a whole number`},
		{"half a level", "levels: {recency: 2.5}\n", `line 1, column 19: recency: "2.5" is not a whole number`},
		{"unknown measure", "levels:\n  loyalty: 5\n", "line 2, column 3: unknown key \"loyalty\""},
		{"unknown method", "cuts:\n  recency:\n    method: guess\n", `line 3, column 13: method: "guess" is unknown; use one of quantile`},
		{"nested with cuts", "cuts:\n  recency: {method: nested, at: [1]}\n", "line 2, column 12: recency: nested cuts differ from score to score"},
		{"bad cut", "scheme: x\ncuts:\n  recency: {method: fixed, at: [1, two]}\n", `line 3, column 36: at: "two" is not a number`},
		{"cuts turned", "cuts:\n  recency: {method: fixed, at: [9, 3]}\n", "line 2, column 36: recency: 3 comes after 9; give the cuts in ascending order"},
		{"fixed without values", "scheme: x\ncuts:\n  recency: {method: fixed}\n", "at: [1, 2, 3, 6]"},
		{"too few cuts", "levels: 5\ncuts:\n  recency: {method: fixed, at: [1, 2]}\n", "line 3, column 12: recency: 2 cuts for 5 scores; give 4 cuts"},
		{"five scores by a mean", "levels: 5\ncuts:\n  recency: {method: mean}\n", "line 1, column 9: levels: the mean divides into 2 scores, not 5"},
		{"ntile with cuts", "cuts:\n  recency: {method: ntile, at: [1]}\n", "line 2, column 12: recency: groups of equal size"},
		{"two weights", "scheme: x\nvalue: {weights: [1, 2]}\n", "line 2, column 18: weights: 2 numbers; give 3: recency, frequency, monetary"},
		{"no weight", "value: {weights: [0, 0, 0]}\n", "line 1, column 8: value: all weights are 0"},
		{"value cuts turned", "value: {cuts: [12, 8]}\n", "above HIGH"},
		{"value cut outside", "value: {cuts: [8, 17]}\n", "the value score is 3 to 15; use 3 to 16"},
		{"shares over all", "value: {shares: [60, 60]}\n", "together at most 100"},
		{"cuts and shares", "value:\n  cuts: [8, 12]\n  shares: [15, 35]\n", "line 3, column 11: value: both cuts and shares"},
		{"unknown map", "map: twelve\n", `line 1, column 6: map: "twelve" is unknown; use one of ten, value, grid`},
		{"a cell too high", "levels: 3\nmap:\n  - {segment: a, tier: high, cells: 333}\n  - {segment: b, cells: \"355\"}\n", `line 4, column 5: map: segment "b" has the cell 355, but frequency has 3 scores`},
		{"a bad cell", "map:\n  - segment: a\n    cells: \"55\"\n", `line 3, column 12: cells: "55" is not a cell`},
		{"a bad tier", "map:\n  - segment: a\n    tier: gold\n", `line 3, column 11: tier: "gold" is unknown; use one of high, mid, low, none`},
		{"a ninth colour", "map:\n  - segment: a\n    color: 9\n", "line 3, column 12: color: there is no colour 9; use 1 to 8"},
		{"a colour in words", "map:\n  - {segment: a, color: red}\n", `line 2, column 25: color: "red" is not a whole number`},
		{"a bad slug", "map:\n  - segment: Can't lose\n", `line 2, column 14: segment: "Can't lose" is not a slug`},
		{"a segment twice", "map:\n  - {segment: a, cells: 111}\n  - {segment: a, cells: 112}\n", `line 3, column 5: map: the segment "a" appears twice`},
		{"a segment without cells", "map:\n  - {segment: a}\n", `line 2, column 5: map: the segment "a" has no cells`},
		{"an anchor", "scheme: &a x\n", "line 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := schemefile.Decode([]byte(c.text))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want it to contain %q", err, c.want)
			}
		})
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(schemefile.Encode(model.Ten())))
	f.Add([]byte("scheme: x\nlevels: {recency: 3}\nwhere: region = \"East\"\n"))
	f.Add([]byte("cuts: {recency: {method: mean}}\nvalue: {shares: [15, 35]}\nmap:\n  - {segment: a, tier: high, cells: \"2[1-3]*\"}\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		s, err := schemefile.Decode(text)
		if err != nil {
			return
		}
		if _, err := schemefile.Decode([]byte(schemefile.Encode(s))); err != nil {
			t.Fatalf("what was read cannot be written and read again: %v", err)
		}
	})
}

// A scheme as it is written says what its file says, and scores like it did.
func TestAsWrittenIsWhatIsReadAgain(t *testing.T) {
	t.Parallel()
	third := model.Cut{Whole: 6_867_079, Num: 2, Den: 3}
	scheme := model.Ten()
	scheme.Levels[model.Monetary] = 4
	scheme.Cuts[model.Monetary] = model.AxisCuts{Method: model.MethodFixed, At: []model.Cut{
		third, {Whole: 7_000_000, Num: 999, Den: 1000}, model.WholeCut(9_000_000),
	}}
	written := schemefile.AsWritten(scheme)
	read, err := schemefile.Decode([]byte(schemefile.Encode(scheme)))
	if err != nil || !written.Equal(read) || written.Equal(scheme) {
		t.Errorf("%+v is read as %+v, %v", written.Cuts, read.Cuts, err)
	}
	for i, c := range written.Cuts[model.Monetary].At {
		if was := scheme.Cuts[model.Monetary].At[i]; c.Whole != was.Whole {
			t.Errorf("the cut at %v has moved to %v", was, c)
		}
	}
	if scheme.Cuts[model.Monetary].At[0] != third {
		t.Error("the scheme itself was changed")
	}
}
