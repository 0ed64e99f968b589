package session_test

import (
	"testing"
	"time"

	"strata/model"
	"strata/tui/session"
)

// BenchmarkFair moves a cut of a million customers with rules about falling in
// force: a step, which leaves them for later, and then what is left.
func BenchmarkFair(b *testing.B) {
	store := newMemory(1, 1_000_000)
	s, err := session.New(b.Context(), store)
	if err != nil {
		b.Fatal(err)
	}
	bench, err := s.OpenBench(b.Context(), nil, func() time.Time { return time.Unix(0, 0) })
	if err != nil {
		b.Fatal(err)
	}
	scheme := bench.Frame().Scheme.Clone()
	scheme.Fair = model.Fairness{Grace: 2, Stay: 3, Band: 1}
	start := time.Now()
	if err := bench.Change("fair rules", scheme); err != nil {
		b.Fatal(err)
	}
	b.Logf("measuring the months: %v; kept %+v", time.Since(start), bench.Frame().Kept.Groups)
	id := session.CutID{Axis: model.Recency, Index: 1}
	bench.Adopt(bench.Settle()(b.Context()))
	b.Run("step", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			if _, err := bench.Step(id, 1-i%2*2); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("rest", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			b.StopTimer()
			if _, err := bench.Step(id, 1-i%2*2); err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
			bench.Standing()
		}
	})
}
