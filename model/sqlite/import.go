package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"math"
	"path/filepath"
	"slices"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// Import stores files in one transaction, all of them or none, and refreshes
// the columns. It sets the ID of each intake's source. Orders that are there
// already from an earlier source are warned about, and kept or left out as the
// intake says. On error or cancellation the workspace is as before. Errors:
// ReadOnly, Busy, Cancelled; Exists, where a file brings nothing new.
func (w *Workspace) Import(ctx context.Context, intakes []*model.Intake, report func(model.Progress)) ([]model.Warning, error) {
	w.use.RLock()
	defer w.use.RUnlock()
	if err := w.mustWrite(); err != nil {
		return nil, err
	}
	l, err := w.importAll(ctx, intakes, report)
	if err != nil {
		return nil, fault(catalogue.T("importing into"), w.path, err)
	}
	l.tellSources(intakes)
	return l.warnings, nil
}

func (w *Workspace) importAll(ctx context.Context, intakes []*model.Intake, report func(model.Progress)) (l *loader, err error) {
	var after *catalog
	err = keep(ctx, w.db, func(tx *sql.Tx) error {
		before := w.catalog.Load()
		if err := mustBeSealed(ctx, tx, before); err != nil {
			return err
		}
		if err := unbroken(ctx, tx, before.version, "source", "attribute"); err != nil {
			return err
		}
		have, err := data(ctx, tx, before)
		if err != nil {
			return err
		}
		l = &loader{ctx: ctx, tx: tx, stored: tx, attributes: slices.Clip(before.attributes), columns: have, report: report}
		err = tx.QueryRowContext(ctx, "SELECT coalesce(max(id), 0) + 1 FROM orders").Scan(&l.nextOrder)
		if err != nil {
			return err
		}
		if err := l.load(intakes); err != nil {
			return err
		}
		read, err := readCatalog(ctx, tx, 0)
		if err != nil {
			return err
		}
		// Nobody may look between the commit and the new catalog.
		w.loading.Lock()
		after = read
		return nil
	})
	if after == nil {
		return nil, err
	}
	defer w.loading.Unlock()
	if err != nil {
		return nil, err
	}
	w.catalog.Store(after)
	w.loaded = nil
	return l, nil
}

// loader stores intakes within one transaction.
type loader struct {
	ctx        context.Context
	tx         *sql.Tx
	attributes []model.Attribute
	columns    *columns // of all that is stored so far
	nextOrder  int64    // id of the next order
	report     func(model.Progress)
	progress   model.Progress

	// fresh says that the file is new: the rows of its large tables are
	// gathered in feeds, to be written when the transaction is over.
	fresh   bool
	feeds   []*feed
	arrived []*arrival // of a new file: whose rows are in no table yet

	// The tables that hold the orders stored before, nil for none; and, if
	// nothing is to be written, that this is only a rehearsal.
	stored    querier
	old       int // their schema, where it is an older one
	rehearsal bool

	corrections map[string]*correcting // by the fingerprint of what is corrected

	warnings []model.Warning
	sources  []model.Source // those stored, as they were
}

// load stores the intakes over what the workspace holds already.
func (l *loader) load(intakes []*model.Intake) error {
	l.progress.Stage = "storing"
	for _, in := range intakes {
		l.progress.Total += int64(len(in.OrderDay))
		if in.Lines != nil {
			l.progress.Total += int64(len(in.Lines.Order))
		}
	}
	for _, in := range intakes {
		if err := l.store(in); err != nil {
			return err
		}
	}
	for _, table := range []string{"source", "attribute"} {
		if err := seal(l.ctx, l.tx, table); err != nil {
			return err
		}
	}
	if l.rehearsal {
		return nil
	}
	if err := l.nameViews(); err != nil {
		return err
	}
	l.columns.tidy()
	if l.fresh {
		l.feeds = append(l.feeds, l.customerFeed())
	}
	generation, err := nextGeneration(l.ctx, l.tx)
	if err != nil {
		return err
	}
	return writeColumns(l.ctx, l.tx, l.columns, generation)
}

// store stores one intake.
func (l *loader) store(in *model.Intake) error {
	if total := int64(l.columns.orders()) + int64(len(in.OrderDay)); total > math.MaxInt32 {
		return model.Errorf(model.Invalid, "a workspace holds at most {limit} orders, this would make {total}", "limit", words.Count(math.MaxInt32), "total", words.Count(total)).
			WithHint("split the files over several workspaces")
	}
	told := len(l.warnings)
	a, err := l.arrive(in)
	if err != nil {
		return err
	}
	in = a.intake
	a.first = l.nextOrder
	account := in.Source
	id, err := l.storeSource(in, &account)
	if err != nil {
		return err
	}
	if err := l.noteCurrency(in); err != nil {
		return err
	}
	if err := l.addAttributes(a, id); err != nil {
		return err
	}
	if err := l.join(a); err != nil {
		return err
	}
	if err := l.addSums(a, &account); err != nil {
		return err
	}
	l.keepCustomers(a)
	if !l.rehearsal {
		if err := l.storeRejects(in, id); err != nil {
			return err
		}
	}
	orders, lines := l.orderFeed(a, id), l.lineFeed(a)
	if l.fresh {
		l.feeds = append(l.feeds, orders, lines)
		l.arrived = append(l.arrived, a)
	} else if err := l.appendRows(a, orders, lines); err != nil {
		return err
	}
	if err := l.sealArrival(id, orders, lines); err != nil {
		return err
	}
	if err := l.storeLineColumns(a, id); err != nil {
		return err
	}
	if err := l.noteCorrections(a, id); err != nil {
		return err
	}
	l.nextOrder += int64(len(in.OrderDay))
	if err := l.storeNotices(&account, l.warnings[told:]); err != nil {
		return err
	}
	l.sources = append(l.sources, account)
	l.columns, err = l.columns.add(a)
	return err
}

// sealArrival seals the rows of a new source. Corrections are stored later.
func (l *loader) sealArrival(source int64, orders, lines *feed) error {
	if l.rehearsal {
		return nil
	}
	if err := sealedOrders.ofFeed(l.ctx, l.tx, source, orders); err != nil {
		return err
	}
	if err := sealedLines.ofFeed(l.ctx, l.tx, source, lines); err != nil {
		return err
	}
	return sealedCorrections.ofFeed(l.ctx, l.tx, source, &feed{})
}

// arrive says what of an intake is stored, and where.
func (l *loader) arrive(in *model.Intake) (*arrival, error) {
	if in.Source.Corrects != "" {
		return l.correct(in)
	}
	return l.settleOverlap(newArrival(in, l.columns))
}

// storeNotices stores what reading a source had to tell, and then storing it.
func (l *loader) storeNotices(s *model.Source, storing []model.Warning) error {
	s.Warnings = slices.Concat(s.Warnings, storing)
	if len(s.Warnings) == 0 {
		return nil
	}
	text, err := json.Marshal(s.Warnings)
	if err != nil {
		return err
	}
	_, err = l.tx.ExecContext(l.ctx, "UPDATE source SET warnings = ? WHERE id = ?", string(text), s.ID)
	return err
}

// tellSources hands back the sources as they were stored, once they are for good:
// with ids, unless this was a rehearsal, with all notices and with what was left
// out.
func (l *loader) tellSources(intakes []*model.Intake) {
	for i, in := range intakes {
		in.Source = l.sources[i]
		if l.rehearsal {
			in.Source.ID = 0
		}
	}
}

// storeSource stores the account of the import and what it sums to, and completes
// it with both the id and the sum.
func (l *loader) storeSource(in *model.Intake, s *model.Source) (int64, error) {
	reasons, err := json.Marshal(s.Reasons)
	if err != nil {
		return 0, err
	}
	t, err := total(in)
	if err != nil {
		return 0, model.Errorf(model.Invalid, "the orders of {path:q} cannot be summed: {cause}", "path", s.Path, "cause", err).
			WithHint("look at its amounts; one column may be something else")
	}
	var firstDay, lastDay, cost any
	if in.OrderCost != nil {
		cost = int64(t.cost)
	}
	if t.first != model.NoDay {
		firstDay, lastDay = int64(t.first), int64(t.last)
	}
	result, err := l.tx.ExecContext(l.ctx, `
		INSERT INTO source (path, kind, encoding, delimiter, plan, fingerprint, bytes, rows, accepted,
			corrected, rejected, duplicates, reasons, seconds, imported_at, first_order_id, orders,
			value_e4, returned_e4, return_only, first_day, last_day,
			refused_value_e4, refused_returned_e4, refused_valued, dropped, repeated, cost_e4, corrects, joined)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		s.Path, string(s.Kind), s.Encoding, s.Delimiter, s.Plan, s.Fingerprint, s.Bytes, s.Rows, s.Accepted,
		s.Corrected, s.Rejected, s.Duplicates, string(reasons), s.Seconds, moment(s.ImportedAt), l.nextOrder,
		int64(len(in.OrderDay)), int64(t.value), int64(t.returned), t.returnOnly, firstDay, lastDay,
		int64(s.RefusedValue), int64(s.RefusedReturned), s.RefusedValued, s.Dropped, s.Repeated, cost, s.Corrects, s.Joined)
	if err != nil {
		return 0, err
	}
	s.Bought, s.FirstDay, s.LastDay = t.value, t.first, t.last
	s.ID, err = result.LastInsertId()
	return s.ID, err
}

// totals is what the orders of one intake sum to, before any policy.
type totals struct {
	value, returned, cost model.Money
	returnOnly            int64
	first, last           model.Day
}

func total(in *model.Intake) (t totals, err error) {
	t.first, t.last = model.NoDay, model.NoDay
	for i, day := range in.OrderDay {
		if t.first == model.NoDay || day < t.first {
			t.first = day
		}
		t.last = max(t.last, day)
		if t.value, err = t.value.Add(in.OrderValue[i]); err != nil {
			return t, err
		}
		if in.OrderReturned != nil {
			if t.returned, err = t.returned.Add(in.OrderReturned[i]); err != nil {
				return t, err
			}
		}
		if in.OrderCost != nil {
			if t.cost, err = t.cost.Add(in.OrderCost[i]); err != nil {
				return t, err
			}
		}
		if in.OrderFlags[i]&model.Purchase == 0 {
			t.returnOnly++
		}
	}
	return t, nil
}

// noteCurrency keeps the first currency that a file tells.
func (l *loader) noteCurrency(in *model.Intake) error {
	if in.Currency == "" {
		return nil
	}
	have, err := setting(l.ctx, l.tx, "currency")
	if err != nil {
		return err
	}
	if have == "" {
		return setSetting(l.ctx, l.tx, "currency", in.Currency)
	}
	if have != in.Currency {
		l.warn("currency-differs", "{file} is in {currency:q} and the workspace in {workspace_currency:q}; amounts are added up without conversion", "file", fileName(in), "currency", in.Currency, "workspace_currency", have)
	}
	return nil
}

// advance reports rows stored.
func (l *loader) advance(rows int) {
	l.progress.Done += int64(rows)
	l.progress.Rows = l.progress.Done
	if l.report != nil {
		l.report(l.progress)
	}
}

func (l *loader) warn(code, entry string, named ...any) {
	l.warnings = append(l.warnings, model.Warning{Code: code, Message: catalogue.T(entry, named...)})
}

// fileName quotes the name of a file, which may hold anything.
func fileName(in *model.Intake) string { return nameOf(in.Source.Path) }

func nameOf(path string) string { return fmt.Sprintf("%q", filepath.Base(path)) }
