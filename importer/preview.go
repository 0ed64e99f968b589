package importer

import (
	"bytes"
	"hash/maphash"

	"strata/importer/parse"
	"strata/model"
)

// Preview is how the beginning of a file is read.
type Preview struct {
	Rows    []PreviewRow   // the first that are accepted
	Refused []model.Reject // the first that are not
}

// PreviewRow is one row as it is read.
type PreviewRow struct {
	Customer string
	Order    string    // its id, "" without
	Day      model.Day // NoDay while the order of day and month is open
	Amount   model.Money
}

// ReadBeginning reads the sample as planned and shows the first rows, at most
// so many. It settles the order of day and month in plan if the sample tells.
// Error: Ambiguous, if the sample is the whole file and does not, or not which
// mark is decimal.
func ReadBeginning(in *Input, plan *Plan, most int) (*Preview, error) {
	d := detection{in: in, plan: plan}
	if err := d.decode(); err != nil {
		return nil, err
	}
	text := d.text
	for range plan.Skip {
		text = text[bytes.IndexByte(text, '\n')+1:]
	}
	records := delimited(in, nil, plan.Delimiter)
	records.line += int64(plan.Skip)
	b, err := records.beginning(text, in.whole)
	if err != nil {
		return nil, err
	}
	l := plan.layout()
	p := parser{source: records, layout: l, path: in.path, seed: maphash.MakeSeed()}
	p.parse(b)
	batch := &b.batch
	if mark, open, asked := batch.marks.decide(plan.Delimiter); asked && in.whole && !plan.said.decimal {
		return nil, batch.marks.sum().ask(in.path, open, mark)
	}
	if plan.Dates == parse.AnyOrder {
		order, _, err := batch.dates.decide(in.path, l.columns[l.date])
		if err != nil && in.whole {
			return nil, err
		}
		plan.Dates = order
	}
	preview := &Preview{Refused: batch.rejects[:min(most, len(batch.rejects))]}
	for i := range batch.customer[:min(most, len(batch.customer))] {
		row := PreviewRow{Customer: spanText(b.text, batch.customer[i]), Day: model.NoDay, Amount: batch.amount[i]}
		if plan.Dates != parse.AnyOrder || batch.date[i].Orders() == parse.AllOrders {
			row.Day, _ = batch.date[i].Day(plan.Dates)
		}
		if len(batch.order) > 0 {
			row.Order = spanText(b.text, batch.order[i])
		}
		preview.Rows = append(preview.Rows, row)
	}
	return preview, nil
}

func spanText(text []byte, s parse.Span) string { return string(text[s.Start:s.End]) }
