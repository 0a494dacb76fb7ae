package web

import "testing"

func TestWhoGetsATabBar(t *testing.T) {
	menu := func(n int) []MenuLine { return make([]MenuLine, n) }
	seeker, officer := User{ID: 1, Citizen: true}, User{ID: 2, AreaName: "阿拉善左旗"}
	for _, c := range []struct {
		who        string
		view       View
		tabs       bool
		shown      int
		more       int
		signinHref string
	}{
		{"a seeker", View{User: seeker, Menu: menu(5), Path: "/jobs"}, true, 4, 1, ""},
		{"an employer on a page of the office's sort", View{User: seeker, Menu: menu(3)}, true, 3, 0, ""},
		{"an officer looking at a public page", View{User: officer, Menu: menu(7), Page: Page{Public: true}}, false, 4, 3, ""},
		{"a stranger with one way to go", View{Menu: menu(1), Page: Page{Public: true}, Path: "/jobs"}, false, 1, 0, "/signin?next=%2Fjobs"},
		{"a stranger at the door", View{Menu: menu(2), Page: Page{Public: true}, Path: "/signin"}, true, 2, 0, ""},
	} {
		v := c.view
		if v.Tabs() != c.tabs || len(v.TabMenu()) != c.shown || len(v.MoreMenu()) != c.more || v.SigninHref() != c.signinHref {
			t.Errorf("%s: tabs %v, %d and %d, %q", c.who, v.Tabs(), len(v.TabMenu()), len(v.MoreMenu()), v.SigninHref())
		}
	}
}
