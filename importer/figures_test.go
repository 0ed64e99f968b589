package importer_test

import (
	"testing"

	"strata/importer"
)

// What is told is not guessed.
func TestToldFormats(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, text string
		options    importer.Options
		want       string
	}{
		{
			"days of Excel", "customer,date,amount\nA,40606,41000\nB,40607,40000\n",
			importer.Options{DateFormat: "excel"},
			"A  2011-03-04 41000.00 0.00 1 1\nB  2011-03-05 40000.00 0.00 1 1\n",
		},
		{"seconds", "customer,date,amount\nA,1299241800,1300000000\n", importer.Options{DateFormat: "epoch"}, "A  2011-03-04 1300000000.00 0.00 1 1\n"},
		{"decimal comma", "customer;date;amount\nA;2011-03-04;1,234\n", importer.Options{Decimal: ","}, "A  2011-03-04 1.234 0.00 1 1\n"},
		{"decimal point", "customer;date;amount\nA;2011-03-04;1,234\n", importer.Options{Decimal: "."}, "A  2011-03-04 1234.00 0.00 1 1\n"},
		{
			"lines to skip", "customer,date,amount\nX,2000-01-01,9\nwho,when,paid\nA,2011-03-04,5\n",
			importer.Options{Skip: "2", Map: map[string]string{"customer": "who", "date": "when", "amount": "paid"}},
			"A  2011-03-04 5.00 0.00 1 1\n",
		},
		{"two lines of header", "customer,date,amount\n1,2,3\nA,2011-03-04,5\n", importer.Options{Header: "2"}, "A  2011-03-04 5.00 0.00 1 1\n"},
		{"encoding", "customer,date,amount\n\x83\x41,2011-03-04,5\n", importer.Options{Encoding: "Shift_JIS"}, "ア  2011-03-04 5.00 0.00 1 1\n"},
		{"no amount", "customer,date,weight\nA,2011-03-04,5\n", importer.Options{Map: map[string]string{"amount": "none"}}, "A  2011-03-04 0.00 0.00 1 1 weight=5\n"},
		{
			"sum with an empty part", "customer,date,net,tax\nA,2011-03-04,5,\nB,2011-03-04,,\nC,2011-03-04,5,1\n",
			importer.Options{Map: map[string]string{"amount": "net+tax"}},
			"A  2011-03-04 5.00 0.00 1 1\nC  2011-03-04 6.00 0.00 1 1\n",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, intake := mustRead(t, test.text, test.options)
			if got := show(intake); got != test.want {
				t.Errorf("got\n%swant\n%s", got, test.want)
			}
		})
	}
}
