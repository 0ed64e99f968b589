package sqlite

import (
	"context"
	_ "embed" // the parts of the schema
	"maps"
	"slices"
	"strconv"
	"strings"

	"strata/model"
)

// This file makes sure that a workspace is made of what strata makes one of, before
// any of it is read. A view in the place of a table may never end, and a trigger
// changes what nobody asked to be changed; a workspace may come from anybody.

// structureText lists the tables, their columns and the indices of the schema, and what
// the tables' statements define, each after the number of the migration that brought it. Making them anew at every
// opening would take longer than opening. A test holds it to the migrations.
//
//go:embed migration/structure.txt
var structureText string

// structure returns the parts of a version of the schema, as [schemaParts] lists
// those of a file.
func structure(version int) (parts []string) {
	for line := range strings.Lines(structureText) {
		number, part, _ := strings.Cut(strings.TrimSpace(line), " ")
		if step, err := strconv.Atoi(number); err == nil && step <= version {
			parts = append(parts, part)
		}
	}
	return parts
}

// schemaParts lists tables with their columns, and indices.
const schemaParts = `
	SELECT type || ' ' || name FROM sqlite_schema WHERE type IN ('table', 'index')
	UNION ALL
	SELECT 'column ' || s.name || '.' || i.name || ' ' || i.type || iif(i."notnull", ' NOT NULL', '') || iif(i.hidden, ' GENERATED', '')
	FROM sqlite_schema s JOIN pragma_table_xinfo(s.name) i WHERE s.type = 'table'`

// parts reads the parts of a schema. Nothing foreign may be in it.
func parts(ctx context.Context, q querier) (all map[string]bool, err error) {
	rows, err := q.QueryContext(ctx, schemaParts)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all = map[string]bool{}
	for rows.Next() {
		var part string
		if err := rows.Scan(&part); err != nil {
			return nil, err
		}
		all[part] = true
	}
	return all, rows.Err()
}

// disposable are the tables that are derived: where one is not there at all, what it
// holds is made anew.
var disposable = []string{"column_chunk", "line_chunk", "tier_snapshot"}

// ownViews are the views that strata makes, and never reads.
var ownViews = []string{"order_view", "customer_view"}

// stranger is something in a schema that strata did not make.
type stranger struct {
	kind, name string
	idle       bool // where the file is only read it does nothing
}

// foreign lists what is in a schema and not made by strata, as "trigger tr". Tables
// that somebody added are not counted, nor indices over those, if nothing in them is
// computed: they only lie there. It goes by the statements, which SQLite carries out
// when it opens a file whatever kind and name stand beside them. Where the file is
// only read, what does nothing then is not counted, either.
func foreign(ctx context.Context, q querier, version int, mode access) (all []string, err error) {
	want := structure(version)
	found, statements, err := foreignEntries(ctx, q, want, mode)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 { // else nothing more is asked of it
		if found, err = foreignParts(ctx, q, want, statements); err != nil {
			return nil, err
		}
	}
	for _, f := range found {
		told := model.Printable(f.kind) + " " + model.Printable(f.name)
		if !(f.idle && mode == reading) && !slices.Contains(all, told) {
			all = append(all, told)
		}
	}
	return all, nil
}

// foreignEntries lists the entries of a schema that strata did not make, and returns
// the statements of its own tables and views.
func foreignEntries(ctx context.Context, q querier, want []string, mode access) (all []stranger, own map[string]string, err error) {
	rows, err := q.QueryContext(ctx, "SELECT type, name, coalesce(sql, '') FROM sqlite_schema")
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	own = map[string]string{}
	for rows.Next() {
		var kind, name, statement string
		if err := rows.Scan(&kind, &name, &statement); err != nil {
			return nil, nil, err
		}
		ours := slices.Contains(want, "table "+name)
		switch {
		case !madeByStrata(kind, name, statement, ours):
			if strings.HasPrefix(statement, "CREATE VIRTUAL ") {
				kind = "virtual table"
			}
			idle := (kind == "view" || kind == "trigger") && !ours
			if !idle || mode != reading {
				all = append(all, stranger{kind, name, idle})
			}
		case kind == "table" && ours || kind == "view":
			own[name] = statement
		case kind == "table" && mode != reading && checks.MatchString(normal(statement)):
			all = append(all, stranger{kind, name, true})
		}
	}
	return all, own, rows.Err()
}

// foreignParts lists what of strata's own tables and views, of which the statements are
// given, is not strata's, and what else is computed. A view is strata's to the letter:
// other figures under its name would be taken for strata's.
func foreignParts(ctx context.Context, q querier, want []string, statements map[string]string) ([]stranger, error) {
	all, err := evaluated(ctx, q, want)
	if err != nil || slices.ContainsFunc(all, func(s stranger) bool { return !s.idle }) {
		return all, err // nothing more is asked of it
	}
	kept := map[string][]string{}
	if statements["attribute"] != "" {
		if kept, err = keptIn(ctx, q); err != nil {
			return nil, err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(statements)) {
		switch {
		case !slices.Contains(ownViews, name):
			all = append(all, strangersIn(name, statements[name], want, kept[name])...)
		case statements["attribute"] != "" && !slices.Contains(viewStatements(name, kept), statements[name]):
			all = append(all, stranger{"view", name, true})
		}
	}
	return all, nil
}

// madeByStrata reports whether an entry of a schema is what strata makes, or does no
// harm. own says that strata has a table of the name.
func madeByStrata(kind, name, statement string, own bool) bool {
	begins := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(statement, w) })
	}
	switch kind {
	case "table":
		if own {
			return begins("CREATE TABLE "+name+" (", "CREATE TABLE "+name+"(", `CREATE TABLE "`+name+`" (`, `CREATE TABLE "`+name+`"(`)
		}
		return begins("CREATE TABLE ")
	case "index":
		return begins("CREATE INDEX ", "CREATE UNIQUE INDEX ") || statement == ""
	case "view":
		return slices.Contains(ownViews, name) && begins("CREATE VIEW "+name+" AS")
	}
	return false
}

// notOwn reports what is foreign in a workspace. Error: Corrupt.
func notOwn(all []string) error {
	if len(all) == 0 {
		return nil
	}
	return model.Errorf(model.Corrupt, "not made by strata: {all}", "all", strings.Join(all[:min(len(all), enough)], ", ")).
		WithHint("restore a copy of it; or remove that with the sqlite3 shell, for example with DROP TRIGGER, DROP VIEW or DROP INDEX, if you know what it is for")
}

// fitsStructure makes sure that a workspace has the tables of its schema's version,
// and nothing foreign. Error: Corrupt.
func fitsStructure(ctx context.Context, q querier, version int, mode access) error {
	all, err := foreign(ctx, q, version, mode)
	if err != nil {
		return err
	}
	if err := notOwn(all); err != nil {
		return err
	}
	has, err := parts(ctx, q)
	if err != nil {
		return err
	}
	for _, part := range structure(version) {
		kind, name, _ := strings.Cut(part, " ")
		table, _, _ := strings.Cut(name, ".")
		if kind == "index" || kind == "definition" || has[part] || slices.Contains(disposable, table) && !has["table "+table] {
			continue
		}
		return damaged("there is no {part}", "part", part)
	}
	return nil
}
