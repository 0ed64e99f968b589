package rfm

import "math/bits"

// digitBits is how much of a key one pass of the radix sort looks at.
const digitBits = 11

// Ascending returns the rows of values in ascending order of value, equal
// values in the order of their rows. It is a radix sort from the least digit:
// key and row share a word while the key has no more than 32 bits, which is
// where nearly all of a real measure lies; the bits above are sorted by looking
// the value up.
func Ascending[T integer](values []T) []int32 {
	if len(values) == 0 {
		return nil
	}
	low, high := bounds(values)
	key := func(v T) uint64 { return uint64(int64(v)) - uint64(int64(low)) }
	width := bits.Len64(key(high))

	from, to := make([]uint64, len(values)), make([]uint64, len(values))
	for row, v := range values {
		from[row] = key(v)<<32 | uint64(row)
	}
	for shift := 32; shift < 32+min(width, 32); shift += digitBits {
		digits(from, to, func(word uint64) uint64 { return word >> shift })
		from, to = to, from
	}
	for shift := 32; shift < width; shift += digitBits {
		digits(from, to, func(word uint64) uint64 { return key(values[uint32(word)]) >> shift })
		from, to = to, from
	}
	rows := make([]int32, len(values))
	for i, word := range from {
		rows[i] = int32(uint32(word))
	}
	return rows
}

// digits copies the words of from to to, ordered by the low digitBits of what
// digit makes of them, equal ones in the order they had.
func digits(from, to []uint64, digit func(word uint64) uint64) {
	const mask = 1<<digitBits - 1
	var next [1 << digitBits]int
	for _, word := range from {
		next[digit(word)&mask]++
	}
	start := 0
	for d, count := range next {
		next[d] = start
		start += count
	}
	for _, word := range from {
		d := digit(word) & mask
		to[next[d]] = word
		next[d]++
	}
}
