package jobs

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"jiuye/internal/engine/rank/search"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
)

// What a page says about how a question was understood, and how it can be changed.

// understood tells what the words were taken for, in one sentence; "" when they were taken as they stand.
func (r *Room) understood(c *web.Ctx, a asked, x search.Answer) string {
	var list []string
	for _, u := range x.Understood {
		as := u.As
		if u.Kind == search.Pay {
			as = strings.TrimSuffix(as, "元")
		}
		list = append(list, c.T("jobs.understood."+string(u.Kind), as, u.Word))
	}
	said := ""
	if len(list) > 0 {
		said = c.T("jobs.find.understood", strings.Join(list, c.T("jobs.find.and")))
	}
	if x.Ignored != "" {
		said += c.T("jobs.find.ignored", x.Ignored)
	}
	return said
}

// Change is a way to change the question: what it does, how many vacancies it brings, and where it leads.
type Change struct {
	Text, Href string
	N          int
	On         bool
}

// relaxes are the parts of the question without which there is more, the most first as the search gives them.
func relaxes(c *web.Ctx, a asked, list []search.Relax) (out []Change) {
	for _, x := range list {
		if x.More <= 0 {
			continue
		}
		if x.Filter == "" {
			q := a.without("after", "q")
			if rest := strings.Join(strings.Fields(strings.Replace(a.text, x.Word, " ", 1)), " "); rest != "" {
				q.Set("q", rest)
			}
			out = append(out, Change{Text: c.T("jobs.find.dropWord", x.Word, lang.Int(int64(x.More))), Href: "/jobs?" + q.Encode(), N: x.More})
			continue
		}
		if f := flagOf(x.Filter); f != 0 {
			out = append(out, Change{Text: c.T("jobs.find.drop", flagText(c, x.Filter), lang.Int(int64(x.More))), Href: a.toggle("flag", x.Filter), N: x.More})
			continue
		}
		for _, d := range dims {
			if value := a.q.Get(d.name); d.facet == x.Filter && value != "" {
				out = append(out, Change{Text: c.T("jobs.find.drop", d.text(c, value), lang.Int(int64(x.More))), Href: a.href(d.name, ""), N: x.More})
			}
		}
	}
	return out[:min(4, len(out))]
}

// Facet is one thing that the result can be narrowed by.
type Facet struct {
	Name    string
	Choices []Change
}

// facetMost is how many values of a facet are shown; the rest is reached by narrowing.
const facetMost = 8

// facets are the counts beside the result.
func facets(c *web.Ctx, a asked, list []search.Facet) (out []Facet) {
	for _, x := range list {
		for _, d := range dims {
			if d.facet != x.Name || d.name == "education" || d.name == "pay" { // their filters mean "at most" and "at least", counts of classes would mislead
				continue
			}
			f := Facet{Name: c.T(d.label)}
			for _, n := range x.Counts {
				value := n.Code
				if d.name == "hours" {
					value = hoursKey(search.Hours(number(value)))
				}
				if value == "" || value == "0" || len(f.Choices) == facetMost {
					continue
				}
				f.Choices = append(f.Choices, Change{Text: d.text(c, value), N: n.N, Href: a.toggle(d.name, value), On: strings.Contains("\n"+strings.Join(a.q[d.name], "\n")+"\n", "\n"+value+"\n")})
			}
			if len(f.Choices) > 1 || len(f.Choices) == 1 && f.Choices[0].On {
				out = append(out, f)
			}
		}
	}
	return out
}

// sorts are the orders that a list can have.
func sorts(c *web.Ctx, v visitor, a asked, total int) []web.Tab {
	if total == 0 {
		return nil
	}
	first := c.T("jobs.find.relevant")
	if v.seeker != nil {
		first = c.T("jobs.find.best")
	} else if a.text == "" {
		return nil
	}
	fresh := a.q.Get("sort") == "new"
	return []web.Tab{{Text: first, Href: a.href("sort", ""), Current: !fresh}, {Text: c.T("jobs.find.newest"), Href: a.href("sort", "new"), Current: fresh}}
}

// Typed is one way to go on typing.
type Typed struct {
	Text string `json:"text"`
	Kind string `json:"kind,omitempty"` // place, occupation, condition, term; "" a vacancy's title
	Name string `json:"name"`
	N    int    `json:"n,omitempty"`
	Href string `json:"href"`
}

// suggest completes what is being typed, for the search box and for programs.
func (r *Room) suggest(c *web.Ctx) error {
	ix, err := r.found(c.Context())
	if err != nil {
		return err
	}
	out := []Typed{}
	for _, s := range ix.Suggest(c.Query("q"), 8) {
		out = append(out, Typed{Text: s.Text, Kind: string(s.Kind), Name: s.Name, N: s.N, Href: "/jobs?" + url.Values{"q": {s.Text}}.Encode()})
	}
	return sendJSON(c, out)
}

func sendJSON(c *web.Ctx, v any) error {
	raw, err := json.Marshal(v)
	if err != nil {
		return err
	}
	h := c.W.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(len(raw)))
	c.W.WriteHeader(http.StatusOK)
	_, err = c.W.Write(raw)
	return err
}

// industries are the sections of GB/T 4754-2017.
var industries = map[byte]string{'A': "农、林、牧、渔业", 'B': "采矿业", 'C': "制造业", 'D': "电力、热力、燃气及水生产和供应业", 'E': "建筑业", 'F': "批发和零售业", 'G': "交通运输、仓储和邮政业",
	'H': "住宿和餐饮业", 'I': "信息传输、软件和信息技术服务业", 'J': "金融业", 'K': "房地产业", 'L': "租赁和商务服务业", 'M': "科学研究和技术服务业", 'N': "水利、环境和公共设施管理业",
	'O': "居民服务、修理和其他服务业", 'P': "教育", 'Q': "卫生和社会工作", 'R': "文化、体育和娱乐业", 'S': "公共管理、社会保障和社会组织", 'T': "国际组织"}

func industryText(code string) string {
	if len(code) == 1 && industries[code[0]] != "" {
		return industries[code[0]]
	}
	return code
}
