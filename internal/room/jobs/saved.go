package jobs

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"jiuye/internal/engine/rank/search"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/message"
)

// Saved is a search that a person keeps.
type Saved struct {
	PersonID, ID int64
	Name         string
	Query        string // as in the page's address
	Alert        bool   // a message a day about what is new
	Seen         db.Date
	CreatedAt    int64
}

// Href is the page that it leads to.
func (s Saved) Href() string { return "/jobs?" + s.Query }

// Feed is its address for feed readers; everybody may read it.
func (s Saved) Feed() string { return "/jobs/feed.xml?" + s.Query }

const (
	savedMost = 20 // searches that a person may keep
	alertPage = 500
	alertMost = 5 // vacancies that a message names
)

// Save keeps a search and tells the person of what is new from tomorrow on.
func (r *Room) Save(ctx context.Context, who web.User, name string, q url.Values, key string) error {
	personID, err := asPerson(who)
	if err != nil {
		return err
	}
	a := askedOf(q)
	kept := a.without("after", "sort").Encode()
	switch {
	case kept == "":
		return fault.New(fault.Invalid, "还没有写条件。先写一个词或选一个条件，再保存")
	case len(kept) > 1000:
		return fault.New(fault.Invalid, "条件太长，请去掉一些再保存")
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		list, err := r.store.savedOf(ctx, tx, personID)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(list, func(s Saved) bool { return s.Query == kept }) {
			return fault.New(fault.Repeat, "这个查找已经保存过，有新岗位会告诉您")
		}
		if len(list) >= savedMost {
			return fault.New(fault.Conflict, "您已保存 %d 个查找，最多 %d 个。请先删掉不用的", len(list), savedMost)
		}
		return r.store.save(ctx, tx, Saved{PersonID: personID, ID: r.IDs.Next(), Name: name, Query: kept, Alert: true, Seen: r.today(), CreatedAt: r.Clock.Now().UnixMilli()})
	})
}

// Alert switches the messages about a saved search on or off.
func (r *Room) Alert(ctx context.Context, who web.User, id int64, on bool) error {
	personID, err := asPerson(who)
	if err != nil {
		return err
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		return gone(r.store.alert(ctx, tx, personID, id, on, r.today()))
	})
}

// Drop forgets a saved search.
func (r *Room) Drop(ctx context.Context, who web.User, id int64) error {
	personID, err := asPerson(who)
	if err != nil {
		return err
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error { return gone(r.store.drop(ctx, tx, personID, id)) })
}

func gone(n int64, err error) error {
	if err == nil && n == 0 {
		return fault.New(fault.NotFound, "没有这个保存的查找，可能已经删掉")
	}
	return err
}

// TellNew tells everybody who wants it what was posted since they were last told, up to and with yesterday, and returns how many
// messages went out. Each vacancy is told once for each search.
func (r *Room) TellNew(ctx context.Context) (n int, err error) {
	if r.Messages == nil {
		return 0, nil
	}
	ix, err := r.found(ctx)
	if err != nil {
		return 0, err
	}
	today := r.today()
	var after Saved
	for {
		list, err := r.store.alerts(ctx, today, after, alertPage)
		if err != nil || len(list) == 0 {
			return n, err
		}
		after = list[len(list)-1]
		told, err := r.tellPage(ctx, ix, list, today)
		if err != nil {
			return n, err
		}
		n += told
	}
}

func (r *Room) tellPage(ctx context.Context, ix *search.Index, list []Saved, today db.Date) (n int, err error) {
	homes, err := r.homesOf(ctx, list)
	if err != nil {
		return 0, err
	}
	finds := make([][]int64, len(list))
	totals := make([]int, len(list))
	var all []int64
	for i, s := range list {
		q, err := url.ParseQuery(s.Query)
		if err != nil {
			continue
		}
		ask := askedOf(q).query(visitor{home: homes[s.PersonID], league: leagueOf(homes[s.PersonID])}, today)
		ask.Newest, ask.Limit = true, 0
		ask.Filter.Since = max(ask.Filter.Since, int32(numberOfDay(today.Time)))
		todays, err := ix.Search(ask) // what today brings is told tomorrow
		if err != nil {
			return 0, err
		}
		ask.Filter.Since, ask.Limit = int32(numberOfDay(s.Seen.Time)), min(500, todays.Total+alertMost)
		found, err := ix.Search(ask)
		if err != nil {
			return 0, err
		}
		if totals[i] = found.Total - todays.Total; totals[i] <= 0 || len(found.Hits) <= todays.Total {
			continue
		}
		for _, h := range found.Hits[todays.Total:] {
			finds[i] = append(finds[i], h.ID)
		}
		all = append(all, finds[i]...)
	}
	slices.Sort(all)
	vacancies, err := r.Employers.Vacancies(ctx, r.DB, slices.Compact(all))
	if err != nil {
		return 0, err
	}
	lines := map[int64]string{}
	for _, v := range vacancies {
		lines[v.ID] = v.Title + "，" + strings.TrimSpace(pay(v.PayLow, v.PayHigh))
	}
	var out []message.Message
	for i, s := range list {
		if len(finds[i]) == 0 {
			continue
		}
		var names []string
		for _, id := range finds[i] {
			names = append(names, strings.TrimSuffix(lines[id], "，"))
		}
		out = append(out, message.Message{Kind: kindAlert, To: message.To{PersonID: s.PersonID}, About: strconv.FormatInt(s.ID, 10), Href: s.Href() + "&sort=new",
			Once:  "saved " + strconv.FormatInt(s.ID, 10) + " " + today.String(),
			Title: message.Text{Zh: fmt.Sprintf("“%s”有 %d 个新岗位", s.Name, totals[i]), En: fmt.Sprintf("“%s”: %d new vacancies", s.Name, totals[i])},
			Body:  message.Text{Zh: strings.Join(names, "；") + "。不想再收到，可以在“保存的查找”里关掉提醒。", En: strings.Join(names, "; ") + ". You can switch this off under saved searches."}})
	}
	return n, r.DB.Tx(ctx, func(tx *db.Tx) error {
		sent, err := r.Messages.SendAll(ctx, tx, out)
		if err != nil {
			return err
		}
		for _, s := range sent {
			if s.Outcome == message.Told {
				n++
			}
		}
		return r.store.seen(ctx, tx, list, today)
	})
}

// homesOf are where the owners of some searches live.
func (r *Room) homesOf(ctx context.Context, list []Saved) (map[int64]string, error) {
	var ids []int64
	for _, s := range list {
		ids = append(ids, s.PersonID)
	}
	slices.Sort(ids)
	people, err := r.People.List(ctx, slices.Compact(ids))
	out := map[int64]string{}
	for _, p := range people {
		out[p.ID] = p.Area
	}
	return out, err
}
