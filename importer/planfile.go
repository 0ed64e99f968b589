package importer

import (
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"strata/importer/mapping"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/yamltext"
)

// planFile is the YAML shape of a plan: the flags that make it, by name.
//
//	kind: lines
//	encoding: windows-1252
//	delimiter: ","
//	skip: 0
//	header: yes
//	map:
//	  customer: CustomerID
//	  order: InvoiceNo
//	date_format: mdy
//	decimal: "."
//	currency: GBP
//	lines: yes
//	duplicates: keep
type planFile struct {
	Kind       string            `yaml:"kind,omitempty"`
	Encoding   string            `yaml:"encoding,omitempty"`
	Delimiter  string            `yaml:"delimiter,omitempty"`
	Skip       string            `yaml:"skip,omitempty"`
	Header     string            `yaml:"header,omitempty"`
	Columns    []string          `yaml:"columns,omitempty,flow"`
	Map        map[string]string `yaml:"map,omitempty"`
	DateFormat string            `yaml:"date_format,omitempty"`
	Decimal    string            `yaml:"decimal,omitempty"`
	Currency   string            `yaml:"currency,omitempty"`
	Lines      string            `yaml:"lines,omitempty"`
	Duplicates string            `yaml:"duplicates,omitempty"`
	OnBad      string            `yaml:"on_bad,omitempty"`

	Placeholders string `yaml:"placeholders,omitempty"`
	KeyRules     string `yaml:"key_rules,omitempty"`
	FarDates     string `yaml:"far_dates,omitempty"`
	TimeZone     string `yaml:"time_zone,omitempty"`
	OrderNumbers string `yaml:"order_numbers,omitempty"`
	Amounts      string `yaml:"amounts,omitempty"`
	Cost         string `yaml:"cost,omitempty"`
	Unit         string `yaml:"unit,omitempty"`
	Discount     string `yaml:"discount,omitempty"`
	Signs        string `yaml:"signs,omitempty"`
	Corrects     string `yaml:"corrects,omitempty"`
}

// YAML writes the plan so that [ParsePlan] reads it: everything chosen, so that
// nothing is left to be guessed the next time.
func (p *Plan) YAML() string {
	f := planFile{
		Kind: string(p.Kind), Encoding: p.Encoding, Delimiter: DelimiterName(p.Delimiter),
		Skip: strconv.Itoa(p.Skip), Header: []string{"no", "yes", "2"}[p.HeaderLines],
		DateFormat: p.Dates.Format(), Decimal: p.Decimal, Currency: p.Currency,
		Lines: yesOrNo(p.KeepLines), Duplicates: "keep", Map: make(map[string]string),
		TimeZone: p.TimeZone, OrderNumbers: p.OrderNumbers, Amounts: p.Amounts, Cost: p.CostOf, Unit: p.said.unit,
		Signs: p.Signs, Corrects: p.Corrects,
	}
	if p.Column(mapping.Discount) != none {
		f.Discount = discountNames[p.discountUnit]
	}
	if p.said.nobodies {
		f.Placeholders = "keep"
	}
	if p.said.rawKeys {
		f.KeyRules = "off"
	}
	if p.said.farDates {
		f.FarDates = "keep"
	}
	if p.DropDuplicates {
		f.Duplicates = "drop"
	}
	if p.mixed {
		f.Encoding = "" // to be found out again
	}
	if p.said.stop {
		f.OnBad = "stop"
	}
	if p.said.names {
		for _, c := range p.Columns {
			f.Columns = append(f.Columns, c.Name)
		}
	}
	for i, c := range p.Columns {
		name := p.nameOf(i)
		switch {
		case c.Field != "" && f.Map[string(c.Field)] != "":
			f.Map[string(c.Field)] += "+" + name
		case c.Field != "":
			f.Map[string(c.Field)] = name
		case c.Attribute != "" && c.Attribute != c.Name:
			f.Map[catalogue.T("attr:{attribute}", "attribute", c.Attribute)] = name
		}
	}
	if p.Unvalued {
		f.Map[string(mapping.Amount)] = noColumn
	}
	if p.said.noSigns {
		f.Map[string(mapping.Sign)] = noColumn
	}
	if p.signs != none {
		f.Map[string(mapping.Sign)] = p.nameOf(p.signs)
	}
	text, err := yaml.Marshal(f)
	if err != nil {
		panic(err) // a struct of texts can always be written
	}
	return string(text)
}

func yesOrNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}

// nameOf returns what finds a column again: its name, or its number where
// another column has the same name or a + in the name would mean a sum.
func (p *Plan) nameOf(column int) string {
	name := p.Columns[column].Name
	for i, c := range p.Columns {
		if i != column && strings.EqualFold(c.Name, name) || name == noColumn {
			return strconv.Itoa(column + 1)
		}
	}
	return name
}

// ParsePlan reads a plan as options under which [Detect] guesses nothing that
// the plan says, and no column that it does not. Error: Invalid, with line and
// column.
func ParsePlan(text string) (Options, error) {
	o := Options{Map: make(map[string]string), Exact: true}
	file, err := yamltext.Parse([]byte(text))
	if err != nil {
		return o, model.Errorf(model.Invalid, "{err}", "err", headerText(err.Error())).WithHint(planHint)
	}
	if len(file.Docs) != 1 || file.Docs[0].Body == nil {
		return o, model.Errorf(model.Invalid, "line 1, column 1: there is no plan, or more than one").WithHint(planHint)
	}
	pairs, err := pairsOf(file.Docs[0].Body)
	if err != nil {
		return o, err
	}
	for _, pair := range pairs {
		if err := o.take(pair); err != nil {
			return o, err
		}
	}
	return o, nil
}

var planHint = catalogue.T("`strata import --dry-run --save-plan FILE` writes a correct plan")

// take reads one key of a plan.
func (o *Options) take(pair *ast.MappingValueNode) error {
	key := pair.Key.GetToken().Value
	switch key {
	case "map":
		return o.takeMap(pair.Value)
	case "columns":
		list, ok := pair.Value.(*ast.SequenceNode)
		if !ok {
			return misplaced(pair.Value, "columns: expected a list of names").WithHint("write it like columns: [customer, day, amount]")
		}
		for _, item := range list.Values {
			name, err := scalarOf(key, item)
			if err != nil {
				return err
			}
			o.Columns = append(o.Columns, name)
		}
		return nil
	}
	value, err := scalarOf(key, pair.Value)
	if err != nil {
		return err
	}
	plain := o.texts()
	to, ok := plain[key]
	if !ok {
		return misplaced(pair.Key, "a plan has no key {key:q}", "key", key).
			WithHint("its keys are columns, map, {others}", "others", strings.Join(slices.Sorted(maps.Keys(plain)), ", "))
	}
	*to = value
	var e *model.Error
	if err := o.check(); errors.As(err, &e) {
		return misplaced(pair.Value, "{message}", "message", e.Message).WithHint("{hint}", "hint", e.Hint)
	}
	return nil
}

func (o *Options) takeMap(node ast.Node) error {
	pairs, err := pairsOf(node)
	if err != nil {
		return err
	}
	for _, pair := range pairs {
		field := pair.Key.GetToken().Value
		if _, _, err := mapping.ParseField(field); err != nil {
			return misplaced(pair.Key, "map: {field:q} is not a field", "field", field).WithHint("use the fields of --map")
		}
		if o.Map[field], err = scalarOf(field, pair.Value); err != nil {
			return err
		}
	}
	return nil
}

// pairsOf returns the keys of a mapping with their values.
func pairsOf(node ast.Node) ([]*ast.MappingValueNode, error) {
	switch n := node.(type) {
	case *ast.MappingNode:
		return n.Values, nil
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}, nil
	}
	return nil, misplaced(node, "expected keys with values").WithHint(planHint)
}

// scalarOf returns a value as it is written, quotes taken off: 2, yes and "."
// are texts in a plan.
func scalarOf(key string, node ast.Node) (string, error) {
	switch node.(type) {
	case *ast.StringNode, *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return node.GetToken().Value, nil
	case *ast.NullNode:
		return "", nil
	}
	return "", misplaced(node, "{key}: expected one word", "key", key).WithHint(planHint)
}

// misplaced says what is wrong at a place of a plan.
func misplaced(node ast.Node, entry string, named ...any) *model.Error {
	line, column := 1, 1
	if at := node.GetToken(); at != nil && at.Position != nil {
		line, column = at.Position.Line, at.Position.Column
	}
	return model.Errorf(model.Invalid, "line {line}, column {column}: {message}", "line", line, "column", column, "message", catalogue.T(entry, named...))
}
