package sensitivity_test

import (
	"testing"

	"strata/analysis/rfm"
	"strata/analysis/sensitivity"
	"strata/model"
)

// BenchmarkAllCuts asks everything of every cut of a million customers: next
// positions, ties, and strips of two thousand values.
func BenchmarkAllCuts(b *testing.B) {
	w := newWorkbench(b, manyCustomers(1_000_000), model.Ten())
	for b.Loop() {
		for a := model.Recency; a < model.Axes; a++ {
			m := w.measure(b, a)
			d := w.index.Distribution(a)
			var values []int64
			for k := range int64(2000) {
				if v := d.At(int(k * int64(d.Customers()-1) / 1999)); len(values) == 0 || v > values[len(values)-1] {
					values = append(values, v)
				}
			}
			m.Strips(values)
			for cut := range w.rule.Cuts[a] {
				m.NextUp(cut, d.Max())
				m.NextDown(cut, d.Min())
				m.Tie(cut)
			}
		}
		v := sensitivity.NewValue(w.rule, rfm.Tally(w.base, w.rule, nil))
		for cut := range 2 {
			v.Strip(cut)
			v.NextUp(cut, w.rule.Value.Max())
		}
	}
}
