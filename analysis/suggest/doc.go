// Package suggest proposes where the cuts of a measure could lie, by what the
// data themselves look like: natural breaks ([Column.Jenks]), equal shares of
// revenue ([Column.Revenue]), the knees of the Lorenz curve ([Column.Lorenz]).
// [FitOf] and [Column.Gini] are the evidence that lets them be compared, with
// one another and with the methods of package rfm.
//
// All of them part values in the one way cuts do: a value equal to a cut lies
// below it, so equal values are never told apart. Where a measure has fewer
// values than there are scores the first cut is repeated, as quantiles do, and
// the scores between equal cuts stay empty; no cut is made up.
package suggest
