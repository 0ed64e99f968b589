package session

// Hurry makes a bench leave the rules about falling for later while a cut moves,
// as it does with many customers.
func (b *Bench) Hurry() { b.atOnce = 0 }
