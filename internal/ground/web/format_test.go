package web_test

import (
	"testing"

	"jiuye/internal/ground/web"
)

func TestNumbersAndNamesAreWrittenForPeople(t *testing.T) {
	number := int64(5)
	r := room(map[string]string{"p": `
{{int 12286}}|{{int -1234567}}|{{int 0.88}}|{{int -0.06}}|{{int 1234.0}}|{{int .Data.Nil}}|{{int .Data.N}}
{{signed 25}}|{{signed -41}}|{{signed 0}}|{{points 370}}|{{points -1570}}|{{points 0}}
{{fen 320000}}|{{fen -5}}|{{pct 9830}}|{{pct 329}}|{{size 1572864}}|{{size 2147483648}}|{{size 12}}
{{date "2025-09-24"}}|{{dateshort "2025-09-24"}}|{{iso "2025-09-24"}}|{{date ""}}|{{datetime .Data.Ms}}
{{maskid "152921197903081234"}}|{{maskphone "13804835678"}}|{{maskname "娜仁托雅"}}|{{maskid "123"}}|{{maskname ""}}|{{maskphone ""}}
`}, func(m *web.Mux) {
		m.Get("/p", web.Anyone, func(c *web.Ctx) error {
			return c.Render("test/p", web.Page{Data: map[string]any{"Nil": (*int64)(nil), "N": &number, "Ms": int64(1758681060000)}})
		})
	})
	server := serve(t, web.Config{Rooms: []web.Room{r}})
	wants(t, get(t, server.URL+"/p"), 200,
		"12,286|−1,234,567|0.9|−0.1|1,234|—|5",
		"&#43;25|−41|0|&#43;3.7|−15.7|0",
		"3,200|−0.05|98.3%|3.29%|1.5 MB|2.0 GB|12 B",
		"2025年9月24日|9月24日|2025-09-24|—|2025-09-24 10:31",
		"1529**********1234|138****5678|娜＊＊|***|—|—")
}
