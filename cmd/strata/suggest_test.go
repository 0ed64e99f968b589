package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"strata/model"
)

// uci imports UCI Online Retail, or skips the test.
func uci(t *testing.T) string {
	t.Helper()
	w := filepath.Join(t.TempDir(), "uci.strata")
	mustRun(t, exitRefused, "import", w, sharedData(t, "uci_online_retail/OnlineRetail.csv.gz"), "--lines", "no")
	return w
}

// suggested runs suggest and reads what it prints.
func suggested(t *testing.T, status int, args ...string) suggestJSON {
	t.Helper()
	var j suggestJSON
	d := json.NewDecoder(strings.NewReader(mustRun(t, status, append([]string{"suggest", "--format", "json"}, args...)...).out))
	d.DisallowUnknownFields()
	if err := d.Decode(&j); err != nil {
		t.Fatal(err)
	}
	return j
}

// customerScores is a customer as `strata scores` prints it.
type customerScores struct {
	Monetary string `json:"monetary"`
	R, F, M  int
}

func (s customerScores) money(t *testing.T) int64 {
	t.Helper()
	m, err := model.ParseMoney(s.Monetary)
	if err != nil {
		t.Fatal(err)
	}
	return int64(m)
}

func scores(t *testing.T, w string) (all []customerScores, revenue int64) {
	t.Helper()
	if err := json.Unmarshal([]byte(mustRun(t, exitDone, "scores", w, "--format", "json").out), &all); err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		revenue += s.money(t)
	}
	return all, revenue
}

// The smallest HIGH that brings 60 % of the revenue of UCI, found by trying
// everything: all value cuts, and all places of the monetary cuts.
func TestSmallestHighTierOfUCI(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("SKIPPED: tries everything, which the race detector makes a minute of")
	}
	w := uci(t)
	customers, revenue := scores(t, w)
	wanted := (revenue*60 + 99) / 100
	const goal = "high:revenue>=60%"

	best := int64(len(customers))
	for cut := 3; cut <= 16; cut++ {
		var n, sum int64
		for _, c := range customers {
			if c.R+c.F+c.M >= cut {
				n, sum = n+1, sum+c.money(t)
			}
		}
		if sum >= wanted {
			best = min(best, n)
		}
	}
	value := suggested(t, exitDone, w, "--goal", goal, "--free", "value")
	if got := value.Achieved["high"]; got.Customers != best || !value.Proven || !value.Met {
		t.Errorf("value cuts make a HIGH of %d (proven %v), the smallest has %d", got.Customers, value.Proven, best)
	}

	sizes := map[string]int64{}
	for least, floor := range map[string]int64{"": int64(len(customers)+19) / 20, "0": 1} {
		flags := []string{w, "--goal", goal, "--least", least}
		monetary := suggested(t, exitDone, append(flags, "--free", "monetary")...)
		best = smallestByMonetary(t, customers, wanted, floor)
		got := monetary.Achieved["high"].Customers
		if got != best || !monetary.Proven || !monetary.Met {
			t.Errorf("least %q: monetary cuts make a HIGH of %d (proven %v), the smallest has %d", least, got, monetary.Proven, best)
		}
		if floor == 1 {
			floor = 0
		}
		if monetary.Least != floor || strings.Contains(monetary.Floor, "at least "+strconv.FormatInt(floor, 10)+" customers") != (floor > 0) {
			t.Errorf("least %q is told as %d, %q", least, monetary.Least, monetary.Floor)
		}
		sizes[least] = got
	}
	if sizes["0"] >= sizes[""] {
		t.Errorf("the floor makes no difference: %v", sizes)
	}
	if all := suggested(t, exitDone, w, "--goal", goal).Achieved["high"]; all.Customers > sizes[""] {
		t.Errorf("all cuts make a HIGH of %d, those of monetary alone one of %d", all.Customers, sizes[""])
	}
}

// flow is customers and what they bring.
type flow struct{ customers, revenue int64 }

// highest are customers with one of so many largest monetary values.
type highest struct {
	customers int64
	// high are those of them whom recency and frequency make HIGH (R+F+M from 12
	// on) from monetary score 2, 3, 4 and 5 on.
	high [monetaryCuts]flow
}

const monetaryCuts = 4

// byHighest returns them by how many values, and who is HIGH on any score.
func byHighest(t *testing.T, customers []customerScores) (from []highest, always flow) {
	t.Helper()
	const high = 12
	slices.SortFunc(customers, func(a, b customerScores) int { return int(b.money(t) - a.money(t)) })
	from = []highest{{}}
	for i, c := range customers {
		if i == 0 || customers[i-1].money(t) != c.money(t) {
			from = append(from, from[len(from)-1])
		}
		now := &from[len(from)-1]
		now.customers++
		switch needed := high - c.R - c.F; {
		case needed <= 1:
			always = flow{always.customers + 1, always.revenue + c.money(t)}
		case needed <= monetaryCuts+1:
			f := &now.high[needed-2]
			*f = flow{f.customers + 1, f.revenue + c.money(t)}
		}
	}
	return from, always
}

// smallestByMonetary finds the fewest customers of HIGH that bring an amount,
// over all places of four monetary cuts with so many customers between them, by
// going through the places once, from the smallest value on, and remembering for
// each number of customers the most they can bring with so many cuts placed.
func smallestByMonetary(t *testing.T, customers []customerScores, wanted, floor int64) int64 {
	t.Helper()
	const impossible = -1 << 62
	from, always := byHighest(t, customers)
	all := int64(len(customers))
	type table [monetaryCuts + 1][]int64
	empty := func() (most table) {
		for i := range most {
			most[i] = slices.Repeat([]int64{impossible}, len(customers)+1)
		}
		return most
	}
	most := empty() // with the last cut far enough below
	most[0][0] = 0
	type placed struct {
		above int64 // the last cut, so many customers
		most  table
	}
	var near []placed
	far := func(above int64) { // cuts that the next may follow
		for len(near) > 0 && near[0].above-above >= floor {
			for cut := range most {
				for n, revenue := range near[0].most[cut] {
					most[cut][n] = max(most[cut][n], revenue)
				}
			}
			near = near[1:]
		}
	}
	for k := len(from) - 2; k >= 1; k-- {
		far(from[k].customers)
		now := placed{from[k].customers, empty()}
		for cut, f := range from[k].high {
			if cut == 0 && all-now.above < floor {
				continue
			}
			for n := f.customers; n <= all; n++ {
				if before := most[cut][n-f.customers]; before != impossible {
					now.most[cut+1][n] = before + f.revenue
				}
			}
		}
		near = append(near, now)
	}
	far(0)
	for n, revenue := range most[monetaryCuts] {
		if revenue != impossible && revenue+always.revenue >= wanted {
			return int64(n) + always.customers
		}
	}
	t.Fatal("no cuts bring so much")
	return 0
}

// What is printed is a scheme file that gives the same figures without any
// other flag.
func TestSuggestedSchemeGivesTheSameFigures(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("SKIPPED: searches five times, which the race detector makes a minute of")
	}
	w := uci(t)
	for _, free := range []string{"all", "value", "recency", "frequency", "monetary"} {
		status := exitRefused // ties are in the way
		if free == "all" {
			status = exitDone
		}
		file := filepath.Join(t.TempDir(), free+".yaml")
		flags := []string{w, "--goal", "high=15%, mid=35%", "--free", free, "--returns", "ignore", "--window", "12m"}
		text := mustRun(t, status, append([]string{"suggest"}, flags...)...).out
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		j := suggested(t, status, append(flags, "--out", file+".out")...)
		written, err := os.ReadFile(file + ".out")
		if err != nil || string(written) != j.Scheme {
			t.Errorf("%s: --out wrote\n%s\n(%v) and not\n%s", free, written, err, j.Scheme)
		}
		if !strings.HasSuffix(text, j.Scheme) {
			t.Errorf("%s: the text does not end with the scheme", free)
		}
		tiers := decodeTiers(t, mustRun(t, exitDone, "tiers", w, "--scheme", file, "--format", "json").out)
		if tiers.Returns != "ignore" || tiers.Window != "12m" {
			t.Errorf("%s: the scheme has returns %s and window %s", free, tiers.Returns, tiers.Window)
		}
		for _, tier := range tiers.Tiers {
			got := j.Achieved[tier.Tier]
			if got.Customers != tier.Customers || got.Revenue != tier.Revenue {
				t.Errorf("%s: %s was said to have %d and %s, and has %d and %s", free, tier.Tier, got.Customers, got.Revenue, tier.Customers, tier.Revenue)
			}
		}
		if (status == exitDone) != j.Met || j.Gap == nil || (*j.Gap == 0) != j.Met {
			t.Errorf("%s: met %v with a gap of %v", free, j.Met, j.Gap)
		}
	}
}

func TestSuggestRefuses(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, "3")
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"nothing":         {nil, "needs a goal or a method"},
		"both":            {[]string{"--goal", "high=1%", "--method", "jenks"}, "not both"},
		"a free method":   {[]string{"--method", "jenks", "--free", "value"}, "leave out --free"},
		"no method":       {[]string{"--method", "guess"}, "guess"},
		"no goal":         {[]string{"--goal", "high<15%"}, "character 5"},
		"no such freedom": {[]string{"--goal", "high=15%", "--free", "weights"}, "weights"},
		"a free floor":    {[]string{"--method", "jenks", "--least", "0"}, "leave out --least"},
		"no floor":        {[]string{"--goal", "high=15%", "--least", "two"}, "two"},
		"a published map": {[]string{"--goal", "high=15%", "--free", "value", "--scheme", "grid"}, "follow from the map"},
	} {
		r := strata(t, "", append([]string{"suggest", w}, c.args...)...)
		if r.status != exitUsage || !strings.Contains(r.err, c.want) {
			t.Errorf("%s: exit status %d, %s", name, r.status, r.err)
		}
	}
	r := strata(t, "", "suggest", w, "--goal", "high=15%", "--where", "customer=nobody-at-all")
	if r.status == exitDone {
		t.Errorf("an empty filter is done: %s", r.out)
	}
	// More customers than there are: done, and not met.
	j := suggested(t, exitRefused, w, "--goal", "high=1000000", "--free", "value")
	if j.Met || len(j.Why) == 0 || !strings.Contains(j.Why[0], "there are only "+strconv.FormatInt(j.Customers, 10)) {
		t.Errorf("too many customers: %+v", j)
	}
}

// A share with = is met by the nearest whole number of customers and by no other,
// and what was aimed at is told.
func TestAShareIsMetByTheNearestNumberOfCustomers(t *testing.T) {
	t.Parallel()
	w := sevenCustomers(t)
	for _, c := range []struct {
		goal, tier string
		customers  []int64 // any of them
		aim        string
	}{
		{"high=15%", "high", []int64{1}, "1 is the whole number nearest to 15% of 7 customers"},
		{"high=14%", "high", []int64{1}, "1 is the whole number nearest to 14% of 7 customers"},
		{"high=0.01%", "high", []int64{0}, "0 is the whole number nearest to 0.01% of 7 customers"},
		{"low=27%", "low", []int64{2}, "2 is the whole number nearest to 27% of 7 customers"},
		{"mid=23%", "mid", []int64{2}, "2 is the whole number nearest to 23% of 7 customers"},
		{"high=50%", "high", []int64{3, 4}, "3 and 4 are equally near to 50% of 7 customers"},
		{"high=2", "high", []int64{2}, ""},
		{"high=100%", "high", []int64{7}, ""},
		{"high:hours=1@40", "high", []int64{1, 2}, "1 and 2 customers are equally near to 1 hour at 40 minutes each"},
		{"high:budget=50@20", "high", []int64{2, 3}, "2 and 3 customers are equally near to 50 at 20 each"},
		{"high:heads=1.2@2", "high", []int64{1, 2}, "1 is the whole number nearest to 1.2 advisers"},
	} {
		j := suggested(t, exitDone, w, "--goal", c.goal, "--least", "0")
		if n := j.Achieved[c.tier].Customers; !j.Met || !slices.Contains(c.customers, n) || j.Terms[0].Aim != c.aim {
			t.Errorf("%s: met %v with %d customers, aimed at %q", c.goal, j.Met, n, j.Terms[0].Aim)
		}
		if text := mustRun(t, exitDone, "suggest", w, "--goal", c.goal, "--least", "0").out; !strings.Contains(text, c.aim) {
			t.Errorf("%s: %q is not in\n%s", c.goal, c.aim, text)
		}
	}
	text := strata(t, "", "suggest", w, "--goal", "high=33%,mid=33%,low=34%", "--least", "0")
	if want := "The terms together leave room for 6 customers in HIGH, MID and LOW; there are 7."; text.status != exitRefused || !strings.Contains(text.out, want) {
		t.Errorf("%q is not in (exit status %d)\n%s", want, text.status, text.out)
	}
	// Whoever is beyond the room is missed by any cuts, so that is proven.
	expectOut(t, text.out, "The goal is missed by 1 customer (14.3% of all), and no cuts come nearer.")
}

// sevenCustomers imports seven customers who differ in everything.
func sevenCustomers(t *testing.T) string {
	t.Helper()
	var orders strings.Builder
	orders.WriteString("order,customer,date,amount\n")
	for c := range 7 {
		for i := range c + 1 {
			n := strconv.Itoa(c)
			orders.WriteString(n + "-" + strconv.Itoa(i) + ",c" + n + ",2024-0" + strconv.Itoa(c+1) + "-1" + strconv.Itoa(i) + "," + strconv.Itoa(10*(c+1)) + ".00\n")
		}
	}
	w := filepath.Join(t.TempDir(), "seven.strata")
	mustRun(t, exitDone, "import", w, writeFile(t, filepath.Join(t.TempDir(), "orders.csv"), orders.String()))
	return w
}
