package tierstest

import (
	"context"

	"strata/analysis/rfm"
	"strata/model"
	"strata/tui/session"
)

// Sensitivity says that everybody counts for every cut: a step passes whoever is
// there.
func (b *Bench) Sensitivity() func(context.Context) (*session.Sensitivity, error) {
	f := b.frame
	return func(context.Context) (*session.Sensitivity, error) {
		out := &session.Sensitivity{Customers: f.Total.Customers}
		for axis := range model.Axes {
			for i, at := range f.Cuts[axis] {
				out.Cuts = append(out.Cuts, sensitivityAt(f.Axes[axis], session.CutID{Axis: axis, Index: i}, at, len(f.Cuts[axis])+1))
			}
		}
		for i, at := range f.Scheme.Value.Cuts {
			d := session.Distribution{}
			for score := int64(f.Scheme.Value.Min()); score <= int64(f.Scheme.Value.Max()); score++ {
				d.Values, d.Upto = append(d.Values, score), append(d.Upto, 40*int64(len(d.Values)))
			}
			out.Cuts = append(out.Cuts, sensitivityAt(d, session.CutID{Value: true, Index: i}, model.WholeCut(int64(at)), 0))
		}
		return out, nil
	}
}

func sensitivityAt(d session.Distribution, id session.CutID, at model.Cut, levels int) session.CutSensitivity {
	size := int64(1)
	if id.Axis == model.Monetary && !id.Value {
		size = moneyStep
	}
	step := func(to, passed int64) session.StepSensitivity {
		return session.StepSensitivity{Reclassified: session.Reclassified{
			Flow: rfm.Flow{Customers: passed, Revenue: model.Money(passed) * 1500 * model.Unit}, To: model.WholeCut(to), OK: true,
		}}
	}
	c := session.CutSensitivity{
		ID: id, Name: session.CutName(id, levels), At: at, Strip: d, Step: size,
		Down: step(at.Whole-size, d.Count(at.Whole)-d.Count(at.Whole-size)),
		Up:   step(at.Whole+size, d.Count(at.Whole+size)-d.Count(at.Whole)),
		Tie:  session.Tie{Value: at.Whole, Customers: d.Count(at.Whole) - d.Count(at.Whole-1)},
	}
	c.NextDown, c.NextUp = c.Down.Reclassified, c.Up.Reclassified
	c.NextDown.Typed, c.NextUp.Typed = c.NextDown.To, c.NextUp.To
	return c
}
