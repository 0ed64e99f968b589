package mapping_test

import (
	"fmt"
	"strings"
	"testing"

	"strata/importer/mapping"
	"strata/model"
)

// columns makes evidence from headers with a hint of their values: name:d for
// dates, name:n for whole numbers, name:m for money, name for texts.
func columns(s string) []mapping.Evidence {
	var all []mapping.Evidence
	for header := range strings.SplitSeq(s, ",") {
		header, values, _ := strings.Cut(header, ":")
		e := mapping.Evidence{Header: header, Filled: 100, Unique: 50}
		switch values {
		case "d":
			e.Dates = 99
		case "n":
			e.Numbers = 99
		case "m":
			e.Numbers, e.Decimal = 99, 99
		}
		all = append(all, e)
	}
	return all
}

func TestGuess(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ columns, want string }{
		{ // UCI Online Retail
			"InvoiceNo:n,StockCode,Description,Quantity:n,InvoiceDate:d,UnitPrice:m,CustomerID:n,Country",
			"order=InvoiceNo product=StockCode quantity=Quantity date=InvoiceDate price=UnitPrice customer=CustomerID region=Country",
		},
		{ // R package rfm
			"customer_id,order_date:d,revenue:n,first_name,last_name,email",
			"customer=customer_id date=order_date amount=revenue email=email",
		},
		{ // CDNOW
			"customer_id:n,date:d,number_of_cds:n,dollar_value:m",
			"customer=customer_id date=date quantity=number_of_cds amount=dollar_value",
		},
		{ // Taobao export
			"买家昵称,付款日期:d,订单状态,实付金额:m,邮费:n,省份,城市,购买数量:n",
			"customer=买家昵称 date=付款日期 status=订单状态 amount=实付金额 region=省份 city=城市 quantity=购买数量",
		},
		{"Customer Name,Order Date:d,Ship Date:d,Sales:m", "customer=Customer Name date=Order Date amount=Sales"},
		{"Customer ID,Customer Name,Date:d,Total:m", "customer=Customer ID name=Customer Name date=Date amount=Total"},
		{"client,when:d,paid:m", "customer=client date=when amount=paid"},
		{"client,from:d,to:d,weight:m,tax:m", "customer=client"},                                 // two could be it: ask
		{"date,created_at:d,customer,total:m", "date=created_at customer=customer amount=total"}, // values decide
		{"customer:d,user_id,date:d,total:m", "customer=user_id date=date amount=total"},         // a key is no date
		{"customer,order_date:d,invoice_date:d,total:m", "customer=customer date=order_date~invoice_date amount=total"},
	} {
		all := columns(test.columns)
		var got []string
		for _, c := range mapping.Guess(all, nil) {
			text := fmt.Sprintf("%s=%s", c.Field, all[c.Column].Header)
			if c.RunnerUp >= 0 {
				text += "~" + all[c.RunnerUp].Header
			}
			got = append(got, text)
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.columns, strings.Join(got, " "), test.want)
		}
	}
}

func TestGuessKeepsWhatIsFixed(t *testing.T) {
	t.Parallel()
	all := columns("customer_id,email,date:d,total:m")
	for _, c := range mapping.Guess(all, map[mapping.Field]int{mapping.Customer: 1}) {
		if c.Field == mapping.Customer && c.Column != 1 || c.Field == mapping.Email {
			t.Errorf("%+v", c)
		}
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	if mapping.Words([]string{"foo", "Customer-ID", "Amount (GBP)", "金额（元）"}) != 3 || mapping.Words([]string{"Smith", "2020-01-02", "5"}) != 0 {
		t.Error("wrong")
	}
}

func TestParseField(t *testing.T) {
	t.Parallel()
	if f, _, err := mapping.ParseField("date"); f != mapping.Date || err != nil {
		t.Error(f, err)
	}
	if f, name, err := mapping.ParseField("attr:store size"); f != "" || name != "store size" || err != nil {
		t.Error(f, name, err)
	}
	for _, bad := range []string{"", "buyer", "attr:", "Date"} {
		if _, _, err := mapping.ParseField(bad); model.CodeOf(err) != model.Usage {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestSubjectOf(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		field  mapping.Field
		header string
		kind   model.Kind
		want   model.Subject
	}{
		{mapping.Email, "mail", model.KindLines, model.OfCustomer},
		{mapping.Product, "sku", model.KindLines, model.OfLine},
		{mapping.Product, "sku", model.KindOrders, model.OfOrder},
		{mapping.Region, "Country", model.KindLines, model.OfOrder},
		{"", "Description", model.KindLines, model.OfLine},
		{"", "Description", model.KindOrders, model.OfOrder},
		{"", "First Name", model.KindOrders, model.OfCustomer},
		{"", "anything", model.KindLines, model.OfOrder},
	} {
		if got := mapping.SubjectOf(test.field, test.header, test.kind); got != test.want {
			t.Errorf("%s %s of %s: %s", test.field, test.header, test.kind, got)
		}
	}
}
