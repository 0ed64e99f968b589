package sqlite

import (
	"encoding/binary"
	"errors"
	"io"
	"os"

	"strata/model/catalogue"
)

// This file writes whole tables into a new database file the way SQLite would
// have: b-tree pages as in https://www.sqlite.org/fileformat2.html. With
// nothing to look up, to balance or to undo, that takes a tenth of the time of
// INSERT. It is only for files that SQLite has just made and closed, and that
// SQLite checks before they get their name.

// emptyTable is a table without rows as SQLite made it.
type emptyTable struct {
	root    uint32   // the page where its b-tree begins
	columns []string // in the table's order; the first is its INTEGER PRIMARY KEY
}

// Of the file's header, the places that growing it changes or that must be as
// expected.
const (
	headerPageSize      = 16
	headerReserved      = 20
	headerChangeCounter = 24
	headerPageCount     = 28
	headerAutoVacuum    = 52
	headerValidFor      = 92
	headerLength        = 100
)

// Kinds of b-tree pages.
const (
	interiorPage = 0x05
	leafPage     = 0x0d
)

// pageWriter appends pages to a database file.
type pageWriter struct {
	file     *os.File
	pageSize int
	pages    uint32 // in the file, those still in buffer included
	buffer   []byte // the last pages, not yet written
	header   []byte
	cell     []byte // scratch
}

// pageBuffer is how many bytes of pages are written at once.
const pageBuffer = 1 << 20

// fillTables writes rows into the empty tables of a closed database file. The
// feeds of one table follow each other; their rows are numbered 1, 2, ….
func fillTables(path string, tables map[string]emptyTable, feeds []*feed) (err error) {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	w, err := newPageWriter(file)
	if err != nil {
		return err
	}
	for len(feeds) > 0 {
		n := 1
		for n < len(feeds) && feeds[n].table == feeds[0].table {
			n++
		}
		if err := w.fill(tables[feeds[0].table], feeds[:n]); err != nil {
			return err
		}
		feeds = feeds[n:]
	}
	return w.finish()
}

func newPageWriter(file *os.File) (*pageWriter, error) {
	w := &pageWriter{file: file, header: make([]byte, headerLength)}
	if _, err := io.ReadFull(file, w.header); err != nil {
		return nil, err
	}
	about, err := file.Stat()
	if err != nil {
		return nil, err
	}
	w.pageSize = int(binary.BigEndian.Uint16(w.header[headerPageSize:]))
	w.pages = binary.BigEndian.Uint32(w.header[headerPageCount:])
	if w.pageSize < 512 || about.Size() != int64(w.pages)*int64(w.pageSize) ||
		w.header[headerReserved] != 0 || binary.BigEndian.Uint32(w.header[headerAutoVacuum:]) != 0 {
		return nil, errors.New(catalogue.T("a new database file is not laid out as expected"))
	}
	return w, nil
}

// finish writes what is left and tells the header of the new pages.
func (w *pageWriter) finish() error {
	if err := w.flush(); err != nil {
		return err
	}
	change := binary.BigEndian.Uint32(w.header[headerChangeCounter:]) + 1
	binary.BigEndian.PutUint32(w.header[headerChangeCounter:], change)
	binary.BigEndian.PutUint32(w.header[headerValidFor:], change)
	binary.BigEndian.PutUint32(w.header[headerPageCount:], w.pages)
	_, err := w.file.WriteAt(w.header, 0)
	return err
}

func (w *pageWriter) flush() error {
	at := int64(w.pages)*int64(w.pageSize) - int64(len(w.buffer))
	_, err := w.file.WriteAt(w.buffer, at)
	w.buffer = w.buffer[:0]
	return err
}

// lockByte is the offset of SQLite's file locks; the page there is never used.
const lockByte = 1 << 30

// following returns the number of the page that is appended after page n.
func (w *pageWriter) following(n uint32) uint32 {
	if int64(n)*int64(w.pageSize) == lockByte {
		n++
	}
	return n + 1
}

// append adds a page and returns its number.
func (w *pageWriter) append(page []byte) (number uint32, err error) {
	number = w.following(w.pages)
	for w.pages++; w.pages < number; w.pages++ {
		w.buffer = append(w.buffer, make([]byte, w.pageSize)...)
	}
	w.buffer = append(w.buffer, page...)
	if len(w.buffer) >= pageBuffer {
		err = w.flush()
	}
	return number, err
}

// child is a finished page of a b-tree: its number and its last row.
type child struct {
	page uint32
	last int64
}

// fill writes the rows of the feeds as the b-tree of a table.
func (w *pageWriter) fill(table emptyTable, feeds []*feed) error {
	root := make([]byte, w.pageSize)
	rootAt := int64(table.root-1) * int64(w.pageSize)
	if _, err := w.file.ReadAt(root, rootAt); err != nil {
		return err
	}
	if root[0] != leafPage || binary.BigEndian.Uint16(root[pageCells:]) != 0 {
		return catalogue.Errorf("page {root} does not begin an empty table", "root", table.root)
	}
	leaf := newPage(w.pageSize, leafPage)
	var leaves []child
	row := int64(0)
	for _, f := range feeds {
		r := newRecord(table.columns, f.columns)
		for i := range f.rows {
			if err := f.pause(i); err != nil {
				return err
			}
			row++
			cell, err := w.leafCell(row, r.encode(i))
			if err != nil {
				return err
			}
			if leaf.add(cell) {
				continue
			}
			page, err := w.append(leaf.bytes)
			if err != nil {
				return err
			}
			leaves = append(leaves, child{page, row - 1})
			leaf = newPage(w.pageSize, leafPage)
			leaf.add(cell) // fits: what is too long for a page is on overflow pages
		}
	}
	top := leaf.bytes
	if len(leaves) > 0 {
		page, err := w.append(leaf.bytes)
		if err != nil {
			return err
		}
		if top, err = w.above(append(leaves, child{page, row})); err != nil {
			return err
		}
	}
	_, err := w.file.WriteAt(top, rootAt)
	return err
}

// above writes the interior pages over two or more children and returns the
// topmost, which is the table's root and not written yet.
func (w *pageWriter) above(children []child) ([]byte, error) {
	// A cell is a page number and a varint of at most nine bytes, and has a
	// pointer of two; one more child needs no cell.
	most := (w.pageSize-interiorHeader)/(4+9+2) + 1
	for {
		pages := (len(children) + most - 1) / most
		parents := make([]child, 0, pages)
		for i := range pages {
			// Sharing out evenly leaves no page with a single child.
			group := children[i*len(children)/pages : (i+1)*len(children)/pages]
			last := group[len(group)-1]
			page := newPage(w.pageSize, interiorPage)
			for _, c := range group[:len(group)-1] {
				page.add(appendVarint(binary.BigEndian.AppendUint32(nil, c.page), uint64(c.last)))
			}
			binary.BigEndian.PutUint32(page.bytes[pageRightmost:], last.page)
			if pages == 1 {
				return page.bytes, nil
			}
			number, err := w.append(page.bytes)
			if err != nil {
				return nil, err
			}
			parents = append(parents, child{number, last.last})
		}
		children = parents
	}
}

// leafCell makes the cell of a row. What is too long for its page goes to
// overflow pages, as much as SQLite would put there.
func (w *pageWriter) leafCell(row int64, payload []byte) ([]byte, error) {
	w.cell = appendVarint(w.cell[:0], uint64(len(payload)))
	w.cell = appendVarint(w.cell, uint64(row))
	most := w.pageSize - 35
	if len(payload) <= most {
		w.cell = append(w.cell, payload...)
		return w.cell, nil
	}
	least := (w.pageSize-12)*32/255 - 23
	local := least + (len(payload)-least)%(w.pageSize-4)
	if local > most {
		local = least
	}
	w.cell = append(w.cell, payload[:local]...)
	w.cell = binary.BigEndian.AppendUint32(w.cell, w.following(w.pages))
	for rest := payload[local:]; len(rest) > 0; {
		n := min(len(rest), w.pageSize-4)
		page := make([]byte, w.pageSize)
		if n < len(rest) {
			binary.BigEndian.PutUint32(page, w.following(w.following(w.pages)))
		}
		copy(page[4:], rest[:n])
		rest = rest[n:]
		if _, err := w.append(page); err != nil {
			return nil, err
		}
	}
	return w.cell, nil
}

// Offsets within a b-tree page, and the lengths of its header.
const (
	pageCells      = 3
	pageContent    = 5
	pageRightmost  = 8
	leafHeader     = 8
	interiorHeader = 12
)

// page is a b-tree page being filled: pointers to cells grow from the front,
// cells from the back.
type page struct {
	bytes        []byte
	header       int
	cells, start int
}

func newPage(size int, kind byte) *page {
	p := &page{bytes: make([]byte, size), header: leafHeader, start: size}
	if kind == interiorPage {
		p.header = interiorHeader
	}
	p.bytes[0] = kind
	binary.BigEndian.PutUint16(p.bytes[pageContent:], uint16(size))
	return p
}

// add appends a cell, if it fits.
func (p *page) add(cell []byte) bool {
	pointer := p.header + 2*p.cells
	if pointer+2+len(cell) > p.start {
		return false
	}
	p.start -= len(cell)
	copy(p.bytes[p.start:], cell)
	binary.BigEndian.PutUint16(p.bytes[pointer:], uint16(p.start))
	p.cells++
	binary.BigEndian.PutUint16(p.bytes[pageCells:], uint16(p.cells))
	binary.BigEndian.PutUint16(p.bytes[pageContent:], uint16(p.start))
	return true
}

// record encodes rows in SQLite's record format: the types of the columns,
// then their values.
type record struct {
	columns          []column // in the table's order; one without values is NULL
	types, body, out []byte
}

// newRecord places the columns of a feed in the table's order. The first is
// the row's number, which a record leaves out.
func newRecord(names []string, columns []column) *record {
	r := &record{columns: make([]column, len(names))}
	for i, name := range names[1:] {
		for _, c := range columns {
			if c.name == name {
				r.columns[i+1] = c
			}
		}
	}
	return r
}

// encode returns the record of a row; it is good until the next one.
func (r *record) encode(row int) []byte {
	r.types, r.body = r.types[:0], r.body[:0]
	for i := range r.columns {
		switch c := &r.columns[i]; {
		case c.number != nil:
			r.addNumber(c.number(row))
		case c.text != nil:
			r.addText(c.text(row))
		default:
			r.types = append(r.types, 0)
		}
	}
	// The length of the types counts itself: one byte, or two from 128 on.
	length := uint64(len(r.types)) + 1
	if length > 127 {
		length++
	}
	r.out = appendVarint(r.out[:0], length)
	r.out = append(r.out, r.types...)
	r.out = append(r.out, r.body...)
	return r.out
}

func (r *record) addText(text []byte) {
	if text == nil {
		r.types = append(r.types, 0)
		return
	}
	r.types = appendVarint(r.types, uint64(13+2*len(text)))
	r.body = append(r.body, text...)
}

// addNumber takes the shortest of SQLite's integer types.
func (r *record) addNumber(v int64) {
	kind, width := byte(6), 8
	switch {
	case v == 0:
		kind, width = 8, 0
	case v == 1:
		kind, width = 9, 0
	case v == int64(int8(v)):
		kind, width = 1, 1
	case v == int64(int16(v)):
		kind, width = 2, 2
	case v == v<<40>>40:
		kind, width = 3, 3
	case v == int64(int32(v)):
		kind, width = 4, 4
	case v == v<<16>>16:
		kind, width = 5, 6
	}
	r.types = append(r.types, kind)
	for shift := 8 * (width - 1); shift >= 0; shift -= 8 {
		r.body = append(r.body, byte(v>>shift))
	}
}

// appendVarint writes SQLite's variable-length integer, for values below 2⁵⁶:
// seven bits a byte, the highest first.
func appendVarint(out []byte, v uint64) []byte {
	shift := 0
	for v>>shift > 0x7f {
		shift += 7
	}
	for ; shift > 0; shift -= 7 {
		out = append(out, byte(v>>shift)|0x80)
	}
	return append(out, byte(v)&0x7f)
}
