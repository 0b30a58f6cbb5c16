package browser

import (
	"context"
	_ "embed"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

//go:embed testdata/reader.js
var readerScript string

// tab is a reader's tab. Whatever a test does in it, the test fails when the
// page writes to the console, breaks its own policy, asks for anything outside
// the site, or asks for something that does not come.
type tab struct {
	t   testing.TB
	ctx context.Context
	// within is what every address that the tab asks for begins with.
	within string

	mu     sync.Mutex
	asked  map[network.RequestID]string
	faults []string
}

// screen is how a reader looks at pages.
type screen struct {
	width, height int64
	dark, print   bool
	noScript      bool
}

// desk is a reader at a desk.
var desk = screen{width: 1280, height: 900}

// open opens a page in a new tab; within is the address of its site.
func open(t testing.TB, s screen, within, page string) *tab {
	t.Helper()
	return openIn(t, chromium, s, within, page)
}

// openIn opens a page in a new tab of a browser.
func openIn(t testing.TB, browser context.Context, s screen, within, page string) *tab {
	t.Helper()
	b := &tab{t: t, within: within, asked: make(map[network.RequestID]string)}
	ctx, closeTab := chromedp.NewContext(browser, chromedp.WithListener(b.witness))
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	b.ctx = ctx
	t.Cleanup(func() {
		b.wantNoFault()
		cancel()
		closeTab()
	})
	call(b, audits.Enable, cdp.Empty{})
	call(b, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	call(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: s.noScript})
	b.look(s)
	b.do(chromedp.Navigate(within + page))
	ask[chromedp.Void](b, readerScript)
	return b
}

// openOnDisk opens a page of a folder from disk.
func openOnDisk(t testing.TB, s screen, folder, page string) *tab {
	t.Helper()
	return open(t, s, onDisk(folder, ""), page)
}

// look changes the size, the scheme and the medium. Motion is always reduced,
// so that nothing has to be waited for.
func (b *tab) look(s screen) {
	b.t.Helper()
	features := []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}, {Name: "prefers-color-scheme", Value: "light"}}
	if s.dark {
		features[1].Value = "dark"
	}
	medium := "" // the screen, and paper when it is printed
	if s.print {
		medium = "print"
	}
	call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: medium, Features: features})
	b.do(chromedp.EmulateViewport(s.width, s.height))
}

// witness notes what no page may do.
func (b *tab) witness(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		b.fault("console.%s was called", e.Type)
	case *runtime.EventExceptionThrown:
		b.fault("%s", (&chromedp.ExceptionError{ExceptionDetails: e.ExceptionDetails}).Error())
	case *log.EventEntryAdded:
		b.fault("%s: %s %s", e.Entry.Level, e.Entry.Text, e.Entry.URL)
	case *audits.EventIssueAdded:
		b.fault("issue %s", e.Issue.Code)
	case *network.EventRequestWillBeSent:
		b.asked[e.RequestID] = e.Request.URL
		if !strings.HasPrefix(e.Request.URL, b.within) {
			b.fault("asked for %s, want only what is below %s", e.Request.URL, b.within)
		}
	case *network.EventResponseReceived:
		if e.Response.Status >= 400 {
			b.fault("%s: status %d", e.Response.URL, e.Response.Status)
		}
	case *network.EventLoadingFailed:
		b.fault("%s: %s", b.asked[e.RequestID], e.ErrorText)
	}
}

func (b *tab) fault(format string, args ...any) {
	b.faults = append(b.faults, fmt.Sprintf(format, args...))
}

func (b *tab) wantNoFault() {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, fault := range b.faults {
		b.t.Errorf("%s", fault)
	}
	if len(b.asked) == 0 {
		b.t.Errorf("found no request of the tab, want its page at least")
	}
}

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

// call sends one command of the protocol.
func call[P, R any](b *tab, command cdp.Command[P, R], params P) R {
	b.t.Helper()
	result, err := chromedp.Call(b.ctx, command, params)
	if err != nil {
		b.t.Fatalf("%s: %v", command.Method, err)
	}
	return result
}

// ask evaluates an expression in the page, as the developer's console does:
// also where the page may not run script.
func ask[T any](b *tab, expression string) T {
	b.t.Helper()
	result, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return result
}

// until waits for an expression to give a value.
func until[T comparable](b *tab, expression string, want T) {
	b.t.Helper()
	var got T
	for range 1000 {
		if got = ask[T](b, expression); got == want {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	b.t.Fatalf("%s: got %v, want %v", expression, got, want)
}
