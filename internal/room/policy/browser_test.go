package policy

import (
	"path/filepath"
	"strconv"
	"testing"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/web"
	"jiuye/internal/ground/web/webtest"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

func TestThePagesHaveNoBarriersOnPhoneAndDesk(t *testing.T) {
	d, err := db.Open(ctx, "sqlite:"+filepath.Join(t.TempDir(), "test.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := d.Migrate(ctx, []db.Schema{db.OwnSchema, person.Schema, employer.Schema, audit.Schema, Schema}); err != nil {
		t.Fatal(err)
	}
	o := furnish(t, d)
	o.settle()
	o.screen()
	for _, page := range []struct {
		name, path string
		who        web.User
	}{
		{"list", "/policy", officer}, {"show", "/policy/R04", officer}, {"found", "/policy/R54", officer}, {"person", "/policy/R54/person/2", officer},
		{"unit", "/policy/R01/unit/1", officer}, {"mine", "/policy/mine", citizen}, {"employer", "/policy/employer", business},
	} {
		server := o.serve(page.who)
		for _, width := range []int{390, 1440} {
			t.Run(page.name+"-"+strconv.Itoa(width), func(t *testing.T) {
				p := webtest.Open(t, server.URL+page.path, width, 900)
				p.NoHorizontalScroll()
				p.Axe()
				p.Screenshot("policy-" + page.name + "-" + strconv.Itoa(width))
			})
		}
	}
}
