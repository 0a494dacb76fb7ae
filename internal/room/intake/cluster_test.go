package intake

import (
	"strings"
	"testing"

	"jiuye/internal/ground/progress"
)

const reliefHeads = "姓名,身份证号,性别,出生日期,家庭住址,联系电话,救助类型,救助日期"

// village is a register of a hundred people and a department's file about some of them, as it is delivered.
func village(t *testing.T, r *Room, rows ...string) Summary {
	t.Helper()
	names := []string{"娜仁托雅", "包娜仁", "白音", "王秀兰", "赵建国", "呼日勒", "乌云其木格", "苏日娜", "其其格", "巴特尔"}
	lines := []string{householdHeads}
	for i := 1; i <= 100; i++ {
		name := names[i%10]
		if i >= 10 {
			name = string([]rune("孙李周吴郑冯陈褚卫蒋韩")[i/10]) + name
		}
		lines = append(lines, household(i, name, "left"))
	}
	r.bring(t, newFolder(t).text("户籍.csv", lines...), league)
	return r.bring(t, newFolder(t).book("民政救助.xlsx", append([]string{"救助对象", reliefHeads}, rows...)), league)
}

// swapped changes the last two characters round.
func swapped(id string) string { return id[:16] + id[17:18] + id[16:17] }

func birthOf(id string) string { return id[6:10] + "-" + id[10:12] + "-" + id[12:14] }

func linkUp(t *testing.T, r *Room) LinkSummary {
	t.Helper()
	s, err := r.Link(ctx, "1529", progress.None{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func open(t *testing.T, r *Room, state string) []Cluster {
	t.Helper()
	list, err := listClusters(ctx, r.DB, deskFilter{area: "1529", state: state, high: 10001, manager: true}, 1<<62, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestRowsAboutOnePersonComeToTheDeskTogether(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		bao := somebody(11)
		s := village(t, r,
			"李包娜仁,"+swapped(bao)+",男,"+birthOf(bao)+",阿拉善左旗巴彦浩特镇,13847000011,临时救助,2025-05-06",
			"李包娜任,,男,"+birthOf(bao)+",阿左旗,,临时救助,2025-06-06",
			"周不在,,男,1950-01-01,,,临时救助,2025-06-06")
		if s.Total.Review != 3 {
			t.Fatalf("%+v", s.Total)
		}
		got := linkUp(t, r)
		if got.Rows != 3 || got.People != 100 || got.Clusters+got.Auto == 0 || got.Alone != 1 {
			t.Errorf("%+v", got)
		}
		t.Logf("%+v %s %s", got, bao, swapped(bao))
		list := open(t, r, ClusterOpen)
		for _, c := range list {
			t.Logf("%+v", c)
			full, err := findCluster(ctx, r.DB, c.ID)
			if err != nil {
				t.Fatal(err)
			}
			if err := r.fill(ctx, r.DB, &full); err != nil {
				t.Fatal(err)
			}
			for _, m := range full.Members {
				t.Logf("%v %v %v", strings.Join(m.row.linkCells(), "|"), m.pair, m.Place)
			}
		}
		if again := linkUp(t, r); again.Clusters != 0 || again.Rows != 1 {
			t.Errorf("linked again: %+v", again)
		}
	})
}
