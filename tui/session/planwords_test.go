package session_test

import (
	"slices"
	"testing"

	"strata/model"
	"strata/tui/session"
)

func TestPlanWords(t *testing.T) {
	t.Parallel()
	for plan, want := range map[string][]string{
		"kind: lines\nencoding: windows-1252\ndelimiter: \",\"\nskip: \"0\"\nheader: \"yes\"\nmap:\n  customer: CustomerID\n  date: InvoiceDate\n  order: InvoiceNo\n  price: UnitPrice\n  product: StockCode\n  quantity: Quantity\n  attr:size: Pack\ndate_format: mdy\ndecimal: .\nduplicates: keep\n": {
			"a row is a line of an order · windows-1252 · comma-separated · decimal sign .",
			"customer = CustomerID, order = InvoiceNo, date = InvoiceDate (month first), amount = Quantity × UnitPrice",
			"also recognised: size = Pack, product = StockCode",
		},
		"kind: orders\ndelimiter: tab\nskip: \"3\"\nheader: \"2\"\nmap: {customer: a, date: b, amount: c}\nduplicates: drop\n": {
			"a row is an order · utf-8 · tab-separated · two header lines · 3 lines above it skipped · duplicates dropped",
			"customer = a, date = b, amount = c",
		},
		"map: {customer: a, date: b, amount: none}\n": {"utf-8", "customer = a, date = b, no amount"},
		"read by another version":                     {"read by another version"},
	} {
		if got := session.PlanWords(model.Source{Plan: plan}); !slices.Equal(got, want) {
			t.Errorf("%q\nis told as %q\nwant       %q", plan, got, want)
		}
	}
}
