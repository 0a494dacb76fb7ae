package collect

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

// batchMost is how many items one submission may bring. A phone that has more sends them one batch after the other.
const batchMost = 50

type phoneData struct {
	User    string
	Village string // the coordinator's own, else ""
	Words   []web.Pair
	Visit   *web.Form
	New     *web.Form
}

// phoneWords are the texts that the script writes; places are {0} and {1}.
var phoneWords = []string{"group.0", "group.1", "group.2", "home", "home.none", "home.done", "home.never", "home.left", "asked", "never", "notWanted", "phone.online", "phone.offline", "phone.waiting", "phone.nothing",
	"phone.saved", "phone.signin", "phone.failed", "phone.sending", "phone.done", "phone.taken", "phone.expired", "phone.none", "phone.sealed", "phone.tooFew", "phone.progress", "phone.state.waiting", "phone.state.refused",
	"phone.state.conflict", "phone.state.saved", "phone.state.repeated", "phone.state.theirs", "phone.kind.need", "phone.kind.visit", "phone.kind.new", "phone.badNumber.length", "phone.badNumber.check",
	"phone.badNumber.birth", "phone.badPhone", "phone.byWhom", "years", "last", "wrong.empty", "wrong.name", "wrong.either", "wrong.visit", "phone.toSend"}

// phone is the page that works without a network: a shell without anybody's data, which the service worker keeps. The
// script fills it with what was taken along.
func (r *Room) phone(c *web.Ctx) error {
	data := phoneData{User: strconv.FormatInt(c.User.ID, 10), Visit: visitForm(c, ""), New: newForm(c, "")}
	if isVillage(c.User.Area) {
		data.Village = c.User.Area
	}
	for _, key := range phoneWords {
		data.Words = append(data.Words, web.Pair{Key: key, Value: c.T("collect." + key)})
	}
	return c.Render("collect/phone", web.Page{Title: c.T("collect.phone"), Lede: c.T("collect.phone.lede"), Data: data, Form: needForm(c, ""), Nav: atHome, Public: true})
}

// worker is the service worker under an address that stays. The script itself has its content in its name, so that a new
// one is fetched when there is one.
func (r *Room) worker(c *web.Ctx) error {
	h := c.W.Header()
	h.Set("Content-Type", "text/javascript; charset=utf-8")
	h.Set("Cache-Control", "no-cache")
	h.Set("Service-Worker-Allowed", "/collect")
	_, err := fmt.Fprintf(c.W, "importScripts(%q);\n", c.Asset("collect-sw.js"))
	return err
}

// Taken is a village as it is taken along.
type Taken struct {
	Village    string      `json:"village"`
	Name       string      `json:"name"`
	Today      string      `json:"today"`
	Since      string      `json:"since"` // an answer of this day or later counts
	Households []takenHome `json:"households"`
}

type takenHome struct {
	ID      string        `json:"id"`
	Last    string        `json:"last,omitempty"`
	Members []takenMember `json:"members"`
}

// takenMember holds what the form needs and no more: no full ID number, no telephone.
type takenMember struct {
	ID       string     `json:"id"`
	Name     string     `json:"name"`
	Number   string     `json:"number"` // masked
	Relation string     `json:"relation"`
	Age      int        `json:"age"`
	Wanted   bool       `json:"wanted"`
	Seen     string     `json:"seen,omitempty"` // key of the last answer
	Asked    string     `json:"asked,omitempty"`
	By       string     `json:"by,omitempty"`
	Rows     [][]string `json:"rows,omitempty"` // the last answer, item by item
}

func (r *Room) takeVillage(c *web.Ctx) error {
	code, err := r.villageOf(c)
	if err != nil {
		return err
	}
	if err := mayWork(c.User, code); err != nil {
		return err
	}
	homes, err := r.homes(c, code)
	if err != nil {
		return err
	}
	out := Taken{Village: code, Name: area.Name(code), Today: today(r).String(), Since: asking(code, r.Clock.Today()).Since.String()}
	for part := range slices.Chunk(homes, 500) {
		if err := r.takeAlong(c, &out, part); err != nil {
			return err
		}
	}
	if err := r.Audit.Note(c.Context(), audit.Entry{ActorID: c.User.ID, Actor: account.Signature(c.User), Act: "collect.take", Object: "area", Area: code,
		What: fmt.Sprintf("把%s %d 户下载到手机", area.Name(code), len(homes))}); err != nil {
		return err
	}
	return sendJSON(c, out)
}

func (r *Room) takeAlong(c *web.Ctx, out *Taken, homes []person.HouseholdAsked) error {
	ids := make([]int64, len(homes))
	for i := range homes {
		ids[i] = homes[i].HouseholdID
	}
	members, err := r.People.MembersOf(c.Context(), ids)
	if err != nil {
		return err
	}
	var everybody []int64
	for _, list := range members {
		for i := range list {
			everybody = append(everybody, list[i].ID)
		}
	}
	slices.Sort(everybody)
	last, err := r.People.LastNeeds(c.Context(), r.DB, everybody)
	if err != nil {
		return err
	}
	for _, h := range homes {
		home := takenHome{ID: strconv.FormatInt(h.HouseholdID, 10), Last: h.Last.String()}
		for _, p := range members[h.HouseholdID] {
			m := takenMember{ID: strconv.FormatInt(p.ID, 10), Name: p.Name, Number: web.MaskID(p.IDNumber), Relation: p.Relation, Age: p.Age(r.Clock.Today()), Wanted: wanted(&p, r.Clock.Today())}
			if n, ok := last[p.ID]; ok {
				m.Seen, m.Asked, m.By = n.Key, n.Asked.String(), n.ByName
				for _, l := range tell(c.T, c.Lang == "en", &n) {
					m.Rows = append(m.Rows, []string{l.Label, l.Value})
				}
			}
			home.Members = append(home.Members, m)
		}
		out.Households = append(out.Households, home)
	}
	return nil
}

// batch is what a phone sends.
type batch struct {
	User  string `json:"user"` // whose outbox it is
	Items []Item `json:"items"`
}

// readBatch reads a submission; errors say what a program did wrong.
func readBatch(raw *json.Decoder, user int64) (b batch, err error) {
	if err := raw.Decode(&b); err != nil {
		return b, fault.Wrap(fault.Invalid, err, "提交的内容不是约定的格式，没有办理。请刷新页面后再发送")
	}
	if b.User != strconv.FormatInt(user, 10) {
		return b, fault.New(fault.Conflict, "手机上待发送的记录属于另一个账号，请用那个账号登录后再发送")
	}
	if len(b.Items) > batchMost {
		return b, fault.New(fault.TooLarge, "一次最多发送 %d 条，这次有 %d 条，请分批发送", batchMost, len(b.Items))
	}
	return b, nil
}

func (r *Room) submit(c *web.Ctx) error {
	b, err := readBatch(json.NewDecoder(c.R.Body), c.User.ID)
	if err != nil {
		return err
	}
	results, err := r.Submit(c.Context(), readerOf(c), b.Items)
	if err != nil {
		return err
	}
	return sendJSON(c, map[string]any{"results": results, "today": today(r).String()})
}

func sendJSON(c *web.Ctx, v any) error {
	raw, err := json.Marshal(v)
	if err != nil {
		return err
	}
	h := c.W.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Cache-Control", "no-store")
	c.W.WriteHeader(http.StatusOK)
	_, err = c.W.Write(raw)
	return err
}
