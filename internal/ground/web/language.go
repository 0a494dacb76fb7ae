package web

import (
	"net/http"
	"net/url"

	"jiuye/internal/ground/lang"
)

const langCookie = "jiuye_lang"

// language is the language of this request: ?lang=en (which also sets a cookie for a year) or the cookie. A GET that
// sets this cookie changes nothing else, so the switch is a plain link and works without script. The
// browser's own preference is not asked: office machines often run an English system in an office that works in Chinese.
func language(w http.ResponseWriter, r *http.Request) string {
	for _, l := range lang.Languages {
		if r.Method == http.MethodGet && r.URL.Query().Get("lang") == l {
			http.SetCookie(w, &http.Cookie{Name: langCookie, Value: l, Path: "/", MaxAge: 365 * 24 * 3600,
				HttpOnly: true, SameSite: http.SameSiteLaxMode})
			return l
		}
	}
	if cookie, err := r.Cookie(langCookie); err == nil {
		for _, l := range lang.Languages {
			if cookie.Value == l {
				return l
			}
		}
	}
	return lang.Chinese
}

// langHref is this page in the other language. After a POST it is the page the form was on.
func (c *Ctx) langHref() string {
	other := lang.English
	if c.Lang == lang.English {
		other = lang.Chinese
	}
	if c.R.Method == http.MethodGet {
		return c.address("lang", other)
	}
	u, err := url.Parse(c.back())
	if err != nil {
		return "/?lang=" + other
	}
	q := u.Query()
	q.Set("lang", other)
	u.RawQuery = q.Encode()
	return u.RequestURI()
}

func escapeQuery(s string) string { return url.QueryEscape(s) }
