// Package fair says whom the rules about falling keep in a tier: a customer
// rises at once, but falls only when the scores have been below the tier for
// long enough, it has been in the tier for long enough, and the value score is
// far enough below.
//
// The customers are looked at once a month. What there is to know of one at an
// evaluation is a [Grade]: the tier of the scores, and how far somebody would
// fall with them from each tier. [Walk] goes through the evaluations, the
// oldest first; [Walk.Kept] tells who is where the scores are not.
package fair
