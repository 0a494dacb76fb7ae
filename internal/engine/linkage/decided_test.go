package linkage

import (
	"slices"
	"testing"
)

// desk is a file of three records of one woman, as far as rules and weights can tell, and one stranger.
func desk(t *testing.T) *Data {
	id := validNumber("15292119790308002")
	return people(t, simple, [][]string{
		{"苏日娜", "女", "1979-03-08", id, "13912345671", ""},
		{"苏日那", "女", "1979-03-08", id, "", ""},
		{"苏日娜", "女", "1979-03-08", id, "13912345671", "吉兰泰镇胜利嘎查3号"},
		{"王建国", "男", "1960-05-06", validNumber("15292119600506003"), "", ""},
	})
}

func pairOf(r *Result, a, b uint32) (Pair, bool) {
	i := slices.IndexFunc(r.Pairs, func(p Pair) bool { return p.Left == a && p.Right == b })
	if i < 0 {
		return Pair{}, false
	}
	return r.Pairs[i], true
}

func TestWhatPeoplePartedIsNeverJoinedAgain(t *testing.T) {
	d := desk(t)
	d.Never(1, 0)
	r := Run(d)
	p, found := pairOf(r, 0, 1)
	if !found || r.Trained.Probability(p) != 0 || r.Trained.RuleName(p) != NeverRule || r.Report.Never != 1 {
		t.Errorf("the pair is %+v, %v, report %+v", p, found, r.Report)
	}
	if r.Clusters[0] == r.Clusters[1] || r.Report.Refused.Conflicts == 0 {
		t.Errorf("groups %v: record 2 brought together what people parted", r.Clusters)
	}
	if again := Apply(d, r.Trained); again.Clusters[0] == again.Clusters[1] {
		t.Errorf("groups %v when weights are applied", again.Clusters)
	}
}

func TestWhatPeopleJoinedStaysTogetherAgainstRulesAndWeights(t *testing.T) {
	d := desk(t)
	d.Always(0, 3)
	d.Never(2, 3)
	r := Run(d)
	p, found := pairOf(r, 0, 3)
	if !found || r.Trained.Probability(p) != 1 || r.Trained.RuleName(p) != AlwaysRule {
		t.Errorf("the pair is %+v, %v", p, found)
	}
	if r.Clusters[0] != r.Clusters[3] || r.Clusters[2] == r.Clusters[3] {
		t.Errorf("groups %v", r.Clusters)
	}
	d.Always(2, 3) // what was said last holds
	if r := Run(d); r.Clusters[2] != r.Clusters[3] {
		t.Errorf("groups %v after the second decision", r.Clusters)
	}
	d.Always(7, 9) // no such records: nothing happens
	d.Never(1, 1)
	Run(d)
}

func TestDecisionsHoldBetweenTwoFilesAndLeaveTheOtherPartnersFree(t *testing.T) {
	m := model(t, "person")
	m.Clusters.OneToOne = true
	d, err := NewData(m)
	if err != nil {
		t.Fatal(err)
	}
	row := []string{"苏日娜", "女", "1979-03-08", "", "13912345671", "吉兰泰镇胜利嘎查3号"}
	other := []string{"王建国", "男", "1960-05-06", "", "", ""}
	d.Header(simple)
	d.Add([][]string{row, other})
	d.Right()
	d.Header(simple)
	d.Add([][]string{row, other})
	d.Never(0, 2)
	d.Always(0, 3)
	d.Always(0, 1) // in one file: no pair of a match
	r := Run(d)
	if p, _ := pairOf(r, 0, 3); p.Rule != byAlways {
		t.Errorf("pairs %+v", r.Pairs)
	}
	if _, found := pairOf(r, 0, 1); found || r.Clusters[0] == r.Clusters[2] || r.Clusters[0] != r.Clusters[3] {
		t.Errorf("pairs %+v, groups %v", r.Pairs, r.Clusters)
	}
}

func TestAnIndexHeedsDecisionsOnTheRecordAskedAbout(t *testing.T) {
	d := desk(t)
	trained := Run(d).Trained
	x := trained.NewIndex(d)
	cells := []string{"苏日娜", "女", "1979-03-08", validNumber("15292119790308002"), "", ""}
	a := x.Match(cells, Decision{Record: 0}, Decision{Record: 3, Same: true}, Decision{Record: 99})
	if a.Candidates[0].Record != 3 || a.Candidates[0].Probability != 1 || a.Candidates[0].Rule != AlwaysRule {
		t.Errorf("first is %+v", a.Candidates[0])
	}
	last := a.Candidates[len(a.Candidates)-1]
	if last.Record != 0 || last.Probability != 0 || last.Rule != NeverRule || len(a.Candidates) != 4 {
		t.Errorf("candidates %+v", a.Candidates)
	}
}

func TestAThirdRecordExplainsTwoSpellingsThatDifferTooMuch(t *testing.T) {
	id := validNumber("15292119790308002")
	with := func(names ...string) *Result {
		var rows [][]string
		for _, n := range names {
			rows = append(rows, []string{n, "女", "1979-03-08", id, "", ""})
		}
		return Run(people(t, simple, rows))
	}
	if r := with("赵莹华", "赵莹", "华莹赵"); r.Clusters[0] != r.Clusters[1] {
		t.Errorf("groups %v", r.Clusters)
	}
	if r := with("包萨仁高娃", "包仁", "萨仁高娃"); r.Clusters[1] != r.Clusters[2] || r.Report.Explained != 1 {
		t.Errorf("groups %v, %d explained", r.Clusters, r.Report.Explained)
	}
	if r := with("王军", "王芳", "李芳"); r.Clusters[0] == r.Clusters[2] { // one of two characters is weak
		t.Errorf("groups %v: weak links explained a conflict", r.Clusters)
	}
}
