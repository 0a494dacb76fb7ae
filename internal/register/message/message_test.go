package message

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/id"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/seal"
	"jiuye/internal/ground/web"
	"jiuye/internal/ground/web/webtest"
	"jiuye/internal/register/account"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

var (
	ctx    = context.Background()
	naran  = web.User{ID: 21, Name: "娜仁", Role: account.Seeker, RoleName: "求职者", PersonID: 1, Citizen: true}
	suriya = web.User{ID: 11, Name: "苏日娅", Role: account.Officer, RoleName: "经办", Area: "152921"}
	shop   = web.User{ID: 31, Name: "面馆", Role: account.Employer, RoleName: "用人单位", EmployerID: 5}
)

var schemas = []db.Schema{account.Schema, person.Schema, employer.Schema, Schema}

// agreed are the people who have agreed to be told.
type agreed map[int64]bool

func (a agreed) Allowed(_ context.Context, ids []int64) (map[int64]bool, error) {
	out := map[int64]bool{}
	for _, id := range ids {
		out[id] = a[id]
	}
	return out, nil
}

// flaky is a gateway that fails as often as told, and keeps what it took.
type flaky struct {
	fails int
	final bool
	took  []Outgoing
}

func (f *flaky) Deliver(_ context.Context, list []Outgoing) (out []Receipt) {
	for _, o := range list {
		if f.fails > 0 {
			f.fails--
			out = append(out, Receipt{Reason: "网关忙", Final: f.final})
			continue
		}
		f.took = append(f.took, o)
		out = append(out, Receipt{OK: true, Ref: "g" + o.Key})
	}
	return out
}

type world struct {
	*Service
	t      *testing.T
	clock  *clock.Fake
	agreed agreed
	sms    *flaky
}

var texts = fstest.MapFS{
	"words.zh.json": {Data: []byte(`{"test.told.title": "您可能符合“{0}”", "test.told.body": "请打开查看原因", "test.told.sms": "您可能符合“{0}”，请登录就业通查看原因和办法。"}`)},
	"words.en.json": {Data: []byte(`{"test.told.title": "“{0}” may fit you", "test.told.body": "Open to see why", "test.told.sms": "x {0}"}`)},
}

// furnish is a Wednesday morning, a week before the National Day holidays: people 1 to 3 with telephones, employer 5, two
// officers of 152921.
func furnish(t *testing.T, d *db.DB) *world {
	t.Helper()
	sealer, err := seal.New(seal.GenerateKeys())
	if err != nil {
		t.Fatal(err)
	}
	words, err := lang.Load(texts)
	if err != nil {
		t.Fatal(err)
	}
	c := clock.NewFake("2025-09-24 09:00")
	w := &world{t: t, clock: c, agreed: agreed{1: true, 2: true}, sms: &flaky{}}
	w.Service = New(Deps{DB: d, People: &person.Store{DB: d, Sealer: sealer, Clock: c}, Sealer: sealer, Clock: c, IDs: id.NewMaker(1, c), Consents: w.agreed,
		Sinks: map[string]Sink{SMS: w.sms}})
	for _, k := range []Kind{
		{Code: "test.push", Zh: "政策推送", En: "Support", Consent: true, Every: 30, Words: words, Key: "test.told", Answers: []Answer{{"want", "我要办理", "I want it"}, {"no", "暂时不需要", "Not now"}}},
		{Code: "test.legal", Zh: "送达通知", En: "Notice", Legal: true, Roles: []string{account.Seeker}},
		{Code: "test.work", Zh: "待办提醒", En: "Work", Roles: []string{account.Officer}},
	} {
		w.must(w.Handle(k))
	}
	w.must(d.Tx(ctx, func(tx *db.Tx) error {
		var people []person.Person
		for n := int64(1); n <= 3; n++ {
			birth := clock.Date(1980, time.March, int(n))
			people = append(people, person.Person{ID: n, Name: "娜仁", Sex: 2, Birth: birth, Ethnic: "05", IDNumber: identity.MakeIDNumber("152921", birth, int(n)),
				Phone: fmt.Sprintf("1380000567%d", n), Area: "152921100001", HouseholdID: n, Relation: "户主"})
		}
		if err := w.People.SavePeople(ctx, tx, people); err != nil {
			return err
		}
		units := &employer.Store{DB: d, Clock: c}
		if err := units.Save(ctx, tx, []employer.Employer{{ID: 5, CreditCode: "91152921MA0N00001A", Name: "面馆", Kind: employer.Individual, Area: "152921100001", Opened: db.On(clock.Date(2022, 1, 1)), Phone: "13847300000"}}); err != nil {
			return err
		}
		for _, a := range []struct {
			id, person, employer int64
			role, area           string
		}{{11, 0, 0, "officer", "152921"}, {12, 0, 0, "officer", "152921"}, {13, 0, 0, "manager", "1529"}, {21, 1, 0, "seeker", ""}, {31, 0, 5, "employer", ""}} {
			if _, err := tx.Exec(ctx, `INSERT INTO account (account_id, login, name, role, area, person_id, employer_id, password_hash, epoch, disabled, created_at, signed_in_at, version)
				VALUES ($1, $2, '某某', $3, $4, $5, $6, '', 1, $7, 0, 0, 1)`, a.id, fmt.Sprint("a", a.id), a.role, a.area, a.person, a.employer, false); err != nil {
				return err
			}
		}
		return nil
	}))
	return w
}

func run(t *testing.T, body func(w *world)) {
	dbtest.Run(t, schemas, func(t *testing.T, d *db.DB) { body(furnish(t, d)) })
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) send(list ...Message) (out []Sent) {
	w.t.Helper()
	w.must(w.DB.Tx(ctx, func(tx *db.Tx) (err error) { out, err = w.SendAll(ctx, tx, list); return err }))
	return out
}

func push(to int64) Message {
	return Message{Kind: "test.push", To: To{PersonID: to}, About: "R54", Area: "152921100001", Args: []any{"退役军人免费培训"}, Href: "/policy/mine", Channels: []string{SMS}}
}

func outcomes(list []Sent) string {
	var b []string
	for _, s := range list {
		b = append(b, string(s.Outcome))
	}
	return strings.Join(b, " ")
}

func (w *world) deliver(want Delivered) {
	w.t.Helper()
	if got, err := w.Deliver(ctx); err != nil || got != want {
		w.t.Errorf("at %s: %+v, %v, want %+v", w.clock.Now().Format("01-02 15:04"), got, err, want)
	}
}

func TestWhoIsToldAndWhoIsNot(t *testing.T) {
	run(t, func(w *world) {
		legal := Message{Kind: "test.legal", To: To{PersonID: 3}, Title: Text{"听证告知书", ""}, Once: "hearing-7"}
		got := w.send(push(1), push(2), push(3), push(1), legal, legal, Message{Kind: "test.work", To: To{Officers: "152921"}, Title: Text{"待审批 2 件", ""}},
			Message{Kind: "test.work", To: To{Officers: "152999"}, Title: Text{"x", ""}}, Message{Kind: "test.work", To: To{AccountID: 31}, Title: Text{"y", ""}})
		if want := "told told noconsent again told again told nobody told"; outcomes(got) != want {
			t := w.t
			t.Errorf("got %s\nwant %s", outcomes(got), want)
		}
		for who, want := range map[*web.User]int64{&naran: 1, &suriya: 1, &shop: 1} {
			if n, err := w.Unread(ctx, *who); err != nil || n != want {
				w.t.Errorf("%s has %d unread, %v", who.Name, n, err)
			}
		}
		w.clock.Add(29 * 24 * time.Hour)
		if got := outcomes(w.send(push(1))); got != "again" {
			w.t.Errorf("within 30 days: %s", got)
		}
		w.clock.Add(2 * 24 * time.Hour)
		w.must(w.Subscribe(ctx, web.User{PersonID: 2}, "test.push", false, "key-1"))
		if got := outcomes(w.send(push(1), push(2))); got != "told muted" {
			w.t.Errorf("after 31 days: %s", got)
		}
		if err := w.Subscribe(ctx, naran, "test.legal", false, "key-2"); !fault.Is(err, fault.Invalid) || !strings.Contains(fault.TextOf(err), "不能退订") {
			w.t.Errorf("a legal notice: %v", err)
		}
	})
}

func TestAnSMSWaitsForTheMorningAndForWorkingDays(t *testing.T) {
	for _, c := range []struct{ channel, at, want string }{
		{SMS, "2025-09-24 09:00", "2025-09-24 09:00"}, {SMS, "2025-09-24 21:59", "2025-09-24 21:59"}, {SMS, "2025-09-24 22:00", "2025-09-25 08:00"},
		{SMS, "2025-09-25 07:59", "2025-09-25 08:00"},
		{SMS, "2025-09-26 23:00", "2025-09-28 08:00"}, // Saturday off, the Sunday is a working day instead of 8 October
		{SMS, "2025-09-30 22:30", "2025-10-09 08:00"}, {SMS, "2025-10-03 12:00", "2025-10-09 08:00"},
		{WeChat, "2025-10-03 12:00", "2025-10-03 12:00"}, {WeChat, "2025-10-03 23:00", "2025-10-04 08:00"},
	} {
		at := clock.NewFake(c.at).Now()
		if got := sending(c.channel, at).Format("2006-01-02 15:04"); got != c.want {
			t.Errorf("%s at %s: %s, want %s", c.channel, c.at, got, c.want)
		}
	}
	run(t, func(w *world) {
		w.clock.Add(6*24*time.Hour + 14*time.Hour) // 30 September, 23:00
		w.send(push(1))
		w.deliver(Delivered{})
		w.clock.Add(24 * time.Hour)
		w.deliver(Delivered{})
		w.clock.Add(7*24*time.Hour + 10*time.Hour) // 9 October, 9:00
		w.deliver(Delivered{Sent: 1})
		if len(w.sms.took) != 1 || w.sms.took[0].To != "13800005671" || !strings.HasPrefix(w.sms.took[0].Text, "【就业通】您可能符合“退役军人免费培训”") ||
			!strings.HasSuffix(w.sms.took[0].Text, "拒收请回复R") {
			w.t.Errorf("the gateway has %+v", w.sms.took)
		}
		w.deliver(Delivered{})
	})
}

func TestAFailingGatewayIsTriedAgainAndSomebodyWhoSaysNoIsLeftAlone(t *testing.T) {
	run(t, func(w *world) {
		w.sms.fails = 1
		w.send(push(1))
		w.deliver(Delivered{Later: 1})
		w.deliver(Delivered{})
		w.clock.Add(11 * time.Minute)
		w.deliver(Delivered{Sent: 1})

		w.send(push(2))
		delete(w.agreed, 2)
		w.deliver(Delivered{Dropped: 1})

		w.agreed[3] = true
		sent := w.send(push(3))
		w.must(w.Open(ctx, web.User{PersonID: 3}, sent[0].ID))
		w.deliver(Delivered{Dropped: 1})

		w.sms.fails, w.sms.final = 1, true
		w.send(Message{Kind: "test.legal", To: To{EmployerID: 5}, Title: Text{"整改通知", ""}, Channels: []string{SMS}})
		w.deliver(Delivered{Failed: 1})
		w.sms.final = false

		w.sms.fails = 99
		w.send(Message{Kind: "test.legal", To: To{PersonID: 1}, Title: Text{"听证告知书", ""}, Channels: []string{SMS}})
		failed := 0
		for range 40 {
			got, err := w.Deliver(ctx)
			w.must(err)
			failed += got.Failed
			w.clock.Add(6 * time.Hour)
		}
		if failed != 1 || w.sms.fails != 99-5 {
			w.t.Errorf("given up %d, after %d tries", failed, 99-w.sms.fails)
		}
		counts, err := w.Outbox(ctx)
		if err != nil || counts["sms sent"] != 1 || counts["sms failed"] != 2 || counts["sms dropped"] != 2 {
			w.t.Errorf("outbox %v, %v", counts, err)
		}
	})
}

func TestWhatTheReaderDoesIsFollowed(t *testing.T) {
	run(t, func(w *world) {
		sent := w.send(push(1), push(2))
		if _, err := w.Get(ctx, web.User{PersonID: 2}, sent[0].ID); !fault.Is(err, fault.NotFound) {
			w.t.Errorf("somebody else's message: %v", err)
		}
		it, err := w.Get(ctx, naran, sent[0].ID)
		if err != nil || it.Title.Zh != "您可能符合“退役军人免费培训”" || it.Title.En != "“退役军人免费培训” may fit you" || !it.Opened.IsZero() {
			w.t.Errorf("%+v, %v", it, err)
		}
		if err := w.Reply(ctx, naran, it.ID, "maybe", "key-3"); !fault.Is(err, fault.Invalid) {
			w.t.Errorf("an answer that is not offered: %v", err)
		}
		w.must(w.Reply(ctx, naran, it.ID, "want", "key-4"))
		href, err := w.Go(ctx, naran, it.ID)
		if err != nil || href != "/policy/mine" {
			w.t.Errorf("goes to %q, %v", href, err)
		}
		w.must(w.DB.Tx(ctx, func(tx *db.Tx) error { return w.Acted(ctx, tx, To{PersonID: 2}, "test.push", "R54") }))
		stats, err := w.Stats(ctx, "test.push", "", "1529")
		if err != nil || len(stats) != 1 || stats[0] != (Stat{"R54", "152921", 2, 2, 1, 2}) {
			w.t.Errorf("%+v, %v", stats, err)
		}
		later := push(1)
		later.About, later.NotBefore = "R99", w.clock.Now().AddDate(0, 1, 0)
		w.send(later)
		if list, err := w.Box(ctx, naran, false, 0, 0, 10); err != nil || len(list) != 1 {
			w.t.Errorf("before its day the box has %d, %v", len(list), err)
		}
		w.clock.Add(31 * 24 * time.Hour)
		list, err := w.Box(ctx, naran, true, 0, 0, 10)
		if err != nil || len(list) != 1 || list[0].About != "R99" {
			w.t.Errorf("then %v, %v", list, err)
		}
		if list, err = w.Box(ctx, naran, false, list[0].Shown.UnixMilli(), list[0].ID, 10); err != nil || len(list) != 1 || list[0].About != "R54" {
			w.t.Errorf("the page behind it: %v, %v", list, err)
		}
		w.must(w.DB.Tx(ctx, func(tx *db.Tx) error { return w.Forget(ctx, tx, []int64{1}) }))
		if n, err := w.Unread(ctx, naran); n != 0 || err != nil {
			w.t.Errorf("forgotten, yet %d, %v", n, err)
		}
	})
}

func TestTextsThatAreTooLongAreRefused(t *testing.T) {
	for text, want := range map[string]int{strings.Repeat("字", 70): 1, strings.Repeat("字", 71): 2, strings.Repeat("字", 134): 2, strings.Repeat("字", 135): 3, "": 1} {
		if got := parts(text); got != want {
			t.Errorf("%d characters are %d parts, want %d", letters(text), got, want)
		}
	}
	words, err := lang.Load(fstest.MapFS{"words.zh.json": {Data: []byte(`{"a.title": "甲", "a.body": "乙", "a.sms": "` + strings.Repeat("字", 60) + `"}`)}, "words.en.json": {Data: []byte(`{}`)}})
	if err != nil {
		t.Fatal(err)
	}
	if err := New(Deps{}).Handle(Kind{Code: "a", Words: words, Key: "a"}); err == nil {
		t.Error("a template that never fits is taken")
	}
	if err := New(Deps{}).Handle(Kind{Code: "a", Words: words, Key: "b"}); err == nil {
		t.Error("a template without words is taken")
	}
	run(t, func(w *world) {
		m := push(1)
		m.Args = []any{strings.Repeat("长", 50)}
		err := w.DB.Tx(ctx, func(tx *db.Tx) error { _, err := w.Send(ctx, tx, m); return err })
		if !fault.Is(err, fault.Invalid) || !strings.Contains(fault.TextOf(err), "最多 1 条") {
			w.t.Errorf("%v", err)
		}
	})
}

func TestTheFileSinkWritesLines(t *testing.T) {
	dir := t.TempDir()
	sink := FileSink{Dir: filepath.Join(dir, "out"), Clock: clock.NewFake("2025-09-24")}
	for range 2 {
		if got := sink.Deliver(ctx, []Outgoing{{Key: "1-sms", Channel: SMS, To: "13800005678", Text: "您好"}}); !got[0].OK {
			t.Fatal(got)
		}
	}
	text, err := os.ReadFile(filepath.Join(dir, "out", "sms.jsonl"))
	want := `{"at":"2025-09-24T09:00:00+08:00","key":"1-sms","channel":"sms","to":"13800005678","text":"您好"}` + "\n"
	if err != nil || string(text) != want+want {
		t.Errorf("%s, %v", text, err)
	}
	if got := (FileSink{Dir: "/proc/nowhere", Clock: sink.Clock}).Deliver(ctx, []Outgoing{{Channel: SMS}}); got[0].OK || got[0].Reason == "" {
		t.Errorf("%+v", got)
	}
}

func TestTheBoxOnAPhone(t *testing.T) {
	d, err := db.Open(ctx, "sqlite:"+filepath.Join(t.TempDir(), "box.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	if err := d.Migrate(ctx, append([]db.Schema{db.OwnSchema}, schemas...)); err != nil {
		t.Fatal(err)
	}
	w := furnish(t, d)
	w.send(push(1), Message{Kind: "test.legal", To: To{PersonID: 1}, Title: Text{"听证告知书", "Hearing"}, Body: Text{"请在 5 个工作日内到旗就业服务中心陈述意见。", ""}},
		Message{Kind: "test.work", To: To{Officers: "152921"}, Title: Text{"待审批 2 件", ""}, Body: Text{"请今天处理", ""}, Href: "/message"})
	site := func(who web.User) string {
		s, err := web.New(web.Config{Rooms: []web.Room{w.Web()}, Clock: w.clock, Log: slog.New(slog.DiscardHandler), Identify: func(*http.Request) (web.User, error) { return who, nil }})
		w.must(err)
		for _, wrong := range append(s.Words().Missing(), s.Words().Uneven()...) {
			if strings.Contains(wrong, "message.") {
				t.Errorf("words: %s", wrong)
			}
		}
		server := httptest.NewServer(s)
		t.Cleanup(server.Close)
		return server.URL
	}
	mine := site(naran)
	p := webtest.Open(t, mine+"/message", 390, 844)
	look := func(p *webtest.Page, name string) {
		t.Helper()
		p.Axe()
		p.NoHorizontalScroll()
		p.Screenshot("message-" + name)
	}
	look(p, "box-390")
	if got := p.Text("main"); !strings.Contains(got, "有 2 条没有看") {
		t.Errorf("the box says %q", got)
	}
	p.Click("#rows li:last-child button")
	look(p, "show-390")
	p.Click("button[value=want]")
	if got := p.Text("main"); !strings.Contains(got, "我要办理") {
		t.Errorf("after the answer %q", got)
	}
	p.Goto(mine + "/message/settings")
	look(p, "settings-390")
	p.Click("button[value='0']")
	if got := p.Text("main"); !strings.Contains(got, "重新接收") {
		t.Errorf("after unsubscribing %q", got)
	}
	p.Goto(mine + "/message?tab=new")
	if got := p.Text("main"); !strings.Contains(got, "听证告知书") || strings.Contains(got, "退役军人") {
		t.Errorf("unread: %q", got)
	}
	desk := webtest.Open(t, site(suriya)+"/message", 1440, 900)
	look(desk, "box-1440")
	desk.Click(".jy-head__acts button")
	if got := desk.Text("main"); !strings.Contains(got, "都看过了") {
		t.Errorf("all read: %q", got)
	}
	look(desk, "read-1440")
}
