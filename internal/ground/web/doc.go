// Package web is the tier between rooms and people: routes, sessions, forms, pages, errors, uploads, paging. It knows no
// domain. Everything works without script; script only saves a page load. Nothing is written into a page that the
// Content-Security-Policy forbids: no style attribute, no inline script, no on… handler.
//
// # A room
//
//	//go:embed all:pages words.zh.json words.en.json
//	var files embed.FS
//
//	func Room(s *Service) web.Room {
//		p := pages{s}
//		return web.Room{Name: "casework", Pages: files, Words: files,
//			Routes: func(m *web.Mux) {
//				m.Get("/casework", web.Roles("officer"), p.list)
//				m.Get("/casework/{id}", web.Roles("officer", "manager"), p.show)
//				m.Post("/casework/{id}/visits", web.Roles("officer"), p.visit)
//			},
//			Menu: []web.MenuItem{{Roles: []string{"officer"}, Key: "casework.menu", Href: "/casework", Order: 10, Icon: "list"}},
//		}
//	}
//
// Patterns are those of net/http.ServeMux ("/casework/{id}", "/{$}" for the home page). Words are flat json objects whose
// keys begin with the room's name; places are {0}, {1} (see package lang). An order of the menu below 100 is for daily
// work. The first four entries that a user sees are the tab bar of public pages on phones, so give them an Icon.
//
// "all:" because go:embed leaves out pages/_x.html otherwise.
//
// # A page
//
//	func (p pages) show(c *web.Ctx) error {
//		id, err := c.PathID("id")                       // 404 when it is no number
//		if err != nil { return err }
//		file, err := p.service.Case(c.Context(), c.User, id) // its fault becomes the right page
//		if err != nil { return err }
//		return c.Render("casework/show", web.Page{Title: file.Name, Lede: c.T("casework.left", file.Days),
//			Crumbs: []web.Crumb{{Text: c.T("casework.menu"), Href: "/casework"}}, Data: file})
//	}
//
// pages/show.html is only the inside of <main>; the frame writes mast, crumbs, flash messages, error summary, h1 and lede:
//
//	{{define "acts"}}<div class="jy-head__acts"><a class="jy-btn" href="…">推荐岗位</a></div>{{end}}
//	<section class="jy-card"><div class="jy-card__head"><h2 class="jy-h2">{{t "casework.plan"}}</h2><span class="jy-note">…</span></div>
//	<div class="jy-card__body">{{.Data.Name}}</div></section>
//
// "acts" (buttons right of the h1) is optional. With Page.OwnHead the page writes its own h1 (person file). In a page
// "." is a web.View: .Data, .Form, .User, .Lang, .Path. Files named pages/_x.html define partials for the whole room.
// With JIUYE_DEV=1 a program that runs in the source tree reads internal/room/<name>/pages again at every request.
//
// # A form
//
//	func (p pages) ask(c *web.Ctx) *web.Form {
//		return c.Form(
//			web.Field{Name: "name", Label: c.T("jobs.name"), Hint: c.T("jobs.nameHint"), Need: true, Max: 40},
//			web.Field{Name: "seats", Label: c.T("jobs.seats"), Kind: "number", Need: true, Min: 1, Top: 500, Width: "4", Unit: "人"},
//			web.Field{Name: "wage", Label: c.T("jobs.wage"), Kind: "number", Min: 100000, Top: 10000000, Unit: "元"}, // fen
//			web.Field{Name: "until", Label: c.T("jobs.until"), Kind: "date"},
//			web.Field{Name: "kind", Label: c.T("jobs.kind"), Kind: "radios", Need: true, Options: []web.Option{{Value: "full", Text: "全日制"}, …}},
//		)
//	}
//	func (p pages) edit(c *web.Ctx) error {            // GET
//		f := p.ask(c)
//		f.Set("name", v.Name); f.Set("wage", web.Yuan(v.WageFen)); f.SetVersion(v.Version)
//		return c.Render("jobs/edit", web.Page{Title: …, Form: f})
//	}
//	func (p pages) save(c *web.Ctx) error {            // POST
//		f := p.ask(c)
//		in := Vacancy{Name: f.Text("name"), Seats: f.Int("seats"), WageFen: f.Fen("wage"), Until: f.Date("until"), Kind: f.Choice("kind")}
//		if f.OK() && in.Until.Before(c.Clock().Today()) { f.Fail("until", "截止日期应在今天以后") }
//		if !f.OK() { return c.Render("jobs/edit", web.Page{Title: …, Form: f}) } // 422, everything typed is kept
//		if err := p.service.Save(c.Context(), c.User, in, f.Version(), c.Once()); err != nil { return err }
//		c.Flash("ok", c.T("jobs.saved"))
//		return c.Redirect("/jobs")
//	}
//
//	<form method="post" action="/jobs">{{template "once" .Form}}
//	{{template "field" (.Form.Show "name")}} {{template "field" (.Form.Show "seats")}} …
//	<div class="jy-acts"><button class="govuk-button" type="submit">保存并发布</button></div></form>
//
// Every POST form carries {{template "once" .Form}}, or {{template "once"}} where there is no Form: the idempotency key (c.Once)
// and the version. A POST without key is refused. A service that has seen the key answers fault Repeat: the reader goes
// back with a flash. Programs send the header Idempotency-Key. POSTs from other sites are refused (CrossOriginProtection).
//
// # A list
//
//	after, err := c.Cursor(2)                                  // key values of the last row seen; empty on page one
//	sort := c.Sort("-due", "name")                             // ?sort=; the first one when nothing is asked
//	rows, err := p.service.Due(ctx, c.User, after.Int(0), after.Text(1), 51)
//	var next web.Cursor
//	if len(rows) > 50 { rows = rows[:50]; next = web.NewCursor(rows[49].Due, rows[49].ID) }
//	paging := c.Paging(total, len(rows), next)                 // total -1 when nobody counted
//
//	<form class="jy-filter jy-card__body" method="get">{{template "filter" (.Data.Filter.Show "q")}}<button class="jy-btn jy-btn--2">筛选</button><a class="jy-filter__clear" href="/casework">清空</a></form>
//	<table class="jy-table jy-table--stack"><thead><tr>{{template "sorthead" (.Data.Sort.Column "due" "期限")}}<th scope="col">事项</th><th scope="col" class="jy-r">金额（元）</th></tr></thead>
//	<tbody id="rows">{{range .Data.Rows}}<tr><td>…</td><th scope="row"><a href="…">…</a><small>…</small></th><td class="jy-r">{{fen .Fen}}</td></tr>{{end}}</tbody></table>
//	{{template "paging" .Data.Paging}}
//
// With <tbody id="rows"> or <ul id="rows">, one list on the page, "下一页" appends when there is script. jy-table--stack
// turns rows into blocks on phones: the th scope="row" comes first, the last cell stands right. Wide number tables go
// into <div class="jy-scrollx" tabindex="0" role="region" aria-label="…">. A filter is a Form made on GET; its values
// stay in the address.
//
// # Errors, uploads, downloads
//
// Return faults; the page, the status and problem+json follow from the kind: NotFound 404, Invalid 422, Conflict 409,
// Denied 403 (sign-in page for strangers), Late 409, Repeat back with a flash, TooLarge 413, Unavailable 503 with what was
// typed kept and a button 再试一次, anything else 500 with a number for the administrator. Errors of one answer belong to
// the form: f.Fail.
//
//	up, err := c.Upload("file", 200<<20)   // streamed to disk; nil when none was chosen; up.Name, up.Size, up.Path, up.Open()
//	list, err := c.Uploads("files", limit) // several; up.Keep() keeps the file after the handler
//	<form method="post" enctype="multipart/form-data">{{template "once" .Form}}…{{template "field" (.Form.Show "file")}} // file inputs last
//	io.Copy(c.Attachment("错误表.csv", "text/csv; charset=utf-8"), r)  // download
//
// # Components (classes stand in web/scss; all are shown on the page /design)
//
//	{{icon "search"}}                                    line drawing; never without words beside it. Names: static/sprite.svg
//	{{date .Due}} {{dateshort .Due}} {{iso .Due}}        2025年9月24日 · 9月24日 · 2025-09-24, from time.Time or text
//	{{datetime .At}}                                     2025-09-24 10:31, from time.Time or unix ms
//	{{int .N}} {{signed .D}} {{fen .Fen}}                12,286 · +25 · 3,200.50 (yuan from fen)
//	{{pct .Rate}} {{points .Gap}}                        98.3% from 9830 (ten-thousandths) · +3.7 from 370
//	{{maskid .ID}} {{maskphone .Tel}} {{maskname .Name}} 1529**********1234 · 138****5678 · 苏＊＊
//	{{verdict "yes"}}                                    能享受; near 差一点, no 不符合, ask 缺信息
//	{{grade "red"}} {{gradeicon "red"}}                  warning grades red orange yellow blue, for warnings only
//	{{pace 9040 9470 true}}                              done and due in ten-thousandths, behind; write the numbers beside it
//	{{bar 36 80}} {{spark .Values}} {{days 5 10 false}}  part of whole; []float64; used and total working days, urgent
//	{{bars .Rows}} {{map .Map}} {{linechart .Chart}}     []draw.Row, draw.Choropleth, draw.Chart
//	{{template "tag" (dict "kind" "ok" "text" "已办结")}}  kinds ok warn stop group, none for plain
//	{{template "inform" (dict "kind" "warn" "head" "…" "text" "…" "href" "…" "act" "…")}}
//	{{template "empty" (dict "icon" "file" "head" "今天没有到期的工作" "text" "最近一件 9月26日到期" "href" "…" "act" "…")}}
//	{{template "figures" .Figures}}                      []web.Figure, key numbers
//	{{template "steps" .Steps}} {{template "progress" .Progress}}  []web.Step; web.Progress refreshes itself and has a link
//	{{template "timeline" .Events}} {{template "kv" .Pairs}} {{template "summary" .Pairs}}  []web.Event, []web.Pair
//	{{template "why" .Reasons}}                          []web.Reason with kinds yes near no ask
//	{{template "table" .Table}} {{template "box" .Box}}  web.Table of web.Cell, which may carry buttons (web.Act); web.Box: the form of one act, made by web.Desk
//	{{template "seg" .Tabs}} {{template "chips" .Tabs}}  []web.Tab
//	{{template "deadline" .Deadline}}                    web.Deadline: text, 剩 n 个工作日, cells
//	{{template "choices" (.Form.Show "act")}}            radios as large cards, for decisions with consequences
//	{{template "errors" .Form}}                          only when the page has several forms; the frame does it for Page.Form
//
// Markup without a partial: jy-card (jy-card__head, __body, __foot), jy-cols jy-cols--main (main and 384 px beside),
// jy-grid jy-grid--2 / --3, jy-stack, jy-list (ul) with jy-list__row, jy-table, jy-group (row that heads a group),
// jy-actbar (fixed main action of public pages), jy-narrow (reading width), jy-note, jy-muted, jy-r, jy-nowrap,
// jy-okText, jy-warnText, jy-stopText, mark.jy-diff, jy-quote, jy-btn (--2 second, --s small, --l large, --block).
package web
