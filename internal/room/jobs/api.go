package jobs

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"jiuye/internal/engine/rank/search"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/feed"
	"jiuye/internal/register/employer"
)

// The open API of vacancies (开放接口), after the manner of JobSearch and JobStream of the Swedish employment service: search, one
// vacancy, a snapshot of all, a stream of changes since a cursor. Everybody may read it, without a key; nobody's personal data is in it.

const (
	apiMost    = 100  // vacancies of one answer of search
	changeMost = 1000 // changes of one answer
	perMinute  = 120  // calls a minute from one address
)

// apiHandler serves the routes of the API and its description.
func (r *Room) apiHandler() http.Handler {
	mux := http.NewServeMux()
	conf := huma.DefaultConfig("就业通岗位开放接口", "1.0")
	conf.OpenAPIPath, conf.DocsPath, conf.SchemasPath, conf.CreateHooks = "/api/jobs/openapi", "", "", nil
	conf.Info.Description = fmt.Sprintf("招聘中的岗位，任何人可以读取，不用密钥，不含个人信息。每个来源地址每分钟最多 %d 次，超过答 429，按 Retry-After 等待。出错时答 application/problem+json。", perMinute)
	h := humago.New(mux, conf)
	h.UseMiddleware(func(ctx huma.Context, next func(huma.Context)) { r.admit(h, ctx, next) })
	get := func(path, id, short, long string) huma.Operation {
		return huma.Operation{Method: http.MethodGet, Path: path, OperationID: id, Summary: short, Description: long, Errors: []int{404, 422, 429}}
	}
	huma.Register(h, get("/api/jobs/search", "get-jobs-search", "查找岗位", "条件与找工作页面的地址相同。q 里可用 +必须 -不要 \"整句\" 前缀*；按相关程度排，没有 q 时最新在前。翻页用 next。"), r.apiSearch)
	huma.Register(h, get("/api/jobs/changes", "get-jobs-changes", "读取变更", "从游标往后，一页里每个岗位一条（最后一次变更）。removed 为 true 表示不再招聘，请删除。没有 since 时从头读。"), r.apiChanges)
	huma.Register(h, get("/api/jobs/snapshot", "get-jobs-snapshot", "全部岗位", "现在招聘中的全部岗位，每行一个 JSON（NDJSON）。响应头 X-Cursor 是读取变更的起点。"), r.apiSnapshot)
	huma.Register(h, get("/api/jobs/{id}", "get-job", "一个岗位", "不在招聘中的岗位答 404。"), r.apiOne)
	return mux
}

// apiRoutes are the patterns that apiHandler serves.
var apiRoutes = []string{"GET /api/jobs/openapi.json", "GET /api/jobs/search", "GET /api/jobs/changes", "GET /api/jobs/snapshot", "GET /api/jobs/{id}"}

// admit holds back who calls too fast.
func (r *Room) admit(h huma.API, ctx huma.Context, next func(huma.Context)) {
	wait := r.calls.take(r.addressOf(ctx.RemoteAddr(), ctx.Header("X-Forwarded-For")), r.Clock.Now())
	if wait <= 0 {
		next(ctx)
		return
	}
	ctx.SetHeader("Retry-After", strconv.Itoa(wait))
	wrong := huma.NewError(http.StatusTooManyRequests, fmt.Sprintf("调用太快：每个来源地址每分钟最多 %d 次，请 %d 秒后再调", perMinute, wait))
	ctx.SetHeader("Content-Type", "application/problem+json")
	ctx.SetStatus(wrong.GetStatus())
	_ = h.Marshal(ctx.BodyWriter(), "application/json", wrong) // the connection may be gone
}

// apiProblem turns a fault into the answer.
func apiProblem(err error) error {
	switch fault.KindOf(err) {
	case fault.NotFound:
		return huma.NewError(http.StatusNotFound, fault.TextOf(err))
	case fault.Invalid:
		return huma.NewError(http.StatusUnprocessableEntity, fault.TextOf(err))
	}
	return huma.NewError(http.StatusInternalServerError, fault.TextOf(err))
}

// apiQuestion are the parameters of a search.
type apiQuestion struct {
	Q         string   `query:"q" maxLength:"200" doc:"要找的词"`
	Area      []string `query:"area,explode" doc:"地区代码，2、4、6、9 或 12 位，含下级"`
	Occ       []string `query:"occ,explode" doc:"职业代码（2022 年版职业分类大典），含下级"`
	Industry  []string `query:"industry,explode" doc:"行业门类或大类（GB/T 4754）：C、C26"`
	Pay       int      `query:"pay" minimum:"0" doc:"月工资不低于（元）"`
	Education int      `query:"education" doc:"求职者的学历：10 研究生，20 本科，30 专科，40 中职，60 高中，70 初中，80 小学"`
	Hours     []string `query:"hours,explode" doc:"full、shift、part、season、day、flexible、intern"`
	Flag      []string `query:"flag,explode" doc:"housing、meals、insurance、weekends、training、graduates、veterans、disabled、herders、older、outofpoverty、hard"`
	Since     int      `query:"since" minimum:"0" doc:"近几天发布"`
	Sort      string   `query:"sort" enum:"new,relevant" default:"relevant" doc:"new 最新在前"`
	Limit     int      `query:"limit" minimum:"0" maximum:"100" default:"20" doc:"每页个数，0 只要总数和分布"`
	After     string   `query:"after" doc:"上一页的 next"`
}

func (x *apiQuestion) asked() asked {
	q := url.Values{"q": {x.Q}, "area": x.Area, "occ": x.Occ, "industry": x.Industry, "hours": x.Hours, "flag": x.Flag}
	for name, n := range map[string]int{"pay": x.Pay, "education": x.Education, "since": x.Since} {
		if n > 0 {
			q.Set(name, strconv.Itoa(n))
		}
	}
	if x.Sort == "new" {
		q.Set("sort", "new")
	}
	return askedOf(q)
}

type apiUnderstood struct {
	Word string `json:"word"`
	Kind string `json:"kind" doc:"place、occupation、condition、term、pay、pinyin、spelling"`
	As   string `json:"as"`
}

type apiFacet struct {
	Name   string     `json:"name"`
	Counts []apiCount `json:"counts"`
}

type apiCount struct {
	Code string `json:"code"`
	N    int    `json:"n"`
}

type apiFound struct {
	Body struct {
		Total      int             `json:"total"`
		Understood []apiUnderstood `json:"understood" doc:"哪些词被当作地点、职业、条件或工资"`
		Hits       []Advert        `json:"hits"`
		Facets     []apiFacet      `json:"facets,omitempty" doc:"只在第一页"`
		Next       string          `json:"next,omitempty"`
	}
}

func (r *Room) apiSearch(ctx context.Context, in *apiQuestion) (*apiFound, error) {
	ix, err := r.found(ctx)
	if err != nil {
		return nil, apiProblem(err)
	}
	a := in.asked()
	q := a.query(visitor{}, r.today())
	q.Limit, q.After, q.Facets = min(in.Limit, apiMost), in.After, true
	found, err := ix.Search(q)
	if errors.Is(err, search.ErrCursor) {
		return nil, huma.NewError(http.StatusUnprocessableEntity, "after 不属于这些条件，请从第一页读起")
	} else if err != nil {
		return nil, apiProblem(err)
	}
	out := &apiFound{}
	out.Body.Total, out.Body.Next = found.Total, found.Next
	out.Body.Understood, out.Body.Hits = []apiUnderstood{}, []Advert{}
	for _, u := range found.Understood {
		out.Body.Understood = append(out.Body.Understood, apiUnderstood{u.Word, string(u.Kind), u.As})
	}
	for _, f := range found.Facets {
		x := apiFacet{Name: f.Name, Counts: []apiCount{}}
		for _, n := range f.Counts {
			x.Counts = append(x.Counts, apiCount(n))
		}
		out.Body.Facets = append(out.Body.Facets, x)
	}
	ids := make([]int64, len(found.Hits))
	for i, h := range found.Hits {
		ids[i] = h.ID
	}
	offers, err := r.offersOf(ctx, ids)
	if err != nil {
		return nil, apiProblem(err)
	}
	for _, o := range offers {
		out.Body.Hits = append(out.Body.Hits, advertOf(o))
	}
	return out, nil
}

func (r *Room) apiOne(ctx context.Context, in *struct {
	ID int64 `path:"id" doc:"岗位编号"`
}) (*struct{ Body Advert }, error) {
	o, err := r.shown(ctx, []int64{in.ID})
	if err == nil && len(o) == 0 {
		err = fault.New(fault.NotFound, "没有这个岗位，或已停止招聘")
	}
	if err != nil {
		return nil, apiProblem(err)
	}
	return &struct{ Body Advert }{advertOf(o[0])}, nil
}

// shown are those of some vacancies that anybody can apply for now.
func (r *Room) shown(ctx context.Context, ids []int64) ([]*Offer, error) {
	list, err := r.offersOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	hidden, err := r.store.concealed(ctx, ids)
	out := list[:0]
	for _, o := range list {
		if isOpen(o.Vacancy, r.today()) && o.Left() > 0 && !hidden[o.ID] {
			out = append(out, o)
		}
	}
	return out, err
}

type apiChange struct {
	ID      int64   `json:"id,string"`
	Removed bool    `json:"removed" doc:"不再招聘，请删除"`
	Job     *Advert `json:"job,omitempty"`
}

type apiChanged struct {
	Body struct {
		Changes []apiChange `json:"changes"`
		Next    string      `json:"next" doc:"下次的起点"`
		More    bool        `json:"more" doc:"还有，请接着读"`
	}
}

func (r *Room) apiChanges(ctx context.Context, in *struct {
	Since string `query:"since" doc:"上次的 next，或快照的 X-Cursor"`
	Limit int    `query:"limit" minimum:"1" maximum:"1000" default:"500"`
}) (*apiChanged, error) {
	mark, err := markOf(in.Since)
	if err != nil {
		return nil, apiProblem(err)
	}
	list, next, more, err := r.Employers.VacancyChanges(ctx, mark, min(in.Limit, changeMost))
	if err != nil {
		return nil, apiProblem(err)
	}
	ids := make([]int64, len(list))
	for i := range list {
		ids[i] = list[i].ID
	}
	offers, err := r.shown(ctx, ids)
	if err != nil {
		return nil, apiProblem(err)
	}
	open := map[int64]*Offer{}
	for _, o := range offers {
		open[o.ID] = o
	}
	out := &apiChanged{}
	out.Body.Changes, out.Body.Next, out.Body.More = []apiChange{}, cursorOf(next), more
	for _, x := range list {
		c := apiChange{ID: x.ID, Removed: open[x.ID] == nil}
		if !c.Removed {
			ad := advertOf(open[x.ID])
			c.Job = &ad
		}
		out.Body.Changes = append(out.Body.Changes, c)
	}
	return out, nil
}

// cursorOf writes a mark for programs, who need not know what is in it.
func cursorOf(m feed.Mark) string {
	return base64.RawURLEncoding.EncodeToString([]byte(strconv.FormatInt(m.Change, 36) + "." + strconv.FormatInt(m.ID, 36)))
}

func markOf(cursor string) (m feed.Mark, err error) {
	if cursor == "" {
		return m, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	change, id, ok := strings.Cut(string(raw), ".")
	if err == nil && ok {
		if m.Change, err = strconv.ParseInt(change, 36, 64); err == nil {
			m.ID, err = strconv.ParseInt(id, 36, 64)
		}
	}
	if err != nil || !ok {
		return feed.Mark{}, fault.New(fault.Invalid, "since 不是本接口给出的游标。请用上次的 next，或快照的 X-Cursor")
	}
	return m, nil
}

func (r *Room) apiSnapshot(ctx context.Context, _ *struct{}) (*huma.StreamResponse, error) {
	mark, err := r.Employers.VacancyEnd(ctx)
	if err != nil {
		return nil, apiProblem(err)
	}
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		hc.SetHeader("Content-Type", "application/x-ndjson; charset=utf-8")
		hc.SetHeader("X-Cursor", cursorOf(mark))
		enc := json.NewEncoder(hc.BodyWriter())
		if err := r.eachShown(ctx, func(o *Offer) error { return enc.Encode(advertOf(o)) }); err != nil {
			_ = enc.Encode(map[string]string{"error": "读到一半中断，请重新读取"}) // the head has gone already
		}
	}}, nil
}

// eachShown goes through everything that can be applied for now, some at a time.
func (r *Room) eachShown(ctx context.Context, yield func(*Offer) error) error {
	var ids []int64
	flush := func() error {
		list, err := r.shown(ctx, ids)
		ids = ids[:0]
		for _, o := range list {
			if err := yield(o); err != nil {
				return err
			}
		}
		return err
	}
	if err := r.Employers.EachOpen(ctx, region, r.today(), func(v *employer.Vacancy) error {
		if ids = append(ids, v.ID); len(ids) < 1000 {
			return nil
		}
		return flush()
	}); err != nil {
		return err
	}
	return flush()
}
