package policy

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// Who is asked what no department has reported is answered at once, and nothing of it is kept.
func TestWhatIsMissingIsAskedAndAnsweredAtOnce(t *testing.T) {
	open15(t, func(o office) {
		t := o.t
		o.settle()
		server := o.serve(citizen)
		_, page := o.site(citizen, "zh")("/policy/mine")
		if !strings.Contains(page, "补几项，就知道另外") || !strings.Contains(page, `action="/policy/mine"`) {
			t.Fatalf("nothing is asked: %s", page)
		}
		names := map[string]bool{}
		for _, part := range strings.Split(page, `name="q_`)[1:] {
			names["q_"+part[:strings.Index(part, `"`)]] = true
		}
		if len(names) == 0 || len(names) > most {
			t.Fatalf("asked for %v", names)
		}
		form := url.Values{"_once": {"missing-answers-0001"}}
		for name := range names {
			form.Set(name, "")
			if strings.Contains(page, `name="`+name+`" type="radio"`) || strings.Contains(page, `type="radio" name="`+name+`"`) || strings.Contains(page, `name="`+name+`"`) && strings.Contains(page, `value="n"`) {
				form.Set(name, "n")
			}
		}
		res, err := http.PostForm(server.URL+"/policy/mine", form)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		text, err := io.ReadAll(res.Body)
		if err != nil || res.StatusCode != http.StatusOK || !strings.Contains(string(text), "已按您填的重新计算") {
			t.Fatalf("%d %v %s", res.StatusCode, err, text)
		}
		if _, again := o.site(citizen, "zh")("/policy/mine"); !strings.Contains(again, "补几项，就知道另外") || strings.Contains(again, "已按您填的重新计算") {
			t.Error("the answers were kept")
		}
	})
}
