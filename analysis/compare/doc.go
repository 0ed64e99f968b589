// Package compare says how two answers about the same customers differ: how
// alike two ways to divide them are ([ARI], [PSI]), why one customer is in
// another segment and why all of a flow are ([Pair.Reason], [Pair.Reasons]),
// and how much of a change between two days the rule made and how much the
// customers did ([NewSplit]).
//
// An answer is a [Side]: what was measured, the rule, and the segment of
// everybody. It is pure: nothing is read, timed or kept.
package compare
