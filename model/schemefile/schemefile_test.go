package schemefile_test

import (
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
		if again := schemefile.Encode(got); again != text {
			t.Fatalf("a second round differs:\n%s\n%s", text, again)
		}
	})
}

func randomScheme(t *rapid.T) model.Scheme {
	s := model.Ten()
	s.Name = rapid.SampledFrom([]string{"ten", "tighter recency", "客户: 分层 #1", `say "hi"`, "123", "yes", "- x"}).Draw(t, "name")
	s.Spec.AsOf = rapid.SampledFrom([]model.Day{model.NoDay, 0, 15318}).Draw(t, "as-of")
	s.Spec.Window = rapid.SampledFrom([]model.Window{{}, {Months: 12}, {Days: 365}}).Draw(t, "window")
	s.Spec.Returns = rapid.SampledFrom([]model.ReturnsPolicy{model.ReturnsNet, model.ReturnsIgnore, model.ReturnsOrders}).Draw(t, "returns")
	s.Spec.Frequency = rapid.SampledFrom([]model.FrequencyMeasure{model.FrequencyOrders, model.FrequencyPerMonth}).Draw(t, "frequency")
	s.Spec.Where = rapid.SampledFrom([][]model.Condition{
		nil,
		{{Attribute: "region", Values: []string{"East", "North: far"}}, {Subject: model.OfOrder, Attribute: "channel", Not: true, Values: []string{""}}},
	}).Draw(t, "where")
	for a := range s.Cuts {
		s.Levels[a] = rapid.IntRange(model.MinLevels, model.MaxLevels).Draw(t, "levels")
		if !rapid.Bool().Draw(t, "frozen") {
			continue
		}
		s.Cuts[a].Method = rapid.SampledFrom([]model.Method{model.MethodQuantile, model.MethodFixed}).Draw(t, "method")
		for range s.Levels[a] - 1 {
			den := int32(rapid.IntRange(1, model.MaxLevels).Draw(t, "den"))
			s.Cuts[a].At = append(s.Cuts[a].At, model.Cut{
				Whole: rapid.Int64Range(-1e15, 1e15).Draw(t, "whole"),
				Num:   rapid.Int32Range(0, den-1).Draw(t, "num"),
				Den:   den,
			})
		}
	}
	return s
}

func TestDecodeSaysWhereItIsWrong(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, want string }{
		{"unknown key", "scheme: x\nlevel: 5\n", "line 2"},
		{"bad yaml", "scheme: x\ncuts: [\n", "line 2"},
		{"unknown policy", "scheme: x\nreturns: maybe\n", "net, ignore, orders"},
		{"bad day", "scheme: x\nas_of: 31.2.2020\n", "2011-12-10"},
		{"bad cut", "scheme: x\ncuts:\n  recency: {method: fixed, at: [1, two]}\n", `"two"`},
		{"fixed without values", "scheme: x\ncuts:\n  recency: {method: fixed}\n", "at: [1, 2, 3, 6]"},
		{"two weights", "scheme: x\nvalue: {weights: [1, 2]}\n", "three"},
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
