package session_test

import "strata/tui/session/memory"

func newMemory(seed uint64, customers int) *memory.Store { return memory.New(seed, customers) }
