package importer

import (
	"errors"
	"io"
	"os"

	"strata/model"
)

// spoolInMemory is how many bytes of a stream are kept in memory before they go
// to a temporary file.
const spoolInMemory = 4 << 20

// spool keeps what is read of a stream that cannot be read twice, such as
// stdin, so that the whole file can decide and the text be read again.
type spool struct {
	stream   io.Reader
	memory   []byte
	file     *os.File // private, once memory does not hold it all
	left     string   // the file's path where an open file cannot be removed
	at, kept int64    // where Read is, and how much is kept
}

// Read reads what is kept, and behind it the stream, which is kept too.
func (s *spool) Read(p []byte) (int, error) {
	if s.at < s.kept {
		p = p[:min(int64(len(p)), s.kept-s.at)]
		n, err := copy(p, s.memory[min(s.at, int64(len(s.memory))):]), error(nil)
		if s.file != nil {
			n, err = s.file.ReadAt(p, s.at)
		}
		s.at += int64(n)
		return n, err
	}
	n, err := s.stream.Read(p)
	if keeping := s.keep(p[:n]); keeping != nil {
		return n, keeping
	}
	s.at, s.kept = s.at+int64(n), s.kept+int64(n)
	return n, err
}

func (s *spool) keep(read []byte) error {
	if s.file == nil && len(s.memory)+len(read) <= spoolInMemory {
		s.memory = append(s.memory, read...)
		return nil
	}
	if s.file == nil {
		var err error
		if s.file, err = os.CreateTemp("", "strata-*"); err != nil {
			return noSpool(err)
		}
		// Without a name the file goes with the process, however that ends.
		if os.Remove(s.file.Name()) != nil {
			s.left = s.file.Name()
		}
		read = append(s.memory, read...)
		s.memory = nil
	}
	if _, err := s.file.Write(read); err != nil {
		return noSpool(err)
	}
	return nil
}

// again goes back to the beginning.
func (s *spool) again() { s.at = 0 }

func noSpool(err error) error {
	return model.Errorf(model.Unreadable, "piped input cannot be written to the folder for temporary files: {cause}", "cause", err).
		WithHint("free up space there, or use a file instead of a pipe")
}

// Close removes what was kept.
func (s *spool) Close() error {
	if s.file == nil {
		return nil
	}
	err := s.file.Close()
	if s.left != "" {
		err = errors.Join(err, os.Remove(s.left))
	}
	return err
}
