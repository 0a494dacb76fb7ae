package intake

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/id"
	"jiuye/internal/ground/progress"
	"jiuye/internal/register/account"
)

// office is a room with the API open, and what its clients call with.
type office struct {
	*Room
	h    http.Handler
	keys map[string]string
	ids  map[string]int64
}

// Two departments of the league, one of a banner, one that may only deliver.
var departments = []account.Client{
	{Name: "盟医保局", Source: "医保", Area: "1529", Purposes: []string{"linkage", "service", "delivery"}},
	{Name: "盟税务局", Source: "税务", Area: "1529", Purposes: []string{"linkage", "service"}},
	{Name: "右旗民政局", Source: "民政", Area: "152922", Purposes: []string{"linkage", "service"}},
	{Name: "盟教育局", Source: "教育", Area: "1529", Purposes: []string{"delivery", "statistics"}},
}

func openOffice(t testing.TB, d *db.DB) *office {
	t.Helper()
	r := newRoom(t, d)
	r.Clients = &account.Clients{DB: d, Sealer: testSealer, Clock: r.Clock, IDs: id.NewMaker(os.Getpid(), r.Clock), Audit: r.Audit}
	o := &office{Room: r, h: r.apiHandler(), keys: map[string]string{}, ids: map[string]int64{}}
	for _, c := range departments {
		c.PerMinute = 100000
		made, key, err := r.Clients.Add(ctx, c, "测试")
		if err != nil {
			t.Fatal(err)
		}
		o.keys[c.Name], o.ids[c.Name] = key, made.ID
	}
	r.bring(t, newFolder(t).text("户籍.csv", householdHeads, household(1, "乌兰", "left"), household(2, "巴图", "left"), household(3, "白·音", "right")), league)
	return o
}

func atOffice(t *testing.T, body func(t *testing.T, o *office)) {
	dbtest.Run(t, append(slices.Clone(schemas), account.Schema), func(t *testing.T, d *db.DB) { body(t, openOffice(t, d)) })
}

// call sends one request; heads are "Name: value".
func (o *office) call(t testing.TB, who, method, path string, body []byte, heads ...string) *httptest.ResponseRecorder {
	t.Helper()
	req := httptest.NewRequest(method, path, bytes.NewReader(body))
	if who != "" {
		req.Header.Set("Authorization", "Bearer "+o.keys[who])
	}
	for _, h := range heads {
		name, value, _ := strings.Cut(h, ": ")
		req.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	o.h.ServeHTTP(w, req)
	return w
}

func decoded[T any](t testing.TB, w *httptest.ResponseRecorder, want int) (v T) {
	t.Helper()
	if w.Code != want {
		t.Fatalf("got %d %s, want %d", w.Code, w.Body, want)
	}
	if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil {
		t.Fatalf("%v in %s", err, w.Body)
	}
	return v
}

type linkAnswer struct {
	Results []LinkResult
	Counts  LinkCounts
}

func (o *office) ask(t testing.TB, who string, records ...LinkRecord) linkAnswer {
	t.Helper()
	body, _ := json.Marshal(map[string]any{"records": records})
	return decoded[linkAnswer](t, o.call(t, who, "POST", "/api/persons:link", body, "X-Purpose: linkage", "Content-Type: application/json"), 200)
}

func TestADepartmentAsksWhoSomebodyIs(t *testing.T) {
	atOffice(t, func(t *testing.T, o *office) {
		got := o.ask(t, "盟医保局",
			LinkRecord{Ref: "a", Name: "乌兰", IDNumber: somebody(1)},
			LinkRecord{Ref: "b", Name: "张伟", IDNumber: somebody(2)},
			LinkRecord{Ref: "c", Name: "谁", IDNumber: somebody(99)},
			LinkRecord{Ref: "d", Name: "谁", IDNumber: "152921"},
			LinkRecord{Ref: "e", Name: "谁"},
			LinkRecord{Ref: "f", Name: "白 音", IDNumber: somebody(3)},
		)
		var said []string
		for _, r := range got.Results {
			said = append(said, r.Ref+" "+r.Status)
			if (r.Person != "") != (r.Status == linkLinked) || r.Rule == "" {
				t.Errorf("%+v", r)
			}
		}
		if want := "a linked, b conflict, c none, d invalid, e invalid, f linked"; strings.Join(said, ", ") != want {
			t.Errorf("got %s\nwant %s", strings.Join(said, ", "), want)
		}
		if got.Counts != (LinkCounts{Linked: 2, Conflict: 1, None: 1, Invalid: 2}) {
			t.Errorf("counts %+v", got.Counts)
		}
		if !strings.Contains(got.Results[3].Rule, "18") {
			t.Errorf("a short number is explained by %q", got.Results[3].Rule)
		}
	})
}

func TestWhoIsAskedAboutCanSeeWhichDepartmentAskedAndWhy(t *testing.T) {
	atOffice(t, func(t *testing.T, o *office) {
		o.ask(t, "盟医保局", LinkRecord{Ref: "a", Name: "乌兰", IDNumber: somebody(1)}, LinkRecord{Ref: "b", Name: "乌兰", IDNumber: somebody(1)})
		me := o.factsOf(t, 1)
		n := o.number(t, `SELECT count(*) FROM audit_entry WHERE object = 'person' AND object_id = $1 AND act = 'person.link' AND actor = '盟医保局（部门接口）' AND what LIKE '%身份比对%'`, me.ID)
		if n != 1 {
			t.Errorf("%d entries about her, want one", n)
		}
		if n := o.number(t, `SELECT count(*) FROM audit_entry WHERE act = 'api.link' AND what LIKE '%比对 2 条：同一人 2%'`); n != 1 {
			t.Errorf("%d entries of the call, want one", n)
		}
	})
}

func TestADepartmentOfABannerLearnsNothingOfPeopleElsewhere(t *testing.T) {
	atOffice(t, func(t *testing.T, o *office) {
		got := o.ask(t, "右旗民政局", LinkRecord{Ref: "a", Name: "乌兰", IDNumber: somebody(1)}, LinkRecord{Ref: "b", Name: "别名", IDNumber: somebody(2)}, LinkRecord{Ref: "c", Name: "白音", IDNumber: somebody(3)})
		never := o.ask(t, "右旗民政局", LinkRecord{Ref: "a", Name: "谁", IDNumber: somebody(99)}).Results[0]
		if got.Results[0] != never || got.Results[1].Status != linkNone || got.Results[2].Status != linkLinked {
			t.Errorf("got %+v, of nobody %+v", got.Results, never)
		}
		if n := o.number(t, `SELECT count(*) FROM audit_entry WHERE act = 'person.link'`); n != 1 {
			t.Errorf("%d people were told of, want one", n)
		}
	})
}

func TestTwoDepartmentsCannotJoinWhatTheyLearn(t *testing.T) {
	atOffice(t, func(t *testing.T, o *office) {
		her := LinkRecord{Ref: "a", Name: "乌兰", IDNumber: somebody(1)}
		one, two := o.ask(t, "盟医保局", her).Results[0].Person, o.ask(t, "盟税务局", her).Results[0].Person
		if one == two || one != o.ask(t, "盟医保局", her).Results[0].Person {
			t.Errorf("pseudonyms %s and %s", one, two)
		}
		if id := fmt.Sprint(o.factsOf(t, 1).ID); strings.Contains(one, id) {
			t.Error("the person's own number stands in the pseudonym")
		}
	})
}

func TestACallThatMayNotBeIsRefusedWithTheReason(t *testing.T) {
	atOffice(t, func(t *testing.T, o *office) {
		good := []byte(`{"records":[{"ref":"a","name":"乌兰","id_number":"` + somebody(1) + `"}]}`)
		many := []byte(`{"records":[` + strings.Repeat(`{"ref":"a"},`, 1000) + `{"ref":"a"}]}`)
		for _, c := range []struct {
			name, who, path, purpose string
			body                     []byte
			code                     int
			says                     string
		}{
			{"without a key", "", "/api/persons:link", "linkage", good, 401, "没有密钥"},
			{"with a wrong key", "谁", "/api/persons:link", "linkage", good, 401, "密钥不对"},
			{"without a purpose", "盟医保局", "/api/persons:link", "", good, 422, "没有写明用途"},
			{"with a purpose that does not exist", "盟医保局", "/api/persons:link", "curiosity", good, 422, "没有用途"},
			{"with a purpose that was not granted", "盟教育局", "/api/persons:link", "linkage", good, 403, "没有给您“身份比对”这个用途"},
			{"with a purpose that is for other things", "盟医保局", "/api/persons:link", "delivery", good, 403, "这个接口不能用于“报送数据”"},
			{"with half a body", "盟医保局", "/api/persons:link", "linkage", good[:20], 400, ""},
			{"without a body", "盟医保局", "/api/persons:link", "linkage", nil, 400, "正文是空的"},
			{"with no records", "盟医保局", "/api/persons:link", "linkage", []byte(`{"records":[]}`), 422, "至少 1 条"},
			{"with too many records", "盟医保局", "/api/persons:link", "linkage", many, 422, "一次最多 1000 条"},
			{"with a field nobody knows", "盟医保局", "/api/persons:link", "linkage", []byte(`{"records":[{"ref":"a","wage":1}]}`), 422, "没有约定这一项"},
			{"without a ref", "盟医保局", "/api/persons:link", "linkage", []byte(`{"records":[{"name":"a"}]}`), 422, "缺少 ref"},
			{"a delivery without a key of its own", "盟医保局", "/api/batches", "delivery", good, 422, "Idempotency-Key"},
		} {
			w := o.call(t, c.who, "POST", c.path, c.body, "X-Purpose: "+c.purpose, "Content-Type: application/json")
			if w.Code != c.code || !strings.Contains(w.Body.String(), c.says) || w.Header().Get("Content-Type") != "application/problem+json" {
				t.Errorf("%s: %d %s %s", c.name, w.Code, w.Header().Get("Content-Type"), w.Body)
			}
		}
		for _, c := range []struct{ path, says string }{{"/api/changes?limit=0", "应不小于 1"}, {"/api/changes?limit=10001", "应不大于 10000"}, {"/api/changes?limit=x", "应为整数"}, {"/api/changes?since=x", "原样传回"}} {
			if w := o.call(t, "盟医保局", "GET", c.path, nil, "X-Purpose: service"); w.Code != 422 || !strings.Contains(w.Body.String(), c.says) {
				t.Errorf("%s: %d %s", c.path, w.Code, w.Body)
			}
		}
	})
}

func TestWhoCallsTooFastIsToldWhenToComeBack(t *testing.T) {
	c := clock.NewFake("2025-09-24")
	p := paces{clock: c}
	let := 0
	for p.take(1, 60) == 0 {
		let++
	}
	if let != 10 {
		t.Errorf("%d calls at once, want 10", let)
	}
	if wait := p.take(1, 60); wait <= 0 || wait > time.Second {
		t.Errorf("wait %v, want at most a second", wait)
	}
	if p.take(2, 60) != 0 {
		t.Error("another client has to wait too")
	}
	c.Add(2 * time.Second)
	first, second, third := p.take(1, 60), p.take(1, 60), p.take(1, 60)
	if first != 0 || second != 0 || third == 0 {
		t.Error("after two seconds two calls must be free")
	}
}

func TestADepartmentDeliversABatchAndReadsWhatBecameOfIt(t *testing.T) {
	atOffice(t, func(t *testing.T, o *office) {
		file := []byte("\ufeff" + householdHeads + "\n" + household(4, "新人", "left") + "\n" + strings.Replace(household(5, "错人", "left"), somebody(5), "15292119000101", 1) + "\n")
		sum := sha256.Sum256(file)
		heads := []string{"X-Purpose: delivery", "Idempotency-Key: delivery-0000000001", "Content-Type: text/csv", "X-File-Name: %E6%88%B7%E7%B1%8D.csv", "X-Manifest-Sha256: " + hex.EncodeToString(sum[:])}
		w := o.call(t, "盟医保局", "POST", "/api/batches", file, heads...)
		sent := decoded[BatchLine](t, w, 202)
		if w.Header().Get("Location") != "/api/batches/"+sent.ID || sent.State != Waiting {
			t.Errorf("sent %+v at %s", sent, w.Header().Get("Location"))
		}
		if again := decoded[BatchLine](t, o.call(t, "盟医保局", "POST", "/api/batches", file, heads...), 200); again.ID != sent.ID {
			t.Errorf("the same delivery again became batch %s, not %s", again.ID, sent.ID)
		}
		if w := o.call(t, "盟医保局", "POST", "/api/batches", append(file, '\n'), append(heads, "X-Manifest-Sha256: ")...); w.Code != 409 {
			t.Errorf("other contents under the same key: %d %s", w.Code, w.Body)
		}
		if w := o.call(t, "盟医保局", "POST", "/api/batches", file[:50], append(heads, "Idempotency-Key: delivery-0000000002")...); w.Code != 422 || !strings.Contains(w.Body.String(), "与清单不符") {
			t.Errorf("half a file: %d %s", w.Code, w.Body)
		}
		var number int64
		_, _ = fmt.Sscan(sent.ID, &number)
		if _, err := o.Run(ctx, number, progress.None{}); err != nil {
			t.Fatal(err)
		}
		done := decoded[BatchLine](t, o.call(t, "盟医保局", "GET", "/api/batches/"+sent.ID, nil, "X-Purpose: delivery"), 200)
		if done.State != Done || done.Counts.Read != 2 || done.Counts.Accepted != 1 || done.Counts.Rejected != 1 || done.Errors == "" || done.Files[0].Name != "户籍.csv" {
			t.Fatalf("the batch came to %+v", done)
		}
		rows := o.call(t, "盟医保局", "GET", done.Errors, nil, "X-Purpose: delivery").Body.String()
		if !strings.HasPrefix(rows, "\ufeff文件,工作表,行号,列,原因\r\n户籍.csv,") || strings.Count(rows, "\n") != 2 {
			t.Errorf("the errors are %q", rows)
		}
		if w := o.call(t, "盟教育局", "GET", "/api/batches/"+sent.ID, nil, "X-Purpose: delivery"); w.Code != 404 {
			t.Errorf("another department saw it: %d %s", w.Code, w.Body)
		}
	})
}

type changesAnswer struct {
	Changes []ChangeLine
	Next    string
	More    bool
}

func TestADeliveryThatAnnouncesItsRowsIsComparedWithThem(t *testing.T) {
	atOffice(t, func(t *testing.T, o *office) {
		file := []byte(householdHeads + "\n" + household(4, "新人", "left") + "\n")
		heads := []string{"X-Purpose: delivery", "Content-Type: text/csv", "X-File-Name: a.csv", "Idempotency-Key: delivery-0000000007", "X-Manifest-Rows: 5"}
		sent := decoded[BatchLine](t, o.call(t, "盟医保局", "POST", "/api/batches", file, heads...), 202)
		var number int64
		_, _ = fmt.Sscan(sent.ID, &number)
		if _, err := o.Run(ctx, number, progress.None{}); err != nil {
			t.Fatal(err)
		}
		if n := o.number(t, `SELECT count(*) FROM intake_alarm WHERE batch_id = $1`, number); n == 0 {
			t.Error("one row came, five were announced, and nobody is told")
		}
		if w := o.call(t, "盟医保局", "POST", "/api/batches", file, append(heads, "X-Manifest-Rows: many", "Idempotency-Key: delivery-0000000008")...); w.Code != 422 {
			t.Errorf("a number that is none: %d %s", w.Code, w.Body)
		}
	})
}

func TestADepartmentReadsWhatChangedAndGoesOnFromThere(t *testing.T) {
	atOffice(t, func(t *testing.T, o *office) {
		read := func(who, since string) changesAnswer {
			return decoded[changesAnswer](t, o.call(t, who, "GET", "/api/changes?limit=2&since="+since, nil, "X-Purpose: service"), 200)
		}
		first := read("盟医保局", "")
		rest := read("盟医保局", first.Next)
		if len(first.Changes) != 2 || !first.More || len(rest.Changes) != 1 || rest.More {
			t.Fatalf("pages %+v and %+v", first, rest)
		}
		if end := read("盟医保局", rest.Next); len(end.Changes) != 0 || end.More {
			t.Errorf("behind the end %+v", end)
		}
		if own := read("右旗民政局", ""); len(own.Changes) != 1 || own.More {
			t.Errorf("the banner's department read %+v, want one person", own)
		}
		her := o.ask(t, "盟医保局", LinkRecord{Ref: "a", Name: "乌兰", IDNumber: somebody(1)}).Results[0].Person
		if !slices.ContainsFunc(append(first.Changes, rest.Changes...), func(l ChangeLine) bool { return l.Person == her }) {
			t.Error("the feed and the link call her by different names")
		}
		if w := o.call(t, "盟税务局", "GET", "/api/changes?since="+rest.Next, nil, "X-Purpose: service"); w.Code != 422 {
			t.Errorf("another department's cursor was taken: %d", w.Code)
		}
		o.bring(t, newFolder(t).text("户籍.csv", householdHeads, household(6, "后来", "left")), league)
		if more := read("盟医保局", rest.Next); len(more.Changes) != 1 || more.Changes[0].What == "" {
			t.Errorf("after one newcomer %+v", more)
		}
	})
}

func TestTheDescriptionNamesEveryRouteAndCanBeReadByMachines(t *testing.T) {
	dbtest.Run(t, schemas, func(t *testing.T, d *db.DB) {
		if d.Kind() != db.SQLite {
			return
		}
		w := httptest.NewRecorder()
		newRoom(t, d).apiHandler().ServeHTTP(w, httptest.NewRequest("GET", "/api/openapi.json", nil))
		doc := decoded[struct {
			OpenAPI string
			Paths   map[string]map[string]any
		}](t, w, 200)
		if doc.OpenAPI != "3.1.0" {
			t.Errorf("OpenAPI %s", doc.OpenAPI)
		}
		for _, rt := range apiRoutes {
			if doc.Paths[rt.path][strings.ToLower(rt.method)] == nil {
				t.Errorf("%s %s is not described", rt.method, rt.path)
			}
		}
	})
}

// FuzzLinkBody sends whatever: the answer is always JSON, and never a fault of ours.
func FuzzLinkBody(f *testing.F) {
	for _, s := range []string{`{"records":[{"ref":"a","name":"乌兰","id_number":"152921197001012"}]}`, `{"records":null}`, `[]`, `{"records":[{"ref":1}]}`, "\xff\xfe", `{"records":[{"ref":"a","id_number":"\u0000"}]}`, strings.Repeat("[", 5000)} {
		f.Add([]byte(s))
	}
	d, err := db.Open(context.Background(), "sqlite:"+f.TempDir()+"/fuzz.db")
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = d.Close() })
	if err := d.Migrate(ctx, append([]db.Schema{account.Schema}, schemas...)); err != nil {
		f.Fatal(err)
	}
	o := openOffice(f, d)
	f.Fuzz(func(t *testing.T, body []byte) {
		w := o.call(t, "盟医保局", "POST", "/api/persons:link", body, "X-Purpose: linkage", "Content-Type: application/json")
		if w.Code >= 500 && w.Code != 503 || !json.Valid(w.Body.Bytes()) {
			t.Errorf("%q: %d %s", body, w.Code, w.Body)
		}
	})
}

func BenchmarkLinkAThousand(b *testing.B) {
	d, err := db.Open(context.Background(), "sqlite:"+b.TempDir()+"/bench.db")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = d.Close() })
	if err := d.Migrate(ctx, append([]db.Schema{account.Schema}, schemas...)); err != nil {
		b.Fatal(err)
	}
	o := openOffice(b, d)
	lines := []string{householdHeads}
	var records []LinkRecord
	for n := range 1000 {
		lines = append(lines, household(100+n, fmt.Sprintf("人%d", n), "left"))
		records = append(records, LinkRecord{Ref: fmt.Sprint(n), Name: fmt.Sprintf("人%d", n), IDNumber: somebody(100 + n)})
	}
	o.bring(b, newFolder(b).text("户籍.csv", lines...), league)
	for b.Loop() {
		if got := o.ask(b, "盟医保局", records...); got.Counts.Linked != 1000 {
			b.Fatalf("%+v", got.Counts)
		}
	}
	b.ReportMetric(1000*float64(b.N)/b.Elapsed().Seconds(), "records/s")
}

// Somebody without a number, or with one that fails the check, is asked of the weights over the people of the area.
func TestWhoComesWithoutANumberIsFoundByTheRestAndNeverOutsideOfTheArea(t *testing.T) {
	dbtest.Run(t, append(slices.Clone(schemas), account.Schema), func(t *testing.T, d *db.DB) {
		if d.Kind() != db.SQLite {
			return // the weights know no database
		}
		o := openOffice(t, d)
		family, given := []rune("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"), []rune("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红建文利清")
		lines := []string{householdHeads}
		for n := range 1500 {
			name := string([]rune{family[n%20], given[n/20%31], given[(n*7+n/31)%31]})
			lines = append(lines, household(100+n, name, "left"))
		}
		o.bring(t, newFolder(t).text("户籍.csv", lines...), league)
		him := o.factsOf(t, 777)
		without := LinkRecord{Ref: "a", Name: him.Name, Birth: him.Birth.Format(time.DateOnly), Sex: sexWords[him.Sex], Phone: him.Phone}
		slip := without
		slip.Ref, slip.IDNumber = "b", him.IDNumber[:17]+map[bool]string{true: "1", false: "2"}[him.IDNumber[17] == '2']
		nobody := LinkRecord{Ref: "c", Name: "欧阳不存在", Birth: "1931-02-03"}
		got := o.ask(t, "盟医保局", without, slip, nobody).Results
		for _, r := range got[:2] {
			if r.Status != linkReview && r.Status != linkLinked || r.Probability < 0.5 {
				t.Errorf("%+v", r)
			}
		}
		if got[2].Status != linkInvalid || got[2].Person != "" {
			t.Errorf("nobody was found as %+v", got[2])
		}
		if far := o.ask(t, "右旗民政局", without).Results[0]; far.Status != linkInvalid {
			t.Errorf("from another banner he is %+v", far)
		}
	})
}
