package policy

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/web/webtest"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

// An official writes a policy from nothing, sees whom it hits, and a colleague publishes it: with script, on a desk and on a
// phone, and the form works without script as well.
func TestAnOfficialWritesAPolicyAndAColleaguePublishes(t *testing.T) {
	for _, c := range []struct {
		width  int
		script bool
	}{{1440, true}, {390, true}, {1440, false}} {
		t.Run(fmt.Sprint(c.width, c.script), func(t *testing.T) {
			d, err := db.Open(ctx, "sqlite:"+filepath.Join(t.TempDir(), "walk.db"))
			if err != nil {
				t.Fatal(err)
			}
			defer d.Close()
			if err := d.Migrate(ctx, []db.Schema{db.OwnSchema, person.Schema, employer.Schema, audit.Schema, approval.Schema, Schema}); err != nil {
				t.Fatal(err)
			}
			o, clock := furnishTwo(t, d)
			o.settle()
			p := webtest.Open(t, o.serve(officer).URL+"/policy/catalogue", c.width, 900)
			if !c.script {
				p = p.WithoutScript()
			}
			look := func(name string) {
				t.Helper()
				p.NoHorizontalScroll()
				if c.script {
					p.Axe()
				}
				p.Screenshot(fmt.Sprintf("policy-%s-%d", name, c.width))
			}
			p.Goto("/policy/catalogue")
			look("catalogue")
			p.Goto("/policy/parameters")
			look("parameters")
			p.Goto("/policy/parameter?name=最低工资")
			look("parameter")
			p.Goto("/policy/R03")
			look("pointer")
			p.Goto("/policy/new")
			p.Fill("#f-name", "退役军人灯补贴")
			p.Click("input[name=for][value=人员]")
			p.Choose("#f-subject", "退役军人")
			p.Fill("#f-document", "《试点办法》")
			p.Fill("#f-place", "第三条")
			p.Fill("#f-quote", "给予每名退役军人：一百元")
			p.Fill("#f-result", "给予一百元")
			p.Submit("#f-result")
			look("edit-begun")
			p.Click("button[value='row:0']")
			p.Fill("#f-row2 input[name=row-value]", "很多")
			p.Click("main button[value=save]")
			if text := p.Text("#f-row2 .govuk-error-message"); !strings.Contains(text, "年龄") {
				t.Errorf("the row's error is %q", text)
			}
			look("edit-wrong")
			p.Choose("#f-row2 select[name=row-field]", "退役军人")
			if c.script { // relations follow the field at once
				p.Text("#f-row2 select[data-field=退役军人]")
				p.Choose("#f-row2 select[name=row-op]", "yes")
			}
			p.Fill("#f-amount", "100 元 一次性")
			p.Click(".jy-cols button[value=count]")
			if text := p.Text("#count"); !strings.Contains(text, "300") || !strings.Contains(text, "能享受") {
				t.Errorf("the count says %q", text)
			}
			look("edit")
			p.Click(".jy-cols button[value=save]")
			if text := p.Text("#cases"); !strings.Contains(text, "还没有验证例") {
				t.Errorf("no cases yet, but %q", text)
			}
			for _, example := range [][3]string{{"退役军人", "是", "能享受"}, {"不是退役军人", "否", "不符合"}} {
				p.Fill("#f-case", example[0])
				p.Choose("label[data-fact=居住地] select", "152921")
				p.Choose("label[data-fact=退役军人] select", example[1])
				p.Choose("select[name=want]", example[2])
				p.Click("button[value=addcase]")
			}
			look("version")
			p.Click("button[value=submit]")
			if err := o.agree(colleague); err != nil {
				t.Fatal(err)
			}
			q := webtest.Open(t, o.serve(colleague).URL+"/policy/version?id=N01&v=1", c.width, 900)
			q.Click("button[value=publish]")
			if text := q.Text("main"); !strings.Contains(text, "已发布") {
				t.Errorf("after publishing the page says %q", text)
			}
			clock.Add(24 * 60 * 60 * 1e9)
			o.screen()
			q.Goto("/policy/N01")
			if text := q.Text("main"); !strings.Contains(text, "给予每名退役军人：一百元") {
				t.Errorf("the policy's page says %q", text)
			}
			q.Click("main form button[value=next], a[href*='/policy/version?']")
			q.Click("button[value=next]")
			q.Fill("#f-amount", "120 元 一次性")
			q.Click("button[value='row:0']")
			q.Fill("#f-row3 input[name=row-value]", "18")
			q.Click(".jy-cols button[value=save]")
			q.Goto("/policy/compare?id=N01&a=1&b=2")
			if text := q.Text("main"); !strings.Contains(text, "年龄应不少于 18") {
				t.Errorf("the difference says %q", text)
			}
			q.NoHorizontalScroll()
			q.Screenshot(fmt.Sprintf("policy-compare-%d", c.width))
		})
	}
}
