// Package session is the open workspace as screens and commands use it:
// import, open, measure, tier, move a cut, undo. It is the one home of these
// use cases, so that a screen and its twin command cannot disagree. It draws
// nothing and knows no terminal and no database: the workspace comes in as a
// [model.Store].
//
// What a newcomer needs, in this order:
//
//	Session    a workspace that answers one question at a time, for commands
//	Frame      what every answer is: plain data, everything that Tiers shows
//	Bench      the live state behind the screens: Step, Type, Use, Change, Undo
//	           give a new Frame at once and become edits; one goroutine has it
//	Standing   an immutable scheme with its answer: what long work beside the
//	           keys starts from (Bench.Settle and Adopt bring back the rest)
//
// The way of an edit: moving.go changes the working scheme, bench.go answers it
// by the cheapest way there is (newframe.go writes the answer down, baseline.go
// what it is compared with), history.go is the tree of edits in memory, and
// journal.go stores it behind the keys.
//
// What stands around that:
//
//	scenarios, keeping, log      schemes under names, and the log of edits
//	schemes, valuerule           what a scheme is made of, and changing it
//	mapview, mapedit, drawing    the map of cells to segments, painted
//	compare, against, sidebyside two schemes, two days, four scenarios: who
//	                             moves (reasonwords says why)
//	goal, suggest, proposal      cuts for a goal, or by a method
//	sensitivity                  how many a step of a cut moves
//	fair, livefair, workload     whom rules keep; what the tiers ask for
//	people, profile, scores      lists of customers, one customer
//	matrix                       scores against scores
//	importing, sources, refused  client files → a workspace, and what they were
//
// The promises: a frame equals what a fresh session answers for its scheme; an
// error leaves everything as it was; what is stored is what was seen last.
package session
