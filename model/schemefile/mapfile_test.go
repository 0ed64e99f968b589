package schemefile_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"strata/model"
	"strata/model/schemefile"
)

var five = [model.Axes]int{5, 5, 5}

// told writes regions in one line each.
func told(regions []model.Region) string {
	var lines []string
	for _, r := range regions {
		var cells []string
		for _, p := range r.Cells {
			cells = append(cells, p.String())
		}
		lines = append(lines, fmt.Sprintf("%s %q %s %d: %s", r.Slug, r.Label, r.Tier, r.Color, strings.Join(cells, " ")))
	}
	return strings.Join(lines, "\n")
}

func TestDecodeMapCSV(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ text, want string }{
		"cells": {
			"cell,segment,label,tier,color\n555,best,The best,high,3\n554,best,,,\n[1-4]**,rest,,low,\n",
			"best \"The best\" high 3: 555 554\nrest \"Rest\" low 0: [1-4]**",
		},
		"scores": {
			"R;F;M;Segment;Tier\r\n5;[4-5];*;Can't lose;HIGH\r\n1;*;*;Gone away;\r\n\r\n;;;;\r\n",
			"cant-lose \"Can't lose\" high 0: 5[4-5]*\ngone-away \"Gone away\" none 0: 1**",
		},
		"tabs, a mark of order, columns that are passed over": {
			"\ufeffcell\tsegment\tcustomers\trevenue\n55* 54*\ta\t12\t3.00\n",
			"a \"A\" none 0: 55* 54*",
		},
		"what a segment is on a later line": {
			"segment,cell,tier\na,555,\na,554,high\na,553,high\n",
			"a \"A\" high 0: 555 554 553",
		},
		"a text that is no formula": {
			"cell,segment,label\n555,a,'+1 club\n554,b,'Tis\n",
			"a \"+1 club\" none 0: 555\nb \"'Tis\" none 0: 554",
		},
		"cells left over": {
			"cell,segment,tier\n555,a,high\n554,others,none\n",
			"a \"A\" high 0: 555",
		},
		"another script": {
			"cell,segment,tier\n555,重要价值,high\n",
			"segment \"重要价值\" high 0: 555",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			regions, err := schemefile.DecodeMapCSV([]byte(c.text), five)
			if err != nil {
				t.Fatal(err)
			}
			if got := told(regions); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestDecodeMapCSVSaysWhereItIsWrong(t *testing.T) {
	t.Parallel()
	const header = "cell,segment,label,tier,color\n"
	for _, c := range []struct{ name, text, want string }{
		{"nothing", "", "line 1: the file is empty; begin with the header cell,segment"},
		{"only a header", header, "line 1: there is no cell below the header"},
		{"no cell", "segment,tier\n", "line 1: there is no column cell"},
		{"no segment", "cell,tier\n", "line 1: there is no column segment"},
		{"two ways to say the cell", "cell,r,segment\n", "line 1: the column cell and columns of scores"},
		{"unknown column", "cell,segment,teir\n", `line 1, column 14 (teir): unknown column "teir"; use cell, segment, label, tier, color`},
		{"a column twice", "cell,segment,cell\n", `line 1, column 14 (cell): the column "cell" appears twice`},
		{"a score twice", "r,f,m,segment,recency\n", `the column "recency" appears twice`},
		{"a short row", header + "555,a\n", "line 2: it does not have as many fields as the header"},
		{"bad quotes", header + "555,\"a\"b,,,\n", "line 2, column"},
		{"no text", header + "555,a,\xff,,\n", "line 2: not UTF-8 text; save it as CSV UTF-8"},
		{"a bad cell", header + "555,a,,,\n55,a,,,\n", `line 3, column 1 (cell): "55" is not a cell; write the scores`},
		{"no cell in a line", header + ",a,,,\n", "line 2, column 1 (cell): a line without a cell"},
		{"a bad score", "r,f,m,segment\n5,55,5,a\n", `line 2, column 3 (f): "55" is not a score of frequency`},
		{"other levels", header + "565,a,,,\n", "line 2, column 1 (cell): 565: frequency has 5 scores; use scores up to 5, or * for any"},
		{"a cell twice", header + "555,a,,,\n\n5**,b,,,\n", "line 4, column 1 (cell): the cell 555 appears twice, first on line 2"},
		{"no segment in a line", header + "555,,,,\n", "line 2, column 5 (segment): a cell without a segment"},
		{"others in a tier", header + "555,Others,,low,\n", "line 2, column 13 (tier): others is the name of"},
		{"others and another", header + "555,others,,,\n555,a,,,\n", "line 3, column 1 (cell): the cell 555 appears twice"},
		{"two names for a slug", header + "555,Can't lose,,,\n554,Cant lose,,,\n", `line 3, column 5 (segment): "Can't lose" and "Cant lose" would both be the segment cant-lose`},
		{"unknown tier", header + "555,a,,gold,\n", `line 2, column 8 (tier): there is no tier "gold"; use high, mid, low or none`},
		{"two tiers", header + "555,a,,high,\n554,a,,,\n553,a,,low,\n", "line 4, column 8 (tier): this contradicts line 2: a is in the tier high there"},
		{"two labels", header + "555,a,One,,\n554,a,Two,,\n", `line 3, column 7 (label): this contradicts line 2: a is called "One" there`},
		{"ninth colour", header + "555,a,,,9\n", `line 2, column 9 (color): there is no colour "9"; use 1 to 8`},
		{"two colours", header + "555,a,,,1\n554,a,,,2\n", "line 3, column 9 (color): this contradicts line 2: a has the colour 1 there"},
		{"an escape sequence", header + "555,a,\x1b[31mred,,\n", "characters that cannot be shown"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := schemefile.DecodeMapCSV([]byte(c.text), five)
			if err == nil || !strings.Contains(err.Error(), c.want) || model.CodeOf(err) != model.Invalid {
				t.Errorf("error %v, want it to contain %q", err, c.want)
			}
		})
	}
}

func TestDecodeMap(t *testing.T) {
	t.Parallel()
	scheme := model.Ten()
	scheme.Map, scheme.Regions = "", []model.Region{{
		Segment: model.Segment{Slug: "a", Label: "A", Tier: model.TierHigh, Color: 2},
		Cells:   []model.Pattern{{model.AnyScore, model.AnyScore, 1 << 3}},
	}}
	for name, c := range map[string]struct{ text, want string }{
		"a scheme": {schemefile.Encode(scheme), `a "A" high 2: **3`},
		"a list":   {"- {segment: a, cells: \"5**\"}\n- {segment: b, tier: low, cells: \"\"}\n", "a \"A\" none 0: 5**\nb \"B\" low 0: "},
		"a part":   {"map:\n  - {segment: a, cells: \"555\"}\n", `a "A" none 0: 555`},
	} {
		m, err := schemefile.DecodeMap([]byte(c.text), five)
		if err != nil || m.Name != "" || told(m.Regions) != c.want {
			t.Errorf("%s: %v, map %q of\n%s", name, err, m.Name, told(m.Regions))
		}
	}
	if m, err := schemefile.DecodeMap([]byte("map: grid\n"), five); err != nil || m.Name != "grid" {
		t.Errorf("a map by name: %v, %v", m, err)
	}
	for text, want := range map[string]string{
		"scheme: x\n":                      "line 1, column 1: there is no map",
		"[]\n":                             "the map has no segments",
		"- {segment: a, cells: \"655\"}\n": `line 1, column 3: map: segment "a" has the cell 655, but recency has 5 scores`,
		"- {segment: a, cell: \"555\"}\n":  `line 1, column 16: unknown key "cell"`,
		"levels: 9\nmap:\n  - {segment: a, cells: \"995\"}\n": `segment "a" has the cell 995, but recency has 5 scores`,
		"": "line 1, column 1: there is no scheme",
	} {
		if _, err := schemefile.DecodeMap([]byte(text), five); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want it to contain %q", text, err, want)
		}
	}
}

// What would take the parser minutes, and so this test its time, is refused.
func TestHostileFilesAreRefusedAtOnce(t *testing.T) {
	t.Parallel()
	const n = 1 << 18
	many := strings.Builder{}
	for i := range n / 32 {
		fmt.Fprintf(&many, "- {segment: s%d, cells: \"555\"}\n", i)
	}
	for name, text := range map[string]string{
		"brackets": strings.Repeat("[", n), "braces": strings.Repeat("{a: ", n), "hyphens": strings.Repeat("- ", n),
		"lines of brackets": strings.Repeat("[\n", n), "segments": many.String(),
	} {
		if _, err := schemefile.DecodeMap([]byte(text), five); model.CodeOf(err) != model.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	table := strings.Builder{}
	table.WriteString("cell,segment\n")
	for i := range 201 {
		fmt.Fprintf(&table, "%d%d%d,s%d\n", i%9+1, i/9%9+1, i/81%9+1, i)
	}
	if _, err := schemefile.DecodeMapCSV([]byte(table.String()), [model.Axes]int{9, 9, 9}); err == nil || !strings.Contains(err.Error(), "line 202, column 5 (segment): there are more than 200 segments") {
		t.Errorf("201 segments: %v", err)
	}
}

func TestSlug(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Can't lose": "cant-lose", " Key  accounts! ": "key-accounts", "Top 10%": "top-10", "重要价值": "segment", "-": "segment", "VIP/Gold": "vip-gold",
	} {
		if got := schemefile.Slug(name); got != want {
			t.Errorf("Slug(%q) = %q, want %q", name, got, want)
		}
	}
}

func FuzzDecodeMapCSV(f *testing.F) {
	f.Add([]byte("cell,segment,label,tier,color\n555,best,The best,high,3\n[1-4]**,rest,,low,\n"))
	f.Add([]byte("\ufeffr;f;m;segment\n5;[4-5];*;\"Can't; lose\"\n"))
	f.Add([]byte("cell\tsegment\tcustomers\n55* 54*\ta\t12\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		regions, err := schemefile.DecodeMapCSV(text, five)
		if err != nil {
			if model.CodeOf(err) != model.Invalid {
				t.Fatalf("the error is not about the file: %v", err)
			}
			return
		}
		scheme := model.Ten()
		scheme.Map, scheme.Regions = "", regions
		again, err := schemefile.Decode([]byte(schemefile.Encode(scheme)))
		if err != nil {
			t.Fatalf("what was read cannot be written and read again: %v", err)
		}
		for i, r := range regions {
			if !slices.Equal(again.Regions[i].Cells, r.Cells) || again.Regions[i].Segment != r.Segment {
				t.Fatalf("%v is read again as %v", r, again.Regions[i])
			}
		}
	})
}
