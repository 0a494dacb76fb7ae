package plan

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/indicator"
)

func TestAReportedFigureIsReturnedCorrectedAndSigned(t *testing.T) {
	inHouses(t, func(t *testing.T, h *house) {
		srv := h.site()
		rep := Report{Area: "1529", Indicator: "productivity", Period: 2024, Value: 450, Note: "快报"}
		must(t, h.Report(ctx, leagueManager, "sign-00000000000001", rep))
		judged := Report{Area: "1529", Indicator: "productivity", Period: 2024, Version: 1, State: indicator.Signed}
		if err := h.Judge(ctx, leagueManager, "sign-00000000000002", judged); !fault.Is(err, fault.Denied) {
			t.Errorf("the league signed its own figure: %v", err)
		}
		if status, page := get(t, srv, "region", "/plan/reports"); status != 200 || !strings.Contains(page, "快报") || !strings.Contains(page, "盟值班") {
			t.Errorf("what waits for the region: %d", status)
		}
		at := "/plan/indicator/productivity/area/1529/judge?year=2024&version=1"
		form := url.Values{"_once": {"sign-00000000000003"}, "act": {"returned"}, "reason": {""}}
		if status, page := send(t, srv, "region", http.MethodPost, at, form); status != 422 || !strings.Contains(page, "退回要写明原因") {
			t.Errorf("a return without reason: %d", status)
		}
		form.Set("reason", "与统计公报不一致")
		form.Set("_once", "sign-00000000000004")
		if status, _ := send(t, srv, "region", http.MethodPost, at, form); status != 303 {
			t.Errorf("a return: %d", status)
		}
		if status, page := get(t, srv, "league", "/plan/indicator/productivity/area/1529"); status != 200 || !strings.Contains(page, "区值班 已退回：与统计公报不一致") {
			t.Errorf("the league reads why: %d", status)
		}
		if got := h.actual("productivity", "1529", 2024); got != "none" {
			t.Errorf("a returned figure counts as %s", got)
		}
		path := "/plan/indicator/productivity/area/1529/report?year=2024"
		correction := url.Values{"_once": {"sign-00000000000005"}, "_version": {"1"}, "value": {"4.7"}, "note": {"统计公报"}}
		if status, _ := send(t, srv, "league", http.MethodPost, path, correction); status != 303 {
			t.Errorf("the correction: %d", status)
		}
		form = url.Values{"_once": {"sign-00000000000006"}, "act": {"signed"}}
		if status, _ := send(t, srv, "region", http.MethodPost, strings.Replace(at, "version=1", "version=2", 1), form); status != 303 {
			t.Errorf("signing the correction: %d", status)
		}
		if status, page := get(t, srv, "region", "/plan/reports"); status != 200 || !strings.Contains(page, "没有待签收") {
			t.Errorf("nothing waits any more: %d", status)
		}
	})
}

func TestWhoEnteredAFigureDoesNotSignIt(t *testing.T) {
	inHouses(t, func(t *testing.T, h *house) {
		must(t, h.Report(ctx, regionManager, "sign-00000000000011", Report{Area: "1529", Indicator: "productivity", Period: 2024, Value: 450, Note: "快报"}))
		judged := Report{Area: "1529", Indicator: "productivity", Period: 2024, Version: 1, State: indicator.Signed}
		if err := h.Judge(ctx, regionManager, "sign-00000000000012", judged); !fault.Is(err, fault.Denied) {
			t.Errorf("the region signed what it had entered itself: %v", err)
		}
		colleague := regionManager
		colleague.ID = 22
		must(t, h.Judge(ctx, colleague, "sign-00000000000013", judged))
	})
}

func TestAnUploadedPlansFiguresAreReportedInTheirOwnUnits(t *testing.T) {
	inHouses(t, func(t *testing.T, h *house) {
		firms := indicator.Definition{ID: "xfirms", Name: "家庭服务企业", Unit: "家", Kind: indicator.Reported, Type: indicator.Level, Frequency: indicator.Yearly}
		other := firms
		other.Name, other.Down = "别的", true
		must(t, h.DB.Tx(ctx, func(tx *db.Tx) error {
			if err := h.Indicators.AddDefinitions(ctx, tx, []indicator.Definition{firms}); err != nil {
				return err
			}
			return h.Indicators.AddDefinitions(ctx, tx, []indicator.Definition{other}) // another league's plan
		}))
		if d, err := h.Indicators.Definition(ctx, "xfirms"); err != nil || d.Name != firms.Name || d.Down {
			t.Errorf("the definition is %+v (%v)", d, err)
		}
		srv := h.site()
		path := "/plan/indicator/xfirms/area/1529/report?year=2024"
		if status, page := get(t, srv, "league", path); status != 200 || !strings.Contains(page, "家庭服务企业") || strings.Contains(page, "plan.name.") {
			t.Errorf("the form: %d", status)
		}
		for i, c := range []struct {
			typed string
			want  int
		}{{"-5", 422}, {"24245", 303}} {
			form := url.Values{"_once": {"sign-0000000000002" + text(i)}, "_version": {"0"}, "value": {c.typed}, "note": {"统计公报"}}
			if status, page := send(t, srv, "league", http.MethodPost, path, form); status != c.want {
				t.Errorf("%s firms: %d %.200s", c.typed, status, page)
			}
		}
	})
}
