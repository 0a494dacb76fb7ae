package policy

import (
	"strings"
	"testing"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/clock"
)

// What a department knows goes before what somebody says; what nobody knows is asked for, and said so.
func TestAStatementFillsWhatNoDepartmentReports(t *testing.T) {
	d, c := mustLibrary(t), mustCatalogue(t)
	p10, err := c.find("R10")
	if err != nil {
		t.Fatal(err)
	}
	facts := example{}
	for name, text := range map[string]string{"高校毕业生": "是", "毕业日期": "2025-06-30", "在校学生": "否", "就业登记在业": "否", "年龄": "22"} {
		v, id, err := Read(d.person, name, text)
		if err != nil {
			t.Fatal(err)
		}
		facts[id] = v
	}
	on := rule.DayOf(clock.Date(2025, 9, 24))
	if got := rule.Holds(p10, facts, on); got != rule.Unknown {
		t.Fatalf("without a statement: %s", got)
	}
	for _, c := range []struct {
		said map[string]string
		want rule.Verdict
	}{{map[string]string{"就业见习中": "是"}, rule.Eligible}, {map[string]string{"就业见习中": "否"}, rule.No},
		{map[string]string{"就业见习中": "是", "在校学生": "是"}, rule.Eligible}} { // the school knows better
		over, err := overlay([]*rule.Policy{p10}, facts, c.said)
		if err != nil {
			t.Fatal(err)
		}
		if got := rule.Holds(p10, over, on); got != c.want {
			t.Errorf("%v: %s, want %s", c.said, got, c.want)
		}
		j := Judgement{Explanation: rule.Explain(p10, over, on), Facts: over}
		if known := j.Registered(c.said); len(c.said) == 2 && known["在校学生"] != "否" || known["就业见习中"] != "" {
			t.Errorf("the registers say %v", known)
		}
	}
	for _, said := range []map[string]string{{"没有这一项": "是"}, {"就业见习中": "大概"}, {"年龄": "老"}} {
		if _, err := overlay([]*rule.Policy{p10}, facts, said); err == nil {
			t.Errorf("%v is taken", said)
		}
	}
}

// Whichever of two policies names the other, or both belong to one group: neither is had beside the other.
func TestAJudgementNamesWhatCannotBeHadBesideIt(t *testing.T) {
	l, with := mustLibrary(t), map[string]string{"R18": "互斥: [R15]", "R19": "互斥组: 培训", "R54": "互斥组: 培训"}
	for i := range l.entries {
		if more := with[l.entries[i].ID]; more != "" {
			l.entries[i].Text = more + "\n" + l.entries[i].Text
		}
	}
	c, err := l.make(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]string{"R18": "R15", "R15": "R18", "R19": "R54", "R54": "R19", "R22": ""} {
		p, err := c.find(id)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(rivals(c.people, p), " "); got != want {
			t.Errorf("beside %s there cannot be %q, want %q", id, got, want)
		}
	}
}
