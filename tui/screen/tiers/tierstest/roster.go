package tierstest

import (
	"context"
	"sync"

	"strata/model"
	"strata/tui/session"
	"strata/tui/session/memory"
)

// Roster returns a few hundred random customers; they are not those of the
// frame.
func (b *Bench) Roster() *session.Roster { return roster() }

// Attributes are theirs.
func (b *Bench) Attributes() []model.Attribute {
	return must(roster().Attributes(context.Background()))
}

// Standing returns the same customers under the scheme ten.
func (b *Bench) Standing() *session.Standing { return standing() }

var roster = sync.OnceValue(func() *session.Roster {
	return must(random().Roster(context.Background(), model.Ten()))
})

var standing = sync.OnceValue(func() *session.Standing {
	s, _, err := random().Standing(context.Background(), model.Ten())
	return must(s, err)
})

var random = sync.OnceValue(func() *session.Session {
	return must(session.New(context.Background(), memory.New(7, 300)))
})

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
