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
		return "", "", model.Errorf(model.Usage, "--map: %q is not a field", s).
			WithHint("use %s or attr:NAME", strings.Join(known, ", "))
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
	{Customer, keys, []string{
		"customeruniqueid", "customerid", "customerno", "customernumber", "customerkey", "customercode", "custid", "custno", "clientid", "clientno", "clientcode",
		"buyerid", "memberid", "memberno", "userid", "accountid", "shopperid", "cardid", "cardno", "loyaltyid", "visitorid",
		"customer", "client", "buyer", "member", "user", "shopper", "cust", "account", "customeremail", "customername", "clientname", "buyername",
		"username", "membername", "customerunique", "客户编号", "客户号", "会员编号", "会员号", "会员卡号", "会员id", "用户id", "客户id",
		"客户代码", "买家id", "客户", "会员", "用户", "买家", "买家昵称", "客户名称", "会员名", "用户名", "买家会员名",
		"buyeremail", "useremail", "purchaseremail", "clientemail", "memberemail", "billingemail", "customerref", "customerreference", "purchaser", "patientid", "guestid", "subscriberid", "kundennummer", "kundennr", "kundenid", "kundenno", "kdnr", "kundencode", "debitor", "debitornr", "debitorennummer", "kunde", "kundin", "käufer", "kundenname", "numéroclient", "numeroclient", "noclient", "nclient", "codeclient", "idclient", "clientnumero", "acheteur", "adhérent", "compteclient", "nomclient", "idcliente", "codigocliente", "códigocliente", "númerocliente", "numerocliente", "nrocliente", "nocliente", "cliente", "comprador", "socio", "idsocio", "codcliente", "clientecodigo", "nombrecliente", "codicecliente", "clienteid", "numerodicliente", "acquirente", "nomecliente", "codigodocliente", "códigodocliente", "nomedocliente", "klantnummer", "klantnr", "klantid", "klantcode", "klant", "koper", "debiteur", "debiteurnummer", "relatienummer", "klantnaam", "顧客id", "顧客番号", "顧客コード", "会員番号", "会員コード", "お客様番号", "得意先コード", "顧客", "会員", "得意先", "顧客名", "购买人", "购买者", "顾客", "顾客编号", "顾客id", "买方",
		"acct", "acctno", "acctnumber", "acctid", "accountno", "accountnumber", "debtor", "debtorno", "payor", "patron", "patronid", "cardholder", "cardnumber", "guestname", "shippername", "soldto", "soldtoparty", "billto",
		"accountref", "customeraccount", "card", "donorid", "donor", "下单帐号", "下单账号", "客户账号", "买家账号", "debitorenkonto", "debitorkonto", "kundenkonto", "guestid",
		"associatedcontactids", "associatedcontact", "contactid", "associatedcompany", "companyid", "associatedcompanyids",
		"payer", "payerid",
	}},
	{Order, keys, []string{
		"orderid", "orderno", "ordernumber", "ordercode", "orderkey", "invoiceno", "invoiceid", "invoicenumber", "invoice", "transactionid",
		"transactionno", "receiptid", "receiptno", "receiptnumber", "basketid", "ticketid", "billno", "billid", "checkid", "saleid", "salesorder", "salesid",
		"orderref", "orderreference", "documentno", "documentnumber", "order", "transaction", "receipt", "basket",
		"订单编号", "订单号", "订单id", "单号", "交易号", "发票号", "小票号", "流水号",
		"orderreferencenumber", "saleno", "salenumber", "receiptnum", "billnumber", "invoicenum", "invoicecode", "voucherno", "bestellnummer", "bestellnr", "bestellid", "bestellung", "auftragsnummer", "auftragsnr", "auftrag", "rechnungsnummer", "rechnungsnr", "rechnung", "belegnummer", "belegnr", "beleg", "bonnummer", "vorgangsnummer", "numérocommande", "numerocommande", "nocommande", "ncommande", "idcommande", "commande", "numérofacture", "numerofacture", "nofacture", "facture", "ticket", "numéroticket", "idpedido", "numeropedido", "númeropedido", "nropedido", "nopedido", "pedido", "numerofactura", "númerofactura", "nrofactura", "factura", "numerodepedido", "númerodepedido", "folio", "numeroordine", "idordine", "ordine", "numerofattura", "fattura", "scontrino", "numerodopedido", "númerodopedido", "numerofatura", "notafiscal", "bestelnummer", "bestelnr", "bestelling", "ordernr", "ordernummer", "factuurnummer", "factuurnr", "factuur", "bonnr", "注文番号", "注文id", "受注番号", "伝票番号", "取引番号", "请求书号", "单据编号", "单据号", "销售单号", "流水号码",
	}},
	{Date, dates, []string{
		"orderdate", "invoicedate", "purchasedate", "transactiondate", "saledate", "salesdate", "dateoforder", "dateofpurchase", "orderedat",
		"orderdatetime", "ordertime", "ordertimestamp", "purchasetimestamp", "orderpurchasetimestamp", "transactiontime", "purchasedat", "bookingdate",
		"paymentdate", "paiddate", "paidat", "orderday", "usestarttime", "下单日期", "下单时间", "订单日期", "订单时间", "付款日期", "付款时间", "购买日期", "交易日期", "交易时间", "成交时间",
		"创建时间", "消费日期", "bought", "boughton", "boughtat", "purchased", "purchasedon", "sold", "soldon", "soldat", "orderedon", "ordered", "placedat",
		"placedon", "salesday", "saleday", "dateofsale", "datesold", "datepurchased", "dateordered", "visitdate", "lastvisitdate", "billdate",
		"receiptdate", "completedat", "checkoutdate", "bestelldatum", "auftragsdatum", "rechnungsdatum", "kaufdatum", "belegdatum", "verkaufsdatum",
		"buchungsdatum", "umsatzdatum", "datecommande", "datefacture", "datedecommande", "datedachat", "dateachat", "datevente", "fechapedido",
		"fechafactura", "fechacompra", "fechaventa", "fechadecompra", "fechadeventa", "fechadepedido", "fechaoperacion", "fechaoperación", "dataordine",
		"datafattura", "dataacquisto", "datavendita", "datapedido", "datacompra", "datavenda", "datadacompra", "datadopedido", "datadavenda",
		"besteldatum", "factuurdatum", "aankoopdatum", "verkoopdatum", "orderdatum", "注文日", "注文日時", "購入日", "購入日時", "受注日", "売上日", "販売日", "取引日", "销售日期",
		"开单日期", "单据日期", "购买时间", "支付时间", "结算日期", "bookedon", "bookedat", "bookingday", "bookingtime", "giftdate", "donationdate", "date", "datetime", "day",
		"timestamp", "time", "createdat", "created", "creationdate", "日期", "时间", "datum", "zeitstempel", "tag", "jour", "horodatage", "fecha", "data",
		"日付", "日時",
	}},
	{Amount, numbers, []string{
		"amount", "orderamount", "totalamount", "ordertotal", "ordervalue", "lineamount", "linetotal", "salesamount", "saleamount", "netamount", "grossamount",
		"invoiceamount", "transactionamount", "paymentvalue", "paymentamount", "paidamount", "amountpaid", "revenue", "sales", "total", "totalprice", "totalsales",
		"totalvalue", "grandtotal", "subtotal", "dollarvalue", "value", "netsales", "turnover", "spend", "spent", "expenditure", "payment", "amt", "monetary", "sum", "gross", "net",
		"实付金额", "支付金额", "付款金额", "订单金额", "成交金额", "交易金额", "销售金额", "消费金额", "总金额", "金额", "销售额", "实际支付金额", "总价",
		"itemtotal", "itemamount", "itemsubtotal", "lineprice", "extendedprice", "extendedamount", "unitspend", "netamountpaid", "salestotal", "saletotal", "totalpaid", "totaldue", "totalamountpaid", "totalsale", "totalspent", "totalspend", "ordernetamount", "ordergrossamount", "orderprice", "baskettotal", "basketvalue", "carttotal", "cartvalue", "transactionvalue", "transactiontotal", "amountcents", "valuecents", "netrevenue", "grossrevenue", "grosssales", "invoicetotal", "invoicevalue", "billamount", "betrag", "bestellwert", "auftragswert", "rechnungsbetrag", "umsatz", "gesamtbetrag", "gesamtpreis", "summe", "bruttobetrag", "nettobetrag", "umsatzohnesollhabenkz", "nettoumsatz", "bruttoumsatz", "warenwert", "zahlbetrag", "montant", "montantttc", "montantht", "montanttotal", "chiffredaffaires", "ca", "prixtotal", "totalttc", "totalht", "importe", "importetotal", "monto", "montototal", "valortotal", "preciototal", "ventas", "totalfactura", "totalpedido", "importo", "importototale", "totale", "valore", "prezzototale", "imponibile", "fatturato", "ricavo", "valor", "valorpago", "valordopedido", "valordacompra", "valordavenda", "quantia", "receita", "faturamento", "bedrag", "totaalbedrag", "factuurbedrag", "orderbedrag", "totaal", "omzet", "orderwaarde", "totaalprijs", "金額", "合計金額", "購入金額", "売上金額", "売上", "注文金額", "販売金額", "税込金額", "支払金額", "应付金额", "实收金额", "实付", "成交额", "销售总额", "消费额", "价税合计", "订单总价", "订单总金额", "应收金额",
		"paid", "charged", "amountcharged", "invamt", "orderamt", "totalamt", "salesamt", "netamt", "grossamt", "docvalue", "documentvalue", "doctotal", "checkamount", "checktotal", "billtotal", "beløb", "belopp", "kwota",
		"giftamount", "donationamount", "gesamtbrutto", "gesamtnetto", "rowtotal", "linesum",
	}},
	{Quantity, numbers, []string{
		"quantity", "qty", "orderquantity", "orderqty", "quantityordered", "itemquantity", "units", "unitssold", "pieces", "pcs", "numberofitems", "itemcount", "numberofcds", "count",
		"数量", "购买数量", "商品数量", "件数", "销量",
		"quantitysold", "qtysold", "noofitems", "nbitems", "numitems", "itemsold", "volume", "menge", "anzahl", "stückzahl", "stück", "bestellmenge", "stk", "quantité", "quantite", "qté", "qte", "nombre", "nbarticles", "cantidad", "cant", "unidades", "uds", "quantità", "quantita", "qta", "pezzi", "quantidade", "qtd", "qtde", "aantal", "stuks", "hoeveelheid", "数量個", "個数", "点数", "購入数", "購入数量", "销售数量", "订购数量", "购买件数", "购买件",
		"orderedqty", "orderedquantity", "qtyordered", "deliveredqty", "soldqty", "invoicedqty", "itemqty", "lineqty", "productqty",
		"qtyshipped", "quantityshipped", "qtysold", "nights", "hours",
	}},
	{Price, numbers, []string{
		"unitprice", "priceperunit", "itemprice", "sellingprice", "saleprice", "productprice", "listprice", "priceeach", "unitamount", "price", "单价", "商品单价", "售价", "价格",
		"priceperitem", "pricepaid", "pricebook", "itemunitprice", "einzelpreis", "stückpreis", "stueckpreis", "preis", "verkaufspreis", "vkpreis", "prixunitaire", "prix", "pu", "prixdevente", "preciounitario", "precio", "preciounidad", "preciodeventa", "prezzounitario", "prezzo", "prezzodivendita", "preçounitário", "precounitario", "preço", "preco", "valorunitario", "valorunitário", "stukprijs", "prijs", "eenheidsprijs", "verkoopprijs", "単価", "価格", "販売単価", "税込単価", "销售单价", "成交价", "成交单价", "含税单价",
		"netprice", "netunitprice", "grossprice", "nightlyrate", "hourlyrate", "京东价", "商品价格", "商品价",
	}},
	{Cost, numbers, []string{
		"cost", "unitcost", "costprice", "productcost", "cogs", "costofgoods", "purchaseprice", "成本", "成本价", "单位成本",
		"costperunit", "unitcosts", "itemcost", "linecost", "totalcost", "ordercost", "costamount", "standardcost", "einkaufspreis", "ekpreis", "ek", "kosten", "wareneinsatz", "selbstkosten", "einstandspreis", "coût", "cout", "prixdachat", "coûtunitaire", "prixderevient", "costo", "coste", "costounitario", "preciodecompra", "costodiacquisto", "custo", "custounitario", "inkoopprijs", "kostprijs", "原価", "仕入価格", "仕入原価", "进价", "采购价", "总成本", "销售成本",
	}},
	{Line, anything, []string{
		"lineid", "lineno", "linenumber", "orderline", "orderlineid", "orderlinenumber", "orderitemid", "lineitem", "rowid", "行号",
	}},
	{Product, anything, []string{
		"productid", "productcode", "productno", "sku", "stockcode", "itemid", "itemcode", "itemno", "articleno", "articleid", "ean", "upc", "product", "productname",
		"item", "itemname", "article", "商品编号", "商品id", "商品编码", "货号", "商品", "商品名称", "产品", "产品名称",
		"artikel", "artikelnummer", "artikelnr", "artikelbezeichnung", "produkt", "produktname", "produit", "référence", "reference", "codearticle", "producto", "codigoproducto", "artículo", "articulo", "prodotto", "codiceprodotto", "articolo", "produto", "codigoproduto", "código", "omschrijving", "artikelcode", "productnaam", "商品コード", "商品番号", "商品名", "品名", "商品代码", "货品名称",
	}},
	{Category, anything, []string{
		"category", "productcategory", "categoryname", "productgroup", "department", "productline", "itemcategory", "类别", "商品类别", "品类", "分类",
	}},
	{Status, anything, []string{
		"orderstatus", "status", "orderstate", "paymentstatus", "订单状态", "状态", "交易状态",
		"financialstatus", "fulfillmentstatus", "bestellstatus", "zahlungsstatus", "statut", "étatcommande", "estado", "estadopedido", "stato", "statoordine", "situação", "orderstage", "stage", "transactionstatus", "注文状況", "ステータス", "支付状态", "付款状态",
	}},
	{Name, anything, []string{
		"customername", "fullname", "clientname", "buyername", "membername", "name", "contactname", "客户姓名", "姓名", "客户名称", "收货人", "收货人姓名",
		"kundenname", "vorname", "name1", "firma", "nom", "nomcomplet", "raisonsociale", "nombre", "nombrecompleto", "razonsocial", "razónsocial", "nome", "nomecompleto", "ragionesociale", "naam", "bedrijfsnaam", "氏名", "お名前", "会社名", "顾客姓名",
	}},
	{Phone, anything, []string{
		"phone", "phonenumber", "mobile", "mobilephone", "mobilenumber", "telephone", "tel", "cell", "手机", "手机号", "手机号码", "电话", "联系电话",
		"telefon", "telefonnummer", "handy", "téléphone", "telephonenumber", "teléfono", "telefono", "celular", "móvil", "cellulare", "telefone", "telefoon", "telefoonnummer", "電話番号", "携帯番号", "联系方式",
		"买家手机号", "收货人手机", "会员手机号", "收货手机", "buyerphone", "customerphone", "billingphone", "phoneno", "mobileno",
	}},
	{Email, anything, []string{
		"email", "emailaddress", "mail", "customeremail", "邮箱", "电子邮箱", "邮件",
		"buyeremail", "billingemail", "contactemail", "emailaddress1", "emailadresse", "emailadres", "mailadresse", "courriel", "adressemail", "adressemél", "correo", "correoelectrónico", "correoelectronico", "indirizzoemail", "mailadres", "メールアドレス", "メール", "电子邮件",
	}},
	{Address, anything, []string{
		"address", "streetaddress", "street", "shippingaddress", "billingaddress", "deliveryaddress", "customeraddress", "address1", "addressline1", "地址", "收货地址", "详细地址",
	}},
	{City, anything, []string{
		"city", "town", "customercity", "shippingcity", "billingcity", "城市", "市",
		"ort", "stadt", "wohnort", "ville", "ciudad", "città", "citta", "comune", "cidade", "stad", "plaats", "woonplaats", "市区町村", "都市",
	}},
	{Region, anything, []string{
		"region", "regionname", "salesregion", "area", "province", "state", "customerstate", "territory", "district", "country", "shippingcountry", "customercountry", "market",
		"地区", "区域", "大区", "省份", "省", "国家",
		"bundesland", "land", "kanton", "région", "pays", "provincia", "país", "pais", "regione", "paese", "região", "regiao", "estadouf", "provincie", "都道府県", "地域", "国", "省市",
	}},
	{Channel, anything, []string{
		"channel", "saleschannel", "orderchannel", "source", "platform", "store", "storeid", "storename", "shop", "branch", "渠道", "销售渠道", "来源", "平台", "门店", "店铺",
		"vertriebskanal", "kanal", "filiale", "boutique", "magasin", "canal", "tienda", "sucursal", "canale", "negozio", "loja", "winkel", "filiaal", "店舗", "店舗名", "チャネル", "渠道来源", "门店名称",
	}},
	// No header is taken for these: a person says so with --map.
	{Refund, numbers, nil},
	{Discount, numbers, nil},
	{Sign, anything, nil},
}

// normal writes a header in normal form: letters and digits only, lower case,
// without the unit in brackets behind it, in simplified Chinese.
func normal(header string) string {
	name, _ := cutUnit(header)
	name = taxNote.ReplaceAllString(name, "")
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			return simplified(unicode.ToLower(c))
		}
		return -1
	}, name)
}

// taxNote is what says in a header whether tax is in it.
var taxNote = regexp.MustCompile(`(?i)[ _-]*\b(incl|inkl|inc|including|excl|exkl|ex|excluding|zzgl|hors|sans|sin|con|senza|com|sem)\.?[ _-]*(vat|tax|taxes|mwst|ust|btw|tva|iva|gst|hst|taxe|imposta)\.?$`)

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
	Date: {
		"ship", "deliver", "birth", "dob", "due", "expir", "regist", "signup", "join", "updat", "modif", "cancel", "return", "lock", "close", "end", "check",
		"member", "account", "report", "print", "export", "extract", "snapshot", "load", "sync", "refund", "hire", "since", "valid", "renew", "start", "first", "plan", "expect", "target", "lead", "contact",
		"geburt", "liefer", "versand", "fällig", "geändert", "ablauf", "naissance", "livraison", "échéance", "expédition", "inscription", "nacimiento", "entrega", "envío", "vencimiento", "alta", "registro",
		"nascita", "consegna", "scadenza", "spedizione", "nascimento", "vencimento", "envio", "geboorte", "lever", "verzend", "verval", "生年月日", "登録", "発送", "出荷", "更新", "締切",
		"发货", "签收", "注册", "生日", "出生", "到期", "退款", "结束", "关闭", "入会", "修改", "报表", "导出", "打印", "收货", "送货",
	},
	Amount: {
		"tax", "vat", "discount", "ship", "freight", "refund", "fee", "balance", "deposit", "credit", "cost", "margin", "profit", "coupon", "tip", "point",
		"commission", "insur", "ytd", "mtd", "todate", "budget", "target", "forecast", "plan", "quota", "goal", "list", "msrp", "rrp", "surcharge", "postage", "delivery", "handling", "duty", "customs",
		"lifetime", "ltv", "clv", "limit", "payable", "receivable", "outstanding", "overdue", "due", "giftcard", "voucher", "reward", "cashback", "bonus", "rebate", "writeoff", "royalt", "warrant", "book",
		"estimat", "expect", "average", "avg", "mean", "previous", "last", "prior", "cumul", "running", "withh", "saving", "minimum", "maximum", "wallet", "loyalty", "debit", "declared", "original", "payout", "return",
		"steuer", "mwst", "rabatt", "versand", "fracht", "gebühr", "provision", "saldo", "guthaben", "anzahlung", "kosten", "marge", "gewinn", "gutschein", "punkte", "ziel", "vorjahr", "soll",
		"tva", "remise", "livraison", "frais", "solde", "acompte", "coût", "bénéfice", "objectif", "prévu",
		"iva", "impuesto", "descuento", "envío", "envio", "flete", "comisión", "comision", "saldo", "depósito", "costo", "coste", "margen", "ganancia", "objetivo", "propina",
		"imposta", "sconto", "spedizione", "commissione", "acconto", "margine", "utile", "obiettivo", "imposto", "desconto", "frete", "comissão", "comissao", "custo", "margem", "lucro", "metas",
		"btw", "korting", "verzend", "provisie", "aanbetaling", "winst", "doel", "税額", "消費税", "送料", "割引", "手数料", "残高", "原価", "利益", "ポイント", "目標",
		"邮费", "运费", "优惠", "折扣", "退款", "成本", "积分", "税额", "税金", "佣金", "手续费", "余额", "押金", "定金", "利润", "毛利", "目标", "预算", "红包", "保险", "累计",
	},
	Customer: {
		"age", "type", "group", "segment", "since", "service", "tier", "status", "rating", "comment", "note", "lifetime", "city", "state", "country", "region", "street", "zip", "phone", "birth", "gender",
		"类型", "年龄", "等级", "备注", "性别", "地址", "电话",
	},
	Quantity: {"discount", "refund", "return", "stock", "inventory", "available", "cancel", "ship", "back", "库存", "退"},
	Price:    {"cost", "list", "discount", "tax", "ship", "freight", "vat", "delivery", "msrp", "rrp", "market", "original", "compare", "成本", "市场价", "运费", "税", "原价", "吊牌"},
	Email:    {"optin", "sent", "open", "click", "consent", "campaign", "subject", "count", "domain"},
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
