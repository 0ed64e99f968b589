package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"strata/model"
)

// catalog is what is known of a workspace's data without looking at a single
// order. It changes only with an import.
type catalog struct {
	info       model.Info // what the file says; the Workspace knows the rest
	attributes []model.Attribute
	sources    []model.Source
	version    int64            // of the schema
	brought    []brought        // by each source
	corrected  bool             // rows of some source were corrected: see join.go
	cost       model.Money      // of all orders that have one
	sealed     int64            // the seal of the sources, 0 without
	since      map[string]int64 // source that first had a line attribute, by SQL column
}

// brought is what a source brought: orders with the ids first, first + 1, ….
type brought struct {
	source, first, orders int64
	costed                bool // it says what they cost
}

// numbered reports whether the orders stand by customer and day as they are
// numbered: one source has brought them all, and corrections moved none.
func (c *catalog) numbered() bool {
	if c.corrected {
		return false
	}
	sources := 0
	for _, b := range c.brought {
		if b.orders > 0 {
			sources++
		}
	}
	return sources <= 1
}

// costed reports whether any order has a cost.
func (c *catalog) costed() bool {
	return slices.ContainsFunc(c.brought, func(b brought) bool { return b.costed })
}

// querier is what *sql.DB, *sql.Conn and *sql.Tx have in common.
type querier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// readCatalog reads the catalog. Its cost grows with the number of files, not
// of orders.
// The schema of an older file that is only read is told, 0 of any other.
func readCatalog(ctx context.Context, q querier, old int) (*catalog, error) {
	version, err := pragma(ctx, q, "user_version")
	if err != nil {
		return nil, err
	}
	if err := unbroken(ctx, q, version, "setting", "source", "attribute"); err != nil {
		return nil, err
	}
	return readCatalogAsIs(ctx, q, old)
}

// readCatalogAsIs reads the catalog whether or not it is as it was written.
func readCatalogAsIs(ctx context.Context, q querier, old int) (*catalog, error) {
	c := &catalog{}
	var err error
	if c.info.Generation, err = generation(ctx, q); err != nil {
		return nil, err
	}
	if c.info.Currency, err = setting(ctx, q, "currency"); err != nil {
		return nil, err
	}
	c.info.Currency = model.Printable(c.info.Currency) // it stands before every amount
	if c.version, err = pragma(ctx, q, "user_version"); err != nil {
		return nil, err
	}
	if c.version >= sealStep {
		if c.sealed, _, err = sealOf(ctx, q, "source"); err != nil {
			return nil, err
		}
	}
	if err = c.readAttributes(ctx, q); err != nil {
		return nil, err
	}
	if c.sources, err = readSources(ctx, q, old); err != nil {
		return nil, err
	}
	if c.brought, err = readBrought(ctx, q, c.version); err != nil {
		return nil, err
	}
	c.corrected = slices.ContainsFunc(c.sources, func(s model.Source) bool { return s.Corrects != "" })
	c.info.Fingerprint = fingerprint(c.sources)
	cost := "0"
	if c.version >= lineStep {
		cost = "coalesce(sum(cost_e4), 0)"
	}
	var first, last sql.NullInt64
	// Customers are numbered without gaps.
	err = q.QueryRowContext(ctx, `
		SELECT (SELECT coalesce(max(id), 0) FROM customer), coalesce(sum(orders), 0), coalesce(sum(value_e4), 0),
			coalesce(sum(returned_e4), 0), coalesce(sum(return_only), 0), min(first_day), max(last_day), `+cost+`
		FROM source`).Scan(&c.info.Customers, &c.info.Orders, &c.info.Revenue,
		&c.info.Returned, &c.info.ReturnOnly, &first, &last, &c.cost)
	if err == nil && !(plausible(c.info.Customers) && plausible(c.info.Orders)) {
		err = damaged("the workspace says it has {customers} customers and {orders} orders", "customers", c.info.Customers, "orders", c.info.Orders)
	}
	if err != nil {
		return nil, err
	}
	c.info.FirstDay, c.info.LastDay = model.NoDay, model.NoDay
	if first.Valid {
		c.info.FirstDay, c.info.LastDay = model.Day(first.Int64), model.Day(last.Int64)
	}
	return c, err
}

// fitsLast makes sure that the last order there is, is the last that the sources
// account for: a source that is gone leaves its orders, and one look tells so.
func (c *catalog) fitsLast(ctx context.Context, q querier) error {
	var last int64
	err := q.QueryRowContext(ctx, "SELECT coalesce(max(id), 0) FROM orders").Scan(&last)
	if err == nil && last != int64(c.info.Orders) {
		return damaged("the files account for {orders} orders, but their numbers go up to {last}", "orders", c.info.Orders, "last", last)
	}
	return err
}

// fitsTables makes sure that the large tables begin and end with the rows that the
// sources account for, so that what is added gets numbers of its own. Counting
// those between takes reading them all, which is for [Check].
func (c *catalog) fitsTables(ctx context.Context, q querier) error {
	for _, t := range []struct {
		name, rows string
		want       int
	}{{"customer", "customers", c.info.Customers}, {"orders", "orders", c.info.Orders}} {
		var first, last int64
		err := q.QueryRowContext(ctx, fmt.Sprintf("SELECT (SELECT coalesce(min(id), 1) FROM %[1]s), (SELECT coalesce(max(id), 0) FROM %[1]s)",
			t.name)).Scan(&first, &last)
		if err != nil {
			return err
		}
		if want := int64(t.want); first != 1 || last != want {
			return damaged("the files account for {count} {rows}, but these are numbered from {first} to {last}", "count", want, "rows", t.rows, "first", first, "last", last)
		}
	}
	return nil
}

// plausible reports whether so many rows can be counted in an int32.
func plausible(rows int) bool { return rows >= 0 && rows <= math.MaxInt32 }

// fingerprint identifies data by the contents of its files, in whatever order
// they were imported.
func fingerprint(sources []model.Source) string {
	if len(sources) == 0 {
		return ""
	}
	var all []string
	for _, s := range sources {
		all = append(all, s.Fingerprint)
	}
	slices.Sort(all)
	sum := sha256.Sum256([]byte(strings.Join(all, "\n")))
	return hex.EncodeToString(sum[:])
}

func (c *catalog) readAttributes(ctx context.Context, q querier) error {
	rows, err := q.QueryContext(ctx, "SELECT name, subject, column_name, field, source_id FROM attribute ORDER BY id")
	if err != nil {
		return err
	}
	defer rows.Close()
	c.since = map[string]int64{}
	for rows.Next() {
		var at model.Attribute
		var source int64
		if err := rows.Scan(&at.Name, &at.Subject, &at.Column, &at.Field, &source); err != nil {
			return err
		}
		if !keptDefinition.MatchString(at.Column + " TEXT") { // it goes into queries as it is
			return damaged("the stored column {name:q} has a name that no column can have", "name", at.Name)
		}
		c.attributes = append(c.attributes, at)
		if at.Subject == model.OfLine {
			c.since[at.Column] = source
		}
	}
	return rows.Err()
}

// readBrought reads what each source brought, in the order of ids.
func readBrought(ctx context.Context, q querier, version int64) ([]brought, error) {
	costed := "cost_e4 IS NOT NULL"
	if version < lineStep {
		costed = "0"
	}
	rows, err := q.QueryContext(ctx, "SELECT id, first_order_id, orders, "+costed+" FROM source ORDER BY id")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []brought
	for rows.Next() {
		var b brought
		if err := rows.Scan(&b.source, &b.first, &b.orders, &b.costed); err != nil {
			return nil, err
		}
		if b.orders < 0 {
			return nil, damaged("source {source} says it has {orders} orders", "source", b.source, "orders", b.orders)
		}
		all = append(all, b)
	}
	return all, rows.Err()
}

func readSources(ctx context.Context, q querier, old int) ([]model.Source, error) {
	told := "warnings, dropped, repeated, refused_value_e4, refused_returned_e4, refused_valued"
	if lacks(old, noticeStep) {
		told = "'[]', 0, 0, 0, 0, 0" // sums without signs fit no other figure
	}
	corrects := "corrects, joined"
	if lacks(old, correctionStep) {
		corrects = "'', 0"
	}
	rows, err := q.QueryContext(ctx, `
		SELECT id, path, kind, encoding, delimiter, plan, fingerprint, bytes, rows, accepted, corrected,
			rejected, duplicates, reasons, seconds, imported_at, value_e4, first_day, last_day, `+corrects+", "+told+`
		FROM source ORDER BY id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []model.Source
	for rows.Next() {
		var s model.Source
		var reasons, at, warnings string
		var first, last sql.NullInt64
		if err := rows.Scan(&s.ID, &s.Path, &s.Kind, &s.Encoding, &s.Delimiter, &s.Plan, &s.Fingerprint, &s.Bytes,
			&s.Rows, &s.Accepted, &s.Corrected, &s.Rejected, &s.Duplicates, &reasons, &s.Seconds, &at, &s.Bought,
			&first, &last, &s.Corrects, &s.Joined, &warnings, &s.Dropped, &s.Repeated, &s.RefusedValue, &s.RefusedReturned, &s.RefusedValued); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(reasons), &s.Reasons); err != nil {
			return nil, damaged("reasons of source {source}: {cause}", "source", s.ID, "cause", err)
		}
		if s.FirstDay, s.LastDay = model.NoDay, model.NoDay; first.Valid && last.Valid {
			s.FirstDay, s.LastDay = model.Day(first.Int64), model.Day(last.Int64)
		}
		if warnings == "[]" {
			warnings = "null"
		}
		if err := json.Unmarshal([]byte(warnings), &s.Warnings); err != nil {
			return nil, damaged("notices of source {source}: {cause}", "source", s.ID, "cause", err)
		}
		if s.ImportedAt, err = time.Parse(momentFormat, at); err != nil {
			return nil, damaged("time of source {source}: {cause}", "source", s.ID, "cause", err)
		}
		all = append(all, s)
	}
	return all, rows.Err()
}

// momentFormat is how moments are stored: UTC, fixed width.
const momentFormat = "2006-01-02T15:04:05.000Z"

func moment(t time.Time) string { return t.UTC().Format(momentFormat) }

// setting reads a setting, "" where it is absent.
func setting(ctx context.Context, q querier, name string) (value string, err error) {
	err = q.QueryRowContext(ctx, "SELECT value FROM setting NOT INDEXED WHERE name = ?", name).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return value, err
}

func setSetting(ctx context.Context, q querier, name, value string) error {
	if err := unbroken(ctx, q, sealStep, "setting"); err != nil {
		return err // sealing it would hide that
	}
	_, err := q.ExecContext(ctx,
		"INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", name, value)
	if err != nil {
		return err
	}
	return seal(ctx, q, "setting")
}

// number reads a setting that is a number, 0 where it is absent.
func number(ctx context.Context, q querier, name string) (int64, error) {
	text, err := setting(ctx, q, name)
	if err != nil || text == "" {
		return 0, err
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0, damaged("the setting {name} is {value:q}, not a number", "name", name, "value", text)
	}
	return n, nil
}

func generation(ctx context.Context, q querier) (int64, error) { return number(ctx, q, "generation") }

// nextGeneration raises the generation and returns it.
func nextGeneration(ctx context.Context, q querier) (int64, error) {
	g, err := generation(ctx, q)
	if err != nil {
		return 0, err
	}
	return g + 1, setSetting(ctx, q, "generation", strconv.FormatInt(g+1, 10))
}
