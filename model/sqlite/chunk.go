package sqlite

import (
	"encoding/binary"
	"errors"
	"hash/crc32"

	"strata/model/catalogue"
)

// integer is what a column of a chunk may hold.
type integer interface {
	~uint8 | ~int32 | ~uint32 | ~int64
}

// chunk is a run of a column as it is stored: value i is
// base + step × (the width-byte little-endian unsigned integer at i × width).
// Frames of reference this plain decode about as fast as memory can be
// copied, and take a fifth to a half of the room of the values.
type chunk struct {
	place
	rows, base, step int64
	width            int
	checksum         uint32
	body             []byte
}

// place says where a chunk belongs.
type place struct {
	name string // of the column
	part int
	of   int64 // generation or source
}

// sum is the checksum of all that decoding goes by: a bit that flips in step
// changes as much as one in body, and so does a chunk in another's place.
func (c *chunk) sum() uint32 {
	head := append([]byte(c.name), 0)
	for _, n := range []int64{int64(c.part), c.of, c.rows, c.base, c.step, int64(c.width)} {
		head = binary.LittleEndian.AppendUint64(head, uint64(n))
	}
	return crc32.Update(crc32.Checksum(head, castagnoli), castagnoli, c.body)
}

// chunkRows is how many rows a chunk has, all but a column's last one: 1 MiB
// of eight-byte values.
const chunkRows = 1 << 17

// castagnoli is the polynomial that processors have an instruction for.
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// errChunk reports a chunk that is not there, and errDamagedChunk, which is one,
// a chunk that is not what was written.
var (
	errChunk        = errors.New(catalogue.T("no such column chunk"))
	errDamagedChunk = catalogue.Errorf("{cause}: it is damaged", "cause", errChunk)
)

// encode packs at least one value. Bytes stay where they are: body then shares
// their memory.
func encode[T integer](at place, values []T) chunk {
	c := pack(values)
	c.place = at
	c.checksum = c.sum()
	return c
}

func pack[T integer](values []T) chunk {
	if bytes, ok := any(values).([]byte); ok {
		return chunk{rows: int64(len(bytes)), step: 1, width: 1, body: bytes}
	}
	low, high := values[0], values[0]
	for _, v := range values {
		low, high = min(low, v), max(high, v)
	}
	c := chunk{rows: int64(len(values)), base: int64(low), step: commonStep(values, low)}
	// The difference of two int64 always fits into a uint64.
	switch span := uint64(int64(high)-int64(low)) / uint64(c.step); {
	case span == 0:
	case span < 1<<8:
		c.width = 1
	case span < 1<<16:
		c.width = 2
	case span < 1<<32:
		c.width = 4
	default:
		c.width = 8
	}
	c.body = make([]byte, len(values)*c.width)
	delta := func(v T) uint64 { return uint64(int64(v)-int64(low)) / uint64(c.step) }
	switch c.width {
	case 1:
		for i, v := range values {
			c.body[i] = byte(delta(v))
		}
	case 2:
		for i, v := range values {
			binary.LittleEndian.PutUint16(c.body[2*i:], uint16(delta(v)))
		}
	case 4:
		for i, v := range values {
			binary.LittleEndian.PutUint32(c.body[4*i:], uint32(delta(v)))
		}
	case 8:
		for i, v := range values {
			binary.LittleEndian.PutUint64(c.body[8*i:], delta(v))
		}
	}
	return c
}

// commonStep returns a divisor of all distances from low: money is in
// ten-thousandths, but nearly always in whole cents, and then takes half the
// room.
func commonStep[T integer](values []T, low T) int64 {
next:
	for _, step := range []uint64{10_000, 100} {
		for _, v := range values {
			if uint64(int64(v)-int64(low))%step != 0 {
				continue next
			}
		}
		return int64(step)
	}
	return 1
}

// decode unpacks c into out, which has exactly its rows.
func decode[T integer](c chunk, out []T) error {
	if c.checksum != c.sum() || c.rows != int64(len(out)) || len(c.body) != len(out)*c.width {
		return errDamagedChunk
	}
	body := c.body
	switch c.width {
	case 0:
		for i := range out {
			out[i] = T(c.base)
		}
	case 1:
		if bytes, ok := any(out).([]byte); ok && c.base == 0 && c.step == 1 {
			copy(bytes, body)
			break
		}
		for i, d := range body[:len(out)] {
			out[i] = T(c.base + c.step*int64(d))
		}
	case 2:
		for i := range out {
			out[i] = T(c.base + c.step*int64(binary.LittleEndian.Uint16(body[2*i:])))
		}
	case 4:
		for i := range out {
			out[i] = T(c.base + c.step*int64(binary.LittleEndian.Uint32(body[4*i:])))
		}
	case 8:
		for i := range out {
			out[i] = T(c.base + c.step*int64(binary.LittleEndian.Uint64(body[8*i:])))
		}
	default:
		return errDamagedChunk
	}
	return nil
}
