package main

import (
	"fmt"
	"io"
	"math"
	"sync"
	"time"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// progress shows long work on one line of stderr, while that is a terminal.
type progress struct {
	out   io.Writer // nil: show nothing
	mu    sync.Mutex
	stage string
	since time.Time // beginning of the stage
	drawn time.Time
}

// redraw is how often the line changes at most.
const redraw = 100 * time.Millisecond

func (a *app) startProgress() *progress {
	if a.noProgress || !isTerminal(a.err) {
		return &progress{}
	}
	return &progress{out: underneath(a.err).(io.Writer)} // it moves the cursor
}

// report takes a piece of news from any goroutine.
func (p *progress) report(n model.Progress) {
	if p.out == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	if n.Stage != p.stage {
		p.stage, p.since = n.Stage, now
	}
	if now.Sub(p.drawn) < redraw {
		return
	}
	p.drawn = now
	fmt.Fprintf(p.out, "\r\x1b[K%s", progressLine(n, now.Sub(p.since)))
}

// stop takes the line away.
func (p *progress) stop() {
	if p.out != nil {
		fmt.Fprint(p.out, "\r\x1b[K")
	}
}

// progressLine tells how far work has come after a time: "reading 1,200,000 rows,
// 850k rows/s, 3 s left".
func progressLine(n model.Progress, elapsed time.Duration) string {
	line := n.Stage
	seconds := elapsed.Seconds()
	if n.Rows > 0 {
		line += catalogue.T(" {rows} rows", "rows", words.Count(n.Rows))
		if seconds > 0 {
			line += catalogue.T(", {rows} rows/s", "rows", words.ShortCount(int64(float64(n.Rows)/seconds)))
		}
	}
	if n.Total > 0 && n.Done > 0 && seconds > 0 {
		left := seconds * float64(n.Total-n.Done) / float64(n.Done)
		line += catalogue.T(", {left} s left", "left", words.Count(int64(math.Round(left))))
	}
	return line
}
