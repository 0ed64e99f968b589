package importer

import (
	"encoding/binary"
	"hash/maphash"
	"math"

	"strata/importer/parse"
	"strata/model"
)

// dictionary numbers distinct texts from 0 in the order in which they come.
// With a million customers it does not fit the processor's cache, and looking
// a key up is little else than waiting for memory: so each probe touches one
// slot and one entry, and rows are looked up in groups whose waits overlap.
type dictionary struct {
	seed    maphash.Seed
	slots   []uint64 // upper half: of the hash; lower half: number + 1; 0 is free
	entries []dictionaryEntry
	arena   []byte // the texts, one behind the other
}

// dictionaryEntry is one text: where it lies, and its first bytes, which are
// all of it for most keys.
type dictionaryEntry struct {
	prefix        uint64
	start, length uint32
}

const (
	prefixSize     = 8
	upperHalf      = uint64(math.MaxUint32) << 32
	initialSlots   = 1 << 10
	maxEntries     = math.MaxInt32
	lookupsAtOnce  = 256
	slotsPerEntry  = 2 // at least; fuller tables probe too long
	slotGrowFactor = 4
)

func newDictionary(seed maphash.Seed) *dictionary {
	return &dictionary{seed: seed, slots: make([]uint64, initialSlots)}
}

// newWords returns a dictionary in which the empty text has number 0, as
// [model.Codes] wants it.
func newWords(seed maphash.Seed) *dictionary {
	d := newDictionary(seed)
	d.resetWords()
	return d
}

// resetWords forgets all texts but the empty one, and keeps the memory.
func (d *dictionary) resetWords() {
	clear(d.slots)
	hash := d.hash(nil)
	d.slots[hash&uint64(len(d.slots)-1)] = hash&upperHalf | 1
	d.entries, d.arena = append(d.entries[:0], dictionaryEntry{}), d.arena[:0]
}

func (d *dictionary) hash(text []byte) uint64 { return maphash.Bytes(d.seed, text) }

// number returns the number of a text, a new one if it is new.
func (d *dictionary) number(text []byte, hash uint64) (uint32, error) {
	mask := uint64(len(d.slots) - 1)
	i := hash & mask
	for ; d.slots[i] != 0; i = (i + 1) & mask {
		slot := d.slots[i]
		if slot&upperHalf == hash&upperHalf && d.is(uint32(slot)-1, text, prefixOf(text)) {
			return uint32(slot) - 1, nil
		}
	}
	if len(d.entries) == maxEntries || len(d.arena)+len(text) > math.MaxUint32 {
		return 0, model.Errorf(model.Invalid, "more distinct values than can be held: {cause}", "cause", model.ErrOverflow).
			WithHint("split the file")
	}
	n := uint32(len(d.entries))
	d.slots[i] = hash&upperHalf | uint64(n+1)
	d.entries = append(d.entries, dictionaryEntry{prefixOf(text), uint32(len(d.arena)), uint32(len(text))})
	d.arena = append(d.arena, text...)
	if len(d.entries)*slotsPerEntry > len(d.slots) {
		d.grow()
	}
	return n, nil
}

// numbers looks up many texts, given as places in a text, and writes their
// numbers to out.
func (d *dictionary) numbers(text []byte, spans []parse.Span, hashes []uint64, out []int32) error {
	var slots [lookupsAtOnce]uint64
	for from := 0; from < len(spans); from += lookupsAtOnce {
		to := min(from+lookupsAtOnce, len(spans))
		mask := uint64(len(d.slots) - 1)
		for i, hash := range hashes[from:to] {
			slots[i] = d.slots[hash&mask]
		}
		for i := from; i < to; i++ {
			key := text[spans[i].Start:spans[i].End]
			slot := slots[i-from]
			if slot != 0 && slot&upperHalf == hashes[i]&upperHalf && d.is(uint32(slot)-1, key, prefixOf(key)) {
				out[i] = int32(uint32(slot) - 1)
				continue
			}
			n, err := d.number(key, hashes[i])
			if err != nil {
				return err
			}
			out[i] = int32(n)
		}
	}
	return nil
}

// is reports whether entry n is the text with the given prefix.
func (d *dictionary) is(n uint32, text []byte, prefix uint64) bool {
	e := &d.entries[n]
	if e.prefix != prefix || int(e.length) != len(text) {
		return false
	}
	return len(text) <= prefixSize || string(d.arena[e.start:e.start+e.length]) == string(text)
}

func prefixOf(text []byte) uint64 {
	if len(text) >= prefixSize {
		return binary.LittleEndian.Uint64(text)
	}
	var prefix uint64
	for i, c := range text {
		prefix |= uint64(c) << (8 * i)
	}
	return prefix
}

// grow makes room. The lower half of a hash is not stored, so it is computed
// again.
func (d *dictionary) grow() {
	slots := make([]uint64, len(d.slots)*slotGrowFactor)
	mask := uint64(len(slots) - 1)
	for n, e := range d.entries {
		hash := d.hash(d.arena[e.start : e.start+e.length])
		i := hash & mask
		for slots[i] != 0 {
			i = (i + 1) & mask
		}
		slots[i] = hash&upperHalf | uint64(n+1)
	}
	d.slots = slots
}

// text returns text n; it belongs to the dictionary.
func (d *dictionary) text(n int) []byte {
	e := d.entries[n]
	return d.arena[e.start : e.start+e.length]
}

// strings returns all texts as a column, and takes them out of the dictionary.
func (d *dictionary) strings() model.Strings {
	s := model.Strings{Bytes: d.arena, Ends: make([]uint32, len(d.entries))}
	for i, e := range d.entries {
		s.Ends[i] = e.start + e.length
	}
	*d = dictionary{}
	return s
}
