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

var roster = sync.OnceValue(func() *session.Roster {
	ctx := context.Background()
	s, err := session.New(ctx, memory.New(7, 300))
	if err != nil {
		panic(err)
	}
	r, err := s.Roster(ctx, model.Ten())
	if err != nil {
		panic(err)
	}
	return r
})
