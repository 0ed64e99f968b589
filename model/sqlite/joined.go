package sqlite

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"strata/model"
	"strata/model/catalogue"
)

// This file stores what corrections have changed: the orders they joined, and
// what their sources account for.

// addSums adds to what corrections account for what they add to joined orders.
func (l *loader) addSums(a *arrival, s *model.Source) (err error) {
	if a.joining == nil {
		return nil
	}
	t := a.joining.sums
	if s.Bought, err = s.Bought.Add(t.value); err != nil {
		return model.Errorf(model.Invalid, "the orders of {path:q} cannot be summed: {cause}", "path", s.Path, "cause", err).WithHint("look at its amounts")
	}
	_, err = l.tx.ExecContext(l.ctx, `
		UPDATE source SET value_e4 = value_e4 + ?, returned_e4 = returned_e4 + ?, cost_e4 = cost_e4 + ?, return_only = return_only + ?
		WHERE id = ?`, int64(t.value), int64(t.returned), int64(t.cost), t.returnOnly, s.ID)
	return err
}

// noteCorrections makes known what corrections have brought, and to what.
func (l *loader) noteCorrections(a *arrival, source int64) error {
	j := a.joining
	if j == nil {
		return nil
	}
	j.of.accepted += a.intake.Source.Accepted - a.intake.Source.Repeated
	j.of.kin = append(j.of.kin, kin{source: source, first: l.nextOrder, from: int64(l.columns.orders()), orders: int64(len(a.intake.OrderDay))})
	for i := range j.whole.intake.OrderDay {
		j.of.seen[j.whole.fragment(int32(i))]++
	}
	if l.rehearsal {
		return nil
	}
	if err := l.fitMet(j, source); err != nil {
		return err
	}
	if err := l.storeFragments(j.part, source, func(row int) int64 { return j.id[row] }); err != nil {
		return err
	}
	position := a.positions()
	if err := l.storeFragments(a.intake, source, func(row int) int64 { return a.first + position(int32(row)) }); err != nil {
		return err
	}
	if err := l.updateOrders(a); err != nil {
		return err
	}
	if j.part.Lines != nil && len(j.order) > 0 {
		f := l.linesFeed(j.part.Lines, a.lineColumns, func(order int32) int64 { return j.id[order] })
		if err := f.insert(l.tx, ""); err != nil {
			return err
		}
	}
	if err := l.updateSources(j); err != nil {
		return err
	}
	return l.sealCorrected(j, source)
}

// fitMet makes sure that what corrections change is as it was sealed, before it is
// sealed anew. Error: Corrupt.
func (l *loader) fitMet(j *joining, source int64) error {
	before := &catalog{attributes: l.attributes, version: rowSealStep}
	err := l.tx.QueryRowContext(l.ctx, "SELECT EXISTS (SELECT 1 FROM source WHERE corrects <> '' AND id <> ?)", source).Scan(&before.corrected)
	if err != nil {
		return err
	}
	all, err := readBrought(l.ctx, l.tx, before.version)
	if err != nil {
		return err
	}
	for _, b := range all {
		if !slices.ContainsFunc(j.met, func(k kin) bool { return k.source == b.source }) {
			continue
		}
		for _, s := range []rowSeal{sealedOrders, sealedLines} {
			if err := s.fits(l.ctx, l.tx, before, b); err != nil {
				return err
			}
		}
		lines, err := scanLines(l.ctx, l.tx, before, b)
		if err != nil {
			return err
		}
		sums := lineChunks.adder(b.source)
		lines.columns(sums, before.attributes)
		if err := fitsSeal(l.ctx, l.tx, rowSealStep, lineSeal(b.source), sums.sums, catalogue.T("the lines of source {source}", "source", b.source)); err != nil {
			return err
		}
	}
	return nil
}

// sealCorrected seals what corrections brought, and anew what they changed.
func (l *loader) sealCorrected(j *joining, source int64) error {
	now := &catalog{corrected: true}
	if err := sealedCorrections.ofTable(l.ctx, l.tx, now, brought{source: source}); err != nil {
		return err
	}
	for _, k := range j.met {
		b := brought{source: k.source, first: k.first, orders: k.orders}
		if err := sealedOrders.ofTable(l.ctx, l.tx, now, b); err != nil {
			return err
		}
		if err := sealedLines.ofTable(l.ctx, l.tx, now, b); err != nil {
			return err
		}
	}
	return nil
}

// storeFragments stores what the orders of corrections are, and the orders that
// have them.
func (l *loader) storeFragments(in *model.Intake, source int64, order func(row int) int64) error {
	columns := []column{
		constant("source_id", source),
		{name: "order_id", number: order},
		numbers("day", in.OrderDay), numbers("value_e4", in.OrderValue),
		{name: "returned_e4", number: func(row int) int64 { return int64(returnedOf(in, int32(row))) }},
		numbers("flags", in.OrderFlags), numbers("lines", in.OrderLines),
	}
	if in.OrderCost != nil {
		columns = append(columns, numbers("cost_e4", in.OrderCost))
	}
	f := feed{ctx: l.ctx, table: "correction", rows: len(in.OrderDay), columns: columns}
	return f.insert(l.tx, "")
}

// updateOrders changes the joined orders in their table to what they are in the
// columns.
func (l *loader) updateOrders(a *arrival) error {
	j, c := a.joining, l.columns
	set := "day = ?, value_e4 = ?, returned_e4 = ?, flags = ?, cost_e4 = ?, lines = lines + ?"
	for _, name := range a.orderColumns {
		set += fmt.Sprintf(", %[1]s = coalesce(%[1]s, ?)", name)
	}
	update, err := l.tx.PrepareContext(l.ctx, "UPDATE orders SET "+set+" WHERE id = ?")
	if err != nil {
		return err
	}
	defer update.Close()
	at := make(map[int64]int32, len(j.id)) // where the orders of these ids stand now
	number := make(map[int64]int64, len(j.id))
	for _, id := range j.id {
		for _, k := range j.met {
			if id >= k.first && id < k.first+k.orders {
				number[k.from+id-k.first] = id
			}
		}
	}
	for i, n := range c.number {
		if id, is := number[int64(n)]; is {
			at[id] = int32(i)
		}
	}
	for i, id := range j.id {
		order := at[id]
		var cost any
		if c.flags[order]&model.Costed != 0 {
			cost = int64(c.cost[order])
		}
		values := []any{int64(c.day[order]), int64(c.value[order]), int64(c.returnedOf(order)), int64(c.flags[order] &^ model.Costed), cost, j.part.OrderLines[i]}
		for n := range a.orderColumns {
			codes := &j.part.OrderAttributes[n].Codes
			values = append(values, sql.NullString{String: codes.Words[codes.Code[i]], Valid: codes.Code[i] != 0})
		}
		if _, err := update.ExecContext(l.ctx, append(values, id)...); err != nil {
			return err
		}
	}
	return nil
}

// updateSources brings what sources account for, and the columns of their lines,
// up to date with their orders.
func (l *loader) updateSources(j *joining) error {
	for _, k := range j.met {
		set := []string{"first_day = (SELECT min(day) FROM orders WHERE id >= ?1 AND id < ?2)", "last_day = (SELECT max(day) FROM orders WHERE id >= ?1 AND id < ?2)"}
		if j.part.OrderCost != nil {
			set = append(set, "cost_e4 = coalesce(cost_e4, 0)")
		}
		if _, err := l.tx.ExecContext(l.ctx, "UPDATE source SET "+strings.Join(set, ", ")+" WHERE id = ?3", k.first, k.first+k.orders, k.source); err != nil {
			return err
		}
	}
	if j.part.Lines == nil {
		return nil
	}
	now := &catalog{attributes: l.attributes, version: correctionStep, corrected: true}
	brought, err := readBrought(l.ctx, l.tx, now.version)
	if err != nil {
		return err
	}
	for _, b := range brought {
		if !slices.ContainsFunc(j.met, func(k kin) bool { return k.source == b.source }) {
			continue
		}
		lines, err := scanLines(l.ctx, l.tx, now, b)
		if err != nil {
			return err
		}
		if err := lines.write(l.ctx, l.tx, b.source, l.attributes); err != nil {
			return err
		}
	}
	return nil
}
