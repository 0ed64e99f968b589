package session_test

import (
	"cmp"
	"maps"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"strata/model"
	"strata/model/schemefile"
	"strata/tui/session"
)

// combinations are the presets with the scoring of their own and with each
// method, as far as their levels allow, and the map ten with every mix of methods.
func combinations(t *testing.T) map[string]model.Scheme {
	t.Helper()
	all := map[string]model.Scheme{}
	for _, p := range session.Presets() {
		all[p.Scheme.Name] = p.Scheme
		for _, method := range model.Methods {
			all[p.Scheme.Name+" by "+string(method)] = scoredBy(p.Scheme, method, method, method)
		}
	}
	for _, r := range model.Methods {
		for _, f := range model.Methods {
			for _, m := range model.Methods {
				all[strings.Join([]string{string(r), string(f), string(m)}, ", ")] = scoredBy(model.Ten(), r, f, m)
			}
		}
	}
	maps.DeleteFunc(all, func(_ string, scheme model.Scheme) bool {
		_, err := session.CheckScheme(scheme)
		return err != nil // the map is of other levels
	})
	return all
}

func scoredBy(scheme model.Scheme, methods ...model.Method) model.Scheme {
	scheme = scheme.Clone()
	fixed := [model.Axes][]int64{{30, 61, 122, 244}, {1, 2, 3, 5}, {500_000, 1_000_000, 2_000_000, 4_000_000}}
	for a, method := range methods {
		scheme.Cuts[a] = model.AxisCuts{Method: method}
		switch method {
		case model.MethodMean:
			scheme.Levels[a] = 2
		case model.MethodFixed:
			for _, at := range fixed[a][:scheme.Levels[a]-1] {
				scheme.Cuts[a].At = append(scheme.Cuts[a].At, model.WholeCut(at))
			}
		}
	}
	return scheme
}

// TestEveryCombinationTiersAlikeWhereverItIsKept walks every scheme through all
// the ways there are to keep it and to take it up again, and holds each answer
// to the scheme as it was drawn.
func TestEveryCombinationTiersAlikeWhereverItIsKept(t *testing.T) {
	t.Parallel()
	answers, schemes := 0, combinations(t)
	for name, scheme := range schemes {
		store := newMemory(77, 240)
		s := openSession(t, store)
		want := drawnTiers(t, s, scheme)
		if plain := plainTiers(t, s, scheme); plain != nil && !maps.Equal(plain, want) {
			t.Fatalf("%s: the tiers are not those counted by hand", name)
		}
		check := func(way string, kept model.Scheme) {
			answers++
			if got := drawnTiers(t, s, kept); !maps.Equal(got, want) {
				t.Errorf("%s, %s: %d of %d customers are elsewhere", name, way, differing(got, want), len(want))
			}
		}
		file, err := schemefile.Decode([]byte(schemefile.Encode(scheme)))
		if err != nil {
			t.Fatal(err)
		}
		check("as a file", file)
		for way, estimate := range map[string]bool{"frozen": false, "data": true} {
			saved, err := s.SaveScenario(t.Context(), way, "", scheme, estimate, time.Unix(0, 0))
			if err != nil {
				t.Fatal(err)
			}
			check("saved "+way, saved)
			_, shown, err := s.Scenario(t.Context(), way)
			if err != nil {
				t.Fatal(err)
			}
			check("shown "+way, shown)
			if _, _, err := s.OpenScheme(t.Context(), "", shown, time.Unix(0, 0)); err != nil {
				t.Fatal(err)
			}
			active, err := openSession(t, store).ActiveScheme(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			check("opened "+way, active)
		}
		for way, kept := range benchWays(t, scheme) {
			check(way, kept)
		}
	}
	t.Logf("%d schemes, %d answers of %d customers each", len(schemes), answers, 240)
}

// benchWays saves a scheme from the workbench, opens it there again, exports it,
// and takes the workspace up anew.
func benchWays(t *testing.T, scheme model.Scheme) map[string]model.Scheme {
	t.Helper()
	store, ways := newMemory(77, 240), map[string]model.Scheme{}
	b := openBench(t, store)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(b.Change("drawn", scheme))
	must(b.SaveScenario("mine", "", false))
	ways["saved from the workbench"] = b.Standing().Scheme()
	_, err := b.Use(model.Ten())
	must(err)
	_, _, err = b.OpenScenario("mine")
	must(err)
	ways["opened in the workbench"] = b.Standing().Scheme()
	path := filepath.Join(t.TempDir(), "mine.yaml")
	must(b.ExportScenario("mine", path))
	text, err := os.ReadFile(path)
	must(err)
	ways["exported"], err = schemefile.Decode(text)
	must(err)
	must(b.Close())
	ways["taken up again"] = openBench(t, store).Standing().Scheme()
	return ways
}

// drawnTiers tells the tier and the segment of everybody.
func drawnTiers(t *testing.T, s *session.Session, scheme model.Scheme) map[string]string {
	t.Helper()
	scores, _, err := s.Scores(t.Context(), scheme, session.ScoreQuery{})
	if err != nil {
		t.Fatal(err)
	}
	tiers := map[string]string{}
	for _, score := range scores {
		tiers[score.Customer] = string(score.Segment.Tier) + " " + score.Segment.Slug
	}
	return tiers
}

func differing(got, want map[string]string) (n int) {
	for customer, tier := range want {
		if got[customer] != tier {
			n++
		}
	}
	return n
}

// plainTiers is drawnTiers of the map ten counted by hand, from lists of values;
// nil for other maps.
func plainTiers(t *testing.T, s *session.Session, scheme model.Scheme) map[string]string {
	t.Helper()
	if scheme.Map != "ten" {
		return nil
	}
	all, _, err := s.Scores(t.Context(), scheme, session.ScoreQuery{})
	if err != nil {
		t.Fatal(err)
	}
	scores := make([][model.Axes]int, len(all))
	for a := range model.Axes {
		plainScores(all, scheme, a, scores)
	}
	tiers := map[string]string{}
	for i, one := range all {
		// The scores on a scale from 0 to 1, and R+F+M of five levels.
		var part [model.Axes]*big.Rat
		value := big.NewRat(0, 1)
		for a, score := range scores[i] {
			part[a] = big.NewRat(int64(score-1), int64(scheme.Levels[a]-1))
			value.Add(value, big.NewRat(1, 1)).Add(value, new(big.Rat).Mul(part[a], big.NewRat(4, 1)))
		}
		tiers[one.Customer] = plainSegment(part, scores[i][model.Frequency] > 1, value)
	}
	return tiers
}

func plainSegment(part [model.Axes]*big.Rat, again bool, value *big.Rat) string {
	good := func(a model.Axis) bool { return part[a].Cmp(big.NewRat(3, 4)) >= 0 }
	poor := part[model.Recency].Cmp(big.NewRat(1, 4)) <= 0
	recent := good(model.Recency)
	pick := func(first, poorly, rest string) string {
		switch {
		case recent:
			return first
		case poor:
			return poorly
		}
		return rest
	}
	switch {
	case value.Cmp(big.NewRat(12, 1)) >= 0:
		if recent && good(model.Frequency) && good(model.Monetary) {
			return "high champions"
		}
		return "high " + pick("loyal", "cant-lose", "loyal")
	case value.Cmp(big.NewRat(8, 1)) >= 0:
		if recent && !again {
			return "mid promising"
		}
		return "mid " + pick("potential-loyalist", "at-risk", "need-attention")
	}
	return "low " + pick("light", "hibernating", "about-to-sleep")
}

// plainScores scores everybody on one measure as its method is defined.
func plainScores(all []session.Score, scheme model.Scheme, a model.Axis, scores [][model.Axes]int) {
	value := func(i int) int64 {
		return [...]int64{int64(all[i].Recency), int64(all[i].Frequency), int64(all[i].Monetary)}[a]
	}
	levels, method := scheme.Levels[a], scheme.Cuts[a].Method
	give := func(i, passed int) {
		scores[i][a] = 1 + passed
		if a == model.Recency {
			scores[i][a] = levels - passed
		}
	}
	groups := map[[2]int][]int{}
	for i := range all {
		group := [2]int{}
		if method == model.MethodNested {
			copy(group[:a], scores[i][:a])
		}
		groups[group] = append(groups[group], i)
	}
	for _, members := range groups {
		slices.SortFunc(members, func(i, j int) int {
			return cmp.Or(cmp.Compare(value(i), value(j)), strings.Compare(all[i].Customer, all[j].Customer))
		})
		n := int64(len(members))
		at := func(rank int64) *big.Rat { return big.NewRat(value(members[min(rank, n-1)]), 1) }
		var cuts []*big.Rat
		for k := int64(1); k < int64(levels); k++ {
			whole, rest := (n-1)*k/int64(levels), (n-1)*k%int64(levels)
			step := new(big.Rat).Sub(at(whole+1), at(whole))
			cuts = append(cuts, step.Mul(step, big.NewRat(rest, int64(levels))).Add(step, at(whole)))
		}
		switch method {
		case model.MethodRFMR:
			for _, cut := range cuts {
				cut.Add(cut, big.NewRat([...]int64{1, 1, model.Unit}[a], 1))
			}
		case model.MethodMean:
			sum := big.NewRat(0, 1)
			for _, i := range members {
				sum.Add(sum, big.NewRat(value(i), 1))
			}
			cuts = []*big.Rat{sum.Quo(sum, big.NewRat(n, 1))}
		case model.MethodFixed:
			for k, cut := range scheme.Cuts[a].At {
				cuts[k] = big.NewRat(cut.Whole, 1)
			}
		}
		for rank, i := range members {
			passed := 0
			for k, cut := range cuts {
				above := big.NewRat(value(i), 1).Cmp(cut)
				switch {
				case method == model.MethodNTile && int64(rank) > (n-1)*int64(k+1)/int64(levels),
					method == model.MethodRFMR && above >= 0,
					method != model.MethodNTile && method != model.MethodRFMR && above > 0:
					passed++
				}
			}
			give(i, passed)
		}
	}
}
