package occupationrun

import (
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"jiuye/internal/ground/fault"
)

func file(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func coded(t *testing.T, o Options) [][]string {
	t.Helper()
	o.Out = filepath.Join(t.TempDir(), "codes.csv")
	var said strings.Builder
	if err := Code(context.Background(), o, &said); err != nil {
		t.Fatal(fault.TextOf(err), err)
	}
	f, err := os.Open(o.Out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestTitlesAreCodedInTheOrderOfTheFile(t *testing.T) {
	rows := coded(t, Options{In: file(t, "titles.csv", "job_name\n招聘收银员\n小区保安\n🧋\n\"焊工,5名\"\n"), K: 2, Why: true})
	want := [][]string{
		{"job_name", "rank", "code", "name", "score", "why"},
		{"招聘收银员", "1", "4-01-02-04", "收银员"}, {"招聘收银员", "2"},
		{"小区保安", "1", "4-07-05-01", "保安员"}, {"小区保安", "2"},
		{"🧋", "1", "", "", "0.0000", "没有可认的字"},
		{"焊工,5名", "1", "6-18-02-04", "焊工"}, {"焊工,5名", "2"},
	}
	if len(rows) != len(want) {
		t.Fatalf("%d rows: %v", len(rows), rows)
	}
	for i, w := range want {
		for k, cell := range w {
			if rows[i][k] != cell {
				t.Errorf("row %d: %v, want %v", i, rows[i], w)
			}
		}
	}
}

func TestOldSpreadsheetsFilesAreReadToo(t *testing.T) {
	text, err := simplifiedchinese.GBK.NewEncoder().String("编号,岗位名称\n1,超市理货员\n2,仓库管理员\n3,超市收银员\n")
	if err != nil {
		t.Fatal(err)
	}
	rows := coded(t, Options{In: file(t, "titles.csv", text), K: 1})
	if len(rows) != 4 || rows[1][0] != "超市理货员" || rows[1][2] != "4-02-06-02" || rows[2][2] != "4-02-06-01" {
		t.Errorf("%v", rows)
	}
}

func TestAClassificationAndLabelsOfOnesOwn(t *testing.T) {
	o := Options{
		Classification: file(t, "occupations.csv", "level,code,name,alias\n4,A1,骆驼牧工,\"驼倌,牧驼人\"\n4,A2,盐湖采盐工,\n"),
		Definitions:    file(t, "definitions.csv", "code,definition,tasks\nA2,在盐湖采盐的人员,驾驶采盐船\n"),
		Train:          file(t, "labelled.csv", "job_name,expected_code,expected_name\n看骆驼的,A1,骆驼牧工\n没有的,Z9,没有\n"),
		In:             file(t, "titles.csv", "job_name\n招聘看骆驼的\n采盐船驾驶\n"), K: 5,
	}
	rows := coded(t, o)
	if len(rows) < 3 || rows[1][2] != "A1" {
		t.Fatalf("%v", rows)
	}
	for _, r := range rows[1:] {
		if r[0] == "采盐船驾驶" && r[1] == "1" && r[2] != "A2" {
			t.Errorf("the definition was not heeded: %v", r)
		}
	}
}

func TestWrongFilesAreToldWhereAndWhy(t *testing.T) {
	titles := file(t, "titles.csv", "job_name\n保安\n")
	for want, o := range map[string]Options{
		"titles.csv：表头缺少“岗位名称”列": {In: file(t, "titles.csv", "甲,乙\n1,2\n"), K: 5},
		"找不到文件":                 {In: "nowhere.csv", K: 5},
		"--k 是每个岗位写出几个职业":       {In: titles},
		"occ.csv：表头缺少“职业代码”列":   {In: titles, K: 5, Classification: file(t, "occ.csv", "甲,name\n1,保安员\n")},
		"occ.csv 只有列名":          {In: titles, K: 5, Classification: file(t, "occ.csv", "code,name\n")},
		"train.csv：表头缺少“职业代码”列": {In: titles, K: 5, Train: file(t, "train.csv", "job_name\n保安\n")},
		"def.csv：表头缺少“职业定义”列": {In: titles, K: 5, Classification: file(t, "occ.csv", "code,name\nA1,保安\n"),
			Definitions: file(t, "def.csv", "code\nA1\n")},
	} {
		o.Out = filepath.Join(t.TempDir(), "out.csv")
		err := Code(context.Background(), o, &strings.Builder{})
		if err == nil || !strings.Contains(fault.TextOf(err), want) {
			t.Errorf("want %s, got %v", want, err)
		}
	}
	err := Code(context.Background(), Options{In: titles, K: 1, Out: filepath.Join(t.TempDir(), "no", "out.csv")}, &strings.Builder{})
	if err == nil || !strings.Contains(fault.TextOf(err), "写不了") {
		t.Errorf("%v", err)
	}
	err = Evaluate(context.Background(), Options{Train: file(t, "l.csv", "job_name,code\n保安,4-07-05-01\n"), Folds: 5}, &strings.Builder{})
	if err == nil || !strings.Contains(fault.TextOf(err), "分不成 5 份") {
		t.Errorf("%v", err)
	}
}

func TestEvaluationPrintsHowOftenItIsRight(t *testing.T) {
	text := "job_name,expected_code\n" + strings.Repeat("超市收银员,4-01-02-04\n小区保安,4-07-05-01\n", 10)
	var said strings.Builder
	if err := Evaluate(context.Background(), Options{Train: file(t, "l.csv", text), Folds: 2, Seed: 1}, &said); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"acc@1", "MRR@10", "合计", "1.0000", "不用训练"} {
		if !strings.Contains(said.String(), want) {
			t.Errorf("no %s in\n%s", want, said.String())
		}
	}
}
