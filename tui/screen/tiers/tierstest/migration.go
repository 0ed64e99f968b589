package tierstest

import (
	"context"
	"sync"
	"time"

	"strata/analysis/rfm"
	"strata/model"
	"strata/tui/session"
	"strata/tui/session/memory"
)

// migrate gives moves the whole matrix: everybody stays but for the one flow
// that there may be.
func migrate(m *session.Moves, segments []session.Group) {
	m.Matrix = make([][]rfm.Flow, len(segments)+1)
	for i := range m.Matrix {
		m.Matrix[i] = make([]rfm.Flow, len(segments)+1)
	}
	m.Before = make([]model.Segment, len(segments))
	place := map[string]int{}
	for i, g := range segments {
		m.Before[i] = model.Segment{Slug: g.Slug, Label: g.Label, Tier: g.Tier}
		m.Matrix[i][i] = rfm.Flow{Customers: g.Was.Customers, Revenue: g.Was.Revenue}
		place[g.Slug] = i
	}
	m.Now = m.Before
	for _, f := range m.LargestFlows {
		from := place[f.Was]
		m.Matrix[from][from].Customers -= f.Customers
		m.Matrix[from][from].Revenue -= f.Revenue
		m.Matrix[from][place[f.Now]] = rfm.Flow{Customers: f.Customers, Revenue: f.Revenue}
	}
}

// Against returns the moves of a few hundred random customers; they are not
// those of the frame.
func (b *Bench) Against() *session.Against { return someBench().Against() }

// CompareDays compares two days of a few hundred random customers.
func (b *Bench) CompareDays(day model.Day) func(context.Context) (*session.Comparison, error) {
	return someBench().CompareDays(day)
}

// BaselineSpec returns what the frame's scheme measures.
func (b *Bench) BaselineSpec() model.Spec { return b.frame.Scheme.Spec }

// Lineup sets the schemes of a few hundred random customers side by side.
func (b *Bench) Lineup() *session.Lineup { return someBench().Lineup() }

var someBench = sync.OnceValue(func() *session.Bench {
	ctx := context.Background()
	s, err := session.New(ctx, memory.New(7, 300))
	if err != nil {
		panic(err)
	}
	b, err := s.OpenBench(ctx, nil, func() time.Time { return time.Time{} })
	if err != nil {
		panic(err)
	}
	return b
})
