package main

import (
	"database/sql"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"strata/model"
	"strata/model/sqlite"
	"strata/tui/session"
)

// killsVariable says how often strata is killed; each takes about a second.
const killsVariable = "STRATA_KILLS"

// edits is what a person types: a step of one cut and on to the next, so that
// every step is an edit of its own, with one taken back now and then.
var edits = strings.Fields("l j l j l u j l k l l k h k l u u j l j l j l k h k h u k l j h j l j l k l k h k l j l")

// isEdit reports whether a key makes an edit of its own; a second step on the
// same cut belongs to the first.
func isEdit(i int) bool {
	step := func(key string) bool { return key == "l" || key == "h" }
	return step(edits[i]) && (i == 0 || !step(edits[i-1]))
}

// TestKilledWhileEditing kills strata in the middle of editing, again and
// again: the file is sound, opens, and holds all edits but the one in progress.
func TestKilledWhileEditing(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("SKIPPED: kills processes of their own, which no race detector sees")
	}
	kills := 4
	if text := os.Getenv(killsVariable); text != "" {
		kills, _ = strconv.Atoi(text)
	}
	fresh, err := os.ReadFile(smallWorkspace(t))
	if err != nil {
		t.Fatal(err)
	}
	newFile := func() string {
		path := filepath.Join(t.TempDir(), "shop.strata")
		if err := os.WriteFile(path, fresh, 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	path := newFile()
	begun := time.Now()
	term := onTerminal(t, nil, path)
	term.await("Champions", 1)
	typed := time.Now()
	if made, _ := term.edit(0); made == 0 {
		t.Fatal("nothing was edited")
	}
	whole := time.Since(typed)
	term.leave()
	want := readLog(t, path)
	made := 0
	for i := range edits {
		if isEdit(i) {
			made++
		}
	}
	if len(want) != made {
		t.Fatalf("the keys make %d edits, want %d: %+v", len(want), made, want)
	}
	lost := 0
	for range kills {
		path := newFile()
		term := onTerminal(t, nil, path)
		term.await("Champions", 1)
		answered, sent := term.edit(time.Duration(rand.Int64N(int64(whole))))
		_ = term.cmd.Wait() // killed
		_ = term.master.Close()
		lost += answered - checkKilled(t, path, want, answered, sent)
	}
	t.Logf("%d kills: %d edits in progress were lost; %v in all", kills, lost, time.Since(begun).Round(time.Second))
}

// edit types the edits, each key after the answer to the one before, until
// strata is killed after a while (0: never). It returns how many edits were
// answered on the screen and how many were typed.
func (term *terminal) edit(killAfter time.Duration) (answered, sent int) {
	term.t.Helper()
	killed := make(chan struct{})
	if killAfter > 0 {
		time.AfterFunc(killAfter, func() {
			close(killed)
			_ = term.cmd.Process.Kill() // it may have ended
		})
	}
	for i, key := range edits {
		before := len(term.text())
		if _, err := term.master.WriteString(key); err != nil {
			return answered, sent
		}
		if isEdit(i) {
			sent++
		}
		if !term.grows(before, killed) {
			return answered, sent
		}
		if isEdit(i) {
			answered++
		}
		time.Sleep(time.Duration(rand.Int64N(int64(15 * time.Millisecond))))
	}
	if killAfter > 0 {
		<-killed
	}
	return answered, sent
}

// grows waits until strata has written something more and rests; it reports
// false when strata was killed before.
func (term *terminal) grows(than int, killed <-chan struct{}) bool {
	const patience, rest = 10 * time.Second, 4 * time.Millisecond
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(rest) {
		if now := len(term.text()); now > than {
			time.Sleep(rest)
			if len(term.text()) == now {
				return true
			}
		}
		select {
		case <-killed:
			time.Sleep(20 * time.Millisecond) // what was written before is still coming
			return len(term.text()) > than
		default:
		}
	}
	term.t.Fatalf("no answer to a key in\n%q", term.text())
	return false
}

// readLog returns the edits of a workspace, the first one first.
func readLog(t *testing.T, path string) []model.Edit {
	t.Helper()
	store, err := sqlite.OpenToRead(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	bench, err := store.Bench(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var ids []int64
	for _, link := range bench.Edits {
		ids = append(ids, link.ID)
	}
	all, err := store.Edits(t.Context(), ids...)
	if err != nil {
		t.Fatal(err)
	}
	for i := range all {
		all[i].At = time.Time{}
	}
	return all
}

// checkKilled finds a workspace sound after a kill, with the first of the
// edits wanted, and returns how many it has.
func checkKilled(t *testing.T, path string, want []model.Edit, answered, sent int) int {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	var sound string
	err = db.QueryRow("PRAGMA quick_check").Scan(&sound)
	if closed := db.Close(); err != nil || closed != nil || sound != "ok" {
		t.Fatalf("the file is not sound: %s, %v, %v", sound, err, closed)
	}
	got := readLog(t, path)
	if len(got) < answered-1 || len(got) > sent {
		t.Errorf("%d edits are kept of %d answered and %d typed", len(got), answered, sent)
	}
	for i, e := range got {
		if e != want[i] {
			t.Fatalf("edit %d is %+v, want %+v", i+1, e, want[i])
		}
	}
	store, err := workspaces{}.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	s, err := session.New(t.Context(), store)
	if err == nil && s.Info().ReadOnly {
		t.Error("the killed one keeps others from writing")
	}
	var b *session.Bench
	if err == nil {
		b, err = s.OpenBench(t.Context(), nil, time.Now)
	}
	if err != nil {
		t.Fatal(err)
	}
	f := b.Frame()
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	compareHead(t, path, f, got)
	return len(got)
}

// compareHead finds the tiers of the workspace as its current edit says.
func compareHead(t *testing.T, path string, f *session.Frame, edits []model.Edit) {
	t.Helper()
	log := decodeJSON[[]loggedEdit](t, mustRun(t, exitDone, "log", path, "--format", "json").out)
	head := 0
	for _, e := range log {
		if e.Current {
			head = e.Number
		}
	}
	scheme := "ten"
	if head > 0 {
		scheme = filepath.Join(t.TempDir(), "head.yaml")
		if err := os.WriteFile(scheme, []byte(edits[head-1].Scheme), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	tiers := mustRun(t, exitDone, "tiers", path, "--format", "json").out
	if want := mustRun(t, exitDone, "tiers", path, "--scheme", scheme, "--format", "json").out; tiers != want {
		t.Errorf("after edit %d the tiers are\n%s\nwant\n%s", head, tiers, want)
	}
	if j := decodeTiers(t, tiers); j.Customers != f.Total.Customers || j.Tiers[0].Customers != f.Tiers[0].Now.Customers {
		t.Errorf("the workbench shows %+v, the command %+v", f.Tiers[0].Now, j.Tiers[0])
	}
}
