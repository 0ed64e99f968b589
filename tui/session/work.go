package session

import (
	"context"
	"io"

	"strata/model/disk"
	"strata/model/schemefile"
)

// Work is what a person has done since the workspace was opened. What was done
// and taken back again is none.
type Work struct {
	Edits int // that led to the scheme as it stands, since it was last written to a file
	// Unstored are those of them that the workspace does not hold: it is read-only,
	// or could not be written to.
	Unstored int
	Baseline bool // another baseline was chosen
	Services bool // what tiers are promised was changed
}

// done is what [Bench.Work] is told from.
type done struct {
	opened, written    int // numbers of the edits that were current then
	baseline, services bool
}

// Work tells what was done since opening. The edit in progress ends.
func (b *Bench) Work() Work {
	b.Rest()
	w := Work{Baseline: b.done.baseline, Services: b.done.services}
	for n := b.edits.at; n > b.done.opened && n != b.done.written; n = b.edits.edits[n].parent {
		w.Edits++
		if !b.journal.holds(n) {
			w.Unstored++
		}
	}
	return w
}

// EditsRemain says, behind the word that another scheme is in use, that the edits
// of the one before are not lost; "" where it had none. before is its frame.
func EditsRemain(before *Frame) string {
	if before == nil || !before.Edited {
		return ""
	}
	return "; u brings your edits back"
}

// WriteScheme writes the working scheme to a new scheme file, its cuts frozen as
// a scenario's are. Errors: Exists, Unreadable.
func (b *Bench) WriteScheme(path string) error {
	b.Rest()
	scheme, err := b.session.kept(b.scheme.Name, b.scheme, b.rule, false)
	if err != nil {
		return err
	}
	err = disk.WriteNew(context.Background(), path, func(w io.Writer) error {
		_, err := io.WriteString(w, schemefile.Encode(scheme))
		return err
	})
	if err == nil {
		b.done.written = b.edits.at
	}
	return err
}
