package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strings"

	codes "modernc.org/sqlite/lib"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/memory"
)

// Finding is what one check of a workspace came to.
type Finding struct {
	Name  string // its slug
	Title string // what people call it
	OK    bool
	Found []string // what is wrong; where nothing is, what else there is to know
}

// ReadScheme says of the text of a scheme why it cannot be read.
type ReadScheme func(text string) error

// Check looks through a whole workspace and tells what it found, check by check.
// The schemes in it are read by what is given, since what they are written in is
// not known here. It changes nothing but what a crash broke off. The error says why there was
// nothing to look through: NotFound, Unreadable, Foreign, Newer, Busy, Cancelled.
func Check(ctx context.Context, path string, scheme ReadScheme, report func(model.Progress)) ([]Finding, error) {
	if err := findable(path); err != nil {
		return nil, err
	}
	all, err := checkFile(ctx, path, scheme, report)
	if resultCode(err) == codes.SQLITE_READONLY {
		// A write was broken off by a crash and must be taken back first.
		if w, err := Open(ctx, path); err == nil {
			_ = w.Close()
		}
		all, err = checkFile(ctx, path, scheme, report)
	}
	return all, fault(catalogue.T("checking"), path, err)
}

// checkedTimes is how many times the memory of its size looking through all of a
// workspace takes.
const checkedTimes = 4

func checkFile(ctx context.Context, path string, scheme ReadScheme, report func(model.Progress)) (all []Finding, err error) {
	steps, err := migrations(migrationFiles)
	if err != nil {
		return nil, err
	}
	db := connect(path, reading)
	defer func() { err = errors.Join(err, db.Close()) }()
	c := &checker{ctx: ctx, path: path, scheme: scheme, report: report}
	version := 0
	err = c.check("file", catalogue.T("file"), func() (err error) {
		if err := ownLeftovers(path); err != nil {
			return err
		}
		about, err := os.Stat(path)
		if err != nil {
			return err
		}
		if err := memory.Fits(path, checkedTimes*about.Size()); err != nil {
			return err
		}
		version, err = recognise(ctx, db, path, about.Size(), len(steps))
		return err
	})
	if err != nil || version == 0 {
		return c.findings, err
	}
	// One transaction: a workbench that stores an edit meanwhile waits, and the
	// figures compared are all of one moment.
	err = transact(ctx, db, &sql.TxOptions{ReadOnly: true}, func(tx *sql.Tx) error {
		c.tx, c.version = tx, version
		if version < len(steps) {
			c.old = version
		}
		return c.all()
	})
	return c.findings, err
}

// checker goes through the checks of a workspace.
type checker struct {
	ctx      context.Context
	tx       *sql.Tx
	path     string
	version  int // of the schema
	old      int // as Workspace.old
	catalog  *catalog
	scheme   ReadScheme
	report   func(model.Progress)
	findings []Finding
	found    []string // by the check in progress
	note     string   // of the check in progress, which nothing is wrong with
}

// check makes one check. What it returns and what it adds to found is what is
// wrong. The error says that there is no point in going on.
func (c *checker) check(name, title string, do func() error) error {
	if c.report != nil {
		c.report(model.Progress{Stage: catalogue.T("checking {what}", "what", title)})
	}
	c.found, c.note = nil, ""
	err := do()
	if c.ctx.Err() != nil {
		return c.ctx.Err()
	}
	if err != nil {
		told := fault(catalogue.T("checking"), c.path, err)
		switch code := model.CodeOf(told); {
		case resultCode(err) == codes.SQLITE_READONLY:
			return err
		case code != model.Corrupt && code != model.Internal && code != model.NotFound && code != model.Invalid && code != model.Usage:
			return told // nothing wrong with the workspace
		}
		var e *model.Error
		if !errors.As(err, &e) {
			errors.As(told, &e)
		}
		c.found = append(c.found, strings.TrimPrefix(e.Message, catalogue.T("{verb} {path:q}: {title}", "verb", catalogue.T("checking"), "path", c.path, "title", "")))
	}
	f := Finding{Name: name, Title: title, OK: len(c.found) == 0, Found: c.found}
	if f.OK && c.note != "" {
		f.Found = []string{c.note}
	}
	c.findings = append(c.findings, f)
	return nil
}

func (c *checker) wrong(entry string, named ...any) {
	c.found = append(c.found, catalogue.T(entry, named...))
}

// enough is how many things of one kind are told one by one.
const enough = 20

// all makes all checks but that of the file. What is not as strata makes it is not
// looked into: reading it might never end.
func (c *checker) all() error {
	if err := c.check("schema", catalogue.T("schema"), c.schema); err != nil || !c.findings[len(c.findings)-1].OK {
		return err
	}
	checks := []struct {
		name, title string
		do          func() error
	}{
		{"pages", catalogue.T("pages"), c.pages},
		{"references", catalogue.T("references"), c.references},
		{"settings", catalogue.T("settings"), func() error { return c.sealed("setting") }},
		{"columns-kept", catalogue.T("stored columns"), func() error { return c.sealed("attribute") }},
		{"sources", catalogue.T("sources"), c.sources},
		{"customers-and-orders", catalogue.T("customers and orders"), c.data},
		{"lines", catalogue.T("lines"), c.lines},
		{"edits", catalogue.T("edits"), c.edits},
		{"scenarios", catalogue.T("scenarios"), c.scenarios},
		{"services", catalogue.T("services"), c.services},
		{"snapshot", catalogue.T("snapshot"), c.snapshot},
	}
	for _, one := range checks {
		if err := c.check(one.name, one.title, one.do); err != nil {
			return err
		}
	}
	return nil
}

// pages has SQLite look through all pages, indices and types.
func (c *checker) pages() error {
	return c.each(fmt.Sprintf("PRAGMA integrity_check(%d)", enough), func(rows *sql.Rows) error {
		var found string
		err := rows.Scan(&found)
		if err == nil && found != "ok" {
			c.wrong("{found}", "found", found)
		}
		return err
	})
}

// each calls do for every row of a query.
func (c *checker) each(query string, do func(rows *sql.Rows) error, args ...any) error {
	rows, err := c.tx.QueryContext(c.ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := do(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// schema compares the schema with that of a new workspace, and looks for the
// columns of what was kept.
func (c *checker) schema() error {
	others, err := foreign(c.ctx, c.tx, c.version, checking)
	if err == nil {
		err = notOwn(others)
	}
	if err != nil {
		return err
	}
	has, err := parts(c.ctx, c.tx)
	if err != nil {
		return err
	}
	want := structure(c.version)
	if has["table attribute"] {
		err = c.each("SELECT subject, column_name FROM attribute", func(rows *sql.Rows) error {
			var subject model.Subject
			var column string
			err := rows.Scan(&subject, &column)
			want = append(want, fmt.Sprintf("column %s.%s TEXT", tables[subject], column))
			return err
		})
	}
	for _, part := range want {
		if !has[part] && !strings.HasPrefix(part, "definition ") { // which [foreign] has looked at
			c.wrong("there is no {part}", "part", part)
		}
	}
	return err
}

// references looks for rows that point to a row that is not there.
func (c *checker) references() error {
	count := 0
	err := c.each("PRAGMA foreign_key_check", func(rows *sql.Rows) error {
		var table, parent string
		var row sql.NullInt64
		var key int64
		if err := rows.Scan(&table, &row, &parent, &key); err != nil {
			return err
		}
		if count++; count <= enough {
			c.wrong("row {row} of {table} belongs to a {parent} that does not exist", "row", row.Int64, "table", table, "parent", parent)
		}
		return nil
	})
	if count > enough {
		c.wrong("and {count} more", "count", count-enough)
	}
	return err
}

func (c *checker) sealed(table string) error {
	if err := c.hasSeal(table, catalogue.T("the table {table}", "table", table)); err != nil {
		return err
	}
	return unbroken(c.ctx, c.tx, int64(c.version), table)
}
