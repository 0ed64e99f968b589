package sqlite

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"strconv"
	"time"

	"strata/model"
	"strata/model/catalogue"
)

// Bench returns where the person left the workbench.
func (w *Workspace) Bench(ctx context.Context) (model.Bench, error) {
	w.use.RLock()
	defer w.use.RUnlock()
	if err := w.unhindered(); err != nil {
		return model.Bench{}, err
	}
	b, err := readBench(ctx, w.db, w.catalog.Load().version)
	return b, fault(catalogue.T("reading"), w.path, err)
}

func readBench(ctx context.Context, q querier, version int64) (b model.Bench, err error) {
	if b.Baseline, err = setting(ctx, q, "baseline"); err != nil {
		return b, err
	}
	if b.Head, err = number(ctx, q, "head"); err != nil {
		return b, err
	}
	b.Edits, err = readLinks(ctx, q, version)
	return b, err
}

// readLinks reads the tree of edits without their texts. Ids rise by one and
// nearly every edit follows the one before it, so that of a million only those
// are read, one row each, that do not.
func readLinks(ctx context.Context, q querier, version int64) ([]model.EditLink, error) {
	var count, first, last int64
	err := q.QueryRowContext(ctx, "SELECT count(*), coalesce(min(id), 0), coalesce(max(id), 0) FROM history").Scan(&count, &first, &last)
	if err != nil {
		return nil, err
	}
	if err := fitEdits(ctx, q, version, count, last); err != nil || count == 0 {
		return nil, err
	}
	if first != 1 || count != last { // not by us: somebody took rows out
		return readRows(ctx, q, "SELECT id, parent_id FROM history ORDER BY id")
	}
	links := make([]model.EditLink, count)
	for i := range links {
		links[i] = model.EditLink{ID: int64(i + 1), Parent: int64(i)}
	}
	// What another program has added since stays out. The plus keeps SQLite from
	// looking the ids up in the table: all that is asked for is in the index.
	others, err := readRows(ctx, q, "SELECT id, parent_id FROM history WHERE parent_id <> id - 1 AND +id <= ?", last)
	for _, link := range others {
		links[link.ID-1] = link
	}
	return links, err
}

func readRows(ctx context.Context, q querier, query string, args ...any) (links []model.EditLink, err error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var link model.EditLink
		if err := rows.Scan(&link.ID, &link.Parent); err != nil {
			return nil, err
		}
		links = append(links, link)
	}
	return links, rows.Err()
}

// Edits returns edits in full, in the order of ids. Error: NotFound.
func (w *Workspace) Edits(ctx context.Context, ids ...int64) ([]model.Edit, error) {
	w.use.RLock()
	defer w.use.RUnlock()
	if err := w.unhindered(); err != nil {
		return nil, err
	}
	reclassified := "customers, revenue_e4"
	if w.lacks(scenarioStep) {
		reclassified = "0, 0"
	}
	checksum := "checksum"
	if w.lacks(sealStep) {
		checksum = "NULL"
	}
	one, err := w.db.PrepareContext(ctx, "SELECT id, parent_id, edited_at, label, scheme, "+reclassified+", "+checksum+" FROM history WHERE id = ?")
	if err != nil {
		return nil, fault(catalogue.T("reading"), w.path, err)
	}
	defer one.Close()
	edits := make([]model.Edit, len(ids))
	for i, id := range ids {
		if err := readEdit(ctx, one, id, w.catalog.Load().version, &edits[i]); err != nil {
			return nil, fault(catalogue.T("reading"), w.path, err)
		}
	}
	return edits, nil
}

func readEdit(ctx context.Context, one *sql.Stmt, id, version int64, e *model.Edit) error {
	var at string
	var checksum sql.NullInt64
	err := one.QueryRowContext(ctx, id).Scan(&e.ID, &e.Parent, &at, &e.Label, &e.Scheme, &e.Customers, &e.Revenue, &checksum)
	if errors.Is(err, sql.ErrNoRows) {
		return model.Errorf(model.NotFound, "there is no edit {number}", "number", id)
	}
	if err != nil {
		return err
	}
	if !fitsSum(checksum, version, e, at) {
		return damaged("edit {number} is not as it was written", "number", id)
	}
	if e.At, err = time.Parse(momentFormat, at); err != nil {
		return damaged("time of edit {number}: {cause}", "number", id, "cause", err)
	}
	return nil
}

// fitsSum reports whether an edit has the checksum of its row. In files of older
// schemas there are some without.
func fitsSum(checksum sql.NullInt64, version int64, e *model.Edit, at string) bool {
	if !checksum.Valid {
		return version < rowSealStep
	}
	return checksum.Int64 == sumOfEdit(e, at)
}

// sumOfEdit is the checksum of an edit's row without its number, which it gets
// when it is written; at is its moment as stored.
func sumOfEdit(e *model.Edit, at string) int64 {
	return sumOfRow(e.Parent, at, e.Label, e.Scheme, e.Customers, int64(e.Revenue))
}

// AddEdit appends an edit below edit.Parent, makes it the head and returns its
// id. Errors: ReadOnly, NotFound (the parent).
func (w *Workspace) AddEdit(ctx context.Context, edit model.Edit) (id int64, err error) {
	err = w.write(ctx, func(tx *sql.Tx) error {
		if err := mustHaveEdit(ctx, tx, edit.Parent); err != nil {
			return err
		}
		result, err := tx.ExecContext(ctx, `
			INSERT INTO history (parent_id, edited_at, label, scheme, customers, revenue_e4, checksum)
			VALUES (?, ?, ?, ?, ?, ?, ?)`,
			edit.Parent, moment(edit.At), edit.Label, edit.Scheme, edit.Customers, int64(edit.Revenue), sumOfEdit(&edit, moment(edit.At)))
		if err != nil {
			return err
		}
		if id, err = result.LastInsertId(); err != nil {
			return err
		}
		if err := sealEdit(ctx, tx, id); err != nil {
			return err
		}
		return setSetting(ctx, tx, "head", strconv.FormatInt(id, 10))
	})
	return id, err
}

// SetHead makes an existing edit (0: the beginning) the head. Errors:
// ReadOnly, NotFound.
func (w *Workspace) SetHead(ctx context.Context, id int64) error {
	return w.write(ctx, func(tx *sql.Tx) error {
		if err := mustHaveEdit(ctx, tx, id); err != nil {
			return err
		}
		return setSetting(ctx, tx, "head", strconv.FormatInt(id, 10))
	})
}

func mustHaveEdit(ctx context.Context, tx *sql.Tx, id int64) error {
	var found bool
	err := tx.QueryRowContext(ctx, "SELECT ? = 0 OR EXISTS (SELECT 1 FROM history WHERE id = ?)", id, id).Scan(&found)
	if err == nil && !found {
		return model.Errorf(model.NotFound, "there is no edit {number}", "number", id)
	}
	return err
}

// SetBaseline sets the scheme others are compared with. Error: ReadOnly.
func (w *Workspace) SetBaseline(ctx context.Context, scheme string) error {
	return w.write(ctx, func(tx *sql.Tx) error { return setSetting(ctx, tx, "baseline", scheme) })
}

// Snapshot returns the tier table stored last with the generation of the data
// it was computed from, nil when there is none.
func (w *Workspace) Snapshot(ctx context.Context) (table []byte, generation int64, err error) {
	w.use.RLock()
	defer w.use.RUnlock()
	if err := w.unhindered(); err != nil {
		return nil, 0, err
	}
	if w.lacks(sealStep) {
		return nil, 0, nil // nobody knows whether it is as it was written
	}
	var checksum int64
	err = w.db.QueryRowContext(ctx, "SELECT body, generation, checksum FROM tier_snapshot").Scan(&table, &generation, &checksum)
	if errors.Is(err, sql.ErrNoRows) || scanFailed(err) || err == nil && checksum != sumOfSnapshot(table, generation) {
		return nil, 0, nil // it is only a picture, and made anew
	}
	return table, generation, fault(catalogue.T("reading"), w.path, err)
}

func sumOfSnapshot(table []byte, generation int64) int64 {
	head := binary.LittleEndian.AppendUint64(nil, uint64(generation))
	return int64(crc32.Update(crc32.Checksum(head, castagnoli), castagnoli, table))
}

// SetSnapshot stores a tier table. Error: ReadOnly.
func (w *Workspace) SetSnapshot(ctx context.Context, table []byte, generation int64) error {
	return w.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
			INSERT INTO tier_snapshot (id, generation, checksum, body) VALUES (1, ?, ?, ?)
			ON CONFLICT (id) DO UPDATE SET generation = excluded.generation, checksum = excluded.checksum, body = excluded.body`,
			generation, sumOfSnapshot(table, generation), table)
		return err
	})
}

// write runs one transaction.
func (w *Workspace) write(ctx context.Context, do func(tx *sql.Tx) error) error {
	w.use.RLock()
	defer w.use.RUnlock()
	if err := w.mustWrite(); err != nil {
		return err
	}
	return fault(catalogue.T("writing"), w.path, keep(ctx, w.db, func(tx *sql.Tx) error {
		c := w.current()
		if err := mustBeSealed(ctx, tx, c); err != nil {
			return err
		}
		if err := unchanged(ctx, tx, c, w.path); err != nil {
			return err
		}
		return do(tx)
	}))
}
