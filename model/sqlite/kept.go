package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"strata/model"
)

// addAttributes finds or makes the SQL columns of the arrival's attributes.
func (l *loader) addAttributes(a *arrival, source int64) (err error) {
	in := a.intake
	if a.customerColumns, err = l.addColumns(model.OfCustomer, in.CustomerAttributes, source); err != nil {
		return err
	}
	if a.orderColumns, err = l.addColumns(model.OfOrder, in.OrderAttributes, source); err != nil {
		return err
	}
	if in.Lines != nil {
		a.lineColumns, err = l.addColumns(model.OfLine, in.Lines.Attributes, source)
	}
	return err
}

// attributeLimit is how many kept columns a table takes; SQLite itself stops
// at 2,000 columns.
const attributeLimit = 1_900

// addColumns returns the SQL columns of the attributes, made where the
// workspace has none of that name yet. A header that stands twice in one file
// is numbered.
func (l *loader) addColumns(subject model.Subject, arrived []model.IntakeAttribute, source int64) ([]string, error) {
	taken := set("rowid oid " + viewNames)
	known := map[string]string{}
	own, err := tableColumns(l.ctx, l.tx, tables[subject])
	if err != nil {
		return nil, err
	}
	for _, name := range own {
		taken[name] = true
	}
	for _, at := range l.attributes {
		if at.Subject == subject {
			known[at.Name] = at.Column
		}
	}
	if len(known)+len(arrived) > attributeLimit {
		return nil, model.Errorf(model.Invalid, "{columns} stored columns are more than the {limit} a workspace can hold", "columns", len(known)+len(arrived), "limit", attributeLimit).
			WithHint("leave out columns that are not needed")
	}
	var names []string
	seen := map[string]int{}
	for _, at := range arrived {
		name := at.Name
		if seen[name]++; seen[name] > 1 {
			name = fmt.Sprintf("%s (%d)", name, seen[name])
		}
		sqlName, ok := known[name]
		if !ok {
			sqlName = identifier(name, taken)
			known[name] = sqlName
			if err := l.addColumn(model.Attribute{Name: name, Subject: subject, Column: sqlName, Field: at.Field}, source); err != nil {
				return nil, err
			}
		}
		names = append(names, sqlName)
	}
	return names, nil
}

func (l *loader) addColumn(at model.Attribute, source int64) error {
	add := fmt.Sprintf("ALTER TABLE %s ADD COLUMN %s TEXT", tables[at.Subject], at.Column)
	if _, err := l.tx.ExecContext(l.ctx, add); err != nil {
		return err
	}
	_, err := l.tx.ExecContext(l.ctx,
		"INSERT INTO attribute (subject, name, column_name, field, source_id) VALUES (?, ?, ?, ?, ?)",
		string(at.Subject), at.Name, at.Column, at.Field, source)
	l.attributes = append(l.attributes, at)
	return err
}

// viewNames are the columns that the views add to those of the tables.
const viewNames = "customer_key date value returned cost source order_count first_date last_date"

// nameViews makes the views anew, with all kept columns in them.
func (l *loader) nameViews() error {
	kept := map[string][]string{}
	for _, at := range l.attributes {
		table := tables[at.Subject]
		kept[table] = append(kept[table], at.Column)
	}
	for _, view := range ownViews {
		for _, statement := range []string{"DROP VIEW IF EXISTS " + view, viewStatements(view, kept)[0]} {
			if _, err := l.tx.ExecContext(l.ctx, statement); err != nil {
				return err
			}
		}
	}
	return nil
}

// viewStatements returns the statements that make one of [ownViews], with the columns
// that are kept in each table: today's, and the one from before [lineStep], which a
// workspace has until it is imported into.
func viewStatements(view string, kept map[string][]string) []string {
	columns := func(subject model.Subject, table string) string {
		var b strings.Builder
		for _, column := range kept[tables[subject]] {
			fmt.Fprintf(&b, ", %s.%s", table, column)
		}
		return b.String()
	}
	if view == "order_view" {
		with := func(cost string) string {
			return fmt.Sprintf(`CREATE VIEW order_view AS
SELECT o.id, c.key AS customer_key, o.order_key, date(o.day * 86400, 'unixepoch') AS date,
       o.value_e4 / 10000.0 AS value, o.returned_e4 / 10000.0 AS returned%s, o.lines, s.path AS source%s
FROM orders o JOIN customer c ON c.id = o.customer_id JOIN source s ON s.id = o.source_id`,
				cost, columns(model.OfOrder, "o"))
		}
		return []string{with(", o.cost_e4 / 10000.0 AS cost"), with("")}
	}
	with := func(cost string) string {
		return fmt.Sprintf(`CREATE VIEW customer_view AS
SELECT c.id, c.key AS customer_key, count(*) AS order_count, date(min(o.day) * 86400, 'unixepoch') AS first_date,
       date(max(o.day) * 86400, 'unixepoch') AS last_date, sum(o.value_e4) / 10000.0 AS value,
       sum(o.returned_e4) / 10000.0 AS returned%s%s
FROM orders o JOIN customer c ON c.id = o.customer_id GROUP BY c.id`,
			cost, columns(model.OfCustomer, "c"))
	}
	return []string{with(", sum(o.cost_e4) / 10000.0 AS cost"), with("")}
}

// tableColumns lists a table's columns.
func tableColumns(ctx context.Context, tx *sql.Tx, table string) (names []string, err error) {
	rows, err := tx.QueryContext(ctx, "SELECT name FROM pragma_table_info(?)", table)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}
