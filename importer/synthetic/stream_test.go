package synthetic

import (
	"math"
	"testing"
)

func TestPowersAndLogarithms(t *testing.T) {
	t.Parallel()
	for x := -9.0; x < 9; x += 0.0371 {
		if got, want := power2(x), math.Exp2(x); math.Abs(got/want-1) > 2e-5 {
			t.Errorf("power2(%v) = %v, want %v", x, got, want)
		}
	}
	for m := 1.0; m < 2; m += 0.0137 {
		if got, want := log2(uint64(m*(1<<63))), math.Log2(m); math.Abs(got-want) > 2e-5 {
			t.Errorf("log2(%v) = %v, want %v", m, got, want)
		}
	}
}

// Moments of the distributions by their definitions; the tolerances are about
// five standard errors of 200,000 draws.
func TestMoments(t *testing.T) {
	t.Parallel()
	const n = 200_000
	s := newStream(1, 1)
	var normal, squares, waits, waitSquares, uniform float64
	for range n {
		z, wait := s.normal(), s.exponential()
		normal += z
		squares += z * z
		waits += wait
		waitSquares += wait * wait
		uniform += float64(s.below(7))
	}
	for _, c := range []struct {
		what                 string
		got, want, tolerance float64
	}{
		{"mean of normal", normal / n, 0, 0.012},
		{"variance of normal", squares / n, 1, 0.016},
		{"mean of exponential", waits / n, 1, 0.012},
		{"second moment of exponential", waitSquares / n, 2, 0.05},
		{"mean of below(7)", uniform / n, 3, 0.023},
	} {
		if math.Abs(c.got-c.want) > c.tolerance {
			t.Errorf("%s is %v, want %v", c.what, c.got, c.want)
		}
	}
}
