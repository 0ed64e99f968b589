package sqlite

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"strata/model"
)

// This file takes the statements apart that made a file's tables. An expression in
// one is run by whoever writes the table, and may never end.

// definitions returns what the statement of a table defines, column by column and
// constraint by constraint, and what stands behind that.
func definitions(statement string) (all []string, tail string) {
	_, rest, _ := strings.Cut(normal(statement), "(")
	depth, from := 0, 0
	for i := 0; i < len(rest); i++ {
		switch c := rest[i]; {
		case closingQuote(c) != 0:
			i = quoteEnd(rest, i) - 1
		case c == '(':
			depth++
		case c == ',' && depth == 0:
			all, from = append(all, rest[from:i]), i+1
		case c == ')':
			if depth--; depth < 0 {
				return append(all, rest[from:i]), rest[i+1:]
			}
		}
	}
	return append(all, rest[from:]), ""
}

// normal writes a statement without comments, and with no more blanks than it needs.
func normal(statement string) string {
	var b strings.Builder
	gap := false
	write := func(token string) {
		last := byte('(')
		if b.Len() > 0 {
			last = b.String()[b.Len()-1]
		}
		if gap && !strings.ContainsRune("(,)", rune(last)) && !strings.ContainsRune("(,)", rune(token[0])) {
			b.WriteByte(' ')
		}
		gap = false
		b.WriteString(token)
	}
	for i := 0; i < len(statement); {
		end := i + 1
		switch rest := statement[i:]; {
		case strings.HasPrefix(rest, "--"):
			gap, end = true, behind(statement, i, "\n")
		case strings.HasPrefix(rest, "/*"):
			gap, end = true, behind(statement, i+2, "*/")
		case strings.IndexByte(" \t\n\f\r", rest[0]) >= 0:
			gap = true
		case closingQuote(rest[0]) != 0:
			end = quoteEnd(statement, i)
			write(statement[i:end])
		default:
			write(rest[:1])
		}
		i = end
	}
	return b.String()
}

// behind is the place behind the next of some characters, or the end.
func behind(text string, from int, what string) int {
	if from < len(text) {
		if at := strings.Index(text[from:], what); at >= 0 {
			return from + at + len(what)
		}
	}
	return len(text)
}

// closingQuote is what ends a name or text that begins with a character, 0 if none does.
func closingQuote(c byte) byte {
	switch c {
	case '\'', '"', '`':
		return c
	case '[':
		return ']'
	}
	return 0
}

// quoteEnd is the place behind a quoted name or text. A doubled quote in it begins the
// next one, which comes to the same.
func quoteEnd(text string, from int) int {
	return behind(text, from+1, string(closingQuote(text[from])))
}

// keptDefinition is that of a kept column.
var keptDefinition = regexp.MustCompile(`^([\pL\pN_]+) TEXT$`)

// constrains is how a constraint begins that belongs to no column.
var constrains = regexp.MustCompile(`(?i)^(CONSTRAINT|CHECK|UNIQUE|PRIMARY|FOREIGN)\b`)

// checks says that a statement has a CHECK in it.
var checks = regexp.MustCompile(`(?i)\bCHECK\b`)

// strangersIn lists what the statement of a table of strata's defines that is not
// strata's. kept are the columns that are kept in it.
func strangersIn(table, statement string, want, kept []string) (all []stranger) {
	found, tail := definitions(statement)
	for _, d := range found {
		name := keptDefinition.FindStringSubmatch(d)
		switch {
		case slices.Contains(want, "definition "+table+" "+d) || name != nil && slices.Contains(kept, name[1]):
		case constrains.MatchString(d):
			all = append(all, stranger{"constraint of", table, true})
		default:
			column := strings.FieldsFunc(d, func(r rune) bool { return strings.ContainsRune(" (", r) })
			all = append(all, stranger{"column", table + "." + strings.Join(column[:min(len(column), 1)], ""), true})
		}
	}
	if tail != "STRICT" {
		all = append(all, stranger{"table", table, true})
	}
	return all
}

// keptIn returns the kept columns by their tables, as they came.
func keptIn(ctx context.Context, q querier) (map[string][]string, error) {
	rows, err := q.QueryContext(ctx, "SELECT subject, column_name FROM attribute NOT INDEXED ORDER BY id")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	kept := map[string][]string{}
	for rows.Next() {
		var subject, column string
		if err := rows.Scan(&subject, &column); err != nil {
			return nil, err
		}
		table := tables[model.Subject(subject)]
		kept[table] = append(kept[table], column)
	}
	return kept, rows.Err()
}

// evaluated lists the indices that are not strata's, over its tables or with something
// to be computed; and generated columns. It goes by what SQLite has read, whatever the
// schema says beside it.
func evaluated(ctx context.Context, q querier, want []string) (all []stranger, err error) {
	rows, err := q.QueryContext(ctx, `
		SELECT 'index', t.name, i.name, i.partial OR i."unique" OR EXISTS (SELECT 1 FROM pragma_index_xinfo(i.name) x WHERE x.cid = -2)
		FROM pragma_table_list t JOIN pragma_index_list(t.name) i WHERE t.schema = 'main' AND t.type IN ('table', 'shadow') AND i.origin = 'c'
		UNION ALL
		SELECT 'column', t.name, i.name, 1
		FROM pragma_table_list t JOIN pragma_table_xinfo(t.name) i WHERE t.schema = 'main' AND t.type IN ('table', 'shadow') AND i.hidden <> 0`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var kind, table, name string
		var computes bool
		if err := rows.Scan(&kind, &table, &name, &computes); err != nil {
			return nil, err
		}
		own := slices.Contains(want, "table "+table)
		switch {
		case kind == "column":
			all = append(all, stranger{kind, table + "." + name, !own})
		case computes || own && !slices.Contains(want, "index "+name):
			all = append(all, stranger{kind, name, true})
		}
	}
	return all, rows.Err()
}
