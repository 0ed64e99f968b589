// Package cohort counts customers by the month of their first order, and how many
// of them ordered again in each month after it: the triangle of cohorts. It counts
// the orders that count under the spec of a [rfm.Base], on the days they fall on;
// nothing is rounded.
package cohort
