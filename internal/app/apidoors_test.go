package app

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"jiuye/internal/register/account"
)

// apiClients are who calls the API, in the order of the columns of apiDoors: one purpose each, one client that is
// disabled, and one of another league.
var apiClients = []account.Client{
	{Name: "报送", Purposes: []string{"delivery"}}, {Name: "比对", Purposes: []string{"linkage"}}, {Name: "核验", Purposes: []string{"verification"}},
	{Name: "服务", Purposes: []string{"service"}}, {Name: "统计", Purposes: []string{"statistics"}}, {Name: "停用", Purposes: []string{"linkage"}}, {Name: "外盟", Area: "1501", Purposes: []string{"service"}},
}

// apiDoors are the API's routes and what each client gets with its own purpose. {batch} is one that none of them has sent.
var apiDoors = []struct{ method, path, body, want string }{
	// columns: delivery, linkage, verification, service, statistics, disabled, another league
	{"POST", "/api/persons:link", `{"records":[{"ref":"1"}]}`, "403 200 200 200 403 401 200"},
	{"POST", "/api/batches", "户号,姓名\n", "202 403 403 403 403 401 403"},
	{"GET", "/api/batches/{batch}", "", "404 403 403 403 403 401 403"},
	{"GET", "/api/batches/{batch}/errors.csv", "", "404 403 403 403 403 401 403"},
	{"GET", "/api/changes", "", "403 403 200 200 403 401 200"},
}

func TestEveryRouteOfTheAPIOpensForTheClientsWhoMay(t *testing.T) {
	w := newWorld(t)
	ctx := context.Background()
	keys := make([]string, len(apiClients))
	for i, c := range apiClients {
		c.Source = "测试"
		if c.Area == "" {
			c.Area = "1529"
		}
		made, key, err := w.app.Clients.Add(ctx, c, "测试")
		if err != nil {
			t.Fatal(err)
		}
		if keys[i] = key; c.Name == "停用" {
			if _, err := w.app.Clients.SetDisabled(ctx, made.ID, true, "测试"); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, d := range apiDoors {
		var codes []string
		for i, c := range apiClients {
			req, err := http.NewRequest(d.method, w.base+w.ids.Replace(d.path), strings.NewReader(d.body))
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("Authorization", "Bearer "+keys[i])
			req.Header.Set("X-Purpose", c.Purposes[0])
			req.Header.Set("Idempotency-Key", "api-doors-0000000"+strconv.Itoa(i))
			req.Header.Set("Content-Type", map[bool]string{true: "text/csv", false: "application/json"}[d.path == "/api/batches"])
			codes = append(codes, strconv.Itoa(w.do("", req).code))
		}
		if have := strings.Join(codes, " "); have != d.want {
			t.Errorf("%s %s\n got %s\nwant %s", d.method, d.path, have, d.want)
		}
	}
}
