package compare_test

import (
	"math/rand/v2"
	"sync"
	"testing"

	"strata/analysis/compare"
	"strata/analysis/rfm"
	"strata/model"
)

const benchCustomers = 1_000_000

var benchOrders = sync.OnceValue(func() *model.Orders {
	return randomOrders(rand.New(rand.NewPCG(1, 1)), benchCustomers)
})

// One cut moved, the usual case, and another map altogether, where nearly
// everybody moves.
func BenchmarkFlows(b *testing.B) {
	ten := sideOf(b, benchOrders(), model.Ten())
	moved := model.Ten()
	for a := range moved.Cuts {
		moved.Cuts[a] = model.AxisCuts{Method: model.MethodFixed, At: append([]model.Cut{}, ten.Rule.Cuts[a]...)}
	}
	moved.Cuts[model.Recency].At[2].Whole += 12
	eleven, _ := rfm.Preset("eleven")
	for name, scheme := range map[string]model.Scheme{"one cut": moved, "another map": eleven} {
		after := sideOf(b, benchOrders(), scheme)
		after.Base = ten.Base
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := compare.NewPair(ten, ten, after).Flows(b.Context()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// Two days, half a year apart.
func BenchmarkSplit(b *testing.B) {
	scheme := model.Ten()
	scheme.Spec.AsOf = 1_250
	before, after := sideOf(b, benchOrders(), scheme), sideOf(b, benchOrders(), model.Ten())
	between := betweenOf(b, benchOrders(), before, scheme, after.Base.AsOf)
	for b.Loop() {
		p := compare.NewPair(before, between, after)
		if _, err := p.Split(b.Context()); err != nil {
			b.Fatal(err)
		}
		if _, err := p.Flows(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAgreement(b *testing.B) {
	n := make([][]int64, 11)
	for i := range n {
		n[i] = make([]int64, 11)
		for j := range n[i] {
			n[i][j] = int64(i*j) * 400_000
		}
	}
	for b.Loop() {
		compare.ARI(n)
		compare.PSI(n[3], n[5])
	}
}
