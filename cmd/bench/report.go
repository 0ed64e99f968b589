//go:build unix

package main

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"time"
)

// report is the table that the run ends with.
type report struct {
	heading string
	rows    []row
	notes   []string
}

// row is one thing measured; peer is empty where there is nothing to compare.
type row struct {
	what string
	ours readings
	peer readings
}

func (r *report) title(format string, args ...any) { r.heading = fmt.Sprintf(format, args...) }

func (r *report) add(what string, ours, peer readings) {
	r.rows = append(r.rows, row{what, ours, peer})
}

func (r *report) note(format string, args ...any) {
	r.notes = append(r.notes, fmt.Sprintf(format, args...))
}

func (r *report) write(out io.Writer) error {
	const layout = "%-30s %10s %10s %8s %13s %13s\n"
	text := bufio.NewWriter(out)
	fmt.Fprintf(text, "%s\n\n", r.heading)
	fmt.Fprintf(text, layout, "", "strata", "sqlite3", "ratio", "strata peak", "sqlite3 peak")
	for _, row := range r.rows {
		ratio := ""
		if len(row.peer) > 0 {
			ratio = fmt.Sprintf("%.2g", row.ours.took().Seconds()/row.peer.took().Seconds())
		}
		fmt.Fprintf(text, layout, row.what,
			duration(row.ours.took()), duration(row.peer.took()), ratio,
			megabytes(row.ours.peak()), megabytes(row.peer.peak()))
	}
	for _, note := range r.notes {
		fmt.Fprintf(text, "\n%s\n", note)
	}
	return text.Flush()
}

// duration writes a time with three digits that count.
func duration(d time.Duration) string {
	switch {
	case d == 0:
		return ""
	case d < time.Millisecond:
		return fmt.Sprintf("%.3g µs", d.Seconds()*1e6)
	case d < time.Second:
		return fmt.Sprintf("%.3g ms", d.Seconds()*1e3)
	}
	return fmt.Sprintf("%.2f s", d.Seconds())
}

func megabytes(n int64) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%.0f MB", float64(n)/1e6)
}

// grouped writes a count with commas between its thousands.
func grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
