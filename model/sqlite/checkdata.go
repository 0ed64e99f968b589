package sqlite

import (
	"cmp"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// sources looks at the accounts of the imports, and at the refused rows they
// count.
func (c *checker) sources() error {
	if err := c.sealed("source"); err != nil {
		return err
	}
	var err error
	if c.catalog, err = readCatalogAsIs(c.ctx, c.tx, c.old); err != nil {
		return err
	}
	for _, s := range c.catalog.sources {
		if s.Rows != s.Accepted+s.Rejected {
			c.wrong("source {source} has {rows} rows, {accepted} accepted and {rejected} refused", "source", s.ID, "rows", s.Rows, "accepted", s.Accepted, "rejected", s.Rejected)
		}
	}
	return c.refused()
}

// refused looks at the refused rows of each source, and at what corrections brought.
func (c *checker) refused() error {
	found := map[int64]*refusals{}
	for _, s := range c.catalog.sources {
		found[s.ID] = &refusals{}
	}
	err := eachReject(c.ctx, c.tx, c.old, 0, 0, func(_ int64, r *model.Reject) error {
		if of := found[r.Source]; of != nil {
			of.add(r)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for i, s := range c.catalog.sources {
		if err := found[s.ID].fit(c.ctx, c.tx, int64(c.version), &s); err != nil {
			c.wrong("{err}", "err", messageOf(err))
		}
		if err := c.hasSeal(sealedRejects.name(s.ID), catalogue.T("the refused rows of source {source}", "source", s.ID)); err != nil {
			return err
		}
		if err := c.rows(sealedCorrections, c.catalog.brought[i]); err != nil {
			return err
		}
	}
	return nil
}

// rows compares rows of a source with their seal.
func (c *checker) rows(s rowSeal, b brought) error {
	if c.version < rowSealStep {
		return nil
	}
	if err := c.hasSeal(s.name(b.source), catalogue.T("the {rows} of source {source}", "rows", s.what, "source", b.source)); err != nil {
		return err
	}
	err := s.fits(c.ctx, c.tx, c.catalog, b)
	if model.CodeOf(err) == model.Corrupt {
		c.wrong("{err}", "err", messageOf(err))
		return nil
	}
	return err
}

// hasSeal makes sure that what is always sealed is.
func (c *checker) hasSeal(name, what string) error {
	if c.version < rowSealStep {
		return nil
	}
	_, ok, err := sealOf(c.ctx, c.tx, name)
	if err == nil && !ok {
		c.wrong("{part}: the seal is missing", "part", what)
	}
	return err
}

// data makes the columns of orders and customers anew from the tables, and
// compares them with what the sources account for, with their seal, and with
// those that are stored.
func (c *checker) data() error {
	if c.catalog == nil {
		return damaged("the imported data cannot be read")
	}
	if err := c.catalog.fitsTables(c.ctx, c.tx); err != nil {
		return err
	}
	if err := c.bySource(); err != nil {
		return err
	}
	for _, b := range c.catalog.brought {
		if err := c.rows(sealedOrders, b); err != nil {
			return err
		}
	}
	made, err := rebuild(c.ctx, c.tx, c.catalog)
	if err != nil {
		return err
	}
	seen := make(map[string]bool, made.customers())
	for i := range made.customers() {
		key := made.keys.At(i)
		if seen[key] {
			c.wrong("customer {key:q} appears twice", "key", key)
		}
		seen[key] = true
	}
	sums := columnChunks.adder(c.catalog.info.Generation)
	sums.columns(made)
	return c.chunks(columnChunks, columnChunks.name, c.catalog.info.Generation, sums.sums)
}

// bySource compares the orders of each source with its account. What corrections
// add to orders of the source that they correct is in their own account, so that
// their sums are compared together.
func (c *checker) bySource() error {
	together := map[string]*account{} // what the accounts have more than the orders, by the corrected source
	for i, b := range c.catalog.brought {
		want, has, err := c.accounts(b)
		if err != nil {
			return err
		}
		if want.orders != has.orders || want.first != has.first || want.last != has.last {
			c.wrong("source {source} accounts for {orders} orders, {first} to {last}; there are {found}, {found_first} to {found_last}", "source", b.source, "orders", want.orders, "first", day(want.first), "last", day(want.last), "found", has.orders, "found_first", day(has.first), "found_last", day(has.last))
		}
		source := c.catalog.sources[i]
		of := cmp.Or(source.Corrects, source.Fingerprint)
		if together[of] == nil {
			together[of] = &account{source: b.source}
		}
		more := together[of]
		more.value, more.returned = more.value+want.value-has.value, more.returned+want.returned-has.returned
		more.only, more.cost = more.only+want.only-has.only, more.cost+want.cost-has.cost
	}
	for _, source := range c.catalog.sources {
		more := together[cmp.Or(source.Corrects, source.Fingerprint)]
		if more.source == source.ID && (*more != account{source: more.source}) {
			c.wrong("the sums of source {source}, with its corrections, differ from those of its orders: by {value} bought, {returned} returned, {cost} of cost, {only} pure returns", "source", more.source, "value", words.Amount(model.Money(more.value), ""), "returned", words.Amount(model.Money(more.returned), ""), "cost", words.Amount(model.Money(more.cost), ""), "only", words.Count(more.only))
		}
	}
	return nil
}

// account is what orders come to.
type account struct {
	source, orders, value, returned, only, cost int64
	first, last                                 sql.NullInt64
}

// accounts returns what a source says that it brought, and what its orders are.
func (c *checker) accounts(b brought) (want, has account, err error) {
	cost := "0"
	if c.version >= lineStep {
		cost = "coalesce(sum(cost_e4), 0)"
	}
	err = c.tx.QueryRowContext(c.ctx, "SELECT orders, value_e4, returned_e4, return_only, first_day, last_day, "+cost+" FROM source WHERE id = ?", b.source).
		Scan(&want.orders, &want.value, &want.returned, &want.only, &want.first, &want.last, &want.cost)
	if err != nil {
		return want, has, err
	}
	err = c.tx.QueryRowContext(c.ctx, `
		SELECT count(*), coalesce(sum(value_e4), 0), coalesce(sum(returned_e4), 0), coalesce(sum(flags & 1 = 0), 0), min(day), max(day), `+cost+`
		FROM orders WHERE id >= ? AND id < ? AND source_id = ?`, b.first, b.first+b.orders, b.source).
		Scan(&has.orders, &has.value, &has.returned, &has.only, &has.first, &has.last, &has.cost)
	return want, has, err
}

func day(n sql.NullInt64) string {
	if !n.Valid {
		return catalogue.T("no day")
	}
	return model.Day(n.Int64).String()
}

// chunks compares stored columns with those that the tables make.
func (c *checker) chunks(t chunkTable, seal string, of int64, want []chunkSum) error {
	if c.version < sealStep {
		c.note = catalogue.T("the columns for quick opening are those of an older strata, and are rebuilt")
		return nil
	}
	wanted := make(map[place]uint32, len(want))
	for _, w := range want {
		wanted[w.place] = w.checksum
	}
	stored := 0
	err := c.each(fmt.Sprintf("SELECT name, part, rows, base, step, width, checksum, body FROM %s WHERE %s = ? ORDER BY name, part", t.name, t.of),
		func(rows *sql.Rows) error {
			var found chunk
			var body sql.RawBytes
			found.of = of
			if err := rows.Scan(&found.name, &found.part, &found.rows, &found.base, &found.step, &found.width, &found.checksum, &body); err != nil {
				return err
			}
			found.body = body
			stored++
			sum, ok := wanted[found.place]
			switch {
			case found.sum() != found.checksum:
				c.wrong("the stored column {name} is damaged in part {part}; opening the workspace rebuilds it", "name", found.name, "part", found.part)
			case ok && sum != found.checksum:
				c.wrong("the stored column {name} does not match the tables, in part {part}", "name", found.name, "part", found.part)
			}
			delete(wanted, found.place)
			return nil
		}, of)
	if err != nil {
		return err
	}
	if stored > 0 || len(c.catalog.brought) > 0 { // also where what is sealed with it is to be made anew
		if err := c.hasSeal(seal, catalogue.T("the columns {seal}", "seal", seal)); err != nil {
			return err
		}
	}
	if len(wanted) > 0 {
		c.note = catalogue.T("columns for quick opening are not all stored; the next opening rebuilds them")
	}
	return nil
}

// lines does for the lines of each source what data does for orders.
func (c *checker) lines() error {
	if c.catalog == nil {
		return damaged("the imported data cannot be read")
	}
	for _, b := range c.catalog.brought {
		made, err := scanLines(c.ctx, c.tx, c.catalog, b)
		if err != nil {
			return err
		}
		sums := lineChunks.adder(b.source)
		made.columns(sums, c.catalog.attributes)
		if err := fitsSeal(c.ctx, c.tx, int64(c.version), lineSeal(b.source), sums.sums, catalogue.T("the lines of source {source}", "source", b.source)); err != nil {
			c.wrong("{err}", "err", messageOf(err))
			continue
		}
		if err := c.chunks(lineChunks, lineSeal(b.source), b.source, sums.sums); err != nil {
			return err
		}
		if err := c.rows(sealedLines, b); err != nil {
			return err
		}
	}
	return nil
}

// messageOf is what an error tells, without its hint.
func messageOf(err error) string {
	var e *model.Error
	if errors.As(err, &e) {
		return e.Message
	}
	return err.Error()
}

// edits reads every edit, and where the person left the workbench.
func (c *checker) edits() error {
	seen := map[int64]bool{0: true}
	reclassified, checksum := "customers, revenue_e4", "checksum"
	if lacks(c.old, scenarioStep) {
		reclassified = "0, 0"
	}
	if lacks(c.old, sealStep) {
		checksum = "NULL"
	}
	err := c.each("SELECT id, parent_id, edited_at, label, scheme, "+reclassified+", "+checksum+" FROM history ORDER BY id", func(rows *sql.Rows) error {
		var e model.Edit
		var at string
		var sum sql.NullInt64
		if err := rows.Scan(&e.ID, &e.Parent, &at, &e.Label, &e.Scheme, &e.Customers, &e.Revenue, &sum); err != nil {
			return err
		}
		if !fitsSum(sum, int64(c.version), &e, at) {
			c.wrong("edit {edit} is not as it was written", "edit", e.ID)
		}
		if !seen[e.Parent] {
			c.wrong("edit {edit} follows edit {parent}, which does not exist", "edit", e.ID, "parent", e.Parent)
		}
		if _, err := time.Parse(momentFormat, at); err != nil {
			c.wrong("edit {edit} was made at {time:q}", "edit", e.ID, "time", at)
		}
		c.readable(catalogue.T("the scheme of edit {edit}", "edit", e.ID), e.Scheme)
		seen[e.ID] = true
		return nil
	})
	if err != nil {
		return err
	}
	if err := c.allEdits(); err != nil {
		return err
	}
	head, err := number(c.ctx, c.tx, "head")
	if err == nil && !seen[head] {
		c.wrong("the current edit is {head}, which does not exist", "head", head)
	}
	if err != nil {
		return err
	}
	baseline, err := setting(c.ctx, c.tx, "baseline")
	if err == nil && baseline != "" {
		c.readable(catalogue.T("the baseline"), baseline)
	}
	return err
}

// allEdits makes sure that no edit is gone, not even at the end of a branch.
func (c *checker) allEdits() error {
	count, last, err := countEdits(c.ctx, c.tx)
	if err != nil {
		return err
	}
	if err := fitEdits(c.ctx, c.tx, int64(c.version), count, last); err != nil {
		c.wrong("{err}", "err", messageOf(err))
	}
	if err := c.hasSeal(editCountSeal, catalogue.T("the number of edits")); err != nil {
		return err
	}
	return c.hasSeal(lastEditSeal, catalogue.T("the last edit"))
}

// readable makes sure that the text of a scheme can be read.
func (c *checker) readable(what, text string) {
	if err := c.scheme(text); err != nil {
		c.wrong("{part} cannot be read: {err}", "part", what, "err", strings.ReplaceAll(messageOf(err), "\n", "; "))
	}
}

func (c *checker) scenarios() error {
	if lacks(c.old, scenarioStep) {
		return nil
	}
	if err := c.sealed("scenario"); err != nil {
		return err
	}
	all, err := readScenarios(c.ctx, c.tx)
	for _, s := range all {
		c.readable(catalogue.T("scenario {name:q}", "name", s.Name), s.Scheme)
	}
	return err
}

func (c *checker) services() error {
	if lacks(c.old, scenarioStep) {
		return nil
	}
	if err := c.sealed("service"); err != nil {
		return err
	}
	all, err := readServices(c.ctx, c.tx, c.old)
	for i, s := range all {
		if !slices.Contains([]string{"high", "mid", "low"}, string(s.Tier)) {
			c.wrong("promise {number} is to a tier {tier:q}", "number", i+1, "tier", s.Tier)
		}
	}
	return err
}

// snapshot looks at the tier table that is shown first.
func (c *checker) snapshot() error {
	if c.version < sealStep {
		return nil
	}
	return c.each("SELECT body, generation, checksum FROM tier_snapshot", func(rows *sql.Rows) error {
		var table []byte
		var generation, sum int64
		err := rows.Scan(&table, &generation, &sum)
		switch {
		case err != nil:
			return err
		case sum != sumOfSnapshot(table, generation):
			c.wrong("the table shown first is not as it was written; leaving the workbench rebuilds it")
		case c.catalog != nil && generation != c.catalog.info.Generation:
			c.note = catalogue.T("the table shown first is of older data, and is not shown")
		}
		return nil
	})
}
