//go:build evaluate

package plandoc_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jiuye/internal/engine/plandoc"
	"jiuye/internal/engine/plandoc/answer"
)

// read reads one of the documents under JIUYE_SHARED/seeds as a plain text.
func read(t *testing.T, doc string) plandoc.Draft {
	t.Helper()
	shared := os.Getenv("JIUYE_SHARED")
	if shared == "" {
		t.Fatal("JIUYE_SHARED is not set")
	}
	names, _ := filepath.Glob(filepath.Join(shared, "seeds", doc+"_*.txt"))
	if len(names) != 1 {
		t.Fatalf("no document %s under %s", doc, shared)
	}
	raw, err := os.ReadFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	return plandoc.Read(plandoc.FromLines(filepath.Base(names[0]), string(raw)))
}

// The checks that documents 000 and 001 must raise, with words of what is seen.
func TestEvaluatePlanCheck(t *testing.T) {
	upper, lower := read(t, "000"), read(t, "001")
	found := plandoc.Check(upper, lower)
	kinds := map[string]int{}
	for _, f := range found {
		kinds[f.Doc[:3]+" "+f.Kind]++
	}
	t.Logf("findings: %v", kinds)
	for _, c := range []struct{ doc, kind, indicator, seen string }{
		{"000", "below-base", "城镇新增就业", "低于基数 23.22万人"},
		{"000", "below-last", "城镇新增就业", "低于上一时期完成数 128.4万人"},
		{"001", "below-last", "城镇新增就业", "低于上一时期完成数 24245人"},
		{"000", "looser", "城镇登记失业率", "也高于上一时期上限 4%"},
		{"001", "looser", "城镇登记失业率", "也高于上一时期上限 4%"},
		{"000", "rounding", "城镇新增就业", "正文 128.44万人，表中 128.4万人"},
		{"000", "times-base", "脱贫人口务工规模", "19.76万人"},
		{"001", "times-base", "脱贫人口务工规模", "431人"},
		{"001", "met-already", "基本养老保险参保率", "基数已经是 99%"},
		{"001", "unit", "城镇新增就业", "上级用“万人”，本级用“人”"},
		{"000", "no-unit", "政府性融资担保项目", "没有写责任单位"},
		{"001", "no-date", "创业培训师资", "没有说到什么时候"},
	} {
		ok := false
		for _, f := range found {
			ok = ok || strings.HasPrefix(f.Doc, c.doc) && f.Kind == c.kind && f.Indicator == c.indicator && strings.Contains(f.Seen, c.seen)
		}
		if !ok {
			t.Errorf("%s: no %s of %s (%s)", c.doc, c.kind, c.indicator, c.seen)
		}
	}
}

// What is known of the documents without published answers: 001's tables row by row, 004's items with their units, 003's
// pictures said and nothing made of them.
func TestEvaluateOtherDocuments(t *testing.T) {
	d := read(t, "001")
	tables, past := 0, 0
	for _, x := range d.Indicators {
		if x.FromTable {
			tables++
		}
		if x.Past {
			past++
		}
	}
	if tables != 26 || past != 11 || len(d.Indicators) != 50 || len(d.Tasks) != 31 {
		t.Errorf("001: %d rows of tables, %d of the past, %d indicators, %d tasks", tables, past, len(d.Indicators), len(d.Tasks))
	}
	d = read(t, "004")
	units := 0
	for _, x := range d.Tasks {
		if x.Lead != "" {
			units++
		}
	}
	if len(d.Tasks) != 26 || units != 26 || len(d.Indicators) != 5 {
		t.Errorf("004: %d tasks, %d with units, %d indicators", len(d.Tasks), units, len(d.Indicators))
	}
}

func TestEvaluatePlanDocuments(t *testing.T) {
	base := filepath.Join(os.Getenv("JIUYE_SHARED"), "evaluation", "plan-documents")
	indicators := answers(t, filepath.Join(base, "indicators-000-002.csv"))
	tasks := answers(t, filepath.Join(base, "tasks-000-002.csv"))
	var total answer.Score
	for _, doc := range []string{"000", "002"} {
		d := read(t, doc)
		total = total.Add(answer.Measure(d, answer.Of(indicators, doc), answer.Of(tasks, doc), t.Logf))
		t.Logf("%s: %q %d–%d, %d paragraphs, %d warnings", doc, d.Title, d.First, d.Last, len(d.Paragraphs), len(d.Warnings))
	}
	reaches(t, total)
	if total.Quoted != total.Indicators || total.False > 0 || total.Exact != total.Tasks {
		t.Errorf("%d of %d, %d false, %d of %d tasks to the letter: the documents whose answers are published were read without a mistake before",
			total.Quoted, total.Indicators, total.False, total.Exact, total.Tasks)
	}
}
