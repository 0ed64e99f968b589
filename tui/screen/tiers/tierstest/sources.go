package tierstest

import (
	"context"
	"fmt"
	"time"

	"strata/model"
	"strata/model/catalogue"
	"strata/tui/session"
)

// Sources returns two files, one of which had rows refused.
func (b *Bench) Sources(context.Context) ([]model.Source, error) {
	if b.Panic {
		panic("a bug in the bench")
	}
	return []model.Source{
		{
			ID: 1, Path: "/clients/shop/OnlineRetail.csv.gz", Kind: model.KindLines, Encoding: "utf-8", Delimiter: ",",
			Plan: catalogue.T(`kind: lines
encoding: utf-8
delimiter: ","
map: {customer: CustomerID, order: InvoiceNo, date: InvoiceDate, quantity: Quantity, price: UnitPrice, region: Country}
date_format: mdy
decimal: .
`),
			Fingerprint: "d48cf10c53642a8bb32b9b6d9e8b4a3e3b0c4d6cf2c9d1b1c1f3a3b7f0e1d2c3",
			Bytes:       7_548_686, Rows: 541_909, Accepted: 541_909 - rejected, Rejected: rejected, Duplicates: 5_268,
			Reasons: map[string]int64{"no-customer": rejected - 2, "bad-date": 1, "bad-amount": 1},
			Seconds: 1.24, ImportedAt: time.Date(2026, 3, 1, 9, 30, 0, 0, time.Local),
		},
		{
			ID: 2, Path: "/clients/shop/more.csv", Kind: model.KindOrders, Plan: catalogue.T("kind: orders\nencoding: windows-1252\ndelimiter: ;\nmap: {customer: Kunde, date: Datum, amount: Betrag}\ndate_format: dmy\ndecimal: \",\"\n"),
			Rows: 12_000, Accepted: 12_000, Corrected: 7, Bytes: 410_233, Seconds: 0.04,
			ImportedAt: time.Date(2026, 3, 2, 17, 5, 0, 0, time.Local),
		},
	}, nil
}

// rejected is how many rows of the first file were refused.
const rejected = 400

// Rejects returns the refused rows of Sources.
func (b *Bench) Rejects(ctx context.Context) (*session.Rejects, error) {
	sources, err := b.Sources(ctx)
	if err != nil {
		return nil, err
	}
	return session.NewRejects(sources, func(yield func(model.Reject, error) bool) {
		for i := range int64(rejected) {
			r := model.Reject{Source: 1, Line: 624 + 3*i, Column: "CustomerID", Code: "no-customer", Reason: catalogue.T("the row does not say whose order it is")}
			r.Row = catalogue.T("{value},22139,RETROSPOT TEA SET CERAMIC 11 PC,56,12/1/2010 11:52,4.25,,United Kingdom", "value", 536_414+i)
			switch i {
			case 20:
				r = model.Reject{Source: 1, Line: r.Line, Column: "InvoiceDate", Value: "31/31/2011 12:50", Code: "bad-date", Reason: catalogue.T(`"31/31/2011 12:50" is no date`), Row: r.Row}
			case 30:
				r = model.Reject{Source: 1, Line: r.Line, Column: "Quantity", Value: fmt.Sprint("=cmd()\x1b[2J", i), Code: "bad-amount", Reason: catalogue.T("the quantity is no number"), Row: "=cmd()\x1b[2J茶," + r.Row}
			}
			if !yield(r, nil) {
				return
			}
		}
	})
}
