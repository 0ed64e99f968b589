package tui

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"

	"strata/model"
	"strata/tui/screen/tiers/tierstest"
)

// terminal is a virtual terminal with a running workbench in it.
type terminal struct {
	t        *testing.T
	emulator *vt.SafeEmulator
	keys     *io.PipeWriter
	raw      lockedBuffer
	ended    chan error
}

// lockedBuffer keeps everything the program wrote.
type lockedBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

// Write passes output on as a terminal driver does, which sends a carriage
// return before each line feed.
func (s *terminal) Write(p []byte) (int, error) {
	_, _ = s.raw.Write(p)
	if _, err := s.emulator.Write(bytes.ReplaceAll(p, []byte("\n"), []byte("\r\n"))); err != nil {
		return 0, err
	}
	return len(p), nil
}

func start(t *testing.T, o Options) *terminal {
	const width, height = 100, 30
	in, keys := io.Pipe()
	s := &terminal{t: t, emulator: vt.NewSafeEmulator(width, height), keys: keys, ended: make(chan error, 1)}
	go s.answer()
	o.In, o.Out, o.Environment = in, s, []string{"TERM=xterm-256color", "COLORTERM=truecolor"}
	go func() {
		s.ended <- run(t.Context(), o, tea.WithWindowSize(width, height), tea.WithColorProfile(colorprofile.TrueColor))
	}()
	return s
}

// answer passes the emulator's answers to queries on. A program that has ended
// reads none, and must still be able to write: what is not read is dropped.
func (s *terminal) answer() {
	const unread = 64
	answers := make(chan []byte, unread)
	go func() {
		for a := range answers {
			_, _ = s.keys.Write(a)
		}
	}()
	defer close(answers)
	for {
		a := make([]byte, 256)
		n, err := s.emulator.Read(a)
		if err != nil {
			return
		}
		select {
		case answers <- a[:n]:
		default:
		}
	}
}

const patience = 20 * time.Second

// await waits until the screen shows text.
func (s *terminal) await(text string) {
	s.t.Helper()
	screen := ""
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if screen = ansi.Strip(s.emulator.Render()); strings.Contains(screen, text) {
			return
		}
	}
	s.t.Fatalf("%q did not appear on\n%s", text, screen)
}

func (s *terminal) send(keys string) {
	s.t.Helper()
	if _, err := io.WriteString(s.keys, keys); err != nil {
		s.t.Fatal(err)
	}
}

// end waits for the program and returns its error.
func (s *terminal) end() error {
	s.t.Helper()
	select {
	case err := <-s.ended:
		return err
	case <-time.After(patience):
		s.t.Fatal("the program does not end")
		return nil
	}
}

func TestStoryOfAMovedCut(t *testing.T) {
	t.Parallel()
	bench := tierstest.New()
	s := start(t, Options{Workspace: "shop.strata", Load: instant(Loaded{Bench: bench, Info: shop}, nil)})
	s.await("Champions")
	s.await("recency 5│4 at 13.8 days")
	s.send("\x1b[B\x1b[1;2C") // down, shift+right
	s.await("recency 4│3 at 43 days")
	s.await("%) move")
	s.send("\r45\r")
	s.await("recency 4│3 at 45 days")
	s.send("u")
	s.await("recency 4│3 at 43 days")
	s.send(":base\r")
	s.await("Baseline set to the current tiers")
	s.send("y")
	s.await("copied the table")
	s.send("?")
	s.await("Help · Tiers")
	s.send("\x1b")
	time.Sleep(100 * time.Millisecond) // Esc and a key within 50 ms are Alt and that key
	s.send("q")
	if err := s.end(); err != nil {
		t.Fatal(err)
	}
	if !bench.Closed {
		t.Error("the bench was not closed")
	}
	if raw := s.raw.String(); !strings.Contains(raw, "\x1b]52;c;"+base64.StdEncoding.EncodeToString([]byte("tier\tsegment"))[:12]) {
		t.Error("nothing went to the clipboard")
	}
	if raw := s.raw.String(); !strings.Contains(raw, "\x1b[?1049h") || !strings.Contains(raw, "\x1b[?1049l") || !strings.Contains(raw, "strata · shop.strata") {
		t.Error("the alternate screen was not entered and left, or has no title")
	}
}

func TestStoryOfACancelledLoad(t *testing.T) {
	t.Parallel()
	for name, key := range map[string]string{"esc": "\x1b", "ctrl+c": "\x03", "q": "q"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var cleaned atomic.Bool
			s := start(t, Options{Workspace: "big.csv", Load: func(ctx context.Context, report func(model.Progress)) (Loaded, error) {
				loaded, err := untilCancelled(ctx, report)
				time.Sleep(50 * time.Millisecond)
				cleaned.Store(true)
				return loaded, err
			}})
			s.await("Reading big.csv")
			s.send(key)
			if err := s.end(); model.CodeOf(err) != model.Cancelled {
				t.Errorf("it ends with %v", err)
			}
			if !cleaned.Load() {
				t.Error("the program ended before the load had cleaned up")
			}
		})
	}
}

func TestStoryOfAPanic(t *testing.T) {
	t.Parallel()
	for where, keys := range map[string]string{
		"in an answer to a key": "\x1b[C",
		"in the work of Data":   "9",
	} {
		t.Run(where, func(t *testing.T) {
			t.Parallel()
			bench := tierstest.New()
			bench.Panic = true
			s := start(t, Options{Load: instant(Loaded{Bench: bench, Info: shop}, nil)})
			s.await("Champions")
			s.send(keys)
			if err := s.end(); model.CodeOf(err) != model.Internal {
				t.Errorf("it ends with %v", err)
			}
			if raw := s.raw.String(); !strings.Contains(raw, "\x1b[?1049l") || !strings.Contains(raw, "\x1b[?1002l") {
				t.Error("the terminal was left in the alternate screen, or with the mouse taken")
			}
		})
	}
}

func TestStoryOfAPanicWhileDrawing(t *testing.T) {
	t.Parallel()
	broken := tierstest.NewFrame()
	broken.Axes[model.Frequency].Upto = nil // as no bench makes it
	s := start(t, Options{Preview: broken, Load: untilCancelled})
	if err := s.end(); model.CodeOf(err) != model.Internal {
		t.Errorf("it ends with %v", err)
	}
	if raw := s.raw.String(); strings.Contains(raw, "\x1b[?1049h") && !strings.Contains(raw, "\x1b[?1049l") {
		t.Error("the terminal was left in the alternate screen")
	}
}

func TestStoryOfAFailedLoad(t *testing.T) {
	t.Parallel()
	broken := model.Errorf(model.Corrupt, "shop.strata is cut short").WithHint("restore a backup")
	s := start(t, Options{Workspace: "shop.strata", Load: instant(Loaded{}, broken)})
	s.await("Could not open shop.strata")
	s.send("q")
	if err := s.end(); model.CodeOf(err) != model.Corrupt {
		t.Errorf("it ends with %v", err)
	}
}

func TestEndingTheContextEndsTheProgram(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancelCause(t.Context())
	ended := make(chan error, 1)
	shown := make(chan struct{})
	var once sync.Once
	go func() {
		ended <- run(ctx, Options{
			In: strings.NewReader(""), Out: writerFunc(func(p []byte) (int, error) {
				if bytes.Contains(p, []byte("Champions")) {
					once.Do(func() { close(shown) })
				}
				return len(p), nil
			}),
			Environment: []string{"TERM=xterm"},
			Load:        instant(Loaded{Bench: tierstest.New(), Info: shop}, nil),
		}, tea.WithWindowSize(100, 30))
	}()
	<-shown
	cancel(fmt.Errorf("the session ended"))
	select {
	case err := <-ended:
		if model.CodeOf(err) != model.Cancelled {
			t.Errorf("it ends with %v", err)
		}
	case <-time.After(patience):
		t.Fatal("the program goes on")
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }
