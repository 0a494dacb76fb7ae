package linkrun

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jiuye/internal/ground/fault"
)

const person = "../../../models/linkage/person.yaml"

func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func read2(t *testing.T, path string) [][]string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestARegisterIsDeduplicatedFromFileToFile(t *testing.T) {
	dir := t.TempDir()
	o := Options{Model: person, Left: filepath.Join(dir, "in.csv"), Out: filepath.Join(dir, "pairs.csv"), Clusters: filepath.Join(dir, "clusters.csv"), Truth: "人", Quality: true}
	if err := Sample(SampleOptions{Records: 5000, People: 3000, Seed: 2, IDs: .5, Out: o.Left}); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := Run(t.Context(), o, &out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"记录 5000 条", "分块 id.valid", "规则 证件号相同、姓名相符", "blocking recall", "best p ≥", "clusters ", "处理器", "内存最高", "证件号：未填"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("nothing about %q in\n%s", want, out.String())
		}
	}
	pairs := read2(t, o.Out)
	if strings.Join(pairs[0], ",") != "left,right,probability,weight,rule" || len(pairs) < 1500 || !strings.HasPrefix(pairs[1][0], "R0") {
		t.Errorf("pairs.csv begins %v and has %d rows", pairs[:2], len(pairs))
	}
	if clusters := read2(t, o.Clusters); len(clusters) != 5001 || clusters[1][0] != "R00000001" {
		t.Errorf("clusters.csv has %d rows and begins %v", len(clusters), clusters[1])
	}
}

func TestTwoFilesAreMatchedAgainstAFileOfTruth(t *testing.T) {
	left := write(t, "left.csv", "编号,姓名,性别,出生日期,手机号\nA1,娜仁托雅,女,1979-03-08,13812345678\nA2,王建国,男,1960-05-06,13912345679\nA3,\"李,四\",男,1970-01-02,\n")
	right := write(t, "right.csv", "\ufeff编号;姓名;性别;出生日期;手机号\nB1;娜仁托娅;女;1979-03-08;13812345678\nB2;张伟;男;1988-05-06;13712345679\n编号;姓名;性别;出生日期;手机号\n")
	truth := write(t, "truth.csv", "left,right\nA1,B1\n")
	out := filepath.Join(t.TempDir(), "pairs.csv")
	var printed strings.Builder
	if err := Run(t.Context(), Options{Model: person, Left: left, Right: right, Out: out, Truth: truth}, &printed); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(printed.String(), "对照真值（1 对）：blocking recall 1.00000") || !strings.Contains(printed.String(), "记录 5 条") {
		t.Error(printed.String())
	}
	if pairs := read2(t, out); len(pairs) != 2 || pairs[1][0] != "A1" || pairs[1][1] != "B1" {
		t.Errorf("pairs are %v", pairs)
	}
}

func TestDecisionsOfThePeopleAtTheDeskAreHeeded(t *testing.T) {
	rows := "编号,姓名,性别,出生日期,手机号\n1,王小芳,女,1979-03-08,13812345678\n2,王小芳,女,1979-03-08,13812345678\n3,李四,男,1960-01-02,13912345679\n4,赵五,男,1988-07-09,13912345670\n"
	in := write(t, "in.csv", rows)
	never, always := write(t, "never.csv", "left,right\n2,1\n8,9\n"), write(t, "always.csv", "3,4\n")
	dir := t.TempDir()
	o := Options{Model: person, Left: in, Out: filepath.Join(dir, "pairs.csv"), Clusters: filepath.Join(dir, "clusters.csv"), Never: never, Always: always}
	var printed strings.Builder
	if err := Run(t.Context(), o, &printed); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"人工判定 --never：1 对，另有 1 行的编号在文件里找不到", "人工判定 --always：1 对", "是同一个 1 对，不是 1 对"} {
		if !strings.Contains(printed.String(), want) {
			t.Errorf("nothing about %q in\n%s", want, printed.String())
		}
	}
	c := read2(t, o.Clusters)
	if c[1][1] == c[2][1] || c[3][1] != c[4][1] {
		t.Errorf("groups %v", c)
	}
	o.Never = always
	if err := Run(t.Context(), o, &printed); err == nil || !strings.Contains(fault.TextOf(err), "既写在 --always 文件里，又写在 --never") {
		t.Errorf("got %v", err)
	}
}

func TestWithoutAModelTheColumnsAreGuessedAndSaid(t *testing.T) {
	dir := t.TempDir()
	o := Options{Left: filepath.Join(dir, "in.csv"), Out: filepath.Join(dir, "pairs.csv"), Truth: "人"}
	if err := Sample(SampleOptions{Records: 4000, People: 2400, Seed: 3, IDs: .5, Out: o.Left}); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := Run(t.Context(), o, &out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"姓名 → name_zh（按表头）", "出生日期 → date", "证件号 → idnumber", "手机号 → phone", "居住地址 → address_zh", "记录号 → 记录编号", "规则 证件号相同、姓名相符"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("nothing about %q in\n%s", want, out.String())
		}
	}
	left := write(t, "left.csv", "id,given,family,born\nA1,anna,smith,1979-03-08\nA2,bob,miller,1960-05-06\nA3,carl,jones,1970-11-02\n")
	right := write(t, "right.csv", "id,given,family,birthday\nB1,anna,smyth,1979-03-08\nB2,dora,brown,1991-05-06\n")
	out.Reset()
	if err := Run(t.Context(), Options{Left: left, Right: right, Out: o.Out}, &out); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "记录 5 条") {
		t.Error(out.String())
	}
}

func TestAColumnThatHoldsNothingIsSaid(t *testing.T) {
	in := write(t, "in.csv", "编号,姓名,出生日期,手机号\n1,王小芳,1979-03-08,\n2,李四,1960-01-02,无\n")
	var printed strings.Builder
	if err := Run(t.Context(), Options{Model: person, Left: in, Out: filepath.Join(t.TempDir(), "pairs.csv")}, &printed); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(printed.String(), "注意：列 手机号 全部是空的，比对时不计分") {
		t.Error(printed.String())
	}
}

func TestHalfACharacterDoesNotStopTheRun(t *testing.T) {
	in := write(t, "in.csv", "\ufeff编号,姓名,出生日期,手机号\n1,王小芳,1979-03-08,13812345678\n2,王小\xe8\x8a,1979-03-08,13812345678\n3,李四,1960-01-02,13912345679\n")
	var printed strings.Builder
	if err := Run(t.Context(), Options{Model: person, Left: in, Out: filepath.Join(t.TempDir(), "pairs.csv")}, &printed); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(printed.String(), "有 1 行含无法识别的文字") || !strings.Contains(printed.String(), "记录 3 条") {
		t.Error(printed.String())
	}
}

func TestWhatIsWrongIsSaidWithPlaceAndRemedy(t *testing.T) {
	in := write(t, "in.csv", "编号,姓名\n1,王芳\n")
	empty := write(t, "empty.csv", "编号,姓名\n")
	truth := write(t, "t.csv", "left,right\n1,9\n7,8\n")
	bad := write(t, "m.yaml", "name: m\n")
	out := filepath.Join(t.TempDir(), "pairs.csv")
	cases := []struct {
		name string
		o    Options
		want string
	}{
		{"no model", Options{Model: "nowhere.yaml", Left: in, Out: out}, "打不开模型文件 nowhere.yaml"},
		{"a wrong model", Options{Model: bad, Left: in, Out: out}, "没有 comparisons"},
		{"a truth column that is not there", Options{Model: person, Left: in, Out: out, Truth: "真人"}, "没有 --truth 指的列“真人”，表头是 编号、姓名"},
		{"an empty file to match", Options{Model: person, Left: in, Right: empty, Out: out}, "有一个只有表头"},
		{"truth about other records", Options{Model: person, Left: in, Right: in, Out: out, Truth: truth}, "有 2 行的编号在两个文件里找不到"},
		{"a folder that is not there", Options{Model: person, Left: in, Out: "/nowhere/pairs.csv"}, "写不了 /nowhere/pairs.csv"},
	}
	for _, c := range cases {
		err := Run(t.Context(), c.o, &strings.Builder{})
		if err == nil || !strings.Contains(fault.TextOf(err)+err.Error(), c.want) {
			t.Errorf("%s: got %v, want %s", c.name, err, c.want)
		}
	}
	if err := Sample(SampleOptions{Records: 5, People: 9}); err == nil {
		t.Error("more people than records were accepted")
	}
}
