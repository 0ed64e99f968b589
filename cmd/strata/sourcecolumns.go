package main

import (
	"strata/importer"
	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
)

// sourceRow is a source in an answer.
type sourceRow struct {
	model.Source
	corrects model.Source // whose refused rows these are
	since    int64        // its own refused rows that were corrected since

	// Of an import.
	plan    *importer.Plan
	preview *importer.Preview // of a dry run
}

type sourceColumn = answer.Column[sourceRow]

// counted has a column tell a count; one that is optional, if there is any.
func counted(c sourceColumn, of func(sourceRow) int64) sourceColumn {
	c.Of = func(s sourceRow) answer.Value { return answer.If(!c.Optional || of(s) != 0, answer.Count(of(s))) }
	return c
}

// rowColumns tell what became of the rows of a source.
func rowColumns() []sourceColumn {
	corrected := func(s sourceRow) int64 { return s.Corrected }
	return []sourceColumn{
		counted(sourceColumn{Key: "rows", Title: catalogue.T("rows"), In: answer.Everyone}, func(s sourceRow) int64 { return s.Rows }),
		counted(sourceColumn{Key: "accepted", Title: catalogue.T("accepted"), Light: 1, In: answer.Everyone}, func(s sourceRow) int64 { return s.Accepted }),
		counted(sourceColumn{Key: "corrected", In: answer.JSON}, corrected),
		counted(sourceColumn{Key: "mended", Title: catalogue.T("repaired"), Light: 2, Means: catalogue.T("accepted rows with a value that had to be repaired or rounded"), In: answer.CSV | answer.People}, corrected),
		counted(sourceColumn{Key: "rejected", Title: catalogue.T("refused"), Means: catalogue.T("rows that were refused at first"), In: answer.Everyone}, func(s sourceRow) int64 { return s.Rejected }),
	}
}

// reasonsColumn tells how many rows were refused for each reason.
func reasonsColumn() sourceColumn {
	return sourceColumn{Key: "reasons", In: answer.JSON, Encoded: func(s sourceRow) any {
		if s.Reasons == nil {
			return map[string]int64{} // JSON wants an object
		}
		return s.Reasons
	}}
}

// refusedColumns tell what of the accepted rows was not stored: exact duplicates, and
// rows whose orders an earlier file brought; and what refused rows are worth: the sums
// of what was bought and what was returned, none below zero, and by how many rows,
// those whose amount could be read.
func refusedColumns() []sourceColumn {
	return []sourceColumn{
		counted(sourceColumn{Key: "duplicates_left_out", In: answer.JSON}, func(s sourceRow) int64 { return s.Dropped }),
		counted(sourceColumn{Key: "repeated_left_out", In: answer.JSON}, func(s sourceRow) int64 { return s.Repeated }),
		{Key: "refused_value", In: answer.JSON, Of: func(s sourceRow) answer.Value { return answer.Money(s.RefusedValue) }},
		{Key: "refused_returned", In: answer.JSON, Of: func(s sourceRow) answer.Value { return answer.Money(s.RefusedReturned) }},
		counted(sourceColumn{Key: "refused_valued", In: answer.JSON}, func(s sourceRow) int64 { return s.RefusedValued }),
	}
}

// joinedColumn tells how many orders of corrections joined one that was stored.
func joinedColumn() sourceColumn {
	return counted(sourceColumn{Key: "joined_orders", In: answer.JSON, Optional: true}, func(s sourceRow) int64 { return s.Joined })
}
