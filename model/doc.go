// Package model is the vocabulary of strata: what a customer, an order, a
// scheme, a segment and a tier are, how money and days are counted, and what
// any workspace promises ([Store]). It knows no technology: no SQL, no file
// format, no terminal.
//
// The words, one meaning each:
//
//	workspace   one .strata file, one client engagement
//	source      one imported file
//	order       what one customer bought at once; identified by customer and
//	            order id together; its day is that of its first line
//	line        a row of an order, where the file has several; a filter on a column
//	            of lines selects lines, and orders are what these lines are
//	as-of       the day from which we look back; orders on or after it are not seen
//	recency     whole days from the last order to as-of
//	frequency   orders in the window (or order days, active months, orders per month)
//	monetary    value in the window (sum, mean per order, or margin)
//	cut         a boundary on one measure
//	score       1..K on one measure, K best
//	cell        one (recency, frequency, monetary) triple of scores
//	value score the weighted sum of the three scores
//	map         cells to segments, total and disjoint
//	segment     one named group of customers
//	tier        high, mid or low value; each segment lies in one, or in
//	            no tier
//	scheme      everything that turns data into tiers
//	baseline    the scheme others are compared with
//	edit        one change of a scheme, undoable
//	move        a customer changing segment between two schemes
//	no tier     where a customer has scores, but the map covers the cell with no
//	            segment, or with one outside the three: neither better nor worse
//	not tiered  a customer who did something before as-of, but without an order
//	            that counts under the policies
//	not seen    an order on or after as-of, and a customer who has no other: not
//	            yet one on that day
//	kept        in another tier than that of the scores, by a fair rule: an
//	            override somebody has made, or a rule about falling
//	service     what every customer of a tier is promised, and what it costs
//
// Money is [Money], ten-thousandths of the currency unit in an int64; a day is
// [Day], days since 1970-01-01 in an int32; a cut is [Cut], an exact rational.
// Nothing here is a float: shares and means are computed from integers where
// they are shown.
package model
