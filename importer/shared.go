package importer

import "hash/maphash"

// sharedLimit is in how many orders ids of several customers are looked for; in
// more it would be felt.
const sharedLimit = 500_000

// findShared counts the order ids that belong to several customers. A customer
// has an id once, so these are the ids that come again.
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
	suspects := make(map[uint64]int)
	for i := range n {
		if len(keys.Slice(i)) == 0 {
			continue
		}
		h := hash(i)
		word, bit := &bits[h>>6%uint64(n)], uint64(1)<<(h&63)
		if *word&bit != 0 {
			suspects[h] = 0
		}
		*word |= bit
	}
	if len(suspects) == 0 {
		return
	}
	for i := range n {
		if h := hash(i); len(keys.Slice(i)) > 0 {
			if times, is := suspects[h]; is {
				if times == 1 {
					g.shared++
				}
				suspects[h] = times + 1
			}
		}
	}
}
