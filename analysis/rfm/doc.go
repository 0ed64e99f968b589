// Package rfm turns orders into tiers: it measures recency, frequency and
// monetary value, cuts them into scores, maps the scores to segments, and
// answers what every position of a cut means for every tier, at once.
//
// The way of the data:
//
//	Measure   orders + spec        → Base     three measures a customer
//	Estimate  Base + scheme        → cuts     what each method makes of the data
//	Resolve   Base + scheme        → Rule     cuts, scores, cells → segments
//	Assign    Base + Rule          → Labels   the segment of every customer
//	Tally     Base + Rule + Labels → Figures  what is in every cell, and from where
//	NewIndex  Base + Labels        → Index    the same customers, sorted
//	NewTable  Index + axis + Rule  → Table    any position of the cuts of one axis
//
// [Tally] is the plain pass over all customers. [Table.Tally] gives the same
// figures, to the last unit, from prefix sums along one axis, in microseconds
// whatever the number of customers; [Table.Upto] gives out those sums pair by
// pair of the other scores. Changing only the value rule needs neither: figures
// are kept by cell, and [Figures.Segments], [Figures.Tiers] and [Figures.Moves]
// read them under any [Rule] with the same cuts.
//
// A [Preset] is a scheme that needs no file, with the map of its own name: cells
// to segments, computed for ten and value, listed for the published ones.
// [Rule.Lint] says what is wrong with a map, [Cover] writes a set of cells with
// few patterns.
//
// Two methods give scores that a customer's value does not tell: ntile splits
// equal values, and nested cuts a measure anew within every score of those
// before it. Rules with them serve the one base they were estimated on, and
// [Rule.ByCuts] says where; [Rule.Carried] takes nested cuts to another day. Gap
// cuts of recency come of [MeasureGaps], from the orders themselves.
//
// [Rule.Holding] puts single customers into other tiers than those of their
// scores; who they are is found elsewhere, with [Past] and [Grader] for what they
// scored before. Cells and scores stay, segments and tiers follow; [Rule.Plain]
// is the rule without them.
//
// All results are immutable and may be read from several goroutines. Sums are
// int64 and exact: [Measure] refuses data whose total would not fit.
package rfm
