package linkage

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"
)

// people loads rows of a made-up department file under the person model.
func people(t testing.TB, titles []string, rows [][]string) *Data {
	t.Helper()
	d, err := NewData(model(t, "person"))
	if err != nil {
		t.Fatal(err)
	}
	d.Header(titles)
	d.Add(rows)
	return d
}

var simple = []string{"姓名", "性别", "出生日期", "证件号", "手机号", "居住地址"}

func TestAPhoneSharedByAVillageMakesNoGroup(t *testing.T) {
	var rows [][]string
	for i := range 200 {
		rows = append(rows, []string{fmt.Sprintf("%c%c%c", 'X', 'X', 'X'), "", "", "", "13912345670", "阿拉善左旗吉兰泰镇胜利嘎查"})
		rows[i][0] = string([]rune{[]rune("王李张刘陈杨赵孙周吴")[i%10], []rune("建国伟芳秀英军丽敏静")[i/10%10], rune(0x6000 + i*7)})
		rows[i][2] = fmt.Sprintf("%d-%02d-%02d", 1940+i%60, i%12+1, i%28+1)
		rows[i][1] = []string{"男", "女"}[i%2]
	}
	r := Run(people(t, simple, rows))
	if r.Report.LargestAt > 2 {
		t.Errorf("the largest group has %d records", r.Report.LargestAt)
	}
}

func TestTwoValidIDNumbersAreNeverInOneGroup(t *testing.T) {
	same := []string{"苏日娜", "女", "1979-03-08", "", "13912345671", "阿拉善左旗吉兰泰镇胜利嘎查3号"}
	with := func(id string) []string {
		row := append([]string{}, same...)
		row[3] = id
		return row
	}
	rows := [][]string{with("152921197903080020"), with("15292119790308004X"), same, same}
	for i, row := range rows[:2] {
		if _, m := cleanIDNumber(row[3]); m.Status != Valid {
			rows[i][3] = validNumber(row[3])
		}
	}
	r := Run(people(t, simple, rows))
	if r.Clusters[0] == r.Clusters[1] {
		t.Errorf("two people with different valid ID numbers were joined: %v", r.Clusters)
	}
}

// validNumber puts the right check character behind the first 17 digits.
func validNumber(s string) string {
	for _, c := range "0123456789X" {
		if _, m := cleanIDNumber(s[:17] + string(c)); m.Status == Valid {
			return s[:17] + string(c)
		}
	}
	return s
}

func TestTheSameIDNumberWithAnotherNameIsAConflict(t *testing.T) {
	id := validNumber("15292119790308002")
	r := Run(people(t, simple, [][]string{
		{"苏日娜", "女", "1979-03-08", id, "", ""},
		{"王建国", "男", "1979-03-08", id, "", ""},
		{"苏日那", "女", "1979-03-08", id, "", ""},
	}))
	rules := map[[2]uint32]string{}
	for _, p := range r.Pairs {
		rules[[2]uint32{p.Left, p.Right}] = fmt.Sprintf("%s %.0f", r.Trained.RuleName(p), r.Trained.Probability(p))
	}
	if rules[[2]uint32{0, 1}] != "证件号相同、姓名不同 0" || rules[[2]uint32{0, 2}] != "证件号相同、姓名相符 1" || r.Clusters[0] == r.Clusters[1] || r.Clusters[0] != r.Clusters[2] {
		t.Errorf("got %v, groups %v", rules, r.Clusters)
	}
}

func TestOddFilesComeThrough(t *testing.T) {
	var equalKeys, spikes, hashed, short [][]string
	for i := range 3000 {
		equalKeys = append(equalKeys, []string{"王芳", "女", "1980-01-01", "", "", ""})
		spikes = append(spikes, []string{string([]rune{'王', rune(0x5000 + i)}), "男", fmt.Sprintf("%d-01-01", 1950+i%50), "", "", ""})
	}
	for i := range 50 {
		hashed = append(hashed, []string{fmt.Sprintf("%032x", i*7919), "", "", fmt.Sprintf("%064x", i*104729), "", ""})
		short = append(short, []string{"王芳"})
	}
	cases := []struct {
		name    string
		titles  []string
		rows    [][]string
		largest int  // records in the largest group, at most
		leftOut bool // the report says that pairs were not compared
	}{
		{"no rows", simple, nil, 0, false},
		{"one row", simple, equalKeys[:1], 0, false},
		{"a block of equal keys", simple, equalKeys, 50, true},
		{"half of the country born on 1 January", simple, spikes, 50, true},
		{"names and numbers hashed", simple, hashed, 1, false},
		{"rows cut short", simple, short, 50, false},
		{"no column that the model knows", []string{"甲", "乙"}, [][]string{{"1", "2"}, {"3", "4"}}, 0, false},
		{"all empty", simple, [][]string{{}, {"", ""}, {"无", "不详", "", "", "", ""}}, 0, false},
	}
	for _, c := range cases {
		r := Run(people(t, c.titles, c.rows))
		if r.Report.LargestAt > c.largest {
			t.Errorf("%s: the largest group has %d records", c.name, r.Report.LargestAt)
		}
		leftOut := 0.0
		for _, p := range r.Report.Passes {
			leftOut += p.LeftOut
		}
		if (leftOut > 0) != c.leftOut {
			t.Errorf("%s: %g pairs left out", c.name, leftOut)
		}
		for _, bits := range r.Trained.Bits {
			for _, b := range bits {
				if math.IsNaN(b) || math.IsInf(b, 0) {
					t.Fatalf("%s: weights %v", c.name, bits)
				}
			}
		}
	}
}

func TestTheBestAssignmentIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 5).Draw(t, "n")
		cost := make([][]float64, n)
		for i := range cost {
			for range n {
				cost[i] = append(cost[i], -float64(rapid.IntRange(0, 20).Draw(t, "cost")))
			}
		}
		got := 0.0
		taken := map[int]bool{}
		for i, j := range hungarian(cost) {
			got += cost[i][j]
			taken[j] = true
		}
		if best := cheapest(cost, 0, 0); got != best || len(taken) != n {
			t.Fatalf("got %v, best is %v", got, best)
		}
	})
}

// cheapest tries every assignment.
func cheapest(cost [][]float64, row int, taken uint) float64 {
	if row == len(cost) {
		return 0
	}
	best := math.Inf(1)
	for j := range cost {
		if taken>>j&1 == 0 {
			best = min(best, cost[row][j]+cheapest(cost, row+1, taken|1<<j))
		}
	}
	return best
}
