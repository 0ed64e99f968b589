// Package sensitivity tells how sure a line is: who would be in another segment
// if one cut stood elsewhere and all the others where they are.
//
// A cut between its neighbours changes one thing only: whether a customer has
// the score below it or the score above. So a customer counts for a cut exactly
// if his segment with the one score differs from that with the other, his scores
// on the other two measures being what they are; and who is reclassified by a
// move is who counts among those whose value the cut has passed. Both are read
// from the running totals of an [rfm.Table]: exact, and in microseconds whatever
// the number of customers.
//
// [Measure] answers for the cuts of one measure, [Value] for the two value cuts.
package sensitivity
