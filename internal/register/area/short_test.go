package area

import "testing"

func TestDevelopmentZonesHaveShortNames(t *testing.T) {
	short := map[string]string{}
	for _, league := range Children("15") {
		for _, banner := range Children(league.Code) {
			if s := Short(banner.Code); s != banner.Name {
				short[banner.Name] = s
			}
		}
	}
	if got := short["内蒙古阿拉善高新技术产业开发区"]; got != "阿拉善高新区" {
		t.Errorf("the zone of Alxa is called %q", got)
	}
	if Short("152921") != "阿拉善左旗" || Short("15") != "内蒙古自治区" {
		t.Error("other areas keep their names")
	}
	for name, s := range short {
		if s == "" || s == "高新区" || s == "开发区" {
			t.Errorf("%s is called %q", name, s)
		}
	}
}
