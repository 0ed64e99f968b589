package synthetic

import (
	"math"
	"math/bits"
	"math/rand/v2"
)

// stream is a seeded sequence of random quantities that comes out the same on
// every machine and with every Go release. It draws raw PCG words only, and
// its arithmetic is exact or a single rounded multiplication: the functions of
// package math differ between processors, and so does x*y + z, which some of
// them round once and others twice.
type stream struct{ pcg rand.PCG }

// newStream returns stream number n of a seed; different numbers are
// independent of each other.
func newStream(seed, n uint64) stream {
	var s stream
	s.pcg.Seed(seed, n)
	return s
}

// below returns a whole number in [0, n), each equally likely to within
// n/2⁶⁴.
func (s *stream) below(n uint64) uint64 {
	hi, _ := bits.Mul64(s.pcg.Uint64(), n)
	return hi
}

// chance is true in percent of a hundred cases.
func (s *stream) chance(percent uint64) bool { return s.below(100) < percent }

// normal returns a standard normal quantity in steps of 2⁻¹⁶ by the sum of
// twelve uniform ones, whose mean is 6 and variance 1; its tails end at ±6.
func (s *stream) normal() float64 {
	var sum uint64
	for range 3 {
		word := s.pcg.Uint64()
		sum += word&0xffff + word>>16&0xffff + word>>32&0xffff + word>>48
	}
	return float64(int64(sum)-6*fixedOne) / fixedOne
}

// lognormal returns a factor with median 1 whose natural logarithm has the
// standard deviation spread.
func (s *stream) lognormal(spread float64) float64 {
	return power2(s.normal() * (spread * math.Log2E))
}

// exponential returns a waiting time with mean 1.
func (s *stream) exponential() float64 {
	word := s.pcg.Uint64() | 1
	zeros := bits.LeadingZeros64(word)
	return (float64(zeros+1) - log2(word<<zeros)) * math.Ln2
}

// fixedOne is 1 with sixteen binary places.
const fixedOne = 1 << 16

// log2 returns the binary logarithm, cut to sixteen places, of a number in
// [1, 2) given as its 64 leading bits: squaring a number doubles its logarithm,
// so each squaring brings out the next place.
func log2(mantissa uint64) float64 {
	var places uint64
	for range 16 {
		places <<= 1
		mantissa, _ = bits.Mul64(mantissa, mantissa)
		if mantissa>>63 == 1 {
			places |= 1
		} else {
			mantissa <<= 1
		}
	}
	return float64(places) / fixedOne
}

// power2 returns 2 to the power of x, x cut to sixteen binary places.
func power2(x float64) float64 {
	fixed := int64(math.Floor(x * fixedOne))
	return math.Ldexp(coarsePowers[fixed>>8&255]*finePowers[fixed&255], int(fixed>>16))
}

// The powers 2^(i/2⁸) and 2^(i/2¹⁶), whose products are all powers with
// sixteen binary places below 2.
var (
	coarsePowers = powersOfRoot(8)
	finePowers   = powersOfRoot(16)
)

// powersOfRoot returns the first 256 powers of the root of 2 that halving n
// times gives. Square roots are correctly rounded on every processor.
func powersOfRoot(n int) (powers [256]float64) {
	root := 2.0
	for range n {
		root = math.Sqrt(root)
	}
	powers[0] = 1
	for i := 1; i < len(powers); i++ {
		powers[i] = powers[i-1] * root
	}
	return powers
}
