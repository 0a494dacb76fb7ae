package intake

import (
	"context"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

// The department API (部门接口, S20, S37, S38): programs of other departments ask who somebody is, deliver batches and read
// what changed. Every call carries a key and a purpose, and stands in the audit log.

// apiRoute is one route of the API: what it is for, and for which purposes it may be used.
type apiRoute struct {
	method, path string
	purposes     []string // any of them
	write        bool     // needs an idempotency key
	summary      string
	about        string
}

var (
	linkRoute = apiRoute{"POST", "/api/persons:link", []string{"linkage", "verification", "service"}, false, "比对身份",
		"一次最多 1000 条，逐条回答是否为实名库中的同一人。只返回化名，不返回任何您没有送来的个人信息。"}
	sendRoute = apiRoute{"POST", "/api/batches", []string{"delivery"}, true, "报送一批数据",
		"正文就是文件（csv、xlsx 或 zip），或用 multipart/form-data 送几个文件。同一个 Idempotency-Key 再送一次，得到的是同一批。"}
	batchRoute   = apiRoute{"GET", "/api/batches/{id}", []string{"delivery"}, false, "查看一批的办理情况", "只能查看本调用方报送的批次。"}
	rejectsRoute = apiRoute{"GET", "/api/batches/{id}/errors.csv", []string{"delivery"}, false, "下载退回的行和原因", "UTF-8 带 BOM，一行一条，证件号遮住中间。"}
	changesRoute = apiRoute{"GET", "/api/changes", []string{"verification", "service"}, false, "读取变更",
		"从游标往后，按变更先后，一页里每人一条。没有总数上限，一页最多 10000 条。"}
)

var apiRoutes = []apiRoute{linkRoute, sendRoute, batchRoute, rejectsRoute, changesRoute}

// caller is who calls, and for what.
type caller struct {
	account.Client
	purpose string
}

type callerKey struct{}

func callerOf(ctx context.Context) *caller { return ctx.Value(callerKey{}).(*caller) }

// actor is the client as who brings a batch.
func (c *caller) actor() Actor {
	return Actor{ID: c.ID, Name: c.Signature(), Area: c.Area, AreaName: area.Name(c.Area)}
}

// api are the handlers.
type api struct {
	*Room
	paces   paces
	indexes indexes
}

// routes mounts the API and its reading page.
func (r *Room) apiRoutes(m *web.Mux) {
	m.Get("/api", web.Anyone, pages{r}.api)
	h := r.apiHandler()
	m.Raw("GET /api/openapi.json", h)
	for _, rt := range apiRoutes {
		m.Raw(rt.method+" "+rt.path, h)
	}
}

func (r *Room) apiHandler() http.Handler {
	speakChinese()
	mux := http.NewServeMux()
	conf := huma.DefaultConfig("就业通部门接口", "1.0")
	conf.OpenAPIPath, conf.DocsPath, conf.SchemasPath, conf.CreateHooks = "/api/openapi", "", "", nil
	conf.Info.Description = "每次调用须带 Authorization: Bearer 密钥 和 X-Purpose 用途。出错时答 application/problem+json。"
	conf.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"key": {Type: "http", Scheme: "bearer", Description: "由就业通管理员用 jiuye client add 发给"}}
	conf.Security = []map[string][]string{{"key": {}}}
	a := &api{Room: r, paces: paces{clock: clock.System{}}}
	h := humago.New(mux, conf)
	h.UseMiddleware(func(ctx huma.Context, next func(huma.Context)) { a.admit(h, ctx, next) })
	huma.Register(h, linkRoute.operation(), a.link)
	huma.Register(h, sendRoute.operation(), a.send)
	huma.Register(h, batchRoute.operation(), a.batch)
	huma.Register(h, rejectsRoute.operation(), a.rejects)
	huma.Register(h, changesRoute.operation(), a.changes)
	return mux
}

// operation describes a route to huma, and from there in OpenAPI.
func (rt *apiRoute) operation() huma.Operation {
	about := rt.about + "用途可为：" + namesOf(rt.purposes) + "。"
	params := []*huma.Param{{Name: "X-Purpose", In: "header", Required: true, Description: "这次调用的用途", Schema: &huma.Schema{Type: "string", Enum: apiEnum(rt.purposes)}}}
	if rt.write {
		params = append(params, &huma.Param{Name: "Idempotency-Key", In: "header", Required: true, Description: "防重复编号：每次新的提交换一个，重试时不换",
			Schema: &huma.Schema{Type: "string", Pattern: onceShape.String()}})
	}
	return huma.Operation{Method: rt.method, Path: rt.path, OperationID: strings.ToLower(rt.method) + strings.NewReplacer("/api/", "-", "/", "-", "{id}", "one", ":", "-", ".", "-").Replace(rt.path),
		Summary: rt.summary, Description: about, Parameters: params, MaxBodyBytes: 4 << 20, Metadata: map[string]any{"route": rt}, Errors: []int{401, 403, 422, 429, 503}}
}

func namesOf(purposes []string) string {
	names := make([]string, len(purposes))
	for i, p := range purposes {
		names[i] = p + "（" + account.PurposeName(p) + "）"
	}
	return strings.Join(names, "、")
}

func apiEnum(list []string) []any {
	out := make([]any, len(list))
	for i, v := range list {
		out[i] = v
	}
	return out
}

var onceShape = regexp.MustCompile(`^[A-Za-z0-9_-]{16,64}$`)

// admit lets a call in: key, pace, purpose, idempotency key, in this order.
func (a *api) admit(h huma.API, ctx huma.Context, next func(huma.Context)) {
	rt := ctx.Operation().Metadata["route"].(*apiRoute)
	c, wait, err := a.callerFor(ctx, rt)
	switch {
	case err == nil:
		next(huma.WithValue(ctx, callerKey{}, c))
		return
	case fault.Is(err, fault.Denied) && c == nil:
		ctx.SetHeader("WWW-Authenticate", `Bearer realm="jiuye"`)
		err = huma.NewError(http.StatusUnauthorized, fault.TextOf(err))
	case wait > 0:
		ctx.SetHeader("Retry-After", strconv.Itoa(int(wait/time.Second)+1))
		err = huma.NewError(http.StatusTooManyRequests, fault.TextOf(err))
	default:
		err = problem(err)
	}
	wrong := err.(huma.StatusError)
	ctx.SetHeader("Content-Type", "application/problem+json")
	ctx.SetStatus(wrong.GetStatus())
	_ = h.Marshal(ctx.BodyWriter(), "application/json", wrong) // the connection may be gone
}

func (a *api) callerFor(ctx huma.Context, rt *apiRoute) (*caller, time.Duration, error) {
	if a.Clients == nil {
		return nil, 0, fault.New(fault.Unavailable, "这里没有开通部门接口")
	}
	key, bearer := strings.CutPrefix(ctx.Header("Authorization"), "Bearer ")
	if !bearer {
		return nil, 0, fault.New(fault.Denied, "没有密钥：请在请求头写 Authorization: Bearer 密钥，密钥由就业通管理员发给")
	}
	client, found, err := a.Clients.Identify(ctx.Context(), strings.TrimSpace(key))
	if err != nil {
		return nil, 0, err
	}
	if !found {
		return nil, 0, fault.New(fault.Denied, "密钥不对，或调用方已停用。请核对密钥，仍不行请联系就业通管理员")
	}
	c := &caller{client, ctx.Header("X-Purpose")}
	if wait := a.paces.take(client.ID, client.PerMinute); wait > 0 {
		return c, wait, fault.New(fault.Unavailable, "调用太快：约定每分钟最多 %d 次，请 %d 秒后再调", client.PerMinute, int(wait/time.Second)+1)
	}
	switch {
	case c.purpose == "":
		return c, 0, fault.New(fault.Invalid, "没有写明用途：请在请求头写 X-Purpose，可为 %s", namesOf(rt.purposes))
	case account.PurposeName(c.purpose) == "":
		return c, 0, fault.New(fault.Invalid, "没有用途 %q，X-Purpose 可为 %s", c.purpose, namesOf(rt.purposes))
	case !client.May(c.purpose):
		return c, 0, fault.New(fault.Denied, "没有给您“%s”这个用途，您有：%s。需要增加请联系就业通管理员", account.PurposeName(c.purpose), namesOf(client.Purposes))
	case !slices.Contains(rt.purposes, c.purpose):
		return c, 0, fault.New(fault.Denied, "这个接口不能用于“%s”，只能用于 %s", account.PurposeName(c.purpose), namesOf(rt.purposes))
	case rt.write && !onceShape.MatchString(ctx.Header("Idempotency-Key")):
		return c, 0, fault.New(fault.Invalid, "请在请求头写 Idempotency-Key：16～64 个字母、数字、下划线或连字符，重试时不换，新的提交另换一个")
	}
	return c, 0, nil
}
