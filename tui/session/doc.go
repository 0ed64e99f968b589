// Package session is the open workspace as screens and commands use it:
// import, open, measure, tier, move a cut, undo. It is the one home of these
// use cases, so that a screen and its twin command cannot disagree. It draws
// nothing and knows no terminal and no database: the workspace comes in as a
// [model.Store].
//
//	ImportInto, WhatIf   client files → a workspace
//	New                  a workspace → Session: one answer at a time, for commands
//	Session.OpenBench    → Bench: the live state behind the screens
//	Frame                what both answer with
//	Frame.Kept           whom fair rules keep in other tiers than those of the scores
//	Frame.Workload       what the tiers ask of those who serve them
//	Bench.Against        → Reasons: why the customers of each flow move
//	Session.Compare      → Comparison: two schemes or two days in full
package session
