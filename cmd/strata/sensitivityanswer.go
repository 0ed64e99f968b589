package main

import (
	"slices"

	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/session"
)

// sensitivityAnswer tells, in JSON as an array, each cut: recency, frequency and
// monetary, each ascending, then the two value cuts (axis "value") where they decide
// the tiers.
//
// Cut is its place, from 0, among the cuts that `strata tiers` lists for the axis,
// and at is that cut as it lists it. Positions (to, next_down, next_up) are cuts as
// the flags take them, a recency equal to the cut scoring better, a frequency or
// monetary value equal to it worse, whatever the convention of the scheme's method;
// of a value cut they are the value score where the tier begins. Where a method gives
// equal values different scores, or each score of a measure cuts of its own, there is
// no single line, and none of monetary where no order has an amount: all of the steps, next positions and ties is null. By_scores_alone tells that the scheme has fair rules in force,
// which are not applied here. Held names what the scheme draws anew when the cut
// moves, and what stays as it is here: "nested cuts" within its measure, "value cuts"
// by shares. `strata compare` applies the rules and draws anew.
func sensitivityAnswer(s *session.Sensitivity, scheme model.Scheme, edited bool, info model.Info) *answer.Document {
	d := &answer.Document{Title: catalogue.T("Sensitivity"), Bare: true, Flat: "cuts"}
	head := []string{catalogue.T("{path} · scheme {name} · as of {as_of} · {customers}", "path", info.Path, "name", session.EditedName(scheme.Name, edited), "as_of", s.AsOf.String(), "customers", words.Customers(s.Customers)), policies(scheme, s.OfLines)}
	d.Say(append(head, notApplied(s)...)...)
	table := func(cuts []session.CutSensitivity, in answer.Medium) {
		t := answer.TableOf("cuts", answer.Slice[session.CutSensitivity](cuts), sensitivityColumns(s, scheme, info))
		t.Symbol = words.Symbol(info.Currency)
		d.Table(t, in)
	}
	known := slices.DeleteFunc(slices.Clone(s.Cuts), func(c session.CutSensitivity) bool { return c.Unknown })
	table(s.Cuts, answer.Machines)
	table(known, answer.People)
	if len(known) < len(s.Cuts) {
		d.Say(catalogue.T("monetary: no amounts"))
	}
	return d.Say(
		catalogue.T("step to: where one press of an arrow key takes the cut, and whom that reclassifies"),
		catalogue.T("first at: the nearest position at which anybody is reclassified"),
		catalogue.T("on the line: customers who sit exactly on the cut, and can move only together"),
		catalogue.T("next cut: nobody is reclassified before the neighbouring cut, which stops this one; how certain the line is beyond that is not known"),
		catalogue.T("end: the cut is at the last values there are"),
		catalogue.T("nobody: nobody is reclassified anywhere up to the end of the measure"),
		catalogue.T("–: there is nothing to count, or the method draws no single line, and a note says why"),
	)
}

type (
	cutRow    = session.CutSensitivity
	cutColumn = answer.Column[cutRow]
	ofCut     = func(cutRow) answer.Value
)

func sensitivityColumns(s *session.Sensitivity, scheme model.Scheme, info model.Info) []cutColumn {
	money := amounts{info.NoAmounts()}
	at := func(c cutRow, to model.Cut) answer.Value {
		if money.unknown && c.ID.Axis == model.Monetary && !c.ID.Value {
			return answer.Value{}
		}
		return positionValue(c.ID, to, scheme.Spec, info.Currency)
	}
	axis := func(value string, name func(model.Axis) string) ofCut {
		return func(c cutRow) answer.Value {
			if c.ID.Value {
				return answer.Text(value)
			}
			return answer.Text(name(c.ID.Axis))
		}
	}
	columns := []cutColumn{
		{Key: "axis", In: answer.Machines, Of: axis("value", model.Axis.String)},
		{Title: catalogue.T("measure"), In: answer.People, Of: axis(catalogue.T("value score"), words.Axis)},
		{Key: "cut", In: answer.Machines, Of: func(c cutRow) answer.Value { return answer.Count(c.ID.Index) }},
		{Key: "name", Title: catalogue.T("cut"), In: answer.Everyone, Of: func(c cutRow) answer.Value { return answer.Text(c.Name) }},
		{Key: "at", Title: catalogue.T("at"), In: answer.Everyone, Of: func(c cutRow) answer.Value {
			if at(c, c.Published).Missing() {
				return answer.Value{}
			}
			told := session.ListOfCuts([]string{position(c.ID, c.Published, scheme.Spec, info.Currency)}, methodOf(scheme, c.ID))
			return at(c, c.Published).Told(told)
		}},
		{Key: "by_scores_alone", In: answer.JSON, Of: func(cutRow) answer.Value { return answer.Flag(s.ByScoresAlone) }},
		{Key: "held", In: answer.JSON, List: func(c cutRow) []answer.Value {
			held := []answer.Value{}
			for _, h := range c.Held {
				held = append(held, answer.Text(h))
			}
			return held
		}},
	}
	down := func(c cutRow) session.StepSensitivity { return c.Down }
	up := func(c cutRow) session.StepSensitivity { return c.Up }
	columns = append(columns, stepColumns("step_down", "◂", down, at, money)...)
	columns = append(columns, stepColumns("step_up", "▸", up, at, money)...)
	columns = append(columns, nextColumns("next_down", "◂", func(c cutRow) session.Reclassified { return c.NextDown }, at, scheme.Spec, info.Currency)...)
	columns = append(columns, nextColumns("next_up", "▸", func(c cutRow) session.Reclassified { return c.NextUp }, at, scheme.Spec, info.Currency)...)
	tied := func(of ofCut) ofCut {
		return func(c cutRow) answer.Value {
			if !c.Told() || c.Tie.Customers == 0 {
				return answer.Value{}
			}
			return of(c)
		}
	}
	columns = append(columns,
		cutColumn{Key: "tie_value", In: answer.Machines, Of: tied(func(c cutRow) answer.Value { return at(c, model.WholeCut(c.Tie.Value)) })},
		cutColumn{Key: "tie_customers", In: answer.Machines, Of: tied(func(c cutRow) answer.Value { return answer.Count(c.Tie.Customers) })},
		cutColumn{Key: "tie_share", In: answer.Machines, Of: func(c cutRow) answer.Value { return answer.If(c.Told(), answer.Share(c.Tie.Customers, s.Customers)) }},
		cutColumn{Title: catalogue.T("on the line"), Short: catalogue.T("on line"), In: answer.People, Of: func(c cutRow) answer.Value {
			told := words.Count(c.Tie.Customers) + "  " + words.Share(c.Tie.Customers, s.Customers)
			return answer.If(c.Told(), answer.Count(c.Tie.Customers).Told(told))
		}},
		stoppedColumn("step_down_stopped", func(c cutRow) string { return c.Down.Stopped }),
		stoppedColumn("step_up_stopped", func(c cutRow) string { return c.Up.Stopped }),
		stoppedColumn("next_down_stopped", func(c cutRow) string { return c.NextDown.Stopped }),
		stoppedColumn("next_up_stopped", func(c cutRow) string { return c.NextUp.Stopped }),
		cutColumn{Key: "by_scores_alone", In: answer.CSV, Of: func(cutRow) answer.Value { return answer.Flag(s.ByScoresAlone) }},
		cutColumn{Key: "held", In: answer.CSV, Of: func(c cutRow) answer.Value { return answer.Text(joined(c.Held)) }},
	)
	return columns
}

// stepColumns tell where a step of the arrow keys takes a cut, and who is
// reclassified: nobody where something stops it.
func stepColumns(key, arrow string, of func(cutRow) session.StepSensitivity, at func(cutRow, model.Cut) answer.Value, money amounts) []cutColumn {
	to := func(c cutRow) answer.Value {
		if !of(c).OK {
			return answer.Absent(endWord(of(c).End))
		}
		return at(c, of(c).To)
	}
	customers := func(c cutRow) answer.Value { return answer.If(c.Told(), answer.Count(of(c).Customers)) }
	revenue := func(c cutRow) answer.Value { return answer.If(c.Told(), money.value(of(c).Revenue)) }
	moved := func(value ofCut) ofCut {
		return func(c cutRow) answer.Value { return answer.If(of(c).OK, value(c)) }
	}
	object := func(c cutRow) *answer.Document {
		if !c.Told() {
			return nil
		}
		d := new(answer.Document).Field("customers", customers(c)).Field("revenue", revenue(c)).Field("to", to(c))
		if stopped := of(c).Stopped; stopped != "" {
			d.Field("stopped", answer.Text(stopped))
		}
		return d
	}
	return []cutColumn{
		{Key: key, In: answer.JSON, Object: object},
		{Key: key + "_to", Title: catalogue.T("{arrow} step to", "arrow", arrow), Short: catalogue.T("{arrow} to", "arrow", arrow), In: answer.CSV | answer.People, Of: to},
		{Key: key + "_customers", In: answer.CSV, Of: customers},
		{Key: key + "_revenue", In: answer.CSV, Of: revenue},
		{Title: catalogue.T("customers"), Short: catalogue.T("cust."), In: answer.People, Of: moved(customers)},
		{Title: catalogue.T("revenue"), Light: 2, In: answer.People, Of: moved(revenue)},
	}
}

// nextColumns tell the nearest position at which anybody is reclassified, and how
// many; nothing if there is none before what stopped it: the next cut, beyond which
// nothing is told, or the end of the measure.
func nextColumns(key, arrow string, of func(cutRow) session.Reclassified, at func(cutRow, model.Cut) answer.Value, spec model.Spec, currency string) []cutColumn {
	return []cutColumn{
		{Key: key, Title: catalogue.T("{arrow} first at", "arrow", arrow), Short: catalogue.T("{arrow} first", "arrow", arrow), Light: 1, In: answer.Everyone, Of: func(c cutRow) answer.Value {
			if !of(c).OK {
				return answer.Absent(endWord(of(c).End))
			}
			return at(c, of(c).To).Told(position(c.ID, of(c).Typed, spec, currency))
		}},
		{Key: key + "_customers", In: answer.Machines, Of: func(c cutRow) answer.Value { return answer.If(of(c).OK, answer.Count(of(c).Customers)) }},
		{Key: key + "_stopped", In: answer.JSON, Optional: true, Of: func(c cutRow) answer.Value { return answer.If(of(c).Stopped != "", answer.Text(of(c).Stopped)) }},
	}
}

func stoppedColumn(key string, of func(cutRow) string) cutColumn {
	return cutColumn{Key: key, In: answer.CSV, Of: func(c cutRow) answer.Value { return answer.Text(of(c)) }}
}

// positionValue is where a cut stands, in the units that the flags take: a number,
// for money a decimal string in JSON.
func positionValue(id session.CutID, at model.Cut, spec model.Spec, currency string) answer.Value {
	var v answer.Value
	switch {
	case id.Value:
		v = answer.Count(at.Whole)
	case id.Axis == model.Monetary:
		v = answer.Decimal(moneyCut(at), true)
	default:
		v = answer.Decimal(at.Text(spec.Scale(id.Axis)), false)
	}
	return v.Told(position(id, at, spec, currency))
}
