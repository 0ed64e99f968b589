package session

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"strata/importer"
	"strata/importer/mapping"
	"strata/model"
)

// PlanWords tells how a source was read, in a few sentences: what its rows are
// and how its text was taken apart, which columns make the figures, which were
// kept beside. A plan that this version cannot read is given as it stands.
func PlanWords(s model.Source) []string {
	o, err := importer.ParsePlan(s.Plan)
	if err != nil {
		return []string{s.Plan}
	}
	words := []string{textWords(o), columnWords(o)}
	var kept []string
	for _, field := range slices.Sorted(maps.Keys(o.Map)) {
		if !slices.Contains(figureFields, mapping.Field(field)) {
			kept = append(kept, strings.TrimPrefix(field, "attr:")+"="+o.Map[field])
		}
	}
	if len(kept) > 0 {
		words = append(words, "known beside: "+strings.Join(kept, ", "))
	}
	return words
}

// figureFields are the fields that make the figures.
var figureFields = []mapping.Field{mapping.Customer, mapping.Order, mapping.Date, mapping.Amount, mapping.Quantity, mapping.Price}

// textWords tells what the rows are and how the text was taken apart.
func textWords(o importer.Options) string {
	var parts []string
	if rows := map[model.Kind]string{model.KindLines: "a row is a line of an order", model.KindOrders: "a row is an order"}[o.Kind]; rows != "" {
		parts = append(parts, rows)
	}
	parts = append(parts, cmp.Or(o.Encoding, "utf-8"))
	named := map[string]string{
		",": "commas", ";": "semicolons", "|": "bars", "tab": "tabs", "blanks": "blanks", "wide-blanks": "two blanks or more",
	}
	if delimiter := named[o.Delimiter]; delimiter != "" {
		parts = append(parts, "columns parted by "+delimiter)
	}
	switch {
	case o.Header == "no":
		parts = append(parts, "no header")
	case o.Header == "2":
		parts = append(parts, "two header lines")
	}
	if o.Skip != "" && o.Skip != "0" {
		parts = append(parts, o.Skip+" lines above it passed over")
	}
	if o.Decimal != "" {
		parts = append(parts, "decimal sign "+o.Decimal)
	}
	if o.Duplicates == "drop" {
		parts = append(parts, "duplicates dropped")
	}
	return strings.Join(parts, " · ")
}

// columnWords tells which columns make the figures.
func columnWords(o importer.Options) string {
	column := func(f mapping.Field) string { return o.Map[string(f)] }
	parts := []string{"customer=" + column(mapping.Customer)}
	if order := column(mapping.Order); order != "" {
		parts = append(parts, "order="+order)
	}
	date := "date=" + column(mapping.Date)
	if order := map[string]string{"dmy": "day first", "mdy": "month first"}[o.DateFormat]; order != "" {
		date += " (" + order + ")"
	}
	parts = append(parts, date)
	const none = "none" // what a plan says of a field that the file does not have
	switch {
	case column(mapping.Amount) == none:
		parts = append(parts, "no amount")
	case column(mapping.Amount) != "":
		parts = append(parts, "amount="+column(mapping.Amount))
	case column(mapping.Price) != "":
		parts = append(parts, "amount="+column(mapping.Quantity)+" × "+column(mapping.Price))
	}
	return strings.Join(parts, ", ")
}
