package rfm

// Distribution answers how many customers have which value of one measure.
// All methods take O(log n).
type Distribution struct {
	values []int64
}

// Customers returns how many customers there are.
func (d Distribution) Customers() int { return 0 }

// Min and Max return the range of values; 0 when there is no customer.
func (d Distribution) Min() int64 { return 0 }

// Max returns the greatest value, 0 when there is no customer.
func (d Distribution) Max() int64 { return 0 }

// AtMost returns how many customers have a value of v or less.
func (d Distribution) AtMost(v int64) int { return 0 }

// At returns the value of the customer at rank 0 <= rank < Customers, counted
// from the smallest: At(Customers()*99/100) is where the last percent begins.
func (d Distribution) At(rank int) int64 { return 0 }

// Next returns the smallest value above v, and false when there is none: a cut
// raised from v changes nothing until it gets there.
func (d Distribution) Next(v int64) (int64, bool) { return 0, false }

// Previous returns the greatest value below v, and false when there is none. A
// cut lowered from v changes nothing until it is below the greatest value
// <= v, which is Previous(v+1).
func (d Distribution) Previous(v int64) (int64, bool) { return 0, false }
