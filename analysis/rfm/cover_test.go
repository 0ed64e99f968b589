package rfm_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"strata/analysis/rfm"
	"strata/model"
)

// TestCoverIsExactlyTheCells looks every cell up, one by one.
func TestCoverIsExactlyTheCells(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		cells, levels := randomCells(t)
		cover := rfm.Cover(cells, levels)
		for cell, want := range cells {
			scores := scoresIn(cell, levels)
			holds := slices.ContainsFunc(cover, func(p model.Pattern) bool { return p.Holds(scores) })
			if holds != want {
				t.Fatalf("cell %v of %v: held %v by %v", scores, levels, holds, cover)
			}
		}
		for i, p := range cover {
			others := slices.Delete(slices.Clone(cover), i, i+1)
			alone := func(cell int) bool {
				scores := scoresIn(cell, levels)
				return p.Holds(scores) && !slices.ContainsFunc(others, func(q model.Pattern) bool { return q.Holds(scores) })
			}
			if !slices.ContainsFunc(numbersTo(len(cells)), alone) {
				t.Fatalf("%s of %v is not needed", p, cover)
			}
			if again, err := model.ParsePattern(p.String()); err != nil || again != p {
				t.Fatalf("%s is read as %s: %v", p, again, err)
			}
		}
	})
}

// randomCells draws cells that lie scattered, or in a few blocks as a person
// paints them.
func randomCells(t *rapid.T) ([]bool, [model.Axes]int) {
	var levels [model.Axes]int
	for a := range levels {
		levels[a] = rapid.IntRange(model.MinLevels, model.MaxLevels).Draw(t, "levels")
	}
	r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
	cells := make([]bool, levels[0]*levels[1]*levels[2])
	if rapid.Bool().Draw(t, "scattered") {
		for cell := range cells {
			cells[cell] = r.IntN(3) == 0
		}
		return cells, levels
	}
	for range rapid.IntRange(0, 5).Draw(t, "blocks") {
		var p model.Pattern
		for a := range p {
			low := 1 + r.IntN(levels[a])
			p[a] = model.ScoresFrom(low, low+r.IntN(levels[a]-low+1))
		}
		for cell := range cells {
			cells[cell] = cells[cell] || p.Holds(scoresIn(cell, levels))
		}
	}
	return cells, levels
}

func scoresIn(cell int, levels [model.Axes]int) [model.Axes]int {
	return [model.Axes]int{
		cell/(levels[1]*levels[2]) + 1, cell/levels[2]%levels[1] + 1, cell%levels[2] + 1,
	}
}

func numbersTo(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

func TestCoverIsShort(t *testing.T) {
	t.Parallel()
	levels := [model.Axes]int{5, 5, 5}
	for _, c := range []struct{ cells, want string }{
		{"", ""},
		{"***", "***"},
		{"555", "555"},
		{"[1-5]5[1-5]", "*5*"},
		{"51* 52* 53* 54* 55*", "5**"},
		{"45* 55* 555", "[4-5]5*"},
		{"555 554 544 545 454 455 445", "[4-5][4-5]5 [4-5]5[4-5] 5[4-5][4-5]"},
		{"[4-5][4-5][4-5] 1**", "[4-5][4-5][4-5] 1**"},
		{"*1* 1**", "*1* 1**"},
		{"[135]22 [135]24", "[135]2[24]"},
	} {
		cells := make([]bool, 125)
		for _, text := range strings.Fields(c.cells) {
			p, err := model.ParsePattern(text)
			if err != nil {
				t.Fatal(err)
			}
			for cell := range cells {
				cells[cell] = cells[cell] || p.Holds(scoresIn(cell, levels))
			}
		}
		var got []string
		for _, p := range rfm.Cover(cells, levels) {
			got = append(got, p.String())
		}
		if text := strings.Join(got, " "); text != c.want {
			t.Errorf("%q is covered by %q, want %q", c.cells, text, c.want)
		}
	}
}

func BenchmarkCoverScattered(b *testing.B) {
	levels := [model.Axes]int{9, 9, 9}
	cells := make([]bool, 729)
	r := rand.New(rand.NewPCG(1, 1))
	for cell := range cells {
		cells[cell] = r.IntN(2) == 0
	}
	for b.Loop() {
		rfm.Cover(cells, levels)
	}
}
