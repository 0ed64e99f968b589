package session

import (
	"strings"
	"testing"

	"strata/model"
)

// A column is meant by its name, by what it was recognised as, and by its header
// where the import gave it another name; several are refused.
func TestAColumnIsMeantByAnyOfItsNames(t *testing.T) {
	t.Parallel()
	c := &Columns{
		attributes: []model.Attribute{
			{Name: "Country", Subject: model.OfOrder, Field: "region"},
			{Name: "State", Subject: model.OfOrder, Field: "region"},
			{Name: "City", Subject: model.OfCustomer, Field: "region"},
			{Name: "StockCode", Subject: model.OfOrder, Field: "product"},
			{Name: "StockCode", Subject: model.OfLine, Field: "product"},
			{Name: "Product", Subject: model.OfCustomer},
			{Name: "size", Subject: model.OfLine},
		},
		renamed: map[string][]string{"pack": {"size"}},
	}
	for text, want := range map[string]string{
		"country=x": "Country", "region=x": "several columns are a region: Country, State, City; filter by the name of one of them",
		"customer.region=x": "City", "PACK=x": "size", "product=x": "Product", "line.product=x": "StockCode", "size=x": "size",
		"colour=x": "no column \"colour\" to filter by; there are: Country (region), State (region), City (region), StockCode (product), Product, size",
	} {
		w, err := model.ParseCondition(text)
		if err != nil {
			t.Fatal(err)
		}
		found, err := c.named(w)
		if err != nil && err.Error() != want || err == nil && found[0].Name != want {
			t.Errorf("%s means %v, %v, want %s", text, found, err, want)
		}
	}
	conditions := func(texts string) (all []model.Condition) {
		for text := range strings.FieldsSeq(texts) {
			w, err := model.ParseCondition(text)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, w)
		}
		return all
	}
	for _, r := range []struct{ inForce, given, want string }{
		{"country=a state=b", "Country=c", "state=b and Country=c"},
		{"country=a country!=b", "country=c", "country=c"},
		{"pack=a", "size=b size!=c", "size=b and size!=c"},
		{"customer.region=a", "city=b", "city=b"},
		{"order.stockcode=a", "line.stockcode=b", "order.stockcode=a and line.stockcode=b"},
	} {
		if got := FilterWords(c.Replace(conditions(r.inForce), conditions(r.given))); got != r.want {
			t.Errorf("%s over %s is %s, want %s", r.given, r.inForce, got, r.want)
		}
	}
}
