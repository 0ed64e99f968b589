package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// applicationID marks a SQLite file as a strata workspace ("STRA").
const applicationID = 0x53545241

// The hints of files that are no workspace, or a broken one.
var (
	notOursHint = catalogue.T("give a .strata file, or create one with: strata import NEW.strata FILE")
	corruptHint = catalogue.T("restore a copy of it, or import the client's files again; `strata check` with the file shows more")
)

//go:embed migration/*.sql
var migrationFiles embed.FS

// migration is one step of the schema, numbered from 1.
type migration struct {
	number int
	sql    string
}

// migrations reads the numbered steps NNNN_name.sql of a folder, in order.
func migrations(files fs.FS) ([]migration, error) {
	names, err := fs.Glob(files, "migration/*.sql") // sorted
	if err != nil {
		return nil, err
	}
	var steps []migration
	for _, name := range names {
		number, _, _ := strings.Cut(strings.TrimPrefix(name, "migration/"), "_")
		n, err := strconv.Atoi(number)
		if err != nil || n != len(steps)+1 {
			return nil, catalogue.Errorf("migration {name}: want number {steps}", "name", name, "steps", len(steps)+1)
		}
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		steps = append(steps, migration{n, string(text)})
	}
	return steps, nil
}

// migrate brings a file to the newest schema, in one transaction.
func migrate(ctx context.Context, db *sql.DB, steps []migration) error {
	return transact(ctx, db, nil, func(tx *sql.Tx) error {
		version, err := pragma(ctx, tx, "user_version")
		if err != nil {
			return err
		}
		if err := unbroken(ctx, tx, version, sealedTables...); err != nil {
			return err
		}
		for _, step := range steps[version:] {
			if _, err := tx.ExecContext(ctx, step.sql); err != nil {
				return catalogue.Errorf("migration {number}: {cause}", "number", step.number, "cause", err)
			}
		}
		if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", len(steps))); err != nil {
			return err
		}
		if len(steps) < sealStep {
			return nil
		}
		if err := sealAll(ctx, tx); err != nil || len(steps) < rowSealStep || version >= rowSealStep {
			return err
		}
		return sealRows(ctx, tx)
	})
}

// recognise tells a workspace from other files and returns its schema version.
// size is the file's size when it was opened.
func recognise(ctx context.Context, db *sql.DB, path string, size int64, newest int) (version int, err error) {
	if size == 0 {
		return 0, model.Errorf(model.Foreign, "{path:q} is empty", "path", path).WithHint(notOursHint)
	}
	if size < headerLength { // SQLite takes it for an empty database
		return 0, model.Errorf(model.Foreign, "{path:q} is not a strata workspace", "path", path).WithHint(notOursHint)
	}
	if err := bound(ctx, db); err != nil {
		return 0, err
	}
	id, err := pragma(ctx, db, "application_id")
	if err != nil {
		return 0, err
	}
	if id != applicationID {
		return 0, model.Errorf(model.Foreign, "{path:q} is a SQLite file, but not a strata workspace", "path", path).WithHint(notOursHint)
	}
	pages, err := pragma(ctx, db, "page_count")
	if err != nil {
		return 0, err
	}
	pageSize, err := pragma(ctx, db, "page_size")
	if err != nil {
		return 0, err
	}
	// SQLite itself sees missing pages, but not the missing half of the last. The
	// size is asked for again: another strata may have added pages since. With a
	// write-ahead log the last pages may be in that alone.
	if now, err := os.Stat(path); err == nil && now.Size() < pages*pageSize && !hasLog(path) {
		return 0, model.Errorf(model.Corrupt, "{path:q} is cut short: {size} of {pages} bytes", "path", path, "size", words.Count(now.Size()), "pages", words.Count(pages*pageSize)).WithHint(corruptHint)
	}
	v, err := pragma(ctx, db, "user_version")
	if err != nil {
		return 0, err
	}
	if v > int64(newest) {
		return 0, model.Errorf(model.Newer, "{path:q} was written by a newer strata (schema {schema}, this one knows {newest})", "path", path, "schema", v, "newest", newest).
			WithHint("update strata")
	}
	if v < 1 {
		return 0, model.Errorf(model.Corrupt, "{path:q} has no schema version", "path", path).WithHint(corruptHint)
	}
	if v < sealStep {
		var sealed int
		if err := db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema WHERE name = 'seal'").Scan(&sealed); err != nil {
			return 0, err
		}
		if sealed > 0 {
			return 0, damaged("{path:q} says it has schema {schema}, but was written with a later one", "path", path, "schema", v)
		}
	}
	return int(v), nil
}

// backupPath names the nth copy, from 1, that is kept of a file of an older schema.
func backupPath(path string, version, n int) string {
	name := fmt.Sprintf("%s.v%d.bak", path, version)
	if n > 1 {
		name += fmt.Sprintf("-%d", n)
	}
	return name
}

func pragma(ctx context.Context, q querier, name string) (value int64, err error) {
	err = q.QueryRowContext(ctx, "PRAGMA "+name).Scan(&value)
	return value, err
}

// check runs SQLite's own consistency check. Error: Corrupt.
func check(ctx context.Context, q querier) error {
	var found string
	if err := q.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&found); err != nil {
		return err
	}
	if found != "ok" {
		return damaged("its pages: {found}", "found", found)
	}
	return nil
}
