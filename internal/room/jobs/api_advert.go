package jobs

import (
	"cmp"
	"encoding/xml"
	"errors"
	"strconv"
	"time"

	"jiuye/internal/engine/rank/search"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

// Advert is a vacancy as programs read it. It holds no telephone number and nobody's name.
type Advert struct {
	ID         int64    `json:"id,string"`
	Title      string   `json:"title"`
	Occupation apiNamed `json:"occupation"`
	Employer   string   `json:"employer"`
	Area       apiNamed `json:"area"`
	Openings   int      `json:"openings" doc:"还招几人"`
	PayLow     int64    `json:"pay_low" doc:"每月，元；0 没有写明"`
	PayHigh    int64    `json:"pay_high"`
	Education  string   `json:"education"`
	Experience int      `json:"experience" doc:"要求的工作经历，月"`
	Contract   int      `json:"contract" doc:"合同期限，月；999 无固定期限，0 没有写明"`
	Hours      string   `json:"hours,omitempty"`
	Friendly   string   `json:"friendly,omitempty" doc:"欢迎的人群，空格隔开"`
	Benefits   string   `json:"benefits,omitempty"`
	Body       string   `json:"body,omitempty"`
	Posted     string   `json:"posted"`
	Closes     string   `json:"closes"`
	URL        string   `json:"url" doc:"岗位页的地址，从本站根算起"`
}

type apiNamed struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

func schooling(code int) string {
	if e, ok := person.EducationOf(code); ok && code != 90 {
		return e.Zh
	}
	return "不要求"
}

func advertOf(o *Offer) Advert {
	code := cmp.Or(o.Code, occupationNames().codeOf(o.Occupation))
	return Advert{ID: o.ID, Title: o.Title, Occupation: apiNamed{code, cmp.Or(o.Occupation, occupationName(code))}, Employer: o.Employer,
		Area: apiNamed{o.Area, area.FullName(o.Area)}, Openings: o.Left(), PayLow: o.PayLow / 100, PayHigh: o.PayHigh / 100, Education: schooling(o.Education),
		Experience: o.Experience, Contract: o.Contract, Hours: o.Hours, Friendly: o.Friendly, Benefits: o.Benefits, Body: o.Body, Posted: o.Posted.String(), Closes: o.Closes.String(),
		URL: vacancyAt(o.ID)}
}

// posting is a vacancy as search engines read it on its page (schema.org JobPosting): a block of data, no script that runs.
func posting(o *Offer, base string) map[string]any {
	kinds := map[string]string{"part": "PART_TIME", "day": "PER_DIEM", "intern": "INTERN", "season": "TEMPORARY"}
	d := map[string]any{"@context": "https://schema.org", "@type": "JobPosting", "title": o.Title, "identifier": map[string]any{"@type": "PropertyValue", "name": "就业通", "value": strconv.FormatInt(o.ID, 10)},
		"description": cmp.Or(o.Body, o.Benefits, o.Title), "datePosted": o.Posted.String(), "validThrough": o.Closes.String() + "T23:59:59+08:00", "url": base + vacancyAt(o.ID),
		"employmentType": cmp.Or(kinds[o.Hours], "FULL_TIME"), "totalJobOpenings": o.Left(), "occupationalCategory": cmp.Or(o.Code, occupationNames().codeOf(o.Occupation)),
		"hiringOrganization": map[string]any{"@type": "Organization", "name": o.Employer},
		"jobLocation": map[string]any{"@type": "Place", "address": map[string]any{"@type": "PostalAddress", "addressCountry": "CN", "addressRegion": "内蒙古自治区",
			"addressLocality": area.FullName(area.At(o.Area, area.Banner)), "streetAddress": area.Name(area.At(o.Area, area.Township))}}}
	if o.PayHigh > 0 {
		d["baseSalary"] = map[string]any{"@type": "MonetaryAmount", "currency": "CNY", "value": map[string]any{"@type": "QuantitativeValue",
			"minValue": o.PayLow / 100, "maxValue": max(o.PayLow, o.PayHigh) / 100, "unitText": "MONTH"}}
	}
	return d
}

// RSS 2.0, as feed readers expect it.
type rss struct {
	XMLName xml.Name   `xml:"rss"`
	Version string     `xml:"version,attr"`
	Channel rssChannel `xml:"channel"`
}

type rssChannel struct {
	Title       string    `xml:"title"`
	Link        string    `xml:"link"`
	Description string    `xml:"description"`
	Language    string    `xml:"language"`
	Items       []rssItem `xml:"item"`
}

type rssItem struct {
	Title       string `xml:"title"`
	Link        string `xml:"link"`
	Description string `xml:"description"`
	GUID        string `xml:"guid"`
	PubDate     string `xml:"pubDate"`
}

// feedMost is how many vacancies a feed holds: the newest ones.
const feedMost = 50

// feed is a search as RSS, newest first. Its address is the search's own, and needs nobody to be signed in.
func (r *Room) feed(c *web.Ctx) error {
	if wait := r.calls.take(r.addressOf(c.R.RemoteAddr, c.R.Header.Get("X-Forwarded-For")), r.Clock.Now()); wait > 0 {
		return fault.New(fault.Unavailable, "读取太快，请 %d 秒后再读", wait)
	}
	ix, err := r.found(c.Context())
	if err != nil {
		return err
	}
	a := askedOf(c.R.URL.Query())
	q := a.query(visitor{league: r.Home}, r.today())
	q.Newest, q.Limit = true, feedMost
	found, err := ix.Search(q)
	if err != nil && !errors.Is(err, search.ErrCursor) {
		return err
	}
	ids := make([]int64, len(found.Hits))
	for i, h := range found.Hits {
		ids[i] = h.ID
	}
	offers, err := r.offersOf(c.Context(), ids)
	if err != nil {
		return err
	}
	base := c.Origin()
	out := rss{Version: "2.0", Channel: rssChannel{Title: c.T("jobs.feed.title", a.name(c)), Link: base + a.href("after", ""), Description: c.T("jobs.feed.about"), Language: "zh-CN"}}
	for _, o := range offers {
		out.Channel.Items = append(out.Channel.Items, rssItem{Title: o.Title + "，" + payText(c, o.PayLow, o.PayHigh), Link: base + vacancyAt(o.ID), GUID: base + vacancyAt(o.ID),
			Description: o.Employer + "，" + area.FullName(area.At(o.Area, area.Banner)) + "。" + o.Benefits,
			PubDate:     time.Date(o.Posted.Year(), o.Posted.Month(), o.Posted.Day(), 8, 0, 0, 0, clock.Zone).Format(time.RFC1123Z)})
	}
	raw, err := xml.MarshalIndent(out, "", " ")
	if err != nil {
		return err
	}
	h := c.W.Header()
	h.Set("Content-Type", "application/rss+xml; charset=utf-8")
	h.Set("Cache-Control", "public, max-age=600")
	_, err = c.W.Write(append([]byte(xml.Header), raw...))
	return err
}

// name is a question in a few words, for lists of saved ones.
func (a asked) name(c *web.Ctx) string {
	text := a.text
	for _, d := range dims {
		for _, v := range a.q[d.name] {
			if text != "" {
				text += "，"
			}
			text += d.text(c, v)
		}
	}
	return cmp.Or(text, c.T("jobs.find.all"))
}
