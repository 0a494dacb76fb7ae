package grant

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/web/webtest"
)

// A citizen applies on a phone, the officer accepts and proposes, a colleague decides, the batch is approved by two and paid once; nobody
// gets the same a second time.
func TestTheWalkFromAPhoneToTheBankAndNotTwice(t *testing.T) {
	d, err := db.Open(ctx, "sqlite:"+filepath.Join(t.TempDir(), "walk.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	if err := d.Migrate(ctx, append([]db.Schema{db.OwnSchema}, schemas...)); err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, d)
	fund := w.fund(90000000)
	me, officer, colleague, chiefly := w.server(naran), w.server(suriya), w.server(bater), w.server(chief)
	picture := filepath.Join(t.TempDir(), "执照.png")
	w.must(os.WriteFile(picture, []byte("\x89PNG\r\n\x1a\n0000IHDR"), 0o600))

	p := webtest.Open(t, me+"/grant/mine", 390, 844)
	desk := webtest.Open(t, officer+"/grant", 1440, 900)
	look := func(p *webtest.Page, name string) {
		t.Helper()
		p.Axe()
		p.NoHorizontalScroll()
		p.Screenshot("grant-" + name)
	}
	look(p, "mine-empty-390")
	p.Click("a[href='/grant/apply/P1']")
	look(p, "apply-390")
	p.Fill("#f-bank", "中国农业银行巴彦浩特支行")
	p.Fill("#f-account", "6222021234567890129")
	p.Submit("#f-account")
	if got := p.Text("main"); !strings.Contains(got, "校验位不对") {
		t.Errorf("a wrong card is taken: %s", got)
	}
	look(p, "apply-wrong-390")
	p.Fill("#f-account", "6222 0212 3456 7890 128")
	p.Submit("#f-account")
	p.Choose("#f-name", "营业执照")
	p.Attach("#f-file", picture)
	p.Click("form[action$='/attach'] button")
	look(p, "documents-390")
	p.Click("#submit button")
	if got := p.Text(".jy-flash"); !strings.Contains(got, "5 个工作日内受理") {
		t.Errorf("after handing in the page says %q", got)
	}
	own := strings.TrimPrefix(p.Location(), me)
	look(p, "own-390")

	look(desk, "desk-1440")
	desk.Goto(officer + "/grant")
	desk.Click("#rows a")
	look(desk, "accept-1440")
	desk.Click("form[action$='/accept'] button")
	desk.Click("form[action$='/check'] button")
	look(desk, "checked-1440")
	desk.Click("#g-yes")
	desk.Fill("#g-why", "符合条件，材料齐全")
	desk.Click("form[action$='/propose'] button")
	at := strings.TrimPrefix(desk.Location(), officer)
	var owner, id int64
	if _, err := fmt.Sscanf(at, "/grant/case/%d/%d", &owner, &id); err != nil {
		t.Fatalf("%s %v", at, err)
	}
	decide := fmt.Sprintf("/approval/%d", w.now(owner, id).RequestID)
	desk.Goto(officer + decide)
	if got := desk.Text("main"); !strings.Contains(got, "谁提出谁不能审批") {
		t.Errorf("the proposer may decide: %s", got)
	}
	yes := func(base, path string) {
		t.Helper()
		desk.Goto(base + path)
		desk.Click("#f-yes")
		desk.Click("form[aria-labelledby='decision'] button")
	}
	desk.Goto(colleague + decide)
	look(desk, "decide-1440")
	yes(colleague, decide)
	p.Goto(me + "/grant/public")
	look(p, "public-390")
	w.days(9)
	desk.Goto(officer + "/grant/batch")
	look(desk, "batches-1440")
	desk.Click("form[action='/grant/batch'] button")
	batchPath := strings.TrimPrefix(desk.Location(), officer)
	var batchID int64
	_, _ = fmt.Sscanf(batchPath, "/grant/batch/%d", &batchID)
	b, err := w.store.batch(ctx, w.DB, batchID)
	w.must(err)
	if desk.Has("a[href$='/file']") {
		t.Error("the bank's file is there before two people have approved")
	}
	yes(colleague, fmt.Sprintf("/approval/%d", b.RequestID))
	yes(chiefly, fmt.Sprintf("/approval/%d", b.RequestID))
	a := w.now(owner, id)
	file := filepath.Join(t.TempDir(), "回单.csv")
	w.must(os.WriteFile(file, []byte("批次号,流水号,金额（元）,结果,原因,入账日期\n"+b.Number+","+numberIn(a)+",5000.00,成功,,2025-10-09\n"), 0o600))
	desk.Goto(officer + batchPath)
	look(desk, "batch-1440")
	desk.Attach("#f-file", file)
	desk.Click("form[action$='/return'] button")
	if got := desk.Text(".jy-flash"); !strings.Contains(got, "到账 1 笔，退回 0 笔") {
		t.Errorf("after the bank's answer the page says %q", got)
	}
	p.Goto(me + own)
	if got := p.Text("main"); !strings.Contains(got, "银行发放成功") {
		t.Errorf("the citizen does not see the money: %s", got)
	}
	look(p, "paid-390")
	p.Goto(me + "/grant/apply/P1")
	p.Fill("#f-bank", "中国农业银行巴彦浩特支行")
	p.Fill("#f-account", "6222 0212 3456 7890 128")
	p.Submit("#f-account")
	if got := p.Text("main"); !strings.Contains(got, "一件事只补一次") {
		t.Errorf("the same is paid twice: %s", got)
	}
	look(p, "twice-390")
	// What no department reports is stated on the phone, verified at the desk, and paid month by month.
	p.Goto(me + "/grant/apply/P7")
	look(p, "say-390")
	p.Click("input[name='s_in_internship'][value='是']")
	p.Submit("input[name='s_in_internship']")
	look(p, "say-plan-390")
	p.Submit("#f-account")
	p.Choose("#f-name", "证明：就业见习中")
	p.Attach("#f-file", picture)
	p.Click("form[action$='/attach'] button")
	look(p, "said-390")
	p.Click("#submit button")
	mine := strings.TrimPrefix(p.Location(), me)
	desk.Goto(officer + "/grant")
	desk.Click("#rows a")
	desk.Click("form[action$='/accept'] button")
	look(desk, "verify-1440")
	if desk.Has("form[action$='/check']") {
		t.Error("it can be checked before the statement is verified")
	}
	desk.Click("#v-1-t")
	desk.Fill("#v-1-w", "见习协议已核对")
	desk.Click("form[action$='/verify'] button")
	desk.Click("form[action$='/check'] button")
	desk.Click("#g-yes")
	desk.Fill("#g-why", "符合条件")
	desk.Click("form[action$='/propose'] button")
	if _, err := fmt.Sscanf(strings.TrimPrefix(desk.Location(), officer), "/grant/case/%d/%d", &owner, &id); err != nil {
		t.Fatal(err)
	}
	yes(colleague, fmt.Sprintf("/approval/%d", w.now(owner, id).RequestID))
	w.days(20)
	desk.Goto(officer + fmt.Sprintf("/grant/case/%d/%d", owner, id))
	look(desk, "lines-1440")
	p.Goto(me + mine)
	if got := p.Text("main"); !strings.Contains(got, "发放计划") || !strings.Contains(got, "2026年02月") {
		t.Errorf("the phone does not show when what is paid: %s", got)
	}
	look(p, "lines-390")
	desk.Goto(officer + fmt.Sprintf("/grant/fund/%d", fund))
	look(desk, "ledger-1440")
	for _, path := range []string{"/grant/fund", "/grant/audit", "/grant/effect", "/grant/self", at} {
		desk.Goto(chiefly + path)
		desk.Axe()
		desk.NoHorizontalScroll()
	}
	if f := w.balanced(fund); f.Paid != 500000 {
		t.Errorf("%+v", f)
	}
}
