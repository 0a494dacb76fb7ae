package jobs

import (
	"encoding/json"
	"errors"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/employer"
)

// The API for employers' and agencies' own systems: POST /api/vacancies brings vacancies under the sender's own keys. Sending the same
// again changes nothing, so a call that broke off is simply repeated. A key is given out by jiuye client add --purpose delivery.

// mostInCall is how many vacancies one call may bring, and longestCall how many bytes.
const (
	mostInCall  = 500
	longestCall = 4 << 20
)

// apiCall is the body of a call.
type apiCall struct {
	Vacancies []map[string]any `json:"vacancies"`
	Full      bool             `json:"full"` // everything that the sender has: what it brought before and does not now is not shown
}

// APIResult is what came of one vacancy.
type APIResult struct {
	Key    string   `json:"key,omitempty"`
	ID     string   `json:"id,omitempty"`
	Status string   `json:"status"` // new, changed, same, hidden, rejected, repeated
	Why    []string `json:"why,omitempty"`
}

var onceShape = regexp.MustCompile(`^[A-Za-z0-9_-]{16,64}$`)

// apiMapping takes each target from the field of the same name.
var apiMapping = sync.OnceValue(func() *Mapping {
	m := &Mapping{Name: "岗位接口", Key: []string{"key"}, Fields: map[string][]string{}}
	for _, t := range targets {
		m.Fields[t.key] = []string{t.key}
	}
	return m
})

// paceOf lets a client's calls through as fast as agreed: a bucket that holds a tenth of a minute's calls, in this process.
type paceOf struct {
	mu      sync.Mutex
	buckets map[int64]*bucket
}

type bucket struct {
	left float64
	at   time.Time
}

func (p *paceOf) take(client int64, perMinute int, now time.Time) (wait time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	size := max(float64(perMinute)/10, 10)
	if p.buckets == nil {
		p.buckets = map[int64]*bucket{}
	}
	b := p.buckets[client]
	if b == nil {
		b = &bucket{size, now}
		p.buckets[client] = b
	}
	b.left, b.at = min(size, b.left+now.Sub(b.at).Minutes()*float64(perMinute)), now
	if b.left < 1 {
		return time.Duration((1 - b.left) / float64(perMinute) * float64(time.Minute))
	}
	b.left--
	return 0
}

// apiVacancies is POST /api/vacancies.
func (r *Room) apiVacancies(w http.ResponseWriter, q *http.Request) {
	results, status, err := r.receive(w, q)
	if err != nil {
		problemJSON(w, status, err)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_ = json.NewEncoder(w).Encode(map[string]any{"results": results}) // the connection may be gone
}

// problemJSON answers an error as RFC 9457 has it.
func problemJSON(w http.ResponseWriter, status int, err error) {
	if status == 0 {
		status = map[fault.Kind]int{fault.Invalid: 422, fault.Denied: 403, fault.NotFound: 404, fault.Conflict: 409, fault.TooLarge: 413, fault.Unavailable: 503}[fault.KindOf(err)]
	}
	if status == 0 {
		status = 500
	}
	if status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", `Bearer realm="jiuye"`)
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"title": http.StatusText(status), "status": status, "detail": fault.TextOf(err)})
}

// sender is the client that calls; status is that of the error where its kind does not say it.
func (r *Room) sender(w http.ResponseWriter, q *http.Request) (c account.Client, status int, err error) {
	if r.Clients == nil {
		return c, 0, fault.New(fault.Unavailable, "这里没有开通岗位接口")
	}
	key, bearer := strings.CutPrefix(q.Header.Get("Authorization"), "Bearer ")
	if !bearer {
		return c, 401, fault.New(fault.Denied, "没有密钥：请在请求头写 Authorization: Bearer 密钥，密钥由就业通管理员发给")
	}
	c, found, err := r.Clients.Identify(q.Context(), strings.TrimSpace(key))
	switch {
	case err != nil:
		return c, 0, err
	case !found:
		return c, 401, fault.New(fault.Denied, "密钥不对，或调用方已停用。请核对密钥，仍不行请联系就业通管理员")
	case !c.May("delivery"):
		return c, 0, fault.New(fault.Denied, "没有给您“%s”这个用途，不能报送岗位。需要增加请联系就业通管理员", account.PurposeName("delivery"))
	case !onceShape.MatchString(q.Header.Get("Idempotency-Key")):
		return c, 0, fault.New(fault.Invalid, "请在请求头写 Idempotency-Key：16～64 个字母、数字、下划线或连字符，重试时不换，新的提交另换一个")
	}
	if wait := r.paces.take(c.ID, c.PerMinute, time.Now()); wait > 0 {
		seconds := int(wait/time.Second) + 1
		w.Header().Set("Retry-After", strconv.Itoa(seconds))
		return c, 429, fault.New(fault.Unavailable, "调用太快：约定每分钟最多 %d 次，请 %d 秒后再调", c.PerMinute, seconds)
	}
	return c, 0, nil
}

// receive takes a call's vacancies.
func (r *Room) receive(w http.ResponseWriter, q *http.Request) (results []APIResult, status int, err error) {
	ctx := q.Context()
	client, status, err := r.sender(w, q)
	if err != nil {
		return nil, status, err
	}
	var call apiCall
	d := json.NewDecoder(http.MaxBytesReader(w, q.Body, longestCall))
	d.UseNumber()
	if err := d.Decode(&call); err != nil {
		var long *http.MaxBytesError
		if errors.As(err, &long) {
			return nil, 0, fault.Wrap(fault.TooLarge, err, "一次最多 4 MB，请分几次报送")
		}
		return nil, 0, fault.Wrap(fault.Invalid, err, `正文不是完整的 JSON，应为 {"vacancies":[{"key":"…","title":"…"}]}`)
	}
	if n := len(call.Vacancies); n == 0 || n > mostInCall {
		return nil, 0, fault.New(fault.Invalid, "一次应报送 1～%d 个岗位，这次有 %d 个", mostInCall, n)
	}
	if err := r.codeTitles(ctx); err != nil {
		return nil, 0, err
	}
	mapping := *apiMapping()
	mapping.Source = "接口：" + client.Name
	heads := append([]string{"key"}, make([]string, len(targets))...)
	for i, t := range targets {
		heads[i+1] = t.key
	}
	code := area.Normal(client.Area)
	in := newReader(mapping.lay(heads), r.Clock.Today(), code)
	t := &delivery{Room: r, Outside: Outside{Area: code, ByName: client.Signature()}, seen: map[uint64]struct{}{}, reader: in,
		sum: Delivery{ID: r.IDs.Next(), Source: mapping.Source, Mapping: mapping.Name, File: "接口", Area: code, By: client.Signature(), At: r.Clock.Now()}}
	if err := t.names(ctx); err != nil {
		return nil, 0, err
	}
	results = make([]APIResult, len(call.Vacancies))
	var block []*told
	var at []int
	for i, item := range call.Vacancies {
		t.sum.Read++
		results[i].Key = plainJSON(item["key"])
		a, why := readItem(in, heads, item, i+1)
		if a != nil {
			if _, twice := t.seen[sumOf(a.Source, a.SourceKey)]; twice {
				results[i].Status = "repeated"
				t.sum.Repeated++
				continue
			}
			t.seen[sumOf(a.Source, a.SourceKey)] = struct{}{}
			block, at = append(block, a), append(at, i)
			continue
		}
		results[i].Status, results[i].Why = "rejected", why
		t.sum.Rejected++
	}
	if err := r.takeCall(q, t, block, at, results, call.Full); err != nil {
		return nil, 0, err
	}
	return results, 0, nil
}

// readItem reads one vacancy of a call; the key is required, and what the call names and nobody knows is an error.
func readItem(in *reader, heads []string, item map[string]any, n int) (*told, []string) {
	cells := make([]string, len(heads))
	var why []string
	for name, v := range item {
		at := -1
		for i, h := range heads {
			if h == name {
				at = i
			}
		}
		if at < 0 {
			why = append(why, "没有字段 "+name)
			continue
		}
		cells[at] = plainJSON(v)
	}
	if cells[0] == "" {
		why = append(why, "没有 key：请写岗位在您系统里的编号，以后凭它更新")
	}
	if len(why) > 0 {
		return nil, why
	}
	a, bad := in.read(n, cells)
	if bad != nil {
		return nil, []string{bad.Text()}
	}
	return a, nil
}

// takeCall writes what a call brought and says what came of each vacancy.
func (r *Room) takeCall(q *http.Request, t *delivery, block []*told, at []int, results []APIResult, full bool) error {
	ctx := q.Context()
	before := map[string]employer.Vacancy{}
	if err := r.DB.Tx(ctx, func(tx *db.Tx) error {
		keys := make([]string, len(block))
		for i, a := range block {
			keys[i] = a.SourceKey
		}
		var err error
		if before, err = r.Employers.VacanciesFrom(ctx, tx, t.sum.Source, keys); err != nil {
			return err
		}
		if err := t.take(ctx, tx, block); err != nil {
			return err
		}
		if err := r.store.putDelivery(ctx, tx, &t.sum, 0); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, audit.Entry{Actor: t.sum.By, Act: "jobs.outside", Object: "delivery", ObjectID: t.sum.ID, Area: t.sum.Area, What: "接口报送岗位：" + t.sum.Counts()})
	}); err != nil {
		return err
	}
	for i, a := range block {
		res := &results[at[i]]
		res.ID, res.Why = strconv.FormatInt(a.ID, 10), a.doubts
		old, known := before[a.SourceKey]
		old.Confirmed, old.Code = a.Confirmed, a.Code
		switch {
		case a.unlawful != "":
			res.Status, res.Why = "hidden", append(res.Why, "含有不得有的条件，暂不展示："+a.unlawful)
		case !known:
			res.Status = "new"
		case old == a.Vacancy:
			res.Status = "same"
		default:
			res.Status = "changed"
		}
	}
	r.boards.forget()
	if full {
		return t.gone(ctx)
	}
	return nil
}
