package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
	"slices"
)

// This file keeps the seals: checksums by which a small table, or the columns
// made of the large ones, are known to be as strata wrote them. A disk that
// loses a bit in the text of a scheme would otherwise move a cut, and nobody
// would know.

// sealedTables are the tables that are sealed as wholes. All are small, and read
// as wholes.
var sealedTables = []string{"setting", "source", "attribute", "scenario", "service"}

// sealStep is the migration that brought seals.
const sealStep = 7

// seal notes what a table looks like now.
func seal(ctx context.Context, q querier, table string) error {
	sum, err := tableSum(ctx, q, table)
	if err != nil {
		return err
	}
	return setSeal(ctx, q, table, sum)
}

// sealAll seals every table that is sealed as a whole.
func sealAll(ctx context.Context, q querier) error {
	for _, table := range sealedTables {
		if err := seal(ctx, q, table); err != nil {
			return err
		}
	}
	return nil
}

func setSeal(ctx context.Context, q querier, name string, sum uint32) error {
	return setSealTo(ctx, q, name, int64(sum))
}

func setSealTo(ctx context.Context, q querier, name string, to int64) error {
	_, err := q.ExecContext(ctx,
		"INSERT INTO seal (name, checksum) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET checksum = excluded.checksum", name, to)
	return err
}

// sealOf returns a seal, and false where there is none. It looks at the rows and
// not at the index, which is another thing that may be damaged.
func sealOf(ctx context.Context, q querier, name string) (sum int64, ok bool, err error) {
	err = q.QueryRowContext(ctx, "SELECT checksum FROM seal NOT INDEXED WHERE name = ?", name).Scan(&sum)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, false, nil
	}
	return sum, err == nil, err
}

// unbroken makes sure that tables are as they were sealed. The schema is told:
// older files have no seals. Error: Corrupt.
func unbroken(ctx context.Context, q querier, version int64, tables ...string) error {
	if version < sealStep {
		return nil
	}
	for _, table := range tables {
		sealed, ok, err := sealOf(ctx, q, table)
		if err != nil {
			return err
		}
		if !ok {
			continue // which is told by [mustBeSealed] when the file is opened, or before it is written
		}
		sum, err := tableSum(ctx, q, table)
		if err != nil {
			return err
		}
		if int64(sum) != sealed {
			return damaged("the table {table} is not as it was written", "table", table)
		}
	}
	return nil
}

// mustBeSealed makes sure that no seal is gone. When a file is opened: what has lost
// its seal may be another currency, or other orders, and nobody would know. And before
// anything is written: what writes seals anew, and what is changed by then would never
// be told. Error: Corrupt.
func mustBeSealed(ctx context.Context, q querier, c *catalog) error {
	if c.version < rowSealStep {
		return nil
	}
	has, err := sealNames(ctx, q)
	if err != nil {
		return err
	}
	names := append(slices.Clone(sealedTables), editCountSeal, lastEditSeal)
	if len(c.brought) > 0 {
		names = append(names, columnChunks.name)
	}
	for _, b := range c.brought {
		for _, s := range rowSeals {
			names = append(names, s.name(b.source))
		}
		names = append(names, lineSeal(b.source))
	}
	for _, name := range names {
		if !has[name] {
			return damaged("the seal {name:q} is missing, so whatever it sealed cannot be verified", "name", name)
		}
	}
	return nil
}

func sealNames(ctx context.Context, q querier) (map[string]bool, error) {
	rows, err := q.QueryContext(ctx, "SELECT name FROM seal NOT INDEXED")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	names := map[string]bool{}
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names[name] = true
	}
	return names, rows.Err()
}

// tableSum is the checksum of all rows of a table; for the settings also of the
// schema's version, by which everything else is read.
func tableSum(ctx context.Context, q querier, table string) (uint32, error) {
	var sum uint32
	if table == "setting" {
		version, err := pragma(ctx, q, "user_version")
		if err != nil {
			return 0, err
		}
		sum = sumOf(sum, []any{version})
	}
	rows, err := q.QueryContext(ctx, "SELECT * FROM "+table+" NOT INDEXED ORDER BY rowid")
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	return sumOfResult(sum, rows)
}

// sumOfResult continues a checksum with all rows of a result.
func sumOfResult(sum uint32, rows *sql.Rows) (uint32, error) {
	names, err := rows.Columns()
	if err != nil {
		return 0, err
	}
	values, targets := make([]any, len(names)), make([]any, len(names))
	for i := range values {
		targets[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			return 0, err
		}
		sum = sumOf(sum, values)
	}
	return sum, rows.Err()
}

// sumOf continues a checksum with the values of a row.
func sumOf(sum uint32, values []any) uint32 {
	var text summed
	for _, v := range values {
		switch v := v.(type) {
		case nil:
			text.null()
		case int64:
			text.number(v)
		case float64:
			text.add('f', math.Float64bits(v))
		case string:
			text.add('t', uint64(len(v)))
			text = append(text, v...)
		case []byte:
			text.add('b', uint64(len(v)))
			text = append(text, v...)
		default:
			text.add('o', 0)
			text = fmt.Append(text, v)
		}
	}
	return text.onto(sum)
}

// summed is a row as it is summed up: each value with its type and its length, so
// that nothing can move from one to the next.
type summed []byte

func (s *summed) add(kind byte, n uint64) { *s = binary.LittleEndian.AppendUint64(append(*s, kind), n) }
func (s *summed) null()                   { s.add('n', 0) }
func (s *summed) number(n int64)          { s.add('i', uint64(n)) }

func (s *summed) words(text []byte) {
	s.add('t', uint64(len(text)))
	*s = append(*s, text...)
}

// onto continues a checksum with the row.
func (s summed) onto(sum uint32) uint32 { return crc32.Update(sum, castagnoli, s) }

// chunkSum is the checksum of a chunk in its place.
type chunkSum struct {
	place
	checksum uint32
}

// sumOfChunks is the checksum of columns, in whatever order they were written.
// The same rows always make the same columns.
func sumOfChunks(all []chunkSum) uint32 {
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b chunkSum) int {
		return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.part, b.part))
	})
	sum := uint32(0)
	for _, c := range all {
		sum = sumOf(sum, []any{c.name, int64(c.part), int64(c.checksum)})
	}
	return sum
}

// fitsSeal makes sure that columns made from the tables are those that an import
// made: the tables have not changed since. what names them.
func fitsSeal(ctx context.Context, q querier, version int64, name string, sums []chunkSum, what string) error {
	if version < sealStep {
		return nil
	}
	sealed, ok, err := sealOf(ctx, q, name)
	if err != nil || !ok || int64(sumOfChunks(sums)) == sealed {
		return err
	}
	return damaged("the tables do not hold {part} as they were imported", "part", what)
}

// lineSeal names the seal of a source's lines.
func lineSeal(source int64) string { return fmt.Sprintf("%s %d", lineChunks.name, source) }

// sumOfRow is the checksum of a row, as history keeps it.
func sumOfRow(values ...any) int64 { return int64(sumOf(0, values)) }
