package synthetic

// How customers differ. Purchases follow the idea behind the Pareto/NBD model
// (Schmittlein, Morrison & Colombo 1987): everyone buys at their own rate while
// active and then leaves for good, unseen.
const (
	foundingPercent = 30    // were customers before the first day
	foundingDays    = 100.0 // mean days until these order for the first time
	triedPercent    = 22    // hardly ever come back after one order
	triedRate       = 1.0 / 64
	activeDays      = 280.0 // mean days until a customer leaves, where activeSpread is 0
	activeSpread    = 0.7   // of its logarithm, as with the other spreads
	rateSpread      = 0.95
	spendSpread     = 0.6
	habitPercent    = 75 // of the orders come through the customer's usual channel
)

// traits are what stays the same over a customer's orders.
type traits struct {
	region  *string
	channel *string
	spend   float64 // factor on the value of every order
}

// newTraits draws the traits of the customer whose stream s is.
func newTraits(s *stream) traits {
	return traits{
		region:  regions.draw(s),
		channel: channels.draw(s),
		spend:   s.lognormal(spendSpread),
	}
}

// history says when a customer orders: certainly on day first, and then up to
// day last in proportion to appetite.
type history struct {
	first, last int
	appetite    uint64
}

// newHistory draws the history of the customer whose stream s is.
func newHistory(s *stream, c *calendar) history {
	var h history
	if s.chance(foundingPercent) {
		h.first = min(int(s.exponential()*foundingDays), days-1)
	} else {
		h.first = c.draw(s, 0, days-1)
	}
	active := s.exponential() * activeDays * s.lognormal(activeSpread)
	rate := s.lognormal(rateSpread)
	if s.chance(triedPercent) {
		rate *= triedRate
	}
	h.last = min(h.first+int(active), days-1)
	h.appetite = 1 + uint64(rate*float64(c.pull(h.first, h.last)))
	return h
}
