package inert

import (
	"strings"
	"testing"
)

// What runs goes, what a reader sees stays, and what has nothing to take out
// comes out byte for byte.
func TestPage(t *testing.T) {
	away := Edit{Address: func(_, address string) Fate {
		if address == "part.html" {
			return Fate{Note: "<i>2</i>"}
		}
		return Fate{Keep: !strings.HasPrefix(address, "away")}
	}}
	for _, c := range []struct {
		name, page, want string
		edit             Edit
	}{
		{"nothing to take out", `<!DOCTYPE html><P Class=a data-x='1'>a &amp b<br/><svg viewBox="0 0 1 1"/>`, `<!DOCTYPE html><P Class=a data-x='1'>a &amp b<br/><svg viewBox="0 0 1 1"/>`, Edit{}},
		{"a script", `a<SCRIPT defer src=x>if (a < b) "</p>"</script >b`, "ab", Edit{}},
		{"a script without an end", `a<script>x`, "a", Edit{}},
		{"frames and objects", `a<iframe src=x>y</iframe><object data=x><object>z</object>q</object><embed src=x>b`, "ab", Edit{}},
		{"a base", `<base href=x>a`, "a", Edit{}},
		{"what scripts use", `<div data-find><div>x</div></div>a<p data-tools>x</p>b`, "ab", Edit{}},
		{"a form", `<form action=x><p>a</p></form>`, "<p>a</p>", Edit{}},
		{"without script", `<noscript><p>a</p></noscript>`, "<p>a</p>", Edit{}},
		{"handlers", `<p onclick=x id=a>b</p><br onload=x />`, `<p id="a">b</p><br/>`, Edit{}},
		{"addresses that run", `<a href=" java&#10;script:x" id=a>b</a><iframe srcdoc=x></iframe>`, `<a id="a">b</a>`, Edit{}},
		{"links for scripts", `<link rel=modulepreload href=x><link rel=preload as=script href=x><link rel=stylesheet href=x>`, `<link rel=stylesheet href=x>`, Edit{}},
		{"a page that goes on", `<meta http-equiv=Refresh content="0; url=x">a`, "a", Edit{}},
		{"a policy", `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; img-src 'self'">`,
			`<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; img-src &#39;self&#39;">`, Edit{}},
		{"links", `<a href="here">a</a><a href="away">b <b>c</b></a><a href="away" download>d</a><a href="part.html" download>e</a>`, `<a href="here">a</a>b <b>c</b>e<i>2</i>`, away},
		{"pictures", `<img src="here"><img src="away" alt="a < b"><link rel=icon href=away><video poster="away" src="away">c</video>`, `<img src="here">a &lt; b<video>c</video>`, away},
		{"the main part", `<main id=a>b</main>`, `<main id=a>BbE</main>`, Edit{Begin: "B", End: "E"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			found := string(Page([]byte(c.page), c.edit))
			if found != c.want {
				t.Errorf("found %s, want %s", found, c.want)
			}
			if Runs([]byte(found)) {
				t.Error("found script in it still")
			}
		})
	}
}
