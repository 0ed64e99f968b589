package rfm_test

import (
	"os"
	"strconv"
	"testing"

	"strata/analysis/rfm"
	"strata/model"
)

// benchCustomers is how many customers the benchmarks have: one million with
// ten orders each, or what STRATA_BENCH_CUSTOMERS says, with fewer orders each
// where they would be more than thirty million.
func benchCustomers(b *testing.B) int {
	text := os.Getenv("STRATA_BENCH_CUSTOMERS")
	if text == "" {
		return 1_000_000
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		b.Fatal(err)
	}
	return n
}

// bench is what the benchmarks share.
type bench struct {
	orders   *model.Orders
	base     *rfm.Base
	scheme   model.Scheme // with its cuts estimated
	rule     *rfm.Rule
	baseline *rfm.Labels
}

var benches = map[int]*bench{}

func newBench(b *testing.B) *bench {
	b.Helper()
	n := benchCustomers(b)
	if benches[n] != nil {
		return benches[n]
	}
	s := &bench{orders: manyOrders(n, min(10, 30_000_000/n))}
	var err error
	if s.base, err = rfm.Measure(b.Context(), s.orders, nil, model.DefaultSpec()); err != nil {
		b.Fatal(err)
	}
	s.scheme = estimated(b, s.base, model.Ten())
	s.rule = mustRule(b, s.scheme)
	s.baseline = rfm.Assign(s.base, s.rule)
	benches[n] = s
	return s
}

func BenchmarkMeasure(b *testing.B) {
	s := newBench(b)
	b.ReportMetric(float64(s.orders.Len()), "orders")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := rfm.Measure(b.Context(), s.orders, nil, model.DefaultSpec()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEstimate(b *testing.B) {
	s := newBench(b)
	for b.Loop() {
		if _, err := rfm.Estimate(s.base, model.Ten(), nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkResolve(b *testing.B) {
	s := newBench(b)
	for b.Loop() {
		if _, _, err := rfm.Resolve(s.base, model.Ten(), nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkNewRule(b *testing.B) {
	scheme := fixed()
	for b.Loop() {
		mustRule(b, scheme)
	}
}

func BenchmarkAssign(b *testing.B) {
	s := newBench(b)
	for b.Loop() {
		rfm.Assign(s.base, s.rule)
	}
}

func BenchmarkTally(b *testing.B) {
	s := newBench(b)
	for b.Loop() {
		rfm.Tally(s.base, s.rule, s.baseline)
	}
}

func BenchmarkNewIndex(b *testing.B) {
	s := newBench(b)
	b.ReportAllocs()
	for b.Loop() {
		mustIndex(b, s.base, s.baseline)
	}
}

func BenchmarkNewTable(b *testing.B) {
	s := newBench(b)
	index := mustIndex(b, s.base, s.baseline)
	for a := model.Recency; a < model.Axes; a++ {
		b.Run(a.String(), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				mustTable(b, index, a, s.rule)
			}
		})
	}
}

// BenchmarkTableMove moves one cut to and fro, and reads what a frame shows.
func BenchmarkTableMove(b *testing.B) {
	s := newBench(b)
	index := mustIndex(b, s.base, s.baseline)
	for a := model.Recency; a < model.Axes; a++ {
		table := mustTable(b, index, a, s.rule)
		var rules []*rfm.Rule
		for step := range int64(50) {
			cuts := append([]model.Cut(nil), s.rule.Cuts[a]...)
			cuts[1].Whole += step * (cuts[2].Whole - cuts[1].Whole) / 50
			rules = append(rules, mustRule(b, moved(s.scheme, a, cuts)))
		}
		b.Run(a.String(), func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				rule := rules[i%len(rules)]
				figures := table.Tally(rule)
				figures.Segments(rule)
				figures.Moves(rule)
			}
		})
	}
}

func BenchmarkNTile(b *testing.B) {
	s := newBench(b)
	keys := &model.Strings{}
	for i := range int(s.base.Customer[s.base.Len()-1]) + 1 {
		if err := keys.Append([]byte("c" + strconv.Itoa(i*7919))); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		if _, err := rfm.EstimateAxis(s.base, model.Frequency, model.MethodNTile, 5, keys); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkNested makes the rule of nested measures: with the scores before as
// they were the last time, and while a cut of recency moves.
func BenchmarkNested(b *testing.B) {
	s := newBench(b)
	scheme := withMethod(model.Ten(), model.MethodNested)
	estimated, err := rfm.Estimate(s.base, scheme, nil)
	if err != nil {
		b.Fatal(err)
	}
	for _, moves := range []bool{false, true} {
		b.Run(map[bool]string{false: "still", true: "moving"}[moves], func(b *testing.B) {
			scheme := scheme.Clone()
			scheme.Cuts[model.Recency] = model.AxisCuts{Method: model.MethodFixed, At: estimated[model.Recency].Cuts}
			for b.Loop() {
				if moves {
					scheme.Cuts[model.Recency].At[0].Whole ^= 1
				}
				if _, err := rfm.NewRuleOn(scheme, estimated); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
