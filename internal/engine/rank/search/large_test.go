package search

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// largeMarket makes up enough vacancies for bitmaps, totals and layers to be used.
func largeMarket(n int) (list []Vacancy) {
	r := rand.New(rand.NewPCG(1, 2))
	pick := func(list []string) string { return list[r.IntN(len(list))] }
	for id := range n {
		v := Vacancy{
			ID: int64(id + 1), Title: pick(madeTitles), Employer: pick(madeEmployers), Area: pick(madeAreas), Body: pick(madeBodies) + pick(madeBodies),
			Occupation: pick([]string{"6-18-02-04", "6-18-00-00", "4-02-02-01", "4-09-08-01", "2-06-03-00", ""}), Industry: pick([]string{"C33", "G54", ""}),
			Education: Education(r.IntN(8)), Hours: Hours(r.IntN(7)), Contract: Contract(r.IntN(7)), Flags: Flags(r.IntN(1 << flagCount)), Posted: 20000 + int32(r.IntN(300)),
		}
		if v.PayLow = int64(r.IntN(100)) * 10000; v.PayLow > 0 {
			v.PayHigh = v.PayLow + int64(r.IntN(30))*10000
		}
		if r.IntN(50) == 0 {
			v.Title, v.Place = "锅炉工", Point{41 + r.Float64(), 108 + r.Float64()}
		}
		list = append(list, v)
	}
	return list
}

func TestALargeIndexGivesWhatLookingAtEachVacancyGives(t *testing.T) {
	ix, list := New(madeDictionary()), largeMarket(6000)
	ix.Add(list[:5000]...)
	ix.Add(list[5000:]...)
	for i := range 300 {
		ix.Delete(int64(i * 5))
	}
	list = slices.DeleteFunc(list, func(v Vacancy) bool { return v.ID%5 == 0 && v.ID < 1500 })
	filters := []Filter{{}, {Areas: []string{"1508"}}, {Areas: []string{"1529"}, PayFrom: 345600, PayTo: 600000}, {Flags: Housing, AtMost: Senior}, {Occupations: []string{"6"}, Since: 20100}, {Near: Near{Point{41.5, 108.5}, 30}}, {Near: Near{Point{41.5, 108.5}, 9000}}}
	texts := []string{"", "焊工", "电焊工 包住", "司机", "-司机", "+焊工 java", "java c++", `"钢结构焊接"`, `"持有焊工证"`, "jav*", "海流图 焊工 4000以上 包住", "工", "锅炉工", "锅炉工 海流图", "物业保洁", "焊工 电工 司机", "hangong", "hg", "汉工", "没有的词 焊工"}
	for _, f := range filters {
		for _, text := range texts {
			q := Query{Text: text, Filter: f, Limit: 25, Today: 20300, Facets: true}
			want := naive(ix.plan(ix.view.Load(), &q), q.Today, list)
			got, err := ix.Search(q)
			if err != nil || got.Total != len(want) {
				t.Fatalf("%q %+v finds %d (%v), one by one %d", text, f, got.Total, err, len(want))
			}
			for page := 0; page < 3; page++ {
				for i, h := range got.Hits {
					if w := want[page*25+i]; h != (Hit{w.id, w.score}) {
						t.Fatalf("%q %+v: page %d, number %d is %v, one by one %v", text, f, page, i, h, w)
					}
				}
				if q.After = got.Next; q.After == "" {
					break
				}
				if got, err = ix.Search(q); err != nil {
					t.Fatal(err)
				}
			}
			checkSums(t, ix, q, len(want))
		}
	}
}

// checkSums compares each facet's sum with the total.
func checkSums(t *testing.T, ix *Index, q Query, want int) {
	q.After = ""
	a, err := ix.Search(q)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range a.Facets {
		sum := 0
		for _, c := range f.Counts {
			sum += c.N
		}
		if f.Name != "flags" && sum != want {
			t.Errorf("%q %+v: %s adds up to %d of %d", q.Text, q.Filter, f.Name, sum, want)
		}
	}
}

func TestTheOwnerMergesInTheBackground(t *testing.T) {
	ix, list := New(nil), largeMarket(40000)
	for from := 0; from < len(list); from += 5000 {
		ix.Add(list[from : from+5000]...)
	}
	if !ix.Merge() || ix.Merge() || ix.Segments() != 1 || ix.Len() != len(list) {
		t.Fatalf("%d segments with %d vacancies", ix.Segments(), ix.Len())
	}
	ids := make([]int64, 25000)
	for i := range ids {
		ids[i] = int64(i + 1)
	}
	ix.Delete(ids...)
	before := ix.Bytes()
	if !ix.Merge() || ix.Len() != 15000 || ix.Bytes() > before/2 {
		t.Fatalf("after half is deleted %d are left in %d bytes, before %d", ix.Len(), ix.Bytes(), before)
	}
}
