package intake

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jiuye/internal/engine/identity"
	"jiuye/internal/engine/linkage"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/progress"
	"jiuye/internal/register/person"
)

const reliefHeads = "姓名,身份证号,性别,出生日期,家庭住址,联系电话,救助类型,救助日期"

// villager is the name of the i-th of a hundred people.
func villager(i int) string {
	name := []string{"娜仁托雅", "包娜仁", "白音", "王秀兰", "赵建国", "呼日勒", "乌云其木格", "苏日娜", "其其格", "巴特尔"}[i%10]
	if i >= 10 {
		name = string([]rune("孙李周吴郑冯陈褚卫蒋韩")[i/10]) + name
	}
	return name
}

// village is a register of a hundred people and a department's file about some of them, as it is delivered.
func village(t testing.TB, r *Room, rows ...string) Summary {
	t.Helper()
	lines := []string{householdHeads}
	for i := 1; i <= 100; i++ {
		lines = append(lines, household(i, villager(i), "left"))
	}
	r.bring(t, newFolder(t).text("户籍.csv", lines...), league)
	return r.bring(t, newFolder(t).book("民政救助.xlsx", append([]string{"救助对象", reliefHeads}, rows...)), league)
}

// aid is a row of relief about the i-th villager; the ID number and the name are written as told.
func aid(i int, name, id string) string {
	n := somebody(i)
	return fmt.Sprintf("%s,%s,%s,%s-%s-%s,阿左旗巴彦浩特镇,13847%06d,临时救助,2025-05-%02d", name, id, sexWords[sexOf(n)], n[6:10], n[10:12], n[12:14], i, 1+len(id)+len(name)%9)
}

// turned changes the last two characters of an ID number round, or spoils it otherwise where that is one again.
func turned(id string) string {
	out := id[:16] + id[17:18] + id[16:17]
	if _, err := identity.ParseIDNumber(out); err == nil {
		out = id[:16] + string('0'+(id[16]-'0'+2)%10) + id[17:]
	}
	return out
}

func linkUp(t testing.TB, r *Room) LinkSummary {
	t.Helper()
	s, err := r.Link(ctx, "1529", progress.None{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// onDesk are the clusters of a state with their rows, ordinary ones only.
func onDesk(t testing.TB, r *Room, state string) (out []Cluster) {
	t.Helper()
	list, err := listClusters(ctx, r.DB, deskFilter{area: "1529", state: state, high: 10001, manager: true}, math.MaxInt64, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range list {
		c, err := findCluster(ctx, r.DB, one.ID)
		if err == nil {
			err = r.fill(ctx, r.DB, &c)
		}
		if err != nil {
			t.Fatal(err)
		}
		if c.known == "" {
			out = append(out, c)
		}
	}
	return out
}

// beginDesk brings rows about the 11th villager of which one has a wrong ID number and another none and a wrong name.
func beginDesk(t testing.TB, r *Room) Cluster {
	t.Helper()
	village(t, r, aid(11, villager(11), turned(somebody(11))), aid(11, "李包娜任", turned(somebody(11))))
	linkUp(t, r)
	list := onDesk(t, r, ClusterOpen)
	if len(list) != 1 || list[0].Rows != 2 || list[0].Why != ClusterID {
		t.Fatalf("the desk has %+v", list)
	}
	return list[0]
}

func decision(c Cluster, choice string) ClusterDecision {
	return ClusterDecision{ClusterID: c.ID, Version: c.Version, Choice: choice, Reason: "与本人电话核实", Rows: map[int64]string{}}
}

func (r *Room) mustDecide(t testing.TB, who Actor, d ClusterDecision) Cluster {
	t.Helper()
	if err := r.DecideCluster(ctx, who, d, fmt.Sprintf("once-%d-%d", d.ClusterID, d.Version)); err != nil {
		t.Fatal(err)
	}
	c, err := findCluster(ctx, r.DB, d.ClusterID)
	if err == nil {
		err = r.fill(ctx, r.DB, &c)
	}
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (r *Room) mustReopen(t testing.TB, who Actor, c Cluster) Cluster {
	t.Helper()
	if err := r.ReopenCluster(ctx, who, c.ID, c.Version, fmt.Sprintf("undo-%d-%d-------", c.ID, c.Version)); err != nil {
		t.Fatal(err)
	}
	list := onDesk(t, r, ClusterOpen)
	at := slices.IndexFunc(list, func(o Cluster) bool { return o.ID == c.ID })
	if at < 0 {
		t.Fatalf("it is not on the desk again: %+v", list)
	}
	return list[at]
}

func TestARowWithAWrongNumberNeverGoesInByItself(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		s := village(t, r, aid(11, villager(11), turned(somebody(11))), aid(22, villager(22), ""), "周不在,,男,1950-01-01,,,临时救助,2025-06-06")
		if s.Total.Review != 3 {
			t.Fatalf("%+v", s.Total)
		}
		got := linkUp(t, r)
		if got.Rows != 3 || got.People != 100 || got.Auto != 1 || got.Clusters != 1 || got.Alone != 1 {
			t.Errorf("%+v", got)
		}
		c := onDesk(t, r, ClusterOpen)[0]
		if c.PersonID != r.factsOf(t, 11).ID || c.Likely < 9980 || c.Why != ClusterID || c.Area != "152921" {
			t.Errorf("%+v", c)
		}
		auto := onDesk(t, r, ClusterAuto)[0]
		if auto.PersonID != r.factsOf(t, 22).ID || auto.Members[0].review.State != ReviewSettled || !strings.Contains(auto.Reason, "模型") {
			t.Errorf("%+v", auto)
		}
		if back := r.mustReopen(t, left, auto); back.Members[0].review.State != ReviewOpen {
			t.Errorf("taken back: %+v", back)
		}
		if again := linkUp(t, r); again.Clusters != 0 || again.Auto != 0 || again.Rows != 1 {
			t.Errorf("linked again: %+v", again)
		}
	})
}

func TestTheDeskGivesTheSameBitsAsTheEngine(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		c := beginDesk(t, r)
		l := &linking{Room: r, place: "1529", progress: progress.None{}, sum: &LinkSummary{}}
		var err error
		if l.parts, err = r.parts(ctx, "1529"); err != nil {
			t.Fatal(err)
		}
		engine, err := l.teachPart(ctx, l.parts[0])
		if err != nil {
			t.Fatal(err)
		}
		d := engine.trained.NewData()
		d.Header(linkTitles)
		d.Add([][]string{l.people[slices.Index(engine.ids, c.PersonID)]})
		for i, m := range c.Members {
			d.Add([][]string{m.row.linkCells()})
			want := engine.trained.Explain(d, 0, i+1)
			kept, err := findModel(ctx, r.DB, m.pair.Model)
			if err != nil {
				t.Fatal(err)
			}
			got, err := explain(kept, m.pair)
			if err != nil {
				t.Fatal(err)
			}
			if got.bits != want.Bits || m.pair.Bits != want.Bits || m.pair.Probability != want.Probability || m.pair.Rule != want.Rule || kept.hash != engine.hash || got.auto != want.Auto {
				t.Errorf("row %d: the desk says %v (%v), the engine %v", i, got.bits, m.pair, want)
			}
			for k, term := range want.Terms {
				if got.terms[k].Bits != term.Bits || got.terms[k].Zh != term.Zh {
					t.Errorf("%s: %v, engine %v", term.Column, got.terms[k], term)
				}
			}
		}
	})
}

func TestRowsGoInTogetherAndComeOutAgain(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		c := beginDesk(t, r)
		before := r.number(t, `SELECT count(*) FROM intake_record WHERE ended_at = 0`)
		d := decision(c, ChoiceSame)
		if err := r.DecideCluster(ctx, right, d, "once-0000000000000000"); !fault.Is(err, fault.Denied) {
			t.Errorf("an officer of another banner decides: %v", err)
		}
		d.Reason = " "
		if err := r.DecideCluster(ctx, left, d, "once-0000000000000001"); !fault.Is(err, fault.Invalid) {
			t.Errorf("without a reason: %v", err)
		}
		c2 := r.mustDecide(t, left, decision(c, ChoiceSame))
		if c2.State != ClusterDone || c2.Members[0].review.State != ReviewSame || c2.Members[1].review.PersonID != c.PersonID {
			t.Errorf("%+v", c2)
		}
		if n := r.number(t, `SELECT count(*) FROM intake_record WHERE ended_at = 0`); n != before+2 && n != before+3 { // the person's own origin may be kept first
			t.Errorf("%d records, %d before", n, before)
		}
		if err := r.DecideCluster(ctx, left, decision(c, ChoiceOther), "once-0000000000000002"); !fault.Is(err, fault.Conflict) {
			t.Errorf("from a stale page: %v", err)
		}
		c3 := r.mustReopen(t, left, c2)
		if c3.Members[0].review.State != ReviewOpen || c3.Choice != "" || r.factsOf(t, 11).Name != villager(11) {
			t.Errorf("%+v", c3)
		}
	})
}

func TestWhoFollowsTheRegisterHearsOfWhatTheDeskPutIntoAFile(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		c := beginDesk(t, r)
		var told int
		r.Changed = func(context.Context, *db.Tx) error { told++; return nil }
		for _, step := range []struct {
			choice string
			told   int
		}{{ChoiceOther, 0}, {ChoiceSame, 2}} { // once when the rows go in, once when they come out
			c = r.mustReopen(t, left, r.mustDecide(t, left, decision(c, step.choice)))
			if told != step.told {
				t.Errorf("%s: told %d times, want %d", step.choice, told, step.told)
			}
		}
	})
}

func TestWhatIsNotTheSameNeverComesUpAgain(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		c := beginDesk(t, r)
		d := decision(c, ChoiceSome)
		d.Rows[c.Members[0].ReviewID] = ChoiceSame
		if err := r.DecideCluster(ctx, left, d, "once-0000000000000000"); !fault.Is(err, fault.Invalid) {
			t.Errorf("one row is left undecided: %v", err)
		}
		d.Rows[c.Members[1].ReviewID] = ChoiceOther
		c2 := r.mustDecide(t, left, d)
		if n := r.number(t, `SELECT count(*) FROM intake_never`); n != 1 || c2.Members[1].review.State != ReviewOpen {
			t.Errorf("%d never-links, %+v", n, c2.Members[1].review)
		}
		if again := linkUp(t, r); again.Clusters != 0 || again.Rows != 1 || again.Alone != 1 {
			t.Errorf("linked again: %+v", again)
		}
		c3 := r.mustReopen(t, left, c2)
		if n := r.number(t, `SELECT count(*) FROM intake_never`); n != 0 || len(c3.Members) != 2 {
			t.Errorf("%d never-links after undoing, %+v", n, c3)
		}
	})
}

func TestRowsOfSomebodyUnknownBecomeAFile(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		stranger := identity.MakeIDNumber("152921", clock.Date(1981, time.February, 3), 777)
		row := func(name, id, day string) string {
			return fmt.Sprintf("%s,%s,男,1981-02-03,阿左旗巴彦浩特镇,13900001111,临时救助,%s", name, id, day)
		}
		village(t, r, row("外来娃", stranger, "2025-05-01"), row("外来娃", stranger, "2025-06-01"))
		linkUp(t, r)
		list := onDesk(t, r, ClusterOpen)
		if len(list) != 1 || list[0].PersonID != 0 || list[0].Why != ClusterRows || list[0].Rows != 2 {
			t.Fatalf("%+v", list)
		}
		c := list[0]
		if err := r.DecideCluster(ctx, left, decision(c, ChoiceSame), "once-0000000000000000"); !fault.Is(err, fault.Invalid) {
			t.Errorf("the same as nobody: %v", err)
		}
		people := r.number(t, `SELECT count(*) FROM person`)
		c2 := r.mustDecide(t, left, decision(c, ChoiceNew))
		id, err := r.People.ByIDNumber(ctx, r.DB, stranger)
		if err != nil || id == 0 || id != c2.MadePerson || c2.Members[1].review.PersonID != id {
			t.Fatalf("%d, %+v, %v", id, c2, err)
		}
		c3 := r.mustReopen(t, left, c2)
		if n := r.number(t, `SELECT count(*) FROM person`); n != people || c3.MadePerson != 0 {
			t.Errorf("%d people, %d before; %+v", n, people, c3)
		}
		c4 := r.mustDecide(t, left, decision(c3, ChoiceOther))
		if again := linkUp(t, r); again.Clusters != 0 {
			t.Errorf("two rows that are not one person: %+v, %+v", again, c4)
		}
	})
}

// tables are all rows of the register and of the desk, without versions and without what only tells when somebody did something.
func (r *Room) tables(t testing.TB) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for name, query := range map[string]string{
		"person":   `SELECT name || area || CAST(sex AS TEXT) || relation || CAST(education AS TEXT) FROM person ORDER BY person_id`,
		"identity": `SELECT CAST(person_id AS TEXT) || kind FROM person_identity ORDER BY hash`,
		"records":  `SELECT CAST(person_id AS TEXT) || kind || CAST(batch_id AS TEXT) || '/' || CAST(row_number AS TEXT) FROM intake_record WHERE ended_at = 0 AND kind <> 'origin' ORDER BY person_id, row_hash`,
		"reviews":  `SELECT CAST(review_id AS TEXT) || state || CAST(person_id AS TEXT) || reason || CAST(cluster_id AS TEXT) || CAST(decided_at AS TEXT) || decider FROM intake_review ORDER BY review_id`,
		"clusters": `SELECT CAST(cluster_id AS TEXT) || state || choice || reason || CAST(decided_at AS TEXT) || CAST(row_count AS TEXT) || CAST(made_person AS TEXT) FROM intake_cluster ORDER BY cluster_id`,
		"members":  `SELECT CAST(cluster_id AS TEXT) || CAST(review_id AS TEXT) || answer FROM intake_member ORDER BY cluster_id, review_id`,
		"never":    `SELECT CAST(person_id AS TEXT) FROM intake_never ORDER BY person_id, row_key`,
		"judged":   `SELECT CAST(cluster_id AS TEXT) || verdict FROM intake_judgement ORDER BY cluster_id`,
	} {
		out[name] = r.texts(t, query)
	}
	return out
}

func (r *Room) texts(t testing.TB, query string) []string {
	t.Helper()
	list, err := db.All(ctx, r.DB, func(s *string) []any { return []any{s} }, query)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestWhateverIsDecidedUndoingLeavesEverythingAsItWas(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		village(t, r, aid(11, villager(11), turned(somebody(11))), aid(11, "李包娜任", turned(somebody(11))), aid(12, villager(12), turned(somebody(12))),
			aid(25, villager(25), turned(somebody(25))), aid(25, "周冯勒", turned(somebody(25))))
		linkUp(t, r)
		rapid.Check(t, func(rt *rapid.T) {
			list := onDesk(t, r, ClusterOpen)
			c := rapid.SampledFrom(list).Draw(rt, "cluster")
			before := r.tables(t)
			d := decision(c, rapid.SampledFrom([]string{ChoiceSame, ChoiceOther, ChoiceSome}).Draw(rt, "choice"))
			for _, m := range c.Members {
				d.Rows[m.ReviewID] = rapid.SampledFrom([]string{ChoiceSame, ChoiceOther}).Draw(rt, "row")
			}
			r.mustReopen(t, left, r.mustDecide(t, left, d))
			for name, want := range before {
				if got := r.tables(t)[name]; !slices.Equal(got, want) {
					rt.Fatalf("%s after %s:\n%v\nbefore:\n%v", name, d.Choice, got, want)
				}
			}
		})
	})
}

func TestRulesOfTheAutomaticLine(t *testing.T) {
	base := &person.Person{Name: "包娜仁", IDNumber: somebody(1)}
	l := lines{auto: .98, review: .1}
	for _, c := range []struct {
		say        string
		name, id   string
		p          []float64
		conflict   bool
		what, why_ string
	}{
		{"sure, without a number", "包娜仁", "", []float64{.99}, false, "auto", ""},
		{"sure, the number agrees", "包娜任", somebody(1), []float64{1}, false, "auto", ""},
		{"sure, the ends of the number agree", "包娜仁", somebody(1)[:4] + "**********" + somebody(1)[14:], []float64{.99}, false, "auto", ""},
		{"sure, but the number is wrong", "包娜仁", turned(somebody(1)), []float64{1}, false, "cluster", ClusterID},
		{"sure, but two are alike", "包娜仁", "", []float64{.99, .3}, false, "cluster", ClusterTwo},
		{"likely", "包娜仁", "", []float64{.7}, false, "cluster", ClusterNoID},
		{"hardly", "包娜仁", "", []float64{.05}, false, "", ""},
		{"one number, half a name", "包丽", somebody(1), []float64{0}, true, "", ""},
		{"one number, most of a name", "包娜丽", somebody(1), []float64{0}, true, "cluster", ClusterConflict},
		{"one number, another name", "赵建国", somebody(1), []float64{0}, true, "", ""},
	} {
		cells := make([]string, cellCount)
		cells[cellName], cells[cellID] = c.name, c.id
		var list []linked
		for _, p := range c.p {
			list = append(list, linked{Probability: p, conflict: c.conflict})
		}
		if what, why := verdictOn(cells, base, list, l); what != c.what || why != c.why_ {
			t.Errorf("%s: %q, %q", c.say, what, why)
		}
	}
}

func TestHowTwoNumbersDifferIsToldInWords(t *testing.T) {
	id := "152921197903081234"
	for written, want := range map[string]string{"": idNone, id: idEqual, "1529**********1234": idMasked, "152921197903081243": idTurnedEnd, "152921197903018234": idTurned,
		"152921197903081235": idSome, "15292119790308123": idLength, "150102198812011111": idOther} {
		if way, _, _ := idDiffers(id, written); way != want {
			t.Errorf("%s: %s", written, way)
		}
	}
}

func TestUncertainThingsOfConsequenceComeFirst(t *testing.T) {
	pair := func(p float64) []linked { return []linked{{Probability: p}} }
	sure, unsure := benefitOf(pair(.999), []string{"identity"}, false), benefitOf(pair(.5), []string{"identity"}, false)
	needy, insured := benefitOf(pair(.5), []string{"identity"}, true), benefitOf(pair(.5), []string{"insurance"}, false)
	if !(sure < unsure && unsure < needy && needy < insured) || unsure != 1000 {
		t.Error(sure, unsure, needy, insured)
	}
}

func TestPinyinHasTonesAndFamilyNamesTheirOwnReading(t *testing.T) {
	for name, want := range map[string]string{"娜仁托雅": "nà rén tuō yǎ", "单雄": "shàn xióng", "仇和": "qiú hé"} {
		if got := toned(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestTheModelOfPeopleIsGood(t *testing.T) {
	m, err := linkModel()
	if err != nil {
		t.Fatal(err)
	}
	d, err := linkage.NewData(m)
	if err != nil {
		t.Fatal(err)
	}
	d.Header(linkTitles)
	for _, column := range []string{"name", "sex", "birth", "id", "phone", "area", "address", "ethnic", "school"} {
		if _, unfound := d.Unfound[column]; unfound {
			t.Errorf("the desk's cells have no %s", column)
		}
	}
}
