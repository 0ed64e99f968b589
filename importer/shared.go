package importer

import "hash/maphash"

// sharedLimit is in how many orders ids of several customers are looked for; in
// more it would be felt.
const sharedLimit = 500_000

// findShared counts the order ids that belong to several customers.
func (g *grouping) findShared() {
	keys := &g.intake.OrderKeys
	n := keys.Len()
	if n > sharedLimit {
		return
	}
	seed := maphash.MakeSeed()
	hash := func(i int) uint64 { return maphash.Bytes(seed, keys.Slice(i)) }
	// One bit in 64 is set, so few ids are suspected for nothing.
	bits := make([]uint64, n)
	const unseen, counted = -1, -2 // else the first customer of an id
	suspects := make(map[uint64]int32)
	for i := range n {
		if len(keys.Slice(i)) == 0 {
			continue
		}
		h := hash(i)
		word, bit := &bits[h>>6%uint64(n)], uint64(1)<<(h&63)
		if *word&bit != 0 {
			suspects[h] = unseen
		}
		*word |= bit
	}
	if len(suspects) == 0 {
		return
	}
	for i := range n {
		if h := hash(i); len(keys.Slice(i)) > 0 {
			customer := g.intake.OrderCustomer[i]
			switch first, is := suspects[h]; {
			case !is, first == counted, first == customer:
			case first == unseen:
				suspects[h] = customer
			default:
				g.shared++
				suspects[h] = counted
			}
		}
	}
}
