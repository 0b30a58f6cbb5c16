// Package browser opens finished sites in a browser. It serves its own tests and the
// judges below it, which need more than Go to run. The tests open every kind of page
// in Chromium, from disk and from a server, as a reader would: with the keyboard, on
// a narrow screen, on paper, without script. They are never skipped. Without
// Chromium they fail.
package browser

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"time"

	"github.com/chromedp/chromedp"
)

// Chromium gives the path of the browser that is installed. The error says how
// to get one.
func Chromium() (string, error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("no Chromium found, want one on the PATH: make test installs Debian's")
}

// Flags keep Chromium to itself: no window, no network of its own. Sandboxing
// needs rights that build machines do not give.
func Flags() []string {
	return []string{
		"headless", "no-sandbox", "disable-gpu", "no-first-run", "disable-background-networking",
		"disable-component-update", "disable-sync", "disable-quic",
	}
}

// Start starts a browser with a new profile, which sees only the given fonts. Tabs
// are contexts made from the one that it returns. stop ends the browser and removes
// the profile.
func Start(fonts Fonts) (browser context.Context, stop func(), err error) {
	path, err := Chromium()
	if err != nil {
		return nil, nil, err
	}
	profile, err := os.MkdirTemp("", "chromium-")
	if err != nil {
		return nil, nil, err
	}
	environment, err := fonts.environment(profile)
	if err != nil {
		removeProfile(profile)
		return nil, nil, fmt.Errorf("choose the fonts: %w", err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.UserDataDir(profile), chromedp.Env(environment))
	for _, name := range Flags() {
		options = append(options, chromedp.Flag(name, true))
	}
	allocator, end := chromedp.NewExecAllocator(context.Background(), options...)
	browser, closeTab := chromedp.NewContext(allocator)
	stop = func() {
		closeTab()
		end()
		removeProfile(profile)
	}
	if err := chromedp.Do(browser); err != nil {
		stop()
		return nil, nil, fmt.Errorf("start %s: %w", path, err)
	}
	return browser, stop, nil
}

// removeProfile tries for a while, because Chromium's child processes may still
// write after the browser has ended.
func removeProfile(profile string) {
	for range 50 {
		if os.RemoveAll(profile) == nil {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
}
