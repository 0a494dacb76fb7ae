package rule

import (
	"slices"
	"strings"
	"testing"
)

// fileDict is a dictionary as a file without one gives: kinds are guessed, names are open.
func fileDict() *Dictionary {
	d := must(NewDictionary([]Field{
		{Zh: "age", En: "age ", Type: Number, Guessed: true}, {Zh: "月收入（元）", En: "月收入（元） ", Type: Number, Guessed: true},
		{Zh: "town", En: "town ", Type: Text, Guessed: true}, {Zh: "born", En: "born ", Type: Date, Guessed: true},
		{Zh: "student", En: "student ", Type: Bool, Guessed: true}, {Zh: "groups", En: "groups ", Type: Choice, Values: []Word{{"a", "a"}}, Guessed: true},
	}))
	d.Open = true
	d.Lists = []List{{Zh: "things", En: "things ", Items: must(NewDictionary([]Field{{Zh: "值", En: "value", Type: Number, Guessed: true}}))}}
	return d
}

func fileFacts(d *Dictionary) Source {
	v := make([]Value, len(d.Fields))
	v[0], v[1], v[2], v[3] = Written(Int(30), "30"), Unread("n/a"), Str("甲（乙）"), Written(On(today24-9000), "2001/1/1")
	v[4], v[5] = Written(Yes(true), "1"), Some(1)
	return fileRow{v}
}

type fileRow struct{ values []Value }

func (r fileRow) Field(id int) (Value, bool) { return r.values[id], id < 6 }

func (r fileRow) List(id int) ([]Source, bool) { return nil, id == 0 }

func TestFieldsOfAFileAreTakenForWhatALineNeeds(t *testing.T) {
	for line, want := range map[string]Verdict{
		"age is yes": Unknown, "student = 1": Eligible, "student * 2 = 2": Eligible, "age = 030": No, "月收入(元) >= 3": Unknown, "月收入（元） = 3": No,
		"月收入（元） = n/a": Eligible, "town = 甲(乙)": Eligible, "town > 3": Unknown, "born <= today - 18 years": Eligible, "born > 20000101": Eligible,
		"groups in [z, a]": Eligible, "groups in [z]": No, "groups not in [z]": Eligible, "whatever > 3 or age = 30": Eligible, "whatever is yes": Unknown,
		"count(things) = 0": Eligible, "exists(others: x > 3)": Unknown, "sum(things) = 0": Eligible, "age in 20..40": Eligible,
		"town = a and age > 3": No, "not student or age < 3": No, "if student then age > 3 else age < 3": Eligible, "born + 20 years < today": Eligible,
	} {
		d := fileDict()
		p, err := LoadBare([]byte("id: A\nwhen:\n  - '"+line+"'\n"), d, nil)
		if err != nil {
			t.Errorf("%s: %v", line, err)
			continue
		}
		if e := Explain(p, fileFacts(d), today24); e.Verdict != want && !(want == No && e.Verdict == Near) {
			t.Errorf("%s: %v, want %v: %s", line, e.Verdict, want, e.Lead(Plain))
		}
	}
}

// Also amounts, tables and months of payment take such fields for what they need.
func TestAmountsOfFieldsThatNobodyKnowsAreUnknownNotWrong(t *testing.T) {
	d := fileDict()
	p, err := LoadBare([]byte("id: A\nwhen: true\nvalues:\n  v: {rows: [{when: unseen, value: 1}, {when: student, value: age}, {value: other}]}\namount: standard\npayments: {from: begun, longest: 3 months}\n"), d, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, known, why := p.AmountFor(fileFacts(d), today24); known || !strings.Contains(why, "begun") {
		t.Error(known, why)
	}
}

func TestAreasAreSaidByTheirNames(t *testing.T) {
	d := must(NewDictionary([]Field{{Zh: "登记地", En: "registered_in", Type: Text}}))
	d.Name = func(_ int, code string) Word {
		return map[string]Word{"15": {"内蒙古自治区", ""}, "152921": {"阿拉善左旗", "Alxa Left Banner"}}[code]
	}
	p, err := LoadBare([]byte("id: A\nwhen:\n  - 登记地 开头为 15\n  - 登记地 不属于 [152921, 99]\n"), d, nil)
	if err != nil {
		t.Fatal(err)
	}
	e := Explain(p, fileRow{[]Value{Str("152921")}}, today24)
	var said []string
	for _, c := range e.Clauses {
		said = append(said, c.Zh(You), c.En())
	}
	want := "您的登记地为阿拉善左旗，应在内蒙古自治区|Registered in: Alxa Left Banner, must be in 内蒙古自治区|您的登记地为阿拉善左旗，不应属于阿拉善左旗或99|Registered in: Alxa Left Banner, must not be any of Alxa Left Banner or 99"
	if got := strings.Join(said[2:], "|"); got != want {
		t.Error(got)
	}
}

func FuzzLoadOpen(f *testing.F) {
	for _, line := range []string{"age >= 18 and town in [甲, \"b\"]", "if student then 3 else 4 > 2", "exists(x: y is yes)", "things is known", "2 <= age <= 3", "age in 2..4", "town = `"} {
		f.Add("id: A\nwhen:\n  - " + line + "\n")
	}
	f.Add("id: A\nparameters: {x: [a, b]}\nvalues: {y: age * 2}\nwhen: [town in x]\namount: 300 to 500 yuan\n")
	f.Fuzz(func(t *testing.T, text string) {
		d := fileDict()
		p, err := LoadBare([]byte(text), d, nil)
		if err != nil {
			return
		}
		more := fileFacts(d)
		e := Explain(p, more, today24)
		p.AmountFor(more, today24)
		if (e.Verdict == Unknown) != (Evaluate(p, more, today24).Verdict == Unknown) || slices.Contains(e.MissingNames(), "") {
			t.Fatal(e.Verdict, e.MissingNames())
		}
		for i := range e.Clauses {
			if e.Clauses[i].Zh(You) == "" || e.Clauses[i].En() == "" {
				t.Fatal("a clause without a sentence")
			}
		}
	})
}

// Who reads a policy is told how its money is worked out, without having to read the document.
func TestHowAnAmountIsPaidIsToldInWords(t *testing.T) {
	for _, c := range []struct{ money, zh, en string }{
		{"金额: 500 元 一次性", "", ""},
		{"金额: 500 * 70%", "金额 = 500 × 70%", "Amount = 500 × 70%"},
		{"金额: 500 元\n发放: {每: 月, 从: 毕业日期, 最长: 12 个月}", "按月发放，从毕业日期起，最长 12 个月，不满一个月的不计", "Paid by month from 毕业日期, 12 months at most; only whole months count"},
		{"金额: 500 元\n发放: {每: 月, 从: '最晚(毕业日期, 2025-01-01)', 最长: 12 个月}", "按月发放，从毕业日期和 2025-01-01 中较晚的一天起，最长 12 个月，不满一个月的不计",
			"Paid by month from 最晚(毕业日期, 2025-01-01), 12 months at most; only whole months count"},
		{"金额: 500 * 70%\n发放: {每: 月, 从: 毕业日期, 到: 今天, 不满一月: 计, 阶段: [{满: 6 个月, 金额: 100}]}",
			"每月金额 = 500 × 70%。按月发放，从毕业日期起，到今天止，不满一个月的计一个月。发满 6 个月后，每月 100",
			"Amount a month = 500 × 70%. Paid by month from 毕业日期 to 今天; a month that has begun counts. After 6 months: 100 a month"},
	} {
		p, err := LoadBare([]byte("条件: 登记失业 是\n"+c.money+"\n"), dict, nil)
		if err != nil {
			t.Fatal(c.money, err)
		}
		if got := p.Pays(); got.Zh != c.zh || got.En != c.en {
			t.Errorf("%s\nis told %q\n%q", c.money, got.Zh, got.En)
		}
	}
}

func TestAFieldThatOnlyAFileNamesIsToldByItsName(t *testing.T) {
	for en, want := range map[string]string{"months_unemployed": "Months unemployed", "失业率 ": "失业率"} {
		if f := (Field{En: en}); f.Label() != want {
			t.Errorf("%q is told as %q", en, f.Label())
		}
	}
}
