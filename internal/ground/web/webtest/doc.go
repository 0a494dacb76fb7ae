// Package webtest drives a real Chromium through pages in tests: it looks at them at a given width, signs in, fills in
// forms, takes pictures into the folder shots (ignored by git), lets axe-core look for barriers, and fails the test when
// the page logs an error or breaks the Content-Security-Policy.
//
//	p := webtest.Open(t, server.URL+"/signin", 390, 844)
//	p.SignIn("officer01", "…")
//	p.Click("a[href='/casework']")
//	p.Axe(); p.NoHorizontalScroll(); p.Screenshot("casework-390")
//
// p.WithoutScript() walks the same way with scripts off. webtest.Words checks a room's dictionaries and the keys that
// its templates and Go files name; webtest.Markup checks rendered pages for what the policy forbids.
//
// The browser is found by JIUYE_CHROMIUM, or as chromium, chromium-browser or google-chrome in the PATH. Without one the
// test fails: a skipped browser test proves nothing.
package webtest
