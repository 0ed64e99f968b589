package sqlite

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"strata/model"
	"strata/model/disk"
)

// This file notices a journal that belongs to another file than the one it lies
// beside: a crash left it, and then somebody put a copy of the workspace in its
// place. SQLite goes by the name alone, and would play pages of the old file
// into the new one.

// Of a rollback journal's header, https://www.sqlite.org/fileformat2.html, and of
// a database's.
const (
	journalMagic    = "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
	journalRecords  = 8
	journalPages    = 16 // of the database before the transaction
	journalSector   = 20
	journalPageSize = 24
	journalHeader   = 28

	logMagic     = 0x377f0683 // or one less
	indexVersion = 3007000    // of the file beside a write-ahead log

	headerWriteVersion = 18
	writesLog          = 2 // the database has a write-ahead log
)

// ownLeftovers makes sure that what a crash left beside a file is of that file.
// Error: Corrupt.
func ownLeftovers(path string) error {
	// Another program that writes at this moment changes both between two looks.
	const looks, pause = 5, 20 * time.Millisecond
	for range looks {
		left, err := strangeBeside(path)
		if err != nil || left == "" {
			return err
		}
		time.Sleep(pause)
	}
	left, err := strangeBeside(path)
	if err != nil || left == "" {
		return err
	}
	return model.Errorf(model.Corrupt, "{path:q} is not the file that {left:q} belongs to, which an interrupted write left behind", "path", path, "left", left).
		WithHint("move the latter away if you put the former there on purpose")
}

// nothingLeft makes sure that nothing lies beside a name that SQLite would play
// into the file that gets it, remove, or stumble over. Error: Exists.
func nothingLeft(path string) error {
	for _, end := range sideFiles {
		left := path + end
		about, err := os.Lstat(left)
		switch {
		case err != nil || about.Mode().IsRegular() && about.Size() == 0:
		case !about.Mode().IsRegular() || !ofSQLite(left):
			return model.Errorf(model.Exists, "{left:q} is in the way: it is not a SQLite file", "left", left).WithHint("move it away, or choose another name")
		case end != "-shm": // which only tells where in a log things are
			return model.Errorf(model.Exists, "{left:q} is left over from a file that is gone, or from an interrupted write", "left", left).WithHint("move it away, or choose another name")
		}
	}
	return nil
}

// strangeBeside returns the name of a journal that is not of the file; "" if
// there is none.
func strangeBeside(path string) (string, error) {
	if about, err := os.Stat(path + "-wal"); err == nil && about.Size() > 0 {
		page, err := firstPage(path, headerLength)
		if err == nil && len(page) == headerLength && page[headerWriteVersion] != writesLog {
			return path + "-wal", nil
		}
	}
	journal, err := os.Open(path + "-journal")
	if err != nil {
		return "", nil //nolint:nilerr // there is none, or SQLite will tell
	}
	defer journal.Close()
	own, err := isOwn(journal, path)
	if err != nil || own {
		return "", err
	}
	return path + "-journal", nil
}

// ofSQLite reports whether a file beside a database can be one that SQLite keeps
// there, by what it begins with. A journal has nothing but zeros there until it is
// on the disk, and after it is done with, where it is not removed. Of a file that
// cannot be read nothing is known, and SQLite will tell.
func ofSQLite(beside string) bool {
	begin, err := firstPage(beside, len(journalMagic))
	if err != nil || len(bytes.Trim(begin, "\x00")) == 0 {
		return true
	}
	switch {
	case strings.HasSuffix(beside, "-journal"):
		return string(begin) == journalMagic
	case strings.HasSuffix(beside, "-wal"):
		return len(begin) >= 4 && binary.BigEndian.Uint32(begin)|1 == logMagic
	}
	return len(begin) >= 4 && binary.NativeEndian.Uint32(begin) == indexVersion
}

// hasLog reports whether a file says that it has a write-ahead log.
func hasLog(path string) bool {
	page, err := firstPage(path, headerLength)
	return err == nil && len(page) == headerLength && page[headerWriteVersion] == writesLog
}

// logBeside reports whether a write-ahead log, or its index, lies beside a file.
func logBeside(path string) bool {
	for _, end := range []string{"-wal", "-shm"} {
		if _, err := os.Lstat(resolved(path) + end); !errors.Is(err, fs.ErrNotExist) {
			return true
		}
	}
	return false
}

// logCanGo reports whether a write-ahead log can be made beside a file, and removed
// when it has been read. Where it cannot, and there is none, SQLite reads the file as
// it stands, with no log and no lock: should its owner begin to write it meanwhile,
// what was read of two states does not fit its seals.
func logCanGo(path string) bool {
	return mayWriteTo(path) && mayWriteTo(filepath.Dir(resolved(path)))
}

// withoutEmptyLog removes the empty write-ahead log, and its index, that SQLite made
// beside a file to read it, and does not remove itself after reading. After writing it
// does, unless somebody else has the file: so it is opened for that, and nothing is
// written. It is a courtesy, so that it has no error.
func withoutEmptyLog(path string) {
	if about, err := os.Lstat(resolved(path) + "-wal"); err != nil || about.Size() > 0 {
		return
	}
	db := connect(path, writing)
	_, _ = pragma(context.Background(), db, "schema_version") // which opens the log
	_ = db.Close()
}

// withoutLog marks a file that nobody else has open as one without a write-ahead
// log, which has nothing in it: as a copy of one that has.
func withoutLog(path string) error {
	if !hasLog(path) {
		return nil
	}
	f, err := os.OpenFile(path, os.O_RDWR|disk.NoFollow, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteAt([]byte{1, 1}, headerWriteVersion) // and the version for reading behind it
	return errors.Join(err, f.Close())
}

// firstPage reads the beginning of a file, less where it is shorter.
func firstPage(path string, size int) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	page := make([]byte, size)
	n, err := io.ReadFull(f, page)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return page[:n], err
}

// isOwn reports whether a journal can be of a file. The first page is kept in
// memory until a transaction is over: it is as the journal has it, or counts one
// change more. A journal that does not have it yet knows how many pages there were.
func isOwn(journal *os.File, path string) (bool, error) {
	head := make([]byte, journalHeader)
	if n, _ := journal.ReadAt(head, 0); n < journalHeader || string(head[:len(journalMagic)]) != journalMagic {
		return true, nil // SQLite does not take it for one
	}
	size := int(binary.BigEndian.Uint32(head[journalPageSize:]))
	if size < 512 || size > 1<<16 {
		return true, nil
	}
	now, err := firstPage(path, size)
	if err != nil || len(now) < headerLength {
		return true, err // cut short, which is told elsewhere
	}
	if has := int(binary.BigEndian.Uint16(now[headerPageSize:])); has != size && !(has == 1 && size == 1<<16) {
		return false, nil
	}
	before, err := journalled(journal, size)
	if err != nil {
		return true, err
	}
	count := func(page []byte, at int) uint32 { return binary.BigEndian.Uint32(page[at:]) }
	if before == nil {
		return count(now, headerPageCount) == count(head, journalPages), nil
	}
	was, is := count(before, headerChangeCounter), count(now, headerChangeCounter)
	return is == was+1 || bytes.Equal(now, before), nil
}

// journalled returns the first page as a journal has it, nil if it has not.
func journalled(journal *os.File, size int) ([]byte, error) {
	about, err := journal.Stat()
	if err != nil {
		return nil, err
	}
	record := int64(4 + size + 4) // the number of the page, the page, a checksum
	head := make([]byte, journalHeader)
	for at := int64(0); at+journalHeader <= about.Size(); {
		if _, err := journal.ReadAt(head, at); err != nil || string(head[:len(journalMagic)]) != journalMagic {
			return nil, ignoringEnd(err)
		}
		sector := max(int64(binary.BigEndian.Uint32(head[journalSector:])), 512)
		records := int64(binary.BigEndian.Uint32(head[journalRecords:]))
		first := at + sector
		fit := max(about.Size()-first, 0) / record
		for i := range min(records, fit) {
			number := make([]byte, 4)
			if _, err := journal.ReadAt(number, first+i*record); err != nil {
				return nil, ignoringEnd(err)
			}
			if binary.BigEndian.Uint32(number) == 1 {
				page := make([]byte, size)
				_, err := journal.ReadAt(page, first+i*record+4)
				return page, err
			}
		}
		end := first + min(records, fit)*record
		at = (end + sector - 1) / sector * sector
	}
	return nil, nil
}

func ignoringEnd(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil
	}
	return err
}
