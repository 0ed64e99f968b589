package main

import (
	"bytes"
	"database/sql"
	"encoding/base64"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/charmbracelet/x/ansi"
)

// hostile is a text that would write to the clipboard, clear a screen, and turn the
// order of reading around.
const hostile = "=\x1b]52;c;QUFB\a\x1b[2J\u009b2J\u009d52;c;QUFB\u009c\x01\x7f\r\b\u202eabc\u2066d\u200b\u200d\ufeffe"

// hostileWorkspace makes a workspace that somebody else may have sent: every text
// of every table is hostile.
func hostileWorkspace(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	path, orders := filepath.Join(folder, "w.strata"), filepath.Join(folder, "orders.csv")
	var text strings.Builder
	w := csv.NewWriter(&text)
	record := func(cells ...string) {
		if err := w.Write(cells); err != nil {
			t.Fatal(err)
		}
	}
	record("customer", "order", "date", "amount", "region", "status")
	for i := range 300 {
		record(fmt.Sprintf("C%d", i%60), fmt.Sprint("O", i), fmt.Sprintf("2024-%02d-%02d", 1+i%12, 1+i%28), fmt.Sprint(i%7*30+1), []string{"East", "West"}[i%2], "ok")
	}
	record("C1", "bad", "someday", "9", "East", "ok")
	w.Flush()
	writeFile(t, orders, text.String())
	mustRun(t, exitRefused, "import", path, orders)
	mustRun(t, exitDone, "scenario", "save", path, "mine", "--note", "a note", "--recency", "20,40,90,180")
	mustRun(t, exitDone, "scenario", "open", path, "mine")
	mustRun(t, exitDone, "service", path, "--set", "high.promise=1h")
	inScheme := `"` + regexp.MustCompile(`[^ -~]`).ReplaceAllStringFunc(hostile, func(s string) string { return fmt.Sprintf(`\u%04x`, []rune(s)[0]) }) + `"`
	addHostileEdit(t, path, inScheme)
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	quoted := "'" + strings.ReplaceAll(hostile, "'", "''") + "'"
	run := func(format string, args ...any) {
		t.Helper()
		if _, err := db.Exec(fmt.Sprintf(format, args...)); err != nil {
			t.Fatalf("%v: "+format, append([]any{err}, args...)...)
		}
	}
	// Who makes such a file leaves nothing that tells: it is sealed as it is then, as one
	// of an older schema.
	run("DELETE FROM seal")
	run("PRAGMA user_version = 8")
	run("DELETE FROM column_chunk")
	run("DELETE FROM line_chunk")
	run("DELETE FROM tier_snapshot")
	run("INSERT OR REPLACE INTO setting VALUES ('currency', %s)", quoted)
	run("UPDATE source SET path = path || %s, encoding = %[1]s, delimiter = %[1]s, warnings = json_array(json_object('code', %[1]s, 'message', %[1]s)), reasons = json_object(%[1]s, 1)", quoted)
	run("UPDATE reject SET header = %s, value = %[1]s, code = %[1]s, reason = %[1]s, row = %[1]s", quoted)
	run("UPDATE attribute SET name = name || %s", quoted)
	run("UPDATE customer SET key = %s || key", quoted)
	run("UPDATE orders SET order_key = %s || order_key", quoted)
	run("UPDATE scenario SET note = %s, name = name || %[1]s, scheme = replace(scheme, 'scheme: mine', 'scheme: %[2]s') || '# \u202e and \u009b2J' || char(10)", quoted, inScheme)
	rows, err := db.Query("SELECT subject, column_name FROM attribute")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var updates []string
	for rows.Next() {
		var subject, column string
		if err := rows.Scan(&subject, &column); err != nil {
			t.Fatal(err)
		}
		table := map[string]string{"customer": "customer", "order": "orders", "line": "order_line"}[subject]
		updates = append(updates, fmt.Sprintf("UPDATE %s SET %q = %s || %[2]q", table, column, quoted))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	for _, update := range updates {
		run("%s", strings.ReplaceAll(update, "%", "%%"))
	}
	return path
}

// addHostileEdit adds an edit whose label and scheme are hostile, with the checksum
// that whoever made it would not forget.
func addHostileEdit(t *testing.T, path, inScheme string) {
	t.Helper()
	store, err := workspaces{}.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	bench, err := store.Bench(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	edits, err := store.Edits(t.Context(), bench.Head)
	if err != nil {
		t.Fatal(err)
	}
	edit := edits[0]
	edit.Parent, edit.Label = edit.ID, hostile+edit.Label
	edit.Scheme = strings.Replace(edit.Scheme, "scheme: mine", "scheme: "+inScheme, 1)
	if !strings.Contains(edit.Scheme, inScheme) {
		t.Fatalf("no name in %s", edit.Scheme)
	}
	if _, err := store.AddEdit(t.Context(), edit); err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
}

// controls finds the first character of a text that could control a terminal, or
// turn the order of reading around, "" for none.
func controls(text string) string {
	for i, r := range text {
		if r != '\n' && r != '\t' && unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return fmt.Sprintf("%q in %q", r, text[max(0, i-40):min(len(text), i+40)])
		}
	}
	return ""
}

// shape takes out of what a terminal was given the sequences that strata itself has
// to do with: colours and the cursor.
var shape = regexp.MustCompile(`\x1b\[[0-9;?>=<$]*[A-Za-z]`)

func hostileCommands(path string) [][]string {
	return [][]string{
		{"tiers", path},
		{"matrix", path},
		{"scores", path},
		{"customer", path, "*"},
		{"compare", path, "--before", "ten", "--after", "mine" + hostile},
		{"compare", path, "--before", "ten", "--after", "rfm-r", "--members", "*:*"},
		{"sensitivity", path},
		{"suggest", path, "--goal", "high=20"},
		{"suggest", path, "--method", "jenks"},
		{"scenario", "list", path},
		{"scenario", "show", path, "mine" + hostile},
		{"scenario", "diff", path, "mine" + hostile, "ten"},
		{"log", path},
		{"service", path},
		{"sources", path},
		{"rejects", path},
		{"rejects", path, "--by-reason"},
		{"scheme", "show", path},
		{"scheme", "map", path},
		{"scheme", "lint", "rfm-r", "--workspace", path},
		{"tiers", path, "--where", "no" + hostile + "=1"},
		{"tiers", path, "--where", "region" + hostile + "=" + hostile + "East"},
		{"undo", path},
		{"redo", path},
		{"tiers", path + hostile},
		{hostile},
	}
}

// Nothing of a workspace that somebody else made controls the terminal: whatever
// the command, the format and where it goes.
func TestNothingHostileComesThrough(t *testing.T) {
	t.Parallel()
	path := hostileWorkspace(t)
	key := decodeJSON[[]scoreJSON](t, mustRun(t, exitDone, "scores", path, "--format", "json").out)[0].Customer
	if !strings.Contains(key, hostile) {
		t.Fatalf("the workspace is not hostile: %q", key)
	}
	for _, args := range hostileCommands(path) {
		for i := range args {
			if args[i] == "*" {
				args[i] = key
			}
		}
		for _, format := range []string{"text", "csv", "json"} {
			with := append(args[:len(args):len(args)], "--format", format)
			r := strata(t, "", with...)
			if found := controls(r.out + r.err); found != "" {
				t.Errorf("%s %s to a pipe: %s", args[0], format, found)
			}
			if r.status == exitFailed && !strings.Contains(strings.Join(args, " "), "no") && args[0] != hostile && args[1] == path {
				t.Errorf("%q: %s", args, r.err)
			}
			if strings.Contains(strings.Join(args, ""), hostile) && format == "csv" {
				continue
			}
			said := onTerminalOf(t, 120, nil, append(with, "--no-progress")...).said()
			if found := controls(shape.ReplaceAllString(strings.ReplaceAll(said, "\r\n", "\n"), "")); found != "" {
				t.Errorf("%s %s on a terminal: %s", args[0], format, found)
			}
		}
	}
}

// Every screen of it is drawn without what its texts hold.
func TestHostileWorkspaceOnTheScreens(t *testing.T) {
	t.Parallel()
	path := hostileWorkspace(t)
	for _, columns := range []uint16{80, 140} {
		term := onTerminalOf(t, columns, nil, path)
		term.await("Thresholds", 1)
		for _, key := range []string{
			"w", "\x1b", "i", "\x1b", "o", "\x1b", "?", "\x1b", "S", "\x1b", "f", "\x1b", "t", "2", "]", "3", "]", "]", "a", "\x1b", "[", "\r", "7", ".", "c", "\x1b", "\r", "\x1b", "/", "=", "\x1b",
			"9", "\r", "\r", "\x1b", "]", "e", "\x1b", "1", "\r", ":", "sch", "\x1b", "\x1b", "s", "\x1b", "l", "u",
		} {
			term.send(key)
			time.Sleep(60 * time.Millisecond)
		}
		term.send("\x1b\x1b")
		time.Sleep(200 * time.Millisecond)
		_ = term.cmd.Process.Kill() // whatever is open
		text := term.said()
		for _, bad := range []string{"\x1b]52", "\x01", "\x7f", "\u202e", "\u2066", "\u200b", "\ufeff", "\u009b", "\u009d"} {
			if at := strings.Index(text, bad); at >= 0 {
				t.Errorf("at %d columns: %q in %q", columns, bad, text[max(0, at-60):min(len(text), at+60)])
			}
		}
		for r := range strings.SplitSeq(ansi.Strip(text), "") {
			if c := []rune(r); len(c) > 0 && c[0] >= 0x80 && (unicode.IsControl(c[0]) || unicode.Is(unicode.Bidi_Control, c[0])) {
				t.Fatalf("at %d columns: %q", columns, r)
			}
		}
	}
}

// copied finds what is put on the clipboard.
var copied = regexp.MustCompile(`\x1b\]52;c;([A-Za-z0-9+/=]*)\x07`)

// Nothing that is copied from it, or written from a screen, controls the terminal that
// it is pasted into or shown on, or is run by a spreadsheet.
func TestNothingHostileIsCopied(t *testing.T) {
	t.Parallel()
	term := onTerminalOf(t, 140, nil, hostileWorkspace(t))
	term.await("Thresholds", 1)
	for _, keys := range []string{
		"1y", "1\ty", "2y", "2]y", "3y", "3]y", "3]\ty", "3]]y", "7y", "7\ry", "9y", "9\ry", "9\r\ry", "9]y",
	} {
		for _, key := range keys {
			term.send(string(key))
			time.Sleep(60 * time.Millisecond)
		}
		term.send("\x1b")
		time.Sleep(60 * time.Millisecond)
		term.send("\x1b")
		time.Sleep(60 * time.Millisecond)
	}
	written := []string{filepath.Join(t.TempDir(), "accounts.csv"), filepath.Join(t.TempDir(), "refused.csv"), filepath.Join(t.TempDir(), "people.csv")}
	for i, keys := range []string{"9x", "9\rx", "7x"} {
		for _, key := range keys {
			term.send(string(key))
			time.Sleep(60 * time.Millisecond)
		}
		term.send("\x15" + written[i] + "\r")
		awaitFile(t, written[i])
		term.send("\x1b")
		time.Sleep(60 * time.Millisecond)
	}
	_ = term.cmd.Process.Kill()
	for _, path := range written {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
		if err != nil || len(rows) < 2 {
			t.Errorf("%s: %d rows, %v", filepath.Base(path), len(rows), err)
		}
		for _, cell := range slices.Concat(rows...) {
			if found := controls(cell); found != "" || strings.HasPrefix(cell, "=") {
				t.Errorf("%s has %q", filepath.Base(path), cell)
			}
		}
	}
	all := copied.FindAllStringSubmatch(term.said(), -1)
	if len(all) < 12 {
		t.Errorf("copied %d times", len(all))
	}
	for _, c := range all {
		text, err := base64.StdEncoding.DecodeString(c[1])
		if err != nil {
			t.Fatal(err)
		}
		if found := controls(string(text)); found != "" {
			t.Errorf("copied %s", found)
		}
		for cell := range strings.FieldsFuncSeq(string(text), func(r rune) bool { return r == '\t' || r == '\n' }) {
			if strings.HasPrefix(cell, "=") {
				t.Errorf("copied the formula %q", cell)
			}
		}
	}
}

// A key that a program joins on comes as it is, if that is said.
func TestRawCSV(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	w := filepath.Join(folder, "w.strata")
	var orders strings.Builder
	orders.WriteString("customer,date,amount\n")
	keys := []string{"-5", "+441234", "=1+1", "@x", "－7", "＝1", "＋2", "＠y", "plain", "a\u200db", "z;=1;-2"}
	for i, key := range keys {
		fmt.Fprintf(&orders, "%s,2024-01-%02d,%d\n", key, i+1, i+1)
	}
	mustRun(t, exitDone, "import", w, writeFile(t, filepath.Join(folder, "o.csv"), orders.String()), "--key-rules", "off")
	first := func(args ...string) map[string]bool {
		rows, err := csv.NewReader(strings.NewReader(mustRun(t, exitDone, args...).out)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		found := map[string]bool{}
		for _, row := range rows[1:] {
			found[row[0]] = true
		}
		return found
	}
	safe, raw := first("scores", w, "--format", "csv"), first("scores", w, "--format", "csv", "--raw")
	for _, key := range keys {
		want := key
		if strings.ContainsAny(key[:1], "-+=@") || strings.ContainsAny(key, "－＝＋＠") {
			want = "'" + key
		}
		want = strings.NewReplacer(";=", ";'=", ";-", ";'-").Replace(want)
		if !safe[want] || !raw[key] {
			t.Errorf("%q: want %q of\n%v\nand as it is of\n%v", key, want, safe, raw)
		}
	}
	if r := strata(t, "", "scores", w, "--raw"); r.status != exitUsage {
		t.Errorf("--raw of text: %s", r.err)
	}
}

func TestHostileCurrencyIsRefused(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	w, orders := filepath.Join(folder, "w.strata"), writeFile(t, filepath.Join(folder, "o.csv"), "customer,date,amount\nA,2024-01-02,1\n")
	r := strata(t, "", "import", w, orders, "--currency", "\x1b]52;c;QUFB\a")
	if want := `strata: --currency: "\x1b]52;c;QUFB\a" is not a currency; give a code like GBP, or a sign like £` + "\n"; r.status != exitUsage || r.err != want {
		t.Errorf("exit status %d: %q", r.status, r.err)
	}
	if _, err := os.Stat(w); err == nil {
		t.Error("a workspace was made")
	}
	plan := writeFile(t, filepath.Join(folder, "p.yaml"), `currency: "\u009b2J"`)
	if r := strata(t, "", "import", w, orders, "--plan", plan); r.status == exitDone || !strings.Contains(r.err, "is not a currency") {
		t.Errorf("exit status %d: %q", r.status, r.err)
	}
}
