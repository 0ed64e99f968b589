// Package mapping recognises what the columns of a client's file mean, by the
// words of their headers and by what stands in them.
package mapping

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"strata/model"
)

// Field is what a column can mean; its text is the word used by --map.
type Field string

// The fields of order files.
const (
	Customer Field = "customer"
	Order    Field = "order"
	Date     Field = "date"
	Amount   Field = "amount"
	Quantity Field = "quantity"
	Price    Field = "price"
	Cost     Field = "cost"
	Refund   Field = "refund"
	Discount Field = "discount"
	Sign     Field = "sign"
	Line     Field = "line"
	Product  Field = "product"
	Category Field = "category"
	Status   Field = "status"
	Name     Field = "name"
	Phone    Field = "phone"
	Email    Field = "email"
	Address  Field = "address"
	City     Field = "city"
	Region   Field = "region"
	Channel  Field = "channel"
)

// attributePrefix begins the --map key that keeps a column under another name:
// attr:NAME.
const attributePrefix = "attr:"

// ParseField reads a key of --map: a field, or attr:NAME, for which attribute
// is NAME. Error: Usage.
func ParseField(s string) (field Field, attribute string, err error) {
	if name, ok := strings.CutPrefix(s, attributePrefix); ok && name != "" {
		return "", name, nil
	}
	i := slices.IndexFunc(vocabulary, func(v entry) bool { return string(v.field) == s })
	if i < 0 || s == "" {
		known := make([]string, 0, len(vocabulary))
		for _, v := range vocabulary {
			known = append(known, string(v.field))
		}
		return "", "", model.Errorf(model.Usage, "--map: {name:q} is not a field", "name", s).
			WithHint("use {known} or attr:NAME", "known", strings.Join(known, ", "))
	}
	return vocabulary[i].field, "", nil
}

// SubjectOf says what a column describes in a file of the given kind, from its
// field or, where that is "", from its header.
func SubjectOf(field Field, header string, kind model.Kind) model.Subject {
	switch field {
	case Name, Phone, Email, Address:
		return model.OfCustomer
	case Quantity, Price, Cost, Line, Product, Category:
		if kind == model.KindLines {
			return model.OfLine
		}
		return model.OfOrder
	case "":
		word := normal(header)
		switch {
		case contains(personWords, word):
			return model.OfCustomer
		case kind == model.KindLines && contains(lineWords, word):
			return model.OfLine
		}
	}
	return model.OfOrder
}

// A person's other columns, and those of an order line, by words within the
// header.
var (
	personWords = []string{"firstname", "lastname", "surname", "givenname", "gender", "birth", "postcode", "zipcode", "性别", "生日", "邮编"}
	lineWords   = []string{"description", "product", "item", "sku", "discount", "brand", "unit", "size", "colour", "color", "商品", "折扣", "品牌"}
)

// contains reports whether a text in normal form has one of the words within.
func contains(words []string, s string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, strings.Map(simplified, w)) })
}

// shape is what the values of a column must look like for a field.
type shape uint8

const (
	anything shape = iota
	dates
	numbers
	keys // no dates, unless they are numbers as well: 20110102
)

// entry is one field with the headers that mean it, the likeliest first, in
// normal form: letters and digits only, lower case.
type entry struct {
	field Field
	shape shape
	words []string
}

// essential is how many fields of the vocabulary choose their columns before
// the others: a file whose only customer column is the name needs it as key.
const essential = 6

// vocabulary lists the fields in the order in which they choose their columns
// when two are equally likely.
var vocabulary = []entry{
	{Customer, keys, lists.of("field customer")},
	{Order, keys, lists.of("field order")},
	{Date, dates, lists.of("field date")},
	{Amount, numbers, lists.of("field amount")},
	{Quantity, numbers, lists.of("field quantity")},
	{Price, numbers, lists.of("field price")},
	{Cost, numbers, lists.of("field cost")},
	{Line, anything, lists.of("field line")},
	{Product, anything, lists.of("field product")},
	{Category, anything, lists.of("field category")},
	{Status, anything, lists.of("field status")},
	{Name, anything, lists.of("field name")},
	{Phone, anything, lists.of("field phone")},
	{Email, anything, lists.of("field email")},
	{Address, anything, lists.of("field address")},
	{City, anything, lists.of("field city")},
	{Region, anything, lists.of("field region")},
	{Channel, anything, lists.of("field channel")},
	// No header is taken for these: a person says so with --map.
	{Refund, numbers, nil},
	{Discount, numbers, nil},
	{Sign, anything, nil},
}

// normal writes a header in normal form: letters and digits only, lower case,
// without the unit in brackets behind it, in simplified Chinese.
func normal(header string) string {
	name, _ := cutUnit(header)
	name = unitNote.ReplaceAllString(taxNote.ReplaceAllString(name, ""), "")
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			return simplified(unicode.ToLower(c))
		}
		return -1
	}, name)
}

// taxNote is what says in a header whether tax is in it.
var taxNote = regexp.MustCompile(`(?i)[ _-]*\b(incl|inkl|inc|including|excl|exkl|ex|excluding|zzgl|hors|sans|sin|con|senza|com|sem)\.?[ _-]*(vat|tax|taxes|mwst|ust|btw|tva|iva|gst|hst|taxe|imposta)\.?$`)

// unitNote is what says in a header that its numbers are cents or thousands; see
// [Scale].
var unitNote = regexp.MustCompile(`(?i)[ _-]+in[ _-]+(cents?|pence|centimes|thousands?|tausend|tsd\.?|mio\.?|millions?)$|[ _]cents$`)

// The characters of the vocabulary in which traditional Chinese differs.
const (
	traditional  = "戶會員訂單編號購買額價數時間總發貨實電話機郵運費區門產類別結創國優積稅賬帳齡註冊簽狀態來臺"
	simplifiedAs = "户会员订单编号购买额价数时间总发货实电话机邮运费区门产类别结创国优积税账账龄注册签状态来台"
)

func simplified(c rune) rune {
	if i := strings.IndexRune(traditional, c); i >= 0 {
		r, _ := utf8.DecodeRuneInString(simplifiedAs[i:]) // all have three bytes
		return r
	}
	return c
}

// foreignTo are the words that keep a longer header from meaning a field: a
// ship date is not the order's, nor is a tax what it was worth.
var foreignTo = map[Field][]string{
	Date:     lists.of("foreign to date"),
	Amount:   lists.of("foreign to amount"),
	Customer: lists.of("foreign to customer"),
	Quantity: lists.of("foreign to quantity"),
	Price:    lists.of("foreign to price"),
	Email:    lists.of("foreign to email"),
}

// rankOf says how well a header names a field: the lower the better, -1 for
// not at all. A header that ends with a word of the field will do if need be.
func (v entry) rankOf(header string) int {
	word := normal(header)
	if i := slices.IndexFunc(v.words, func(w string) bool { return strings.Map(simplified, w) == word }); i >= 0 {
		return i
	}
	if slices.ContainsFunc(patterns[v.field], func(p pattern) bool { return strings.HasPrefix(word, p.begins) && strings.HasSuffix(word, p.ends) }) {
		return looseRank
	}
	foreign, loose := foreignTo[v.field]
	if !loose || contains(foreign, word) {
		return -1
	}
	const shortest = 4 // bytes of a word that tells something at the end of another
	for i, w := range v.words {
		if (len(w) >= shortest || w == "amt" || w == "qty") && strings.HasSuffix(word, w) {
			return looseRank + i
		}
	}
	return -1
}

// pattern is how a header begins and ends.
type pattern struct{ begins, ends string }

// patterns are the headers of numbers that are told by how they begin or end:
// No. of tickets, Price per ticket, paid_each.
var patterns = map[Field][]pattern{
	Quantity: {{"numberof", ""}, {"noof", ""}, {"numof", ""}, {"nbof", ""}, {"nombrede", ""}, {"nombred", ""}, {"numerode", ""}, {"numerodi", ""}, {"anzahl", ""}, {"cantidadde", ""}, {"aantal", ""}},
	Price: {
		{"priceper", ""}, {"pricefor1", ""}, {"price", "each"}, {"paid", "each"}, {"amount", "each"}, {"value", "each"}, {"rateper", ""}, {"preispro", ""}, {"prixpar", ""}, {"prixunit", ""}, {"precioper", ""}, {"preciopor", ""}, {"prezzoper", ""}, {"prijsper", ""},
	},
}

// looseRank comes behind all exact words.
const looseRank = 400
