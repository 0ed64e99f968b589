package session

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"strata/importer"
	"strata/importer/mapping"
	"strata/model"
	"strata/model/catalogue"
)

// PlanWords tells how a source was read, in a few sentences: what its rows are
// and how its text was taken apart, which columns make the figures, which were
// recognised besides. A plan that this version cannot read is given as it stands.
func PlanWords(s model.Source) []string {
	o, err := importer.ParsePlan(s.Plan)
	if err != nil {
		return []string{s.Plan}
	}
	words := []string{textWords(o), columnWords(o)}
	var kept []string
	for _, field := range slices.Sorted(maps.Keys(o.Map)) {
		if !slices.Contains(figureFields, mapping.Field(field)) {
			kept = append(kept, strings.TrimPrefix(field, "attr:")+" = "+o.Map[field])
		}
	}
	if len(kept) > 0 {
		words = append(words, catalogue.T("also recognised: {columns}", "columns", strings.Join(kept, ", ")))
	}
	return words
}

// figureFields are the fields that make the figures.
var figureFields = []mapping.Field{
	mapping.Customer, mapping.Order, mapping.Date, mapping.Amount, mapping.Quantity, mapping.Price, mapping.Cost, mapping.Refund, mapping.Discount, mapping.Sign,
}

// textWords tells what the rows are and how the text was taken apart.
func textWords(o importer.Options) string {
	var parts []string
	if rows := map[model.Kind]string{model.KindLines: catalogue.T("a row is a line of an order"), model.KindOrders: catalogue.T("a row is an order")}[o.Kind]; rows != "" {
		parts = append(parts, rows)
	}
	parts = append(parts, cmp.Or(o.Encoding, "utf-8"))
	named := map[string]string{
		",": catalogue.T("comma-separated"), ";": catalogue.T("semicolon-separated"), "|": catalogue.T("bar-separated"), "tab": catalogue.T("tab-separated"),
		"blanks": catalogue.T("space-separated"), "wide-blanks": catalogue.T("columns separated by two spaces or more"),
	}
	if delimiter := named[o.Delimiter]; delimiter != "" {
		parts = append(parts, delimiter)
	}
	switch {
	case o.Header == "no":
		parts = append(parts, catalogue.T("no header"))
	case o.Header == "2":
		parts = append(parts, catalogue.T("two header lines"))
	}
	if o.Skip != "" && o.Skip != "0" {
		parts = append(parts, catalogue.T("{lines} lines above it skipped", "lines", o.Skip))
	}
	if o.Decimal != "" {
		parts = append(parts, catalogue.T("decimal sign {mark}", "mark", o.Decimal))
	}
	for _, said := range []struct {
		is   bool
		text string
	}{
		{o.Duplicates == "drop", catalogue.T("duplicates dropped")},
		{o.OrderNumbers == "restart", catalogue.T("order numbers restart")},
		{o.Amounts == "order", catalogue.T("amounts are those of whole orders")},
		{o.CostOf == "unit", catalogue.T("costs are those of a unit")},
		{o.CostOf == "line", catalogue.T("costs are those of a line")},
		{o.Unit != "", catalogue.T("amounts in units of {unit}", "unit", o.Unit)},
		{o.Placeholders == "keep", catalogue.T("placeholders count as customers")},
		{o.KeyRules == "off", catalogue.T("customer keys as they are")},
		{o.FarDates == "keep", catalogue.T("dates far from all others count")},
	} {
		if said.is {
			parts = append(parts, said.text)
		}
	}
	return strings.Join(parts, " · ")
}

// columnWords tells which columns make the figures.
func columnWords(o importer.Options) string {
	column := func(f mapping.Field) string { return o.Map[string(f)] }
	parts := []string{"customer = " + column(mapping.Customer)}
	if order := column(mapping.Order); order != "" {
		parts = append(parts, "order = "+order)
	}
	date := "date = " + column(mapping.Date)
	var how []string
	if order := map[string]string{"dmy": catalogue.T("day first"), "mdy": catalogue.T("month first"), "ydm": catalogue.T("year first, then the day")}[o.DateFormat]; order != "" {
		how = append(how, order)
	}
	if o.TimeZone != "" {
		how = append(how, catalogue.T("days in {time_zone}", "time_zone", o.TimeZone))
	}
	if len(how) > 0 {
		date += " (" + strings.Join(how, ", ") + ")"
	}
	parts = append(parts, date)
	const none = "none" // what a plan says of a field that the file does not have
	switch {
	case column(mapping.Amount) == none:
		parts = append(parts, catalogue.T("no amount"))
	case column(mapping.Amount) != "":
		parts = append(parts, "amount = "+column(mapping.Amount))
	case column(mapping.Price) != "":
		parts = append(parts, "amount = "+column(mapping.Quantity)+" × "+column(mapping.Price))
	}
	for _, field := range []mapping.Field{mapping.Discount, mapping.Refund, mapping.Cost, mapping.Sign} {
		if column(field) != "" && column(field) != none {
			parts = append(parts, string(field)+" = "+column(field))
		}
	}
	return strings.Join(parts, ", ")
}
