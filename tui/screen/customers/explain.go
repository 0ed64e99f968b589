package customers

import (
	"strata/model/catalogue"
	"strata/tui/screen"
	"strata/tui/session"
)

// meanings tell what the columns hold.
var meanings = map[session.PeopleColumn]string{
	session.ColumnCustomer:  catalogue.T("The customer's key as it is in the files, with leading zeros."),
	session.ColumnLastOrder: catalogue.T("The day of the last order that counts under the policies."),
	session.ColumnRecency:   catalogue.T("Whole days from the last order to the as-of day."),
	session.ColumnOrders:    catalogue.T("Orders that count under the policies."),
	session.ColumnFrequency: catalogue.T("The scheme's frequency measure."),
	session.ColumnMonetary:  catalogue.T("The scheme's monetary measure."),
	session.ColumnR:         catalogue.T("The score of recency: the highest is best."),
	session.ColumnF:         catalogue.T("The score of frequency: the highest is best."),
	session.ColumnM:         catalogue.T("The score of monetary: the highest is best."),
	session.ColumnValue:     catalogue.T("The weighted sum of the three scores, on a scale of five scores per measure."),
	session.ColumnSegment:   catalogue.T("The segment under the active scheme."),
	session.ColumnTier:      catalogue.T("The tier of the segment."),
	session.ColumnWas:       catalogue.T("The segment in the baseline, or on the earlier day."),
	session.ColumnReason:    catalogue.T("Why the customer changed segment: a measure that scores differently, old score → new one. Between two days the cause comes first: behaviour, which is the customer's own data; the rule; or both. On one day it is always the rule. Where one measure alone is enough, only that one is shown. Measured: something else is measured, so the value differs. Value cut: the scores are unchanged, but the tier begins elsewhere. Map: the same scores belong to another segment. Kept: a fair rule overrides the scores."),
	session.ColumnDistance:  catalogue.T("The smallest change in the first measure of the reason that would give the customer the earlier score. A small one means that the line is close."),
}

// explain tells what the marked column means.
func (s *Screen) explain() *screen.Text {
	c := s.markedColumn()
	meaning := meanings[c.id]
	if meaning == "" {
		meaning = catalogue.T("A column of the client's files; if it belongs to orders, that of the customer's last order that counts.")
	}
	return &screen.Text{Title: c.title, Paragraphs: []string{
		meaning,
		catalogue.T("The list holds the customers behind the figure that was chosen; under another scheme they may be different ones. [/] searches keys, segments, tiers and the columns of the files that are shown."),
	}}
}
