package sqlite

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The list of parts is what the migrations make, step by step.
func TestStructureIsThatOfTheMigrations(t *testing.T) {
	t.Parallel()
	steps, err := migrations(migrationFiles)
	if err != nil {
		t.Fatal(err)
	}
	var list strings.Builder
	before := map[string]bool{}
	for n := range steps {
		db := connect("structure", rehearsing)
		if err := migrate(t.Context(), db, steps[:n+1]); err != nil {
			t.Fatal(err)
		}
		now, err := parts(t.Context(), db)
		if err != nil {
			t.Fatal(err)
		}
		defined, err := definedParts(t.Context(), db)
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range defined {
			now[part] = true
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		var brought []string
		for part := range now {
			if !before[part] {
				brought = append(brought, part)
			}
		}
		for part := range before {
			if !now[part] {
				t.Errorf("step %d has %s no more, which the list cannot say", n+1, part)
			}
		}
		slices.Sort(brought)
		for _, part := range brought {
			fmt.Fprintln(&list, n+1, part)
		}
		before = now
	}
	if path := filepath.Join("migration", "structure.txt"); os.Getenv("STRATA_UPDATE") != "" {
		if err := os.WriteFile(path, []byte(list.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	} else if list.String() != structureText {
		t.Errorf("%s is to be:\n%s", path, list.String())
	}
}

// definedParts are the parts that the statements of tables define.
func definedParts(ctx context.Context, q querier) (all []string, err error) {
	rows, err := q.QueryContext(ctx, "SELECT name, sql FROM sqlite_schema WHERE type = 'table'")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var table, statement string
		if err := rows.Scan(&table, &statement); err != nil {
			return nil, err
		}
		defined, _ := definitions(statement)
		for _, d := range defined {
			all = append(all, "definition "+table+" "+d)
		}
	}
	return all, rows.Err()
}
