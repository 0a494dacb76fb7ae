package search

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

// drawMarket draws vacancies and an index that got them in several portions, some of them changed and some deleted.
func drawMarket(t *rapid.T) (*Index, []Vacancy) {
	ix, have := New(madeDictionary()), map[int64]Vacancy{}
	for portion := range rapid.IntRange(1, 4).Draw(t, "portions") {
		var list []Vacancy
		for range rapid.IntRange(1, 40).Draw(t, "size") {
			list = append(list, drawVacancy(t, int64(rapid.IntRange(1, 100).Draw(t, "id"))))
		}
		ix.Add(list...)
		for _, v := range list {
			have[v.ID] = v
		}
		if portion == 2 && rapid.Bool().Draw(t, "compact") {
			ix.Compact()
		}
		for id := range rapid.Int64Range(0, 5).Draw(t, "delete") {
			ix.Delete(id * 7)
			delete(have, id*7)
		}
	}
	var list []Vacancy
	for _, v := range have {
		list = append(list, v)
	}
	slices.SortFunc(list, func(a, b Vacancy) int { return int(a.ID - b.ID) })
	return ix, list
}

// drawText draws what a person might type.
func drawText(t *rapid.T) string {
	var words []string
	for range rapid.IntRange(0, 4).Draw(t, "words") {
		w := rapid.SampledFrom(madeWords).Draw(t, "word")
		words = append(words, rapid.SampledFrom([]string{"", "", "", "+", "-"}).Draw(t, "sign")+rapid.SampledFrom([]string{w, w, w, `"` + w + `"`, w + "*"}).Draw(t, "form"))
	}
	return strings.Join(words, " ")
}

// all walks through a whole answer, page by page.
func all(t interface{ Fatal(...any) }, ix *Index, q Query) (ids []int64) {
	for {
		a, err := ix.Search(q)
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range a.Hits {
			ids = append(ids, h.ID)
		}
		if q.After = a.Next; q.After == "" {
			return ids
		}
	}
}

func total(t interface{ Fatal(...any) }, ix *Index, text string, f Filter) int {
	a, err := ix.Search(Query{Text: text, Filter: f})
	if err != nil {
		t.Fatal(err)
	}
	return a.Total
}

func TestAnAnswerIsWhatLookingAtEachVacancyGives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ix, list := drawMarket(t)
		q := Query{Text: drawText(t), Filter: drawFilter(t), Limit: rapid.IntRange(1, 30).Draw(t, "limit"), Today: 20041, Facets: true, Relax: true}
		v := ix.view.Load()
		p := ix.plan(v, &q)
		want := naive(p, q.Today, list)
		got, err := ix.Search(q)
		if err != nil || got.Total != len(want) {
			t.Fatalf("%q %+v finds %d (%v), one by one %d", q.Text, q.Filter, got.Total, err, len(want))
		}
		for i, h := range got.Hits {
			if h != (Hit{want[i].id, want[i].score}) {
				t.Fatalf("%q: number %d is %v, one by one %v", q.Text, i, h, want[i])
			}
		}
		if len(got.Hits) != min(q.Limit, len(want)) {
			t.Fatalf("%d of %d shown", len(got.Hits), len(want))
		}
		ids := all(t, ix, q)
		for i, r := range want {
			if i >= len(ids) || ids[i] != r.id {
				t.Fatalf("walk of %q gives %v, want %v", q.Text, ids, want)
			}
		}
		if len(ids) != len(want) {
			t.Fatalf("the walk gives %d of %d", len(ids), len(want))
		}
		checkFacets(t, got.Facets, list, want)
		for i, r := range got.Relax {
			less := *p
			less.must = slices.Delete(slices.Clone(p.must), i, i+1)
			if more := len(naive(&less, q.Today, list)) - len(want); r.More != more {
				t.Fatalf("without %+v %d more, one by one %d", r, r.More, more)
			}
		}
	})
}

// checkFacets compares counts with those made one by one.
func checkFacets(t *rapid.T, facets []Facet, list []Vacancy, found []ranked) {
	in := map[int64]bool{}
	for _, r := range found {
		in[r.id] = true
	}
	want := map[string]map[string]int{}
	for _, v := range list {
		if !in[v.ID] {
			continue
		}
		low, high := v.pay()
		codes := map[string]string{"education": fmt.Sprint(v.Education), "hours": fmt.Sprint(v.Hours), "contract": fmt.Sprint(v.Contract), "pay": bandCode(int(band(low, high))), "industry": v.Industry[:min(1, len(v.Industry))]}
		for name, code := range codes {
			if want[name] == nil {
				want[name] = map[string]int{}
			}
			want[name][code]++
		}
	}
	for _, f := range facets {
		sum := 0
		for _, c := range f.Counts {
			sum += c.N
			if w := want[f.Name]; w != nil && w[c.Code] != c.N {
				t.Fatalf("%s %q is counted %d, one by one %d", f.Name, c.Code, c.N, w[c.Code])
			}
		}
		if f.Name != "flags" && sum != len(found) {
			t.Fatalf("%s adds up to %d of %d", f.Name, sum, len(found))
		}
	}
}

func TestTheAlgebraOfSigns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ix, list := drawMarket(t)
		f := drawFilter(t)
		a, b := rapid.SampledFrom(madeWords).Draw(t, "a"), rapid.SampledFrom(madeWords).Draw(t, "b")
		whole, with, without := total(t, ix, "", f), total(t, ix, "+"+a, f), total(t, ix, "-"+a, f)
		if with+without != whole {
			t.Fatalf("+%s finds %d, -%s %d, of %d", a, with, a, without, whole)
		}
		if n := total(t, ix, "+"+a+" "+b, f); n != with {
			t.Fatalf("+%s finds %d, with %s beside it %d", a, with, b, n)
		}
		both := all(t, ix, Query{Text: a + " " + b, Filter: f, Limit: 7})
		for _, id := range all(t, ix, Query{Text: `"` + a + " " + b + `"`, Filter: f, Limit: 5}) {
			if !slices.Contains(both, id) {
				t.Fatalf("the phrase of %s and %s finds %d, the words do not", a, b, id)
			}
		}
		for _, id := range both {
			if !slices.Contains(all(t, ix, Query{Text: a, Filter: f, Limit: 100}), id) {
				t.Fatalf("%s and %s find %d, %s alone does not", a, b, id, a)
			}
		}
		if whole != len(slices.DeleteFunc(slices.Clone(list), func(v Vacancy) bool { return !filtered(&f, &v) })) {
			t.Fatal("the filter alone")
		}
	})
}

func TestAWalkIsNotDisturbedByAdditions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ix, _ := drawMarket(t)
		ix.Add(Vacancy{ID: 500, Body: strings.Join(madeWords, "，")}) // what nobody has is repaired, until somebody has it
		q := Query{Text: drawText(t), Limit: rapid.IntRange(1, 9).Draw(t, "limit")}
		at := all(t, ix, Query{Text: q.Text, Limit: 1000})
		var seen []int64
		for id := int64(1000); ; id++ {
			a, err := ix.Search(q)
			if err != nil {
				t.Fatal(err)
			}
			for _, h := range a.Hits {
				if h.ID < 1000 {
					seen = append(seen, h.ID)
				}
			}
			if q.After = a.Next; q.After == "" {
				break
			}
			if id < 1010 {
				ix.Add(drawVacancy(t, id))
			}
		}
		slices.Sort(at)
		slices.Sort(seen)
		if !slices.Equal(at, seen) {
			t.Fatalf("%q: the walk shows %v, at its beginning there were %v", q.Text, seen, at)
		}
	})
}

func TestASavedIndexAnswersTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ix, _ := drawMarket(t)
		var file bytes.Buffer
		if err := ix.Save(&file); err != nil {
			t.Fatal(err)
		}
		saved := bytes.Clone(file.Bytes())
		other, err := Load(&file, madeDictionary())
		if err != nil {
			t.Fatal(err)
		}
		for range 5 {
			q := Query{Text: drawText(t), Filter: drawFilter(t), Limit: 50, Facets: true}
			a, errA := ix.Search(q)
			b, errB := other.Search(q)
			if fmt.Sprint(a, errA) != fmt.Sprint(b, errB) {
				t.Fatalf("%q: %v, after loading %v", q.Text, a, b)
			}
		}
		saved[rapid.IntRange(0, len(saved)-1).Draw(t, "at")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		if _, err := Load(bytes.NewReader(saved), nil); err == nil {
			t.Fatal("a damaged file was loaded")
		}
	})
}

func TestSearchingWhileVacanciesComeGoAndAreMerged(t *testing.T) {
	ix := New(madeDictionary())
	rng := rapid.Custom(func(t *rapid.T) Vacancy { return drawVacancy(t, int64(rapid.IntRange(1, 400).Draw(t, "id"))) })
	var wait sync.WaitGroup
	for w := range 2 {
		wait.Go(func() {
			for i := range 150 {
				v := rng.Example(w*1000 + i)
				ix.Add(v)
				if i%5 == 0 {
					ix.Delete(int64(i))
				}
				if i%40 == 0 {
					ix.Compact()
				}
			}
		})
	}
	for range 2 {
		wait.Go(func() {
			for i := range 200 {
				text := madeWords[i%len(madeWords)]
				if i%3 == 0 {
					text = `"` + text + `"`
				}
				a, err := ix.Search(Query{Text: text, Limit: 400, Facets: true, Relax: true})
				if err != nil || len(a.Hits) != a.Total {
					t.Errorf("%d of %d, %v", len(a.Hits), a.Total, err)
				}
				ix.Suggest("han", 10)
			}
		})
	}
	wait.Wait()
	seen := map[int64]bool{}
	for _, id := range all(t, ix, Query{Limit: 17}) {
		if seen[id] {
			t.Fatalf("%d twice", id)
		}
		seen[id] = true
	}
	if len(seen) != ix.Len() {
		t.Fatalf("%d found of %d", len(seen), ix.Len())
	}
}

func TestMergingChangesNoAnswer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ix, _ := drawMarket(t)
		q := Query{Text: drawText(t), Filter: drawFilter(t), Today: 20041}
		before, facets := total(t, ix, q.Text, q.Filter), ix.Segments()
		ix.Compact()
		if ix.Segments() > 1 || total(t, ix, q.Text, q.Filter) != before {
			t.Fatalf("%q of %d segments found %d, merged %d", q.Text, facets, before, total(t, ix, q.Text, q.Filter))
		}
	})
}
