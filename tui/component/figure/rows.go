package figure

import (
	"strings"

	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/session"
)

// Refused writes how many rows were refused: "135,080 rows refused, 24.9%".
func Refused(r session.Rows) string {
	return catalogue.T("{rows} refused, {share}", "rows", words.Plural(r.Refused, "row", "rows"), "share", words.Share(r.Refused, r.Read))
}

// RefusedMoney writes what the refused rows were worth: "£1.76M bought, £308k
// returned: 16.5% of all that was bought", at least so much where some have no
// amount that can be read; "" where none has.
func RefusedMoney(r session.Rows, symbol string) string {
	return refusedMoney(r, symbol, func(share string) string {
		return catalogue.T(": {share} of all purchases", "share", share)
	})
}

// RefusedMoneyOfFile writes the same of one file among others.
func RefusedMoneyOfFile(r session.Rows, symbol string) string {
	return refusedMoney(r, symbol, func(share string) string {
		return catalogue.T(": {share} of the purchases in this file", "share", share)
	})
}

// RefusedMoneyShort writes the same in fewer words.
func RefusedMoneyShort(r session.Rows, symbol string) string {
	return refusedMoney(r, symbol, func(share string) string {
		return catalogue.T(": {share} of purchases", "share", share)
	})
}

func refusedMoney(r session.Rows, symbol string, ofAll func(share string) string) string {
	part, whole, ok := r.RefusedMoney()
	if !ok {
		return ""
	}
	text := catalogue.T("{amount} bought", "amount", words.Brief(part, symbol))
	if r.RefusedReturned > 0 {
		text += catalogue.T(", {amount} returned", "amount", words.Brief(r.RefusedReturned, symbol))
	}
	if whole > 0 {
		text += ofAll(words.Share(part, whole))
	}
	if r.RefusedValued < r.Refused {
		text = catalogue.T("at least {amount}", "amount", text)
	}
	return text
}

// Accepted writes how many rows were accepted, and what is to know of them:
// "406,829 accepted (12 mended; 5,225 exact duplicates, left out)".
func Accepted(r session.Rows) string {
	var of []string
	if r.Corrected > 0 {
		of = append(of, catalogue.T("{repaired} repaired", "repaired", words.Count(r.Corrected)))
	}
	if r.Mended > 0 {
		of = append(of, catalogue.T("{rows} refused at first, corrected since", "rows", words.Count(r.Mended)))
	}
	if r.Duplicates > 0 {
		of = append(of, words.Plural(r.Duplicates, "exact duplicate", "exact duplicates")+Duplicates(r))
	}
	if r.Repeated > 0 {
		of = append(of, catalogue.T("{rows} left out: an earlier file brought {orders}", "rows", words.Count(r.Repeated), "orders", ordersOf(r.Repeated)))
	}
	text := catalogue.T("{accepted} accepted", "accepted", words.Count(r.Accepted))
	if len(of) > 0 {
		text += " (" + strings.Join(of, "; ") + ")"
	}
	return text
}

// Duplicates writes, behind how many exact duplicates there are, what became of
// them: ", counted", ", left out", ", 7 of them left out".
func Duplicates(r session.Rows) string {
	switch {
	case r.Dropped == 0:
		return catalogue.T(", counted")
	case r.Dropped < r.Duplicates:
		return catalogue.T(", {dropped} of them left out", "dropped", words.Count(r.Dropped))
	}
	return catalogue.T(", left out")
}

func ordersOf(rows int64) string {
	if rows == 1 {
		return catalogue.T("its order")
	}
	return catalogue.T("their orders")
}
