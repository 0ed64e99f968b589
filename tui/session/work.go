package session

import (
	"io"

	"strata/model/catalogue"
	"strata/model/disk"
	"strata/model/schemefile"
)

// Work is what a person has done since the workspace was opened, and has not
// written to a file.
type Work struct {
	Edits int // that led to the scheme as it stands
	// Apart are edits that did not: they were taken back, or another way was gone
	// since. The log leads to each of them.
	Apart int
	// Unstored and UnstoredApart are those of them that the workspace does not hold:
	// it is read-only, or could not be written to.
	Unstored, UnstoredApart int
	Baseline                bool // another baseline was chosen
	Services                bool // what tiers are promised was changed
}

// done is what [Bench.Work] is told from.
type done struct {
	opened             int // number of the edit that was made last then
	written            map[int]bool
	baseline, services bool
}

// Work tells what was done since opening. The edit in progress ends.
func (b *Bench) Work() Work {
	b.Rest()
	w := Work{Baseline: b.done.baseline, Services: b.done.services}
	for n := b.done.opened + 1; n <= b.edits.last(); n++ {
		all, unstored := &w.Apart, &w.UnstoredApart
		switch {
		case b.done.written[n]:
			continue
		case b.edits.edits[n].onPath:
			all, unstored = &w.Edits, &w.Unstored
		}
		*all++
		if !b.journal.holds(n) {
			*unstored++
		}
	}
	return w
}

// wrote notes that the scheme as it stands was written to a file, and with it the
// edits that led to it.
func (b *Bench) wrote() {
	if b.done.written == nil {
		b.done.written = map[int]bool{}
	}
	for n := b.edits.at; n > b.done.opened; n = b.edits.edits[n].parent {
		b.done.written[n] = true
	}
}

// EditsRemain says, behind the word that another scheme is in use, that the edits
// of the one before are not lost; "" where it had none. before is its frame.
func EditsRemain(before *Frame) string {
	if before == nil || !before.Edited {
		return ""
	}
	return catalogue.T("; [u] brings your edits back")
}

// SchemeText is the working scheme as the text of a scheme file, its cuts frozen as
// a scenario's are. Error: Usage for a scheme that cannot be read again.
func (b *Bench) SchemeText() (string, error) {
	b.Rest()
	scheme, err := b.session.kept(b.scheme.Name, b.scheme, b.rule, false)
	if err != nil {
		return "", err
	}
	return schemefile.Encode(scheme), nil
}

// WriteScheme writes the working scheme to a new scheme file, its cuts frozen as
// a scenario's are. Errors: Exists, Unreadable.
func (b *Bench) WriteScheme(path string) error {
	text, err := b.SchemeText()
	if err != nil {
		return err
	}
	err = disk.WriteNew(b.ctx, path, func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	})
	if err == nil {
		b.wrote()
	}
	return err
}
