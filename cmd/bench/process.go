//go:build unix

package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"
)

// reading is one measurement.
type reading struct {
	took time.Duration
	peak int64 // bytes of memory, 0 where it was not measured
}

// readings are the measurements of one thing, one a round.
type readings []reading

func (r readings) took() time.Duration {
	return median(r, func(r reading) time.Duration { return r.took })
}

func (r readings) peak() int64 {
	return median(r, func(r reading) int64 { return r.peak })
}

// median returns the middle value, of two the lesser, and 0 of none.
func median[T time.Duration | int64](of readings, value func(reading) T) T {
	if len(of) == 0 {
		return 0
	}
	values := make([]T, len(of))
	for i, r := range of {
		values[i] = value(r)
	}
	slices.Sort(values)
	return values[(len(values)-1)/2]
}

// process runs a program on an input to its end and returns how long the whole
// process took, its peak memory and what it printed.
func process(ctx context.Context, input, name string, args ...string) (reading, []byte, error) {
	var out, complaint bytes.Buffer
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Stdin = strings.NewReader(input)
	cmd.Stdout, cmd.Stderr = &out, &complaint
	start := time.Now()
	err := cmd.Run()
	took := time.Since(start)
	if err != nil {
		return reading{}, nil, fmt.Errorf("%s: %w\n%s", filepath.Base(name), err, complaint.Bytes())
	}
	return reading{took, peakMemory(cmd.ProcessState)}, out.Bytes(), nil
}

// peakMemory returns the largest resident set of a process that has ended.
func peakMemory(p *os.ProcessState) int64 {
	usage, ok := p.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" || runtime.GOOS == "ios" {
		return usage.Maxrss // in bytes there, in kilobytes elsewhere
	}
	return usage.Maxrss * 1024
}

// inTurn runs ours and then the peer's, round after round; peer may be nil.
func inTurn(rounds int, ours, peer func() (reading, error)) (mine, theirs readings, err error) {
	for range rounds {
		r, err := ours()
		if err != nil {
			return nil, nil, err
		}
		mine = append(mine, r)
		if peer == nil {
			continue
		}
		if r, err = peer(); err != nil {
			return nil, nil, err
		}
		theirs = append(theirs, r)
	}
	return mine, theirs, nil
}

func sizeOf(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}
