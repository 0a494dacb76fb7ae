package service

import (
	"slices"
	"strings"
	"testing"

	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
)

func TestAnyOfTheFourPlacesGivesTheRightToServe(t *testing.T) {
	// A herder registered in the Left Banner who lives in Ejina, works in Hohhot and is insured in Baotou.
	places := Places{ByHousehold: "152921110001", ByResidence: "152923100001", ByWork: "150102", ByInsured: "150203"}
	for _, c := range []struct{ area, want string }{
		{"152923", ByResidence}, {"152921", ByHousehold}, {"150102", ByWork}, {"150203", ByInsured}, {"1529", ByResidence}, {"1501", ByWork}, {"15", ByResidence}, {"152922", ""}, {"", ""},
	} {
		right, err := MayServe(web.User{ID: 1, Role: account.Officer, Area: c.area}, places)
		if right != c.want || (err != nil) != (c.want == "") {
			t.Errorf("%s serves by %q, %v; want %q", c.area, right, err, c.want)
		}
	}
	_, err := MayServe(web.User{ID: 1, Role: account.Officer, Area: "152922"}, places)
	if !fault.Is(err, fault.Denied) || !strings.Contains(fault.TextOf(err), "额济纳旗") {
		t.Errorf("the refusal does not say where to go: %v", err)
	}
	if _, err := MayServe(web.User{ID: 1, Role: account.Seeker, Area: "152923"}, places); !fault.Is(err, fault.NotFound) {
		t.Errorf("a seeker got %v", err)
	}
	if got := places.Offices(web.User{Area: "152921"}); !slices.Equal(got, []string{"152923", "150102", "150203"}) {
		t.Errorf("a matter may go to %v", got)
	}
}
