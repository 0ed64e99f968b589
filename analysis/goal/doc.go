// Package goal finds cuts that meet a goal: "high 15%, mid 35%", "the smallest
// high tier that brings 60% of the revenue", "no more than four advisers with
// 125 customers each".
//
//	Parse  text                 → Goal      what is wanted of which tier
//	Solve  Base + scheme + Goal → Solution  the cuts that come nearest
//
// A goal is a list of terms, separated by commas:
//
//	term    = tier [":" measure] op number
//	tier    = high | mid | low
//	measure = customers | revenue | heads | hours | budget   (customers if left out)
//	op      = "=" | "<=" | ">="
//
//	high=15%, mid=35%        shares of all customers
//	high=500                 people
//	high:revenue>=60%        a share of the revenue; without %, an amount
//	high:heads<=4@125        advisers, with so many customers each: whole people
//	high:hours<=160@30       hours, with so many minutes for a customer
//	high:budget<=50000@20    an amount, with so much for a customer
//
// Every term comes down to a range of whole customers, or of ten-thousandths of
// currency ([Target]): a share with = that is no whole number of customers is met
// by the nearest one alone, of two that are equally near by either. Cuts are
// better in this order:
//
//  1. the less all terms together are missed, each as a fraction of all
//     customers or of the revenue ([Gap]);
//  2. the smaller, in customers, a tier that is to have at least something, and
//     the larger one that is to have at most something, the tier named first
//     before the others;
//  3. the fewer customers are in another segment than under the scheme as it
//     stands.
//
// Not all cuts are looked at. With a floor of k customers ([Floor]), and n of
// them on a score s of a measure under the scheme as it stands, s keeps at least
//
//	min(max(k, 1), n)        k = ⌈share · all customers⌉ for a share
//
// wherever the cuts of the measure go. The scheme as it stands is therefore
// always allowed, however many customers share a value, and a score that nobody
// has may stay empty. Value cuts have no floor. What is said to be the best, or a
// bound, is so among these cuts.
//
// All sums are integers and all comparisons exact; shares are computed where
// they are shown.
package goal
