package catalogue

import (
	"cmp"
	"io/fs"
	"os"
	"strconv"
)

// systemSays is what the system and the standard library say when something fails, in
// the language in force; "" for what is rare, which is told as it is.
func systemSays(text string) string {
	return map[string]string{
		"no such file or directory": T("no such file or directory"), "file exists": T("file exists"), "permission denied": T("permission denied"),
		"operation not permitted": T("operation not permitted"), "is a directory": T("is a directory"), "not a directory": T("not a directory"),
		"no space left on device": T("no space left on device"), "read-only file system": T("read-only file system"), "input/output error": T("input/output error"),
		"file name too long": T("file name too long"), "too many open files": T("too many open files"), "broken pipe": T("broken pipe"),
		"unexpected EOF": T("unexpected EOF"), "file already closed": T("file already closed"), "context canceled": T("context canceled"),
		"invalid syntax": T("invalid syntax"), "value out of range": T("value out of range"),
	}[text]
}

// writtenError is an error in the language in force: those of this package are, and of
// others the causes are that are common.
func writtenError(err error) string {
	switch e := err.(type) { //nolint:errorlint // what wraps another is told by its own text
	case *fs.PathError:
		return e.Op + " " + e.Path + ": " + writtenError(e.Err)
	case *os.LinkError:
		return e.Op + " " + e.Old + " " + e.New + ": " + writtenError(e.Err)
	case *os.SyscallError:
		return e.Syscall + ": " + writtenError(e.Err)
	case *strconv.NumError:
		return T("{function}: parsing {text:q}: {cause}", "function", "strconv."+e.Func, "text", e.Num, "cause", e.Err)
	}
	return cmp.Or(systemSays(err.Error()), err.Error())
}
