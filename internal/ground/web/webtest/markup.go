package webtest

import (
	"regexp"
	"strings"
	"testing"
)

var (
	inlineStyle  = regexp.MustCompile(`(?i)<[^>]*\sstyle\s*=[^>]*>|<style[\s>]`)
	inlineScript = regexp.MustCompile(`(?i)<script(?:\s[^>]*)?>`)
	handlers     = regexp.MustCompile(`(?i)<[^>]*\son[a-z]+\s*=[^>]*>`)
	postForm     = regexp.MustCompile(`(?is)<form[^>]*method="post"[^>]*>.*?</form>`)
	outside      = regexp.MustCompile(`(?i)<[^>]*\s(?:src|href|action)="(?:https?:)?//[^"]*"[^>]*>`)
	ids          = regexp.MustCompile(`\sid="([^"]*)"`)
)

// Markup fails the test where a page has something that the policy forbids or that breaks it: inline styles, scripts or
// handlers, files of other sites, a POST form without idempotency key, an id that stands twice, a template's failure.
func Markup(t testing.TB, name, html string) {
	t.Helper()
	for what, pattern := range map[string]*regexp.Regexp{"an inline style": inlineStyle, "an inline handler": handlers, "an address of another site": outside} {
		if m := pattern.FindString(html); m != "" {
			t.Errorf("%s has %s: %s", name, what, m)
		}
	}
	for _, tag := range inlineScript.FindAllString(html, -1) {
		if !strings.Contains(tag, "src=") {
			t.Errorf("%s has an inline script: %s", name, tag)
		}
	}
	for _, form := range postForm.FindAllString(html, -1) {
		if !strings.Contains(form, `name="_once"`) {
			t.Errorf("%s has a POST form without {{template \"once\" .Form}}: %.120s", name, form)
		}
	}
	seen := map[string]bool{}
	for _, m := range ids.FindAllStringSubmatch(html, -1) {
		if seen[m[1]] {
			t.Errorf("%s has the id %q twice", name, m[1])
		}
		seen[m[1]] = true
	}
	if strings.Contains(html, "ZgotmplZ") || strings.Contains(html, "<no value>") {
		t.Errorf("%s shows a template's failure (ZgotmplZ or <no value>)", name)
	}
}
