package mapping

import (
	"slices"
	"strings"
)

// State is what a word in a column of states, types or events says of a row.
type State uint8

// The states. A sale may be called off, never have been one, or be undone.
const (
	NoState  State = iota
	Sale           // paid, shipped, purchase
	NoSale         // failed, cancelled, unpaid, draft
	Refunded       // the sale was given back, in full or in part
	Return         // the row is money back: refund, credit note, H
	Debit          // the row is a sale in a column of signs: debit, invoice, S
	Glance         // an event that is no sale: view, add to cart
)

var stateWords = map[State][]string{
	Sale:     lists.of("state sale"),
	NoSale:   lists.of("state nosale"),
	Refunded: lists.of("state refunded"),
	Return:   lists.of("state return"),
	Debit:    lists.of("state debit"),
	Glance:   lists.of("state glance"),
}

var stateOf = func() map[string][]State {
	states := make(map[string][]State)
	for state, words := range stateWords {
		for _, word := range words {
			states[word] = append(states[word], state)
		}
	}
	return states
}()

// Says reports whether a value says one of the states, whatever its case.
func Says(value string, states ...State) bool {
	said := stateOf[strings.ToLower(strings.TrimSpace(value))]
	return slices.ContainsFunc(states, func(s State) bool { return slices.Contains(said, s) })
}

// SaysEvent reports what the name of an event says, by the words in it: Placed
// Order, Viewed Product, Started Checkout.
func SaysEvent(name string) State {
	word := strings.ToLower(name)
	has := func(parts ...string) bool {
		return slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(word, part) })
	}
	switch {
	case Says(name, Glance), has("view", "cart", "checkout started", "started checkout", "begin_checkout", "click", "opened", "search", "wish", "subscribed", "active on", "visit", "signed", "login", "impression", "refund", "cancel", "received email", "abandon", "浏览", "加购", "收藏", "点击"):
		return Glance
	case Says(name, Debit, Sale), has("purchase", "placed order", "order completed", "ordered product", "order placed", "checkout completed", "transaction", "paid", "购买", "下单", "支付"):
		return Sale
	}
	return NoState
}

// IsFlag reports whether a header asks, of each row, whether it is no sale: Void?,
// Is Return, Test.
func IsFlag(header string) bool {
	if Counts(header) {
		return false
	}
	word := normal(header)
	return contains([]string{
		"void", "isreturn", "isrefund", "refunded", "returned", "cancelled", "canceled", "deleted", "istest", "testorder", "testmode", "fraud", "chargeback", "internal", "sample", "demo", "training",
		"employee", "staff", "blocked", "archived", "spam", "disputed", "storniert", "geloescht", "gelöscht", "annul", "anulad", "cancelad", "是否退货", "是否退款", "是否取消", "已删除", "作废", "刷单", "内部",
	}, word) || slices.Contains([]string{"test", "return", "refund", "cancel", "reversed", "storno", "retoure", "isgift", "isdraft", "draft"}, word)
}

// IsGoodFlag reports whether a header asks, of each row, whether it is a sale:
// Paid, Valid, 有效.
func IsGoodFlag(header string) bool {
	return slices.Contains([]string{"paid", "ispaid", "valid", "isvalid", "completed", "iscompleted", "confirmed", "success", "successful", "captured", "settled", "bezahlt", "gültig", "payé", "valide", "pagado", "pago", "válido", "pagato", "betaald", "有效", "是否有效", "已付款", "是否付款", "是否成交", "支払済"}, normal(header))
}

// Undoes reports whether a header names the moment at which a sale was called
// off or given back.
func Undoes(header string) bool {
	word := normal(header)
	if contains([]string{"reverses", "reversalof", "reversedby", "refundof", "creditnotefor", "originalorder", "originalinvoice", "storniertvon", "stornozu", "correctionof", "原单号", "原订单"}, word) {
		return true
	}
	return contains([]string{"cancel", "delet", "void", "refund", "revers", "chargeback", "storn", "annul", "anula", "取消", "退款", "关闭", "作废"}, word) &&
		contains([]string{"at", "on", "date", "time", "datum", "fecha", "data", "时间", "日期", "日時"}, word)
}

// BesideSale reports whether a word names a row beside the sale itself: a payment,
// a tax, a tip, a top-up, a replacement.
func BesideSale(word string) bool {
	word = strings.ToLower(word)
	if strings.Contains(word, "website") || strings.Contains(word, "checkout") {
		return false // a payment by which something was bought
	}
	return slices.ContainsFunc(lists.of("beside a sale"), func(part string) bool { return strings.Contains(word, part) })
}

// OfCustomer reports whether a header is about the customer, or a campaign, a
// product, a delivery, and not about the sale: Customer Status, Email Consent.
func OfCustomer(header string) bool {
	word := normal(header)
	return contains([]string{
		"consent", "segment", "customer", "client", "member", "subscri", "loyal", "marital", "email", "newsletter", "stock", "product", "account", "shipping", "delivery", "marketing", "lead", "employment", "optin", "sms", "fulfil", "shipment", "card", "tender", "ticket", "trip",
		"kunden", "abonn", "客户", "会员", "商品", "物流", "营销", "発送",
	}, word) && !contains([]string{"order", "payment", "transaction", "invoice", "sale", "financial", "订单", "付款", "交易"}, word)
}

// Types reports whether a header says of what type a row is: Type, Belegart,
// Movement, Code.
func Types(header string) bool {
	return slices.Contains([]string{
		"type", "transactiontype", "txntype", "trxtype", "documenttype", "doctype", "ordertype", "recordtype", "rowtype", "linetype", "entrytype", "postingtype", "saletype", "kind", "code", "transactioncode", "movement",
		"movementtype", "transaction", "action", "metric", "sens", "belegart", "belegtyp", "vorgangsart", "vorgang", "buchungsart", "typededocument", "typedocument", "typedepièce", "tipodocumento", "tipodedocumento", "tipo", "tipodoc", "causale",
		"orderreason", "reason", "documentsoort", "soort", "单据类型", "订单类型", "交易类型", "类型", "业务类型", "伝票区分", "取引区分", "区分",
	}, normal(header))
}

// SaysTaxIncluded reports whether a header asks, of each row, whether its amount
// is with tax.
func SaysTaxIncluded(header string) bool {
	word := normal(header)
	return contains([]string{"tax", "vat", "gst", "mwst", "ust", "tva", "iva", "btw", "含税", "税込"}, word) && contains([]string{"incl", "inkl", "with", "compris", "brutto", "gross", "taxable", "是否", "含税", "税込"}, word)
}

// Affirms reports whether a value says yes.
func Affirms(value string) bool {
	return slices.Contains([]string{"true", "yes", "y", "1", "x", "t", "on", "ja", "j", "oui", "o", "si", "sí", "s", "sim", "wahr", "vrai", "是", "真", "✓", "はい"}, strings.ToLower(strings.TrimSpace(value)))
}

// Denies reports whether a value says no.
func Denies(value string) bool {
	return slices.Contains([]string{"false", "no", "n", "0", "f", "off", "nein", "non", "não", "nao", "falsch", "faux", "否", "假", "いいえ"}, strings.ToLower(strings.TrimSpace(value)))
}

// IsLetterSign reports whether a value is a sign of one or two letters, which
// means something only under a header that says so.
func IsLetterSign(value string) bool { return len([]rune(strings.TrimSpace(value))) <= 2 }

// Signs reports whether a header says that a column tells debits from credits,
// or what sort of transaction a row is; how it was paid is no sign.
func Signs(header string) bool {
	word := normal(header)
	if contains([]string{"card", "tender", "payment", "account", "ticket", "trip", "customer", "product", "method"}, word) && !contains([]string{"transaction", "document", "order"}, word) {
		return false
	}
	return Types(header) || contains([]string{"soll", "haben", "debit", "credit", "drcr", "crdr", "kennzeichen", "借贷", "方向", "belegart", "vorgangsart", "buchungsart"}, word) ||
		slices.Contains([]string{"dc", "sh", "dr", "cr", "art", "kz", "sign"}, word)
}

// Stages reports whether a header says that a column tells how far an order
// has come.
func Stages(header string) bool {
	return contains([]string{"status", "stage", "outcome", "result", "zustand", "statut", "estado", "stato", "situação", "状态", "狀態", "ステータス"}, normal(header))
}

// Events reports whether a header says that a column names events.
func Events(header string) bool {
	return contains([]string{"event", "action", "activity", "behavior", "behaviour", "行为", "事件"}, normal(header))
}

// GivesBack reports whether a header says that a column holds what was given
// back of an amount.
func GivesBack(header string) bool {
	if Counts(header) {
		return false
	}
	return contains([]string{"refund", "chargeback", "credited", "creditnote", "gutschrift", "storno", "returnvalue", "returns", "estorno", "devolu", "已退", "退款", "returnedamount", "amountreturned", "erstatt", "rembours", "reembols", "rimbors", "terugbeta", "退款金额", "退货金额", "返金"}, normal(header))
}

// DeniesRefund reports whether a word says that nothing was given back.
func DeniesRefund(word string) bool {
	return slices.Contains([]string{"none", "norefund", "notrefunded", "unrefunded", "na", "null", "nil", "never", "notapplicable", "keine", "aucun", "ninguno", "nessuno", "nenhum", "geen", "无", "未退款", "无退款", "なし"}, normal(word)) || strings.Trim(word, "-. ") == ""
}

// IsRevision reports whether a header numbers the versions of an order.
func IsRevision(header string) bool {
	return slices.Contains([]string{"rev", "revno", "revision", "revisionno", "orderrevision", "version", "versionno", "orderversion", "amendment", "amendmentno", "änderung", "versión", "versão", "versione", "versie", "版本", "版次", "修订"}, normal(header))
}

// CountsReturns reports whether a header says that a column counts pieces that
// came back.
func CountsReturns(header string) bool {
	return Counts(header) && contains([]string{"return", "refund", "cancel", "retour", "storn", "devuel", "reso", "退"}, normal(header))
}

// TakesOff reports whether a header says that a column holds a discount.
func TakesOff(header string) bool {
	return contains([]string{"discount", "rabatt", "nachlass", "skonto", "ermäßigung", "ermaessigung", "markdown", "reduction", "réduction", "disc%", "remise", "descuento", "sconto", "desconto", "korting", "coupon", "voucher", "gutschein", "promotion", "promoamount", "rebate", "bonusamount", "折扣", "优惠", "割引", "値引"}, normal(header)) || slices.Contains([]string{"disc", "discpct"}, normal(header))
}
