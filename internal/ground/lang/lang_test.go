package lang

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"pgregory.net/rapid"
)

func room(zh, en string) fstest.MapFS {
	return fstest.MapFS{"words.zh.json": {Data: []byte(zh)}, "words.en.json": {Data: []byte(en)}}
}

func TestAPageReadsItsTextsInEitherLanguage(t *testing.T) {
	d, err := Load(
		room(`{"jobs.left":"剩 {0} 个工作日","jobs.only":"只有中文"}`, `{"jobs.left":"{0} working days left"}`),
		room(`{"plan.pace":"{0} 应完成 {1}，已完成 {2}","plan.set":"集合 {a} {"}`, `{"plan.pace":"{2} of {1} done in {0}","plan.set":"set {a} {"}`),
	)
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name, language, key string
		args                []any
		want                string
	}{
		{"one place", "zh", "jobs.left", []any{5}, "剩 5 个工作日"},
		{"in English", "en", "jobs.left", []any{5}, "5 working days left"},
		{"places change order", "en", "plan.pace", []any{"Alxa", Int(7000), "6,922"}, "6,922 of 7,000 done in Alxa"},
		{"a language that lacks the key answers in Chinese", "en", "jobs.only", nil, "只有中文"},
		{"an unknown language answers in Chinese", "mn", "jobs.left", []any{5}, "剩 5 个工作日"},
		{"an unknown key shows itself", "zh", "jobs.nothing", nil, "jobs.nothing"},
		{"a place without argument stays", "zh", "plan.pace", []any{"阿拉善盟"}, "阿拉善盟 应完成 {1}，已完成 {2}"},
		{"other braces stay", "zh", "plan.set", []any{1}, "集合 {a} {"},
		{"an argument that looks like a place is not filled again", "zh", "jobs.left", []any{"{0}"}, "剩 {0} 个工作日"},
	}
	for _, c := range cases {
		if got := d.T(c.language, c.key, c.args...); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
	if !d.Has("jobs.only") || d.Has("jobs.nothing") {
		t.Error("Has must tell known keys")
	}
}

func TestGapsBetweenTheLanguagesAreListed(t *testing.T) {
	d, err := Load(room(`{"a":"甲","b":"{0} 乙 {1}","c":"{0}{0}"}`, `{"b":"{1} b","c":"{0}","d":"d"}`))
	if err != nil {
		t.Fatal(err)
	}
	if got := d.Missing(); !slices.Equal(got, []string{"en: a", "zh: d"}) {
		t.Errorf("missing: %q", got)
	}
	if got := d.Uneven(); !slices.Equal(got, []string{"en: b"}) {
		t.Errorf("uneven: %q", got)
	}
}

func TestAWrongDictionaryDoesNotLoad(t *testing.T) {
	good := room(`{"a":"甲"}`, `{"a":"A"}`)
	cases := []struct {
		name    string
		sources []fstest.MapFS
		want    string
	}{
		{"a key twice in a file", []fstest.MapFS{room(`{"a":"甲","a":"乙"}`, `{"a":"A"}`)}, `key "a" is defined twice: "甲" and "乙"`},
		{"a key in two rooms", []fstest.MapFS{good, good}, `source 2, words.en.json: key "a" is defined twice`},
		{"a nested object", []fstest.MapFS{room(`{"a":{"b":"甲"}}`, `{}`)}, `key "a" has no text`},
		{"a number", []fstest.MapFS{room(`{"a":1}`, `{}`)}, `key "a" has no text but 1`},
		{"a list", []fstest.MapFS{room(`["a"]`, `{}`)}, "not a flat object"},
		{"broken off", []fstest.MapFS{room(`{"a":"甲"`, `{}`)}, "EOF"},
		{"two objects", []fstest.MapFS{room(`{}{}`, `{}`)}, "something follows"},
		{"no English file", []fstest.MapFS{{"words.zh.json": {Data: []byte(`{}`)}}}, "words.en.json"},
	}
	for _, c := range cases {
		var err error
		if len(c.sources) == 1 {
			_, err = Load(c.sources[0])
		} else {
			_, err = Load(c.sources[0], c.sources[1])
		}
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v", c.name, err)
		}
	}
}

func TestNumbersMoneyAndDatesReadAsPeopleExpect(t *testing.T) {
	day := time.Date(2025, 9, 24, 23, 59, 0, 0, time.UTC)
	cases := []struct{ name, got, want string }{
		{"thousands", Int(12286), "12,286"},
		{"small", Int(999), "999"},
		{"zero", Int(0), "0"},
		{"negative", Int(-1000), "-1,000"},
		{"the smallest", Int(math.MinInt64), "-9,223,372,036,854,775,808"},
		{"whole yuan", Fen(400000), "4,000"},
		{"yuan and fen", Fen(196050), "1,960.50"},
		{"fen only", Fen(-5), "-0.05"},
		{"the largest amount", Fen(math.MaxInt64), "92,233,720,368,547,758.07"},
		{"ten thousands of yuan", WanYuan(146_200_000), "146.2"},
		{"three hundred thousand yuan", WanYuan(30_000_000), "30"},
		{"a rate", Percent(329), "3.29%"},
		{"one decimal", Percent(7760), "77.6%"},
		{"whole", Percent(10000), "100%"},
		{"below one", Percent(-7), "-0.07%"},
		{"a date", Date("zh", day), "2025年9月24日"},
		{"a date in English", Date("en", day), "24 Sep 2025"},
		{"no date", Date("zh", time.Time{}), "—"},
		{"a table's date", DateShort(day), "2025-09-24"},
		{"no date in a table", DateShort(time.Time{}), "—"},
	}
	for _, c := range cases {
		if c.got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, c.got, c.want)
		}
	}
}

func TestSeparatorsChangeNothingButTheLook(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64().Draw(t, "n")
		plain := strings.ReplaceAll(Int(n), ",", "")
		if back, err := strconv.ParseInt(plain, 10, 64); err != nil || back != n {
			t.Fatalf("%d is written %s", n, Int(n))
		}
	})
}

func FuzzFill(f *testing.F) {
	f.Add("剩 {0} 个", "5")
	f.Add("{", "{0}")
	f.Add("{99}{1", "")
	f.Fuzz(func(t *testing.T, word, arg string) {
		if got := fill(word, nil); got != word {
			t.Errorf("without arguments %q became %q", word, got)
		}
		_ = fill(word, []any{arg})
	})
}
