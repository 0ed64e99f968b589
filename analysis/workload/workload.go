// Package workload says what tiers of customers ask of those who serve them: how
// many are promised what, how many contacts, hours and advisers that takes in a
// month, and what it costs.
package workload

import (
	"cmp"
	"math"
	"math/bits"
	"slices"

	"strata/model"
)

// Load is what customers ask for in a month.
type Load struct {
	Customers int64
	Contacts  int64 // hundredths of one
	Minutes   int64 // of work, hundredths of one
	Advisers  int64 // whole people: each tier has its own
	Cost      model.Money
}

// Of returns the load of so many customers under a service that has passed
// [model.Service.Check]: customers × contacts, × minutes a contact, × the cost of
// one, and [Advisers]. The cost is rounded half to even.
func Of(s model.Service, customers int64) Load {
	l := Load{Customers: customers, Contacts: customers * int64(s.Contacts)}
	l.Minutes = l.Contacts * int64(s.Minutes)
	l.Advisers = Advisers(customers, int64(s.PerAdviser)*model.Unit)
	l.Cost = hundredth(l.Contacts, s.ContactCost)
	return l
}

// Advisers returns how many advisers so many customers take where one looks after
// each customers, given in ten-thousandths of one: whole people, the last of whom
// may have fewer. 0 is no named adviser.
func Advisers(customers, each int64) int64 {
	if each == 0 {
		return 0
	}
	hi, lo := bits.Mul64(uint64(customers), model.Unit)
	if uint64(each) <= hi {
		return math.MaxInt64
	}
	whole, rest := bits.Div64(hi, lo, uint64(each))
	if rest > 0 {
		whole++
	}
	return int64(min(whole, math.MaxInt64))
}

// Served returns the most customers for whom [Advisers] says that so many
// advisers are enough.
func Served(advisers, each int64) int64 {
	hi, lo := bits.Mul64(uint64(advisers), uint64(each))
	if hi >= model.Unit {
		return math.MaxInt64
	}
	customers, _ := bits.Div64(hi, lo, model.Unit)
	return int64(min(customers, math.MaxInt64))
}

// hundredth returns n × m ÷ 100, rounded half to even, through 128 bits.
func hundredth(n int64, m model.Money) model.Money {
	const whole = 100
	hi, lo := bits.Mul64(uint64(n), uint64(m))
	quotient, rest := bits.Div64(hi, lo, whole)
	if rest > whole/2 || rest == whole/2 && quotient%2 == 1 {
		quotient++
	}
	return model.Money(quotient)
}

// Add returns both loads together.
func (l Load) Add(m Load) Load {
	return Load{
		Customers: l.Customers + m.Customers, Contacts: l.Contacts + m.Contacts, Minutes: l.Minutes + m.Minutes,
		Advisers: l.Advisers + m.Advisers, Cost: l.Cost + m.Cost,
	}
}

// Promise is how many customers wait at most so long for an answer.
type Promise struct {
	Minutes   int
	Customers int64
}

// Promises adds up the customers of tiers with the same promise, the shortest
// first. customers returns those of a tier.
func Promises(services []model.Service, customers func(model.Tier) int64) []Promise {
	var all []Promise
	for _, s := range services {
		i := slices.IndexFunc(all, func(p Promise) bool { return p.Minutes == s.Promise })
		if i < 0 {
			i = len(all)
			all = append(all, Promise{Minutes: s.Promise})
		}
		all[i].Customers += customers(s.Tier)
	}
	slices.SortFunc(all, func(a, b Promise) int { return cmp.Compare(a.Minutes, b.Minutes) })
	return all
}
