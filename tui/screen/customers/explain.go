package customers

import (
	"strata/model/catalogue"
	"strata/tui/screen"
	"strata/tui/session"
)

// meanings tell what the columns hold.
var meanings = map[session.PeopleColumn]string{
	session.ColumnCustomer:  catalogue.T("The customer's key as it stands in the files, leading zeros kept."),
	session.ColumnLastOrder: catalogue.T("The day of the last order that counts under the policies."),
	session.ColumnRecency:   catalogue.T("Whole days from the last order to the as-of day."),
	session.ColumnOrders:    catalogue.T("Orders that count under the policies."),
	session.ColumnFrequency: catalogue.T("The scheme's frequency measure."),
	session.ColumnMonetary:  catalogue.T("The scheme's monetary measure."),
	session.ColumnR:         catalogue.T("The score of recency: the highest is best."),
	session.ColumnF:         catalogue.T("The score of frequency: the highest is best."),
	session.ColumnM:         catalogue.T("The score of monetary: the highest is best."),
	session.ColumnValue:     catalogue.T("The weighted sum of the three scores, on the scale of five scores a measure."),
	session.ColumnSegment:   catalogue.T("The segment under the working scheme."),
	session.ColumnTier:      catalogue.T("The tier of the segment."),
	session.ColumnWas:       catalogue.T("The segment in the baseline, or on the earlier day."),
	session.ColumnReason:    catalogue.T("What brought the customer into another segment: a measure that scores differently, old score → new one. Between two days it begins with whose doing the move is: behaviour, the customer's own data; rule; both, the data and on by the rule. On one day all is the rule's. Measured: another thing is measured, and the value differs. If one measure alone leads there, only that one is told. Value cut: the scores are as before, the tier begins elsewhere. Map: the same scores belong to another segment. Kept: a rule about tiers stands above the scores."),
	session.ColumnDistance:  catalogue.T("By how much, at least, the first measure of the reason would have to differ for the customer to score as before. A small one says that the line is close."),
}

// explain tells what the marked column means.
func (s *Screen) explain() *screen.Text {
	c := s.columns()[s.column]
	meaning := meanings[c.id]
	if meaning == "" {
		meaning = catalogue.T("A column of the client's files; where it belongs to orders, that of the last one.")
	}
	return &screen.Text{Title: c.title, Paragraphs: []string{
		meaning,
		catalogue.T("The list holds the people behind what was chosen; under another scheme they may be others. / looks through keys, segments, tiers and the columns of the files that are shown."),
	}}
}
